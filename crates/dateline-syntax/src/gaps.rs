use crate::abbreviations::{Abbreviations, Kind};
use dateline_text::Span;

/// Buckets of features, and so weights of the linear model.
pub(crate) const BUCKETS: usize = 1 << 14;

/// What is known of the sentence so far.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) words: usize,
    quoted: bool,
    depth: u8,
}

impl State {
    pub(crate) fn add(&mut self, word: &str) {
        self.words += 1;
        match word {
            "\"" => self.quoted = !self.quoted,
            "“" | "‘’" | "``" => self.quoted = true,
            "”" | "’’" | "''" => self.quoted = false,
            "(" | "[" => self.depth = (self.depth + 1).min(3),
            ")" | "]" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

/// Buckets of the features of the gap behind word `i` of a block: the words around it and the sentence so far.
pub(crate) fn features(
    text: &str,
    abbreviations: &Abbreviations,
    words: &[Span],
    i: usize,
    state: &State,
) -> [usize; 31] {
    let at = |k: Option<usize>| k.and_then(|k| words.get(k)).map_or("", |s| plain(s.of(text)));
    let (p, t, n, nn) = (at(i.checked_sub(1)), at(Some(i)), at(Some(i + 1)), at(Some(i + 2)));
    let (sp, st, sn, snn) = (shape(p), shape(t), shape(n), shape(nn));
    let (sp, st, sn, snn) = (sp.as_str(), st.as_str(), sn.as_str(), snn.as_str());
    let mut core = i;
    while core > 0 && is_closer(at(Some(core))) {
        core -= 1;
    }
    let c = at(Some(core));
    // Whether a space stands before word `k`; the block's first counts as having one.
    let spaced = |k: usize| match (k.checked_sub(1).and_then(|b| words.get(b)), words.get(k)) {
        (Some(before), Some(word)) if before.end == word.start => "0",
        _ => "1",
    };
    let (before, space) = (spaced(i), spaced(i + 1));
    let (m, cm) = (mark(t), mark(c));
    let k = kind(abbreviations, t);
    let inside = match (state.quoted, state.depth > 0) {
        (false, false) => "00",
        (false, true) => "01",
        (true, false) => "10",
        (true, true) => "11",
    };
    let (length, left) = (bucket(state.words), bucket(words.len() - i - 1));
    let features: [&[&str]; 31] = [
        &["b"],
        &["t", t],
        &["n", n],
        &["st", st],
        &["sn", sn],
        &["t,sn", t, sn],
        &["st,sn", st, sn],
        &["st,n", st, n],
        &["p,t", p, t],
        &["sp,t,sn", sp, t, sn],
        &["snn", sn, snn],
        &["m,n", m, n],
        &["m,sn,snn", m, sn, snn],
        &["sp", m, space, sn],
        &["c", c],
        &["c,sn", c, sn, m],
        &["cm,m,sn", cm, m, sn],
        &["k", k],
        &["k,sn", k, sn],
        &["k,n", k, n],
        &["k,sp,sn", k, sp, sn],
        &["q", inside, m],
        &["q,sn", inside, cm, sn],
        &["l", length, m],
        &["l,sn", length, cm, sn],
        &["r", left, m],
        &["r,sn", left, cm, sn],
        &["lr", length, left, m],
        &["m,n,q", m, n, inside],
        &["g", m, before, space],
        &["g,c,sn", m, before, space, cm, sn],
    ];
    features.map(hashed)
}

/// Bucket of a feature; words count in lower case.
fn hashed(parts: &[&str]) -> usize {
    let mut h = 0x811C_9DC5u32;
    for part in parts {
        for b in part.bytes().chain([0x1f]) {
            h = (h ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
        }
    }
    h as usize & (BUCKETS - 1)
}

/// Quotation marks as straight ones: the spaces around them tell their direction.
fn plain(word: &str) -> &str {
    match word {
        "“" | "”" | "„" | "``" | "''" | "‘’" | "’’" | "«" | "»" => "\"",
        "‘" | "’" | "`" => "'",
        _ => word,
    }
}

fn is_closer(word: &str) -> bool {
    matches!(word, "\"" | "'" | ")" | "]")
}

/// A short run of punctuation itself, `w` for everything else.
fn mark(word: &str) -> &str {
    let short = word.chars().nth(3).is_none();
    if short && word.chars().next().is_some_and(|c| !c.is_alphanumeric()) { word } else { "w" }
}

/// One letter for what a word with a period of its own shortens; empty if it is none.
pub(crate) fn kind(abbreviations: &Abbreviations, word: &str) -> &'static str {
    let stem = word.strip_suffix('.').unwrap_or_default();
    match abbreviations.kind(stem) {
        None => "",
        Some(Kind::Title) => "t",
        Some(Kind::Date) => "d",
        Some(Kind::Number) => "n",
        Some(Kind::Name) => "s",
        Some(Kind::Company) => "c",
        Some(Kind::Place) => "p",
        Some(Kind::End) => "e",
        Some(Kind::Other) => "o",
        Some(Kind::Initial) => "i",
        Some(Kind::Letters) => "l",
    }
}

/// Powers of two, as one digit.
fn bucket(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2..=3 => "2",
        4..=7 => "3",
        8..=15 => "4",
        16..=31 => "5",
        32..=63 => "6",
        _ => "7",
    }
}

/// Classes of the first and last character and the length up to four.
struct Shape([u8; 3]);

fn shape(word: &str) -> Shape {
    let class = |c: char| match c {
        c if c.is_uppercase() => b'u',
        c if c.is_lowercase() => b'l',
        c if c.is_numeric() => b'0',
        _ => b'.',
    };
    match (word.chars().next(), word.chars().next_back()) {
        (Some(first), Some(last)) => {
            Shape([class(first), class(last), b'0' + word.chars().take(4).count() as u8])
        }
        _ => Shape(*b"-\0\0"),
    }
}

impl Shape {
    fn as_str(&self) -> &str {
        let len = if self.0[0] == b'-' { 1 } else { 3 };
        std::str::from_utf8(&self.0[..len]).unwrap_or_default()
    }
}
