//! When, where and how many: what hangs on the words of a frame.

use super::Read;
use crate::document::At;
use crate::frames::{Frame, FrameKind, Mood};
use crate::matching::Match;
use crate::reading::{FigureId, FigureKind, PlaceId, Precision, TimeId};
use dateline_syntax::{Relation, Sentence, Xpos};

impl Read<'_> {
    /// The time told in the frame's own clause, or else that of the clause or event it happens with.
    pub(super) fn time_of(&self, index: usize, frame: &Frame) -> Option<TimeId> {
        self.time_within(index, frame, 0)
    }

    /// As [`time_of`](Self::time_of), so many steps away from the event that asks.
    fn time_within(&self, index: usize, frame: &Frame, depth: u8) -> Option<TimeId> {
        if let Some(own) = self.own_time(index, frame) {
            return Some(own);
        }
        if depth > 8 {
            return None;
        }
        let above = self.happens_with(frame).filter(|&a| a != index);
        let inherited = above.and_then(|a| self.time_within(a, &self.frames.list[a], depth + 1));
        inherited.or_else(|| {
            let below = self.shares_with(frame).into_iter().filter(|&b| b != index);
            below.filter_map(|b| self.own_time(b, &self.frames.list[b])).next()
        })
    }

    /// The time told in the frame's own clause.
    fn own_time(&self, index: usize, frame: &Frame) -> Option<TimeId> {
        let own = (self.times.list.iter().enumerate())
            .filter(|(_, t)| t.sentence == frame.sentence && is_calendar(&t.value))
            .filter(|(_, t)| !self.is_of_other(t.sentence, t.first, t.end))
            .find(|(_, t)| {
                self.owner(frame.sentence, t.first, t.end) == Some(index)
                    || self.carries(frame, t.first, t.end)
            });
        own.map(|(at, _)| TimeId(at as u32))
    }

    /// The clause or event noun that a frame happens with: the clause above a participle, an infinitive, a clause with
    /// "when" or "as", a later conjunct without a subject; the noun that a relative clause tells of; the clause that
    /// an event noun is an argument of. Never a clause that only reports it.
    fn happens_with(&self, frame: &Frame) -> Option<usize> {
        let sentence = self.doc.sentence(frame.at());
        let token = &sentence.tokens[frame.predicate as usize];
        let head = token.head?;
        let shares = match (frame.kind, token.relation) {
            (_, Relation::Xcomp) => true,
            (FrameKind::Clause, Relation::Advcl) => {
                token.xpos == Xpos::Vbg
                    || is_purpose(sentence, frame.predicate)
                    || is_while(sentence, frame.predicate)
            }
            (FrameKind::Clause, Relation::Ccomp) => is_while(sentence, frame.predicate),
            (FrameKind::Clause, Relation::Conj) => !has_subject(sentence, frame.predicate),
            (FrameKind::Clause, Relation::AclRelcl) => true,
            (FrameKind::Noun, Relation::Nsubj | Relation::Obj | Relation::NsubjPass) => true,
            (FrameKind::Noun, Relation::Obl) => sentence
                .children_as(frame.predicate, Relation::Case)
                .any(|c| WITHIN.contains(&&*sentence.tokens[c as usize].lemma)),
            _ => false,
        };
        let above = self.frames.index_at(At { sentence: frame.sentence, token: head }).filter(|_| shares)?;
        let other = &self.frames.list[above];
        // What a relative clause tells of has its time only where it is an event itself.
        if token.relation == Relation::AclRelcl && other.kind != FrameKind::Noun {
            return None;
        }
        let lemma = &sentence.tokens[other.predicate as usize].lemma;
        self.doc.codebook.reporting.cue(lemma).is_none().then_some(above)
    }

    /// Frames below one that happen with it: "was killed in an attack on Tuesday", "was killed when his car exploded on
    /// Tuesday", "attacked the post and killed two guards on Tuesday".
    fn shares_with(&self, frame: &Frame) -> Vec<usize> {
        let sentence = self.doc.sentence(frame.at());
        let mut found = Vec::new();
        for child in sentence.children(frame.predicate) {
            let token = &sentence.tokens[child as usize];
            let shares = match token.relation {
                Relation::Obl | Relation::Nsubj | Relation::NsubjPass => true,
                Relation::Advcl | Relation::Ccomp => is_while(sentence, child),
                // "was forced to stop on Friday"
                Relation::Xcomp => {
                    let verb = &sentence.tokens[frame.predicate as usize].lemma;
                    self.doc.codebook.times.along.contains(verb)
                }
                Relation::Conj => frame.kind == FrameKind::Clause && !has_subject(sentence, child),
                _ => false,
            };
            let Some(index) =
                self.frames.index_at(At { sentence: frame.sentence, token: child }).filter(|_| shares)
            else {
                continue;
            };
            let other = &self.frames.list[index];
            let noun = other.kind == FrameKind::Noun;
            let fits = match token.relation {
                Relation::Obl => {
                    let case = sentence.children_as(child, Relation::Case).next();
                    noun && case.is_some_and(|c| WITHIN.contains(&&*sentence.tokens[c as usize].lemma))
                }
                Relation::Nsubj | Relation::NsubjPass => noun,
                _ => !noun && other.mood == frame.mood,
            };
            if fits {
                found.push(index);
            }
        }
        found
    }

    /// The frame that a stretch of words belongs to: the nearest above it.
    fn owner(&self, sentence: u32, first: u32, end: u32) -> Option<usize> {
        let tree = self.doc.sentences.get(sentence as usize)?;
        let mut at = top_of(tree, first, end)?;
        for _ in 0..tree.tokens.len() {
            at = tree.tokens[at as usize].head?;
            if let Some(index) = self.frames.index_at(At { sentence, token: at }) {
                // A noun that turned out to be no event ("forces") owns nothing.
                if self.frames.list[index].kind == FrameKind::Clause || self.matches.best[index].is_some() {
                    return Some(index);
                }
            }
        }
        None
    }

    /// "an offensive against Sunday's elections", "before Friday's vote": a time of what the event only bears upon.
    fn is_of_other(&self, sentence: u32, first: u32, end: u32) -> bool {
        let Some(tree) = self.doc.sentences.get(sentence as usize) else { return false };
        let Some(top) = top_of(tree, first, end) else { return false };
        let token = &tree.tokens[top as usize];
        let Some(noun) = token.head.filter(|_| token.relation == Relation::NmodPoss) else { return false };
        let own = self.frames.index_at(At { sentence, token: noun });
        let is_event = own.is_some_and(|i| self.matches.best[i].is_some());
        let mut cases = tree.children_as(noun, Relation::Case).filter(|&c| c < top);
        !is_event && cases.any(|c| !WITHIN.contains(&&*tree.tokens[c as usize].lemma))
    }

    /// Whether the words belong to the verb that carries an event noun.
    fn carries(&self, frame: &Frame, first: u32, end: u32) -> bool {
        let carrier =
            frame.carrier.and_then(|c| self.frames.index_at(At { sentence: frame.sentence, token: c }));
        carrier.is_some() && self.owner(frame.sentence, first, end) == carrier
    }

    /// Whether the time lies more than a year before publication.
    pub(super) fn is_long_past(&self, time: TimeId) -> bool {
        let Some(published) = self.doc.published() else { return false };
        let year = self.times.get(time).and_then(|t| t.value.get(..4)).and_then(|y| y.parse::<i16>().ok());
        year.is_some_and(|y| y + 1 < published.year())
    }

    /// The place told in a clause that has become part of the event, or with a noun that is no event of its own:
    /// "agreed to a truce in Chad".
    pub(super) fn place_inside(&self, frame: &Frame, found: &Match, depth: u8) -> Option<PlaceId> {
        let nouns = frame.object.iter().chain(frame.obliques.iter().flat_map(|o| &o.heads));
        let own = nouns.filter_map(|&token| self.frames.index_at(At { sentence: frame.sentence, token }));
        let own = own.filter(|&noun| {
            let noun = &self.frames.list[noun];
            noun.kind == FrameKind::Noun
                && !self.speaks_of_deeds(found)
                && (noun.mood != Mood::Real || found.words.contains(&noun.predicate))
        });
        let purposes = frame.clauses.iter().filter(|c| matches!(c.link.as_str(), "to" | "for"));
        let purposes = purposes
            .filter_map(|c| self.frames.index_at(At { sentence: frame.sentence, token: c.predicate }))
            .filter(|_| found.inner.is_empty());
        own.chain(found.inner.iter().copied()).chain(purposes).find_map(|within| {
            let frame = &self.frames.list[within];
            self.place_of(within, frame).or_else(|| {
                let bare = Match::bare(found);
                let found = self.matches.best[within].as_ref().unwrap_or(&bare);
                if depth < 3 { self.place_inside(frame, found, depth + 1) } else { None }
            })
        })
    }

    /// The place that a recipient's word names, where it is smaller than a country: "visited Peshawar".
    pub(super) fn place_at(&self, sentence: u32, token: u32) -> Option<PlaceId> {
        let place = self.parties.places.at(At { sentence, token })?;
        let precision = self.parties.places.list.get(place.index())?.precision;
        (precision < Precision::Country).then_some(place)
    }

    /// Counts of people told in the frame's clause, or in the clause that has the frame as its subject.
    pub(super) fn figures_of(&self, frame: &Frame) -> Vec<FigureId> {
        let tree = self.doc.sentence(frame.at());
        let mut out = Vec::new();
        for (at, figure) in self.figures.list.iter().enumerate() {
            if figure.sentence != frame.sentence || matches!(figure.kind, FigureKind::Money) {
                continue;
            }
            let word = figure.token;
            let above = frame.carrier.unwrap_or(frame.predicate);
            let under = tree.is_under(word, frame.predicate) || tree.is_under(word, above);
            let subject_of = tree.tokens[frame.predicate as usize].head.filter(|_| {
                frame.kind == FrameKind::Noun
                    && matches!(
                        tree.tokens[frame.predicate as usize].relation,
                        Relation::Nsubj | Relation::Obl
                    )
            });
            if under || subject_of.is_some_and(|clause| tree.is_under(word, clause)) {
                out.push(FigureId(at as u32));
            }
        }
        out
    }
}

