use super::describe::{Description, describe};
use super::find::{Found, What};
use super::linking::{Facts, Linker, is_of_state, name_words};
use super::{Belonging, Referent, Site, belonging};
use crate::document::At;
use crate::noun_phrase::{core, token};
use crate::reading::{EntityId, EntityKind, MentionForm};
use dateline_codebook::Code;
use std::collections::BTreeMap;

impl Linker<'_, '_> {
    /// "the National Assembly", "the Senate": many countries have one, and only that of the article's country, or of the
    /// country named before it, is meant.
    pub(super) fn unlink_shared(&mut self, index: usize) {
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
        let foreign = own.is_none();
        let fits = |code: Code| code == country || foreign && self.focus.tells_of(code);
        let fitting: Vec<_> = aliases.iter().filter(|a| theirs(a).is_none_or(fits)).copied().collect();
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

    /// Organisations that the codebook does not know: by the same words, an acronym in brackets, or a part of the name.
    pub(super) fn other_bodies(&mut self) {
        for index in 0..self.found.len() {
            let Some(found) = self.found.get(index) else { continue };
            let What::Organization { name, country, description } = &found.what else { continue };
            let (sentence, name, country, description) =
                (found.sentence, *name, *country, description.clone());
            let found = found.clone();
            let written = self.words(sentence, name.0, name.1);
            let id = self
                .bracketed(index)
                .or_else(|| self.same_name(written))
                .unwrap_or_else(|| self.new_body(&found, written, country, description.as_deref()));
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
        let letters = (2..=6).contains(&written.len()) && written.bytes().all(|b| b.is_ascii_uppercase());
        let same = |facts: &Facts| match words.as_slice() {
            // "MIT" after "the Massachusetts Institute of Technology".
            [one] if letters && facts.name.len() == one.len() => {
                facts.name.iter().map(|w| w.chars().next()).eq(one.chars().map(Some))
            }
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

    fn new_body(
        &mut self,
        found: &Found,
        written: &str,
        country: Option<Code>,
        said: Option<&Description>,
    ) -> EntityId {
        let said = said.filter(|d| !d.role.is_empty());
        let sector = said.and_then(|d| d.sector);
        let country = country.or_else(|| said.and_then(|d| d.countries.first().map(|(code, _)| *code)));
        let country = country.map(Belonging::text).or_else(|| {
            // "the Foreign Ministry" is somebody's; "the Metropolitan Police Bureau" need not be the country's.
            let generic = said.is_some_and(|d| d.role.split(' ').count() >= name_words(written).len());
            (generic && is_of_state(sector))
                .then(|| belonging::of_state(self, found, sector))
                .flatten()
                .map(Belonging::scene)
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
            country: country.map(|b| b.country),
            country_from: country.map(|b| b.from),
            sectors: sector.into_iter().collect(),
            title: None,
            wikidata: None,
            mentions: Vec::new(),
        };
        self.add(referent, facts)
    }

    /// "the Red Crescent Federation (RCF)": from there on the letters alone name it.
    pub(super) fn acronyms(&mut self) {
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
}
