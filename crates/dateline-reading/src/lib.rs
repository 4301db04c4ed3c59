//! From a parsed article to a [`Reading`]: entities, places, times, figures, quotes and events, each with its words.

mod document;
pub mod reading;

pub use reading::Reading;
