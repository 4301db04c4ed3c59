//! From bytes to news articles.
//!
//! [`Articles`] reads plain text as copied from a page, saved HTML and JSON Lines, told apart by content, and yields
//! one [`Article`] after the other without holding the input.

mod article;

pub use article::{Article, Block, BlockKind, Timestamp};
