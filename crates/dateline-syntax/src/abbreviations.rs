use crate::case::lower;
use std::collections::{BTreeMap, BTreeSet};

/// Abbreviations written with a period, and what each shortens.
pub(crate) struct Abbreviations {
    known: BTreeMap<&'static str, (Kind, bool)>,
    /// Words that carry a capital only where a sentence begins.
    openers: BTreeSet<&'static str>,
}

/// What an abbreviation shortens: how likely a sentence ends behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A title before a person's name.
    Title,
    /// A month or a day of the week.
    Date,
    /// Something that a number follows.
    Number,
    /// The first part of a name: "St.".
    Name,
    /// Part of a company's or office's name.
    Company,
    /// A place.
    Place,
    /// Comes at the end of a list or name: "etc.", "Jr.".
    End,
    /// Anything else.
    Other,
    /// A single capital: "J.".
    Initial,
    /// Letters each with its period: "U.S.", "p.m.".
    Letters,
}

impl Abbreviations {
    pub(crate) fn new() -> Self {
        let rows = include_str!("../data/abbreviations.tsv").lines().filter(|l| !l.starts_with('#'));
        let known = rows.filter_map(|row| {
            let mut cells = row.split('\t');
            let (word, kind, when) = (cells.next()?, cells.next()?, cells.next()?);
            let kind = match kind {
                "title" => Kind::Title,
                "month" | "day" => Kind::Date,
                "number" => Kind::Number,
                "name" => Kind::Name,
                "company" => Kind::Company,
                "place" => Kind::Place,
                "end" => Kind::End,
                _ => Kind::Other,
            };
            Some((word, (kind, when == "capital")))
        });
        let openers = include_str!("../data/openers.tsv").lines().filter(|l| !l.starts_with('#'));
        Self { known: known.collect(), openers: openers.collect() }
    }

    /// Whether a sentence begins with `next`, if `word` is an abbreviation: its capital has no other reason.
    pub(crate) fn ends_before(&self, word: &str, next: &str) -> bool {
        let stem = word.strip_suffix('.').unwrap_or_default();
        let mut letters = next.chars();
        self.kind(stem).is_some_and(|kind| kind != Kind::Title)
            && letters.next().is_some_and(char::is_uppercase)
            && letters.all(char::is_lowercase)
            && self.openers.iter().any(|opener| opener.eq_ignore_ascii_case(next))
    }

    /// What the word `stem`, written with a period behind it, shortens.
    pub(crate) fn kind(&self, stem: &str) -> Option<Kind> {
        let mut letters = stem.chars();
        let first = letters.next()?;
        if letters.next().is_none() {
            return first.is_uppercase().then_some(Kind::Initial);
        }
        if stem.contains('.') {
            let parts = || stem.trim_end_matches('.').split('.');
            let short = parts().all(|p| !p.is_empty() && p.len() <= 3 && p.chars().all(char::is_alphabetic));
            let letters = parts().filter(|p| p.chars().count() == 1).count();
            return (short && letters > 0).then_some(Kind::Letters);
        }
        if stem.len() > 8 || !stem.is_ascii() {
            return None;
        }
        let (kind, capital) = *self.known.get(lower(stem).as_str())?;
        (!capital || first.is_uppercase()).then_some(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let known = Abbreviations::new();
        let of = |stem| known.kind(stem);
        assert_eq!(of("Gen"), Some(Kind::Title));
        assert_eq!(of("gen"), None);
        assert_eq!(of("Dec"), Some(Kind::Date));
        assert_eq!(of("U.S"), Some(Kind::Letters));
        assert_eq!(of("Ph.D"), Some(Kind::Letters));
        assert_eq!(of("J"), Some(Kind::Initial));
        assert_eq!(of("x"), None);
        assert_eq!(of("talks"), None);
        assert_eq!(of("example.com"), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn table_is_sorted_and_lower_case() {
        let rows: Vec<&str> =
            include_str!("../data/abbreviations.tsv").lines().filter(|l| !l.starts_with('#')).collect();
        assert!(rows.windows(2).all(|w| w[0].split('\t').next() < w[1].split('\t').next()));
        assert!(rows.iter().all(|r| *r == r.to_lowercase() && r.split('\t').count() == 3));
    }
}
