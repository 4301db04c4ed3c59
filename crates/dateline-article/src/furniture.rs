use crate::glob::Globs;
use crate::options::Column;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The rules of `codebook/furniture.toml`, ready to be asked.
#[derive(Default)]
pub(crate) struct Furniture {
    pub(crate) drop: Globs,
    pub(crate) aside: Globs,
    pub(crate) end: Globs,
    pub(crate) caption: Globs,
    pub(crate) caption_marks: Vec<String>,
    /// Whether each of the marks has a bracket, a slash or a colon, so that a line without them need not be searched.
    pub(crate) caption_signs: bool,
    pub(crate) credit: Globs,
    pub(crate) closing: Vec<String>,
    /// Words in capitals that open a text and are no place.
    pub(crate) labels: Vec<String>,
    pub(crate) meta: MetaWords,
    pub(crate) date: DateWords,
    pub(crate) html: Selectors,
    pub(crate) columns: ColumnNames,
    pub(crate) status: StatusWords,
    /// Every way of writing an agency, and the name to print.
    agencies: Vec<(String, String)>,
}

/// Words that introduce a byline, a date or a source.
#[derive(Default, Deserialize)]
pub(crate) struct MetaWords {
    pub(crate) published: Vec<String>,
    pub(crate) updated: Vec<String>,
    pub(crate) by: Vec<String>,
    pub(crate) source: Vec<String>,
    pub(crate) other: Vec<String>,
    pub(crate) office: Vec<String>,
    pub(crate) paper: Vec<String>,
    pub(crate) section: Vec<String>,
}

/// Words that dates are written with.
#[derive(Default, Deserialize)]
pub(crate) struct DateWords {
    months: Vec<Vec<String>>,
    weekdays: Vec<String>,
    filler: Vec<String>,
    zones: BTreeMap<String, String>,
    open_zones: OpenZones,
}

/// CSS selectors for parts of saved pages.
#[derive(Default, Deserialize)]
pub(crate) struct Selectors {
    pub(crate) remove: Vec<String>,
    pub(crate) byline: Vec<String>,
    pub(crate) standfirst: Vec<String>,
    pub(crate) breadcrumbs: Vec<String>,
}

#[derive(Default, Deserialize)]
struct OpenZones {
    names: Vec<String>,
    month_first: Vec<String>,
}

/// The file as it is written.
#[derive(Deserialize)]
struct File {
    drop: Vec<String>,
    aside: Vec<String>,
    end: Vec<String>,
    caption: Vec<String>,
    caption_marks: Vec<String>,
    credit: Vec<String>,
    closing: Vec<String>,
    labels: Vec<String>,
    meta: MetaWords,
    date: DateWords,
    html: Selectors,
    columns: BTreeMap<String, Vec<String>>,
    status: StatusWords,
    agency: Vec<AgencyEntry>,
}

#[derive(Deserialize)]
struct AgencyEntry {
    name: String,
    also: Vec<String>,
}

