//! The choice of what `dateline read` prints.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use dateline_export::FormatName;
use std::sync::LazyLock;

/// What to print of a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A page for people, one for each article
    Card,
    /// The whole reading; an array where there are several articles
    Json,
    /// The whole reading, one line an article
    Jsonl,
    /// One page to look at in a browser
    Html,
    /// A format of others, or our own table
    Export(FormatName),
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<Format>> = LazyLock::new(|| {
            let exports = FormatName::ALL.iter().map(|&name| Format::Export(name));
            [Format::Card, Format::Json, Format::Jsonl, Format::Html].into_iter().chain(exports).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, about) = match self {
            Self::Card => ("card", "A page for people, one for each article"),
            Self::Json => ("json", "The whole reading; an array where there are several articles"),
            Self::Jsonl => ("jsonl", "The whole reading, one line an article"),
            Self::Html => ("html", "One page to look at in a browser, for an article or a handful"),
            Self::Export(format) => (format.as_str(), format.about()),
        };
        Some(PossibleValue::new(name).help(about))
    }
}
