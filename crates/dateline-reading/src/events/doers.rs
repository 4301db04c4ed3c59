//! Who stands at a word, and who does what nobody is named for in the clause itself.

use super::Read;
use crate::document::At;
use crate::frames::{Frame, FrameKind};
use crate::matching::Match;
use crate::noun_phrase::is_plural;
use crate::parties::Party;
use crate::reading::{EntityKind, PlaceId, Precision};
use dateline_codebook::Code;
use dateline_syntax::Relation;

impl Read<'_> {
    /// The country of a place, as somebody who can be acted upon, mentioned by the place's name.
    pub(super) fn country_around(&self, sentence: u32, place: PlaceId) -> Option<Party> {
        let places = self.parties.places;
        let mention = places.mentions.iter().find(|m| m.sentence == sentence && m.place == place)?;
        let country = places.get(place)?.country?;
        Some(Party::Country(country, At { sentence, token: mention.head }))
    }

    /// Whether several take part alike: "talks between A and B", "a meeting of ministers of A and B".
    pub(super) fn is_between(&self, frame: &Frame, words: &[u32], reciprocal: bool) -> bool {
        let among = |p: &str| matches!(p, "among" | "between") || (reciprocal && p == "of");
        frame.obliques.iter().any(|o| among(&o.preposition) && o.heads.iter().any(|h| words.contains(h)))
    }

    /// "the armies of Chad and Niger", "negotiators for the government and the rebels" are two: the others whose the
    /// plural is.
    fn co_owners(&self, at: At) -> Vec<Party> {
        let sentence = self.doc.sentence(at);
        let there = |token: u32| At { sentence: at.sentence, token };
        // A dictionary says itself whom a phrase names.
        if !is_plural(self.doc.token(at)) || self.doc.codebook.dictionary.is_some() {
            return Vec::new();
        }
        // "refugees from Chad and Niger" are not the two countries, as their armies are.
        let own = self.parties.named(at);
        if own.is_some_and(|party| self.has_sector(party) && !self.parties.can_act(at, party)) {
            return Vec::new();
        }
        let envoys = self.doc.codebook.mentions.envoys.contains(self.doc.token(at).lemma.as_str());
        let country = |&token: &u32| match self.parties.named(there(token)) {
            Some(Party::Country(..)) => true,
            Some(Party::Entity(id)) => {
                envoys || self.parties.entities.get(id).is_some_and(|e| e.kind == EntityKind::Country)
            }
            None => false,
        };
        let links: &[&str] = if envoys { &["for", "from", "of"] } else { &["from", "of"] };
        let mut of = sentence.children_as(at.token, Relation::Nmod);
        let of = of.find(|c| self.parties.is_under(there(*c), links) && country(c));
        let others = of.into_iter().flat_map(|c| sentence.children_as(c, Relation::Conj)).filter(country);
        let mut owners: Vec<u32> = others.collect();
        if owners.is_empty() {
            return Vec::new();
        }
        // The plural stands for the first, unless nobody knows whose it is.
        let nameless = match self.parties.named(at) {
            Some(Party::Entity(id)) => self.parties.entities.get(id).is_some_and(|e| e.country.is_none()),
            _ => false,
        };
        owners.extend(of.filter(|_| nameless));
        owners.sort_unstable();
        owners.into_iter().filter_map(|token| self.parties.named(there(token))).collect()
    }

    /// "two parties, the League and the Front, called": the others whom a plural is said to be, where it stands for the first.
    fn listed(&self, at: At) -> Vec<Party> {
        let sentence = self.doc.sentence(at);
        let there = |token: u32| At { sentence: at.sentence, token };
        let first = sentence.children_as(at.token, Relation::Appos).next();
        let Some(first) = first.filter(|_| is_plural(self.doc.token(at))) else { return Vec::new() };
        let one = self.parties.named(there(first));
        if one.is_none() || one != self.parties.named(at) {
            return Vec::new();
        }
        sentence.children_as(first, Relation::Conj).filter_map(|c| self.parties.named(there(c))).collect()
    }

    /// Whether somebody who says what another will do is he, or speaks for him: an official for his country.
    pub(super) fn speaks_for(&self, speaker: Party, actor: Party) -> bool {
        const STATE: &[&str] = &["COP", "GOV", "JUD", "LEG", "MIL", "SPY"];
        if speaker == actor {
            return true;
        }
        let of = |party: Party| match party {
            Party::Country(code, _) => Some((Some(code), true)),
            Party::Entity(id) => self.parties.entities.get(id).map(|e| {
                let state =
                    e.kind == EntityKind::Country || e.sectors.iter().any(|s| STATE.contains(&s.as_str()));
                (e.country, state)
            }),
        };
        let (Some((home, official)), Some((country, state))) = (of(speaker), of(actor)) else { return false };
        home == country && (official && state || self.share_sector(speaker, actor))
    }

    fn share_sector(&self, a: Party, b: Party) -> bool {
        let sectors = |party: Party| match party {
            Party::Entity(id) => self.parties.entities.get(id).map_or(&[][..], |e| &e.sectors),
            Party::Country(..) => &[],
        };
        sectors(a).iter().any(|sector| sectors(b).contains(sector))
    }

    /// Who does something in, during, at or after an event that a noun tells.
    pub(super) fn those_who_act_in(&self, frame: &Frame) -> Vec<Party> {
        const MEANWHILE: &[&str] = &["after", "at", "during", "following", "in"];
        let token = self.doc.token(frame.at());
        let clause = token.head.and_then(|head| self.frames.at(At { sentence: frame.sentence, token: head }));
        let within = frame.kind == FrameKind::Noun
            && token.relation == Relation::Obl
            && self.parties.is_under(frame.at(), MEANWHILE);
        clause.filter(|_| within).map_or_else(Vec::new, |c| self.parties_at(frame.sentence, &c.subject))
    }

    /// Whether somebody is but the country of a place that tells where something happened: "rioted in Lyon".
    pub(super) fn is_scene(&self, party: Party) -> bool {
        let Party::Country(_, at) = party else { return false };
        // "off the Washington coast": the preposition may hang on what the name modifies.
        let token = self.doc.token(at);
        let modified = token.head.filter(|_| token.relation == Relation::Compound);
        let modified = modified.map(|head| At { token: head, ..at });
        let somewhere = |at: At| self.parties.is_in_surroundings(at);
        self.parties.places.mention_at(at).is_some() && (somewhere(at) || modified.is_some_and(somewhere))
    }

    /// Whether somebody is but one of the actor's own country, named as where it is: "promised elections in Chad".
    pub(super) fn is_own_scene(&self, party: Party, actors: &[Party]) -> bool {
        let Party::Country(code, _) = party else { return false };
        let home = |actor: &Party| match *actor {
            Party::Country(own, _) => own == code,
            Party::Entity(id) => self.parties.entities.get(id).is_some_and(|e| e.country == Some(code)),
        };
        self.is_scene(party) && actors.iter().any(home)
    }

    fn has_sector(&self, party: Party) -> bool {
        match party {
            Party::Entity(id) => self.parties.entities.get(id).is_some_and(|e| !e.sectors.is_empty()),
            Party::Country(..) => false,
        }
    }

    pub(super) fn parties_at(&self, sentence: u32, words: &[u32]) -> Vec<Party> {
        let mut out = Vec::new();
        for &token in words {
            let at = At { sentence, token };
            let shared = self.parties.entities.shared_at(at).iter().map(|&id| Party::Entity(id));
            let others = self.co_owners(at).into_iter().chain(self.listed(at));
            for party in self.parties.at(at).into_iter().chain(shared).chain(others) {
                if !out.contains(&party) {
                    out.push(party);
                }
            }
        }
        // "Nicaragua's government" is one, though its country is named within.
        let governed: Vec<_> = out.iter().filter_map(|&p| self.governs(p)).collect();
        out.retain(|&p| !matches!(p, Party::Country(code, _) if governed.contains(&code)));
        out
    }

    /// The country whose government somebody is.
    fn governs(&self, party: Party) -> Option<Code> {
        let Party::Entity(id) = party else { return None };
        let someone = self.parties.entities.get(id)?;
        let government = someone.sectors.first().is_some_and(|s| s.as_str() == "GOV");
        (government && someone.kind == EntityKind::Organization).then_some(someone.country).flatten()
    }

    /// Whether a country stands for a recipient only since something is done there: a march in its capital is not
    /// against it, and a minister who tours a province of his own country visits nobody.
    pub(super) fn is_only_scene(&self, found: &Match, sentence: u32, party: Party) -> bool {
        let Party::Country(code, at) = party else { return false };
        // A country that is not named itself, but a town or a province of it.
        let place = self.parties.places.at(at).and_then(|p| self.parties.places.get(p));
        let within = place.is_some_and(|p| p.precision != Precision::Country);
        match self.doc.codebook.ontology.get(found.event).name.as_str() {
            "PROTEST" => within || self.parties.is_around(at, party),
            "CONSULT" => {
                within
                    && found.actors.iter().any(|&token| {
                        matches!(self.parties.at(At { sentence, token }), Some(Party::Entity(id))
                            if self.parties.entities.get(id).is_some_and(|e| e.country == Some(code)))
                    })
            }
            _ => false,
        }
    }
}