impl Furniture {
    /// The rules that the program carries.
    pub(crate) fn embedded() -> &'static Self {
        static RULES: LazyLock<Furniture> = LazyLock::new(|| {
            // A test holds the embedded file to the schema, so the default is never met.
            Furniture::parse(include_str!("../../../codebook/furniture.toml")).unwrap_or_default()
        });
        &RULES
    }

    fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(toml)?;
        let mut agencies: Vec<(String, String)> = Vec::new();
        for AgencyEntry { name, also } in file.agency {
            agencies.extend(also.into_iter().map(|other| (other, name.clone())));
            agencies.push((name.clone(), name));
        }
        // The longest first, so that "Associated Press of Pakistan" is not taken for "Associated Press".
        agencies.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        Ok(Self {
            drop: Globs::new(&file.drop),
            aside: Globs::new(&file.aside),
            end: Globs::new(&file.end),
            caption: Globs::new(&file.caption),
            caption_signs: file.caption_marks.iter().all(|mark| mark.contains(['(', '/', ':'])),
            caption_marks: file.caption_marks,
            credit: Globs::new(&file.credit),
            closing: file.closing,
            labels: file.labels,
            meta: file.meta,
            date: file.date,
            html: file.html,
            columns: ColumnNames::new(&file.columns),
            status: file.status,
            agencies,
        })
    }

    /// The agency that these words name, whole and in its own capitals.
    pub(crate) fn agency(&self, words: &str) -> Option<&str> {
        let (_, name) = self.agencies.iter().find(|(written, _)| written == words)?;
        Some(name)
    }

    /// The agency that the text begins with, as whole words, and the length of the words.
    pub(crate) fn leading_agency<'a>(&'a self, text: &str) -> Option<(&'a str, usize)> {
        self.agencies.iter().find_map(|(written, name)| {
            let rest = text.strip_prefix(written.as_str())?;
            let whole = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
            whole.then_some((name.as_str(), written.len()))
        })
    }

    /// All agencies named in a credit line, in order, each once.
    pub(crate) fn agencies_in(&self, line: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut rest = line;
        let mut before = None;
        while let Some(first) = rest.chars().next() {
            let at_word = before.is_none_or(|c: char| !c.is_alphanumeric());
            if let Some((name, len)) = self.leading_agency(rest).filter(|_| at_word) {
                if !found.iter().any(|known| known == name) {
                    found.push(name.to_owned());
                }
                before = rest[..len].chars().next_back();
                rest = &rest[len..];
            } else {
                before = Some(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        found
    }
}

/// Words before a headline that say what has become of the report.
#[derive(Default, Deserialize)]
pub(crate) struct StatusWords {
    pub(crate) corrected: Vec<String>,
    pub(crate) withheld: Vec<String>,
    pub(crate) canceled: Vec<String>,
}

/// The names under which tables and records keep things.
#[derive(Default)]
pub(crate) struct ColumnNames(HashMap<String, Vec<(Column, usize)>>);

impl ColumnNames {
    fn new(lists: &BTreeMap<String, Vec<String>>) -> Self {
        let mut names: HashMap<String, Vec<(Column, usize)>> = HashMap::new();
        for (column, field) in Column::ALL {
            for (rank, name) in lists.get(field).into_iter().flatten().enumerate() {
                names.entry(name.clone()).or_default().push((column, rank));
            }
        }
        Self(names)
    }

    /// What a column of this name, in lower case, may hold, and how far down the list the name stands.
    pub(crate) fn of(&self, name: &str) -> &[(Column, usize)] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn is_text(&self, name: &str) -> bool {
        self.of(name).iter().any(|(column, _)| *column == Column::Text)
    }

    pub(crate) fn knows(&self, name: &str) -> bool {
        !self.of(name).is_empty()
    }
}

impl DateWords {
    /// The month, 1 to 12, of a name or abbreviation in lower case.
    pub(crate) fn month(&self, word: &str) -> Option<i8> {
        let position = self.months.iter().position(|names| names.iter().any(|name| name == word))?;
        i8::try_from(position + 1).ok()
    }

    pub(crate) fn is_weekday(&self, word: &str) -> bool {
        self.weekdays.iter().any(|day| day == word)
    }

    pub(crate) fn is_filler(&self, word: &str) -> bool {
        self.filler.iter().any(|filler| filler == word)
    }

    /// The offset that a zone's abbreviation stands for.
    pub(crate) fn zone(&self, word: &str) -> Option<&str> {
        self.zones.get(word).map(String::as_str)
    }

    pub(crate) fn is_open_zone(&self, word: &str) -> bool {
        self.open_zones.names.iter().any(|zone| zone == word)
    }

    pub(crate) fn is_month_first(&self, word: &str) -> bool {
        self.open_zones.month_first.iter().any(|zone| zone == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_rules_parse_and_are_sorted() {
        let file: File = toml::from_str(include_str!("../../../codebook/furniture.toml")).unwrap();
        for list in [&file.drop, &file.aside, &file.end, &file.caption, &file.credit, &file.meta.section] {
            assert!(list.iter().all(|rule| *rule == rule.to_lowercase()));
        }
        assert_eq!(file.date.months.len(), 12);
        for offset in file.date.zones.values() {
            assert!(offset == "Z" || offset.len() == 6, "{offset}");
        }
    }

    #[test]
    fn agencies_are_found_as_whole_words() {
        let rules = Furniture::embedded();
        assert_eq!(rules.agencies_in("AFP - AP - Xinhua"), ["AFP", "AP", "Xinhua"]);
        assert_eq!(rules.agencies_in("With input from the Associated Press of Pakistan"), ["APP"]);
        assert_eq!(rules.agencies_in("APPEAL by TASSO, DPAs"), Vec::<String>::new());
    }
}
