use super::file::{HEAD, MAGIC, Place};
use super::key::place_key;
use crate::CodebookError;
use crate::table::invalid;

/// A place's inhabitants count this much where a text has another name for it: "Victoria" is seldom Hong Kong.
const OTHER_NAME: f64 = 0.3;

/// More places than the format has numbers for.
const MOST: usize = 1 << 24;

/// Gathers places and packs them. Names lie in one text, so that millions of places need little memory.
#[derive(Default)]
pub(super) struct Packer {
    text: Vec<u8>,
    places: Vec<Draft>,
    names: Vec<Name>,
}

struct Draft {
    place: Place,
    /// How likely a text means it by its own name.
    weight: f32,
}

/// What a place is found by.
#[derive(Clone, Copy)]
struct Name {
    offset: u32,
    length: u8,
    place: u32,
    /// How likely a text that has the key means the place.
    weight: f32,
}

/// A division's code as GeoNames writes it, and its name.
pub(super) type Division = (String, String);

impl Packer {
    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Adds a place that is found by its own name and by `keys`. Its `name` is filled in here.
    pub(super) fn add(
        &mut self,
        name: &str,
        keys: &[String],
        mut place: Place,
        weight: f64,
    ) -> Result<(), CodebookError> {
        let own = place_key(name);
        let number = u32::try_from(self.places.len()).ok().filter(|&number| (number as usize) < MOST);
        let number =
            number.ok_or_else(|| invalid("gazetteer", 0, "there are too many places for the format"))?;
        let short: String = name.chars().take(60).collect();
        place.name = self.write(short.as_bytes())?;
        for (at, key) in keys.iter().enumerate() {
            let fits =
                !key.is_empty() && key.len() <= 255 && keys.iter().position(|other| other == key) == Some(at);
            if fits {
                let (offset, length) = self.write(key.as_bytes())?;
                let weight = weight_as(&own, key, weight, place.population) as f32;
                self.names.push(Name { offset, length, place: number, weight });
            }
        }
        self.places.push(Draft { place, weight: weight as f32 });
        Ok(())
    }

    fn write(&mut self, word: &[u8]) -> Result<(u32, u8), CodebookError> {
        let length = u8::try_from(word.len()).unwrap_or(u8::MAX);
        let word = word.get(..usize::from(length)).unwrap_or_default();
        let offset = u32::try_from(self.text.len());
        let offset = offset.map_err(|_| invalid("gazetteer", 0, "there is too much text for the format"))?;
        self.text.extend(word);
        Ok((offset, length))
    }

    fn word(&self, offset: u32, length: u8) -> &[u8] {
        let start = offset as usize;
        self.text.get(start..start + usize::from(length)).unwrap_or_default()
    }

    /// The packed file. Places are written with the likeliest first, names by key, each key once.
    pub(super) fn pack(self, divisions: &[Division]) -> Vec<u8> {
        let mut order: Vec<u32> = (0..self.places.len() as u32).collect();
        let draft = |at: u32| self.places.get(at as usize);
        order.sort_unstable_by(|&a, &b| {
            let (Some(x), Some(y)) = (draft(a), draft(b)) else { return a.cmp(&b) };
            (y.weight.total_cmp(&x.weight)).then(x.place.geonameid.cmp(&y.place.geonameid)).then(a.cmp(&b))
        });
        let mut rank = vec![0_u32; order.len()];
        for (new, &old) in (0_u32..).zip(&order) {
            if let Some(slot) = rank.get_mut(old as usize) {
                *slot = new;
            }
        }
        let rank_of = |name: &Name| rank.get(name.place as usize).copied().unwrap_or(0);
        let mut names = self.names.clone();
        names.sort_unstable_by(|a, b| {
            let key = |name: &Name| self.word(name.offset, name.length);
            (key(a).cmp(key(b))).then(b.weight.total_cmp(&a.weight)).then(rank_of(a).cmp(&rank_of(b)))
        });

        let mut text = Vec::with_capacity(self.text.len());
        let mut body = Vec::with_capacity(order.len() * Place::SIZE + names.len() * 8);
        let mut put = |word: &[u8]| {
            let offset = text.len() as u32;
            text.extend(word);
            offset
        };
        for (code, name) in divisions {
            body.extend(put(name.as_bytes()).to_le_bytes());
            body.extend(put(code.as_bytes()).to_le_bytes());
            body.extend([name.len().min(255) as u8, code.len().min(255) as u8, 0, 0]);
        }
        for &at in &order {
            let Some(draft) = draft(at) else { continue };
            let (offset, length) = draft.place.name;
            let name = (put(self.word(offset, length)), length);
            Place { name, ..draft.place }.write(&mut body);
        }
        let mut before: (&[u8], u32) = (&[], 0);
        for name in &names {
            let key = self.word(name.offset, name.length);
            if key != before.0 {
                before = (key, put(key));
            }
            body.extend(before.1.to_le_bytes());
            body.extend((u32::from(name.length) | rank_of(name) << 8).to_le_bytes());
        }
        body.extend(&text);
        let mut bytes = Vec::with_capacity(HEAD + body.len());
        bytes.extend(MAGIC);
        for count in [divisions.len(), order.len(), names.len(), text.len()] {
            bytes.extend((count as u32).to_le_bytes());
        }
        bytes.extend(xxhash_rust::xxh3::xxh3_64(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }
}

/// How much a place counts under a key, where `own` is that of its own name.
pub(super) fn weight_as(own: &str, key: &str, weight: f64, population: u32) -> f64 {
    if own == key { weight } else { weight.min(f64::from(population)) * OTHER_NAME }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(geonameid: u32, population: u32) -> Place {
        Place {
            name: (0, 0),
            lat: 100,
            lon: 200,
            geonameid,
            population,
            division: 1,
            country: *b"KEN",
            feature: 1,
        }
    }

    #[test]
    fn the_likeliest_comes_first_and_every_key_stands_once() {
        let mut packer = Packer::default();
        for (id, population) in [(1, 10), (2, 5_000), (3, 70)] {
            packer
                .add("Amel", &["amel".into(), "amel".into()], place(id, population), f64::from(population))
                .unwrap();
        }
        let bytes = packer.pack(&[("KE.01".into(), "Coast".into())]);
        let file =
            super::super::file::PlaceFile::open("test", super::super::bytes::Bytes::Owned(bytes)).unwrap();
        let found: Vec<_> = file.find("amel").map(|p| (p.geonameid, p.admin1)).collect();
        assert_eq!(found, [(2, Some("Coast")), (3, Some("Coast")), (1, Some("Coast"))]);
        assert_eq!(file.divisions().collect::<Vec<_>>(), [("KE.01", "Coast")]);
    }
}
