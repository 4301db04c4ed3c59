use crate::Span;

/// A run of letters, a number, or one other character: what phrases of the codebook are matched by.
///
/// Pieces are finer than words, so that "third-quarter", "10:30" and "Dec.16" come apart the same way whatever the
/// tokenizer makes of them. A number keeps its thousands and decimals: "1,200.5" is one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: PieceKind,
    /// Whether the text before it ends right where it begins, with no blank between.
    pub glued: bool,
}

/// What a [`Piece`] is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Letters.
    Letters,
    /// Digits, perhaps with thousands commas and a decimal point.
    Number,
    /// One character that is neither.
    Mark,
}

impl Piece {
    /// The pieces of `span` of `text`, in order. Blanks are not pieces.
    ///
    /// ```
    /// use dateline_text::{Piece, Span};
    /// let text = "mid-May: 1,200 at 10:30";
    /// let words: Vec<_> = Piece::all(text, Span::new(0, text.len())).iter().map(|p| p.span.of(text)).collect();
    /// assert_eq!(words, ["mid", "-", "May", ":", "1,200", "at", "10", ":", "30"]);
    /// ```
    pub fn all(text: &str, span: Span) -> Vec<Piece> {
        let base = span.start as usize;
        let within = span.of(text);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = within.char_indices().peekable();
        while let Some((start, c)) = rest.next() {
            if c.is_whitespace() {
                continue;
            }
            let mut end = start + c.len_utf8();
            let kind = if c.is_ascii_digit() {
                end = number_end(within, start);
                while rest.next_if(|&(at, _)| at < end).is_some() {}
                PieceKind::Number
            } else if c.is_alphabetic() {
                while let Some((at, c)) = rest.next_if(|&(_, c)| c.is_alphabetic()) {
                    end = at + c.len_utf8();
                }
                PieceKind::Letters
            } else {
                PieceKind::Mark
            };
            let span = Span::new(base + start, base + end);
            let glued = start > 0 && within[..start].chars().next_back().is_some_and(|c| !c.is_whitespace());
            pieces.push(Piece { span, kind, glued });
        }
        pieces
    }
}

/// Where the number that begins at `start` ends: digits, groups of three after commas, and a decimal part.
fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let lead = digits(start);
    let mut end = start + lead;
    if lead <= 3 {
        while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
            end += 4;
        }
    }
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end
}
