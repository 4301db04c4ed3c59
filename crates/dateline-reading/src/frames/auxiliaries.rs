//! What auxiliaries, questions and the words around a clause say of it.

use super::{Mood, SentenceFrames};
use dateline_codebook::Governs;
use dateline_syntax::{Relation, Upos, Xpos};

impl SentenceFrames<'_> {
    /// What the auxiliaries and the punctuation say; `None` where they say nothing.
    pub(super) fn own_mood(&self, word: u32) -> Option<Mood> {
        let mut found = None;
        for child in self.sentence.children_as(word, Relation::Aux) {
            let mood = match self.lemma(child) {
                "will" | "shall" if self.sentence.tokens[child as usize].xpos == Xpos::Md => {
                    let past = self.word_is(child, "would") || self.word_is(child, "should");
                    if past
                        && (self.has_condition(word) && !self.is_said(word)
                            || self.has_perfect(word)
                            || self.word_is(child, "should"))
                    {
                        Mood::Hypothetical
                    } else {
                        Mood::Future
                    }
                }
                "would" if (!self.has_condition(word) || self.is_said(word)) && !self.has_perfect(word) => {
                    Mood::Future
                }
                "would" | "may" | "might" | "could" | "can" | "should" | "must" | "ought" => {
                    Mood::Hypothetical
                }
                _ => continue,
            };
            found = Some(mood);
        }
        // "is due to meet", "are set to open": the word that looks ahead may be parsed as a modifier of the verb.
        let looks_ahead = |c: u32| {
            c < word
                && matches!(self.sentence.tokens[c as usize].upos, Upos::Adj | Upos::Adp | Upos::Sconj)
                && self.doc.codebook.clauses.governs(self.lemma(c)) == Governs::Ahead
        };
        if found.is_none()
            && self.sentence.tokens[word as usize].xpos == Xpos::Vb
            && self.sentence.children(word).any(looks_ahead)
        {
            found = Some(Mood::Future);
        }
        // "is to meet", "were to meet"
        let to_be = |c: u32| c < word && self.lemma(c) == "be";
        let auxiliaries = || {
            let copulas = self.sentence.children_as(word, Relation::Cop);
            copulas.chain(self.sentence.children_as(word, Relation::Aux))
        };
        if found.is_none() && self.mark(word).as_deref() == Some("to") && auxiliaries().any(to_be) {
            // "were to have released": whatever was planned, nobody says that it was done.
            found = match self.sentence.tokens[word as usize].xpos {
                // "the aim is to oust the king": what something is for is not said to come.
                Xpos::Vb if self.is_purpose(word) => Some(Mood::Hypothetical),
                Xpos::Vb => Some(Mood::Future),
                Xpos::Vbn if self.has_perfect(word) => Some(Mood::Hypothetical),
                _ => None,
            };
        }
        if self.is_question() {
            found = Some(Mood::Hypothetical);
        }
        found
    }

    /// "shall not be picketing or calling", "will be arrested and tried": a participle joined to one with an auxiliary,
    /// and without an auxiliary and a subject of its own, has that one's.
    pub(super) fn shares_auxiliary(&self, word: u32, head: u32) -> bool {
        let tokens = &self.sentence.tokens;
        let bare = |relation| !self.has(word, relation);
        matches!(tokens[word as usize].xpos, Xpos::Vbg | Xpos::Vbn)
            && tokens[word as usize].xpos == tokens[head as usize].xpos
            && bare(Relation::Nsubj)
            && bare(Relation::NsubjPass)
            && bare(Relation::Aux)
            && bare(Relation::AuxPass)
            && (tokens[word as usize].xpos == Xpos::Vbg
                || self.has(head, Relation::Aux)
                || self.has(head, Relation::AuxPass))
    }

    /// "did not attack or kill", "did not meet and talk": a "not" before two verbs that share an auxiliary counts for both.
    pub(super) fn shares_negation(&self, word: u32, head: u32) -> bool {
        let auxiliary = self.has(word, Relation::Aux) || self.has(word, Relation::AuxPass);
        let joined_by = |joins: &[&str]| {
            self.sentence.children_as(word, Relation::Cc).any(|c| joins.contains(&self.lemma(c)))
        };
        let done = self.sentence.children_as(head, Relation::Aux).any(|c| self.lemma(c) == "do");
        !auxiliary && (joined_by(&["or", "nor"]) || (done && joined_by(&["and"])))
    }

    /// "which refugees are to be deported", "who is to pay": a clause whose subject or object asks.
    pub(super) fn asks_which(&self, word: u32) -> bool {
        let asks = |c: u32| matches!(self.sentence.tokens[c as usize].xpos, Xpos::Wdt | Xpos::Wp);
        self.sentence.children(word).any(|c| {
            matches!(
                self.sentence.tokens[c as usize].relation,
                Relation::Nsubj | Relation::NsubjPass | Relation::Obj
            ) && (asks(c) || self.sentence.children_as(c, Relation::Det).any(asks))
        })
    }

    /// Whether the subject of a clause is a job, an aim or the like.
    pub(super) fn is_purpose(&self, word: u32) -> bool {
        let own = self.sentence.children_as(word, Relation::Nsubj);
        let mut subjects = own.chain(self.sentence.children_as(word, Relation::NsubjOuter));
        subjects.any(|s| self.doc.codebook.clauses.is_purpose(self.lemma(s)))
    }

    pub(super) fn was_given_up(&self, word: u32) -> bool {
        let had = |c: u32| self.lemma(c) == "have" && self.sentence.tokens[c as usize].xpos == Xpos::Vbd;
        self.doc.codebook.clauses.is_given_up(self.lemma(word))
            && self.sentence.children_as(word, Relation::Aux).any(had)
    }

    /// Whether a clause tells when, where or how something is to be, and the verb above asks or does not know.
    pub(super) fn is_left_open(&self, word: u32, head: u32) -> bool {
        let clause = matches!(
            self.sentence.tokens[word as usize].relation,
            Relation::Ccomp | Relation::Advcl | Relation::Xcomp
        );
        let question = |c: u32| self.sentence.tokens[c as usize].xpos == Xpos::Wrb;
        let asks = || {
            self.doc.codebook.clauses.is_asking(self.lemma(head))
                || (self.is_negated(head) && self.doc.codebook.reporting.cue(self.lemma(head)).is_some())
        };
        clause && self.sentence.children_as(word, Relation::Advmod).any(question) && asks()
    }

    pub(super) fn word_is(&self, word: u32, form: &str) -> bool {
        let text = self.sentence.tokens[word as usize].span.of(self.doc.text());
        text.eq_ignore_ascii_case(form)
    }

    pub(super) fn is_past(&self, word: u32) -> bool {
        let was = |c: u32| self.sentence.tokens[c as usize].xpos == Xpos::Vbd;
        self.sentence.tokens[word as usize].xpos == Xpos::Vbd
            || self.has_perfect(word)
            || self.sentence.children_as(word, Relation::AuxPass).any(was)
            || self.sentence.children_as(word, Relation::Aux).any(was)
    }

    pub(super) fn has_condition(&self, word: u32) -> bool {
        self.sentence
            .children_as(word, Relation::Advcl)
            .any(|c| self.mark(c).is_some_and(|m| self.doc.codebook.clauses.is_condition(&m)))
    }

    /// "said it would strike if": whoever says so tells of what he will do.
    pub(super) fn is_said(&self, word: u32) -> bool {
        let token = &self.sentence.tokens[word as usize];
        matches!(token.relation, Relation::Ccomp | Relation::Parataxis)
            && token.head.is_some_and(|h| self.doc.codebook.reporting.cue(self.lemma(h)).is_some())
    }

    pub(super) fn has_perfect(&self, word: u32) -> bool {
        self.sentence.children_as(word, Relation::Aux).any(|c| self.lemma(c) == "have")
    }

    pub(super) fn is_question(&self) -> bool {
        let last = self.sentence.tokens.iter().rev().take(2);
        last.into_iter().any(|t| t.span.of(self.doc.text()) == "?")
    }
}
