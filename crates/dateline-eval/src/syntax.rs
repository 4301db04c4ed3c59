use crate::alignment::{Aligned, align};
use crate::confusions::Confusions;
use crate::conllu::{self, Document};
use crate::engine::EngineChoice;
use crate::parallel;
use crate::recast::Recast;
use crate::splits::show_splits;
use crate::tally::Tally;
use crate::words::{Word, gold_words, spans, system_words, visible};
use anyhow::Result;
use clap::Args;
use dateline_syntax::{Engine, Relation, Sentence, Standard, Token, Upos, Xpos};
use dateline_text::Span;
use std::path::PathBuf;
use std::time::Instant;

/// Scores segmentation, tags, lemmas and trees against a treebank, as the CoNLL 2018 shared task did.
///
/// Words count as found where they cover the same letters; relations are compared without their subtypes. From raw
/// text, paragraphs are known where the treebank marks them.
#[derive(Debug, Args)]
pub(crate) struct Syntax {
    /// The treebank, in CoNLL-U.
    #[arg(long)]
    gold: PathBuf,
    /// Start from plain text, rebuilt from the treebank, instead of from its words and sentences.
    #[arg(long)]
    raw: bool,
    #[command(flatten)]
    engine: EngineChoice,
    #[command(flatten)]
    recast: Recast,
    /// Print for each relation and each tag how often it is right and what stands in its place.
    #[arg(long, conflicts_with = "segmentation")]
    labels: bool,
    /// Print where words and sentences are split otherwise than in the treebank.
    #[arg(long, requires = "raw")]
    splits: bool,
    /// Score words and sentences only, without running the network.
    #[arg(long, requires = "raw", conflicts_with = "engine")]
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

const FIGURES: [&str; 8] = ["words", "sentences", "UPOS", "XPOS", "lemmas", "UAS", "LAS", "CLAS"];

/// What is counted over all documents.
#[derive(Default)]
struct Scores {
    /// One for each of `FIGURES`.
    tallies: [Tally; 8],
    relations: Confusions,
    tags: Confusions,
}

impl Syntax {
    pub(crate) fn run(&self, out: &mut impl std::io::Write) -> Result<()> {
        let documents: Vec<Document> =
            conllu::read(&self.gold)?.into_iter().map(|document| self.recast.document(document)).collect();
        let (id, analyse) = self.analysis()?;
        let began = Instant::now();
        let analysed = parallel::map(&documents, self.engine.jobs, |document| analyse(document));
        let seconds = began.elapsed().as_secs_f64();

        let (mut scores, mut count) = (Scores::default(), 0);
        for (document, (text, sentences)) in documents.iter().zip(&analysed) {
            let gold = gold_words(document);
            let system = system_words(text, &visible(text), sentences);
            count += system.len();
            let pairs = if self.raw {
                let list = |words: &[(usize, Word)]| -> Vec<Aligned> {
                    words.iter().map(|w| w.1.aligned.clone()).collect()
                };
                align(&list(&gold), &list(&system))
            } else {
                (0..gold.len()).map(|i| (i, i)).collect()
            };
            scores.sentences(document, sentences, self.raw, &gold, &system);
            scores.words(&gold, &system, &pairs);
            if self.splits {
                show_splits(document, &gold, &system, out)?;
            }
        }
        let from = if self.raw { "from raw text" } else { "on gold words" };
        writeln!(out, "{} {from}, {id}", self.gold.display())?;
        let figures = if self.segmentation { 2 } else { FIGURES.len() };
        for (name, tally) in FIGURES.iter().zip(scores.tallies).take(figures) {
            writeln!(out, "{name:>10} {:6.2}", tally.f1())?;
        }
        let threads = if self.engine.jobs > 1 { "threads" } else { "thread" };
        writeln!(
            out,
            "{:>10} {:6.0} a second, {} {threads}",
            "tokens",
            count as f64 / seconds,
            self.engine.jobs
        )?;
        if self.labels {
            scores.relations.table("relation", out)?;
            scores.tags.table("UPOS", out)?;
        }
        Ok(())
    }

    /// The engine's name, and what it makes of a document: the text that its sentences lie in, and the sentences.
    fn analysis(&self) -> Result<(String, Box<Analysis>)> {
        if self.segmentation {
            let engine = crate::engine(self.engine.model.as_deref())?;
            let id = engine.id().to_owned();
            return Ok((id, Box::new(move |d| (d.text.clone(), segmented(&engine, d)))));
        }
        let engine = self.engine.open()?;
        let (id, raw) = (engine.id().to_owned(), self.raw);
        Ok((
            id,
            Box::new(move |d| {
                if raw {
                    (d.text.clone(), engine.analyse(&d.text, &d.blocks))
                } else {
                    from_gold_words(&*engine, d)
                }
            }),
        ))
    }
}

type Analysis = dyn Fn(&Document) -> (String, Vec<Sentence>) + Sync;

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

impl Scores {
    fn sentences(
        &mut self,
        document: &Document,
        sentences: &[Sentence],
        raw: bool,
        gold: &[(usize, Word)],
        system: &[(usize, Word)],
    ) {
        let tally = &mut self.tallies[1];
        tally.gold += document.sentences.len();
        tally.system += sentences.len();
        tally.right += if raw {
            let (gold, system) = (spans(gold), spans(system));
            gold.iter().filter(|s| system.binary_search(s).is_ok()).count()
        } else {
            sentences.len()
        };
    }

    /// Compares the words of one document; `pairs` says which gold word is which system word.
    fn words(&mut self, gold: &[(usize, Word)], system: &[(usize, Word)], pairs: &[(usize, usize)]) {
        let content = |w: &Word| CONTENT.contains(&base(&w.relation));
        for (i, tally) in self.tallies.iter_mut().enumerate().filter(|(i, _)| *i != 1) {
            let counts = |words: &[(usize, Word)]| words.iter().filter(|w| i != 7 || content(&w.1)).count();
            tally.gold += counts(gold);
            tally.system += counts(system);
        }
        for (_, word) in system {
            self.relations.system(base(&word.relation));
            self.tags.system(&word.upos);
        }
        let (mut gold_of, mut system_of) = (vec![None; system.len()], vec![None; gold.len()]);
        for &(g, s) in pairs {
            (gold_of[s], system_of[g]) = (Some(g), Some(s));
        }
        for ((_, a), s) in gold.iter().zip(system_of) {
            self.relations.gold(base(&a.relation));
            self.tags.gold(&a.upos);
            let Some(s) = s else {
                self.relations.wrong(base(&a.relation), "no such word");
                self.tags.wrong(&a.upos, "no such word");
                continue;
            };
            let b = &system[s].1;
            let head = match (a.head, b.head) {
                (None, None) => true,
                (Some(a), Some(b)) => gold_of[b] == Some(a),
                _ => false,
            };
            let same = base(&a.relation) == base(&b.relation);
            let labelled = head && same;
            let lemma = a.lemma == "_" || a.lemma == b.lemma;
            let (upos, xpos) = (a.upos == b.upos, a.xpos == b.xpos);
            let right = [true, false, upos, xpos, lemma, head, labelled, labelled && content(a)];
            for (tally, right) in self.tallies.iter_mut().zip(right) {
                tally.right += usize::from(right);
            }
            match (same, head) {
                (true, true) => self.relations.right(base(&a.relation)),
                (true, false) => self.relations.wrong(base(&a.relation), "other head"),
                (false, _) => self.relations.wrong(base(&a.relation), base(&b.relation)),
            }
            if upos { self.tags.right(&a.upos) } else { self.tags.wrong(&a.upos, &b.upos) }
        }
    }
}

fn base(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}
