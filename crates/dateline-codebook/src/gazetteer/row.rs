use super::file::Place;
use super::key::place_key;
use super::spelling::is_spelling;
use super::{Feature, feature_number};

/// A row of a GeoNames dump: `cities500.txt`, `PK.txt`, `allCountries.txt` have one form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Row<'a> {
    pub(super) geonameid: u32,
    pub(super) name: &'a str,
    /// The name without diacritics; may be empty.
    pub(super) plain: &'a str,
    /// Other names, parted by commas.
    pub(super) others: &'a str,
    pub(super) lat: f64,
    pub(super) lon: f64,
    /// Feature class: `P` for a populated place.
    pub(super) class: &'a str,
    /// Feature code: `PPLC`, `ADM1`.
    pub(super) code: &'a str,
    /// Alpha-2.
    pub(super) country: &'a str,
    pub(super) admin1: &'a str,
    pub(super) admin2: &'a str,
    pub(super) population: u32,
}

impl<'a> Row<'a> {
    /// Reads a line; `None` where it has no name or no coordinates on the globe.
    pub(super) fn parse(line: &'a str) -> Option<Self> {
        let mut cells = line.split('\t').map(str::trim);
        let mut cell = || cells.next().unwrap_or_default();
        let (id, name, plain, others) = (cell(), cell(), cell(), cell());
        let (lat, lon, class, code, country, _) = (cell(), cell(), cell(), cell(), cell(), cell());
        let (admin1, admin2, _, _, population) = (cell(), cell(), cell(), cell(), cell());
        let degrees = |text: &str, most: f64| text.parse().ok().filter(|value: &f64| value.abs() <= most);
        Some(Self {
            geonameid: id.parse().ok()?,
            name: Some(name).filter(|name| !name.is_empty())?,
            plain,
            others,
            lat: degrees(lat, 90.0)?,
            lon: degrees(lon, 180.0)?,
            class,
            code,
            country,
            admin1,
            admin2,
            population: population.parse::<u64>().map_or(0, |count| u32::try_from(count).unwrap_or(u32::MAX)),
        })
    }

    /// What it is found by: its name, the name without diacritics, and those of its other names that an English report
    /// may use and `keep` takes, given the keys of both.
    pub(super) fn keys(&self, keep: impl Fn(&str, &str) -> bool) -> Vec<String> {
        let own = place_key(self.name);
        let mut keys = vec![own];
        let mut add = |key: String| {
            if !keys.contains(&key) {
                keys.push(key);
            }
        };
        if !self.plain.is_empty() {
            add(place_key(self.plain));
        }
        let own = place_key(self.name);
        for other in self.others.split(',').filter(|other| is_spelling(other)) {
            let key = place_key(other);
            if keep(&own, &key) {
                add(key);
            }
        }
        keys
    }

    /// The place as it is packed, but for its name.
    pub(super) fn place(&self, country: [u8; 3], division: u16, feature: Feature) -> Place {
        Place {
            name: (0, 0),
            lat: (self.lat * 1e5).round() as i32,
            lon: (self.lon * 1e5).round() as i32,
            geonameid: self.geonameid,
            population: self.population,
            division,
            country,
            feature: feature_number(feature),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_line_of_a_dump() {
        let line = "42\tPuerto Améliā\tPuerto Amelia\tPort Amelia,PAM,Порт\t-12.9\t40.5\tP\tPPLA\tMZ\t\t04\t0401\t\t\t9000\t\t\tz\t2020";
        let row = Row::parse(line).unwrap();
        assert_eq!((row.geonameid, row.country, row.admin2, row.population), (42, "MZ", "0401", 9000));
        assert_eq!(row.keys(|_, _| true), ["puerto amelia", "port amelia"]);
        assert_eq!(Row::parse("42\tNowhere\t\t\t91\t0"), None);
        assert_eq!(Row::parse(""), None);
    }
}
