use crate::conllu::Document;
use crate::words::{Word, spans, visible};
use anyhow::Result;

/// Prints the stretches where words differ, and the ends of sentences that only one side has.
pub(crate) fn show_splits(
    document: &Document,
    gold: &[(usize, Word)],
    system: &[(usize, Word)],
    out: &mut impl std::io::Write,
) -> Result<()> {
    let ends = |words: &[(usize, Word)]| -> std::collections::BTreeSet<u32> {
        spans(words).iter().map(|s| s.end).collect()
    };
    let positions = visible(&document.text);
    let around = |end: u32| {
        let byte = positions.iter().position(|&p| p >= end).unwrap_or_default();
        let (mut from, mut to) = (byte.saturating_sub(50), (byte + 40).min(document.text.len()));
        while !document.text.is_char_boundary(from) {
            from -= 1;
        }
        while !document.text.is_char_boundary(to) {
            to += 1;
        }
        format!("{}⏎{}", &document.text[from..byte], &document.text[byte..to]).replace('\n', "⏎")
    };
    let (g, s) = (ends(gold), ends(system));
    for end in g.symmetric_difference(&s) {
        writeln!(out, "sentence {} {}", if g.contains(end) { "missed" } else { "extra " }, around(*end))?;
    }
    let bounds = |words: &[(usize, Word)]| -> std::collections::BTreeSet<u32> {
        words.iter().filter(|w| !w.1.aligned.shares).map(|w| w.1.aligned.span.end).collect()
    };
    let shared: std::collections::BTreeSet<u32> = gold
        .iter()
        .filter(|w| w.1.aligned.shares)
        .flat_map(|w| w.1.aligned.span.start + 1..=w.1.aligned.span.end)
        .collect();
    for end in bounds(gold).symmetric_difference(&bounds(system)).filter(|e| !shared.contains(e)) {
        let side = if bounds(gold).contains(end) { "missed" } else { "extra " };
        writeln!(out, "word {side} {}", around(*end))?;
    }
    Ok(())
}
