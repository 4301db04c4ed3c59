use crate::{Name, NameKind};

/// Reads names off scores of `B-`, `I-` and `O` labels: the best sequence in which every `I-` follows its own kind.
pub(crate) struct NameDecoder {
    labels: Vec<Label>,
}

/// Labels that there may be.
const LABELS: usize = 16;

#[derive(Clone, Copy, PartialEq)]
enum Label {
    Outside,
    Begin(NameKind),
    Inside(NameKind),
}

impl NameDecoder {
    /// `None` if a label is unknown, or there are too many.
    pub(crate) fn new(labels: &[String]) -> Option<Self> {
        let labels = labels.iter().map(|label| {
            let kind = |kind: &str| match kind {
                "PER" => Some(NameKind::Person),
                "ORG" => Some(NameKind::Organization),
                "LOC" => Some(NameKind::Place),
                "MISC" => Some(NameKind::Other),
                _ => None,
            };
            match label.split_once('-') {
                None if label == "O" => Some(Label::Outside),
                Some(("B", k)) => kind(k).map(Label::Begin),
                Some(("I", k)) => kind(k).map(Label::Inside),
                _ => None,
            }
        });
        let labels: Vec<Label> = labels.collect::<Option<_>>()?;
        (labels.len() <= LABELS).then_some(Self { labels })
    }

    /// The names of one sentence, given the scores of every word.
    pub(crate) fn decode<'s>(&self, words: impl Iterator<Item = &'s [f32]>) -> Vec<Name> {
        let count = self.labels.len();
        let mut best = [0f32; LABELS];
        // For every word and label, the label before it on the way that scores best.
        let mut back: Vec<u8> = Vec::with_capacity(words.size_hint().0 * count);
        let mut first = true;
        for scores in words {
            let mut next = [f32::NEG_INFINITY; LABELS];
            for (to, label) in self.labels.iter().enumerate() {
                let mut from = (0, f32::NEG_INFINITY);
                for (i, before) in self.labels.iter().enumerate() {
                    if follows(if first { Label::Outside } else { *before }, *label) && best[i] > from.1 {
                        from = (i, best[i]);
                    }
                }
                next[to] = from.1 + scores.get(to).copied().unwrap_or_default();
                back.push(from.0 as u8);
            }
            best = next;
            first = false;
        }
        let mut at = crate::neural::heads::best(&best[..count], |_| true);
        let mut names: Vec<Name> = Vec::new();
        // From the last word back; every inside follows its own kind, so that a name ends at its beginning.
        let mut end = None;
        for (i, step) in back.chunks_exact(count.max(1)).enumerate().rev() {
            let i = i as u32;
            match self.labels.get(at) {
                Some(&Label::Begin(kind)) => {
                    names.push(Name { first: i, end: end.take().unwrap_or(i + 1), kind });
                }
                Some(Label::Inside(_)) => end = end.or(Some(i + 1)),
                _ => end = None,
            }
            at = step.get(at).copied().map_or(0, usize::from);
        }
        names.reverse();
        names
    }
}

fn follows(before: Label, label: Label) -> bool {
    match label {
        Label::Inside(kind) => before == Label::Begin(kind) || before == Label::Inside(kind),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inside_needs_its_beginning() {
        let labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"].map(String::from);
        let decoder = NameDecoder::new(&labels).unwrap();
        let scores: [[f32; 5]; 4] = [
            [5.0, 0.0, 6.0, 0.0, 0.0],
            [0.0, 4.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 2.0, 0.0, 2.5],
            [0.0, 0.0, 0.0, 3.0, 0.0],
        ];
        let names = decoder.decode(scores.iter().map(|s| s.as_slice()));
        assert_eq!(
            names,
            [
                Name { first: 1, end: 3, kind: NameKind::Person },
                Name { first: 3, end: 4, kind: NameKind::Place }
            ]
        );
        assert!(NameDecoder::new(&["B-XYZ".into()]).is_none());
    }
}
