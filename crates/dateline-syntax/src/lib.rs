//! English text in, sentences out: words, tags, lemmas, a dependency tree and names for each.
//!
//! The one way in is an [`Engine`]. [`Sentence`] is the plain value that comes out and that later rooms read.

mod engine;
mod labels;
mod sentence;

pub use engine::Engine;
pub use labels::{Relation, Upos, Xpos};
pub use sentence::{Name, NameKind, Sentence, Token};
