use crate::CodebookError;
use crate::actors::split_word;
use crate::table::invalid;

/// No phrase is sought further than this many words on.
const FARTHEST: usize = 16;

/// Phrases with a value each, in lines sorted by phrase: looked up by halving, so that nothing is built when loaded.
#[derive(Debug, Default)]
pub struct SortedPhrases {
    text: String,
    /// Where each line begins, and its number in the file.
    lines: Vec<(u32, u32)>,
}

impl SortedPhrases {
    /// Takes lines of `phrase TAB value`; `#` begins a comment line.
    ///
    /// # Errors
    /// When a line has no tab, or does not stand after the line before it.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        let mut lines = Vec::new();
        let (mut at, mut last) = (0usize, "");
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let start = at;
            at += line.len();
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let Some((phrase, _)) = line.split_once('\t') else {
                return Err(invalid(file, number + 1, "a line is a phrase, a tab and a code"));
            };
            if !lines.is_empty() && phrase <= last {
                let what = format!("{phrase:?} stands after {last:?}: the table is sorted, each phrase once");
                return Err(invalid(file, number + 1, what));
            }
            last = phrase;
            lines.push((start as u32, number as u32 + 1));
        }
        Ok(Self { text: text.to_owned(), lines })
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Line, phrase and value of each.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &str, &str)> {
        self.lines.iter().map(|&(start, line)| {
            let (phrase, value) = self.at(start);
            (line as usize, phrase, value)
        })
    }

    /// The longest phrase that begins at the first of `words` (as written) and ends with one: how many words it takes,
    /// and its value.
    pub fn longest(&self, words: &[&str]) -> Option<(usize, &str)> {
        let (mut key, mut pieces) = (String::new(), Vec::new());
        let mut best = None;
        for (at, word) in words.iter().enumerate().take(FARTHEST) {
            pieces.clear();
            split_word(word, &mut pieces);
            for piece in &pieces {
                if !key.is_empty() {
                    key.push(' ');
                }
                key.push_str(&piece.folded);
            }
            if key.is_empty() {
                return None;
            }
            let found = self.lines.partition_point(|&(start, _)| self.at(start).0 < key.as_str());
            let Some(&(start, _)) = self.lines.get(found) else { break };
            let (phrase, value) = self.at(start);
            if phrase == key && !pieces.is_empty() {
                best = Some((at + 1, value));
            } else if !phrase.starts_with(&key) && !self.runs_on(found, &key) {
                break;
            }
        }
        best
    }

    /// Whether a phrase goes on where `key` ends.
    fn runs_on(&self, from: usize, key: &str) -> bool {
        self.lines.get(from).is_some_and(|&(start, _)| self.at(start).0.starts_with(key))
    }

    fn at(&self, start: u32) -> (&str, &str) {
        let rest = self.text.get(start as usize..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        line.split_once('\t').unwrap_or((line, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_longest_phrase_is_found_however_it_is_cut() {
        let table = "al\tX1\nal qaida\tX2\nal qaida in iraq\tX3\nus\tX4\nusa\tX5\n";
        let phrases = SortedPhrases::parse("t", table).unwrap();
        assert_eq!(phrases.longest(&["al", "-", "Qaida", "in", "Syria"]), Some((3, "X2")));
        assert_eq!(phrases.longest(&["Al-Qaida", "in", "Iraq"]), Some((3, "X3")));
        assert_eq!(phrases.longest(&["U.S.", "troops"]), Some((1, "X4")));
        assert_eq!(phrases.longest(&["troops"]), None);
        assert_eq!(phrases.longest(&[]), None);
    }

    proptest! {
        #[test]
        fn every_phrase_finds_itself(mut phrases in prop::collection::btree_set("[a-c]{1,3}( [a-c]{1,3}){0,3}", 1..30)) {
            let table: String = phrases.iter().map(|p| format!("{p}\t{p}\n")).collect();
            let sorted = SortedPhrases::parse("t", &table).unwrap();
            while let Some(phrase) = phrases.pop_first() {
                let words: Vec<&str> = phrase.split(' ').collect();
                prop_assert_eq!(sorted.longest(&words), Some((words.len(), phrase.as_str())));
            }
        }
    }
}
