mod score;
mod triple;

use crate::engine::EngineChoice;
use anyhow::{Context, Result};
use clap::Args;
use dateline::article::Timestamp;
use dateline::{Article, Block, BlockKind, Dateline, Span};
use score::Score;
use std::io::Write;
use std::path::PathBuf;
use triple::{Record, coded};

/// Scores coded events as PETRARCH's validation records have them: source, target and code.
///
/// A record is a sentence with a date and its events. Scored are those that are active and of the kinds `events` and
/// `noevents`. An event of ours gives a triple for each pair of an actor and a recipient; one of several actors and no
/// recipient a triple each way for each pair. A triple is right when a gold one of the record is the same; each counts
/// once. `---` stands for somebody without a code.
///
/// Five levels are scored: whole codes; the root of the event's code; its class, where CAMEO 18 to 20 are ASSAULT and both
/// kinds of yielding are one; the class between the first three letters of the actors' codes; and class alone.
#[derive(Debug, Args)]
pub(crate) struct Petrarch {
    /// JSON Lines with `id`, `date`, `text`, `events`, `kind` and `active`.
    #[arg(long)]
    gold: PathBuf,
    /// A folder with an imported codebook instead of the one in the program.
    #[arg(long)]
    codebook: Option<PathBuf>,
    /// Prints every record that is not right, with what is missing and what is too much.
    #[arg(long)]
    errors: bool,
    #[command(flatten)]
    engine: EngineChoice,
}

impl Petrarch {
    /// Reads every record's sentence and prints a line a level.
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<()> {
        let text = std::fs::read_to_string(&self.gold).with_context(|| self.gold.display().to_string())?;
        let records = text.lines().map(Record::parse).collect::<Result<Vec<_>>>()?;
        let records: Vec<Record> = records.into_iter().flatten().collect();
        let dateline = Dateline::with(self.engine.open()?, crate::codebook(self.codebook.as_deref())?);
        let readings =
            crate::parallel::map(&records, self.engine.jobs, |record| dateline.read(&article(record)));
        let mut score = Score::default();
        for (record, reading) in records.iter().zip(&readings) {
            let found = coded(reading);
            if self.errors && found.keys().ne(record.gold.iter()) {
                writeln!(out, "{} {}", record.id, record.text)?;
                for gold in record.gold.iter().filter(|gold| !found.iter().any(|(t, _)| t == *gold)) {
                    writeln!(out, "    - {gold}")?;
                }
                for (triple, rule) in found.iter().filter(|(t, _)| !record.gold.contains(t)) {
                    writeln!(out, "    + {triple}  {rule}")?;
                }
            }
            score.add(&record.gold, &found.into_keys().collect());
        }
        Ok(score.print(out)?)
    }
}

fn article(record: &Record) -> Article {
    let text = record.text.clone();
    let span = Span::new(0, text.len());
    let blocks = vec![Block { kind: BlockKind::Paragraph, span }];
    Article { text, blocks, published: Timestamp::parse(&record.date), ..Article::default() }
}
