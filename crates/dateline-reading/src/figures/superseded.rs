use super::FigureMention;
use crate::reading::FigureId;

/// Marks the figures that a later total of the same kind takes the place of: "killed 12 … the toll rose to 15". Within a
/// sentence the first of two totals is the newer: "rose to 45 from 38".
pub(super) fn mark(list: &mut [FigureMention]) {
    for later in 1..list.len() {
        let Some(total) = list.get(later).filter(|f| f.total && f.superseded_by.is_none()).cloned() else {
            continue;
        };
        let count = reach(&total);
        for earlier in (0..later).rev() {
            let Some(figure) = list.get_mut(earlier).filter(|f| f.kind == total.kind) else { continue };
            let same_sentence = figure.sentence == total.sentence;
            if same_sentence && figure.total {
                continue;
            }
            // A running total over months is no newer count of one event.
            let comparable = figure.since == total.since && figure.since.is_none();
            if !same_sentence && comparable && figure.superseded_by.is_none() && reach(figure) < count {
                figure.superseded_by = Some(FigureId(later as u32));
            }
        }
    }
}

/// The count that a figure comes to.
fn reach(figure: &FigureMention) -> u64 {
    figure.best.or(figure.low).or(figure.high).unwrap_or(0)
}
