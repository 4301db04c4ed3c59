//! What keeps a clause from being an event though a pattern knows its words: private affairs, accidents, descriptions,
//! and what did not happen.

use super::{CodedEvent, Read};
use crate::document::At;
use crate::frames::{Frame, FrameKind, Mood};
use crate::matching::Match;
use crate::reading::EntityKind;
use dateline_codebook::Standing;
use dateline_syntax::{Relation, Sentence, Upos, Xpos};

/// Judges the events of one article.
#[derive(Clone, Copy)]
pub(super) struct Gates<'a> {
    pub(super) read: &'a Read<'a>,
    /// Whether the article is about public affairs, or too short to tell.
    pub(super) public_affairs: bool,
    /// Whether too few people and bodies are mentioned to tell.
    pub(super) too_short: bool,
}

impl<'a> Gates<'a> {
    pub(super) fn new(read: &'a Read<'a>) -> Self {
        let gates = &read.doc.codebook.gates;
        let (mut public, mut all) = (0, 0);
        for someone in &read.parties.entities.list {
            if someone.kind != EntityKind::Country {
                let codes = someone.sectors.iter().chain(&someone.country).copied();
                let mentions = someone.mentions.len() as u32;
                all += mentions;
                public += if gates.standing(codes) == Standing::Public { mentions } else { 0 };
            }
        }
        let too_short = all < gates.few;
        Self { read, public_affairs: too_short || public * 100 >= all * gates.public_percent, too_short }
    }

    /// Whether what was coded is no event after all.
    pub(super) fn bar(self, event: &CodedEvent, frame: &Frame, found: &Match) -> bool {
        self.is_private(event)
            || self.is_idle_wish(event, frame, found)
            || self.is_refusal_of_others(event, found)
            || self.is_gossip(event, frame, found)
            || self.is_confession(event, frame, found)
            || self.is_at_home(event, found)
            || self.is_meeting_of_one(event, found)
            || self.is_change_of_job(event)
            || self.is_forsworn(event, found)
            || self.is_unreal(event, frame)
            || self.is_accident(event, frame)
            || self.is_description(event, frame)
            || self.is_of_a_document(event, frame)
            || self.is_for_forces(event)
            || self.is_of_whoever(frame)
            || self.is_tally(frame)
            || self.is_done_to_oneself(event, frame, found)
            || self.is_name_of_charge(event, frame)
            || self.is_acquittal(event, frame, found)
            || self.is_question(event, frame)
            || self.is_of_own_premises(event, frame)
    }

    /// Whether a threat or a promise of harm is that there will be none: "pledged never to attack".
    fn is_forsworn(self, event: &CodedEvent, found: &Match) -> bool {
        self.read.doc.codebook.ontology.get(event.kind).name == "THREATEN"
            && !found.inner.is_empty()
            && found.inner.iter().all(|&inner| {
                let below = &self.read.frames.list[inner];
                below.negated && self.read.matches.best[inner].is_some()
            })
    }

    /// Whether somebody harms or frees but himself: "hanged himself in his cell".
    fn is_done_to_oneself(self, event: &CodedEvent, frame: &Frame, found: &Match) -> bool {
        let own = |&word: &u32| {
            let at = At { sentence: frame.sentence, token: word };
            let word = self.read.doc.word(at);
            self.read.doc.token(at).upos == Upos::Pron && (word.ends_with("self") || word.ends_with("selves"))
        };
        let rules = self.read.doc.codebook.ontology.get(event.kind);
        // "defended himself" supports nobody else; but who commits himself to a treaty agrees, and a pattern may ask for
        // the word: "distanced himself from the junta".
        let outward = rules.quad.is_multiple_of(2) || matches!(rules.name.as_str(), "ACCUSE" | "SUPPORT");
        let asked = |w: &u32| found.words.contains(w);
        outward && !frame.object.is_empty() && frame.object.iter().all(|w| own(w) && !asked(w))
    }

