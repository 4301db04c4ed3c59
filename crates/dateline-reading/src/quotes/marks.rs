use dateline_text::Span;

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// The words, without the marks and without blanks at either end.
    pub(super) inner: Span,
    /// The words with their marks.
    pub(super) outer: Span,
    /// Position of its block.
    pub(super) block: usize,
    /// Whether the paragraph ends before the quotation does, and the next one takes it up.
    pub(super) runs_on: bool,
    /// Whether nothing stands before it in its block.
    pub(super) opens_block: bool,
}

/// The quotations in each block, in order of text. What is quoted inside a quotation belongs to it.
pub(super) fn marked(text: &str, blocks: &[Span]) -> Vec<Marked> {
    let mut found = Vec::new();
    for (block, span) in blocks.iter().enumerate() {
        let next_opens = blocks.get(block + 1).is_some_and(|next| {
            let next = next.of(text);
            next.starts_with(['"', '“', '«']) || next.starts_with("``") || next.starts_with("''")
        });
        let words = span.of(text);
        let mut at = 0;
        while at < words.len() {
            let Some((open, len)) = next_open(words, at) else { break };
            let inside = open + len;
            let (close, after, closed) = match close_of(words, open, inside) {
                Some((close, after)) => (close, after, true),
                None if is_single(words, open) || !(next_opens || words[..open].trim().is_empty()) => {
                    at = inside;
                    continue;
                }
                None => (words.len(), words.len(), false),
            };
            let inner = &words[inside..close];
            let lead = inner.len() - inner.trim_start().len();
            let body = inner.trim();
            let base = span.start as usize;
            if body.chars().any(char::is_alphanumeric) {
                found.push(Marked {
                    inner: Span::new(base + inside + lead, base + inside + lead + body.len()),
                    outer: Span::new(base + open, base + after),
                    block,
                    runs_on: !closed && next_opens,
                    opens_block: words[..open].trim().is_empty(),
                });
            }
            at = after.max(inside);
        }
    }
    found
}

/// The quotations inside a quotation, between single marks: "“He told me ‘go away’ and left.”"
pub(super) fn nested(text: &str, outer: &Marked) -> Vec<Marked> {
    let inside = outer.inner.of(text);
    if !inside.contains(['‘', '\'']) {
        return Vec::new();
    }
    let found = marked(text, &[outer.inner]).into_iter();
    let narrower = found.filter(|m| m.outer != outer.outer && m.inner.len() < outer.inner.len());
    narrower.map(|m| Marked { block: outer.block, runs_on: false, opens_block: false, ..m }).collect()
}

/// Position of the quotation that a word stands in. The quotations are in order of text.
pub(super) fn holding(marked: &[Marked], word: Span) -> Option<usize> {
    let at = marked.partition_point(|m| m.inner.end <= word.start);
    marked.get(at).filter(|m| m.inner.overlaps(word)).map(|_| at)
}

/// The next opening mark at or after a byte: where, and how long it is.
fn next_open(words: &str, from: usize) -> Option<(usize, usize)> {
    let mut before = words[..from].chars().next_back();
    for (at, c) in words[from..].char_indices() {
        let at = from + at;
        let after = words[at + c.len_utf8()..].chars().next();
        let starts = before
            .is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '—' | '–' | '-' | '/' | '“' | '"'));
        let before_word = after.is_some_and(|a| !a.is_whitespace());
        match c {
            '“' | '«' => return Some((at, c.len_utf8())),
            '"' if starts && before_word => return Some((at, 1)),
            // Set the wrong way round where a paragraph begins.
            '”' if before_word && words[..at].trim().is_empty() => return Some((at, c.len_utf8())),
            '`' if after == Some('`') => return Some((at, 2)),
            '\'' if starts
                && words[at..].starts_with("''")
                && !words[at + 2..].starts_with(char::is_whitespace) =>
            {
                return Some((at, 2));
            }
            '‘' | '\'' if starts && is_quoting_single(&words[at + c.len_utf8()..]) => {
                return Some((at, c.len_utf8()));
            }
            _ => {}
        }
        before = Some(c);
    }
    None
}

/// Whether a single mark before this text opens a quotation, and no year or clipped word: "'80s", "'em".
fn is_quoting_single(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    let clipped = matches!(
        word.to_lowercase().as_str(),
        "em" | "til" | "tis" | "twas" | "cause" | "n" | "bout" | "round"
    );
    !word.is_empty() && !clipped && !rest.starts_with(|c: char| c.is_ascii_digit())
}

fn is_single(words: &str, open: usize) -> bool {
    words[open..].starts_with(['‘', '\'']) && !words[open..].starts_with("''")
}

/// The mark that closes the one at `open`: where it begins, and where the text after it begins.
fn close_of(words: &str, open: usize, inside: usize) -> Option<(usize, usize)> {
    let opening = words[open..].chars().next()?;
    let doubled = words[open..].starts_with("''");
    let mut before = Some(opening);
    for (at, c) in words[inside..].char_indices() {
        let at = inside + at;
        let end = at + c.len_utf8();
        let after = words[end..].chars().next();
        let closes = match opening {
            '“' | '”' | '"' => matches!(c, '”' | '"'),
            '«' => c == '»',
            '`' => (c == '\'' && after == Some('\'')) || matches!(c, '”' | '"'),
            '\'' if doubled => c == '\'' && after == Some('\''),
            _ => {
                matches!(c, '’' | '\'')
                    && before.is_some_and(|b| !b.is_whitespace())
                    && !after.is_some_and(char::is_alphanumeric)
            }
        };
        if closes {
            return Some((at, if (opening == '`' || doubled) && c == '\'' { end + 1 } else { end }));
        }
        // A second opening mark: the first was never closed.
        if c == '“' && opening == '“' && before.is_some_and(char::is_whitespace) && at > inside {
            return None;
        }
        before = Some(c);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        marked(text, &[Span::new(0, text.len())]).into_iter().map(|m| m.inner.of(text)).collect()
    }

    #[test]
    fn marks_of_every_sort_are_paired() {
        assert_eq!(inner("He said \"yes\" and “no” and ``perhaps''."), ["yes", "no", "perhaps"]);
        assert_eq!(inner("An 'asset' of the '80s players' union, isn't it"), ["asset"]);
        assert_eq!(inner("“He told me ‘go away’ and left,” she said."), ["He told me ‘go away’ and left,"]);
        assert_eq!(inner("”We began early,” she said."), ["We began early,"]);
        assert_eq!(inner("a 6\" pipe and a 7\" pipe"), Vec::<&str>::new());
        assert_eq!(inner("the hosts’ plan, ‘a risk’, failed"), ["a risk"]);
    }

    #[test]
    fn quotations_inside_a_quotation_are_found() {
        let text = "“He told me ‘go away’ and left,” she said of the hosts’ plan.";
        let outer = marked(text, &[Span::new(0, text.len())]);
        let inner: Vec<&str> = nested(text, &outer[0]).into_iter().map(|m| m.inner.of(text)).collect();
        assert_eq!(inner, ["go away"]);
    }

    #[test]
    fn a_quotation_runs_on_where_the_next_paragraph_takes_it_up() {
        let text = "\"We began.\n\n\"We ended,\" he said.";
        let blocks = [Span::new(0, 10), Span::new(12, text.len())];
        let found = marked(text, &blocks);
        assert_eq!(found.iter().map(|m| m.inner.of(text)).collect::<Vec<_>>(), ["We began.", "We ended,"]);
        assert_eq!(found.iter().map(|m| m.runs_on).collect::<Vec<_>>(), [true, false]);
    }
}
