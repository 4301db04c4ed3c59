//! The formats of others, as `dateline read` writes them.

#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use assert_cmd::Command;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

const REPORT: &str = "Army shells Homs, killing 12\n\n\
    DAMASCUS, March 5 (Reuters) - The Syrian army shelled Homs on Monday, killing 12 civilians.\n\n\
    The United Nations condemned the attack.\n";

fn read(arguments: &[&str], folder: &Path) -> std::process::Output {
    let mut command = Command::cargo_bin("dateline").unwrap();
    command.current_dir(folder).args(["read", "--engine", "fast"]).args(arguments).output().unwrap()
}

#[test]
fn articles_make_one_document() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), REPORT).unwrap();
    fs::write(folder.path().join("b.txt"), REPORT.replace("Homs", "Hama").replace("Monday", "Tuesday"))
        .unwrap();
    let geojson = read(&["-f", "geojson", "a.txt", "b.txt"], folder.path());
    let collection: serde_json::Value = serde_json::from_slice(&geojson.stdout).unwrap();
    assert!(collection["features"].as_array().unwrap().len() >= 2);
    let polecat =
        String::from_utf8(read(&["-f", "polecat", "a.txt", "b.txt"], folder.path()).stdout).unwrap();
    assert_eq!(polecat.lines().filter(|line| line.starts_with("Event ID")).count(), 1);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for at in 0..6 {
        let report = REPORT.replace("12", &(at + 12).to_string());
        fs::write(folder.path().join(format!("{at}.txt")), report).unwrap();
    }
    for format in ["parquet", "gdelt", "annotations", "conllu"] {
        let with =
            |threads| read(&["-f", format, "-j", threads, "--copies", "ignore", "."], folder.path()).stdout;
        let one = with("1");
        assert!(!one.is_empty());
        assert_eq!(one, with("4"), "{format}");
    }
}

#[test]
fn brat_asks_for_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), REPORT).unwrap();
    let without = read(&["-f", "brat", "a.txt"], folder.path());
    assert_eq!(without.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&without.stderr).contains("-o DIR"));
    let with = read(&["-f", "brat", "-o", "out", "a.txt"], folder.path());
    assert!(with.status.success() && with.stdout.is_empty());
    assert!(folder.path().join("out/annotation.conf").is_file());
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 3);
}

#[test]
fn a_reader_who_goes_away_is_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let line = |at: usize| {
        let text = REPORT.replace("12", &at.to_string());
        format!("{}\n", serde_json::json!({"id": at.to_string(), "text": text}))
    };
    fs::write(folder.path().join("wire.jsonl"), (0..400).map(line).collect::<String>()).unwrap();
    for format in ["plover", "annotations"] {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("dateline"))
            .current_dir(folder.path())
            .args(["read", "--engine", "fast", "--copies", "ignore", "-f", format, "wire.jsonl"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(first.starts_with('{'), "{format}");
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert!(output.stderr.is_empty(), "{format}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn unresolved_acts_are_kept_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let report = "Sanctions talk\n\nIt imposed sanctions on something. Rebels attacked it.\n";
    fs::write(folder.path().join("a.txt"), report).unwrap();
    let count = |arguments: &[&str]| {
        let output = read(arguments, folder.path());
        let reading: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let kinds = reading["notes"].as_array().unwrap().iter().map(|note| note["kind"].clone());
        (reading["events"].as_array().unwrap().len(), kinds.collect::<Vec<_>>())
    };
    let (without, notes) = count(&["-f", "json", "a.txt"]);
    let (with, kept) = count(&["-f", "json", "--keep-unresolved", "a.txt"]);
    assert!(with > without, "{with} {without}");
    assert!(notes.iter().any(|kind| kind == "abstained"));
    assert!(kept.iter().any(|kind| kind == "unresolved"));
}
