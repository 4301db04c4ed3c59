use super::*;
use crate::testing::Sample;
use proptest::prelude::*;

/// Every quote of a text, with the words of its parts.
struct Found {
    kind: QuoteKind,
    class: QuoteClass,
    told: bool,
    words: String,
    speaker: String,
    cue: String,
}

fn found(text: &str) -> Vec<Found> {
    let sample = Sample::new(text);
    let doc = sample.document();
    let quotes = Quotes::read(&doc, &Frames::read(&doc), &|_| None);
    let of = |q: &QuoteMention| Found {
        kind: q.kind,
        class: q.class,
        told: q.told,
        words: q.parts.iter().map(|p| p.of(text)).collect::<Vec<_>>().join(" … "),
        speaker: q.speaker_at.map_or("", |at| doc.word(at)).to_owned(),
        cue: q.cue.map_or("", |c| c.of(text)).to_owned(),
    };
    quotes.list.iter().map(of).collect()
}

/// Kind, words and speaker's head word of every quote.
fn quotes(text: &str) -> Vec<(QuoteKind, String, String)> {
    found(text).into_iter().map(|f| (f.kind, f.words, f.speaker)).collect()
}

fn quote(kind: QuoteKind, words: &str, speaker: &str) -> (QuoteKind, String, String) {
    (kind, words.to_owned(), speaker.to_owned())
}

/// Class and words of every quote.
fn classes(text: &str) -> Vec<(QuoteClass, String)> {
    found(text).into_iter().map(|f| (f.class, f.words)).collect()
}

use QuoteKind::*;

#[test]
fn a_cue_stands_after_before_or_between() {
    assert_eq!(
        quotes("\"We will not leave the valley,\" the governor said."),
        [quote(Direct, "We will not leave the valley,", "governor")]
    );
    assert_eq!(
        quotes("The governor said: \"We will not leave the valley.\""),
        [quote(Direct, "We will not leave the valley.", "governor")]
    );
    assert_eq!(
        quotes("“We will not leave,” said Anna Berg. “The valley is ours.”"),
        [quote(Direct, "We will not leave,", "Anna"), quote(Direct, "The valley is ours.", "Anna")]
    );
}

#[test]
fn what_one_cue_reports_goes_on() {
    let text = "“We will not leave,” said Anna Berg. “The valley is ours.”";
    let sample = Sample::new(text);
    let doc = sample.document();
    let quotes = Quotes::read(&doc, &Frames::read(&doc), &|_| None);
    assert_eq!(quotes.list.iter().map(|q| q.continues).collect::<Vec<_>>(), [None, Some(0)]);
}

#[test]
fn a_fragment_under_a_cue_is_mixed_and_one_without_is_none() {
    let mixed = found("The governor said that the raid was \"decisive\" for the valley.");
    assert_eq!(mixed.len(), 1);
    assert_eq!((mixed[0].kind, mixed[0].speaker.as_str()), (Mixed, "governor"));
    assert_eq!(mixed[0].words, "that the raid was \"decisive\" for the valley");
    assert_eq!(quotes("The \"silk road\" runs through the valley."), []);
}

#[test]
fn two_apostrophes_are_a_quotation_mark() {
    assert_eq!(
        quotes("''We will not leave the valley,'' the governor said."),
        [quote(Direct, "We will not leave the valley,", "governor")]
    );
}

#[test]
fn a_quote_that_runs_on_keeps_its_speaker() {
    let text = "\"The road is not yet open. The work goes on.\n\n\"I say again that we need help from outside,\" \
                Anna Berg said.\n\n\"We all have a duty to act now.\"";
    let found = quotes(text);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().all(|(kind, _, speaker)| *kind == Direct && speaker == "Anna"), "{found:?}");
}

