//! Events: frames that a pattern knows, with who, to whom, when, where and who says so.

mod answers;
mod attribution;
mod circumstances;
mod descriptions;
mod doers;
#[cfg(test)]
mod gate_tests;
mod gates;
mod harm;
mod once;
mod outcomes;
mod pairs;
mod place;
mod private;
#[cfg(test)]
mod recipient_tests;
mod recipients;
mod repeats;
mod said;
#[cfg(test)]
mod tests;
mod topics;

use crate::document::{At, Document};
use crate::figures::Figures;
use crate::frames::{Frame, FrameKind, Frames, Mood};
use crate::matching::{Match, Matches, Role};
use crate::parties::{Parties, Party};
use crate::quotes::Quotes;
use crate::reading::{Certainty, FigureId, PlaceId, Precision, TimeId};
use crate::times::Times;
use dateline_codebook::shape::{PartKind, Shape, Slot};
use dateline_codebook::{CueCertainty, TypeId};
use dateline_syntax::{Relation, Xpos};
use dateline_text::Span;

/// What earlier parts of the room have read.
#[derive(Clone, Copy)]
pub(crate) struct Read<'a> {
    pub(crate) doc: &'a Document<'a>,
    pub(crate) parties: Parties<'a>,
    pub(crate) times: &'a Times,
    pub(crate) figures: &'a Figures,
    pub(crate) quotes: &'a Quotes,
    pub(crate) frames: &'a Frames,
    pub(crate) matches: &'a Matches,
    pub(crate) unresolved: Unresolved,
}

/// What becomes of an act whose actor or recipient is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unresolved {
    /// It is no event; a note says why.
    #[default]
    LeaveOut,
    /// It is an event without that party; a note says so.
    Keep,
}

/// An event before ids are given out.
#[derive(Clone, Debug)]
pub(crate) struct CodedEvent {
    pub(crate) sentence: u32,
    pub(crate) trigger: Span,
    pub(crate) kind: TypeId,
    pub(crate) modes: Vec<String>,
    pub(crate) contexts: Vec<String>,
    pub(crate) aux: Vec<&'static str>,
    pub(crate) cameo: String,
    pub(crate) actors: Vec<Party>,
    pub(crate) recipients: Vec<Party>,
    pub(crate) time: Option<TimeId>,
    pub(crate) place: Option<PlaceId>,
    pub(crate) figures: Vec<FigureId>,
    pub(crate) certainty: Certainty,
    pub(crate) attributed_to: Option<Party>,
    /// Set where someone binds himself to act; by when, if the text says.
    pub(crate) commitment: Option<Option<TimeId>>,
    pub(crate) rule: String,
    /// Who is missing, where it was asked to keep such events.
    pub(crate) unresolved: Option<&'static str>,
    /// Where else it is told.
    pub(crate) repeats: Vec<repeats::Repeat>,
    /// Frame that it came from, for explanations.
    pub(crate) frame: usize,
}

/// An act that was not coded, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Abstention {
    pub(crate) sentence: u32,
    pub(crate) frame: usize,
    pub(crate) reason: &'static str,
    /// Whether it has become an event all the same.
    pub(crate) kept: bool,
}

