//! What a page asks of the parser: told from its tags before it is parsed, and from its tree.
//!
//! The parser follows browsers, which put up with anything: some hundred kilobytes of tags that are never closed make
//! millions of elements, and a tag with a hundred thousand attributes is compared with itself. Such pages are no articles,
//! and are told by one pass over their bytes, which leaves out what the parser need not see at all.

use super::tags::{self, Attributes};
use super::thin::{self, Thinned};
use dom_query::Document;
use memchr::memchr;
use std::borrow::Cow;

/// Deeper trees are refused: the parser needs time by the square of the depth, the extractor stack by the depth.
pub(crate) const DEEPEST: usize = 400;
/// Elements that the parser may make where the page left formatting open, in all.
const MOST_COPIES: usize = 500_000;
/// Comparisons of attributes with each other: some tenth of a second.
const MOST_COMPARISONS: usize = 50_000_000;

/// What the parser does with elements of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Never closed, or need not be, so that they do not nest.
    Open,
    /// Drawings have thousands of them, closed or not; they do nest elsewhere.
    Drawn,
    /// Opened again in every block after the one in which they were left open.
    Format,
    /// That ends at their borders.
    Scope,
    /// A border too, and need not be closed.
    Cell,
    /// Their content has no tags.
    Raw,
    /// Other rules hold inside.
    Foreign,
    Other,
}

fn kind(name: &[u8]) -> Kind {
    match name {
        b"td" | b"th" => Kind::Cell,
        b"area" | b"base" | b"br" | b"col" | b"dd" | b"dt" | b"embed" | b"hr" | b"img" | b"input" | b"li"
        | b"link" | b"meta" | b"option" | b"p" | b"param" | b"source" | b"tbody" | b"thead" | b"tr"
        | b"track" | b"wbr" => Kind::Open,
        b"path" | b"use" => Kind::Drawn,
        b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike"
        | b"strong" | b"tt" | b"u" => Kind::Format,
        b"applet" | b"button" | b"caption" | b"marquee" | b"object" | b"template" => Kind::Scope,
        b"iframe" | b"noembed" | b"noframes" | b"script" | b"style" | b"textarea" | b"title" | b"xmp" => {
            Kind::Raw
        }
        b"svg" | b"math" => Kind::Foreign,
        _ => Kind::Other,
    }
}

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
    /// Whether the parser would not get done with it.
    pub(super) fn is_beyond_reason(&self) -> bool {
        self.is_deep() || self.copies > MOST_COPIES || self.comparisons > MOST_COMPARISONS
    }

    /// Whether tags are nested too deep. Unclosed tags make a page look deeper than it is, so this look is generous.
    pub(super) fn is_deep(&self) -> bool {
        self.depth > 10 * DEEPEST || self.formats > DEEPEST
    }

    /// What a page asks for, and the page without what it need not ask for.
    pub(super) fn of(text: &str) -> (Self, Cow<'_, str>) {
        let mut scan = Scan { bytes: text.as_bytes(), thinned: Thinned::new(text), ..Scan::default() };
        let mut at = 0;
        while let Some(next) = memchr(b'<', scan.bytes.get(at..).unwrap_or_default()) {
            at = scan.tag(at + next + 1);
            // What nobody grants need not be counted further: the counting itself takes time by the open formatting.
            if scan.demand.is_beyond_reason() {
                break;
            }
        }
        (scan.demand, scan.thinned.finish())
    }
}

#[derive(Default)]
struct Scan<'a> {
    bytes: &'a [u8],
    thinned: Thinned<'a>,
    demand: Demand,
    depth: usize,
    /// Formatting that is open, as it is written.
    formats: Vec<&'a [u8]>,
    /// How much of it was open where each scope began: the parser looks no further back.
    borders: Vec<usize>,
    /// Open spans, and whether they were left out, as those are of which nothing is known.
    spans: Vec<bool>,
    /// Open drawings and formulas, in which other rules hold.
    foreign: usize,
}

