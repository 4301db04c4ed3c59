use dateline_codebook::TimeRules;
use dateline_syntax::{Relation, Sentence, Upos, Xpos};

/// Which way from the publication a time lies that does not say so itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    /// The present tense, or no verb at all.
    Open,
}

/// The direction that the verbs above a word give it.
pub(super) fn direction(sentence: &Sentence, word: u32, rules: &TimeRules) -> Direction {
    let mut at = word;
    for _ in 0..sentence.tokens.len() {
        let Some(token) = sentence.tokens.get(at as usize) else { break };
        let of_clause = matches!(token.upos, Upos::Verb | Upos::Aux) || has_copula(sentence, at);
        if of_clause && let Some(direction) = of_verb(sentence, at, rules) {
            return direction;
        }
        match token.head {
            Some(head) => at = head,
            None => break,
        }
    }
    Direction::Open
}

/// What one verb with its auxiliaries tells; `None` where its governor decides.
fn of_verb(sentence: &Sentence, at: u32, rules: &TimeRules) -> Option<Direction> {
    let token = sentence.tokens.get(at as usize)?;
    let mut infinitive = false;
    let mut present = matches!(token.xpos, Xpos::Vbz | Xpos::Vbp);
    let mut past = token.xpos == Xpos::Vbd;
    for child in sentence.children(at).filter_map(|c| sentence.tokens.get(c as usize)) {
        let auxiliary = matches!(child.relation, Relation::Aux | Relation::AuxPass | Relation::Cop);
        match child.lemma.as_str() {
            "will" | "shall" | "would" | "may" | "might" | "should" | "must" | "wo" | "'ll" if auxiliary => {
                return Some(Direction::Future);
            }
            "to" if child.upos == Upos::Part => infinitive = true,
            "have" if auxiliary => past = true,
            "could" if auxiliary => past = true,
            "can" if auxiliary => return Some(Direction::Future),
            _ if auxiliary => match child.xpos {
                Xpos::Vbd => past = true,
                Xpos::Vbz | Xpos::Vbp => present = true,
                _ => {}
            },
            _ => {}
        }
    }
    let ahead = rules.ahead.contains(&token.lemma) && matches!(token.xpos, Xpos::Vbn | Xpos::Jj);
    if past && !infinitive {
        // "was scheduled for Friday": the plan is past, the day ahead.
        return Some(if ahead { Direction::Future } else { Direction::Past });
    }
    if infinitive {
        return of_infinitive(sentence, token.head, token.relation, past, rules);
    }
    if ahead {
        return Some(Direction::Future);
    }
    match token.xpos {
        Xpos::Vbn if token.relation == Relation::Acl => Some(Direction::Past),
        _ if present => Some(Direction::Open),
        _ => None,
    }
}

fn of_infinitive(
    sentence: &Sentence,
    head: Option<u32>,
    relation: Relation,
    perfect: bool,
    rules: &TimeRules,
) -> Option<Direction> {
    if perfect {
        return Some(Direction::Past);
    }
    let governor = sentence.tokens.get(head? as usize)?;
    let going = governor.lemma == "go" && governor.xpos == Xpos::Vbg;
    if going || rules.ahead.contains(&governor.lemma) {
        return Some(Direction::Future);
    }
    if rules.along.contains(&governor.lemma) || relation == Relation::Advcl {
        return None;
    }
    matches!(relation, Relation::Xcomp | Relation::Acl).then_some(Direction::Future)
}

fn has_copula(sentence: &Sentence, at: u32) -> bool {
    sentence.children_as(at, Relation::Cop).next().is_some()
}