/// Events of an article in order of their words, and what was left out.
pub(crate) fn code(read: &Read<'_>) -> (Vec<CodedEvent>, Vec<Abstention>) {
    if let Some(dictionary) = &read.doc.codebook.dictionary {
        return pairs::code(read, dictionary);
    }
    let mut taken = vec![false; read.frames.list.len()];
    for (frame, found) in read.frames.list.iter().zip(&read.matches.best) {
        let Some(found) = found else { continue };
        // "denied that its soldiers had attacked": the deed is told as denied, beside the denial.
        let cue = read.doc.codebook.reporting.cue(&read.doc.token(frame.at()).lemma);
        let denies =
            frame.kind == FrameKind::Clause && cue.is_some_and(|c| c.certainty == CueCertainty::Denied);
        let is_deed = |index: usize| {
            let inner = read.matches.best[index].as_ref();
            inner.is_some_and(|m| read.doc.codebook.ontology.get(m.event).quad == 4)
        };
        for &inner in &found.inner {
            if !(denies && is_deed(inner)) {
                take(read, inner, &mut taken, 0);
            }
        }
    }
    for (frame, found) in read.frames.list.iter().zip(&read.matches.best) {
        let Some(found) = found.as_ref() else { continue };
        // "lifted the blockade", "announced a suspension": the noun that the pattern asked for is the deed itself; so it
        // is under a light verb in talk of deeds ("lodged a protest"), but not else ("condemned the raid").
        // "overturned the sentence and the convictions": so is what is joined to it.
        let object = found.words.iter().any(|w| frame.object.contains(w));
        let joined = frame.object.iter().filter(|_| object);
        for &token in found.words.iter().chain(joined).filter(|&&w| w != frame.predicate) {
            let noun = read.frames.index_at(At { sentence: frame.sentence, token });
            if let Some(index) = noun
                && let noun = &read.frames.list[index]
                && noun.kind == FrameKind::Noun
                && (!read.speaks_of_deeds(found) || noun.carrier == Some(frame.predicate))
            {
                taken[index] = true;
            }
        }
    }
    let gates = gates::Gates::new(read);
    let (mut events, mut left_out) = (Vec::<CodedEvent>::new(), Vec::new());
    for (index, frame) in read.frames.list.iter().enumerate() {
        if taken[index] {
            continue;
        }
        match &read.matches.best[index] {
            Some(found) if read.doc.codebook.ontology.get(found.event).silent => {}
            Some(found) => {
                let coded = event(read, index, frame, found);
                // What somebody would be blamed for, had anybody said it, may be a deed of another kind.
                let other = read.matches.unsaid[index].as_ref().filter(|_| matches!(coded, Err(Some(ACTOR))));
                let (coded, found) = match other {
                    Some(other) if read.doc.codebook.ontology.get(other.event).silent => (Err(None), other),
                    Some(other) => (event(read, index, frame, other), other),
                    None => (coded, found),
                };
                match coded {
                    Ok(event) if gates.bar(&event, frame, found) => {}
                    Ok(event) => {
                        left_out
                            .extend(event.unresolved.map(|reason| abstention(frame, index, reason, true)));
                        once::keep(read, &mut events, event);
                    }
                    Err(Some(reason)) => left_out.push(abstention(frame, index, reason, false)),
                    Err(None) => {}
                }
            }
            None => {
                let Some((role, found)) = &read.matches.unfilled[index] else { continue };
                let reason = match role {
                    Role::Actor => ACTOR,
                    Role::Recipient => RECIPIENT,
                };
                let event = match read.unresolved {
                    Unresolved::Keep => event(read, index, frame, found).ok(),
                    Unresolved::LeaveOut => None,
                };
                left_out.push(abstention(frame, index, reason, event.is_some()));
                if let Some(event) = event {
                    once::keep(read, &mut events, event);
                }
            }
        }
    }
    let events = read.without_moves(read.join_topics(read.join_outcomes(events)));
    let events = read.join_repeats(read.with_answered(events));
    let worth_telling = |a: &Abstention| a.kept || !events.iter().any(|e| e.sentence == a.sentence);
    left_out.retain(worth_telling);
    left_out.dedup_by(|a, b| a.sentence == b.sentence && a.reason == b.reason && a.kept == b.kept);
    (events, left_out)
}

const ACTOR: &str = "actor not resolved";
const RECIPIENT: &str = "recipient not resolved";

fn abstention(of: &Frame, frame: usize, reason: &'static str, kept: bool) -> Abstention {
    Abstention { sentence: of.sentence, frame, reason, kept }
}

/// Marks a clause that has become part of an event, with all that it is part of in turn.
fn take(read: &Read<'_>, index: usize, taken: &mut [bool], depth: u8) {
    if std::mem::replace(&mut taken[index], true) || depth > 24 {
        return;
    }
    let frame = &read.frames.list[index];
    let there = |token: u32| At { sentence: frame.sentence, token };
    for inner in &frame.clauses {
        if let Some(below) = read.frames.index_at(there(inner.predicate)) {
            take(read, below, taken, depth + 1);
        }
    }
    // The nouns that the clause governs are what is promised or asked, not deeds of their own.
    for word in frame.object.iter().chain(frame.obliques.iter().flat_map(|o| &o.heads)) {
        if let Some(noun) = read.frames.index_at(there(*word))
            && read.frames.list[noun].kind == FrameKind::Noun
            && read.frames.list[noun].mood != Mood::Real
        {
            take(read, noun, taken, depth + 1);
        }
    }
}

