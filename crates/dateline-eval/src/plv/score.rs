use super::row::Row;
use crate::confusions::Confusions;
use dateline::Reading;
use dateline::reading::{EntityId, Event};
use std::collections::BTreeMap;
use std::io::Write;

/// What a reading says of a row.
#[derive(Debug)]
pub(crate) struct Verdict<'a> {
    /// The type of the event between the marked parties.
    pub(crate) answer: Option<&'a str>,
    /// Why the row is wrong.
    pub(crate) cause: Option<Cause>,
}

/// Where a wrong row went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    Names,
    Roles,
    Type,
    Pattern,
}

impl Cause {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Roles => "roles",
            Self::Type => "type",
            Self::Pattern => "pattern",
        }
    }
}

impl<'a> Verdict<'a> {
    pub(crate) fn of(row: &Row, reading: &'a Reading) -> Self {
        let joins = |event: &&Event| {
            let place = event.place.and_then(|p| reading.places.get(p.index()));
            any_over(reading, &event.actors, &row.source)
                && (any_over(reading, &event.recipients, &row.target)
                    || any_over(reading, &event.actors, &row.target)
                    || place.is_some_and(|p| p.mentions.iter().any(|m| over(m.start, m.end, &row.target))))
        };
        let answer = reading.events.iter().find(joins).map(|e| class(&e.kind));
        let cause = (answer != Some(&row.gold)).then(|| {
            let all: Vec<EntityId> = reading.entities.iter().map(|e| e.id).collect();
            let places = || reading.places.iter().flat_map(|p| &p.mentions);
            let named = |ranges: &[(u32, u32)]| {
                any_over(reading, &all, ranges) || places().any(|m| over(m.start, m.end, ranges))
            };
            match answer {
                _ if !named(&row.source) || !named(&row.target) => Cause::Names,
                Some(_) => Cause::Type,
                None if reading.events.iter().any(|e| class(&e.kind) == row.gold) => Cause::Roles,
                None => Cause::Pattern,
            }
        });
        Self { answer, cause }
    }
}

/// The rows have one class for verbal and material concessions.
fn class(kind: &str) -> &str {
    if matches!(kind, "CONCEDE" | "RETREAT") { "YIELD" } else { kind }
}

fn any_over(reading: &Reading, ids: &[EntityId], ranges: &[(u32, u32)]) -> bool {
    let mentions = ids.iter().filter_map(|id| reading.entities.get(id.index())).flat_map(|e| &e.mentions);
    mentions.into_iter().any(|m| over(m.span.start, m.span.end, ranges))
}

fn over(start: u32, end: u32, ranges: &[(u32, u32)]) -> bool {
    ranges.iter().any(|&(from, to)| start < to && from < end)
}

/// Counts over all rows.
#[derive(Debug, Default)]
pub(crate) struct Score {
    types: Confusions,
    gold: BTreeMap<String, [usize; 3]>,
    causes: BTreeMap<Cause, usize>,
    rows: usize,
}

impl Score {
    pub(crate) fn add(&mut self, gold: &str, verdict: &Verdict<'_>) {
        self.rows += 1;
        self.types.gold(gold);
        self.gold.entry(gold.to_owned()).or_default()[0] += 1;
        if let Some(answer) = verdict.answer {
            self.types.system(answer);
            self.gold.entry(answer.to_owned()).or_default()[1] += 1;
        }
        match verdict.cause {
            None => {
                self.types.right(gold);
                self.gold.entry(gold.to_owned()).or_default()[2] += 1;
            }
            Some(cause) => {
                self.types.wrong(gold, verdict.answer.unwrap_or("none"));
                *self.causes.entry(cause).or_default() += 1;
            }
        }
    }

    pub(crate) fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        self.types.table("type", out)?;
        let f1 = |[gold, system, right]: [usize; 3]| 200.0 * right as f64 / (gold + system).max(1) as f64;
        let types: Vec<[usize; 3]> = self.gold.values().copied().filter(|c| c[0] > 0).collect();
        let macro_f1 = types.iter().map(|&c| f1(c)).sum::<f64>() / types.len().max(1) as f64;
        let sum = |at: usize| self.gold.values().map(|c| c[at]).sum::<usize>();
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let causes: Vec<String> = self.causes.iter().map(|(c, n)| format!("{} {n}", c.name())).collect();
        writeln!(out, "\nwrong by cause: {}", causes.join(", "))?;
        writeln!(
            out,
            "macro F1 {macro_f1:.1}, accuracy {:.1}, covered {:.1}%, precision of covered {:.1}, rows {}",
            percent(sum(2), self.rows),
            percent(sum(1), self.rows),
            percent(sum(2), sum(1)),
            self.rows
        )
    }
}
