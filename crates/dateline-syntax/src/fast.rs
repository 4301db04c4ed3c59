use crate::assembly::{join, parsed, pick};
use crate::crossings::settle;
use crate::forms::Forms;
use crate::lemma::lemma;
use crate::names::NameDecoder;
use crate::neural::file::{Bytes, Description, File, MAX_DIMENSION};
use crate::neural::heads::best;
use crate::neural::kernels::Kernels;
use crate::neural::linear::{Linear, Quantised};
use crate::neural::recurrent::{Body, Scratch, Word};
use crate::parts::{Part, Parts};
use crate::sentences::{Boundaries, Splitting, WEIGHTS};
use crate::tree::Trees;
use crate::wordpiece::WordPiece;
use crate::words::Words;
use crate::{Engine, ModelError, Relation, Sentence, Token, Upos, Xpos};
use dateline_text::Span;
use serde::Deserialize;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Words that go through the network together: enough to keep the arithmetic busy, few enough for the caches.
const BATCH: usize = 192;
/// Shape classes that the model knows.
const SHAPES: usize = 8;
/// Words of the longest sentence that is read in one go; a longer one is read in parts that are joined.
const LONGEST: usize = 256;

/// The model, placed so that its matrices start at cache lines.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/en-fast.bin"));

/// The fast engine: a light recurrent network over static word vectors, taught by the standard engine.
///
/// Some fifteen times as fast as [`Standard`](crate::Standard) and a little less accurate: for millions of articles.
///
/// ```
/// use dateline_syntax::{Engine, Fast};
/// use dateline_text::Span;
///
/// let engine = Fast::embedded()?;
/// let text = "The envoy left Geneva. Talks resume on Monday.";
/// let sentences = engine.analyse(text, &[Span::new(0, text.len())]);
/// assert_eq!(sentences.len(), 2);
/// let root = &sentences[0].tokens[sentences[0].root() as usize];
/// assert_eq!((root.span.of(text), root.lemma.as_str()), ("left", "leave"));
/// # Ok::<(), dateline_syntax::ModelError>(())
/// ```
pub struct Fast {
    bytes: Bytes,
    id: String,
    kernels: Kernels,
    splitter: Words,
    boundaries: Boundaries,
    vocabulary: WordPiece,
    body: Body,
    heads: Linear,
    relation: Linear,
    root_arc: Vec<f32>,
    root_relation: Vec<f32>,
    columns: Columns,
    labels: Labels,
    scratch: Mutex<Vec<Work>>,
}

#[derive(Deserialize)]
struct Manifest {
    labels: LabelSets,
    width: usize,
    layers: usize,
    suffixes: usize,
    /// Width of the projections for arcs and for relations.
    arc: usize,
    relation: usize,
    columns: Columns,
}

#[derive(Deserialize)]
struct LabelSets {
    upos: Vec<String>,
    xpos: Vec<String>,
    name: Vec<String>,
    relation: Vec<String>,
}

/// Where each head starts in the one matrix that holds them all.
#[derive(Clone, Copy, Deserialize)]
struct Columns {
    upos: usize,
    xpos: usize,
    name: usize,
    arc_dep: usize,
    arc_head: usize,
    rel_dep: usize,
    rel_head: usize,
}

struct Labels {
    upos: Vec<Upos>,
    xpos: Vec<Xpos>,
    names: NameDecoder,
    name: usize,
    relation: Vec<Relation>,
}

/// Buffers of one analysis, kept for the next.
#[derive(Default)]
struct Work {
    words: Vec<Span>,
    sentences: Vec<Range<usize>>,
    splitting: Splitting,
    forms: Forms,
    inputs: Vec<Word>,
    network: Scratch,
    scores: Vec<f32>,
    arcs: Vec<f32>,
    trees: Trees,
    pairs: Vec<f32>,
    quantised: Quantised,
    relations: Vec<f32>,
}

impl Description for Manifest {
    fn is_sound(&self) -> bool {
        let sizes = [self.width, self.layers, self.suffixes, self.arc, self.relation];
        sizes.iter().all(|s| (1..=MAX_DIMENSION).contains(s))
            && self.arc.is_multiple_of(16)
            && self.relation.is_multiple_of(16)
            && self.suffixes <= 1 << 16
            && self.suffixes.is_power_of_two()
    }
}

