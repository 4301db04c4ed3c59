//! What is known about the terminal: whether there is one, whether it shows colour, how wide it is.

use clap::ValueEnum;
use std::io::{IsTerminal, Write};

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless NO_COLOR or CLICOLOR=0 is set
    Auto,
    Always,
    Never,
}

/// Width of a page where neither a terminal nor COLUMNS tells one.
const DEFAULT_WIDTH: usize = 100;
/// Wider lines are hard to read, however wide the terminal is.
const WIDEST: usize = 120;
const NARROWEST: usize = 30;

impl When {
    /// Whether to colour what goes to standard output, or to a file where `to_file` is set.
    pub(crate) fn colour(self, to_file: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if anstyle_query::no_color() => false,
            Self::Auto if anstyle_query::clicolor_force() => true,
            Self::Auto => {
                !to_file
                    && std::io::stdout().is_terminal()
                    && anstyle_query::clicolor().unwrap_or(true)
                    && anstyle_query::term_supports_color()
            }
        }
    }
}

/// Columns to lay text out in: COLUMNS, else the terminal's own width, else a hundred.
pub(crate) fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse::<usize>().ok());
    let width = told.filter(|&columns| columns > 0).or_else(|| {
        let (width, _) = terminal_size::terminal_size_of(std::io::stdout())?;
        Some(usize::from(width.0))
    });
    width.unwrap_or(DEFAULT_WIDTH).clamp(NARROWEST, WIDEST)
}

/// Says on standard error what went wrong. That standard error is gone is no further error.
pub(crate) fn complain(what: &str) {
    let line: String = what.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(std::io::stderr(), "dateline: {line}");
}
