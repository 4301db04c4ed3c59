use super::file::Place;
use super::key::{place_key, without_kind};
use super::pack::{Packer, weight_as};
use super::row::Row;
use super::spelling::is_close;
use super::{Feature, feature_number};
use crate::table::{Table, invalid};
use crate::{Code, CodebookError};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Bound;

/// From this many inhabitants on a city's other names are known to readers, and kept.
const WELL_KNOWN: u32 = 500_000;

/// What a packed gazetteer is made of: the contents of GeoNames' files, and our own coordinates of countries.
#[derive(Clone, Copy, Debug)]
pub struct GazetteerSource<'a> {
    /// `cities15000.txt`, or another file of that form.
    pub cities: &'a str,
    /// `cities500.txt`, or another file of that form; empty for none. Places that `cities` has are left out.
    pub towns: &'a str,
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
    /// `codebook/places/counties.tsv`: `code` as GeoNames writes it (`US.TX.277`), `lat`, `lon`.
    pub county_points: &'a str,
    /// `codebook/actors/countries.tsv`, for the countries' names.
    pub country_names: &'a str,
}

/// Packs a gazetteer.
///
/// - Cities: all but abandoned, destroyed and historical ones. Other spellings are kept if they are in Latin script
///   and either close to the name or the city is a capital or has half a million inhabitants.
/// - Divisions have no coordinates of their own in these files: theirs are the mean of the cities in them, each counted
///   with the square root of its inhabitants, so that neither a metropolis nor a scatter of towns decides alone.
///   Divisions without a city are left out. Our own tables of divisions and counties go before that.
/// - Countries have the names of the codebook's actors, states of the past included.
///
/// # Errors
/// When a file does not say what it must.
pub fn build_gazetteer(source: &GazetteerSource) -> Result<Vec<u8>, CodebookError> {
    let mut builder = Builder::default();
    let alpha3 = builder.read_country_codes(source.countries)?;
    builder.read_division_names(source.admin1);
    let points = read_points("places/divisions.tsv", source.division_points)?;
    let counties = read_points("places/counties.tsv", source.county_points)?;
    builder.read_cities("cities15000.txt", source.cities, &alpha3, &counties)?;
    builder.read_cities("cities500.txt", source.towns, &alpha3, &counties)?;
    builder.add_divisions(source.admin1, Feature::Province, &alpha3, &points)?;
    builder.add_divisions(source.admin2, Feature::District, &alpha3, &counties)?;
    builder.add_countries(source)?;
    let divisions: Vec<_> = builder.divisions.into_iter().map(|(code, (_, name))| (code, name)).collect();
    Ok(builder.packer.pack(&divisions))
}

#[derive(Default)]
struct Builder {
    packer: Packer,
    /// GeoNames' identifiers of the cities that are in.
    seen: HashSet<u32>,
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

