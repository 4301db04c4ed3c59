//! Where the outputs of single articles go.

use crate::format::Format;
use crate::join::Joiner;
use crate::output::{self, Output};
use anyhow::{Context, bail};
use dateline::Reading;
use dateline_export::{Document, FormatName, Layout, Piece, Target};
use dateline_page::Page;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// What stands for one reading in the output.
pub(crate) enum Rendered {
    Piece(Piece),
    /// For a page, which is made of whole readings.
    Reading(Box<Reading>),
}

/// One document that is made of the outputs of single articles.
pub(crate) enum Sink {
    Joined(Joiner<Output>),
    Export(Document),
    /// A page has its style at its head, and so is held until all is known.
    Page(Page, Output),
}

impl Sink {
    /// Opens the file, the folder, or standard output where there is neither.
    pub(crate) fn open(
        format: Format,
        export: Option<&dyn dateline_export::Format>,
        path: Option<&Path>,
    ) -> anyhow::Result<Self> {
        if format == Format::Html {
            return Ok(Self::Page(Page::new([]), output::open(path)?));
        }
        let Some(export) = export else { return Ok(Self::Joined(Joiner::new(format, output::open(path)?))) };
        let binary = format == Format::Export(FormatName::Parquet);
        if binary && path.is_none() && std::io::stdout().is_terminal() {
            bail!("Parquet is no text for a terminal: name a file with -o FILE");
        }
        let target = match (export.layout(), path) {
            (Layout::Folder, Some(path)) => Target::Folder(path.to_owned()),
            _ => Target::Writer(Box::new(output::open(path)?)),
        };
        let document = Document::new(export, target);
        Ok(Self::Export(match path {
            Some(path) => document.with_context(|| format!("cannot write to {}", path.display()))?,
            None => document?,
        }))
    }

    /// Adds the output of one article.
    pub(crate) fn add(&mut self, rendered: Rendered) -> anyhow::Result<()> {
        match (self, rendered) {
            (Self::Joined(joiner), Rendered::Piece(Piece::Text(text))) => Ok(joiner.add(text)?),
            (Self::Export(document), Rendered::Piece(piece)) => Ok(document.add(piece)?),
            (Self::Page(page, _), Rendered::Reading(reading)) => {
                page.add(&reading);
                Ok(())
            }
            _ => bail!("internal error: a piece of another format"),
        }
    }

    /// Hands on what is complete, for a reader who waits for it.
    pub(crate) fn flush(&mut self) -> anyhow::Result<()> {
        match self {
            Self::Joined(joiner) => Ok(joiner.flush()?),
            Self::Export(document) => Ok(document.flush()?),
            Self::Page(..) => Ok(()),
        }
    }

    /// Ends the document.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Joined(joiner) => Ok(joiner.finish()?),
            Self::Export(document) => Ok(document.finish()?),
            Self::Page(page, mut out) => {
                out.write_all(page.finish().as_bytes())?;
                Ok(out.flush()?)
            }
        }
    }
}
