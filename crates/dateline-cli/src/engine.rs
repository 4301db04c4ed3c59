//! The choice of an engine, for every command that has one.

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use dateline::syntax::EngineKind;
use dateline::{Codebook, Dateline};
use std::path::{Path, PathBuf};

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

/// Which codebook to read by.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct CodebookChoice {
    /// A folder with a codebook instead of the one in the program; what it lacks is taken from there
    #[arg(long, value_name = "FOLDER")]
    codebook: Option<PathBuf>,

    /// More places: a file made by `dateline codebook places add`; may be given several times
    #[arg(long = "gazetteer", value_name = "FILE")]
    gazetteers: Vec<PathBuf>,
}

impl CodebookChoice {
    /// The folder, if one was named.
    pub(crate) fn folder(&self) -> anyhow::Result<Option<&Path>> {
        if let Some(folder) = &self.codebook {
            anyhow::ensure!(folder.is_dir(), "there is no folder {}", folder.display());
        }
        Ok(self.codebook.as_deref())
    }

    /// The codebook.
    pub(crate) fn open(&self) -> anyhow::Result<Codebook> {
        let mut codebook = match self.folder()? {
            Some(folder) => Codebook::open(folder)?,
            None => Codebook::standard()?,
        };
        for file in &self.gazetteers {
            codebook.add_gazetteer(file)?;
        }
        Ok(codebook)
    }
}

/// A reader with this engine and codebook.
pub(crate) fn reader(kind: EngineKind, codebook: &CodebookChoice) -> anyhow::Result<Dateline> {
    let codebook = codebook.open()?;
    Ok(Dateline::with(kind.open(None)?, codebook))
}
