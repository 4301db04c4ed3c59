use super::FigureMention;
use crate::document::Document;
use crate::reading::{FigureId, TimeKind, TimePrecision};
use crate::times::Times;

/// Marks the figures that a later total of the same toll takes the place of: "killed 12 … the toll rose to 15". Within a
/// sentence the first of two totals is the newer: "rose to 45 from 38".
///
/// The same toll is of one kind and counts the same people. The first count of a kind is that of the event reported,
/// whoever is counted ("killed 12 worshippers … the toll rose to 15"); a later one of some sort of people ("11 of them
/// police officers") is replaced by one of that sort only. Counts of whole months or years ("in 2018") are apart.
pub(super) fn mark(doc: &Document<'_>, times: &Times, list: &mut [FigureMention]) {
    for later in 1..list.len() {
        let Some(total) = list.get(later).filter(|f| f.total && f.superseded_by.is_none()).cloned() else {
            continue;
        };
        let count = reach(&total);
        let first = list.iter().position(|f| f.kind == total.kind);
        for earlier in (0..later).rev() {
            let Some(figure) = list.get_mut(earlier).filter(|f| f.kind == total.kind) else { continue };
            let same_sentence = figure.sentence == total.sentence;
            if same_sentence && figure.total {
                continue;
            }
            // A running total over months is no newer count of one event.
            let comparable = figure.since == total.since
                && figure.since.is_none()
                && (first == Some(earlier) && sort(doc, &total).is_none()
                    || sort(doc, figure) == sort(doc, &total))
                && is_of_long(times, figure) == is_of_long(times, &total);
            if !same_sentence && comparable && figure.superseded_by.is_none() && reach(figure) < count {
                figure.superseded_by = Some(FigureId(later as u32));
            }
        }
    }
}

/// What sort of people are counted; `None` where the words name anybody, or the count itself.
fn sort(doc: &Document<'_>, figure: &FigureMention) -> Option<compact_str::CompactString> {
    let word = doc.token(figure.counted_at?).lemma.to_lowercase();
    let words = &doc.codebook.figures;
    (!words.is_toll(&word) && !words.is_anybody(&word)).then_some(word)
}

/// Whether a figure stands beside a month, year or longer stretch and no day: "3,000 were killed in 2018".
fn is_of_long(times: &Times, figure: &FigureMention) -> bool {
    let beside = |t: &&crate::times::TimeMention| t.sentence == figure.sentence && t.kind == TimeKind::Date;
    let mut dates = times.list.iter().filter(beside).peekable();
    dates.peek().is_some()
        && dates.all(|t| {
            matches!(
                t.precision,
                TimePrecision::Month | TimePrecision::Quarter | TimePrecision::Season | TimePrecision::Year
            )
        })
}

/// The count that a figure comes to.
fn reach(figure: &FigureMention) -> u64 {
    figure.best.or(figure.low).or(figure.high).unwrap_or(0)
}
