//! Every format on the reports in `examples/`, read back with readers of their own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that cannot go on should stop

use dateline::reading::{Certainty, Event};
use dateline::syntax::{EngineKind, conllu};
use dateline::{Articles, Codebook, Dateline, Reading, Sentence};
use dateline_export::{COLUMNS, Document, FormatName, Kind, Target, View};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

/// What is read of every report, in order of their names.
static READINGS: LazyLock<Vec<(Reading, Vec<Sentence>)>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let dateline = Dateline::with(EngineKind::Standard.open(None).unwrap(), Codebook::standard().unwrap());
    let articles = paths.iter().flat_map(|path| {
        let bytes = std::fs::read(path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        Articles::open(&name, Box::new(std::io::Cursor::new(bytes))).collect::<Vec<_>>()
    });
    let readings: Vec<_> = articles.map(|article| dateline.read_with_sentences(&article.unwrap())).collect();
    assert!(readings.len() >= 5 && readings.iter().any(|(reading, _)| reading.events.len() > 5));
    readings
});

/// A writer whose bytes can be looked at.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn bytes(name: &str) -> Vec<u8> {
    let out = Shared::default();
    let format = name.parse::<FormatName>().unwrap().open().unwrap();
    let mut document = Document::new(&*format, Target::Writer(Box::new(out.clone()))).unwrap();
    for (reading, sentences) in READINGS.iter() {
        document.add(format.piece(&View::new(reading, sentences)).unwrap()).unwrap();
    }
    document.finish().unwrap();
    out.0.lock().unwrap().clone()
}

fn text(name: &str) -> String {
    String::from_utf8(bytes(name)).unwrap()
}

/// The header and the rows of a table, all of them as long as the header.
fn table(name: &str, delimiter: u8) -> (Vec<String>, Vec<Vec<String>>) {
    let content = bytes(name);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(content.as_slice());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = cells(reader.headers().unwrap());
    let rows = reader.records().map(|record| cells(&record.unwrap())).collect();
    (header, rows)
}

fn column(table: &(Vec<String>, Vec<Vec<String>>), name: &str) -> Vec<String> {
    let at = table.0.iter().position(|column| column == name).unwrap();
    table.1.iter().map(|row| row[at].clone()).collect()
}

