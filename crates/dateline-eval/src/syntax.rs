use crate::alignment::{Aligned, align};
use crate::conllu::{self, Document};
use crate::engine;
use anyhow::Result;
use clap::Args;
use dateline_syntax::{Engine, Relation, Sentence, Standard, Token, Upos, Xpos};
use dateline_text::Span;
use std::path::PathBuf;
use std::time::Instant;

/// Scores segmentation, tags, lemmas and trees against a treebank, as the CoNLL 2018 shared task did.
#[derive(Debug, Args)]
pub(crate) struct Syntax {
    /// The treebank, in CoNLL-U.
    #[arg(long)]
    gold: PathBuf,
    /// Start from plain text, rebuilt from the treebank, instead of from its words and sentences.
    #[arg(long)]
    raw: bool,
    /// A model file instead of the one in the program.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Print where words and sentences are split otherwise than in the treebank.
    #[arg(long, requires = "raw")]
    splits: bool,
    /// Score words and sentences only, without running the network.
    #[arg(long, requires = "raw")]
    segmentation: bool,
}

/// Relations whose words carry the content; the others count towards LAS only.
const CONTENT: [&str; 28] = [
    "nsubj",
    "obj",
    "iobj",
    "csubj",
    "ccomp",
    "xcomp",
    "obl",
    "vocative",
    "expl",
    "dislocated",
    "advcl",
    "advmod",
    "discourse",
    "nmod",
    "appos",
    "nummod",
    "acl",
    "amod",
    "conj",
    "fixed",
    "flat",
    "compound",
    "list",
    "parataxis",
    "orphan",
    "goeswith",
    "reparandum",
    "root",
];

/// A word of either side, ready to be compared.
struct Word {
    aligned: Aligned,
    lemma: String,
    upos: String,
    xpos: String,
    /// Position of the head in the document.
    head: Option<usize>,
    relation: String,
}

/// Counts behind one F1.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) gold: usize,
    pub(crate) system: usize,
    pub(crate) right: usize,
}

impl Tally {
    /// Harmonic mean of precision and recall, in per cent.
    pub(crate) fn f1(self) -> f64 {
        100.0 * 2.0 * self.right as f64 / (self.gold + self.system).max(1) as f64
    }
}

const FIGURES: [&str; 8] = ["words", "sentences", "UPOS", "XPOS", "lemmas", "UAS", "LAS", "CLAS"];

impl Syntax {
    pub(crate) fn run(&self, out: &mut impl std::io::Write) -> Result<()> {
        let engine = engine(self.model.as_deref())?;
        let documents = conllu::read(&self.gold)?;
        let mut tallies = [Tally::default(); 8];
        let (mut seconds, mut count) = (0.0, 0);
        for document in &documents {
            let began = Instant::now();
            let (text, sentences) = if self.segmentation {
                (document.text.clone(), segmented(&engine, document))
            } else if self.raw {
                (document.text.clone(), engine.analyse(&document.text, &document.blocks))
            } else {
                from_gold_words(&engine, document)
            };
            seconds += began.elapsed().as_secs_f64();
            count += sentences.iter().map(|s| s.tokens.len()).sum::<usize>();
            let positions = visible(&text);
            let system = system_words(&text, &positions, &sentences);
            let gold = gold_words(document);
            compare(&gold, &system, &mut tallies);
            if self.splits {
                show_splits(document, &gold, &system, out)?;
            }
        }
        let from = if self.raw { "from raw text" } else { "on gold words" };
        writeln!(out, "{} {from}, {}", self.gold.display(), engine.id())?;
        for (name, tally) in
            FIGURES.iter().zip(tallies).take(if self.segmentation { 2 } else { FIGURES.len() })
        {
            writeln!(out, "{name:>10} {:6.2}", tally.f1())?;
        }
        writeln!(out, "{:>10} {:6.0} a second, one thread", "tokens", count as f64 / seconds)?;
        Ok(())
    }
}

/// Words and sentences as the engine splits them, each word the head of nothing.
fn segmented(engine: &Standard, document: &Document) -> Vec<Sentence> {
    let token = |span| Token {
        span,
        lemma: Default::default(),
        upos: Upos::X,
        xpos: Xpos::Nn,
        head: None,
        relation: Relation::Dep,
    };
    let sentences = engine.segment(&document.text, &document.blocks);
    sentences.into_iter().map(|s| Sentence::new(s.into_iter().map(token).collect(), Vec::new())).collect()
}

/// For every byte of a text, how many visible characters stand before it.
fn visible(text: &str) -> Vec<u32> {
    let mut counts = vec![0; text.len() + 1];
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        counts[at..at + c.len_utf8()].fill(seen);
        seen += u32::from(!c.is_whitespace());
    }
    counts[text.len()] = seen;
    counts
}

fn gold_words(document: &Document) -> Vec<(usize, Word)> {
    let positions = visible(&document.text);
    let mut words = Vec::new();
    for (number, sentence) in document.sentences.iter().enumerate() {
        let base = words.len();
        for word in &sentence.words {
            let span =
                Span { start: positions[word.span.start as usize], end: positions[word.span.end as usize] };
            words.push((
                number,
                Word {
                    aligned: Aligned { form: word.form.clone(), span, shares: word.in_range },
                    lemma: word.lemma.clone(),
                    upos: word.upos.clone(),
                    xpos: word.xpos.clone(),
                    head: word.head.checked_sub(1).map(|h| h + base),
                    relation: word.relation.clone(),
                },
            ));
        }
    }
    words
}

