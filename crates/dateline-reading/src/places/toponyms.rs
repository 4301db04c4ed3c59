use super::usage;
use crate::document::Document;
use crate::noun_phrase::{head_of, lemma, preposition, standing, token};
use crate::spotted::{Spotted, SpottedKind};
use dateline_codebook::{AliasKind, Code};
use dateline_syntax::{Relation, Sentence, Upos};
use dateline_text::Span;
use std::collections::BTreeSet;

/// A name in the text that may be a place's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Toponym {
    pub(crate) sentence: u32,
    /// The name itself.
    pub(crate) first: u32,
    pub(crate) end: u32,
    /// The name with the words in small letters that tell a direction or a kind: "northern Iraq", "Balkh province".
    pub(crate) outer: (u32, u32),
    pub(crate) head: u32,
    /// The name as it is written, in the text.
    pub(crate) span: Span,
    pub(crate) metonymic: bool,
    /// Whether it is part of an organisation's name: "Kentucky" in "the Kentucky State Police".
    pub(crate) nested: bool,
    /// The country that the codebook names by it.
    pub(crate) country: Option<Code>,
    /// Whether the codebook has it as a capital's name.
    pub(crate) capital: bool,
    /// Whether only its capitals and its position speak for a place: then the gazetteer must know it.
    pub(crate) guessed: bool,
}

impl Toponym {
    /// The name as it is written.
    pub(crate) fn written<'a>(&self, doc: &Document<'a>) -> &'a str {
        doc.words(self.span)
    }
}

/// Every name that may be a place's, in order of text.
pub(crate) fn find(doc: &Document<'_>, spotted: &[Vec<Spotted>]) -> Vec<Toponym> {
    let mut found = Vec::new();
    let surnames = surnames(doc, spotted);
    for (index, (sentence, names)) in doc.sentences.iter().zip(spotted).enumerate() {
        let from = found.len();
        let index = index as u32;
        found.extend(names.iter().filter_map(|name| of_name(doc, sentence, index, name)));
        guess(doc, sentence, index, names, &mut found);
        finish(doc, sentence, &surnames, &mut found, from);
    }
    repeat(doc, spotted, &surnames, &mut found);
    found.sort_by_key(|t| (t.sentence, t.first));
    found
}

