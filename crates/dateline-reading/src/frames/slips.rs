//! Slips of the parser that the order of the words and their tags give away, put right while frames are built.

use super::SentenceFrames;
use dateline_syntax::{Relation, Upos, Xpos};

/// A dateline is over after this many words.
const DATELINE_WORDS: usize = 14;

impl SentenceFrames<'_> {
    /// Words of the dateline that a sentence opens with: "KABUL, March 3 (AP) -". Nobody in it acts.
    pub(super) fn dateline(&self) -> u32 {
        let tokens = &self.sentence.tokens;
        let text = self.doc.text();
        let is_dash = |at: usize| {
            let span = tokens[at].span;
            let (start, end) = (span.start as usize, span.end as usize);
            let apart =
                text[..start].ends_with(char::is_whitespace) || text[end..].starts_with(char::is_whitespace);
            matches!(span.of(text), "-" | "--" | "–" | "—" | "_") && apart
        };
        let Some(dash) = (1..tokens.len().min(DATELINE_WORDS)).find(|&at| is_dash(at)) else { return 0 };
        let plain = tokens[..dash].iter().all(|t| {
            matches!(t.upos, Upos::Propn | Upos::Punct | Upos::Num | Upos::X | Upos::Sym)
                || t.span.of(text).chars().all(|c| !c.is_lowercase())
        });
        if plain && dash + 1 < tokens.len() { dash as u32 + 1 } else { 0 }
    }

    /// Whether a verb is passive. A form that can only be active is, whatever its subject is called; a participle
    /// without an auxiliary is passive where it has a passive's subject and no object ("Two policemen killed in raid").
    pub(super) fn is_passive(&self, word: u32) -> bool {
        use Relation as R;
        let token = &self.sentence.tokens[word as usize];
        let (mut be, mut have) = (self.has(word, R::AuxPass), false);
        let been = be;
        for child in self.sentence.children_as(word, R::Aux) {
            be |= matches!(self.lemma(child), "be" | "get");
            have |= self.lemma(child) == "have";
        }
        match token.xpos {
            Xpos::Vbg | Xpos::Vbz | Xpos::Vbp => been,
            Xpos::Vbn if be => true,
            Xpos::Vbn | Xpos::Vbd if have => been,
            Xpos::Vbd => been,
            Xpos::Vbn if self.is_reported(word) => true,
            // A headline leaves the auxiliary out; what ends in a full stop needs a finite verb, and this is it.
            Xpos::Vbn => {
                let sentence = token.relation == R::Root
                    && self.sentence.tokens.last().is_some_and(|t| t.xpos == Xpos::Period);
                self.has(word, R::NsubjPass)
                    && (!sentence || self.has_agent(word))
                    && !self.has(word, R::Obj)
                    && !self.object_follows(word)
            }
            _ => been,
        }
    }

    /// "were reported killed", "was found murdered": the participle is what was done to the passive's subject.
    fn is_reported(&self, word: u32) -> bool {
        let token = &self.sentence.tokens[word as usize];
        let above = token.head.and_then(|h| self.frame(h));
        matches!(token.relation, Relation::Xcomp | Relation::Ccomp)
            && above
                .is_some_and(|a| a.passive && self.doc.codebook.clauses.is_reporting(self.lemma(a.predicate)))
            && !self.has(word, Relation::Obj)
            && !self.has(word, Relation::Mark)
            && !self.has(word, Relation::Nsubj)
    }

    pub(super) fn has_agent(&self, word: u32) -> bool {
        self.sentence.children(word).any(|c| self.preposition(c).is_some_and(|p| p == "by"))
    }

    /// "was tortured and killed": a participle joined to a passive is one too, unless it has an object of its own.
    pub(super) fn is_passive_conjunct(&self, word: u32) -> bool {
        use Relation as R;
        let token = &self.sentence.tokens[word as usize];
        token.relation == R::Conj
            && token.xpos == Xpos::Vbn
            && !self.has(word, R::Aux)
            && !self.has(word, R::Obj)
            && token.head.and_then(|h| self.frame(h)).is_some_and(|above| above.passive)
    }

    /// The subject of a finite verb that the parser has left without one: hung on a participle before it ("Acting on a
    /// tip, police arrested …"), or on the dateline.
    pub(super) fn stray_subject(&self, word: u32) -> Vec<u32> {
        use Relation as R;
        let tokens = &self.sentence.tokens;
        let token = &tokens[word as usize];
        let finite = matches!(token.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) || self.has(word, R::Aux);
        if !finite || matches!(token.relation, R::AclRelcl | R::Acl | R::Advcl | R::Xcomp | R::Conj) {
            return Vec::new();
        }
        for clause in self.sentence.children_as(word, R::Advcl).filter(|&c| c < word) {
            let late = self.sentence.children_as(clause, R::Nsubj).find(|&s| s > clause && s < word);
            if let Some(late) = late.filter(|_| tokens[clause as usize].xpos == Xpos::Vbg) {
                return self.conjuncts(late);
            }
        }
        let outside = |head: Option<u32>| head.is_none_or(|h| h < self.dateline || h >= word);
        let mut after_dateline = (self.dateline..word).filter(|&w| {
            let token = &tokens[w as usize];
            matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron)
                && outside(token.head)
                && self.preposition(w).is_none()
                && !matches!(token.relation, R::OblUnmarked | R::NmodUnmarked | R::Obl | R::Advmod)
        });
        match after_dateline.next() {
            Some(first) if self.dateline > 0 => self.conjuncts(first),
            _ => Vec::new(),
        }
    }

    /// Whether a noun phrase stands right after the verb, as only an object can: it begins with a determiner, a number
    /// or a name, and not with a word of time.
    fn object_follows(&self, word: u32) -> bool {
        self.object_after(word).is_some()
    }

    /// The head of the noun phrase that follows a verb directly, where the parser has hung it elsewhere.
    pub(super) fn object_after(&self, word: u32) -> Option<u32> {
        let tokens = &self.sentence.tokens;
        let at = |i: u32| tokens.get(i as usize);
        let lemma = |i: u32| at(i).map_or("", |t| t.lemma.as_str());
        let mut next = word + 1;
        let first = next;
        // "at least 20 people", "more than a dozen rebels"
        let counted = (matches!(lemma(next), "at") && matches!(lemma(next + 1), "least" | "most"))
            || (matches!(lemma(next), "more" | "few" | "less" | "fewer") && lemma(next + 1) == "than");
        if counted {
            next += 2;
        }
        if matches!(lemma(next), "about" | "around" | "some" | "nearly" | "almost")
            && at(next + 1).is_some_and(|t| t.upos == Upos::Num)
        {
            next += 1;
        }
        let opens = at(next)?;
        if !counted
            && !matches!(opens.upos, Upos::Det | Upos::Num | Upos::Propn)
            && opens.xpos != Xpos::PrpPoss
        {
            return None;
        }
        let mut head = None;
        while let Some(token) = at(next) {
            match token.upos {
                Upos::Noun | Upos::Propn => head = Some(next),
                Upos::Det if next > first + 3 => break,
                Upos::Det | Upos::Num | Upos::Adj => {}
                Upos::Verb if matches!(token.relation, Relation::Amod | Relation::Compound) => {}
                Upos::Pron if token.xpos == Xpos::PrpPoss && head.is_none() => {}
                Upos::Part if token.xpos == Xpos::Pos => head = None,
                _ => break,
            }
            next += 1;
        }
        let head = head?;
        let token = &tokens[head as usize];
        let elsewhere = matches!(
            token.relation,
            Relation::Obj
                | Relation::Dep
                | Relation::Appos
                | Relation::Amod
                | Relation::Nmod
                | Relation::Compound
                | Relation::Flat
                | Relation::NsubjPass
                | Relation::Root
        );
        (elsewhere && self.preposition(head).is_none_or(|p| p == "at")).then_some(head)
    }
}
