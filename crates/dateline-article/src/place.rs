use std::fmt;

/// Where in the input something stands: the file, the record in it, and the byte at which the record begins.
///
/// Printed as people look it up: `wire.jsonl:17 (byte 40211)`, `crawl.warc.gz, record 3 (byte 9001)`, `page.html`.
/// Bytes are those of the decompressed input, in the charset that it came in.
///
/// ```
/// use dateline_article::Articles;
/// let input = b"{\"text\": \"Rebels left the town.\"}\n{\"text\": 7\n";
/// let error = Articles::open("wire.jsonl", Box::new(&input[..])).nth(1).unwrap().unwrap_err();
/// assert!(error.to_string().starts_with("wire.jsonl:2 (byte 34): "), "{error}");
/// assert_eq!((error.place().record, error.place().offset), (Some(2), Some(34)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Path or URL. A member of an archive has its own path after the archive's.
    pub input: String,
    /// What the input is made of: `line`, `record`, `item`, `row`; empty where it is one article.
    pub unit: &'static str,
    /// Which of them, counted from one.
    pub record: Option<u64>,
    /// Where it begins, in bytes from the start of the input.
    pub offset: Option<u64>,
}

impl Place {
    /// The whole of an input.
    pub fn whole(input: impl Into<String>) -> Self {
        Self { input: input.into(), ..Self::default() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.input)?;
        match self.record {
            // As compilers print it.
            Some(line) if self.unit == "line" => write!(f, ":{line}")?,
            Some(number) => write!(f, ", {} {number}", self.unit)?,
            None => {}
        }
        match self.offset {
            Some(offset) => write!(f, " (byte {offset})"),
            None => Ok(()),
        }
    }
}
