use super::selector::{Compound, Selector, Test};
use super::shares::Shares;
use dom_query::{Document, LocalName, NodeData, NodeId, NodeRef};
use memchr::memmem;

/// The elements of a page, listed in one walk through its tree, to be found by [`Selector`]s without another.
///
/// The codebook names many classes of which a page has few: where a word stands in the values of attributes is told from
/// a list of them.
pub(super) struct Finder<'a> {
    document: &'a Document,
    elements: Vec<Listed>,
    /// [`ASKED`], as the tree has them.
    asked: [LocalName; ASKED.len()],
    /// The values of the attributes that selectors ask for, one a line, neighbours that are alike once.
    values: String,
    /// Which attribute each of the lines is of, and where it ends.
    lines: Vec<(usize, usize)>,
    /// Which line belongs to which element, in the order of the page.
    uses: Vec<(usize, usize)>,
    /// Texts that are longer than [`LONG`].
    long: Vec<NodeId>,
    depth: usize,
}

/// An element of the list.
struct Listed {
    id: NodeId,
    name: LocalName,
    /// Its parent in the list; its own place for the outermost.
    parent: usize,
    /// Characters inside, runs of spaces counted once.
    characters: usize,
    /// Of these, characters in paragraphs that are long enough to be sentences.
    prose: usize,
}

/// Attributes that selectors ask for by value.
const ASKED: [&str; 10] = [
    "aria-hidden",
    "aria-label",
    "class",
    "data-testid",
    "hidden",
    "id",
    "itemprop",
    "itemtype",
    "rel",
    "role",
];
/// Values of this one are compared without regard to case, so they are listed in lower case.
const RELATION: &str = "rel";

/// A sentence has so many characters.
const SENTENCE: usize = 60;

/// Bytes.
pub(super) const LONG: usize = 8192;

