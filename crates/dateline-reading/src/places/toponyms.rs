use super::usage;
use crate::document::Document;
use crate::noun_phrase::{head_of, lemma, preposition, standing, token};
use crate::spotted::{Spotted, SpottedKind};
use dateline_codebook::{AliasKind, Code};
use dateline_syntax::{Relation, Sentence, Upos};
use std::collections::BTreeSet;

/// A name in the text that may be a place's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Toponym {
    pub(crate) sentence: u32,
    pub(crate) first: u32,
    pub(crate) end: u32,
    pub(crate) head: u32,
    pub(crate) metonymic: bool,
    /// The country that the codebook names by it.
    pub(crate) country: Option<Code>,
    /// Whether the codebook has it as a capital's name.
    pub(crate) capital: bool,
    /// Whether only its capitals and its position speak for a place: then the gazetteer must know it.
    pub(crate) guessed: bool,
}

/// Every name that may be a place's, in order of text.
pub(crate) fn find(doc: &Document<'_>, spotted: &[Vec<Spotted>]) -> Vec<Toponym> {
    let mut found = Vec::new();
    let surnames = surnames(doc, spotted);
    for (index, (sentence, names)) in doc.sentences.iter().zip(spotted).enumerate() {
        let from = found.len();
        found.extend(names.iter().filter_map(|name| of_name(doc, sentence, index as u32, name)));
        guess(doc, sentence, index as u32, names, &mut found);
        let mut at = 0;
        found.retain(|toponym: &Toponym| {
            at += 1;
            at <= from || !is_no_place(doc, sentence, toponym, &surnames)
        });
        if let Some(new) = found.get_mut(from..) {
            new.sort_by_key(|t| t.first);
        }
    }
    found
}

/// What the persons of the article are called besides their first names.
fn surnames<'a>(doc: &Document<'a>, spotted: &[Vec<Spotted>]) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for (sentence, names) in doc.sentences.iter().zip(spotted) {
        for name in names.iter().filter(|n| n.kind == SpottedKind::Person && n.end - n.first > 1) {
            let words = (name.first + 1..name.end).filter_map(|at| token(sentence, at));
            found.extend(words.map(|t| t.span.of(doc.text())).filter(|word| word.len() > 2));
        }
    }
    found
}

/// A month, a day of the week, the state of a politician ("D-Calif."), or somebody's surname.
fn is_no_place(
    doc: &Document<'_>,
    sentence: &Sentence,
    toponym: &Toponym,
    surnames: &BTreeSet<&str>,
) -> bool {
    let text = doc.text();
    let span = sentence.span_of(toponym.first, toponym.end);
    let written = span.of(text);
    if toponym.end == toponym.first + 1 {
        let surname = toponym.country.is_none() && surnames.contains(written);
        if surname || doc.codebook.mentions.calendar.contains(written.to_lowercase().as_str()) {
            return true;
        }
    }
    let before = text.get(..span.start as usize).unwrap_or_default();
    let party = |text: &str| {
        let mut letters = text.chars().rev();
        matches!(letters.next(), Some('D' | 'R' | 'I')) && letters.next().is_none_or(|c| !c.is_alphanumeric())
    };
    before.strip_suffix('-').is_some_and(party)
        || written.split_once('-').is_some_and(|(head, tail)| {
            matches!(head, "D" | "R" | "I") && tail.chars().next().is_some_and(char::is_uppercase)
        })
}

fn of_name(doc: &Document<'_>, sentence: &Sentence, index: u32, name: &Spotted) -> Option<Toponym> {
    let head = head_of(sentence, name.first, name.end);
    let country =
        || name.aliases.first().and_then(|a| doc.codebook.actors.get(a.actor)).and_then(|a| a.country);
    let (metonymic, country, capital) = match name.kind {
        SpottedKind::Country(AliasKind::Name) => {
            let usage = usage::of_country(doc, sentence, head);
            let contained = follows_comma_name(sentence, name.first, head);
            (!contained && matches!(usage, usage::Usage::Actor | usage::Usage::Modifier), country(), false)
        }
        SpottedKind::Country(AliasKind::Capital) => {
            let usage = usage::of_capital(doc, sentence, head);
            let meeting = usage == usage::Usage::Modifier && governs_meeting(doc, sentence, head);
            (usage.acts() || meeting, country(), true)
        }
        SpottedKind::Place => (governs_meeting(doc, sentence, head), None, false),
        SpottedKind::Organization if name.aliases.is_empty() => {
            // The model takes many a town after "in" for a club or company.
            let place = locative(doc, sentence, head) && name.end - name.first <= 2;
            return place.then(|| toponym(index, name.first, name.end, head, true));
        }
        _ => return None,
    };
    Some(Toponym { metonymic, country, capital, ..toponym(index, name.first, name.end, head, false) })
}

fn toponym(sentence: u32, first: u32, end: u32, head: u32, guessed: bool) -> Toponym {
    Toponym { sentence, first, end, head, metonymic: false, country: None, capital: false, guessed }
}

/// "Geneva, Switzerland": a country behind a comma says where the town lies.
fn follows_comma_name(sentence: &Sentence, first: u32, head: u32) -> bool {
    let before = |n: u32| first.checked_sub(n).and_then(|at| token(sentence, at));
    let comma = before(1).is_some_and(|t| t.upos == Upos::Punct);
    let hangs = token(sentence, head).is_some_and(|t| {
        matches!(
            t.relation,
            Relation::Appos
                | Relation::NmodUnmarked
                | Relation::List
                | Relation::Parataxis
                | Relation::Flat
                | Relation::NmodDesc
                | Relation::Nmod
                | Relation::Dep
                | Relation::Compound
        )
    });
    comma
        && hangs
        && before(2).is_some_and(|t| t.upos == Upos::Propn)
        && preposition(sentence, head).is_none()
}

/// "the Paris talks": who talked is not Paris, and the place of the talks is not where they are spoken of.
fn governs_meeting(doc: &Document<'_>, sentence: &Sentence, head: u32) -> bool {
    let Some(word) = token(sentence, head) else { return false };
    let modifies = matches!(word.relation, Relation::Compound | Relation::Amod);
    modifies && word.head.is_some_and(|g| doc.codebook.mentions.meetings.contains(lemma(sentence, g)))
}

fn locative(doc: &Document<'_>, sentence: &Sentence, head: u32) -> bool {
    let at = standing(sentence, head);
    at.preposition.is_some_and(|p| doc.codebook.mentions.locative.contains(lemma(sentence, p)))
}

/// Runs of proper nouns after a preposition of place that neither the model nor the codebook took for a name.
fn guess(doc: &Document<'_>, sentence: &Sentence, index: u32, names: &[Spotted], found: &mut Vec<Toponym>) {
    let proper = |at: u32| token(sentence, at).is_some_and(|t| t.upos == Upos::Propn);
    let taken = |at: u32| names.iter().any(|n| n.first <= at && at < n.end);
    let mut at = 0;
    let length = sentence.tokens.len() as u32;
    while at < length {
        if !proper(at) || taken(at) {
            at += 1;
            continue;
        }
        let first = at;
        while at < length && proper(at) && !taken(at) {
            at += 1;
        }
        let head = head_of(sentence, first, at);
        let direction = at == first + 1
            && doc.codebook.mentions.directions.contains(lemma(sentence, first).to_lowercase().as_str());
        if !direction && locative(doc, sentence, head) {
            found.push(toponym(index, first, at, head, true));
        }
    }
}
