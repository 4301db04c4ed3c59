use super::*;
use dateline::Codebook;
use std::collections::BTreeSet;

fn standard() -> Crosswalk {
    Crosswalk::standard().unwrap()
}

#[test]
fn every_country_of_the_codebook_is_there_and_no_other() {
    let crosswalk = standard();
    let codebook = include_str!("../../../../codebook/places/countries.tsv");
    let codes: BTreeSet<&str> = (codebook.lines().filter(|line| !line.starts_with('#')).skip(1))
        .filter_map(|line| line.split('\t').next())
        .collect();
    let known: BTreeSet<&str> = crosswalk.countries.keys().copied().collect();
    assert_eq!(codes, known);
}

#[test]
fn codes_have_their_schemes_shape_and_mean_one_country() {
    let crosswalk = standard();
    let (mut fips, mut cameo, mut numeric) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (code, country) in &crosswalk.countries {
        if let Some(own) = country.fips {
            assert!(own.len() == 2 && own.bytes().all(|b| b.is_ascii_uppercase()), "{code}: {own}");
            assert!(fips.insert(own), "{code}: {own} stands twice");
        }
        assert!(country.cameo.len() == 3 && cameo.insert(country.cameo), "{code}: {}", country.cameo);
        if let Some(own) = country.numeric {
            assert!(own < 1000);
            // Yugoslavia's number went on to Serbia and Montenegro.
            assert!(numeric.insert(own) || own == 891, "{code}: {own} stands twice");
        }
        assert!(country.gw.is_none_or(|gw| (2..=990).contains(&gw)), "{code}");
        assert!(country.cow.is_none_or(|cow| (2..=990).contains(&cow)), "{code}");
    }
}

#[test]
fn regions_are_those_of_the_schemes() {
    const ACLED: [&str; 17] = [
        "Antarctica",
        "Caribbean",
        "Caucasus and Central Asia",
        "Central America",
        "East Asia",
        "Eastern Africa",
        "Europe",
        "Middle Africa",
        "Middle East",
        "North America",
        "Northern Africa",
        "Oceania",
        "South America",
        "South Asia",
        "Southeast Asia",
        "Southern Africa",
        "Western Africa",
    ];
    for (code, country) in &standard().countries {
        assert!(country.acled_region.is_none_or(|region| ACLED.contains(&region)), "{code}");
        let ucdp = ["Africa", "Americas", "Asia", "Europe", "Middle East"];
        assert!(country.ucdp_region.is_none_or(|region| ucdp.contains(&region)), "{code}");
    }
}

#[test]
fn cameo_codes_have_parents_and_scores_on_the_scale() {
    let crosswalk = standard();
    for (code, (name, score)) in &crosswalk.cameo {
        assert!((2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
        assert!(code.len() == 2 || crosswalk.cameo.contains_key(&code[..code.len() - 1]), "{code}");
        assert!((-10.0..=10.0).contains(score), "{code}");
        assert!(!name.is_empty());
    }
    assert_eq!(crosswalk.cameo.keys().filter(|code| code.len() == 2).count(), 20);
}

#[test]
fn every_code_that_the_codebook_gives_out_is_known() {
    let crosswalk = standard();
    let codebook = Codebook::standard().unwrap();
    for kind in codebook.ontology.types() {
        assert!(crosswalk.cameo.contains_key(kind.cameo.as_str()), "{}", kind.name);
        let ahead = [&kind.future, &kind.announced].into_iter().flatten();
        for code in ahead.filter_map(|ahead| ahead.cameo.as_ref()) {
            assert!(crosswalk.cameo.contains_key(code.as_str()), "{}", kind.name);
        }
    }
    for pattern in codebook.patterns.list() {
        if let Some(code) = &pattern.cameo {
            assert!(crosswalk.cameo.contains_key(code.as_str()), "{}: {code}", pattern.id);
        }
    }
    let sectors = codebook.roles.iter().filter_map(|role| role.sector).map(|sector| sector.to_string());
    for sector in sectors {
        assert!(crosswalk.cameo_actors.contains_key(sector.as_str()), "{sector}");
        assert!(crosswalk.acled_actors.contains_key(sector.as_str()), "{sector}");
    }
}

#[test]
fn the_rules_for_acled_name_types_and_modes_that_there_are() {
    let codebook = Codebook::standard().unwrap();
    for rule in &standard().acled {
        let kind = codebook.ontology.types().find(|kind| kind.name == rule.event);
        let kind = kind.unwrap_or_else(|| panic!("{} is no type", rule.event));
        assert!(rule.mode.is_none_or(|mode| kind.modes.contains_key(mode)), "{rule:?}");
    }
}

#[test]
fn events_are_told_as_acled_tells_them() {
    let crosswalk = standard();
    let kind = |event: &str, mode: &str, actor, recipient| {
        let modes = if mode.is_empty() { vec![] } else { vec![mode.to_owned()] };
        crosswalk.acled(event, &modes, None, (actor, recipient)).map(|rule| (rule.kind, rule.sub_kind))
    };
    let (state, armed) = (Some(Some(Side::State)), Some(Some(Side::Armed)));
    let civilian = Some(Some(Side::Civilian));
    assert_eq!(kind("ASSAULT", "", state, armed), Some(("Battles", "Armed clash")));
    assert_eq!(kind("ASSAULT", "firearms", armed, civilian), Some(("Violence against civilians", "Attack")));
    assert_eq!(
        kind("ASSAULT", "drone", state, armed),
        Some(("Explosions/Remote violence", "Air/drone strike"))
    );
    assert_eq!(kind("PROTEST", "riot", civilian, None), Some(("Riots", "Violent demonstration")));
    assert_eq!(kind("CONSULT", "", state, state), None);
}

#[test]
fn a_table_at_fault_is_named_with_its_line() {
    let table = Table::parse("t.tsv", "# about\ncode\tname\nB\tb\nA\ta\n").unwrap();
    let [code, _] = table.columns(["code", "name"]).unwrap();
    let error = table.sorted(|row| Ok((row.required(code)?, ()))).unwrap_err();
    assert_eq!(error.to_string(), "t.tsv:4: \"A\" stands twice or out of order");
    assert!(table.columns(["code"]).is_err());
    assert!(Table::parse("t.tsv", "code\nA\tb\n").is_err());
}