/// Makes an event of a matched frame. `Err(Some(reason))` where it is left out with a note.
fn event(
    read: &Read<'_>,
    index: usize,
    frame: &Frame,
    found: &Match,
) -> Result<CodedEvent, Option<&'static str>> {
    let codebook = read.doc.codebook;
    let (pattern, shape) = match found.noun {
        true => codebook.patterns.noun(found.candidate),
        false => codebook.patterns.clause(found.candidate),
    };
    let told_as_fact = frame.mood == Mood::Real && (!frame.negated || shape.negated);
    // What will not or might not be done is no news of a deed.
    let doubly = frame.negated && !shape.negated && frame.mood != Mood::Real;
    if doubly || (!told_as_fact && !read.is_told(frame)) {
        return Err(None);
    }
    let mut actors = read.parties_at(frame.sentence, &found.actors);
    if actors.is_empty() {
        actors = read.doers_around(frame, found);
    }
    let mut recipients = read.parties_at(frame.sentence, &read.meant(frame, found));
    // "said that Oman's reports were baseless": they are Oman's, but it is he who rejects them.
    if pattern.swapped {
        std::mem::swap(&mut actors, &mut recipients);
    }
    let mut place_word = found.recipients.first().copied();
    // "battles between the two armies": all who take part are named already.
    let ontology = &codebook.ontology;
    let done_to_nobody = ontology.get(found.event).unaddressed.iter().any(|m| pattern.modes.contains(m));
    let all_act = read.is_between(frame, &found.actors, false) || done_to_nobody;
    if recipients.is_empty() && !all_act && !has_role(shape, |s| matches!(s, Slot::Recipient(_))) {
        let words = read.recipient_words(frame, found, &found.actors);
        place_word = words.first().copied();
        recipients = read.parties_at(frame.sentence, &words);
    }
    if codebook.ontology.get(found.event).name == "ACCUSE"
        && let Some(deed) = read.deed_of_object(frame)
    {
        let suffered = read.parties_at(frame.sentence, &deed.recipients);
        recipients.retain(|r| !suffered.contains(r));
        if recipients.is_empty() {
            recipients = read.parties_at(frame.sentence, &deed.actors);
        }
    }
    let cooperates = ontology.get(found.event).quad <= 2;
    recipients.retain(|r| {
        let scene = || cooperates && read.is_own_scene(*r, &actors);
        !(actors.contains(r) || read.is_only_scene(found, frame.sentence, *r) || scene())
    });
    // "talks between A and B": with nobody else to act, all who take part do.
    let mutual = ontology.get(found.event).reciprocal;
    if actors.is_empty() && recipients.len() > 1 && read.is_between(frame, &found.recipients, mutual) {
        actors = std::mem::take(&mut recipients);
    }
    // "in talks with the emir, the minister promised": whoever does something in talks takes part in them.
    if actors.is_empty() && recipients.len() == 1 && mutual {
        actors = read.those_who_act_in(frame);
        actors.retain(|actor| !recipients.contains(actor));
    }
    // "may visit" is as good a plan as "will visit".
    let ahead = !frame.negated && (frame.mood == Mood::Future || read.is_possible(frame));
    let (attributed_to, certainty) = read.attribution(frame, found);
    let own_words = attributed_to.is_some_and(|who| actors.iter().any(|&actor| read.speaks_for(who, actor)));
    // "said they would kill the hostages unless …": a condition makes it no less a threat.
    let conditional = frame.mood == Mood::Hypothetical
        && !frame.negated
        && own_words
        && ontology.get(found.event).quad == 4
        && frame.clauses.iter().any(|c| matches!(c.link.as_str(), "if" | "unless"));
    let ahead = ontology.get(found.event).ahead(&pattern.modes, own_words).filter(|_| ahead || conditional);
    // "conducted a protest" tells of a crowd, though one is named; "lodged a protest" does not.
    let led = frame.carrier.is_some_and(|c| {
        let verb = &read.doc.token(At { sentence: frame.sentence, token: c }).lemma;
        codebook.clauses.is_leading(verb)
    });
    let alone = ontology.get(found.event).alone.as_ref().filter(|_| !led);
    // "Palestinians demonstrated" tells of people, though they go by the name of a country.
    let people = frame.subject.iter().any(|&w| {
        let at = At { sentence: frame.sentence, token: w };
        matches!(read.doc.token(at).xpos, Xpos::Nns | Xpos::Nnps)
    });
    let alone = alone.filter(|a| !people && a.fits(&pattern.modes) && read.acts_alone(&actors));
    let spoken = ontology.get(found.event).spoken.as_ref();
    let spoken = spoken.filter(|_| {
        pattern.modes.is_empty() && !found.recipients.is_empty() && read.are_politicians(&actors, &recipients)
    });
    let ahead = ahead.or(alone).or(spoken);
    let remapped = ahead.and_then(|ahead| ontology.find(&ahead.event));
    let kind = remapped.unwrap_or(found.event);
    let rules = ontology.get(kind);
    let place = read
        .place_of(index, frame)
        .or_else(|| read.place_at(frame.sentence, place_word?))
        .or_else(|| read.place_inside(frame, found, 0))
        .or_else(|| read.place_about(frame, found));
    // "said that Iran was a threat": where a pattern has no place for one who acts, it is he who says so.
    let clause = shape.subject.is_some();
    // Not so "was charged with murder, the mayor said": there nobody is said to have done it.
    let suffered = matches!(shape.subject, Some(Slot::Recipient(_)));
    let agentless = frame.passive && frame.subject.is_empty() && !suffered;
    // But "the rebels were suspected, the police said" tells what the police think.
    let thought = agentless && read.is_suspecting(frame);
    let speaks = rules.quad % 2 == 1 && clause && (!agentless || thought);
    if actors.is_empty() && speaks && !has_role(shape, |s| matches!(s, Slot::Actor(_))) {
        let heard = certainty < Certainty::Unconfirmed;
        actors.extend(attributed_to.filter(|who| heard && !recipients.contains(who)));
    }
    // "said that the prisoners will not be freed": it is he who refuses.
    let refused = agentless && shape.negated && frame.mood == Mood::Future && rules.name == "REJECT";
    if actors.is_empty() && refused {
        actors.extend(attributed_to.filter(|who| !recipients.contains(who)));
    }
    let nobody_named = agentless || suffered || frame.kind == FrameKind::Noun;
    if actors.is_empty() && nobody_named && rules.quad.is_multiple_of(2) {
        let any = |modes: &[String]| pattern.modes.iter().any(|m| modes.contains(m));
        let holder = any(&rules.held).then(|| read.holder(frame));
        let in_custody = holder.is_some_and(|h| h.in_custody);
        let ruled = any(&rules.local) || in_custody;
        // "was arrested in Niger": the country has him. Who arrests somebody in a town, its name does not say.
        let country = |&p: &PlaceId| {
            ruled && read.parties.places.get(p).is_some_and(|p| p.precision == Precision::Country)
        };
        let ruler = || place.filter(country).and_then(|p| read.country_around(frame.sentence, p));
        let holder = holder.and_then(|h| h.who).or_else(ruler);
        actors.extend(holder.filter(|who| !recipients.contains(who)));
    }
    if actors.is_empty() && agentless && rules.moved {
        actors = read.parties_at(frame.sentence, &frame.object);
        recipients.retain(|r| !actors.contains(r));
    }
    if rules.quad > 2 && !actors.is_empty() && place.is_some() {
        recipients.retain(|&r| !read.is_scene(r));
    }
    let may_lack = rules.actorless || pattern.actorless;
    // "faces charges of fraud": a pattern may say that whoever suffers is enough.
    let sufferer_alone = suffered && pattern.actorless;
    let nobody = recipients.is_empty() || !may_lack || (rules.quad < 4 && !agentless && !sufferer_alone);
    let mut unresolved = (actors.is_empty() && nobody).then_some(ACTOR);
    // "sent aid to refugees in northern Iraq": a type that needs a recipient takes the country of its place.
    if rules.recipient && recipients.is_empty() {
        recipients.extend(
            place.and_then(|p| read.country_around(frame.sentence, p)).filter(|c| !actors.contains(c)),
        );
    }
    if rules.recipient && recipients.is_empty() && !(rules.reciprocal && actors.len() > 1) {
        unresolved = unresolved.or(Some(RECIPIENT));
    }
    if let Some(reason) = unresolved
        && read.unresolved == Unresolved::LeaveOut
    {
        return Err(Some(reason));
    }
    let mut aux = Vec::new();
    if frame.negated && !shape.negated {
        aux.push("negation");
    }
    match frame.mood {
        Mood::Hypothetical if remapped.is_none() => aux.push("hypothetical"),
        // A promise or a planned visit says by its type that it lies ahead; a threat by who will carry it out does not.
        Mood::Future if remapped.is_none() || rules.quad == 3 => aux.push("future"),
        _ => {}
    }
    let time = read.time_of(index, frame);
    if told_as_fact && time.is_some_and(|t| read.is_long_past(t)) {
        aux.push("historical");
    }
    let figures = if rules.quad == 4 { read.figures_of(frame) } else { Vec::new() };
    let promise = rules.name == "AGREE"
        && !actors.is_empty()
        && (remapped.is_some() || !found.inner.is_empty() || frame.mood == Mood::Future);
    let trigger = read.trigger(frame);
    let contexts = read.contexts_of(frame, &pattern.contexts);
    let cameo = match remapped {
        Some(_) => ahead.and_then(|a| a.cameo.clone()).unwrap_or_else(|| rules.cameo.clone()),
        None => pattern.cameo.clone().unwrap_or_else(|| rules.cameo.clone()),
    };
    Ok(CodedEvent {
        sentence: frame.sentence,
        trigger,
        kind,
        modes: match remapped {
            Some(_) => ahead.map_or_else(Vec::new, |a| a.modes.clone()),
            None => pattern.modes.clone(),
        },
        contexts,
        aux,
        cameo,
        actors,
        recipients,
        time,
        place,
        figures,
        certainty,
        attributed_to,
        commitment: promise.then(|| read.due(found)),
        rule: pattern.id.clone(),
        unresolved,
        repeats: Vec::new(),
        frame: index,
    })
}

