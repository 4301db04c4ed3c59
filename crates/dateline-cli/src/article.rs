use crate::format::Format;
use crate::inputs::{Failure, Inputs, Named};
use crate::interrupt::{self, Interrupt};
use crate::join::Joiner;
use crate::{output, terminal};
use clap::{Args, ValueEnum};
use dateline::Article;
use dateline::article::{Field, Signature};
use dateline::reading::{ArticleRecord, BlockRecord};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Print the articles alone, as they are before they are read: headline, facts, text
///
/// Takes whatever `read` takes.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ArticleCommand {
    #[command(flatten)]
    named: Named,

    /// What to print
    #[arg(short, long, value_enum, default_value_t = ArticleFormat::Text)]
    format: ArticleFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// Say where each fact comes from, what else the input states, and what is odd
    #[arg(long)]
    why: bool,
}

const EXAMPLES: &str = "\
Examples:
  dateline article page.html                    headline, facts and text
  dateline article page.html --why              where each fact comes from
  dateline article feed.xml crawl.warc.gz --format jsonl
  dateline article news.csv --map text=story,published=day --json";

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
    /// Where in the input it was read.
    place: String,
    /// Of the text, for finding copies.
    signature: Option<String>,
    blocks: Vec<BlockRecord>,
    notes: Vec<NoteRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<Statement>>,
}

#[derive(serde::Serialize)]
struct NoteRecord {
    kind: &'static str,
    text: String,
}

/// Something that the input states, in order of trust.
#[derive(serde::Serialize)]
struct Statement {
    field: &'static str,
    from: &'static str,
    value: String,
    taken: bool,
}

impl ArticleCommand {
    pub(crate) fn run(mut self) -> anyhow::Result<ExitCode> {
        if self.json {
            self.format = ArticleFormat::Json;
        }
        let layout = match self.format {
            ArticleFormat::Text => Format::Card,
            ArticleFormat::Json => Format::Json,
            ArticleFormat::Jsonl => Format::Jsonl,
        };
        let paths = self.named.paths()?;
        let interrupt = Interrupt::watch()?;
        let mut joiner = Joiner::new(layout, output::open(None)?);
        let mut failed = false;
        let bytes = Arc::new(AtomicU64::new(0));
        for article in Inputs::new(&paths, self.named.options(), bytes, terminal::complain) {
            match article {
                Ok(article) => joiner.add(self.render(&article)?)?,
                Err(Failure(reason)) => {
                    failed = true;
                    terminal::complain(&reason);
                }
            }
            if interrupt.pressed() {
                terminal::complain(interrupt::SAID);
                break;
            }
        }
        joiner.finish()?;
        Ok(interrupt.status(failed))
    }

    fn render(&self, article: &Article) -> anyhow::Result<Vec<u8>> {
        Ok(match self.format {
            ArticleFormat::Text => text(article, self.why).into_bytes(),
            ArticleFormat::Json => serde_json::to_vec_pretty(&record(article, self.why))?,
            ArticleFormat::Jsonl => {
                let mut line = serde_json::to_vec(&record(article, self.why))?;
                line.push(b'\n');
                line
            }
        })
    }
}

fn record(article: &Article, why: bool) -> Record {
    let note =
        |note: &dateline::article::Note| NoteRecord { kind: note.kind.as_str(), text: note.text.clone() };
    Record {
        article: ArticleRecord::from(article),
        place: article.place.to_string(),
        signature: Signature::of(article).map(|signature| signature.to_hex()),
        blocks: BlockRecord::of(article),
        notes: article.notes.iter().map(note).collect(),
        why: why.then(|| statements(article)),
    }
}

/// What the input states, field by field. What came of the article's own form, its dateline or its language, is
/// stated by nothing but the text.
fn statements(article: &Article) -> Vec<Statement> {
    let mut all: Vec<Statement> = Vec::new();
    for (field, value) in facts(article) {
        let claims = article.claims.iter().filter(|claim| claim.field == field);
        let before = all.len();
        for claim in claims {
            let taken = value.contains(claim.value.as_str())
                && (is_list(field) || !all.iter().any(|known| known.field == field.as_str() && known.taken));
            let (field, from) = (claim.field.as_str(), claim.from);
            all.push(Statement { field, from, value: claim.value.clone(), taken });
        }
        if !all.iter().skip(before).any(|known| known.taken) {
            all.push(Statement { field: field.as_str(), from: "the text itself", value, taken: true });
        }
    }
    // What is stated and was not taken, of fields that have no value.
    for claim in &article.claims {
        if !all.iter().any(|known| known.field == claim.field.as_str()) {
            let (field, from) = (claim.field.as_str(), claim.from);
            all.push(Statement { field, from, value: claim.value.clone(), taken: false });
        }
    }
    all
}

fn is_list(field: Field) -> bool {
    matches!(field, Field::Authors | Field::Agencies | Field::Section)
}

/// The fields that have a value, in the order in which they are printed.
fn facts(article: &Article) -> Vec<(Field, String)> {
    let list = |items: &[String], between: &str| (!items.is_empty()).then(|| items.join(between));
    let time = |time: &Option<dateline::Timestamp>| time.as_ref().map(|time| time.as_str().to_owned());
    let stands = article.status != dateline::article::Status::Usable;
    [
        (Field::Key, article.key.clone()),
        (Field::Url, article.url.clone()),
        (Field::Canonical, article.canonical.clone()),
        (Field::Title, article.title.clone()),
        (Field::Standfirst, article.standfirst.clone()),
        (Field::Byline, article.byline.clone()),
        (Field::Authors, list(&article.authors, ", ")),
        (Field::Agencies, list(&article.agencies, ", ")),
        (Field::Publisher, article.publisher.clone()),
        (Field::Section, list(&article.section, " / ")),
        (Field::Published, time(&article.published)),
        (Field::Updated, time(&article.updated)),
        (Field::Version, article.version.clone()),
        (Field::Status, stands.then(|| article.status.as_str().to_owned())),
        (Field::Located, article.located.clone()),
        (Field::Language, article.language.clone()),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, value?)))
    .collect()
}

/// `name: value` lines, a blank line, and the text.
fn text(article: &Article, why: bool) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| text.push_str(&format!("{:12}{value}\n", format!("{name}:")));
    line("id", &article.id);
    line("source", &article.source);
    if why {
        line("place", &article.place.to_string());
        for said in statements(article) {
            let mark = if said.taken { "" } else { "not taken, " };
            line(said.field, &format!("{}  [{mark}{}]", said.value, said.from));
        }
        for note in &article.notes {
            line("note", &note.text);
        }
    } else {
        for (field, value) in facts(article) {
            line(field.as_str(), &value);
        }
    }
    text.push('\n');
    text.push_str(&article.text);
    text.push('\n');
    text
}
