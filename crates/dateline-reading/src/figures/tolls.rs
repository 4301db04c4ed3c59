use super::kinds::{Found, Kinds, figure_kind};
use dateline_syntax::Relation;

/// What is told by a word for a count: "the death toll", "the number executed", "arrests totaled 2,000".
impl Kinds<'_> {
    /// "the death toll rose to 40", "bringing to 16 the number executed", "a toll of 40".
    pub(super) fn by_toll(&self, noun: u32) -> Option<Found> {
        let toll = self.toll_of(noun)?;
        let (first, end) = self.sentence.subtree(toll);
        let named = self.kinds().find(|k| {
            (first..end).any(|w| {
                w != noun && (k.toll.contains(self.lemma(w)) || k.toll.contains(self.word(w).as_str()))
            })
        });
        // "raising the toll to 26": of the dead, where nothing else is said.
        let alone = || self.kinds().find(|k| k.toll_alone.contains(self.lemma(toll)));
        let kind = named.or_else(alone)?;
        let head = self.token(noun)?.head.unwrap_or(noun);
        self.is_told(head).then_some(())?;
        Some(Found { kind: figure_kind(&kind.name)?, teller: toll })
    }

    /// The word for a count that a number is the count of: "toll".
    pub(super) fn toll_of(&self, noun: u32) -> Option<u32> {
        const CASES: &[&str] = &["above", "at", "from", "of", "over", "past", "to"];
        let is_toll = |w: u32| self.doc.codebook.figures.is_toll(self.lemma(w));
        let token = self.token(noun)?;
        // "the toll was 65"
        let subject = || self.sentence.children_as(noun, Relation::Nsubj).find(|&c| is_toll(c));
        let Some(head) = token.head else { return subject() };
        let case = self.sentence.children_as(noun, Relation::Case).find(|&c| c < noun);
        if matches!(token.relation, Relation::Obl | Relation::Nmod)
            && !case.is_none_or(|c| CASES.contains(&self.lemma(c)))
        {
            return None;
        }
        let beside = || {
            let arguments = [Relation::Nsubj, Relation::NsubjPass, Relation::Obj];
            self.sentence.children(head).find(|&c| {
                c != noun && is_toll(c) && self.token(c).is_some_and(|t| arguments.contains(&t.relation))
            })
        };
        let toll = match token.relation {
            // "bringing to 16 the total number", with the sixteen hung on the number
            _ if is_toll(noun) => Some(noun),
            Relation::Nmod | Relation::Appos | Relation::Nummod if is_toll(head) => Some(head),
            Relation::Obl | Relation::Obj | Relation::Xcomp | Relation::Nsubj | Relation::Nmod => beside(),
            _ => None,
        };
        // "the number of dead is 40"
        toll.or_else(subject)
    }

    /// "Arrests totaled 2,000": a bare number that a verb of counting gives those who are its subject.
    pub(super) fn by_counting(&self, number: u32) -> Option<Found> {
        let head =
            self.token(number)?.head.filter(|&h| self.doc.codebook.figures.is_counting(self.lemma(h)))?;
        let subject = self.sentence.children_as(head, Relation::Nsubj).next()?;
        let kind = self.kinds().find(|k| k.noun.contains(self.lemma(subject)))?;
        self.is_told(head).then_some(())?;
        Some(Found { kind: figure_kind(&kind.name)?, teller: subject })
    }
}
