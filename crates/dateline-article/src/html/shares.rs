/// How much of the page stands in each element of a [`Finder`](super::finder::Finder)'s list.
pub(super) struct Shares {
    shares: Vec<Share>,
}

struct Share {
    parent: usize,
    characters: usize,
    prose: usize,
    gone: bool,
}

impl Shares {
    /// From each element's parent in the list (its own place for the outermost), characters, and characters of prose.
    pub(super) fn new(elements: impl Iterator<Item = (usize, usize, usize)>) -> Self {
        let share = |(parent, characters, prose)| Share { parent, characters, prose, gone: false };
        Self { shares: elements.map(share).collect() }
    }

    /// Characters in an element, and in its paragraphs that are long enough to be sentences; `None` where it was taken
    /// out, by itself or with what it stands in.
    pub(super) fn of(&self, at: usize) -> Option<(usize, usize)> {
        let mut outer = at;
        loop {
            if self.shares[outer].gone {
                return None;
            }
            let parent = self.shares[outer].parent;
            if parent == outer {
                return Some((self.shares[at].characters, self.shares[at].prose));
            }
            outer = parent;
        }
    }

    /// Counts an element out.
    pub(super) fn take(&mut self, at: usize) {
        let (characters, prose) = (self.shares[at].characters, self.shares[at].prose);
        self.shares[at].gone = true;
        let mut outer = at;
        while self.shares[outer].parent != outer {
            outer = self.shares[outer].parent;
            let share = &mut self.shares[outer];
            share.characters = share.characters.saturating_sub(characters);
            share.prose = share.prose.saturating_sub(prose);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::html::finder::Finder;
    use dom_query::Document;

    #[test]
    fn shares_are_kept_up() {
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen";
        let page = format!("<body><div>ab  <b> c</b></div>\n<section><p>{long}</p>x</section></body>");
        let document = Document::from(page.as_str());
        let finder = Finder::new(&document);
        let mut shares = finder.shares();
        let at = |name: &str| finder.places(name)[0];
        assert_eq!(shares.of(at("div")), Some((4, 0)));
        assert_eq!(shares.of(at("section")), Some((long.len() + 1, long.len())));
        shares.take(at("section"));
        assert_eq!(shares.of(at("p")), None);
        assert_eq!(shares.of(at("body")), Some((5, 0)));
    }
}
