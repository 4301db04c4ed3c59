//! Names in the text, as the codebook and the model see them, made one list.

mod agreement;
pub(crate) mod era;
mod shared;

use crate::document::Document;
use crate::noun_phrase::{lemma, standing, token};
use dateline_codebook::{ActorKind, Alias, AliasKind, Code};
use dateline_syntax::{Name, NameKind, Relation, Sentence, Upos};
use std::collections::HashSet;

/// No alias of the codebook is longer than this many words.
const LONGEST: usize = 16;

/// A name in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spotted {
    pub(crate) first: u32,
    pub(crate) end: u32,
    pub(crate) kind: SpottedKind,
    /// Whom the codebook knows by it; empty where only the model saw a name.
    pub(crate) aliases: Vec<Alias>,
    /// A country named inside a longer name: that of "Bank of England".
    pub(crate) country: Option<Code>,
}

/// What a name seems to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpottedKind {
    /// A country, by name, nationality, capital or seat of government.
    Country(AliasKind),
    Person,
    Organization,
    Place,
    /// An event, a work, a law.
    Other,
}

/// The names of every sentence, in order, not overlapping.
pub(crate) fn spot(doc: &Document<'_>) -> Vec<Vec<Spotted>> {
    let mut all: Vec<_> = doc.sentences.iter().map(|sentence| spot_in(doc, sentence)).collect();
    shared::unlink(doc, &mut all);
    era::settle(doc, &mut all);
    common_words(doc, &mut all);
    agreement::agree(doc, &mut all);
    mend_surnames(doc, &mut all);
    all
}

fn spot_in(doc: &Document<'_>, sentence: &Sentence) -> Vec<Spotted> {
    let mut found = known(doc, sentence);
    for name in &sentence.names {
        let name = trimmed(doc, sentence, *name);
        if name.first >= name.end {
            continue;
        }
        let overlaps = |k: &Spotted| k.first < name.end && name.first < k.end;
        if found.iter().any(|k| overlaps(k) && !yields(doc, sentence, k, name)) {
            continue;
        }
        // A country that is named goes before that of a body with a like name: "National Congress of Honduras".
        let is_country = |k: &&Spotted| matches!(k.kind, SpottedKind::Country(_));
        let overlapping = || found.iter().filter(|k| overlaps(k));
        let of_it = |k: &&Spotted| k.kind != SpottedKind::Person && !is_topic(doc, sentence, name, k);
        let named = overlapping().filter(is_country).filter(of_it).find_map(|k| country_of(doc, k));
        let country = named.or_else(|| overlapping().filter(of_it).find_map(|k| country_of(doc, k)));
        found.retain(|k| !overlaps(k));
        let kind = match name.kind {
            NameKind::Person => SpottedKind::Person,
            NameKind::Organization => SpottedKind::Organization,
            NameKind::Place => SpottedKind::Place,
            NameKind::Other => SpottedKind::Other,
        };
        found.push(Spotted { first: name.first, end: name.end, kind, aliases: Vec::new(), country });
    }
    found.sort_by_key(|s| s.first);
    // The model may cut the direction off: "North" and "Waziristan" are then one name.
    let directions = &doc.codebook.mentions.directions;
    found.retain(|s| {
        let word = token(sentence, s.first).map_or("", |t| t.span.of(doc.text()));
        s.end - s.first > 1
            || s.kind == SpottedKind::Person
            || !directions.contains(word.to_lowercase().as_str())
    });
    widen(doc, sentence, &mut found);
    found
}

/// "North Waziristan": the direction is part of the name where the gazetteer has it so.
fn widen(doc: &Document<'_>, sentence: &Sentence, found: &mut [Spotted]) {
    let mut end_before = 0;
    for name in found {
        let place = name.kind == SpottedKind::Place || name.kind == SpottedKind::Country(AliasKind::Name);
        let before =
            name.first.checked_sub(1).filter(|at| *at >= end_before).and_then(|at| token(sentence, at));
        if let Some(word) = before.filter(|_| place) {
            let written = word.span.of(doc.text());
            let direction = written.chars().next().is_some_and(char::is_uppercase)
                && doc.codebook.mentions.directions.contains(written.to_lowercase().as_str());
            let whole = sentence.span_of(name.first - 1, name.end);
            if direction && is_whole_name(doc, doc.words(whole)) {
                name.first -= 1;
                name.kind = SpottedKind::Place;
                name.aliases.clear();
            }
        }
        end_before = name.end;
    }
}

/// Whether the gazetteer has these words for a name, and not only a part of them.
fn is_whole_name(doc: &Document<'_>, name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    doc.codebook.gazetteer.find(name).iter().any(|p| p.name.starts_with(first))
}

