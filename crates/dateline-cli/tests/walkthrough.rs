//! The walkthrough for writers of codebooks does what it says: its files are written and its commands run.

#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use assert_cmd::Command;
use std::fs;

const PAGE: &str = include_str!("../../../codebook/WALKTHROUGH.md");

/// A fenced block: its language, its text, and the last name in backquotes before it.
struct Block<'a> {
    language: &'a str,
    text: String,
    named: &'a str,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let (mut found, mut named): (Vec<Block<'_>>, &str) = (Vec::new(), "");
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|l| *l != "```").map(|l| format!("{l}\n")).collect();
            found.push(Block { language, text, named });
        } else if let Some(name) = line.split('`').nth_back(1) {
            named = name;
        }
    }
    found
}

/// The words of a command line; quotation marks hold together.
fn words(line: &str) -> Vec<String> {
    line.split('"')
        .enumerate()
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

#[test]
fn every_step_works() {
    let folder = tempfile::tempdir().unwrap();
    let mut last = String::new();
    let mut commands = 0;
    for block in blocks(PAGE) {
        match (block.language, block.named) {
            ("sh", _) => {
                for line in block.text.lines() {
                    let mut words = words(line).into_iter();
                    assert_eq!(words.next().as_deref(), Some("dateline"), "{line}");
                    let output = Command::cargo_bin("dateline")
                        .unwrap()
                        .args(words)
                        .current_dir(folder.path())
                        .output()
                        .unwrap();
                    last = String::from_utf8_lossy(&output.stdout).into_owned();
                    let errors = String::from_utf8_lossy(&output.stderr);
                    assert!(output.status.success(), "{line}\n{last}\n{errors}");
                    commands += 1;
                }
            }
            ("text", "report.txt") | ("toml", _) => {
                fs::write(folder.path().join(block.named), block.text).unwrap();
            }
            ("text", _) => assert!(last.contains(block.text.trim()), "{} is not in\n{last}", block.text),
            (other, _) => panic!("a block of an unknown kind: {other}"),
        }
    }
    assert_eq!(commands, 5);
    assert!(last.contains("1 articles:"), "{last}");
}
