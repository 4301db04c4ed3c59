//! Word lists behind the lemmatiser: which words are base forms, and the inflected forms that spelling does not explain.

use std::cmp::Ordering;
use std::str::SplitAsciiWhitespace;

static BASES: Table = Table(include_str!("../data/bases.tsv"));
static EXCEPTIONS: Table = Table(include_str!("../data/exceptions.tsv"));

/// Class of a base form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Noun,
    Verb,
    Adjective,
    Adverb,
}

impl Class {
    fn letter(self) -> char {
        match self {
            Self::Noun => 'n',
            Self::Verb => 'v',
            Self::Adjective => 'a',
            Self::Adverb => 'r',
        }
    }
}

/// Whether a lower-case word is the base form of a word of this class.
pub(crate) fn is_base(word: &str, class: Class) -> bool {
    BASES.rows(word).any(|kinds| kinds.contains(class.letter()))
}

/// Whether a lower-case word is a base form at all.
pub(crate) fn is_word(word: &str) -> bool {
    BASES.rows(word).next().is_some()
}

/// The lemmas written down for a lower-case form with a Penn tag, the likeliest first; none if spelling rules serve.
pub(crate) fn exceptions(form: &str, tag: &str) -> SplitAsciiWhitespace<'static> {
    let lemmas = EXCEPTIONS.rows(form).find_map(|row| row.strip_prefix(tag)?.strip_prefix('\t'));
    lemmas.unwrap_or_default().split_ascii_whitespace()
}

/// Lines in byte order, whose first cell is a key. It is searched where it lies: nothing is read or built beforehand.
struct Table(&'static str);

impl Table {
    /// What follows the key, for each line with that key.
    fn rows<'k>(&self, key: &'k str) -> impl Iterator<Item = &'static str> + use<'k> {
        self.0
            .get(self.first(key)..)
            .unwrap_or_default()
            .lines()
            .map_while(move |line| line.strip_prefix(key)?.strip_prefix('\t'))
    }

    /// Where the first line starts whose key is not less than `key`.
    fn first(&self, key: &str) -> usize {
        let bytes = self.0.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let before = bytes.get(low..middle).unwrap_or_default();
            let start = before.iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
            let line = bytes.get(start..high).unwrap_or_default();
            let end = line.iter().position(|&b| b == b'\n').unwrap_or(line.len());
            let line = line.get(..end).unwrap_or_default();
            let cell = line.split(|&b| b == b'\t').next().unwrap_or_default();
            match cell.cmp(key.as_bytes()) {
                Ordering::Less => low = start + end + 1,
                Ordering::Equal | Ordering::Greater => high = start,
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found() {
        for table in [&BASES, &EXCEPTIONS] {
            let mut last = "";
            for line in table.0.lines() {
                let (key, rest) = line.split_once('\t').unwrap();
                assert!(key >= last, "{key} stands after {last}");
                assert!(table.rows(key).any(|row| row == rest), "{line}");
                last = key;
            }
        }
    }

    #[test]
    fn look_ups() {
        assert!(is_base("kill", Class::Verb) && is_base("kill", Class::Noun));
        assert!(!is_base("killed", Class::Verb) && !is_base("", Class::Noun) && !is_base("\n", Class::Verb));
        assert_eq!(exceptions("began", "VBD").collect::<Vec<_>>(), ["begin"]);
        assert_eq!(exceptions("bases", "NNS").collect::<Vec<_>>(), ["basis", "base"]);
        assert_eq!(exceptions("killed", "VBD").count(), 0);
    }
}
