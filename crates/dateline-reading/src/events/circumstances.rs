//! When, where and how many: what hangs on the words of a frame.

use super::Read;
use crate::document::At;
use crate::frames::{Frame, FrameKind};
use crate::reading::{FigureId, FigureKind, PlaceId, Precision, TimeId};
use dateline_syntax::{Relation, Sentence};

impl Read<'_> {
    /// The time told in the frame's own clause; that of the clause above for participles and infinitives.
    pub(super) fn time_of(&self, index: usize, frame: &Frame) -> Option<TimeId> {
        let own = (self.times.list.iter().enumerate())
            .filter(|(_, t)| t.sentence == frame.sentence && is_calendar(&t.value))
            .find(|(_, t)| {
                self.owner(frame.sentence, t.first, t.end) == Some(index)
                    || self.carries(frame, t.first, t.end)
            });
        if let Some((at, _)) = own {
            return Some(TimeId(at as u32));
        }
        let sentence = self.doc.sentence(frame.at());
        let token = &sentence.tokens[frame.predicate as usize];
        let above = match token.relation {
            Relation::Xcomp | Relation::Advcl
                if token.xpos == dateline_syntax::Xpos::Vbg || token.relation == Relation::Xcomp =>
            {
                token.head
            }
            Relation::Conj if frame.kind == FrameKind::Clause && !has_subject(sentence, frame.predicate) => {
                token.head
            }
            Relation::Nsubj | Relation::Obj | Relation::NsubjPass if frame.kind == FrameKind::Noun => {
                token.head
            }
            _ => None,
        }?;
        let above = self.frames.index_at(At { sentence: frame.sentence, token: above })?;
        let reporting = self
            .doc
            .codebook
            .reporting
            .cue(&sentence.tokens[self.frames.list[above].predicate as usize].lemma)
            .is_some();
        (above != index && !reporting).then(|| self.time_of(above, &self.frames.list[above])).flatten()
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

    /// The place told in the frame's own clause; the finest where there are several.
    pub(super) fn place_of(&self, index: usize, frame: &Frame) -> Option<PlaceId> {
        let mut found: Option<(Precision, PlaceId)> = None;
        for mention in
            self.parties.places.mentions.iter().filter(|m| m.sentence == frame.sentence && !m.metonymic)
        {
            let owned = self.owner(frame.sentence, mention.first, mention.end) == Some(index)
                || self.carries(frame, mention.first, mention.end);
            if owned && self.is_location(frame.sentence, mention.head) {
                let precision = self.parties.places.list.get(mention.place.index()).map(|p| p.precision)?;
                if found.is_none_or(|(p, _)| precision < p) {
                    found = Some((precision, mention.place));
                }
            }
        }
        found.map(|(_, place)| place)
    }

    /// Whether a toponym stands after a preposition of place, or modifies something that does.
    fn is_location(&self, sentence: u32, head: u32) -> bool {
        const LOCATIVE: &[&str] = &[
            "in",
            "at",
            "near",
            "inside",
            "outside",
            "around",
            "across",
            "throughout",
            "on",
            "along",
            "over",
            "within",
            "off",
            "from",
            "between",
            "through",
            "into",
            "to",
            "toward",
            "towards",
            "of",
        ];
        let tree = &self.doc.sentences[sentence as usize];
        let mut at = head;
        for _ in 0..4 {
            let case = tree.children_as(at, Relation::Case).find(|&c| c < at);
            if let Some(case) = case {
                return LOCATIVE.contains(&tree.tokens[case as usize].lemma.as_str());
            }
            let token = &tree.tokens[at as usize];
            let climbs = matches!(
                token.relation,
                Relation::NmodPoss
                    | Relation::Compound
                    | Relation::Appos
                    | Relation::Flat
                    | Relation::NmodDesc
                    | Relation::Conj
                    | Relation::NmodUnmarked
            );
            match token.head.filter(|_| climbs) {
                Some(above) => at = above,
                None => return false,
            }
        }
        false
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

/// Whether a clause names its own subject and so stands on its own feet.
fn has_subject(tree: &Sentence, clause: u32) -> bool {
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
