//! WARC, the format of web archives: an own reader, because the crate for it has not been kept, and because a crawl
//! must be read on after a broken record.

use crate::articles::{BUFFER, LIMIT, LIMIT_MIB};
use crate::origin::{Item, Opened, Origin, Records, Step};
use crate::{ArticleError, Place};
use encoding_rs::Encoding;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// No header of a record or of a response is longer, in bytes.
const LONGEST_HEADER: u64 = 256 * 1024;
const HINT: &str = "the next record is looked for";

/// The pages of a crawl, record by record. Requests, redirects, errors, pictures, scripts and whatever else is no page
/// are passed over.
pub(crate) struct Crawl {
    origin: Origin,
    reader: BufReader<Box<dyn Read + Send>>,
    offset: u64,
    number: u64,
    /// The length of a line that begins a record and has been read already.
    ahead: Option<usize>,
    done: bool,
}

/// The header of a record.
#[derive(Default)]
struct Header {
    kind: String,
    id: Option<String>,
    target: Option<String>,
    content_type: String,
    length: Option<u64>,
}

/// What a record comes to.
enum Outcome {
    Page(Box<Opened>),
    Other,
    End,
}

impl Crawl {
    pub(crate) fn new(origin: Origin, input: Box<dyn Read + Send>) -> Self {
        let reader = BufReader::with_capacity(BUFFER, input);
        Self { origin, reader, offset: 0, number: 0, ahead: None, done: false }
    }

    /// One record.
    fn record(&mut self) -> Result<Outcome, ArticleError> {
        let mut line = Vec::new();
        let length = match self.ahead.take() {
            Some(length) => {
                line.extend_from_slice(b"WARC/");
                length
            }
            None => loop {
                match self.line(&mut line)? {
                    0 => return Ok(Outcome::End),
                    _ if line.trim_ascii().is_empty() => {}
                    length => break length,
                }
            },
        };
        self.number += 1;
        let place = self.origin.record("record", self.number, self.offset - length as u64);
        if !line.starts_with(b"WARC/") {
            return Err(self.lost(place, "no record begins here".into()));
        }
        let mut header = Header::default();
        let from = self.offset;
        loop {
            let n = self.line(&mut line)?;
            if n == 0 {
                self.done = true;
                let reason = "the input ends in the middle of this record".to_owned();
                return Err(ArticleError::Malformed { place, reason, hint: HINT });
            }
            let line = line.trim_ascii();
            if line.is_empty() {
                break;
            }
            if self.offset - from > LONGEST_HEADER {
                return Err(self.lost(place, "a header without an end".into()));
            }
            header.take(line);
        }
        let Some(length) = header.length else {
            return Err(self.lost(place, "no Content-Length".into()));
        };
        self.content(place, header, length)
    }

    /// The content of a record whose header has been read.
    fn content(&mut self, place: Place, header: Header, length: u64) -> Result<Outcome, ArticleError> {
        let wanted = match header.kind.as_str() {
            "response" => header.content_type.starts_with("application/http"),
            "resource" | "conversion" => is_text(&header.content_type),
            _ => false,
        };
        if !wanted {
            return self.skip(place, length).map(|()| Outcome::Other);
        }
        let mut left = length;
        let mut origin = self.origin.inside(place.clone());
        origin.url = header.target.map(|url| url.trim_matches(['<', '>']).to_owned());
        origin.key = header.id;
        let mut response = Response::default();
        if header.kind == "response" {
            let mut line = Vec::new();
            let mut first = true;
            loop {
                let most = left.min(LONGEST_HEADER);
                line.clear();
                let read = self.reader.by_ref().take(most).read_until(b'\n', &mut line);
                let n = read.map_err(|error| self.failed(place.clone(), error))? as u64;
                self.offset += n;
                left -= n;
                if line.trim_ascii().is_empty() {
                    break;
                }
                response.take(line.trim_ascii(), std::mem::take(&mut first));
            }
            if !(200..300).contains(&response.status) || !is_text(&response.content_type) {
                return self.skip(place, left).map(|()| Outcome::Other);
            }
            origin.charset = charset_of(&response.content_type);
        }
        if left > LIMIT as u64 {
            self.skip(place.clone(), left)?;
            return Err(ArticleError::TooLarge { place, unit: "record", limit_mib: LIMIT_MIB });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(left).unwrap_or(0));
        let read = self.reader.by_ref().take(left).read_to_end(&mut bytes);
        let n = read.map_err(|error| self.failed(place.clone(), error))? as u64;
        self.offset += n;
        if n < left {
            self.done = true;
            let reason = format!("the input ends {} bytes before the end of this record", left - n);
            return Err(ArticleError::Malformed { place, reason, hint: HINT });
        }
        if bytes.trim_ascii().is_empty() {
            return Ok(Outcome::Other);
        }
        let broken = |reason: String| ArticleError::Malformed { place: place.clone(), reason, hint: HINT };
        let input = response.decoded(bytes).map_err(broken)?;
        Ok(Outcome::Page(Box::new(Opened { origin, input })))
    }

