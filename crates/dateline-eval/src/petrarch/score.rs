use super::triple::Triple;
use std::collections::BTreeSet;
use std::io::Write;

/// Counts at every level.
#[derive(Debug, Default)]
pub(crate) struct Score {
    records: usize,
    right_records: usize,
    levels: [Counts; 5],
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    gold: usize,
    system: usize,
    right: usize,
}

/// A triple as a level sees it.
type Level = fn(&Triple) -> String;

const LEVELS: [(&str, Level); 5] = [
    ("source, target, code", |t| t.to_string()),
    ("source, target, root", |t| format!("{} {} {}", t.source, t.target, root(&t.code))),
    ("source, target, class", |t| format!("{} {} {}", t.source, t.target, class(&t.code))),
    ("countries, class", |t| format!("{} {} {}", country(&t.source), country(&t.target), class(&t.code))),
    ("class", |t| class(&t.code).to_owned()),
];

impl Score {
    pub(crate) fn add(&mut self, gold: &BTreeSet<Triple>, system: &BTreeSet<Triple>) {
        self.records += 1;
        self.right_records += usize::from(gold == system);
        for (counts, (_, level)) in self.levels.iter_mut().zip(LEVELS) {
            let of = |triples: &BTreeSet<Triple>| triples.iter().map(level).collect::<BTreeSet<_>>();
            let (gold, system) = (of(gold), of(system));
            counts.gold += gold.len();
            counts.system += system.len();
            counts.right += gold.intersection(&system).count();
        }
    }

    pub(crate) fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        writeln!(
            out,
            "{:22} {:>5} {:>6} {:>9} {:>6} {:>6}",
            "", "gold", "system", "precision", "recall", "F1"
        )?;
        for (counts, (name, _)) in self.levels.iter().zip(LEVELS) {
            let percent = |whole: usize| 100.0 * counts.right as f64 / whole.max(1) as f64;
            writeln!(
                out,
                "{name:22} {:>5} {:>6} {:>9.1} {:>6.1} {:>6.1}",
                counts.gold,
                counts.system,
                percent(counts.system),
                percent(counts.gold),
                200.0 * counts.right as f64 / (counts.gold + counts.system).max(1) as f64
            )?;
        }
        writeln!(
            out,
            "{} records, {} with all of their events and no others",
            self.records, self.right_records
        )
    }
}

fn root(code: &str) -> &str {
    code.get(..2).unwrap_or(code)
}

fn country(code: &str) -> &str {
    code.get(..3).unwrap_or(code)
}

/// PLOVER's class of a CAMEO code; the root itself where CAMEO has no such root.
fn class(code: &str) -> &str {
    match root(code) {
        "01" => "STATEMENT",
        "02" | "10" => "REQUEST",
        "03" => "AGREE",
        "04" => "CONSULT",
        "05" => "SUPPORT",
        "06" => "COOPERATE",
        "07" => "AID",
        "08" => "YIELD",
        "09" | "11" => "ACCUSE",
        "12" => "REJECT",
        "13" => "THREATEN",
        "14" => "PROTEST",
        "15" => "MOBILIZE",
        "16" => "SANCTION",
        "17" => "COERCE",
        "18" | "19" | "20" => "ASSAULT",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn triples(all: &[(&str, &str, &str)]) -> BTreeSet<Triple> {
        let triple = |(source, target, code): &(&str, &str, &str)| Triple {
            source: (*source).into(),
            target: (*target).into(),
            code: (*code).into(),
        };
        all.iter().map(triple).collect()
    }

    #[test]
    fn each_level_forgives_more() {
        let mut score = Score::default();
        score.add(&triples(&[("ARUGOV", "BEO", "190")]), &triples(&[("ARUMIL", "BEO", "183")]));
        let right: Vec<usize> = score.levels.iter().map(|c| c.right).collect();
        assert_eq!(right, [0, 0, 0, 1, 1]);
    }
}
