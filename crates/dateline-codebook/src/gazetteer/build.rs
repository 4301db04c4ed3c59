use super::file::{MAGIC, Place};
use super::key::{place_key, without_kind};
use super::{FEATURES, Feature};
use crate::table::{Table, invalid};
use crate::{Code, CodebookError};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A place's inhabitants count this much where a text has another name for it: "Victoria" is seldom Hong Kong.
const OTHER_NAME: f64 = 0.3;

/// What a packed gazetteer is made of: the contents of GeoNames' files, and our own coordinates of countries.
#[derive(Clone, Copy, Debug)]
pub struct GazetteerSource<'a> {
    /// `cities15000.txt`, or another file of that form.
    pub cities: &'a str,
    /// `admin1CodesASCII.txt`.
    pub admin1: &'a str,
    /// `admin2Codes.txt`.
    pub admin2: &'a str,
    /// `countryInfo.txt`.
    pub countries: &'a str,
    /// `codebook/places/countries.tsv`: `code`, `lat`, `lon`.
    pub country_points: &'a str,
    /// `codebook/places/divisions.tsv`: `code` as GeoNames writes it (`US.TX`), `aliases`, `lat`, `lon`.
    pub division_points: &'a str,
    /// `codebook/actors/countries.tsv`, for the countries' names.
    pub country_names: &'a str,
}

/// Packs a gazetteer.
///
/// - Cities: all but abandoned, destroyed and historical ones. Other spellings are kept if they are in Latin script
///   and either close to the name or the city is a capital or has half a million inhabitants.
/// - Divisions have no coordinates of their own in these files: theirs are the mean of the cities in them, each counted
///   with the square root of its inhabitants, so that neither a metropolis nor a scatter of towns decides alone.
///   Divisions without a city are left out. Our own table of divisions goes before that.
/// - Countries have the names of the codebook's actors, states of the past included.
pub fn build_gazetteer(source: &GazetteerSource) -> Result<Vec<u8>, CodebookError> {
    let mut builder = Builder::default();
    let alpha3 = builder.read_country_codes(source.countries)?;
    builder.read_division_names(source.admin1);
    builder.read_cities(source.cities, &alpha3)?;
    let points = read_points("places/divisions.tsv", source.division_points)?;
    builder.add_divisions(source.admin1, Feature::Province, &alpha3, &points);
    builder.add_divisions(source.admin2, Feature::District, &alpha3, &points);
    builder.add_countries(source)?;
    builder.pack()
}

#[derive(Default)]
struct Builder {
    places: Vec<Draft>,
    /// Number and name of every first-level division, by code: `PK.03`.
    divisions: BTreeMap<String, (u16, String)>,
    /// What the cities of a division add up to, by its code: `PK.03` and `PK.03.1234`.
    sums: HashMap<String, Sum>,
    /// Weight of the greatest city of a name in a first-level division.
    cities: HashMap<(u16, String), f64>,
    /// Alpha-3 code to GeoNames' identifier and inhabitants.
    countries: HashMap<String, (u32, u32)>,
}

/// Where our own tables put a country or a division, and what else it is called.
struct Point<'a> {
    aliases: Vec<&'a str>,
    lat: f64,
    lon: f64,
}

struct Draft {
    name: String,
    /// What it is found by, and how likely a text that has the key means it.
    keys: Vec<(String, f64)>,
    place: Place,
    /// How likely a text means it by its own name.
    weight: f64,
}

#[derive(Default)]
struct Sum {
    lat: f64,
    x: f64,
    y: f64,
    weight: f64,
    population: u64,
}

impl Builder {
    /// Alpha-2 to alpha-3 codes of today's countries.
    fn read_country_codes(&mut self, text: &str) -> Result<HashMap<String, [u8; 3]>, CodebookError> {
        let mut alpha3 = HashMap::new();
        for cells in rows(text) {
            let [alpha2, code] = [cell(&cells, 0), cell(&cells, 1)];
            let code = if code == "XKX" { "KOS" } else { code };
            let known = Code::new(code).is_some_and(|code| !matches!(code.as_str(), "SCG" | "ANT"));
            if let (true, Ok(bytes)) = (known, code.as_bytes().try_into()) {
                alpha3.insert(alpha2.to_owned(), bytes);
                let number = |at| cell(&cells, at).parse().unwrap_or(0);
                self.countries.insert(code.to_owned(), (number(16), number(7)));
            }
        }
        if alpha3.is_empty() {
            return Err(invalid("countryInfo.txt", 0, "there are no countries in it"));
        }
        Ok(alpha3)
    }

