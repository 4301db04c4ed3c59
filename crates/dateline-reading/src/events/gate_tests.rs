//! What is no event, though its words look like one.

use crate::testing::reading;

fn kinds(text: &str) -> Vec<String> {
    reading(text).events.into_iter().map(|e| e.kind).collect()
}

#[track_caller]
fn is_told(text: &str, kind: &str) {
    let kinds = kinds(text);
    assert!(kinds.iter().any(|k| k == kind), "{text}: {kinds:?}");
}

#[track_caller]
fn is_silent(text: &str, kind: &str) {
    let kinds = kinds(text);
    assert!(kinds.iter().all(|k| k != kind), "{text}: {kinds:?}");
}

#[test]
fn only_forces_withdraw() {
    is_told("Chadian soldiers evacuated the town.", "RETREAT");
    is_silent("Passengers evacuated the plane.", "RETREAT");
}

#[test]
fn what_was_planned_is_not_done() {
    is_told("The rebels released 70 prisoners.", "RETREAT");
    is_silent("The rebels were to have released 70 prisoners.", "RETREAT");
    is_silent("The rebels were supposed to have released 70 prisoners.", "RETREAT");
}

#[test]
fn what_was_not_done_instead_is_no_deed() {
    is_told("The army attacked the rebels.", "ASSAULT");
    is_silent("Instead of attacking the rebels, the army waited.", "ASSAULT");
    is_silent("The police found no record of an attack on the mayor.", "ASSAULT");
}

#[test]
fn what_is_over_is_not_imposed() {
    is_told("Chad imposed martial law.", "COERCE");
    is_silent("The army marked the end of martial law in Chad.", "COERCE");
}

#[test]
fn aid_in_general_is_no_aid() {
    is_told("Chad sent aid to the rebels.", "AID");
    is_silent("Any aid sent to the rebels would break the law, the minister said.", "AID");
}

#[test]
fn counting_the_dead_kills_nobody() {
    is_told("Rebels killed three soldiers in Chad.", "ASSAULT");
    is_silent("The minister gave the number of soldiers who have died in the war.", "ASSAULT");
}

#[test]
fn who_harms_himself_attacks_nobody() {
    is_told("Soldiers hanged a rebel in Chad.", "ASSAULT");
    is_silent("A rebel hanged himself in his cell in Chad.", "ASSAULT");
}

#[test]
fn killed_and_wounded_of_one_clause_are_one_event() {
    let found = reading("Rebels killed six soldiers and wounded ten policemen in Chad.").events;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].recipients.len(), 2);
}

#[test]
fn whoever_speaks_of_a_charge_did_not_bring_it() {
    let found = reading("A colonel was charged with murder, the mayor said.").events;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].actors.is_empty(), "{found:#?}");
}

#[test]
fn envoys_of_two_sides_are_of_both() {
    let found = reading("Negotiators for the government and the rebels started talks on Monday.").events;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].actors.len() >= 2 && found[0].recipients.is_empty(), "{found:#?}");
}

#[test]
fn observers_who_are_asked_for_are_not_asked() {
    let found = reading("The senator called for observers at the election.").events;
    assert!(found.iter().all(|e| e.kind != "REQUEST" || e.recipients.is_empty()), "{found:#?}");
}

#[test]
fn a_refusal_is_of_what_is_ones_own_to_do() {
    is_told("The Danish premier said he would not meet the unions.", "REJECT");
    is_silent("The Danish premier said prices would not rise.", "REJECT");
    is_told("The Danish minister said the prisoners will not be freed.", "REJECT");
}

#[test]
fn plain_words_blame_where_somebody_says_them() {
    is_told("The Danish senator said the ministry had failed to act.", "ACCUSE");
    is_silent("The Danish ministry failed to act.", "ACCUSE");
    is_silent("The Danish senator denied that the ministry had failed to act.", "ACCUSE");
    is_told("The Danish senator said the ministry should have acted.", "ACCUSE");
    is_silent("The Danish senator said the ministry should have acted.", "REQUEST");
}

