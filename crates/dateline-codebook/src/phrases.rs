use compact_str::CompactString;
use dateline_text::{Piece, Span};
use rustc_hash::FxHashMap as HashMap;

/// Phrases with a value each, found by their pieces: "sept." → `9`.
#[derive(Debug, Default)]
pub struct Phrases {
    by_first: HashMap<CompactString, Vec<Phrase>>,
}

/// One phrase.
#[derive(Debug)]
struct Phrase {
    /// Lower-cased pieces after the first.
    rest: Vec<CompactString>,
    value: CompactString,
}

impl Phrases {
    /// Adds a phrase. A phrase without a single piece is ignored.
    pub fn add(&mut self, phrase: &str, value: &str) {
        let mut pieces = pieces_of(phrase).into_iter();
        if let Some(first) = pieces.next() {
            let list = self.by_first.entry(first).or_default();
            list.push(Phrase { rest: pieces.collect(), value: value.into() });
            list.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        }
    }

    /// The longest phrase that begins with the first of `words` (lower-cased pieces): its length and value.
    pub fn longest(&self, words: &[CompactString]) -> Option<(usize, &str)> {
        let (first, after) = words.split_first()?;
        let found = self.by_first.get(first)?.iter().find(|p| after.starts_with(&p.rest))?;
        Some((1 + found.rest.len(), &found.value))
    }

    /// The value of a phrase of one word.
    pub fn get(&self, word: &str) -> Option<&str> {
        self.by_first.get(word)?.iter().find(|p| p.rest.is_empty()).map(|p| p.value.as_str())
    }

    /// First pieces of all phrases, in no order.
    pub fn firsts(&self) -> impl Iterator<Item = &str> {
        self.by_first.keys().map(CompactString::as_str)
    }
}

/// Lower-cased pieces of a phrase, with plain apostrophes.
pub fn pieces_of(phrase: &str) -> Vec<CompactString> {
    let pieces = Piece::all(phrase, Span::new(0, phrase.len()));
    pieces.iter().map(|p| fold(p.span.of(phrase))).collect()
}

/// A piece as phrases are compared: lower-cased, typographic apostrophes and dashes plain.
pub fn fold(piece: &str) -> CompactString {
    match piece {
        "’" | "‘" => CompactString::const_new("'"),
        "–" | "—" | "‑" => CompactString::const_new("-"),
        _ => CompactString::from(piece.to_lowercase()),
    }
}
