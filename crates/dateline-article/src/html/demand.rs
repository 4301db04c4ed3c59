//! What a page asks of the parser: told from its tags before it is parsed, and from its tree.
//!
//! The parser follows browsers, which put up with anything: some hundred kilobytes of tags that are never closed make
//! millions of elements, and a tag with a hundred thousand attributes is compared with itself. Such pages are no articles,
//! and are told by one pass over their bytes.

use dom_query::Document;
use memchr::{memchr, memmem};

/// Tags that are never closed, or need not be, so that they do not nest.
const OPEN: [&[u8]; 24] = [
    b"area", b"base", b"br", b"col", b"dd", b"dt", b"embed", b"hr", b"img", b"input", b"li", b"link",
    b"meta", b"option", b"p", b"param", b"source", b"tbody", b"td", b"th", b"thead", b"tr", b"track", b"wbr",
];
/// Tags of which drawings have thousands, closed or not; they do nest elsewhere.
const DRAWN: [&[u8]; 2] = [b"path", b"use"];
/// Elements that the parser opens again in every block after the one in which they were left open.
const FORMATS: [&[u8]; 14] = [
    b"a", b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt",
    b"u",
];
/// Elements at whose borders that ends.
const SCOPES: [&[u8]; 8] =
    [b"applet", b"button", b"caption", b"marquee", b"object", b"td", b"template", b"th"];
/// Elements whose content has no tags.
const RAW: [&[u8]; 4] = [b"script", b"style", b"textarea", b"title"];
/// Names of tags are not looked at beyond this.
const LONGEST: usize = 12;

/// What a page asks of the parser, if every tag is closed once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Demand {
    /// The most tags that are open at once.
    pub(super) depth: usize,
    /// The most formatting elements that are open at once, one that is opened again and again counted thrice.
    pub(super) formats: usize,
    /// Elements that the page does not have and the parser may make, because formatting was left open.
    pub(super) copies: usize,
    /// Comparisons of attributes with those before them.
    pub(super) comparisons: usize,
}

impl Demand {
    pub(super) fn of(text: &str) -> Self {
        let mut scan = Scan { bytes: text.as_bytes(), ..Scan::default() };
        let mut at = 0;
        while let Some(next) = memchr(b'<', &scan.bytes[at..]) {
            at = scan.tag(at + next + 1);
        }
        scan.demand
    }
}

#[derive(Default)]
struct Scan<'a> {
    bytes: &'a [u8],
    demand: Demand,
    depth: usize,
    /// Formatting that is open, as it is written; an empty tag is the border of a scope.
    formats: Vec<&'a [u8]>,
    /// Open drawings and formulas, in which other rules hold.
    foreign: usize,
}

impl<'a> Scan<'a> {
    /// Counts the tag whose name begins here, and gives where to go on.
    fn tag(&mut self, at: usize) -> usize {
        let bytes = self.bytes;
        let closes = bytes.get(at) == Some(&b'/');
        let from = at + usize::from(closes);
        let mut buffer = [0; LONGEST];
        let name = name(&bytes[from..], &mut buffer);
        if name.is_empty() {
            return at;
        }
        if closes {
            self.close(name);
            return from + name.len();
        }
        let (end, attributes) = self.attributes(from + name.len());
        self.demand.comparisons += attributes * attributes / 2;
        self.open(name, &bytes[from..end]);
        if RAW.contains(&name) && self.foreign == 0 {
            return raw_end(bytes, end, name);
        }
        end
    }

    fn close(&mut self, name: &[u8]) {
        self.depth = self.depth.saturating_sub(1);
        if matches!(name, b"svg" | b"math") {
            self.foreign = self.foreign.saturating_sub(1);
        } else if FORMATS.contains(&name) {
            self.end_format(name);
        } else if SCOPES.contains(&name)
            && let Some(border) = self.formats.iter().rposition(|open| open.is_empty())
        {
            self.formats.truncate(border);
        } else {
            self.demand.copies += self.formats.len();
        }
    }

    fn open(&mut self, name: &[u8], whole: &'a [u8]) {
        let nests = !OPEN.contains(&name) && (self.foreign == 0 || !DRAWN.contains(&name));
        self.depth += usize::from(nests);
        self.demand.depth = self.demand.depth.max(self.depth);
        if matches!(name, b"svg" | b"math") {
            self.foreign += 1;
        } else if FORMATS.contains(&name) {
            // These two are closed by the next of their kind.
            if matches!(name, b"a" | b"nobr") {
                self.end_format(name);
            }
            if self.formats.iter().rev().filter(|open| **open == whole).take(3).count() < 3 {
                self.formats.push(whole);
            }
            self.demand.formats = self.demand.formats.max(self.formats.len());
        } else if SCOPES.contains(&name) {
            self.formats.push(b"");
        } else {
            self.demand.copies += self.formats.len();
        }
    }

