//! Every score that the README quotes, one command each.

mod alignment;
mod article;
mod confusions;
mod conllu;
mod copies;
mod coreference;
mod engine;
mod figures;
mod names;
mod paragraphs;
mod parallel;
mod petrarch;
mod places;
mod plv;
mod quotes;
mod recast;
#[cfg(test)]
mod shared;
mod splits;
mod syntax;
mod tally;
mod times;
mod words;

use anyhow::Result;
use clap::{Parser, Subcommand};
use dateline_syntax::Standard;
use std::io::Write;
use std::path::Path;

/// Scores Dateline against gold annotations.
#[derive(Debug, Parser)]
#[command(version)]
struct Eval {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Article(article::Pages),
    Copies(copies::CopyPairs),
    Coreference(coreference::Coreference),
    Figures(figures::Figures),
    Syntax(syntax::Syntax),
    Names(names::Names),
    Petrarch(petrarch::Petrarch),
    Places(places::Places),
    Plv(plv::Plv),
    Quotes(quotes::Quotes),
    Times(times::Times),
}

fn main() -> Result<()> {
    let mut out = std::io::stdout().lock();
    match Eval::parse().command {
        Command::Article(command) => command.run(&mut out)?,
        Command::Copies(command) => command.run(&mut out)?,
        Command::Coreference(command) => command.run(&mut out)?,
        Command::Figures(command) => command.run(&mut out)?,
        Command::Syntax(command) => command.run(&mut out)?,
        Command::Names(command) => command.run(&mut out)?,
        Command::Petrarch(command) => command.run(&mut out)?,
        Command::Places(command) => command.run(&mut out)?,
        Command::Plv(command) => command.run(&mut out)?,
        Command::Quotes(command) => command.run(&mut out)?,
        Command::Times(command) => command.run(&mut out)?,
    }
    out.flush()?;
    Ok(())
}

/// The standard engine with the model in `path`, or the one in the program.
fn engine(path: Option<&Path>) -> Result<Standard> {
    Ok(match path {
        Some(path) => Standard::load(path)?,
        None => Standard::embedded()?,
    })
}

/// The codebook in a folder, or the one in the program.
fn codebook(folder: Option<&Path>) -> Result<dateline::Codebook> {
    Ok(match folder {
        Some(folder) => dateline::Codebook::open(folder)?,
        None => dateline::Codebook::standard()?,
    })
}
