use crate::copies::Plan;
use crate::engine::{CodebookChoice, engine_name};
use crate::format::Format;
use crate::inputs::{self, Failure, Inputs, Named};
use crate::interrupt::{self, Interrupt};
use crate::progress::Progress;
use crate::sink::{Rendered, Sink};
use crate::terminal::{self, When};
use crate::{card, engine, pipeline};
use clap::{Args, ValueEnum};
use dateline::article::Status;
use dateline::syntax::EngineKind;
use dateline::{Article, Dateline, Reading, Sentence, Unresolved};
use dateline_export::{Piece, View};
use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Read news reports and print who did what to whom, when and where
///
/// Takes plain text and e-mails, saved pages (HTML, MHTML), feeds (RSS, Atom, JSON Feed), crawls (WARC), JSON, CSV and
/// TSV, ninjs, NewsML-G2 and NITF, in gzip, zstd and tar, told apart by content. What cannot be read is named on
/// standard error and skipped; the exit status is then 1.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Read {
    #[command(flatten)]
    named: Named,

    /// What to print
    #[arg(short, long, value_enum, default_value_t = Format::Card)]
    format: Format,

    /// Write to this file instead of standard output; for brat, to this folder
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Threads to read on; the output is the same for any number [default: one for each core]
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Which analyser of English to use
    #[arg(short, long, value_parser = engine_name(), default_value_t, value_name = "ENGINE")]
    engine: EngineKind,

    #[command(flatten)]
    codebook: CodebookChoice,

    /// What to do with copies: the same report in another paper, cut or with another headline
    #[arg(long, value_enum, default_value_t = OnCopies::Mark, value_name = "WHAT")]
    copies: OnCopies,

    /// Keep events whose actor or recipient is not known; without it a note tells what was left out, and why
    #[arg(long)]
    keep_unresolved: bool,

    /// When to colour cards
    #[arg(long, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    color: When,
}

const EXAMPLES: &str = "\
Examples:
  dateline read report.txt                             one card
  dateline read saved/ more.jsonl --format jsonl       every article, one JSON object a line
  dateline read wire.jsonl -f csv -o events.csv        a spreadsheet, one row an event
  dateline read wire.jsonl -f parquet -o events.parquet
  dateline read report.txt -f html -o report.html      a page to look at
  dateline read crawl.warc.gz feed.xml news.tar.zst    archives, feeds, told apart by content
  dateline read news.csv --map text=story,published=day
  dateline read report.txt -f json | jq '.events[].type'
  dateline read report.txt --color always | less -R";

/// What to do with copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OnCopies {
    /// Read the best version; of the others say whose copy they are
    Mark,
    /// Read all, and say whose copy they are
    Read,
    /// Do not look for copies
    Ignore,
}

impl Read {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let paths = self.named.paths()?;
        if Inputs::reads_stdin(&paths) && std::io::stdin().is_terminal() {
            terminal::complain("reading from standard input; Ctrl-D ends it");
        }
        let interrupt = Interrupt::watch()?;
        let unresolved = if self.keep_unresolved { Unresolved::Keep } else { Unresolved::LeaveOut };
        let dateline = engine::reader(self.engine, &self.codebook)?.unresolved(unresolved);
        let to_file = self.output.is_some();
        let renderer = Renderer::new(self.format, self.color.colour(to_file))?;
        let mut sink = Sink::open(self.format, renderer.export.as_deref(), self.output.as_deref())?;
        let bytes = Arc::new(AtomicU64::new(0));
        let mut progress = Progress::new(Arc::clone(&bytes), || inputs::total_bytes(&paths), to_file);
        let inputs = Inputs::new(&paths, self.named.options(), bytes, progress.asides());
        let mut plan = match self.copies {
            OnCopies::Ignore => Plan::None,
            OnCopies::Mark | OnCopies::Read => Plan::new(&paths, self.named.options(), &interrupt),
        };
        let inputs = inputs.map(move |item| {
            item.map(|mut article| {
                article.copy_of = plan.copy_of(&article);
                article
            })
        });

        let read_copies = self.copies == OnCopies::Read;
        let work = move |article: &Article| {
            let (reading, sentences) = reading(&dateline, article, read_copies);
            renderer.render(reading, &sentences)
        };
        let outcomes = pipeline::start(inputs, self.threads(), work)?;
        let mut failed = false;
        while let Some(outcome) = outcomes.next(|| sink.flush())? {
            match outcome {
                Ok(piece) => sink.add(piece)?,
                Err(Failure(reason)) => {
                    failed = true;
                    progress.aside(|| terminal::complain(&reason));
                }
            }
            progress.article();
            if interrupt.pressed() {
                progress.aside(|| terminal::complain(interrupt::SAID));
                break;
            }
        }
        sink.finish()?;
        progress.finish();
        Ok(interrupt.status(failed))
    }

    fn threads(&self) -> usize {
        let every_core = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.threads.unwrap_or_else(every_core).get()
    }
}

/// The reading of an article and its sentences; an empty one for a copy, and for what its publisher has withdrawn.
fn reading(dateline: &Dateline, article: &Article, read_copies: bool) -> (Reading, Vec<Sentence>) {
    let unread = |reason: String| (dateline.unread(article, reason), Vec::new());
    match (&article.copy_of, article.status) {
        (_, Status::Canceled | Status::Withheld) => {
            unread(format!("{} by its publisher", article.status.as_str()))
        }
        (Some(best), _) if !read_copies => unread(format!("a copy of {best}")),
        _ => dateline.read_with_sentences(article),
    }
}

/// Turns a reading into what stands for it in the output.
struct Renderer {
    format: Format,
    export: Option<Box<dyn dateline_export::Format>>,
    width: usize,
    colour: bool,
}

impl Renderer {
    fn new(format: Format, colour: bool) -> anyhow::Result<Self> {
        let export = match format {
            Format::Export(name) => Some(name.open()?),
            _ => None,
        };
        Ok(Self { format, export, width: terminal::width(), colour })
    }

    fn render(&self, reading: Reading, sentences: &[Sentence]) -> anyhow::Result<Rendered> {
        if let Some(export) = &self.export {
            return Ok(Rendered::Piece(export.piece(&View::new(&reading, sentences))?));
        }
        Ok(Rendered::Piece(Piece::Text(match self.format {
            Format::Html => return Ok(Rendered::Reading(Box::new(reading))),
            Format::Json => serde_json::to_vec_pretty(&reading)?,
            Format::Jsonl => {
                let mut line = serde_json::to_vec(&reading)?;
                line.push(b'\n');
                line
            }
            Format::Card | Format::Export(_) => card::render(&reading, self.width, self.colour).into_bytes(),
        })))
    }
}
