//! Entities: who is mentioned in an article, by name, by description or by pronoun, and which mentions are the same.

mod belonging;
mod bodies;
mod describe;
mod descriptions;
mod dictionary;
mod find;
mod focus;
mod gender;
mod linking;
mod modifiers;
mod names;
mod nominals;
mod people;
mod pronouns;
mod quotations;
mod sameness;
#[cfg(test)]
mod tests;

use crate::document::{At, Document};
use crate::places::Places;
use crate::reading::{CountryBasis, EntityId, EntityKind, MentionForm};
use dateline_codebook::Code;
use dateline_text::Span;
use std::collections::BTreeMap;

/// Everyone whom an article mentions.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    pub(crate) list: Vec<Referent>,
    pub(crate) mentions: Vec<EntityMention>,
    heads: BTreeMap<At, u32>,
    modifiers: BTreeMap<At, Code>,
    shared: BTreeMap<At, Vec<EntityId>>,
    countries: BTreeMap<Code, EntityId>,
    /// Codes of those whom a dictionary knows.
    codes: BTreeMap<EntityId, String>,
}

/// Somebody who can act or be acted upon.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Referent {
    /// The codebook's name, or the fullest that the text has.
    pub(crate) name: String,
    pub(crate) kind: EntityKind,
    pub(crate) country: Option<Code>,
    /// What the country is known from, where there is one.
    pub(crate) country_from: Option<CountryBasis>,
    /// The closest first.
    pub(crate) sectors: Vec<Code>,
    /// Office or description, as the text or else the codebook has it.
    pub(crate) title: Option<String>,
    pub(crate) wikidata: Option<String>,
    /// Positions in [`Entities::mentions`].
    pub(crate) mentions: Vec<u32>,
}

/// A country that somebody is of, and what that is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Belonging {
    pub(crate) country: Code,
    pub(crate) from: CountryBasis,
}

impl Belonging {
    fn text(country: Code) -> Self {
        Self { country, from: CountryBasis::Text }
    }

    fn codebook(country: Code) -> Self {
        Self { country, from: CountryBasis::Codebook }
    }

    fn scene(country: Code) -> Self {
        Self { country, from: CountryBasis::Scene }
    }
}

impl Referent {
    fn belonging(&self) -> Option<Belonging> {
        self.country.zip(self.country_from).map(|(country, from)| Belonging { country, from })
    }

    fn set_belonging(&mut self, belonging: Option<Belonging>) {
        self.country = belonging.map(|b| b.country);
        self.country_from = belonging.map(|b| b.from);
    }

    /// Takes a country if there is none, or one that is stated for one that is inferred.
    fn complete_belonging(&mut self, belonging: Option<Belonging>) {
        let stated = belonging.filter(|b| b.from != CountryBasis::Scene);
        let own = self.belonging().filter(|own| own.from != CountryBasis::Scene || stated.is_none());
        self.set_belonging(own.or(belonging));
    }
}

/// Where somebody is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EntityMention {
    pub(crate) entity: EntityId,
    pub(crate) sentence: u32,
    /// The word that governs the rest of the mention.
    pub(crate) head: u32,
    pub(crate) first: u32,
    pub(crate) end: u32,
    pub(crate) span: Span,
    pub(crate) form: MentionForm,
}

impl Entities {
    /// Finds the mentions of an article and links them.
    pub(crate) fn read(doc: &Document<'_>, places: &Places) -> Self {
        match &doc.codebook.dictionary {
            Some(dictionary) => dictionary::link(doc, dictionary),
            None => linking::link(doc, places),
        }
    }

    /// The code that a dictionary gives somebody.
    pub(crate) fn dictionary_code(&self, id: EntityId) -> Option<&str> {
        self.codes.get(&id).map(String::as_str)
    }

    /// Who is mentioned by the phrase that this word heads.
    pub(crate) fn at(&self, at: At) -> Option<EntityId> {
        self.mention_at(at).map(|m| m.entity)
    }

