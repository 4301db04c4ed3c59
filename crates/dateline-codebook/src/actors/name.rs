use crate::fold::{fold, is_apostrophe, is_hyphen};

/// One part of a written name: a word, or what stands between its hyphens and apostrophes.
///
/// "Lashkar-e-Taiba" has three, however a tokenizer cuts it; "U.S." has one, `us`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// In lower case without diacritics and full stops.
    pub(crate) folded: String,
    /// How it is written.
    pub(crate) case: Case,
    /// Whether it is an initial: "S." in "Mikhail S. Gorbachev".
    pub(crate) initial: bool,
    /// Whether an apostrophe stands before it: the "s" of "Iran's".
    pub(crate) after_apostrophe: bool,
}

/// How a piece is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Case {
    /// It begins with no capital.
    Lower,
    /// It begins with a capital.
    Capital,
    /// It has capitals only, and more than five of them or just one.
    Upper,
    /// An acronym with small letters in it: "LeT", "MoD".
    Mixed,
    /// It has capitals only, two to five of them.
    Acronym,
}

impl Piece {
    /// Whether a text may write `self`, a piece of an alias, as `written`.
    ///
    /// A capital wants a capital; an acronym wants nothing but capitals, so that "us" and "who" are never countries
    /// and organisations.
    pub(crate) fn allows(&self, written: &Piece) -> bool {
        self.folded == written.folded
            && match self.case {
                Case::Lower => true,
                Case::Capital | Case::Upper => written.case != Case::Lower,
                Case::Mixed => written.case == Case::Mixed,
                Case::Acronym => matches!(written.case, Case::Acronym | Case::Upper),
            }
    }
}

/// The pieces of one word, appended to `pieces`. A lone hyphen has none.
pub(crate) fn split_word(word: &str, pieces: &mut Vec<Piece>) {
    let letters = |c: char| !is_hyphen(c) && !is_apostrophe(c) && c != '.';
    if !word.chars().any(letters) {
        // A lone hyphen joins; any other sign keeps the words on its sides apart.
        if !word.chars().all(is_hyphen) {
            pieces.push(Piece {
                folded: word.to_owned(),
                case: Case::Lower,
                initial: false,
                after_apostrophe: false,
            });
        }
        return;
    }
    let mut after_apostrophe = false;
    for part in word.split_inclusive(|c| is_hyphen(c) || is_apostrophe(c)) {
        let text: String = part.chars().filter(|&c| letters(c)).collect();
        if !text.is_empty() {
            let case = case_of(&text);
            let initial = matches!(case, Case::Upper | Case::Acronym)
                && part.ends_with('.')
                && part.split_terminator('.').all(|letter| letter.chars().count() == 1);
            pieces.push(Piece { folded: fold(&text), case, initial, after_apostrophe });
        }
        after_apostrophe = part.ends_with(is_apostrophe);
    }
}

fn case_of(text: &str) -> Case {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    if !letters.next().is_some_and(char::is_uppercase) {
        return Case::Lower;
    }
    let (mut capitals, mut small) = (1, 0);
    for letter in letters {
        if letter.is_uppercase() {
            capitals += 1;
        } else {
            small += 1;
        }
    }
    let short = (2..=5).contains(&text.chars().count());
    match (capitals, small) {
        (_, 0) if short => Case::Acronym,
        (_, 0) => Case::Upper,
        (2.., _) if short => Case::Mixed,
        _ => Case::Capital,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(word: &str) -> Vec<String> {
        let mut pieces = Vec::new();
        split_word(word, &mut pieces);
        pieces.into_iter().map(|piece| piece.folded).collect()
    }

    #[test]
    fn cuts_words_into_pieces() {
        assert_eq!(folded("U.S."), ["us"]);
        assert_eq!(folded("Lashkar-e-Taiba"), ["lashkar", "e", "taiba"]);
        assert_eq!(folded("d’Ivoire"), ["d", "ivoire"]);
        assert_eq!(folded("'s"), ["s"]);
        assert_eq!(folded("-"), Vec::<String>::new());
        assert_eq!(folded("."), ["."]);
        assert_eq!(folded("'"), ["'"]);
        assert_eq!(folded(""), Vec::<String>::new());
    }

    #[test]
    fn tells_how_a_piece_is_written() {
        for (text, case) in [
            ("us", Case::Lower),
            ("Us", Case::Capital),
            ("US", Case::Acronym),
            ("G7", Case::Acronym),
            ("I", Case::Upper),
            ("RENAMO", Case::Upper),
            ("LeT", Case::Mixed),
            ("McCain", Case::Capital),
            ("1st", Case::Lower),
        ] {
            assert_eq!(case_of(text), case, "{text}");
        }
    }
}
