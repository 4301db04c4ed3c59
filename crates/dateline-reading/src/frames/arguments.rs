//! Arguments of a word: conjuncts, prepositions, inner clauses.

use super::{Inner, Oblique, SentenceFrames};
use compact_str::CompactString;
use dateline_syntax::{Relation, Upos, Xpos};

impl SentenceFrames<'_> {
    /// A noun phrase's head, the heads of its conjuncts, and of the members it names ("including the FDLR").
    pub(super) fn conjuncts(&self, head: u32) -> Vec<u32> {
        let mut out = vec![self.counted(head)];
        let mut next = 0;
        while next < out.len() && out.len() < 64 {
            let at = out[next];
            for child in self.sentence.children(at) {
                let joined = match self.sentence.tokens[child as usize].relation {
                    Relation::Conj => self.is_nominal(child) && !self.is_joined_below(at, child),
                    Relation::Nmod | Relation::Obl | Relation::Appos => {
                        self.preposition(child).is_some_and(|p| self.doc.codebook.clauses.brings_examples(&p))
                    }
                    _ => false,
                } || self.is_headline_pair(at, child);
                if joined {
                    let child = self.counted(child);
                    out.push(child);
                }
            }
            next += 1;
        }
        out.retain(|&word| word >= self.dateline);
        out.sort_unstable();
        out.dedup();
        out
    }

    /// "refugees from Chad and Niger": a name that is joined to a common noun, right behind a name that hangs on the noun,
    /// is joined to that name.
    fn is_joined_below(&self, noun: u32, joined: u32) -> bool {
        let tokens = &self.sentence.tokens;
        let name = |word: u32| tokens[word as usize].upos == Upos::Propn;
        let alone = self.sentence.children(joined).all(|c| {
            matches!(tokens[c as usize].relation, Relation::Cc | Relation::Compound | Relation::Flat)
                && (tokens[c as usize].relation == Relation::Cc || name(c))
        });
        let (start, _) = self.sentence.subtree(joined);
        tokens[noun as usize].upos == Upos::Noun
            && name(joined)
            && alone
            && start > 0
            && self.sentence.children_as(noun, Relation::Nmod).any(|c| {
                let (_, end) = self.sentence.subtree(c);
                c > noun
                    && name(c)
                    && end == start
                    && self.preposition(c).is_some_and(|p| matches!(p.as_str(), "from" | "in" | "of"))
            })
    }

    /// What a word of quantity counts: "some of the sanctions" are sanctions, "a wave of arrests" arrests.
    fn counted(&self, head: u32) -> u32 {
        if !self.doc.codebook.clauses.is_quantity(self.lemma(head)) {
            return head;
        }
        let mut of = self.sentence.children_as(head, Relation::Nmod);
        of.find(|&c| self.preposition(c).as_deref() == Some("of")).unwrap_or(head)
    }

    /// "US, Pakistan renew pledge": two names with a comma between and none behind are a pair, where a true apposition
    /// is closed by a second comma.
    fn is_headline_pair(&self, first: u32, second: u32) -> bool {
        let tokens = &self.sentence.tokens;
        let (a, b) = (&tokens[first as usize], &tokens[second as usize]);
        // "Paris, France signs" is one place; a plural verb has two subjects.
        let plural = a.head.is_some_and(|v| matches!(tokens[v as usize].xpos, Xpos::Vb | Xpos::Vbp));
        let pair = b.relation == Relation::Appos || (b.relation == Relation::NmodUnmarked && plural);
        let names = a.upos == Upos::Propn && b.upos == Upos::Propn && pair;
        let (start, end) = self.sentence.subtree(second);
        let is_comma =
            |at: Option<u32>| at.and_then(|i| tokens.get(i as usize)).is_some_and(|t| t.xpos == Xpos::Comma);
        let adjoining = is_comma(Some(first + 1)) && start <= first + 2;
        names
            && adjoining
            && matches!(a.relation, Relation::Nsubj | Relation::NsubjPass)
            && a.head.is_some_and(|verb| verb >= end)
            && !is_comma(Some(end))
    }

    fn is_nominal(&self, word: u32) -> bool {
        matches!(
            self.sentence.tokens[word as usize].upos,
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::Det | Upos::X
        )
    }

    /// The preposition before a noun phrase, its parts joined by "_".
    pub(super) fn preposition(&self, head: u32) -> Option<CompactString> {
        let before = |word: u32| {
            let mut cases = self.sentence.children_as(word, Relation::Case);
            cases.find(|&c| self.sentence.tokens[c as usize].xpos != Xpos::Pos && c < head)
        };
        // "with the Somali President Nur": the preposition may hang on the title before the name; "of 20 people": or on the
        // number, where another may be part of it ("up to 20").
        let on_title = || self.sentence.children_as(head, Relation::NmodDesc).find_map(before);
        let of_number = || {
            let cases = self.sentence.children_as(head, Relation::Nummod).filter_map(before);
            cases.into_iter().find(|&c| self.lemma(c) == "of")
        };
        let case = before(head).or_else(on_title).or_else(of_number)?;
        let mut joined = CompactString::from(self.lemma(case).to_lowercase());
        for part in self.sentence.children_as(case, Relation::Fixed) {
            joined.push('_');
            joined.push_str(self.lemma(part));
        }
        Some(joined)
    }

    /// Prepositional arguments that hang on `word`; a dative object counts as one with "to".
    pub(super) fn obliques_of(&self, word: u32, out: &mut Vec<Oblique>) {
        for child in self.sentence.children(word) {
            let relation = self.sentence.tokens[child as usize].relation;
            let preposition = match relation {
                Relation::Iobj => Some("to".into()),
                Relation::Obl
                | Relation::Nmod
                | Relation::OblAgent
                | Relation::Dep
                | Relation::Nsubj
                | Relation::NsubjPass
                | Relation::Obj => self.preposition(child),
                _ => None,
            };
            if let Some(preposition) = preposition
                && (!self.doc.codebook.clauses.brings_examples(&preposition) || relation == Relation::Obl)
            {
                out.push(Oblique { preposition, heads: self.conjuncts(child) });
            }
        }
    }

    fn has_subject(&self, clause: u32) -> bool {
        self.has(clause, Relation::Nsubj) || self.has(clause, Relation::NsubjPass)
    }

    /// Clauses that hang on `word`, with their links.
    pub(super) fn clauses_of(&self, word: u32, out: &mut Vec<Inner>) {
        for child in self.sentence.children(word) {
            let relation = self.sentence.tokens[child as usize].relation;
            let mark = self.mark(child);
            let link: CompactString = match relation {
                // "said that farms are to be inspected" asks nobody to do it.
                Relation::Ccomp if mark.as_deref() == Some("to") && !self.has_subject(child) => "to".into(),
                Relation::Ccomp => "that".into(),
                Relation::Xcomp if self.is_caused(child) => continue,
                Relation::Xcomp => mark.unwrap_or_else(|| "to".into()),
                Relation::Advcl | Relation::Acl | Relation::Obl | Relation::Nmod if self.is_verbal(child) => {
                    match mark.or_else(|| self.preposition(child)) {
                        Some(mark) => mark,
                        None => continue,
                    }
                }
                _ => continue,
            };
            out.push(Inner { link: link.clone(), predicate: child });
            // "investigates whether he took bribes"
            if relation == Relation::Ccomp
                && let Some(question) = self.mark(child).filter(|m| matches!(m.as_str(), "if" | "whether"))
            {
                out.push(Inner { link: question, predicate: child });
            }
            if link == "that" {
                self.attitudes_of(child, out);
            }
            // "vowed to go on helping": what is gone on with counts as well.
            if self.doc.codebook.clauses.is_carried_out(self.lemma(child)) {
                for deed in self.sentence.children_as(child, Relation::Xcomp) {
                    out.push(Inner { link: link.clone(), predicate: deed });
                }
            }
            for also in self.sentence.children_as(child, Relation::Conj) {
                if self.is_verbal(also) {
                    out.push(Inner { link: link.clone(), predicate: also });
                    if link == "that" {
                        self.attitudes_of(also, out);
                    }
                }
            }
        }
    }

    /// What a clause after "that" says beside what it tells: "that Syria should leave" asks for it, "that Syria should have
    /// left" blames, "that it will not leave" refuses.
    fn attitudes_of(&self, clause: u32, out: &mut Vec<Inner>) {
        if self.is_mandative(clause) {
            let link = if self.has_perfect(clause) { "that_should_have" } else { "that_should" };
            out.push(Inner { link: link.into(), predicate: clause });
        }
        // "that Syria needs to leave"
        let present = matches!(self.sentence.tokens[clause as usize].xpos, Xpos::Vbz | Xpos::Vbp);
        if present && self.lemma(clause) == "need" && !self.is_negated(clause) {
            let asked = self.sentence.children_as(clause, Relation::Xcomp);
            let asked =
                asked.filter(|&c| self.mark(c).as_deref() == Some("to") && !self.has(c, Relation::AuxPass));
            out.extend(asked.map(|predicate| Inner { link: "that_should".into(), predicate }));
        }
        if self.has_negation(clause) && !self.is_passive(clause) {
            let modal = self.sentence.children_as(clause, Relation::Aux).find_map(|c| match self.lemma(c) {
                "will" | "would" | "shall" | "wo" => Some("that_not"),
                "can" | "could" | "ca" => Some("that_cannot"),
                _ => None,
            });
            out.extend(modal.map(|link| Inner { link: link.into(), predicate: clause }));
        }
    }

    /// "that Syria leave", "that Syria should leave": what is asked for, not what is told.
    fn is_mandative(&self, clause: u32) -> bool {
        let tokens = &self.sentence.tokens;
        let mut auxiliaries = self.sentence.children(clause).filter(|&c| {
            matches!(tokens[c as usize].relation, Relation::Aux | Relation::AuxPass | Relation::Cop)
        });
        // A bare verb without a subject is an order to the listener: "Make no mistake".
        let subject = self
            .sentence
            .children(clause)
            .find(|&c| matches!(tokens[c as usize].relation, Relation::Nsubj | Relation::NsubjPass));
        let Some(subject) = subject else { return false };
        let demanded = |head: u32| self.doc.codebook.clauses.is_mandative(self.lemma(head));
        match auxiliaries.next() {
            // "demanded that militants disarm"
            None if tokens[clause as usize].xpos == Xpos::Vbp
                && tokens[clause as usize].head.is_some_and(demanded) =>
            {
                true
            }
            // "that the council adopt the plan": a present tense would have its ending.
            None if tokens[clause as usize].xpos == Xpos::Vbp => {
                matches!(tokens[subject as usize].xpos, Xpos::Nn | Xpos::Nnp)
                    && self.sentence.children_as(subject, Relation::Conj).next().is_none()
            }
            None => tokens[clause as usize].xpos == Xpos::Vb,
            Some(first) => {
                let word = tokens[first as usize].span.of(self.doc.text());
                tokens[first as usize].xpos == Xpos::Vb || matches!(word, "should" | "must" | "ought")
            }
        }
    }

    /// The word that opens a subordinate clause: "to", "that", "if".
    pub(super) fn mark(&self, clause: u32) -> Option<CompactString> {
        let mark = self.sentence.children_as(clause, Relation::Mark).next()?;
        let mut joined = CompactString::from(self.lemma(mark).to_lowercase());
        for part in self.sentence.children_as(mark, Relation::Fixed) {
            joined.push('_');
            joined.push_str(self.lemma(part));
        }
        Some(joined)
    }

    pub(super) fn is_verbal(&self, word: u32) -> bool {
        let token = &self.sentence.tokens[word as usize];
        token.upos == Upos::Verb || self.sentence.children_as(word, Relation::Cop).next().is_some()
    }
}
