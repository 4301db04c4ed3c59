use super::bytes::Bytes;
use super::file::PlaceFile;
use super::pack::Packer;
use super::row::Row;
use super::spelling::is_close;
use super::{Feature, PLACES};
use crate::CodebookError;
use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;

/// Packs a GeoNames dump of any size: `allCountries.txt`, `cities500.txt`, `PK.txt`.
///
/// ```
/// use dateline_codebook::{DumpPacker, Gazetteer};
/// let line = "900000001\tQarya Amel\tQarya Amel\t\t33.1\t44.2\tP\tPPL\tIQ\t\t07\t\t\t\t310\t\t\tAsia/Baghdad\t2024-01-01\n";
/// let mut packer = DumpPacker::new()?;
/// packer.read("IQ.txt", line.as_bytes())?;
/// let mut gazetteer = Gazetteer::standard()?;
/// gazetteer.add(packer.pack())?;
/// assert_eq!(gazetteer.find("Qarya Amel")[0].geonameid, 900_000_001);
/// # Ok::<(), dateline_codebook::CodebookError>(())
/// ```
#[derive(Default)]
pub struct DumpPacker {
    packer: Packer,
    /// Number and name of every first-level division, by code: `PK.03`.
    divisions: BTreeMap<String, (u16, String)>,
    /// Alpha-2 to alpha-3 codes.
    alpha3: HashMap<String, [u8; 3]>,
    skipped: u64,
}

impl DumpPacker {
    /// An empty one, which knows the countries and first-level divisions of the gazetteer inside the program.
    ///
    /// # Errors
    /// When that does not load, which a build that passes its tests does not do.
    pub fn new() -> Result<Self, CodebookError> {
        let own = PlaceFile::open("places/geonames.bin", Bytes::Embedded(PLACES))?;
        let mut dump = Self::default();
        for (number, (code, name)) in (1..=u16::MAX).zip(own.divisions()) {
            dump.divisions.insert(code.to_owned(), (number, name.to_owned()));
        }
        // A division's code begins with the country's two letters, and its places have the country's three.
        for (code, alpha3) in own.countries() {
            if let Some((alpha2, _)) = code.split_once('.')
                && !dump.alpha3.contains_key(alpha2)
            {
                dump.alpha3.insert(alpha2.to_owned(), alpha3);
            }
        }
        Ok(dump)
    }

    /// Reads a dump to its end; `file` names it in errors.
    ///
    /// Kept are populated places, divisions below the country, and what news is made at: islands, mountains, valleys,
    /// deserts, waters, airports, bases, camps, universities and the like. Lines that are no places are counted.
    ///
    /// # Errors
    /// When the dump cannot be read, or holds more than the format has numbers for.
    pub fn read(&mut self, file: &str, mut dump: impl BufRead) -> Result<(), CodebookError> {
        let mut line = String::new();
        loop {
            line.clear();
            let read = dump.read_line(&mut line);
            let unreadable = |source| CodebookError::Unreadable { file: file.to_owned(), source };
            if read.map_err(unreadable)? == 0 {
                return Ok(());
            }
            let text = line.trim_end_matches(['\n', '\r']);
            if !text.is_empty() && !text.starts_with('#') {
                self.add(text)?;
            }
        }
    }

    fn add(&mut self, line: &str) -> Result<(), CodebookError> {
        let row = Row::parse(line).filter(|row| !row.country.is_empty());
        let country = row.and_then(|row| self.alpha3.get(row.country).copied());
        let (Some(row), Some(country)) = (row, country) else {
            self.skipped += 1;
            return Ok(());
        };
        let Some(feature) = feature(row.class, row.code) else { return Ok(()) };
        let division = format!("{}.{}", row.country, row.admin1);
        let division = self.divisions.get(&division).map_or(0, |division| division.0);
        let well_known = feature == Feature::Capital || row.population >= 100_000;
        let keys = row.keys(|own, other| well_known || is_close(own, other));
        let weight = f64::from(row.population) * if feature == Feature::Capital { 10.0 } else { 1.0 };
        self.packer.add(row.name, &keys, row.place(country, division, feature), weight)
    }

    /// How many places there are so far, and how many lines were none.
    pub fn count(&self) -> (usize, u64) {
        (self.packer.len(), self.skipped)
    }

    /// The packed file.
    pub fn pack(self) -> Vec<u8> {
        let divisions: Vec<_> = self.divisions.into_iter().map(|(code, (_, name))| (code, name)).collect();
        self.packer.pack(&divisions)
    }
}

