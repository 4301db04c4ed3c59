use super::find::{Found, What, find};
use super::focus::Focus;
use super::{Entities, Referent, Site, belonging, people, pronouns};
use crate::document::{At, Document};
use crate::noun_phrase::token;
use crate::places::Places;
use crate::reading::{CountryBasis, EntityId, EntityKind, MentionForm};
use crate::spotted::era;
use compact_str::CompactString;
use dateline_codebook::{ActorId, ActorKind, CivilDate, Code, Gender};
use dateline_syntax::Upos;
use std::collections::BTreeMap;

/// Sectors of the state.
const OF_STATE: [&str; 6] = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY"];

/// Forces of the state: "soldiers" without a country are those of the country that the article is about.
pub(super) const FORCES: [&str; 2] = ["MIL", "COP"];

/// Finds all mentions and decides which are the same.
pub(super) fn link(doc: &Document<'_>, places: &Places) -> Entities {
    let found = find(doc, places);
    let mut linker = Linker {
        doc,
        places,
        focus: Focus::of(doc, places),
        day: era::day(doc, &places.spotted),
        whom: vec![None; found.len()],
        found,
        out: Entities::default(),
        facts: Vec::new(),
        by_actor: BTreeMap::new(),
    };
    linker.countries_and_bodies();
    people::link(&mut linker);
    linker.other_bodies();
    linker.nominals();
    linker.place_mentions();
    linker.acronyms();
    linker.modifiers();
    pronouns::link(&mut linker);
    linker.described_pronouns();
    belonging::complete(&mut linker);
    let mut out = linker.out;
    for referent in &mut out.list {
        let mentions = &out.mentions;
        referent.mentions.sort_by_key(|&m| mentions.get(m as usize).map(|m| m.span.start));
    }
    out
}

/// Links the mentions of one article.
pub(super) struct Linker<'d, 'a> {
    pub(super) doc: &'d Document<'a>,
    pub(super) places: &'d Places,
    pub(super) focus: Focus,
    /// The day of the report, as far as it is known.
    pub(super) day: Option<CivilDate>,
    /// In order of text.
    pub(super) found: Vec<Found>,
    /// Whom each of `found` mentions.
    pub(super) whom: Vec<Option<EntityId>>,
    pub(super) out: Entities,
    /// One for each of `out.list`.
    pub(super) facts: Vec<Facts>,
    pub(super) by_actor: BTreeMap<ActorId, EntityId>,
}

/// What linking must know of an entity and a reading does not show.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) gender: Option<Gender>,
    /// Words of the name, lower-cased.
    pub(super) name: Vec<String>,
    /// Roles that it was given: `foreign minister`.
    pub(super) roles: Vec<CompactString>,
    pub(super) modifiers: Vec<CompactString>,
    pub(super) plural: bool,
    pub(super) counted: bool,
    /// The number before its first mention, as written.
    pub(super) number: Option<CompactString>,
    /// Whether its country is that of the report, for want of a better one.
    pub(super) guessed: bool,
    /// Whether it is named, and not only described.
    pub(super) named: bool,
}

