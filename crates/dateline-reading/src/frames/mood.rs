//! Whether something happened, is to come, or is only thought of.

use super::SentenceFrames;
use dateline_codebook::Governs;
use dateline_syntax::{Relation, Upos, Xpos};

/// How a clause is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mood {
    /// As a fact.
    Real,
    /// As something to come.
    Future,
    /// As possible, wished or conditional.
    Hypothetical,
}

impl SentenceFrames<'_> {
    /// Mood and negation of the clause whose predicate is `word`; governors have been read before.
    pub(super) fn mood_of_clause(&self, word: u32) -> (Mood, bool) {
        let mut negated = self.is_negated(word);
        let own = self.own_mood(word);
        let mut mood = own.unwrap_or(Mood::Real);
        let token = &self.sentence.tokens[word as usize];
        // "had planned to ask": a plan told in the past perfect came to nothing, and what was planned with it.
        if self.was_given_up(word) {
            return (Mood::Hypothetical, negated);
        }
        let Some(head) = token.head else { return (mood, negated) };
        let mark = self.mark(word);
        let infinitive = mark.as_deref() == Some("to");
        if mark.as_deref().is_some_and(|m| self.doc.codebook.clauses.is_condition(m)) {
            return (Mood::Hypothetical, negated);
        }
        // "will stay until he resigns": what an act waits for is as open as the act, but "stayed until he resigned".
        if matches!(mark.as_deref(), Some("until" | "till" | "before"))
            && self.frame(head).is_some_and(|f| f.mood != Mood::Real || f.negated)
        {
            return (Mood::Hypothetical, negated);
        }
        // "decides which refugees are to be deported": a question inside a sentence tells of nothing to come.
        if token.relation == Relation::Ccomp && !self.is_past(word) && self.asks_which(word) {
            return (Mood::Hypothetical, negated);
        }
        // "the question of when the troops will leave"
        if matches!(token.relation, Relation::AclRelcl | Relation::AdvclRelcl)
            && own == Some(Mood::Future)
            && self.sentence.tokens[head as usize].xpos == Xpos::Wrb
        {
            return (Mood::Hypothetical, negated);
        }
        if mark.as_deref().is_some_and(|m| self.doc.codebook.clauses.is_replaced(m)) {
            return (mood, true);
        }
        // "asked when he would resign", "did not say when they will leave": whether he will is the question.
        if own == Some(Mood::Future) && self.is_left_open(word, head) {
            return (Mood::Hypothetical, negated);
        }
        // "a proposal that it reduce its army": what somebody has in mind is not done.
        if (token.relation == Relation::Acl
            || (token.relation == Relation::Ccomp && self.sentence.tokens[head as usize].upos == Upos::Noun))
            && self.doc.codebook.clauses.makes_of(self.lemma(head)) == Governs::Unreal
            && (token.xpos != Xpos::Vbd || self.has(word, Relation::Nsubj))
        {
            return (Mood::Hypothetical, negated);
        }
        // "reports that rebels were massacred are baseless"
        if matches!(token.relation, Relation::Acl | Relation::AclRelcl)
            && self.sentence.tokens[head as usize].head.is_some_and(|above| {
                self.doc.codebook.clauses.is_untrue(self.lemma(above))
                    && self.sentence.tokens[head as usize].relation == Relation::Nsubj
            })
        {
            return (Mood::Hypothetical, true);
        }
        if matches!(token.relation, Relation::Xcomp | Relation::Ccomp) && self.was_given_up(head) {
            return (Mood::Hypothetical, negated);
        }
        // "when he meets the premier": the present tense tells of what is to come, where the other clause does.
        if mood == Mood::Real
            && matches!(token.relation, Relation::Advcl | Relation::AdvclRelcl)
            && matches!(token.xpos, Xpos::Vbz | Xpos::Vbp)
            && self.frame(head).is_some_and(|f| f.mood != Mood::Real)
            && self.sentence.children_as(word, Relation::Advmod).any(|c| self.lemma(c) == "when")
        {
            return (Mood::Future, negated);
        }
        // "has no plans to change the law"
        if infinitive
            && token.relation == Relation::Acl
            && self.is_nobody(head)
            && !self.doc.codebook.clauses.is_left_to_do(self.lemma(head))
        {
            negated = !negated;
        }
        // "if people turn up asking for help": what goes with a condition is part of it.
        let beside = token.relation == Relation::Advcl && token.xpos == Xpos::Vbg && mark.is_none();
        // "would give out coupons, allowing them to buy": what comes of a promise is as open as the promise.
        if let Some(above) = self.frame(head).filter(|f| beside && f.mood != Mood::Real)
            && (above.mood == Mood::Hypothetical || self.own_mood(head) == Some(Mood::Future))
        {
            return (above.mood, negated);
        }
        // "unless the minister certifies that rebels are leaving": what a condition says is part of it.
        if token.relation == Relation::Ccomp
            && own.is_none()
            && self.mark(head).is_some_and(|m| self.doc.codebook.clauses.is_condition(&m))
        {
            return (Mood::Hypothetical, negated);
        }
        // "who could claim that the ministry resisted": what somebody might say is not said.
        if token.relation == Relation::Ccomp
            && own.is_none()
            && self.frame(head).is_some_and(|f| f.mood == Mood::Hypothetical)
            && self.doc.codebook.reporting.cue(self.lemma(head)).is_some()
        {
            return (Mood::Hypothetical, negated);
        }
        let inner = matches!(token.relation, Relation::Xcomp | Relation::Ccomp)
            || (matches!(token.relation, Relation::Acl | Relation::Advcl | Relation::Obl | Relation::Nmod)
                && mark.is_some()
                && token.xpos != Xpos::Vbd
                && own.is_none());
        if inner && own.is_none() {
            let (above, above_negated) =
                self.frame(head).map_or((Mood::Real, false), |f| (f.mood, f.negated));
            match self.doc.codebook.clauses.governs(self.lemma(head)) {
                // "announced that it had withdrawn": what has a past tense of its own does not lie ahead.
                Governs::Ahead if token.relation == Relation::Ccomp && self.is_past(word) => {}
                // "an accord intended to end the war"
                Governs::Ahead
                    if infinitive
                        && self.frame(head).is_some_and(|f| f.passive)
                        && self.doc.codebook.clauses.is_meant(self.lemma(head)) =>
                {
                    mood = Mood::Hypothetical
                }
                Governs::Ahead if infinitive || token.relation == Relation::Ccomp => {
                    mood = mood.max(Mood::Future).max(above);
                    // "never intended to insult"
                    negated ^= above_negated && token.relation == Relation::Xcomp;
                }
                // "aimed at ousting", "plans for leaving"
                Governs::Ahead
                    if token.xpos == Xpos::Vbg
                        && matches!(mark.as_deref(), Some("at" | "for" | "of" | "on")) =>
                {
                    mood = Mood::Hypothetical
                }
                // "demanded that militants disarm"
                Governs::Unreal
                    if token.xpos == Xpos::Vbp
                        && token.relation == Relation::Ccomp
                        && self.doc.codebook.clauses.is_mandative(self.lemma(head)) =>
                {
                    mood = Mood::Hypothetical
                }
                // What is said in a finite clause is told, not wished: "warned that the rebels are near".
                Governs::Unreal
                    if self.is_finite(word)
                        && self.doc.codebook.reporting.cue(self.lemma(head)).is_some() => {}
                Governs::Unreal if self.is_caused(word) => mood = above,
                Governs::Unreal => mood = Mood::Hypothetical,
                Governs::Undone if infinitive && self.doc.codebook.clauses.is_paused(self.lemma(head)) => {
                    mood = above
                }
                Governs::Undone => negated = !negated,
                _ if token.relation == Relation::Xcomp
                    || (self.sentence.tokens[head as usize].upos == Upos::Verb
                        && self.doc.codebook.clauses.is_carried_out(self.lemma(head))) =>
                {
                    mood = above;
                    negated ^= above_negated;
                }
                // "called on them to mark the day by escalating the revolt": the means are as real as the end.
                _ if token.relation == Relation::Advcl && token.xpos == Xpos::Vbg => {
                    mood = above;
                    negated ^= above_negated;
                }
                // "on condition that he renounce violence"
                _ if token.relation == Relation::Acl
                    && token.xpos == Xpos::Vb
                    && mark.as_deref() == Some("that") =>
                {
                    mood = Mood::Hypothetical
                }
                // A purpose or an attempt is not a deed; "the first country to recognise Kosovo" did recognise it.
                _ if infinitive
                    && matches!(token.relation, Relation::Advcl | Relation::Acl)
                    && !self.is_one_of_a_kind(head) =>
                {
                    mood = Mood::Hypothetical
                }
                _ => {}
            }
        } else if token.relation == Relation::Conj
            && own.is_none()
            && let Some(above) = self.frame(head)
            && (token.xpos == Xpos::Vb
                || (token.xpos == Xpos::Vbp && !self.has(word, Relation::Nsubj))
                || self.shares_auxiliary(word, head)
                // "could claim that it was slow or was resisting"
                || (above.mood == Mood::Hypothetical
                    && self.own_mood(head).is_none()
                    && !self.was_given_up(head)
                    && self.sentence.tokens[head as usize].xpos != Xpos::Vb))
        {
            mood = above.mood;
            negated |= above.negated && self.shares_negation(word, head);
        }
        (mood, negated)
    }

    /// Whether a clause has a tense: on its verb, its auxiliary or its copula.
    fn is_finite(&self, word: u32) -> bool {
        let tensed =
            |w: u32| matches!(self.sentence.tokens[w as usize].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
        let helps = |r: Relation| matches!(r, Relation::Aux | Relation::AuxPass | Relation::Cop);
        tensed(word)
            || self
                .sentence
                .children(word)
                .any(|c| helps(self.sentence.tokens[c as usize].relation) && tensed(c))
    }

    /// "not", "never", "no": on the predicate itself, its subject or its object.
    pub(super) fn is_negated(&self, word: u32) -> bool {
        self.has_negation(word)
            || self.sentence.children(word).any(|child| match self.sentence.tokens[child as usize].relation {
                Relation::Nsubj | Relation::NsubjPass | Relation::Obj => self.is_nobody(child),
                _ => false,
            })
    }

    /// "not", "never", "no longer" on the predicate itself.
    pub(super) fn has_negation(&self, word: u32) -> bool {
        self.sentence.children_as(word, Relation::Advmod).any(|child| {
            let no_longer = || {
                self.word_is(child, "longer") && self.sentence.children(child).any(|c| self.lemma(c) == "no")
            };
            matches!(self.lemma(child), "not" | "never" | "n't" | "neither" | "hardly") || no_longer()
        })
    }

    fn is_nobody(&self, noun: u32) -> bool {
        let token = &self.sentence.tokens[noun as usize];
        matches!(&*token.lemma, "nobody" | "nothing" | "none" | "neither")
            || self
                .sentence
                .children_as(noun, Relation::Det)
                .any(|d| matches!(self.lemma(d), "no" | "neither"))
    }

    /// Mood and negation of an event noun, from the clause that governs it.
    pub(super) fn mood_of_noun(&self, noun: u32, carrier: Option<u32>) -> (Mood, bool) {
        let absent = self.is_nobody(noun);
        if let Some(frame) = carrier.and_then(|c| self.frame(c)) {
            return (frame.mood, frame.negated || absent);
        }
        let (mut at, mut definite) = (noun, self.is_definite(noun));
        for _ in 0..4 {
            let Some(head) = self.sentence.tokens[at as usize].head else { break };
            // "the end of martial law", "the possibility of a strike", "no record of an arrest"
            match self.doc.codebook.clauses.makes_of(self.lemma(head)) {
                _ if self.sentence.tokens[at as usize].relation != Relation::Nmod => {}
                Governs::Undone => return (Mood::Hypothetical, true),
                Governs::Unreal => return (Mood::Hypothetical, absent),
                _ => {}
            }
            // "would accept nothing less than a withdrawal": what is asked for is not there yet.
            if self.lemma(head) == "less"
                && self.sentence.tokens[head as usize].head.is_some_and(|h| {
                    self.is_nobody(h)
                        || self.sentence.children(h).any(|c| c < head && self.lemma(c) == "nothing")
                })
            {
                return (Mood::Hypothetical, absent);
            }
            if self.is_nobody(head) && self.doc.codebook.clauses.is_attesting(self.lemma(head)) {
                return (Mood::Hypothetical, true);
            }
            // "the site of the murder", "a film on the war"
            if self.doc.codebook.clauses.is_memorial(self.lemma(head))
                && self.sentence.tokens[at as usize].relation == Relation::Nmod
                && matches!(self.preposition(at).as_deref(), Some("about" | "of" | "on"))
            {
                return (Mood::Hypothetical, absent);
            }
            // "announced a date for the summit"
            if self.doc.codebook.clauses.is_foreseeing(self.lemma(head))
                && self.sentence.tokens[at as usize].relation == Relation::Nmod
                && matches!(self.preposition(at).as_deref(), Some("for" | "of"))
            {
                return (Mood::Future, absent);
            }
            if let Some(above) = self.frame(head) {
                let relation = self.sentence.tokens[at as usize].relation;
                let governed = matches!(
                    relation,
                    Relation::Obj | Relation::Obl | Relation::NsubjPass | Relation::Ccomp | Relation::Xcomp
                );
                return match self.doc.codebook.clauses.governs(self.lemma(head)) {
                    Governs::Undone if governed && !definite => (Mood::Hypothetical, absent),
                    Governs::Ahead if governed && !definite => (Mood::Future, absent),
                    // "called for the release": what is asked for is not there yet, however definite.
                    Governs::Unreal if governed => (Mood::Hypothetical, absent),
                    _ if definite && !self.doc.codebook.clauses.brings_about(self.lemma(head)) => {
                        (Mood::Real, absent)
                    }
                    _ => (above.mood, absent || above.negated),
                };
            }
            definite |= self.is_definite(head);
            at = head;
        }
        (Mood::Real, absent)
    }

    fn is_one_of_a_kind(&self, noun: u32) -> bool {
        self.lemma(noun) == "first"
            || self
                .sentence
                .children_as(noun, Relation::Amod)
                .any(|c| matches!(self.lemma(c), "first" | "last" | "only" | "next"))
    }

    fn is_definite(&self, noun: u32) -> bool {
        self.sentence.children(noun).any(|c| {
            let token = &self.sentence.tokens[c as usize];
            token.relation == Relation::NmodPoss
                || (token.upos == Upos::Det
                    && matches!(&*token.lemma, "the" | "this" | "that" | "these" | "those"))
        })
    }
}
