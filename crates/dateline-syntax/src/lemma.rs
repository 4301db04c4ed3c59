use compact_str::CompactString;

/// A rule that turns a form into its lemma, as the treebank's scripts write it: `case|cut|suffix` or `=lemma`.
#[derive(Debug, PartialEq)]
pub(crate) enum LemmaRule {
    /// Lower-case first if asked, then cut so many letters from the end and add the suffix.
    Change { lower: bool, cut: usize, suffix: String },
    /// The lemma itself.
    Irregular(String),
}

impl LemmaRule {
    pub(crate) fn parse(script: &str) -> Option<Self> {
        if let Some(lemma) = script.strip_prefix('=') {
            return Some(Self::Irregular(lemma.to_owned()));
        }
        let mut parts = script.splitn(3, '|');
        let lower = match parts.next()? {
            "k" => false,
            "l" => true,
            _ => return None,
        };
        Some(Self::Change { lower, cut: parts.next()?.parse().ok()?, suffix: parts.next()?.to_owned() })
    }

    /// The lemma of `form`, if the rule makes sense for it.
    pub(crate) fn apply(&self, form: &str) -> Option<CompactString> {
        match self {
            Self::Irregular(lemma) => {
                // A number's lemma is the number without its commas; the rule of another number is none.
                let number = lemma.starts_with(|c: char| c.is_ascii_digit());
                let fits = !number || form.chars().filter(|&c| c != ',').eq(lemma.chars());
                fits.then(|| lemma.as_str().into())
            }
            Self::Change { lower, cut, suffix } => {
                let base: CompactString = if *lower { form.to_lowercase().into() } else { form.into() };
                let end = match cut {
                    0 => base.len(),
                    _ => base.char_indices().rev().nth(cut - 1)?.0,
                };
                let mut lemma = CompactString::from(base.get(..end)?);
                lemma.push_str(suffix);
                (!lemma.is_empty()).then_some(lemma)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LemmaRule;

    #[test]
    fn rules() {
        let apply = |script: &str, form: &str| LemmaRule::parse(script).and_then(|r| r.apply(form));
        assert_eq!(apply("l|3|y", "Cities").as_deref(), Some("city"));
        assert_eq!(apply("k|0|", "Paris").as_deref(), Some("Paris"));
        assert_eq!(apply("=go", "went").as_deref(), Some("go"));
        assert_eq!(apply("=2000", "2,000").as_deref(), Some("2000"));
        assert_eq!(apply("=2000", "3,000"), None);
        assert_eq!(apply("k|4|x", "abc"), None);
        assert_eq!(LemmaRule::parse("q|0|"), None);
    }
}
