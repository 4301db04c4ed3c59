use super::kinds::{Found, Kinds, figure_kind};
use crate::document::At;
use crate::frames::Frame;
use compact_str::{CompactString, format_compact};

/// What is told by several words: "took to the streets", "put to death", "lost their lives", "lost 14 men".
impl Kinds<'_> {
    /// The kind that a verb with a noun gives those who are its subject or object.
    pub(super) fn by_idiom(&self, noun: u32) -> Option<Found> {
        self.around(noun).into_iter().find_map(|frame| {
            let is_object = frame.object.contains(&noun);
            let phrases = self.phrases_of(frame, noun);
            let kind = self.kinds().find(|k| {
                let set = if is_object { &k.object } else { &k.subject };
                phrases.iter().any(|p| set.contains(p))
            });
            match kind {
                Some(kind) => self.fact(frame, figure_kind(&kind.name)?),
                None => self.lost(frame, noun),
            }
        })
    }

    /// A verb with each of its nouns, as the codebook writes them: `take_part`, `take_to_street`, `put_to_death`.
    fn phrases_of(&self, frame: &Frame, noun: u32) -> Vec<CompactString> {
        let verb = self.lemma(frame.predicate);
        let mut phrases = Vec::new();
        for &object in frame.object.iter().filter(|&&o| o != noun) {
            phrases.push(format_compact!("{verb}_{}", self.lemma(object)));
        }
        for oblique in &frame.obliques {
            for &head in &oblique.heads {
                let (preposition, head) = (&oblique.preposition, self.lemma(head));
                phrases.push(format_compact!("{verb}_{preposition}_{head}"));
            }
        }
        phrases
    }

    /// "lost their lives", of those who lost them; "lost 14 men", of the men.
    fn lost(&self, frame: &Frame, noun: u32) -> Option<Found> {
        if self.lemma(frame.predicate) != "lose" {
            return None;
        }
        let words = &self.doc.codebook.figures;
        let theirs = frame.subject.contains(&noun) && frame.object.iter().any(|&o| self.lemma(o) == "life");
        let men = frame.object.contains(&noun) && words.is_lost(self.lemma(noun));
        (theirs || men).then(|| self.fact(frame, figure_kind("killed")?))?
    }

    /// "feared dead", "believed to have drowned": what is not known.
    pub(super) fn is_doubted(&self, word: u32) -> bool {
        let doubts = |w: u32| self.doc.codebook.figures.is_doubt(self.lemma(w));
        let above = self.token(word).and_then(|t| t.head);
        doubts(word) || above.is_some_and(|head| doubts(head) && self.clause_of(head) == head)
    }

    /// Whether a number stands for some of those named before it: "two of them seriously", "four of whom".
    pub(super) fn is_of_them(&self, counted: Option<u32>) -> bool {
        counted.is_some_and(|c| matches!(self.lemma(c), "they" | "them" | "it" | "these" | "those"))
    }

    pub(super) fn at(&self, token: u32) -> At {
        At { sentence: self.position, token }
    }
}
