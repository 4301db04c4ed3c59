use crate::engine::engine_name;
use crate::inputs::Inputs;
use crate::terminal;
use anyhow::Context;
use clap::Args;
use dateline::reading::{EntityId, Event};
use dateline::syntax::EngineKind;
use dateline::{Codebook, Dateline, Options, Reading};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Show which events change between two codebooks
///
/// Reads every article by both and prints the sentences whose events differ: `-` what only the first gives, `+` what
/// only the second gives. The exit status is 0 whether or not anything differs, 1 where something could not be read.
#[derive(Args)]
#[command(after_help = "\
Example:
  dateline codebook diff standard mine/ corpus.jsonl.gz")]
pub(crate) struct Diff {
    /// A folder with a codebook; `standard` is the one in the program
    before: PathBuf,
    /// Another
    after: PathBuf,
    /// Files and folders with articles; none: standard input
    #[arg(value_name = "FILE")]
    corpus: Vec<PathBuf>,
    /// Which analyser of English to use
    #[arg(short, long, value_parser = engine_name(), default_value_t, value_name = "ENGINE")]
    engine: EngineKind,
}

impl Diff {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let dateline = Dateline::with(self.engine.open(None)?, open(&self.before)?);
        let after = open(&self.after)?;
        let bytes = Arc::new(AtomicU64::new(0));
        let inputs = Inputs::new(&self.corpus, Options::default(), bytes, terminal::complain);
        let mut out = crate::output::open(None)?;
        let (mut articles, mut gone, mut come, mut failed) = (0usize, 0usize, 0usize, false);
        for item in inputs {
            let article = match item {
                Ok(article) => article,
                Err(failure) => {
                    failed = true;
                    terminal::complain(&failure.0);
                    continue;
                }
            };
            articles += 1;
            let [old, new] = dateline.read_by(&article, [dateline.codebook(), &after]);
            let name = article.title.as_ref().unwrap_or(&article.source);
            for (sentence, (only_old, only_new)) in changes(&old, &new) {
                let words =
                    old.sentences.get(sentence as usize).map(|span| words(&old, span.start, span.end));
                writeln!(out, "{name}: {}", words.unwrap_or_default())?;
                for event in &only_old {
                    writeln!(out, "  - {event}")?;
                }
                for event in &only_new {
                    writeln!(out, "  + {event}")?;
                }
                gone += only_old.len();
                come += only_new.len();
            }
        }
        writeln!(out, "{articles} articles: {gone} events gone, {come} come")?;
        out.flush()?;
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn open(folder: &Path) -> anyhow::Result<Codebook> {
    if folder.as_os_str() == "standard" {
        return Ok(Codebook::standard()?);
    }
    anyhow::ensure!(folder.is_dir(), "there is no folder {}", folder.display());
    Codebook::open(folder).with_context(|| format!("the codebook {}", folder.display()))
}

/// By sentence, the events that only the one and only the other reading has, in words.
fn changes(old: &Reading, new: &Reading) -> BTreeMap<u32, (Vec<String>, Vec<String>)> {
    let told = |reading: &Reading| {
        let mut told: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for event in &reading.events {
            told.entry(event.sentence).or_default().push(in_words(reading, event));
        }
        told
    };
    let (before, after) = (told(old), told(new));
    let none = Vec::new();
    let mut changes = BTreeMap::new();
    for &sentence in before.keys().chain(after.keys()) {
        let (a, b) = (before.get(&sentence).unwrap_or(&none), after.get(&sentence).unwrap_or(&none));
        let only = |these: &[String], those: &[String]| {
            these.iter().filter(|event| !those.contains(event)).cloned().collect::<Vec<_>>()
        };
        let change = (only(a, b), only(b, a));
        if !(change.0.is_empty() && change.1.is_empty()) {
            changes.insert(sentence, change);
        }
    }
    changes
}

/// `ASSAULT/aerial 195: the army → rebels (assault/bomb)`.
fn in_words(reading: &Reading, event: &Event) -> String {
    let who = |ids: &[EntityId]| {
        let entity = |id: &EntityId| {
            let entity = reading.entities.get(id.index())?;
            Some(match &entity.code {
                Some(code) => format!("{} [{code}]", entity.name),
                None => entity.name.clone(),
            })
        };
        let names: Vec<String> = ids.iter().filter_map(entity).collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    };
    let modes: String = event.modes.iter().map(|mode| format!("/{mode}")).collect();
    let aux: String = event.aux.iter().map(|aux| format!(" {aux}")).collect();
    format!(
        "{}{modes} {}{aux}: {} → {} ({})",
        event.kind,
        event.cameo.as_deref().unwrap_or("–"),
        who(&event.actors),
        who(&event.recipients),
        event.rule
    )
}

fn words(reading: &Reading, start: u32, end: u32) -> String {
    reading.article.text.chars().skip(start as usize).take(end.saturating_sub(start) as usize).collect()
}
