use super::*;
use crate::testing::Sample;
use proptest::prelude::*;

/// Kind, words, low, best and high of every figure.
/// Kind, words, and low, best and high count.
type Told = (FigureKind, String, Option<u64>, Option<u64>, Option<u64>);

fn figures(text: &str) -> Vec<Told> {
    let sample = Sample::new(text);
    let doc = sample.document();
    let times = Times::read(&doc);
    let figures = Figures::read(&doc, &times, &Frames::read(&doc));
    let row = |f: &FigureMention| (f.kind, f.span.of(text).to_owned(), f.low, f.best, f.high);
    figures.list.iter().map(row).collect()
}

fn exact(
    kind: FigureKind,
    words: &str,
    count: u64,
) -> (FigureKind, String, Option<u64>, Option<u64>, Option<u64>) {
    (kind, words.to_owned(), Some(count), Some(count), Some(count))
}

use FigureKind::*;

#[test]
fn verbs_tell_what_is_counted() {
    assert_eq!(
        figures("Police said 12 soldiers were killed and 30 others were wounded."),
        [exact(Killed, "12", 12), exact(Injured, "30", 30)]
    );
    assert_eq!(figures("Seven militants were hanged on Tuesday."), [exact(Executed, "Seven", 7)]);
    assert_eq!(
        figures("Police arrested 1,200 demonstrators in the capital."),
        [exact(Arrested, "1,200", 1200)]
    );
    assert_eq!(figures("Rebels kidnapped two aid workers."), [exact(Abducted, "two", 2)]);
    assert_eq!(figures("Forty people died when a bus fell into a river."), [exact(Killed, "Forty", 40)]);
}

#[test]
fn hedges_set_the_bounds() {
    assert_eq!(
        figures("The blast killed at least 12 people."),
        [(Killed, "12".into(), Some(12), Some(12), None)]
    );
    assert_eq!(figures("Up to 300 people were killed."), [(Killed, "300".into(), None, None, Some(300))]);
    assert_eq!(figures("Dozens of people were injured."), [(Injured, "Dozens".into(), Some(24), None, None)]);
    assert_eq!(
        figures("Between 10 and 15 soldiers were killed."),
        [(Killed, "10 and 15".into(), Some(10), None, Some(15))]
    );
}

#[test]
fn states_and_nouns_tell_what_is_counted() {
    assert_eq!(figures("The attack left 150 dead."), [exact(Killed, "150", 150)]);
    assert_eq!(
        figures("Three people are missing after the flood."),
        [exact(Missing, "three", 3)].map(|mut f| {
            f.1 = "Three".into();
            f
        })
    );
    assert_eq!(
        figures("About 5,000 protesters marched through the city."),
        [(Participants, "5,000".into(), None, Some(5000), None)]
    );
    assert_eq!(figures("The killing of four farmers angered the village."), [exact(Killed, "four", 4)]);
}

#[test]
fn a_toll_is_a_running_total() {
    assert_eq!(figures("The death toll rose to 40 on Friday."), [exact(Killed, "40", 40)]);
    let text =
        "The state executed seven men on Monday, which brought to 16 the number executed since December.";
    assert_eq!(figures(text), [exact(Executed, "seven", 7), exact(Executed, "16", 16)]);
    let sample = Sample::new(text);
    let doc = sample.document();
    let times = Times::read(&doc);
    let found = Figures::read(&doc, &times, &Frames::read(&doc));
    assert_eq!(found.list[0].since, None);
    assert_eq!(found.list[1].since.and_then(|t| times.get(t)).map(|t| t.value.as_str()), Some("XXXX-12"));
}

#[test]
fn what_is_not_told_as_fact_is_no_figure() {
    assert_eq!(figures("The group threatened to kill 20 hostages."), []);
    assert_eq!(figures("The quake could kill 500 people."), []);
    assert_eq!(figures("No one was killed. He is 12."), []);
    assert_eq!(
        figures("Twelve people, including two children, died in the fire."),
        [exact(Killed, "Twelve", 12)]
    );
    assert_eq!(figures("The farmers killed 40 cows."), []);
}

