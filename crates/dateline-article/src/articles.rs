use crate::draft::Draft;
use crate::sniff::{self, Format};
use crate::{Article, ArticleError, charset, html, jsonl, plain};
use flate2::read::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Read};

/// The most that one page or one line may hold, decompressed, in MiB.
const LIMIT_MIB: usize = 64;
const LIMIT: usize = LIMIT_MIB << 20;
/// Input is read in pieces of this many bytes.
const BUFFER: usize = 256 * 1024;

/// The articles of one input, one after the other.
///
/// The format is told from the content: JSON Lines, HTML, or plain text; any of them may be gzipped. JSON Lines are
/// read line by line, so that memory does not grow with the input; a page is held whole, up to 64 MiB. A line that
/// cannot be read gives an error, and the next call goes on with the line after it.
///
/// ```
/// use dateline_article::Articles;
/// let input = b"{\"text\": \"Rebels left the town.\"}\n{\"text\": 7\n{\"text\": \"The army came.\"}\n";
/// let read: Vec<_> = Articles::open("wire.jsonl", Box::new(&input[..])).collect();
/// assert_eq!(read[0].as_ref().unwrap().text, "Rebels left the town.");
/// assert!(read[1].as_ref().unwrap_err().to_string().starts_with("wire.jsonl:2: "));
/// assert_eq!(read[2].as_ref().unwrap().text, "The army came.");
/// ```
pub struct Articles {
    source: String,
    state: State,
}

enum State {
    Unread(Box<dyn Read + Send>),
    Lines(Lines),
    Done,
}

impl Articles {
    /// The articles of `input`; `source` is the path or URL that articles and errors name.
    pub fn open(source: impl Into<String>, input: Box<dyn Read + Send>) -> Self {
        Self { source: source.into(), state: State::Unread(input) }
    }

    /// Tells the format and reads a page, or the first line.
    fn begin(&mut self, input: Box<dyn Read + Send>) -> Option<Result<Article, ArticleError>> {
        let (head, input) = match peek(input) {
            Ok(peeked) => peeked,
            Err(error) => return Some(Err(self.read_error(error))),
        };
        match sniff::format(&head) {
            Format::Empty if head.len() < sniff::REACH => {
                Some(Err(ArticleError::Empty { input: self.source.clone() }))
            }
            Format::Binary(what) => Some(Err(ArticleError::Binary { input: self.source.clone(), what })),
            Format::Unsupported(what) => {
                Some(Err(ArticleError::Unsupported { input: self.source.clone(), what }))
            }
            Format::JsonLines => {
                let reader: Box<dyn BufRead + Send> = Box::new(BufReader::with_capacity(BUFFER, input));
                self.state = State::Lines(Lines { reader, line: 0, buffer: Vec::new() });
                self.next()
            }
            format @ (Format::Plain | Format::Empty | Format::Html) => {
                Some(self.page(input, format == Format::Html))
            }
        }
    }

    /// One page, whole.
    fn page(&self, input: Box<dyn Read + Send>, is_html: bool) -> Result<Article, ArticleError> {
        let mut bytes = Vec::new();
        input.take(LIMIT as u64 + 1).read_to_end(&mut bytes).map_err(|error| self.read_error(error))?;
        if bytes.len() > LIMIT {
            return Err(ArticleError::TooLarge {
                input: self.source.clone(),
                line: None,
                unit: "page",
                limit_mib: LIMIT_MIB,
            });
        }
        let text = charset::decode(&bytes);
        let draft = Draft { source: self.source.clone(), ..Draft::default() };
        let article = if is_html {
            let too_deep = |_| ArticleError::TooDeep { input: self.source.clone(), limit: html::DEEPEST };
            html::read(draft, &text).map_err(too_deep)?
        } else {
            plain::read(draft, &text)
        };
        article.ok_or_else(|| ArticleError::NoText {
            input: self.source.clone(),
            line: None,
            hint: if is_html {
                "save the page once it has loaded, or copy its text"
            } else {
                "only page furniture is there"
            },
        })
    }

    fn read_error(&self, error: io::Error) -> ArticleError {
        ArticleError::Read { input: self.source.clone(), line: None, error }
    }
}

