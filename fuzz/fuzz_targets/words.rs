//! Any text: it is split into sentences and words.
#![no_main]

use dateline_syntax::Standard;
use dateline_text::Span;
use std::sync::LazyLock;

static ENGINE: LazyLock<Standard> = LazyLock::new(|| Standard::embedded().expect("a sound model"));

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut end = 0;
    for word in ENGINE.segment(text, &[Span::new(0, text.len())]).into_iter().flatten() {
        let range = word.range();
        assert!(end <= range.start && range.start < range.end);
        assert!(text.get(range.clone()).is_some_and(|w| !w.contains(char::is_whitespace)));
        end = range.end;
    }
});
