use crate::draft::Draft;
use crate::{Article, ArticleError, Options, Place};
use encoding_rs::Encoding;
use std::io::Read;
use std::sync::Arc;

/// What a reader of records gives at each step; `None` at its end.
pub(crate) type Step = Option<Result<Item, ArticleError>>;

/// An article, or an input inside the input.
pub(crate) enum Item {
    Article(Box<Article>),
    Open(Box<Opened>),
}

impl From<Article> for Item {
    fn from(article: Article) -> Self {
        Self::Article(Box::new(article))
    }
}

/// One input inside another: a member of an archive, the page of a crawl's record.
pub(crate) struct Opened {
    pub(crate) origin: Origin,
    pub(crate) input: Box<dyn Read + Send>,
}

/// A reader of one format. After an error that ends the input it gives `None`.
pub(crate) trait Records: Send {
    fn next(&mut self) -> Step;
}

/// Where an input comes from, and what is known of it before a byte of it is read.
#[derive(Clone)]
pub(crate) struct Origin {
    place: Place,
    /// The address that it was fetched from.
    pub(crate) url: Option<String>,
    /// The identifier that its container gives it.
    pub(crate) key: Option<String>,
    /// The charset that its container declares.
    pub(crate) charset: Option<&'static Encoding>,
    pub(crate) options: Arc<Options>,
    /// How many containers it is in.
    pub(crate) depth: usize,
}

impl Origin {
    pub(crate) fn new(source: impl Into<String>, options: Options) -> Self {
        Self {
            place: Place::whole(source),
            url: None,
            key: None,
            charset: None,
            options: Arc::new(options),
            depth: 0,
        }
    }

    /// The place of the whole input.
    pub(crate) fn place(&self) -> Place {
        self.place.clone()
    }

    /// The place of one record of the input.
    pub(crate) fn record(&self, unit: &'static str, number: u64, offset: u64) -> Place {
        let input = match self.place.record {
            Some(_) => self.place.to_string(),
            None => self.place.input.clone(),
        };
        Place { input, unit, record: Some(number), offset: Some(offset) }
    }

    /// The origin of an archive's member.
    pub(crate) fn member(&self, name: &str) -> Self {
        let place = Place::whole(format!("{}/{}", self.place, name.trim_start_matches("./")));
        Self { place, url: None, key: None, charset: None, depth: self.depth + 1, ..self.clone() }
    }

    /// The origin of what a record holds.
    pub(crate) fn inside(&self, place: Place) -> Self {
        Self { place, url: None, key: None, charset: None, depth: self.depth + 1, ..self.clone() }
    }

    /// A draft that knows where it comes from.
    pub(crate) fn draft(&self) -> Draft {
        self.draft_at(self.place())
    }

    /// The draft of one record of the input.
    pub(crate) fn draft_at(&self, place: Place) -> Draft {
        let source = self.url.clone().unwrap_or_else(|| self.place.input.clone());
        Draft { key: self.key.clone(), source, url: self.url.clone(), place, ..Draft::default() }
    }
}