impl Iterator for Articles {
    type Item = Result<Article, ArticleError>;

    fn next(&mut self) -> Option<Self::Item> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Unread(input) => self.begin(input),
            State::Lines(mut lines) => {
                let item = lines.next(&self.source)?;
                // A failed input gives nothing more; a failed line does not end the input.
                if !matches!(item, Err(ArticleError::Read { .. })) {
                    self.state = State::Lines(lines);
                }
                Some(item)
            }
            State::Done => None,
        }
    }
}

/// The first bytes of the decompressed input, and the whole of it to be read again from its start.
fn peek(input: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let (head, input) = split(input)?;
    if sniff::is_gzip(&head) { split(Box::new(MultiGzDecoder::new(input))) } else { Ok((head, input)) }
}

fn split(mut input: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut head = Vec::with_capacity(sniff::REACH);
    input.by_ref().take(sniff::REACH as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(io::Cursor::new(head).chain(input))))
}

/// JSON Lines, read one line at a time.
struct Lines {
    reader: Box<dyn BufRead + Send>,
    /// Lines read so far.
    line: u64,
    buffer: Vec<u8>,
}

impl Lines {
    fn next(&mut self, source: &str) -> Option<Result<Article, ArticleError>> {
        loop {
            self.buffer.clear();
            self.line += 1;
            let limit = LIMIT as u64 + 1;
            match self.reader.by_ref().take(limit).read_until(b'\n', &mut self.buffer) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    return Some(Err(ArticleError::Read {
                        input: source.to_owned(),
                        line: Some(self.line),
                        error,
                    }));
                }
            }
            if self.buffer.len() > LIMIT && self.buffer.last() != Some(&b'\n') {
                self.buffer = Vec::new();
                let error = match self.reader.skip_until(b'\n') {
                    Ok(_) => ArticleError::TooLarge {
                        input: source.to_owned(),
                        line: Some(self.line),
                        unit: "line",
                        limit_mib: LIMIT_MIB,
                    },
                    Err(error) => {
                        ArticleError::Read { input: source.to_owned(), line: Some(self.line), error }
                    }
                };
                return Some(Err(error));
            }
            let mut bytes = self.buffer.trim_ascii();
            if self.line == 1 {
                bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
            }
            if !bytes.is_empty() {
                return Some(jsonl::read(source, self.line, bytes));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn read(bytes: &[u8]) -> Vec<Result<Article, ArticleError>> {
        Articles::open("in", Box::new(io::Cursor::new(bytes.to_vec()))).collect()
    }

    fn message(bytes: &[u8]) -> String {
        read(bytes).remove(0).unwrap_err().to_string()
    }

    #[test]
    fn each_format_finds_its_reader() {
        assert_eq!(read(b"Rebels left the town.")[0].as_ref().unwrap().text, "Rebels left the town.");
        let lines = b"\xEF\xBB\xBF{\"id\": \"a\", \"text\": \"One.\"}\n\n{\"id\": \"b\", \"text\": \"Two.\"}";
        let keys: Vec<_> = read(lines).into_iter().map(|article| article.unwrap().key.unwrap()).collect();
        assert_eq!(keys, ["a", "b"]);
    }

    #[test]
    fn gzip_is_opened_and_a_broken_end_is_told() {
        let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        for id in 0..2000 {
            writeln!(pack, "{{\"id\": {id}, \"text\": \"Rebels left town {}.\"}}", id * 7919 % 1013).unwrap();
        }
        let packed = pack.finish().unwrap();
        assert_eq!(read(&packed).len(), 2000);
        let cut = read(&packed[..packed.len() - 200]);
        assert!(cut.len() > 1 && matches!(cut.last(), Some(Err(ArticleError::Read { .. }))));
    }

    #[test]
    fn bad_inputs_say_so() {
        assert_eq!(message(b" \n"), "in: the input is empty; nothing to read");
        assert!(message(b"%PDF-1.4").starts_with("in: a PDF file, not text"));
        assert!(message(b"<?xml version=\"1.0\"?><rss/>").starts_with("in: XML is not read"));
        assert!(message(b"Advertisement\nShare\n").contains("no article text"));
    }
}