/// Names that the codebook knows, the longest from the left.
fn known(doc: &Document<'_>, sentence: &Sentence) -> Vec<Spotted> {
    let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.of(doc.text())).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let window = words.get(at..words.len().min(at + LONGEST)).unwrap_or_default();
        let Some((length, aliases)) = doc.codebook.actors.longest(window).filter(|(length, _)| *length > 0)
        else {
            at += 1;
            continue;
        };
        let the = length > 1 && words.get(at).is_some_and(|w| w.eq_ignore_ascii_case("the"));
        let kind = aliases.first().and_then(|alias| {
            let actor = doc.codebook.actors.get(alias.actor)?;
            Some(match actor.kind {
                ActorKind::Country => SpottedKind::Country(alias.kind),
                ActorKind::Person => SpottedKind::Person,
                ActorKind::Organization | ActorKind::Group => SpottedKind::Organization,
            })
        });
        if let Some(kind) = kind {
            let (first, end) = (at as u32 + u32::from(the), (at + length).min(words.len()) as u32);
            found.push(Spotted { first, end, kind, aliases: aliases.to_vec(), country: None });
        }
        at += length;
    }
    found
}

/// The model's name without a leading article and a trailing possessive ending.
fn trimmed(doc: &Document<'_>, sentence: &Sentence, mut name: Name) -> Name {
    let word = |at: u32| token(sentence, at).map_or("", |t| t.span.of(doc.text()));
    name.end = name.end.min(sentence.tokens.len() as u32);
    while name.first < name.end && word(name.first).eq_ignore_ascii_case("the") {
        name.first += 1;
    }
    // "Mr. Falk": the title is told apart from the name.
    let titles = &doc.codebook.mentions.titles;
    while name.kind == NameKind::Person
        && name.first + 1 < name.end
        && titles.contains(word(name.first).trim_end_matches('.').to_lowercase().as_str())
    {
        name.first += 1;
    }
    // "Mazar-e-Sharif", "al-Assad": the parts of one name, however the words are cut.
    let joined = |at: u32| {
        let (Some(a), Some(b)) = (at.checked_sub(1).and_then(|a| token(sentence, a)), token(sentence, at))
        else {
            return false;
        };
        let before = a.span.of(doc.text());
        a.span.end == b.span.start && (before.ends_with('-') || is_hyphen(before) || is_hyphen(word(at)))
    };
    while joined(name.end) && (!is_hyphen(word(name.end)) || joined(name.end + 1)) {
        name.end += 1;
    }
    while name.end > name.first
        && (is_hyphen(word(name.end - 1))
            || matches!(word(name.end - 1), "'s" | "’s" | "'" | "’" | "," | "."))
    {
        name.end -= 1;
    }
    name
}

fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "‐" | "‑" | "–")
}

/// Whether what the codebook knows gives way to a longer name of the model.
fn yields(doc: &Document<'_>, sentence: &Sentence, known: &Spotted, name: Name) -> bool {
    let longer =
        name.first <= known.first && known.end <= name.end && name.end - name.first > known.end - known.first;
    if !longer {
        return false;
    }
    let capital = |at: u32| {
        token(sentence, at)
            .is_some_and(|t| t.span.of(doc.text()).chars().next().is_some_and(char::is_uppercase))
    };
    let country = matches!(known.kind, SpottedKind::Country(_));
    match name.kind {
        NameKind::Person => {
            let person = known.kind == SpottedKind::Person;
            let goes_on = name.end > known.end && capital(name.end - 1);
            country || person && (goes_on || is_relative(doc, sentence, known, name))
        }
        NameKind::Organization => capital(name.end - 1) && (country || known.first > name.first),
        NameKind::Place => {
            let span = sentence.span_of(name.first, name.end);
            country && !doc.codebook.gazetteer.find(doc.words(span)).is_empty()
        }
        NameKind::Other => {
            country && known.end < name.end && capital(name.end - 1) && is_title_case(doc, sentence, name)
        }
    }
}

/// "Winnie Mandela": another first name than that of whom the codebook knows by the surname.
fn is_relative(doc: &Document<'_>, sentence: &Sentence, known: &Spotted, name: Name) -> bool {
    let word = |at: u32| token(sentence, at).map_or("", |t| t.span.of(doc.text())).to_lowercase();
    let actor = known.aliases.first().and_then(|a| doc.codebook.actors.get(a.actor));
    let Some(theirs) = actor.and_then(|a| a.name.split([' ', '-']).next()).map(str::to_lowercase) else {
        return false;
    };
    let own = word(name.first);
    let names = &doc.codebook.first_names;
    let Some(gender) = names.gender(&own) else { return false };
    let short = &doc.codebook.mentions.short_names;
    let whole = |name: &str| short.get(name).cloned().unwrap_or_else(|| name.to_owned());
    let same = whole(&own).chars().next() == whole(&theirs).chars().next();
    name.first < known.first && (!same || names.gender(&theirs).is_some_and(|other| other != gender))
}

/// "Campaign for Tibet", "Center for Russian Jewry": a country that a body is about, and need not be of.
fn is_topic(doc: &Document<'_>, sentence: &Sentence, name: Name, country: &Spotted) -> bool {
    let before = (name.first..country.first)
        .rev()
        .find(|&at| token(sentence, at).is_some_and(|t| matches!(t.upos, Upos::Adp | Upos::Sconj)));
    before.is_some_and(|at| doc.codebook.mentions.not_of.contains(lemma(sentence, at)))
}

