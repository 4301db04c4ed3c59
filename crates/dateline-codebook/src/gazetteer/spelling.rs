//! Which of a place's other names an English report may use.

/// Whether an English paper might write a name so: in Latin script, with a capital, and no code of an airport.
pub(super) fn is_spelling(name: &str) -> bool {
    let count = name.chars().count();
    let latin =
        |c: char| (c.is_alphabetic() && (c as u32) < 0x250) || matches!(c, ' ' | '-' | '\'' | '’' | '.');
    (4..=40).contains(&count)
        && name.chars().all(latin)
        && name.chars().any(char::is_uppercase)
        && name.chars().any(char::is_lowercase)
}

/// Whether two keys are spellings of one name: the same first letter, and no more than a third of the letters differ.
pub(super) fn is_close(name: &str, other: &str) -> bool {
    let length = name.len().max(other.len());
    name.as_bytes().first() == other.as_bytes().first()
        && name.len().abs_diff(other.len()) * 3 <= length
        && distance(name.as_bytes(), other.as_bytes()) * 3 <= length
}

/// Letters to be put in, left out or changed to make one key of the other.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let changed = diagonal + usize::from(x != y);
            diagonal = *cell;
            left = changed.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_spellings_of_one_name() {
        assert!(is_close("peshawar", "peshavar"));
        assert!(!is_close("mumbai", "bombay"));
        assert_eq!(distance(b"kitten", b"sitting"), 3);
        assert_eq!(distance(b"", b"abc"), 3);
        assert!(
            is_spelling("Fallujah") && !is_spelling("LHR") && !is_spelling("Лондон") && !is_spelling("NYC")
        );
    }
}
