//! How deep a page is nested: by its tags, before it is parsed, and by its tree.

use dom_query::Document;

/// Tags that are never closed, or need not be.
const OPEN: [&str; 26] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "path", "source", "tbody", "td", "th", "thead", "tr", "track", "use", "wbr",
];

/// The most tags that are open at once, if every tag is closed once.
pub(super) fn of_tags(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for (at, _) in text.match_indices('<') {
        let rest = &text.as_bytes()[at + 1..];
        match rest.first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(first) if first.is_ascii_alphabetic() => {
                let len = rest.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
                let name = rest[..len].to_ascii_lowercase();
                depth += usize::from(!OPEN.iter().any(|open| open.as_bytes() == name));
                deepest = deepest.max(depth);
            }
            _ => {}
        }
    }
    deepest
}

/// The most elements that stand in each other, walked by steps.
pub(super) fn of_tree(document: &Document) -> usize {
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
        assert_eq!(of_tags(&page), 52);
        // The text is one deeper.
        assert_eq!(of_tree(&Document::from(page.as_str())), 53);
        assert_eq!(of_tags("<p><p><p><br><li>1 < 2"), 0);
    }
}
