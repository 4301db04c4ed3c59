mod diff;
mod import;
mod new;

use crate::engine::{CodebookChoice, engine_name};
use crate::terminal;
use clap::{Args, Subcommand};
use dateline::syntax::EngineKind;
use dateline::{Codebook, ExampleResult};
use std::io::Write;
use std::process::ExitCode;

/// Write, check, test, compare and import codebooks
#[derive(Args)]
pub(crate) struct CodebookCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Load every file of the codebook; a mistake is named with its file and line
    ///
    /// Notes name patterns that never win, patterns that fit the same words and say different things, and codes that do
    /// not belong to their event type. They are counted, and shown with --notes. Notes alone leave the exit status at 0,
    /// unless --strict is given.
    Check {
        #[command(flatten)]
        codebook: CodebookChoice,
        /// Show the notes, too
        #[arg(long)]
        notes: bool,
        /// Let notes fail, too
        #[arg(long)]
        strict: bool,
    },
    /// Read every example of every pattern and compare the events with what the example must give
    Test {
        #[command(flatten)]
        codebook: CodebookChoice,
        /// Which analyser of English to use
        #[arg(short, long, value_parser = engine_name(), default_value_t, value_name = "ENGINE")]
        engine: EngineKind,
    },
    New(new::New),
    Diff(diff::Diff),
    Import(import::Import),
    Places(crate::places::PlacesCommand),
}

impl CodebookCommand {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self.action {
            Action::Check { codebook, notes, strict } => check(&codebook, notes || strict, strict),
            Action::Test { codebook, engine } => {
                test(&dateline::codebook_test(&crate::engine::reader(engine, &codebook)?))
            }
            Action::New(new) => new.run(),
            Action::Diff(diff) => diff.run(),
            Action::Import(import) => import.run(),
            Action::Places(places) => places.run(),
        }
    }
}

/// Names every mistake and note, then counts what there is.
fn check(choice: &CodebookChoice, show: bool, strict: bool) -> anyhow::Result<ExitCode> {
    let mistakes = Codebook::mistakes_in(choice.folder()?)?;
    for mistake in &mistakes {
        terminal::complain(&mistake.to_string());
    }
    if !mistakes.is_empty() {
        writeln!(std::io::stdout(), "{} mistakes", mistakes.len())?;
        return Ok(ExitCode::FAILURE);
    }
    dateline_export::Crosswalk::standard()?;
    let codebook = choice.open()?;
    let notes = codebook.patterns.notes(&codebook.ontology);
    for note in notes.iter().filter(|_| show) {
        terminal::complain(&note.to_string());
    }
    let (actors, patterns) = (codebook.actors.iter().count(), codebook.patterns.list().len());
    let (places, regions) = codebook.gazetteer.size();
    let dictionary = codebook.dictionary.as_ref().map(|dictionary| {
        let (actors, agents, discards) = dictionary.size();
        format!(", a dictionary of {actors} actors, {agents} agents and {discards} discards")
    });
    writeln!(
        std::io::stdout(),
        "{}: {patterns} patterns, {actors} actors, {} roles, {places} places, {regions} regions{}; {} mistakes, {} notes",
        codebook.id,
        codebook.roles.iter().count(),
        dictionary.unwrap_or_default(),
        mistakes.len(),
        notes.len()
    )?;
    Ok(if strict && !notes.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Names what went wrong, then counts.
fn test(results: &[ExampleResult]) -> anyhow::Result<ExitCode> {
    let mut failed = 0;
    for result in results.iter().filter(|result| !result.passed()) {
        failed += 1;
        let duty = if result.must_fire { "must fire" } else { "must not fire" };
        terminal::complain(&format!("{} {duty}: {} ({})", result.pattern, result.sentence, result.reason));
    }
    writeln!(
        std::io::stdout(),
        "{} examples, {} passed, {failed} failed",
        results.len(),
        results.len() - failed
    )?;
    Ok(if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
