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
