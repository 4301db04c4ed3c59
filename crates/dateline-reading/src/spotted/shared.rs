use super::{Spotted, SpottedKind, country_of};
use crate::document::Document;
use dateline_codebook::Code;
use std::collections::BTreeMap;

/// How much less than the most named country one may be named for its party to be meant.
const NAMED: u32 = 4;

/// "the Christian Democrats": many countries have a party of that name, and only one of a country that the report names is
/// meant. Others stay organisations that nobody knows.
pub(super) fn unlink(doc: &Document<'_>, all: &mut [Vec<Spotted>]) {
    let mut counts: BTreeMap<Code, u32> = BTreeMap::new();
    let mut shared = Vec::new();
    for (index, names) in all.iter().enumerate() {
        for (at, name) in names.iter().enumerate() {
            if is_shared(doc, index, name) {
                shared.push((index, at));
            } else if let Some(code) = country_of(doc, name) {
                *counts.entry(code).or_default() += 1;
            }
        }
    }
    let Some(&top) = counts.values().max() else { return };
    for (index, at) in shared {
        let Some(name) = all.get_mut(index).and_then(|names| names.get_mut(at)) else { continue };
        name.aliases.retain(|alias| {
            let country = doc.codebook.actors.get(alias.actor).and_then(|actor| actor.country);
            country.is_none_or(|code| counts.get(&code).is_some_and(|count| count * NAMED >= top))
        });
    }
}

fn is_shared(doc: &Document<'_>, index: usize, name: &Spotted) -> bool {
    let written = doc.sentences.get(index).map_or("", |s| doc.words(s.span_of(name.first, name.end)));
    name.kind == SpottedKind::Organization
        && !name.aliases.is_empty()
        && doc.codebook.mentions.shared_names.contains(written.to_lowercase().as_str())
}