/// Trims what was found in a sentence and drops what is no place.
fn finish(
    doc: &Document<'_>,
    sentence: &Sentence,
    surnames: &BTreeSet<&str>,
    found: &mut Vec<Toponym>,
    from: usize,
) {
    let mut new = found.split_off(from);
    for toponym in &mut new {
        trim(doc, sentence, toponym);
    }
    new.retain(|toponym| !is_no_place(doc, toponym, surnames) && !is_no_name(doc, sentence, toponym));
    found.append(&mut new);
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

/// Leaves only the name: "northern Iraq", "Balkh province", "the city of Herat", "Sydney-based" lose what is in small
/// letters; "U.S" and "Calif" at the end of a sentence get back the stop that is theirs.
fn trim(doc: &Document<'_>, sentence: &Sentence, toponym: &mut Toponym) {
    let (mut first, mut end) = (toponym.first, toponym.end);
    let small = |at: u32| {
        token(sentence, at).is_some_and(|t| !t.span.of(doc.text()).chars().any(char::is_uppercase))
            && token(sentence, at).is_some_and(|t| t.upos != Upos::Num)
    };
    if (first..end).any(|at| !small(at)) {
        while small(first) {
            first += 1;
        }
        while small(end - 1) {
            end -= 1;
        }
    }
    let outer_first = toponym.outer.0.min(first);
    (toponym.first, toponym.end) = (first, end);
    let (before, after) = around(doc, sentence, first, end);
    toponym.outer = (outer_first.min(before), toponym.outer.1.max(after));
    toponym.head = if toponym.nested { first } else { head_of(sentence, first, end) };
    let mut span = sentence.span_of(first, end);
    let text = doc.text();
    let written = span.of(text);
    if let Some((name, tail)) = written.rsplit_once('-')
        && tail.chars().all(char::is_lowercase)
        && !name.is_empty()
        && doc.codebook.gazetteer.find(written).is_empty()
    {
        span.end = span.start + name.len() as u32;
    }
    let written = span.of(text);
    let stop = text.get(span.end as usize..).is_some_and(|rest| rest.starts_with('.'));
    let initials = written.len() > 2 && written.len() < 7 && written.contains('.') && !written.ends_with('.');
    if stop && (initials || is_abbreviation(doc, written)) {
        span.end += 1;
    }
    toponym.span = span;
}

/// "Calif", "Alta": short for a division whose name is longer.
fn is_abbreviation(doc: &Document<'_>, written: &str) -> bool {
    written.len() <= 5
        && doc.codebook.gazetteer.find(written).iter().any(|place| {
            place.feature == dateline_codebook::Feature::Province && place.name.len() > written.len() + 1
        })
}

/// The words in small letters right around a name that tell its kind or a part of it.
fn around(doc: &Document<'_>, sentence: &Sentence, first: u32, end: u32) -> (u32, u32) {
    let words = &doc.codebook.mentions;
    let lower = |at: u32| token(sentence, at).map(|t| t.span.of(doc.text()).to_lowercase());
    let mut from = first;
    while let Some(at) = from.checked_sub(1)
        && lower(at).is_some_and(|word| words.directions.contains(word.as_str()))
    {
        from = at;
    }
    let kind = lower(end).is_some_and(|word| words.place_heads.contains(word.as_str()));
    (from, end + u32::from(kind))
}

/// A month, a day of the week, the state of a politician ("D-Calif."), or somebody's surname.
fn is_no_place(doc: &Document<'_>, toponym: &Toponym, surnames: &BTreeSet<&str>) -> bool {
    let text = doc.text();
    let written = toponym.written(doc);
    if toponym.end == toponym.first + 1 {
        let surname = toponym.country.is_none() && surnames.contains(written);
        if surname || doc.codebook.mentions.calendar.contains(written.to_lowercase().as_str()) {
            return true;
        }
    }
    let before = text.get(..toponym.span.start as usize).unwrap_or_default();
    let party = |text: &str| {
        let mut letters = text.chars().rev();
        matches!(letters.next(), Some('D' | 'R' | 'I')) && letters.next().is_none_or(|c| !c.is_alphanumeric())
    };
    before.strip_suffix('-').is_some_and(party)
        || written.split_once('-').is_some_and(|(head, tail)| {
            matches!(head, "D" | "R" | "I") && tail.chars().next().is_some_and(char::is_uppercase)
        })
}

/// Words that no place is written as: a common noun, a sign, an acronym that the gazetteer does not know.
fn is_no_name(doc: &Document<'_>, sentence: &Sentence, toponym: &Toponym) -> bool {
    let written = toponym.written(doc);
    let letters =
        |c: char| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’' | ' ' | '&' | ',' | '/' | '`');
    let capital = written.chars().any(char::is_uppercase);
    if !capital || written.chars().any(|c| !letters(c) && !c.is_numeric()) {
        return true;
    }
    let words = &doc.codebook.mentions;
    let kind_only = (toponym.first..toponym.end).all(|at| {
        let word = token(sentence, at).map_or(String::new(), |t| t.span.of(doc.text()).to_lowercase());
        words.place_heads.contains(word.as_str())
            || doc.codebook.place_words.facilities.contains(word.as_str())
            || matches!(word.as_str(), "of" | "the")
    });
    let known = || !doc.codebook.gazetteer.find(written).is_empty();
    if kind_only && !known() {
        return true;
    }
    // Where a whole sentence is in capitals they tell nothing.
    let shouted = |text: &str| !text.chars().any(char::is_lowercase);
    let acronym = toponym.country.is_none() && shouted(written) && !shouted(sentence.span.of(doc.text()));
    acronym && !written.contains(' ') && written.len() < 6 && !known()
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
        SpottedKind::Organization => return of_organization(doc, sentence, index, name, head),
        SpottedKind::Person => {
            let town = name.aliases.is_empty() && is_named_as_town(doc, sentence, name.first, name.end);
            return town.then(|| toponym(sentence, index, name.first, name.end, true));
        }
        _ => return None,
    };
    let found = toponym(sentence, index, name.first, name.end, false);
    Some(Toponym { metonymic, country, capital, ..found })
}

/// The model takes many a town after "in" for a club or company; and bodies are named after where they are.
fn of_organization(
    doc: &Document<'_>,
    sentence: &Sentence,
    index: u32,
    name: &Spotted,
    head: u32,
) -> Option<Toponym> {
    let short = name.end - name.first <= 2;
    if name.aliases.is_empty()
        && (short && locative(doc, sentence, head) || is_named_as_town(doc, sentence, name.first, name.end))
    {
        return Some(toponym(sentence, index, name.first, name.end, true));
    }
    let (first, end) = leading_place(doc, sentence, name)?;
    let found = toponym(sentence, index, first, end, true);
    Some(Toponym { metonymic: true, nested: true, head: first, ..found })
}

/// The place that a body's name begins with: "Kentucky" in "Kentucky State Police". Newspapers and airlines called after a
/// place are left out, as their names say where they are at home, not what they are of.
fn leading_place(doc: &Document<'_>, sentence: &Sentence, name: &Spotted) -> Option<(u32, u32)> {
    let word = |at: u32| token(sentence, at).map_or("", |t| t.span.of(doc.text()));
    let first = name.first + u32::from(word(name.first).eq_ignore_ascii_case("the"));
    let last = word(name.end.checked_sub(1)?).to_lowercase();
    if name.end < first + 2 || doc.codebook.place_words.media.contains(last.as_str()) {
        return None;
    }
    let longest = (name.end - 1).min(first + 3);
    (first + 1..=longest).rev().map(|end| (first, end)).find(|&(first, end)| {
        let written = doc.words(sentence.span_of(first, end));
        // Of a body only a place that is likely by its size is believed.
        doc.codebook.gazetteer.find(written).first().is_some_and(|place| {
            use dateline_codebook::Feature as F;
            match place.feature {
                F::Country | F::Province | F::Capital => true,
                F::District => written.contains(' '),
                F::City => place.population >= 50_000,
                F::Region | F::Subcity => false,
            }
        })
    })
}

fn toponym(sentence: &Sentence, index: u32, first: u32, end: u32, guessed: bool) -> Toponym {
    Toponym {
        sentence: index,
        first,
        end,
        outer: (first, end),
        head: head_of(sentence, first, end),
        span: sentence.span_of(first, end),
        metonymic: false,
        nested: false,
        country: None,
        capital: false,
        guessed,
    }
}

/// "Krasnodar, Russia", "the resort of Acapulco": what stands beside it tells a settlement, whatever the model takes it for.
fn is_named_as_town(doc: &Document<'_>, sentence: &Sentence, first: u32, end: u32) -> bool {
    if end - first > 3 {
        return false;
    }
    let word = |at: u32| token(sentence, at).map_or("", |t| t.span.of(doc.text()));
    let kind = first.checked_sub(2).is_some_and(|at| {
        word(at + 1) == "of" && doc.codebook.place_words.settlements.contains(lemma(sentence, at))
    });
    if kind {
        return true;
    }
    // A division behind a comma, and then the sentence goes on: "in Oxnard, California, said".
    let holder = |to: u32| {
        use dateline_codebook::Feature as F;
        let found = doc.codebook.gazetteer.find(doc.words(sentence.span_of(end + 1, to)));
        let first = found.first();
        first.is_some_and(|place| matches!(place.feature, F::Country | F::Province))
            && word(end + 1).chars().next().is_some_and(char::is_uppercase)
    };
    let length = sentence.tokens.len() as u32;
    word(end) == "," && (end + 2..=(end + 4).min(length)).any(holder) && {
        let written = doc.words(sentence.span_of(first, end));
        !doc.codebook.gazetteer.find(written).is_empty()
    }
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

/// Runs of proper nouns that neither the model nor the codebook took for a name: after a preposition of place, as
/// "the village of X", or before people of a town ("a Danbury mason").
fn guess(doc: &Document<'_>, sentence: &Sentence, index: u32, names: &[Spotted], found: &mut Vec<Toponym>) {
    for (first, end) in free_runs(sentence, names) {
        let head = head_of(sentence, first, end);
        let direction = end == first + 1
            && doc.codebook.mentions.directions.contains(lemma(sentence, first).to_lowercase().as_str());
        if direction {
            continue;
        }
        if locative(doc, sentence, head) || is_named_as_town(doc, sentence, first, end) {
            found.push(toponym(sentence, index, first, end, true));
        } else if is_of_locals(doc, sentence, head, end) {
            found.push(Toponym { metonymic: true, ..toponym(sentence, index, first, end, true) });
        }
    }
}

/// Runs of proper nouns outside the names.
fn free_runs(sentence: &Sentence, names: &[Spotted]) -> Vec<(u32, u32)> {
    let proper = |at: u32| token(sentence, at).is_some_and(|t| t.upos == Upos::Propn);
    let taken = |at: u32| names.iter().any(|n| n.first <= at && at < n.end);
    let (mut runs, mut at, length) = (Vec::new(), 0, sentence.tokens.len() as u32);
    while at < length {
        let first = at;
        while at < length && proper(at) && !taken(at) {
            at += 1;
        }
        if at > first {
            runs.push((first, at));
        } else {
            at += 1;
        }
    }
    runs
}

fn is_of_locals(doc: &Document<'_>, sentence: &Sentence, head: u32, end: u32) -> bool {
    let Some(word) = token(sentence, head) else { return false };
    let modifies = matches!(word.relation, Relation::Compound | Relation::Amod | Relation::NmodPoss);
    let governor = word.head.filter(|&governor| governor >= end);
    modifies && governor.is_some_and(|at| doc.codebook.place_words.local.contains(lemma(sentence, at)))
}

/// A name that was a place once in the article is one wherever it stands free, whatever hangs on it: "Torrington
/// businesses", "Esperance recorded less rain".
fn repeat(doc: &Document<'_>, spotted: &[Vec<Spotted>], surnames: &BTreeSet<&str>, found: &mut Vec<Toponym>) {
    let sure = found.iter().filter(|t| !t.guessed && !t.nested && t.country.is_none());
    let known: BTreeSet<&str> = sure.map(|t| t.written(doc)).collect();
    if known.is_empty() {
        return;
    }
    let mut new = Vec::new();
    for (index, (sentence, names)) in doc.sentences.iter().zip(spotted).enumerate() {
        let index = index as u32;
        let bodies = names.iter().filter(|n| n.kind == SpottedKind::Organization && n.aliases.is_empty());
        let runs = free_runs(sentence, names).into_iter().chain(bodies.map(|n| (n.first, n.end)));
        for (first, end) in runs {
            let span = sentence.span_of(first, end);
            let there = found.iter().any(|t| t.sentence == index && t.first < end && first < t.end);
            if !there && known.contains(doc.words(span)) {
                let mut toponym = toponym(sentence, index, first, end, true);
                trim(doc, sentence, &mut toponym);
                toponym.metonymic = !locative(doc, sentence, toponym.head);
                if !is_no_place(doc, &toponym, surnames) {
                    new.push(toponym);
                }
            }
        }
    }
    found.append(&mut new);
}
