//! From bytes to news articles.
//!
//! [`Articles`] reads plain text as copied from a page, saved HTML and JSON Lines, told apart by content, and yields
//! one [`Article`] after the other without holding the input.

mod article;
mod articles;
mod charset;
mod dateline;
mod draft;
mod error;
mod furniture;
mod glob;
mod head;
mod html;
mod jsonl;
mod language;
mod lines;
mod meta;
mod page;
mod plain;
mod sniff;
mod timestamp;

pub use article::{Article, Block, BlockKind};
pub use articles::Articles;
pub use error::ArticleError;
pub use timestamp::Timestamp;