impl<'a> Scan<'a> {
    /// Counts the tag whose name begins here, and gives where to go on.
    fn tag(&mut self, at: usize) -> usize {
        let bytes = self.bytes;
        if bytes.get(at) == Some(&b'!') {
            let Some(end) = thin::comment_end(bytes, at) else { return at };
            self.thinned.cut(at - 1, end);
            return end;
        }
        let closes = bytes.get(at) == Some(&b'/');
        let from = at + usize::from(closes);
        let mut buffer = [0; tags::LONGEST];
        let name = tags::name(&bytes[from..], &mut buffer);
        if name.is_empty() {
            return at;
        }
        let kind = kind(name);
        if closes {
            if name == b"span" && self.spans.pop() == Some(true) {
                let end = memchr(b'>', &bytes[from..]).map_or(bytes.len(), |end| from + end + 1);
                self.thinned.cut(at - 1, end);
                return end;
            }
            self.close(kind, name);
            return from + name.len();
        }
        // What is left out whole is not counted.
        let mut attributes = Attributes::new(bytes, from + name.len());
        if self.foreign == 0 && matches!(name, b"script" | b"style" | b"svg") {
            attributes.by_ref().for_each(drop);
            if let Some(end) = self.needless_end(name, from, attributes.at) {
                self.thinned.cut(at - 1, end);
                return end;
            }
            attributes = Attributes::new(bytes, from + name.len());
        }
        let mut kept = 0;
        for attribute in attributes.by_ref() {
            let whole = attribute.whole;
            if thin::is_for_browsers(&bytes[attribute.name], &bytes[whole.clone()]) {
                self.thinned.cut(whole.start, whole.end);
            } else {
                kept += 1;
            }
        }
        let end = attributes.at;
        if name == b"span" {
            let bare = kept == 0 && self.foreign == 0 && end < bytes.len();
            self.spans.push(bare);
            if bare {
                self.thinned.cut(at - 1, end + 1);
                return end + 1;
            }
        }
        self.demand.comparisons += kept * kept / 2;
        if kind != Kind::Foreign || bytes.get(end - 1) != Some(&b'/') {
            self.open(kind, name, &bytes[from..end]);
        }
        if kind == Kind::Raw && self.foreign == 0 {
            return tags::raw_end(bytes, end, name).unwrap_or(bytes.len());
        }
        end
    }

    /// Where a script, a style or a drawing ends, whose tag ends at `end`, if the parser need not see it.
    fn needless_end(&self, name: &[u8], from: usize, end: usize) -> Option<usize> {
        let bytes = self.bytes;
        let content = end + 1;
        if name == b"svg" {
            return if bytes.get(end - 1) == Some(&b'/') { None } else { thin::drawing_end(bytes, content) };
        }
        let close = tags::raw_end(bytes, content.min(bytes.len()), name)?;
        if !thin::is_needless(&bytes[from..end], &bytes[content..close]) {
            return None;
        }
        Some(close + memchr(b'>', &bytes[close..])? + 1)
    }

    fn close(&mut self, kind: Kind, name: &[u8]) {
        self.depth = self.depth.saturating_sub(1);
        match kind {
            Kind::Foreign => self.foreign = self.foreign.saturating_sub(1),
            Kind::Format => self.end_format(name),
            Kind::Scope | Kind::Cell if !self.borders.is_empty() => {
                self.formats.truncate(self.borders.pop().unwrap_or_default());
            }
            _ => self.demand.copies += self.in_scope().len(),
        }
    }

    fn open(&mut self, kind: Kind, name: &[u8], whole: &'a [u8]) {
        let nests = match kind {
            Kind::Open | Kind::Cell => false,
            Kind::Drawn => self.foreign == 0,
            _ => true,
        };
        self.depth += usize::from(nests);
        self.demand.depth = self.demand.depth.max(self.depth);
        match kind {
            Kind::Foreign => self.foreign += 1,
            Kind::Format => {
                // These two are closed by the next of their kind.
                if matches!(name, b"a" | b"nobr") {
                    self.end_format(name);
                }
                if self.in_scope().iter().rev().filter(|open| **open == whole).take(3).count() < 3 {
                    self.formats.push(whole);
                }
                self.demand.formats = self.demand.formats.max(self.in_scope().len());
            }
            Kind::Scope | Kind::Cell => self.borders.push(self.formats.len()),
            _ => self.demand.copies += self.in_scope().len(),
        }
    }

