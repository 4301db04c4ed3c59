//! A gazetteer of a user's own: made of a GeoNames dump, looked up, and read with.

#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use assert_cmd::Command;
use serde_json::Value;

fn dateline() -> Command {
    Command::cargo_bin("dateline").unwrap()
}

/// A line of a dump for an invented village in Iraq's province of Nineveh.
const DUMP: &str = "900000001\tQarya Zendal\tQarya Zendal\tQaryat Zendal\t36.51\t42.77\tP\tPPL\tIQ\t\t15\t\t\t\t310\t\t\tAsia/Baghdad\t2024-01-01\n";

#[test]
fn a_dump_becomes_a_gazetteer_that_readings_use() {
    let folder = tempfile::tempdir().unwrap();
    let dump = folder.path().join("IQ.txt");
    std::fs::write(&dump, format!("{DUMP}no place\n")).unwrap();
    let made = dateline().args(["codebook", "places", "add"]).arg(&dump).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(String::from_utf8(made.stdout).unwrap().contains("1 places"));
    let file = folder.path().join("IQ.places");

    let find = |with: bool| {
        let mut command = dateline();
        command.args(["codebook", "places", "find", "Qaryat Zendal"]);
        if with {
            command.arg("--gazetteer").arg(&file);
        }
        command.output().unwrap()
    };
    assert!(!find(false).status.success());
    let found = String::from_utf8(find(true).stdout).unwrap();
    assert!(
        found.starts_with("Qarya Zendal\tNineveh, IRQ\tcity\t36.5100\t42.7700\t310\t900000001"),
        "{found}"
    );

    let report = folder.path().join("report.txt");
    std::fs::write(&report, "Two shepherds were killed in Qarya Zendal, Iraq, on Sunday, police said.\n")
        .unwrap();
    let id = |with: bool| {
        let mut command = dateline();
        command.args(["read", "--format", "json"]).arg(&report);
        if with {
            command.arg("--gazetteer").arg(&file);
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let reading: Value = serde_json::from_slice(&output.stdout).unwrap();
        let places = reading["places"].as_array().unwrap().clone();
        let coder = reading["coder"]["codebook"].clone();
        (places.iter().find_map(|place| place["geonameid"].as_u64().filter(|&id| id == 900_000_001)), coder)
    };
    let (without, with) = (id(false), id(true));
    assert_eq!((without.0, with.0), (None, Some(900_000_001)));
    assert_ne!(without.1, with.1, "the codebook's id tells what it was read with");
}

#[test]
fn what_is_no_dump_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let dump = folder.path().join("report.txt");
    std::fs::write(&dump, "This is no dump.\n").unwrap();
    let made = dateline().args(["codebook", "places", "add"]).arg(&dump).output().unwrap();
    assert!(!made.status.success());
    assert!(String::from_utf8(made.stderr).unwrap().contains("report.txt"));
}
