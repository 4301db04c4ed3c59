use dateline_text::Span;

/// Which stretches of a text stand between quotation marks.
///
/// Straight, curly and doubled single marks (``…'') are known. A paragraph ends what its marks leave open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Quotations {
    spans: Vec<Span>,
}

impl Quotations {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut spans = Vec::new();
        let mut open: Option<usize> = None;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let rest = bytes.get(at..).unwrap_or_default();
            let (length, opens, closes) = match byte {
                b'"' => (1, open.is_none(), true),
                b'`' if rest.starts_with(b"``") => (2, true, false),
                b'\'' if rest.starts_with(b"''") => (2, false, true),
                0xE2 if rest.starts_with("“".as_bytes()) => (3, true, false),
                0xE2 if rest.starts_with("”".as_bytes()) => (3, false, true),
                b'\n' if rest.starts_with(b"\n\n") => (2, false, true),
                _ => (1, false, false),
            };
            match open {
                Some(start) if closes => {
                    spans.push(Span::new(start, at));
                    open = None;
                }
                None if opens => open = Some(at + length),
                _ => {}
            }
            at += length;
        }
        if let Some(start) = open {
            spans.push(Span::new(start, text.len()));
        }
        Self { spans }
    }

    /// Whether the byte at this position is quoted.
    pub(super) fn hold(&self, position: u32) -> bool {
        let before = self.spans.partition_point(|s| s.start <= position);
        before.checked_sub(1).and_then(|i| self.spans.get(i)).is_some_and(|s| position < s.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        Quotations::of(text).spans.iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn marks_of_every_kind() {
        assert_eq!(quoted("He said \"no\" and “yes” and ``perhaps'' twice."), ["no", "yes", "perhaps"]);
        assert_eq!(quoted("\"First.\n\n\"Second,\" she said."), ["First.", "Second,"]);
        let text = "a \"b\" c";
        let found = Quotations::of(text);
        assert!(found.hold(3) && !found.hold(0) && !found.hold(6));
    }
}
