//! Codebooks of one's own, as their writers meet them: begun, imported, checked, compared.

#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ACTORS: &str = "ARU_ [ARU]\n+ARUAN\nBEO [BEO]\nCEA [CEA]\nADA_LOM\n\t[ARUGOV <20091231]\n\t[ARUELI]\n";
const AGENTS: &str = "MINISTER [~GOV]\nSOLDIER [~MIL]\nSTUDENT [~EDU]\n";
const VERBS: &str = "&TALKS\n+TALKS\n+DIALOGUE\n--- CRITICIZE [111] ---\nCRITICIZE\n--- CLASH [190] ---\nCLASH\n- * (OVER PLAN) [110]\n--- MEET [040:041] ---\nMEET {MET}\n--- HOLD [---] ---\nHOLD {HELD}\n- * &TALKS (WITH) [046]\n- WILL * [036]\n--- RECEIVE [010] ---\nRECEIVE\n- * MONEY [:071]\n";
const DISCARDS: &str = "GRAND RACE\n";
const ONTOLOGY: &str = "050:0x0080\n110:0x1007f\n";

fn run(folder: &Path, arguments: &[&str]) -> (String, String, bool) {
    let output =
        Command::cargo_bin("dateline").unwrap().args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.success())
}

fn imported() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("actors.txt", ACTORS),
        ("agents.txt", AGENTS),
        ("verbs.txt", VERBS),
        ("discards.txt", DISCARDS),
        ("ontology.txt", ONTOLOGY),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let arguments = [
        "codebook",
        "import",
        "--actors",
        "actors.txt",
        "--agents",
        "agents.txt",
        "--verbs",
        "verbs.txt",
        "--discards",
        "discards.txt",
        "--ontology",
        "ontology.txt",
        "--out",
        "mine",
    ];
    let (out, errors, fine) = run(folder.path(), &arguments);
    assert!(fine, "{errors}");
    assert!(out.contains("4 actors by 5 phrases") && out.contains("3 of 4 patterns"), "{out}");
    folder
}

/// Source, target and code of every event of a sentence told on a day.
fn coded(folder: &Path, day: &str, sentence: &str) -> Vec<String> {
    let record = serde_json::json!({"id": "1", "published": day, "text": sentence});
    fs::write(folder.join("in.jsonl"), format!("{record}\n")).unwrap();
    let (out, errors, fine) = run(folder, &["read", "in.jsonl", "-f", "jsonl", "--codebook", "mine"]);
    assert!(fine, "{errors}");
    let reading: Value = serde_json::from_str(&out).unwrap();
    let code = |id: &Value| {
        let entities = reading["entities"].as_array().unwrap();
        entities.iter().find(|e| e["id"] == *id).unwrap()["code"].as_str().unwrap().to_owned()
    };
    let codes = |ids: &Value| ids.as_array().unwrap().iter().map(code).collect::<Vec<_>>().join("+");
    let events = reading["events"].as_array().unwrap().iter();
    events
        .map(|e| {
            format!("{} {} {}", codes(&e["actors"]), codes(&e["recipients"]), e["cameo"].as_str().unwrap())
        })
        .collect()
}

#[test]
fn an_imported_dictionary_codes_as_its_makers_meant_it() {
    let folder = imported();
    for (day, sentence, events) in [
        ("2005-03-01", "The Aruan minister criticized Beo on Monday.", &["ARUGOV BEO 111"][..]),
        ("2005-03-01", "Soldiers from Aru clashed with Beo.", &["ARUMIL BEO 190"]),
        ("2005-03-01", "Aru clashed with Beo over a plan.", &["ARU BEO 110"]),
        ("2005-03-01", "Aru did not clash with Beo over the plan.", &["ARU BEO 050"]),
        ("2005-03-01", "Aru met the ministers of Beo.", &["ARU BEOGOV 040", "BEOGOV ARU 041"]),
        ("2005-03-01", "Aru and Cea held talks with Beo.", &["ARU+CEA BEO 046"]),
        ("2005-03-01", "Aru received money from Beo.", &["BEO ARU 071"]),
        ("2005-03-01", "Ada Lom criticized Beo.", &["ARUGOV BEO 111"]),
        ("2015-03-01", "Ada Lom criticized Beo.", &["ARUELI BEO 111"]),
        ("2005-03-01", "Aru criticized students on Monday.", &["ARU ---EDU 111"]),
        ("2005-03-01", "Aru criticized Beo after the Grand Race.", &[]),
        ("2005-03-01", "Aru held a parade.", &[]),
    ] {
        assert_eq!(coded(folder.path(), day, sentence), events, "{sentence}");
    }
}

#[test]
fn what_was_not_taken_over_is_told_with_line_and_reason() {
    let folder = imported();
    let report = fs::read_to_string(folder.path().join("mine/untranslated.tsv")).unwrap();
    assert!(report.contains("verbs.txt\t14\tan auxiliary verb"), "{report}");
    let (out, errors, fine) = run(folder.path(), &["codebook", "check", "--codebook", "mine"]);
    assert!(fine && out.contains("0 mistakes"), "{out}{errors}");
}

#[test]
fn nothing_is_written_over() {
    let folder = imported();
    let (_, errors, fine) = run(folder.path(), &["codebook", "new", "mine"]);
    assert!(!fine && errors.contains("not empty"), "{errors}");
}

#[test]
fn mistakes_and_missing_folders_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (_, errors, fine) = run(folder.path(), &["explain", "--codebook", "none", "Aru met Beo."]);
    assert!(!fine && errors.contains("no folder none"), "{errors}");
    fs::create_dir_all(folder.path().join("bad/plover")).unwrap();
    let pattern = "event = \"PROTEST\"\n[[pattern]]\nname = \"a\"\nmodes = [\"visit\"]\n";
    fs::write(folder.path().join("bad/plover/p.toml"), pattern).unwrap();
    let (_, errors, fine) = run(folder.path(), &["codebook", "check", "--codebook", "bad"]);
    assert!(!fine && errors.contains("plover/p.toml:3: a: PROTEST has no mode"), "{errors}");
}

#[test]
fn all_files_of_the_program_can_be_taken_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["codebook", "new", "--all", "mine"]).2);
    let (own, _, fine) = run(folder.path(), &["codebook", "check", "--codebook", "mine"]);
    let (standard, ..) = run(folder.path(), &["codebook", "check"]);
    assert!(fine);
    assert_eq!(own, standard);
}
