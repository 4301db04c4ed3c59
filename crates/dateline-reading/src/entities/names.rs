use super::describe::{Description, describe, role_lemma};
use super::find::{Found, What};
use crate::document::{At, Document};
use crate::noun_phrase::{core, head_of, is_plural, is_possessor, lemma, preposition, standing, token};
use crate::places::{Places, usage};
use crate::reading::Precision;
use crate::spotted::{Spotted, SpottedKind};
use compact_str::CompactString;
use dateline_codebook::{AliasKind, Code};
use dateline_syntax::{Relation, Sentence, Upos};

/// No title is longer than this many words.
const TITLE: u32 = 8;

/// Mentions by name in one sentence.
pub(super) fn find(doc: &Document<'_>, places: &Places, index: usize, found: &mut Vec<Found>) {
    let (Some(sentence), Some(names)) = (doc.sentences.get(index), places.spotted.get(index)) else { return };
    for name in names {
        let mention = match name.kind {
            SpottedKind::Country(kind) => country(doc, places, index, sentence, name, kind),
            SpottedKind::Person => person(doc, places, index, sentence, name),
            SpottedKind::Organization => organization(doc, places, index, sentence, name),
            SpottedKind::Place | SpottedKind::Other => None,
        };
        found.extend(mention);
    }
}

fn country(
    doc: &Document<'_>,
    places: &Places,
    index: usize,
    sentence: &Sentence,
    name: &Spotted,
    kind: AliasKind,
) -> Option<Found> {
    let code = name.aliases.first().and_then(|a| doc.codebook.actors.get(a.actor)).and_then(|a| a.country)?;
    let head = head_of(sentence, name.first, name.end);
    let found =
        |what| Found { sentence: index as u32, first: name.first, end: name.end, head, inner: None, what };
    let place = places.mention_at(At::new(index, head)).and_then(|m| places.get(m.place).map(|p| (m, p)));
    match kind {
        AliasKind::Name => {
            if place
                .is_some_and(|(mention, place)| place.precision != Precision::Country || !mention.metonymic)
                && !usage::of_country(doc, sentence, head).acts()
            {
                return None;
            }
            if place.is_some_and(|(_, place)| {
                place.precision != Precision::Country && place.precision != Precision::Region
            }) {
                return None;
            }
            if !usage::of_country(doc, sentence, head).acts() {
                return None;
            }
            let behind_comma = place.is_some_and(|(mention, _)| !mention.metonymic)
                && usage::of_country(doc, sentence, head) == usage::Usage::Actor;
            (!behind_comma).then(|| found(What::Country(code)))
        }
        AliasKind::Capital => {
            let abroad = place.is_some_and(|(_, place)| place.country != Some(code));
            let acts = usage::of_capital(doc, sentence, head).acts();
            (acts && !abroad).then(|| found(What::Country(code)))
        }
        AliasKind::Metonym => {
            let at = standing(sentence, head);
            let inside = at
                .preposition
                .is_some_and(|p| matches!(lemma(sentence, p), "in" | "at" | "near" | "outside"));
            (!inside && at.relation != Relation::Compound).then(|| found(What::Country(code)))
        }
        AliasKind::Demonym => people(doc, sentence, index, name, head, code),
    }
}

/// "Pakistanis", "the French": a nation's people; counted, some of them.
fn people(
    doc: &Document<'_>,
    sentence: &Sentence,
    index: usize,
    name: &Spotted,
    head: u32,
    code: Code,
) -> Option<Found> {
    let word = token(sentence, head)?;
    let at = standing(sentence, head);
    let modifies = |r| {
        matches!(r, Relation::Amod | Relation::Compound | Relation::NmodDesc | Relation::Flat | Relation::Det)
    };
    if modifies(at.relation) || modifies(word.relation) || matches!(word.upos, Upos::Adv | Upos::Verb) {
        return None;
    }
    let determined =
        sentence.children_as(head, Relation::Det).next().map(|d| lemma(sentence, d).to_lowercase());
    let counted = sentence.children_as(head, Relation::Nummod).next().is_some();
    let language =
        preposition(sentence, head).is_some_and(|p| lemma(sentence, p) == "in") && determined.is_none();
    if language && !is_plural(word) || matches!(word.upos, Upos::Adj) && determined.is_none() {
        return None;
    }
    let (first, end) = core(sentence, head);
    // "Kenyans voted" are people; "Israelis bomb Tyre" in a headline is Israel.
    let headline = doc.in_title(word.span) && matches!(at.relation, Relation::Nsubj);
    let people = is_plural(word) && determined.is_none() && !headline;
    let indefinite = counted || people || determined.as_deref().is_some_and(|d| d != "the");
    let what = if indefinite {
        What::Nominal(Box::new(Description {
            role_first: name.first,
            role_end: name.end,
            sector: Code::new("CVL"),
            countries: vec![(code, head)],
            plural: is_plural(word) || counted,
            counted,
            ..Description::of_people(head)
        }))
    } else {
        What::Country(code)
    };
    Some(Found {
        sentence: index as u32,
        first: first.min(name.first),
        end: end.max(name.end),
        head,
        inner: None,
        what,
    })
}

