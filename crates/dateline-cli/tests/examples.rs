//! What comes out of the reports in `examples/`, kept as snapshots: the readings, and the cards made of them.
//!
//! After a change that is meant to alter them: `INSTA_UPDATE=always cargo test -p dateline-cli`, then look at the
//! difference before it is committed.

#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every report, as `examples/NAME`, in order of name.
fn examples() -> Vec<String> {
    let folder = std::fs::read_dir(root().join("examples")).unwrap();
    let files = folder.map(Result::unwrap).filter(|entry| entry.file_type().unwrap().is_file());
    let names = files.map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != "README.md").collect();
    names.sort();
    names.into_iter().map(|name| format!("examples/{name}")).collect()
}

fn read(example: &str, format: &str) -> String {
    let mut command = Command::cargo_bin("dateline").unwrap();
    command
        .current_dir(root())
        .env("COLUMNS", "100")
        .args(["read", "--color", "never", "--format", format, example]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A snapshot's name: `bombing`.
fn stem(example: &str) -> String {
    Path::new(example).file_stem().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn readings() {
    for example in examples() {
        let readings: Vec<Value> =
            read(&example, "jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let text: Vec<String> = readings.into_iter().map(legible).collect();
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("{}.reading", stem(&example)), text.join("\n"));
        });
    }
}

#[test]
fn cards() {
    for example in examples() {
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("{}.card", stem(&example)), read(&example, "card"));
        });
    }
}

/// A reading as JSON with one item a line. Versions of model and codebook stay out: they change with every edit.
fn legible(mut reading: Value) -> String {
    for name in ["version", "model", "codebook"] {
        reading["coder"][name] = "…".into();
    }
    let mut text = String::from("{\n");
    let parts = reading.as_object().unwrap();
    for (i, (name, value)) in parts.iter().enumerate() {
        let value = match value {
            Value::Array(items) if !items.is_empty() => {
                let items: Vec<String> = items.iter().map(|item| format!("    {item}")).collect();
                format!("[\n{}\n  ]", items.join(",\n"))
            }
            value => value.to_string(),
        };
        let comma = if i + 1 < parts.len() { "," } else { "" };
        text.push_str(&format!("  \"{name}\": {value}{comma}\n"));
    }
    text.push('}');
    text
}
