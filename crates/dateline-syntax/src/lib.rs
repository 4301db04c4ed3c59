//! English text in, sentences out: words, tags, lemmas, a dependency tree and names for each.
//!
//! The one way in is an [`Engine`]. [`Sentence`] is the plain value that comes out and that later rooms read.

mod abbreviations;
mod assembly;
mod case;
pub mod conllu;
mod crossings;
mod engine;
mod engine_kind;
mod fast;
mod forms;
mod gaps;
mod inflection;
mod labels;
mod lemma;
#[cfg(test)]
mod levels;
mod lexicon;
mod names;
mod neural;
mod parts;
mod sentence;
mod sentences;
mod shape;
mod standard;
mod tree;
mod wordpiece;
mod words;

pub use engine::Engine;
pub use engine_kind::{EngineKind, UnknownEngine};
pub use fast::Fast;
pub use labels::{Relation, Upos, Xpos};
pub use lexicon::is_word;
pub use neural::file::ModelError;
pub use sentence::{Name, NameKind, Sentence, Token};
pub use standard::Standard;

/// The lemma of a form by word lists and spelling alone, for words outside sentences: those of a dictionary.
///
/// ```
/// use dateline_syntax::{Upos, Xpos, lemma_of};
/// assert_eq!(lemma_of("ships", Upos::Noun, Xpos::Nns), "ship");
/// assert_eq!(lemma_of("left", Upos::Verb, Xpos::Vbd), "leave");
/// ```
pub fn lemma_of(form: &str, upos: Upos, xpos: Xpos) -> compact_str::CompactString {
    lemma::lemma(form, upos, xpos, None)
}
