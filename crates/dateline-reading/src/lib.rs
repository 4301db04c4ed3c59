//! From a parsed article to a [`Reading`]: entities, places, times, figures, quotes and events, each with its words.

mod article_record;
mod document;
mod entities;
mod explanation;
mod figures;
mod frames;
mod noun_phrase;
mod numbers;
mod parts;
mod places;
mod quotes;
pub mod reading;
mod spotted;
#[cfg(test)]
mod testing;
mod times;

pub use explanation::{Explanation, SentenceExplanation, Verdict};
pub use parts::{QuotePart, read_quotes, read_times};
pub use reading::Reading;
