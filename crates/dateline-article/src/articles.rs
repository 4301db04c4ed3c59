use crate::origin::{Item, Opened, Origin, Records};
use crate::sniff::{self, Format};
use crate::{
    Article, ArticleError, Options, Place, charset, html, json, mail, plain, tables, tar, unpack, warc, xml,
};
use std::io::{self, Read};

/// The most that one page or one record may hold, decompressed, in MiB.
pub(crate) const LIMIT_MIB: usize = 64;
pub(crate) const LIMIT: usize = LIMIT_MIB << 20;
/// Input is read in pieces of this many bytes.
pub(crate) const BUFFER: usize = 256 * 1024;
/// Containers may be in containers this often: a page in a crawl in an archive that is compressed.
const DEEPEST: usize = 6;

/// The articles of one input, one after the other.
///
/// The format is told from the content, whatever the name: see the [crate's description](crate) for what is read.
/// Everything that holds several articles is read record by record, so that memory does not grow with the input; a
/// page or record is held whole, up to 64 MiB. A record that cannot be read gives an error, and the next call goes on
/// with the record after it.
///
/// ```
/// use dateline_article::Articles;
/// let input = b"{\"text\": \"Rebels left the town.\"}\n{\"text\": 7\n{\"text\": \"The army came.\"}\n";
/// let read: Vec<_> = Articles::open("wire.jsonl", Box::new(&input[..])).collect();
/// assert_eq!(read[0].as_ref().unwrap().text, "Rebels left the town.");
/// assert!(read[1].as_ref().unwrap_err().to_string().starts_with("wire.jsonl:2 (byte 34): "));
/// assert_eq!(read[2].as_ref().unwrap().text, "The army came.");
/// ```
pub struct Articles {
    unread: Option<Opened>,
    /// Readers of containers, and of what is in them, the innermost last.
    readers: Vec<Box<dyn Records>>,
}

impl Articles {
    /// The articles of `input`; `source` is the path or URL that articles and errors name.
    pub fn open(source: impl Into<String>, input: Box<dyn Read + Send>) -> Self {
        Self::open_with(source, input, Options::default())
    }

    /// The same, with columns named and other choices made.
    pub fn open_with(source: impl Into<String>, input: Box<dyn Read + Send>, options: Options) -> Self {
        let origin = Origin::new(source, options);
        Self { unread: Some(Opened { origin, input }), readers: Vec::new() }
    }
}

impl Iterator for Articles {
    type Item = Result<Article, ArticleError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(opened) = self.unread.take() {
                match begin(opened) {
                    Ok(reader) => self.readers.push(reader),
                    Err(error) => return Some(Err(error)),
                }
            }
            match self.readers.last_mut()?.next() {
                Some(Ok(Item::Article(article))) => return Some(Ok(*article)),
                Some(Ok(Item::Open(opened))) => self.unread = Some(*opened),
                Some(Err(error)) => return Some(Err(error)),
                None => {
                    self.readers.pop();
                }
            }
        }
    }
}

/// Unpacks the input as often as needed, tells its format, and finds the reader.
fn begin(opened: Opened) -> Result<Box<dyn Records>, ArticleError> {
    let Opened { mut origin, mut input } = opened;
    loop {
        if origin.depth > DEEPEST {
            let hint = "unpack it first";
            return Err(ArticleError::TooDeep {
                place: origin.place(),
                what: "archives",
                limit: DEEPEST,
                hint,
            });
        }
        let (head, whole) =
            split(input).map_err(|error| ArticleError::Read { place: origin.place(), error })?;
        if unpack::is_gzip(&head) || unpack::is_zstd(&head) {
            origin.depth += 1;
            input = if unpack::is_gzip(&head) { unpack::gzip(whole) } else { unpack::zstd(whole) };
            continue;
        }
        if tar::is_tar(&head) {
            origin.depth += 1;
            return Ok(Box::new(tar::Tar::new(origin, whole)));
        }
        if let Some(encoding) = charset::wide(&head) {
            input = charset::transcoded(whole, encoding);
            continue;
        }
        return reader(origin, &head, whole);
    }
}

