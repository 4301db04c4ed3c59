use dom_query::{Document, Selection};

/// Finds elements by CSS selectors, and does not go through the tree for those that cannot be there.
///
/// The codebook names many classes of which a page has few: whether a word stands in any attribute of the page is told
/// from a list of them, which is made once.
pub(super) struct Finder<'a> {
    document: &'a Document,
    /// The values of the attributes that selectors ask for, one a line.
    values: String,
}

/// Attributes that selectors ask for by value.
const ASKED: [&str; 9] =
    ["aria-hidden", "aria-label", "class", "data-testid", "id", "itemprop", "itemtype", "rel", "role"];

impl<'a> Finder<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let mut values = String::new();
        let mut last = String::new();
        for node in document.root().descendants_it() {
            for attribute in node.attrs() {
                let value: &str = &attribute.value;
                // Neighbours often share their classes.
                if ASKED.contains(&&*attribute.name.local) && value != last {
                    values.push_str(value);
                    values.push('\n');
                    last.clear();
                    last.push_str(value);
                }
            }
        }
        Self { document, values }
    }

    /// The elements that a selector finds; `None` where there is none, or it is no selector.
    pub(super) fn find(&self, selector: &str) -> Option<Selection<'a>> {
        if wanted(selector).is_some_and(|word| !self.values.contains(word)) {
            return None;
        }
        self.document.try_select(selector)
    }
}

/// The value that some attribute must have or hold for the selector to find anything. The values of `rel` are compared
/// without regard to case, and `time` and `meta` are asked for attributes of their own.
fn wanted(selector: &str) -> Option<&str> {
    let (attribute, rest) = selector.split_once('\'')?;
    let asked = attribute.rsplit('[').next()?.trim_end_matches(['=', '*', '~', '^', '$', '|']);
    let known = ASKED.contains(&asked) && asked != "rel" && !selector.contains(',');
    rest.split_once('\'').map(|(word, _)| word).filter(|_| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_not_looked_for() {
        assert_eq!(wanted("[class*='cookie']"), Some("cookie"));
        assert_eq!(wanted("h2[class*='subtitle'] a"), Some("subtitle"));
        assert_eq!(wanted("[rel='author']"), None);
        assert_eq!(wanted("meta[content]"), None);
        let document = Document::from("<p class='x-cookie'>a</p><p class='y'>b</p>");
        let finder = Finder::new(&document);
        assert_eq!(finder.find("[class*='cookie']").map(|found| found.length()), Some(1));
        assert!(finder.find("[class*='share']").is_none());
    }
}
