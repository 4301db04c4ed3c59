//! CSV, TSV and their like: one article a row, the columns told from their names or from what was asked for.

use crate::articles::{BUFFER, LIMIT, LIMIT_MIB};
use crate::furniture::Furniture;
use crate::json::record::{Fields, article};
use crate::options::Column;
use crate::origin::{Origin, Records, Step};
use crate::seen::Seen;
use crate::{ArticleError, charset};
use csv::{ByteRecord, ReaderBuilder};
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

const HINT: &str = "the first row must name the columns, and every row must have as many";

/// The rows of a table.
pub(crate) struct Rows {
    origin: Origin,
    reader: csv::Reader<Bounded>,
    /// Bytes since the last whole row.
    since: Arc<AtomicU64>,
    quotes: Arc<Quotes>,
    columns: Vec<Vec<(Column, usize)>>,
    record: ByteRecord,
    seen: Seen,
    begun: bool,
    done: bool,
}

impl Rows {
    pub(crate) fn new(origin: Origin, mark: u8, input: Box<dyn Read + Send>) -> Self {
        let since = Arc::new(AtomicU64::new(0));
        let quotes = Arc::new(Quotes::default());
        let input = Box::new(Watched { input, quotes: Arc::clone(&quotes) });
        let bounded = Bounded { input, since: Arc::clone(&since) };
        let reader = ReaderBuilder::new()
            .delimiter(mark)
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(BUFFER)
            .from_reader(bounded);
        let record = ByteRecord::new();
        Self {
            origin,
            reader,
            since,
            quotes,
            columns: Vec::new(),
            record,
            seen: Seen::default(),
            begun: false,
            done: false,
        }
    }

    /// What each column holds: what was asked for, else what its name says.
    fn head(&mut self) {
        let asked = &self.origin.options.columns;
        let guesses = &Furniture::embedded().columns;
        let column = |name: &[u8]| {
            let name = charset::decode(name);
            let name = name.trim().trim_start_matches('\u{feff}');
            let named: Vec<(Column, usize)> = Column::ALL
                .iter()
                .filter(|(column, _)| {
                    asked.named(*column).is_some_and(|known| known.eq_ignore_ascii_case(name))
                })
                .map(|(column, _)| (*column, 0))
                .collect();
            if !named.is_empty() {
                return named;
            }
            let open = |column: &Column| asked.named(*column).is_none();
            let of = guesses.of(&name.to_lowercase()).iter().filter(|(column, _)| open(column));
            of.map(|(column, rank)| (*column, rank + 1)).collect()
        };
        self.columns = self.record.iter().map(column).collect();
    }

    fn row(&mut self) -> Step {
        let position = self.record.position();
        let offset = position.map_or(0, csv::Position::byte);
        let place = self.origin.record("row", position.map_or(0, csv::Position::record), offset);
        if self.quotes.are_open() && self.record.iter().any(|field| field.contains(&b'\n')) {
            let reason = "a quote that opens in this row is not closed".to_owned();
            return Some(Err(ArticleError::Malformed { place, reason, hint: HINT }));
        }
        if self.record.len() != self.columns.len() {
            let reason = format!("{} fields where {} were named", self.record.len(), self.columns.len());
            return Some(Err(ArticleError::Malformed { place, reason, hint: HINT }));
        }
        let mut fields = Fields::default();
        for (value, columns) in self.record.iter().zip(&self.columns) {
            for (column, rank) in columns {
                fields.add(*column, *rank, charset::decode_as(value, self.origin.charset).into_owned());
            }
        }
        Some(article(&self.origin, place, fields).map(|mut article| {
            self.seen.note(&mut article);
            article.into()
        }))
    }
}

impl Records for Rows {
    fn next(&mut self) -> Step {
        loop {
            if self.done {
                return None;
            }
            let position = self.reader.position().clone();
            let place = || self.origin.record("row", position.record(), position.byte());
            self.since.store(0, Ordering::Relaxed);
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) if !self.begun => {
                    self.begun = true;
                    self.head();
                }
                Ok(true) => return self.row(),
                Ok(false) => return None,
                Err(error) => {
                    let place = place();
                    self.done = true;
                    let error = match error.into_kind() {
                        csv::ErrorKind::Io(error) if is_endless(&error) => {
                            ArticleError::TooLarge { place, unit: "row", limit_mib: LIMIT_MIB }
                        }
                        csv::ErrorKind::Io(error) => ArticleError::Read { place, error },
                        other => {
                            let reason = format!("{other:?}");
                            ArticleError::Malformed { place, reason, hint: HINT }
                        }
                    };
                    return Some(Err(error));
                }
            }
        }
    }
}

