use super::*;
use crate::testing;
use proptest::prelude::*;

fn values(text: &str) -> Vec<(String, String)> {
    let rules = TimeRules::standard().unwrap();
    let sentences = testing::sentences(text);
    let published = Date::new(2015, 1, 14).ok();
    let times = Times::read_in(text, &sentences, published, &rules);
    times.list.into_iter().map(|t| (t.span.of(text).to_owned(), t.value)).collect()
}

#[test]
fn the_examples_in_the_codebook_hold() {
    let rules = TimeRules::standard().unwrap();
    let mut wrong = Vec::new();
    for rule in &rules.rules {
        for (text, value) in &rule.examples {
            let found = values(text).into_iter().map(|(_, v)| v).collect::<Vec<_>>().join(" ");
            if &found != value {
                wrong.push(format!("{}: {text:?} gives {:?}, not {value:?}", rule.name, values(text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_a_publication_day_a_weekday_stays_open() {
    let rules = TimeRules::standard().unwrap();
    let text = "He left on Tuesday, two days ago, on Dec 3 and on Jan. 5, 2014.";
    let times = Times::read_in(text, &testing::sentences(text), None, &rules);
    let values: Vec<&str> = times.list.iter().map(|t| t.value.as_str()).collect();
    assert_eq!(values, ["XXXX-WXX-2", "XXXX-12-03", "2014-01-05"]);
}

#[test]
fn a_word_finds_its_time() {
    let rules = TimeRules::standard().unwrap();
    let text = "On Monday night they left.";
    let times = Times::read_in(text, &testing::sentences(text), Date::new(2015, 1, 14).ok(), &rules);
    assert_eq!(times.at(At::new(0, 0)), None);
    assert_eq!(times.at(At::new(0, 1)), Some(TimeId(0)));
    assert_eq!(times.at(At::new(0, 2)), Some(TimeId(0)));
    assert_eq!(times.at(At::new(0, 3)), None);
    assert_eq!(times.get(TimeId(0)).map(|t| t.kind), Some(TimeKind::Time));
}

#[test]
fn what_words_add_to_a_value_is_kept_beside_it() {
    let rules = TimeRules::standard().unwrap();
    let told = |text: &str| {
        let times = Times::read_in(text, &testing::sentences(text), Date::new(2015, 1, 14).ok(), &rules);
        let row = |t: TimeMention| (t.value, t.modifier, t.quantifier, t.frequency);
        times.list.into_iter().map(row).collect::<Vec<_>>()
    };
    let plain = |value: &str, modifier| (value.to_owned(), modifier, None, None);
    assert_eq!(told("early 2011"), [plain("2011", Some(TimeModifier::Start))]);
    assert_eq!(told("in mid-March 2014"), [plain("2014-03", Some(TimeModifier::Mid))]);
    assert_eq!(told("late last week"), [plain("2015-W02", Some(TimeModifier::End))]);
    assert_eq!(told("less than two years"), [plain("P2Y", Some(TimeModifier::LessThan))]);
    assert_eq!(told("at least three days"), [plain("P3D", Some(TimeModifier::EqualOrMore))]);
    assert_eq!(told("about a year ago"), [plain("2014", Some(TimeModifier::Approx))]);
    assert_eq!(told("three days"), [plain("P3D", None)]);
    assert_eq!(told("every two weeks"), [("P2W".into(), None, Some("every".into()), None)]);
    assert_eq!(told("twice a week"), [("P1W".into(), None, None, Some("2X".into()))]);
}

#[test]
fn a_report_is_compared_with_the_quarter_before_and_not_with_its_own_comparison() {
    let told = "Profit fell in the third quarter. A year earlier it rose. In the latest quarter sales fell.";
    let found: Vec<String> = values(told).into_iter().map(|(_, v)| v).collect();
    assert_eq!(found, ["2014-Q3", "2013-Q3", "2014-Q3"]);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[ \\n.,:/0-9a-zA-Z'’é€-]{0,80}|\\PC{0,60}") {
        for (words, value) in values(&text) {
            prop_assert!(!words.is_empty() && !value.is_empty());
        }
    }

    #[test]
    fn time_words_in_any_order_are_read(words in prop::collection::vec(prop::sample::select(vec![
        "last", "the", "May", "2014", "29", "February", "Friday", "night", "third", "-", "quarter", "of", "years", "ago",
        "9999", "century", "half", "a", "million", "decades", "later", "10", ":", "30", "p.m.", "’80s", "0", "week",
    ]), 0..12)) {
        let text = words.join(" ");
        for (words, value) in values(&text) {
            prop_assert!(!words.is_empty() && !value.is_empty());
        }
    }
}
