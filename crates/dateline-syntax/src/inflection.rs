//! The spelling of English inflection, backwards.

use compact_str::CompactString;

/// An ending that English inflects words with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    S,
    Ed,
    Ing,
    Er,
    Est,
}

impl Ending {
    /// The letters of the ending.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::S => "s",
            Self::Ed => "ed",
            Self::Ing => "ing",
            Self::Er => "er",
            Self::Est => "est",
        }
    }

    /// The lower-case form without the ending; none if it has no such ending, or hardly anything else.
    fn strip(self, form: &str) -> Option<&str> {
        form.strip_suffix(self.as_str()).filter(|stem| stem.len() >= 2)
    }

    /// The first base that `accept` takes among those that spelling allows for a lower-case form.
    ///
    /// The script that builds the word lists tries the same bases in the same order.
    pub(crate) fn base(self, form: &str, accept: impl Fn(&str) -> bool) -> Option<CompactString> {
        let stem = self.strip(form)?;
        let with = |cut: usize, end: &str| {
            let mut base = CompactString::from(stem.get(..stem.len().checked_sub(cut)?)?);
            base.push_str(end);
            accept(&base).then_some(base)
        };
        if self == Self::S {
            return (stem.ends_with("ie").then(|| with(2, "y")).flatten())
                .or_else(|| with(0, ""))
                .or_else(|| HISSING.iter().any(|end| stem.ends_with(end)).then(|| with(1, "")).flatten())
                .or_else(|| stem.ends_with("ve").then(|| with(2, "f").or_else(|| with(2, "fe"))).flatten());
        }
        if stem.ends_with('i')
            && let Some(base) = with(1, "y")
        {
            return Some(base);
        }
        if self == Self::Ing
            && stem.ends_with('y')
            && let Some(base) = with(1, "ie")
        {
            return Some(base);
        }
        match doubled(stem) {
            // "killed", "passed", "buzzed" are commoner than "travelled", "gassed", "quizzed".
            Some('l' | 's' | 'z') => with(0, "").or_else(|| with(1, "")),
            Some(_) => with(1, "").or_else(|| with(0, "")),
            None => with(0, "e").or_else(|| with(0, "")),
        }
    }

    /// The likeliest base of a lower-case form that no list knows.
    pub(crate) fn guess(self, form: &str) -> Option<CompactString> {
        let stem = self.strip(form)?;
        let cut = |n: usize, end: &str| {
            let mut base = CompactString::from(stem.get(..stem.len().checked_sub(n)?)?);
            base.push_str(end);
            Some(base)
        };
        if self == Self::S {
            return match stem {
                _ if stem.ends_with('s') => None,
                _ if stem.ends_with("ie") && stem.len() > 3 => cut(2, "y"),
                _ if ["sse", "she", "che", "xe", "zze"].iter().any(|e| stem.ends_with(e)) => cut(1, ""),
                _ => cut(0, ""),
            };
        }
        if stem.ends_with('i') && self != Self::Ing {
            return cut(1, "y");
        }
        match doubled(stem) {
            Some('l' | 's' | 'z' | 'f' | 'k') => cut(0, ""),
            Some(_) => cut(1, ""),
            None if silent(stem) => cut(0, "e"),
            None => cut(0, ""),
        }
    }
}

/// Ends of bases with the e that their plural puts between.
const HISSING: [&str; 6] = ["se", "xe", "ze", "che", "she", "oe"];

/// The consonant written twice at the end, `ck` included.
fn doubled(stem: &str) -> Option<char> {
    let mut letters = stem.chars().rev();
    let (last, before, third) = (letters.next()?, letters.next()?, letters.next());
    let twice = last == before && !"aeiou".contains(last) && third.is_some();
    (twice || (before, last) == ('c', 'k')).then_some(last)
}

/// Whether a stem would not be spelt so without a silent e after it.
fn silent(stem: &str) -> bool {
    const ENDS: [&str; 25] = [
        "c", "v", "u", "z", "dg", "rg", "lg", "ag", "eg", "ns", "rs", "ps", "as", "is", "os", "us", "at",
        "bl", "dl", "fl", "gl", "kl", "pl", "tl", "zl",
    ];
    ENDS.iter().any(|end| stem.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::Ending;

    #[test]
    fn guesses() {
        for (ending, form, base) in [
            (Ending::Ed, "frobbed", "frob"),
            (Ending::Ed, "tweeted", "tweet"),
            (Ending::Ed, "geofenced", "geofence"),
            (Ending::Ed, "griddled", "griddle"),
            (Ending::Ing, "weaponizing", "weaponize"),
            (Ending::Ing, "yukking", "yukk"),
            (Ending::S, "jihadis", "jihadi"),
            (Ending::S, "pressies", "pressy"),
            (Ending::S, "technicals", "technical"),
            (Ending::Est, "grungiest", "grungy"),
        ] {
            assert_eq!(ending.guess(form).as_deref(), Some(base), "{form}");
        }
        assert_eq!(Ending::S.guess("press"), None);
        assert_eq!(Ending::Ed.guess("ed"), None);
    }

    #[test]
    fn bases_in_order() {
        let first =
            |ending: Ending, form: &str, known: &[&str]| ending.base(form, |base| known.contains(&base));
        assert_eq!(first(Ending::Ed, "stared", &["star", "stare"]).as_deref(), Some("stare"));
        assert_eq!(first(Ending::Ed, "barred", &["bar", "bare"]).as_deref(), Some("bar"));
        assert_eq!(first(Ending::Ed, "killed", &["kil", "kill"]).as_deref(), Some("kill"));
        assert_eq!(first(Ending::Ing, "panicking", &["panic"]).as_deref(), Some("panic"));
        assert_eq!(first(Ending::S, "knives", &["knife"]).as_deref(), Some("knife"));
        assert_eq!(first(Ending::S, "passades", &["passad"]), None);
    }
}
