//! From a parsed article to a [`Reading`]: entities, places, times, figures, quotes and events, each with its words.

mod article_record;
mod document;
mod explanation;
mod frames;
pub mod reading;

pub use explanation::{Explanation, SentenceExplanation, Verdict};
pub use reading::Reading;
