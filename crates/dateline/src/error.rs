use dateline_codebook::CodebookError;

/// Why a reader could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DatelineError {
    /// The codebook has a fault; the error names the file and the line.
    #[error("the codebook does not load")]
    Codebook(#[from] CodebookError),
}
