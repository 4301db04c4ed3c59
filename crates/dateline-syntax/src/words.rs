use crate::abbreviations::{Abbreviations, Kind};
use crate::case::lower;
use dateline_text::Span;
use std::collections::BTreeSet;

/// Splits text into words in the manner of English Universal Dependencies: "do|n't", "Kerry|'s", "US|-|led", "$|150".
pub(crate) struct Words {
    pub(crate) abbreviations: Abbreviations,
    prefixes: BTreeSet<&'static str>,
    suffixes: BTreeSet<&'static str>,
}

/// Endings that are words of their own, with any of the apostrophes.
const CLITICS: [&str; 7] = ["s", "m", "d", "re", "ve", "ll", "n't"];

/// Contractions without an apostrophe, and where they are split.
const CONTRACTED: [(&str, usize); 27] = [
    ("aint", 2),
    ("arent", 3),
    ("cannot", 3),
    ("cant", 2),
    ("couldnt", 5),
    ("didnt", 3),
    ("doesnt", 4),
    ("dont", 2),
    ("gonna", 3),
    ("gotta", 3),
    ("hadnt", 3),
    ("hasnt", 3),
    ("havent", 4),
    ("hes", 2),
    ("im", 1),
    ("isnt", 2),
    ("ive", 1),
    ("lets", 3),
    ("shouldnt", 6),
    ("thats", 4),
    ("theres", 5),
    ("wanna", 3),
    ("wasnt", 3),
    ("werent", 4),
    ("whats", 4),
    ("wont", 2),
    ("wouldnt", 5),
];

/// Units that are split from the number before them.
const UNITS: [&str; 30] = [
    "a.m", "a.m.", "am", "b", "bn", "cm", "ft", "g", "gb", "k", "kg", "km", "kph", "lb", "lbs", "m", "mb",
    "mm", "mn", "mph", "mw", "oz", "p.m", "p.m.", "percent", "pm", "t", "tn", "trn", "x",
];

const FACES: [&str; 18] = [
    ":)", ":(", ";)", ":-)", ":-(", ";-)", ":/", ":P", ":D", "=)", "=(", "(:", "):", ":-D", ":-P", "<3",
    ">:(", "^_^",
];

/// A run of visible characters, and the runs beside it.
#[derive(Clone, Copy)]
struct Run<'t> {
    text: &'t str,
    before: &'t str,
    after: &'t str,
}