impl<'a> Finder<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let mut finder = Self {
            document,
            elements: Vec::new(),
            asked: ASKED.map(LocalName::from),
            values: String::new(),
            lines: Vec::new(),
            uses: Vec::new(),
            long: Vec::new(),
            depth: 0,
        };
        finder.walk();
        finder
    }

    /// The most nodes that stand in each other.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Texts so long that they ask for care.
    pub(super) fn long_texts(&self) -> impl Iterator<Item = NodeRef<'a>> {
        self.long.iter().map(|id| NodeRef::new(*id, &self.document.tree))
    }

    /// The elements that a selector finds, in the order of the page; none where it is no selector.
    pub(super) fn find(&self, selector: &str) -> Vec<NodeRef<'a>> {
        self.places(selector).into_iter().map(|at| self.node(at)).collect()
    }

    /// The elements of several names, in the order of the page.
    pub(super) fn named(&self, names: &[&str]) -> impl Iterator<Item = NodeRef<'a>> {
        let names: Vec<LocalName> = names.iter().map(|name| LocalName::from(*name)).collect();
        let named = self.elements.iter().filter(move |element| names.contains(&element.name));
        named.map(|element| NodeRef::new(element.id, &self.document.tree))
    }

    /// The first element that a selector finds.
    pub(super) fn first(&self, selector: &str) -> Option<NodeRef<'a>> {
        self.find(selector).into_iter().next()
    }

    pub(super) fn node(&self, at: usize) -> NodeRef<'a> {
        NodeRef::new(self.elements[at].id, &self.document.tree)
    }

    /// How much of the page stands in which element, to be kept up as elements are taken out.
    pub(super) fn shares(&self) -> Shares {
        Shares::new(self.elements.iter().map(|element| (element.parent, element.characters, element.prose)))
    }

    /// The places in the list of the elements that a selector finds.
    pub(super) fn places(&self, selector: &str) -> Vec<usize> {
        let Some(selector) = Selector::parse(selector) else { return Vec::new() };
        let Some(around) = &selector.around else { return self.candidates(&selector.last) };
        let outer = self.candidates(around);
        if outer.is_empty() {
            return Vec::new();
        }
        let mut places = self.candidates(&selector.last);
        places.retain(|at| {
            let mut inner = *at;
            let parents = std::iter::from_fn(|| {
                let parent = self.elements[inner].parent;
                let below = parent != inner;
                inner = parent;
                below.then_some(parent)
            });
            parents.into_iter().any(|parent| outer.binary_search(&parent).is_ok())
        });
        places
    }

    /// The elements that fit one part of a selector.
    fn candidates(&self, wanted: &Compound) -> Vec<usize> {
        let name = wanted.name.map(LocalName::from);
        let named = |at: &usize| name.as_ref().is_none_or(|name| self.elements[*at].name == *name);
        let asked = wanted
            .test
            .and_then(|(attribute, test)| Some((ASKED.iter().position(|asked| *asked == attribute)?, test)));
        let Some((attribute, test)) = asked else {
            let all = (0..self.elements.len()).filter(named);
            return all.filter(|at| wanted.test.is_none() || self.fits(*at, wanted)).collect();
        };
        let lines = self.lines_with(attribute, test);
        if lines.is_empty() {
            return Vec::new();
        }
        let uses = self.uses.iter().filter(|(line, _)| lines.binary_search(line).is_ok());
        uses.map(|(_, element)| *element).filter(named).collect()
    }

    /// The values of an attribute that pass a test.
    fn lines_with(&self, attribute: usize, test: Test) -> Vec<usize> {
        let of_attribute = |line: &usize| self.lines[*line].0 == attribute;
        let Some(word) = test.word() else { return (0..self.lines.len()).filter(of_attribute).collect() };
        let mut lines: Vec<usize> = Vec::new();
        for at in memmem::find_iter(self.values.as_bytes(), word) {
            let line = self.lines.partition_point(|(_, end)| *end <= at);
            if line < self.lines.len()
                && of_attribute(&line)
                && lines.last() != Some(&line)
                && test.passes(self.value(line))
            {
                lines.push(line);
            }
        }
        lines
    }

    fn value(&self, line: usize) -> &str {
        let start = line.checked_sub(1).map_or(0, |before| self.lines[before].1);
        &self.values[start..self.lines[line].1 - 1]
    }

    /// Whether an element fits one part of a selector.
    fn fits(&self, at: usize, wanted: &Compound) -> bool {
        wanted.name.is_none_or(|name| &*self.elements[at].name == name)
            && wanted.test.is_none_or(|(attribute, test)| {
                self.node(at).query_or(false, |node| {
                    let NodeData::Element(element) = &node.data else { return false };
                    let value = element.attrs.iter().find(|known| &*known.name.local == attribute);
                    value.is_some_and(|found| test.passes(&found.value))
                })
            })
    }

    /// Lists everything, by steps, not by recursion.
    fn walk(&mut self) {
        let mut walk = Walk::default();
        let mut node = self.document.root();
        // What comes after each of the nodes that the walk is inside of.
        let mut after: Vec<Option<NodeId>> = Vec::new();
        loop {
            let (child, mut next) = self.enter(&node, &mut walk, after.len());
            if let Some(child) = child {
                after.push(next);
                self.depth = self.depth.max(after.len());
                node = NodeRef::new(child, node.tree);
                continue;
            }
            self.leave(after.len(), &mut walk);
            while next.is_none() && after.len() > 1 {
                next = after.pop().flatten();
                self.leave(after.len(), &mut walk);
            }
            let Some(next) = next else { return self.leave(0, &mut walk) };
            node = NodeRef::new(next, node.tree);
        }
    }

    /// Lists a node, and gives its first child and what comes after it.
    fn enter(
        &mut self,
        node: &NodeRef<'a>,
        walk: &mut Walk,
        depth: usize,
    ) -> (Option<NodeId>, Option<NodeId>) {
        node.query_or((None, None), |inner| {
            match &inner.data {
                NodeData::Text { contents } => {
                    walk.characters += counted(contents, &mut walk.space);
                    if contents.len() > LONG {
                        self.long.push(node.id);
                    }
                }
                NodeData::Element(element) => {
                    let at = self.elements.len();
                    self.elements.push(Listed {
                        id: node.id,
                        name: element.name.local.clone(),
                        parent: walk.open.last().map_or(at, |(_, parent)| *parent),
                        // What stands before it, until it is left.
                        characters: walk.characters,
                        prose: walk.prose,
                    });
                    walk.open.push((depth, at));
                    for attribute in &element.attrs {
                        let asked = self.asked.iter().position(|asked| *asked == attribute.name.local);
                        if let Some(asked) = asked {
                            self.list_value(asked, &attribute.value, at);
                        }
                    }
                }
                _ => {}
            }
            (inner.first_child, inner.next_sibling)
        })
    }

    fn list_value(&mut self, asked: usize, value: &str, element: usize) {
        let same = self.lines.last().is_some_and(|(of, _)| *of == asked)
            && self.value(self.lines.len() - 1) == value;
        if !same {
            self.values.push_str(value);
            if ASKED[asked] == RELATION {
                let start = self.values.len() - value.len();
                self.values[start..].make_ascii_lowercase();
            }
            self.values.push('\n');
            self.lines.push((asked, self.values.len()));
        }
        self.uses.push((self.lines.len() - 1, element));
    }

    /// Counts what stands in the elements of a depth, and deeper, which end here.
    fn leave(&mut self, depth: usize, walk: &mut Walk) {
        while let Some((_, at)) = walk.open.pop_if(|(open, _)| *open >= depth) {
            let element = &mut self.elements[at];
            element.characters = walk.characters - element.characters;
            element.prose = walk.prose - element.prose;
            if element.characters >= SENTENCE && &*element.name == "p" {
                walk.prose += element.characters;
            }
        }
    }
}

