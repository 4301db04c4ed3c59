use dateline_codebook::CodebookError;
use dateline_syntax::ModelError;

/// Why a reader could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DatelineError {
    /// The language model does not fit this program.
    #[error("the language model does not load")]
    Model(#[from] ModelError),
    /// The codebook has a fault; the error names the file and the line.
    #[error("the codebook does not load")]
    Codebook(#[from] CodebookError),
}