fn person(
    doc: &Document<'_>,
    places: &Places,
    index: usize,
    sentence: &Sentence,
    name: &Spotted,
) -> Option<Found> {
    let own = head_of(sentence, name.first, name.end);
    if token(sentence, own)?.relation == Relation::Compound && !is_possessor(sentence, own) {
        // "the Trump administration" and "Kerry aide" are somebody else, and name him besides; a name before a name is a
        // slip of the parser. In "the Kerry visit" it is he who visits.
        let governor = token(sentence, own)?.head?;
        let event = !doc.codebook.patterns.nouns(lemma(sentence, governor)).is_empty();
        if !event && governor >= name.end && token(sentence, governor).is_some_and(|t| t.upos != Upos::Propn)
        {
            let known = name.aliases.first().map(|a| a.actor);
            let what = What::Person { name: (name.first, name.end), known, description: None };
            let (first, end) = (name.first, name.end);
            return Some(Found { sentence: index as u32, first, end, head: own, inner: None, what });
        }
    }
    let title_first = title_before(doc, sentence, name.first);
    let top = head_of(sentence, title_first, name.end);
    let (mut first, _) = core(sentence, top);
    first = first.min(title_first);
    if title_first < name.first {
        first = first.min(core(sentence, head_of(sentence, title_first, name.first)).0);
    }
    first = keep_from(doc, places, index, sentence, first, title_first);
    let described = (title_first < name.first)
        .then(|| {
            let title_head = head_of(sentence, title_first, name.first);
            let last = if title_head < name.first { title_head } else { name.first - 1 };
            describe(doc, places, index, first, last)
        })
        .flatten()
        .or_else(|| {
            // A nationality alone: "Iran's Javad Zarif", "American Peter Kassig".
            (first < name.first).then(|| describe(doc, places, index, first, name.first)).flatten()
        });
    let known = name.aliases.first().map(|a| a.actor);
    Some(Found {
        sentence: index as u32,
        first,
        end: name.end,
        head: top,
        inner: (own != top).then_some(own),
        what: What::Person { name: (name.first, name.end), known, description: described.map(Box::new) },
    })
}

/// Where the titles before a name begin: at the name itself where there are none.
fn title_before(doc: &Document<'_>, sentence: &Sentence, name: u32) -> u32 {
    let words = &doc.codebook.mentions;
    let low = name.saturating_sub(TITLE);
    let mut first = name;
    for _ in 0..3 {
        if first <= low {
            break;
        }
        let lower: Vec<CompactString> = (low..first).map(|at| role_lemma(doc, sentence, at)).collect();
        let lemmas: Vec<&str> = lower.iter().map(CompactString::as_str).collect();
        let role = doc.codebook.roles.longest_ending(&lemmas).map_or(0, |(length, _)| length as u32);
        let last = lemmas.last().copied().unwrap_or_default();
        let length = match role {
            0 if words.titles.contains(last.trim_end_matches('.')) => 1,
            0 if first == name && describes(doc, sentence, name) => 1,
            role => role,
        };
        if length == 0 || !attached(sentence, first - length.min(first), first, name) {
            break;
        }
        first -= length.min(first);
    }
    first
}

/// Whether the common noun right before a name is part of its phrase, whatever it means: "coauthor Ann Holt".
fn describes(doc: &Document<'_>, sentence: &Sentence, name: u32) -> bool {
    let Some((before, word)) = name.checked_sub(1).and_then(|at| Some((at, token(sentence, at)?))) else {
        return false;
    };
    let first = token(sentence, name);
    let lower = word.span.of(doc.text()).starts_with(char::is_lowercase);
    let joins = |r| matches!(r, Relation::Flat | Relation::Appos | Relation::Compound | Relation::NmodDesc);
    let carries = first.is_some_and(|t| t.head == Some(before) && joins(t.relation));
    let hangs = word.head.is_some_and(|h| h >= name && h < name + 4) && joins(word.relation);
    word.upos == Upos::Noun && lower && !is_plural(word) && (carries || hangs)
}

/// Whether the words `from..to` hang on the name that follows, or the name on them.
fn attached(sentence: &Sentence, from: u32, to: u32, name: u32) -> bool {
    let title = head_of(sentence, from, to);
    let Some(word) = token(sentence, title) else { return false };
    if is_plural(word) && word.relation != Relation::NmodDesc {
        return false;
    }
    // Nothing but a title stands right before a name without an article, whatever the parser makes of it.
    let article = sentence.children_as(title, Relation::Det).any(|d| d < title);
    let noun = matches!(word.upos, Upos::Noun | Upos::Propn);
    if noun && !article && to == name {
        return true;
    }
    let up = |at: u32| token(sentence, at).and_then(|t| t.head);
    let joins = |r| {
        matches!(
            r,
            Relation::Flat
                | Relation::Appos
                | Relation::NmodDesc
                | Relation::Compound
                | Relation::Amod
                | Relation::Nmod
                | Relation::NmodUnmarked
                | Relation::Dep
        )
    };
    let hangs = up(title).is_some_and(|h| h >= to) && joins(word.relation);
    let carries = token(sentence, name)
        .is_some_and(|t| t.head.is_some_and(|h| h >= from && h < to) && joins(t.relation));
    hangs || carries
}

