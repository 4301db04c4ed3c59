//! The choice of an engine, for every command that has one.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use dateline::syntax::EngineKind;
use dateline::{Codebook, Dateline};

/// Reads the value of `--engine`.
pub(crate) fn engine_name() -> impl TypedValueParser<Value = EngineKind> {
    let values = EngineKind::ALL.map(|kind| {
        PossibleValue::new(kind.as_str()).help(match kind {
            EngineKind::Standard => "The most accurate",
            EngineKind::Fast => "Many times faster and less accurate, for large corpora",
        })
    });
    PossibleValuesParser::new(values).try_map(|name| name.parse::<EngineKind>())
}

/// A reader with this engine and the codebook that is part of the program.
pub(crate) fn reader(kind: EngineKind) -> anyhow::Result<Dateline> {
    Ok(Dateline::with(kind.open(None)?, Codebook::standard()?))
}
