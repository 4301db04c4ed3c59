use super::row::Row;
use crate::confusions::Confusions;
use dateline::reading::{EntityId, Event};
use dateline::{Codebook, Explanation, Reading};
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

/// Where a wrong row went wrong, in the order in which causes are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    Unmarked,
    Names,
    Type,
    Roles,
    Unfilled,
    Shape,
    Predicate,
}

impl Cause {
    const ALL: [Self; 7] =
        [Self::Unmarked, Self::Names, Self::Type, Self::Roles, Self::Unfilled, Self::Shape, Self::Predicate];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unmarked => "unmarked",
            Self::Names => "names",
            Self::Type => "type",
            Self::Roles => "roles",
            Self::Unfilled => "unfilled",
            Self::Shape => "shape",
            Self::Predicate => "predicate",
        }
    }
}

impl<'a> Verdict<'a> {
    pub(crate) fn of(row: &Row, explained: &'a Explanation, codebook: &Codebook) -> Self {
        let reading = &explained.reading;
        let joins = |event: &&Event| {
            let place = event.place.and_then(|p| reading.places.get(p.index()));
            any_over(reading, &event.actors, &row.source)
                && (any_over(reading, &event.recipients, &row.target)
                    || any_over(reading, &event.actors, &row.target)
                    || place.is_some_and(|p| p.mentions.iter().any(|m| over(m.start, m.end, &row.target))))
        };
        let answer = reading.events.iter().find(joins).map(|e| class(&e.kind));
        let cause = (answer != Some(&row.gold)).then(|| cause(row, answer, explained, codebook));
        Self { answer, cause }
    }
}

fn cause(row: &Row, answer: Option<&str>, explained: &Explanation, codebook: &Codebook) -> Cause {
    let reading = &explained.reading;
    let all: Vec<EntityId> = reading.entities.iter().map(|e| e.id).collect();
    let places = || reading.places.iter().flat_map(|p| &p.mentions);
    let named = |ranges: &[(u32, u32)]| {
        any_over(reading, &all, ranges) || places().any(|m| over(m.start, m.end, ranges))
    };
    // Patterns of the right type that a predicate of the sentence called for, and what became of them.
    let is_gold = |id: &str| {
        let pattern = codebook.patterns.list().iter().find(|p| p.id == id);
        pattern.is_some_and(|p| class(&codebook.ontology.get(p.event).name) == row.gold)
    };
    let tried: Vec<&str> = (explained.sentences.iter().flat_map(|s| &s.verdicts))
        .filter(|v| is_gold(&v.pattern))
        .map(|v| v.reason.as_str())
        .collect();
    if row.source.is_empty() || row.target.is_empty() {
        Cause::Unmarked
    } else if !named(&row.source) || !named(&row.target) {
        Cause::Names
    } else if answer.is_some() {
        Cause::Type
    } else if reading.events.iter().any(|e| class(&e.kind) == row.gold) {
        Cause::Roles
    } else if tried.iter().any(|reason| reason.contains("nobody is known")) {
        Cause::Unfilled
    } else if !tried.is_empty() {
        Cause::Shape
    } else {
        Cause::Predicate
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
    causes: BTreeMap<String, BTreeMap<Cause, usize>>,
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
                *self.causes.entry(gold.to_owned()).or_default().entry(cause).or_default() += 1;
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
        self.print_causes(out)?;
        writeln!(
            out,
            "\nmacro F1 {macro_f1:.1}, accuracy {:.1}, covered {:.1}%, precision of covered {:.1}, rows {}",
            percent(sum(2), self.rows),
            percent(sum(1), self.rows),
            percent(sum(2), sum(1)),
            self.rows
        )
    }

    /// Wrong rows by type and cause, the types with most of them first.
    fn print_causes(&self, out: &mut impl Write) -> std::io::Result<()> {
        write!(out, "\n{:>12}  wrong", "cause")?;
        for cause in Cause::ALL {
            write!(out, " {:>9}", cause.name())?;
        }
        writeln!(out)?;
        let mut all: BTreeMap<Cause, usize> = BTreeMap::new();
        let mut rows: Vec<(&str, &BTreeMap<Cause, usize>)> =
            self.causes.iter().map(|(gold, causes)| (gold.as_str(), causes)).collect();
        rows.sort_by_key(|(_, causes)| std::cmp::Reverse(causes.values().sum::<usize>()));
        for (_, causes) in &rows {
            for (&cause, count) in *causes {
                *all.entry(cause).or_default() += count;
            }
        }
        for (gold, causes) in rows.into_iter().chain([("all", &all)]) {
            write!(out, "{gold:>12} {:6}", causes.values().sum::<usize>())?;
            for cause in Cause::ALL {
                write!(out, " {:9}", causes.get(&cause).copied().unwrap_or(0))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}
