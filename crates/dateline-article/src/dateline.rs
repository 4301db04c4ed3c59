use crate::Timestamp;
use crate::furniture::Furniture;

/// Where a report was filed from and by whom, as its first words say: `KABUL, Afghanistan (AP) —`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// Bytes up to the first word of the report.
    pub(crate) len: usize,
    pub(crate) located: Option<String>,
    pub(crate) agencies: Vec<String>,
}

/// A dateline is not longer than this many bytes.
const REACH: usize = 140;

impl Dateline {
    /// The dateline that a paragraph opens with.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut reach = text.len().min(REACH);
        while !text.is_char_boundary(reach) {
            reach -= 1;
        }
        let window = &text[..reach];
        let rules = Furniture::embedded();
        with_agency(text, window, rules).or_else(|| with_capitals(text, window, rules))
    }
}

/// `KABUL (Reuters) - `, `Kabul, Feb. 3 (Xinhua) -- `, `(AFP) — `.
fn with_agency(text: &str, window: &str, rules: &Furniture) -> Option<Dateline> {
    let open = window.find('(')?;
    let close = open + window[open..].find(')')?;
    let inside = &window[open + 1..close];
    let agencies: Option<Vec<String>> = inside
        .split(['/', ',', '&', '|'])
        .flat_map(|part| part.split(" and "))
        .map(|part| rules.agency(part.trim()).map(str::to_owned))
        .collect();
    let head = window[..open].trim_end_matches(|c: char| is_dash(c) || c.is_whitespace()).trim_start();
    // An outlet that is no agency may file as well, where the rest is beyond doubt: "CAIRO (Nile Weekly) - ".
    let outlet = is_capitals(head.split(',').next().unwrap_or_default())
        && window[close + 1..].trim_start().starts_with(is_dash)
        && inside.split_whitespace().count() <= 4
        && inside.split_whitespace().all(is_name_word);
    let agencies = agencies.filter(|list| !list.is_empty()).or_else(|| outlet.then(Vec::new))?;
    let located = if head.is_empty() { None } else { Some(place(head, rules)?) };
    let after = &text[close + 1..];
    let rest = after.trim_start();
    let dashes = rest.len() - rest.trim_start_matches(is_dash).trim_start_matches(':').len();
    if dashes == 0 && !rest.is_empty() && !is_capitals(head.split(',').next().unwrap_or_default()) {
        return None;
    }
    let body = rest[dashes..].trim_start();
    Some(Dateline { len: text.len() - body.len(), located: located.flatten(), agencies })
}

/// `WASHINGTON — `, `PORT-AU-PRINCE, Haiti - `, `ISLAMABAD: `, `AFP, Kabul — `.
fn with_capitals(text: &str, window: &str, rules: &Furniture) -> Option<Dateline> {
    let (at, width, colon) = window.char_indices().find_map(|(at, c)| {
        let rest = &window[at..];
        match c {
            '—' | '–' => Some((at, c.len_utf8(), false)),
            '-' if rest.starts_with("--") => Some((at, 2, false)),
            '_' if rest.starts_with("_ ") && window[..at].ends_with(' ') => Some((at, 1, false)),
            '-' if rest.starts_with("- ") && window[..at].ends_with(' ') => Some((at, 1, false)),
            ':' if rest[1..].starts_with(' ') => Some((at, 1, true)),
            _ => None,
        }
    })?;
    let head = window[..at].trim();
    let body = text[at + width..].trim_start();
    if !body.is_empty()
        && !body.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\"'“‘".contains(c))
    {
        return None;
    }
    let mut agencies = Vec::new();
    let places: Vec<&str> = head
        .split(", ")
        .filter(|part| match rules.agency(part.trim()) {
            Some(agency) => {
                agencies.push(agency.to_owned());
                false
            }
            None => true,
        })
        .collect();
    let first = places.first()?;
    let sure = agencies.len() == 1 || is_capitals(first);
    let whole = !colon || places.iter().all(|part| is_capitals(part));
    let labelled = rules.labels.iter().any(|label| label.eq_ignore_ascii_case(first));
    if !sure || !whole || labelled || (body.is_empty() && agencies.is_empty()) {
        return None;
    }
    let located = place(&places.join(", "), rules)?;
    Some(Dateline { len: text.len() - body.len(), located, agencies })
}

fn is_dash(c: char) -> bool {
    // Old wires write an underscore.
    matches!(c, '-' | '–' | '—' | '―' | '‒' | '_')
}

/// At least three capitals and nothing in lower case: `KABUL`, `ST. PETERSBURG`.
fn is_capitals(words: &str) -> bool {
    words.chars().filter(|c| c.is_uppercase()).count() >= 3 && !words.chars().any(char::is_lowercase)
}

