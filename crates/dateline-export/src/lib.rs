//! The room after reading: a [`Reading`](dateline_reading::Reading) laid out in the formats of others.
//!
//! [`FormatName`] names a format and opens it; the [`Format`] turns one reading into a [`Piece`], on any thread; a
//! [`Document`] joins the pieces in their order. Nothing here knows how a reading was made.
//!
//! What a scheme asks for and a reading does not say stays empty. Ids that a publisher gives out (UCDP's actors and
//! conflicts, ACLED's events) are never made up.
//!
//! ```
//! use dateline_export::{Document, FormatName, Target, View};
//! # let dateline = dateline::Dateline::new()?;
//! # let article = dateline::Articles::open("a.txt", Box::new("The army shelled Homs on Monday.".as_bytes()));
//! # let article = article.into_iter().next().ok_or("no article")??;
//! # let (reading, sentences) = dateline.read_with_sentences(&article);
//! let format = "gdelt".parse::<FormatName>()?.open()?;
//! let piece = format.piece(&View::new(&reading, &sentences))?;
//! let mut document = Document::new(&*format, Target::Writer(Box::new(std::io::sink())))?;
//! document.add(piece)?;
//! document.finish()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod acled;
mod annotations;
mod brat;
mod columns;
mod conllu;
mod crosswalk;
mod csv;
mod document;
mod dyads;
mod error;
mod format;
mod gdelt;
mod gdelt_mentions;
mod geojson;
mod icews;
mod identity;
mod parquet;
mod period;
mod plover;
mod polecat;
mod sides;
mod table;
mod toll;
mod ucdp;
mod view;
mod words;

pub use columns::{COLUMNS, Cell, Column, Kind};
pub use crosswalk::{AcledRule, CameoActor, Country, Crosswalk, Inter, Side};
pub use document::{Document, Target};
pub use error::ExportError;
pub use format::{File, Format, FormatName, Layout, Piece};
pub use view::View;
