//! The `dateline` program: arguments in, exit status out. Each command is one file.

mod article;
mod card;
mod codebook;
mod copies;
mod engine;
mod event;
mod explain;
mod format;
mod inputs;
mod interrupt;
mod join;
mod output;
mod page;
mod parse;
mod pipeline;
mod places;
mod progress;
mod read;
#[cfg(test)]
mod sample;
mod sink;
mod terminal;
mod theme;
mod tree;
mod view;
mod zip_members;

use clap::{CommandFactory, Parser, Subcommand};
use std::io::Write;
use std::process::ExitCode;

/// Readings are made of many small pieces, which the system's allocator is slow to give and to take back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// News reports in, a sourced record of events out.
///
/// Dateline reads English news reports and says who did what to whom, when and where, and who says so. Every value
/// comes with the words that state it.
#[derive(Parser)]
#[command(name = "dateline", disable_version_flag = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    /// Print the versions of the program, the language model and the codebook
    #[arg(short = 'V', long)]
    version: bool,
}

const EXAMPLES: &str = "\
Examples:
  dateline read report.txt                          a card to read
  dateline read saved/ --format csv > events.csv    a folder of pages, one row an event
  curl -s https://… | dateline read --format json   a page from standard input
  dateline explain \"Rebels shelled the town.\"       why a sentence gives the events it gives

`dateline help COMMAND` tells more about a command.";

#[derive(Subcommand)]
enum Command {
    Read(read::Read),
    Explain(explain::Explain),
    Parse(parse::Parse),
    Article(article::ArticleCommand),
    Codebook(codebook::CodebookCommand),
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        _ if cli.version => version(),
        Some(Command::Read(command)) => command.run(),
        Some(Command::Explain(command)) => command.run(),
        Some(Command::Parse(command)) => command.run(),
        Some(Command::Article(command)) => command.run(),
        Some(Command::Codebook(command)) => command.run(),
        None => {
            write!(std::io::stderr(), "{}", Cli::command().render_help().ansi())?;
            Ok(ExitCode::from(2))
        }
    }
}

fn version() -> anyhow::Result<ExitCode> {
    let dateline = dateline::Dateline::new()?;
    let coder = dateline.coder();
    writeln!(
        std::io::stdout(),
        "{} {}\nmodel    {}\ncodebook {}",
        coder.name,
        coder.version,
        coder.model,
        coder.codebook
    )?;
    Ok(ExitCode::SUCCESS)
}
