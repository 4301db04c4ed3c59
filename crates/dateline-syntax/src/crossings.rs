//! Arcs that English does not let cross.
//!
//! "That" parts two clauses: nothing before it belongs to the clause that it opens, and nothing between it and that
//! clause's verb belongs to the clause above. A determiner opens its noun's phrase: what stands between the two belongs
//! to that phrase. The best tree by scores crosses them now and then ("vowed on Tuesday that Pakistan would act", with
//! Tuesday under "act"); here such words go to the side on which they stand.

use crate::{Relation, Token, Upos};

/// Moves words whose arcs cross a complementizer or a noun phrase's opening to where they stand.
pub(crate) fn settle(tokens: &mut [Token]) {
    settle_clauses(tokens);
    settle_phrases(tokens);
}

/// "its security efforts": a noun between a determiner and its noun is no argument of the verb, but part of the phrase.
fn settle_phrases(tokens: &mut [Token]) {
    for opener in 0..tokens.len() {
        let opens = matches!(tokens[opener].relation, Relation::Det | Relation::NmodPoss)
            && matches!(tokens[opener].upos, Upos::Det | Upos::Pron);
        let Some(noun) = tokens[opener].head.filter(|_| opens).map(|h| h as usize) else { continue };
        let Some(verb) = tokens.get(noun).and_then(|t| t.head) else { continue };
        for word in opener + 1..noun.min(tokens.len()) {
            let token = &tokens[word];
            let stray = token.head == Some(verb)
                && token.upos == Upos::Noun
                && matches!(
                    token.relation,
                    Relation::Obj | Relation::Nsubj | Relation::NsubjPass | Relation::Obl
                );
            if stray {
                tokens[word].head = Some(noun as u32);
                tokens[word].relation = Relation::Compound;
            }
        }
    }
}

/// Words that "that" parts from their governor.
fn settle_clauses(tokens: &mut [Token]) {
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
        for (word, token) in tokens.iter_mut().enumerate().take(clause).skip(above_at + 1) {
            let settled = if word < that {
                let adjunct =
                    matches!(token.relation, Relation::Obl | Relation::OblUnmarked | Relation::Advmod);
                (token.head == Some(clause as u32) && adjunct).then_some(above)
            } else {
                let own = is_subject(token.relation) && !has_subject
                    || matches!(token.relation, Relation::Obl | Relation::Aux | Relation::Advmod);
                (token.head == Some(above) && own && word > that).then_some(clause as u32)
            };
            if settled.is_some() {
                token.head = settled;
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
    fn a_noun_inside_a_phrase_is_part_of_it() {
        use Relation as R;
        let mut tokens = tree(&[
            ("boost", None, R::Root),
            ("its", Some(3), R::NmodPoss),
            ("security", Some(0), R::Obj),
            ("effort", Some(0), R::Obj),
        ]);
        tokens[1].upos = Upos::Pron;
        tokens[2].upos = Upos::Noun;
        settle(&mut tokens);
        assert_eq!((tokens[2].head, tokens[2].relation), (Some(3), R::Compound));
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
