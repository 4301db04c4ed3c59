use super::*;
use crate::testing::Sample;
use proptest::prelude::*;

/// Kind, words and speaker's head word of every quote.
fn quotes(text: &str) -> Vec<(QuoteKind, String, String)> {
    let sample = Sample::new(text);
    let doc = sample.document();
    let quotes = Quotes::read(&doc, &Frames::read(&doc), &|_| None);
    let speaker = |q: &QuoteMention| q.speaker_at.map_or("", |at| doc.word(at)).to_owned();
    quotes.list.iter().map(|q| (q.kind, q.span.of(text).to_owned(), speaker(q))).collect()
}

fn quote(kind: QuoteKind, words: &str, speaker: &str) -> (QuoteKind, String, String) {
    (kind, words.to_owned(), speaker.to_owned())
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
fn a_fragment_under_a_cue_is_mixed_and_one_without_is_none() {
    assert_eq!(
        quotes("The governor praised the army, calling the raid \"decisive\"."),
        [quote(Mixed, "decisive", "governor")]
    );
    assert_eq!(quotes("The \"silk road\" runs through the valley."), []);
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
    assert_eq!(quotes("The governor did not say that the road was open."), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn any_text_is_read(text in "[ \\n.,:a-zA-Z'’‘“”\"`«»-]{0,80}|\\PC{0,60}") {
        let sample = Sample::with(&text, crate::testing::sentences(&text));
        let doc = sample.document();
        for quote in Quotes::read(&doc, &Frames::read(&doc), &|_| None).list {
            prop_assert!(!quote.span.of(&text).is_empty());
        }
    }
}
