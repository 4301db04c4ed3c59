use crate::actors::{Piece, split_word};
use crate::table::invalid;
use crate::{CivilDate, CodebookError};
use std::collections::BTreeMap;

mod phrases;
pub use phrases::SortedPhrases;

/// Actors, agents and discards by phrase, as PETRARCH and TABARI have them: the `dictionary/` of an imported codebook.
///
/// Its tables are sorted by phrase and searched where they lie, so that tens of thousands of lines cost nothing to load.
/// A phrase is written in lower case, its words parted by blanks, without hyphens, apostrophes, full stops and accents.
///
/// | file | columns |
/// |---|---|
/// | `actors.tsv` | phrase; codes parted by `\|`, each with the days on which it holds: `USAGOV@2001-01-20..2009-01-20\|ELI` |
/// | `agents.tsv` | phrase; code with `~` where the actor's code goes: `~GOV`, `NGO~` |
/// | `discards.tsv` | phrase; `sentence` or `story`: what is not coded where the phrase stands |
/// | `negations.tsv` | event code; the code of its opposite: what "did not clash" is |
///
/// ```
/// use dateline_codebook::{CivilDate, Dictionary};
/// let actors = "jane roe\tUSAGOV@2001-01-20..2009-01-20|USAELI\n";
/// let dictionary = Dictionary::parse(&[("dictionary/actors.tsv", actors)]).unwrap();
/// let words = ["Jane", "Roe", "said"];
/// assert_eq!(dictionary.actor(&words, Some(CivilDate(2005, 6, 1))), Some((2, Some("USAGOV"))));
/// assert_eq!(dictionary.actor(&words, Some(CivilDate(2015, 6, 1))), Some((2, Some("USAELI"))));
/// ```
#[derive(Debug, Default)]
pub struct Dictionary {
    actors: SortedPhrases,
    agents: SortedPhrases,
    discards: SortedPhrases,
    negations: BTreeMap<String, String>,
}

/// How much is not coded where a discarded phrase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discard {
    /// Its sentence.
    Sentence,
    /// The whole article.
    Story,
}

impl Dictionary {
    /// Reads the tables, each given by its name and content.
    ///
    /// # Errors
    /// When a table is of none of the known names, a line has no tab or the lines are not sorted by phrase.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, CodebookError> {
        let mut dictionary = Self::default();
        for &(file, text) in files {
            match file.rsplit('/').next().unwrap_or(file) {
                "actors.tsv" => dictionary.actors = SortedPhrases::parse(file, text)?,
                "agents.tsv" => dictionary.agents = SortedPhrases::parse(file, text)?,
                "discards.tsv" => dictionary.discards = SortedPhrases::parse(file, text)?,
                "negations.tsv" => {
                    let pairs = text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
                    let pairs = pairs.filter_map(|l| l.split_once('\t'));
                    dictionary.negations = pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
                }
                _ => {
                    let what = "a dictionary has actors.tsv, agents.tsv, discards.tsv and negations.tsv";
                    return Err(invalid(file, 0, what));
                }
            }
        }
        Ok(dictionary)
    }

    /// The longest actor that begins at the first of `words` (as written): how many words it takes, and its code on
    /// `day`; no code where none of its codes holds on that day. Without a day the code that has no last day is taken.
    pub fn actor(&self, words: &[&str], day: Option<CivilDate>) -> Option<(usize, Option<&str>)> {
        let (length, codes) = self.actors.longest(words)?;
        Some((length, code_on(codes, day)))
    }

    /// The longest agent that begins at the first of `words`: how many words it takes, and its code around `~`.
    pub fn agent(&self, words: &[&str]) -> Option<(usize, &str)> {
        self.agents.longest(words)
    }

    /// What is not coded because of a phrase that begins at the first of `words`.
    pub fn discard(&self, words: &[&str]) -> Option<Discard> {
        let (_, scope) = self.discards.longest(words)?;
        Some(if scope == "story" { Discard::Story } else { Discard::Sentence })
    }

    /// The code of what it is not to do what `code` says, where the dictionary has one.
    pub fn negated(&self, code: &str) -> Option<&str> {
        self.negations.get(code).map(String::as_str)
    }

    /// How many actors, agents and discards there are.
    pub fn size(&self) -> (usize, usize, usize) {
        (self.actors.len(), self.agents.len(), self.discards.len())
    }

    /// Every line at fault: codes that are none, days that are none, ranges that end before they begin.
    pub fn mistakes(&self) -> Vec<CodebookError> {
        let actors = self.actors.iter().filter_map(|(line, phrase, codes)| {
            let what = codes.split('|').find_map(actor_fault)?;
            Some(invalid("dictionary/actors.tsv", line, format!("{phrase}: {what}")))
        });
        let agents = self.agents.iter().filter(|(_, _, code)| {
            let own = code.trim_matches('~');
            !code.contains('~') || !is_code(own)
        });
        let agents = agents.map(|(line, phrase, code)| {
            let what = format!("{phrase}: {code:?} is no agent's code; write ~GOV or NGO~");
            invalid("dictionary/agents.tsv", line, what)
        });
        let discards = self.discards.iter().filter(|(_, _, scope)| !matches!(*scope, "sentence" | "story"));
        let discards = discards.map(|(line, phrase, scope)| {
            let what = format!("{phrase}: {scope:?} is neither \"sentence\" nor \"story\"");
            invalid("dictionary/discards.tsv", line, what)
        });
        actors.chain(agents).chain(discards).collect()
    }
}

