//! XML: feeds (RSS, Atom), NewsML-G2 and NITF, record by record.
//!
//! Document types are passed over: nothing they name is fetched, and no entity they declare is expanded. The entities
//! of XML and HTML are known; any other stays in the text as it is written.

mod element;
mod feed;
mod newsml;
mod nitf;

use crate::articles::{BUFFER, LIMIT_MIB};
use crate::origin::{Item, Origin, Records, Step};
use crate::seen::Seen;
use crate::tables::{Bounded, is_endless};
use crate::{ArticleError, Place, charset};
use element::{Builder, Element};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::VecDeque;
use std::io::{BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const HINT: &str = "the XML is broken here";

/// Whether documents with this root, without its prefix, are read.
pub(crate) fn is_read(root: &str) -> bool {
    matches!(root, "rss" | "feed" | "RDF" | "newsItem" | "newsMessage" | "packageItem" | "nitf" | "NewsML")
}

/// Elements that hold records.
fn holds_records(name: &str) -> bool {
    matches!(
        name,
        "rss"
            | "channel"
            | "feed"
            | "RDF"
            | "newsMessage"
            | "itemSet"
            | "NewsML"
            | "NewsItem"
            | "NewsComponent"
            | "ContentItem"
            | "DataContent"
    )
}

/// Elements that are one article each.
fn is_record(name: &str) -> bool {
    matches!(name, "item" | "entry" | "newsItem" | "nitf")
}

/// The records of an XML document.
pub(crate) struct Documents {
    origin: Origin,
    reader: Reader<BufReader<Bounded>>,
    /// Bytes since the last whole record.
    since: Arc<AtomicU64>,
    /// What stands before the records: the feed's own title and so on.
    head: Vec<Element>,
    /// The element that is being read, and the place where it began.
    open: Option<(Builder, Place)>,
    /// Containers that are open.
    inside: Vec<String>,
    number: u64,
    buffer: Vec<u8>,
    ready: VecDeque<Result<Item, ArticleError>>,
    seen: Seen,
    done: bool,
}

/// Elements before the first record that are kept.
const LONGEST_HEAD: usize = 100;

impl Documents {
    pub(crate) fn new(origin: Origin, head: &[u8], input: Box<dyn Read + Send>) -> Self {
        let input = charset::transcoded(input, charset::of_stream(head, origin.charset));
        let since = Arc::new(AtomicU64::new(0));
        let bounded = Bounded { input, since: Arc::clone(&since) };
        let mut reader = Reader::from_reader(BufReader::with_capacity(BUFFER, bounded));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        Self {
            origin,
            reader,
            since,
            head: Vec::new(),
            open: None,
            inside: Vec::new(),
            number: 0,
            buffer: Vec::new(),
            ready: VecDeque::new(),
            seen: Seen::default(),
            done: false,
        }
    }

    /// Takes the next event in; `false` at the end of the document.
    fn step(&mut self) -> bool {
        self.buffer.clear();
        let offset = self.reader.buffer_position();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => {
                let error = self.failed(offset, error);
                self.ready.push_back(Err(error));
                return false;
            }
        };
        if let Event::Eof = event {
            if let Some((_, place)) = self.open.take().filter(|(builder, _)| is_record(local(builder.name())))
            {
                let reason = "the input ends in the middle of this record".to_owned();
                self.ready.push_back(Err(ArticleError::Malformed { place, reason, hint: HINT }));
            }
            return false;
        }
        if let Some((builder, _)) = &mut self.open {
            if builder.take(&event)
                && let Some((builder, place)) = self.open.take()
            {
                self.since.store(0, Ordering::Relaxed);
                self.ended(builder, place);
            }
            return true;
        }
        match &event {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                if holds_records(local(&name)) {
                    self.inside.push(name);
                } else {
                    let record = is_record(local(&name));
                    self.number += u64::from(record);
                    let place = self.origin.record("item", self.number, offset);
                    self.open = Some((Builder::new(tag), place));
                }
            }
            Event::End(tag) => {
                let name = tag.name().as_ref().to_owned();
                if self.inside.last() == Some(&name) {
                    self.inside.pop();
                }
            }
            _ => self.since.store(0, Ordering::Relaxed),
        }
        true
    }

    /// A whole element: a record, or something about all of them.
    fn ended(&mut self, builder: Builder, place: Place) {
        let element = match builder.finish() {
            Ok(element) => element,
            Err(reason) => {
                if reason.is_record {
                    let reason = reason.text;
                    self.ready.push_back(Err(ArticleError::Malformed { place, reason, hint: HINT }));
                }
                return;
            }
        };
        let article = match local(&element.name) {
            "item" => feed::rss(&self.origin, place, &self.head, &element),
            "entry" => feed::atom(&self.origin, place, &self.head, &element),
            "newsItem" => newsml::read(&self.origin, place, &element),
            "nitf" => nitf::read(&self.origin, place, &element),
            _ => {
                if self.head.len() < LONGEST_HEAD {
                    self.head.push(element);
                }
                return;
            }
        };
        let seen = &mut self.seen;
        self.ready.push_back(article.map(|mut article| {
            seen.note(&mut article);
            article.into()
        }));
    }

    fn failed(&mut self, offset: u64, error: quick_xml::Error) -> ArticleError {
        let place = match &self.open {
            Some((_, place)) => place.clone(),
            None => Place { offset: Some(offset), ..self.origin.place() },
        };
        match error {
            quick_xml::Error::Io(error) if is_endless(&error) => {
                ArticleError::TooLarge { place, unit: "record", limit_mib: LIMIT_MIB }
            }
            quick_xml::Error::Io(error) => {
                let error = std::io::Error::new(error.kind(), error.to_string());
                ArticleError::Read { place, error }
            }
            other => {
                let reason = format!("{other} (met at byte {})", self.reader.error_position());
                ArticleError::Malformed { place, reason, hint: HINT }
            }
        }
    }
}

impl Records for Documents {
    fn next(&mut self) -> Step {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.done {
                return None;
            }
            if !self.step() {
                self.done = true;
                if self.number == 0 && self.ready.is_empty() {
                    let hint = "the document holds no item that could be read";
                    return Some(Err(ArticleError::NoText { place: self.origin.place(), hint }));
                }
            }
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
