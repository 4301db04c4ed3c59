//! `dateline parse`: text, articles and CoNLL-U in, CoNLL-U out.

#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use assert_cmd::Command;
use dateline::syntax::conllu::{Id, Row};
use std::fs;

fn parse(arguments: &[&str], input: &str) -> (String, String, i32) {
    let mut command = Command::cargo_bin("dateline").unwrap();
    let output = command.arg("parse").args(arguments).write_stdin(input).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// The text that the rows stand for, each sentence on a line; panics where a row is none.
fn text_of(rows: &str) -> String {
    let mut text = String::new();
    for line in rows.lines().filter(|line| !line.starts_with('#')) {
        match line {
            "" => text.push('\n'),
            line => {
                let row = Row::parse(line).unwrap();
                assert!(matches!(row.id, Id::Word(_)) && row.head.is_some());
                text.push_str(row.form);
                text.push_str(if row.space_after() { " " } else { "" });
            }
        }
    }
    text
}

#[test]
fn paragraphs_become_sentences_with_numbers() {
    let text = "\nThe envoy left\nGeneva. Talks go on.\n\n“It is over,” he said.\n";
    let (rows, _, status) = parse(&[], text);
    assert_eq!(status, 0);
    let comments: Vec<&str> = rows.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        comments,
        [
            "# newdoc id = -",
            "# newpar",
            "# sent_id = d1-p1-s1",
            "# text = The envoy left Geneva.",
            "# sent_id = d1-p1-s2",
            "# text = Talks go on.",
            "# newpar",
            "# sent_id = d1-p2-s1",
            "# text = “It is over,” he said.",
        ]
    );
    assert_eq!(text_of(&rows), "The envoy left Geneva. \nTalks go on. \n“It is over,” he said. \n");
    assert!(
        rows.contains("4\tGeneva\tGeneva\tPROPN\tNNP\t_\t3\tobj\t_\tNER=B-LOC|SpaceAfter=No\n"),
        "{rows}"
    );
}

#[test]
fn given_words_and_comments_stay() {
    let given = "# newdoc id = a\n# note = kept\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tDo\t_\t_\t_\t_\t_\t_\t_\tA=b\n\
                 2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n3\tgo\t_\t_\t_\t_\t_\t_\t_\t_\n\n# last\n";
    let (rows, _, status) = parse(&[], given);
    assert_eq!(status, 0);
    assert!(
        rows.starts_with(
            "# newdoc id = a\n# note = kept\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tDo\tdo\tAUX\t"
        ),
        "{rows}"
    );
    assert!(rows.contains("\tA=b\n") && rows.ends_with("\n\n# last\n\n"), "{rows}");
    let (again, _, _) = parse(&[], &rows);
    assert_eq!(again, rows);
}

#[test]
fn threads_and_packing_make_no_difference() {
    let text: String = (0..1200)
        .map(|i| format!("Rebels shelled town {i} on Monday.{}", if i % 3 == 0 { "\n\n" } else { " " }))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("wire.txt");
    fs::write(&plain, &text[..36_000]).unwrap();
    let one = parse(&["-j", "1", plain.to_str().unwrap()], "");
    let three = parse(&["--jobs", "3", plain.to_str().unwrap()], "");
    assert!(one == three && one.2 == 0);
    assert_eq!(one.0.matches("# newdoc").count(), 1);
    assert!(one.0.contains("\n# sent_id = d1-p300-s2\n"));
}

#[test]
fn articles_are_documents() {
    let lines = "{\"id\": \"a\", \"text\": \"Rebels left.\"}\n{\"id\": 7\n{\"id\": \"b\", \"text\": \"Talks began.\"}\n";
    let (rows, errors, status) = parse(&[], lines);
    assert_eq!(status, 1);
    assert!(errors.starts_with("dateline: -:2 (byte 36): "), "{errors}");
    assert!(rows.starts_with("# newdoc id = a\n# newpar\n# sent_id = d1-p1-s1\n"), "{rows}");
    assert!(rows.contains("\n# newdoc id = b\n# newpar\n# sent_id = d2-p1-s1\n"), "{rows}");
}

#[test]
fn faults_are_told_and_the_rest_is_parsed() {
    let row = "1\tGo\t_\t_\t_\t_\t_\t_\t_\t_\n";
    let (rows, errors, status) = parse(&[], &format!("{row}\nx{row}\n{row}"));
    assert_eq!((rows.matches("root").count(), status), (2, 1));
    assert_eq!(errors, "dateline: -:3: \"x1\" is no word's number\n");
    let (_, errors, status) = parse(&[], " \n\n");
    assert_eq!((errors.as_str(), status), ("dateline: -: no text in it\n", 1));
    assert_eq!(parse(&["--engine", "other"], "").2, 2);
}