    /// A line with its end, cut where it is longer than any header.
    fn line(&mut self, line: &mut Vec<u8>) -> Result<usize, ArticleError> {
        line.clear();
        let n = self.reader.by_ref().take(LONGEST_HEADER).read_until(b'\n', line);
        let n = n.map_err(|error| {
            let place = self.origin.record("record", self.number + 1, self.offset);
            self.failed(place, error)
        })?;
        self.offset += n as u64;
        Ok(n)
    }

    fn skip(&mut self, place: Place, length: u64) -> Result<(), ArticleError> {
        let skipped = io::copy(&mut self.reader.by_ref().take(length), &mut io::sink());
        let n = skipped.map_err(|error| self.failed(place.clone(), error))?;
        self.offset += n;
        if n < length {
            self.done = true;
            let reason = format!("the input ends {} bytes before the end of this record", length - n);
            return Err(ArticleError::Malformed { place, reason, hint: HINT });
        }
        Ok(())
    }

    fn failed(&mut self, place: Place, error: io::Error) -> ArticleError {
        self.done = true;
        ArticleError::Read { place, error }
    }

    /// Goes to the next line that begins a record.
    fn lost(&mut self, place: Place, reason: String) -> ArticleError {
        let mut line = Vec::new();
        loop {
            match self.line(&mut line) {
                Ok(0) => self.done = true,
                Ok(_) if !line.starts_with(b"WARC/1.") => continue,
                Ok(length) => self.ahead = Some(length),
                // The error comes again at the next record.
                Err(_) => self.done = true,
            }
            return ArticleError::Malformed { place, reason, hint: HINT };
        }
    }
}

impl Records for Crawl {
    fn next(&mut self) -> Step {
        while !self.done {
            match self.record() {
                Ok(Outcome::Page(page)) => return Some(Ok(Item::Open(page))),
                Ok(Outcome::Other) => {}
                Ok(Outcome::End) => self.done = true,
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }
}

impl Header {
    fn take(&mut self, line: &[u8]) {
        let Some((name, value)) = field(line) else { return };
        match name.as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-record-id" => self.id = Some(value.trim_matches(['<', '>']).to_owned()),
            "warc-target-uri" => self.target = Some(value),
            "content-type" => self.content_type = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            _ => {}
        }
    }
}

/// The header of an HTTP response.
#[derive(Default)]
struct Response {
    status: u16,
    content_type: String,
    encoding: String,
    chunked: bool,
}

impl Response {
    fn take(&mut self, line: &[u8], first: bool) {
        if first {
            let line = String::from_utf8_lossy(line);
            self.status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
            return;
        }
        let Some((name, value)) = field(line) else { return };
        match name.as_str() {
            "content-type" => self.content_type = value,
            "content-encoding" => self.encoding = value.trim().to_ascii_lowercase(),
            "transfer-encoding" => self.chunked = value.to_ascii_lowercase().contains("chunked"),
            _ => {}
        }
    }

