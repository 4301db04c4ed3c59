use crate::columns::Cell;
use crate::{ExportError, View};
use crate::{acled, annotations, brat, conllu, csv, gdelt, gdelt_mentions, geojson, icews, parquet, plover};
use crate::{polecat, ucdp};
use std::fmt;
use std::str::FromStr;

/// How a reading is laid out.
///
/// [`Format::piece`] is called on any thread and in any order; it gives the same piece for the same reading.
pub trait Format: Send + Sync {
    /// What one reading gives.
    ///
    /// # Errors
    /// When a value does not go into the format, which is a fault of ours.
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError>;

    /// What the pieces are put together to.
    fn layout(&self) -> Layout {
        Layout::default()
    }
}

/// What the output of one reading is.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Bytes of a stream.
    Text(Vec<u8>),
    /// Rows of [`COLUMNS`](crate::COLUMNS).
    Rows(Vec<Vec<Cell>>),
    /// Files of a folder.
    Files(Vec<File>),
}

/// One file of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name in the folder.
    pub name: String,
    /// What it holds.
    pub content: Vec<u8>,
}

/// What pieces are put together to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One stream of bytes; pieces that are empty leave no trace.
    Stream {
        /// Before the first piece.
        before: Vec<u8>,
        /// Between two pieces.
        between: &'static [u8],
        /// After the last piece.
        after: &'static [u8],
    },
    /// A Parquet file of the rows.
    Parquet,
    /// A folder of files.
    Folder,
}

impl Default for Layout {
    /// Pieces one after another, with nothing around them.
    fn default() -> Self {
        Self::with_header(Vec::new())
    }
}

impl Layout {
    /// Pieces one after another, below a header.
    pub fn with_header(before: Vec<u8>) -> Self {
        Self::Stream { before, between: b"", after: b"" }
    }
}

macro_rules! formats {
    ($($variant:ident $name:literal $about:literal $open:expr,)+) => {
        /// The name of a format.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FormatName {
            $(#[doc = $about] $variant,)+
        }

        impl FormatName {
            /// Every format.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name that users write.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What it is, in a line.
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $about),+ }
            }

            /// The format itself.
            ///
            /// # Errors
            /// When a table of codes that it builds on is at fault, which a build that passes its tests does not have.
            pub fn open(self) -> Result<Box<dyn Format>, ExportError> {
                Ok(match self { $(Self::$variant => Box::new($open)),+ })
            }
        }
    };
}

formats! {
    Csv "csv" "A table, one row an event" csv::Csv,
    Parquet "parquet" "The same table, typed, as a Parquet file" parquet::Parquet,
    Geojson "geojson" "Events as features of a map" geojson::Geojson,
    Plover "plover" "PLOVER records, one JSON object an event" plover::Plover::new()?,
    Polecat "polecat" "POLECAT's 40 columns, tab-separated with a header" polecat::Polecat::new()?,
    Gdelt "gdelt" "GDELT 2.0 Events, 61 columns, tab-separated without a header" gdelt::Gdelt::new()?,
    GdeltMentions "gdelt-mentions" "GDELT 2.0 Mentions, 16 columns, tab-separated without a header" gdelt_mentions::GdeltMentions,
    Icews "icews" "ICEWS's 20 columns, tab-separated with a header" icews::Icews::new()?,
    Ucdp "ucdp" "Lethal events in the 49 columns of UCDP GED" ucdp::Ucdp::new()?,
    Acled "acled" "Events in the 31 columns of ACLED" acled::Acled::new()?,
    Annotations "annotations" "W3C Web Annotations, one JSON-LD object a line" annotations::Annotations,
    Conllu "conllu" "CoNLL-U with entities and events in MISC" conllu::Conllu,
    Brat "brat" "A folder of .txt and .ann files for the annotation tool brat" brat::Brat,
}

impl fmt::Display for FormatName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for FormatName {
    type Err = ExportError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().copied().find(|format| format.as_str() == name);
        found.ok_or_else(|| ExportError::Unknown(name.to_owned()))
    }
}
