use crate::ModelError;
use crate::abbreviations::Abbreviations;
use crate::forms::Forms;
use crate::gaps::{BUCKETS, State, features, kind};
use crate::neural::file::{Description, File, MAX_DIMENSION};
use crate::neural::kernels::Kernels;
use crate::neural::recurrent::{Body, Scratch, Word};
use crate::wordpiece::WordPiece;
use dateline_text::Span;
use serde::Deserialize;
use std::ops::Range;

/// The model, placed so that its matrices start at cache lines.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/en-sentences.bin"));
/// The model's bytes, which go into the names of the engines that use it.
pub(crate) static WEIGHTS: &[u8] = &EMBEDDED.0;

/// Score above which a sentence ends.
const FLOOR: f32 = -0.25;
/// Score of the network alone below which no features are asked: they weigh less than that.
const HOPELESS: f32 = -8.0;
/// Words after which it takes less and less to end a sentence, and the most that one has. Reports have none so long: what
/// is has lost its full stops, or never was prose, and trees are made in quadratic time.
const LONG: usize = 200;
const LONGEST: usize = 400;
/// By how much each word beyond [`LONG`] lowers [`FLOOR`].
const IMPATIENCE: f32 = 0.125;
/// Words that the network sees at once, and how many of the last it sees only for the sake of those before them.
const WINDOW: usize = 384;
const OVERLAP: usize = 48;
/// What a word with a period of its own may shorten, in the model's order.
const KINDS: [&str; 11] = ["", "c", "d", "e", "i", "l", "n", "o", "p", "s", "t"];
/// Shapes of words, and with them whether a space stands before the word.
const SHAPES: u16 = 8;

/// Ends sentences: behind every word a small recurrent network over the paragraph, and a linear model over hashed
/// features of the words around the gap and of the sentence so far, say together whether one ends there.
/// `training/boundaries.py` makes both.
pub(crate) struct Boundaries {
    body: Body,
    /// What the network's numbers count for, and what is added.
    end: Vec<f32>,
    bias: f32,
    wide: Vec<f32>,
}

#[derive(Deserialize)]
struct Manifest {
    width: usize,
    layers: usize,
    suffixes: usize,
    classes: usize,
}

/// Buffers kept from block to block.
#[derive(Default)]
pub(crate) struct Splitting {
    block: Vec<Span>,
    inputs: Vec<Word>,
    network: Scratch,
}

impl Description for Manifest {
    fn is_sound(&self) -> bool {
        let sizes = [self.width, self.layers, self.suffixes, self.classes];
        sizes.iter().all(|s| (1..=MAX_DIMENSION).contains(s)) && self.suffixes.is_power_of_two()
    }
}

impl Boundaries {
    /// The model that is part of the program, for an engine with a vocabulary of so many pieces.
    ///
    /// # Errors
    /// When the vocabulary is not the one that the model was made with.
    pub(crate) fn embedded(vocabulary: usize) -> Result<Self, ModelError> {
        let file: File<'_, Manifest> = File::open(WEIGHTS)?;
        let m = &file.manifest;
        Ok(Self {
            body: Body::open(&file, vocabulary, m.suffixes, m.classes, m.width, m.layers)?,
            end: file.floats("end.weight", m.width)?,
            bias: file.floats("end.bias", 1)?.first().copied().unwrap_or_default(),
            wide: file.floats("wide", BUCKETS)?,
        })
    }

    /// Cuts the words of one block, `words[from..]`, into sentences; appends each one's range to `out`. None has more than
    /// [`LONGEST`] words, and one.
    ///
    /// The period of an abbreviation that ends a sentence becomes a word of its own, as treebanks have it.
    #[allow(clippy::too_many_arguments)] // the tables of an engine and the buffers of an analysis
    pub(crate) fn split(
        &self,
        kernels: Kernels,
        text: &str,
        abbreviations: &Abbreviations,
        vocabulary: &WordPiece,
        forms: &mut Forms,
        work: &mut Splitting,
        words: &mut Vec<Span>,
        from: usize,
        out: &mut Vec<Range<usize>>,
    ) {
        let Splitting { block, inputs, network } = work;
        block.clear();
        block.extend(words.drain(from.min(words.len())..));
        let mut state = State::default();
        let mut start = words.len();
        let (mut seen, mut sure) = (0..0, 0);
        for (i, &span) in block.iter().enumerate() {
            if i >= sure {
                seen = i..block.len().min(i + WINDOW);
                sure = if seen.end == block.len() { seen.end } else { seen.end - OVERLAP };
                self.look(
                    kernels,
                    text,
                    abbreviations,
                    vocabulary,
                    forms,
                    block,
                    seen.clone(),
                    inputs,
                    network,
                );
            }
            let word = span.of(text);
            state.add(word);
            words.push(span);
            let last = i + 1 == block.len();
            let width = self.body.width;
            let row =
                network.rows.get((i - seen.start) * width..(i - seen.start + 1) * width).unwrap_or_default();
            let score = || {
                let deep = self.bias + kernels.dot(row, &self.end);
                if deep < HOPELESS {
                    return deep;
                }
                let features = features(text, abbreviations, block, i, &state);
                deep + features.iter().filter_map(|&f| self.wide.get(f)).sum::<f32>()
            };
            let opened = || {
                let next = block.get(i + 1).map_or("", |next| next.of(text));
                abbreviations.ends_before(word, next)
            };
            let score = if last { f32::INFINITY } else { score() };
            let ended = score > FLOOR || opened();
            let kind = kind(abbreviations, word);
            let length = words.len() - start;
            let floor = FLOOR - IMPATIENCE * length.saturating_sub(LONG) as f32;
            let tired = length >= LONGEST || (kind.is_empty() && score > floor);
            if !ended && !tired {
                continue;
            }
            if ended && state.words > 1 && !kind.is_empty() {
                let (start, end) = (span.start as usize, span.end as usize);
                words.pop();
                words.extend([Span::new(start, end - 1), Span::new(end - 1, end)]);
            }
            out.push(start..words.len());
            start = words.len();
            state = State::default();
        }
    }

    /// Takes some words of a block through the network, which leaves a row for each.
    #[allow(clippy::too_many_arguments)]
    fn look(
        &self,
        kernels: Kernels,
        text: &str,
        abbreviations: &Abbreviations,
        vocabulary: &WordPiece,
        forms: &mut Forms,
        block: &[Span],
        part: Range<usize>,
        inputs: &mut Vec<Word>,
        network: &mut Scratch,
    ) {
        inputs.clear();
        let mut before = part.start.checked_sub(1).and_then(|b| block.get(b));
        for span in block.get(part).unwrap_or_default() {
            let form = span.of(text);
            let mut word = forms.word(form, vocabulary);
            // The block's first word counts as having a space before it.
            let spaced = before.is_none_or(|b| b.end != span.start);
            let kind = kind(abbreviations, form);
            let kind = KINDS.iter().position(|k| *k == kind).unwrap_or_default() as u16;
            word.class += SHAPES * (2 * kind + u16::from(spaced));
            inputs.push(word);
            before = Some(span);
        }
        let all = 0..inputs.len();
        self.body.run(kernels, WEIGHTS, inputs, std::iter::once(all), network);
    }
}