    /// The page, out of its chunks and its compression. Some crawlers leave the header and undo the encoding, so the
    /// bytes are asked.
    fn decoded(&self, bytes: Vec<u8>) -> Result<Box<dyn Read + Send>, String> {
        let bytes = if self.chunked { unchunked(&bytes).unwrap_or(bytes) } else { bytes };
        let looks_zlib = bytes.first() == Some(&0x78);
        Ok(match self.encoding.as_str() {
            "gzip" | "x-gzip" if crate::unpack::is_gzip(&bytes) => {
                Box::new(MultiGzDecoder::new(Cursor::new(bytes)))
            }
            "deflate" if looks_zlib => Box::new(ZlibDecoder::new(Cursor::new(bytes))),
            "br" if std::str::from_utf8(&bytes).is_err() => {
                return Err("the page is compressed with Brotli, which is not read".into());
            }
            _ => Box::new(Cursor::new(bytes)),
        })
    }
}

/// `Name: value`, the name in lower case.
fn field(line: &[u8]) -> Option<(String, String)> {
    let line = String::from_utf8_lossy(line);
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

/// Whether a content type is one that articles come in.
fn is_text(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(
        kind.as_str(),
        "text/html"
            | "application/xhtml+xml"
            | "text/plain"
            | "application/rss+xml"
            | "application/atom+xml"
            | "application/feed+json"
    )
}

fn charset_of(content_type: &str) -> Option<&'static Encoding> {
    let (_, label) = content_type.split_once("charset=")?;
    let label = label.split([';', ' ']).next()?.trim_matches(['"', '\'']);
    Encoding::for_label(label.as_bytes())
}

/// The bytes of a chunked body; `None` where it is not chunked after all.
fn unchunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let size = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        match rest.get(..size) {
            Some(chunk) => out.extend_from_slice(chunk),
            None => {
                out.extend_from_slice(rest);
                return Some(out);
            }
        }
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Articles;

    fn response(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
        let http = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
        let warc = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Record-ID: <urn:uuid:{url}>\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            http.len()
        );
        [warc.as_bytes(), &http, b"\r\n\r\n"].concat()
    }

    const PAGE: &str = "<html><body><h1>Rebels leave Kidal</h1><article><p>Rebels left the town of Kidal on Tuesday after a week of \
        talks with the army, its spokesman said, and nobody was hurt.</p><p>The army said that it would come back on Friday \
        and that it would stay there for good, whatever the rebels did.</p></article></body></html>";

    #[test]
    fn pages_come_out_and_broken_records_cost_only_themselves() {
        let chunked = format!("{:x}\r\n{}\r\n0\r\n\r\n", PAGE.len(), PAGE);
        let info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n".to_vec();
        let crawl = [
            info,
            response("https://post.example/1", "Content-Type: text/html; charset=utf-8", PAGE.as_bytes()),
            b"WARC/1.0\r\nWARC-Type: response\r\n\r\nrubbish\r\n".to_vec(),
            response("https://post.example/p.png", "Content-Type: image/png", b"\x89PNG"),
            response(
                "https://post.example/2",
                "Content-Type: text/html\r\nTransfer-Encoding: chunked",
                chunked.as_bytes(),
            ),
            response("https://post.example/3", "Content-Type: text/html", PAGE.as_bytes())[..300].to_vec(),
        ]
        .concat();
        let read: Vec<_> = Articles::open("c.warc", Box::new(Cursor::new(crawl))).collect();
        let shown: Vec<String> = read
            .iter()
            .map(|item| match item {
                Ok(article) => {
                    assert!(
                        article.text.starts_with("Rebels leave Kidal\n\nRebels left"),
                        "{}",
                        article.text
                    );
                    format!("{} {}", article.source, article.place)
                }
                Err(error) => error.to_string(),
            })
            .collect();
        assert_eq!(shown.len(), 4, "{shown:?}");
        assert_eq!(shown[0], "https://post.example/1 c.warc, record 2 (byte 59)");
        assert!(shown[1].contains("record 3") && shown[1].contains("no Content-Length"), "{}", shown[1]);
        assert!(shown[2].starts_with("https://post.example/2 c.warc, record 5"), "{}", shown[2]);
        assert!(shown[3].contains("record 6") && shown[3].contains("the input ends"), "{}", shown[3]);
    }
}
