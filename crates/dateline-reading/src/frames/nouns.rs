//! Event nouns: "the massacre at a school", "an offensive against rebels".

use super::{Frame, FrameKind, Oblique, SentenceFrames};
use dateline_syntax::{Relation, Upos, Xpos};

impl SentenceFrames<'_> {
    /// One frame for every noun that some pattern knows as an event.
    pub(super) fn read_nouns(&mut self) {
        for word in 0..self.sentence.tokens.len() as u32 {
            if self.of[word as usize].is_none() && self.is_event_noun(word) {
                let frame = self.noun(word);
                self.push(frame);
            }
        }
    }

    fn is_event_noun(&self, word: u32) -> bool {
        let token = &self.sentence.tokens[word as usize];
        let noun = match token.upos {
            Upos::Noun => true,
            Upos::Propn => !self.sentence.names.iter().any(|n| (n.first..n.end).contains(&word)),
            Upos::Verb => {
                token.xpos == Xpos::Vbg && self.sentence.children_as(word, Relation::Nmod).next().is_some()
            }
            _ => false,
        };
        noun && !matches!(token.relation, Relation::Compound | Relation::Flat | Relation::Cop)
            && !self.doc.codebook.patterns.nouns(&token.lemma.to_lowercase()).is_empty()
    }

    fn noun(&self, word: u32) -> Frame {
        let carrier = self.carrier(word);
        let (mut subject, mut obliques) = (Vec::new(), Vec::new());
        self.obliques_of(word, &mut obliques);
        // The "by" phrase stays an oblique as well, for patterns that name it: "{strike} by ACTOR".
        if let Some(by) = obliques.iter().find(|o| o.preposition == "by") {
            subject.clone_from(&by.heads);
            // "a rally by pensioners against the mayor"
            for &doer in &subject {
                self.obliques_of(doer, &mut obliques);
            }
        }
        // "his arrest by the police": with an agent, the owner is the one it is done to.
        if !subject.is_empty() && !obliques.iter().any(|o| o.preposition == "of") {
            let owner = self.sentence.children_as(word, Relation::NmodPoss).next();
            obliques.extend(
                owner.map(|owner| Oblique { preposition: "of".into(), heads: self.conjuncts(owner) }),
            );
        }
        // "the killing of a minister by gunmen": the parser may hang the killer on the minister.
        if subject.is_empty() {
            subject = self.agent_on_oblique(&obliques);
        }
        if subject.is_empty()
            && let Some(owner) = self.sentence.children_as(word, Relation::NmodPoss).next()
        {
            subject = self.conjuncts(owner);
        }
        if let Some(frame) = carrier.and_then(|c| self.frame(c)) {
            // What hangs on the noun is its own already, save under a participle ("an offensive launched by the army").
            let below = self.sentence.is_under(frame.predicate, word);
            let mine = |head: &u32| *head == word || (!below && self.sentence.is_under(*head, word));
            if subject.is_empty() && !frame.subject.iter().any(mine) {
                subject = frame.subject.clone();
            }
            let others = frame.obliques.iter().filter(|o| !o.heads.iter().any(mine));
            let others: Vec<Oblique> = others.cloned().collect();
            obliques.extend(others);
        }
        let handed = self.handed(word);
        if let Some(frame) = handed.and_then(|verb| self.frame(verb)) {
            obliques.push(Oblique { preposition: "to".into(), heads: frame.object.clone() });
            if subject.is_empty() {
                subject = frame.subject.clone();
            }
        }
        let unowned = subject.is_empty();
        if unowned {
            subject = self.charged(word);
        }
        let mut clauses = Vec::new();
        self.clauses_of(word, &mut clauses);
        let (mood, negated) = self.mood_of_noun(word, carrier);
        Frame {
            sentence: self.index,
            predicate: word,
            kind: FrameKind::Noun,
            particle: None,
            carrier,
            passive: false,
            negated,
            mood,
            subject,
            object: Vec::new(),
            obliques,
            subject_obliques: Vec::new(),
            clauses,
            charged: unowned,
        }
    }

    /// The verb that hands the noun to somebody: "was presented with a demand".
    fn handed(&self, noun: u32) -> Option<u32> {
        let token = &self.sentence.tokens[noun as usize];
        let verb = token.head.filter(|_| token.relation == Relation::Obl)?;
        let with = self.preposition(noun).is_some_and(|p| p == "with");
        (with && self.doc.codebook.clauses.is_handing(self.lemma(verb))).then_some(verb)
    }

    /// Who is said to have done it, where somebody is charged with it or sentenced for it.
    fn charged(&self, noun: u32) -> Vec<u32> {
        let token = &self.sentence.tokens[noun as usize];
        let above = token.head.filter(|_| matches!(token.relation, Relation::Obl | Relation::Nmod));
        // "convicted Falk of the murder": the deed may hang on the object.
        let object = above.and_then(|a| {
            let word = &self.sentence.tokens[a as usize];
            word.head.filter(|_| matches!(word.relation, Relation::Obj | Relation::NsubjPass))
        });
        let frame = above.and_then(|a| self.frame(a)).or_else(|| object.and_then(|verb| self.frame(verb)));
        let under = self.preposition(noun).is_some_and(|p| {
            matches!(p.as_str(), "for" | "in" | "in_connection_with" | "of" | "over" | "with")
        });
        frame
            .filter(|f| under && self.doc.codebook.clauses.is_charging(self.lemma(f.predicate)))
            .map(|f| f.object.clone())
            .unwrap_or_default()
    }

    /// The light verb that has the noun as its object, or the verb of occurrence that has it as its subject.
    fn carrier(&self, noun: u32) -> Option<u32> {
        let token = &self.sentence.tokens[noun as usize];
        let (governor, relation) = match token.relation {
            Relation::Conj => {
                let first = token.head?;
                let first = &self.sentence.tokens[first as usize];
                (first.head?, first.relation)
            }
            relation => (token.head?, relation),
        };
        self.frame(governor)?;
        let mut verb = self.lemma(governor).to_owned();
        if let Some(particle) = self.sentence.children_as(governor, Relation::CompoundPrt).next() {
            verb.push('_');
            verb.push_str(self.lemma(particle));
        }
        let words = &self.doc.codebook.clauses;
        let carried = match relation {
            Relation::Obj | Relation::NsubjPass => words.is_light(&verb),
            Relation::Nsubj => words.is_occurrence(&verb),
            Relation::Obl => {
                let preposition = self.preposition(noun)?;
                words.is_light(&format!("{verb}_{preposition}"))
                    || self
                        .sentence
                        .children_as(governor, Relation::Obj)
                        .any(|o| words.is_light(&format!("{verb}_{}_{preposition}", self.lemma(o))))
            }
            // "an offensive launched by the army": the verb hangs on the noun.
            _ => return self.participle(noun),
        };
        if carried { Some(governor) } else { self.participle(noun) }
    }

    fn participle(&self, noun: u32) -> Option<u32> {
        self.sentence
            .children(noun)
            .find(|&c| {
                let token = &self.sentence.tokens[c as usize];
                matches!(token.relation, Relation::Acl | Relation::AclRelcl)
                    && self.doc.codebook.clauses.is_light(&token.lemma)
            })
            .filter(|&c| self.frame(c).is_some_and(|f| f.object.contains(&noun)))
    }
}