/// What is known of an input's quotation marks once all of it has been read.
#[derive(Default)]
struct Quotes {
    ended: AtomicBool,
    count: AtomicU64,
}

impl Quotes {
    /// Whether the input has ended in the middle of a row and with a mark that has no other: a table's marks come in
    /// pairs.
    fn are_open(&self) -> bool {
        self.ended.load(Ordering::Relaxed) && self.count.load(Ordering::Relaxed) % 2 == 1
    }
}

/// Counts quotation marks as they pass.
struct Watched {
    input: Box<dyn Read + Send>,
    quotes: Arc<Quotes>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)?;
        let marks = memchr::memchr_iter(b'"', &buffer[..n]).count() as u64;
        self.quotes.count.fetch_add(marks, Ordering::Relaxed);
        self.quotes.ended.store(n == 0, Ordering::Relaxed);
        Ok(n)
    }
}

/// Ends an input whose row does not end: a quote that nobody closes would take all of it into memory.
pub(crate) struct Bounded {
    pub(crate) input: Box<dyn Read + Send>,
    pub(crate) since: Arc<AtomicU64>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(buffer)?;
        if self.since.fetch_add(n as u64, Ordering::Relaxed) > (LIMIT + BUFFER) as u64 {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "a record without an end"));
        }
        Ok(n)
    }
}

/// Whether [`Bounded`] has ended the input.
pub(crate) fn is_endless(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::FileTooLarge
}

#[cfg(test)]
mod tests {
    use crate::{Articles, Options};

    fn read(bytes: &[u8], columns: &str) -> Vec<Result<crate::Article, crate::ArticleError>> {
        let options = Options { columns: columns.parse().unwrap() };
        Articles::open_with("t.csv", Box::new(std::io::Cursor::new(bytes.to_vec())), options).collect()
    }

    #[test]
    fn columns_are_guessed_or_named() {
        let csv = b"id,Title,published,body\n1,\"Rebels leave, at last\",2019-03-12,\"They \"\"left\"\".\n\nThe army came.\"\n2,x\n3,Truce,2019-03-13,It holds.\n";
        let read_rows = read(csv, "");
        let first = read_rows[0].as_ref().unwrap();
        assert_eq!(first.text, "Rebels leave, at last\n\nThey \"left\".\n\nThe army came.");
        assert_eq!(first.published.as_ref().unwrap().as_str(), "2019-03-12");
        assert_eq!(
            read_rows[1].as_ref().unwrap_err().to_string(),
            "t.csv, row 2 (byte 94): 2 fields where 4 were named; the first row must name the columns, and every row must have as many"
        );
        assert_eq!(read_rows[2].as_ref().unwrap().key.as_deref(), Some("3"));
        let tsv = b"nr\tinhalt\n7\tRebels left the town.\n";
        let named = read(tsv, "text=inhalt,id=nr");
        assert_eq!(named[0].as_ref().unwrap().key.as_deref(), Some("7"));
    }

    #[test]
    fn a_quote_that_is_not_closed_is_told_and_one_that_stands_alone_is_not() {
        let rows = read(b"id,text\n1,Rebels left.\n2,\"The army came.\n3,It left.\n", "");
        assert_eq!(rows.iter().flatten().count(), 1);
        let message = rows[1].as_ref().unwrap_err().to_string();
        assert!(message.starts_with("t.csv, row 2 (byte 23): a quote"), "{message}");
        let rows = read(b"id,text\n1,A 5\" pipe burst.\n2,The army came.", "");
        assert_eq!(rows.iter().flatten().count(), 2);
    }

    #[test]
    fn an_id_that_comes_twice_is_noted() {
        let rows = read(b"id,text\n1,Rebels left.\n1,The army came.\n", "");
        assert!(rows[0].as_ref().unwrap().notes.is_empty());
        assert_eq!(rows[1].as_ref().unwrap().notes[0].text, "the id \"1\" has come before; both were read");
    }
}
