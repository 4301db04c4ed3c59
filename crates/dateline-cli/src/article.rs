use crate::inputs::{Failure, Inputs};
use crate::join::Joiner;
use crate::read::Format;
use crate::{output, terminal};
use clap::{Args, ValueEnum};
use dateline::Article;
use dateline::reading::{ArticleRecord, BlockRecord};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Print the articles alone, as they are before they are read: headline, facts, text
#[derive(Args)]
pub(crate) struct ArticleCommand {
    /// Files and folders; `-` or none: standard input
    #[arg(value_name = "FILE")]
    paths: Vec<PathBuf>,

    /// What to print
    #[arg(short, long, value_enum, default_value_t = ArticleFormat::Text)]
    format: ArticleFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ArticleFormat {
    /// Facts, a blank line, and the text
    Text,
    /// Article and blocks; an array where there are several
    Json,
    /// Article and blocks, one line an article
    Jsonl,
}

#[derive(serde::Serialize)]
struct Record {
    article: ArticleRecord,
    blocks: Vec<BlockRecord>,
}

impl ArticleCommand {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let layout = match self.format {
            ArticleFormat::Text => Format::Card,
            ArticleFormat::Json => Format::Json,
            ArticleFormat::Jsonl => Format::Jsonl,
        };
        let mut joiner = Joiner::new(layout, output::open(None)?)?;
        let mut failed = false;
        for article in Inputs::new(&self.paths, Arc::new(AtomicU64::new(0))) {
            match article {
                Ok(article) => joiner.add(self.render(&article)?)?,
                Err(Failure(reason)) => {
                    failed = true;
                    terminal::complain(&reason);
                }
            }
        }
        joiner.finish()?;
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    fn render(&self, article: &Article) -> anyhow::Result<Vec<u8>> {
        Ok(match self.format {
            ArticleFormat::Text => text(article).into_bytes(),
            ArticleFormat::Json => serde_json::to_vec_pretty(&record(article))?,
            ArticleFormat::Jsonl => {
                let mut line = serde_json::to_vec(&record(article))?;
                line.push(b'\n');
                line
            }
        })
    }
}

fn record(article: &Article) -> Record {
    Record { article: ArticleRecord::from(article), blocks: BlockRecord::of(article) }
}

/// `name: value` lines, a blank line, and the text.
fn text(article: &Article) -> String {
    let list = |items: &[String], between: &str| (!items.is_empty()).then(|| items.join(between));
    let facts = [
        ("id", Some(article.id.clone())),
        ("key", article.key.clone()),
        ("source", Some(article.source.clone())),
        ("title", article.title.clone()),
        ("standfirst", article.standfirst.clone()),
        ("byline", article.byline.clone()),
        ("agencies", list(&article.agencies, ", ")),
        ("publisher", article.publisher.clone()),
        ("section", list(&article.section, " / ")),
        ("published", article.published.as_ref().map(|time| time.as_str().to_owned())),
        ("located", article.located.clone()),
        ("language", article.language.clone()),
    ];
    let mut text = String::new();
    for (name, value) in facts {
        if let Some(value) = value {
            text.push_str(&format!("{:12}{value}\n", format!("{name}:")));
        }
    }
    text.push('\n');
    text.push_str(&article.text);
    text.push('\n');
    text
}
