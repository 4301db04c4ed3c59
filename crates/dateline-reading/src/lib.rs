//! From a parsed article to a [`Reading`]: entities, places, times, figures, quotes and events, each with its words.
//!
//! [`read`] is the one way in. It calls the parts in order, each on what those before it found: places, entities,
//! times, figures, quotes, frames, patterns, events.

mod article_record;
mod assemble;
mod document;
mod entities;
mod events;
mod explanation;
mod figures;
mod frames;
mod matching;
mod noun_phrase;
mod numbers;
mod parties;
mod parts;
mod places;
mod quotes;
pub mod reading;
mod records;
mod spotted;
#[cfg(test)]
mod testing;
mod times;

pub use assemble::{explain, read, read_with};
pub use events::Unresolved;
pub use explanation::{Explanation, SentenceExplanation, Verdict};
pub use parts::{QuotePart, read_quotes, read_times};
pub use reading::Reading;
