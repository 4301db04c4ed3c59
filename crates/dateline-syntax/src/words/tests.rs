use super::*;
use proptest::prelude::*;

fn split(text: &str) -> Vec<&str> {
    let mut spans = Vec::new();
    Words::new().split(text, Span::new(0, text.len()), &mut spans);
    spans.iter().map(|s| s.of(text)).collect()
}

fn check(marked: &str) {
    // "|" marks a split without a space.
    let expected: Vec<&str> = marked.split([' ', '|']).collect();
    assert_eq!(split(&marked.replace('|', "")), expected);
}

#[test]
fn clitics() {
    check("They do|n't know Kerry|'s plan|, and it|’s late|.");
    check("We can|not go|; I|'m sure they|'ll wait|.");
    check("the workers|' union of the 1990's");
    check("the O'Neill family");
}

#[test]
fn abbreviations_and_initials() {
    check("Gen. John Q. Smith arrived on Jan. 3|.");
    check("The U.S. envoy met Mr. Brown at 5 p.m. on Friday|.");
    check("He said no|.");
    check("Smith|, J. R. and others");
    check("a U.S.|-|led force");
}

#[test]
fn numbers() {
    check("$|150 million|, or 7.5|%|, of US$|2,000");
    check("at 7:30|pm on 9/11");
    check("the 15|-|year|-|old");
    check("call 555-0172 before 2015-01-14");
    check("between 1969|-|1970");
    check("passed 218|-|210 at 30|°|C");
}

#[test]
fn hyphens_and_dashes() {
    check("a state|-|run firm");
    check("the pro-democracy camp");
    check("talks|—|the first|—|failed");
    check("talks -- the first -- failed");
    check("and|/|or");
}

#[test]
fn quotes_and_brackets() {
    check("“|We won|,|” he said|.");
    check("\"|We won|!|\" (|he said|)|.");
    check("the so|-|called '|truce|'");
    check("He waited|... and left");
}

#[test]
fn addresses() {
    check("see http://example.org/a-b?c=d|, or mail someone@example.org|.");
    check("on example.com now");
    check("at ftp://files.example.net/pub/|.");
}

proptest! {
    #[test]
    fn words_are_in_order_and_cover_what_is_visible(text in "\\PC{0,60}|[a-z'.\\-\"/$0-9A-Z ,!?()’“”—…]{0,60}") {
        let mut spans = Vec::new();
        Words::new().split(&text, Span::new(0, text.len()), &mut spans);
        let mut at = 0;
        for span in &spans {
            prop_assert!(!span.is_empty() && span.start as usize >= at);
            prop_assert!(text.get(span.range()).is_some_and(|w| !w.contains(char::is_whitespace)));
            prop_assert!(text[at..span.start as usize].chars().all(|c| c.is_whitespace() || is_invisible(c)));
            at = span.end as usize;
        }
        prop_assert!(text[at..].chars().all(|c| c.is_whitespace() || is_invisible(c)));
    }
}
