use super::{Spotted, SpottedKind};
use crate::document::Document;
use dateline_codebook::{Actor, ActorId, CivilDate, Term};
use std::collections::BTreeSet;

/// Of so many people named the terms must agree for the day of a report that has no date to be told by them.
const ENOUGH: usize = 2;

/// Years that a report may be of.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// The day of a report: its date, or else one when most of the office holders whom it names were in office.
pub(crate) fn day(doc: &Document<'_>, names: &[Vec<Spotted>]) -> Option<CivilDate> {
    match doc.published() {
        Some(date) => Some(CivilDate(date.year(), date.month(), date.day())),
        None => in_office_together(doc, names),
    }
}

/// "President Bush": of several office holders of one name the one in office on the day of the report is meant, else whoever
/// left office last before it.
pub(super) fn settle(doc: &Document<'_>, all: &mut [Vec<Spotted>]) {
    let several = |name: &Spotted| name.kind == SpottedKind::Person && name.aliases.len() > 1;
    if !all.iter().flatten().any(several) {
        return;
    }
    let Some(day) = day(doc, all).or_else(|| last_year(doc)) else { return };
    let actors = &doc.codebook.actors;
    for name in all.iter_mut().flatten().filter(|name| several(name)) {
        let holds = |id: ActorId| actors.get(id).is_some_and(|a| holds(a, day));
        let left = |id: ActorId| {
            let ends = actors.get(id).into_iter().flat_map(|a| &a.terms).filter_map(|t| t.to);
            ends.filter(|to| *to < day).max()
        };
        let meant = name.aliases.iter().find(|a| holds(a.actor));
        let last = || name.aliases.iter().filter(|a| left(a.actor).is_some()).max_by_key(|a| left(a.actor));
        if let Some(alias) = meant.or_else(last).copied() {
            name.aliases = vec![alias];
        }
    }
}

fn holds(actor: &Actor, day: CivilDate) -> bool {
    actor.terms.iter().any(|term| term.covers(day))
}

/// The last day on which a term began and most of those named were in office.
fn in_office_together(doc: &Document<'_>, names: &[Vec<Spotted>]) -> Option<CivilDate> {
    let named: BTreeSet<Vec<ActorId>> = names
        .iter()
        .flatten()
        .filter(|name| name.kind == SpottedKind::Person && !name.aliases.is_empty())
        .map(|name| name.aliases.iter().map(|alias| alias.actor).collect())
        .collect();
    let actors = &doc.codebook.actors;
    let terms = |ids: &Vec<ActorId>| -> Vec<&Term> {
        ids.iter().filter_map(|id| actors.get(*id)).flat_map(|actor| &actor.terms).collect()
    };
    let people: Vec<Vec<&Term>> = named.iter().map(terms).filter(|terms| !terms.is_empty()).collect();
    let begun = people.iter().flatten().filter_map(|term| term.from);
    let count = |day: CivilDate| people.iter().filter(|terms| terms.iter().any(|t| t.covers(day))).count();
    let (most, day) = begun.map(|day| (count(day), day)).max()?;
    (most >= ENOUGH).then_some(day)
}

/// The latest year that the text names.
fn last_year(doc: &Document<'_>) -> Option<CivilDate> {
    let words = doc.sentences.iter().flat_map(|s| &s.tokens).map(|t| t.span.of(doc.text()));
    let years = words.filter(|word| word.len() == 4).filter_map(|word| word.parse().ok());
    years.filter(|year| YEARS.contains(year)).max().map(|year| CivilDate(year, 6, 0))
}
