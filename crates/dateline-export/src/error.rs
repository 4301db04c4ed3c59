use parquet::errors::ParquetError;
use std::io;

/// Why a reading could not be laid out or written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A table of the codebook that formats build on does not say what it must.
    #[error("{file}:{line}: {what}")]
    Table {
        /// Name of the table.
        file: &'static str,
        /// Line, from one; 0 where only the file is known.
        line: usize,
        /// What is wrong, in words.
        what: String,
    },
    /// There is no format of this name.
    #[error("there is no format \"{0}\"")]
    Unknown(String),
    /// The format writes a folder of files, and was given one stream, or the other way round.
    #[error("{0}")]
    Target(&'static str),
    /// The output could not be written.
    #[error("cannot write the output")]
    Write(#[from] io::Error),
    /// A value does not go into JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The Parquet file could not be made.
    #[error("cannot write Parquet")]
    Parquet(#[source] ParquetError),
}

impl From<ParquetError> for ExportError {
    fn from(error: ParquetError) -> Self {
        match error {
            // So that a reader who has gone away is told apart from a fault.
            ParquetError::External(inner) => match inner.downcast::<io::Error>() {
                Ok(io) => Self::Write(*io),
                Err(other) => Self::Parquet(ParquetError::External(other)),
            },
            other => Self::Parquet(other),
        }
    }
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.into())
    }
}