#[test]
fn a_share_or_a_part_is_no_figure() {
    assert_eq!(figures("One in five families was displaced."), []);
    assert_eq!(figures("Nine people were feared dead."), []);
    assert_eq!(
        figures("Seventeen passengers were injured, two of them seriously."),
        [exact(Injured, "Seventeen", 17)]
    );
}

#[test]
fn several_words_can_tell_the_kind() {
    assert_eq!(figures("The battalion lost 14 men in the ambush."), [exact(Killed, "14", 14)]);
    assert_eq!(figures("Six villagers lost their lives."), [exact(Killed, "Six", 6)]);
    assert_eq!(figures("The court put nine officers to death."), [exact(Executed, "nine", 9)]);
    assert_eq!(figures("The blaze claimed the lives of 21 workers."), [exact(Killed, "21", 21)]);
    assert_eq!(
        figures("The troops killed four and injured nine."),
        [exact(Killed, "four", 4), exact(Injured, "nine", 9)]
    );
}

#[test]
fn a_later_total_takes_the_place_of_earlier_counts() {
    let text = "A blast killed 12 people in Harand on Monday. Police arrested two men.\n\nThe death toll later rose to 15.";
    let sample = Sample::new(text);
    let doc = sample.document();
    let times = Times::read(&doc);
    let found = Figures::read(&doc, &times, &Frames::read(&doc)).list;
    let row = |f: &FigureMention| (f.best, f.superseded_by);
    assert_eq!(
        found.iter().map(row).collect::<Vec<_>>(),
        [(Some(12), Some(FigureId(2))), (Some(2), None), (Some(15), None)]
    );
    let text = "The toll rose to 45 from 38.";
    assert_eq!(figures(text), [exact(Killed, "45", 45), exact(Killed, "38", 38)]);
}

/// Count of every figure, and that of the one that takes its place.
fn replaced(text: &str) -> Vec<(u64, Option<u64>)> {
    let sample = Sample::new(text);
    let doc = sample.document();
    let list = Figures::read(&doc, &Times::read(&doc), &Frames::read(&doc)).list;
    let best = |f: &FigureMention| f.best.unwrap_or_default();
    list.iter().map(|f| (best(f), f.superseded_by.map(|id| best(&list[id.0 as usize])))).collect()
}

#[test]
fn a_total_takes_the_place_of_the_same_toll_only() {
    let sorts = "A blast killed 12 people in Harand. Five police officers were killed in it.\n\nThe death toll later rose to 15.";
    assert_eq!(replaced(sorts), [(12, Some(15)), (5, None), (15, None)]);
    let years = "A blast killed 12 worshippers in Harand. Clashes killed 9 people in 2018.\n\nThe death toll later rose to 15.";
    assert_eq!(replaced(years), [(12, Some(15)), (9, None), (15, None)]);
}

#[test]
fn who_is_counted_is_named() {
    let text = "The attack killed 14 students.";
    let sample = Sample::new(text);
    let doc = sample.document();
    let found = Figures::read(&doc, &Times::read(&doc), &Frames::read(&doc));
    let records = found.records(&doc, &CharOffsets::new(text));
    assert_eq!(records[0].counted.map(|c| (c.start, c.end)), Some((21, 29)));
}

#[test]
fn money_is_counted_apart() {
    assert_eq!(figures("The bank lent $5 million to the town."), [exact(Money, "5 million", 5_000_000)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_text_is_read(text in "[ \\n.,:0-9a-zA-Z'’é€$-]{0,60}|\\PC{0,40}") {
        let sentences = crate::testing::sentences(&text);
        let sample = Sample::with(&text, sentences);
        let doc = sample.document();
        let figures = Figures::read(&doc, &Times::read(&doc), &Frames::read(&doc));
        for figure in figures.list {
            prop_assert!(!figure.span.of(&text).is_empty());
        }
    }
}
