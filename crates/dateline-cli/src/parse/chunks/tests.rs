use super::*;

fn stretches(text: &str) -> Vec<String> {
    let mut reader = Text { input: Box::new(Cursor::new(text.as_bytes().to_vec())), carry: Vec::new() };
    std::iter::from_fn(|| Some(reader.next().unwrap()).filter(|bytes| !bytes.is_empty()))
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .collect()
}

#[test]
fn text_is_cut_at_blank_lines_and_nothing_is_lost() {
    let paragraph = format!("{}\n", "Rebels left.\n".repeat(300));
    let text = paragraph.repeat(40);
    let got = stretches(&text);
    assert!(got.len() > 5);
    assert!(got.iter().all(|part| part.ends_with("\n\n") && part.len() < 2 * ENOUGH));
    assert_eq!(got.concat(), text);
}

#[test]
fn what_has_no_blank_line_is_cut_where_it_does_least_harm() {
    for (unit, end) in [("Rebels left.\n", "\n"), ("Rebels left. ", " "), ("é", "é")] {
        let text = unit.repeat(3 * LONGEST / unit.len());
        let got = stretches(&text);
        assert!(got.len() >= 3);
        assert!(got.iter().all(|part| part.ends_with(end) && part.len() <= LONGEST));
        assert_eq!(got.concat(), text);
    }
}

#[test]
fn paragraphs_stand_between_blank_lines() {
    let text = "\n One\ntwo \n \t\nThree\n\n\n\nFour";
    let found: Vec<&str> = paragraphs(text).into_iter().map(|span| span.of(text)).collect();
    assert_eq!(found, ["One\ntwo", "Three", "Four"]);
}

#[test]
fn a_sentence_with_a_fault_is_left_out() {
    let row = |number: &str| format!("{number}\tx\t_\t_\t_\t_\t_\t_\t_\t_\n");
    let text = format!("# a\n{}\n{}{}\n\n{}", row("1"), row("1"), row("3"), row("1"));
    let mut rows = Rows { input: Box::new(Cursor::new(text.into_bytes())), line: 0, waiting: None };
    let got: Vec<_> = std::iter::from_fn(|| rows.next("in")).collect();
    assert_eq!(
        got,
        [
            Ok(format!("# a\n{}\n", row("1"))),
            Err(Failure("in:5: word 3 where word 2 belongs".into())),
            Ok(format!("{}\n", row("1")))
        ]
    );
}

#[test]
fn formats_are_told_apart() {
    assert!(is_conllu(b"\xEF\xBB\xBF# sent_id = 1\n# text\n1-2\tx\t_\t_\t_\t_\t_\t_\t_\t_\n"));
    assert!(!is_conllu(b"# A heading\n\n1 March was a Friday.\n"));
    assert!(!is_conllu(b"1\tthe\n2\tof\n"));
}