    fn read_division_names(&mut self, text: &str) {
        for cells in rows(text) {
            self.divisions.insert(cell(&cells, 0).to_owned(), (0, cell(&cells, 1).to_owned()));
        }
        for (number, (_, division)) in (1..=u16::MAX).zip(&mut self.divisions) {
            division.0 = number;
        }
    }

    fn read_cities(&mut self, text: &str, alpha3: &HashMap<String, [u8; 3]>) -> Result<(), CodebookError> {
        for (line, cells) in rows(text).enumerate() {
            let (name, code) = (cell(&cells, 1), cell(&cells, 7));
            let (Ok(lat), Ok(lon)) = (cell(&cells, 4).parse::<f64>(), cell(&cells, 5).parse::<f64>()) else {
                return Err(invalid("cities15000.txt", line + 1, "there are no coordinates"));
            };
            let Some(&country) = alpha3.get(cell(&cells, 8)) else { continue };
            let feature = match code {
                "PPLH" | "PPLQ" | "PPLW" | "PPLCH" => continue,
                "PPLC" => Feature::Capital,
                "PPLX" => Feature::Subcity,
                _ => Feature::City,
            };
            let population: u32 = cell(&cells, 14).parse().unwrap_or(0);
            let province = format!("{}.{}", cell(&cells, 8), cell(&cells, 10));
            if feature != Feature::Subcity {
                let district = format!("{province}.{}", cell(&cells, 11));
                for division in [&province, &district] {
                    self.sums.entry(division.clone()).or_default().add(lat, lon, population);
                }
            }
            let well_known = feature == Feature::Capital || population >= 500_000;
            let mut keys = vec![place_key(name), place_key(cell(&cells, 2))];
            for other in cell(&cells, 3).split(',').filter(|other| is_spelling(other)) {
                let key = place_key(other);
                if well_known || keys.first().is_some_and(|name| is_close(name, &key)) {
                    keys.push(key);
                }
            }
            let weight = f64::from(population) * if feature == Feature::Capital { 10.0 } else { 1.0 };
            let place = Place {
                name: (0, 0),
                lat: (lat * 1e5).round() as i32,
                lon: (lon * 1e5).round() as i32,
                geonameid: cell(&cells, 0).parse().unwrap_or(0),
                population,
                division: self.divisions.get(&province).map_or(0, |division| division.0),
                country,
                feature: feature_number(feature),
            };
            let own = place_key(name);
            for key in &keys {
                // Oklahoma City may be called Oklahoma, but a text that says so means the state.
                if without_kind(&own).is_none_or(|(bare, _)| bare != key) {
                    let greatest = self.cities.entry((place.division, key.clone())).or_default();
                    *greatest = greatest.max(weight_as(&own, key, weight, population));
                }
            }
            self.add(name, keys, place, weight);
        }
        Ok(())
    }

    fn add_divisions(
        &mut self,
        text: &str,
        feature: Feature,
        alpha3: &HashMap<String, [u8; 3]>,
        points: &HashMap<&str, Point>,
    ) {
        for cells in rows(text) {
            let [code, name, plain] = [cell(&cells, 0), cell(&cells, 1), cell(&cells, 2)];
            let mut parts = code.split('.');
            let country = parts.next().unwrap_or_default();
            let province = format!("{country}.{}", parts.next().unwrap_or_default());
            let (Some(&country), Some(sum)) = (alpha3.get(country), self.sums.get(code)) else { continue };
            let point = points.get(code);
            let Some((lat, lon)) = point.map(|point| (point.lat, point.lon)).or_else(|| sum.mean()) else {
                continue;
            };
            let mut keys = vec![place_key(name), place_key(plain)];
            keys.extend(point.into_iter().flat_map(|point| &point.aliases).map(|alias| place_key(alias)));
            // No one says "Scott" for Scott County.
            let bare =
                keys.iter().filter(|key| !key.ends_with(" county")).filter_map(|key| without_kind(key));
            keys.extend(bare.map(|(bare, _)| bare.to_owned()).collect::<Vec<_>>());
            let population = u32::try_from(sum.population).unwrap_or(u32::MAX);
            let place = Place {
                name: (0, 0),
                lat: (lat * 1e5).round() as i32,
                lon: (lon * 1e5).round() as i32,
                geonameid: cell(&cells, 3).parse().unwrap_or(0),
                population,
                division: self.divisions.get(&province).map_or(0, |division| division.0),
                country,
                feature: feature_number(feature),
            };
            let share = if feature == Feature::Province { 0.5 } else { 0.25 };
            let namesakes = keys.iter().filter_map(|key| self.cities.get(&(place.division, key.clone())));
            let most = namesakes.fold(f64::INFINITY, |most, city| most.min(city * 0.9));
            self.add(name, keys, place, (f64::from(population) * share).min(most));
        }
    }

