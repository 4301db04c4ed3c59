use crate::ExportError;
use crate::brat::Folder;
use crate::format::{Format, Layout, Piece};
use crate::parquet::TableWriter;
use std::io::Write;
use std::path::PathBuf;

/// Where a document goes.
pub enum Target {
    /// A stream of bytes.
    Writer(Box<dyn Write + Send>),
    /// A folder, made where there is none.
    Folder(PathBuf),
}

/// Joins the pieces of one run, in their order, without holding more than one of them (a Parquet file: the rows of one
/// row group).
pub struct Document(Kind);

enum Kind {
    Stream { out: Box<dyn Write + Send>, between: &'static [u8], after: &'static [u8], begun: bool },
    Parquet(TableWriter),
    Folder(Folder),
}

impl Document {
    /// Begins a document.
    ///
    /// # Errors
    /// When the target is not what the format needs, or cannot be written to.
    pub fn new(format: &dyn Format, target: Target) -> Result<Self, ExportError> {
        Ok(Self(match (format.layout(), target) {
            (Layout::Stream { before, between, after }, Target::Writer(mut out)) => {
                out.write_all(&before)?;
                Kind::Stream { out, between, after, begun: false }
            }
            (Layout::Parquet, Target::Writer(out)) => Kind::Parquet(TableWriter::new(out)?),
            (Layout::Folder, Target::Folder(path)) => Kind::Folder(Folder::create(path)?),
            (Layout::Folder, Target::Writer(_)) => {
                return Err(ExportError::Target("this format writes a folder of files: name it with -o DIR"));
            }
            (_, Target::Folder(_)) => {
                return Err(ExportError::Target("this format writes one file, no folder"));
            }
        }))
    }

    /// Adds what one reading gave.
    ///
    /// # Errors
    /// When it cannot be written, or comes from another format.
    pub fn add(&mut self, piece: Piece) -> Result<(), ExportError> {
        match (&mut self.0, piece) {
            (Kind::Stream { out, between, begun, .. }, Piece::Text(text)) => {
                if !text.is_empty() {
                    if std::mem::replace(begun, true) {
                        out.write_all(between)?;
                    }
                    out.write_all(&text)?;
                }
                Ok(())
            }
            (Kind::Parquet(table), Piece::Rows(rows)) => table.add(rows),
            (Kind::Folder(folder), Piece::Files(files)) => folder.add(&files),
            _ => Err(ExportError::Target("a piece of another format")),
        }
    }

    /// Hands on what is complete, for a reader who waits for it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> Result<(), ExportError> {
        match &mut self.0 {
            Kind::Stream { out, .. } => Ok(out.flush()?),
            Kind::Parquet(_) | Kind::Folder(_) => Ok(()),
        }
    }

    /// Ends the document.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<(), ExportError> {
        match self.0 {
            Kind::Stream { mut out, after, .. } => {
                out.write_all(after)?;
                Ok(out.flush()?)
            }
            Kind::Parquet(table) => table.finish(),
            Kind::Folder(folder) => folder.finish(),
        }
    }
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self.0 {
            Kind::Stream { .. } => "stream",
            Kind::Parquet(_) => "parquet",
            Kind::Folder(_) => "folder",
        };
        f.debug_tuple("Document").field(&kind).finish()
    }
}
