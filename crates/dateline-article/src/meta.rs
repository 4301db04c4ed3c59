mod byline;
mod status;

pub(crate) use status::status_of_title;

use crate::Timestamp;
use crate::dateline::in_small_letters;
use crate::draft::Draft;
use crate::furniture::Furniture;
use crate::glob::plain;

/// What a line about the article says: `By Nadia Rahmani in Lagos | Harbour Post | Updated: 2019-03-12 09:14`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Meta {
    pub(crate) byline: Option<String>,
    pub(crate) located: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<Timestamp>,
    pub(crate) updated: Option<Timestamp>,
    pub(crate) agencies: Vec<String>,
}

/// No line about an article has more words.
pub(crate) const MOST_WORDS: usize = 32;

impl Meta {
    /// The line as a byline, a date, a source, or several of them; `None` where any part of it is something else.
    pub(crate) fn read(line: &str) -> Option<Self> {
        if line.split_whitespace().nth(MOST_WORDS).is_some() {
            return None;
        }
        let rules = Furniture::embedded();
        let mut meta = Self::default();
        let mut strong = false;
        let mut papers: Vec<&str> = Vec::new();
        let parts = parts(line);
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            // A date may itself be cut: "March 12, 2019 | 9:14 AM".
            let joined = (at + 1..=parts.len().min(at + 3))
                .rev()
                .find(|end| meta.date(&parts[at..*end].join(" "), rules));
            if let Some(end) = joined {
                strong = true;
                at = end;
                continue;
            }
            at += 1;
            if meta.byline(part, rules) || meta.source(part, rules) || meta.bureau(part, rules) {
                strong = true;
            } else if let Some(agency) = rules.agency(part) {
                meta.agencies.push(agency.to_owned());
            } else if is_noise(part, rules) {
            } else if is_name_of_paper(part) {
                papers.push(part);
            } else {
                return None;
            }
        }
        if papers.len() > 1 || !strong {
            return None;
        }
        meta.publisher = meta.publisher.or_else(|| papers.first().map(|paper| (*paper).to_owned()));
        Some(meta)
    }

    /// A line that is a person's name, as pages without "By" have it: `Jane Doe in Kabul`, `Jane Doe, Reuters`.
    ///
    /// Names cannot be told from headlines by their form alone, so this is only asked beside another line about the
    /// article, or where the place is given.
    pub(crate) fn read_name(line: &str, place_needed: bool) -> Option<Self> {
        let rules = Furniture::embedded();
        let mut meta = Self::default();
        if let Some(agency) = rules.agency(line) {
            meta.agencies.push(agency.to_owned());
            return (!place_needed).then_some(meta);
        }
        meta.person(line, rules)?;
        let name = meta.byline.as_deref()?;
        let words: Vec<&str> = name.split_whitespace().collect();
        let named = (2..=7).contains(&words.len()) && words.iter().all(|word| is_part_of_name(word));
        (named && (!place_needed || meta.located.is_some())).then_some(meta)
    }

    /// Fills what the draft does not know yet.
    pub(crate) fn fill(self, draft: &mut Draft) {
        draft.byline = draft.byline.take().or(self.byline);
        draft.located = draft.located.take().or(self.located);
        draft.publisher = draft.publisher.take().or(self.publisher);
        draft.published = draft.published.take().or(self.published);
        draft.updated = draft.updated.take().or(self.updated);
        draft.credit(self.agencies);
    }

    /// `Updated: 2015-01-14 07:59`, `Published 12 March 2019 Updated 13 March 2019`, `12/03/2019 10:15 GMT`.
    fn date(&mut self, part: &str, rules: &Furniture) -> bool {
        // Most lines have no number, and no date is without.
        if !part.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let words = &rules.meta;
        let dated = |text: &str| Timestamp::parse(once(text)).filter(|t| t.date().2.is_some());
        // "Published in The Meridian Post, July 14th, 2020"
        let printed =
            after_label(part, &words.published).and_then(|rest| rest.strip_prefix("in ")?.split_once(", "));
        if let Some((paper, date)) = printed.filter(|(paper, _)| is_name_of_paper(paper))
            && let Some(time) = dated(date)
        {
            self.publisher.get_or_insert_with(|| paper.to_owned());
            self.published.get_or_insert(time);
            return true;
        }
        if let Some(rest) = after_label(part, &words.published)
            && let Some(time) = dated(rest)
        {
            self.published.get_or_insert(time);
            return true;
        }
        if let Some(rest) = after_label(part, &words.updated)
            && let Some(time) = dated(rest)
        {
            self.updated.get_or_insert(time);
            return true;
        }
        if let Some(time) = dated(part) {
            self.published.get_or_insert(time);
            return true;
        }
        // Two dates, each with its label, and nothing between them.
        let second = part.match_indices(' ').map(|(at, _)| at).find(|at| {
            let rest = &part[at + 1..];
            [&words.published, &words.updated]
                .iter()
                .any(|labels| after_label(rest, labels).is_some_and(|d| dated(d).is_some()))
        });
        match second {
            Some(at) if self.date(&part[..at], rules) => self.date(&part[at + 1..], rules),
            _ => false,
        }
    }

    /// `Meridian News, Nairobi`: an outlet that calls itself one, and a place.
    fn bureau(&mut self, part: &str, rules: &Furniture) -> bool {
        let Some((outlet, place)) = part.split_once(", ") else { return false };
        let named = outlet.split_whitespace().next_back().is_some_and(|word| is_paper_word(word, rules));
        let outlet_is_name = named && outlet.split_whitespace().count() <= 4 && is_name_of_paper(outlet);
        if !outlet_is_name || !is_place(place) || place.split_whitespace().count() > 3 {
            return false;
        }
        self.publisher.get_or_insert_with(|| outlet.to_owned());
        self.located.get_or_insert_with(|| in_small_letters(place));
        true
    }

    /// `Source: Xinhua`, `Source: The Meridian Post`.
    fn source(&mut self, part: &str, rules: &Furniture) -> bool {
        let Some(rest) = after_label(part, &rules.meta.source).filter(|_| part.contains(':')) else {
            return false;
        };
        let agencies = rules.agencies_in(rest);
        if agencies.is_empty() {
            if !is_name_of_paper(rest) {
                return false;
            }
            self.publisher.get_or_insert_with(|| rest.to_owned());
        }
        self.agencies.extend(agencies);
        true
    }
}

