use compact_str::CompactString;
use rustc_hash::FxHashMap as HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Word pieces kept of one word; the rest of a very long word says little.
pub(crate) const MAX_PIECES: usize = 6;
/// Longer runs of letters are unknown at once.
const MAX_LETTERS: usize = 100;

/// BERT's uncased tokenisation of single words, over the model's vocabulary.
pub(crate) struct WordPiece {
    /// Whole words and beginnings.
    starts: HashMap<Box<str>, u32>,
    /// Continuations, without their `##`.
    continuations: HashMap<Box<str>, u32>,
    pub(crate) unknown: u32,
    pub(crate) open: u32,
    pub(crate) close: u32,
    /// Bytes of the longest piece.
    longest: usize,
}

impl WordPiece {
    /// Reads a vocabulary, one piece a line, and gives its size too. `None` if the special pieces are missing.
    pub(crate) fn new(vocabulary: &str) -> Option<(Self, usize)> {
        let mut starts = HashMap::with_capacity_and_hasher(32_000, Default::default());
        let mut continuations = HashMap::with_capacity_and_hasher(8_000, Default::default());
        let (mut count, mut longest) = (0, 0);
        for (id, piece) in (0u32..).zip(vocabulary.split('\n')) {
            count += 1;
            longest = longest.max(piece.len());
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continuations.insert(rest.into(), id),
                _ => starts.insert(piece.into(), id),
            };
        }
        let special = |name: &str| starts.get(name).copied();
        let (unknown, open, close) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Some((Self { starts, continuations, unknown, open, close, longest }, count))
    }

    /// Appends the pieces of one word to `out`: at least one, at most [`MAX_PIECES`].
    pub(crate) fn pieces(&self, form: &str, out: &mut Vec<u32>) {
        let begin = out.len();
        if form.bytes().all(|b| b.is_ascii_lowercase()) {
            self.run(form, out); // the most common case by far: nothing to normalise
        } else {
            let plain = normalised(form);
            for run in plain.split(char::is_whitespace).filter(|r| !r.is_empty()) {
                let mut rest = run;
                while let Some(c) = rest.chars().next() {
                    let end = match rest.find(is_punctuation) {
                        Some(0) => c.len_utf8(),
                        Some(at) => at,
                        None => rest.len(),
                    };
                    self.run(&rest[..end], out);
                    rest = &rest[end..];
                }
                if out.len() >= begin + MAX_PIECES {
                    break;
                }
            }
        }
        if out.len() == begin {
            out.push(self.unknown);
        }
        out.truncate(begin + MAX_PIECES);
    }

    /// The longest known beginning, then the longest known continuation, and so on; unknown if that fails anywhere.
    fn run(&self, run: &str, out: &mut Vec<u32>) {
        let begin = out.len();
        if run.len() > MAX_LETTERS && run.chars().count() > MAX_LETTERS {
            out.push(self.unknown);
            return;
        }
        let mut at = 0;
        while at < run.len() {
            let table = if at == 0 { &self.starts } else { &self.continuations };
            let mut end = run.len().min(at + self.longest);
            let found = loop {
                if end <= at {
                    break None;
                }
                if let Some(id) = run.get(at..end).and_then(|piece| table.get(piece)) {
                    break Some(*id);
                }
                end -= 1;
            };
            match found {
                Some(id) => out.push(id),
                None => {
                    out.truncate(begin);
                    out.push(self.unknown);
                    return;
                }
            }
            at = end;
        }
    }
}

/// Lower case, no accents, no control characters, ideographs on their own.
fn normalised(form: &str) -> CompactString {
    if form.is_ascii() {
        return form.chars().filter(|c| !c.is_ascii_control()).map(|c| c.to_ascii_lowercase()).collect();
    }
    let mut spaced = String::with_capacity(form.len() + 8);
    for c in form.chars() {
        match c {
            '\t' | '\n' | '\r' => spaced.push(' '),
            '\0' | '\u{fffd}' => {}
            c if c.is_whitespace() => spaced.push(' '),
            c if c.general_category_group() == GeneralCategoryGroup::Other => {}
            c if is_ideograph(c) => spaced.extend([' ', c, ' ']),
            c => spaced.push(c),
        }
    }
    spaced
        .nfd()
        .filter(|c| c.general_category() != GeneralCategory::NonspacingMark)
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_punctuation()
    } else {
        c.general_category_group() == GeneralCategoryGroup::Punctuation
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F | 0x2B740..=0x2B81F
        | 0x2B820..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\ntalk\n##s\n##ing\nu\n.\ncafe\n-\na";

    fn pieces(form: &str) -> Vec<u32> {
        let (vocabulary, count) = WordPiece::new(WORDS).unwrap();
        assert_eq!(count, 12);
        let mut out = Vec::new();
        vocabulary.pieces(form, &mut out);
        out
    }

    #[test]
    fn longest_first_without_case_and_accents() {
        assert_eq!(pieces("Talks"), [4, 5]);
        assert_eq!(pieces("talking"), [4, 6]);
        assert_eq!(pieces("Café"), [9]);
        assert_eq!(pieces("U.A."), [7, 8, 11, 8]);
        assert_eq!(pieces("a-a-a-a-a"), [11, 10, 11, 10, 11, 10]);
    }

    #[test]
    fn unknown_words() {
        assert_eq!(pieces("zebra"), [1]);
        assert_eq!(pieces("talkative"), [1]);
        assert_eq!(pieces(""), [1]);
        assert_eq!(pieces("\u{200d}"), [1]);
        assert_eq!(pieces(&"a".repeat(101)), [1]);
    }
}