fn system_words(text: &str, positions: &[u32], sentences: &[Sentence]) -> Vec<(usize, Word)> {
    let mut words = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let base = words.len();
        for token in &sentence.tokens {
            let span =
                Span { start: positions[token.span.start as usize], end: positions[token.span.end as usize] };
            words.push((
                number,
                Word {
                    aligned: Aligned { form: token.span.of(text).to_owned(), span, shares: false },
                    lemma: token.lemma.to_string(),
                    upos: token.upos.to_string(),
                    xpos: token.xpos.to_string(),
                    head: token.head.map(|h| h as usize + base),
                    relation: token.relation.to_string(),
                },
            ));
        }
    }
    words
}

/// Analyses each gold sentence's words. Where words share a token, their letters are laid side by side.
fn from_gold_words(engine: &dyn Engine, document: &Document) -> (String, Vec<Sentence>) {
    let (mut text, mut all) = (String::new(), Vec::new());
    for sentence in &document.sentences {
        let words: Vec<Span> = sentence
            .words
            .iter()
            .map(|word| {
                let start = text.len();
                text.push_str(&word.form);
                let span = Span::new(start, text.len());
                text.push(' ');
                span
            })
            .collect();
        all.push(words);
    }
    let sentences = all.iter().map(|words| engine.analyse_words(&text, words)).collect();
    (text, sentences)
}

/// Spans of sentences: first word's start, last word's end.
fn spans(words: &[(usize, Word)]) -> Vec<Span> {
    words
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|s| Some(s.first()?.1.aligned.span.cover(s.last()?.1.aligned.span)))
        .collect()
}

fn compare(gold: &[(usize, Word)], system: &[(usize, Word)], tallies: &mut [Tally; 8]) {
    let list = |words: &[(usize, Word)]| words.iter().map(|w| w.1.aligned.clone()).collect::<Vec<_>>();
    let pairs = align(&list(gold), &list(system));
    let (gold_spans, system_spans) = (spans(gold), spans(system));
    let common = gold_spans.iter().filter(|s| system_spans.binary_search(s).is_ok()).count();
    let sentences = &mut tallies[1];
    sentences.gold += gold_spans.len();
    sentences.system += system_spans.len();
    sentences.right += common;

    let content = |w: &Word| CONTENT.contains(&base(&w.relation));
    for (i, tally) in tallies.iter_mut().enumerate().filter(|(i, _)| *i != 1) {
        let counts = |words: &[(usize, Word)]| words.iter().filter(|w| i != 7 || content(&w.1)).count();
        tally.gold += counts(gold);
        tally.system += counts(system);
    }
    let mut gold_of = vec![None; system.len()];
    pairs.iter().for_each(|&(g, s)| gold_of[s] = Some(g));
    for &(g, s) in &pairs {
        let (a, b) = (&gold[g].1, &system[s].1);
        let head = match (a.head, b.head) {
            (None, None) => true,
            (Some(a), Some(b)) => gold_of[b] == Some(a),
            _ => false,
        };
        let labelled = head && base(&a.relation) == base(&b.relation);
        let lemma = a.lemma == "_" || a.lemma == b.lemma;
        let right =
            [true, false, a.upos == b.upos, a.xpos == b.xpos, lemma, head, labelled, labelled && content(a)];
        for (tally, right) in tallies.iter_mut().zip(right) {
            tally.right += usize::from(right);
        }
    }
}

fn base(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

/// Prints the stretches where words differ, and the ends of sentences that only one side has.
fn show_splits(
    document: &Document,
    gold: &[(usize, Word)],
    system: &[(usize, Word)],
    out: &mut impl std::io::Write,
) -> Result<()> {
    let ends = |words: &[(usize, Word)]| -> std::collections::BTreeSet<u32> {
        spans(words).iter().map(|s| s.end).collect()
    };
    let positions = visible(&document.text);
    let around = |end: u32| {
        let byte = positions.iter().position(|&p| p >= end).unwrap_or_default();
        let (mut from, mut to) = (byte.saturating_sub(50), (byte + 40).min(document.text.len()));
        while !document.text.is_char_boundary(from) {
            from -= 1;
        }
        while !document.text.is_char_boundary(to) {
            to += 1;
        }
        format!("{}⏎{}", &document.text[from..byte], &document.text[byte..to]).replace('\n', "⏎")
    };
    let (g, s) = (ends(gold), ends(system));
    for end in g.symmetric_difference(&s) {
        writeln!(out, "sentence {} {}", if g.contains(end) { "missed" } else { "extra " }, around(*end))?;
    }
    let bounds = |words: &[(usize, Word)]| -> std::collections::BTreeSet<u32> {
        words.iter().filter(|w| !w.1.aligned.shares).map(|w| w.1.aligned.span.end).collect()
    };
    let shared: std::collections::BTreeSet<u32> = gold
        .iter()
        .filter(|w| w.1.aligned.shares)
        .flat_map(|w| w.1.aligned.span.start + 1..=w.1.aligned.span.end)
        .collect();
    for end in bounds(gold).symmetric_difference(&bounds(system)).filter(|e| !shared.contains(e)) {
        let side = if bounds(gold).contains(end) { "missed" } else { "extra " };
        writeln!(out, "word {side} {}", around(*end))?;
    }
    Ok(())
}
