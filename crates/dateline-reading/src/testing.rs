//! Sentences for tests that need words only: no tags worth the name, no tree.

use dateline_syntax::{Relation, Sentence, Token, Upos, Xpos};
use dateline_text::Span;

/// One sentence a line; words end at blanks, and commas and full stops at the end of a word are words.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    for line in text.split('\n') {
        let mut tokens = Vec::new();
        for word in line.split_whitespace() {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            let body = word.trim_end_matches([',', '.', '"', '”']);
            let body_end = if body.is_empty() { word.len() } else { body.len() };
            tokens.push(token(text, start, start + body_end, tokens.len()));
            for (at, mark) in word[body_end..].char_indices() {
                let at = start + body_end + at;
                tokens.push(token(text, at, at + mark.len_utf8(), tokens.len()));
            }
        }
        if !tokens.is_empty() {
            found.push(Sentence::new(tokens, Vec::new()));
        }
    }
    found
}

fn token(text: &str, start: usize, end: usize, position: usize) -> Token {
    let span = Span::new(start, end);
    let root = position == 0;
    Token {
        span,
        lemma: span.of(text).to_lowercase().into(),
        upos: Upos::X,
        xpos: Xpos::Fw,
        head: (!root).then_some(0),
        relation: if root { Relation::Root } else { Relation::Dep },
    }
}
