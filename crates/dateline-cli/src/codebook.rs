use crate::terminal;
use clap::{Args, Subcommand};
use dateline::{Dateline, ExampleResult};
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
    /// Load every file of the codebook; a fault is named with its file and line
    Check,
    /// Read every example of every pattern and compare the events with what the example must give
    Test,
}

impl CodebookCommand {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let dateline = Dateline::new()?;
        match self.action {
            Action::Check => {
                writeln!(std::io::stdout(), "{}: no fault", dateline.coder().codebook)?;
                Ok(ExitCode::SUCCESS)
            }
            Action::Test => test(&dateline::codebook_test(&dateline)),
        }
    }
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
