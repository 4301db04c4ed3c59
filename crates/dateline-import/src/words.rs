//! Words of dictionaries as the patterns and tables of a codebook have them.

use dateline_codebook::dictionary_phrase;
use dateline_syntax::{Upos, Xpos, lemma_of};

/// A dictionary's phrase as the tables have it: `_` is a blank, what stands in round brackets is left out, and marks
/// are words of their own, as they are in a text.
pub(crate) fn phrase_of(written: &str) -> String {
    let (mut plain, mut depth) = (String::new(), 0u32);
    for c in written.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '_' => plain.push(' '),
            ',' | ':' | '"' => plain.extend([' ', c, ' ']),
            c => plain.push(c),
        }
    }
    dictionary_phrase(&plain)
}

/// The lemmas by which a noun, adjective or verb that a pattern names may be found.
pub(crate) fn lemmas(written: &str) -> Vec<String> {
    let lower = written.trim_matches('_').to_lowercase().replace(['-', ' '], "_");
    let (before, last) = lower.rsplit_once('_').map_or(("", lower.as_str()), |(before, last)| (before, last));
    let mut found = Vec::new();
    let mut add = |lemma: &str| {
        let whole = if before.is_empty() { lemma.to_owned() } else { format!("{before}_{lemma}") };
        if !lemma.is_empty() && !found.contains(&whole) {
            found.push(whole);
        }
    };
    if last.ends_with('s') {
        add(&lemma_of(last, Upos::Noun, Xpos::Nns));
    }
    if last.ends_with("ing") {
        add(&lemma_of(last, Upos::Verb, Xpos::Vbg));
    }
    add(last);
    found
}

/// A verb as a pattern's predicate: particles behind, `=` before a form that is not the base.
pub(crate) fn verb(written: &str, has_forms: bool) -> Option<Vec<String>> {
    let (before, rest) = written.split_once('+').map_or(("", written), |(before, rest)| (before, rest));
    let lower = rest.trim_matches('_').to_lowercase().replace('-', "_");
    let (verb, after) = lower.split_once('_').map_or((lower.as_str(), ""), |(verb, after)| (verb, after));
    if verb.is_empty() || !verb.chars().all(|c| c.is_alphanumeric() || c == '\'') {
        return None;
    }
    let before = before.trim_matches('_').to_lowercase().replace('-', "_");
    let parts: Vec<&str> = [verb, after, before.as_str()].into_iter().filter(|p| !p.is_empty()).collect();
    let whole = parts.join("_");
    if has_forms || parts.len() > 1 {
        return Some(vec![whole]);
    }
    let base = lemma_of(verb, Upos::Verb, Xpos::Vbd);
    Some(if base == verb { vec![whole] } else { vec![whole, format!("={verb}")] })
}

/// Whether a word is the past or participle of a verb: "agreed".
pub(crate) fn is_verb_form(written: &str) -> bool {
    let lower = written.to_lowercase();
    lower.ends_with("ed") && lemma_of(&lower, Upos::Verb, Xpos::Vbd) != lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_written_as_texts_are_cut() {
        assert_eq!(phrase_of("BARAD-DUR_"), "barad dur");
        assert_eq!(phrase_of("ARUAN_ARMY_(AA)_"), "aruan army");
        assert_eq!(phrase_of("FOOD,_FISH_AND_FARMS"), "food , fish and farms");
    }

    #[test]
    fn verbs_have_their_particles_behind() {
        assert_eq!(verb("+BREAK_DOWN", true), Some(vec!["break_down".into()]));
        assert_eq!(verb("WIRE_+TAP", true), Some(vec!["tap_wire".into()]));
        assert_eq!(verb("LEFT", false), Some(vec!["left".into(), "=left".into()]));
        assert_eq!(verb("MARCH", false), Some(vec!["march".into()]));
        assert_eq!(verb("(TO", false), None);
    }

    #[test]
    fn nouns_are_found_by_their_lemmas() {
        assert_eq!(lemmas("SANCTIONS"), ["sanction", "sanctions"]);
        assert_eq!(lemmas("CEASE-FIRE"), ["cease_fire"]);
        assert_eq!(lemmas("CONDEMNING"), ["condemn", "condemning"]);
    }
}