    /// Whether somebody only asks a question: "asked whether he had returned", "who is to blame?" he asked.
    fn is_question(self, event: &CodedEvent, frame: &Frame) -> bool {
        let doc = self.read.doc;
        let asks = doc.codebook.ontology.get(event.kind).name == "REQUEST"
            && frame.kind == FrameKind::Clause
            && doc.codebook.clauses.is_asking(&doc.token(frame.at()).lemma);
        asks && (frame.clauses.iter().any(|c| matches!(c.link.as_str(), "if" | "whether"))
            || doc.sentence(frame.at()).tokens.iter().any(|t| t.span.of(doc.text()) == "?"))
    }

    /// Whether somebody closes what is his own: "shut its office in the capital".
    fn is_of_own_premises(self, event: &CodedEvent, frame: &Frame) -> bool {
        let doc = self.read.doc;
        let own = |&thing: &u32| {
            let sentence = doc.sentence(frame.at());
            let pronoun = |w: u32| sentence.tokens[w as usize].upos == Upos::Pron;
            doc.codebook.gates.is_premises(&sentence.tokens[thing as usize].lemma)
                && sentence.children_as(thing, Relation::NmodPoss).any(pronoun)
        };
        doc.codebook.ontology.get(event.kind).name == "COERCE"
            && !frame.passive
            && !frame.object.is_empty()
            && frame.object.iter().all(own)
    }

    /// Whether a deed is but what somebody is charged with, and nobody is said to have suffered it: "charged with murder".
    fn is_name_of_charge(self, event: &CodedEvent, frame: &Frame) -> bool {
        let doc = self.read.doc;
        // "a life sentence for plotting a coup": a plot that is punished threatens nobody any more.
        let token = doc.token(frame.at());
        let sentence = doc.sentence(frame.at());
        if token.xpos == Xpos::Vbg
            && doc.codebook.ontology.get(event.kind).name == "THREATEN"
            && token.head.is_some_and(|above| {
                let things = sentence.children_as(above, Relation::Obj);
                std::iter::once(above)
                    .chain(things)
                    .any(|w| doc.codebook.clauses.is_charging(&sentence.tokens[w as usize].lemma))
            })
            && sentence
                .children_as(frame.predicate, Relation::Mark)
                .any(|m| matches!(sentence.tokens[m as usize].lemma.as_str(), "for" | "of" | "with"))
        {
            return true;
        }
        let head = token.head.filter(|_| frame.kind == FrameKind::Noun);
        let charges = |head: u32| {
            let above = doc.token(At { sentence: frame.sentence, token: head });
            above.upos == Upos::Verb && doc.codebook.clauses.is_charging(&above.lemma)
        };
        event.recipients.is_empty() && frame.carrier.is_none() && head.is_some_and(charges)
    }

    /// Whether it did not happen, or may or may not. That a public party did not act on somebody, or may yet, is news.
    fn is_unreal(self, event: &CodedEvent, frame: &Frame) -> bool {
        let told = event.aux.iter().any(|a| matches!(*a, "negation" | "hypothetical"));
        if told {
            let name = &self.read.doc.codebook.ontology.get(event.kind).name;
            let idle = self.is_aside(frame) || self.read.doc.codebook.gates.is_affirmed_only(name);
            if idle && event.aux.contains(&"negation") {
                return true;
            }
            let public = event.actors.iter().any(|a| self.standing(*a) == Standing::Public);
            let possible = frame.mood != Mood::Hypothetical
                || self.read.is_possible(frame)
                || self.is_conditional(frame);
            return !(public && possible && !event.recipients.is_empty());
        }
        if frame.negated && self.is_aside(frame) && self.is_when(frame) {
            return true;
        }
        // "is expected to attack": a prediction of what others do is neither a deed nor a threat.
        let rules = self.read.doc.codebook.ontology.get(event.kind);
        rules.quad == 4 && frame.mood == Mood::Future && self.is_predicted(frame)
    }

    /// Whether a clause stands beside another: "when we are not negotiating" tells when, not what was refused.
    fn is_aside(self, frame: &Frame) -> bool {
        match self.read.doc.token(frame.at()).relation {
            Relation::Advcl | Relation::AdvclRelcl => true,
            Relation::AclRelcl => self.is_when(frame),
            _ => false,
        }
    }

