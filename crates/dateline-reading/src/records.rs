//! Entities and places in the form in which a reading prints them.

use crate::entities::Entities;
use crate::places::Places;
use crate::reading::{Entity, EntityId, Mention, Place, PlaceId};
use dateline_text::CharOffsets;

impl Entities {
    /// Every entity with its mentions in order of text.
    pub(crate) fn records(&self, offsets: &CharOffsets) -> Vec<Entity> {
        let entity = |(at, referent): (usize, &crate::entities::Referent)| {
            let mut mentions: Vec<Mention> = (referent.mentions.iter())
                .filter_map(|&m| self.mentions.get(m as usize))
                .map(|m| Mention { span: offsets.chars(m.span), form: m.form })
                .collect();
            mentions.sort_by_key(|m| m.span);
            let country = referent.country.map(|c| c.to_string());
            let sectors: Vec<String> = referent.sectors.iter().map(ToString::to_string).collect();
            let known = self.dictionary_code(EntityId(at as u32));
            let code = match (&country, sectors.first()) {
                _ if known.is_some() => known.map(str::to_owned),
                (Some(country), Some(sector)) => Some(format!("{country}{sector}")),
                (Some(code), None) | (None, Some(code)) => Some(code.clone()),
                (None, None) => None,
            };
            Entity {
                id: EntityId(at as u32),
                name: referent.name.clone(),
                kind: referent.kind,
                country,
                country_from: referent.country_from,
                sectors,
                code,
                title: referent.title.clone(),
                wikidata: referent.wikidata.clone(),
                mentions,
            }
        };
        self.list.iter().enumerate().map(entity).collect()
    }
}

impl Places {
    /// Every place with its mentions in order of text.
    pub(crate) fn records(&self, offsets: &CharOffsets) -> Vec<Place> {
        let place = |(at, place): (usize, &crate::places::Place)| {
            let id = PlaceId(at as u32);
            let mentions = self.mentions.iter().filter(|m| m.place == id);
            Place {
                id,
                name: place.name.clone(),
                country: place.country.map(|c| c.to_string()),
                admin1: place.admin1.clone(),
                lat: place.lat,
                lon: place.lon,
                geonameid: place.geonameid,
                precision: place.precision,
                mentions: mentions.clone().map(|m| offsets.chars(m.span)).collect(),
                metonyms: mentions.filter(|m| m.metonymic).map(|m| offsets.chars(m.span)).collect(),
            }
        };
        self.list.iter().enumerate().map(place).collect()
    }
}