#[test]
fn reported_clauses_are_indirect() {
    assert_eq!(
        quotes("The governor said that the road was open."),
        [quote(Indirect, "that the road was open", "governor")]
    );
    assert_eq!(
        quotes("The road was open on Friday, officials said."),
        [quote(Indirect, "The road was open on Friday", "officials")]
    );
    assert_eq!(
        quotes("According to the ministry, the road was open on Friday."),
        [quote(Indirect, "the road was open on Friday", "ministry")]
    );
}

#[test]
fn what_was_not_said_is_not_told() {
    let found = found("The governor did not say that the road was open.");
    assert!(found.iter().all(|f| !f.told), "the saying is denied");
}

#[test]
fn classes_tell_words_from_wishes() {
    use QuoteClass::*;
    assert_eq!(
        classes("The minister vowed to leave the alliance."),
        [(Promise, "to leave the alliance".into())]
    );
    assert_eq!(
        classes("The minister hopes to leave the alliance."),
        [(Wish, "to leave the alliance".into())]
    );
    assert_eq!(
        classes("The general believes that the war is lost."),
        [(Belief, "that the war is lost".into())]
    );
    assert_eq!(
        classes("The general denied that the war was lost."),
        [(Denial, "that the war was lost".into())]
    );
    assert_eq!(
        classes("Lawmakers criticized the president's plan for the north."),
        [(Judgement, "the president's plan for the north".into())]
    );
    assert_eq!(classes("The envoys discussed the new border."), [(Topic, "the new border".into())]);
}

#[test]
fn nouns_and_phrases_report_too() {
    let claim = found("Rebels repeated their claim that the town had fallen.");
    assert!(
        claim
            .iter()
            .any(|f| f.words == "that the town had fallen" && f.speaker == "their" || f.speaker == "Rebels"),
        "the claim is the rebels'"
    );
    let view = found("In the words of the envoy, the deal is dead.");
    assert!(view.iter().any(|f| f.words.contains("the deal is dead") && f.speaker == "envoy"));
}

#[test]
fn what_nobody_in_particular_says_has_no_speaker() {
    for text in ["It was reported that the town had fallen.", "The rebels reportedly left the town."] {
        let found = found(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].speaker.as_str(), found[0].cue.is_empty()), ("", false), "{text}");
    }
}

#[test]
fn whom_it_is_told_and_whom_it_rests_on_are_no_speakers() {
    let text = "The governor told reporters that the road was open.";
    let sample = Sample::new(text);
    let doc = sample.document();
    let whom = |at: At| Some(EntityId(at.token));
    let quotes = Quotes::read(&doc, &Frames::read(&doc), &whom);
    let told = &quotes.list[0];
    assert_eq!(told.speaker.map(|e| e.0), Some(1));
    assert_eq!(told.addressee.map(|e| e.0), Some(3));
    let sample = Sample::new("Officials, citing survivors, said that the boat had sunk.");
    let doc = sample.document();
    let quotes = Quotes::read(&doc, &Frames::read(&doc), &whom);
    let said = quotes.list.iter().find(|q| q.cue.is_some_and(|c| c.of(doc.text()) == "said")).unwrap();
    assert_eq!((said.speaker.map(|e| e.0), said.relies_on.map(|e| e.0)), (Some(0), Some(3)));
}

#[test]
fn a_headline_names_its_source_before_a_colon() {
    let found = found("Poll: Half of the voters are undecided.");
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].words.as_str(), found[0].speaker.as_str()),
        ("Half of the voters are undecided.", "Poll")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn any_text_is_read(text in "[ \\n.,:a-zA-Z'’‘“”\"`«»-]{0,80}|\\PC{0,60}") {
        let sample = Sample::with(&text, crate::testing::sentences(&text));
        let doc = sample.document();
        for quote in Quotes::read(&doc, &Frames::read(&doc), &|_| None).list {
            prop_assert!(!quote.span.of(&text).is_empty());
            prop_assert!(quote.parts.iter().all(|p| quote.span.contains(*p)));
        }
    }
}

