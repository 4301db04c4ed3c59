mod gold;
mod score;

use anyhow::{Context, Result};
use clap::Args;
use dateline::syntax::Engine;
use dateline::{Article, Block, BlockKind, Codebook};
use gold::Attribution;
use score::{Score, Statement};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Scores quotes and their speakers.
///
/// A statement (a quote, with those that go on from it) is found when it and a gold content share at least half of the
/// characters that either has; each counts once. Its speaker is right when the speaker's head word lies in the gold
/// source. Speakers are counted among the found that have a gold source, and among all gold attributions that have one.
/// What one reports in the words of another (`within`) is not scored, as the gold marks none of it; it is counted apart.
#[derive(Debug, Args)]
pub(crate) struct Quotes {
    /// JSON Lines with `text` and `attributions` of `source`, `cue` and `content`, each a list of ranges; gzipped or not.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// A model file; the one in the program without it.
    #[arg(long)]
    model: Option<PathBuf>,
    /// A codebook in a folder; the one in the program without it.
    #[arg(long)]
    codebook: Option<PathBuf>,
    /// Take every n-th document only.
    #[arg(long, default_value_t = 1, value_name = "N")]
    every: usize,
    /// List what is missed and what is found in vain, each with its cause.
    #[arg(long)]
    errors: bool,
    /// List the words of the cues, each with how often it is found and how often that is right.
    #[arg(long)]
    cues: bool,
}

impl Quotes {
    /// Reads every document and prints one line a kind of quote.
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<()> {
        let engine = crate::engine(self.model.as_deref())?;
        let codebook = crate::codebook(self.codebook.as_deref())?;
        for file in &self.files {
            let score = score(file, self.every.max(1), &engine, &codebook)?;
            score.print(out, &file.file_stem().unwrap_or_default().to_string_lossy())?;
            if self.cues {
                score.print_cues(out)?;
            }
            if self.errors {
                score.print_errors(out)?;
            }
        }
        Ok(())
    }
}

/// The score of a file's documents.
fn score(file: &Path, every: usize, engine: &dyn Engine, codebook: &Codebook) -> Result<Score> {
    let mut score = Score::default();
    let documents = gold::documents(file).with_context(|| file.display().to_string())?;
    for document in documents.into_iter().step_by(every) {
        let article = article(document.text);
        let blocks: Vec<_> = article.blocks.iter().map(|b| b.span).collect();
        let sentences = engine.analyse(&article.text, &blocks);
        let found = dateline_reading::read_quotes(&article, &sentences, codebook);
        score.add(&article.text, &Statement::of(&found), &document.attributions);
    }
    Ok(score)
}

fn article(text: String) -> Article {
    let block = |span| Block { kind: BlockKind::Paragraph, span };
    let blocks = crate::paragraphs::paragraphs(&text).into_iter().map(block).collect();
    Article { text, blocks, ..Article::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sixth of the development documents must score as they did, less two points: among some 400 contents so many come and
    /// go when a tagger changes a little.
    #[test]
    fn quotes_do_not_get_worse() {
        let Some(file) = crate::shared::data("quotes/polnear-dev.jsonl") else { return };
        let engine = crate::engine(None).unwrap();
        let codebook = crate::codebook(None).unwrap();
        let score = score(&file, 6, &engine, &codebook).unwrap();
        assert!(score.f1() >= GATE_F1, "content F1 {:.1}", score.f1());
        assert!(
            score.speakers_of_direct() >= 88.0,
            "speakers of direct quotes {:.1}",
            score.speakers_of_direct()
        );
    }

    const GATE_F1: f64 = 71.5;
}
