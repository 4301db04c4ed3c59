//! What both engines do once the network has spoken: labels out of scores, sentences out of parts.

use crate::neural::heads::best;
use crate::{ModelError, Name, Relation, Token};

/// The labels that a model names, each known to the program.
pub(crate) fn parsed<T>(
    labels: &[String],
    parse: impl Fn(&str) -> Option<T>,
    unknown: impl Fn(&str) -> ModelError,
) -> Result<Vec<T>, ModelError> {
    labels.iter().map(|l| parse(l).ok_or_else(|| unknown(l))).collect()
}

/// The label with the highest score.
pub(crate) fn pick<T: Copy>(labels: &[T], scores: &[f32], otherwise: T) -> T {
    labels.get(best(scores, |_| true)).copied().unwrap_or(otherwise)
}

/// Appends a further part of a long sentence; its root hangs on the first part's root.
pub(crate) fn join(tokens: &mut Vec<Token>, names: &mut Vec<Name>, part: (Vec<Token>, Vec<Name>)) {
    let by = tokens.len() as u32;
    let root = tokens.iter().position(|t| t.head.is_none()).map(|r| r as u32);
    for mut token in part.0 {
        match (token.head, root) {
            (Some(head), _) => token.head = Some(head + by),
            (None, Some(root)) => (token.head, token.relation) = (Some(root), Relation::Parataxis),
            (None, None) => {}
        }
        tokens.push(token);
    }
    names.extend(part.1.into_iter().map(|n| Name { first: n.first + by, end: n.end + by, kind: n.kind }));
}
