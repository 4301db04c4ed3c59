use super::describe::Description;
use super::{names, nominals};
use crate::document::{At, Document};
use crate::places::Places;
use dateline_codebook::{ActorId, Alias, Code};

/// A phrase that mentions somebody, not linked yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) sentence: u32,
    pub(super) first: u32,
    pub(super) end: u32,
    pub(super) head: u32,
    /// Another word that the phrase may be addressed by: the name in a phrase headed by its title.
    pub(super) inner: Option<u32>,
    pub(super) what: What,
}

/// Whom a phrase mentions, as far as the phrase tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// A country that acts.
    Country(Code),
    /// An organisation or group that the codebook knows.
    Known(Vec<Alias>),
    /// A person by name.
    Person {
        /// First word and one past the last of the name itself.
        name: (u32, u32),
        known: Option<ActorId>,
        description: Option<Box<Description>>,
    },
    /// An organisation that the codebook does not know.
    Organization { name: (u32, u32), country: Option<Code>, description: Option<Box<Description>> },
    /// Somebody by description.
    Nominal(Box<Description>),
}

impl Found {
    pub(super) fn at(&self) -> At {
        At { sentence: self.sentence, token: self.head }
    }
}

/// All mentions of the article but the pronouns, in order of text.
pub(super) fn find(doc: &Document<'_>, places: &Places) -> Vec<Found> {
    let mut found = Vec::new();
    for index in 0..doc.sentences.len() {
        let from = found.len();
        names::find(doc, places, index, &mut found);
        let names =
            found.get(from..).map_or(Vec::new(), |new| new.iter().map(|f| (f.first, f.end)).collect());
        nominals::find(doc, places, index, &names, &mut found);
        if let Some(new) = found.get_mut(from..) {
            new.sort_by_key(|f| (f.first, std::cmp::Reverse(f.end)));
        }
    }
    found
}