    fn end_format(&mut self, name: &[u8]) {
        let mut buffer = [0; LONGEST];
        let mut same = |open: &[u8]| self::name(open, &mut buffer) == name;
        let inside = self.formats.iter().rev().take_while(|open| !open.is_empty());
        if let Some(back) = inside.map(|open| same(open)).position(|same| same) {
            self.formats.remove(self.formats.len() - 1 - back);
        }
    }

    /// Where a tag ends, and how many attributes it has.
    fn attributes(&self, from: usize) -> (usize, usize) {
        let mut count = 0;
        let mut at = from;
        let mut before = b' ';
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'>' => return (at, count),
                b'"' | b'\'' if before == b'=' => {
                    at += 1 + memchr(byte, &self.bytes[at + 1..]).unwrap_or(self.bytes.len());
                    before = b' ';
                }
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' if before == b'=' => {}
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' | b'/' => before = b' ',
                _ => {
                    count += usize::from(before == b' ' && byte != b'=');
                    before = byte;
                }
            }
            at += 1;
        }
        (self.bytes.len(), count)
    }
}

/// The name of a tag, in lower case; empty where none begins here.
fn name<'b>(from: &[u8], buffer: &'b mut [u8; LONGEST]) -> &'b [u8] {
    if !from.first().is_some_and(u8::is_ascii_alphabetic) {
        return b"";
    }
    let letters = from.iter().take_while(|b| b.is_ascii_alphanumeric());
    let mut len = 0;
    for (to, letter) in buffer.iter_mut().zip(letters) {
        *to = letter.to_ascii_lowercase();
        len += 1;
    }
    &buffer[..len]
}

/// Where the element without tags ends whose content begins here.
fn raw_end(bytes: &[u8], mut at: usize, name: &[u8]) -> usize {
    while let Some(next) = memmem::find(&bytes[at..], b"</") {
        at += next + 2;
        if bytes.get(at..at + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return at - 2;
        }
    }
    bytes.len()
}

/// The most elements that stand in each other, walked by steps.
pub(super) fn depth_of(document: &Document) -> usize {
    let root = document.root();
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let mut node = root;
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            deepest = deepest.max(depth);
            node = child;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) if depth > 1 => {
                    depth -= 1;
                    node = parent;
                }
                _ => return deepest,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_tree() {
        let page = format!("<html><body>{}x{}", "<div>".repeat(50), "</div>".repeat(50));
        assert_eq!(Demand::of(&page).depth, 52);
        // The text is one deeper.
        assert_eq!(depth_of(&Document::from(page.as_str())), 53);
        assert_eq!(Demand::of("<p><p><p><br><li>1 < 2"), Demand::default());
        assert_eq!(Demand::of("<svg><path d=1><path d=2></svg><path>").depth, 1);
        assert_eq!(Demand::of("<path><path>").depth, 2);
        assert_eq!(Demand::of("<div<div<div").depth, 1);
    }

    #[test]
    fn formatting_that_is_left_open() {
        let fonts: String = (0..9).map(|size| format!("<font size={size}>")).collect();
        let demand = Demand::of(&format!("<p>{fonts}<p><p>"));
        assert_eq!((demand.formats, demand.copies), (9, 18));
        // Closed, or within a cell, or always the same.
        assert_eq!(Demand::of(&format!("<p>{fonts}{}<p>", "</font>".repeat(9))).copies, 0);
        assert_eq!(Demand::of(&format!("<td>{fonts}</td><p><p>")).copies, 0);
        assert_eq!(Demand::of(&format!("<p>{}", "<p><b>".repeat(20))).formats, 3);
        assert_eq!(Demand::of(&"<a href=1>x<a href=2>".repeat(20)).formats, 1);
    }

    #[test]
    fn attributes_and_what_only_looks_like_them() {
        let many: String = (0..100).map(|at| format!(" a{at}='b c>'")).collect();
        assert_eq!(Demand::of(&format!("<div{many} ><p a = b c>")).comparisons, 5_000 + 2);
        assert_eq!(Demand::of("<script>if (a <b c d e f) {} </SCRIPT><p class=\"a b c d\">").comparisons, 0);
        assert!(Demand::of(&format!("<svg><style><a{many}>")).comparisons >= 5_000);
    }
}
