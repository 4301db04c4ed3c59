//! "That" parts two clauses: nothing before it belongs to the clause that it opens, and nothing between it and that
//! clause's verb belongs to the clause above. The best tree by scores crosses it now and then ("vowed on Tuesday that
//! Pakistan would act", with Tuesday under "act"); here such words go to the side on which they stand.

use crate::{Relation, Token};

/// Moves words that a complementizer parts from their governor to the clause on their own side.
pub(crate) fn settle(tokens: &mut [Token]) {
    for clause in 0..tokens.len() {
        let (Relation::Ccomp, Some(above)) = (tokens[clause].relation, tokens[clause].head) else { continue };
        let opens =
            |t: &Token| t.relation == Relation::Mark && t.head == Some(clause as u32) && t.lemma == "that";
        let Some(that) = tokens[..clause].iter().position(opens) else { continue };
        let above_at = above as usize;
        if above_at >= that {
            continue;
        }
        let has_subject = tokens.iter().any(|t| t.head == Some(clause as u32) && is_subject(t.relation));
        for word in above_at + 1..clause {
            let token = &tokens[word];
            let settled = if word < that {
                let adjunct =
                    matches!(token.relation, Relation::Obl | Relation::OblUnmarked | Relation::Advmod);
                (token.head == Some(clause as u32) && adjunct).then_some(above)
            } else {
                let own = is_subject(token.relation) && !has_subject
                    || matches!(token.relation, Relation::Obl | Relation::Aux | Relation::Advmod);
                (token.head == Some(above) && own && word > that).then_some(clause as u32)
            };
            if let Some(head) = settled {
                tokens[word].head = Some(head);
            }
        }
    }
}

fn is_subject(relation: Relation) -> bool {
    matches!(relation, Relation::Nsubj | Relation::NsubjPass)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Upos, Xpos};
    use dateline_text::Span;

    fn tree(words: &[(&str, Option<u32>, Relation)]) -> Vec<Token> {
        let token = |&(lemma, head, relation): &(&str, Option<u32>, Relation)| Token {
            span: Span::default(),
            lemma: lemma.into(),
            upos: Upos::X,
            xpos: Xpos::Nn,
            head,
            relation,
        };
        words.iter().map(token).collect()
    }

    #[test]
    fn a_day_before_that_belongs_to_the_saying() {
        use Relation as R;
        let mut tokens = tree(&[
            ("Haidari", Some(1), R::Nsubj),
            ("say", None, R::Root),
            ("Monday", Some(5), R::Obl),
            ("that", Some(5), R::Mark),
            ("army", Some(5), R::Nsubj),
            ("leave", Some(1), R::Ccomp),
        ]);
        settle(&mut tokens);
        assert_eq!(tokens[2].head, Some(1));
        assert_eq!(tokens[4].head, Some(5));
    }

    #[test]
    fn a_subject_after_that_belongs_to_what_is_said() {
        use Relation as R;
        let mut tokens = tree(&[
            ("Haidari", Some(1), R::Nsubj),
            ("warn", None, R::Root),
            ("that", Some(4), R::Mark),
            ("rebel", Some(1), R::Nsubj),
            ("remain", Some(1), R::Ccomp),
        ]);
        settle(&mut tokens);
        assert_eq!(tokens[3].head, Some(4));
    }
}
