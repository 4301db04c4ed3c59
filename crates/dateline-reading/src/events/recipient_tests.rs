//! Whom an act is done to.

use crate::reading::EntityId;
use crate::testing::reading;

/// Names of the actors and recipients of the only event of a type.
fn roles(text: &str, kind: &str) -> (Vec<String>, Vec<String>) {
    let reading = reading(text);
    let of_kind: Vec<_> = reading.events.iter().filter(|e| e.kind == kind).collect();
    assert_eq!(of_kind.len(), 1, "{text}: {:#?}", reading.events);
    let names =
        |ids: &[EntityId]| ids.iter().map(|id| reading.entities[id.index()].name.clone()).collect::<Vec<_>>();
    (names(&of_kind[0].actors), names(&of_kind[0].recipients))
}

fn recipients(text: &str, kind: &str) -> Vec<String> {
    roles(text, kind).1
}

#[test]
fn own_troops_suffer_nothing_when_they_are_withdrawn() {
    let (actors, recipients) = roles("Chad withdrew its troops from Niger.", "RETREAT");
    assert_eq!((actors, recipients), (vec!["Chad".to_owned()], vec!["Niger".to_owned()]));
    assert!(recipients_are_none("Chad withdrew its troops.", "RETREAT"));
}

fn recipients_are_none(text: &str, kind: &str) -> bool {
    recipients(text, kind).is_empty()
}

#[test]
fn whom_a_thing_concerns_may_hang_on_it() {
    let lifted = "The court lifted restrictions that were imposed on Kenya.";
    assert_eq!(recipients(lifted, "CONCEDE"), ["Kenya"]);
}

#[test]
fn who_suffered_a_raid_is_not_blamed_for_it() {
    assert_eq!(recipients("France condemned the attack by Chad on Niger.", "ACCUSE"), ["Chad"]);
    assert!(recipients_are_none("France condemned the attack on Niger.", "ACCUSE"));
}

#[test]
fn prisoners_are_held_by_whoever_owns_the_prison() {
    let (actors, _) = roles("A journalist was tortured in a Chadian prison.", "ASSAULT");
    assert_eq!(actors, ["Chad"]);
    let (actors, _) = roles("A journalist was arrested in Niger.", "COERCE");
    assert_eq!(actors, ["Niger"]);
}

#[test]
fn whose_base_it_is_counts_for_more_than_where() {
    let found = recipients("Rebels attacked a French army base in Niger.", "ASSAULT");
    assert!(found.iter().all(|name| name != "Niger"), "{found:?}");
}

#[test]
fn two_armies_of_two_countries_are_two() {
    let (actors, _) = roles("The armies of Chad and Niger attacked the rebels.", "ASSAULT");
    assert!(actors.iter().any(|name| name == "Niger"), "{actors:?}");
}

#[test]
fn whose_freedom_is_wanted_is_not_asked_for_it() {
    assert!(recipients_are_none("The opposition demanded the release of the monks.", "REQUEST"));
    assert_eq!(recipients("France demanded the release of the monks from Chad.", "REQUEST"), ["Chad"]);
    assert!(recipients_are_none("A judge recommended that the mayor be fined.", "REQUEST"));
}

#[test]
fn what_is_to_be_guaranteed_somebody_is_to_do() {
    let text = "Lawmakers called for a guarantee that the government consults the unions.";
    assert_eq!(recipients(text, "REQUEST"), ["government"]);
}

#[test]
fn praise_of_a_deed_is_of_its_doer() {
    let text = "The president defended the purchase of a Nigerian oil field by Angola.";
    assert_eq!(recipients(text, "SUPPORT"), ["Angola"]);
}

#[test]
fn whoever_fights_between_them_fights_nobody_else() {
    let (actors, recipients) =
        roles("Battles between the soldiers of two Chadian provinces left 20 people dead.", "ASSAULT");
    assert_eq!((actors.len(), recipients.iter().any(|r| r == "Chad")), (1, false));
}

#[test]
fn whom_a_crowd_is_against_is_more_than_where_it_goes() {
    let text = "Students marched to the parliament to protest against the government of Chad.";
    let found = recipients(text, "PROTEST");
    assert!(found.iter().all(|name| !name.contains("parliament")) && found.len() == 1, "{found:?}");
}

#[test]
fn force_is_used_on_those_whom_it_is_to_stop() {
    assert_eq!(
        recipients("Soldiers fired shots into the air to scatter the looters.", "ASSAULT"),
        ["looters"]
    );
}

#[test]
fn whoever_backs_a_demand_backs_those_who_made_it() {
    let text = "Rebels demanded talks with the mayor on Monday. Chad supports the demand.";
    assert_eq!(recipients(text, "SUPPORT"), ["rebels"]);
}

#[test]
fn an_arrest_by_somebody_is_of_its_owner() {
    let (actors, recipients) = roles("Peter Lund's arrest by the police angered the town.", "COERCE");
    assert_eq!((actors, recipients), (vec!["police".to_owned()], vec!["Peter Lund".to_owned()]));
}
