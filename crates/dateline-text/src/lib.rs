//! Positions in a text.
//!
//! Inside Dateline a position is a byte offset, because that is what slices a Rust string. At the edge, in a reading,
//! it is a count of Unicode scalar values, because that is what slices a string in Python, R and JavaScript.
//! [`Span`] is the first, [`CharSpan`] the second, and [`CharOffsets`] turns one into the other.

mod chars;
mod pieces;
mod span;

pub use chars::{CharOffsets, CharSpan};
pub use pieces::{Piece, PieceKind};
pub use span::Span;