/// Words of every quote, with the words of the one that holds it.
fn nested(text: &str) -> Vec<(String, Option<String>)> {
    let sample = Sample::new(text);
    let doc = sample.document();
    let quotes = Quotes::read(&doc, &Frames::read(&doc), &|_| None);
    let words = |q: &QuoteMention| q.span.of(text).to_owned();
    quotes.list.iter().map(|q| (words(q), q.within.map(|w| words(&quotes.list[w])))).collect()
}

#[test]
fn another_speaker_inside_is_kept_and_the_same_speaker_is_not() {
    let outer = "that the rebels had denied burning the mill".to_owned();
    assert_eq!(
        nested("Officials said that the rebels had denied burning the mill."),
        [(outer.clone(), None), ("burning the mill".to_owned(), Some(outer))]
    );
    let own = nested("The governor said that he believed the valley was safe.");
    assert_eq!(own, [("that he believed the valley was safe".to_owned(), None)]);
}

#[test]
fn a_quotation_after_reported_words_goes_on_from_them() {
    let text =
        "The governor said the valley was \"tired of war\". \"Nobody here wants another winter of it.\"";
    let sample = Sample::new(text);
    let doc = sample.document();
    let list = Quotes::read(&doc, &Frames::read(&doc), &|_| None).list;
    assert_eq!(
        list.iter().map(|q| (q.kind, q.continues)).collect::<Vec<_>>(),
        [(Mixed, None), (Direct, Some(0))]
    );
    assert!(list.iter().all(|q| q.speaker_at == list[0].speaker_at && q.speaker_at.is_some()));
}

#[test]
fn a_cue_between_commas_parts_what_it_reports() {
    let found = found("It is his duty, he said, to speak to the villages.");
    assert_eq!(found[0].words, "It is his duty … to speak to the villages");
    let told = self::found("The town fell, he said, citing survivors.");
    assert_eq!(told[0].words, "The town fell");
}

#[test]
fn what_is_said_of_an_object_goes_with_it() {
    assert_eq!(
        classes("The envoy praised the governor for his patience."),
        [(QuoteClass::Judgement, "the governor for his patience".to_owned())]
    );
    assert_eq!(
        classes("The envoy praised the governor, who had fled in May."),
        [(QuoteClass::Judgement, "the governor".to_owned())]
    );
}

#[test]
fn a_fragment_is_quoted_with_its_phrase() {
    let found = found("The envoy labelled the raid a \"low point\" of the war.");
    assert!(found.iter().any(|f| f.words.ends_with("of the war")), "{:?}", found[0].words);
}

#[test]
fn a_phrase_of_source_is_about_the_whole_sentence() {
    let found = found("Some farmers would see their rents go up, according to the ministry.");
    assert_eq!(found[0].words, "Some farmers would see their rents go up");
}

#[test]
fn a_name_after_a_dash_signs_what_is_quoted() {
    let text = "“No rest, no bread, no end of it in sight.” ― Oscar P. Lund";
    assert_eq!(quotes(text), [quote(Direct, "No rest, no bread, no end of it in sight.", "Oscar")]);
}

#[test]
fn what_the_quoted_quote_is_the_others() {
    let found = found("“President Lund told me, ‘I will sign the treaty,’” Anna Berg said.");
    let nested = found.iter().find(|f| f.words.starts_with("I will sign")).unwrap();
    assert_eq!((nested.kind, nested.cue.as_str()), (Direct, "told"));
    assert!(nested.speaker.ends_with("Lund") || nested.speaker == "President", "{}", nested.speaker);
}

#[test]
fn whom_officials_have_it_from_is_not_what_they_say() {
    let found = found("Officials, citing survivors, said gunmen attacked the convoy.");
    assert!(found.iter().all(|f| f.words != "survivors"));
    assert!(found.iter().any(|f| f.words == "gunmen attacked the convoy" && f.speaker == "Officials"));
}

#[test]
fn a_survey_finds_by_itself() {
    let found = found("In a survey, half of the fishermen favored a new harbor.");
    assert!(found.iter().any(|f| f.speaker == "survey" && f.words.starts_with("half of the fishermen")));
}
