//! Packs GeoNames' files into the gazetteer that ships inside the program:
//!
//! ```sh
//! cargo run -p dateline-codebook --example build-gazetteer -- DATA codebook/places/geonames.bin
//! ```
//!
//! `DATA` is a folder with `cities15000.txt`, `admin1CodesASCII.txt`, `admin2Codes.txt` and `countryInfo.txt`, and for
//! smaller places `cities500.txt`. Run it from the repository's root.

use dateline_codebook::{GazetteerSource, build_gazetteer};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(data), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: build-gazetteer DATA OUT".into());
    };
    let read = |name: &str| {
        let path = Path::new(&data).join(name);
        std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))
    };
    let points = std::fs::read_to_string("codebook/places/countries.tsv")?;
    let packed = build_gazetteer(&GazetteerSource {
        cities: &read("cities15000.txt")?,
        towns: &read("cities500.txt").unwrap_or_default(),
        admin1: &read("admin1CodesASCII.txt")?,
        admin2: &read("admin2Codes.txt")?,
        countries: &read("countryInfo.txt")?,
        country_points: &points,
        division_points: &std::fs::read_to_string("codebook/places/divisions.tsv")?,
        county_points: &std::fs::read_to_string("codebook/places/counties.tsv")?,
        country_names: &std::fs::read_to_string("codebook/actors/countries.tsv")?,
    })?;
    std::fs::write(&out, packed)?;
    Ok(())
}