impl<'a> Linker<'_, 'a> {
    /// Adds an entity.
    pub(super) fn add(&mut self, referent: Referent, facts: Facts) -> EntityId {
        let id = self.out.add(referent);
        self.facts_of(id);
        if let Some(slot) = self.facts.get_mut(id.index()) {
            *slot = facts;
        }
        id
    }

    pub(super) fn facts_of(&mut self, id: EntityId) -> Option<&mut Facts> {
        if self.facts.len() < self.out.list.len() {
            self.facts.resize(self.out.list.len(), Facts::default());
        }
        self.facts.get_mut(id.index())
    }

    pub(super) fn words(&self, sentence: u32, first: u32, end: u32) -> &'a str {
        self.doc.sentences.get(sentence as usize).map_or("", |s| self.doc.words(s.span_of(first, end)))
    }

    pub(super) fn set(&mut self, index: usize, id: EntityId) {
        if let Some(slot) = self.whom.get_mut(index) {
            *slot = Some(id);
        }
    }

    /// Countries, and organisations that the codebook knows.
    fn countries_and_bodies(&mut self) {
        for index in 0..self.found.len() {
            self.unlink_shared(index);
            let Some(found) = self.found.get(index) else { continue };
            let at = found.at();
            let id = match &found.what {
                What::Country(code) => {
                    let code = *code;
                    Some(self.country(code))
                }
                What::Known(aliases) => {
                    let ids: Vec<ActorId> = aliases.iter().map(|a| a.actor).collect();
                    self.choose(&ids, at).and_then(|actor| self.of_actor(actor))
                }
                _ => None,
            };
            if let Some(id) = id {
                self.set(index, id);
            }
        }
    }

    pub(super) fn country(&mut self, code: Code) -> EntityId {
        let id = self.out.country_entity(self.doc, code);
        if let Some(facts) = self.facts_of(id) {
            facts.named = true;
        }
        id
    }

    /// Which of several actors of one name is meant: one named before, else that of the country in focus.
    fn choose(&self, among: &[ActorId], at: At) -> Option<ActorId> {
        if among.len() < 2 {
            return among.first().copied();
        }
        if let Some(known) = among.iter().find(|id| self.by_actor.contains_key(id)) {
            return Some(*known);
        }
        let country = |id: &ActorId| self.doc.codebook.actors.get(*id).and_then(|a| a.country);
        let codes: Vec<Code> = among.iter().filter_map(country).collect();
        let near = self.focus.nearest_of(at, &codes);
        among.iter().find(|id| near.is_some() && country(id) == near).or(among.first()).copied()
    }

    /// The entity of an actor of the codebook.
    pub(super) fn of_actor(&mut self, actor_id: ActorId) -> Option<EntityId> {
        if let Some(&id) = self.by_actor.get(&actor_id) {
            return Some(id);
        }
        let actor = self.doc.codebook.actors.get(actor_id)?;
        let id = match actor.kind {
            ActorKind::Country => match actor.country {
                Some(code) => self.country(code),
                None => return None,
            },
            kind => {
                let facts = Facts { name: name_words(&actor.name), named: true, ..Facts::default() };
                let referent = Referent {
                    name: actor.name.clone(),
                    kind: match kind {
                        ActorKind::Person => EntityKind::Person,
                        ActorKind::Group => EntityKind::Group,
                        _ => EntityKind::Organization,
                    },
                    country: actor.country,
                    country_from: actor.country.map(|_| CountryBasis::Codebook),
                    sectors: actor.sectors.clone(),
                    title: None,
                    wikidata: actor.wikidata.clone(),
                    mentions: Vec::new(),
                };
                self.add(referent, facts)
            }
        };
        self.by_actor.insert(actor_id, id);
        Some(id)
    }

    /// Puts down all that was found, in order of text.
    fn place_mentions(&mut self) {
        for (found, whom) in self.found.iter().zip(&self.whom) {
            let Some(entity) = *whom else { continue };
            let form = match found.what {
                What::Nominal(_) => MentionForm::Nominal,
                _ => MentionForm::Name,
            };
            let site = Site { entity, at: found.at(), first: found.first, end: found.end, form };
            let index = self.out.mention(self.doc, site);
            let (Some(index), Some(sentence)) = (index, self.doc.sentences.get(found.sentence as usize))
            else {
                continue;
            };
            // A slip of the parser may hang the parts of one phrase in several places: each finds the phrase.
            let loose = |at: &u32| {
                token(sentence, *at).is_some_and(|t| {
                    matches!(t.upos, Upos::Noun | Upos::Propn)
                        && t.head.is_none_or(|h| h < found.first || h >= found.end)
                })
            };
            let others = (found.first..found.end).filter(loose);
            for other in found.inner.into_iter().chain(others) {
                self.out.heads.entry(At { sentence: found.sentence, token: other }).or_insert(index);
            }
        }
    }
}

pub(super) fn is_of_state(sector: Option<Code>) -> bool {
    sector.is_some_and(|s| OF_STATE.contains(&s.as_str()))
}

/// The words of a name that tell who it is, lower-cased.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| c.is_whitespace() || c == '-' || c == '.');
    words
        .filter(|w| {
            !w.is_empty() && !matches!(*w, "the" | "The" | "of" | "and" | "Jr" | "Sr" | "II" | "III" | "IV")
        })
        .map(str::to_lowercase)
        .collect()
}
