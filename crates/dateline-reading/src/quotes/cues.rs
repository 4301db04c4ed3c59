//! Words that tell what someone says, thinks or wants; who it is; and what hangs on them.

use super::content::{self, Content};
use super::marks::{self, Marked};
use super::{nouns, phrases, verbs};
use crate::document::{At, Document};
use crate::frames::Frames;
use compact_str::{CompactString, ToCompactString, format_compact};
use dateline_codebook::{CueClass, CuePart};
use dateline_syntax::{Relation, Sentence, Upos};
use dateline_text::Span;

/// A word that reports what someone said, thought or wants, and who.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) at: At,
    pub(super) span: Span,
    pub(super) class: CueClass,
    /// Head word of the speaker.
    pub(super) speaker: Option<At>,
    /// Head word of whom it is told.
    pub(super) addressee: Option<At>,
    /// Head word of whom the speaker has it from.
    pub(super) relies_on: Option<At>,
    /// Whether it is "according to" and the like, which hang on the clause that they are said of.
    pub(super) adjunct: bool,
    /// Whether words quoted beside it can be what it reports.
    pub(super) quoting: bool,
    /// Whether the saying itself is told as a fact: neither denied nor yet to come.
    pub(super) told: bool,
    /// What it reports, where the tree shows it.
    pub(super) content: Vec<Span>,
    /// The first word that governs a part of the content.
    pub(super) head: Option<Span>,
}

/// What all cues of a document are found with.
pub(super) struct Finder<'a> {
    pub(super) doc: &'a Document<'a>,
    pub(super) frames: &'a Frames,
    pub(super) marked: &'a [Marked],
}

/// The cues of a document, in order.
pub(super) fn cues(doc: &Document<'_>, frames: &Frames, marked: &[Marked]) -> Vec<Cue> {
    let finder = Finder { doc, frames, marked };
    let mut found = Vec::new();
    for (position, sentence) in doc.sentences.iter().enumerate() {
        let from = found.len();
        found.extend(phrases::label(&finder, sentence, position));
        for (word, token) in sentence.tokens.iter().enumerate() {
            let at = At::new(position, word as u32);
            let cue = match token.upos {
                _ if matches!(&*token.lemma, "according" | "accord") => {
                    phrases::according(&finder, sentence, at)
                }
                Upos::Verb => verbs::verb(&finder, sentence, at),
                Upos::Noun => nouns::noun(&finder, sentence, at)
                    .or_else(|| phrases::view(&finder, sentence, at))
                    .or_else(|| phrases::survey(&finder, sentence, at)),
                Upos::Adj => nouns::adjective(&finder, sentence, at),
                Upos::Adv => phrases::hearsay(&finder, sentence, at),
                _ => None,
            };
            found.extend(cue);
        }
        drop_named(&mut found, from);
        drop_relied_on(&mut found, from, doc, sentence);
    }
    found
}

/// "expressed hope that …": the noun says what is hoped, so the verb has nothing more to say.
fn drop_named(found: &mut [Cue], from: usize) {
    let named: Vec<(usize, usize)> = (from..found.len())
        .flat_map(|verb| (from..found.len()).map(move |noun| (verb, noun)))
        .filter(|&(verb, noun)| match (found.get(verb), found.get(noun)) {
            (Some(v), Some(n)) => {
                v.at < n.at
                    && !n.adjunct
                    && n.speaker == v.speaker
                    && !n.content.is_empty()
                    && matches!(v.content[..], [span] if span.contains(n.span) && n.span.start - span.start < 24
                        && n.content.last().is_some_and(|c| c.end == span.end))
            }
            _ => false,
        })
        .collect();
    for (verb, _) in named {
        if let Some(cue) =
            found.get_mut(verb).filter(|c| matches!(c.class, CueClass::Statement | CueClass::Judgement))
        {
            cue.content.clear();
        }
    }
}

/// "officials, citing survivors, said": the survivors are whom the officials have it from, and not what they say.
fn drop_relied_on(found: &mut [Cue], from: usize, doc: &Document<'_>, sentence: &Sentence) {
    // Documents and reasons are cited too: "citing the cold".
    let speaks = |at: &At| {
        let word = sentence.tokens.get(at.token as usize);
        word.is_some_and(|w| w.upos == Upos::Propn || doc.codebook.reporting.is_source(&w.lemma))
    };
    let relied: Vec<At> = found.iter().skip(from).filter_map(|c| c.relies_on).filter(speaks).collect();
    for cue in found.iter_mut().skip(from) {
        let object = sentence.children_as(cue.at.token, Relation::Obj).next();
        if object.is_some_and(|token| relied.contains(&At { sentence: cue.at.sentence, token })) {
            cue.content.clear();
            cue.quoting = false;
        }
    }
}

impl Finder<'_> {
    /// Whether a word is none that only fills a place ("it is said that"), and stands on the same side of quotation marks.
    pub(super) fn can_speak(&self, sentence: &Sentence, cue: u32, word: u32) -> bool {
        let (Some(speaker), Some(own)) =
            (sentence.tokens.get(word as usize), sentence.tokens.get(cue as usize))
        else {
            return false;
        };
        word != cue
            && speaker.relation != Relation::Expl
            && self.quotation(speaker.span) == self.quotation(own.span)
    }

    /// Position of the quotation that a word is in.
    pub(super) fn quotation(&self, span: Span) -> Option<usize> {
        marks::holding(self.marked, span)
    }

    /// The words of a content, without the cue and what hangs on `without`.
    pub(super) fn spans(
        &self,
        sentence: &Sentence,
        content: &Content,
        without: &[u32],
        cue: (u32, u32),
    ) -> Vec<Span> {
        content::runs(self.doc, sentence, content, without, cue)
    }
}

/// The lemma of a word, with its particle joined by "_".
pub(super) fn lemma(sentence: &Sentence, word: u32) -> CompactString {
    let Some(token) = sentence.tokens.get(word as usize) else { return CompactString::default() };
    let particle = sentence.children_as(word, Relation::CompoundPrt).next();
    match particle.and_then(|p| sentence.tokens.get(p as usize)) {
        Some(particle) => format_compact!("{}_{}", token.lemma, particle.lemma),
        None => token.lemma.to_compact_string(),
    }
}

/// The cue word of the codebook at a word.
pub(super) fn known<'a>(
    doc: &Document<'a>,
    sentence: &Sentence,
    part: CuePart,
    word: u32,
) -> Option<&'a dateline_codebook::CueWord> {
    let reporting = &doc.codebook.reporting;
    reporting.word(part, &lemma(sentence, word)).or_else(|| {
        // "said so up front": a particle that the codebook does not know is none.
        reporting.word(part, &sentence.tokens.get(word as usize)?.lemma)
    })
}
