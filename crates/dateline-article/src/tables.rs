//! CSV, TSV and their like: one article a row, the columns told from what was asked for, from their names, or from what
//! stands in them.

mod cells;
mod mark;

pub(crate) use mark::mark;

use crate::articles::{BUFFER, LIMIT, LIMIT_MIB};
use crate::furniture::Furniture;
use crate::json::record::{Fields, article};
use crate::options::Column;
use crate::origin::{Origin, Records, Step};
use crate::seen::Seen;
use crate::{ArticleError, Note, NoteKind, charset};
use cells::Sample;
use csv::{ByteRecord, ReaderBuilder};
use std::collections::VecDeque;
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
    /// Rows that were looked at to tell what the columns hold, and whether a quote was open at their end.
    ahead: VecDeque<(ByteRecord, bool)>,
    /// Why no more rows could be looked at.
    failed: Option<ArticleError>,
    /// What was guessed, until it has been said.
    guessed: Option<String>,
    seen: Seen,
    begun: bool,
    done: bool,
}

/// So many rows are looked at to guess what columns hold, and no more bytes than this.
const LOOKED_AT: usize = 20;
const LOOKED_AT_BYTES: usize = 4 << 20;
/// A guess is worse than any name.
const GUESSED: usize = usize::MAX;

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
            ahead: VecDeque::new(),
            failed: None,
            guessed: None,
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
            let name = charset::decode_as(name, self.origin.charset);
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
        let known = self.columns.iter().flatten().any(|(column, _)| *column == Column::Text);
        if !known && asked.named(Column::Text).is_none() {
            self.guess();
        }
    }

    /// Where no name says which column holds the text, the first rows are asked for it, and for what else no name tells.
    fn guess(&mut self) {
        let names: Vec<String> = self.record.iter().map(|name| self.text(name)).collect();
        let mut sample = Sample::new(names.len());
        let mut bytes = 0;
        while self.ahead.len() < LOOKED_AT && bytes < LOOKED_AT_BYTES {
            match self.read() {
                Ok(true) => {
                    bytes += self.record.as_slice().len();
                    if self.record.len() == names.len() {
                        sample.add(self.record.iter().map(|cell| self.text(cell)));
                    }
                    self.ahead.push_back((self.record.clone(), self.quotes.are_open()));
                }
                Ok(false) => break,
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
        }
        let asked = &self.origin.options.columns;
        let named: Vec<Column> = self.columns.iter().flatten().map(|(column, _)| *column).collect();
        let free: Vec<bool> = self.columns.iter().map(Vec::is_empty).collect();
        let mut said = Vec::new();
        for (at, column) in sample.columns(&free) {
            if asked.named(column).is_some() || named.contains(&column) {
                continue;
            }
            let (_, field) = Column::ALL[column as usize];
            said.push(format!("{field} is \"{}\"", names[at].trim()));
            self.columns[at].push((column, GUESSED));
        }
        if !said.is_empty() {
            let said = said.join(", ");
            self.guessed =
                Some(format!("columns were guessed by what stands in them: {said}; --map names them"));
        }
    }

    fn text(&self, cell: &[u8]) -> String {
        charset::decode_as(cell, self.origin.charset).into_owned()
    }

    /// Reads the next row; not so where the input ends.
    fn read(&mut self) -> Result<bool, ArticleError> {
        let position = self.reader.position().clone();
        self.since.store(0, Ordering::Relaxed);
        self.reader.read_byte_record(&mut self.record).map_err(|error| {
            let place = self.origin.record("row", position.record(), position.byte());
            self.done = true;
            match error.into_kind() {
                csv::ErrorKind::Io(error) if is_endless(&error) => {
                    ArticleError::TooLarge { place, unit: "row", limit_mib: LIMIT_MIB }
                }
                csv::ErrorKind::Io(error) => ArticleError::Read { place, error },
                other => ArticleError::Malformed { place, reason: format!("{other:?}"), hint: HINT },
            }
        })
    }

    /// The article of the row that was read; `open` says whether a quote was left open at its end.
    fn row(&mut self, open: bool) -> Step {
        let position = self.record.position();
        let offset = position.map_or(0, csv::Position::byte);
        let place = self.origin.record("row", position.map_or(0, csv::Position::record), offset);
        if open && self.record.iter().any(|field| field.contains(&b'\n')) {
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
                fields.add(*column, *rank, self.text(value));
            }
        }
        Some(article(&self.origin, place, fields).map(|mut article| {
            self.seen.note(&mut article);
            if let Some(text) = self.guessed.take() {
                article.notes.push(Note { kind: NoteKind::Guessed, text });
            }
            article.into()
        }))
    }
}

impl Records for Rows {
    fn next(&mut self) -> Step {
        loop {
            if let Some((record, open)) = self.ahead.pop_front() {
                self.record = record;
                return self.row(open);
            }
            if let Some(error) = self.failed.take() {
                return Some(Err(error));
            }
            if self.done {
                return None;
            }
            match self.read() {
                Ok(true) if !self.begun => {
                    self.begun = true;
                    self.head();
                }
                Ok(true) => return self.row(self.quotes.are_open()),
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
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

    #[test]
    fn columns_with_foreign_names_are_known_and_others_are_guessed() {
        let german =
            "Überschrift;Datum;Inhalt\nRebellen ziehen ab;12.03.2019;\"Sie gingen; das sagte die Armee.\"\n";
        let read_german = read(german.as_bytes(), "");
        let article = read_german[0].as_ref().unwrap();
        assert_eq!(article.text, "Rebellen ziehen ab\n\nSie gingen; das sagte die Armee.");
        assert_eq!(article.published.as_ref().unwrap().as_str(), "2019-03-12");
        assert!(article.notes.is_empty());
        let latin = encoding_rs::WINDOWS_1252.encode(german).0.into_owned();
        assert_eq!(read(&latin, "")[0].as_ref().unwrap().text, article.text);

        let text = "Rebels left the town of Kidal on Tuesday, and the army came back to it at night.";
        let odd = format!(
            "nr,col_a,col_b,col_c\n1,Rebels leave the town,3 May 2020,\"{text}\"\n2,The army is back,4 May 2020,\"{text}\"\n"
        );
        let rows = read(odd.as_bytes(), "");
        let first = rows[0].as_ref().unwrap();
        assert_eq!(first.text, format!("Rebels leave the town\n\n{text}"));
        assert_eq!(first.published.as_ref().unwrap().as_str(), "2020-05-03");
        assert_eq!(
            first.notes[0].text,
            "columns were guessed by what stands in them: text is \"col_c\", title is \"col_a\", published is \"col_b\"; \
             --map names them"
        );
        let second = rows[1].as_ref().unwrap();
        assert_eq!((second.title.as_deref(), second.notes.len()), (Some("The army is back"), 0));
        let offset = odd.find("\n2,").unwrap() + 1;
        assert_eq!(second.place.to_string(), format!("t.csv, row 2 (byte {offset})"));
        // What is named is not guessed.
        let named = read(odd.as_bytes(), "title=nr,text=col_c");
        assert_eq!(named[0].as_ref().unwrap().title.as_deref(), Some("1"));
    }

    #[test]
    fn a_broken_row_among_those_looked_at_costs_only_itself() {
        let text = "Rebels left the town of Kidal on Tuesday, and the army came back to it at night.";
        let rows = read(format!("nr\tx\n1\t{text}\n2\n3\t{text}\n").as_bytes(), "");
        let shown: Vec<bool> = rows.iter().map(Result::is_ok).collect();
        assert_eq!(shown, [true, false, true]);
    }
}
