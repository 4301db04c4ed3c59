use compact_str::CompactString;
use dateline_codebook::Phrases;

/// A cardinal number at the head of `words` (lower-cased pieces): how many pieces, and its value.
///
/// Takes digits ("1,200", "2.5 million", "2 1/2") and words ("twenty-four", "three hundred and ten").
pub(crate) fn cardinal(words: &[CompactString], names: &Phrases) -> Option<(usize, f64)> {
    let first = words.first()?;
    if let Some(value) = digits(first) {
        return Some(scaled(words, 1, value, names)).map(|(end, value)| fraction(words, end, value));
    }
    in_words(words, names)
}

/// The value of a piece of digits.
pub(crate) fn digits(piece: &str) -> Option<f64> {
    piece.starts_with(|c: char| c.is_ascii_digit()).then(|| piece.replace(',', "").parse().ok()).flatten()
}

/// "1.2" followed by "million"; "40" by "thousand".
fn scaled(words: &[CompactString], end: usize, value: f64, names: &Phrases) -> (usize, f64) {
    match words.get(end).and_then(|w| names.get(w)).and_then(|v| v.parse::<f64>().ok()) {
        Some(scale) if scale >= 1000.0 => (end + 1, value * scale),
        _ => (end, value),
    }
}

/// "2 1/2".
fn fraction(words: &[CompactString], end: usize, value: f64) -> (usize, f64) {
    match words.get(end..end + 3) {
        Some([top, slash, bottom]) if slash == "/" => match (digits(top), digits(bottom)) {
            (Some(top), Some(bottom)) if bottom > top && top > 0.0 => (end + 3, value + top / bottom),
            _ => (end, value),
        },
        _ => (end, value),
    }
}

fn in_words(words: &[CompactString], names: &Phrases) -> Option<(usize, f64)> {
    let value_of = |at: usize| words.get(at).and_then(|w| names.get(w)).and_then(|v| v.parse::<f64>().ok());
    let (mut total, mut group, mut end) = (0.0, 0.0, 0);
    // The size of the last word, so that "one two" stays two numbers and "twenty-four" is one.
    let mut room = f64::INFINITY;
    let mut at = 0;
    while let Some(value) = value_of(at) {
        if value >= 1000.0 {
            if group == 0.0 {
                break;
            }
            (total, group, room) = (total + group * value, 0.0, f64::INFINITY);
        } else if value == 100.0 {
            if group == 0.0 || group >= 100.0 {
                break;
            }
            (group, room) = (group * 100.0, 100.0);
        } else if value < room && (room > 90.0 || (room >= 20.0 && value < 10.0 && value > 0.0)) {
            group += value;
            room = value;
        } else {
            break;
        }
        end = at + 1;
        at = end;
        let joined =
            words.get(at).is_some_and(|w| w == "-" || (w == "and" && (room == 100.0 || room.is_infinite())));
        if joined && value_of(at + 1).is_some_and(|v| v < room.min(1000.0)) {
            at += 1;
        }
    }
    (end > 0).then_some((end, total + group))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_codebook::{TimeRules, pieces_of};

    fn read(text: &str) -> Option<(usize, f64)> {
        let rules = TimeRules::standard().unwrap();
        cardinal(&pieces_of(text), &rules.class("number_word").unwrap().phrases)
    }

    #[test]
    fn digits_and_words() {
        assert_eq!(read("1,200 men"), Some((1, 1200.0)));
        assert_eq!(read("2.5 million"), Some((2, 2_500_000.0)));
        assert_eq!(read("2 1/2 years"), Some((4, 2.5)));
        assert_eq!(read("twenty-four hours"), Some((3, 24.0)));
        assert_eq!(read("three hundred and ten"), Some((4, 310.0)));
        assert_eq!(read("six hundred thousand"), Some((3, 600_000.0)));
        assert_eq!(read("one two"), Some((1, 1.0)));
        assert_eq!(read("five and six"), Some((1, 5.0)));
        assert_eq!(read("hundred"), None);
        assert_eq!(read("no"), None);
    }
}
