use crate::claim::{Field, disagreements};
use crate::furniture::Furniture;
use crate::language::language;
use crate::lines;
use crate::meta::Meta;
use crate::{Article, Block, BlockKind, Claim, Note, NoteKind, Place, Status, Timestamp};
use dateline_text::Span;
use std::borrow::Cow;
use xxhash_rust::xxh3::Xxh3;

/// An article in the making: what is known of it beside its body.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) key: Option<String>,
    pub(crate) source: String,
    pub(crate) place: Place,
    pub(crate) url: Option<String>,
    pub(crate) canonical: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) standfirst: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) agencies: Vec<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) section: Vec<String>,
    pub(crate) published: Option<Timestamp>,
    /// Taken for the publication time where no other is given.
    pub(crate) updated: Option<Timestamp>,
    pub(crate) located: Option<String>,
    /// What the input says the language is; the text itself is asked first.
    pub(crate) language: Option<String>,
    pub(crate) status: Status,
    pub(crate) version: Option<String>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) notes: Vec<Note>,
}

/// A stretch of text that is to become a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    pub(crate) kind: BlockKind,
    pub(crate) text: Cow<'a, str>,
}

impl<'a> Piece<'a> {
    pub(crate) fn new(kind: BlockKind, text: impl Into<Cow<'a, str>>) -> Self {
        Self { kind, text: text.into() }
    }

    /// The paragraphs of a plain text.
    pub(crate) fn paragraphs(text: &'a str) -> Vec<Self> {
        lines::paragraphs(text).into_iter().map(|text| Self::new(BlockKind::Paragraph, text)).collect()
    }

    /// The piece with a text of its own.
    pub(crate) fn into_owned(self) -> Piece<'static> {
        Piece { kind: self.kind, text: Cow::Owned(self.text.into_owned()) }
    }
}

impl Draft {
    /// Keeps what the input says of a field, and takes it where nothing that is trusted more has said anything.
    pub(crate) fn say(&mut self, field: Field, from: &'static str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let slot = match field {
            Field::Published | Field::Updated => return self.say_time(field, from, value),
            Field::Authors => {
                self.authors.push(value.to_owned());
                return self.claim(field, from, value);
            }
            Field::Agencies => {
                self.credit([value.to_owned()]);
                return self.claim(field, from, value);
            }
            Field::Section => {
                self.section.push(value.to_owned());
                return self.claim(field, from, value);
            }
            Field::Key => &mut self.key,
            Field::Url => &mut self.url,
            Field::Canonical => &mut self.canonical,
            Field::Title => &mut self.title,
            Field::Standfirst => &mut self.standfirst,
            Field::Byline => &mut self.byline,
            Field::Publisher => &mut self.publisher,
            Field::Located => &mut self.located,
            Field::Language => &mut self.language,
            Field::Version => &mut self.version,
            Field::Status | Field::Text => return self.claim(field, from, value),
        };
        slot.get_or_insert_with(|| value.to_owned());
        self.claim(field, from, value);
    }

    /// A line that names who wrote it, and perhaps where and for whom.
    pub(crate) fn byline_says(&mut self, from: &'static str, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        self.claim(Field::Byline, from, line);
        let lower = line.to_lowercase();
        let by = &Furniture::embedded().meta.by;
        let introduced =
            by.iter().any(|by| lower.strip_prefix(by.as_str()).is_some_and(|r| r.starts_with(' ')));
        let whole = if introduced { line.to_owned() } else { format!("By {line}") };
        match Meta::read(&whole) {
            Some(meta) => meta.fill(self),
            None => {
                self.byline.get_or_insert_with(|| line.to_owned());
            }
        }
    }

    /// A value for the record, with nothing set by it.
    pub(crate) fn claim(&mut self, field: Field, from: &'static str, value: &str) {
        self.claims.push(Claim { field, from, value: value.to_owned() });
    }

    /// A time, or a note that it is none.
    fn say_time(&mut self, field: Field, from: &'static str, value: &str) {
        // "Published: 12 March 2019" is a date with a word too many.
        let labelled = || Meta::read(value).and_then(|meta| meta.published.or(meta.updated));
        let Some(time) = Timestamp::parse(value).or_else(labelled) else {
            let shown: String = value.chars().take(60).collect();
            let text = format!("{} in {from}: \"{shown}\" is no date; left out", field.as_str());
            self.notes.push(Note { kind: NoteKind::InvalidDate, text });
            return;
        };
        self.claim(field, from, time.as_str());
        let slot = if field == Field::Published { &mut self.published } else { &mut self.updated };
        slot.get_or_insert(time);
    }

    /// Whether it says that an article has been withdrawn, and which: that is worth knowing without a text.
    pub(crate) fn is_kill_notice(&self) -> bool {
        self.status == Status::Canceled && self.title.is_some()
    }

    /// Adds agencies that are not known yet, in order.
    pub(crate) fn credit(&mut self, agencies: impl IntoIterator<Item = String>) {
        for agency in agencies {
            if !self.agencies.contains(&agency) {
                self.agencies.push(agency);
            }
        }
    }

    /// Puts title, standfirst and body together, a blank line between blocks.
    pub(crate) fn finish(self, body: Vec<Piece>) -> Article {
        let head = [(BlockKind::Title, &self.title), (BlockKind::Standfirst, &self.standfirst)];
        let head = head.into_iter().filter_map(|(kind, text)| Some((kind, text.as_deref()?)));
        let length: usize = body.iter().map(|piece| piece.text.len() + 2).sum();
        let body_pieces = body.iter().map(|piece| (piece.kind, &*piece.text));
        let mut text = String::with_capacity(length);
        let mut blocks = Vec::with_capacity(body.len() + 2);
        for (kind, words) in head.chain(body_pieces) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(words);
            blocks.push(Block { kind, span: Span::new(start, text.len()) });
        }
        self.finish_with(text, blocks)
    }

    /// The article over a text that is already laid out.
    pub(crate) fn finish_with(mut self, text: String, blocks: Vec<Block>) -> Article {
        disagreements(&self.claims, &mut self.notes);
        let published = self.published.or_else(|| self.updated.clone());
        let id = content_hash(self.title.as_deref(), &text, published.as_ref());
        let language = language(&text).or(self.language);
        Article {
            id,
            key: self.key,
            source: self.source,
            place: self.place,
            url: self.url,
            canonical: self.canonical,
            title: self.title,
            standfirst: self.standfirst,
            byline: self.byline,
            authors: self.authors,
            agencies: self.agencies,
            publisher: self.publisher,
            section: self.section,
            published,
            updated: self.updated,
            status: self.status,
            version: self.version,
            located: self.located,
            language,
            text,
            blocks,
            copy_of: None,
            claims: self.claims,
            notes: self.notes,
        }
    }
}

/// 128 bits over title, text and time, each ended by a byte that UTF-8 does not have.
fn content_hash(title: Option<&str>, text: &str, published: Option<&Timestamp>) -> String {
    let mut hash = Xxh3::new();
    for part in [title.unwrap_or_default(), text, published.map(Timestamp::as_str).unwrap_or_default()] {
        hash.update(part.as_bytes());
        hash.update(&[0xFF]);
    }
    format!("{:032x}", hash.digest128())
}
