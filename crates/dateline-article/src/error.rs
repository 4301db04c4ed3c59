use std::io;

/// Why an input, or one record of it, gave no article.
///
/// Every message names the input and, where it has records, the line, and says what to do. The rest of the input goes
/// on being read unless the input itself has failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArticleError {
    /// Not one character of text.
    #[error("{input}: the input is empty; nothing to read")]
    Empty {
        /// Path or URL.
        input: String,
    },
    /// Not text at all.
    #[error("{input}: {what}, not text; save or export it as plain text, HTML or JSON Lines")]
    Binary {
        /// Path or URL.
        input: String,
        /// What it seems to be: `a PDF file`.
        what: &'static str,
    },
    /// Text in a format that is not read yet.
    #[error("{input}: {what} is not read; convert it to plain text, HTML or JSON Lines")]
    Unsupported {
        /// Path or URL.
        input: String,
        /// The format.
        what: &'static str,
    },
    /// More text than one article or record may have.
    #[error("{input}{}: more than {limit_mib} MiB in one {unit}; split it, or give JSON Lines with one article a line", at(.line))]
    TooLarge {
        /// Path or URL.
        input: String,
        /// Line, counted from one, in JSON Lines.
        line: Option<u64>,
        /// `page` or `line`.
        unit: &'static str,
        /// The limit, in MiB.
        limit_mib: usize,
    },
    /// A page whose tags are nested deeper than any page that people write.
    #[error("{input}: tags are nested more than {limit} deep; the page is broken, so copy its text instead")]
    TooDeep {
        /// Path or URL.
        input: String,
        /// The limit.
        limit: usize,
    },
    /// A line of JSON Lines that is not a JSON object of the expected shape.
    #[error("{input}:{line}: {reason}; give one JSON object a line, with the article in \"text\"")]
    Json {
        /// Path or URL.
        input: String,
        /// Line, counted from one.
        line: u64,
        /// What the parser met.
        reason: String,
    },
    /// A record or page without an article in it.
    #[error("{input}{}: no article text found; {hint}", at(.line))]
    NoText {
        /// Path or URL.
        input: String,
        /// Line, counted from one, in JSON Lines.
        line: Option<u64>,
        /// What to do.
        hint: &'static str,
    },
    /// The input could not be read to its end.
    #[error("{input}{}: {error}; what came before this point was read", at(.line))]
    Read {
        /// Path or URL.
        input: String,
        /// Line, counted from one, in JSON Lines.
        line: Option<u64>,
        /// What the system or the decompressor said.
        #[source]
        error: io::Error,
    },
}

/// `:17` after a file name, as compilers print it.
fn at(line: &Option<u64>) -> String {
    line.map(|line| format!(":{line}")).unwrap_or_default()
}
