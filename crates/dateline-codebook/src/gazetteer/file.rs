use super::bytes::Bytes;
use super::{FEATURES, Feature, GazetteerPlace};
use crate::table::invalid;
use crate::{Code, CodebookError};

/// First bytes of a packed gazetteer; the last is the version of the format.
pub(super) const MAGIC: [u8; 8] = *b"DLPLACE\x02";

/// A packed gazetteer, searched where it lies.
///
/// All numbers are little-endian. After the magic come four `u32`: how many divisions, places and names there are, and
/// how many bytes of text; and a hash of all that follows, `u64`. Then:
/// - divisions: offsets of name and code in the text, `u32` each, and their lengths, `u8` each, with two bytes to spare;
/// - places, [`Place::SIZE`] bytes each;
/// - names: the key's offset in the text, `u32`, its length, `u8`, and the place, 24 bits; sorted by key, then the
///   likeliest place first;
/// - the text, UTF-8.
#[derive(Debug, Default)]
pub(super) struct PlaceFile {
    bytes: Bytes,
    divisions: usize,
    places: usize,
    names: usize,
}

/// One place as it is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Offset and length of the name in the text.
    pub(super) name: (u32, u8),
    /// Hundred-thousandths of a degree.
    pub(super) lat: i32,
    /// Hundred-thousandths of a degree.
    pub(super) lon: i32,
    pub(super) geonameid: u32,
    pub(super) population: u32,
    /// Number of the first-level division, counted from one; 0 for none.
    pub(super) division: u16,
    pub(super) country: [u8; 3],
    /// Position in [`FEATURES`].
    pub(super) feature: u8,
}

pub(super) const HEAD: usize = 32;
const DIVISION: usize = 12;
const NAME: usize = 8;

impl PlaceFile {
    /// Looks at the head of a packed gazetteer; `file` names it in errors.
    pub(super) fn open(file: &str, bytes: Bytes) -> Result<Self, CodebookError> {
        let broken = |what: &str| invalid(file, 0, what);
        if bytes.get(..MAGIC.len()) != Some(&MAGIC) {
            return Err(broken("this is no packed gazetteer, or one of another version"));
        }
        let count =
            |at| u32_at(&bytes, at).map(|n| n as usize).ok_or_else(|| broken("the head is cut short"));
        let (divisions, places, names, text) = (count(8)?, count(12)?, count(16)?, count(20)?);
        let size = [divisions * DIVISION, places * Place::SIZE, names * NAME, text]
            .into_iter()
            .try_fold(HEAD, usize::checked_add);
        if size != Some(bytes.len()) {
            return Err(broken("the file is cut short, or longer than its head says"));
        }
        Ok(Self { bytes, divisions, places, names })
    }

    /// The hash of what it holds, as the head states it.
    pub(super) fn hash(&self) -> u64 {
        let head = self.bytes.get(HEAD - 8..HEAD).and_then(|bytes| bytes.try_into().ok());
        head.map_or(0, u64::from_le_bytes)
    }

    /// Every first-level division, by number from one: its code as GeoNames writes it (`PK.03`), and its name.
    pub(super) fn divisions(&self) -> impl Iterator<Item = (&str, &str)> {
        (0..self.divisions)
            .map(|at| (self.division_code(at).unwrap_or_default(), self.division(at).unwrap_or_default()))
    }

    /// Codes of divisions with the country of each, as its places have it; a division may come many times.
    pub(super) fn countries(&self) -> impl Iterator<Item = (&str, [u8; 3])> {
        (0..self.places).filter_map(|at| {
            let place = self.packed(at)?;
            let division = usize::from(place.division).checked_sub(1)?;
            Some((self.division_code(division)?, place.country))
        })
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.places
    }

