//! What is private: acts among those of no public standing, of relatives, at home, and of those who hold no office.

use super::CodedEvent;
use super::gates::Gates;
use crate::document::At;
use crate::matching::Match;
use crate::parties::Party;
use crate::reading::EntityKind;
use dateline_codebook::Standing;
use dateline_syntax::Relation;

impl Gates<'_> {
    /// Whether an act that only public life makes an event is one among private people.
    pub(super) fn is_private(self, event: &CodedEvent) -> bool {
        let rules = self.read.doc.codebook.ontology.get(event.kind);
        // Who accuses or sues is in public by doing so.
        let legal = event.modes.iter().any(|m| matches!(m.as_str(), "allege" | "convict" | "investigate"));
        if !rules.public || legal {
            return false;
        }
        // "planned to join his wife": what somebody does with his relatives is private, whoever he is.
        let own = |r: &Party| self.kinsman_of(*r).is_some_and(|who| event.actors.contains(&who));
        if event.recipients.iter().all(|r| self.kin_at(*r).is_some()) && event.recipients.iter().any(own) {
            return true;
        }
        let of = |list: &[Party]| list.iter().map(|party| self.standing(*party)).max();
        let actors = of(&event.actors).unwrap_or(Standing::Unknown);
        // "a bank seals a Korean deal": what companies do in a country they do not do to its government.
        let somewhere = |r: &Party| matches!(r, Party::Country(..));
        let recipients = match actors == Standing::Private && event.recipients.iter().all(somewhere) {
            true => Standing::Private,
            false => of(&event.recipients).unwrap_or(actors.min(Standing::Unknown)),
        };
        let highest = actors.max(recipients);
        match highest {
            Standing::Public | Standing::Collective => false,
            Standing::Unknown => !self.public_affairs,
            Standing::Private => !self.too_short,
        }
    }

    /// Where the text first tells of somebody by a noun for relatives.
    fn kin_at(self, party: Party) -> Option<At> {
        let Party::Entity(id) = party else { return None };
        let entities = &self.read.parties.entities;
        let first = *entities.get(id)?.mentions.first()?;
        let mention = entities.mentions.get(first as usize)?;
        let at = At { sentence: mention.sentence, token: mention.head };
        let doc = self.read.doc;
        doc.codebook.gates.is_kin(&doc.token(at).lemma).then_some(at)
    }

    /// Whose relative somebody is, where that is all that is known of him: "his wife".
    fn kinsman_of(self, party: Party) -> Option<Party> {
        let at = self.kin_at(party)?;
        let owner = self.read.doc.sentence(at).children_as(at.token, Relation::NmodPoss).next()?;
        self.read.parties.at(At { token: owner, ..at })
    }

    /// Whether a visit is to nobody: travels in one's own country.
    pub(super) fn is_at_home(self, event: &CodedEvent, found: &Match) -> bool {
        let patterns = &self.read.doc.codebook.patterns;
        let (pattern, _) =
            if found.noun { patterns.noun(found.candidate) } else { patterns.clause(found.candidate) };
        let home = |who: &Party| match *who {
            Party::Country(code, _) => Some(code),
            Party::Entity(id) => self.read.parties.entities.get(id).and_then(|e| e.country),
        };
        // A country by its own name may be another's: nobody who is only said to be "the president" is at home there.
        let country = |who: &Party| matches!(who, Party::Country(..));
        let homes: Vec<_> = event.actors.iter().filter_map(home).collect();
        pattern.modes.iter().any(|m| m == "visit")
            && !event.recipients.is_empty()
            && event.recipients.iter().all(|r| country(r) && home(r).is_some_and(|h| homes.contains(&h)))
    }

    /// Whether somebody meets nobody: "the president's trip", "the bank's meeting". A plural may meet each other.
    pub(super) fn is_meeting_of_one(self, event: &CodedEvent, found: &Match) -> bool {
        let consults = self.read.doc.codebook.ontology.get(found.event).name == "CONSULT";
        let one = match event.actors.as_slice() {
            [Party::Entity(id)] => {
                self.read.parties.entities.get(*id).is_none_or(|e| e.kind != EntityKind::Group)
            }
            [Party::Country(..)] => true,
            _ => false,
        };
        // "thousands of people met in the square": a crowd consults nobody; but "the two sides met".
        let crowd = |who: &Party| match *who {
            Party::Entity(id) => {
                let described = self.read.parties.entities.get(id).is_some_and(|e| !e.sectors.is_empty());
                described && self.standing(*who) < Standing::Public
            }
            Party::Country(..) => false,
        };
        let crowd = !found.noun && matches!(event.actors.as_slice(), [who] if crowd(who));
        consults && event.recipients.is_empty() && (one || crowd)
    }

    /// Whether those who resign hold no office: workers and businesspeople change jobs.
    pub(super) fn is_change_of_job(self, event: &CodedEvent) -> bool {
        let employed = |who: &Party| match *who {
            Party::Entity(id) => self.read.parties.entities.get(id).is_some_and(|e| {
                let labour = e.sectors.iter().any(|s| s.as_str() == "LAB");
                labour || self.standing(*who) == Standing::Private
            }),
            Party::Country(..) => false,
        };
        event.modes.iter().any(|m| m == "resign")
            && !event.actors.is_empty()
            && event.actors.iter().all(employed)
    }

    /// Whether those who withdraw or disarm are no force and no public body.
    pub(super) fn is_for_forces(self, event: &CodedEvent) -> bool {
        let codebook = self.read.doc.codebook;
        let name = codebook.ontology.get(event.kind).name.as_str();
        event.modes.iter().any(|mode| codebook.gates.is_for_forces_only(name, mode))
            && !event.actors.is_empty()
            && event.actors.iter().all(|&actor| self.standing(actor) < Standing::Public)
    }

    pub(super) fn standing(self, party: Party) -> Standing {
        let Party::Entity(id) = party else { return Standing::Public };
        let Some(someone) = self.read.parties.entities.get(id) else { return Standing::Unknown };
        if someone.kind == EntityKind::Country {
            return Standing::Public;
        }
        let codes = someone.sectors.iter().chain(&someone.country).copied();
        match self.read.doc.codebook.gates.standing(codes) {
            Standing::Unknown if self.kinsman_of(party).is_some() => Standing::Private,
            standing => standing,
        }
    }
}