fn is_title_case(doc: &Document<'_>, sentence: &Sentence, name: Name) -> bool {
    let words = (name.first..name.end).filter_map(|at| token(sentence, at));
    words
        .filter(|t| t.upos != Upos::Adp && t.upos != Upos::Det)
        .all(|t| t.upos == Upos::Num || t.span.of(doc.text()).chars().next().is_some_and(char::is_uppercase))
}

fn country_of(doc: &Document<'_>, known: &Spotted) -> Option<Code> {
    known
        .aliases
        .first()
        .and_then(|alias| doc.codebook.actors.get(alias.actor))
        .and_then(|actor| actor.country)
}

/// "Fog closed the port", "Thick ice": a common word that only opens sentences, where every word has a capital, is no name, unless it
/// says something.
fn common_words(doc: &Document<'_>, all: &mut [Vec<Spotted>]) {
    let (mut named, mut plain): (HashSet<&str>, HashSet<&str>) = (HashSet::new(), HashSet::new());
    for sentence in doc.sentences {
        let inner = sentence.tokens.iter().skip(1).map(|t| t.span.of(doc.text()));
        named.extend(inner.clone().filter(|word| word.starts_with(char::is_uppercase)));
        plain.extend(inner.filter(|word| word.starts_with(char::is_lowercase)));
    }
    for (sentence, names) in doc.sentences.iter().zip(all.iter_mut()) {
        names.retain(|name| {
            let lone = name.first == 0 && name.end == 1 && name.aliases.is_empty();
            let Some(word) = token(sentence, 0).filter(|_| lone) else { return true };
            let written = word.span.of(doc.text());
            let letters = written.len() > 1 && written.chars().skip(1).all(char::is_lowercase);
            let speaks = word.head.is_some_and(|h| doc.codebook.mentions.saying.contains(lemma(sentence, h)));
            let lower = written.to_lowercase();
            // The tagger takes it for a common word, or the report has it without a capital.
            let tagged = matches!(word.upos, Upos::Noun | Upos::Adj | Upos::Adv | Upos::Verb);
            let common = tagged || plain.contains(lower.as_str());
            !(letters
                && common
                && !named.contains(written)
                && !speaks
                && matches!(name.kind, SpottedKind::Person | SpottedKind::Organization)
                && dateline_syntax::is_word(&lower))
        });
    }
}

/// A word that the article also has as somebody's surname is that person: "Jordan" after "Vernon Jordan".
fn mend_surnames(doc: &Document<'_>, all: &mut [Vec<Spotted>]) {
    let mut surnames: HashSet<&str> = HashSet::new();
    for (sentence, names) in doc.sentences.iter().zip(all.iter()) {
        let full = names.iter().filter(|n| n.kind == SpottedKind::Person && n.end - n.first > 1);
        surnames.extend(full.filter_map(|n| token(sentence, n.end - 1)).map(|t| t.span.of(doc.text())));
    }
    for (sentence, names) in doc.sentences.iter().zip(all.iter_mut()) {
        for name in names.iter_mut().filter(|n| n.end - n.first == 1) {
            let seen_as_person = sentence
                .names
                .iter()
                .any(|n| n.kind == NameKind::Person && n.first <= name.first && name.end <= n.end);
            let word = token(sentence, name.first).map_or("", |t| t.span.of(doc.text()));
            let mendable = match name.kind {
                SpottedKind::Country(_) => seen_as_person,
                SpottedKind::Person => false,
                _ => name.aliases.is_empty(),
            };
            let lone =
                name.kind == SpottedKind::Person && name.aliases.is_empty() && !surnames.contains(word);
            if lone && is_attacked_town(doc, sentence, name.first) {
                name.kind = SpottedKind::Place;
            }
            if mendable && surnames.contains(word) {
                *name = Spotted { kind: SpottedKind::Person, aliases: Vec::new(), country: None, ..*name };
            }
        }
    }
}

/// "attacked Maiduguri", "in Maiduguri": a word that the model takes for a surname and the gazetteer for a town.
fn is_attacked_town(doc: &Document<'_>, sentence: &Sentence, word: u32) -> bool {
    let words = &doc.codebook.mentions;
    let at = standing(sentence, word);
    let placed = match at.preposition {
        Some(p) => words.locative.contains(lemma(sentence, p)) && lemma(sentence, p) != "from",
        None => {
            matches!(at.relation, Relation::Obj | Relation::NsubjPass)
                && at.governor.is_some_and(|g| words.place_objects.contains(lemma(sentence, g)))
        }
    };
    let name = token(sentence, word).map_or("", |t| t.span.of(doc.text()));
    placed && doc.codebook.gazetteer.find(name).iter().any(|p| p.population > 20_000)
}
