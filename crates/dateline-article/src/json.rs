//! JSON: one value a line, an array, or one value spread over lines. A value is an article, a ninjs item, a JSON Feed,
//! or an object that holds a list of articles, as the answers of search services do.

mod feed;
mod list;
mod ninjs;
pub(crate) mod record;

use crate::articles::{BUFFER, LIMIT, LIMIT_MIB};
use crate::origin::{Item, Origin, Records, Step};
use crate::seen::Seen;
use crate::{ArticleError, Place, charset};
use serde_json::Value;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

/// What a broken record should have been.
const HINT: &str = "give one JSON object a line, with the article in \"text\"";

/// JSON Lines, read one line at a time.
pub(crate) struct Lines {
    origin: Origin,
    reader: Box<dyn BufRead + Send>,
    line: u64,
    offset: u64,
    buffer: Vec<u8>,
    ready: VecDeque<Result<Item, ArticleError>>,
    seen: Seen,
    done: bool,
}

impl Lines {
    pub(crate) fn new(origin: Origin, input: Box<dyn Read + Send>) -> Self {
        let reader = Box::new(BufReader::with_capacity(BUFFER, input));
        let (ready, seen) = (VecDeque::new(), Seen::default());
        Self { origin, reader, line: 0, offset: 0, buffer: Vec::new(), ready, seen, done: false }
    }

    /// Reads the next line that is not blank into the buffer.
    fn read(&mut self) -> Result<Option<Place>, ArticleError> {
        loop {
            self.buffer.clear();
            self.line += 1;
            let place = self.origin.record("line", self.line, self.offset);
            let limit = LIMIT as u64 + 1;
            let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut self.buffer);
            let n = read.map_err(|error| self.failed(place.clone(), error))?;
            self.offset += n as u64;
            if n == 0 {
                return Ok(None);
            }
            if n > LIMIT && self.buffer.last() != Some(&b'\n') {
                self.buffer = Vec::new();
                let skipped = skip_line(&mut *self.reader);
                self.offset += skipped.map_err(|error| self.failed(place.clone(), error))?;
                return Err(ArticleError::TooLarge { place, unit: "line", limit_mib: LIMIT_MIB });
            }
            if !self.buffer.trim_ascii().is_empty() {
                return Ok(Some(place));
            }
        }
    }

    fn failed(&mut self, place: Place, error: io::Error) -> ArticleError {
        self.done = true;
        ArticleError::Read { place, error }
    }
}

impl Records for Lines {
    fn next(&mut self) -> Step {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.done {
                return None;
            }
            let place = match self.read() {
                Ok(place) => place?,
                Err(error) => return Some(Err(error)),
            };
            let line = self.buffer.trim_ascii();
            let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
            value(&self.origin, place, line, &mut self.seen, &mut self.ready);
        }
    }
}

/// Skips to the end of the line and gives its length.
fn skip_line(reader: &mut dyn BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let available = reader.fill_buf()?;
        if available.is_empty() {
            return Ok(skipped);
        }
        let (n, ended) = match available.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (available.len(), false),
        };
        reader.consume(n);
        skipped += n as u64;
        if ended {
            return Ok(skipped);
        }
    }
}

/// The values of an array, or values that go over several lines, one at a time: an array may be larger than memory.
pub(crate) struct Values {
    origin: Origin,
    reader: BufReader<Box<dyn Read + Send>>,
    number: u64,
    offset: u64,
    begun: bool,
    ready: VecDeque<Result<Item, ArticleError>>,
    seen: Seen,
    done: bool,
}

impl Values {
    pub(crate) fn new(origin: Origin, input: Box<dyn Read + Send>) -> Self {
        let reader = BufReader::with_capacity(BUFFER, input);
        let (ready, seen) = (VecDeque::new(), Seen::default());
        Self { origin, reader, number: 0, offset: 0, begun: false, ready, seen, done: false }
    }