/// What a feature of GeoNames is here; `None` for what is left out.
fn feature(class: &str, code: &str) -> Option<Feature> {
    Some(match (class, code) {
        ("P", "PPLH" | "PPLQ" | "PPLW" | "PPLCH") => return None,
        ("P", "PPLC") => Feature::Capital,
        ("P", "PPLX") => Feature::Subcity,
        ("P", _) => Feature::City,
        ("A", "ADM1") => Feature::Province,
        ("A", "ADM2" | "ADM3" | "ADM4" | "ADM5" | "ADMD") => Feature::District,
        ("T", "ISL" | "ISLS" | "MT" | "MTS" | "PEN" | "VAL" | "DSRT" | "PASS" | "CAPE" | "VLC") => {
            Feature::Region
        }
        ("H", "LK" | "LKS" | "STM" | "SEA" | "OCN" | "GULF" | "STRT" | "BAY" | "CHN" | "RSV" | "DAM") => {
            Feature::Region
        }
        ("L", "RGN" | "PRK" | "RESN" | "RESV") => Feature::Region,
        ("L", "MILB" | "NVB" | "REFC")
        | ("S", "AIRB" | "AIRF" | "AIRP" | "CMP" | "CMPRF" | "DAM" | "FCL") => Feature::Subcity,
        ("S", "HSP" | "INSM" | "MNMT" | "MSQE" | "NUCL" | "PAL" | "PRN" | "PS" | "PSN" | "UNIV") => {
            Feature::Subcity
        }
        _ => return None,
    })
}

impl std::fmt::Debug for DumpPacker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DumpPacker").field("count", &self.count()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gazetteer;

    /// A dump of invented places in Kenya, Iraq and Texas, one of them twice as likely as the next.
    fn dump(places: u32) -> String {
        let mut text = String::from("# invented\nbroken line\n");
        // What is no spelling, such as a name with digits, is not taken for another name.
        let letters = |n: u32| n.to_string().bytes().map(|d| char::from(d - b'0' + b'a')).collect::<String>();
        for n in 0..places {
            let (country, admin1) = [("KE", "05"), ("IQ", "07"), ("US", "TX")][n as usize % 3];
            text += &format!(
                "{}\tAmelville {n}\tAmelville {n}\tAmeliville {}\t{:.4}\t{:.4}\tP\tPPL\t{country}\t\t{admin1}\t\t\t\t{}\t\t\t\t\n",
                900_000_000 + n,
                letters(n),
                f64::from(n % 90),
                f64::from(n % 180),
                // Large enough that their other names count.
                100_000 + n % 1000,
            );
        }
        text + "1\tNo Such Land\t\t\t1\t1\tP\tPPL\tZZ\t\t01\t\t\t\t5\t\t\t\t\n"
            + "2\tAmel Road\t\t\t1\t1\tR\tRD\tKE\t\t01\t\t\t\t5\t\t\t\t\n"
    }

    #[test]
    fn a_dump_of_many_places_is_searched_in_its_file() {
        let mut packer = DumpPacker::new().unwrap();
        packer.read("dump", dump(50_000).as_bytes()).unwrap();
        assert_eq!(packer.count(), (50_000, 2));
        let path = std::env::temp_dir().join(format!("dateline-dump-{}.places", std::process::id()));
        std::fs::write(&path, packer.pack()).unwrap();
        let mut gazetteer = Gazetteer::standard().unwrap();
        let alone = gazetteer.size().0;
        gazetteer.add_file(&path).unwrap();
        assert_eq!(gazetteer.size().0, alone + 50_000);
        let found = gazetteer.find("Amelville 47");
        assert_eq!((found[0].geonameid, found[0].admin1), (900_000_047, Some("Texas")));
        assert_eq!(gazetteer.find("Ameliville eh").len(), 1);
        assert_eq!(gazetteer.find("Peshawar")[0].country.unwrap().as_str(), "PAK");
        assert!(gazetteer.find("Amel Road").is_empty() && gazetteer.find("No Such Land").is_empty());
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn the_same_dump_gives_the_same_file() {
        let pack = || {
            let mut packer = DumpPacker::new().unwrap();
            packer.read("dump", dump(500).as_bytes()).unwrap();
            packer.pack()
        };
        assert_eq!(pack(), pack());
    }
}
