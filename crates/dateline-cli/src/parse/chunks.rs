use crate::inputs::{Failure, Sources};
use crate::pipeline::Job;
use dateline::syntax::conllu::{Id, Row};
use dateline::{Article, Articles, Options, Span, article};
use flate2::read::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Bytes from which on a chunk ends with the next blank line: enough that a thread is worth the handing over.
const ENOUGH: usize = 16 << 10;
/// A paragraph that is longer is cut behind a line or, failing that, where it is.
const LONGEST: usize = 1 << 20;
/// How much is looked at to tell the format.
const REACH: usize = 16 << 10;
const BUFFER: usize = 256 << 10;

/// A part of an input that is parsed in one go.
pub(super) struct Chunk {
    source: String,
    /// Number of the document, counted from 1 over all inputs.
    pub(super) document: u64,
    /// The document's name, where the chunk is its beginning.
    pub(super) opens: Option<String>,
    /// Paragraphs of the document before this chunk.
    pub(super) paragraphs: u64,
    pub(super) content: Content,
}

pub(super) enum Content {
    /// Paragraphs of plain text, whole, not yet decoded.
    Text(Vec<u8>),
    /// Sentences of CoNLL-U, whole and sound, parted by empty lines.
    Rows(String),
    Article(Box<Article>),
}

impl Job for Chunk {
    fn source(&self) -> &str {
        &self.source
    }
}

/// The chunks of files, folders and standard input, in order. Where they are cut depends on the content alone.
pub(super) struct Chunks {
    sources: Sources,
    options: Options,
    open: Option<Open>,
    documents: u64,
}

struct Open {
    source: String,
    reader: Reader,
    /// Chunks given so far.
    given: u64,
    paragraphs: u64,
}

enum Reader {
    Text(Text),
    Rows(Rows),
    Articles(Articles),
}

impl Chunks {
    /// Standard input where `paths` is empty. `options` say how articles are to be read.
    pub(super) fn new(paths: &[PathBuf], options: Options) -> Self {
        let sources = Sources::new(paths, Arc::new(AtomicU64::new(0)));
        Self { sources, options, open: None, documents: 0 }
    }
}

impl Iterator for Chunks {
    type Item = Result<Chunk, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(open) = &mut self.open {
                match open.next(&mut self.documents) {
                    Some(item) => return Some(item),
                    None => {
                        let empty = (open.given == 0).then(|| fault(&open.source, &"no text in it"));
                        self.open = None;
                        if let Some(failure) = empty {
                            return Some(Err(failure));
                        }
                    }
                }
            }
            match self.sources.next()? {
                Ok((source, input)) => match Reader::open(&source, input, &self.options) {
                    Ok(reader) => self.open = Some(Open { source, reader, given: 0, paragraphs: 0 }),
                    Err(error) => return Some(Err(fault(&source, &error))),
                },
                Err(failure) => return Some(Err(failure)),
            }
        }
    }
}

impl Open {
    fn next(&mut self, documents: &mut u64) -> Option<Result<Chunk, Failure>> {
        let first = self.given == 0;
        let content = match &mut self.reader {
            Reader::Text(text) => match text.next() {
                Ok(bytes) if bytes.is_empty() => return None,
                Ok(bytes) => Ok(Content::Text(bytes)),
                Err(error) => {
                    text.input = Box::new(io::empty());
                    Err(fault(&self.source, &error))
                }
            },
            Reader::Rows(rows) => rows.next(&self.source)?.map(Content::Rows),
            Reader::Articles(articles) => articles
                .next()?
                .map(|article| Content::Article(Box::new(article)))
                .map_err(|error| Failure(error.to_string())),
        };
        self.given += 1;
        let content = match content {
            Ok(content) => content,
            Err(failure) => return Some(Err(failure)),
        };
        let opens = match &content {
            Content::Text(_) => first.then(|| self.source.clone()),
            Content::Article(article) => Some(article.key.clone().unwrap_or_else(|| article.id.clone())),
            Content::Rows(_) => None, // the rows have comments of their own
        };
        *documents += u64::from(opens.is_some());
        let chunk = Chunk {
            source: self.source.clone(),
            document: *documents,
            opens,
            paragraphs: self.paragraphs,
            content,
        };
        if let Content::Text(bytes) = &chunk.content {
            self.paragraphs += paragraphs(&article::decode(bytes)).len() as u64;
        }
        Some(Ok(chunk))
    }
}

impl Reader {
    /// Unpacks, and tells the format from the first bytes.
    fn open(source: &str, input: Box<dyn Read + Send>, options: &Options) -> io::Result<Self> {
        let (head, input) = peek(input)?;
        let (head, input) = if head.starts_with(&[0x1F, 0x8B, 0x08]) {
            peek(Box::new(MultiGzDecoder::new(input)))?
        } else {
            (head, input)
        };
        Ok(if is_conllu(&head) {
            let input = Box::new(BufReader::with_capacity(BUFFER, input));
            Self::Rows(Rows { input, line: 0, waiting: None })
        } else if article::is_plain_text(&head) {
            let input = Box::new(BufReader::with_capacity(BUFFER, input));
            Self::Text(Text { input, carry: Vec::new() })
        } else {
            Self::Articles(Articles::open_with(source, input, options.clone()))
        })
    }
}