    /// The bytes of the next value, from its first to its last bracket, or to the next comma where it has none.
    fn read(&mut self) -> Result<Option<(Place, Vec<u8>)>, ArticleError> {
        let mut value: Vec<u8> = Vec::new();
        let mut start = self.offset;
        let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
        loop {
            let place = || self.origin.record("record", self.number + 1, start);
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) => return Err(ArticleError::Read { place: place(), error }),
            };
            if available.is_empty() {
                self.done = true;
                if value.trim_ascii().is_empty() {
                    return Ok(None);
                }
                self.number += 1;
                return Ok(Some((self.origin.record("record", self.number, start), value)));
            }
            let mut used = 0;
            let mut ended = false;
            while !ended && let Some(&byte) = available.get(used) {
                if value.is_empty() && depth == 0 {
                    let between = matches!(byte, b',' | b']' | 0xEF | 0xBB | 0xBF);
                    if between || byte.is_ascii_whitespace() || (byte == b'[' && !self.begun) {
                        self.begun |= byte == b'[';
                        used += 1;
                        continue;
                    }
                    self.begun = true;
                    start = self.offset + used as u64;
                }
                // Whatever says nothing of where the value ends is taken in one piece.
                let rest = available.get(used..).unwrap_or_default();
                let plain = match quoted {
                    _ if escaped => 0,
                    true => memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len()),
                    false => rest
                        .iter()
                        .position(|b| matches!(b, b'"' | b'{' | b'[' | b'}' | b']' | b','))
                        .unwrap_or(rest.len()),
                };
                if plain > 0 {
                    value.extend_from_slice(rest.get(..plain).unwrap_or_default());
                    used += plain;
                    continue;
                }
                used += 1;
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if quoted => escaped = true,
                    b'"' => quoted = !quoted,
                    b'{' | b'[' if !quoted => depth += 1,
                    b'}' | b']' if !quoted => {
                        depth = depth.saturating_sub(1);
                        ended = depth == 0;
                    }
                    b',' if !quoted && depth == 0 => ended = true,
                    _ => {}
                }
                value.push(byte);
            }
            self.reader.consume(used);
            self.offset += used as u64;
            if value.len() > LIMIT {
                self.done = true;
                let place = self.origin.record("record", self.number + 1, start);
                return Err(ArticleError::TooLarge { place, unit: "record", limit_mib: LIMIT_MIB });
            }
            if ended {
                self.number += 1;
                return Ok(Some((self.origin.record("record", self.number, start), value)));
            }
        }
    }
}

impl Records for Values {
    fn next(&mut self) -> Step {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.done {
                return None;
            }
            match self.read() {
                Ok(Some((place, bytes))) => {
                    value(&self.origin, place, &bytes, &mut self.seen, &mut self.ready);
                }
                Ok(None) => return None,
                Err(error) => {
                    self.done = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// The articles of one value.
fn value(
    origin: &Origin,
    place: Place,
    bytes: &[u8],
    seen: &mut Seen,
    ready: &mut VecDeque<Result<Item, ArticleError>>,
) {
    let parsed = match std::str::from_utf8(bytes) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_str(&charset::decode_as(bytes, origin.charset)),
    };
    let value: Value = match parsed {
        Ok(value) => value,
        Err(error) => {
            let reason = reason(&error);
            ready.push_back(Err(ArticleError::Malformed { place, reason, hint: HINT }));
            return;
        }
    };
    let Value::Object(object) = value else {
        let reason = "not a JSON object".to_owned();
        ready.push_back(Err(ArticleError::Malformed { place, reason, hint: HINT }));
        return;
    };
    let mut add = |item: Result<crate::Article, ArticleError>| {
        ready.push_back(item.map(|mut article| {
            seen.note(&mut article);
            article.into()
        }));
    };
    if feed::is_feed(&object) {
        feed::read(origin, &place, &object, &mut add);
    } else if ninjs::is_item(&object) {
        add(ninjs::read(origin, place, &object));
    } else if record::has_text(&object, origin) {
        add(record::read(origin, place, object));
    } else if let Some(items) = list::of_articles(&object, origin) {
        for (at, item) in items.into_iter().enumerate() {
            let place = Place { unit: "record", record: Some(at as u64 + 1), ..place.clone() };
            match item {
                Value::Object(item) if ninjs::is_item(&item) => add(ninjs::read(origin, place, &item)),
                Value::Object(item) => add(record::read(origin, place, item)),
                _ => {
                    let reason = "not a JSON object".to_owned();
                    add(Err(ArticleError::Malformed { place, reason, hint: HINT }));
                }
            }
        }
    } else {
        add(record::read(origin, place, object));
    }
}

/// The parser's words, with the column only: the line is ours to count.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    match (error.line(), error.column()) {
        (_, 0) => what.to_owned(),
        (1, column) => format!("{what} at column {column}"),
        (line, column) => format!("{what} at its line {line}, column {column}"),
    }
}
