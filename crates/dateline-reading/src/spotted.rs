//! Names in the text, as the codebook and the model see them, made one list.

use crate::document::Document;
use crate::noun_phrase::token;
use dateline_codebook::{ActorKind, Alias, AliasKind, Code};
use dateline_syntax::{Name, NameKind, Sentence, Upos};
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
        let country = found.iter().filter(|k| overlaps(k)).find_map(|k| country_of(doc, k));
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
    found
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
    while name.end > name.first && (matches!(word(name.end - 1), "'s" | "’s" | "'" | "’" | "," | ".")) {
        name.end -= 1;
    }
    name
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
            country || known.kind == SpottedKind::Person && name.end > known.end && capital(name.end - 1)
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
            if mendable && surnames.contains(word) {
                *name = Spotted { kind: SpottedKind::Person, aliases: Vec::new(), country: None, ..*name };
            }
        }
    }
}
