use crate::{Code, CodebookError};
use rustc_hash::FxHashMap as HashMap;

mod check;
mod index;
mod name;
mod read;
mod rule;

pub use check::check_actors;
pub(crate) use check::is_sector;
pub(crate) use name::{Piece, split_word};
pub use rule::Rule;

/// Everyone the codebook knows by name: countries, organisations, groups, officials.
///
/// ```
/// use dateline_codebook::{Actors, AliasKind};
/// let actors = Actors::standard().unwrap();
/// let (length, aliases) = actors.longest(&["Pakistani", "Taliban", "said"]).unwrap();
/// assert_eq!(length, 2);
/// assert_eq!(actors.get(aliases[0].actor).unwrap().name, "Pakistani Taliban");
/// // A demonym and an acronym want their capitals: "us" and "who" are never actors.
/// assert_eq!(actors.longest(&["Pakistanis"]).unwrap().1[0].kind, AliasKind::Demonym);
/// assert!(actors.longest(&["US"]).is_some());
/// assert!(actors.longest(&["us"]).is_none());
/// ```
#[derive(Debug, Default)]
pub struct Actors {
    actors: Vec<Actor>,
    index: index::Index,
    countries: HashMap<Code, ActorId>,
}

/// The tables that ship inside the program: name and content.
pub(crate) const STANDARD: [(&str, &str); 5] = [
    ("actors/countries.tsv", include_str!("../../../codebook/actors/countries.tsv")),
    ("actors/organizations.tsv", include_str!("../../../codebook/actors/organizations.tsv")),
    ("actors/groups.tsv", include_str!("../../../codebook/actors/groups.tsv")),
    ("actors/officials.tsv", include_str!("../../../codebook/actors/officials.tsv")),
    ("actors/decoys.tsv", include_str!("../../../codebook/actors/decoys.tsv")),
];

/// Position of an actor in the codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u32);

/// Someone known by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Canonical name: `Pakistan`, `Pakistani Taliban`, `John Kerry`.
    pub name: String,
    /// Country, person, organisation or group.
    pub kind: ActorKind,
    /// Country code; for an official the country of the first term.
    pub country: Option<Code>,
    /// Sectors, the closest first.
    pub sectors: Vec<Code>,
    /// Wikidata identifier, where it is sure.
    pub wikidata: Option<String>,
    /// Offices held, for officials.
    pub terms: Vec<Term>,
    /// When a state of the past came into being, where that matters.
    pub from: Option<CivilDate>,
    /// When a state of the past came to its end.
    pub to: Option<CivilDate>,
}

/// An office and when it was held.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// `Secretary of State`.
    pub office: String,
    /// Country served.
    pub country: Option<Code>,
    /// Sectors while in office.
    pub sectors: Vec<Code>,
    /// First day, if known.
    pub from: Option<CivilDate>,
    /// Last day, if over.
    pub to: Option<CivilDate>,
}

/// Year, month, day; compares in order of time. A missing month or day is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDate(pub i16, pub i8, pub i8);

/// What kind of actor it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum ActorKind {
    Country,
    Organization,
    Group,
    Person,
}

/// One way to name an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alias {
    /// Who is named.
    pub actor: ActorId,
    /// How.
    pub kind: AliasKind,
}

/// How an alias names its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AliasKind {
    /// By name or acronym: "Pakistan", "TTP".
    Name,
    /// By nationality: "Pakistani", "Pakistanis".
    Demonym,
    /// By its capital, which is also a place: "Islamabad".
    Capital,
    /// By a seat or house that stands for its government: "the Kremlin", "Downing Street".
    Metonym,
}

impl Actors {
    /// The actors that ship inside the program.
    pub fn standard() -> Result<Self, CodebookError> {
        Self::parse(&STANDARD)
    }

    /// Reads tables of actors, each given by its name (for messages) and content. Their columns tell what they hold.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, CodebookError> {
        let mut reader = read::Reader::default();
        for (file, text) in files {
            reader.read(file, text)?;
        }
        Ok(reader.finish())
    }

    /// The longest alias that begins at the first of `words` (as written): its length in words, and whom it may name.
    ///
    /// Where several actors share the alias, they come in the order of the codebook's tables: countries,
    /// organisations, groups, officials. Hyphens, apostrophes, full stops and diacritics do not matter, nor how a
    /// tokenizer cuts at them. Capitals do: see the head of `codebook/actors/organizations.tsv`. An alias written
    /// with "the" matches with and without it. No alias at all comes with an expression of the table of decoys, which
    /// holds a name but names no actor: "Persian Gulf". A person's initials may stand between the names that the codebook
    /// has.
    pub fn longest(&self, words: &[&str]) -> Option<(usize, &[Alias])> {
        self.index.longest(words)
    }

    /// The actor with this id.
    pub fn get(&self, id: ActorId) -> Option<&Actor> {
        self.actors.get(id.0 as usize)
    }

    /// The country with this code; of several, the one that exists today.
    pub fn country(&self, code: Code) -> Option<ActorId> {
        self.countries.get(&code).copied()
    }

    /// All actors, in the order of the tables.
    pub fn iter(&self) -> impl Iterator<Item = (ActorId, &Actor)> {
        self.actors.iter().enumerate().map(|(at, actor)| (ActorId(at as u32), actor))
    }

    /// Who held an office of `country` on a day, with the term: the offices whose name `is_office` accepts.
    ///
    /// ```
    /// use dateline_codebook::{Actors, CivilDate, Code};
    /// let actors = Actors::standard().unwrap();
    /// let usa = Code::new("USA").unwrap();
    /// let day = CivilDate(1989, 6, 4);
    /// let president = actors.in_office(usa, day, |office| office == "President").next().unwrap();
    /// assert_eq!(actors.get(president.0).unwrap().name, "George H. W. Bush");
    /// ```
    pub fn in_office<'a>(
        &'a self,
        country: Code,
        day: CivilDate,
        is_office: impl Fn(&str) -> bool + 'a,
    ) -> impl Iterator<Item = (ActorId, &'a Term)> {
        self.iter().flat_map(|(id, actor)| actor.terms.iter().map(move |term| (id, term))).filter(
            move |(_, term)| term.country == Some(country) && term.covers(day) && is_office(&term.office),
        )
    }
}

