//! The program as its users meet it: what it prints, where, and with which exit status.

#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use assert_cmd::Command;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const REPORT: &str = "Minister arrives in Geneva for talks\n\n\
    GENEVA, March 5 (Reuters) - Foreign Minister Ada Lom arrived in Geneva on Tuesday for talks with the United \
    Nations, her office said.\n\n\
    “We will sign the agreement,” Lom told reporters at the airport.\n";

fn dateline() -> Command {
    let mut command = Command::cargo_bin("dateline").unwrap();
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

/// A folder of files that a test needs.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn add(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

/// A line of JSON Lines.
fn line(id: usize) -> String {
    let text = format!("The army shelled town number {id} on Monday. The mayor condemned the attack.");
    format!(
        "{}\n",
        serde_json::json!({"id": id.to_string(), "title": format!("Town {id} shelled"), "text": text})
    )
}

/// What went to standard output and standard error, and the exit status.
fn run(command: &mut Command) -> (String, String, i32) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// The `key` of every reading in JSON Lines.
fn keys(jsonl: &str) -> Vec<String> {
    let key = |line: &str| {
        let reading: serde_json::Value = serde_json::from_str(line).unwrap();
        reading["article"]["key"].as_str().unwrap().to_owned()
    };
    jsonl.lines().map(key).collect()
}

#[test]
fn a_card_is_plain_and_complete_when_piped() {
    let files = Files::new();
    let (out, err, status) = run(dateline().arg("read").arg(files.add("report.txt", REPORT)));
    assert_eq!((err.as_str(), status), ("", 0));
    assert!(out.contains("Minister arrives in Geneva for talks\n"), "{out}");
    assert!(out.contains("EVENTS"), "{out}");
    assert!(!out.contains('\u{1b}'), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
}

#[test]
fn columns_sets_the_width() {
    let files = Files::new();
    let (out, ..) = run(dateline().env("COLUMNS", "44").arg("read").arg(files.add("report.txt", REPORT)));
    assert!(out.lines().all(|line| line.chars().count() <= 44), "{out}");
}

#[test]
fn colour_follows_the_flag_then_the_environment() {
    let files = Files::new();
    let report = files.add("report.txt", REPORT);
    let coloured = |environment: &[(&str, &str)], flags: &[&str]| {
        let (out, ..) =
            run(dateline().envs(environment.iter().copied()).arg("read").arg(&report).args(flags));
        out.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    assert!(coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
}

#[test]
fn standard_input_is_read_with_a_dash_and_with_nothing() {
    let (bare, _, status) = run(dateline().args(["read", "--format", "json"]).write_stdin(REPORT));
    assert_eq!(status, 0);
    let (dash, ..) = run(dateline().args(["read", "--format", "json", "-"]).write_stdin(REPORT));
    assert_eq!(bare, dash);
    let reading: serde_json::Value = serde_json::from_str(&bare).unwrap();
    assert_eq!(reading["schema"], "dateline.reading/1");
}

#[test]
fn offsets_slice_the_text_by_character() {
    let (out, ..) = run(dateline().args(["read", "--format", "json"]).write_stdin(REPORT));
    let reading: serde_json::Value = serde_json::from_str(&out).unwrap();
    let text: Vec<char> = reading["article"]["text"].as_str().unwrap().chars().collect();
    let mut sentences = reading["sentences"].as_array().unwrap().iter().map(|span| {
        let at = |name: &str| span[name].as_u64().unwrap() as usize;
        text[at("start")..at("end")].iter().collect::<String>()
    });
    let last = sentences.next_back().unwrap();
    assert_eq!(last, "“We will sign the agreement,” Lom told reporters at the airport.");
}

#[test]
fn json_is_an_object_for_one_article_and_an_array_for_several() {
    let files = Files::new();
    let (one, two) = (files.add("1.txt", REPORT), files.add("2.txt", REPORT));
    let parse = |paths: &[&PathBuf]| -> serde_json::Value {
        let (out, ..) = run(dateline().args(["read", "-f", "json"]).args(paths));
        serde_json::from_str(&out).unwrap()
    };
    assert!(parse(&[&one]).is_object());
    assert_eq!(parse(&[&one, &two]).as_array().unwrap().len(), 2);
}

#[test]
fn csv_has_its_header_even_without_events() {
    let files = Files::new();
    let path =
        files.add("report.txt", "Weather\n\nIt was warm and dry in the valley, as it often is in May.\n");
    let (out, _, status) = run(dateline().args(["read", "-f", "csv"]).arg(path));
    assert_eq!(status, 0);
    assert!(out.starts_with("article_id,key,source,title,"), "{out}");
}

#[test]
fn output_goes_to_a_file() {
    let files = Files::new();
    let (report, target) = (files.add("report.txt", REPORT), files.path().join("out.jsonl"));
    let (out, _, status) = run(dateline().args(["read", "-f", "jsonl", "-o"]).arg(&target).arg(report));
    assert_eq!((out.as_str(), status), ("", 0));
    assert_eq!(fs::read_to_string(target).unwrap().lines().count(), 1);
}

#[test]
fn a_missing_file_is_named_and_the_rest_goes_on() {
    let files = Files::new();
    let report = files.add("report.txt", REPORT);
    let (out, err, status) = run(dateline().arg("read").arg(files.path().join("gone.txt")).arg(report));
    assert_eq!(status, 1);
    assert!(err.contains("gone.txt"), "{err}");
    assert!(out.contains("Minister arrives"), "{out}");
}

#[test]
fn an_empty_file_is_named() {
    let files = Files::new();
    for (name, content) in [("empty.txt", ""), ("blank.txt", " \n\n\t\n")] {
        let (out, err, status) = run(dateline().args(["read", "-f", "jsonl"]).arg(files.add(name, content)));
        assert_eq!((out.as_str(), status), ("", 1));
        assert!(err.contains(name), "{err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
}

#[test]
fn what_is_no_text_is_named() {
    let files = Files::new();
    let junk: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let image = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &junk].concat();
    let (junk, image) = (files.add("junk.bin", junk), files.add("image.png", image));
    let (out, err, status) = run(dateline().args(["read", "-f", "jsonl"]).args([junk, image]));
    assert_eq!((out.as_str(), status), ("", 1));
    assert!(err.contains("junk.bin") && err.contains("image.png"), "{err}");
}

#[test]
fn a_broken_line_costs_only_itself() {
    let files = Files::new();
    let lines =
        [line(1), "{\"id\": \"2\", \"text\": \n".into(), line(3), "\n".into(), "[]\n".into(), line(6)];
    let path = files.add("wire.jsonl", lines.concat());
    let (out, err, status) = run(dateline().args(["read", "-f", "jsonl"]).arg(path));
    assert_eq!(keys(&out), ["1", "3", "6"]);
    assert_eq!(status, 1);
    assert!(err.contains("wire.jsonl"), "{err}");
    assert_eq!(err.lines().count(), 2, "{err}");
}

#[test]
fn the_order_is_that_of_the_input_on_any_number_of_threads() {
    let files = Files::new();
    let long =
        format!("{{\"id\": \"0\", \"text\": \"{}\"}}\n", "The army shelled the town on Monday. ".repeat(60));
    let wire = files.add("wire.jsonl", long + &(1..40).map(line).collect::<String>());
    let more = files.add("more.jsonl", (40..50).map(line).collect::<String>());
    let read = |threads: &str| {
        run(dateline().args(["read", "-f", "jsonl", "--threads", threads]).args([&wire, &more])).0
    };
    let one = read("1");
    assert_eq!(keys(&one), (0..50).map(|i| i.to_string()).collect::<Vec<_>>());
    for threads in ["2", "7"] {
        assert!(read(threads) == one, "{threads} threads gave another output");
    }
}

#[test]
fn folders_are_walked_in_order_of_name() {
    let files = Files::new();
    for name in ["b.jsonl", "a/2.jsonl", "a/1.jsonl"] {
        let id = if name == "b.jsonl" { 3 } else { name[2..3].parse().unwrap() };
        files.add(name, line(id));
    }
    let (out, _, status) = run(dateline().args(["read", "-f", "jsonl"]).arg(files.path()));
    assert_eq!((keys(&out), status), (vec!["1".into(), "2".into(), "3".into()], 0));
}

#[test]
fn a_reader_who_leaves_early_ends_the_run_quietly() {
    let files = Files::new();
    let wire = files.add("wire.jsonl", (0..3000).map(line).collect::<String>());
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["read", "-f", "jsonl"])
        .arg(wire)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let start = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(first.starts_with("{\"schema\":"), "{first}");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(output.status.success());
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_whole_lines() {
    let files = Files::new();
    let wire = files.add("wire.jsonl", (0..60_000).map(line).collect::<String>());
    for command in ["article", "read"] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args([command, "-f", "jsonl"])
            .args(if command == "read" { &["--copies", "ignore"][..] } else { &[] })
            .arg(&wire)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let pid = child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        let lines: Vec<String> = out.lines().map(Result::unwrap).collect();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{command}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("interrupted"), "{command}");
        assert!(lines.len() < 59_999, "{command}");
        assert!(
            lines.iter().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()),
            "{command}"
        );
    }
}

#[test]
fn captions_are_kept_and_not_read() {
    let caption = "FILE - Rebels shelled the town of Ardo on Monday.";
    let mut command = dateline();
    command.args(["read", "-f", "json"]).write_stdin(format!("{}\n{caption}\n", REPORT.trim_end()));
    let (out, _, status) = run(&mut command);
    let reading: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(status, 0);
    assert!(reading["article"]["text"].as_str().unwrap().contains("Ardo"), "{out}");
    let kinds: Vec<&str> =
        reading["blocks"].as_array().unwrap().iter().filter_map(|b| b["kind"].as_str()).collect();
    assert_eq!(kinds.last(), Some(&"caption"));
    assert!(
        !reading["events"].to_string().contains("shelled")
            && !reading["entities"].to_string().contains("Ardo")
    );
}

#[test]
fn wrong_usage_has_a_status_of_its_own() {
    for arguments in [&["read", "--format", "xml"][..], &["read", "--threads", "0"], &["shout"], &[]] {
        let (out, err, status) = run(dateline().args(arguments));
        assert_eq!((out.as_str(), status), ("", 2), "{arguments:?}");
        assert!(err.contains("--help"), "{err}");
    }
}

#[test]
fn help_has_examples() {
    for arguments in [&["--help"][..], &["read", "--help"], &["explain", "--help"]] {
        let (out, _, status) = run(dateline().args(arguments));
        assert_eq!(status, 0);
        assert!(out.contains("Examples:"), "{out}");
    }
}

#[test]
fn version_names_the_model_and_the_codebook() {
    let (out, _, status) = run(dateline().arg("--version"));
    assert_eq!(status, 0);
    assert!(out.starts_with(concat!("dateline ", env!("CARGO_PKG_VERSION"), "\n")), "{out}");
    assert_eq!(out.matches('@').count(), 2, "{out}");
}

#[test]
fn explain_shows_every_stage() {
    let (out, _, status) = run(dateline().args(["explain", "Rebels shelled the town on Monday."]));
    assert_eq!(status, 0);
    for heading in ["WORDS", "TREE", "NAMES", "FRAMES", "PATTERNS", "EVENTS"] {
        assert!(out.contains(heading), "{out}");
    }
    let (from_stdin, ..) = run(dateline().arg("explain").write_stdin("Rebels shelled the town on Monday.\n"));
    assert_eq!(out, from_stdin);
}

#[test]
fn explain_wants_a_sentence() {
    let (_, err, status) = run(dateline().arg("explain").write_stdin(" \n"));
    assert_eq!(status, 1);
    assert!(err.contains("give a sentence"), "{err}");
}

#[test]
fn article_prints_what_is_read_and_nothing_else() {
    let files = Files::new();
    let report = files.add("report.txt", REPORT);
    let (out, _, status) = run(dateline().arg("article").arg(&report));
    assert_eq!(status, 0);
    assert!(out.contains("title:      Minister arrives in Geneva for talks\n"), "{out}");
    let (out, ..) = run(dateline().args(["article", "-f", "json"]).arg(&report));
    let article: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(article["blocks"][0]["kind"], "title");
}

#[test]
fn the_codebook_has_no_fault() {
    let (out, _, status) = run(dateline().args(["codebook", "check"]));
    assert_eq!(status, 0, "{out}");
}

/// A report of several sentences, long enough to be told from another.
const LONG: &str = "Rebels left the town of Kidal on Tuesday after a week of talks with the army, its spokesman said. \
     Nobody was hurt when they drove away in forty cars, and the army took the airport in the evening. \
     The talks were held in Algiers, where both sides had met in the spring without coming to terms.";

#[test]
fn copies_are_marked_and_read_once() {
    let files = Files::new();
    let record = |id: u32, title: &str, text: &str| {
        format!("{}\n", serde_json::json!({"id": id, "title": title, "text": text}))
    };
    let cut = LONG.rsplit_once(" where").unwrap().0;
    let wire = files.add("wire.jsonl", record(1, "Rebels leave", cut) + &record(2, "Truce holds", LONG));
    let read = |flags: &[&str]| -> Vec<serde_json::Value> {
        let (out, ..) = run(dateline().args(["read", "-f", "jsonl"]).args(flags).arg(&wire));
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let marked = read(&[]);
    assert_eq!(marked[0]["article"]["copy_of"], marked[1]["article"]["id"]);
    assert_eq!(marked[0]["notes"][0]["kind"], "unread");
    assert!(marked[0]["events"].as_array().unwrap().is_empty());
    assert!(marked[1]["article"]["copy_of"].is_null());
    let all = read(&["--copies", "read"]);
    assert_eq!(all[0]["article"]["copy_of"], all[1]["article"]["id"]);
    assert!(!all[0]["sentences"].as_array().unwrap().is_empty());
    assert!(read(&["--copies", "ignore"])[0]["article"]["copy_of"].is_null());
}

#[test]
fn files_are_taken_from_a_list_and_columns_from_a_map() {
    let files = Files::new();
    let table = files.add("news.csv", format!("nr,inhalt\n7,\"{LONG}\"\n"));
    let list = files.add("list.txt", format!("{}\n\n", table.display()));
    let (out, err, status) =
        run(dateline().args(["article", "-f", "jsonl", "--map", "text=inhalt,id=nr", "--list"]).arg(list));
    assert_eq!((err.as_str(), status), ("", 0));
    assert_eq!(keys(&out), ["7"]);
    let (_, err, status) = run(dateline().args(["article", "--map", "inhalt"]).arg(table));
    assert_eq!(status, 2);
    assert!(err.contains("text=body"), "{err}");
}

#[test]
fn links_and_odd_dates_are_said_and_are_no_faults() {
    let files = Files::new();
    let feed = files.add(
        "feed.rss",
        "<rss><channel><item><title>Road cut</title><link>https://post.example/1</link></item></channel></rss>",
    );
    let wire = files.add("wire.jsonl", format!("{{\"text\": \"{LONG}\", \"date\": \"31 February 2019\"}}\n"));
    let (out, err, status) = run(dateline().args(["article", "--why"]).args([feed, wire]));
    assert_eq!(status, 0, "{err}");
    assert!(err.contains("only a link") && err.contains("is no date"), "{err}");
    assert!(out.contains("[the text itself]"), "{out}");
}

#[test]
fn what_was_withdrawn_is_not_read() {
    let files = Files::new();
    let item = serde_json::json!({
        "uri": "urn:x:1", "pubstatus": "canceled", "version": "2", "headline": "Rebels leave", "body_text": LONG
    });
    let path = files.add("item.json", item.to_string());
    let (out, ..) = run(dateline().args(["read", "-f", "json"]).arg(path));
    let reading: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(reading["article"]["status"], "canceled");
    assert!(reading["events"].as_array().unwrap().is_empty());
}
