//! Frames: clauses and event nouns, flattened, so that patterns need no syntax.

mod arguments;
mod auxiliaries;
mod clauses;
mod mood;
mod nouns;
mod slips;
#[cfg(test)]
mod tests;
mod voices;

use crate::document::{At, Document};
use compact_str::CompactString;
use dateline_syntax::Sentence;

pub(crate) use mood::Mood;

/// The frames of an article, in order of their predicates.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    pub(crate) list: Vec<Frame>,
    /// For every sentence, for every word, the frame whose predicate it is.
    at: Vec<Vec<Option<u32>>>,
}

/// One clause or event noun.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) sentence: u32,
    /// The word that says what happens.
    pub(crate) predicate: u32,
    pub(crate) kind: FrameKind,
    /// Particle of a phrasal verb.
    pub(crate) particle: Option<u32>,
    /// The light verb or verb of occurrence that carries an event noun.
    pub(crate) carrier: Option<u32>,
    /// Whether the clause is passive; subject and object are already the logical ones.
    pub(crate) passive: bool,
    pub(crate) negated: bool,
    pub(crate) mood: Mood,
    /// Who acts: head words of every conjunct.
    pub(crate) subject: Vec<u32>,
    /// What is acted upon: head words of every conjunct.
    pub(crate) object: Vec<u32>,
    pub(crate) obliques: Vec<Oblique>,
    /// Prepositions that hang on the subject: "clashes between A and B erupted".
    pub(crate) subject_obliques: Vec<Oblique>,
    pub(crate) clauses: Vec<Inner>,
    /// Whether the subject of an event noun is whoever was charged with it, and so did it.
    pub(crate) charged: bool,
}

/// Whether a frame is a clause or a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameKind {
    Clause,
    Noun,
}

/// A preposition with its arguments.
#[derive(Clone, Debug)]
pub(crate) struct Oblique {
    pub(crate) preposition: CompactString,
    /// Head words of every conjunct.
    pub(crate) heads: Vec<u32>,
}

/// A clause inside the frame.
#[derive(Clone, Debug)]
pub(crate) struct Inner {
    /// `to`, `that`, or the preposition before a gerund.
    pub(crate) link: CompactString,
    /// The inner clause's predicate.
    pub(crate) predicate: u32,
}

impl Frames {
    /// Flattens every sentence.
    pub(crate) fn read(doc: &Document<'_>) -> Self {
        let mut frames = Self { list: Vec::new(), at: Vec::with_capacity(doc.sentences.len()) };
        for (index, sentence) in doc.sentences.iter().enumerate() {
            let mut found = SentenceFrames::new(doc, sentence, index as u32);
            found.read_clauses();
            found.read_nouns();
            let mut at = vec![None; sentence.tokens.len()];
            found.frames.sort_by_key(|f| f.predicate);
            for frame in found.frames {
                at[frame.predicate as usize] = Some(frames.list.len() as u32);
                frames.list.push(frame);
            }
            frames.at.push(at);
        }
        frames
    }

    /// Position of the frame whose predicate this word is.
    pub(crate) fn index_at(&self, at: At) -> Option<usize> {
        Some((*self.at.get(at.sentence as usize)?.get(at.token as usize)?)? as usize)
    }

    /// The frame whose predicate this word is.
    pub(crate) fn at(&self, at: At) -> Option<&Frame> {
        self.index_at(at).map(|i| &self.list[i])
    }
}

impl Frame {
    pub(crate) fn at(&self) -> At {
        At { sentence: self.sentence, token: self.predicate }
    }

    /// The frame in one line, for explanations.
    pub(crate) fn describe(&self, doc: &Document<'_>) -> String {
        let word = |token: &u32| doc.word(At { sentence: self.sentence, token: *token });
        let words = |tokens: &[u32]| tokens.iter().map(word).collect::<Vec<_>>().join(" + ");
        let mut out = match self.kind {
            FrameKind::Clause => format!("clause {}", doc.token(self.at()).lemma),
            FrameKind::Noun => format!("noun {}", doc.token(self.at()).lemma),
        };
        for (what, there) in [("particle", &self.particle), ("carried by", &self.carrier)] {
            if let Some(token) = there {
                out += &format!(" · {what} {}", word(token));
            }
        }
        for (what, tokens) in [("subject", &self.subject), ("object", &self.object)] {
            if !tokens.is_empty() {
                out += &format!(" · {what} {}", words(tokens));
            }
        }
        for oblique in self.obliques.iter().chain(&self.subject_obliques) {
            out += &format!(" · {} {}", oblique.preposition, words(&oblique.heads));
        }
        for inner in &self.clauses {
            out += &format!(" · {} [{}]", inner.link, word(&inner.predicate));
        }
        let mood = match self.mood {
            Mood::Real => "fact",
            Mood::Future => "future",
            Mood::Hypothetical => "hypothetical",
        };
        out + &format!(
            " · {mood}{}{}",
            if self.passive { ", passive" } else { "" },
            if self.negated { ", negated" } else { "" }
        )
    }

    /// Heads of every oblique with one of these prepositions.
    pub(crate) fn under<'a>(
        &'a self,
        prepositions: &'a [CompactString],
    ) -> impl Iterator<Item = &'a Oblique> {
        self.obliques.iter().filter(move |o| prepositions.contains(&o.preposition))
    }
}

/// Builds the frames of one sentence.
struct SentenceFrames<'a> {
    doc: &'a Document<'a>,
    sentence: &'a Sentence,
    index: u32,
    frames: Vec<Frame>,
    /// Frame by predicate, while building.
    of: Vec<Option<usize>>,
    /// Words from the root down, so that a governor comes before what it governs.
    order: Vec<u32>,
    /// Words of the dateline that the sentence opens with.
    dateline: u32,
}

impl<'a> SentenceFrames<'a> {
    fn new(doc: &'a Document<'a>, sentence: &'a Sentence, index: u32) -> Self {
        let mut order = Vec::with_capacity(sentence.tokens.len());
        if !sentence.tokens.is_empty() {
            order.push(sentence.root());
        }
        let mut next = 0;
        while next < order.len() && order.len() <= sentence.tokens.len() {
            order.extend(sentence.children(order[next]));
            next += 1;
        }
        let of = vec![None; sentence.tokens.len()];
        let mut new = Self { doc, sentence, index, frames: Vec::new(), of, order, dateline: 0 };
        new.dateline = new.dateline();
        new
    }

    fn lemma(&self, word: u32) -> &'a str {
        &self.sentence.tokens[word as usize].lemma
    }

    fn frame(&self, word: u32) -> Option<&Frame> {
        self.of.get(word as usize).copied().flatten().map(|i| &self.frames[i])
    }

    fn push(&mut self, frame: Frame) {
        self.of[frame.predicate as usize] = Some(self.frames.len());
        self.frames.push(frame);
    }
}
