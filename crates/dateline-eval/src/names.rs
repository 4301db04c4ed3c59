use crate::confusions::Confusions;
use crate::engine::EngineChoice;
use crate::parallel;
use crate::recast::Recast;
use crate::tally::Tally;
use anyhow::{Context, Result};
use clap::Args;
use dateline_syntax::{Engine, NameKind};
use dateline_text::Span;
use std::path::PathBuf;
use std::time::Instant;

/// Scores names against a file of words with BIO labels: exact spans and kinds, on the file's own words.
///
/// Three kinds are scored: persons (PER, Person), organisations (ORG, Organization) and places (LOC, Location,
/// Facility). Gold names of other kinds (nationalities, works, dates, sums) need not be found, and what the engine
/// calls a name of another kind is left out of the count; but a person, organisation or place that the engine finds
/// where the gold has another kind, or none, is one too many.
#[derive(Debug, Args)]
pub(crate) struct Names {
    /// Words and labels, one a line, in the columns of Universal NER (`number word label …`), of CoNLL with spaces (`word …
    /// label`), or with tabs (`word label …`, where names within names stand in further columns and do not count).
    #[arg(long)]
    gold: PathBuf,
    #[command(flatten)]
    engine: EngineChoice,
    #[command(flatten)]
    recast: Recast,
    /// Print for each kind how often it is right and what stands in its place.
    #[arg(long)]
    labels: bool,
}

const KINDS: [&str; 3] = ["PER", "ORG", "LOC"];

/// One sentence.
#[derive(Debug, Default, PartialEq)]
struct Labelled {
    words: Vec<String>,
    labels: Vec<String>,
}

/// A name: first word, one past the last, kind.
type Name = (usize, usize, String);

impl Names {
    pub(crate) fn run(&self, out: &mut impl std::io::Write) -> Result<()> {
        let engine = self.engine.open()?;
        let content = std::fs::read_to_string(&self.gold)
            .with_context(|| format!("cannot read {}", self.gold.display()))?;
        let mut sentences = sentences(&content);
        sentences.iter_mut().for_each(|s| self.recast.words(&mut s.words));
        let began = Instant::now();
        let found = parallel::map(&sentences, self.engine.jobs, |s| analyse(&*engine, &s.words));
        let seconds = began.elapsed().as_secs_f64();

        let mut tallies = [Tally::default(); 4];
        let mut confusions = Confusions::default();
        for (sentence, system) in sentences.iter().zip(&found) {
            let gold = spans(&sentence.labels);
            for (tally, kind) in tallies.iter_mut().zip(KINDS.into_iter().chain(["all"])) {
                let of = |n: &&Name| kind == n.2 || kind == "all" && is_scored(n);
                tally.gold += gold.iter().filter(of).count();
                tally.system += system.iter().filter(of).count();
                tally.right += system.iter().filter(of).filter(|n| gold.contains(n)).count();
            }
            confuse(&gold, system, &mut confusions);
        }
        writeln!(out, "{} on gold words, {}", self.gold.display(), engine.id())?;
        for (tally, kind) in tallies.iter().zip(KINDS.into_iter().chain(["all"])) {
            writeln!(
                out,
                "{kind:>5} F1 {:6.2}  precision {:6.2}  recall {:6.2}  ({} names)",
                tally.f1(),
                tally.precision(),
                tally.recall(),
                tally.gold
            )?;
        }
        let words: usize = sentences.iter().map(|s| s.words.len()).sum();
        writeln!(out, "words {:.0} a second, {} threads", words as f64 / seconds, self.engine.jobs)?;
        if self.labels {
            confusions.table("kind", out)?;
        }
        Ok(())
    }
}

fn analyse(engine: &dyn Engine, words: &[String]) -> Vec<Name> {
    let (mut text, mut places) = (String::new(), Vec::new());
    for word in words {
        places.push(Span::new(text.len(), text.len() + word.len()));
        text.push_str(word);
        text.push(' ');
    }
    let names = engine.analyse_words(&text, &places).names;
    names.iter().map(|n| (n.first as usize, n.end as usize, label(n.kind).to_owned())).collect()
}

fn label(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "PER",
        NameKind::Organization => "ORG",
        NameKind::Place => "LOC",
        NameKind::Other => "MISC",
    }
}

/// The kind that a label of any of the sets stands for; those that are not scored keep their names.
fn kind(label: &str) -> &str {
    match label {
        "Person" => "PER",
        "Organization" => "ORG",
        "Location" | "Facility" => "LOC",
        label => label,
    }
}