/// Prepositions before an event within which something happens.
const WITHIN: &[&str] = &["at", "by", "during", "in"];

/// "flew to the capital to meet the rebels"
fn is_purpose(tree: &Sentence, clause: u32) -> bool {
    tree.children(clause).any(|c| tree.tokens[c as usize].xpos == Xpos::To && c < clause)
}

/// "when", "as" and "while" tell of what happens at the same time.
fn is_while(tree: &Sentence, clause: u32) -> bool {
    tree.children(clause).take_while(|&c| c < clause).any(|c| {
        let token = &tree.tokens[c as usize];
        matches!(token.relation, Relation::Mark | Relation::Advmod)
            && matches!(&*token.lemma, "when" | "as" | "while")
    })
}

/// Whether a clause names its own subject and so stands on its own feet.
pub(super) fn has_subject(tree: &Sentence, clause: u32) -> bool {
    tree.children(clause)
        .any(|c| matches!(tree.tokens[c as usize].relation, Relation::Nsubj | Relation::NsubjPass))
}

/// The word of a stretch that governs the others.
fn top_of(tree: &Sentence, first: u32, end: u32) -> Option<u32> {
    (first..end.min(tree.tokens.len() as u32))
        .find(|&w| tree.tokens[w as usize].head.is_none_or(|h| !(first..end).contains(&h)))
}

/// Whether a TIMEX value names a point on the calendar: not a duration, a set or "now".
fn is_calendar(value: &str) -> bool {
    value.as_bytes().first().is_some_and(u8::is_ascii_digit)
}