impl Fast {
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
    /// When the file cannot be read, or is no model that this engine can run.
    pub fn load(path: &Path) -> Result<Self, ModelError> {
        let bytes =
            std::fs::read(path).map_err(|source| ModelError::Read { path: path.to_owned(), source })?;
        Self::from_bytes(bytes)
    }

    /// The model in these bytes.
    ///
    /// # Errors
    /// When they are no model that this engine can run.
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
        let file: File<'_, Manifest> = File::open(bytes.as_slice())?;
        let m = &file.manifest;
        let unknown = |kind: &str, label: &str| ModelError::Tensor(format!("{kind} {label:?} is unknown"));
        let labels = Labels {
            upos: parsed(&m.labels.upos, Upos::parse, |l| unknown("tag", l))?,
            xpos: parsed(&m.labels.xpos, Xpos::parse, |l| unknown("tag", l))?,
            names: NameDecoder::new(&m.labels.name).ok_or_else(|| unknown("name label in", "names"))?,
            name: m.labels.name.len(),
            relation: parsed(&m.labels.relation, Relation::parse, |l| unknown("relation", l))?,
        };
        let (vocabulary, size) = WordPiece::new(file.lines("vocabulary")?)
            .ok_or_else(|| ModelError::Tensor("vocabulary lacks special pieces".into()))?;
        let c = m.columns;
        let parts = [
            (c.upos, labels.upos.len()),
            (c.xpos, labels.xpos.len()),
            (c.name, labels.name),
            (c.arc_dep, m.arc),
            (c.arc_head, m.arc),
            (c.rel_dep, m.relation),
            (c.rel_head, m.relation),
        ];
        let rows = parts.iter().filter_map(|(at, n)| at.checked_add(*n)).max().unwrap_or(0);
        if rows > MAX_DIMENSION || parts.iter().any(|(at, n)| *n == 0 || at.checked_add(*n).is_none()) {
            return Err(ModelError::Tensor("heads out of range".into()));
        }
        let id = format!("en-fast@{:08x}", xxh3_64_with_seed(bytes.as_slice(), xxh3_64(WEIGHTS)) >> 32);
        Ok(Self {
            id,
            kernels,
            splitter: Words::new(),
            boundaries: Boundaries::embedded(size)?,
            vocabulary,
            body: Body::open(&file, size, m.suffixes, SHAPES, m.width, m.layers)?,
            heads: file.linear("heads", rows, m.width)?,
            relation: file.linear("relation", labels.relation.len(), m.relation)?,
            root_arc: file.floats("root.arc", m.arc)?,
            root_relation: file.floats("root.relation", m.relation)?,
            columns: c,
            labels,
            scratch: Mutex::default(),
            bytes,
        })
    }

    /// Splits text into sentences and words without analysing them: for each sentence its words' spans.
    pub fn segment(&self, text: &str, blocks: &[Span]) -> Vec<Vec<Span>> {
        self.with_work(|work| {
            let mut ranges = Vec::new();
            work.words.clear();
            self.split(text, blocks, work, &mut ranges);
            ranges.into_iter().map(|s| work.words.get(s).unwrap_or_default().to_vec()).collect()
        })
    }

    /// Leaves the words of all blocks in `work` and the ranges of sentences in `out`.
    fn split(&self, text: &str, blocks: &[Span], work: &mut Work, out: &mut Vec<Range<usize>>) {
        for block in blocks {
            let from = work.words.len();
            self.splitter.split(text, *block, &mut work.words);
            let (abbreviations, vocabulary) = (&self.splitter.abbreviations, &self.vocabulary);
            let Work { words, forms, splitting, .. } = work;
            self.boundaries.split(
                self.kernels,
                text,
                abbreviations,
                vocabulary,
                forms,
                splitting,
                words,
                from,
                out,
            );
        }
    }

    /// Runs sentences through the network, some at a time.
    fn run(&self, text: &str, work: &mut Work, sentences: &[Range<usize>], out: &mut Vec<Sentence>) {
        let mut parts = Parts::new(sentences, LONGEST);
        let mut open: Option<(Vec<Token>, Vec<crate::Name>)> = None;
        let mut batch: Vec<Part> = Vec::new();
        loop {
            batch.clear();
            let mut words = 0;
            while words < BATCH
                && let Some(part) = parts.next()
            {
                words += part.words.len();
                batch.push(part);
            }
            if batch.is_empty() {
                break;
            }
            self.batch(text, work, &batch, |part, tokens, names| {
                let sentence = match open.take() {
                    Some(mut before) => {
                        join(&mut before.0, &mut before.1, (tokens, names));
                        before
                    }
                    None => (tokens, names),
                };
                if part.last {
                    out.push(Sentence::new(sentence.0, sentence.1));
                } else {
                    open = Some(sentence);
                }
            });
        }
    }

    fn batch(
        &self,
        text: &str,
        work: &mut Work,
        parts: &[Part],
        mut done: impl FnMut(&Part, Vec<Token>, Vec<crate::Name>),
    ) {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        let (k, bytes, origin) = (self.kernels, self.bytes.as_slice(), first.words.start);
        let Work { words, forms, inputs, network, .. } = work;
        inputs.clear();
        for word in words.get(origin..last.words.end).unwrap_or_default() {
            inputs.push(forms.word(word.of(text), &self.vocabulary));
        }
        let local = |p: &Part| p.words.start - origin..p.words.end - origin;
        self.body.run(k, bytes, inputs, parts.iter().map(local), network);
        let width = self.body.width;
        network.quantised.fill(k, &network.rows, 0, width, width);
        self.heads.apply(k, bytes, &network.quantised, &mut work.scores);
        for part in parts {
            let (tokens, names) = self.decode(text, work, part.words.clone(), local(part));
            done(part, tokens, names);
        }
    }

    /// Reads one sentence's words off the scores.
    fn decode(
        &self,
        text: &str,
        work: &mut Work,
        words: Range<usize>,
        local: Range<usize>,
    ) -> (Vec<Token>, Vec<crate::Name>) {
        let Work { words: spans, scores, arcs, trees, pairs, quantised, relations, .. } = work;
        let (k, c, row) = (self.kernels, self.columns, self.heads.rows);
        let part = |word: usize, start: usize, count: usize| {
            scores.get(word * row + start..word * row + start + count).unwrap_or_default()
        };
        let (arc, rel) = (self.root_arc.len(), self.root_relation.len());
        arcs.clear();
        for dep in local.clone() {
            let dep = part(dep, c.arc_dep, arc);
            arcs.push(k.dot(dep, &self.root_arc));
            arcs.extend(local.clone().map(|head| k.dot(dep, part(head, c.arc_head, arc))));
        }
        let heads = trees.best(local.len(), arcs);
        pairs.resize(local.len() * rel, 0.0);
        for ((word, &head), pair) in local.clone().zip(heads).zip(pairs.chunks_exact_mut(rel.max(1))) {
            let head = match head.checked_sub(1) {
                Some(head) => part(local.start + head as usize, c.rel_head, rel),
                None => &self.root_relation,
            };
            k.gelu_of_sum(part(word, c.rel_dep, rel), head, pair);
        }
        quantised.fill(k, pairs, 0, rel, rel);
        self.relation.apply(k, self.bytes.as_slice(), quantised, relations);
        let labels = &self.labels;
        let mut tokens: Vec<Token> = Vec::with_capacity(local.len());
        let rows = relations.chunks_exact(self.relation.rows.max(1));
        for (((word, at), &head), scores) in words.zip(local.clone()).zip(heads).zip(rows) {
            let span = spans.get(word).copied().unwrap_or_default();
            let upos = pick(&labels.upos, part(at, c.upos, labels.upos.len()), Upos::X);
            let xpos = pick(&labels.xpos, part(at, c.xpos, labels.xpos.len()), Xpos::Nn);
            let scores = scores.get(..labels.relation.len()).unwrap_or_default();
            let root = |label: usize| labels.relation.get(label) == Some(&Relation::Root);
            let relation = best(scores, |label| root(label) == (head == 0));
            tokens.push(Token {
                span,
                lemma: lemma(span.of(text), upos, xpos, None),
                upos,
                xpos,
                head: head.checked_sub(1),
                relation: labels.relation.get(relation).copied().unwrap_or(Relation::Dep),
            });
        }
        settle(&mut tokens);
        let names = labels.names.decode(local.map(|at| part(at, c.name, labels.name)));
        (tokens, names)
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

impl Engine for Fast {
    fn id(&self) -> &str {
        &self.id
    }

    fn analyse(&self, text: &str, blocks: &[Span]) -> Vec<Sentence> {
        self.with_work(|work| {
            let mut ranges = std::mem::take(&mut work.sentences);
            ranges.clear();
            work.words.clear();
            self.split(text, blocks, work, &mut ranges);
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
