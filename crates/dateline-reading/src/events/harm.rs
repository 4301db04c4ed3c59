//! Who did what somebody suffered, where the clause that tells of it names nobody: it is told beside it.

use super::Read;
use crate::document::At;
use crate::frames::{Frame, FrameKind};
use crate::matching::Match;
use crate::parties::Party;
use dateline_syntax::{Relation, Upos};

/// Prepositions between harm and the deed that it was done in.
const WITHIN: &[&str] = &["at", "by", "during", "from", "in", "under"];

impl Read<'_> {
    /// Whoever did what somebody was harmed in, told beside it: "died in Chadian air strikes", "were killed in an ambush by
    /// rebels", "were injured after prisoners stormed the gate", "was barred from leaving by a court".
    pub(super) fn doers_around(&self, frame: &Frame, found: &Match) -> Vec<Party> {
        self.doers_of_harm(frame, found, 0)
    }

    fn doers_of_harm(&self, frame: &Frame, found: &Match, depth: u8) -> Vec<Party> {
        let suffered = self.parties_at(frame.sentence, &frame.object);
        let others = |doers: &Vec<Party>| !doers.is_empty() && !doers.iter().any(|d| suffered.contains(d));
        if let Some(doers) = Some(self.doers_of_same(frame, found)).filter(others) {
            return doers;
        }
        let agentless = frame.kind == FrameKind::Clause && frame.passive && frame.subject.is_empty();
        let kind = self.doc.codebook.ontology.get(found.event);
        if !agentless {
            return Vec::new();
        }
        let doers = self.agents_below(frame);
        if others(&doers) {
            return doers;
        }
        if kind.quad != 4 {
            return Vec::new();
        }
        let beside = [
            self.owners_of_deeds(frame),
            self.those_who_use_force(frame),
            self.doers_beside(frame, found, depth),
        ];
        beside.into_iter().find(others).unwrap_or_default()
    }

    /// "two were killed by gunmen and three were wounded", "two were killed and three wounded in fighting between them": harm
    /// that is joined to harm, with no circumstances of its own, was done by the same.
    fn doers_beside(&self, frame: &Frame, found: &Match, depth: u8) -> Vec<Party> {
        let token = self.doc.token(frame.at());
        let bare = frame.obliques.is_empty() && frame.clauses.is_empty();
        let sentence = self.doc.sentence(frame.at());
        let joined = match token.relation {
            Relation::Conj => token.head,
            _ => None,
        };
        let joined = joined.or_else(|| {
            let mut below = sentence.children_as(frame.predicate, Relation::Conj);
            // "1,200 were killed, and the minister was shot by his guards" are two deeds.
            let part = |c: u32| sentence.children_as(c, Relation::AuxPass).next().is_none();
            below.find(|&c| sentence.tokens[c as usize].upos == Upos::Verb && depth == 0 && part(c))
        });
        let joined = joined.filter(|_| bare);
        let above = joined.and_then(|token| self.frames.index_at(At { sentence: frame.sentence, token }));
        let first = above.and_then(|index| {
            let above = self.frames.list.get(index)?;
            let harm = self.matches.best.get(index)?.as_ref()?;
            (above.passive && harm.event == found.event).then_some((above, harm))
        });
        first.map_or_else(Vec::new, |(above, harm)| match self.parties_at(frame.sentence, &harm.actors) {
            named if !named.is_empty() => named,
            _ if depth > 1 => Vec::new(),
            _ => self.doers_of_harm(above, harm, depth + 1),
        })
    }

    /// Who does what the codebook knows as the same kind of act.
    fn doers_of_same(&self, frame: &Frame, found: &Match) -> Vec<Party> {
        let times = self.clauses_of_time(frame.at());
        let times = times.into_iter().filter(|_| frame.passive);
        let around = frame.obliques.iter().filter(|o| WITHIN.contains(&o.preposition.as_str()));
        let deeds = around.flat_map(|o| o.heads.iter().copied()).chain(times).filter_map(|token| {
            let deed = self.frames.index_at(At { sentence: frame.sentence, token })?;
            self.matches.best[deed].as_ref().filter(|m| m.event == found.event)
        });
        let mut doers = deeds.map(|m| self.parties_at(frame.sentence, &m.actors));
        doers.find(|d| !d.is_empty()).unwrap_or_default()
    }

    /// Clauses that tell when something happened, on its word or on a clause beside it: "were injured, two of them badly,
    /// after prisoners stormed the gate".
    pub(super) fn clauses_of_time(&self, at: At) -> Vec<u32> {
        let sentence = self.doc.sentence(at);
        let when = |clause: &u32| {
            sentence.children(*clause).any(|c| {
                let token = &sentence.tokens[c as usize];
                matches!(token.relation, Relation::Mark | Relation::Advmod)
                    && matches!(token.lemma.as_str(), "after" | "as" | "once" | "when" | "while")
            })
        };
        let on = |word: u32| sentence.children_as(word, Relation::Advcl).filter(when);
        let beside = sentence.children(at.token).filter(|&c| {
            let token = &sentence.tokens[c as usize];
            token.upos == Upos::Verb
                && matches!(token.relation, Relation::Advcl | Relation::Conj | Relation::Parataxis)
                && self.frames.at(At { token: c, ..at }).is_some_and(|f| f.passive)
        });
        on(at.token).chain(beside.flat_map(on)).collect()
    }

    /// "was barred from leaving by a court": the agent may hang on what somebody was kept from or made to do.
    fn agents_below(&self, frame: &Frame) -> Vec<Party> {
        let below = frame.clauses.iter().filter_map(|inner| {
            let below = self.frames.at(At { sentence: frame.sentence, token: inner.predicate })?;
            (!below.passive && matches!(inner.link.as_str(), "from" | "to")).then_some(below)
        });
        let agents = below.flat_map(|f| &f.obliques).filter(|o| o.preposition == "by");
        let mut agents = agents.map(|o| self.parties_at(frame.sentence, &o.heads));
        agents.find(|a| !a.is_empty()).unwrap_or_default()
    }

    /// "were killed in police firing", "died at the hands of the guards": whose the deed is.
    fn owners_of_deeds(&self, frame: &Frame) -> Vec<Party> {
        let sentence = self.doc.sentence(frame.at());
        let within = frame.obliques.iter().filter(|o| WITHIN.contains(&o.preposition.as_str()));
        let deeds = within.flat_map(|o| &o.heads).filter(|&&w| {
            let lemma = &sentence.tokens[w as usize].lemma;
            self.doc.codebook.clauses.is_deed(lemma)
        });
        let there = |token: u32| At { sentence: frame.sentence, token };
        // "in police firing on the crowd": the deed may be a gerund.
        let gerunds = frame.clauses.iter().filter(|c| WITHIN.contains(&c.link.as_str())).filter_map(|c| {
            let modifiers = sentence.children_as(c.predicate, Relation::Compound);
            let mut doers = modifiers.filter_map(|m| Some((m, self.parties.named(there(m))?)));
            doers.find(|&(m, doer)| self.parties.can_act(there(m), doer)).map(|(_, doer)| vec![doer])
        });
        // "in confrontations between the police and students"
        let between = deeds.clone().filter_map(|&token| {
            let sides = sentence
                .children_as(token, Relation::Nmod)
                .find(|&c| self.parties.is_under(there(c), &["among", "between"]))?;
            let mut sides: Vec<u32> = vec![sides];
            sides.extend(sentence.children_as(sides[0], Relation::Conj));
            let doers = self.parties_at(frame.sentence, &sides);
            (doers.len() > 1).then_some(doers)
        });
        if let Some(doers) = between.chain(gerunds).next() {
            return doers;
        }
        let mut owners = deeds.filter_map(|&token| {
            let at = there(token);
            let owner = self.parties.at(at).filter(|&p| !self.parties.is_around(at, p))?;
            // A country's name before the noun tells where: "in Kashmir violence".
            let place = matches!(owner, Party::Country(_, w) if self.doc.token(w).upos == Upos::Propn);
            (!place && self.parties.can_act(at, owner)).then_some(owner)
        });
        owners.next().into_iter().collect()
    }

    /// "were injured after prisoners stormed the gate": those who used force at the same time.
    fn those_who_use_force(&self, frame: &Frame) -> Vec<Party> {
        let clauses = self.clauses_of_time(frame.at());
        let mut forces = clauses.into_iter().filter_map(|token| {
            let at = At { sentence: frame.sentence, token };
            let clause = self.frames.at(at)?;
            let forces = self.doc.codebook.clauses.is_force(&self.doc.token(at).lemma);
            (forces && !clause.negated).then(|| self.parties_at(frame.sentence, &clause.subject))
        });
        forces.find(|f| !f.is_empty()).unwrap_or_default()
    }
}
