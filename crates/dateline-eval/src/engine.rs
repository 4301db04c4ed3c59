use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use dateline_syntax::{Engine, EngineKind};
use std::path::PathBuf;

/// Which engine to score, and how many threads it may use.
#[derive(Debug, Args)]
pub(crate) struct EngineChoice {
    /// The analyser to score.
    #[arg(long, value_parser = engine_name(), default_value_t)]
    engine: EngineKind,
    /// A model file of this engine instead of the one in the program.
    #[arg(long)]
    pub(crate) model: Option<PathBuf>,
    /// Threads; speeds are quoted for one.
    #[arg(long, default_value_t = 1)]
    pub(crate) jobs: usize,
}

impl EngineChoice {
    pub(crate) fn open(&self) -> Result<Box<dyn Engine>> {
        Ok(self.engine.open(self.model.as_deref())?)
    }
}

fn engine_name() -> impl TypedValueParser<Value = EngineKind> {
    PossibleValuesParser::new(EngineKind::ALL.map(EngineKind::as_str))
        .try_map(|name| name.parse::<EngineKind>())
}
