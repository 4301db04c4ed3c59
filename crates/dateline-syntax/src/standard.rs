use crate::assembly::{join, parsed, pick};
use crate::crossings::settle;
use crate::forms::Forms;
use crate::lemma::{LemmaRule, lemma};
use crate::names::NameDecoder;
use crate::neural::encoder::{Batch, Encoder, Part, Piece, Scratch};
use crate::neural::file::{Bytes, File};
use crate::neural::heads::{HeadScratch, Heads, best};
use crate::neural::kernels::Kernels;
use crate::sentences::{Boundaries, Splitting, WEIGHTS};
use crate::shape::shape;
use crate::tree::Trees;
use crate::wordpiece::WordPiece;
use crate::words::Words;
use crate::{Engine, ModelError, Relation, Sentence, Token, Upos, Xpos};
use compact_str::CompactString;
use dateline_text::Span;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Word pieces that go through the network together: enough to keep the arithmetic busy, few enough for the caches.
const BATCH: usize = 128;
/// Word pieces of the longest sentence that is read in one go; a longer one is read in parts that are joined.
const LONGEST: usize = 448;

/// The model, placed so that its matrices start at cache lines.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/en-standard.bin"));

/// The standard engine: a six-layer encoder with 8-bit weights and heads for tags, lemmas, trees and names.
///
/// Loading takes milliseconds, since the weights are used where they lie. One engine serves all threads.
///
/// ```
/// use dateline_syntax::{Engine, Standard};
/// use dateline_text::Span;
///
/// let engine = Standard::embedded()?;
/// let text = "The envoy left Geneva. Talks resume on Monday.";
/// let sentences = engine.analyse(text, &[Span::new(0, text.len())]);
/// assert_eq!(sentences.len(), 2);
/// let root = &sentences[0].tokens[sentences[0].root() as usize];
/// assert_eq!((root.span.of(text), root.lemma.as_str()), ("left", "leave"));
/// # Ok::<(), dateline_syntax::ModelError>(())
/// ```
pub struct Standard {
    bytes: Bytes,
    id: String,
    kernels: Kernels,
    splitter: Words,
    boundaries: Boundaries,
    vocabulary: WordPiece,
    encoder: Encoder,
    heads: Heads,
    labels: Labels,
    scratch: Mutex<Vec<Work>>,
}

struct Labels {
    upos: Vec<Upos>,
    xpos: Vec<Xpos>,
    lemma: Vec<LemmaRule>,
    relation: Vec<Relation>,
    names: NameDecoder,
}

/// Buffers of one analysis, kept for the next.
#[derive(Default)]
struct Work {
    words: Vec<Span>,
    sentences: Vec<Range<usize>>,
    splitting: Splitting,
    forms: Forms,
    ids: Vec<u32>,
    pieces: Vec<Piece>,
    /// Where each word's first piece stands among all pieces.
    firsts: Vec<usize>,
    /// The same for the words and pieces of one batch.
    first: Vec<usize>,
    parts: Vec<Part>,
    encoder: Scratch,
    heads: HeadScratch,
    arcs: Vec<f32>,
    trees: Trees,
    relations: Vec<usize>,
}

/// A sentence, or a part of a very long one, on its way through the network.
struct Unit {
    words: Range<usize>,
    pieces: Range<usize>,
}