/// The text without its second half where that says the first again, as for screen readers.
fn once(text: &str) -> &str {
    let half = text.len() / 2;
    match (text.get(..half), text.get(half..)) {
        (Some(first), Some(second)) if second.strip_prefix(' ') == Some(first) => first,
        _ => text,
    }
}

/// The line cut at the marks that pages put between such parts.
fn parts(line: &str) -> Vec<&str> {
    let mut parts = vec![line];
    // Most lines have no such mark, nor anything that might be part of one.
    let may = |b: u8| matches!(b, b'|' | b';' | b'/' | b'-' | b'\t') | !b.is_ascii();
    let bytes = line.as_bytes();
    let gap = || bytes.windows(2).fold(false, |gap, pair| gap | ((pair[0] == b' ') & (pair[1] == b' ')));
    if bytes.iter().fold(false, |found, b| found | may(*b)) || gap() {
        for mark in ["|", ";", "•", "·", "∙", "●", " / ", " – ", " — ", " - ", "\t", "  "] {
            parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
        }
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// What follows one of the labels and its colon, if the text begins with it as whole words.
fn after_label<'a>(text: &'a str, labels: &[String]) -> Option<&'a str> {
    let first = text.as_bytes().first()?.to_ascii_lowercase();
    labels
        .iter()
        .filter(|label| label.as_bytes().first().is_some_and(|its| its.to_ascii_lowercase() == first))
        .filter_map(|label| {
            let head = text.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label))?;
            let rest = &text[head.len()..];
            rest.starts_with([':', ' ']).then(|| rest.trim_start_matches([':', ' ', ',']))
        })
        .filter(|rest| !rest.is_empty())
        .min_by_key(|rest| rest.len())
}

/// Parts that say nothing about the article: an editor, a time to read, a handle, an address.
fn is_noise(part: &str, rules: &Furniture) -> bool {
    let line = plain(part);
    let other = part.contains(':') && after_label(part, &rules.meta.other).is_some();
    let address = !part.contains(' ') && (part.starts_with('@') || part.contains('@'));
    // "Updated November 18 at 4:46 PM" gives no year, so no date, but it is about one.
    let undated = [&rules.meta.published, &rules.meta.updated].into_iter().any(|labels| {
        after_label(part, labels).is_some_and(|rest| Timestamp::parse(&format!("{rest} 2000")).is_some())
    });
    line.is_empty() || other || address || undated || rules.drop.matches(&line)
}

/// One to five words, each with a capital.
fn is_name_of_paper(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let small = |word: &str| matches!(word, "and" | "of" | "the" | "for" | "in" | "&" | "de");
    (1..=5).contains(&words.len())
        && words.iter().all(|word| {
            small(word)
                || word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
                || word.contains('.')
        })
        && !part.ends_with(['.', '?', '!', ':', ';', ','])
        && part.chars().any(char::is_alphabetic)
}

