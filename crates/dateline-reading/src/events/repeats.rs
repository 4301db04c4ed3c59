//! Repeats: one act told again further on is one event with several mentions.

use super::{CodedEvent, Read};
use crate::frames::{Frame, FrameKind};
use crate::parties::Party;
use crate::reading::{EntityKind, FigureId, MentionForm, TimeId};
use dateline_syntax::Relation;

/// An event told once more: the sentence and the words.
pub(crate) type Repeat = (u32, dateline_text::Span);

impl Read<'_> {
    /// Joins what is told again to what was told first. Only events with the same type, code, actors and recipients are
    /// joined, where nothing that is told of one contradicts the other.
    pub(super) fn join_repeats(&self, events: Vec<CodedEvent>) -> Vec<CodedEvent> {
        let mut out: Vec<CodedEvent> = Vec::with_capacity(events.len());
        for event in events {
            match out.iter_mut().find(|first| self.is_repeat(first, &event)) {
                Some(first) => {
                    first.repeats.push((event.sentence, event.trigger));
                    if first.actors.is_empty() {
                        first.actors = event.actors;
                    }
                    first.time = first.time.or(event.time);
                    first.place = first.place.or(event.place);
                    if first.figures.is_empty() {
                        first.figures = event.figures;
                    }
                }
                None => out.push(event),
            }
        }
        out
    }

    fn is_repeat(&self, first: &CodedEvent, again: &CodedEvent) -> bool {
        // "He was arrested on Friday" is the arrest by the police that was told before; "a man was arrested" need not be.
        let on_persons = first.recipients.iter().all(|&r| self.is_person(r));
        let told = |e: &CodedEvent| {
            e.aux.is_empty() && (on_persons || !e.actors.is_empty()) && !e.recipients.is_empty()
        };
        let agentless = on_persons && (first.actors.is_empty() || again.actors.is_empty());
        first.sentence != again.sentence
            && first.kind == again.kind
            && first.modes == again.modes
            && first.cameo == again.cameo
            && told(first)
            && told(again)
            && (agentless || self.same_parties(&first.actors, &again.actors))
            && self.same_parties(&first.recipients, &again.recipients)
            && first.time.zip(again.time).is_none_or(|(a, b)| self.same_time(a, b))
            && first.place.zip(again.place).is_none_or(|(a, b)| a == b)
            && !self.figures_differ(&first.figures, &again.figures)
    }

    /// Whether the predicates of two clauses are joined by "and".
    pub(super) fn are_joined(&self, first: &Frame, second: &Frame) -> bool {
        let under = |word: &Frame, of: &Frame| {
            let token = self.doc.token(word.at());
            token.relation == Relation::Conj && token.head == Some(of.predicate)
        };
        let clause = first.kind == FrameKind::Clause && second.kind == FrameKind::Clause;
        clause && first.sentence == second.sentence && (under(second, first) || under(first, second))
    }

    /// Whether somebody is one person whose name is known.
    fn is_person(&self, party: Party) -> bool {
        let Party::Entity(id) = party else { return false };
        self.parties.entities.get(id).is_some_and(|e| {
            let named = |&m: &u32| {
                self.parties.entities.mentions.get(m as usize).is_some_and(|m| m.form == MentionForm::Name)
            };
            e.kind == EntityKind::Person && e.mentions.iter().any(named)
        })
    }

    fn same_parties(&self, a: &[Party], b: &[Party]) -> bool {
        let among = |party: &Party, list: &[Party]| list.iter().any(|other| self.same_party(*party, *other));
        a.iter().all(|p| among(p, b)) && b.iter().all(|p| among(p, a))
    }

    /// A country by its name is the same as by its adjective or its places.
    fn same_party(&self, a: Party, b: Party) -> bool {
        let country = |party: Party| match party {
            Party::Country(code, _) => Some(code),
            Party::Entity(id) => (self.parties.entities.get(id))
                .filter(|e| e.kind == crate::reading::EntityKind::Country)
                .and_then(|e| e.country),
        };
        match (a, b) {
            (Party::Entity(a), Party::Entity(b)) if a == b => true,
            _ => country(a).is_some_and(|code| country(b) == Some(code)),
        }
    }

    /// One of the two is the other, or the day in the other's month.
    fn same_time(&self, a: TimeId, b: TimeId) -> bool {
        let value = |id: TimeId| self.times.get(id).map(|t| t.value.as_str());
        value(a).zip(value(b)).is_some_and(|(a, b)| a.starts_with(b) || b.starts_with(a))
    }

    fn figures_differ(&self, a: &[FigureId], b: &[FigureId]) -> bool {
        let get = |id: &FigureId| self.figures.list.get(id.0 as usize);
        a.iter()
            .filter_map(get)
            .any(|a| b.iter().filter_map(get).any(|b| a.kind == b.kind && a.best != b.best))
    }
}
