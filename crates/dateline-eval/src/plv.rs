mod row;
mod score;

use crate::engine::EngineChoice;
use anyhow::{Context, Result};
use clap::Args;
use dateline::{Dateline, Explanation};
use score::{Score, Verdict};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// Scores the types of events between marked parties.
///
/// A row is a sentence with a marked source, a marked target and the type of what the one does to the other. An event
/// counts for a row when an actor is mentioned over the source and over the target a recipient, another actor (of what
/// several do together) or the place. The row's answer is the type of the first such event. Precision, recall and F1
/// are of the answers by type; macro F1 is the mean over the gold types; a row without an answer is wrong. CONCEDE and
/// RETREAT count as YIELD, the class that the rows have for both.
///
/// Each wrong row has a cause: "unmarked" where the row marks no target, "names" where nobody is mentioned over the source
/// or the target, "type" where the parties have an event of another type only, "roles" where an event of the right type
/// has other parties, "unfilled" where a pattern of the right type fits but for a role that nobody fills, "shape" where
/// patterns of the right type know a predicate of the sentence and none fits, "predicate" where none knows any.
#[derive(Debug, Args)]
pub(crate) struct Plv {
    /// Tab-separated rows with the columns `marked_sentence` and `gold_root`.
    file: PathBuf,
    /// Prints every wrong row with its cause and answer.
    #[arg(long)]
    errors: bool,
    /// Only the rows of one half (0 or 1) of the sentences, split by a hash: look at the errors of one, measure on both.
    #[arg(long, value_parser = clap::value_parser!(u64).range(0..2))]
    half: Option<u64>,
    /// A folder with a codebook instead of the one in the program.
    #[arg(long)]
    codebook: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineChoice,
}

impl Plv {
    /// Reads every sentence once and prints a line a type.
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<()> {
        let table = std::fs::read_to_string(&self.file).with_context(|| self.file.display().to_string())?;
        let mut rows = row::rows(&table)?;
        rows.retain(|row| self.half.is_none_or(|half| row.half() == half));
        let dateline = Dateline::with(self.engine.open()?, crate::codebook(self.codebook.as_deref())?);
        let texts: Vec<&str> = rows
            .iter()
            .map(|r| r.text.as_str())
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        let read = crate::parallel::map(&texts, self.engine.jobs, |text| dateline.explain(text));
        let readings: BTreeMap<&str, Explanation> = texts.into_iter().zip(read).collect();
        let mut score = Score::default();
        for row in &rows {
            let Some(reading) = readings.get(row.text.as_str()) else { continue };
            let verdict = Verdict::of(row, reading, dateline.codebook());
            if self.errors && verdict.cause.is_some() {
                let cause = verdict.cause.map_or("", |c| c.name());
                writeln!(
                    out,
                    "{:10} {:10} {cause:9} {}",
                    row.gold,
                    verdict.answer.unwrap_or("-"),
                    row.marked
                )?;
            }
            score.add(&row.gold, &verdict);
        }
        Ok(score.print(out)?)
    }
}
