//! Every kind of instructions gives the same sentences.

use crate::neural::kernels::Kernels;
use crate::{Engine, Fast, Sentence, Standard};
use dateline_text::Span;
use std::path::PathBuf;

/// The forms, heads and relations of a treebank's sentences, where the treebank is at hand.
fn treebank() -> Option<Vec<Vec<[String; 3]>>> {
    let path = std::env::var_os("DATELINE_TREEBANK").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/syntax/ewt-dev.conllu")),
        PathBuf::from,
    );
    let Ok(content) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: no treebank at {}; DATELINE_TREEBANK may name one", path.display());
        return None;
    };
    let sentences = content.split("\n\n").map(|sentence| {
        let rows = sentence.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let words = rows.filter(|r| r.len() == 10 && r[0].bytes().all(|b| b.is_ascii_digit()));
        words.map(|r| [r[1], r[6], r[7]].map(str::to_owned)).collect::<Vec<_>>()
    });
    Some(sentences.filter(|s| !s.is_empty()).collect())
}

#[test]
fn standard_reads_a_tenth_of_a_treebank_alike() {
    compare_levels(10, |k| Standard::embedded_for(k).unwrap());
}

#[test]
fn fast_reads_a_treebank_alike() {
    compare_levels(1, |k| Fast::embedded_for(k).unwrap());
}

#[test]
#[ignore = "takes minutes"]
fn standard_reads_a_treebank_alike() {
    compare_levels(1, |k| Standard::embedded_for(k).unwrap());
}

/// Reads every so manieth sentence of the treebank with every kind of instructions that this processor has.
fn compare_levels<E: Engine>(step: usize, make: impl Fn(Kernels) -> E) {
    let Some(sentences) = treebank() else { return };
    let levels = Kernels::available();
    let engines: Vec<E> = levels.iter().map(|&k| make(k)).collect();
    let (mut words, mut right) = (0, 0);
    for gold in sentences.iter().step_by(step) {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for [form, ..] in gold {
            let start = text.len();
            text.push_str(form);
            spans.push(Span::new(start, text.len()));
            text.push(' ');
        }
        let read: Vec<Sentence> = engines.iter().map(|e| e.analyse_words(&text, &spans)).collect();
        for (other, level) in read.iter().zip(&levels) {
            assert_eq!(other, &read[0], "{level:?}: {text}");
        }
        for (token, [_, head, relation]) in read[0].tokens.iter().zip(gold) {
            let same = token.head.map_or(0, |h| h + 1).to_string() == *head
                && token.relation.base() == relation.split(':').next().unwrap();
            right += u32::from(same);
            words += 1;
        }
    }
    let share = 100.0 * f64::from(right) / f64::from(words);
    eprintln!("{levels:?}: {words} words, {share:.2} % with the right head and relation");
    assert!(share > 85.0, "{share:.2}");
}