/// Cuts what a slip of the parser may have put before a title: other people's names and punctuation.
fn keep_from(
    doc: &Document<'_>,
    places: &Places,
    index: usize,
    sentence: &Sentence,
    first: u32,
    title: u32,
) -> u32 {
    let bar = |at: &u32| {
        let Some(word) = token(sentence, *at) else { return true };
        let text = word.span.of(doc.text());
        word.upos == Upos::Punct && !matches!(text, "-" | "'" | "’" | ".")
            || word.upos == Upos::Verb && word.relation != Relation::Amod
            || word.upos == Upos::Cconj && word.head.is_none_or(|h| h > title)
    };
    let start = (first..title).rev().find(bar).map_or(first, |at| at + 1);
    let people = places.spotted.get(index).map_or(&[][..], Vec::as_slice);
    let other = people.iter().find(|n| n.kind == SpottedKind::Person && n.first >= start && n.end < title);
    // "Clinton's aide" keeps its owner; "told Clinton aide X" does not exist.
    match other {
        Some(other) if !is_possessor(sentence, head_of(sentence, other.first, other.end)) => other.end,
        _ => start,
    }
}

fn organization(
    doc: &Document<'_>,
    places: &Places,
    index: usize,
    sentence: &Sentence,
    name: &Spotted,
) -> Option<Found> {
    let head = head_of(sentence, name.first, name.end);
    if name.aliases.is_empty() && places.mention_at(At::new(index, head)).is_some() {
        return None;
    }
    let at = standing(sentence, head);
    let word = token(sentence, head)?;
    // "UN peacekeepers", "BBC correspondent": the phrase is somebody else's, and only the name is the organisation's; so
    // for each conjunct.
    let modifies = |r| matches!(r, Relation::Compound | Relation::Amod | Relation::NmodDesc);
    let part = modifies(word.relation) || modifies(at.relation);
    if part && word.head.is_some_and(|h| h >= name.end || h < name.first) {
        let governor = at.governor?;
        if super::nominals::is_role_head(doc, sentence, governor) {
            let what = if name.aliases.is_empty() {
                What::Organization { name: (name.first, name.end), country: name.country, description: None }
            } else {
                What::Known(name.aliases.clone())
            };
            let (first, end) = (name.first, name.end);
            return Some(Found { sentence: index as u32, first, end, head, inner: None, what });
        }
    }
    let (core_first, core_end) = core(sentence, head);
    let first = if core_first < name.first {
        without_clutter(doc, sentence, core_first, name.first)
    } else {
        name.first
    };
    let end = if core_end > name.end && core_end <= name.end + 2 { core_end } else { name.end };
    let what = if name.aliases.is_empty() {
        let description = describe(doc, places, index, name.first, head.max(name.end - 1)).or(None);
        What::Organization {
            name: (name.first, name.end),
            country: name.country.or_else(|| nationality_before(doc, places, index, first, name.first)),
            description: description.map(Box::new),
        }
    } else {
        What::Known(name.aliases.clone())
    };
    Some(Found { sentence: index as u32, first, end, head, inner: None, what })
}

/// The country told right before a name: "the Dutch Christian Democrats".
fn nationality_before(
    doc: &Document<'_>,
    places: &Places,
    index: usize,
    first: u32,
    name: u32,
) -> Option<Code> {
    let before = places.spotted.get(index)?.iter().find(|n| {
        n.first >= first
            && n.end <= name
            && matches!(n.kind, SpottedKind::Country(AliasKind::Demonym | AliasKind::Name))
    })?;
    let joined = super::describe::is_joined(doc, doc.sentences.get(index)?, before.first, before.end);
    let actor = before.aliases.first().filter(|_| !joined)?.actor;
    doc.codebook.actors.get(actor)?.country
}

/// The mention of an organisation takes in its article and adjectives, not what a slip of the parser hung on it.
fn without_clutter(doc: &Document<'_>, sentence: &Sentence, from: u32, to: u32) -> u32 {
    let mut first = to;
    for at in (from..to).rev() {
        let Some(word) = token(sentence, at) else { break };
        let text = word.span.of(doc.text());
        let fits = matches!(word.upos, Upos::Det | Upos::Adj | Upos::Propn | Upos::Noun | Upos::Num)
            || matches!(text, "-" | "'s" | "’s");
        if !fits {
            break;
        }
        first = at;
    }
    first
}