impl Words {
    pub(crate) fn new() -> Self {
        let part = |kind: &str| -> BTreeSet<&'static str> {
            let rows = include_str!("../data/hyphens.tsv").lines().filter_map(|l| l.split_once('\t'));
            rows.filter(|(k, _)| *k == kind).map(|(_, w)| w).collect()
        };
        Self { abbreviations: Abbreviations::new(), prefixes: part("prefix"), suffixes: part("suffix") }
    }

    /// Appends the words of one block to `out`: spans in order that do not overlap and hold no white space.
    pub(crate) fn split(&self, text: &str, block: Span, out: &mut Vec<Span>) {
        let base = block.start as usize;
        let part = block.of(text);
        let gap = |c: char| c.is_whitespace() || is_invisible(c);
        let mut runs = part.split(gap).filter(|r| !r.is_empty()).peekable();
        let (mut before, mut tail) = ("", Vec::new());
        while let Some(run) = runs.next() {
            // A run is a slice of the block, so its place is the distance of the two.
            let start = base + (run.as_ptr().addr() - part.as_ptr().addr());
            let after = runs.peek().copied().unwrap_or_default();
            let run = Run { text: run, before, after };
            self.run(run, &mut tail, &mut |s, e| out.push(Span::new(start + s, start + e)));
            before = run.text;
        }
    }

    /// Splits one run. `tail` is a buffer.
    fn run(&self, run: Run<'_>, tail: &mut Vec<(usize, usize)>, push: &mut impl FnMut(usize, usize)) {
        let all = run.text;
        if FACES.contains(&all) || is_clitic(all) || is_address(all) {
            return push(0, all.len());
        }
        let start = opening(all, push);
        let mut end = all.len();
        while let Some(cut) = self.closing(&all[start..end], run, end == all.len()) {
            tail.push((end - cut, end));
            end -= cut;
        }
        if start < end {
            self.inside(&all[start..end], start, push);
        }
        tail.drain(..).rev().for_each(|(s, e)| push(s, e));
    }

    /// How many bytes of punctuation to take off the end of `rest`.
    fn closing(&self, rest: &str, run: Run<'_>, at_end: bool) -> Option<usize> {
        let last = rest.chars().next_back()?;
        let same = |set: &[char]| rest.len() - rest.trim_end_matches(set).len();
        let cut = match last {
            '.' if rest.ends_with("..") => same(&['.']),
            '.' => {
                let stem = &rest[..rest.len() - 1];
                return (!stem.is_empty() && !(self.keeps_period(stem, run, at_end))).then_some(1);
            }
            '!' | '?' => same(&['!', '?']),
            '-' => same(&['-']),
            '*' | '=' | '~' | '_' => same(&[last]),
            '\'' if rest.ends_with("''") => 2,
            '’' if rest.ends_with("’’") => 6,
            '>' if rest.ends_with(">>") => 2,
            '/' if is_address(rest) => return None,
            c if is_closing(c) => c.len_utf8(),
            _ => return None,
        };
        (cut < rest.len() || rest.len() == last.len_utf8() || cut == rest.len()).then_some(cut)
    }

    /// Whether the period behind `stem` is part of an abbreviation.
    fn keeps_period(&self, stem: &str, run: Run<'_>, at_end: bool) -> bool {
        let stem = stem.rsplit(['-', '–', '/', '(']).next().unwrap_or(stem);
        let capital = |w: &str| w.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        match self.abbreviations.kind(stem) {
            None => false,
            Some(Kind::Initial) => {
                let follows = !at_end || capital(run.after);
                match stem {
                    "I" | "A" => follows && (capital(run.before) || run.before.is_empty()),
                    _ => follows || capital(run.before),
                }
            }
            Some(Kind::Number) => {
                run.after.starts_with(|c: char| c.is_ascii_digit()) || !stem.starts_with(['N', 'A', 'S', 'P'])
            }
            Some(_) => true,
        }
    }

    /// Splits what stands between opening and closing punctuation.
    fn inside(&self, word: &str, base: usize, push: &mut impl FnMut(usize, usize)) {
        if is_address(word) || is_file(word) || is_number_code(word) {
            return push(base, base + word.len());
        }
        let mut at = 0;
        let mut i = 0;
        while let Some(c) = word[i..].chars().next() {
            let cut = if i == 0 { 0 } else { self.split_at(word, at, i, c) };
            if cut > 0 {
                self.contraction(&word[at..i], base + at, push);
                push(base + i, base + i + cut);
                i += cut;
                at = i;
            } else {
                i += c.len_utf8();
            }
        }
        self.contraction(&word[at..], base + at, push);
    }

    /// Bytes of a separator that begins at `i`, where the part since the last one begins at `at`; 0 if there is none.
    fn split_at(&self, word: &str, at: usize, i: usize, c: char) -> usize {
        let before = word[at..i].chars().next_back();
        let rest = &word[i + c.len_utf8()..];
        let after = rest.chars().next();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let solid = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let run = |c: char| word[i..].len() - word[i..].trim_start_matches(c).len();
        match c {
            '—' | '―' | '°' => c.len_utf8(),
            '-' if rest.starts_with('-') => run('-'),
            '.' if rest.starts_with('.') => run('.'),
            '…' => c.len_utf8(),
            '-' | '–' | '‐' | '‑' => {
                let left = &word[at..i];
                let right = rest.split(['-', '–', '‐', '‑']).next().unwrap_or(rest);
                let joined = c != '–' && self.prefixes.contains(lower(left).as_str())
                    || self.suffixes.contains(lower(right).as_str());
                if !joined && before.is_some() && after.is_some() { c.len_utf8() } else { 0 }
            }
            '/' => {
                let left = &word[at..i];
                let right = rest.split('/').next().unwrap_or(rest);
                let single = left.chars().count() == 1
                    && right.chars().count() == 1
                    && letter(before)
                    && letter(after);
                let date = digit(before) && digit(after) && !is_fraction(left, right);
                if solid(before) && solid(after) && !single && !date { 1 } else { 0 }
            }
            ',' | ';' if letter(after) && solid(before) => 1,
            '!' | '?' if letter(after) => run(c),
            ':' if letter(after) && letter(before) => 1,
            '(' | ')' | '[' | ']' | '"' | '“' | '”' => c.len_utf8(),
            // A missing space between sentences.
            '.' if word[at..i].len() > 2 && before.is_some_and(char::is_lowercase) => {
                let mut after = rest.chars();
                let sentence = after.next().is_some_and(char::is_uppercase)
                    && after.next().is_some_and(|c| c.is_lowercase() || c == '\'');
                usize::from(sentence)
            }
            '$' | '£' | '€' if digit(after) && letter(before) => 0,
            _ => 0,
        }
    }

    /// Splits clitics, contractions, currencies and units.
    fn contraction(&self, word: &str, base: usize, push: &mut impl FnMut(usize, usize)) {
        if word.is_empty() {
            return;
        }
        let mut halves = |at: usize| {
            push(base, base + at);
            push(base + at, base + word.len());
        };
        if let Some(at) = clitic_start(word).filter(|&at| at > 0) {
            // "the 1990's" is one word.
            let decade = word[..at].ends_with('0') && word[..at].bytes().all(|b| b.is_ascii_digit());
            if !decade {
                let (head, base_) = (&word[..at], base);
                self.unit(head, base_, push);
                return push(base + at, base + word.len());
            }
        }
        if word.len() <= 8
            && let Ok(i) = CONTRACTED.binary_search_by_key(&lower(word).as_str(), |c| c.0)
        {
            return halves(CONTRACTED[i].1);
        }
        self.unit(word, base, push);
    }

    /// Splits "US$5" and "7pm".
    fn unit(&self, word: &str, base: usize, push: &mut impl FnMut(usize, usize)) {
        if let Some(at) = word.find(['$', '£', '€', '¥']) {
            let sign = word[at..].chars().next().map_or(0, char::len_utf8);
            if at + sign < word.len()
                && word[at + sign..].starts_with(|c: char| c.is_ascii_digit())
                && at <= 3
            {
                push(base, base + at + sign);
                return self.unit(&word[at + sign..], base + at + sign, push);
            }
        }
        if word.starts_with(|c: char| c.is_ascii_digit())
            && let Some(at) = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ':'))
            && UNITS.binary_search(&lower(&word[at..]).as_str()).is_ok()
        {
            push(base, base + at);
            return push(base + at, base + word.len());
        }
        push(base, base + word.len());
    }
}

