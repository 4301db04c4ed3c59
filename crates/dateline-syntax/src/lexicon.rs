//! Word lists behind the lemmatiser: which words are base forms, and the inflected forms that spelling does not explain.

use std::cmp::Ordering;
use std::ops::Range;
use std::str::SplitAsciiWhitespace;
use std::sync::OnceLock;

static BASES: Table = Table::new(include_str!("../data/bases.tsv"));
static EXCEPTIONS: Table = Table::new(include_str!("../data/exceptions.tsv"));

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

/// Whether a lower-case word is the base form of a common word.
///
/// ```
/// assert!(dateline_syntax::is_word("fog"));
/// assert!(!dateline_syntax::is_word("kabul"));
/// ```
pub fn is_word(word: &str) -> bool {
    BASES.rows(word).next().is_some()
}

/// The lemmas written down for a lower-case form with a Penn tag, the likeliest first; none if spelling rules serve.
pub(crate) fn exceptions(form: &str, tag: &str) -> SplitAsciiWhitespace<'static> {
    let lemmas = EXCEPTIONS.rows(form).find_map(|row| row.strip_prefix(tag)?.strip_prefix('\t'));
    lemmas.unwrap_or_default().split_ascii_whitespace()
}

/// Lines in byte order, whose first cell is a key. It is searched where it lies; only where the keys that begin with the
/// same two bytes stand is noted, once.
struct Table {
    text: &'static str,
    beginnings: OnceLock<Vec<Range<u32>>>,
}

/// How many beginnings are told apart: two letters each, and whatever else.
const LETTERS: usize = 27;

/// Which of the beginnings a key has.
fn beginning(key: &[u8]) -> usize {
    let letter =
        |at: usize| key.get(at).filter(|b| b.is_ascii_lowercase()).map_or(0, |b| usize::from(b - b'a') + 1);
    letter(0) * LETTERS + letter(1)
}

impl Table {
    const fn new(text: &'static str) -> Self {
        Self { text, beginnings: OnceLock::new() }
    }

    /// What follows the key, for each line with that key.
    fn rows<'k>(&self, key: &'k str) -> impl Iterator<Item = &'static str> + use<'k> {
        self.text
            .get(self.first(key)..)
            .unwrap_or_default()
            .lines()
            .map_while(move |line| line.strip_prefix(key)?.strip_prefix('\t'))
    }

    /// Where the keys of every beginning stand: from the first of them to behind the last. What is not a letter stands
    /// before and behind the letters, so that others may stand between.
    fn beginnings(&self) -> &[Range<u32>] {
        self.beginnings.get_or_init(|| {
            let mut all: Vec<Range<u32>> = vec![0..0; LETTERS * LETTERS];
            let mut from = 0;
            for line in self.text.split_inclusive('\n') {
                let range = &mut all[beginning(line.as_bytes())];
                if range.start == range.end {
                    range.start = from;
                }
                from += line.len() as u32;
                range.end = from;
            }
            all
        })
    }

    /// Where the first line starts whose key is not less than `key`, if there is a line with that key.
    fn first(&self, key: &str) -> usize {
        let bytes = self.text.as_bytes();
        let Some(range) = self.beginnings().get(beginning(key.as_bytes())) else { return bytes.len() };
        let (mut low, mut high) = (range.start as usize, range.end as usize);
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
        low.min(bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found() {
        for table in [&BASES, &EXCEPTIONS] {
            let mut last = "";
            for line in table.text.lines() {
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
