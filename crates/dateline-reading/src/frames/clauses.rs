//! Clauses: verbs, and adjectives and nouns after "be".

use super::{Frame, FrameKind, Inner, Mood, Oblique, SentenceFrames};
use dateline_codebook::{CueClass, CuePart};
use dateline_syntax::{Relation, Upos, Xpos};

impl SentenceFrames<'_> {
    /// One frame for every clause, governors first, so that a clause can borrow from the one it hangs on.
    pub(super) fn read_clauses(&mut self) {
        for at in 0..self.order.len() {
            let word = self.order[at];
            if self.is_clause(word) {
                let frame = self.clause(word);
                self.push(frame);
            }
            if let Some(side) = self.stance(word) {
                let noun = self.clause(word);
                self.push(Frame { predicate: side, object: self.conjuncts(word), ..noun });
            }
            if let Some(duty) = self.duty(word) {
                self.push(duty);
            }
        }
        self.share_objects();
        self.share_agents();
    }

    /// "was stopped and followed by the police": the agent behind joined passives is that of each.
    fn share_agents(&mut self) {
        for i in 0..self.frames.len() {
            let frame = &self.frames[i];
            if !frame.passive || !frame.subject.is_empty() || !frame.obliques.is_empty() {
                continue;
            }
            let mut joined =
                self.sentence.children_as(frame.predicate, Relation::Conj).filter_map(|c| self.frame(c));
            let agent = joined.find(|other| {
                let own = self.has(other.predicate, Relation::NsubjPass)
                    || self.has(other.predicate, Relation::Nsubj)
                    || self.has(other.predicate, Relation::Advmod);
                other.passive && !own && self.has_agent(other.predicate)
            });
            if let Some(agent) = agent.map(|other| other.subject.clone()) {
                self.frames[i].subject = agent;
            }
        }
    }

    fn is_clause(&self, word: u32) -> bool {
        use Relation as R;
        let token = &self.sentence.tokens[word as usize];
        match token.upos {
            Upos::Verb => !matches!(
                token.relation,
                R::Aux | R::AuxPass | R::Cop | R::Case | R::Mark | R::Fixed | R::Compound | R::Amod | R::Flat
            ),
            Upos::Adj => {
                self.has(word, R::Cop)
                    || matches!(
                        token.relation,
                        R::Root | R::Ccomp | R::Advcl | R::Xcomp | R::Acl | R::Parataxis
                    )
                    || (token.relation == R::Conj && token.head.is_some_and(|h| self.frame(h).is_some()))
                    || (token.relation == R::Amod
                        && self.has(word, R::Obl)
                        && token.head.is_some_and(|h| h < word))
            }
            Upos::Noun => self.has(word, R::Cop),
            _ => false,
        }
    }

    /// "The ministry must act": what a clause of its own lays on its subject. Clauses after "said that" are told by the
    /// verb above.
    fn duty(&self, word: u32) -> Option<Frame> {
        use Relation as R;
        let token = &self.sentence.tokens[word as usize];
        let frame = self.frame(word).filter(|f| !f.passive && f.kind == FrameKind::Clause)?;
        let alone = matches!(token.relation, R::Root | R::Conj | R::Parataxis) && token.upos == Upos::Verb;
        let listener = |w: u32| matches!(self.lemma(w), "I" | "i" | "it" | "there" | "we");
        if !alone
            || frame.subject.is_empty()
            || frame.subject.iter().any(|&w| listener(w))
            || self.is_question()
        {
            return None;
        }
        let must = self
            .sentence
            .children_as(word, R::Aux)
            .find(|&c| ["must", "ought", "should"].iter().any(|form| self.word_is(c, form)) && c < word)?;
        (!self.has_perfect(word)).then(|| Frame {
            predicate: must,
            object: Vec::new(),
            obliques: Vec::new(),
            negated: false,
            mood: Mood::Real,
            clauses: vec![Inner { link: "to".into(), predicate: word }],
            ..frame.clone()
        })
    }

    /// "is against the plan", "were behind the coup", "is under fire": the preposition that tells where its subject stands on something.
    fn stance(&self, word: u32) -> Option<u32> {
        let noun = matches!(self.sentence.tokens[word as usize].upos, Upos::Noun | Upos::Pron | Upos::Propn);
        let mut cases = self.sentence.children_as(word, Relation::Case);
        cases.find(|&c| {
            noun && self.has(word, Relation::Cop) && matches!(self.lemma(c), "against" | "behind" | "under")
        })
    }

    pub(super) fn has(&self, word: u32, relation: Relation) -> bool {
        self.sentence.children_as(word, relation).next().is_some()
    }

    fn clause(&self, word: u32) -> Frame {
        use Relation as R;
        let token = &self.sentence.tokens[word as usize];
        let mut passive = self.is_passive(word) || self.is_passive_conjunct(word);
        let (mut subject, mut object) = (Vec::new(), Vec::new());
        for child in self.sentence.children(word) {
            match self.sentence.tokens[child as usize].relation {
                // A slip of the parser: what has a preposition is no subject and no object.
                R::Nsubj | R::NsubjOuter | R::NsubjPass | R::Obj if self.preposition(child).is_some() => {}
                // What follows an active verb that has a subject, or is joined to an object, is its object, however it is
                // labelled.
                R::Nsubj | R::NsubjOuter | R::NsubjPass
                    if passive
                        || (child > word
                            && (!subject.is_empty() || !object.is_empty() && self.has(child, R::Cc))) =>
                {
                    object.extend(self.conjuncts(self.antecedent(child, word)));
                }
                R::Nsubj | R::NsubjOuter | R::NsubjPass => {
                    subject.extend(self.conjuncts(self.antecedent(child, word)))
                }
                R::Obj => object.extend(self.conjuncts(self.antecedent(child, word))),
                _ => {}
            }
        }
        if object.is_empty() {
            // "warned the rebels that …": whoever is told stands as a dative.
            object.extend(self.sentence.children_as(word, R::Iobj).flat_map(|c| self.conjuncts(c)));
        }
        if object.is_empty() && !passive {
            object.extend(self.complement_as_object(word));
        }
        let participle = token.upos == Upos::Verb && token.xpos == Xpos::Vbn && !self.has(word, R::Aux);
        if participle
            && matches!(token.relation, R::Acl | R::Advcl)
            && subject.is_empty()
            && object.is_empty()
        {
            // "a bombing killed at least ten people, officials said" is no reduced passive, though it may be parsed as one.
            match self.object_after(word).filter(|_| token.relation == R::Acl) {
                Some(thing) => object = self.conjuncts(thing),
                None => passive = true,
            }
        }
        // "a judge held hostage by rebels": with an agent, what follows is only what he was made or kept.
        if participle
            && token.relation == R::Acl
            && subject.is_empty()
            && !passive
            && self.is_made(word, &object)
        {
            passive = true;
            object = token.head.map(|h| self.conjuncts(h)).unwrap_or_default();
        }
        let caused = self.is_caused(word);
        passive |= caused && object.is_empty();
        let mut obliques = Vec::new();
        self.obliques_of(word, &mut obliques);
        if passive && let Some(at) = obliques.iter().position(|o| o.preposition == "by") {
            subject = obliques.remove(at).heads;
        }
        if passive && subject.is_empty() {
            subject = self.shared_agent(word);
        }
        if object.is_empty() && !passive {
            object = self.object_of_particle(word, &obliques);
        }
        self.borrow(word, passive, &mut subject, &mut object);
        if !passive && let [text] = subject[..] {
            subject = self.issuers(text, word).unwrap_or(subject);
        }
        if caused && let Some(above) = token.head {
            let orders = self.frame(above).map(|f| (f.subject.clone(), f.object.is_empty()));
            let (by, gap) = orders.unwrap_or_default();
            // "a writer whom the ayatollah ordered killed"
            let relative = &self.sentence.tokens[above as usize];
            if gap && relative.relation == R::AclRelcl {
                object = relative.head.map(|h| self.conjuncts(h)).unwrap_or_default();
            }
            if subject.is_empty() {
                subject = by;
            }
        }
        if !passive && subject.is_empty() {
            subject = self.stray_subject(word);
        }
        for &thing in &object {
            self.obliques_of(thing, &mut obliques);
        }
        for kept in self.sentence.children_as(word, R::Xcomp) {
            let state = passive && self.sentence.tokens[kept as usize].upos == Upos::Adj;
            if state || self.sentence.tokens[kept as usize].upos == Upos::Noun {
                self.obliques_of(kept, &mut obliques);
            }
        }
        // "was refused entry by Eritrea": the agent may hang on what the verb has kept as its object.
        if passive
            && subject.is_empty()
            && let Some(at) = obliques.iter().position(|o| o.preposition == "by")
        {
            subject = obliques.remove(at).heads;
        }
        if passive && subject.is_empty() {
            subject = self.agent_on_oblique(&obliques);
        }
        let mut subject_obliques = Vec::new();
        for &someone in &subject {
            self.obliques_of(someone, &mut subject_obliques);
        }
        let mut clauses = Vec::new();
        self.clauses_of(word, &mut clauses);
        for &thing in &object {
            self.clauses_of(thing, &mut clauses);
        }
        // "called on the rebels to leave": the infinitive may hang on those who are called on.
        for &someone in
            obliques.iter().filter(|o| matches!(o.preposition.as_str(), "on" | "upon")).flat_map(|o| &o.heads)
        {
            for asked in self.sentence.children_as(someone, R::Acl) {
                if self.mark(asked).as_deref() == Some("to") {
                    clauses.push(Inner { link: "to".into(), predicate: asked });
                }
            }
        }
        // What turned out to be the object is no clause.
        clauses.retain(|inner| !object.contains(&inner.predicate));
        let (mood, negated) = self.mood_of_clause(word);
        Frame {
            sentence: self.index,
            predicate: word,
            kind: FrameKind::Clause,
            particle: self.sentence.children_as(word, R::CompoundPrt).next(),
            carrier: None,
            passive,
            negated,
            mood,
            subject,
            object,
            obliques,
            subject_obliques,
            clauses,
            charged: false,
        }
    }

    /// "ordered the activists deported", "had the minister arrested": what somebody has done to others is his own deed.
    pub(super) fn is_caused(&self, word: u32) -> bool {
        let token = &self.sentence.tokens[word as usize];
        token.xpos == Xpos::Vbn
            && token.relation == Relation::Xcomp
            && !self.is_suffered(word)
            && !self.has(word, Relation::Mark)
            && !self.has(word, Relation::Aux)
            && token.head.is_some_and(|h| self.doc.codebook.clauses.is_causing(self.lemma(h)))
    }

    /// "had their appeals denied": what is done to one's own things, one suffers.
    fn is_suffered(&self, word: u32) -> bool {
        let Some(head) = self.sentence.tokens[word as usize].head else { return false };
        let mut things = self
            .sentence
            .children_as(head, Relation::Obj)
            .chain(self.sentence.children_as(word, Relation::Nsubj))
            .chain(self.sentence.children_as(word, Relation::NsubjPass))
            .filter(|&thing| thing < word);
        let own = |owner: u32| self.sentence.tokens[owner as usize].upos == Upos::Pron;
        let lifeless = |thing: u32| self.doc.codebook.roles.longest_ending(&[self.lemma(thing)]).is_none();
        self.lemma(head) == "have"
            && things
                .any(|thing| lifeless(thing) && self.sentence.children_as(thing, Relation::NmodPoss).any(own))
    }

    /// Whether a participle has an agent, and after it only a bare noun: "held hostage by", "denied entry by".
    fn is_made(&self, word: u32, object: &[u32]) -> bool {
        !object.is_empty()
            && self.has_agent(word)
            && object.iter().all(|&noun| {
                let token = &self.sentence.tokens[noun as usize];
                token.xpos == Xpos::Nn && noun == word + 1
            })
    }

    /// "was closed by the police and its assets seized": the agent of a passive is that of one joined to it that leaves
    /// its subject or its auxiliary out.
    fn shared_agent(&self, word: u32) -> Vec<u32> {
        use Relation as R;
        let token = &self.sentence.tokens[word as usize];
        let whole = self.has(word, R::NsubjPass) && (self.has(word, R::AuxPass) || self.has(word, R::Aux));
        let above = token.head.filter(|_| token.relation == R::Conj && !whole).and_then(|h| self.frame(h));
        above.filter(|a| a.passive).map(|a| a.subject.clone()).unwrap_or_default()
    }

    /// "was indicted on charges of fraud by a court": the agent may hang on what precedes it.
    pub(super) fn agent_on_oblique(&self, obliques: &[Oblique]) -> Vec<u32> {
        const BEFORE: &[&str] = &["against", "as", "at", "from", "in", "near", "of", "on", "to", "with"];
        let before = obliques.iter().filter(|o| BEFORE.contains(&o.preposition.as_str()));
        for &noun in before.flat_map(|o| &o.heads) {
            let mut at = Some(noun);
            for _ in 0..3 {
                let Some(word) = at else { break };
                let under = |preposition: &str| {
                    let mut below = self.sentence.children_as(word, Relation::Nmod);
                    below.find(|&c| self.preposition(c).as_deref() == Some(preposition))
                };
                if let Some(agent) = under("by") {
                    return self.conjuncts(agent);
                }
                at = under("of");
            }
        }
        Vec::new()
    }

    /// "called President Diouf on Friday", "called off the strike": a noun that is parsed as a complement is the object,
    /// unless the verb is one that links its subject to a complement ("remained president").
    fn complement_as_object(&self, word: u32) -> Vec<u32> {
        use Relation as R;
        if self.doc.codebook.clauses.is_linking(self.lemma(word)) {
            return Vec::new();
        }
        let mut nouns = self.sentence.children_as(word, R::Xcomp).filter(|&c| {
            let bare = !self.has(c, R::Cop) && !self.has(c, R::Mark) && self.preposition(c).is_none();
            bare && c > word && matches!(self.sentence.tokens[c as usize].upos, Upos::Noun | Upos::Propn)
        });
        nouns.next().map(|first| self.conjuncts(first)).unwrap_or_default()
    }

    /// "will hand over the weapons": the particle of a verb that patterns know may be parsed as a preposition.
    fn object_of_particle(&self, word: u32, obliques: &[Oblique]) -> Vec<u32> {
        let follows = |o: &&Oblique| {
            self.sentence.tokens.get(word as usize + 1).is_some_and(|t| t.lemma == o.preposition.as_str())
                && self.doc.codebook.patterns.is_phrasal(&format!("{}_{}", self.lemma(word), o.preposition))
        };
        obliques.iter().find(follows).map(|o| o.heads.clone()).unwrap_or_default()
    }

    /// What a relative pronoun stands for: the noun that its clause hangs on.
    fn antecedent(&self, argument: u32, clause: u32) -> u32 {
        let token = &self.sentence.tokens[clause as usize];
        let relative = matches!(self.sentence.tokens[argument as usize].xpos, Xpos::Wdt | Xpos::Wp);
        match token.head {
            Some(head) if relative && token.relation == Relation::AclRelcl => head,
            _ => argument,
        }
    }

    /// Fills a subject or object that the words leave to the clause or noun above.
    fn borrow(&self, word: u32, passive: bool, subject: &mut Vec<u32>, object: &mut Vec<u32>) {
        use Relation as R;
        let token = &self.sentence.tokens[word as usize];
        let Some(head) = token.head else { return };
        let empty = if passive { object.is_empty() } else { subject.is_empty() };
        if !empty {
            return;
        }
        let voice = if passive { None } else { self.voice(word, head) };
        let lent: Vec<u32> = match token.relation {
            _ if voice.is_some() => voice.unwrap_or_default(),
            R::Ccomp | R::Xcomp | R::Advcl if self.adjoining_subject(word, head).is_some() => {
                self.adjoining_subject(word, head).unwrap_or_default()
            }
            R::Acl if self.mark(word).as_deref() == Some("to") => self.owner_of(head),
            R::Acl | R::Amod => self.conjuncts(head),
            R::AclRelcl if self.sentence.children_as(word, R::Obj).next().is_none() => {
                if !passive && !subject.is_empty() {
                    return;
                }
                self.conjuncts(head)
            }
            R::Conj => match self.frame(head) {
                // "was reinstated by a judge but declined to return": it is he who declined.
                Some(above) if above.passive => above.object.clone(),
                Some(above) => above.subject.clone(),
                None => return,
            },
            R::Xcomp | R::Advcl => self.controller(word, head),
            R::Ccomp if self.mark(word).as_deref() == Some("to") => self.controller(word, head),
            _ => return,
        };
        let lent: Vec<u32> =
            lent.into_iter().filter(|&w| w != word && !self.sentence.is_under(w, word)).collect();
        if passive { *object = lent } else { *subject = lent }
    }

    /// Whose deed an infinitive or participle is: the object of the verb above ("urged rebels to leave"), or its subject
    /// ("promised rebels to leave", "left town, taking hostages").
    fn controller(&self, word: u32, head: u32) -> Vec<u32> {
        let Some(above) = self.frame(head) else { return Vec::new() };
        // "accused the minister of lying": what somebody is charged with is his own deed.
        let charged = self.doc.codebook.clauses.is_charging(self.lemma(head))
            && matches!(self.mark(word).as_deref(), Some("for" | "of" | "with"));
        // "praised the court for indicting him", "fined the firm for dumping waste": so is what he is judged for.
        let cue = self.doc.codebook.reporting.word(CuePart::Verb, self.lemma(head));
        let judges = cue.is_some_and(|w| w.class == CueClass::Judgement)
            || self.doc.codebook.clauses.is_judging(self.lemma(head));
        let judged = judges && self.mark(word).as_deref() == Some("for") && !above.object.is_empty();
        // "quoted the caller as saying"
        let quoted =
            self.mark(word).as_deref() == Some("as") && self.sentence.tokens[word as usize].xpos == Xpos::Vbg;
        let adverbial =
            self.sentence.tokens[word as usize].relation == Relation::Advcl && !charged && !judged && !quoted;
        let subject_control = adverbial || self.doc.codebook.clauses.is_subject_control(self.lemma(head));
        if above.passive || (!subject_control && !above.object.is_empty()) {
            above.object.clone()
        } else {
            above.subject.clone()
        }
    }

    /// "is about to restore ties, an official said": an infinitive is the deed of whoever is about to do it, also where
    /// the parser hangs it on another verb.
    fn adjoining_subject(&self, word: u32, head: u32) -> Option<Vec<u32>> {
        let mark = self.sentence.children_as(word, Relation::Mark).find(|&m| self.lemma(m) == "to")?;
        let before = mark.checked_sub(1).filter(|&before| before != head)?;
        let own = self.frame(before).filter(|f| !f.passive && !f.subject.is_empty())?;
        self.has(before, Relation::Cop).then(|| own.subject.clone())
    }

    /// Whose plan or threat it is: a noun's possessor, or the subject of the verb that governs the noun.
    fn owner_of(&self, noun: u32) -> Vec<u32> {
        if let Some(owner) = self.sentence.children_as(noun, Relation::NmodPoss).next() {
            return self.conjuncts(owner);
        }
        let above = self.sentence.tokens[noun as usize].head.and_then(|h| self.frame(h));
        above.map(|f| f.subject.clone()).unwrap_or_default()
    }

    /// "condemned and rejected the plan": the first verb has the second one's object.
    fn share_objects(&mut self) {
        for i in 0..self.frames.len() {
            let frame = &self.frames[i];
            // "was wrong and urged both sides": a state has no object.
            let verb = self.sentence.tokens[frame.predicate as usize].upos == Upos::Verb;
            if !verb
                || frame.passive
                || !frame.object.is_empty()
                || !frame.clauses.is_empty()
                || !frame.obliques.is_empty()
            {
                continue;
            }
            let word = frame.predicate;
            if let Some(shared) = self.object_behind(word) {
                self.frames[i].object = shared;
                continue;
            }
            let next = self.sentence.children_as(word, Relation::Conj).next();
            let Some(next) = next.filter(|&n| n.saturating_sub(word) <= 3) else { continue };
            let Some(other) = self.frame(next) else { continue };
            let alike = other.subject == self.frames[i].subject;
            if alike && !other.passive && self.sentence.children_as(next, Relation::Nsubj).next().is_none() {
                self.frames[i].object = other.object.clone();
            }
        }
    }

    /// The object of "arrested" in "arrested and tortured monks", where it stands behind both.
    fn object_behind(&self, word: u32) -> Option<Vec<u32>> {
        let token = &self.sentence.tokens[word as usize];
        let above = token.head.filter(|_| token.relation == Relation::Conj).and_then(|h| self.frame(h))?;
        let own = self.has(word, Relation::Nsubj);
        let behind =
            !own && !above.passive && !above.object.is_empty() && above.object.iter().all(|&o| o > word);
        behind.then(|| above.object.clone())
    }
}
