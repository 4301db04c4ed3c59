//! Places: toponyms found in the text, and which place on the map each of them names.

mod containers;
mod evidence;
mod geometry;
mod picture;
mod resolve;
#[cfg(test)]
mod tests;
mod toponyms;
pub(crate) mod usage;

use crate::document::{At, Document};
use crate::reading::{PlaceId, Precision};
use crate::spotted::{Spotted, spot};
use dateline_codebook::Code;
use dateline_text::Span;
use std::collections::BTreeMap;

/// The places of an article and where it names them.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) list: Vec<Place>,
    /// In order of text.
    pub(crate) mentions: Vec<PlaceMention>,
    /// Every sentence's names, which places and entities both start from.
    pub(crate) spotted: Vec<Vec<Spotted>>,
    heads: BTreeMap<At, usize>,
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// The gazetteer's name; the text's own where the gazetteer has none.
    pub(crate) name: String,
    pub(crate) country: Option<Code>,
    pub(crate) admin1: Option<String>,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) geonameid: Option<u32>,
    pub(crate) precision: Precision,
}

/// Where a place is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlaceMention {
    pub(crate) sentence: u32,
    pub(crate) first: u32,
    pub(crate) end: u32,
    pub(crate) head: u32,
    pub(crate) span: Span,
    pub(crate) place: PlaceId,
    /// Whether its name stands for a government or only says which: nothing happens there.
    pub(crate) metonymic: bool,
    /// Whether it is part of an organisation's name.
    pub(crate) nested: bool,
}

impl Places {
    /// Finds the toponyms of an article and resolves them.
    pub(crate) fn read(doc: &Document<'_>) -> Self {
        let spotted = spot(doc);
        let toponyms = toponyms::find(doc, &spotted);
        let chosen = resolve::resolve(doc, &spotted, &toponyms);
        let mut places = Self { spotted, ..Self::default() };
        for (toponym, place) in toponyms.into_iter().zip(chosen) {
            let Some(place) = place else { continue };
            let id = places.id_of(place);
            let at = At { sentence: toponym.sentence, token: toponym.head };
            if !toponym.nested {
                places.heads.insert(at, places.mentions.len());
            }
            places.mentions.push(PlaceMention {
                sentence: toponym.sentence,
                first: toponym.first,
                end: toponym.end,
                head: toponym.head,
                span: toponym.span,
                place: id,
                metonymic: toponym.metonymic,
                nested: toponym.nested,
            });
        }
        places
    }

    /// The place that the toponym headed by this word names, if something can happen there.
    pub(crate) fn at(&self, at: At) -> Option<PlaceId> {
        self.mention_at(at).filter(|m| !m.metonymic).map(|m| m.place)
    }

    /// The toponym headed by this word, whatever it is used for.
    pub(crate) fn mention_at(&self, at: At) -> Option<&PlaceMention> {
        self.heads.get(&at).and_then(|&index| self.mentions.get(index))
    }

    /// The place with this id.
    pub(crate) fn get(&self, id: PlaceId) -> Option<&Place> {
        self.list.get(id.index())
    }

    fn id_of(&mut self, place: Place) -> PlaceId {
        let same = |other: &Place| match (place.geonameid, other.geonameid) {
            (Some(a), Some(b)) => a == b,
            _ => {
                other.name == place.name
                    && other.country == place.country
                    && other.precision == place.precision
            }
        };
        let index = self.list.iter().position(same).unwrap_or_else(|| {
            self.list.push(place);
            self.list.len() - 1
        });
        PlaceId(index as u32)
    }
}
