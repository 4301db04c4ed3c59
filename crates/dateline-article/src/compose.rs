use crate::dateline::Dateline;
use crate::draft::Draft;
use crate::{Article, Block, BlockKind, html, page};
use dateline_text::Span;

/// An article out of a record's text. A text in HTML is taken apart as a page's body is; a plain one is kept to the
/// character, so that offsets into the record's own text hold. `None` where nothing is left of it.
pub(crate) fn record(mut draft: Draft, text: &str) -> Option<Article> {
    let text = text.trim();
    if is_markup(text) {
        let pieces = html::fragment(text);
        let body = page::body(&mut draft, pieces, true);
        return (!body.is_empty()).then(|| draft.finish(body));
    }
    (!text.is_empty()).then(|| compose(draft, text)).filter(|article| !article.blocks.is_empty())
}

/// Whether a text is a piece of HTML.
fn is_markup(text: &str) -> bool {
    let head = text.as_bytes();
    let tag = |tag: &[u8]| head.windows(tag.len()).take(4096).any(|window| window.eq_ignore_ascii_case(tag));
    head.contains(&b'<') && (tag(b"<p>") || tag(b"</p>") || tag(b"<p ") || tag(b"<br") || tag(b"<div"))
}

/// Lays the title before the text unless it is there already, and finds the paragraphs without changing them.
fn compose(mut draft: Draft, text: &str) -> Article {
    let mut whole = String::with_capacity(text.len() + 2 + draft.title.as_ref().map_or(0, String::len));
    let mut blocks = Vec::new();
    let mut from = 0;
    if let Some(title) = &draft.title {
        match text.strip_prefix(title.as_str()) {
            None => {
                whole.push_str(title);
                blocks.push(Block { kind: BlockKind::Title, span: Span::new(0, title.len()) });
                whole.push_str("\n\n");
            }
            Some(rest) if rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) => {
                blocks.push(Block { kind: BlockKind::Title, span: Span::new(0, title.len()) });
                from = title.len();
            }
            // The text opens with the words of the title, as the wire's own first sentence may.
            Some(_) => {}
        }
    }
    let base = whole.len();
    whole.push_str(text);
    let mut first = true;
    for (start, end) in stretches(text, from) {
        let mut start = start;
        if first {
            first = false;
            if let Some(line) = Dateline::read(&text[start..end]) {
                start += line.len;
                draft.located = line.located;
                draft.credit(line.agencies);
            }
        }
        if start < end {
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(base + start, base + end) });
        }
    }
    draft.finish_with(whole, blocks)
}

/// Paragraphs: stretches between blank lines where the lines inside are cut to a width, else every line.
fn stretches(text: &str, from: usize) -> Vec<(usize, usize)> {
    let lines: Vec<(usize, usize)> = {
        let mut at = from;
        text[from..]
            .split_inclusive('\n')
            .map(|line| {
                let start = at + (line.len() - line.trim_start().len());
                at += line.len();
                (start.min(at), start.max(at - (line.len() - line.trim_end().len())))
            })
            .collect()
    };
    let full = |(start, end): &(usize, usize)| end > start;
    // Cut lines end in the middle of a sentence more often than not.
    let breaks = lines.windows(2).filter(|pair| full(&pair[0]) && full(&pair[1]));
    let (mut all, mut inside) = (0_usize, 0_usize);
    for pair in breaks {
        all += 1;
        let next_small = text[pair[1].0..].starts_with(char::is_lowercase);
        inside += usize::from(next_small || !crate::page::ends_sentence(&text[pair[0].0..pair[0].1]));
    }
    let cut = all >= 2 && inside * 2 > all;
    let mut out: Vec<(usize, usize)> = Vec::with_capacity(lines.len());
    let mut open = false;
    for line in lines {
        if !full(&line) {
            open = false;
        } else {
            match out.last_mut().filter(|_| open && cut) {
                Some(last) => last.1 = line.1,
                None => out.push(line),
            }
            open = true;
        }
    }
    out
}
