//! Tags as the parser splits them, without a tree: names, attributes, and where content without tags ends.

use memchr::{memchr, memmem};
use std::ops::Range;

/// Names of tags are not looked at beyond this.
pub(super) const LONGEST: usize = 16;

/// The name of a tag, in lower case; empty where none begins here.
pub(super) fn name<'b>(from: &[u8], buffer: &'b mut [u8; LONGEST]) -> &'b [u8] {
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

/// An attribute: where its name stands, and where it stands with its value.
pub(super) struct Attribute {
    pub(super) name: Range<usize>,
    pub(super) whole: Range<usize>,
}

/// The attributes of a tag, from behind its name on; `at` is then where the tag ends, or the text.
pub(super) struct Attributes<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Attributes<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn skip(&mut self, while_: impl Fn(u8) -> bool) {
        self.at += self.bytes[self.at..].iter().take_while(|byte| while_(**byte)).count();
    }
}

impl Iterator for Attributes<'_> {
    type Item = Attribute;

    fn next(&mut self) -> Option<Attribute> {
        self.skip(|byte| is_space(byte) || byte == b'/');
        let from = self.at;
        if self.bytes.get(from).is_none_or(|byte| *byte == b'>') {
            return None;
        }
        // An equals sign may begin a name.
        self.at += 1;
        self.skip(|byte| !(is_space(byte) || matches!(byte, b'/' | b'>' | b'=')));
        let name = from..self.at;
        self.skip(is_space);
        if self.bytes.get(self.at) != Some(&b'=') {
            self.at = name.end;
            return Some(Attribute { whole: name.clone(), name });
        }
        self.at += 1;
        self.skip(is_space);
        match self.bytes.get(self.at) {
            Some(quote @ (b'"' | b'\'')) => {
                let rest = &self.bytes[self.at + 1..];
                self.at += 1 + memchr(*quote, rest).map_or(rest.len(), |end| end + 1);
            }
            Some(b'>') | None => {}
            Some(_) => self.skip(|byte| !is_space(byte) && byte != b'>'),
        }
        Some(Attribute { whole: from..self.at, name })
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

/// Where the end tag begins of the element without tags whose content begins here.
pub(super) fn raw_end(bytes: &[u8], mut at: usize, name: &[u8]) -> Option<usize> {
    while let Some(next) = memmem::find(&bytes[at..], b"</") {
        at += next + 2;
        let ends = bytes.get(at..at + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
        let whole = || bytes.get(at + name.len()).is_some_and(|b| is_space(*b) || matches!(b, b'/' | b'>'));
        if ends && whole() {
            return Some(at - 2);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(tag: &str) -> Vec<(&str, &str)> {
        Attributes::new(tag.as_bytes(), 0).map(|found| (&tag[found.name], &tag[found.whole])).collect()
    }

    #[test]
    fn attributes_are_split_as_browsers_split_them() {
        assert_eq!(
            split(" a='1 > 2' b = c/d e hidden/>x y"),
            [("a", "a='1 > 2'"), ("b", "b = c/d"), ("e", "e"), ("hidden", "hidden")]
        );
        assert_eq!(split(" a=\"x\"b='y'/c"), [("a", "a=\"x\""), ("b", "b='y'"), ("c", "c")]);
        assert_eq!(split(" =a=b c=>d"), [("=a", "=a=b"), ("c", "c=")]);
        assert_eq!(split(" a='never closed> b"), [("a", "a='never closed> b")]);
        assert_eq!(split(""), []);
    }

    #[test]
    fn content_without_tags_ends_at_its_own_tag() {
        let end = |text: &str| raw_end(text.as_bytes(), 0, b"script");
        assert_eq!(end("a </scripts> </SCRIPT >"), Some(13));
        assert_eq!(end("a </script"), None);
    }
}