impl Term {
    /// Whether the office was held on `day`. A date without a day or month covers the whole of it.
    pub fn covers(&self, day: CivilDate) -> bool {
        let begun = self.from.is_none_or(|from| from <= day);
        let over = self.to.is_some_and(|CivilDate(year, month, last)| {
            let end = |value, all| if value == 0 { all } else { value };
            CivilDate(year, end(month, 12), end(last, 31)) < day
        });
        begun && !over
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn named(words: &[&str]) -> Option<(usize, String)> {
        let actors = Actors::standard().unwrap();
        let (length, aliases) = actors.longest(words)?;
        Some((length, actors.get(aliases[0].actor)?.name.clone()))
    }

    fn check(words: &[&str], length: usize, name: &str) {
        assert_eq!(named(words), Some((length, name.to_owned())), "{words:?}");
    }

    #[test]
    fn standard_tables_are_in_order() {
        let faults = check_actors(&STANDARD);
        assert!(faults.is_empty(), "{faults:#?}");
    }

    #[test]
    fn finds_the_longest_alias_however_it_is_cut() {
        check(&["United", "Nations", "officials"], 2, "United Nations");
        check(&["U.N.", "officials"], 1, "United Nations");
        check(&["al", "-", "Azhar"], 3, "Al-Azhar");
        check(&["Guinea-Bissau"], 1, "Guinea-Bissau");
        check(&["Guinea", "-", "Bissau", "said"], 3, "Guinea-Bissau");
        check(&["Côte", "d’Ivoire"], 2, "Ivory Coast");
        check(&["Pakistan's", "army"], 1, "Pakistan");
        check(&["Pakistan", "'s", "army"], 1, "Pakistan");
        check(&["People", "'s", "Republic", "of", "China"], 5, "China");
        check(&["the", "White", "House"], 3, "United States");
        check(&["White", "House"], 2, "United States");
        check(&["WASHINGTON", "SAYS"], 1, "United States");
    }

    #[test]
    fn capitals_tell_names_from_words() {
        for words in [["us", "troops"], ["Us", "too"], ["who", "said"], ["Who", "said"], ["turkey", "dinner"]]
        {
            assert_eq!(named(&words), None, "{words:?}");
        }
        check(&["US", "troops"], 1, "United States");
        check(&["WHO", "said"], 1, "World Health Organization");
        check(&["Nato", "said"], 1, "NATO");
        check(&["NATO", "said"], 1, "NATO");
        check(&["LeT", "fighters"], 1, "Lashkar-e-Taiba");
        assert_eq!(named(&["Let", "them"]), None);
    }

    #[test]
    fn decoys_name_no_one() {
        let actors = Actors::standard().unwrap();
        assert_eq!(actors.longest(&["Persian", "Gulf", "war"]), Some((2, [].as_slice())));
    }

    #[test]
    fn initials_of_a_person_may_be_left_out() {
        check(&["John", "F.", "Kerry"], 3, "John Kerry");
        check(&["John", "Kerry"], 2, "John Kerry");
        assert_eq!(named(&["John", "Forbes", "Kerry"]), None);
        assert_eq!(named(&["Sri", "L.", "Lanka"]), None);
    }

    #[test]
    fn a_country_is_the_one_of_today() {
        let actors = Actors::standard().unwrap();
        for (code, name) in [("RUS", "Russia"), ("DEU", "Germany"), ("GEO", "Georgia"), ("MAR", "Morocco")] {
            let id = actors.country(Code::new(code).unwrap()).unwrap();
            assert_eq!(actors.get(id).unwrap().name, name);
        }
    }

    #[test]
    fn terms_cover_their_first_and_last_days() {
        let date = |text| CivilDate::parse(text);
        let term = |from, to| Term {
            office: String::new(),
            country: None,
            sectors: Vec::new(),
            from: date(from),
            to: date(to),
        };
        assert!(term("2013-02-01", "2017-01").covers(CivilDate(2017, 1, 31)));
        assert!(!term("2013-02-01", "2017-01").covers(CivilDate(2017, 2, 1)));
        assert!(!term("2013-02-01", "").covers(CivilDate(2013, 1, 31)));
    }

    #[test]
    fn errors_name_file_and_line() {
        let text = "name\taliases\tmetonyms\tkind\tcountry\tsectors\twikidata\nNobody\t\t\tpeople";
        let error = Actors::parse(&[("mine.tsv", text)]).unwrap_err();
        assert!(error.to_string().starts_with("mine.tsv:2: \"people\" is no kind"), "{error}");
    }

    proptest! {
        #[test]
        fn takes_only_words_that_are_there(
            words in prop::collection::vec("\\PC{0,6}|[-'.’]|the|The|United|States|of|U\\.S\\.|al|Congo", 0..8),
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let actors = Actors::standard().unwrap();
            if let Some((length, aliases)) = actors.longest(&words) {
                prop_assert!((1..=words.len()).contains(&length));
                prop_assert!(aliases.iter().all(|alias| actors.get(alias.actor).is_some()));
            }
        }
    }
}
