//! Patterns against frames.

mod binding;

use crate::document::{At, Document};
use crate::frames::{Frame, FrameKind, Frames};
use crate::parties::Parties;
use binding::Binding;
use compact_str::CompactString;
use dateline_codebook::shape::{Shape, Slot};
use dateline_codebook::{Candidate, TypeId};
use dateline_syntax::{Relation, Upos};
use std::borrow::Cow;

/// The best pattern of every frame.
#[derive(Debug)]
pub(crate) struct Matches {
    /// One a frame, in their order.
    pub(crate) best: Vec<Option<Match>>,
    /// Where the best leaves it to the speaker to be the actor, the best of those that name one.
    pub(crate) unsaid: Vec<Option<Match>>,
    /// Frames that fitted a pattern but for a role that nobody fills: the role, and what fitted.
    pub(crate) unfilled: Vec<Option<(Role, Match)>>,
}

/// A pattern that fits a frame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Match {
    pub(crate) candidate: Candidate,
    pub(crate) noun: bool,
    pub(crate) event: TypeId,
    /// Words at which the actors stand.
    pub(crate) actors: Vec<u32>,
    /// Words at which the recipients stand.
    pub(crate) recipients: Vec<u32>,
    /// Frames that have become part of this one.
    pub(crate) inner: Vec<usize>,
    /// Words that the pattern asked for.
    pub(crate) words: Vec<u32>,
    /// Words that the pattern gave no role: "in ANY".
    pub(crate) passed: Vec<u32>,
    /// How much the pattern asks for, then how few words it takes.
    rank: (u32, std::cmp::Reverse<u32>),
}

impl Match {
    /// A clause inside another match that fits no pattern of its own.
    pub(crate) fn bare(of: &Match) -> Self {
        Self {
            recipients: Vec::new(),
            inner: Vec::new(),
            words: Vec::new(),
            passed: Vec::new(),
            ..of.clone()
        }
    }
}

/// A role of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Actor,
    Recipient,
}

/// Why a shape does not fit a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Miss {
    Predicate,
    Polarity,
    Subject,
    Part(usize),
    Unfilled(Role),
}

impl std::fmt::Display for Miss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Predicate => f.write_str("the predicate is another"),
            Self::Polarity => f.write_str("it asks for a negated clause"),
            Self::Subject => f.write_str("the subject does not fit"),
            Self::Part(at) => write!(f, "part {} after the predicate is missing or does not fit", at + 1),
            Self::Unfilled(Role::Actor) => f.write_str("nobody is known to be the actor"),
            Self::Unfilled(Role::Recipient) => f.write_str("nobody is known to be the recipient"),
        }
    }
}

impl Matches {
    /// Finds the best pattern of every frame, inner clauses before those that hold them.
    pub(crate) fn find(doc: &Document<'_>, frames: &Frames, parties: Parties<'_>) -> Self {
        let count = frames.list.len();
        let mut matching = Matching {
            doc,
            frames,
            parties,
            found: Self { best: vec![None; count], unsaid: vec![None; count], unfilled: vec![None; count] },
            done: vec![false; count],
        };
        for index in 0..count {
            matching.find(index, 0);
        }
        matching.found
    }
}

/// Every candidate of a frame with its verdict, for explanations.
pub(crate) fn verdicts<'a>(
    doc: &Document<'a>,
    frames: &Frames,
    parties: Parties<'_>,
    matches: &Matches,
    index: usize,
) -> Vec<(&'a str, &'a Shape, Result<(), Miss>)> {
    let matching = Matching {
        doc,
        frames,
        parties,
        found: Matches { best: matches.best.clone(), unsaid: Vec::new(), unfilled: Vec::new() },
        done: vec![true; frames.list.len()],
    };
    let frame = &frames.list[index];
    let mut out = Vec::new();
    for &candidate in candidates(doc, frame) {
        let (pattern, shape) = match frame.kind {
            FrameKind::Clause => doc.codebook.patterns.clause(candidate),
            FrameKind::Noun => doc.codebook.patterns.noun(candidate),
        };
        out.push((pattern.id.as_str(), shape, matching.fit(frame, shape).map(|_| ())));
    }
    out
}

/// The patterns that name a frame's predicate, by its lemma or as it is written.
fn candidates<'a>(doc: &Document<'a>, frame: &Frame) -> impl Iterator<Item = &'a Candidate> {
    let patterns = &doc.codebook.patterns;
    let lemma = doc.token(frame.at()).lemma.to_lowercase();
    let (by_lemma, as_written) = match frame.kind {
        FrameKind::Clause => {
            let mut form = CompactString::const_new("=");
            form.extend(doc.word(frame.at()).chars().flat_map(char::to_lowercase));
            (patterns.clauses(&lemma), patterns.clauses(&form))
        }
        FrameKind::Noun => (patterns.nouns(&lemma), &[][..]),
    };
    by_lemma.iter().chain(as_written)
}

/// "is committed to", "was opposed to": a passive that names no agent may tell of a state of its subject.
fn as_state(frame: &Frame) -> Option<Frame> {
    let state = frame.kind == FrameKind::Clause && frame.passive && frame.subject.is_empty();
    state.then(|| Frame {
        passive: false,
        subject: frame.object.clone(),
        object: Vec::new(),
        ..frame.clone()
    })
}

