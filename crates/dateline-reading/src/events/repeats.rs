//! Repeats: one act told again further on is one event with several mentions.

use super::{CodedEvent, Read};
use crate::document::At;
use crate::frames::{Frame, FrameKind};
use crate::parties::Party;
use crate::reading::{EntityKind, FigureId, MentionForm, TimeId};
use dateline_syntax::Relation;

/// So many killed or hurt are a toll that is told again, where fewer may be those of another act.
const TOLL: u64 = 3;

/// How many sentences later "the attack" or a toll may still be of an act told before.
const FAR: u32 = 12;

/// An event told once more: the sentence and the words.
pub(crate) type Repeat = (u32, dateline_text::Span);

impl Read<'_> {
    /// Joins what is told again to what was told first: events of the same type with the same actors and recipients, and
    /// those told again in fewer words ("the killing", "three were killed"), where nothing that is told of one contradicts
    /// the other.
    pub(super) fn join_repeats(&self, events: Vec<CodedEvent>) -> Vec<CodedEvent> {
        let mut out: Vec<CodedEvent> = Vec::with_capacity(events.len());
        for event in events {
            let known = out.iter().position(|first| self.is_repeat(first, &event));
            let known = known.or_else(|| out.iter().rposition(|first| self.is_retold(first, &event)));
            match known.and_then(|at| out.get_mut(at)) {
                Some(first) => {
                    if first.modes.is_empty() {
                        first.modes = event.modes;
                        first.cameo = event.cameo;
                    }
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
        if first.sentence == again.sentence || first.kind != again.kind {
            return false;
        }
        // "He was arrested on Friday" is the arrest by the police that was told before; "a man was arrested" need not be.
        let on_persons = first.recipients.iter().all(|&r| self.is_person(r));
        // "He was shot", "the killing of the senator": of one person it is the same deed, with or without the weapon.
        let harm = self.doc.codebook.ontology.get(first.kind).name == "ASSAULT";
        let code = first.modes == again.modes && first.cameo == again.cameo;
        let told = |e: &CodedEvent| {
            e.aux.is_empty() && (on_persons || !e.actors.is_empty()) && !e.recipients.is_empty()
        };
        // What one person says against him, another need not have said.
        let deed = self.doc.codebook.ontology.get(first.kind).quad.is_multiple_of(2);
        let agentless = on_persons && deed && (first.actors.is_empty() || again.actors.is_empty());
        let nobody = first.actors.is_empty() && again.actors.is_empty();
        (code || on_persons && harm && alike(&first.modes, &again.modes))
            && told(first)
            && told(again)
            && (agentless || on_persons && nobody || self.same_parties(&first.actors, &again.actors))
            && self.same_parties(&first.recipients, &again.recipients)
            && first.time.zip(again.time).is_none_or(|(a, b)| self.same_time(a, b))
            && first.place.zip(again.place).is_none_or(|(a, b)| a == b)
            && !self.figures_differ(&first.figures, &again.figures)
    }

    /// Whether an act is told again in fewer words: by a definite noun that adds nobody, in a harm whose noun takes an act up
    /// ("killed in the blast"), or as its toll.
    fn is_retold(&self, first: &CodedEvent, again: &CodedEvent) -> bool {
        let near = again.sentence > first.sentence && again.sentence - first.sentence <= FAR;
        near && first.kind == again.kind
            && first.aux == again.aux
            && first.time.zip(again.time).is_none_or(|(a, b)| self.same_time(a, b))
            && first.place.zip(again.place).is_none_or(|(a, b)| a == b)
            && (self.is_noun_of(first, again)
                || self.is_toll_of(first, again)
                || self.is_harm_of(first, again))
    }

    /// "the investigation", "the killing of the senator": a definite noun that names nobody new.
    fn is_noun_of(&self, first: &CodedEvent, again: &CodedEvent) -> bool {
        let Some(frame) = self.frames.list.get(again.frame) else { return false };
        let among = |list: &[Party], of: &[Party]| {
            list.iter().all(|&party| of.iter().any(|&other| self.same_party(party, other)))
        };
        let lemma = |e: &CodedEvent| {
            self.frames.list.get(e.frame).map_or("", |f| self.doc.token(f.at()).lemma.as_str())
        };
        let named = !again.actors.is_empty() || !again.recipients.is_empty();
        frame.kind == FrameKind::Noun
            && named
            && self.is_definite(frame.at())
            && among(&again.actors, &first.actors)
            && among(&again.recipients, &first.recipients)
            && (alike(&first.modes, &again.modes) && !first.recipients.is_empty()
                || lemma(first) == lemma(again))
            && !self.figures_differ(&first.figures, &again.figures)
    }

    /// "three prisoners were killed" after "police fired, killing three": the same number of the same kind of people.
    fn is_toll_of(&self, first: &CodedEvent, again: &CodedEvent) -> bool {
        let get = |id: &FigureId| self.figures.list.get(id.0 as usize);
        let toll = |list: &[FigureId]| -> Vec<_> {
            let harmed = list.iter().filter_map(get).filter(|f| f.best.is_some_and(|n| n >= TOLL));
            harmed.map(|f| (f.kind, f.best)).collect()
        };
        let (told, retold) = (toll(&first.figures), toll(&again.figures));
        let kind = |party: &Party| match *party {
            Party::Entity(id) => self.parties.entities.get(id).and_then(|e| e.sectors.first().copied()),
            Party::Country(..) => None,
        };
        let kinds: Vec<_> = first.recipients.iter().map(kind).collect();
        again.actors.is_empty()
            && !retold.is_empty()
            && again.figures.len() == retold.len()
            && retold.iter().all(|t| told.contains(t))
            && again.recipients.iter().all(|r| kinds.contains(&kind(r)))
    }

    /// "four people were killed in the blast": the noun takes up an act of force told before.
    fn is_harm_of(&self, first: &CodedEvent, again: &CodedEvent) -> bool {
        let Some(frame) = self.frames.list.get(again.frame) else { return false };
        let gates = &self.doc.codebook.gates;
        let takes_up = |&token: &u32| {
            let at = At { sentence: frame.sentence, token };
            let lemma = self.doc.token(at).lemma.as_str();
            (gates.is_violence(lemma) || self.doc.codebook.clauses.is_deed(lemma))
                && self.is_definite(at)
                && self.has_nothing_else(at)
        };
        frame.passive
            && again.actors.is_empty()
            && alike(&first.modes, &again.modes)
            && !first.figures.is_empty()
            && frame.obliques.iter().filter(|o| o.preposition == "in").flat_map(|o| &o.heads).any(takes_up)
    }

    /// Whether a noun has a definite article, and so takes up something told before.
    fn is_definite(&self, noun: At) -> bool {
        let sentence = self.doc.sentence(noun);
        sentence.children(noun.token).any(|c| {
            let token = &sentence.tokens[c as usize];
            token.relation == Relation::Det
                && matches!(token.lemma.as_str(), "that" | "the" | "these" | "this" | "those")
        })
    }

    /// Whether nothing but its article and adjectives tells which one a noun means.
    fn has_nothing_else(&self, noun: At) -> bool {
        let sentence = self.doc.sentence(noun);
        sentence.children(noun.token).all(|c| {
            matches!(
                sentence.tokens[c as usize].relation,
                Relation::Amod | Relation::Case | Relation::Det | Relation::Punct
            )
        })
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

/// Whether the modes of two tellings may be those of one killing or wounding: one does not say with what, or says only
/// that it was meant for him.
fn alike(a: &[String], b: &[String]) -> bool {
    const OTHER_HARM: &[&str] = &["abduct", "beat", "crowd-control", "destroy", "sexual", "torture"];
    let weapons = |modes: &[String]| modes.iter().filter(|m| *m != "targeted").count();
    let other = |modes: &[String]| modes.iter().any(|m| OTHER_HARM.contains(&m.as_str()));
    a == b || (weapons(a) == 0 || weapons(b) == 0) && !other(a) && !other(b)
}