/// Whether a pattern must fill a role of this kind.
fn has_role(shape: &Shape, is: impl Fn(&Slot) -> bool) -> bool {
    shape.subject.as_ref().is_some_and(&is)
        || shape.parts.iter().any(|p| match &p.kind {
            PartKind::Object(slot) | PartKind::Preposition(_, slot) | PartKind::Somewhere(slot) => {
                !p.optional && is(slot)
            }
            PartKind::Clause(..) => false,
        })
}

impl Read<'_> {
    /// Whether politicians act on each other, so that an attack is one of words.
    fn are_politicians(&self, actors: &[Party], recipients: &[Party]) -> bool {
        let politician = |who: &Party| match *who {
            Party::Entity(id) => self.parties.entities.get(id).is_some_and(|e| {
                e.kind != crate::reading::EntityKind::Country
                    && e.sectors.iter().any(|&s| self.doc.codebook.gates.is_politician(s))
            }),
            Party::Country(..) => false,
        };
        !actors.is_empty()
            && !recipients.is_empty()
            && actors.iter().all(politician)
            && recipients.iter().all(politician)
    }

    /// Whether one person acts, or a government: neither is a crowd.
    fn acts_alone(&self, actors: &[Party]) -> bool {
        use crate::reading::EntityKind;
        match actors {
            [Party::Country(..)] => true,
            [Party::Entity(id)] => (self.parties.entities.get(*id))
                .is_some_and(|e| matches!(e.kind, EntityKind::Person | EntityKind::Country)),
            _ => false,
        }
    }

    /// Whether an event is talk about what others did, so that the deed it names stays an event: "condemned the raid".
    fn speaks_of_deeds(&self, found: &Match) -> bool {
        matches!(self.doc.codebook.ontology.get(found.event).name.as_str(), "ACCUSE" | "SUPPORT")
    }

    /// Whether a clause that is not told as fact is still told: a finite clause of its own, with a modal or "not", and
    /// not a purpose, wish or request inside another clause.
    fn is_told(&self, frame: &Frame) -> bool {
        let word = frame.carrier.unwrap_or(frame.predicate);
        if frame.kind == FrameKind::Noun && frame.carrier.is_none() {
            return false;
        }
        let sentence = self.doc.sentence(frame.at());
        if frame.mood == Mood::Future {
            return true;
        }
        sentence.children(word).any(|c| {
            let token = &sentence.tokens[c as usize];
            matches!(token.relation, Relation::Aux | Relation::AuxPass | Relation::Cop)
                && token.xpos != dateline_syntax::Xpos::Vb
        }) && !sentence
            .children_as(word, Relation::Mark)
            .any(|m| self.doc.codebook.clauses.is_condition(&sentence.tokens[m as usize].lemma))
            && !sentence.tokens.iter().rev().take(2).any(|t| t.span.of(self.doc.text()) == "?")
    }

    fn trigger(&self, frame: &Frame) -> Span {
        let sentence = self.doc.sentence(frame.at());
        let own = sentence.tokens[frame.predicate as usize].span;
        let particle = frame.particle.filter(|p| p.abs_diff(frame.predicate) <= 3);
        particle.map_or(own, |p| own.cover(sentence.tokens[p as usize].span))
    }

    fn contexts_of(&self, frame: &Frame, implied: &[String]) -> Vec<String> {
        let sentence = self.doc.sentence(frame.at());
        let mut out: Vec<String> = implied.to_vec();
        let lemmas: Vec<&str> = sentence.tokens.iter().map(|t| t.lemma.as_str()).collect();
        out.extend(self.doc.codebook.contexts.of(&lemmas).into_iter().map(str::to_owned));
        out.sort_unstable();
        out.dedup();
        out
    }

    /// When what is promised falls due: a time inside the clause that is promised.
    fn due(&self, found: &Match) -> Option<TimeId> {
        found.inner.iter().find_map(|&inner| self.time_of(inner, &self.frames.list[inner]))
    }
}
