use crate::numbers;
use compact_str::CompactString;
use dateline_codebook::{FigureWords, Phrases, fold};
use dateline_text::{Piece, Span};

/// A number as written, and how far the words commit to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// Bytes of the number words, without "at least".
    pub(super) span: Span,
    /// Bytes of the hedge before it; empty without one.
    pub(super) hedge: Span,
    pub(super) low: Option<u64>,
    pub(super) best: Option<u64>,
    pub(super) high: Option<u64>,
    /// Whether a currency sign stands before it.
    pub(super) signed: bool,
}

/// Finds the numbers of one sentence.
pub(super) struct Amounts<'a> {
    pub(super) words: &'a FigureWords,
    pub(super) numbers: &'a Phrases,
}

impl Amounts<'_> {
    /// The numbers in `span` of `text`, in order.
    pub(super) fn read(&self, text: &str, span: Span) -> Vec<Amount> {
        let pieces = Piece::all(text, span);
        let words: Vec<CompactString> = pieces.iter().map(|p| fold(p.span.of(text))).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let (hedge, start) = self.hedge(&words, at);
            let Some((end, mut amount)) = self.number(text, &pieces, &words, start, hedge) else {
                at += 1;
                continue;
            };
            if let Some(whole) = self.ratio(&words, end) {
                at = whole;
                continue;
            }
            if let (Some(a), Some(b)) = (pieces.get(at), start.checked_sub(1).and_then(|b| pieces.get(b)))
                && start > at
            {
                amount.hedge = a.span.cover(b.span);
            }
            found.push(amount);
            at = end;
        }
        found
    }

    /// Where "one in five", of which the first number ends at a piece, ends: a share counts nobody.
    fn ratio(&self, words: &[CompactString], end: usize) -> Option<usize> {
        let word = |at: usize| words.get(at).map(CompactString::as_str).unwrap_or_default();
        let over = match (word(end), word(end + 1)) {
            ("in", "every") | ("out", "of") | ("of", "every") => end + 2,
            ("in", _) => end + 1,
            _ => return None,
        };
        let (len, _) = self.one(words.get(over..)?)?;
        // "10 killed in 2013", but "12 in 2013" is no share either way.
        let bare = word(over).len() < 4 || !word(over).starts_with(|c: char| c.is_ascii_digit());
        bare.then_some(over + len)
    }

    /// A hedge at a piece, and where the number after it must begin.
    fn hedge<'w>(&'w self, words: &[CompactString], at: usize) -> (&'w str, usize) {
        let after = words.get(at..).unwrap_or_default();
        match self.words.hedges.longest(after) {
            Some((len, hedge)) => (hedge, at + len),
            None if words.get(at).is_some_and(|w| w == "between") => ("between", at + 1),
            None => ("", at),
        }
    }

    fn number(
        &self,
        text: &str,
        pieces: &[Piece],
        words: &[CompactString],
        start: usize,
        hedge: &str,
    ) -> Option<(usize, Amount)> {
        let after = words.get(start..).filter(|w| !w.is_empty())?;
        let cover = |end: usize| match (pieces.get(start), pieces.get(end - 1)) {
            (Some(a), Some(b)) => a.span.cover(b.span),
            _ => Span::default(),
        };
        let sign = |at: usize| {
            at.checked_sub(1).and_then(|b| words.get(b)).is_some_and(|w| self.words.signs.contains(w))
        };
        if let Some((len, least)) = self.words.vague.longest(after) {
            let low = least.parse().ok();
            let amount = Amount {
                span: cover(start + len),
                low,
                best: None,
                high: None,
                signed: false,
                hedge: Span::default(),
            };
            return Some((start + len, amount));
        }
        let (len, first) = self.one(after)?;
        let mut end = start + len;
        let signed = sign(start);
        if !self.stands_alone(text, pieces, words, start, end) {
            return None;
        }
        // "10 to 15", "10-15", "between 10 and 15"
        let joint = words.get(end).map(CompactString::as_str).unwrap_or_default();
        let ranged = matches!(joint, "to" | "-" | "or") || (hedge == "between" && joint == "and");
        let skip = usize::from(words.get(end + 1).is_some_and(|w| self.words.signs.contains(w)));
        let second = words.get(end + 1 + skip..).filter(|_| ranged).and_then(|w| self.one(w));
        let (low, best, high) = match second {
            Some((len, second))
                if second > first
                    && self.stands_alone(text, pieces, words, end + 1 + skip, end + 1 + skip + len) =>
            {
                end += 1 + skip + len;
                (Some(first), None, Some(second))
            }
            _ => match hedge {
                "least" => (Some(first), Some(first), None),
                "most" => (None, None, Some(first)),
                "about" => (None, Some(first), None),
                "short" => (None, Some(first), Some(first)),
                _ => (Some(first), Some(first), Some(first)),
            },
        };
        let span = cover(end);
        // Nothing that is cut out of a word: "B52", "12th".
        (!span.of(text).is_empty())
            .then_some((end, Amount { span, low, best, high, signed, hedge: Span::default() }))
    }

    fn one(&self, words: &[CompactString]) -> Option<(usize, u64)> {
        if let Some((len, value)) = self.words.exact.longest(words) {
            return Some((len, value.parse().ok()?));
        }
        let (len, value) = numbers::cardinal(words, self.numbers)?;
        // Only sums of money and scaled numbers have decimals; what is left of them is no count.
        (value >= 0.0 && value.fract() == 0.0 && value < 1e15).then_some((len, value as u64))
    }

    /// Whether a word with a capital stands before the comma before a piece.
    fn follows_name(&self, text: &str, pieces: &[Piece], start: usize) -> bool {
        let word = start.checked_sub(2).and_then(|at| pieces.get(at)).map(|p| p.span.of(text));
        word.is_some_and(|w| w.starts_with(char::is_uppercase) || matches!(w, "." | "'" | "`"))
    }

    /// Whether the number is no part of another word, a decimal, a percentage, an ordinal or an age.
    fn stands_alone(
        &self,
        text: &str,
        pieces: &[Piece],
        words: &[CompactString],
        start: usize,
        end: usize,
    ) -> bool {
        let word = |at: usize| words.get(at).map(CompactString::as_str).unwrap_or_default();
        let glued = |at: usize| pieces.get(at).is_some_and(|p| p.glued);
        let before = start.checked_sub(1).map(word).unwrap_or_default();
        if glued(start)
            && !matches!(before, "(" | "[" | "\"" | "“" | "'" | "-" | "—")
            && !self.words.signs.contains(before)
        {
            return false;
        }
        // "Ada Lom, 43, was hurt"
        let digits = word(start).starts_with(|c: char| c.is_ascii_digit());
        if digits
            && before == ","
            && word(end) == ","
            && word(start).len() < 4
            && self.follows_name(text, pieces, start)
        {
            return false;
        }
        let letters_after = glued(end) && word(end).starts_with(char::is_alphanumeric);
        let compound = word(end) == "-"
            && glued(end)
            && glued(end + 1)
            && !word(end + 1).starts_with(|c: char| c.is_ascii_digit());
        !letters_after && !compound && !matches!(word(end), "%" | "percent" | "pct" | "per" | "°")
    }
}
