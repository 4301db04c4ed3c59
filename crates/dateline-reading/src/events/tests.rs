//! Events of sentences read by the real engine, through the room's public face.

use super::Unresolved;
use crate::reading::{Certainty, Event, Reading};
use crate::testing::{Sample, reading};

fn only(text: &str) -> (Reading, Event) {
    let reading = reading(text);
    assert_eq!(reading.events.len(), 1, "{text}: {:#?}", reading.events);
    let event = reading.events[0].clone();
    (reading, event)
}

fn codes(reading: &Reading, ids: &[crate::reading::EntityId]) -> Vec<String> {
    ids.iter().filter_map(|id| reading.entities[id.index()].code.clone()).collect()
}

#[test]
fn who_did_what_to_whom() {
    let (reading, event) = only("Pakistani soldiers attacked Taliban fighters in Peshawar.");
    assert_eq!(event.kind, "ASSAULT");
    assert_eq!(codes(&reading, &event.actors), ["PAKMIL"]);
    assert_eq!(event.place.map(|p| reading.places[p.index()].name.as_str()), Some("Peshawar"));
    assert_eq!((event.quad, event.certainty), (4, Certainty::Asserted));
}

#[test]
fn who_kills_may_be_told_beside_it() {
    let text = "Two policemen were killed when rebels ambushed a convoy in Chad.";
    let events = reading(text);
    let killed = events.events.iter().find(|e| e.trigger.start as usize == text.find("killed").unwrap());
    let killed = killed.unwrap_or_else(|| panic!("{:#?}", events.events));
    assert_eq!(codes(&events, &killed.actors), ["TCDREB"]);
}

#[test]
fn who_harms_may_own_the_deed_or_use_force_beside_it() {
    let doers = |text: &str| {
        let (reading, event) = only(text);
        codes(&reading, &event.actors)
    };
    assert_eq!(doers("Two farmers of Chad were killed in police firing."), ["TCDCOP"]);
    assert_eq!(doers("Three guards were injured after prisoners stormed the gate with rods."), ["CVL"]);
    assert_eq!(doers("The mayor was barred from leaving the town by a court."), ["JUD"]);
    assert_eq!(doers("Two schools were hit by shells fired by Chadian soldiers."), ["TCDMIL"]);
}

#[test]
fn whoever_dies_attacking_did_not_kill_himself() {
    let found = reading("Three rebels were killed when they stormed an army post.");
    assert!(found.events.iter().all(|e| e.actors != e.recipients), "{:#?}", found.events);
    assert!(found.events.iter().any(|e| e.actors.is_empty()), "{:#?}", found.events);
}

#[test]
fn sides_and_agents_are_shared_by_joined_harm() {
    let text = "Four people were killed and nine injured in confrontations between soldiers and herders.";
    let (reading, event) = only(text);
    assert_eq!(event.actors.len(), 2, "{:#?}", reading.events);
    let (reading, event) = only("The bishop was stopped and beaten by the police.");
    assert_eq!(codes(&reading, &event.actors), ["COP"]);
}

#[test]
fn whoever_refuses_answers_those_who_asked() {
    let reading = reading("Rebels asked the mayor for talks on Monday. The mayor rejected the request.");
    let refusal = reading.events.iter().find(|e| e.kind == "REJECT").unwrap();
    assert_eq!(codes(&reading, &refusal.recipients), ["REB"]);
}

#[test]
fn a_killing_told_again_is_one_event() {
    let text =
        "Gunmen shot Senator Peter Lund in Harand. The assassination of Senator Lund angered the town.";
    let (_, event) = only(text);
    assert!(!event.mentions.is_empty(), "{event:#?}");
}

#[test]
fn a_visit_to_come_is_an_agreement_to_meet() {
    let (_, event) = only("The French president will visit Algeria.");
    assert_eq!((event.kind.as_str(), event.cameo.as_deref()), ("AGREE", Some("036")));
    assert!(event.commitment.is_some());
}

#[test]
fn a_claim_is_attributed_and_an_allegation_is_alleged() {
    let (said, event) = only("Turkey said rebels had attacked a convoy of soldiers.");
    assert_eq!(event.certainty, Certainty::Attributed);
    assert_eq!(event.attributed_to.map(|e| said.entities[e.index()].name.as_str()), Some("Turkey"));
    let claimed = reading("Turkey claimed that rebels had attacked soldiers.").events;
    assert!(claimed.iter().any(|e| e.kind == "ASSAULT" && e.certainty == Certainty::Alleged), "{claimed:#?}");
}

/// Certainty of the one ASSAULT in a text.
fn certainty(text: &str) -> Certainty {
    let events = reading(text).events;
    let assaults: Vec<_> = events.iter().filter(|e| e.kind == "ASSAULT").collect();
    assert_eq!(assaults.len(), 1, "{text}: {events:#?}");
    assaults[0].certainty
}