/// Whether papers and sites call themselves so: `Times`, `News`.
pub(crate) fn is_paper_word(word: &str, rules: &Furniture) -> bool {
    rules.meta.paper.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// `Kabul`, `Sanaa`, `New York`, `Kabul, Afghanistan`.
fn is_place(text: &str) -> bool {
    let mut words = text.split_whitespace();
    text.split_whitespace().count() <= 4
        && words
            .all(|word| word.starts_with(char::is_uppercase) || matches!(word, "de" | "of" | "al" | "the"))
        && !text.is_empty()
}

/// A word of a person's name: a capital first, letters only, no headline's small words.
fn is_part_of_name(word: &str) -> bool {
    let joint = matches!(
        word,
        "and" | "de" | "da" | "al" | "bin" | "van" | "von" | "der" | "den" | "el" | "del" | "la" | "&"
    );
    let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
    joint || (letters && word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Option<[String; 6]> {
        let meta = Meta::read(line)?;
        let stamp = |t: Option<Timestamp>| t.map(|t| t.as_str().to_owned()).unwrap_or_default();
        Some([
            meta.byline.unwrap_or_default(),
            meta.located.unwrap_or_default(),
            meta.publisher.unwrap_or_default(),
            stamp(meta.published),
            stamp(meta.updated),
            meta.agencies.join(" "),
        ])
    }

    #[test]
    fn lines_about_the_article() {
        for (line, expected) in [
            (
                "By Agencies in Tbilisi | The Meridian Post | Updated: 2023-05-17 18:42",
                ["Agencies", "Tbilisi", "The Meridian Post", "", "2023-05-17T18:42", ""],
            ),
            ("By Jane Doe, Reuters", ["Jane Doe", "", "", "", "", "Reuters"]),
            ("By Jane Doe and John Roe in Kabul", ["Jane Doe and John Roe", "Kabul", "", "", "", ""]),
            ("By Jane Doe, Moscow correspondent", ["Jane Doe", "", "", "", "", ""]),
            ("By MIGUEL ARANA Associated Press", ["MIGUEL ARANA", "", "", "", "", "AP"]),
            ("Published: 12 March 2019", ["", "", "", "2019-03-12", "", ""]),
            ("Published 12 March 2019 Updated 13 March 2019", ["", "", "", "2019-03-12", "2019-03-13", ""]),
            ("March 12, 2019 / 9:14 AM / Updated 3 hours ago", ["", "", "", "2019-03-12T09:14", "", ""]),
            ("12/03/2019 10:15 GMT", ["", "", "", "2019-03-12T10:15Z", "", ""]),
            (
                "Source: Xinhua | 2024-02-03 21:15:30 | Editor: Lin Qiao",
                ["", "", "", "2024-02-03T21:15:30", "", "Xinhua"],
            ),
            ("By Jane Doe March 12, 2019", ["Jane Doe", "", "", "2019-03-12", "", ""]),
            (
                "By Jane Doe | November 18, 2019 at 2:26 PM HST - Updated November 18 at 4:46 PM",
                ["Jane Doe", "", "", "2019-11-18T14:26-10:00", "", ""],
            ),
            ("Published On 27 Sep 2019 27 Sep 2019", ["", "", "", "2019-09-27", "", ""]),
            ("Published in Dawn, July 14th, 2020", ["", "", "Dawn", "2020-07-14", "", ""]),
            ("Meridian News, Nairobi", ["", "Nairobi", "Meridian News", "", "", ""]),
            ("By Reuters Staff", ["Reuters Staff", "", "", "", "", "Reuters"]),
        ] {
            assert_eq!(shown(line), Some(expected.map(str::to_owned)), "{line}");
        }
    }

    #[test]
    fn lines_of_the_article() {
        for line in [
            "By the time the army came, the town was empty.",
            "By Tuesday the rebels had taken Kabul and Herat and the road between them was open.",
            "Police arrest 12 | Court frees 3",
            "The Meridian Post",
            "Rebels take town in north",
            "",
        ] {
            assert_eq!(Meta::read(line), None, "{line}");
        }
    }

    #[test]
    fn names_without_by() {
        let name = Meta::read_name("Helen Marsh in Brussels", true).unwrap();
        assert_eq!(
            (name.byline.as_deref(), name.located.as_deref()),
            (Some("Helen Marsh"), Some("Brussels"))
        );
        assert!(Meta::read_name("Rebels take town in Kandahar", true).is_none());
        assert!(Meta::read_name("Helen Marsh", true).is_none());
        assert!(Meta::read_name("Helen Marsh", false).is_some());
    }
}
