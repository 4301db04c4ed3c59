use super::{Spotted, SpottedKind};
use crate::document::Document;
use crate::noun_phrase::token;
use dateline_syntax::{Sentence, Upos};
use std::collections::{HashMap, HashSet};

/// How often a name was seen as a person, an organisation, a place and something else.
type Votes = [u32; 4];

const KINDS: [SpottedKind; 4] =
    [SpottedKind::Person, SpottedKind::Organization, SpottedKind::Place, SpottedKind::Other];

/// Lets one article's names agree: what the model calls a person here and an organisation there is what it calls it most
/// often; "Payless" is a company after "Payless Cashways Inc."; and a name is one wherever its words stand.
pub(super) fn agree(doc: &Document<'_>, all: &mut [Vec<Spotted>]) {
    let mut votes: HashMap<&str, Votes> = HashMap::new();
    let mut companies: HashSet<&str> = HashSet::new();
    for (sentence, names) in doc.sentences.iter().zip(all.iter()) {
        for name in names.iter().filter(|n| n.aliases.is_empty()) {
            let Some(place) = KINDS.iter().position(|k| *k == name.kind) else { continue };
            let written = doc.words(sentence.span_of(name.first, name.end));
            if let Some(count) = votes.entry(written).or_default().get_mut(place) {
                *count += 1;
            }
            if name.kind == SpottedKind::Organization
                && let Some(short) = before_company_word(doc, written)
            {
                companies.insert(short);
            }
        }
    }
    if votes.is_empty() {
        return;
    }
    for (sentence, names) in doc.sentences.iter().zip(all.iter_mut()) {
        for name in names.iter_mut().filter(|n| n.aliases.is_empty()) {
            let written = doc.words(sentence.span_of(name.first, name.end));
            if companies.contains(written) {
                name.kind = SpottedKind::Organization;
            } else if let Some(kind) = votes.get(written).and_then(elected) {
                name.kind = kind;
            }
        }
        unseen(doc, sentence, names, &votes);
    }
}

/// "Payless" in "Payless Cashways Inc.", whose last word tells a company.
fn before_company_word<'t>(doc: &Document<'_>, written: &'t str) -> Option<&'t str> {
    let (rest, last) = written.trim_end_matches('.').rsplit_once(' ')?;
    let last = last.to_lowercase();
    doc.codebook.mentions.company_words.contains(&last).then_some(())?;
    // All further words of the kind go too: "Ward White Group PLC".
    match rest.rsplit_once(' ') {
        Some((shorter, word)) if doc.codebook.mentions.company_words.contains(&word.to_lowercase()) => {
            Some(shorter)
        }
        _ => Some(rest),
    }
}

/// The kind with more votes than any other.
fn elected(votes: &Votes) -> Option<SpottedKind> {
    let most = *votes.iter().max()?;
    let mut first = KINDS.iter().zip(votes).filter(|(_, count)| **count == most).map(|(kind, _)| *kind);
    let kind = first.next()?;
    first.next().is_none().then_some(kind)
}

/// Proper nouns that the model passed over and that are names elsewhere in the article.
fn unseen(doc: &Document<'_>, sentence: &Sentence, names: &mut Vec<Spotted>, votes: &HashMap<&str, Votes>) {
    let mut found = Vec::new();
    for (at, word) in sentence.tokens.iter().enumerate() {
        let at = at as u32;
        if word.upos != Upos::Propn || names.iter().any(|n| n.first <= at && at < n.end) {
            continue;
        }
        // A part of a longer run of capitals is another name.
        let beside =
            |at: Option<u32>| at.and_then(|at| token(sentence, at)).is_some_and(|t| t.upos == Upos::Propn);
        if beside(at.checked_sub(1)) || beside(Some(at + 1)) {
            continue;
        }
        let kind = votes.get(word.span.of(doc.text())).and_then(elected);
        if let Some(kind @ (SpottedKind::Person | SpottedKind::Organization)) = kind {
            found.push(Spotted { first: at, end: at + 1, kind, aliases: Vec::new(), country: None });
        }
    }
    if !found.is_empty() {
        names.append(&mut found);
        names.sort_by_key(|n| n.first);
    }
}
