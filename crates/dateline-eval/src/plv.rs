mod row;
mod score;

use crate::engine::EngineChoice;
use anyhow::{Context, Result};
use clap::Args;
use dateline::{Article, Block, BlockKind, Dateline, Reading, Span};
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
/// Each wrong row has a cause: "names" where nobody is mentioned over the source or the target, "roles" where an event
/// of the right type has other parties, "type" where the parties have an event of another type only, "pattern" where
/// no event of the right type is read in the sentence.
#[derive(Debug, Args)]
pub(crate) struct Plv {
    /// Tab-separated rows with the columns `marked_sentence` and `gold_root`.
    file: PathBuf,
    /// Prints every wrong row with its cause and answer.
    #[arg(long)]
    errors: bool,
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
        let rows = row::rows(&table)?;
        let dateline = Dateline::with(self.engine.open()?, crate::codebook(self.codebook.as_deref())?);
        let texts: Vec<&str> = rows
            .iter()
            .map(|r| r.text.as_str())
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        let read = crate::parallel::map(&texts, self.engine.jobs, |text| dateline.read(&article(text)));
        let readings: BTreeMap<&str, Reading> = texts.into_iter().zip(read).collect();
        let mut score = Score::default();
        for row in &rows {
            let Some(reading) = readings.get(row.text.as_str()) else { continue };
            let verdict = Verdict::of(row, reading);
            if self.errors && verdict.cause.is_some() {
                let cause = verdict.cause.map_or("", |c| c.name());
                writeln!(
                    out,
                    "{:10} {:10} {cause:8} {}",
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

fn article(text: &str) -> Article {
    let span = Span::new(0, text.len());
    let blocks = vec![Block { kind: BlockKind::Paragraph, span }];
    Article { text: text.to_owned(), blocks, ..Article::default() }
}