    /// Whether "when" or "where" opens a clause, or the clause hangs on it.
    fn is_when(self, frame: &Frame) -> bool {
        let sentence = self.read.doc.sentence(frame.at());
        let asks = |c: u32| sentence.tokens[c as usize].xpos == Xpos::Wrb;
        sentence.children_as(frame.predicate, Relation::Advmod).any(asks)
            || sentence.tokens[frame.predicate as usize].head.is_some_and(asks)
    }

    /// Whether a clause says by "would" what is to be under a condition that may yet be met.
    fn is_conditional(self, frame: &Frame) -> bool {
        let sentence = self.read.doc.sentence(frame.at());
        let word = frame.carrier.unwrap_or(frame.predicate);
        let auxiliaries = || sentence.children_as(word, Relation::Aux);
        let lemma = |c: u32| sentence.tokens[c as usize].lemma.as_str();
        let would = |c: u32| {
            let at = At { sentence: frame.sentence, token: c };
            lemma(c) == "would" || self.read.doc.word(at).eq_ignore_ascii_case("would")
        };
        auxiliaries().any(would) && !auxiliaries().any(|c| lemma(c) == "have")
    }

    pub(super) fn is_predicted(self, frame: &Frame) -> bool {
        let sentence = self.read.doc.sentence(frame.at());
        let word = frame.carrier.unwrap_or(frame.predicate);
        let gates = &self.read.doc.codebook.gates;
        // "will likely serve half of his term"
        if sentence
            .children_as(word, Relation::Advmod)
            .any(|c| gates.is_prediction(&sentence.tokens[c as usize].lemma))
        {
            return true;
        }
        let Some(head) = sentence.tokens[word as usize].head else { return false };
        gates.is_prediction(&sentence.tokens[head as usize].lemma)
    }

    /// Whether somebody was killed or hurt by an accident: nobody is named as the one who did it, the sentence or else
    /// the opening of the article tells of an accident, and nothing in it tells of violence.
    fn is_accident(self, event: &CodedEvent, frame: &Frame) -> bool {
        let doc = self.read.doc;
        let harm = doc.codebook.ontology.get(event.kind).name == "ASSAULT"
            && event.actors.is_empty()
            && event.modes.iter().all(|mode| mode == "explosives")
            && frame.mood == Mood::Real;
        if !harm {
            return false;
        }
        let own = doc.sentence(frame.at());
        if self.is_violent(own) {
            return false;
        }
        const OPENING: usize = 4;
        let opening = || doc.sentences.iter().take(OPENING);
        self.tells_of_accident(own)
            || (opening().any(|s| self.tells_of_accident(s)) && !opening().any(|s| self.is_violent(s)))
    }

    fn is_violent(self, sentence: &Sentence) -> bool {
        sentence.tokens.iter().any(|t| self.read.doc.codebook.gates.is_violence(&t.lemma))
    }

    fn tells_of_accident(self, sentence: &Sentence) -> bool {
        let gates = &self.read.doc.codebook.gates;
        (0..sentence.tokens.len() as u32).any(|word| {
            let token = &sentence.tokens[word as usize];
            match token.upos {
                // "a fire" burns; "police fire" and "came under fire" are shots.
                Upos::Noun if matches!(token.lemma.as_str(), "fire" | "blaze") => {
                    sentence.children_as(word, Relation::Det).next().is_some()
                        && sentence.children_as(word, Relation::Compound).next().is_none()
                }
                // "an explosion at a chemical plant"
                Upos::Noun if matches!(token.lemma.as_str(), "blast" | "explosion") => {
                    sentence.tokens.iter().any(|t| gates.is_industry(&t.lemma))
                }
                Upos::Noun => gates.is_accident(&token.lemma),
                Upos::Verb => gates.is_mishap(&token.lemma),
                _ => false,
            }
        })
    }
}

impl Read<'_> {
    /// Whether a clause says by "may" or "might" that something is possible. What "can" be done or "should" be is no news.
    pub(super) fn is_possible(&self, frame: &Frame) -> bool {
        let sentence = self.doc.sentence(frame.at());
        let word = frame.carrier.unwrap_or(frame.predicate);
        frame.mood == Mood::Hypothetical
            && sentence
                .children_as(word, Relation::Aux)
                .any(|c| matches!(sentence.tokens[c as usize].lemma.as_str(), "may" | "might"))
    }
}
