use super::describe::{Description, Determiner};
use super::find::{Found, What};
use super::linking::{FORCES, Facts, Linker, is_of_state, name_words};
use super::{Belonging, Referent, Site, belonging, gender, people};
use crate::document::{At, Document};
use crate::noun_phrase::{lemma, preposition, token};
use crate::reading::{EntityId, EntityKind, MentionForm};
use dateline_codebook::{ActorKind, Code, RoleKind};
use dateline_syntax::{Relation, Upos};

impl Linker<'_, '_> {
    /// Descriptions: said of somebody named, taking up somebody named before, or somebody new.
    pub(super) fn nominals(&mut self) {
        for index in 0..self.found.len() {
            if self.whom.get(index).is_some_and(Option::is_some) {
                continue;
            }
            let Some(found) = self.found.get(index) else { continue };
            let What::Nominal(description) = &found.what else { continue };
            let (found, mut said) = (found.clone(), (**description).clone());
            if self.pronoun_described(&found).is_some() {
                continue;
            }
            let belonging = self.country_of(&found, &mut said);
            let id = self
                .said_of(index, &said)
                .or_else(|| self.members(&found, &said))
                .or_else(|| self.taken_up(index, &said, belonging))
                .unwrap_or_else(|| self.new_nominal(&found, &said, belonging));
            self.set(index, id);
            self.share(&found, &said);
        }
    }

    /// "He is a slender man", "they were rebels": what is said of a pronoun is said of whom it takes up, and adds nobody.
    pub(super) fn described_pronouns(&mut self) {
        for index in 0..self.found.len() {
            let Some(found) = self.found.get(index).filter(|_| self.whom.get(index) == Some(&None)).cloned()
            else {
                continue;
            };
            let What::Nominal(_) = &found.what else { continue };
            if let Some(entity) = self.pronoun_described(&found).and_then(|at| self.out.at(at)) {
                self.set(index, entity);
                self.learn_from(&found, entity);
                let form = MentionForm::Nominal;
                let site = Site { entity, at: found.at(), first: found.first, end: found.end, form };
                self.out.mention(self.doc, site);
            }
        }
    }

    /// "He is a judge": what one person is said to be tells his sector and country.
    fn learn_from(&mut self, found: &Found, id: EntityId) {
        let What::Nominal(description) = &found.what else { return };
        let mut said = (**description).clone();
        let person = self.out.get(id).is_some_and(|r| r.kind == EntityKind::Person);
        if person && !said.plural && said.kind == RoleKind::Person {
            let country = self.country_of(found, &mut said);
            people::learn(self, id, &said, country, None);
        }
    }

    /// The personal pronoun that a predicate is said of.
    fn pronoun_described(&self, found: &Found) -> Option<At> {
        let sentence = self.doc.sentences.get(found.sentence as usize)?;
        sentence.children_as(found.head, Relation::Cop).next()?;
        // "He is on the committee": he is not the committee.
        if preposition(sentence, found.head).is_some() {
            return None;
        }
        let subject = sentence.children_as(found.head, Relation::Nsubj).next()?;
        let personal =
            |lemma: &str| matches!(lemma.to_lowercase().as_str(), "he" | "she" | "they" | "i" | "we" | "you");
        token(sentence, subject)
            .is_some_and(|t| personal(&t.lemma))
            .then_some(At { sentence: found.sentence, token: subject })
    }

    /// The country of somebody described; completes the sector from whose they are.
    fn country_of(&self, found: &Found, said: &mut Description) -> Option<Belonging> {
        let owner = said.owner.and_then(|id| self.doc.codebook.actors.get(id));
        let last = said.role.rsplit(' ').next().unwrap_or_default();
        let theirs = owner.and_then(|o| o.sectors.first()).is_some_and(|sector| {
            super::describe::SIDES.contains(&sector.as_str())
                || self.doc.codebook.mentions.speaks_for.contains(last)
        }) && said.sector.is_none_or(|own| owner.is_some_and(|o| !o.sectors.contains(&own)));
        if let Some(owner) = owner
            && (said.sector.is_none() || said.role.is_empty() || theirs)
        {
            said.sector = owner.sectors.first().copied().or(said.sector);
        }
        if let Some((code, _)) = said.countries.first() {
            return Some(Belonging::text(*code));
        }
        if let Some(owner) = owner {
            return owner.country.map(Belonging::text);
        }
        if let Some(theirs) = self.of_person(found, said) {
            return theirs;
        }
        if let Some(code) = people::of_office(self, said) {
            return Some(Belonging::codebook(code));
        }
        if let Some(code) = self.of_the_country(found) {
            return Some(Belonging::scene(code));
        }
        if !is_of_state(said.sector) {
            return None;
        }
        if let Some(country) = self.of_head_of_government(found, said) {
            return Some(country);
        }
        if let Some(code) = people::likely_office(self, said) {
            return Some(Belonging::scene(code));
        }
        let body = said.kind == RoleKind::Body && said.determiner != Determiner::Indefinite;
        let force = said.sector.is_some_and(|s| FORCES.contains(&s.as_str())) && said.kind != RoleKind::Body;
        if !(body || force) {
            return None;
        }
        let code = belonging::of_state(self, found, said.sector)?;
        if let Some(sector) = role_in(self.doc, &said.role, code) {
            said.sector = Some(sector);
        }
        Some(Belonging::scene(code))
    }

    /// "that country's government": whose country is told of just before.
    fn of_the_country(&self, found: &Found) -> Option<Code> {
        let sentence = self.doc.sentences.get(found.sentence as usize)?;
        let words = &self.doc.codebook.mentions;
        let owner = sentence
            .children_as(found.head, Relation::NmodPoss)
            .find(|&c| words.country_anaphors.contains(lemma(sentence, c).to_lowercase().as_str()))?;
        self.focus.at(At { sentence: found.sentence, token: owner })
    }