impl Standard {
    /// The model that is part of the program.
    ///
    /// # Errors
    /// Never for a program that was built from a sound model file.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::new(Bytes::Embedded(&EMBEDDED.0))
    }

    /// The model in a file.
    ///
    /// # Errors
    /// When the file cannot be read, or is no model that this program can run.
    pub fn load(path: &Path) -> Result<Self, ModelError> {
        let bytes =
            std::fs::read(path).map_err(|source| ModelError::Read { path: path.to_owned(), source })?;
        Self::from_bytes(bytes)
    }

    /// The model in these bytes.
    ///
    /// # Errors
    /// When they are no model that this program can run.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, ModelError> {
        Self::new(Bytes::Loaded(bytes))
    }

    fn new(bytes: Bytes) -> Result<Self, ModelError> {
        Self::with(bytes, Kernels::detect())
    }

    /// The model that is part of the program, read with particular instructions.
    #[cfg(test)]
    pub(crate) fn embedded_for(kernels: Kernels) -> Result<Self, ModelError> {
        Self::with(Bytes::Embedded(&EMBEDDED.0), kernels)
    }

    /// The model in these bytes, read with particular instructions.
    fn with(bytes: Bytes, kernels: Kernels) -> Result<Self, ModelError> {
        let file: File<'_> = File::open(bytes.as_slice())?;
        let m = &file.manifest;
        let unknown = |kind: &str, label: &str| ModelError::Tensor(format!("{kind} {label:?} is unknown"));
        let labels = Labels {
            upos: parsed(&m.labels.upos, Upos::parse, |l| unknown("tag", l))?,
            xpos: parsed(&m.labels.xpos, Xpos::parse, |l| unknown("tag", l))?,
            lemma: parsed(&m.labels.lemma, LemmaRule::parse, |l| unknown("lemma rule", l))?,
            relation: parsed(&m.labels.relation, Relation::parse, |l| unknown("relation", l))?,
            names: NameDecoder::new(&m.labels.name).ok_or_else(|| unknown("name label in", "names"))?,
        };
        let (vocabulary, size) = WordPiece::new(file.lines("vocabulary")?)
            .ok_or_else(|| ModelError::Tensor("vocabulary lacks special pieces".into()))?;
        let encoder = Encoder::open(&file, size)?;
        if encoder.positions < LONGEST + 2 + crate::wordpiece::MAX_PIECES {
            return Err(ModelError::Tensor("too few positions".into()));
        }
        let heads = Heads::open(&file)?;
        let id = format!("en-standard@{:08x}", xxh3_64_with_seed(bytes.as_slice(), xxh3_64(WEIGHTS)) >> 32);
        Ok(Self {
            id,
            kernels,
            splitter: Words::new(),
            boundaries: Boundaries::embedded(size)?,
            vocabulary,
            encoder,
            heads,
            labels,
            scratch: Mutex::default(),
            bytes,
        })
    }

    /// Splits text into sentences and words without analysing them: for each sentence its words' spans.
    pub fn segment(&self, text: &str, blocks: &[Span]) -> Vec<Vec<Span>> {
        self.with_work(|work| {
            self.split(text, blocks, work);
            work.sentences.iter().map(|s| work.words.get(s.clone()).unwrap_or_default().to_vec()).collect()
        })
    }

    /// Leaves the words of all blocks and the ranges of sentences in `work`.
    fn split(&self, text: &str, blocks: &[Span], work: &mut Work) {
        work.sentences.clear();
        work.words.clear();
        for block in blocks {
            let from = work.words.len();
            self.splitter.split(text, *block, &mut work.words);
            let (abbreviations, vocabulary) = (&self.splitter.abbreviations, &self.vocabulary);
            let Work { words, sentences, forms, splitting, .. } = work;
            self.boundaries.split(
                self.kernels,
                text,
                abbreviations,
                vocabulary,
                forms,
                splitting,
                words,
                from,
                sentences,
            );
        }
    }

    /// Runs the units through the network in batches and joins each into sentences.
    fn run(&self, text: &str, work: &mut Work, sentences: &[Range<usize>], out: &mut Vec<Sentence>) {
        let units = self.prepare(text, work, sentences);
        let mut parts: Vec<(Vec<Token>, Vec<crate::Name>)> = Vec::with_capacity(units.len());
        let mut from = 0;
        while from < units.len() {
            let mut to = from + 1;
            while to < units.len() && units[to].pieces.end - units[from].pieces.start <= BATCH {
                to += 1;
            }
            self.batch(text, work, &units[from..to], &mut parts);
            from = to;
        }
        // Units of one sentence follow each other: join them.
        let mut unit = units.iter().zip(parts).peekable();
        for sentence in sentences {
            let of_sentence = |(u, _): &(&Unit, _)| u.words.end <= sentence.end;
            let (mut tokens, mut names) = unit.next_if(of_sentence).map(|(_, part)| part).unwrap_or_default();
            while let Some((_, part)) = unit.next_if(of_sentence) {
                join(&mut tokens, &mut names, part);
            }
            out.push(Sentence::new(tokens, names));
        }
    }

    /// Makes word pieces of all words, and cuts what is too long.
    fn prepare(&self, text: &str, work: &mut Work, sentences: &[Range<usize>]) -> Vec<Unit> {
        let Work { words, ids, pieces, firsts, .. } = work;
        pieces.clear();
        firsts.clear();
        let mut units = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let (mut start, mut begin, mut position) = (sentence.start, pieces.len(), 0);
            for w in sentence.clone() {
                if position == 0 {
                    pieces.push(Piece { id: self.vocabulary.open, position: 0, shape: 0 });
                    position = 1;
                }
                let form = words.get(w).map_or("", |s| s.of(text));
                ids.clear();
                // The model has seen few quotation marks of the teleprinter's kind.
                let plain = if matches!(form, "``" | "''") { "\"" } else { form };
                self.vocabulary.pieces(plain, ids);
                firsts.push(pieces.len());
                let shape = shape(form);
                for &id in ids.iter() {
                    pieces.push(Piece { id, position, shape });
                    position += 1;
                }
                if position as usize >= LONGEST || w + 1 == sentence.end {
                    pieces.push(Piece { id: self.vocabulary.close, position, shape: 0 });
                    units.push(Unit { words: start..w + 1, pieces: begin..pieces.len() });
                    (start, begin, position) = (w + 1, pieces.len(), 0);
                }
            }
        }
        units
    }

    fn batch(
        &self,
        text: &str,
        work: &mut Work,
        units: &[Unit],
        out: &mut Vec<(Vec<Token>, Vec<crate::Name>)>,
    ) {
        let (Some(head), Some(last)) = (units.first(), units.last()) else { return };
        let (k, bytes) = (self.kernels, self.bytes.as_slice());
        let (origin, word) = (head.pieces.start, head.words.start);
        work.first.clear();
        work.first
            .extend(work.firsts.get(word..last.words.end).unwrap_or_default().iter().map(|f| f - origin));
        work.parts.clear();
        work.parts.extend(units.iter().map(|u| Part {
            pieces: u.pieces.start - origin..u.pieces.end - origin,
            words: u.words.start - word..u.words.end - word,
        }));
        let batch = Batch {
            pieces: work.pieces.get(origin..last.pieces.end).unwrap_or_default(),
            first: &work.first,
            sentences: &work.parts,
        };
        self.encoder.encode(k, bytes, &batch, &mut work.encoder);
        self.heads.score(k, bytes, &work.encoder.rows, &mut work.heads);
        for unit in units {
            let local = unit.words.start - word..unit.words.end - word;
            out.push(self.decode(text, work, unit.words.clone(), local));
        }
    }

    /// Reads one unit's words off the scores.
    fn decode(
        &self,
        text: &str,
        work: &mut Work,
        words: Range<usize>,
        local: Range<usize>,
    ) -> (Vec<Token>, Vec<crate::Name>) {
        let (k, bytes) = (self.kernels, self.bytes.as_slice());
        let Work { words: spans, heads: scores, arcs, trees, relations: best_relations, .. } = work;
        self.heads.arcs(k, scores, local.clone(), arcs);
        let heads = trees.best(local.len(), arcs);
        let relations = &self.labels.relation;
        let allowed = |word: usize, label: usize| {
            (relations.get(label) == Some(&Relation::Root)) == (heads.get(word) == Some(&0))
        };
        self.heads.relations(k, bytes, scores, local.clone(), heads, allowed, best_relations);
        let scores = &*scores;
        let mut tokens: Vec<Token> = words
            .clone()
            .zip(local.clone())
            .enumerate()
            .map(|(i, (word, at))| {
                let span = spans.get(word).copied().unwrap_or_default();
                let form = span.of(text);
                let neural = self.lemma(self.heads.lemma(scores, at), form);
                let upos = pick(&self.labels.upos, self.heads.upos(scores, at), Upos::X);
                let xpos = pick(&self.labels.xpos, self.heads.xpos(scores, at), Xpos::Nn);
                Token {
                    span,
                    lemma: lemma(form, upos, xpos, neural.as_deref()),
                    upos,
                    xpos,
                    head: heads.get(i).and_then(|h| h.checked_sub(1)),
                    relation: best_relations
                        .get(i)
                        .and_then(|&r| relations.get(r))
                        .copied()
                        .unwrap_or(Relation::Dep),
                }
            })
            .collect();
        settle(&mut tokens);
        let names = self.labels.names.decode(local.map(|at| self.heads.name(scores, at)));
        (tokens, names)
    }

    /// The lemma that the best rule that makes sense for `form` gives.
    fn lemma(&self, scores: &[f32], form: &str) -> Option<CompactString> {
        let apply = |rule: usize| self.labels.lemma.get(rule).and_then(|r| r.apply(form));
        apply(best(scores, |_| true)).or_else(|| {
            let mut lemma = None;
            best(scores, |rule| {
                let made = apply(rule);
                let fits = made.is_some();
                lemma = made.or(lemma.take());
                fits
            });
            lemma
        })
    }

    fn with_work<T>(&self, f: impl FnOnce(&mut Work) -> T) -> T {
        let mut pool = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        let mut work = pool.pop().unwrap_or_default();
        drop(pool);
        let out = f(&mut work);
        self.scratch.lock().unwrap_or_else(PoisonError::into_inner).push(work);
        out
    }
}

impl Engine for Standard {
    fn id(&self) -> &str {
        &self.id
    }

    fn analyse(&self, text: &str, blocks: &[Span]) -> Vec<Sentence> {
        self.with_work(|work| {
            self.split(text, blocks, work);
            let ranges = std::mem::take(&mut work.sentences);
            let mut out = Vec::with_capacity(ranges.len());
            self.run(text, work, &ranges, &mut out);
            work.sentences = ranges;
            out
        })
    }

    fn analyse_words(&self, text: &str, words: &[Span]) -> Sentence {
        self.with_work(|work| {
            work.words.clear();
            work.words.extend_from_slice(words);
            let mut out = Vec::with_capacity(1);
            let all = 0..words.len();
            self.run(text, work, std::slice::from_ref(&all), &mut out);
            out.pop().unwrap_or_else(|| Sentence::new(Vec::new(), Vec::new()))
        })
    }
}