#[test]
fn doubt_and_denial_reach_the_events_inside() {
    let cases = [
        ("Rebels reportedly attacked soldiers in the north.", Certainty::Alleged),
        ("Turkey condemned the alleged attack by rebels on soldiers.", Certainty::Alleged),
        ("Turkey denied that its soldiers had attacked rebels.", Certainty::Denied),
        (
            "Rebels attacked soldiers in the north, Turkey said. The claim could not be independently verified.",
            Certainty::Unconfirmed,
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(certainty(text), expected, "{text}");
    }
}

#[test]
fn what_is_only_wished_is_no_event() {
    assert!(reading("The rebels want to attack the soldiers.").events.iter().all(|e| e.kind != "ASSAULT"));
    assert!(reading("Would the rebels attack the soldiers?").events.iter().all(|e| e.kind != "ASSAULT"));
}

#[test]
fn a_denied_act_carries_its_negation() {
    let events = reading("The soldiers did not attack the villagers.").events;
    assert!(events.iter().all(|e| e.aux.contains(&"negation".to_owned())), "{events:#?}");
}

#[test]
fn an_act_by_nobody_known_is_a_note() {
    let reading = reading("Something condemned something.");
    assert!(reading.events.is_empty());
}

#[test]
fn an_act_without_a_party_is_kept_where_that_is_asked_for() {
    let text = "It imposed sanctions on something. Rebels attacked it.";
    let sample = Sample::new(text);
    let doc = sample.document();
    let coder = reading("").coder;
    let kept = crate::read_with(doc.article, doc.sentences, doc.codebook, coder, Unresolved::Keep);
    let left_out = reading(text);
    assert!(kept.events.len() > left_out.events.len(), "{:#?}", kept.events);
    assert!(left_out.notes.iter().any(|note| note.kind == "abstained"), "{:#?}", left_out.notes);
    assert!(left_out.notes.iter().all(|note| note.kind != "unresolved"));
    assert!(kept.notes.iter().any(|note| note.kind == "unresolved"), "{:#?}", kept.notes);
    let bare = kept.events.iter().any(|event| event.actors.is_empty() || event.recipients.is_empty());
    assert!(bare, "{:#?}", kept.events);
}

/// Types of the events of a text with the values of their times.
fn timed(text: &str) -> Vec<(String, Option<String>)> {
    let reading = reading(text);
    let time = |e: &Event| e.time.map(|t| reading.times[t.index()].value.clone());
    reading.events.iter().map(|e| (e.kind.clone(), time(e))).collect()
}

#[test]
fn events_that_happen_together_share_their_time() {
    for text in [
        "Rebels attacked an army post and killed two soldiers on Jan. 5, 2014.",
        "On Jan. 5, 2014, rebels attacked an army post, killing two soldiers.",
        "Two soldiers were killed when rebels attacked their post on Jan. 5, 2014.",
    ] {
        let events = timed(text);
        assert!(!events.is_empty(), "{text}");
        assert!(events.iter().all(|(_, time)| time.as_deref() == Some("2014-01-05")), "{text}: {events:?}");
    }
}

#[test]
fn the_day_on_which_it_was_said_is_not_the_day_of_the_event() {
    let events = timed("Turkey said on Jan. 5, 2014 that rebels had attacked a convoy of soldiers.");
    assert!(
        events.iter().filter(|(kind, _)| kind == "ASSAULT").all(|(_, time)| time.is_none()),
        "{events:?}"
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_gives_a_reading_whose_spans_lie_inside(text in "(\\PC{0,12}[ .\n“”\"]){0,20}") {
        let reading = reading(&text);
        let length = text.chars().count() as u32;
        let spans = reading.sentences.iter().copied()
            .chain(reading.entities.iter().flat_map(|e| e.mentions.iter().map(|m| m.span)))
            .chain(reading.places.iter().flat_map(|p| p.mentions.iter().copied()))
            .chain(reading.times.iter().map(|t| t.span))
            .chain(reading.figures.iter().map(|f| f.span))
            .chain(reading.quotes.iter().map(|q| q.span))
            .chain(reading.events.iter().map(|e| e.trigger));
        for span in spans {
            proptest::prop_assert!(span.start <= span.end && span.end <= length, "{span:?} of {length}");
        }
    }
}

/// The names of the places of the events of this type, in order.
fn places_of(text: &str, kind: &str) -> Vec<Option<String>> {
    let reading = reading(text);
    let of_kind = reading.events.iter().filter(|e| e.kind == kind);
    of_kind.map(|e| e.place.map(|p| reading.places[p.index()].name.clone())).collect()
}

#[test]
fn an_event_takes_the_place_of_its_own_clause() {
    let named = |name: &str| vec![Some(name.to_owned())];
    assert_eq!(places_of("Gunmen attacked a school in Peshawar on Monday.", "ASSAULT"), named("Peshawar"));
    assert_eq!(places_of("Rebels attacked soldiers on the outskirts of Kunduz.", "ASSAULT"), named("Kunduz"));
    assert_eq!(places_of("A senator from Texas attacked soldiers.", "ASSAULT"), [None]);
    assert_eq!(places_of("The mayor of Peshawar met Chinese officials.", "CONSULT"), [None]);
}

#[test]
fn an_event_takes_the_place_of_what_it_takes_up() {
    let text = "The convoy reached Kunduz at dawn. Rebels attacked soldiers there.";
    assert_eq!(places_of(text, "ASSAULT").last().unwrap().as_deref(), Some("Kunduz"));
}

/// Types of the events of a text.
fn kinds(text: &str) -> Vec<String> {
    reading(text).events.into_iter().map(|e| e.kind).collect()
}

#[test]
fn an_accident_is_no_assault() {
    assert!(kinds("Sixteen people were killed when a train derailed near the station.").is_empty());
    assert!(kinds("A train crash shocked the town. Four people were injured.").is_empty());
    assert_eq!(kinds("Sixteen people were killed when gunmen ambushed a train."), ["ASSAULT"]);
}

#[test]
fn a_description_is_no_event() {
    assert!(kinds("Parents who refuse to obey the court are rare.").is_empty());
    assert!(kinds("Under the law, suspects can be detained without trial.").is_empty());
    assert!(kinds("The bill would give $5 million to Kenya.").is_empty());
    assert!(kinds("The rebels are expected to attack the soldiers.").is_empty());
    assert!(kinds("Police had made no arrests.").is_empty());
}

#[test]
fn an_opinion_asks_somebody_or_nobody() {
    assert!(kinds("The minister said that the debate should be a serious one.").is_empty());
    assert_eq!(kinds("The minister said that Kenya should release the hostages."), ["REQUEST"]);
}

#[test]
fn what_lies_ahead_has_a_type_of_its_own() {
    assert_eq!(kinds("The president was to meet the Kenyan premier on Monday."), ["AGREE"]);
    assert_eq!(kinds("The president may visit Kenya."), ["AGREE"]);
    assert_eq!(kinds("Miners said they would strike if wages were not raised."), ["THREATEN"]);
    let waiting = "The rebels said they would stay until the president pledged to free the prisoners.";
    assert!(!kinds(waiting).contains(&"AGREE".to_owned()), "{:?}", kinds(waiting));
    assert!(!kinds("The president pledged never to attack Kenya.").contains(&"THREATEN".to_owned()));
}

#[test]
fn private_affairs_are_no_events() {
    let film = "Alan Brown met Carol Smith at the studio. Brown worked with Smith on a film. Smith thanked Brown, and Brown \
                agreed to help Smith. Later Brown visited Smith. Smith said Brown had promised Smith to write songs.";
    assert!(kinds(film).is_empty(), "{:?}", kinds(film));
    assert_eq!(kinds("The president met Carol Smith."), ["CONSULT"]);
}

#[test]
fn the_topic_of_a_protest_is_part_of_it() {
    let (reading, event) =
        only("Teachers staged a protest in the capital, accusing the interior minister of neglect.");
    assert_eq!((event.kind.as_str(), event.recipients.len()), ("PROTEST", 1), "{:#?}", reading.events);
}

#[test]
fn one_person_does_not_demonstrate() {
    assert!(
        !kinds("The lawyer protested when the judge closed the hearing.").contains(&"PROTEST".to_owned())
    );
    assert_eq!(kinds("Thousands of students protested in the capital."), ["PROTEST"]);
}

#[test]
fn what_is_told_again_is_a_mention_of_the_same_event() {
    let again = "Rebels attacked Kenyan soldiers on Monday. The weather was fine. The rebels attacked the Kenyan soldiers.";
    let (_, event) = only(again);
    assert_eq!(event.mentions.iter().map(|m| m.sentence).collect::<Vec<_>>(), [2]);
    let two =
        "Rebels attacked Kenyan soldiers on Jan. 3, 2014. Rebels attacked Kenyan soldiers on Jan. 9, 2014.";
    assert!(reading(two).events.iter().all(|e| e.mentions.is_empty()), "two days are two acts");
}

#[test]
fn what_came_of_an_act_is_part_of_it() {
    let (_, event) =
        only("Rebels shelled an army base in Chad, killing four soldiers and wounding nine policemen.");
    assert!(event.recipients.len() > 1, "{event:#?}");
    assert_eq!(kinds("Rebels attacked the soldiers and abducted the governor."), ["ASSAULT", "ASSAULT"]);
}

#[test]
fn who_tells_of_an_accident_does_not_make_it_violent() {
    assert!(kinds("Sixteen people were killed when a train derailed, police said.").is_empty());
    assert!(kinds("Nine workers were killed when the roof of a mine collapsed.").is_empty());
}
