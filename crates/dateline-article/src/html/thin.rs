//! Pages without what only a browser needs. Most of a page is scripts, styles, drawings and attributes for scripts; to take
//! them out before the page is parsed costs a small part of what it costs to parse them.

use super::tags::{self, Attributes};
use memchr::{memchr, memmem};

/// A text that is copied up to where it is cut, and on behind.
#[derive(Default)]
pub(super) struct Thinned<'a> {
    text: &'a str,
    out: String,
    /// What stands before this is copied or cut.
    done: usize,
}

impl<'a> Thinned<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, out: String::new(), done: 0 }
    }

    /// Leaves out what stands from `from` to `to`; both are borders of ASCII characters.
    pub(super) fn cut(&mut self, from: usize, to: usize) {
        if let Some(kept) = self.text.get(self.done..from) {
            if self.out.capacity() == 0 {
                self.out.reserve(self.text.len());
            }
            self.out.push_str(kept);
            self.done = to;
        }
    }

    pub(super) fn finish(mut self) -> std::borrow::Cow<'a, str> {
        if self.done == 0 {
            return std::borrow::Cow::Borrowed(self.text);
        }
        self.cut(self.text.len(), self.text.len());
        std::borrow::Cow::Owned(self.out)
    }
}

/// Where the comment ends that begins with the `<` before `at`; a comment without an end goes on to the end of the page.
/// `None` where parsers and this do not agree for sure.
pub(super) fn comment_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    if !bytes[at..].starts_with(b"!--") {
        return None;
    }
    while let Some(next) = memchr(b'>', &bytes[end..]) {
        end += next + 1;
        let comment = &bytes[at + 1..end];
        if comment.ends_with(b"-->") {
            return Some(end);
        }
        if comment.ends_with(b"--!>") {
            return None;
        }
    }
    Some(bytes.len())
}

/// Whether a script or a style, with its tag, is of no use. What states the article for machines is kept, and what may not
/// end where it seems to.
pub(super) fn is_needless(tag: &[u8], content: &[u8]) -> bool {
    memmem::find(tag, b"ld+json").is_none() && memmem::find(content, b"<!--").is_none()
}

/// Where a drawing ends whose content begins here, if there is nothing in it that a page's text could stand in.
pub(super) fn drawing_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr(b'<', bytes.get(at..)?)? + 1;
        let closes = bytes.get(at) == Some(&b'/');
        at += usize::from(closes);
        let mut buffer = [0; tags::LONGEST];
        let name = tags::name(&bytes[at..], &mut buffer);
        let draws = matches!(
            name,
            b"animate"
                | b"circle"
                | b"clippath"
                | b"defs"
                | b"desc"
                | b"ellipse"
                | b"feblend"
                | b"filter"
                | b"g"
                | b"image"
                | b"line"
                | b"lineargradient"
                | b"mask"
                | b"path"
                | b"pattern"
                | b"polygon"
                | b"polyline"
                | b"radialgradient"
                | b"rect"
                | b"stop"
                | b"symbol"
                | b"text"
                | b"title"
                | b"tspan"
                | b"use"
        );
        let ends = closes && name == b"svg";
        if !draws && !ends {
            return None;
        }
        let mut attributes = Attributes::new(bytes, at + name.len());
        attributes.by_ref().for_each(drop);
        at = attributes.at + 1;
        if ends {
            return (at <= bytes.len()).then_some(at);
        }
    }
}

/// Whether nobody but a browser asks for an attribute of this name, as it is mostly written. `whole` is all of it.
///
/// The extractor weighs classes and the like, asks whether an image has a source, and knows hidden elements by style.
pub(super) fn is_for_browsers(name: &[u8], whole: &[u8]) -> bool {
    match name {
        b"class" | b"href" | b"id" | b"src" => false,
        b"alt" | b"async" | b"crossorigin" | b"d" | b"decoding" | b"defer" | b"fetchpriority" | b"fill"
        | b"height" | b"integrity" | b"loading" | b"nonce" | b"sizes" | b"tabindex" | b"target"
        | b"width" => true,
        b"style" => {
            memmem::find(whole, b"none").is_none()
                && memmem::find(whole, b"hidden").is_none()
                && !whole.iter().any(u8::is_ascii_uppercase)
        }
        b"data-src" | b"data-srcset" | b"data-testid" | b"aria-hidden" | b"aria-label" | b"aria-modal" => {
            false
        }
        _ => [&b"aria-"[..], b"data-", b"js", b"on"].iter().any(|prefix| name.starts_with(prefix)),
    }
}
