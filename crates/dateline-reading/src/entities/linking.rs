use super::describe::{Description, Determiner, describe};
use super::find::{Found, What, find};
use super::focus::Focus;
use super::{Entities, Referent, Site, gender, people, pronouns};
use crate::document::{At, Document};
use crate::noun_phrase::{core, head_of, lemma, token};
use crate::places::{Places, usage};
use crate::reading::{EntityId, EntityKind, MentionForm};
use crate::spotted::SpottedKind;
use compact_str::CompactString;
use dateline_codebook::{ActorId, ActorKind, AliasKind, Code, Gender, RoleKind};
use dateline_syntax::{Relation, Upos};
use std::collections::BTreeMap;

/// Sectors of the state.
const OF_STATE: [&str; 6] = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY"];

/// Forces of the state: "soldiers" without a country are those of the country that the article is about.
const FORCES: [&str; 2] = ["MIL", "COP"];

/// Finds all mentions and decides which are the same.
pub(super) fn link(doc: &Document<'_>, places: &Places) -> Entities {
    let found = find(doc, places);
    let mut linker = Linker {
        doc,
        places,
        focus: Focus::of(doc, places),
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

    fn set(&mut self, index: usize, id: EntityId) {
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

    /// "the National Assembly", "the Senate": many countries have one, and only that of the article's country, or of the
    /// country named before it, is meant.
    fn unlink_shared(&mut self, index: usize) {
        let words = &self.doc.codebook.mentions;
        let Some(found) = self.found.get(index) else { return };
        let What::Known(aliases) = &found.what else { return };
        let written = self.words(found.sentence, found.first, found.end).to_lowercase();
        let mut parts = written.split_whitespace();
        // "Congress" alone is a name by itself.
        if written == "congress" || !parts.all(|word| words.shared_bodies.contains(word)) {
            return;
        }
        let Some(sentence) = self.doc.sentences.get(found.sentence as usize) else { return };
        let first = core(sentence, found.head).0.min(found.first);
        let said = describe(self.doc, self.places, found.sentence as usize, first, found.head);
        let own = said.as_ref().and_then(|d| d.countries.first().map(|(code, _)| *code));
        let Some(country) = own.or(self.focus.of_article()) else { return };
        let theirs = |alias: &dateline_codebook::Alias| {
            self.doc.codebook.actors.get(alias.actor).and_then(|actor| actor.country)
        };
        let fitting: Vec<_> =
            aliases.iter().filter(|a| theirs(a).is_none_or(|code| code == country)).copied().collect();
        let what = if fitting.is_empty() {
            let article = written.starts_with("the ") && found.first < found.head;
            let name = (found.first + u32::from(article), found.end);
            What::Organization { name, country: Some(country), description: said.map(Box::new) }
        } else {
            What::Known(fitting)
        };
        if let Some(found) = self.found.get_mut(index) {
            found.what = what;
        }
    }

    fn country(&mut self, code: Code) -> EntityId {
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

    /// Organisations that the codebook does not know: by the same words, an acronym in brackets, or a part of the name.
    fn other_bodies(&mut self) {
        for index in 0..self.found.len() {
            let Some(found) = self.found.get(index) else { continue };
            let What::Organization { name, country, description } = &found.what else { continue };
            let (sentence, name, country, description) =
                (found.sentence, *name, *country, description.clone());
            let written = self.words(sentence, name.0, name.1);
            let id = self
                .bracketed(index)
                .or_else(|| self.same_name(written))
                .unwrap_or_else(|| self.new_body(written, country, description.as_deref()));
            self.set(index, id);
        }
    }

    /// "the Red Crescent Federation (RCF)": the name in brackets is the one before them.
    fn bracketed(&mut self, index: usize) -> Option<EntityId> {
        let found = self.found.get(index)?;
        let sentence = self.doc.sentences.get(found.sentence as usize)?;
        let bracket = found.first.checked_sub(1)?;
        if token(sentence, bracket)?.span.of(self.doc.text()) != "(" {
            return None;
        }
        let before = self
            .found
            .get(..index)?
            .iter()
            .rposition(|f| f.sentence == found.sentence && f.end == bracket)?;
        let id = (*self.whom.get(before)?)?;
        let acronym = self.words(found.sentence, found.first, found.end).to_lowercase();
        if let Some(facts) = self.facts_of(id) {
            facts.name.push(acronym);
        }
        Some(id)
    }

    fn same_name(&self, written: &str) -> Option<EntityId> {
        let words = name_words(written);
        let bodies = self.out.list.iter().zip(&self.facts).enumerate().rev();
        let mut bodies = bodies
            .filter(|(_, (r, f))| f.named && r.kind != EntityKind::Country && r.kind != EntityKind::Person);
        let same = |facts: &Facts| match words.as_slice() {
            // "the Haqqanis" take up "the Haqqani network".
            [one] => facts
                .name
                .iter()
                .any(|w| w == one || one.strip_suffix('s').is_some_and(|stem| stem.len() > 3 && w == stem)),
            words => words == facts.name || words.iter().all(|w| facts.name.contains(w)),
        };
        let found = bodies.find(|(_, (_, facts))| !words.is_empty() && same(facts));
        found.map(|(at, _)| EntityId(at as u32))
    }

    fn new_body(&mut self, written: &str, country: Option<Code>, said: Option<&Description>) -> EntityId {
        let said = said.filter(|d| !d.role.is_empty());
        let sector = said.and_then(|d| d.sector);
        let country =
            country.or_else(|| said.and_then(|d| d.countries.first().map(|(code, _)| *code))).or_else(|| {
                // "the Foreign Ministry" is somebody's; "the Metropolitan Police Bureau" need not be the country's.
                let generic = said.is_some_and(|d| d.role.split(' ').count() >= name_words(written).len());
                (generic && is_of_state(sector)).then(|| self.focus.of_article()).flatten()
            });
        let facts = Facts {
            name: name_words(written),
            roles: said.map(|d| d.role.clone()).into_iter().collect(),
            named: true,
            ..Facts::default()
        };
        let referent = Referent {
            name: written.to_owned(),
            kind: EntityKind::Organization,
            country,
            sectors: sector.into_iter().collect(),
            title: None,
            wikidata: None,
            mentions: Vec::new(),
        };
        self.add(referent, facts)
    }

    /// Descriptions: said of somebody named, taking up somebody named before, or somebody new.
    fn nominals(&mut self) {
        for index in 0..self.found.len() {
            if self.whom.get(index).is_some_and(Option::is_some) {
                continue;
            }
            let Some(found) = self.found.get(index) else { continue };
            let What::Nominal(description) = &found.what else { continue };
            let (found, mut said) = (found.clone(), (**description).clone());
            let country = self.country_of(&found, &mut said);
            let id = self
                .said_of(index, &said)
                .or_else(|| self.members(&found, &said))
                .or_else(|| self.taken_up(index, &said, country))
                .unwrap_or_else(|| self.new_nominal(&found, &said, country));
            self.set(index, id);
            self.share(&found, &said);
        }
    }

    /// The country of somebody described; completes the sector from whose they are.
    fn country_of(&self, found: &Found, said: &mut Description) -> Option<Code> {
        let owner = said.owner.and_then(|id| self.doc.codebook.actors.get(id));
        if let Some(owner) = owner
            && (said.sector.is_none() || said.role.is_empty())
        {
            said.sector = owner.sectors.first().copied().or(said.sector);
        }
        if let Some((code, _)) = said.countries.first() {
            return Some(*code);
        }
        if let Some(owner) = owner {
            return owner.country;
        }
        if !is_of_state(said.sector) {
            return None;
        }
        if let Some(country) = self.of_head_of_government(found, said) {
            return Some(country);
        }
        let body = said.kind == RoleKind::Body && said.determiner != Determiner::Indefinite;
        let force = said.sector.is_some_and(|s| FORCES.contains(&s.as_str())) && said.kind != RoleKind::Body;
        (body || force).then(|| self.focus.of_article()).flatten()
    }

    /// "the administration" is that of the president named last before it.
    fn of_head_of_government(&self, found: &Found, said: &Description) -> Option<Code> {
        let words = &self.doc.codebook.mentions;
        let starts = |role: &String| said.role.split(' ').next() == Some(role) || said.role == role.as_str();
        if !words.administrations.iter().any(starts) {
            return None;
        }
        let index = self.found.iter().position(|f| f.at() == found.at())?;
        (0..index).rev().find_map(|before| {
            let id = (*self.whom.get(before)?)?;
            let (referent, facts) = (self.out.get(id)?, self.facts.get(id.index())?);
            let heads = facts.roles.iter().any(|role| words.heads_of_government.contains(role.as_str()));
            (heads && facts.named && referent.kind == EntityKind::Person)
                .then_some(referent.country)
                .flatten()
        })
    }

    /// An apposition or a predicate is said of somebody: "Aziz, the adviser", "Aziz is the adviser".
    fn said_of(&mut self, index: usize, said: &Description) -> Option<EntityId> {
        let found = self.found.get(index)?;
        let sentence = self.doc.sentences.get(found.sentence as usize)?;
        let word = token(sentence, found.head)?;
        let other = match word.relation {
            Relation::Appos => word.head,
            _ if sentence.children_as(found.head, Relation::Cop).next().is_some() => {
                sentence.children_as(found.head, Relation::Nsubj).next()
            }
            _ => sentence.children_as(found.head, Relation::Appos).find(|&c| c > found.head),
        }?;
        let same = |f: &Found| f.sentence == found.sentence && (f.head == other || f.inner == Some(other));
        let at = self.found.iter().position(same)?;
        let id = (*self.whom.get(at)?)?;
        let kind = self.out.get(id)?.kind;
        let fits = match kind {
            EntityKind::Person => said.kind == RoleKind::Person && !said.plural,
            EntityKind::Country => false,
            _ => said.kind != RoleKind::Person,
        };
        if !fits {
            return None;
        }
        let mut said = said.clone();
        let country = self.country_of(&found.clone(), &mut said);
        people::learn(self, id, &said, country, None);
        Some(id)
    }

    /// "Taliban militants" are the Taliban.
    fn members(&mut self, found: &Found, said: &Description) -> Option<EntityId> {
        let sentence = self.doc.sentences.get(found.sentence as usize)?;
        let lower = lemma(sentence, found.head).to_lowercase();
        let owner = said.owner.filter(|_| !said.counted && said.determiner != Determiner::Indefinite)?;
        let actor = self.doc.codebook.actors.get(owner)?;
        let armed = actor.kind == ActorKind::Group
            || actor.sectors.iter().any(|s| matches!(s.as_str(), "REB" | "PRM" | "UAF"));
        let all = said.plural || !matches!(said.kind, RoleKind::Person) || said.role.is_empty();
        (armed && all && self.doc.codebook.mentions.members.contains(lower.as_str()))
            .then(|| self.of_actor(owner))
            .flatten()
    }

    /// Whom a definite or bare description takes up among those before it.
    fn taken_up(&mut self, index: usize, said: &Description, country: Option<Code>) -> Option<EntityId> {
        let found = self.found.get(index)?;
        let sentence = self.doc.sentences.get(found.sentence as usize)?;
        let head = lemma(sentence, found.head).to_lowercase();
        let words = &self.doc.codebook.mentions;
        let definite = said.determiner == Determiner::Definite;
        if definite && words.country_anaphors.contains(head.as_str()) && !said.plural {
            return self.focus.at(found.at()).map(|code| self.country(code));
        }
        if said.determiner == Determiner::Indefinite {
            return None;
        }
        for before in (0..index).rev() {
            let Some(id) = self.whom.get(before).copied().flatten() else { continue };
            let (Some(referent), Some(facts)) = (self.out.get(id), self.facts.get(id.index())) else {
                continue;
            };
            let country_fits = country.is_none() || referent.country.is_none() || referent.country == country;
            let countries_told = said.countries.is_empty() || referent.country == country;
            if !country_fits || !countries_told || referent.kind == EntityKind::Country {
                continue;
            }
            let group = definite
                && !said.plural
                && said.countries.is_empty()
                && said
                    .modifiers
                    .iter()
                    .all(|m| matches!(m.as_str(), "armed" | "militant" | "rebel" | "terrorist" | "terror"))
                && words.group_anaphors.contains(head.as_str())
                && facts.named
                && matches!(referent.kind, EntityKind::Group | EntityKind::Organization);
            if group || self.same_role(referent, facts, said, definite) {
                return Some(id);
            }
        }
        None
    }

    fn same_role(&self, referent: &Referent, facts: &Facts, said: &Description, definite: bool) -> bool {
        if said.role.is_empty() || referent.kind == EntityKind::Person && (said.plural || !definite) {
            return false;
        }
        let last = |role: &str| role.rsplit(' ').next().unwrap_or_default().to_owned();
        let role = facts.roles.iter().any(|role| {
            *role == said.role || (definite && referent.kind == EntityKind::Person && last(role) == said.role)
        });
        let number = facts.plural == said.plural || facts.named;
        // "the soldiers" may take up "seven soldiers", "soldiers" may not.
        let quantity = definite || !facts.counted;
        let told = said.modifiers.iter().all(|m| facts.modifiers.contains(m) || facts.named);
        let tells = definite || facts.modifiers == said.modifiers;
        role && number && quantity && told && tells
    }

    fn new_nominal(&mut self, found: &Found, said: &Description, country: Option<Code>) -> EntityId {
        let kind = match said.kind {
            RoleKind::Person if !said.plural => EntityKind::Person,
            RoleKind::Body if !said.plural => EntityKind::Organization,
            _ => EntityKind::Group,
        };
        let name = self.title_of(found, said, country);
        let sentence = self.doc.sentences.get(found.sentence as usize);
        let lemmas = (found.first..found.end).filter_map(|at| sentence.map(|s| lemma(s, at)));
        let proper = found.end - found.first > 1
            && sentence.and_then(|s| token(s, found.head)).is_some_and(|t| t.upos == Upos::Propn);
        let facts = Facts {
            named: proper && kind != EntityKind::Person,
            name: if proper { name_words(&name) } else { Vec::new() },
            gender: if said.plural { None } else { gender::of_words(self.doc, lemmas) },
            roles: (!said.role.is_empty()).then(|| said.role.clone()).into_iter().collect(),
            modifiers: said.modifiers.clone(),
            plural: said.plural,
            counted: said.counted || said.determiner == Determiner::Indefinite,
        };
        let referent = Referent {
            name,
            kind,
            country,
            sectors: said.sector.into_iter().collect(),
            title: None,
            wikidata: None,
            mentions: Vec::new(),
        };
        self.add(referent, facts)
    }

    /// The words of a description without its article, with the country where that is only understood.
    fn title_of(&self, found: &Found, said: &Description, country: Option<Code>) -> String {
        let sentence = self.doc.sentences.get(found.sentence as usize);
        let article = |at: u32| {
            sentence.and_then(|s| token(s, at)).is_some_and(|t| {
                matches!(
                    t.span.of(self.doc.text()).to_lowercase().as_str(),
                    "the" | "a" | "an" | "this" | "that" | "these" | "those"
                )
            })
        };
        let counts = |at: u32| {
            sentence.and_then(|s| token(s, at)).is_some_and(|t| {
                let word = t.span.of(self.doc.text()).to_lowercase();
                self.doc.codebook.mentions.quantity_words.contains(&word)
            })
        };
        let mut first = found.first;
        while first < found.head && counts(first) {
            first += 1;
        }
        if first < found.head && article(first) {
            first += 1;
        }
        let written = self.words(found.sentence, first, found.end);
        let lowered = self.without_capital(found.sentence, first, written);
        let written = lowered.as_deref().unwrap_or(written);
        match country.and_then(|code| self.doc.codebook.actors.country(code)) {
            Some(id)
                if said.countries.is_empty()
                    && said.owner.is_none()
                    && said.kind == RoleKind::Body
                    && !said.plural =>
            {
                let country = self.doc.codebook.actors.get(id).map_or("", |a| a.name.as_str());
                format!("{written} of {country}")
            }
            _ => written.to_owned(),
        }
    }

    /// "Witnesses" that opens a sentence is "witnesses"; names, letters and peoples keep their capital.
    fn without_capital(&self, sentence: u32, first: u32, written: &str) -> Option<String> {
        let word = self.doc.sentences.get(sentence as usize).and_then(|s| token(s, first))?;
        let text = word.span.of(self.doc.text());
        let mut rest = text.chars();
        let capital = rest.next().filter(|c| c.is_uppercase())?;
        let named =
            self.places.spotted.get(sentence as usize)?.iter().any(|n| n.first <= first && first < n.end);
        let people = self.doc.codebook.mentions.peoples.contains(word.lemma.to_lowercase().as_str());
        let letters = rest.clone().any(char::is_uppercase) || rest.as_str().is_empty();
        if word.upos == Upos::Propn || named || people || letters {
            return None;
        }
        Some(capital.to_lowercase().chain(written.chars().skip(1)).collect())
    }

    /// "French and German ministers", "US and Afghan troops": those of the other country too.
    fn share(&mut self, found: &Found, said: &Description) {
        let Some((first, _)) = said.countries.first().copied() else { return };
        for (code, word) in said.countries.iter().skip(1).copied() {
            let Some(sentence) = self.doc.sentences.get(found.sentence as usize) else { return };
            let joined = token(sentence, word).is_some_and(|t| t.relation == Relation::Conj)
                || sentence.children_as(word, Relation::Conj).next().is_some();
            if code == first || !joined {
                continue;
            }
            let alone = Description { countries: vec![(code, word)], ..said.clone() };
            let id = self.new_nominal(found, &alone, Some(code));
            if let Some(referent) = self.out.list.get_mut(id.index()) {
                let actor =
                    self.doc.codebook.actors.country(code).and_then(|id| self.doc.codebook.actors.get(id));
                referent.name = format!("{} of {}", said.role, actor.map_or("", |a| a.name.as_str()));
            }
            self.out.shared.entry(found.at()).or_default().push(id);
            let at = At { sentence: found.sentence, token: word };
            self.out.mention(
                self.doc,
                Site { entity: id, at, first: word, end: word + 1, form: MentionForm::Nominal },
            );
        }
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

    /// "the Red Crescent Federation (RCF)": from there on the letters alone name it.
    fn acronyms(&mut self) {
        let mut known: BTreeMap<&str, EntityId> = BTreeMap::new();
        for (found, whom) in self.found.iter().zip(&self.whom) {
            let (Some(entity), Some(sentence)) = (*whom, self.doc.sentences.get(found.sentence as usize))
            else {
                continue;
            };
            let word = |at: u32| token(sentence, at).map_or("", |t| t.span.of(self.doc.text()));
            let letters = word(found.end + 1);
            let acronym =
                (2..=10).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
            let body = self
                .out
                .get(entity)
                .is_some_and(|r| matches!(r.kind, EntityKind::Organization | EntityKind::Group));
            if acronym && body && word(found.end) == "(" && word(found.end + 2) == ")" {
                known.entry(letters).or_insert(entity);
            }
        }
        if known.is_empty() {
            return;
        }
        for (index, sentence) in self.doc.sentences.iter().enumerate() {
            for (word, token) in sentence.tokens.iter().enumerate() {
                let Some(&entity) = known.get(token.span.of(self.doc.text())) else { continue };
                let (at, first) = (At::new(index, word as u32), word as u32);
                self.out
                    .mention(self.doc, Site { entity, at, first, end: first + 1, form: MentionForm::Name });
            }
        }
    }

    /// Nationalities and countries' names before a noun, and "the Pakistani and Afghan Taliban".
    fn modifiers(&mut self) {
        for (index, names) in self.places.spotted.iter().enumerate() {
            let Some(sentence) = self.doc.sentences.get(index) else { continue };
            for name in names {
                let SpottedKind::Country(kind) = name.kind else { continue };
                let head = head_of(sentence, name.first, name.end);
                let at = At::new(index, head);
                let actor = name.aliases.first().and_then(|a| self.doc.codebook.actors.get(a.actor));
                let Some(code) = actor.and_then(|a| a.country) else { continue };
                let place = self.places.mention_at(at).and_then(|m| self.places.get(m.place));
                if place.is_some_and(|p| p.country != Some(code)) || self.out.heads.contains_key(&at) {
                    continue;
                }
                let modifies = match kind {
                    AliasKind::Demonym => true,
                    AliasKind::Name => usage::of_country(self.doc, sentence, head) == usage::Usage::Modifier,
                    AliasKind::Metonym | AliasKind::Capital => false,
                };
                if modifies {
                    self.out.modifiers.insert(at, code);
                }
                if kind == AliasKind::Demonym {
                    self.shared_name(at, name.first, name.end);
                }
            }
        }
    }

    /// A nationality joined to another that begins a name: the name may be both's.
    fn shared_name(&mut self, at: At, first: u32, end: u32) {
        let Some(sentence) = self.doc.sentences.get(at.sentence as usize) else { return };
        let word = |at: u32| token(sentence, at).map_or("", |t| t.span.of(self.doc.text()));
        if !matches!(word(end), "and" | "or") {
            return;
        }
        let next = self.found.iter().position(|f| {
            f.sentence == at.sentence
                && f.first <= end + 1
                && f.end > end + 1
                && matches!(f.what, What::Known(_))
        });
        let Some(found) = next.and_then(|i| self.found.get(i)) else { return };
        let (head, last) = (found.head, found.end);
        // From the word after the other nationality: "Afghan [Taliban]".
        let rest: Vec<&str> = (first..end).chain(end + 2..last).map(word).collect();
        let Some((length, aliases)) = self.doc.codebook.actors.longest(&rest) else { return };
        if length != rest.len() || length <= (end - first) as usize {
            return;
        }
        let Some(actor) = aliases.first().map(|a| a.actor) else { return };
        if let Some(id) = self.of_actor(actor) {
            self.out.mention(self.doc, Site { entity: id, at, first, end, form: MentionForm::Name });
            self.out.shared.entry(At { token: head, ..at }).or_default().push(id);
            self.out.modifiers.remove(&at);
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
        .filter(|w| !w.is_empty() && !matches!(*w, "the" | "The" | "of" | "and"))
        .map(str::to_lowercase)
        .collect()
}