    /// Every place, in the order of the file.
    pub(super) fn iter(&self) -> impl Iterator<Item = GazetteerPlace<'_>> {
        (0..self.places).filter_map(|at| self.place(at))
    }

    /// The places with this key, in the order of the file.
    pub(super) fn find(&self, key: &str) -> impl Iterator<Item = GazetteerPlace<'_>> {
        let (mut low, mut high) = (0, self.names);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.key(middle).is_some_and(|found| found < key.as_bytes()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let key = key.to_owned();
        (low..self.names)
            .take_while(move |&at| self.key(at) == Some(key.as_bytes()))
            .filter_map(|at| self.place_of_name(at))
    }

    fn key(&self, name: usize) -> Option<&[u8]> {
        let at = self.names_at() + name * NAME;
        self.text(u32_at(&self.bytes, at)?, *self.bytes.get(at + 4)?)
    }

    fn place_of_name(&self, name: usize) -> Option<GazetteerPlace<'_>> {
        let packed = u32_at(&self.bytes, self.names_at() + name * NAME + 4)?;
        self.place((packed >> 8) as usize)
    }

    fn place(&self, place: usize) -> Option<GazetteerPlace<'_>> {
        let place = self.packed(place)?;
        let (lat, lon) = (f64::from(place.lat) / 1e5, f64::from(place.lon) / 1e5);
        if lat.abs() > 90.0 || lon.abs() > 180.0 {
            return None;
        }
        Some(GazetteerPlace {
            name: self.word(place.name.0, place.name.1).filter(|name| !name.is_empty())?,
            country: std::str::from_utf8(&place.country).ok().and_then(Code::new),
            admin1: usize::from(place.division).checked_sub(1).and_then(|division| self.division(division)),
            lat,
            lon,
            geonameid: place.geonameid,
            feature: FEATURES.get(usize::from(place.feature)).copied().unwrap_or(Feature::City),
            population: place.population,
        })
    }

    fn packed(&self, place: usize) -> Option<Place> {
        let at = HEAD + self.divisions * DIVISION + place * Place::SIZE;
        Place::read(self.bytes.get(at..at + Place::SIZE)?)
    }

    fn division(&self, division: usize) -> Option<&str> {
        let at = HEAD + division * DIVISION;
        self.word(u32_at(&self.bytes, at)?, *self.bytes.get(at + 8)?)
    }

    fn division_code(&self, division: usize) -> Option<&str> {
        let at = HEAD + division * DIVISION;
        self.word(u32_at(&self.bytes, at + 4)?, *self.bytes.get(at + 9)?)
    }

    fn names_at(&self) -> usize {
        HEAD + self.divisions * DIVISION + self.places * Place::SIZE
    }

    fn text(&self, offset: u32, length: u8) -> Option<&[u8]> {
        let start = self.names_at() + self.names * NAME + offset as usize;
        self.bytes.get(start..start.checked_add(usize::from(length))?)
    }

    fn word(&self, offset: u32, length: u8) -> Option<&str> {
        std::str::from_utf8(self.text(offset, length)?).ok()
    }
}

impl Place {
    /// Bytes of a packed place.
    pub(super) const SIZE: usize = 28;

    /// Appends the place to a packed gazetteer.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.name.0.to_le_bytes());
        bytes.extend(self.lat.to_le_bytes());
        bytes.extend(self.lon.to_le_bytes());
        bytes.extend(self.geonameid.to_le_bytes());
        bytes.extend(self.population.to_le_bytes());
        bytes.extend(self.division.to_le_bytes());
        bytes.extend(self.country);
        bytes.extend([self.feature, self.name.1, 0]);
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let number = |at| u32_at(bytes, at);
        Some(Self {
            name: (number(0)?, *bytes.get(26)?),
            lat: number(4)?.cast_signed(),
            lon: number(8)?.cast_signed(),
            geonameid: number(12)?,
            population: number(16)?,
            division: u16::from_le_bytes(bytes.get(20..22)?.try_into().ok()?),
            country: bytes.get(22..25)?.try_into().ok()?,
            feature: *bytes.get(25)?,
        })
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let place = Place {
            name: (7, 9),
            lat: -3_412_345,
            lon: 15_100_000,
            geonameid: 2_147_714,
            population: 5_557_233,
            division: 3,
            country: *b"AUS",
            feature: 1,
        };
        let mut bytes = Vec::new();
        place.write(&mut bytes);
        assert_eq!(bytes.len(), Place::SIZE);
        assert_eq!(Place::read(&bytes), Some(place));
        assert_eq!(Place::read(&bytes[2..]), None);
    }
}
