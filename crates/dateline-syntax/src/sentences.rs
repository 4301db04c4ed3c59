use dateline_text::Span;

/// Where sentences end among the words of one block: for each sentence the range of its words.
pub(crate) fn sentences(text: &str, words: &[Span], out: &mut Vec<std::ops::Range<usize>>) {
    let mut start = 0;
    let mut at = 0;
    while at < words.len() {
        let word = words[at].of(text);
        at += 1;
        if !(matches!(word, "." | "!" | "?" | "...") || word.ends_with(['?', '!'])) {
            continue;
        }
        while words.get(at).is_some_and(|w| matches!(w.of(text), "\"" | "”" | "’" | "'" | ")" | "." | "!" | "?") && words[at - 1].end == w.start) {
            at += 1;
        }
        if words.get(at).is_some_and(|w| w.of(text).starts_with(|c: char| !c.is_lowercase())) {
            out.push(start..at);
            start = at;
        }
    }
    if start < words.len() {
        out.push(start..words.len());
    }
}
