//! Who stands near an act without being whom it is done to, and who is meant though named elsewhere.

use super::Search;
use crate::document::At;
use crate::frames::{Frame, Oblique};
use crate::parties::Party;
use dateline_syntax::Relation;

impl Search<'_, '_> {
    /// Whether somebody is named with what is blamed or wanted, and is neither blamed nor asked.
    pub(super) fn is_bystander(&self, at: At) -> bool {
        self.blames && self.is_forum(at) || (self.request || self.protests) && self.belongs_to_sufferer(at)
    }

    /// "filed the case in a state court": who is to judge is not who is blamed.
    pub(super) fn is_forum(&self, at: At) -> bool {
        const BEFORE: &[&str] = &["at", "before", "in", "to", "with"];
        let court = |party: Party| match party {
            Party::Entity(id) => self
                .read
                .parties
                .entities
                .get(id)
                .is_some_and(|e| e.sectors.first().is_some_and(|s| s.as_str() == "JUD")),
            Party::Country(..) => false,
        };
        // "filed a district court suit": so is a court that only tells what kind of suit it is.
        let aside = self.read.parties.is_under(at, BEFORE) || self.is_of_suit(at);
        aside && self.read.parties.at(at).is_some_and(court)
    }

    pub(super) fn is_of_suit(&self, at: At) -> bool {
        let sentence = self.read.doc.sentence(at);
        self.read.parties.named(at).is_none()
            && sentence.children_as(at.token, Relation::Compound).next().is_some()
            && sentence.children_as(at.token, Relation::NmodPoss).next().is_none()
    }

    /// "demanded his release": those for whom something is wanted are not asked for it.
    pub(super) fn belongs_to_sufferer(&self, at: At) -> bool {
        let suffered = |word: &str| self.read.doc.codebook.clauses.is_suffered(word);
        let token = self.read.doc.token(at);
        let above = token.head.map(|head| self.read.doc.token(self.there(head)).lemma.as_str());
        match self.read.parties.named(at) {
            None => suffered(&token.lemma),
            Some(_) => self.read.parties.is_under(at, &["for", "of"]) && above.is_some_and(suffered),
        }
    }

    /// "called for a guarantee that the ministry consults": what is to be assured, somebody is to do.
    pub(super) fn assured(&self, frame: &Frame) -> Vec<usize> {
        let sentence = self.read.doc.sentence(frame.at());
        let things = frame.object.iter().chain(frame.obliques.iter().flat_map(|o| &o.heads));
        let assurances = things.filter(|&&w| {
            self.request && self.read.doc.codebook.clauses.is_assuring(&sentence.tokens[w as usize].lemma)
        });
        // The clause may be taken for a relative one.
        let clauses = assurances.flat_map(|&w| sentence.children(w)).filter(|&c| {
            let relation = sentence.tokens[c as usize].relation;
            matches!(relation, Relation::Acl | Relation::AclRelcl | Relation::Ccomp)
        });
        clauses.filter_map(|c| self.read.frames.index_at(self.there(c))).collect()
    }

    /// "marched to the square to protest against the ministry": whom a crowd is against, wherever it goes.
    pub(super) fn opposed(&self, frame: &Frame) -> Option<Vec<u32>> {
        let purposes = frame.clauses.iter().filter(|c| c.link == "to");
        let purposes = purposes.filter_map(|c| self.read.frames.at(self.there(c.predicate)));
        let frames = std::iter::once(frame).chain(purposes).filter(|_| self.protests);
        let against = frames.flat_map(|f| f.obliques.iter().filter(|o| o.preposition == "against"));
        against.map(|o| self.known_of(&o.heads)).find(|known| !known.is_empty())
    }

    /// "ordered the attack with approval from the president": whose help or weapon it was is not struck by it.
    pub(super) fn is_means(&self, oblique: &Oblique) -> bool {
        let nobody = |&w: &u32| self.read.parties.named(self.there(w)).is_none();
        self.quad == 4 && oblique.preposition == "with" && oblique.heads.iter().all(nobody)
    }

    /// From whom things are wanted: "asked for a refund from the ministry".
    pub(super) fn givers(&self, things: &[u32]) -> Vec<u32> {
        let sentence = &self.read.doc.sentences[self.sentence as usize];
        let from = |&c: &u32| self.read.parties.is_under(self.there(c), &["by", "from"]);
        things.iter().flat_map(|&w| sentence.children_as(w, Relation::Nmod).filter(from)).collect()
    }
}
