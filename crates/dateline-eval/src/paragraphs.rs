use dateline::Span;

/// The stretches of a plain text between blank lines.
pub(crate) fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for part in text.split("\n\n") {
        let blank = part.len() - part.trim_start().len();
        let body = part.trim();
        if !body.is_empty() {
            found.push(Span::new(start + blank, start + blank + body.len()));
        }
        start += part.len() + 2;
    }
    found
}