fn lines(name: &str) -> Vec<Value> {
    text(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn events() -> impl Iterator<Item = (&'static Reading, &'static Event)> {
    READINGS.iter().flat_map(|(reading, _)| reading.events.iter().map(move |event| (reading, event)))
}

fn has_happened(event: &Event) -> bool {
    event.certainty != Certainty::Denied
        && !event.aux.iter().any(|aux| matches!(aux.as_str(), "future" | "hypothetical" | "negation"))
}

/// The words of a text between two characters.
fn slice(text: &str, start: u64, end: u64) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

#[test]
fn the_same_readings_give_the_same_bytes() {
    for format in FormatName::ALL.iter().filter(|&&format| format != FormatName::Brat) {
        assert_eq!(bytes(format.as_str()), bytes(format.as_str()), "{format}");
    }
}

#[test]
fn our_table_has_a_row_an_event() {
    let table = table("csv", b',');
    let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    assert_eq!(table.0, names);
    assert_eq!(table.1.len(), events().count());
    let ids: BTreeSet<String> = column(&table, "id").into_iter().collect();
    assert_eq!(ids.len(), table.1.len(), "ids are unique");
    assert!(column(&table, "date_start").iter().any(|day| day.len() == 10));
}

#[test]
fn parquet_says_the_same_as_csv() {
    let (_, rows) = table("csv", b',');
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes("parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows() as usize, rows.len());
    for (row, expected) in reader.get_row_iter(None).unwrap().zip(&rows) {
        let row = row.unwrap();
        let fields: Vec<_> = row.get_column_iter().collect();
        assert_eq!(fields.len(), COLUMNS.len());
        for ((column, (name, field)), expected) in COLUMNS.iter().zip(fields).zip(expected) {
            assert_eq!(column.name, name);
            let (kind, found) = match field {
                Field::Null => (column.kind, String::new()),
                Field::Str(text) => (Kind::Text, text.clone()),
                Field::Long(whole) => (Kind::Whole, whole.to_string()),
                Field::Double(real) => (Kind::Real, format!("{real:?}")),
                Field::Date(days) => (Kind::Day, day(*days)),
                Field::ListInternal(list) => {
                    let items = list.elements().iter().map(|item| match item {
                        Field::Str(text) => text.clone(),
                        other => panic!("{name}: {other}"),
                    });
                    (Kind::List, items.collect::<Vec<_>>().join("|"))
                }
                other => panic!("{name}: {other}"),
            };
            assert_eq!((kind, &found), (column.kind, expected), "{name}");
        }
    }
}

/// The day so many days after 1 January 1970.
fn day(days: i32) -> String {
    use jiff::ToSpan;
    jiff::civil::date(1970, 1, 1).checked_add(days.days()).unwrap().to_string()
}

#[test]
fn geojson_has_longitude_first_and_no_geometry_for_the_unplaced() {
    let collection: Value = serde_json::from_slice(&bytes("geojson")).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    let features = collection["features"].as_array().unwrap();
    assert_eq!(features.len(), events().count());
    for (feature, (reading, event)) in features.iter().zip(events()) {
        assert_eq!(feature["type"], "Feature");
        assert!(feature["id"].is_string() && feature["properties"].is_object());
        let place = event.place.map(|id| &reading.places[id.index()]);
        match place.and_then(|place| Some((place.lon?, place.lat?))) {
            Some((lon, lat)) => {
                assert_eq!(feature["geometry"]["type"], "Point");
                assert_eq!(feature["geometry"]["coordinates"], serde_json::json!([lon, lat]));
            }
            None => assert!(feature["geometry"].is_null()),
        }
    }
    assert!(features.iter().any(|feature| feature["geometry"].is_object()));
}

#[test]
fn geojson_without_events_is_a_collection_still() {
    let out = Shared::default();
    let format = FormatName::Geojson.open().unwrap();
    let document = Document::new(&*format, Target::Writer(Box::new(out.clone()))).unwrap();
    document.finish().unwrap();
    let collection: Value = serde_json::from_slice(&out.0.lock().unwrap()).unwrap();
    assert_eq!(collection["features"], serde_json::json!([]));
}

#[test]
fn plover_has_a_record_an_event() {
    let records = lines("plover");
    assert_eq!(records.len(), events().count());
    for (record, (reading, event)) in records.iter().zip(events()) {
        assert_eq!(record["event"], serde_json::json!([event.kind]));
        let info = &record["text_info"];
        let (start, end) = (info["start"].as_u64().unwrap(), info["end"].as_u64().unwrap());
        assert_eq!(record["text"], slice(&reading.article.text, start, end));
        let parties = record["actor"].as_array().unwrap();
        assert_eq!(parties.len(), event.actors.len());
        let modes = record["mode"].as_array().unwrap();
        assert!(event.aux.iter().all(|aux| modes.iter().any(|mode| mode == aux)));
    }
}

#[test]
fn gdelt_has_sixty_one_columns_and_no_quotes() {
    let (events, mentions) = (text("gdelt"), text("gdelt-mentions"));
    let rows: Vec<Vec<&str>> = events.lines().map(|line| line.split('\t').collect()).collect();
    assert!(rows.len() > 20);
    for row in &rows {
        assert_eq!(row.len(), 61);
        assert_eq!(row[0].len(), 19);
        assert_eq!(row[1].len(), 8, "a day: {row:?}");
        assert!(row[26].starts_with(row[28]) && row[26].starts_with(row[27]), "codes: {row:?}");
        assert!(["1", "2", "3", "4"].contains(&row[29]));
        assert!(row[30].parse::<f64>().is_ok_and(|score| (-10.0..=10.0).contains(&score)));
        assert!(row[5].starts_with(row[7]) || row[12].starts_with("IGO"), "{row:?}");
    }
    let ids: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
    assert_eq!(ids.len(), rows.len());
    let mentioned: Vec<Vec<&str>> = mentions.lines().map(|line| line.split('\t').collect()).collect();
    assert!(mentioned.iter().all(|row| row.len() == 16));
    let mut first: Vec<&str> = mentioned.iter().map(|row| row[0]).collect();
    first.dedup();
    assert_eq!(first, rows.iter().map(|row| row[0]).collect::<Vec<_>>());
    for row in &rows {
        let tellings = mentioned.iter().filter(|mention| mention[0] == row[0]).count();
        assert_eq!(row[31].parse(), Ok(tellings), "NumMentions: {row:?}");
        assert_eq!((row[32], row[33]), ("1", "1"), "one source, one article: {row:?}");
    }
}

#[test]
fn an_event_told_again_has_a_mention_for_each_telling() {
    let text = "Rebels attacked Kenyan soldiers on Monday. The weather was fine in the capital. \
                The rebels attacked the Kenyan soldiers, a witness said.";
    let dateline = Dateline::with(EngineKind::Standard.open(None).unwrap(), Codebook::standard().unwrap());
    let article = Articles::open("told.txt", Box::new(std::io::Cursor::new(text.as_bytes().to_vec())));
    let (reading, sentences) = dateline.read_with_sentences(&article.last().unwrap().unwrap());
    let told: Vec<&Event> = reading.events.iter().filter(|event| event.kind == "ASSAULT").collect();
    assert_eq!(told.len(), 1, "one act: {:#?}", reading.events);
    let again: Vec<u32> = told[0].mentions.iter().map(|mention| mention.sentence).collect();
    assert_eq!((told[0].sentence, again), (0, vec![2]));
    let rows = |name: &str| {
        let out = Shared::default();
        let format = name.parse::<FormatName>().unwrap().open().unwrap();
        let mut document = Document::new(&*format, Target::Writer(Box::new(out.clone()))).unwrap();
        document.add(format.piece(&View::new(&reading, &sentences)).unwrap()).unwrap();
        document.finish().unwrap();
        String::from_utf8(out.0.lock().unwrap().clone()).unwrap()
    };
    let (events, mentions) = (rows("gdelt"), rows("gdelt-mentions"));
    assert_eq!(events.lines().count(), 1, "{events}");
    assert_eq!(events.split('\t').nth(31), Some("2"), "NumMentions");
    let numbered: Vec<&str> = mentions.lines().filter_map(|line| line.split('\t').nth(6)).collect();
    assert_eq!(numbered, ["1", "3"], "sentences");
}

#[test]
fn dyadic_tables_are_whole_and_tell_what_has_happened() {
    let told = events().filter(|(_, event)| has_happened(event)).count();
    assert!(told < events().count(), "the examples hold events that have not happened");
    for (name, columns) in [("polecat", 40), ("icews", 20)] {
        let table = table(name, b'\t');
        assert_eq!(table.0.len(), columns);
        assert!(table.1.len() >= told / 2, "{name}");
        let ids: BTreeSet<String> = column(&table, "Event ID").into_iter().collect();
        assert_eq!(ids.len(), table.1.len(), "{name}");
    }
    let codes = column(&table("icews", b'\t'), "Event Text");
    assert!(codes.iter().all(|name| !name.is_empty()));
}

#[test]
fn registries_ids_are_never_made_up() {
    let ucdp = table("ucdp", b',');
    assert_eq!(ucdp.0.len(), 49);
    assert!(!ucdp.1.is_empty());
    let empty = ["id", "relid", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id"];
    let sides = ["dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_b_dset_id"];
    for name in empty.into_iter().chain(sides).chain(["side_b_new_id"]) {
        assert!(column(&ucdp, name).iter().all(String::is_empty), "{name}");
    }
    let acled = table("acled", b',');
    assert_eq!(acled.0.len(), 31);
    assert!(!acled.1.is_empty());
    assert!(column(&acled, "event_id_cnty").iter().all(String::is_empty));
}

#[test]
fn every_row_of_the_lethal_table_has_its_dead() {
    let ucdp = table("ucdp", b',');
    let dead = |name: &str| column(&ucdp, name);
    for ((best, low), kind) in dead("best").iter().zip(dead("low")).zip(dead("type_of_violence")) {
        let deadly = [best, &low].iter().any(|count| count.parse::<u64>().is_ok_and(|count| count > 0));
        assert!(deadly || (best.is_empty() && low.is_empty()));
        assert!(["", "1", "2", "3"].contains(&kind.as_str()));
    }
}

#[test]
fn annotations_quote_the_words_at_their_place() {
    let annotations = lines("annotations");
    let mut ids = BTreeSet::new();
    let mut checked = 0;
    for annotation in &annotations {
        assert_eq!(annotation["@context"], "http://www.w3.org/ns/anno.jsonld");
        assert_eq!(annotation["type"], "Annotation");
        assert!(ids.insert(annotation["id"].as_str().unwrap().to_owned()));
        let selectors = &annotation["target"]["selector"];
        let (quote, position) = (&selectors[0], &selectors[1]);
        let (start, end) = (position["start"].as_u64().unwrap(), position["end"].as_u64().unwrap());
        let whole = ["prefix", "exact", "suffix"].map(|part| quote[part].as_str().unwrap()).concat();
        let found = READINGS.iter().any(|(reading, _)| {
            slice(&reading.article.text, start, end) == quote["exact"]
                && reading.article.text.contains(&whole)
        });
        assert!(found, "{annotation}");
        checked += 1;
    }
    assert!(checked > 100);
}

#[test]
fn conllu_rows_are_rows_and_brackets_close() {
    let content = text("conllu");
    let sentences = READINGS.iter().map(|(_, sentences)| sentences.len()).sum::<usize>();
    assert_eq!(content.matches("\n\n").count(), sentences);
    let mut triggers = 0;
    for block in content.trim_end().split("\n\n") {
        let (mut opened, mut closed) = (0, 0);
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let row = conllu::Row::parse(line).unwrap();
            for attribute in row.attributes() {
                if let Some(brackets) = attribute.strip_prefix("Entity=") {
                    opened += brackets.matches('(').count();
                    closed += brackets.matches(')').count();
                }
                triggers += usize::from(attribute.starts_with("Event="));
            }
        }
        assert_eq!(opened, closed, "{block}");
    }
    assert!(triggers > 20);
}

#[test]
fn brat_lines_point_at_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let format = FormatName::Brat.open().unwrap();
    let mut document = Document::new(&*format, Target::Folder(folder.path().join("brat"))).unwrap();
    for (reading, sentences) in READINGS.iter() {
        document.add(format.piece(&View::new(reading, sentences)).unwrap()).unwrap();
    }
    document.finish().unwrap();
    let configuration = std::fs::read_to_string(folder.path().join("brat/annotation.conf")).unwrap();
    for (reading, _) in READINGS.iter() {
        let file = |ending: &str| folder.path().join("brat").join(format!("{}.{ending}", reading.article.id));
        let text = std::fs::read_to_string(file("txt")).unwrap();
        let mut known = BTreeSet::new();
        for line in std::fs::read_to_string(file("ann")).unwrap().lines() {
            let (id, rest) = line.split_once('\t').unwrap();
            assert!(known.insert(id.to_owned()), "{line}");
            match id.chars().next().unwrap() {
                'T' => {
                    let (place, words) = rest.split_once('\t').unwrap();
                    let (_, stretches) = place.split_once(' ').unwrap();
                    let parts = stretches.split(';').map(|stretch| {
                        let (start, end) = stretch.split_once(' ').unwrap();
                        slice(&text, start.parse().unwrap(), end.parse().unwrap())
                    });
                    assert_eq!(parts.collect::<Vec<_>>().join(" "), words);
                }
                'E' => {
                    let mut parts = rest.split(' ');
                    let (kind, trigger) = parts.next().unwrap().split_once(':').unwrap();
                    assert!(configuration.contains(&format!("\n{kind}\t")));
                    assert!(known.contains(trigger));
                    for argument in parts {
                        assert!(known.contains(argument.split_once(':').unwrap().1), "{line}");
                    }
                }
                'R' | 'A' | '#' => {}
                other => panic!("a line of kind {other}"),
            }
        }
    }
}

#[test]
fn a_folder_is_asked_for_where_one_is_needed() {
    let format = FormatName::Brat.open().unwrap();
    let error = Document::new(&*format, Target::Writer(Box::new(std::io::sink()))).unwrap_err();
    assert!(error.to_string().contains("-o DIR"));
}

#[test]
fn the_documentation_lists_the_columns() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/columns.md");
    let documented = std::fs::read_to_string(path).unwrap();
    let rows = COLUMNS.iter().map(|column| {
        format!("| `{}` | {} | {} |\n", column.name, column.kind.as_str(), column.about.replace('|', "\\|"))
    });
    let expected = format!("| column | holds | meaning |\n|---|---|---|\n{}", rows.collect::<String>());
    assert!(documented.contains(&expected), "docs/columns.md must hold this table:\n{expected}");
}
