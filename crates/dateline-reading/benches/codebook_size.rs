//! What coding costs against the size of the codebook: `cargo bench -p dateline-reading`.
//!
//! Patterns are added to the program's own: `apart` gives them verbs of their own, `together` puts them all on five verbs
//! that every report has. Tens of thousands should cost a sentence about what hundreds do.
#![allow(missing_docs, clippy::unwrap_used)] // a bench that cannot open its codebook should stop

use dateline_article::{Article, Block, BlockKind};
use dateline_codebook::Codebook;
use dateline_reading::reading::Coder;
use dateline_syntax::{Engine, EngineKind, Sentence};
use dateline_text::Span;
use divan::Bencher;
use divan::counter::ItemsCount;
use std::fmt::Write;

const TEXT: &str = include_str!("../../../examples/bombing.txt");
const SIZES: [usize; 4] = [0, 300, 3_000, 30_000];
const VERBS: [&str; 5] = ["say", "kill", "tell", "attack", "be"];

fn main() {
    divan::main();
}

/// The program's codebook with more patterns.
fn codebook(more: usize, together: bool) -> Codebook {
    let folder =
        std::env::temp_dir().join(format!("dateline-codebook-size-{more}-{together}-{}", std::process::id()));
    for (name, bytes) in Codebook::standard_files() {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let mut text = String::from("event = \"ASSAULT\"\n");
    for at in 0..more {
        let verb = if together { VERBS[at % VERBS.len()].to_owned() } else { format!("verb{at}") };
        writeln!(
            text,
            "[[pattern]]\nname = \"more-{at}\"\nframe = [\"ACTOR {verb} {{thing{at}, air_thing{at}}}\"]"
        )
        .unwrap();
    }
    std::fs::write(folder.join("plover/more.toml"), text).unwrap();
    let codebook = Codebook::open(&folder).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    codebook
}

fn sentences() -> (Article, Vec<Sentence>) {
    let span = Span::new(0, TEXT.len());
    let engine: Box<dyn Engine> = EngineKind::Fast.open(None).unwrap();
    let article = Article {
        text: TEXT.to_owned(),
        blocks: vec![Block { kind: BlockKind::Paragraph, span }],
        ..Article::default()
    };
    let sentences = engine.analyse(TEXT, &[span]);
    (article, sentences)
}

fn read(bencher: Bencher<'_, '_>, codebook: &Codebook) {
    let (article, sentences) = sentences();
    let coder = || Coder {
        name: String::new(),
        version: String::new(),
        model: String::new(),
        codebook: String::new(),
    };
    bencher
        .counter(ItemsCount::new(sentences.len()))
        .bench(|| dateline_reading::read(&article, &sentences, codebook, coder()));
}

/// The whole reading room but for the analyser; items are sentences.
#[divan::bench(args = SIZES)]
fn apart(bencher: Bencher<'_, '_>, more: usize) {
    read(bencher, &codebook(more, false));
}

#[divan::bench(args = SIZES)]
fn together(bencher: Bencher<'_, '_>, more: usize) {
    read(bencher, &codebook(more, true));
}
