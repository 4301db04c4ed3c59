//! From a parsed article to a [`Reading`]: entities, places, times, figures, quotes and events, each with its words.

mod article_record;
mod document;
mod explanation;
mod figures;
mod frames;
mod numbers;
mod parts;
mod quotes;
pub mod reading;
#[cfg(test)]
mod testing;
mod times;

pub use explanation::{Explanation, SentenceExplanation, Verdict};
pub use parts::read_times;
pub use reading::Reading;
