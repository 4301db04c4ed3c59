//! What a shape takes hold of in a frame.

use super::{Matching, Miss, Role};
use crate::document::At;
use crate::frames::{Frame, FrameKind, Oblique};
use crate::noun_phrase::behind;
use crate::parties::Party;
use dateline_codebook::shape::{Part, PartKind, Shape, Slot, WordSet};
use dateline_syntax::{Relation, Upos, Xpos};

/// What a shape has taken hold of so far.
#[derive(Default)]
pub(super) struct Binding {
    pub(super) actors: Vec<u32>,
    pub(super) recipients: Vec<u32>,
    pub(super) inner: Vec<usize>,
    pub(super) words: Vec<u32>,
    pub(super) options: u32,
    /// Words that the pattern passed over: "in ANY".
    pub(super) passed: Vec<u32>,
}

impl Matching<'_> {
    pub(super) fn fit(&self, frame: &Frame, shape: &Shape) -> Result<Binding, Miss> {
        match self.bind(frame, shape)? {
            (binding, None) => Ok(binding),
            (_, Some(role)) => Err(Miss::Unfilled(role)),
        }
    }

    /// What a shape that fits takes hold of, and the role that it asks for and nobody fills.
    pub(super) fn bind(&self, frame: &Frame, shape: &Shape) -> Result<(Binding, Option<Role>), Miss> {
        let mut binding = Binding::default();
        if !self.is_predicate(frame, &shape.predicate, &mut binding) {
            return Err(Miss::Predicate);
        }
        if shape.negated && !frame.negated {
            return Err(Miss::Polarity);
        }
        let mut unfilled = None;
        match &shape.subject {
            Some(slot) => {
                // Nobody need be named as the actor of a passive: "sanctions were imposed".
                let agentless = frame.passive && frame.subject.is_empty();
                if !(agentless && matches!(slot, Slot::Actor(set) if set.is_empty())) {
                    unfilled =
                        self.fill(frame, slot, &frame.subject, &mut binding).map_err(|()| Miss::Subject)?;
                }
                if let (Slot::Words(_), Some(&word)) = (slot, binding.words.last())
                    && !shape.parts.iter().any(takes_actor)
                {
                    self.owner_acts(frame, word, &mut binding);
                }
            }
            None if !shape.parts.iter().any(takes_actor) => {
                self.implicit_actor(frame, &mut binding);
            }
            None => {}
        }
        for (at, part) in shape.parts.iter().enumerate() {
            let owner_may_fill = shape.subject.is_none() && !part.optional;
            let subject_is_word = matches!(shape.subject, Some(Slot::Words(_)));
            match self.fit_part(frame, &part.kind, owner_may_fill, subject_is_word, &mut binding) {
                Ok(None) => binding.options += u32::from(part.optional),
                Ok(Some(role)) if !part.optional => unfilled = unfilled.or(Some(role)),
                Err(()) if !part.optional => return Err(Miss::Part(at)),
                _ => {}
            }
        }
        self.owner_before_place(frame, &mut binding);
        let nobody = binding.actors.is_empty() && binding.recipients.is_empty() && binding.inner.is_empty();
        Ok((binding, unfilled.or(nobody.then_some(Role::Actor))))
    }

    /// "attacked a Chadian army base in Niger": whose thing it is counts for more than where it is.
    fn owner_before_place(&self, frame: &Frame, binding: &mut Binding) {
        let there = |token: u32| At { sentence: frame.sentence, token };
        if binding.recipients.is_empty()
            || !binding.recipients.iter().all(|&w| self.parties.is_in_surroundings(there(w)))
        {
            return;
        }
        let acting: Vec<Party> = binding.actors.iter().filter_map(|&w| self.parties.at(there(w))).collect();
        let owned = frame.object.iter().copied().filter(|w| binding.words.contains(w)).find(|&w| {
            let party = self.parties.at(there(w));
            party.is_some_and(|p| !acting.contains(&p) && !self.parties.is_around(there(w), p))
        });
        if let Some(owned) = owned {
            binding.recipients = vec![owned];
        }
    }

    /// Whether the frame's predicate is one of the words; the rest of a joined verb may be its particle, its adverb,
    /// its object or its preposition with a noun ("take into custody").
    fn is_predicate(&self, frame: &Frame, set: &WordSet, binding: &mut Binding) -> bool {
        let sentence = &self.doc.sentences[frame.sentence as usize];
        if frame.kind == FrameKind::Noun {
            return self.parties.is_word(frame.at(), set);
        }
        let token = &sentence.tokens[frame.predicate as usize];
        // A participle told as a state goes by its own form: "committed".
        let participle = !frame.passive && token.xpos == Xpos::Vbn;
        let own = &token.lemma;
        let form = token.span.of(self.doc.text());
        set.words.iter().any(|word| {
            // "is a security risk": a noun may have its modifier.
            if token.upos == Upos::Noun && word.contains('_') && self.parties.is_lemma(frame.at(), word) {
                binding.options += 2;
                return true;
            }
            if let Some(written) = word.strip_prefix('=') {
                let fits = frame.particle.is_none() && form.eq_ignore_ascii_case(written);
                binding.options += u32::from(fits) * 2;
                return fits;
            }
            let mut parts = word.split('_');
            let is = |p: &str| p.eq_ignore_ascii_case(own) || (participle && p.eq_ignore_ascii_case(form));
            if !parts.next().is_some_and(is) {
                return false;
            }
            let rest: Vec<&str> = parts.collect();
            if let Some(particle) = frame.particle
                && !rest.contains(&&*sentence.tokens[particle as usize].lemma)
            {
                return false;
            }
            let start = binding.words.len();
            let all = rest.iter().all(|part| {
                let near = sentence.children(frame.predicate).find_map(|child| {
                    let is = |w: u32| sentence.tokens[w as usize].lemma.eq_ignore_ascii_case(part);
                    // "gave an address in New Orleans" is no giving in.
                    let close = |c: u32| rest.len() > 1 || c == frame.predicate + 1;
                    if is(child) {
                        Some(child)
                    } else {
                        sentence.children_as(child, Relation::Case).find(|&c| is(c) && close(c))
                    }
                });
                let near = near.or_else(|| {
                    frame.object.iter().copied().find(|&o| sentence.tokens[o as usize].lemma == *part)
                });
                binding.words.extend(near);
                near.is_some()
            });
            if !all {
                binding.words.truncate(start);
            }
            all
        })
    }

    /// Binds a part. `Ok(Some(role))` is a part that is there, with a role that nobody fills.
    fn fit_part(
        &self,
        frame: &Frame,
        part: &PartKind,
        owner_may_fill: bool,
        subject_is_word: bool,
        binding: &mut Binding,
    ) -> Result<Option<Role>, ()> {
        match part {
            // "left two people dead": the word may be a complement.
            PartKind::Object(Slot::Words(set)) => {
                let tokens = &self.doc.sentences[frame.sentence as usize].tokens;
                let state = |w: &u32| {
                    matches!(tokens[*w as usize].upos, Upos::Adj | Upos::Noun | Upos::Propn)
                        || tokens[*w as usize].xpos == Xpos::Vbn
                };
                let complements = frame.clauses.iter().map(|i| i.predicate).filter(state);
                let words: Vec<u32> = frame.object.iter().copied().chain(complements).collect();
                self.fill(frame, &Slot::Words(set.clone()), &words, binding)
            }
            PartKind::Object(slot) => self.fill(frame, slot, &frame.object, binding),
            PartKind::Somewhere(slot) => {
                let sentence = &self.doc.sentences[frame.sentence as usize];
                let words = matches!(slot, Slot::Words(_));
                let behind = behind(sentence, frame.predicate, !words);
                match slot {
                    // Of all who stand behind the verb, the first is meant.
                    Slot::Actor(_) | Slot::Recipient(_) => {
                        let there = |token: u32| At { sentence: frame.sentence, token };
                        let free =
                            |w: &u32| !binding.passed.contains(w) && self.parties.at(there(*w)).is_some();
                        let first = behind.into_iter().find(free);
                        self.fill(frame, slot, first.as_slice(), binding)
                    }
                    _ => self.fill(frame, slot, &behind, binding),
                }
            }
            PartKind::Preposition(prepositions, slot) => {
                let mut verdict = Err(());
                let on_subject = frame
                    .subject_obliques
                    .iter()
                    .filter(|o| subject_is_word && prepositions.contains(&o.preposition));
                // Those who are asked for are not the ones asked: "called for observers".
                let there = |token: u32| At { sentence: frame.sentence, token };
                let meant = |w: &u32| {
                    let asked_for = binding.words.contains(w) && matches!(slot, Slot::Recipient(_));
                    !(asked_for && self.parties.entities.at(there(*w)).is_some())
                };
                let heads_of = |o: &Oblique| o.heads.iter().copied().filter(meant).collect::<Vec<_>>();
                let several = frame.under(prepositions).chain(on_subject).map(|o| (heads_of(o), o));
                for (heads, oblique) in several.collect::<Vec<_>>() {
                    let next = self.fill(frame, slot, &heads, binding);
                    if matches!(slot, Slot::Any) {
                        binding.passed.extend(&oblique.heads);
                    }
                    if next == Ok(None) {
                        return next;
                    }
                    verdict = verdict.or(next);
                }
                if let Slot::Words(set) = slot {
                    let infinitive = frame.clauses.iter().find(|i| {
                        prepositions.contains(&i.link)
                            && (self
                                .parties
                                .is_word(At { sentence: frame.sentence, token: i.predicate }, set)
                                || self.is_phrasal(At { sentence: frame.sentence, token: i.predicate }, set))
                    });
                    if let Some(inner) = infinitive {
                        self.take_inner(frame, inner.predicate, binding);
                        return Ok(None);
                    }
                }
                // "the minister's arrest": the owner is the one it is done to; not so an agent, "the killing by rebels".
                let of = prepositions.iter().any(|p| p == "of")
                    && !frame.subject.iter().any(|&w| self.parties.is_under(there(w), &["by"]));
                if verdict.is_err()
                    && owner_may_fill
                    && !frame.charged
                    && of
                    && matches!(slot, Slot::Recipient(_))
                    && !frame.subject.is_empty()
                {
                    let mut owners = Binding::default();
                    let filled = self.fill(frame, slot, &frame.subject, &mut owners)?;
                    binding.actors.retain(|a| !owners.recipients.contains(a));
                    binding.recipients.extend(owners.recipients);
                    return Ok(filled);
                }
                verdict
            }
            PartKind::Clause(link, types) => {
                let wanted: Vec<&str> = link.split('|').collect();
                let mut verdict = Err(());
                for inner in frame.clauses.iter().filter(|i| wanted.contains(&i.link.as_str())) {
                    let below = self.frames.index_at(At { sentence: frame.sentence, token: inner.predicate });
                    let event = below.and_then(|b| self.found.best[b].as_ref()).map(|m| m.event);
                    if types.is_empty() || event.is_some_and(|e| types.contains(&e)) {
                        self.take_inner(frame, inner.predicate, binding);
                        verdict = Ok(None);
                    }
                }
                verdict
            }
        }
    }

    /// Whether a clause inside is a verb with a particle that the set has: "to step_down".
    fn is_phrasal(&self, at: At, set: &WordSet) -> bool {
        let Some(below) = self.frames.at(at) else { return false };
        let Some(particle) = below.particle else { return false };
        let verb = &self.doc.token(at).lemma;
        let particle = &self.doc.token(At { token: particle, ..at }).lemma;
        set.words.iter().any(|w| w.split_once('_').is_some_and(|(v, p)| v == verb && p == particle))
    }

    fn take_inner(&self, frame: &Frame, predicate: u32, binding: &mut Binding) {
        binding.words.push(predicate);
        binding.inner.extend(self.frames.index_at(At { sentence: frame.sentence, token: predicate }));
    }

    /// Binds a slot to words. `Ok(Some(role))` when words are there and nobody stands at them.
    fn fill(
        &self,
        frame: &Frame,
        slot: &Slot,
        words: &[u32],
        binding: &mut Binding,
    ) -> Result<Option<Role>, ()> {
        let there = |token: u32| At { sentence: frame.sentence, token };
        let (set, role) = match slot {
            Slot::Any => return if words.is_empty() { Err(()) } else { Ok(None) },
            Slot::Absent => return if words.is_empty() { Ok(None) } else { Err(()) },
            Slot::Words(set) => {
                let asked = |&w: &u32| self.parties.asked(there(w), set).map(|parts| (w, parts));
                let (found, parts) = words.iter().find_map(asked).ok_or(())?;
                binding.words.push(found);
                // "gold florin" asks for more than "florin", also within a set.
                binding.options += parts;
                return Ok(None);
            }
            Slot::Several => {
                let known = words.iter().copied().filter(|&w| self.parties.at(there(w)).is_some());
                let several: Vec<u32> = known.collect();
                let shared = |&w: &u32| 1 + self.parties.entities.shared_at(there(w)).len();
                if several.iter().map(shared).sum::<usize>() < 2 {
                    return Err(());
                }
                binding.actors.extend(several);
                return Ok(None);
            }
            Slot::Actor(set) => (set, Role::Actor),
            Slot::Recipient(set) => (set, Role::Recipient),
        };
        let mut known = false;
        let mut filled = Vec::new();
        for &word in words {
            let party = self.parties.at(there(word));
            let acts = |p: &Party| {
                role == Role::Recipient
                    || !(self.parties.is_around(there(word), *p) || self.parties.is_holding(there(word), *p))
            };
            if let Some(party) = party.filter(acts) {
                known = true;
                if self.parties.fits(there(word), party, set) {
                    filled.push(word);
                }
            }
        }
        // "the army and police patrolled", "killed five soldiers and five civilians": whoever is joined to one who fits does
        // it, or suffers it, with him.
        if !filled.is_empty() && set.asks_only() {
            filled = words.iter().copied().filter(|&w| self.parties.at(there(w)).is_some()).collect();
        }
        if filled.is_empty() {
            // A stranger may be named by a word that the pattern knows, but no one can say who that is.
            return if known || words.is_empty() { Err(()) } else { Ok(Some(role)) };
        }
        match role {
            Role::Actor => binding.actors.extend(filled),
            Role::Recipient => binding.recipients.extend(filled),
        }
        Ok(None)
    }

    /// Who stands behind a thing that acts: the actor of the event that it is, its owner or its modifier ("Iraqi
    /// warplanes bombed", "a Taliban attack killed").
    fn owner_acts(&self, frame: &Frame, word: u32, binding: &mut Binding) {
        let there = At { sentence: frame.sentence, token: word };
        // "a suicide bomber killed": the word is somebody.
        if self.parties.entities.at(there).is_some() {
            binding.actors.push(word);
            return;
        }
        match self.frames.index_at(there).map(|index| &self.frames.list[index]) {
            Some(noun) if noun.kind == FrameKind::Noun => self.implicit_actor(noun, binding),
            _ => self.modifier_acts(frame.sentence, word, binding),
        }
    }

    /// The actor of an event noun: its owner or light verb's subject, else its modifier ("US strikes").
    fn implicit_actor(&self, frame: &Frame, binding: &mut Binding) {
        let there = |token: u32| At { sentence: frame.sentence, token };
        binding.actors.extend(frame.subject.iter().copied().filter(|&w| self.parties.at(there(w)).is_some()));
        if binding.actors.is_empty() {
            self.modifier_acts(frame.sentence, frame.predicate, binding);
        }
    }

    fn modifier_acts(&self, sentence: u32, word: u32, binding: &mut Binding) {
        let there = |token: u32| At { sentence, token };
        let sentence = &self.doc.sentences[sentence as usize];
        for child in sentence.children(word) {
            let token = &sentence.tokens[child as usize];
            let modifier = matches!(
                token.relation,
                Relation::Compound | Relation::Amod | Relation::NmodDesc | Relation::NmodPoss
            ) && matches!(token.upos, Upos::Propn | Upos::Adj | Upos::Noun);
            if modifier
                && self.parties.named(there(child)).is_some_and(|p| self.parties.can_act(there(child), p))
            {
                binding.actors.push(child);
            }
        }
        if binding.actors.is_empty() {
            binding.actors.extend(self.parties.joined_doer(there(word)).map(|(doer, _)| doer));
        }
        // "bombs fired by the troops"
        if binding.actors.is_empty() {
            binding.actors.extend(self.parties.agent_of(there(word)));
        }
    }
}

pub(super) fn takes_actor(part: &Part) -> bool {
    matches!(
        &part.kind,
        PartKind::Object(Slot::Actor(_))
            | PartKind::Preposition(_, Slot::Actor(_))
            | PartKind::Somewhere(Slot::Actor(_))
    )
}