    fn end_format(&mut self, name: &[u8]) {
        let mut buffer = [0; tags::LONGEST];
        let same = |open: &&[u8]| tags::name(open, &mut buffer) == name;
        if let Some(back) = self.in_scope().iter().rev().position(same) {
            self.formats.remove(self.formats.len() - 1 - back);
        }
    }

    /// The open formatting that the parser may open again here.
    fn in_scope(&self) -> &[&'a [u8]] {
        self.formats.get(self.borders.last().copied().unwrap_or_default()..).unwrap_or_default()
    }
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

    fn of(text: &str) -> Demand {
        Demand::of(text).0
    }

    #[test]
    fn tags_and_tree() {
        let page = format!("<html><body>{}x{}", "<div>".repeat(50), "</div>".repeat(50));
        assert_eq!(of(&page).depth, 52);
        // The text is one deeper.
        assert_eq!(depth_of(&Document::from(page.as_str())), 53);
        assert_eq!(of("<p><p><p><br><li>1 < 2"), Demand::default());
        assert_eq!(of("<svg><path d=1><path d=2></svg><path>").depth, 1);
        assert_eq!(of("<path><path>").depth, 2);
        assert_eq!(of("<div<div<div").depth, 1);
    }

    #[test]
    fn formatting_that_is_left_open() {
        let fonts: String = (0..9).map(|size| format!("<font size={size}>")).collect();
        let demand = of(&format!("<p>{fonts}<p><p>"));
        assert_eq!((demand.formats, demand.copies), (9, 18));
        assert_eq!(of(&"<td><b>x".repeat(900)).formats, 1);
        // Closed, or within a cell, or always the same.
        assert_eq!(of(&format!("<p>{fonts}{}<p>", "</font>".repeat(9))).copies, 0);
        assert_eq!(of(&format!("<td>{fonts}</td><p><p>")).copies, 0);
        assert_eq!(of(&format!("<p>{}", "<p><b>".repeat(20))).formats, 3);
        assert_eq!(of(&"<a href=1>x<a href=2>".repeat(20)).formats, 1);
    }

    #[test]
    fn attributes_and_what_only_looks_like_them() {
        let many: String = (0..100).map(|at| format!(" a{at}='b c>'")).collect();
        assert_eq!(of(&format!("<div{many} ><p a = b c>")).comparisons, 5_000 + 2);
        assert_eq!(of("<script>if (a <b c d e f) {} </SCRIPT><p class=\"a b c d\">").comparisons, 0);
        assert!(of(&format!("<svg><style><a{many}>")).comparisons >= 5_000);
    }

    #[test]
    fn what_only_browsers_need_is_left_out() {
        let thinned = |page: &str| Demand::of(page).1.into_owned();
        for (page, expected) in [
            ("<p>a<!-- <script> -->b<!-->c", "<p>abc"),
            ("<p>a<!-- never closed <p>b", "<p>a"),
            ("<script src=x>if (a < '</p>') {}</SCRIPT >a<style>p > a {}</style>b", "ab"),
            ("<p data-x='>' CLASS=y onclick=\"f('é')\" id=z>é", "<p  CLASS=y  id=z>é"),
            ("<svg width=1><path d='M'/><title>x</title></svg>a", "a"),
            ("<p style='color: red'>a<p style='display:none'>b", "<p >a<p style='display:none'>b"),
            ("<span>a<span class=x>b</span>c</span>d</span>e", "a<span class=x>b</span>cd</span>e"),
        ] {
            assert_eq!(thinned(page), expected);
        }
        for kept in [
            "<script type='application/ld+json'>{}</script>",
            "<script><!-- <script> </script> --></script>",
            "<script>never closed",
            "<svg><foreignObject><p>a</p></foreignObject></svg>",
            "<svg><path>",
            "<textarea><script>a</script></textarea>",
            "<!DOCTYPE html><p>1 < 2 <a href=/x>b</a>",
        ] {
            assert_eq!(thinned(kept), kept);
        }
    }
}
