/// A CSS selector of the few forms that the codebook and the metadata need: an element by its name or an attribute or both,
/// anywhere or inside another. `h2[class*='subtitle']`, `[itemtype*='List'] [itemprop='name']`, `time[datetime]`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Selector<'a> {
    pub(super) last: Compound<'a>,
    /// What it stands in, however deep.
    pub(super) around: Option<Compound<'a>>,
}

/// A part of a selector that speaks of one element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Compound<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) test: Option<(&'a str, Test<'a>)>,
}

/// What an attribute must be; names and words regardless of case where they must be whole, as browsers have it for `rel`
/// and `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Test<'a> {
    There,
    Equals(&'a str),
    Holds(&'a str),
    HoldsWord(&'a str),
}

impl<'a> Selector<'a> {
    /// `None` for what is not of these forms.
    pub(super) fn parse(selector: &'a str) -> Option<Self> {
        match selector.split_once(' ') {
            Some((around, last)) => {
                Some(Self { last: Compound::parse(last)?, around: Some(Compound::parse(around)?) })
            }
            None => Some(Self { last: Compound::parse(selector)?, around: None }),
        }
    }
}

impl<'a> Compound<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (name, test) = match text.split_once('[') {
            Some((name, test)) => (name, Some(attribute(test.strip_suffix(']')?)?)),
            None => (text, None),
        };
        let sound = is_name(name) && (!name.is_empty() || test.is_some());
        sound.then_some(Self { name: Some(name).filter(|name| !name.is_empty()), test })
    }
}

/// `class*='word'`, without the brackets.
fn attribute(text: &str) -> Option<(&str, Test<'_>)> {
    let Some((name, value)) = text.split_once('=') else {
        return (is_name(text) && !text.is_empty()).then_some((text, Test::There));
    };
    let value = value.strip_prefix('\'')?.strip_suffix('\'')?;
    let (name, test) = match name.strip_suffix(['*', '~']) {
        Some(bare) if name.ends_with('*') => (bare, Test::Holds(value)),
        Some(bare) => (bare, Test::HoldsWord(value)),
        None => (name, Test::Equals(value)),
    };
    let sound = is_name(name) && !name.is_empty() && !value.is_empty() && !value.contains(['\'', '\n']);
    sound.then_some((name, test))
}

fn is_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

impl<'a> Test<'a> {
    pub(super) fn passes(self, value: &str) -> bool {
        match self {
            Self::There => true,
            Self::Equals(word) => value.eq_ignore_ascii_case(word),
            Self::Holds(word) => value.contains(word),
            Self::HoldsWord(word) => {
                value.split_ascii_whitespace().any(|part| part.eq_ignore_ascii_case(word))
            }
        }
    }

    /// What a value must hold to pass.
    pub(super) fn word(self) -> Option<&'a str> {
        match self {
            Self::There => None,
            Self::Equals(word) | Self::Holds(word) | Self::HoldsWord(word) => Some(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::furniture::Furniture;

    #[test]
    fn forms() {
        let h2 = Compound { name: Some("h2"), test: Some(("class", Test::Holds("sub title"))) };
        assert_eq!(Selector::parse("h2[class*='subtitle']").map(|s| s.last.name), Some(Some("h2")));
        assert_eq!(Compound::parse("h2[class*='sub title']"), Some(h2));
        assert_eq!(Compound::parse("time[datetime]").and_then(|c| c.test), Some(("datetime", Test::There)));
        for broken in ["", "p:first-child", ".byline", "a > b", "[class*=x]", "[class='']", "h2, h3"] {
            assert_eq!(Selector::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn the_codebook_has_no_others() {
        let html = &Furniture::embedded().html;
        for selector in
            [&html.remove, &html.byline, &html.standfirst, &html.breadcrumbs].into_iter().flatten()
        {
            assert!(Selector::parse(selector).is_some(), "{selector}");
        }
    }
}
