use crate::numbers;
use compact_str::{CompactString, format_compact};
use dateline_codebook::{TimePart, TimeRule, TimeRules, TimeWhat, fold};
use dateline_text::{Piece, PieceKind, Span};

/// The pieces of one sentence, ready to be matched against the rules.
pub(super) struct Matcher<'a> {
    rules: &'a TimeRules,
    text: &'a str,
    pieces: Vec<Piece>,
    words: Vec<CompactString>,
    /// Whether the word over a piece is tagged as a noun.
    nouns: Vec<bool>,
    /// Of every rule, whether the sentence has the words for it.
    possible: Vec<bool>,
}

/// A rule that matched: which pieces, and what was kept.
pub(super) struct Match<'a> {
    pub(super) rule: &'a TimeRule,
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) kept: Kept<'a>,
}

/// What a match kept of its classes: name and meaning.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept<'a>(Vec<(&'a str, CompactString)>);

impl Kept<'_> {
    /// What was kept under a name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(n, _)| *n == name).map(|(_, v)| v.as_str())
    }

    /// What was kept under a name, as a number.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }
}

type Ends<'a> = Vec<(usize, Kept<'a>)>;

impl<'a> Matcher<'a> {
    pub(super) fn new(
        rules: &'a TimeRules,
        text: &'a str,
        span: Span,
        is_noun: &dyn Fn(Span) -> bool,
    ) -> Self {
        let pieces = Piece::all(text, span);
        let words: Vec<CompactString> = pieces.iter().map(|p| fold(p.span.of(text))).collect();
        let possible = rules.possible(words.iter().map(CompactString::as_str));
        let nouns = pieces.iter().map(|p| is_noun(p.span)).collect();
        Self { rules, text, pieces, words, nouns, possible }
    }

    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Bytes from one piece up to, not including, another.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        match (self.pieces.get(first), end.checked_sub(1).and_then(|e| self.pieces.get(e))) {
            (Some(a), Some(b)) => a.span.cover(b.span),
            _ => Span::default(),
        }
    }

    /// A piece, lower-cased; empty outside the sentence.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", CompactString::as_str)
    }

    /// The longest match that begins at a piece; of two equally long, the earlier rule's.
    pub(super) fn longest(&self, at: usize) -> Option<Match<'a>> {
        let candidates = self.rules.beginning(self.word(at));
        if candidates.is_empty() || self.is_inside_word(at) {
            return None;
        }
        let possible = |c: &&u16| self.possible.get(**c as usize).copied().unwrap_or(false);
        let candidates = candidates.iter().filter(possible);
        let candidates = candidates.filter_map(|&c| self.rules.rules.get(c as usize));
        let mut best: Option<Match<'a>> = None;
        let before = at.checked_sub(1).map_or("", |b| self.word(b));
        for rule in candidates.filter(|r| r.after.is_empty() || r.after.contains(before)) {
            for (end, kept) in self.sequence(&rule.parts, at) {
                let longer = best.as_ref().is_none_or(|b| end > b.end);
                let barred = rule.not_before.contains(self.word(end)) && self.binds(end);
                if longer && end > at && !barred && !self.is_inside_word(end) {
                    best = Some(Match { rule, first: at, end, kept });
                }
            }
        }
        best
    }

    /// Whether a piece goes with the word before it: a word does, a mark only where it touches it.
    fn binds(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|p| p.kind != PieceKind::Mark || p.glued)
    }

    /// Whether letters and digits run across the border before a piece: "MH370", "A2".
    fn is_inside_word(&self, at: usize) -> bool {
        let (Some(before), Some(piece)) =
            (at.checked_sub(1).and_then(|b| self.pieces.get(b)), self.pieces.get(at))
        else {
            return false;
        };
        piece.glued && before.kind != PieceKind::Mark && piece.kind != PieceKind::Mark
    }

    fn sequence(&self, parts: &'a [TimePart], at: usize) -> Ends<'a> {
        let Some((first, parts)) = parts.split_first() else { return vec![(at, Kept::default())] };
        let mut ends = self.part(first, at);
        if first.optional {
            ends.push((at, Kept::default()));
        }
        for part in parts {
            if ends.is_empty() {
                return ends;
            }
            let mut next: Ends<'a> = Vec::new();
            for (from, kept) in ends {
                for (end, more) in self.part(part, from) {
                    let mut all = kept.clone();
                    all.0.extend(more.0);
                    next.push((end, all));
                }
                if part.optional {
                    next.push((from, kept));
                }
            }
            ends = next;
        }
        ends
    }

    fn part(&self, part: &'a TimePart, at: usize) -> Ends<'a> {
        if part.glued && !self.pieces.get(at).is_some_and(|p| p.glued) {
            return Vec::new();
        }
        match &part.what {
            TimeWhat::Words(choices) => {
                let after = self.words.get(at..).unwrap_or_default();
                let matching = choices.iter().filter(|c| after.starts_with(c));
                matching.map(|c| (at + c.len(), Kept::default())).collect()
            }
            TimeWhat::Class { class, name } => match self.class(class, at) {
                Some((len, value)) => vec![(at + len, Kept(vec![(name.as_str(), value)]))],
                None => Vec::new(),
            },
            TimeWhat::Group(choices) => choices.iter().flat_map(|c| self.sequence(c, at)).collect(),
        }
    }

    fn class(&self, class: &str, at: usize) -> Option<(usize, CompactString)> {
        let words = self.words.get(at..)?;
        let number = || words.first().and_then(|w| numbers::digits(w)).filter(|n| n.fract() == 0.0);
        let plain = |low: u32, high: u32, widths: std::ops::RangeInclusive<usize>| {
            let word = words
                .first()
                .filter(|w| widths.contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit()))?;
            let value = word.parse::<u32>().ok().filter(|v| (low..=high).contains(v))?;
            Some((1, format_compact!("{value}")))
        };
        match class {
            "cardinal" => {
                let glued_mark = at
                    .checked_sub(1)
                    .is_some_and(|b| matches!(self.word(b), "$" | "£" | "€" | "." | "/" | ":"))
                    && self.pieces.get(at).is_some_and(|p| p.glued);
                if glued_mark {
                    return None;
                }
                let (len, value) = numbers::cardinal(words, &self.rules.class("number_word")?.phrases)?;
                Some((len, format_compact!("{value}")))
            }
            "day" => match number() {
                Some(day) if (1.0..=31.0).contains(&day) => {
                    let suffixed = self.pieces.get(at + 1).is_some_and(|p| p.glued)
                        && matches!(self.word(at + 1), "st" | "nd" | "rd" | "th");
                    Some((1 + usize::from(suffixed), format_compact!("{day}")))
                }
                Some(_) => None,
                None => self.listed("ordinal_word", words, at),
            },
            "ordinal" => match number() {
                Some(n) => {
                    let glued = self.pieces.get(at + 1).is_some_and(|p| p.glued);
                    let suffixed = glued && matches!(self.word(at + 1), "st" | "nd" | "rd" | "th");
                    suffixed.then(|| (2, format_compact!("{n}")))
                }
                None => self.listed("ordinal_word", words, at),
            },
            "year" => {
                let found = plain(1000, 2099, 4..=4)?;
                (!self.is_no_year(at)).then_some(found)
            }
            "year_words" => self.year_words(words),
            "decade" => self.decade(words, at),
            "hour" => plain(0, 24, 1..=2).or_else(|| self.listed("number_word", words, at)),
            "minute" => plain(0, 59, 2..=2),
            "two_digits" => plain(0, 99, 2..=2),
            "month_number" => plain(1, 12, 1..=2),
            _ => self.listed(class, words, at),
        }
    }

    fn listed(&self, class: &str, words: &[CompactString], at: usize) -> Option<(usize, CompactString)> {
        let class = self.rules.class(class)?;
        let (mut len, value) = class.phrases.longest(words)?;
        if class.capital && !self.pieces.get(at)?.span.of(self.text).starts_with(char::is_uppercase) {
            return None;
        }
        if class.nominal.contains(words.first()?) && len == 1 && !self.nouns.get(at).copied().unwrap_or(false)
        {
            return None;
        }
        // An abbreviation's full stop that ends the sentence is still the abbreviation's.
        if len == 2
            && words.get(1).is_some_and(|w| w == ".")
            && !self.pieces.get(at + 1).is_some_and(|p| p.glued)
        {
            len = 1;
        }
        Some((len, value.into()))
    }

    /// Four digits that are no year: part of a longer number, a sum, a range of something else.
    fn is_no_year(&self, at: usize) -> bool {
        let glued = self.pieces.get(at).is_some_and(|p| p.glued);
        let before = at.checked_sub(1).map_or("", |b| self.word(b));
        let after_glued = self.pieces.get(at + 1).is_some_and(|p| p.glued);
        let after = self.word(at + 1);
        (glued && matches!(before, "$" | "£" | "€" | "#" | "." | ":" | "+"))
            || (after_glued && matches!(after, "%" | ":" | "°"))
            || matches!(
                after,
                "percent" | "pct" | "km" | "miles" | "meters" | "metres" | "feet" | "dollars" | "million"
            )
    }

    /// "nineteen ninety-six", "two thousand ten".
    fn year_words(&self, words: &[CompactString]) -> Option<(usize, CompactString)> {
        let names = &self.rules.class("number_word")?.phrases;
        let first = words.first()?;
        if first == "two" && words.get(1).is_some_and(|w| w == "thousand") {
            let (len, value) = numbers::cardinal(words, names)?;
            return (value < 2100.0).then(|| (len, format_compact!("{value}")));
        }
        let century: u32 = names.get(first)?.parse().ok().filter(|n| (11..=20).contains(n))?;
        let (len, rest) = numbers::cardinal(words.get(1..)?, names)?;
        let in_words = words.get(1).is_some_and(|w| w.starts_with(char::is_alphabetic));
        (in_words && (10.0..100.0).contains(&rest))
            .then(|| (1 + len, format_compact!("{}", century * 100 + rest as u32)))
    }

    /// "1990s", "'80s", "nineties": the first three digits of its years.
    fn decade(&self, words: &[CompactString], at: usize) -> Option<(usize, CompactString)> {
        // "in his 30s", "in her thirties": years of a life.
        let before = at.checked_sub(1).map_or("", |b| self.word(b));
        let before =
            if matches!(before, "early" | "mid" | "late") { self.word(at.saturating_sub(2)) } else { before };
        if matches!(before, "his" | "her" | "their" | "my" | "our" | "your") {
            return None;
        }
        let has_s = |at: usize| self.word(at) == "s" && self.pieces.get(at).is_some_and(|p| p.glued);
        if let Some((len, value)) = self.listed("decade_word", words, at) {
            return Some((len, format_compact!("19{}", value.get(..1)?)));
        }
        let first = words.first()?;
        let apostrophe = usize::from(first == "'");
        let digits =
            words.get(apostrophe).filter(|w| w.bytes().all(|b| b.is_ascii_digit()) && w.ends_with('0'))?;
        let mut end = at + apostrophe + 1;
        if self.word(end) == "'" && has_s(end + 1) {
            end += 1;
        }
        if !has_s(end) {
            return None;
        }
        let value = match digits.len() {
            4 if apostrophe == 0 => CompactString::from(digits.get(..3)?),
            2 => format_compact!("{}{}", if digits.as_str() <= "10" { "20" } else { "19" }, digits.get(..1)?),
            _ => return None,
        };
        Some((end + 1 - at, value))
    }
}