/// The first bytes, and the whole input to be read again.
fn peek(mut input: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut head = Vec::new();
    input.by_ref().take(REACH as u64).read_to_end(&mut head)?;
    let rest = Box::new(Cursor::new(head.clone()).chain(input));
    Ok((head, rest))
}

/// Whether the first line that is no comment is a row of ten cells that begins with a number.
fn is_conllu(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let mut lines =
        head.split(|&b| b == b'\n').filter(|l| !l.trim_ascii().is_empty() && !l.starts_with(b"#"));
    lines.next().is_some_and(|line| {
        line.first().is_some_and(u8::is_ascii_digit) && line.iter().filter(|&&b| b == b'\t').count() == 9
    })
}

/// Plain text, cut into stretches of whole paragraphs.
struct Text {
    input: Box<dyn BufRead + Send>,
    /// Begins the next stretch.
    carry: Vec<u8>,
}

impl Text {
    /// Whole paragraphs of at least `ENOUGH` bytes in all, where so many are left; nothing at the end.
    fn next(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = std::mem::take(&mut self.carry);
        loop {
            let start = bytes.len();
            let room = (LONGEST - start.min(LONGEST)) as u64;
            if room == 0 {
                self.carry = bytes.split_off(cut(&bytes));
                return Ok(bytes);
            }
            if self.input.by_ref().take(room).read_until(b'\n', &mut bytes)? == 0 {
                return Ok(bytes);
            }
            let blank = bytes.get(start..).unwrap_or_default().trim_ascii().is_empty();
            if blank && bytes.trim_ascii().is_empty() {
                bytes.clear();
            } else if blank && bytes.len() >= ENOUGH {
                return Ok(bytes);
            }
        }
    }
}

/// Where to cut what has become too long: behind the last line, else the last space, else a character.
fn cut(bytes: &[u8]) -> usize {
    let half = bytes.len() / 2;
    let behind =
        |wanted: fn(&u8) -> bool| bytes.iter().rposition(wanted).map(|at| at + 1).filter(|&at| at > half);
    behind(|b| *b == b'\n')
        .or_else(|| behind(|b| b.is_ascii_whitespace()))
        .or_else(|| bytes.iter().rposition(|b| b & 0xC0 != 0x80).filter(|&at| at > half))
        .unwrap_or(bytes.len())
}

/// The stretches of a plain text between blank lines.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        if body.is_empty() {
            open = false;
        } else {
            let start = at + (line.len() - line.trim_start().len());
            let span = Span::new(start, start + body.len());
            match found.last_mut() {
                Some(last) if open => *last = last.cover(span),
                _ => found.push(span),
            }
            open = true;
        }
        at += line.len();
    }
    found
}

/// CoNLL-U, cut into stretches of whole sentences. A sentence with a fault is left out and told.
struct Rows {
    input: Box<dyn BufRead + Send>,
    line: u64,
    waiting: Option<Failure>,
}

impl Rows {
    fn next(&mut self, source: &str) -> Option<Result<String, Failure>> {
        if let Some(failure) = self.waiting.take() {
            return Some(Err(failure));
        }
        let (mut rows, mut sentence) = (String::new(), 0);
        let (mut words, mut wrong) = (0, None);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let read = match self.input.by_ref().take(LONGEST as u64).read_until(b'\n', &mut buffer) {
                Ok(read) => read,
                Err(error) => {
                    self.input = Box::new(io::empty());
                    self.waiting = Some(fault(source, &error));
                    rows.truncate(sentence);
                    0
                }
            };
            self.line += 1;
            let line = String::from_utf8_lossy(&buffer);
            let mut line = line.trim_end_matches(['\n', '\r']);
            if self.line == 1 {
                line = line.trim_start_matches('\u{feff}');
            }
            if !line.trim().is_empty() {
                if let Err(reason) = sound(line, &mut words) {
                    wrong.get_or_insert_with(|| fault(&format!("{source}:{}", self.line), &reason));
                }
                rows.push_str(line);
                rows.push('\n');
                continue;
            }
            if let Some(failure) = wrong.take() {
                rows.truncate(sentence);
                self.waiting = Some(failure);
            } else if rows.len() > sentence {
                rows.push('\n');
            }
            (sentence, words) = (rows.len(), 0);
            if read == 0 || rows.len() >= ENOUGH || self.waiting.is_some() {
                return match rows.is_empty() {
                    false => Some(Ok(rows)),
                    true => self.waiting.take().map(Err),
                };
            }
        }
    }
}

/// Whether a line can be part of a sentence of which `words` words are read.
fn sound(line: &str, words: &mut u32) -> Result<(), String> {
    if line.starts_with('#') {
        return Ok(());
    }
    if let Id::Word(number) = Row::parse(line).map_err(|error| error.to_string())?.id {
        *words += 1;
        if number != *words {
            return Err(format!("word {number} where word {words} belongs"));
        }
    }
    Ok(())
}

fn fault(source: &str, reason: &dyn std::fmt::Display) -> Failure {
    Failure(format!("{source}: {reason}"))
}

#[cfg(test)]
mod tests;
