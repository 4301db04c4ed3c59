use super::linear::Linear;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

const MAGIC: &[u8; 8] = b"DATELSYN";
const VERSION: u32 = 1;
const ALIGN: usize = 64;
/// Larger than any dimension of a model that this program could run; keeps sizes from overflowing.
pub(crate) const MAX_DIMENSION: usize = 1 << 20;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The bytes are not a model at all.
    #[error("not a Dateline syntax model")]
    Magic,
    /// A model for another version of this program.
    #[error("model format {found}, but this program reads format {VERSION}")]
    Version {
        /// The file's version.
        found: u32,
    },
    /// The manifest is not what it should be.
    #[error("broken model manifest: {0}")]
    Manifest(#[from] serde_json::Error),
    /// A tensor is missing, or its size does not fit the model's dimensions.
    #[error("broken model: {0}")]
    Tensor(String),
}

/// What the file says about itself.
#[derive(Debug, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) labels: LabelSets,
    pub(crate) width: usize,
    pub(crate) inner: usize,
    pub(crate) attention_heads: usize,
    pub(crate) layers: usize,
    /// Layers that all word pieces pass; in those beyond, only each word's first piece goes on. All of them if absent.
    pub(crate) words_after: Option<usize>,
    pub(crate) positions: usize,
    pub(crate) columns: Columns,
}

impl Manifest {
    /// Layers that all word pieces pass, one at the least.
    pub(crate) fn words_after(&self) -> usize {
        self.words_after.unwrap_or(self.layers)
    }
}

impl Description for Manifest {
    fn is_sound(&self) -> bool {
        let sizes = [self.width, self.inner, self.attention_heads, self.layers, self.positions];
        sizes.iter().all(|s| (1..=MAX_DIMENSION).contains(s))
            && self.width.is_multiple_of(self.attention_heads)
            && (1..=self.layers).contains(&self.words_after())
    }
}

/// What a kind of model says about itself, besides its tensors.
pub(crate) trait Description: DeserializeOwned {
    /// Whether all dimensions are such that sizes made of them fit.
    fn is_sound(&self) -> bool;
}

/// A manifest as it is written: the description and the table of tensors side by side.
#[derive(Deserialize)]
struct Written<M> {
    #[serde(flatten)]
    description: M,
    tensors: BTreeMap<String, Entry>,
}

/// The labels of every head, in the order of its outputs.
#[derive(Debug, Deserialize)]
pub(crate) struct LabelSets {
    pub(crate) upos: Vec<String>,
    pub(crate) xpos: Vec<String>,
    #[serde(default)]
    pub(crate) lemma: Vec<String>,
    pub(crate) name: Vec<String>,
    pub(crate) relation: Vec<String>,
}

/// Where each head starts in the one matrix that holds them all.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Columns {
    pub(crate) upos: usize,
    pub(crate) xpos: usize,
    pub(crate) lemma: usize,
    pub(crate) name: usize,
    pub(crate) arc_dep: usize,
    pub(crate) arc_head: usize,
    pub(crate) rel_dep: usize,
    pub(crate) rel_head: usize,
}

#[derive(Debug, Deserialize)]
struct Entry {
    kind: String,
    offset: usize,
    bytes: usize,
    #[serde(default)]
    rows: usize,
    #[serde(default)]
    inputs: usize,
}

/// A model's bytes, either part of the program or read from disk.
pub(crate) enum Bytes {
    Embedded(&'static [u8]),
    Loaded(Vec<u8>),
}

impl Bytes {
    pub(crate) fn as_slice(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Loaded(bytes) => bytes,
        }
    }
}

/// A model file whose header has been read; hands out its tensors. Large matrices stay where they are.
pub(crate) struct File<'a, M = Manifest> {
    pub(crate) manifest: M,
    tensors: BTreeMap<String, Entry>,
    bytes: &'a [u8],
    data: usize,
}

