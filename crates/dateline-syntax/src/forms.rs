use crate::neural::recurrent::{PIECES, Word};
use crate::shape::shape;
use crate::wordpiece::WordPiece;
use compact_str::CompactString;
use xxhash_rust::xxh3::xxh3_64;

/// Slots for forms met before: a power of two.
const SLOTS: usize = 1 << 13;

/// Turns forms into what enters a recurrent network, and remembers the forms met lately: news repeats its words.
#[derive(Default)]
pub(crate) struct Forms {
    slots: Vec<(CompactString, Word)>,
    ids: Vec<u32>,
}

impl Forms {
    /// What enters the network for `form`: its pieces, its last letters, its shape.
    pub(crate) fn word(&mut self, form: &str, vocabulary: &WordPiece) -> Word {
        if self.slots.is_empty() {
            self.slots.resize(SLOTS, Default::default());
        }
        let slot = xxh3_64(form.as_bytes()) as usize & (SLOTS - 1);
        if let Some((known, word)) = self.slots.get(slot)
            && known == form
            && word.count > 0
        {
            return *word;
        }
        self.ids.clear();
        // The model has seen few quotation marks of the teleprinter's kind.
        let plain = if matches!(form, "``" | "''") { "\"" } else { form };
        vocabulary.pieces(plain, &mut self.ids);
        let mut word = Word { class: shape(form).into(), suffix: suffix(plain), ..Word::default() };
        for (to, &id) in word.pieces.iter_mut().zip(&self.ids) {
            *to = id;
        }
        word.count = self.ids.len().min(PIECES) as u8;
        if let Some(entry) = self.slots.get_mut(slot) {
            *entry = (form.into(), word);
        }
        word
    }
}

/// The last three letters: FNV-1a over their bytes, `A` to `Z` in lower case, as in training. Models use its last bits.
fn suffix(form: &str) -> u16 {
    let from = form.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    let hash = form.as_bytes()[from..]
        .iter()
        .fold(0x811C_9DC5u32, |h, b| (h ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193));
    hash as u16
}

#[cfg(test)]
mod tests {
    use super::suffix;

    #[test]
    fn suffixes_are_those_of_training() {
        // `suffix` of training/recurrent.py says so.
        assert_eq!(["talks", "TALKS", "a", "é", "crossing"].map(|f| suffix(f) % 4096), SUFFIXES);
    }

    const SUFFIXES: [u16; 5] = [169, 169, 2348, 2241, 1531];
}