/// Characters that show nothing and belong to no word.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´' | 'ʼ')
}

/// Takes opening punctuation off the beginning and gives where it ends.
fn opening(all: &str, push: &mut impl FnMut(usize, usize)) -> usize {
    let mut at = 0;
    while let Some(c) = all[at..].chars().next() {
        let rest = &all[at + c.len_utf8()..];
        let next = rest.chars().next();
        let run = all[at..].len() - all[at..].trim_start_matches(c).len();
        let cut = match c {
            '"' | '“' | '(' | '[' | '{' | '«' | '¿' | '¡' | '„' | '•' | '·' | '●' | '|' => {
                c.len_utf8()
            }
            '<' => run.min(2),
            '>' | '=' | '~' | '_' | '*' => run,
            '\'' | '’' | '‘' | '`' => {
                let pair = rest.starts_with(c) || c == '‘' && rest.starts_with('’');
                let clitic = c != '‘' && (next.is_some_and(|c| c.is_ascii_digit()) || is_short_form(rest));
                match (pair, clitic) {
                    (true, _) => 2 * c.len_utf8(),
                    (_, true) => break,
                    _ => c.len_utf8(),
                }
            }
            '$' | '£' | '€' | '¥' | '#' | '@' if next.is_some_and(|c| c.is_ascii_digit()) => c.len_utf8(),
            '-' if run > 1 => run,
            '-' | '–' if next.is_some_and(char::is_alphabetic) => c.len_utf8(),
            '—' | '…' | ',' | ';' | ':' | ')' => c.len_utf8(),
            '.' if run > 1 => run,
            '/' if next.is_some_and(char::is_alphabetic) => c.len_utf8(),
            _ => break,
        };
        push(at, at + cut);
        at += cut;
    }
    at
}

