use crate::Dateline;
use dateline_reading::reading::Event;

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
    /// What the sentence gave.
    pub reason: String,
}

impl ExampleResult {
    /// Whether the pattern did as it must.
    pub fn passed(&self) -> bool {
        self.must_fire == self.fired
    }
}

/// Tries every example of every pattern, in the codebook's order.
///
/// A `yes` example passes when its sentence gives an event of the pattern's type, by this pattern or a more specific
/// one; a `no` example when it gives none. A pattern of a silent type must keep every event out of its `yes` examples
/// and none out of its `no` examples.
pub fn codebook_test(dateline: &Dateline) -> Vec<ExampleResult> {
    let codebook = dateline.codebook();
    let mut results = Vec::new();
    for pattern in codebook.patterns.list() {
        let kind = &codebook.ontology.get(pattern.event).name;
        let rules = codebook.ontology.get(pattern.event);
        let ahead: Vec<&String> = rules.future.iter().chain(&rules.announced).map(|a| &a.event).collect();
        let examples = pattern.yes.iter().map(|s| (s, true)).chain(pattern.no.iter().map(|s| (s, false)));
        for (sentence, must_fire) in examples {
            let reading = dateline.read(&crate::plain(sentence));
            let of_kind = |event: &Event| {
                event.kind == *kind || (event.rule == pattern.id && ahead.contains(&&event.kind))
            };
            // What is no event shows by there being none.
            let fired =
                if rules.silent { reading.events.is_empty() } else { reading.events.iter().any(of_kind) };
            let given: Vec<String> =
                reading.events.iter().map(|e| format!("{} by {}", e.kind, e.rule)).collect();
            let notes: Vec<&str> = reading.notes.iter().map(|n| n.reason.as_str()).collect();
            let reason = match (given.is_empty(), notes.is_empty()) {
                (true, true) => "no event".to_owned(),
                (true, false) => format!("no event: {}", notes.join(", ")),
                _ => given.join(", "),
            };
            results.push(ExampleResult {
                pattern: pattern.id.clone(),
                sentence: sentence.clone(),
                must_fire,
                fired,
                reason,
            });
        }
    }
    results
}