/// The place in the words before the agency, with dates taken out; the outer `None` where the words are neither, the
/// inner where only a date is there.
fn place(head: &str, _: &Furniture) -> Option<Option<String>> {
    let mut parts: Vec<String> = Vec::new();
    for part in head.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        if is_date(part) {
            continue;
        }
        if part.split_whitespace().count() > 4 || !part.split_whitespace().all(is_name_word) {
            return None;
        }
        parts.push(in_small_letters(part));
    }
    if parts.len() > 3 {
        return None;
    }
    Some((!parts.is_empty()).then(|| parts.join(", ")))
}

/// `Feb. 3`, `3 February 2019`, `2019`: a day with or without its year.
fn is_date(part: &str) -> bool {
    part.contains(|c: char| c.is_ascii_digit())
        && (Timestamp::parse(part).is_some() || Timestamp::parse(&format!("{part} 2000")).is_some())
}

/// A word as names of places have it.
fn is_name_word(word: &str) -> bool {
    const SMALL: [&str; 14] =
        ["al", "and", "au", "da", "de", "del", "do", "el", "la", "of", "on", "sur", "the", "upon"];
    let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '/'));
    letters && (word.starts_with(char::is_uppercase) || SMALL.contains(&word) || word.starts_with("al-"))
}

/// `PORT-AU-PRINCE` becomes `Port-au-Prince`; words not wholly in capitals, and initials, stay as they are.
pub(crate) fn in_small_letters(place: &str) -> String {
    const INITIALS: [&str; 5] = ["DC", "UAE", "UK", "UN", "US"];
    const JOINTS: [&str; 10] = ["al", "au", "de", "del", "el", "en", "la", "le", "of", "sur"];
    let mut out = String::with_capacity(place.len());
    for piece in place.split_inclusive([' ', '-', '/']) {
        let word = piece.trim_end_matches([' ', '-', '/']);
        let shouted =
            word.chars().filter(|c| c.is_uppercase()).count() >= 2 && !word.chars().any(char::is_lowercase);
        if !shouted || INITIALS.contains(&word) || word.matches('.').count() >= 2 {
            out.push_str(word);
        } else if !out.is_empty() && JOINTS.contains(&word.to_lowercase().as_str()) {
            out.push_str(&word.to_lowercase());
        } else {
            let mut chars = word.chars();
            out.extend(chars.next());
            let mut after_mark = false;
            for c in chars {
                if after_mark {
                    out.push(c)
                } else {
                    out.extend(c.to_lowercase())
                }
                after_mark = matches!(c, '\'' | '’');
            }
        }
        out.push_str(&piece[word.len()..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Option<String>, Vec<String>)> {
        let line = Dateline::read(text)?;
        Some((text[line.len..].to_owned(), line.located, line.agencies))
    }

    #[test]
    fn the_usual_forms() {
        let rest = "Rebels left.".to_owned();
        for (line, located, agencies) in [
            ("KABUL, Afghanistan (AP) — ", Some("Kabul, Afghanistan"), vec!["AP"]),
            ("ISLAMABAD (Reuters) - ", Some("Islamabad"), vec!["Reuters"]),
            ("BEIRUT/GENEVA (Reuters) - ", Some("Beirut/Geneva"), vec!["Reuters"]),
            ("JUBA, Feb. 3 (Xinhua) -- ", Some("Juba"), vec!["Xinhua"]),
            ("Juba, South Sudan, 3 February 2024 (AFP) – ", Some("Juba, South Sudan"), vec!["AFP"]),
            ("(Reuters) - ", None, vec!["Reuters"]),
            ("WASHINGTON — ", Some("Washington"), vec![]),
            ("PORT-AU-PRINCE, Haiti - ", Some("Port-au-Prince, Haiti"), vec![]),
            ("ISLAMABAD: ", Some("Islamabad"), vec![]),
            ("AFP, Kabul — ", Some("Kabul"), vec!["AFP"]),
            ("N'DJAMENA (AFP/Reuters) — ", Some("N'Djamena"), vec!["AFP", "Reuters"]),
            ("CAIRO (Nile Weekly) - ", Some("Cairo"), vec![]),
            ("LONDON (AP) ", Some("London"), vec!["AP"]),
            ("LONDON _ (AP) _ ", Some("London"), vec!["AP"]),
            ("SAN SALVADOR, El Salvador _ ", Some("San Salvador, El Salvador"), vec![]),
        ] {
            let expected = Some((
                rest.clone(),
                located.map(str::to_owned),
                agencies.into_iter().map(str::to_owned).collect(),
            ));
            assert_eq!(read(&format!("{line}{rest}")), expected, "{line}");
        }
    }

    #[test]
    fn what_is_no_dateline() {
        for text in [
            "The United Nations (UN) - which has troops there - said so.",
            "The minister (AP) said so.",
            "BREAKING: Rebels take town.",
            "NATO — the alliance of 32 states — met.",
            "A truce - the third - held.",
            "Police said: \"Go home.\"",
            "(Fri) - he left.",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
