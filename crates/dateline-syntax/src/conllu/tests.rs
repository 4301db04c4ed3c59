use super::*;
use crate::{Relation, Upos, Xpos};
use compact_str::CompactString;
use dateline_text::Span;
use proptest::prelude::*;

const KINDS: [NameKind; 4] = [NameKind::Person, NameKind::Organization, NameKind::Place, NameKind::Other];

/// A text of words with or without gaps, and a sentence over it.
fn sentences() -> impl Strategy<Value = (String, Sentence)> {
    let label = any::<prop::sample::Index>;
    let word = ("[^\\s\\p{C}]{1,6}", "[ \n\t]{0,2}", label(), label(), label(), label(), 0usize..8);
    prop::collection::vec(word, 1..12).prop_map(|words| {
        let (mut text, mut tokens, mut names) = (String::new(), Vec::new(), Vec::new());
        for (i, (form, gap, upos, xpos, relation, head, name)) in words.iter().enumerate() {
            let start = text.len();
            text.push_str(form);
            let head = head.index(words.len() + 1);
            tokens.push(Token {
                span: Span::new(start, text.len()),
                lemma: CompactString::from(form.to_lowercase()),
                upos: Upos::ALL[upos.index(Upos::ALL.len())],
                xpos: Xpos::ALL[xpos.index(Xpos::ALL.len())],
                head: head.checked_sub(1).map(|h| h as u32),
                relation: Relation::ALL[relation.index(Relation::ALL.len())],
            });
            let at = i as u32;
            match (KINDS.get(*name), names.last_mut()) {
                (Some(&kind), _) => names.push(Name { first: at, end: at + 1, kind }),
                (None, Some(last)) if *name == 4 && last.end == at => last.end = at + 1,
                _ => {}
            }
            text.push_str(gap);
        }
        (text, Sentence::new(tokens, names))
    })
}

/// What the rows say.
fn read(written: &str) -> (String, Vec<Token>, Vec<Name>) {
    let (mut text, mut tokens, mut names) = (String::new(), Vec::new(), Vec::<Name>::new());
    for line in written.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let row = Row::parse(line).unwrap();
        let at = tokens.len() as u32;
        assert_eq!(row.id, Id::Word(at + 1));
        let start = text.len();
        text.push_str(row.form);
        let span = Span::new(start, text.len());
        if row.space_after() {
            text.push(' ');
        }
        tokens.push(Token {
            span,
            lemma: row.lemma.into(),
            upos: Upos::parse(row.upos).unwrap(),
            xpos: Xpos::parse(row.xpos).unwrap(),
            head: row.head.unwrap().checked_sub(1),
            relation: Relation::parse(row.relation).unwrap(),
        });
        match row.attributes().find_map(|a| a.strip_prefix("NER=")).map(|label| label.split_at(2)) {
            Some(("B-", label)) => {
                let kind = *KINDS.iter().find(|k| kind(**k) == label).unwrap();
                names.push(Name { first: at, end: at + 1, kind });
            }
            Some(_) => names.last_mut().unwrap().end = at + 1,
            None => {}
        }
    }
    (text, tokens, names)
}

proptest! {
    #[test]
    fn what_is_written_is_read_back((text, sentence) in sentences()) {
        let mut out = Vec::new();
        write(&mut out, &text, &sentence, false);
        let written = String::from_utf8(out).unwrap();
        let (back, tokens, names) = read(&written);
        prop_assert_eq!(back.trim(), written.lines().next().unwrap().strip_prefix("# text = ").unwrap());
        prop_assert_eq!(&names, &sentence.names);
        prop_assert_eq!(tokens.len(), sentence.tokens.len());
        for (a, b) in tokens.iter().zip(&sentence.tokens) {
            prop_assert_eq!(a.span.of(&back), b.span.of(&text));
            prop_assert_eq!((&a.lemma, a.upos, a.xpos), (&b.lemma, b.upos, b.xpos));
            prop_assert_eq!((a.head, a.relation), (b.head, b.relation));
        }
        // Given its own rows, a sentence is written as it was.
        let mut again = Vec::new();
        rewrite(&mut again, &written, &sentence);
        let order = |text: &str| text.replace("SpaceAfter=No|", "").replace("|SpaceAfter=No", "");
        prop_assert_eq!(order(&String::from_utf8(again).unwrap()), order(&written));
    }

    #[test]
    fn any_line_is_a_row_or_an_error(line in "\\PC*", cells in prop::collection::vec("[0-9_.a-z-]{0,3}", 8..12)) {
        let _ = Row::parse(&line);
        let _ = Row::parse(&cells.join("\t"));
    }
}

#[test]
fn what_is_no_word_passes_through() {
    let given = "# sent_id = a\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tDo\t_\t_\t_\tX=Y\t_\t_\t_\tNER=B-LOC|Kept=1\n\
                 2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n2.1\tgo\t_\t_\t_\t_\t_\t_\t0:root\t_\n";
    let token = |lemma: &str, head| Token {
        span: Span::default(),
        lemma: lemma.into(),
        upos: Upos::Aux,
        xpos: Xpos::Vb,
        head,
        relation: Relation::Aux,
    };
    let sentence = Sentence::new(vec![token("do", None), token("not", Some(0))], Vec::new());
    let mut out = Vec::new();
    rewrite(&mut out, given, &sentence);
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "# sent_id = a\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tDo\tdo\tAUX\tVB\t_\t0\taux\t_\tKept=1\n\
         2\tn't\tnot\tAUX\tVB\t_\t1\taux\t_\t_\n2.1\tgo\t_\t_\t_\t_\t_\t_\t0:root\t_\n\n"
    );
}

#[test]
fn faults_are_named() {
    let fault = |line: &str| Row::parse(line).unwrap_err().to_string();
    assert_eq!(fault("1\tx"), "2 cells, parted by tabs, where ten belong");
    assert_eq!(fault("a\tx\t_\t_\t_\t_\t_\t_\t_\t_"), "\"a\" is no word's number");
    assert_eq!(fault("1\tx\t_\t_\t_\t_\t-1\t_\t_\t_"), "\"-1\" is no head's number");
    assert_eq!(fault("1\t\t_\t_\t_\t_\t0\t_\t_\t_"), "a word without a form");
}
