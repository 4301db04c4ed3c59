/// Counts behind one F1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) gold: usize,
    pub(crate) system: usize,
    pub(crate) right: usize,
}

impl Tally {
    /// Harmonic mean of precision and recall, in per cent.
    pub(crate) fn f1(self) -> f64 {
        percent(2 * self.right, self.gold + self.system)
    }

    /// What of the system's is right, in per cent.
    pub(crate) fn precision(self) -> f64 {
        percent(self.right, self.system)
    }

    /// What of the gold is found, in per cent.
    pub(crate) fn recall(self) -> f64 {
        percent(self.right, self.gold)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}
