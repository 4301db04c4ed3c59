use crate::reading::Time;
use crate::times::Times;
use dateline_codebook::TimeRules;
use dateline_syntax::Sentence;
use dateline_text::CharOffsets;
use jiff::civil::Date;

/// The times of a text alone, for measuring this part against annotated corpora. `published` is year, month and day.
pub fn read_times(
    text: &str,
    sentences: &[Sentence],
    published: Option<(i16, i8, i8)>,
    rules: &TimeRules,
) -> Vec<Time> {
    let published = published.and_then(|(year, month, day)| Date::new(year, month, day).ok());
    let times = Times::read_in(text, sentences, published, rules);
    times.records(&CharOffsets::new(text))
}