#[test]
fn who_tells_of_himself_accuses_nobody() {
    is_told("Two nurses testified that the colonel attacked the rebels.", "ACCUSE");
    is_silent("The colonel testified that he attacked the rebels.", "ACCUSE");
}

#[test]
fn what_is_usual_is_no_act() {
    is_told("The rebels were given food by France.", "AID");
    is_silent("The rebels are often given food by France.", "AID");
    is_silent("Prisoners are given food by France every month.", "AID");
}

#[test]
fn what_somebody_is_for_is_not_to_come() {
    is_silent("The aim of the general is to attack the rebels.", "ASSAULT");
    is_silent("The general is afraid of attacking the rebels.", "ASSAULT");
}

#[test]
fn an_embedded_question_tells_of_nothing_to_come() {
    is_told("France will deport ten refugees to Chad.", "COERCE");
    is_silent("The law tells which refugees are to be deported to Chad.", "COERCE");
}

#[test]
fn what_might_be_claimed_is_not_told() {
    is_told("The miners said that the army had attacked the rebels.", "ASSAULT");
    is_silent("The miners could claim that the army had attacked the rebels.", "ASSAULT");
}

#[test]
fn a_not_counts_for_both_verbs_that_share_an_auxiliary() {
    is_silent("The rebels did not shoot or stab anybody in Chad.", "ASSAULT");
    is_silent("The minister has no plans to attack the rebels.", "ASSAULT");
}

#[test]
fn a_plan_told_in_the_past_perfect_came_to_nothing() {
    is_told("The French president plans to visit Chad.", "AGREE");
    is_silent("The French president had planned to visit Chad.", "AGREE");
}

#[test]
fn relatives_meet_in_private() {
    is_told("The French president met the rebel leader in Chad.", "CONSULT");
    is_silent("The French president met his wife in Chad.", "CONSULT");
}

#[test]
fn politicians_attack_with_words() {
    is_told("The French prime minister attacked the opposition leader.", "ACCUSE");
    is_silent("The French prime minister attacked the opposition leader.", "ASSAULT");
    is_told("The French army attacked the rebels.", "ASSAULT");
}

#[test]
fn moves_that_serve_an_assault_are_part_of_it() {
    is_told("French troops advanced on the town.", "MOBILIZE");
    is_silent("French troops advanced on the town and shelled the rebels.", "MOBILIZE");
}

#[test]
fn a_text_speaks_for_whoever_passes_it() {
    let found = reading("The French parliament passed a resolution condemning the rebels in Chad.").events;
    assert!(found.iter().any(|e| e.kind == "ACCUSE" && !e.actors.is_empty()), "{found:#?}");
}

#[test]
fn explosions_at_plants_are_accidents() {
    is_told("An explosion at a mosque killed ten people in Chad.", "ASSAULT");
    is_silent("An explosion at a chemical plant killed ten people in Chad.", "ASSAULT");
}

#[test]
fn reports_called_false_tell_of_nothing() {
    is_silent(
        "The reports that soldiers massacred the rebels were baseless, a Chadian minister said.",
        "ASSAULT",
    );
}

#[test]
fn whoever_closes_his_own_office_restricts_nobody() {
    is_silent("The French charity closed its office in Chad.", "COERCE");
}

#[test]
fn a_crowd_consults_nobody() {
    is_told("The French minister met union leaders in Chad.", "CONSULT");
    is_silent("Thousands of students met in the square in Chad.", "CONSULT");
}

#[test]
fn where_forces_stand_is_no_move() {
    is_told("France stationed troops in Chad.", "MOBILIZE");
    is_silent("A senator praised the troops stationed in Chad.", "MOBILIZE");
}

#[test]
fn a_denied_deed_is_told_beside_the_denial() {
    is_told("Chad denied that its soldiers had attacked rebels.", "ASSAULT");
}

#[test]
fn what_a_film_shows_is_no_deed() {
    is_told("The murder of the French minister shocked Chad.", "ASSAULT");
    is_silent("A film about the murder of the French minister opened in Chad.", "ASSAULT");
}
