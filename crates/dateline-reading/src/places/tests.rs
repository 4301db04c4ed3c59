use super::Places;
use crate::reading::Precision;
use crate::testing::Sample;

/// Place named by the first toponym with these words, and whether it only stands for a government.
fn place(text: &str, words: &str) -> (super::Place, bool) {
    let sample = Sample::new(text);
    let places = Places::read(&sample.document());
    let mention = places.mentions.iter().find(|m| m.span.of(text) == words);
    let mention = mention.unwrap_or_else(|| {
        panic!("no {words:?} among {:?}", places.mentions.iter().map(|m| m.span.of(text)).collect::<Vec<_>>())
    });
    (places.get(mention.place).unwrap().clone(), mention.metonymic)
}

#[test]
fn what_stands_beside_a_name_decides_between_namesakes() {
    let text = "He was born in Atlanta, Georgia, and died in Valencia, Venezuela.";
    assert_eq!(place(text, "Georgia").0.precision, Precision::Province);
    assert_eq!(place(text, "Valencia").0.country.unwrap().as_str(), "VEN");
    let text = "Fighting broke out in Tbilisi as Georgia buried its dead.";
    assert_eq!(place(text, "Georgia").0.precision, Precision::Country);
}

#[test]
fn regions_keep_their_direction() {
    let (found, metonymic) =
        place("Shells fell on villages in North Waziristan on Sunday.", "North Waziristan");
    assert_eq!(found.country.unwrap().as_str(), "PAK");
    assert!(!metonymic);
}

#[test]
fn governments_are_marked_and_towns_are_not() {
    let text = "Washington has pressed Islamabad for years.";
    assert!(place(text, "Islamabad").1);
    assert!(place(text, "Washington").1);
    let text = "The Lima talks ended after the envoy visited Peshawar.";
    assert!(place(text, "Lima").1);
    assert!(!place(text, "Peshawar").1);
}

#[test]
fn cities_go_before_provinces_of_their_name() {
    assert_eq!(place("The envoy left for Geneva, Switzerland.", "Geneva").0.precision, Precision::City);
}

#[test]
fn months_party_tags_and_surnames_are_no_places() {
    let text = "Rep. Ann Holt, D-Calif., met Jose Medina in Frankfurt in March. The visit ended in Medina.";
    let sample = Sample::new(text);
    let places = Places::read(&sample.document());
    let named: Vec<_> = places.mentions.iter().map(|m| m.span.of(text)).collect();
    assert_eq!(named, ["Frankfurt"]);
    assert_eq!(places.list[0].country.unwrap().as_str(), "DEU");
}

#[test]
fn a_told_container_decides_for_all_mentions() {
    let text = "Police in Paris, Texas, made an arrest. Officers searched a house in Paris on Monday.";
    let (found, _) = place(text, "Paris");
    assert_eq!((found.admin1.as_deref(), found.precision), (Some("Texas"), Precision::City));
    let text = "The envoy left Paris, France, for Paris, Texas.";
    let sample = Sample::new(text);
    let places = Places::read(&sample.document());
    let countries: Vec<_> = places
        .list
        .iter()
        .filter(|p| p.name == "Paris")
        .filter_map(|p| p.country)
        .map(|c| c.to_string())
        .collect();
    assert_eq!(countries, ["FRA", "USA"]);
}

#[test]
fn what_the_gazetteer_lacks_is_put_in_its_container() {
    let (found, _) = place("The clinic stands in Zendalabad, a village in Helmand province.", "Helmand");
    assert_eq!(found.precision, Precision::Province);
    let (found, _) = place("Shells hit Qarzendal, Iraq, on Sunday.", "Qarzendal");
    assert_eq!((found.country.unwrap().as_str(), found.precision), ("IRQ", Precision::Country));
}

#[test]
fn directions_and_kinds_are_no_part_of_a_name() {
    let (found, _) = place("Fighting spread across northern Peru on Sunday.", "Peru");
    assert_eq!((found.name.as_str(), found.precision), ("northern Peru", Precision::Region));
    let (found, _) = place("Troops entered Balkh province on Sunday.", "Balkh");
    assert_eq!(found.precision, Precision::Province);
}

#[test]
fn divisions_in_a_row_are_of_one_country() {
    let text = "Storms killed five people in Alabama, Georgia and Florida.";
    assert_eq!(place(text, "Georgia").0.country.unwrap().as_str(), "USA");
}
