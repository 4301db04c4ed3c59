//! Whose words a clause of speech is that names no speaker of its own: "the mayor said, urging calm", "said the war was
//! wrong and urged both sides to stop", "a letter asking him to resign".

use super::SentenceFrames;
use dateline_codebook::CuePart;
use dateline_syntax::{Relation, Upos, Xpos};

impl SentenceFrames<'_> {
    /// The speaker of a participle or joined verb, where the tree hangs it on what is said instead of on who says it.
    pub(super) fn voice(&self, word: u32, head: u32) -> Option<Vec<u32>> {
        let token = &self.sentence.tokens[word as usize];
        let voice = match (token.relation, token.xpos) {
            (Relation::Advcl, Xpos::Vbg) => self.sayer_before(word, head),
            (Relation::Advcl, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) => self.subject_after_mark(word, head),
            (Relation::Acl, Xpos::Vbg) if self.is_speech(word) => self.author(head),
            (Relation::Conj, Xpos::Vbd) => self.sayer_above(word, head),
            _ => None,
        };
        voice.filter(|speakers| !speakers.is_empty())
    }

    /// "came as the archbishop, a critic, backed him": what stands between the word that opens a clause and its verb is its
    /// subject, though the tree may hang it on the verb above.
    fn subject_after_mark(&self, word: u32, head: u32) -> Option<Vec<u32>> {
        let mark = self.sentence.children_as(word, Relation::Mark).next().filter(|&m| m < word)?;
        let between = mark + 1..word;
        let stands = |&w: &u32| {
            let token = &self.sentence.tokens[w as usize];
            token.head == Some(head)
                && matches!(
                    token.relation,
                    Relation::Obl | Relation::OblUnmarked | Relation::Nsubj | Relation::Dep
                )
                && matches!(token.upos, Upos::Noun | Upos::Propn)
                && self.preposition(w).is_none()
                && self.sentence.subtree(w).0 == mark + 1
        };
        between.clone().find(stands).map(|w| self.conjuncts(w))
    }

    /// Whether a verb tells what somebody says, asks or thinks.
    fn is_speech(&self, verb: u32) -> bool {
        self.doc.codebook.reporting.word(CuePart::Verb, self.lemma(verb)).is_some()
    }

    fn is_saying(&self, verb: u32) -> bool {
        self.doc.codebook.mentions.saying.contains(self.lemma(verb))
    }

    /// "This is the record that he must defend, the mayor said, urging voters to remember it": a participle behind a verb
    /// of saying whose words stand before it is the speaker's.
    fn sayer_before(&self, word: u32, head: u32) -> Option<Vec<u32>> {
        let comma = word.checked_sub(1).filter(|&w| self.sentence.tokens[w as usize].xpos == Xpos::Comma)?;
        if self.has(word, Relation::Mark) {
            return None;
        }
        let says = (0..comma).rev().find(|&w| self.sentence.tokens[w as usize].upos == Upos::Verb)?;
        let behind = says > head && self.is_saying(says);
        let frame = self.frame(says).filter(|f| behind && !f.passive)?;
        let said_before = frame.clauses.iter().any(|c| c.predicate < says)
            || self.sentence.tokens[says as usize].relation == Relation::Parataxis;
        said_before.then(|| frame.subject.clone())
    }

    /// "passed a resolution condemning the raid": what a text says that somebody issues is what he says.
    pub(super) fn issuers(&self, text: u32, clause: u32) -> Option<Vec<u32>> {
        let words = &self.doc.codebook.clauses;
        let described =
            matches!(self.sentence.tokens[clause as usize].relation, Relation::Acl | Relation::AclRelcl)
                && self.sentence.tokens[clause as usize].head == Some(text);
        if !described || !words.is_utterance(self.lemma(text)) {
            return None;
        }
        let verb = self.sentence.tokens[text as usize].head.filter(|&v| words.is_issuing(self.lemma(v)))?;
        let above = self.frame(verb).filter(|f| f.object.contains(&text) && !f.subject.is_empty())?;
        Some(above.subject.clone())
    }

    /// "wrote to the parties urging them", "his letter asking her to resign", "a letter from the bishop urging calm": what is
    /// written, its author says.
    fn author(&self, noun: u32) -> Option<Vec<u32>> {
        let words = &self.doc.codebook.clauses;
        let token = &self.sentence.tokens[noun as usize];
        let above = token.head.and_then(|h| self.frame(h)).filter(|f| !f.passive || f.object.contains(&noun));
        let verb = above.map(|f| self.lemma(f.predicate));
        if words.is_utterance(self.lemma(noun)) {
            if let Some(owner) = self.sentence.children_as(noun, Relation::NmodPoss).next() {
                return Some(self.conjuncts(owner));
            }
            let mut from = self.sentence.children_as(noun, Relation::Nmod);
            if let Some(from) =
                from.find(|&c| self.preposition(c).is_some_and(|p| matches!(p.as_str(), "by" | "from")))
            {
                return Some(self.conjuncts(from));
            }
            return None;
        }
        // "wrote to the parties urging them", "sent the parties a letter urging them": hung on whom it is written to.
        let addressed = token.relation == Relation::Obl
            && self.preposition(noun).is_some_and(|p| matches!(p.as_str(), "to" | "with"));
        let writes = verb.is_some_and(|v| words.is_corresponding(v))
            || above.is_some_and(|f| {
                words.is_issuing(self.lemma(f.predicate))
                    && f.object.iter().any(|&o| words.is_utterance(self.lemma(o)))
            });
        above.filter(|f| addressed && writes && !f.passive).map(|f| f.subject.clone())
    }

    /// "said the war was wrong and urged both sides to stop": a past tense that is joined to what is said is the speaker's
    /// where the clause before it stands in another tense, or where it tells of speech and that clause is about a thing.
    fn sayer_above(&self, word: u32, head: u32) -> Option<Vec<u32>> {
        let inner = self.frame(head)?;
        let above = self.sentence.tokens[head as usize].head.and_then(|h| self.frame(h));
        let says = above.filter(|f| {
            self.sentence.tokens[head as usize].relation == Relation::Ccomp
                && self.is_saying(f.predicate)
                && self.sentence.tokens[f.predicate as usize].xpos == Xpos::Vbd
        })?;
        // "had met and urged", "was asked and urged": a participle looks like a past tense.
        let compound = self.sentence.children_as(head, Relation::Aux).any(|a| self.lemma(a) == "have")
            || self.has(head, Relation::AuxPass);
        let own = self.has(word, Relation::Aux) || self.has(word, Relation::AuxPass);
        if compound || own || inner.passive || inner.subject.is_empty() {
            return None;
        }
        let finite =
            |w: u32| matches!(self.sentence.tokens[w as usize].xpos, Xpos::Md | Xpos::Vbz | Xpos::Vbp);
        let other_tense = finite(head)
            || self.sentence.children(head).any(|c| {
                let token = &self.sentence.tokens[c as usize];
                finite(c) && matches!(token.relation, Relation::Aux | Relation::Cop)
            });
        let things = inner.subject.iter().all(|&w| self.is_thing(w));
        (other_tense || (things && self.is_speech(word))).then(|| says.subject.clone())
    }

    /// Whether a word is a common noun that names nobody.
    fn is_thing(&self, word: u32) -> bool {
        let token = &self.sentence.tokens[word as usize];
        let lemma = token.lemma.to_lowercase();
        token.upos == Upos::Noun && self.doc.codebook.roles.longest_ending(&[lemma.as_str()]).is_none()
    }
}
