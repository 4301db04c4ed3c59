use super::FigureMention;
use super::amount::Amount;
use super::kinds::Kinds;
use crate::document::At;
use crate::reading::{FigureId, FigureKind};

impl Kinds<'_> {
    /// "23 killed, up from 19", "to 45 from 38", "put the number at 4,000": a bare number that stands beside the one
    /// before it counts the same.
    pub(super) fn compared(&self, amount: &Amount, before: &FigureMention) -> Option<FigureMention> {
        let (first, end) = self.words_under(amount.span)?;
        let number = self.head(first, end);
        let before_number =
            first.checked_sub(1).map(|w| if self.lemma(w) == "the" { w.saturating_sub(1) } else { w });
        let after_from = before_number.is_some_and(|w| self.lemma(w) == "from");
        let is_bare = self.counted(number, first, end).1.is_none();
        let of_toll = self.toll_of(number).is_some();
        if !(after_from || of_toll) || !is_bare || before.kind == FigureKind::Money || before.best.is_none() {
            return None;
        }
        if (first..end).any(|token| self.times.at(At { sentence: self.position, token }).is_some()) {
            return None;
        }
        Some(FigureMention {
            token: number,
            span: amount.span,
            low: amount.low,
            best: amount.best,
            high: amount.high,
            since: None,
            counted_at: None,
            total: true,
            superseded_by: None::<FigureId>,
            ..before.clone()
        })
    }
}