    /// "the Falk administration", "Falk's aides": a person of state tells whose.
    fn of_person(&self, found: &Found, said: &mut Description) -> Option<Option<Belonging>> {
        let sentence = self.doc.sentences.get(found.sentence as usize)?;
        let last = said.role.rsplit(' ').next().unwrap_or_default();
        let words = &self.doc.codebook.mentions;
        let of_office = is_of_state(said.sector)
            || said.role == "force"
            || words.speaks_for.contains(last)
            || words.administrations.iter().any(|role| role == last);
        if !of_office || words.relational.contains(last) {
            return None;
        }
        let owns = |(f, whom): (&Found, &Option<EntityId>)| {
            let inside = f.sentence == found.sentence && f.first >= found.first && f.head < found.head;
            let hangs = token(sentence, f.head).is_some_and(|t| {
                matches!(t.relation, Relation::Compound | Relation::NmodPoss) && t.head == Some(found.head)
            });
            let person = matches!(f.what, What::Person { .. });
            whom.filter(|_| inside && hangs && person)
        };
        let owner = self.found.iter().zip(&self.whom).find_map(owns)?;
        let owner = self.out.get(owner)?;
        // "Falk's forces" are those of his state, "Falk forces" need not be.
        let possessed = sentence.children_as(found.head, Relation::NmodPoss).next().is_some();
        if possessed
            && said.sector.is_some_and(|s| s.as_str() == "UAF")
            && is_of_state(owner.sectors.first().copied())
        {
            said.sector = Code::new("MIL");
        }
        if said.sector.is_none() {
            said.sector = owner.sectors.first().copied().filter(|s| is_of_state(Some(*s)));
        }
        Some(owner.belonging())
    }

    /// "the administration" is that of the president named last before it.
    fn of_head_of_government(&self, found: &Found, said: &Description) -> Option<Belonging> {
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
                .then(|| referent.belonging())
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
            // "Falk, a former minister and now a commissioner".
            Relation::Conj
                if word
                    .head
                    .and_then(|h| token(sentence, h))
                    .is_some_and(|t| t.relation == Relation::Appos)
                    && !said.plural =>
            {
                word.head.and_then(|h| token(sentence, h)).and_then(|t| t.head)
            }
            _ if sentence.children_as(found.head, Relation::Cop).next().is_some()
                && preposition(sentence, found.head).is_none() =>
            {
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
    fn taken_up(
        &mut self,
        index: usize,
        said: &Description,
        belonging: Option<Belonging>,
    ) -> Option<EntityId> {
        let country = belonging.map(|b| b.country);
        let found = self.found.get(index)?;
        let sentence = self.doc.sentences.get(found.sentence as usize)?;
        let head = lemma(sentence, found.head).to_lowercase();
        let words = &self.doc.codebook.mentions;
        let definite = said.determiner == Determiner::Definite;
        if definite && words.country_anaphors.contains(head.as_str()) && !said.plural {
            return self.focus.at(found.at()).map(|code| self.country(code));
        }
        if let Some(counted) = self.counted_before(index, said) {
            return Some(counted);
        }
        if said.determiner == Determiner::Indefinite {
            return None;
        }
        if definite
            && !said.plural
            && said.kind != RoleKind::Person
            && let Some(id) = self.body_taken_up(index, &head, said, belonging)
        {
            return Some(id);
        }
        // "their spokesman" speaks for those who were named before, and is nobody else's.
        let theirs = said.kind == RoleKind::Person && self.is_theirs(found);
        for before in (0..index).rev() {
            let Some(id) = self.whom.get(before).copied().flatten() else { continue };
            if theirs && !self.found.get(before).is_some_and(|f| self.is_theirs(f)) {
                continue;
            }
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
                && said.sector.is_none_or(|s| referent.sectors.is_empty() || referent.sectors.contains(&s))
                && matches!(referent.kind, EntityKind::Group | EntityKind::Organization);
            if (group || self.same_role(referent, facts, said, definite)) && !self.is_met_by(found, id) {
                return Some(id);
            }
        }
        let told = said.modifiers.is_empty() && said.owner.is_none() && !said.former && !theirs;
        if definite && told && said.kind == RoleKind::Person && !said.plural && !said.role.is_empty() {
            let country = country.or(self.focus.of_article())?;
            return people::holder(self, said, country);
        }
        None
    }

    /// Whether somebody is described by whose he is, and those are a group or body that a pronoun stands for.
    fn is_theirs(&self, found: &Found) -> bool {
        let sentence = self.doc.sentences.get(found.sentence as usize);
        sentence.is_some_and(|s| {
            s.children_as(found.head, Relation::NmodPoss).any(|c| {
                token(s, c)
                    .is_some_and(|t| matches!(&*t.lemma.to_lowercase(), "their" | "its" | "they" | "it"))
            })
        })
    }

    fn new_nominal(&mut self, found: &Found, said: &Description, belonging: Option<Belonging>) -> EntityId {
        let country = belonging.map(|b| b.country);
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
            number: said.number.clone(),
            guessed: country.is_some() && said.countries.is_empty() && said.owner.is_none(),
        };
        let referent = Referent {
            name,
            kind,
            country,
            country_from: belonging.map(|b| b.from),
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
            let id = self.new_nominal(found, &alone, Some(Belonging::text(code)));
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
}

/// What a role means in one country and nowhere else: an American "minister" is of a church.
pub(super) fn role_in(doc: &Document<'_>, role: &str, country: Code) -> Option<Code> {
    let here = doc.codebook.mentions.roles_in.get(country.as_str())?;
    here.get(role).and_then(|sector| Code::new(sector))
}