    /// The mention that this word heads.
    pub(crate) fn mention_at(&self, at: At) -> Option<&EntityMention> {
        self.heads.get(&at).and_then(|&index| self.mentions.get(index as usize))
    }

    /// Others whom the phrase that this word heads mentions without a head of their own: the Pakistani Taliban in
    /// "the Pakistani and Afghan Taliban".
    pub(crate) fn shared_at(&self, at: At) -> &[EntityId] {
        self.shared.get(&at).map_or(&[], Vec::as_slice)
    }

    /// The shortest mention that covers this word.
    #[cfg(test)]
    pub(crate) fn covering(&self, at: At) -> Option<&EntityMention> {
        let inside =
            |m: &&EntityMention| m.sentence == at.sentence && m.first <= at.token && at.token < m.end;
        self.mentions.iter().filter(inside).min_by_key(|m| m.end - m.first)
    }

    /// The country that a nationality or a country's name before a noun stands for: "Pakistani" in "Pakistani raids".
    pub(crate) fn demonym_at(&self, at: At) -> Option<Code> {
        self.modifiers.get(&at).copied()
    }

    /// The entity with this id.
    pub(crate) fn get(&self, id: EntityId) -> Option<&Referent> {
        self.list.get(id.index())
    }

    /// The entity of a country, mentioned by the words `first..end`. Where they head a mention already, that stays.
    pub(crate) fn country(
        &mut self,
        doc: &Document<'_>,
        code: Code,
        at: At,
        first: u32,
        end: u32,
    ) -> EntityId {
        let id = self.country_entity(doc, code);
        self.mention(doc, Site { entity: id, at, first, end, form: MentionForm::Name });
        id
    }

    /// Lets a pronoun, such as a quotation's "we", mention somebody. Where it mentions somebody already, that stays.
    pub(crate) fn bind(&mut self, doc: &Document<'_>, at: At, entity: EntityId) {
        self.mention(
            doc,
            Site { entity, at, first: at.token, end: at.token + 1, form: MentionForm::Pronoun },
        );
    }

    fn country_entity(&mut self, doc: &Document<'_>, code: Code) -> EntityId {
        if let Some(&id) = self.countries.get(&code) {
            return id;
        }
        let actors = &doc.codebook.actors;
        let actor = actors.country(code).and_then(|id| actors.get(id));
        let id = self.add(Referent {
            name: actor.map_or_else(|| code.to_string(), |a| a.name.clone()),
            kind: EntityKind::Country,
            country: Some(code),
            country_from: Some(CountryBasis::Text),
            sectors: Vec::new(),
            title: None,
            wikidata: actor.and_then(|a| a.wikidata.clone()),
            mentions: Vec::new(),
        });
        self.countries.insert(code, id);
        id
    }

    fn add(&mut self, referent: Referent) -> EntityId {
        self.list.push(referent);
        EntityId(self.list.len() as u32 - 1)
    }

    /// Adds a mention unless its head has one; gives the one that stands.
    fn mention(&mut self, doc: &Document<'_>, site: Site) -> Option<u32> {
        if let Some(&there) = self.heads.get(&site.at) {
            return Some(there);
        }
        let sentence = doc.sentences.get(site.at.sentence as usize)?;
        if site.at.token as usize >= sentence.tokens.len() {
            return None;
        }
        let span = sentence.span_of(site.first, site.end);
        let index = self.mentions.len() as u32;
        self.mentions.push(EntityMention {
            entity: site.entity,
            sentence: site.at.sentence,
            head: site.at.token,
            first: site.first,
            end: site.end,
            span,
            form: site.form,
        });
        self.heads.insert(site.at, index);
        if let Some(referent) = self.list.get_mut(site.entity.index()) {
            referent.mentions.push(index);
        }
        Some(index)
    }
}

/// Where a mention is to be put.
#[derive(Clone, Copy, Debug)]
struct Site {
    entity: EntityId,
    at: At,
    first: u32,
    end: u32,
    form: MentionForm,
}
