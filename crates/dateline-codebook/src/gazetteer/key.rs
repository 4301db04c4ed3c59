use crate::fold::{fold, is_apostrophe, is_hyphen};

/// What a place is found by: its name in lower case without diacritics and apostrophes, hyphens as spaces, "Saint" as
/// "St", and without a leading "the" or Arabic "al".
pub(super) fn place_key(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len());
    let words = folded.split(|c: char| c.is_whitespace() || is_hyphen(c) || c == '.' || c == ',');
    let mut words = words.filter(|word| !word.is_empty()).peekable();
    let mut first = true;
    while let Some(word) = words.next() {
        if first && matches!(word, "the" | "al") && words.peek().is_some() {
            continue;
        }
        if !first {
            key.push(' ');
        }
        match word {
            "saint" => key.push_str("st"),
            "sainte" => key.push_str("ste"),
            "mount" => key.push_str("mt"),
            _ => key.extend(word.chars().filter(|&c| !is_apostrophe(c))),
        }
        first = false;
    }
    key
}

/// The key without the words that tell what kind of place it is, and whether that is a settlement: "kunduz province",
/// "city of goma".
pub(super) fn without_kind(key: &str) -> Option<(&str, bool)> {
    const SETTLEMENTS: [&str; 4] = ["city", "town", "village", "municipality"];
    const OTHERS: [&str; 24] = [
        "province",
        "state",
        "region",
        "district",
        "county",
        "governorate",
        "oblast",
        "prefecture",
        "department",
        "island",
        "islands",
        "republic",
        "canton",
        "territory",
        "division",
        "agency",
        "raion",
        "krai",
        "voivodeship",
        "parish",
        "emirate",
        "peninsula",
        "valley",
        "area",
    ];
    let of_kind = |kind: &str| {
        let after = || key.strip_prefix(kind)?.strip_prefix(" of ");
        key.strip_suffix(kind).and_then(|bare| bare.strip_suffix(' ')).or_else(after)
    };
    let bare = |kinds: &[&str]| kinds.iter().find_map(|kind| of_kind(kind));
    let (bare, settled) = match bare(&SETTLEMENTS) {
        Some(bare) => (bare, true),
        None => (bare(&OTHERS)?, false),
    };
    Some((bare.strip_prefix("the ").unwrap_or(bare), settled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_one_key_of_many_spellings() {
        assert_eq!(place_key("Port-au-Prince"), "port au prince");
        assert_eq!(place_key("St. Petersburg"), "st petersburg");
        assert_eq!(place_key("Saint Petersburg"), "st petersburg");
        assert_eq!(place_key("Xi'an"), "xian");
        assert_eq!(place_key("the Hague"), "hague");
        assert_eq!(place_key("Al-Fallūjah"), "fallujah");
        assert_eq!(place_key("The"), "the");
        assert_eq!(place_key(" - "), "");
    }

    #[test]
    fn leaves_out_the_kind_of_place() {
        assert_eq!(without_kind("kunduz province"), Some(("kunduz", false)));
        assert_eq!(without_kind("city of goma"), Some(("goma", true)));
        assert_eq!(without_kind("mexico"), None);
        assert_eq!(without_kind("province"), None);
    }
}