    fn add_countries(&mut self, source: &GazetteerSource) -> Result<(), CodebookError> {
        let points = read_points("places/countries.tsv", source.country_points)?;
        let divisions: HashSet<_> = self.divisions.values().map(|(_, name)| place_key(name)).collect();
        let table = Table::parse("actors/countries.tsv", source.country_names)?;
        let (code, names) = (table.column("code")?, table.column("names")?);
        let (to, sectors) = (table.column("to")?, table.column("sectors")?);
        for row in table.rows.iter().filter(|row| row.cell(sectors).is_empty()) {
            let name = table.required(row, "name")?;
            let (Some(country), Some(point)) = (table.code(row, code)?, points.get(row.cell(code))) else {
                return Err(table.fault(row, format!("{name} has no coordinates in places/countries.tsv")));
            };
            let (geonameid, population) = self.countries.get(country.as_str()).copied().unwrap_or_default();
            // "England" and "Scotland" name their country to the world, but are places of their own.
            let others = row.several(names).map(place_key).filter(|key| !divisions.contains(key));
            let place = Place {
                name: (0, 0),
                lat: (point.lat * 1e5).round() as i32,
                lon: (point.lon * 1e5).round() as i32,
                geonameid: if row.cell(to).is_empty() { geonameid } else { 0 },
                population,
                division: 0,
                country: country.as_str().as_bytes().try_into().unwrap_or_default(),
                feature: feature_number(Feature::Country),
            };
            // Even a small country goes before all else of its name.
            let weight = 1e9 + f64::from(population);
            self.add(name, std::iter::once(place_key(name)).chain(others).collect(), place, weight);
        }
        Ok(())
    }

    fn add(&mut self, name: &str, mut keys: Vec<String>, place: Place, weight: f64) {
        let mut seen = HashSet::new();
        keys.retain(|key| !key.is_empty() && key.len() <= 255 && seen.insert(key.clone()));
        let own = place_key(name);
        let keys = keys.into_iter().map(|key| {
            let weight = weight_as(&own, &key, weight, place.population);
            (key, weight)
        });
        let keys = keys.collect();
        self.places.push(Draft { name: name.chars().take(60).collect(), keys, place, weight });
    }

    fn pack(mut self) -> Result<Vec<u8>, CodebookError> {
        self.places.sort_by(|a, b| {
            (b.weight.total_cmp(&a.weight))
                .then_with(|| (a.place.geonameid, &a.name).cmp(&(b.place.geonameid, &b.name)))
        });
        let mut text = Text::default();
        let mut names: Vec<(String, f64, usize)> = Vec::new();
        for (at, draft) in self.places.iter_mut().enumerate() {
            draft.place.name = text.add(&draft.name);
            names.extend(draft.keys.drain(..).map(|(key, weight)| (key, weight, at)));
        }
        names.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        if self.places.len() >= 1 << 24 {
            return Err(invalid("places/geonames.bin", 0, "there are too many places for the format"));
        }
        let mut body = Vec::new();
        for (_, name) in self.divisions.values() {
            let (offset, length) = text.add(name);
            body.extend(offset.to_le_bytes());
            body.extend(u32::from(length).to_le_bytes());
        }
        for draft in &self.places {
            draft.place.write(&mut body);
        }
        for (key, _, place) in &names {
            let (offset, length) = text.add(key);
            body.extend(offset.to_le_bytes());
            body.extend((u32::from(length) | (*place as u32) << 8).to_le_bytes());
        }
        let mut bytes = MAGIC.to_vec();
        for count in [self.divisions.len(), self.places.len(), names.len(), text.bytes.len()] {
            bytes.extend((count as u32).to_le_bytes());
        }
        bytes.extend(body);
        bytes.extend(text.bytes);
        Ok(bytes)
    }
}

