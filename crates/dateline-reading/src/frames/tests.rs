//! Frames of sentences read by the real engine.

use super::*;
use crate::testing::Sample;

/// Every frame of a text in one line: predicate, subject, object, obliques, mood.
fn frames(text: &str) -> Vec<String> {
    let sample = Sample::new(text);
    let doc = sample.document();
    Frames::read(&doc).list.iter().map(|f| f.describe(&doc)).collect()
}

fn holds(text: &str, frame: &str) {
    let found = frames(text);
    assert!(found.iter().any(|f| f.starts_with(frame)), "{text}: {frame:?} is not in {found:#?}");
}

#[test]
fn a_passive_is_turned_round() {
    holds("Three policemen were killed by rebels.", "clause kill · subject rebels · object policemen");
}

#[test]
fn an_agent_may_hang_on_what_stands_before_it() {
    holds(
        "The mayor was indicted on charges of fraud by a court.",
        "clause indict · subject court · object mayor",
    );
    holds("The killing of a minister by gunmen angered Chad.", "noun killing · subject gunmen");
}

#[test]
fn an_infinitive_belongs_to_whoever_was_asked() {
    holds("France urged the rebels to leave the town.", "clause leave · subject rebels · object town");
    holds("France promised the rebels to leave the town.", "clause leave · subject France · object town");
}

#[test]
fn passives_that_are_joined_share_their_agent() {
    holds("Three men were arrested by the police and beaten.", "clause beat · subject police · object men");
}

#[test]
fn whoever_is_convicted_of_a_deed_did_it() {
    holds("The court convicted Falk of the murder of two guards.", "noun murder · subject Falk · of guards");
}

#[test]
fn what_somebody_is_presented_with_is_meant_for_him() {
    let found = frames("The company was presented with a demand by the ministry.");
    let demand = found.iter().find(|f| f.starts_with("noun demand"));
    assert!(demand.is_some_and(|f| f.contains("to company")), "{found:#?}");
}

#[test]
fn a_relative_pronoun_stands_for_its_noun() {
    holds("Soldiers who shelled the town were arrested.", "clause shell · subject Soldiers · object town");
}

#[test]
fn conjuncts_share_a_subject_and_count_one_by_one() {
    holds(
        "Chad and Niger signed the pact and opened the border.",
        "clause open · subject Chad + Niger · object border",
    );
}

#[test]
fn a_light_verb_lends_its_subject_to_the_noun() {
    holds(
        "The army launched an offensive against the rebels.",
        "noun offensive · carried by launched · subject army · against rebels",
    );
}

#[test]
fn what_is_planned_lies_ahead_and_what_is_refused_did_not_happen() {
    let planned = frames("Kenya plans to attack the rebels.");
    assert!(planned.iter().any(|f| f.starts_with("clause attack") && f.contains("future")), "{planned:#?}");
    let refused = frames("Kenya refused to attack the rebels.");
    assert!(refused.iter().any(|f| f.starts_with("clause attack") && f.contains("negated")), "{refused:#?}");
    let modal = frames("Kenya may attack the rebels.");
    assert!(modal.iter().any(|f| f.starts_with("clause attack") && f.contains("hypothetical")), "{modal:#?}");
}

#[test]
fn two_names_before_a_headline_verb_are_a_pair() {
    holds("Chad, Niger sign border pact", "clause sign · subject Chad + Niger");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(32))]

    #[test]
    fn any_words_give_frames_inside_their_sentences(text in "([a-zA-Z]{1,9}[ ,.]){0,30}") {
        let sample = Sample::new(&text);
        let doc = sample.document();
        for frame in Frames::read(&doc).list {
            let words = doc.sentences[frame.sentence as usize].tokens.len() as u32;
            let all = frame.subject.iter().chain(&frame.object).chain(frame.obliques.iter().flat_map(|o| &o.heads));
            for &word in all.chain([&frame.predicate]) {
                proptest::prop_assert!(word < words);
            }
        }
    }
}

#[test]
fn what_somebody_orders_done_is_his_deed() {
    holds("Chad ordered four rebels deported.", "clause deport · subject Chad · object rebels");
}

#[test]
fn two_verbs_share_the_object_behind_them() {
    holds("Soldiers are arresting and torturing monks.", "clause torture · subject Soldiers · object monks");
}

#[test]
fn whoever_was_reinstated_declined_and_not_the_judge() {
    holds(
        "The officer was reinstated by a judge but declined to return.",
        "clause decline · subject officer",
    );
}

#[test]
fn what_is_demanded_in_a_plain_verb_is_not_told() {
    let found = frames("Chad demanded that militants disarm.");
    let disarm = found.iter().find(|f| f.starts_with("clause disarm"));
    assert!(disarm.is_some_and(|f| f.contains("hypothetical")), "{found:#?}");
}

#[test]
fn what_somebody_is_accused_of_is_his_deed() {
    holds("Chad accused the rebels of shelling the town.", "clause shell · subject rebels · object town");
}

#[test]
fn a_participle_after_the_words_is_the_speakers() {
    holds(
        "This is the record that Mr Falk will have to defend, the mayor said, urging voters to remember it.",
        "clause urge · subject mayor · object voters",
    );
}

#[test]
fn what_a_letter_says_its_author_says() {
    holds("The bishop wrote to the unions urging them not to exploit fears.", "clause urge · subject bishop");
    holds("The council issued a resolution condemning the raid.", "clause condemn · subject council");
    // Who gets a letter has not written it.
    holds("The mayor received a letter condemning the raid.", "clause condemn · subject letter");
}

#[test]
fn a_past_tense_joined_to_what_is_said_is_the_speakers() {
    holds(
        "The bishop said the war was wrong and urged both sides to stop fighting.",
        "clause urge · subject bishop",
    );
    holds("The mayor said the plan will fail and left the hall.", "clause leave · subject mayor");
    holds(
        "The mayor said he had met the rebels and urged them to disarm.",
        "clause urge · subject he · object them",
    );
}

#[test]
fn whoever_is_held_hostage_by_others_does_not_hold() {
    holds(
        "Troops freed a prosecutor held hostage by separatists.",
        "clause hold · subject separatists · object prosecutor",
    );
}

#[test]
fn a_name_behind_a_name_is_joined_to_it() {
    let found = frames("The minister told refugees from Chad and Niger to go home.");
    let tells = found.iter().find(|f| f.starts_with("clause tell")).map(String::as_str).unwrap_or_default();
    assert!(tells.contains("object refugees · "), "{found:#?}");
}

#[test]
fn a_subject_may_hang_on_the_verb_above() {
    holds(
        "His words came as Cardinal Paul Adeyi, the Archbishop of Harand, backed the plan.",
        "clause back · subject Paul",
    );
}

#[test]
fn whoever_is_praised_for_a_deed_did_it() {
    holds(
        "The president praised the court for indicting Falk.",
        "clause indict · subject court · object Falk",
    );
}