    fn read_cities(
        &mut self,
        file: &str,
        text: &str,
        alpha3: &HashMap<String, [u8; 3]>,
        counties: &BTreeMap<&str, Point>,
    ) -> Result<(), CodebookError> {
        for (line, text) in text.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            let row = Row::parse(text).ok_or_else(|| invalid(file, line + 1, "there are no coordinates"))?;
            let Some(&country) = alpha3.get(row.country) else { continue };
            let feature = match row.code {
                "PPLH" | "PPLQ" | "PPLW" | "PPLCH" => continue,
                "PPLC" => Feature::Capital,
                "PPLX" => Feature::Subcity,
                _ => Feature::City,
            };
            if !self.seen.insert(row.geonameid) {
                continue;
            }
            let province = format!("{}.{}", row.country, row.admin1);
            if feature != Feature::Subcity {
                let district = match row.admin2 {
                    "" => nearest(counties, &province, row.lat, row.lon).unwrap_or_default().to_owned(),
                    admin2 => format!("{province}.{admin2}"),
                };
                for division in [&province, &district] {
                    self.sums.entry(division.clone()).or_default().add(row.lat, row.lon, row.population);
                }
            }
            let well_known = feature == Feature::Capital || row.population >= WELL_KNOWN;
            let keys = row.keys(|own, other| well_known || is_close(own, other));
            let weight = f64::from(row.population) * if feature == Feature::Capital { 10.0 } else { 1.0 };
            let division = self.divisions.get(&province).map_or(0, |division| division.0);
            let own = place_key(row.name);
            for key in &keys {
                // Oklahoma City may be called Oklahoma, but a text that says so means the state.
                if without_kind(&own).is_none_or(|(bare, _)| bare != key) {
                    let greatest = self.cities.entry((division, key.clone())).or_default();
                    *greatest = greatest.max(weight_as(&own, key, weight, row.population));
                }
            }
            self.packer.add(row.name, &keys, row.place(country, division, feature), weight)?;
        }
        Ok(())
    }

    fn add_divisions(
        &mut self,
        text: &str,
        feature: Feature,
        alpha3: &HashMap<String, [u8; 3]>,
        points: &BTreeMap<&str, Point>,
    ) -> Result<(), CodebookError> {
        for cells in rows(text) {
            let [code, name, plain] = [cell(&cells, 0), cell(&cells, 1), cell(&cells, 2)];
            let mut parts = code.split('.');
            let country = parts.next().unwrap_or_default();
            let province = format!("{country}.{}", parts.next().unwrap_or_default());
            let (point, sum) = (points.get(code), self.sums.get(code));
            let here = point.map(|point| (point.lat, point.lon)).or_else(|| sum?.mean());
            let (Some(&country), Some((lat, lon))) = (alpha3.get(country), here) else { continue };
            let mut keys = vec![place_key(name), place_key(plain)];
            keys.extend(point.into_iter().flat_map(|point| &point.aliases).map(|alias| place_key(alias)));
            // No one says "Scott" for Scott County.
            let bare =
                keys.iter().filter(|key| !key.ends_with(" county")).filter_map(|key| without_kind(key));
            keys.extend(bare.map(|(bare, _)| bare.to_owned()).collect::<Vec<_>>());
            let population = u32::try_from(sum.map_or(0, |sum| sum.population)).unwrap_or(u32::MAX);
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
            self.packer.add(name, &keys, place, (f64::from(population) * share).min(most))?;
        }
        Ok(())
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
            let keys: Vec<String> = std::iter::once(place_key(name)).chain(others).collect();
            self.packer.add(name, &keys, place, weight)?;
        }
        Ok(())
    }
}

/// The county of a state whose middle is nearest to a point: the towns of `cities500.txt` may have none of their own.
fn nearest<'a>(counties: &BTreeMap<&'a str, Point>, state: &str, lat: f64, lon: f64) -> Option<&'a str> {
    let after = format!("{state}.");
    let inside = counties
        .range::<str, _>((Bound::Included(after.as_str()), Bound::Unbounded))
        .take_while(|(code, _)| code.starts_with(&after));
    let squeeze = lat.to_radians().cos();
    let distance = |point: &Point| (point.lat - lat).powi(2) + ((point.lon - lon) * squeeze).powi(2);
    inside.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map(|(code, _)| *code)
}

fn read_points<'a>(file: &'a str, text: &'a str) -> Result<BTreeMap<&'a str, Point<'a>>, CodebookError> {
    let table = Table::parse(file, text)?;
    let (code, lat, lon) = (table.column("code")?, table.column("lat")?, table.column("lon")?);
    let aliases = table.column("aliases").ok();
    let mut points = BTreeMap::new();
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
    fn the_mean_of_cities_minds_the_date_line() {
        let mut sum = Sum::default();
        sum.add(10.0, 179.0, 100);
        sum.add(12.0, -179.0, 100);
        let (lat, lon) = sum.mean().unwrap();
        assert!((lat - 11.0).abs() < 1e-9 && lon.abs() > 179.9);
    }
}