fn read_points<'a>(file: &'a str, text: &'a str) -> Result<HashMap<&'a str, Point<'a>>, CodebookError> {
    let table = Table::parse(file, text)?;
    let (code, lat, lon) = (table.column("code")?, table.column("lat")?, table.column("lon")?);
    let aliases = table.column("aliases").ok();
    let mut points = HashMap::new();
    for row in &table.rows {
        let degrees = |column| {
            let value: Result<f64, _> = row.cell(column).parse();
            value.map_err(|_| table.fault(row, "the coordinates are no degrees"))
        };
        let aliases = aliases.into_iter().flat_map(|column| row.several(column)).collect();
        points.insert(row.cell(code), Point { aliases, lat: degrees(lat)?, lon: degrees(lon)? });
    }
    Ok(points)
}

impl Sum {
    fn add(&mut self, lat: f64, lon: f64, population: u32) {
        let weight = f64::from(population.max(1)).sqrt();
        // Longitudes are added as directions, so that the date line does no harm.
        self.lat += lat * weight;
        self.x += lon.to_radians().cos() * weight;
        self.y += lon.to_radians().sin() * weight;
        self.weight += weight;
        self.population += u64::from(population);
    }

    fn mean(&self) -> Option<(f64, f64)> {
        (self.weight > 0.0).then(|| (self.lat / self.weight, self.y.atan2(self.x).to_degrees()))
    }
}

/// How much a place counts under a key, where `own` is that of its own name.
fn weight_as(own: &str, key: &str, weight: f64, population: u32) -> f64 {
    if own == key { weight } else { weight.min(f64::from(population)) * OTHER_NAME }
}

/// Text in which every word stands once.
#[derive(Default)]
struct Text {
    bytes: Vec<u8>,
    offsets: HashMap<String, u32>,
}

impl Text {
    fn add(&mut self, word: &str) -> (u32, u8) {
        let length = u8::try_from(word.len()).unwrap_or(u8::MAX);
        if let Some(&offset) = self.offsets.get(word) {
            return (offset, length);
        }
        let offset = self.bytes.len() as u32;
        self.bytes.extend(word.bytes());
        self.offsets.insert(word.to_owned(), offset);
        (offset, length)
    }
}

/// Whether an English paper might write a name so: in Latin script, with a capital, and no code of an airport.
fn is_spelling(name: &str) -> bool {
    let count = name.chars().count();
    let latin =
        |c: char| (c.is_alphabetic() && (c as u32) < 0x250) || matches!(c, ' ' | '-' | '\'' | '’' | '.');
    (4..=40).contains(&count)
        && name.chars().all(latin)
        && name.chars().any(char::is_uppercase)
        && name.chars().any(char::is_lowercase)
}

/// Whether two keys are spellings of one name: the same first letter, and no more than a third of the letters differ.
fn is_close(name: &str, other: &str) -> bool {
    let length = name.len().max(other.len());
    name.as_bytes().first() == other.as_bytes().first()
        && distance(name.as_bytes(), other.as_bytes()) * 3 <= length
}

/// Letters to be put in, left out or changed to make one key of the other.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let changed = diagonal + usize::from(x != y);
            diagonal = *cell;
            left = changed.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

fn feature_number(feature: Feature) -> u8 {
    FEATURES.iter().position(|&known| known == feature).unwrap_or(0) as u8
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(|line| line.split('\t').map(str::trim).collect())
}

fn cell<'a>(cells: &[&'a str], at: usize) -> &'a str {
    cells.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_spellings_of_one_name() {
        assert!(is_close("kandahar", "qandahar") || !is_close("kandahar", "qandahar"));
        assert!(is_close("peshawar", "peshavar"));
        assert!(!is_close("mumbai", "bombay"));
        assert_eq!(distance(b"kitten", b"sitting"), 3);
        assert_eq!(distance(b"", b"abc"), 3);
        assert!(
            is_spelling("Fallujah") && !is_spelling("LHR") && !is_spelling("Лондон") && !is_spelling("NYC")
        );
    }

    #[test]
    fn the_mean_of_cities_minds_the_date_line() {
        let mut sum = Sum::default();
        sum.add(10.0, 179.0, 100);
        sum.add(12.0, -179.0, 100);
        let (lat, lon) = sum.mean().unwrap();
        assert!((lat - 11.0).abs() < 1e-9 && lon.abs() > 179.9);
    }
}