fn actor_fault(entry: &str) -> Option<String> {
    let (code, days) = entry.split_once('@').map_or((entry, None), |(code, days)| (code, Some(days)));
    if !is_code(code) {
        return Some(format!("{code:?} is no code"));
    }
    let (from, to) = days?.split_once("..").unwrap_or(("?", ""));
    let day =
        |text: &str| if text.is_empty() { Ok(None) } else { CivilDate::parse(text).map(Some).ok_or(()) };
    match (day(from), day(to)) {
        (Ok(Some(from)), Ok(Some(to))) if to < from => Some(format!("{entry} ends before it begins")),
        (Ok(_), Ok(_)) => None,
        _ => Some(format!("{entry}: write days as 2001-01-20..2009-01-20")),
    }
}

/// Capitals and digits, `/` between several, or the signs that mean an actor without a code.
fn is_code(code: &str) -> bool {
    matches!(code, "---" | "+++" | "###")
        || code.len() >= 2 && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '/')
}

/// The first code whose days hold `day`, else the first one without days; without a day the first that has no last day.
fn code_on(codes: &str, day: Option<CivilDate>) -> Option<&str> {
    let mut standing = None;
    for entry in codes.split('|') {
        let Some((code, days)) = entry.split_once('@') else {
            standing = standing.or(Some(entry));
            continue;
        };
        let Some((from, to)) = days.split_once("..") else { continue };
        let Some(day) = day else {
            if to.is_empty() {
                return standing.or(Some(code));
            }
            continue;
        };
        let begun = from.is_empty() || CivilDate::parse(from).is_some_and(|from| from <= day);
        let over = !to.is_empty() && CivilDate::parse(to).is_none_or(|to| to < day);
        if begun && !over {
            return Some(code);
        }
    }
    standing
}

/// A phrase as dictionaries have it: "Barad-dûr's" is `barad dur s`. Empty where it holds no word.
///
/// ```
/// assert_eq!(dateline_codebook::dictionary_phrase("U.S. Côte-d’Or"), "us cote d or");
/// ```
pub fn dictionary_phrase(written: &str) -> String {
    let mut pieces: Vec<Piece> = Vec::new();
    written.split_whitespace().for_each(|word| split_word(word, &mut pieces));
    pieces.iter().map(|p| p.folded.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_code_whose_days_hold_wins() {
        let codes = "A1@2001-01-01..2002-01-01|B1@2001-06-01..|C1";
        assert_eq!(code_on(codes, Some(CivilDate(2001, 7, 1))), Some("A1"));
        assert_eq!(code_on(codes, Some(CivilDate(2002, 1, 2))), Some("B1"));
        assert_eq!(code_on(codes, Some(CivilDate(2000, 1, 2))), Some("C1"));
        assert_eq!(code_on("A1@..1979-06-06", Some(CivilDate(1999, 1, 1))), None);
        assert_eq!(code_on("A1@..1979-06-06|B1@1979-06-07..|C1", None), Some("B1"));
    }

    #[test]
    fn mistakes_are_named_with_their_lines() {
        let files = [
            ("dictionary/actors.tsv", "# names\naru\tARU@2002-01-01..2001-01-01\nbeo\tbad\n"),
            ("dictionary/agents.tsv", "cleric\tREL\n"),
        ];
        let found: Vec<String> =
            Dictionary::parse(&files).unwrap().mistakes().iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("dictionary/actors.tsv:2: aru"), "{found:?}");
    }

    #[test]
    fn lines_out_of_order_are_an_error() {
        let error = Dictionary::parse(&[("dictionary/actors.tsv", "b\tB1\na\tA1\n")]).unwrap_err();
        assert!(error.to_string().starts_with("dictionary/actors.tsv:2"), "{error}");
    }
}
