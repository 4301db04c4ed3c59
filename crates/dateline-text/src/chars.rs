use crate::Span;
use serde::{Deserialize, Serialize};

/// A half-open range of Unicode scalar values of a text: what a reading prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CharSpan {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

/// Turns byte offsets of one text into character offsets and back, in constant time a call.
///
/// ```
/// use dateline_text::{CharOffsets, Span};
/// let text = "“Yes,” he said.";
/// let offsets = CharOffsets::new(text);
/// let he = text.find("he").unwrap();
/// let chars = offsets.chars(Span::new(he, he + 2));
/// assert_eq!((chars.start, chars.end), (7, 9));
/// assert_eq!(offsets.bytes(chars).of(text), "he");
/// ```
#[derive(Clone, Debug)]
pub struct CharOffsets {
    /// Byte offset of every character start, with the text's length last; empty when the text is all ASCII.
    starts: Vec<u32>,
}

impl CharOffsets {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { starts: Vec::new() };
        }
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut starts: Vec<u32> = text.char_indices().map(|(at, _)| narrow(at)).collect();
        starts.push(narrow(text.len()));
        Self { starts }
    }

    /// The characters under a byte span. An offset inside a character counts as that character's start.
    pub fn chars(&self, span: Span) -> CharSpan {
        CharSpan { start: self.char_at(span.start), end: self.char_at(span.end) }
    }

    /// The bytes under a character span.
    pub fn bytes(&self, span: CharSpan) -> Span {
        Span { start: self.byte_at(span.start), end: self.byte_at(span.end) }
    }

    fn char_at(&self, byte: u32) -> u32 {
        if self.starts.is_empty() {
            return byte;
        }
        match self.starts.binary_search(&byte) {
            Ok(at) => at as u32,
            Err(after) => after.saturating_sub(1) as u32,
        }
    }

    fn byte_at(&self, char: u32) -> u32 {
        if self.starts.is_empty() {
            return char;
        }
        let last = self.starts.len() - 1;
        self.starts[(char as usize).min(last)]
    }
}