fn is_scored(name: &Name) -> bool {
    KINDS.contains(&name.2.as_str())
}

/// Counts for each gold name what the engine made of it, and for each extra name what it covers.
fn confuse(gold: &[Name], system: &[Name], confusions: &mut Confusions) {
    let overlaps = |a: &Name, b: &Name| a.0 < b.1 && b.0 < a.1;
    for name in gold.iter().filter(|n| is_scored(n)) {
        confusions.gold(&name.2);
        match system.iter().find(|s| overlaps(s, name)) {
            _ if system.contains(name) => confusions.right(&name.2),
            Some(s) if (s.0, s.1) == (name.0, name.1) => confusions.wrong(&name.2, &s.2),
            Some(s) if s.2 == name.2 => confusions.wrong(&name.2, "other bounds"),
            Some(s) => confusions.wrong(&name.2, &format!("{} in other bounds", s.2)),
            None => confusions.wrong(&name.2, "nothing"),
        }
    }
    for name in system.iter().filter(|n| is_scored(n)) {
        confusions.system(&name.2);
        match gold.iter().find(|g| overlaps(g, name)) {
            None => confusions.wrong("(no name)", &name.2),
            Some(g) if !is_scored(g) => confusions.wrong(&format!("({})", g.2), &name.2),
            Some(_) => {}
        }
    }
}

fn sentences(content: &str) -> Vec<Labelled> {
    let (mut all, mut open) = (Vec::new(), Labelled::default());
    for line in content.lines().chain([""]) {
        if line.trim().is_empty() {
            if !open.words.is_empty() {
                all.push(std::mem::take(&mut open));
            }
        } else if !line.starts_with("# ") && !line.starts_with("-DOCSTART-") {
            let separator = if line.contains('\t') { '\t' } else { ' ' };
            let cells: Vec<&str> = line.split(separator).collect();
            let (word, label) = match cells[..] {
                [number, word, label, _, ..] if number.parse::<usize>().is_ok() => (word, label),
                // Names within names stand in further columns: the outermost counts.
                [word, label, ..] if separator == '\t' => (word, label),
                [word, .., label] => (word, label),
                _ => continue,
            };
            open.words.push(word.to_owned());
            open.labels.push(label.to_owned());
        }
    }
    all
}

/// The names that a sentence's labels tell. An `I-` that continues nothing begins a name.
fn spans(labels: &[String]) -> Vec<Name> {
    let mut spans: Vec<Name> = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        let Some((place, label)) = label.split_once('-') else { continue };
        match (place, spans.last_mut()) {
            ("I", Some(last)) if last.1 == i && last.2 == kind(label) => last.1 = i + 1,
            ("I" | "B", _) => spans.push((i, i + 1, kind(label).to_owned())),
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_all_layouts() {
        let a = sentences("# sent_id = 1\n1\tIn\tO\t-\t-\n2\tNew\tB-LOC\t-\t-\n3\tYork\tI-LOC\t-\t-\n");
        let b = sentences("In O\nNew B-LOC\nYork I-LOC\n\n");
        assert_eq!(a, b);
        let c = sentences("-DOCSTART- a.tsv\n\n2\tO\nNew\tB-Facility\nYork\tI-Facility\tB-Location\n");
        assert_eq!(spans(&a[0].labels), [(1, 3, "LOC".to_owned())]);
        assert_eq!(spans(&c[0].labels), [(1, 3, "LOC".to_owned())]);
        assert_eq!(c[0].words[0], "2");
    }

    #[test]
    fn other_kinds_are_not_scored_but_tell_what_was_mistaken() {
        let name = |first, end, kind: &str| (first, end, kind.to_owned());
        let gold = [name(0, 1, "NORP"), name(2, 4, "PER"), name(5, 6, "ORG")];
        let system = [name(0, 1, "LOC"), name(2, 4, "PER"), name(5, 7, "LOC")];
        let mut confusions = Confusions::default();
        confuse(&gold, &system, &mut confusions);
        let mut out = Vec::new();
        confusions.table("kind", &mut out).unwrap();
        let table = String::from_utf8(out).unwrap();
        assert!(table.contains("(NORP)") && table.contains("LOC in other bounds 1"), "{table}");
        assert!(table.contains("PER      1      1     100.00 100.00 100.00"), "{table}");
    }
}
