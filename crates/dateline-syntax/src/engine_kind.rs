use crate::{Engine, Fast, ModelError, Standard};
use std::path::Path;
use std::str::FromStr;

/// The engines to choose from.
///
/// ```
/// use dateline_syntax::EngineKind;
/// let engine = "standard".parse::<EngineKind>()?.open(None)?;
/// assert!(engine.id().starts_with("en-standard@"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EngineKind {
    /// [`Standard`]: the most accurate, for single articles and daily feeds.
    #[default]
    Standard,
    /// [`Fast`]: many times faster and a little less accurate, for large corpora.
    Fast,
}

impl EngineKind {
    /// Every engine.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Fast];

    /// The name that options give it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Fast => "fast",
        }
    }

    /// An engine with the model in a file, or the one that is part of the program.
    ///
    /// # Errors
    /// When the file cannot be read or is no model of this engine.
    pub fn open(self, model: Option<&Path>) -> Result<Box<dyn Engine>, ModelError> {
        Ok(match (self, model) {
            (Self::Standard, None) => Box::new(Standard::embedded()?),
            (Self::Standard, Some(path)) => Box::new(Standard::load(path)?),
            (Self::Fast, None) => Box::new(Fast::embedded()?),
            (Self::Fast, Some(path)) => Box::new(Fast::load(path)?),
        })
    }
}

impl std::fmt::Display for EngineKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that no engine has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no engine {0:?}; there are standard and fast")]
pub struct UnknownEngine(String);

impl FromStr for EngineKind {
    type Err = UnknownEngine;

    fn from_str(text: &str) -> Result<Self, UnknownEngine> {
        Self::ALL.into_iter().find(|e| e.as_str() == text).ok_or_else(|| UnknownEngine(text.to_owned()))
    }
}