/// What is known on the way through the tree.
#[derive(Default)]
struct Walk {
    /// Elements that have not been left, with their depths.
    open: Vec<(usize, usize)>,
    characters: usize,
    prose: usize,
    /// Whether the last character was a space.
    space: bool,
}

/// How many characters a text has, runs of spaces counted once.
fn counted(text: &str, space: &mut bool) -> usize {
    let is_space = |byte: u8| (byte == b' ') | (byte.wrapping_sub(b'\t') < 5);
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return 0 };
    let runs = usize::from(*space && is_space(*first));
    *space = is_space(*last);
    // In bytes, so that the compiler can look at many at a time.
    let begins = |chunk: &[u8]| {
        usize::from(chunk.iter().fold(0_u8, |count, byte| count + u8::from(byte & 0xC0 != 0x80)))
    };
    let repeats = |(before, after): (&[u8], &[u8])| {
        let pairs = before.iter().zip(after);
        usize::from(pairs.fold(0_u8, |count, (a, b)| count + u8::from(is_space(*a) & is_space(*b))))
    };
    let characters: usize = bytes.chunks(STRIDE).map(begins).sum();
    let repeated: usize = bytes.chunks(STRIDE).zip(bytes[1..].chunks(STRIDE)).map(repeats).sum();
    characters - repeated - runs
}

/// As many as can be counted in a byte.
const STRIDE: usize = 192;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_find_what_they_say() {
        let page = "<nav class='x-cookie'><a rel='author nofollow'>a</a></nav><h2 class='y cookies'>b</h2>\
            <p class='y cookies'>c</p><time datetime=1>d</time><i hidden>e</i><b rel='Author'>f</b>";
        let document = Document::from(page);
        let finder = Finder::new(&document);
        let found = |selector: &str| -> Vec<String> {
            finder.find(selector).iter().map(|node| node.text().to_string()).collect()
        };
        assert_eq!(found("[class*='cookie']"), ["a", "b", "c"]);
        assert_eq!(found("p[class*='cookie']"), ["c"]);
        assert_eq!(found("[class='y']"), Vec::<String>::new());
        assert_eq!(found("[class~='y']"), ["b", "c"]);
        assert_eq!(found("[class*='cookie'] a"), ["a"]);
        assert_eq!(found("nav [rel~='author']"), ["a"]);
        assert_eq!(found("[rel='author']"), ["f"]);
        assert_eq!(found("nav time"), Vec::<String>::new());
        assert_eq!(found("time[datetime]"), ["d"]);
        assert_eq!(found("[hidden]"), ["e"]);
        assert_eq!(found("[id='cookie']"), Vec::<String>::new());
    }

    #[test]
    fn characters_are_counted_as_they_are_seen() {
        let mut space = false;
        assert_eq!(counted("a  b\n", &mut space), 4);
        assert_eq!(counted(" é \u{a0}", &mut space), 3);
        assert_eq!(counted(&"ab ".repeat(300), &mut space), 900);
    }
}
