use crate::{Name, NameKind};

/// Reads names off scores of `B-`, `I-` and `O` labels: the best sequence in which every `I-` follows its own kind.
pub(crate) struct NameDecoder {
    labels: Vec<Label>,
}

#[derive(Clone, Copy, PartialEq)]
enum Label {
    Outside,
    Begin(NameKind),
    Inside(NameKind),
}

impl NameDecoder {
    /// `None` if a label is unknown.
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
        Some(Self { labels: labels.collect::<Option<_>>()? })
    }

    /// The names of one sentence, given the scores of every word.
    pub(crate) fn decode<'s>(&self, words: impl Iterator<Item = &'s [f32]>) -> Vec<Name> {
        let count = self.labels.len();
        let mut best = vec![0f32; count];
        let mut back: Vec<u8> = Vec::new();
        let mut first = true;
        for scores in words {
            let mut next = vec![f32::NEG_INFINITY; count];
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
        let mut at = crate::neural::heads::best(&best, |_| true);
        let mut path = vec![Label::Outside; back.len() / count.max(1)];
        for (step, label) in path.iter_mut().enumerate().rev() {
            *label = self.labels.get(at).copied().unwrap_or(Label::Outside);
            at = back.get(step * count + at).copied().map_or(0, usize::from);
        }
        let mut names: Vec<Name> = Vec::new();
        for (i, label) in (0u32..).zip(path) {
            match (label, names.last_mut()) {
                (Label::Begin(kind), _) => names.push(Name { first: i, end: i + 1, kind }),
                (Label::Inside(kind), Some(name)) if name.end == i && name.kind == kind => name.end = i + 1,
                _ => {}
            }
        }
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