struct Matching<'a> {
    doc: &'a Document<'a>,
    frames: &'a Frames,
    parties: Parties<'a>,
    found: Matches,
    done: Vec<bool>,
}

impl Matching<'_> {
    fn find(&mut self, index: usize, depth: u8) {
        if std::mem::replace(&mut self.done[index], true) || depth > 24 {
            return;
        }
        let frame = &self.frames.list[index];
        for inner in &frame.clauses {
            if let Some(below) = self.frames.index_at(At { sentence: frame.sentence, token: inner.predicate })
            {
                self.find(below, depth + 1);
            }
        }
        let own = self.likely(frame);
        let (mut best, mut unsaid): (Option<Match>, Option<Match>) = (None, None);
        let wished = self.is_wished(frame);
        let state = as_state(frame);
        let word = self.doc.word(frame.at()).to_lowercase();
        let states =
            state.iter().flat_map(|f| self.doc.codebook.patterns.clauses(&word).iter().map(move |c| (f, c)));
        for (frame, &candidate) in own.iter().map(|c| (frame, c)).chain(states) {
            let noun = frame.kind == FrameKind::Noun;
            let patterns = &self.doc.codebook.patterns;
            let (pattern, shape) = if noun { patterns.noun(candidate) } else { patterns.clause(candidate) };
            let said = self.leaves_actor_to_speaker(pattern.event, shape);
            if said && wished {
                continue;
            }
            let Ok((binding, unfilled)) = self.bind(frame, shape) else { continue };
            let rank = (shape.specificity * 4 + binding.options, std::cmp::Reverse(shape.breadth));
            let Binding { actors, recipients, inner, words, passed, .. } = binding;
            let event = pattern.event;
            let found = Match { candidate, noun, event, actors, recipients, inner, words, passed, rank };
            // What is no event needs nobody; "the reports are false" is said by whoever speaks.
            let silent = self.doc.codebook.ontology.get(event).silent;
            let spoken = self.is_verbal(event)
                && matches!(shape.subject, Some(Slot::Words(_)))
                && unfilled == Some(Role::Actor);
            match unfilled.filter(|_| !silent && !spoken) {
                Some(role) => self.found.unfilled[index] = Some((role, found)),
                None => {
                    let better = |b: &Option<Match>| b.as_ref().is_none_or(|b| rank > b.rank);
                    if !said && better(&unsaid) {
                        unsaid = Some(found.clone());
                    }
                    if better(&best) {
                        best = Some(found);
                    }
                }
            }
        }
        self.found.unsaid[index] = unsaid.filter(|u| best.as_ref().is_some_and(|b| b.rank != u.rank));
        self.found.best[index] = best;
    }

    /// Whether a shape tells only of whom something is said, so that whoever says it is the actor: "RECIPIENT {lie}".
    fn leaves_actor_to_speaker(&self, event: TypeId, shape: &Shape) -> bool {
        self.is_verbal(event)
            && matches!(shape.subject, Some(Slot::Recipient(_) | Slot::Absent))
            && !shape.parts.iter().any(binding::takes_actor)
    }

    fn is_verbal(&self, event: TypeId) -> bool {
        self.doc.codebook.ontology.get(event).quad % 2 == 1
    }

    /// "should not be weak": what somebody should do or be is not said of him.
    fn is_wished(&self, frame: &Frame) -> bool {
        let sentence = &self.doc.sentences[frame.sentence as usize];
        let duty = |c: u32| {
            let word = self.doc.word(At { sentence: frame.sentence, token: c });
            ["must", "ought", "should"].iter().any(|w| word.eq_ignore_ascii_case(w))
        };
        sentence.children_as(frame.predicate, Relation::Aux).any(duty)
    }

    /// The patterns that name a frame's predicate and whose words the sentence may have.
    fn likely(&self, frame: &Frame) -> Vec<Candidate> {
        let patterns = &self.doc.codebook.patterns;
        let tokens = &self.doc.sentences[frame.sentence as usize].tokens;
        let words = || {
            tokens.iter().flat_map(|token| {
                // A sum of money goes by the name of its currency.
                let money = (token.upos == Upos::Sym).then_some(["dollar", "money"]);
                let own = match token.lemma.chars().any(char::is_uppercase) {
                    true => Cow::from(token.lemma.to_lowercase().to_string()),
                    false => Cow::from(token.lemma.as_str()),
                };
                money.into_iter().flatten().map(Cow::from).chain([own])
            })
        };
        let mut found = Vec::new();
        let lemma = self.doc.token(frame.at()).lemma.to_lowercase();
        match frame.kind {
            FrameKind::Clause => {
                patterns.clauses_among(&lemma, words(), &mut found);
                let mut form = CompactString::const_new("=");
                form.extend(self.doc.word(frame.at()).chars().flat_map(char::to_lowercase));
                patterns.clauses_among(&form, words(), &mut found);
            }
            FrameKind::Noun => patterns.nouns_among(&lemma, words(), &mut found),
        }
        found
    }
}
