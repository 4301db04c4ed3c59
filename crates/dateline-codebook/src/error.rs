/// What is wrong with a codebook, and where.
#[derive(Debug, thiserror::Error)]
pub enum CodebookError {
    /// A file could not be read.
    #[error("cannot read {file}")]
    Unreadable {
        /// Path of the file.
        file: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A line or entry does not say what it must.
    #[error("{file}:{line}: {what}")]
    Invalid {
        /// Path of the file.
        file: String,
        /// Line, from one; 0 where only the file is known.
        line: usize,
        /// What is wrong, in words.
        what: String,
    },
}

impl CodebookError {
    /// A TOML error, with the line it stands on.
    pub(crate) fn toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map_or(0, |s| text.get(..s.start).map_or(0, |t| t.matches('\n').count() + 1));
        Self::Invalid { file: file.into(), line, what: error.message().into() }
    }
}
