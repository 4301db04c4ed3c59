use super::Alias;
use super::name::{Case, Piece, split_word};
use compact_str::CompactString;
use rustc_hash::FxHashMap as HashMap;
use std::cmp::Reverse;

/// No alias is sought further than this many words on.
const FARTHEST: usize = 16;

/// Finds aliases by the words that they are written with.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Every way of writing, by its first piece; the longest first.
    by_first: HashMap<String, Entries>,
}

/// The ways of writing that begin with one piece.
#[derive(Debug, Default)]
struct Entries {
    list: Vec<Entry>,
    /// Whether one of them may begin without a capital.
    lower: bool,
    /// How many pieces the longest has.
    longest: usize,
}

/// One way of writing, and whom it names.
#[derive(Debug)]
struct Entry {
    pieces: Vec<Piece>,
    /// Whether the codebook writes it with "the", so that a text may.
    with_the: bool,
    /// Whether it names a person, who may have initials that the codebook leaves out.
    person: bool,
    aliases: Vec<Alias>,
}

impl Index {
    /// Adds an alias as the codebook writes it, or a decoy, which names no one. `false` if it holds no word.
    pub(super) fn add(&mut self, written: &str, alias: Option<Alias>, person: bool) -> bool {
        let mut pieces = Vec::new();
        let mut words = written.split_whitespace().peekable();
        let with_the = words.next_if_eq(&"the").is_some();
        words.for_each(|word| split_word(word, &mut pieces));
        if pieces.len() > 1 {
            // The Arabic article is written with and without a capital.
            pieces
                .iter_mut()
                .filter(|piece| piece.folded == "al")
                .for_each(|article| article.case = Case::Lower);
        }
        let Some(first) = pieces.first() else { return false };
        if !self.by_first.contains_key(&first.folded) {
            self.by_first.insert(first.folded.clone(), Entries::default());
        }
        let Some(of_first) = self.by_first.get_mut(&first.folded) else { return false };
        of_first.lower |= first.case == Case::Lower;
        of_first.longest = of_first.longest.max(pieces.len());
        let entries = &mut of_first.list;
        let same = entries.iter_mut().find(|entry| entry.is_written(&pieces));
        match same {
            Some(entry) => {
                entry.with_the |= with_the;
                entry.person |= person;
                if let Some(alias) = alias.filter(|alias| !entry.aliases.contains(alias)) {
                    entry.aliases.push(alias);
                }
            }
            None => entries.push(Entry { pieces, with_the, person, aliases: alias.into_iter().collect() }),
        }
        true
    }

    /// Puts the entries in the order in which they are tried. To be called once, after the last `add`.
    pub(super) fn finish(&mut self) {
        for Entries { list: entries, .. } in self.by_first.values_mut() {
            entries.sort_by_cached_key(|entry| (Reverse(entry.pieces.len()), Reverse(entry.strictness())));
            for strict in 0..entries.len() {
                // "ISIS" may be written for all that "Isis" names, not the other way about.
                let (head, tail) = entries.split_at_mut(strict + 1);
                let Some(entry) = head.last_mut() else { continue };
                for looser in tail {
                    if entry.also_reads(looser) {
                        entry.take_over(looser);
                    }
                }
            }
        }
    }

    /// The longest alias that begins at the first of `words`.
    pub(super) fn longest(&self, words: &[&str]) -> Option<(usize, &[Alias])> {
        let (first, rest) = words.split_first()?;
        let plain = self.longest_written(words, false);
        if !first.eq_ignore_ascii_case("the") {
            return plain;
        }
        let after = self.longest_written(rest, true).map(|(length, aliases)| (length + 1, aliases));
        match (plain, after) {
            (Some(plain), Some(after)) if plain.0 >= after.0 => Some(plain),
            (plain, after) => after.or(plain),
        }
    }

    fn longest_written(&self, words: &[&str], after_the: bool) -> Option<(usize, &[Alias])> {
        let first = words.first()?;
        let mut pieces = Vec::new();
        // Most words begin no name: plain letters are looked up before anything is taken apart.
        let entries = if first.bytes().all(|b| b.is_ascii_alphabetic()) {
            let mut folded = CompactString::new(first);
            folded.make_ascii_lowercase();
            let entries = self.by_first.get(folded.as_str())?;
            // Nor does a word without a capital begin a name that has one.
            if !entries.lower && first.bytes().next().is_none_or(|b| b.is_ascii_lowercase()) {
                return None;
            }
            split_word(first, &mut pieces);
            entries
        } else {
            split_word(first, &mut pieces);
            self.by_first.get(&pieces.first()?.folded)?
        };
        let mut word_of = vec![0; pieces.len()];
        for (at, word) in words.iter().enumerate().take(FARTHEST).skip(1) {
            // Initials may be passed over, so they do not count.
            if pieces.iter().filter(|piece| !piece.initial).count() > entries.longest {
                break;
            }
            split_word(word, &mut pieces);
            word_of.resize(pieces.len(), at);
        }
        let mut best: Option<(usize, &Entry)> = None;
        for entry in entries.list.iter().filter(|entry| entry.with_the || !after_the) {
            if let Some(length) = entry.words_taken(&pieces, &word_of)
                && best.is_none_or(|(longest, _)| length > longest)
            {
                best = Some((length, entry));
            }
        }
        best.map(|(length, entry)| (length, entry.aliases.as_slice()))
    }
}

impl Entry {
    /// How many words this entry takes from the beginning of a text, if it stands there and ends with a word.
    fn words_taken(&self, text: &[Piece], word_of: &[usize]) -> Option<usize> {
        let mut at = 0;
        for (matched, piece) in self.pieces.iter().enumerate() {
            let mut written = text.get(at)?;
            while self.person && matched > 0 && written.initial && !piece.allows(written) {
                at += 1;
                written = text.get(at)?;
            }
            if !piece.allows(written) {
                return None;
            }
            at += 1;
        }
        let last = *word_of.get(at.checked_sub(1)?)?;
        let left = (at..text.len()).take_while(|&next| word_of.get(next) == Some(&last));
        let mut left = left.filter_map(|next| text.get(next));
        match (left.next(), left.next()) {
            (None, _) => Some(last + 1),
            (Some(s), None) if s.after_apostrophe && s.folded == "s" => Some(last + 1),
            _ => None,
        }
    }

    fn is_written(&self, pieces: &[Piece]) -> bool {
        let same = |(a, b): (&Piece, &Piece)| a.folded == b.folded && a.case == b.case;
        self.pieces.len() == pieces.len() && self.pieces.iter().zip(pieces).all(same)
    }

    fn also_reads(&self, looser: &Entry) -> bool {
        self.pieces.len() == looser.pieces.len()
            && self.pieces.iter().zip(&looser.pieces).all(|(strict, loose)| loose.allows(strict))
    }

    fn take_over(&mut self, looser: &Entry) {
        for alias in &looser.aliases {
            if !self.aliases.contains(alias) {
                self.aliases.push(*alias);
            }
        }
        self.with_the |= looser.with_the;
    }

    fn strictness(&self) -> Vec<Case> {
        self.pieces.iter().map(|piece| piece.case).collect()
    }
}
