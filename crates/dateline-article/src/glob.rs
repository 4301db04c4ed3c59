use std::collections::{BTreeMap, BTreeSet};

/// Patterns for whole lines: `*` stands for any characters or none, `#` for a number.
///
/// Lines are compared after [`plain`].
#[derive(Default)]
pub(crate) struct Globs {
    whole: BTreeSet<String>,
    /// Patterns that begin with what any line may begin with.
    open: Vec<Pattern>,
    /// The others, by their first byte: a line is held only against those that begin as it does.
    by_first: BTreeMap<u8, Vec<Pattern>>,
}

/// A pattern with the parts that no line can do without.
struct Pattern {
    text: String,
    /// What stands behind its last `*` or `#`.
    ending: usize,
    /// Its longest part without either.
    longest: memchr::memmem::Finder<'static>,
}

impl Pattern {
    fn new(text: String) -> Self {
        let ending = text.rfind(['*', '#']).map_or(0, |at| at + 1);
        let longest = text.split(['*', '#']).max_by_key(|part| part.len()).unwrap_or_default();
        let longest = memchr::memmem::Finder::new(longest).into_owned();
        Self { text, ending, longest }
    }

    fn is_match(&self, line: &[u8]) -> bool {
        let pattern = self.text.as_bytes();
        line.ends_with(pattern.get(self.ending..).unwrap_or_default())
            && self.longest.find(line).is_some()
            && is_match(pattern, line)
    }
}

impl Globs {
    pub(crate) fn new(patterns: &[String]) -> Self {
        let (wild, whole): (Vec<String>, Vec<String>) =
            patterns.iter().cloned().partition(|p| p.contains(['*', '#']));
        let mut globs = Self { whole: whole.into_iter().collect(), ..Self::default() };
        for pattern in wild {
            match pattern.as_bytes().first() {
                Some(first) if !matches!(first, b'*' | b'#') => {
                    globs.by_first.entry(*first).or_default().push(Pattern::new(pattern));
                }
                _ => globs.open.push(Pattern::new(pattern)),
            }
        }
        globs
    }

    /// Whether some pattern matches the whole of a line that [`plain`] has been applied to.
    pub(crate) fn matches(&self, line: &str) -> bool {
        let among =
            |patterns: &Vec<Pattern>| patterns.iter().any(|pattern| pattern.is_match(line.as_bytes()));
        self.whole.contains(line)
            || line.as_bytes().first().and_then(|first| self.by_first.get(first)).is_some_and(among)
            || among(&self.open)
    }
}

/// A line in the form in which patterns are written: lower case, straight quotes, single spaces, no bullets, arrows or
/// colons at its ends.
pub(crate) fn plain(line: &str) -> String {
    let edge = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '–'
                    | '—'
                    | '•'
                    | '*'
                    | '|'
                    | '·'
                    | ':'
                    | '<'
                    | '>'
                    | '»'
                    | '«'
                    | '›'
                    | '‹'
                    | '→'
                    | '←'
                    | '▶'
                    | '►'
                    | '▼'
                    | '+'
                    | '_'
                    | '='
                    | '…'
            )
    };
    let mut out = String::with_capacity(line.len());
    for word in line.trim_matches(edge).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() {
            let from = out.len();
            out.push_str(word);
            out[from..].make_ascii_lowercase();
            continue;
        }
        for c in word.chars() {
            match c {
                '‘' | '’' => out.push('\''),
                '“' | '”' => out.push('"'),
                c => out.extend(c.to_lowercase()),
            }
        }
    }
    out
}

/// Matches with one point of return, so in time proportional to the product of the lengths at worst.
fn is_match(pattern: &[u8], line: &[u8]) -> bool {
    let (mut p, mut l) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        let step = match (pattern.get(p), line.get(l)) {
            (None, None) => return true,
            (Some(b'*'), _) => {
                retry = Some((p, l));
                p += 1;
                true
            }
            (Some(b'#'), Some(byte)) if byte.is_ascii_digit() => {
                while line.get(l).is_some_and(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')) {
                    l += 1;
                }
                p += 1;
                true
            }
            (Some(a), Some(b)) if a == b => {
                p += 1;
                l += 1;
                true
            }
            _ => false,
        };
        if !step {
            let Some((star, from)) = retry else { return false };
            if from >= line.len() {
                return false;
            }
            retry = Some((star, from + 1));
            p = star + 1;
            l = from + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn globs(patterns: &[&str]) -> Globs {
        Globs::new(&patterns.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn stars_and_numbers() {
        let rules = globs(&[
            "share on *",
            "# min read",
            "advertisement",
            "*contributed to this report*",
            "comments (#)",
        ]);
        for line in [
            "Share on Facebook",
            "3 min read",
            "— Advertisement —",
            "X and Y contributed to this report.",
            "Comments (1,204)",
        ] {
            assert!(rules.matches(&plain(line)), "{line}");
        }
        for line in ["Shares fell on Monday", "min read", "Advertisement for oneself", ""] {
            assert!(!rules.matches(&plain(line)), "{line}");
        }
    }

    #[test]
    fn a_star_may_stand_for_nothing() {
        assert!(is_match(b"a*b*", b"ab"));
        assert!(is_match(b"*", b""));
        assert!(!is_match(b"a*b", b"aXc"));
        assert!(is_match(b"a*bc", b"abbc"));
    }
}