impl<'a, M: Description> File<'a, M> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let word = |at: usize| -> Option<u32> {
            let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_le_bytes(four))
        };
        if bytes.get(..8) != Some(MAGIC.as_slice()) {
            return Err(ModelError::Magic);
        }
        let found = word(8).ok_or(ModelError::Magic)?;
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        let end = 16usize.saturating_add(word(12).ok_or(ModelError::Magic)? as usize);
        let head = bytes.get(16..end).ok_or_else(|| ModelError::Tensor("file cut short".into()))?;
        let Written { description: manifest, tensors } = serde_json::from_slice::<Written<M>>(head)?;
        if !manifest.is_sound() {
            return Err(ModelError::Tensor("dimensions out of range".into()));
        }
        Ok(Self { manifest, tensors, bytes, data: end.next_multiple_of(ALIGN) })
    }

    fn entry(&self, name: &str, kind: &str) -> Result<(&Entry, Range<usize>), ModelError> {
        let broken = |what: &str| ModelError::Tensor(format!("tensor {name}: {what}"));
        let entry = self.tensors.get(name).ok_or_else(|| broken("missing"))?;
        if entry.kind != kind {
            return Err(broken("wrong kind"));
        }
        let start = self.data.checked_add(entry.offset).ok_or_else(|| broken("out of the file"))?;
        let end = start.checked_add(entry.bytes).ok_or_else(|| broken("out of the file"))?;
        if end > self.bytes.len() {
            return Err(broken("out of the file"));
        }
        Ok((entry, start..end))
    }

    /// The bytes of a tensor that holds lines of text.
    pub(crate) fn lines(&self, name: &str) -> Result<&'a str, ModelError> {
        let (_, range) = self.entry(name, "lines")?;
        std::str::from_utf8(&self.bytes[range])
            .map_err(|_| ModelError::Tensor(format!("tensor {name}: not UTF-8")))
    }

    /// A vector or small matrix of `len` numbers, copied.
    pub(crate) fn floats(&self, name: &str, len: usize) -> Result<Vec<f32>, ModelError> {
        let (_, range) = self.entry(name, "f32")?;
        let floats: Vec<f32> =
            self.bytes[range].as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
        if floats.len() != len || floats.iter().any(|f| !f.is_finite()) {
            return Err(ModelError::Tensor(format!("tensor {name}: not {len} finite numbers")));
        }
        Ok(floats)
    }

    /// Where a table of 8-bit rows lies, one row after the other.
    pub(crate) fn rows(&self, name: &str, rows: usize, inputs: usize) -> Result<Range<usize>, ModelError> {
        self.matrix(name, "q8rows", rows, inputs)
    }

    /// A linear layer with at least `rows` outputs.
    pub(crate) fn linear(&self, name: &str, rows: usize, inputs: usize) -> Result<Linear, ModelError> {
        let rows = rows.next_multiple_of(16);
        let weights = self.matrix(&format!("{name}.weight"), "q8", rows, inputs)?;
        if !inputs.is_multiple_of(4) {
            return Err(ModelError::Tensor(format!("tensor {name}: inputs not in fours")));
        }
        let (_, range) = self.entry(&format!("{name}.sum"), "i32")?;
        let sums: Vec<i32> =
            self.bytes[range].as_chunks::<4>().0.iter().map(|b| i32::from_le_bytes(*b)).collect();
        if sums.len() != rows
            || sums.iter().any(|s| s.unsigned_abs() as usize > inputs * 128)
            || inputs > (1 << 16)
        {
            return Err(ModelError::Tensor(format!("tensor {name}.sum: wrong")));
        }
        Ok(Linear {
            weights,
            scales: self.floats(&format!("{name}.scale"), rows)?,
            bias: self.floats(&format!("{name}.bias"), rows)?,
            offsets: sums.into_iter().map(|sum| -128 * sum).collect(),
            rows,
            inputs,
            gelu_from: rows,
        })
    }

    fn matrix(&self, name: &str, kind: &str, rows: usize, inputs: usize) -> Result<Range<usize>, ModelError> {
        let (entry, range) = self.entry(name, kind)?;
        if entry.rows != rows || entry.inputs != inputs || rows.checked_mul(inputs) != Some(range.len()) {
            let found = format!("{}x{}", entry.rows, entry.inputs);
            return Err(ModelError::Tensor(format!("tensor {name}: {found} where {rows}x{inputs} belongs")));
        }
        Ok(range)
    }
}
