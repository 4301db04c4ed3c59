use crate::terminal;
use clap::{Args, Subcommand};
use dateline::{Codebook, Dateline, ExampleResult};
use std::io::Write;
use std::process::ExitCode;

/// Check the codebook, or try its examples
#[derive(Args)]
pub(crate) struct CodebookCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Load every file of the codebook; a mistake is named with its file and line
    Check,
    /// Read every example of every pattern and compare the events with what the example must give
    Test,
}

impl CodebookCommand {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self.action {
            Action::Check => check(),
            Action::Test => test(&dateline::codebook_test(&Dateline::new()?)),
        }
    }
}

/// Names every mistake, then counts what there is.
fn check() -> anyhow::Result<ExitCode> {
    let mistakes = Codebook::mistakes()?;
    for mistake in &mistakes {
        terminal::complain(&mistake.to_string());
    }
    let codebook = Codebook::standard()?;
    let (actors, patterns) = (codebook.actors.iter().count(), codebook.patterns.list().len());
    let (places, regions) = codebook.gazetteer.size();
    writeln!(
        std::io::stdout(),
        "{}: {patterns} patterns, {actors} actors, {} roles, {places} places, {regions} regions; {} mistakes",
        codebook.id,
        codebook.roles.iter().count(),
        mistakes.len()
    )?;
    Ok(if mistakes.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
