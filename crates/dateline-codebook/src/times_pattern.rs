//! The little pattern language of `times.toml`.
//!
//! `last|past` is a choice of words, `{month}` a word of a class, `{shift=of_year}` the same kept under another name,
//! `( … / … )` a group of alternatives, a `?` after any of them makes it optional, and `~` before one means that no
//! blank may stand before it.

use crate::times::phrase;
use compact_str::CompactString;

/// Classes that need no list: numbers in digits or words.
pub(crate) const BUILT_IN: &[&str] = &[
    "cardinal",
    "day",
    "decade",
    "hour",
    "minute",
    "month_number",
    "ordinal",
    "two_digits",
    "year",
    "year_words",
];

/// One part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimePart {
    /// What must stand here.
    pub what: TimeWhat,
    /// Whether it may be missing.
    pub optional: bool,
    /// Whether no blank may stand before it.
    pub glued: bool,
}

/// What a part of a pattern matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeWhat {
    /// One of these phrases.
    Words(Vec<Vec<CompactString>>),
    /// A word of a class, kept under a name.
    Class {
        /// The class.
        class: CompactString,
        /// What it is kept as.
        name: CompactString,
    },
    /// One of these sequences.
    Group(Vec<Vec<TimePart>>),
}

/// Reads a pattern.
pub(crate) fn parse(text: &str) -> Result<Vec<TimePart>, String> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ").replace(") ?", ")?");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let parts = sequence(&words, &mut at)?;
    match words.get(at) {
        None if !parts.is_empty() => Ok(parts),
        None => Err("the pattern is empty".into()),
        Some(word) => Err(format!("`{word}` is out of place")),
    }
}

fn sequence(words: &[&str], at: &mut usize) -> Result<Vec<TimePart>, String> {
    let mut parts = Vec::new();
    while let Some(&word) = words.get(*at) {
        if matches!(word, "/" | ")" | ")?") {
            break;
        }
        *at += 1;
        if word == "(" {
            parts.push(group(words, at)?);
            continue;
        }
        let (word, glued) = word.strip_prefix('~').map_or((word, false), |w| (w, true));
        let (word, optional) = word.strip_suffix('?').map_or((word, false), |w| (w, true));
        let what = if let Some(inner) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
            let (class, name) = inner.split_once('=').unwrap_or((inner, inner));
            TimeWhat::Class { class: class.into(), name: name.into() }
        } else {
            TimeWhat::Words(word.split('|').map(|w| phrase(&w.replace('_', " "))).collect())
        };
        parts.push(TimePart { what, optional, glued });
    }
    Ok(parts)
}

fn group(words: &[&str], at: &mut usize) -> Result<TimePart, String> {
    let mut choices = vec![sequence(words, at)?];
    loop {
        let word = words.get(*at).copied();
        *at += 1;
        match word {
            Some("/") => choices.push(sequence(words, at)?),
            Some(close @ (")" | ")?")) => {
                let optional = close == ")?";
                return Ok(TimePart { what: TimeWhat::Group(choices), optional, glued: false });
            }
            _ => return Err("a group is not closed".into()),
        }
    }
}

/// Every class that the parts name.
pub(crate) fn classes(parts: &[TimePart]) -> Vec<&str> {
    let mut found = Vec::new();
    for part in parts {
        match &part.what {
            TimeWhat::Class { class, .. } => found.push(class.as_str()),
            TimeWhat::Group(choices) => choices.iter().for_each(|c| found.extend(classes(c))),
            TimeWhat::Words(_) => {}
        }
    }
    found
}

/// Hands over the phrases and classes that a match can begin with; tells whether the parts can match nothing.
pub(crate) fn firsts<'a>(
    parts: &'a [TimePart],
    phrase: &mut dyn FnMut(&'a [CompactString]),
    class: &mut dyn FnMut(&'a str),
) -> bool {
    for part in parts {
        let empty = match &part.what {
            TimeWhat::Words(choices) => {
                choices.iter().for_each(|c| phrase(c));
                false
            }
            TimeWhat::Class { class: name, .. } => {
                class(name);
                false
            }
            TimeWhat::Group(choices) => {
                let mut any = false;
                for choice in choices {
                    any |= firsts(choice, phrase, class);
                }
                any
            }
        };
        if !(part.optional || empty) {
            return false;
        }
    }
    true
}

/// The word lists that a built-in class draws on.
pub(crate) fn sources(class: &str) -> &'static [&'static str] {
    match class {
        "cardinal" | "year_words" | "hour" | "minute" | "year" => &["number_word"],
        "ordinal" | "day" => &["ordinal_word", "number_word"],
        "decade" => &["decade_word", "number_word"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_nest_and_options_are_kept() {
        let parts = parse("the? (last|past {unit} / {shift=of_year} year )? ~s").unwrap_or_default();
        assert_eq!(parts.len(), 3);
        assert!(parts[0].optional && parts[1].optional && parts[2].glued);
        assert_eq!(classes(&parts), ["unit", "shift"]);
        assert!(parse("( a").is_err() && parse("a )").is_err() && parse("").is_err());
    }
}
