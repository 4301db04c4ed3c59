//! The hot path takes no memory anew for a word: what it takes, it takes for a sentence or keeps for the next.

#![allow(clippy::unwrap_used)]

use dateline_syntax::{Engine, Fast, Standard};
use dateline_text::Span;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts how often memory is asked for.
struct Counting;

static COUNT: AtomicUsize = AtomicUsize::new(0);

// SAFETY: hands everything on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        COUNT.fetch_add(1, Ordering::Relaxed);
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Times that memory may be taken for a sentence: its words, its names, its tree, and what they grow by.
const A_SENTENCE: usize = 9;

#[test]
fn memory_is_taken_for_sentences_and_not_for_words() {
    // One after the other: the count is of the whole process.
    count(&Standard::embedded().unwrap());
    count(&Fast::embedded().unwrap());
}

fn count(engine: &dyn Engine) {
    let article = include_str!("../../../examples/bombing.txt");
    let mut figures = Vec::new();
    for text in [article.to_owned(), article.replace(". ", ", and ")] {
        let mut start = 0;
        let blocks: Vec<Span> = text
            .split("\n\n")
            .map(|part| {
                let span = Span::new(start, start + part.len());
                start += part.len() + 2;
                span
            })
            .collect();
        engine.analyse(&text, &blocks); // buffers grow to their size
        let before = COUNT.load(Ordering::Relaxed);
        let sentences = engine.analyse(&text, &blocks);
        let taken = COUNT.load(Ordering::Relaxed) - before;
        let words: usize = sentences.iter().map(|s| s.tokens.len()).sum();
        figures.push((taken, sentences.len(), words));
    }
    for (taken, sentences, words) in &figures {
        assert!(
            *taken <= A_SENTENCE * sentences,
            "{taken} times for {sentences} sentences of {words} words; {figures:?}"
        );
    }
}
