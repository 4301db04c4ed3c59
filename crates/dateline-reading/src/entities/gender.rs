use crate::document::Document;
use dateline_codebook::Gender;

/// What the words of a mention tell of whether "he" or "she" takes it up.
pub(super) fn of_words<'w>(doc: &Document<'_>, words: impl Iterator<Item = &'w str>) -> Option<Gender> {
    let lists = &doc.codebook.mentions;
    for word in words {
        let lower = word.to_lowercase();
        if lists.female.contains(lower.as_str()) {
            return Some(Gender::Female);
        }
        if lists.male.contains(lower.as_str()) {
            return Some(Gender::Male);
        }
    }
    None
}

/// What a person's first name tells of it.
pub(super) fn of_name(doc: &Document<'_>, name: &str) -> Option<Gender> {
    let mut words = name.split_whitespace();
    let first = words.next()?;
    // A single word is a surname.
    words.next()?;
    doc.codebook.first_names.gender(first)
}
