use crate::{Article, Note, NoteKind};
use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64;

/// The identifiers of one input, so that one that comes twice is noticed.
#[derive(Default)]
pub(crate) struct Seen {
    /// Hashes, for a bounded number of records: a longer input is not watched beyond them.
    keys: HashSet<u64>,
}

/// Two million identifiers take some 40 MB.
const MOST: usize = 2_000_000;

impl Seen {
    /// Puts a note on an article whose identifier was there before. Another version of it is no second one.
    pub(crate) fn note(&mut self, article: &mut Article) {
        let Some(key) = &article.key else { return };
        let whole = format!("{key}\u{ff}{}", article.version.as_deref().unwrap_or_default());
        let hash = xxh3_64(whole.as_bytes());
        let known = self.keys.contains(&hash);
        if !known && self.keys.len() < MOST {
            self.keys.insert(hash);
        }
        if known {
            let text = format!("the id \"{key}\" has come before; both were read");
            article.notes.push(Note { kind: NoteKind::DuplicateId, text });
        }
    }
}
