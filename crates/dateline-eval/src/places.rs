//! Places: toponyms found, and how far from the truth they are put.

mod countries;
mod gold;
mod score;

use crate::engine::EngineChoice;
use crate::parallel;
use anyhow::{Context, Result};
use clap::Args;
use countries::Countries;
use dateline::{Article, Block, BlockKind, Dateline, Span, Timestamp};
use gold::Document;
use score::Score;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Scores toponyms: whether they are found, and how far from the gold coordinates they are put.
///
/// Every file gives three lines. "names" is the headline: every name of a place counts, also where it stands for a
/// government or only says which ("Kyiv said", "the Lima talks"), because the corpora count those; what the gold has for
/// adjectives and nationalities ("Russian") is neither asked for nor counted against. "located" takes only what the
/// reading says that something can happen at. "all gold" asks for the gold's nationalities too, and takes them from the
/// reading's countries.
#[derive(Debug, Args)]
pub(crate) struct Places {
    /// JSON Lines with `text`, `published` and `toponyms` of `start`, `end`, `phrase`, `lat`, `lon` and `geonameid`.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Prints every toponym that is missed, one too many or far off, with the cause.
    #[arg(long)]
    errors: bool,
    #[command(flatten)]
    engine: EngineChoice,
}

impl Places {
    /// Reads every document and prints three lines a file.
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<()> {
        let dateline = Dateline::with(self.engine.open()?, dateline::Codebook::standard()?);
        let scored: Vec<(String, Score)> = self
            .files
            .iter()
            .map(|file| Ok((stem(file), self.score(&dateline, file, out)?)))
            .collect::<Result<_>>()?;
        writeln!(
            out,
            "{:<20} {:>5} {:>5} {:>6} {:>6} {:>6} {:>8} | {:>5} {:>7} {:>7} {:>8} {:>8}",
            "", "gold", "found", "P", "R", "F1", "overlap", "of", "<161 km", "median", "country", "same id"
        )?;
        for (name, score) in &scored {
            score.print(name, out)?;
        }
        Ok(())
    }

    fn score(&self, dateline: &Dateline, file: &Path, out: &mut impl Write) -> Result<Score> {
        let lines = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let documents: Vec<Document> =
            lines.lines().filter(|l| !l.trim().is_empty()).map(Document::parse).collect::<Result<_>>()?;
        let readings = parallel::map(&documents, self.engine.jobs, |d| dateline.read(&article(d)));
        let countries = Countries::of(&dateline.codebook().gazetteer);
        let mut score = Score::default();
        for (document, reading) in documents.iter().zip(&readings) {
            let errors = self.errors.then_some(&mut *out as &mut dyn Write);
            score.add(document, reading, dateline.codebook(), &countries, errors)?;
        }
        Ok(score)
    }
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn article(document: &Document) -> Article {
    let published = document.published.as_deref().and_then(Timestamp::parse);
    Article { text: document.text.clone(), blocks: lines(&document.text), published, ..Article::default() }
}

/// These corpora put a paragraph on a line.
fn lines(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        if !body.is_empty() {
            let span = Span::new(start, start + body.len());
            blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
        at += line.len();
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sixth document of both sets, so that a change which breaks places shows; the figures proper are those of
    /// `dateline-eval places`. The floors lie two points under what is measured: one namesake that changes sides takes all of
    /// its mentions in a document with it.
    #[test]
    fn places_are_found_and_put_where_they_are() {
        let Some(folder) = crate::shared::data("places") else { return };
        let dateline = Dateline::new().unwrap();
        let countries = Countries::of(&dateline.codebook().gazetteer);
        for (name, least_f1, least_near) in [("tr-news", 86.7, 93.0), ("geovirus", 89.9, 77.7)] {
            let lines = std::fs::read_to_string(folder.join(name).with_extension("jsonl")).unwrap();
            let mut score = Score::default();
            for line in lines.lines().step_by(6) {
                let document = Document::parse(line).unwrap();
                let reading = dateline.read(&article(&document));
                score.add(&document, &reading, dateline.codebook(), &countries, None).unwrap();
            }
            let (f1, near) = score.headline();
            assert!(f1 >= least_f1 && near >= least_near, "{name}: F1 {f1:.1}, {near:.1}% within 161 km");
        }
    }

    #[test]
    fn a_paragraph_is_a_line() {
        let text = "One.\n\n  Two é.\nThree";
        let found: Vec<&str> = lines(text).iter().map(|b| b.span.of(text)).collect();
        assert_eq!(found, ["One.", "Two é.", "Three"]);
    }
}
