use crate::Place;
use std::io;

/// Why an input, or one record of it, gave no article.
///
/// Every message names the input and, where it has records, the record and the byte where it begins, and says what to
/// do. The rest of the input goes on being read unless the input itself has failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArticleError {
    /// Not one character of text.
    #[error("{place}: the input is empty; nothing to read")]
    Empty {
        /// Where.
        place: Place,
    },
    /// Not text at all.
    #[error("{place}: {what}, not text; save or export it as plain text, HTML or JSON Lines")]
    Binary {
        /// Where.
        place: Place,
        /// What it seems to be: `a PDF file`.
        what: &'static str,
    },
    /// Text in a format that is not read.
    #[error("{place}: {what} is not read; convert it to plain text, HTML or JSON Lines")]
    Unsupported {
        /// Where.
        place: Place,
        /// The format.
        what: String,
    },
    /// More text than one article or record may have.
    #[error(
        "{place}: more than {limit_mib} MiB in one {unit}; split it, or give JSON Lines with one article a line"
    )]
    TooLarge {
        /// Where.
        place: Place,
        /// `page`, `line`, `record`.
        unit: &'static str,
        /// The limit, in MiB.
        limit_mib: usize,
    },
    /// A page whose tags are nested deeper than any page that people write, or an archive in an archive in an archive.
    #[error("{place}: {what} are nested more than {limit} deep; {hint}")]
    TooDeep {
        /// Where.
        place: Place,
        /// `tags`, `archives`.
        what: &'static str,
        /// The limit.
        limit: usize,
        /// What to do.
        hint: &'static str,
    },
    /// A record that is not what its format demands.
    #[error("{place}: {reason}; {hint}")]
    Malformed {
        /// Where.
        place: Place,
        /// What the parser met.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
    /// A record or page without an article in it.
    #[error("{place}: no article text found; {hint}")]
    NoText {
        /// Where.
        place: Place,
        /// What to do.
        hint: &'static str,
    },
    /// An item of a feed that names an article and does not hold it. No fault of the input.
    #[error("{place}: only a link, not the text: {} {}", .title.as_deref().unwrap_or("(no title)"), .url.as_deref().unwrap_or("(no address)"))]
    LinkOnly {
        /// Where.
        place: Place,
        /// The headline that the item gives.
        title: Option<String>,
        /// Where the article is.
        url: Option<String>,
    },
    /// The input could not be read to its end.
    #[error("{place}: {error}; the rest of this input is not read")]
    Read {
        /// Where.
        place: Place,
        /// What the system or the decompressor said.
        #[source]
        error: io::Error,
    },
}

impl ArticleError {
    /// Where it was met.
    pub fn place(&self) -> &Place {
        match self {
            Self::Empty { place }
            | Self::Binary { place, .. }
            | Self::Unsupported { place, .. }
            | Self::TooLarge { place, .. }
            | Self::TooDeep { place, .. }
            | Self::Malformed { place, .. }
            | Self::NoText { place, .. }
            | Self::LinkOnly { place, .. }
            | Self::Read { place, .. } => place,
        }
    }

    /// Whether something that should have been read was not. A link in a feed is no article that was lost.
    pub fn is_fault(&self) -> bool {
        !matches!(self, Self::LinkOnly { .. })
    }
}