fn reader(
    mut origin: Origin,
    head: &[u8],
    input: Box<dyn Read + Send>,
) -> Result<Box<dyn Records>, ArticleError> {
    let format = sniff::format(head, &origin.options);
    if matches!(format, Format::Table(_)) {
        // A cell alone is too short to tell its charset.
        let charset = charset::of_stream(head, origin.charset);
        origin.charset = Some(charset).filter(|charset| *charset != encoding_rs::UTF_8);
    }
    let place = || origin.place();
    Ok(match format {
        Format::Empty if head.len() < sniff::REACH => return Err(ArticleError::Empty { place: place() }),
        Format::Binary(what) => return Err(ArticleError::Binary { place: place(), what }),
        Format::Unsupported(what) => return Err(ArticleError::Unsupported { place: place(), what }),
        Format::JsonLines => Box::new(json::Lines::new(origin, input)),
        Format::Json => Box::new(json::Values::new(origin, input)),
        Format::Table(mark) => Box::new(tables::Rows::new(origin, mark, input)),
        Format::Xml => Box::new(xml::Documents::new(origin, head, input)),
        Format::Warc => Box::new(warc::Crawl::new(origin, input)),
        Format::Mail => one(&origin, input, mail::read)?,
        Format::Html => one(&origin, input, html_page)?,
        Format::Plain | Format::Empty => one(&origin, input, plain_page)?,
    })
}

/// An input that is one article, held whole.
fn one(
    origin: &Origin,
    input: Box<dyn Read + Send>,
    read: fn(&Origin, &[u8]) -> Result<Article, ArticleError>,
) -> Result<Box<dyn Records>, ArticleError> {
    let mut bytes = Vec::new();
    let place = || origin.place();
    input
        .take(LIMIT as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| ArticleError::Read { place: place(), error })?;
    if bytes.len() > LIMIT {
        return Err(ArticleError::TooLarge { place: place(), unit: "page", limit_mib: LIMIT_MIB });
    }
    Ok(Box::new(Once(Some(read(origin, &bytes)?))))
}

fn html_page(origin: &Origin, bytes: &[u8]) -> Result<Article, ArticleError> {
    html_text(origin, &charset::decode_as(bytes, origin.charset))
}

/// The article of a page that is already text.
pub(crate) fn html_text(origin: &Origin, text: &str) -> Result<Article, ArticleError> {
    let article = html::read(origin.draft(), text).map_err(|fault| broken(origin.place(), fault))?;
    article.ok_or_else(|| ArticleError::NoText {
        place: origin.place(),
        hint: "save the page once it has loaded, or copy its text",
    })
}

fn broken(place: Place, fault: html::Broken) -> ArticleError {
    let hint = "the page is broken, so copy its text instead";
    match fault {
        html::Broken::Deep => ArticleError::TooDeep { place, what: "tags", limit: html::DEEPEST, hint },
        html::Broken::Endless => {
            let reason = "too many tags are left open, or have too many attributes".to_owned();
            ArticleError::Malformed { place, reason, hint }
        }
    }
}

fn plain_page(origin: &Origin, bytes: &[u8]) -> Result<Article, ArticleError> {
    plain::read(origin.draft(), &charset::decode_as(bytes, origin.charset))
        .ok_or_else(|| ArticleError::NoText { place: origin.place(), hint: "only page furniture is there" })
}

/// The one article of a page.
struct Once(Option<Article>);

impl Records for Once {
    fn next(&mut self) -> crate::origin::Step {
        self.0.take().map(|article| Ok(article.into()))
    }
}

/// The first bytes of the input, and the whole of it to be read again from its start. An error that comes after the
/// first byte is kept for when the reader gets there, so that what stands before it is read.
fn split(mut input: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut head = Vec::with_capacity(sniff::REACH);
    match input.by_ref().take(sniff::REACH as u64).read_to_end(&mut head) {
        Ok(_) => Ok((head.clone(), Box::new(io::Cursor::new(head).chain(input)))),
        Err(error) if head.is_empty() => Err(error),
        Err(error) => Ok((head.clone(), Box::new(io::Cursor::new(head).chain(Failing(Some(error)))))),
    }
}

/// Gives the error that was met.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
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
        assert!(message(b"<?xml version=\"1.0\"?><rss/>").starts_with("in: no article text found"));
        assert!(message(b"<?xml version=\"1.0\"?><svg/>").starts_with("in: XML with <svg> is not read"));
        assert!(message(b"Advertisement\nShare\n").contains("no article text"));
    }
}