/// Words that begin with an apostrophe of their own.
fn is_short_form(rest: &str) -> bool {
    let word = lower(rest.trim_end_matches(|c: char| !c.is_alphanumeric()));
    matches!(word.as_str(), "em" | "til" | "cause" | "n" | "tis" | "twas" | "bout" | "round")
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '”'
            | '“'
            | '’'
            | '\''
            | '`'
            | ')'
            | ']'
            | '}'
            | '>'
            | ','
            | ';'
            | ':'
            | '%'
            | '…'
            | '»'
            | '—'
            | '–'
            | '|'
            | '/'
            | '°'
    )
}

/// Where a word's clitic begins, if it has one.
fn clitic_start(word: &str) -> Option<usize> {
    let tail_start = word.char_indices().rev().take(3).last().map_or(0, |(i, _)| i);
    let tail = lower(&word[tail_start..]);
    if tail.len() == word.len() - tail_start {
        let mut letters = tail.chars();
        if letters.next() == Some('n')
            && letters.next().is_some_and(is_apostrophe)
            && letters.next() == Some('t')
        {
            return Some(tail_start);
        }
    }
    let (at, mark) = word.char_indices().rev().take(3).find(|(_, c)| is_apostrophe(*c))?;
    let ending = lower(&word[at + mark.len_utf8()..]);
    CLITICS.contains(&ending.as_str()).then_some(at)
}

/// Whether all of a run is a clitic, as in text that is already split.
fn is_clitic(run: &str) -> bool {
    clitic_start(run) == Some(0)
}

/// Web and mail addresses, and names that start with `@`.
fn is_address(run: &str) -> bool {
    let body = run.trim_end_matches(|c: char| is_closing(c) && c != '/' || c == '.');
    body.len() == run.len()
        && !run.starts_with(['<', '(', '"', '[', '“'])
        && (run.contains("://")
            || run.starts_with("www.")
            || run.find('@').is_some_and(|at| run[at..].contains('.') && at > 0)
            || run.starts_with('@') && run[1..].starts_with(char::is_alphabetic)
            || is_domain(run))
}

fn is_domain(run: &str) -> bool {
    let host = run.split('/').next().unwrap_or(run);
    let ending = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && matches!(ending, "com" | "org" | "net" | "gov" | "edu" | "info")
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
}

/// File names: "report_2.doc".
fn is_file(word: &str) -> bool {
    let ending = lower(word.rsplit('.').next().unwrap_or_default());
    let known = matches!(
        ending.as_str(),
        "doc" | "xls" | "pdf" | "txt" | "html" | "htm" | "jpg" | "zip" | "exe" | "mp3"
    );
    word.contains('_') && !word.starts_with('_') || known && word.len() > ending.len() + 1
}

/// Telephone numbers and dates in figures: "555-0172", "2015-01-14", "11/30/2000".
fn is_number_code(word: &str) -> bool {
    if !word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/')) {
        return false;
    }
    let groups: Vec<usize> = word.split(['-', '/']).map(str::len).collect();
    match groups[..] {
        [a, b] => word.contains('-') && matches!((a, b), (3, 4) | (5, 4)),
        _ => groups.len() > 2,
    }
}

/// "1/2", "3/4", but not "9/11".
fn is_fraction(above: &str, below: &str) -> bool {
    let number = |s: &str| s.bytes().all(|b| b.is_ascii_digit()).then(|| s.parse::<u32>().ok()).flatten();
    matches!((number(above), number(below)), (Some(a), Some(b)) if a < b && b <= 8 && below.len() == 1)
}

#[cfg(test)]
mod tests;
