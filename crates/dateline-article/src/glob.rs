use std::collections::{BTreeMap, BTreeSet};

/// Patterns for whole lines: `*` stands for any characters or none, `#` for a number.
///
/// Lines are compared after [`plain`].
#[derive(Default)]
pub(crate) struct Globs {
    whole: BTreeSet<String>,
    /// Patterns that begin with what any line may begin with.
    open: Vec<String>,
    /// The others, by their first byte: a line is held only against those that begin as it does.
    by_first: BTreeMap<u8, Vec<String>>,
}

impl Globs {
    pub(crate) fn new(patterns: &[String]) -> Self {
        let (wild, whole): (Vec<String>, Vec<String>) =
            patterns.iter().cloned().partition(|p| p.contains(['*', '#']));
        let mut globs = Self { whole: whole.into_iter().collect(), ..Self::default() };
        for pattern in wild {
            match pattern.as_bytes().first() {
                Some(first) if !matches!(first, b'*' | b'#') => {
                    globs.by_first.entry(*first).or_default().push(pattern);
                }
                _ => globs.open.push(pattern),
            }
        }
        globs
    }

    /// Whether some pattern matches the whole of a line that [`plain`] has been applied to.
    pub(crate) fn matches(&self, line: &str) -> bool {
        let among = |patterns: &Vec<String>| {
            patterns.iter().any(|pattern| is_match(pattern.as_bytes(), line.as_bytes()))
        };
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
