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

/// The direction that the verbs around a time give it: `first` is its first word, `word` its head.
pub(super) fn direction(sentence: &Sentence, first: u32, word: u32, rules: &TimeRules) -> Direction {
    // "said on Tuesday", "fled late Friday": the verb right before it, whatever the tree says.
    let little = |w: &u32| {
        let token = sentence.tokens.get(*w as usize);
        token.is_some_and(|t| matches!(t.upos, Upos::Adp | Upos::Adv | Upos::Punct) && t.lemma != "for")
    };
    let before = (0..first).rev().take(3).find(|w| !little(w));
    let is_verb = |w: &u32| sentence.tokens.get(*w as usize).is_some_and(|t| t.upos == Upos::Verb);
    if let Some(before) = before.filter(is_verb)
        && let Some(direction) = of_verb(sentence, before, rules).filter(|d| *d != Direction::Open)
    {
        return direction;
    }
    // "until Friday", "by June" look ahead where nothing else is said.
    let bound = first.checked_sub(1).and_then(|b| sentence.tokens.get(b as usize));
    let bound = bound.is_some_and(|t| matches!(&*t.lemma, "by" | "until" | "till" | "through" | "effective"));
    match above(sentence, word, rules) {
        Direction::Open if bound => Direction::Future,
        Direction::Past if is_deferred(sentence, first, word, rules) => Direction::Future,
        direction => direction,
    }
}

/// "as early as Tuesday", "postponed it until Friday": the day is ahead of what was done.
fn is_deferred(sentence: &Sentence, first: u32, word: u32, rules: &TimeRules) -> bool {
    let back = |n: u32| first.checked_sub(n).and_then(|b| sentence.tokens.get(b as usize)).map(|t| &*t.lemma);
    let as_early =
        back(1) == Some("as") && matches!(back(2), Some("early" | "soon" | "late")) && back(3) == Some("as");
    let until = matches!(back(1), Some("until" | "till" | "through"));
    let governor = sentence.tokens.get(word as usize).and_then(|t| sentence.tokens.get(t.head? as usize));
    as_early || (until && governor.is_some_and(|g| rules.deferring.contains(&g.lemma)))
}

/// The direction that the verbs above a word in the tree give it.
fn above(sentence: &Sentence, word: u32, rules: &TimeRules) -> Direction {
    let mut at = word;
    let possessive = sentence.tokens.get(word as usize).is_some_and(|t| t.relation == Relation::NmodPoss);
    for _ in 0..sentence.tokens.len() {
        let Some(token) = sentence.tokens.get(at as usize) else { break };
        // "ways to get around Wednesday's ruling": what is owned by a day has mostly been.
        if possessive
            && matches!(token.relation, Relation::Acl | Relation::Advcl)
            && is_infinitive(sentence, at)
        {
            return Direction::Past;
        }
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
            "be" if auxiliary && child.xpos != Xpos::Vbn && is_to(sentence, at) => {
                return Some(Direction::Future);
            }
            _ if auxiliary => match child.xpos {
                Xpos::Vbd => past = true,
                Xpos::Vbz | Xpos::Vbp => present = true,
                _ => {}
            },
            _ => {}
        }
    }
    let ahead = rules.appointed.contains(&token.lemma) && matches!(token.xpos, Xpos::Vbn | Xpos::Jj);
    if past && !infinitive && token.xpos == Xpos::Vbd && rules.planning.contains(&token.lemma) {
        return Some(Direction::Future);
    }
    if past && !infinitive {
        // "was scheduled for Friday": the plan is past, the day ahead.
        return Some(if ahead { Direction::Future } else { Direction::Past });
    }
    let led = |c: u32| {
        let child = sentence.tokens.get(c as usize);
        child.is_some_and(|t| matches!(t.upos, Upos::Adj | Upos::Verb) && rules.ahead.contains(&t.lemma))
    };
    if infinitive && sentence.children(at).take_while(|&c| c < at).any(led) {
        return Some(Direction::Future);
    }
    if infinitive && follows_ahead(sentence, at, rules) {
        return Some(Direction::Future);
    }
    if infinitive {
        return of_infinitive(sentence, token.head, token.relation, past, rules);
    }
    if ahead {
        return Some(Direction::Future);
    }
    match token.xpos {
        Xpos::Vbn
            if matches!(token.relation, Relation::Acl | Relation::Advcl) && !has_auxiliary(sentence, at) =>
        {
            Some(Direction::Past)
        }
        // "the talks open on Friday"
        _ if present && rules.scheduled.contains(&token.lemma) && !has_auxiliary(sentence, at) => {
            Some(Direction::Future)
        }
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
    // "the first to join": whoever joins is already known by it.
    if relation == Relation::Acl && rules.reached.contains(&governor.lemma) {
        return None;
    }
    // "is going to leave", "is to leave"
    let going = (governor.lemma == "go" && governor.xpos == Xpos::Vbg)
        || (governor.lemma == "be" && relation == Relation::Xcomp);
    if going || rules.ahead.contains(&governor.lemma) {
        return Some(Direction::Future);
    }
    if rules.along.contains(&governor.lemma) || relation == Relation::Advcl {
        return None;
    }
    matches!(relation, Relation::Xcomp | Relation::Acl).then_some(Direction::Future)
}

/// "due to expire", whatever the tree makes of "due to".
fn follows_ahead(sentence: &Sentence, at: u32, rules: &TimeRules) -> bool {
    let to =
        (0..at).rev().take(3).find(|&w| sentence.tokens.get(w as usize).is_some_and(|t| &*t.lemma == "to"));
    let before = to.and_then(|to| to.checked_sub(1)).and_then(|b| sentence.tokens.get(b as usize));
    before.is_some_and(|t| t.upos != Upos::Verb && rules.ahead.contains(&t.lemma))
}

fn is_infinitive(sentence: &Sentence, at: u32) -> bool {
    sentence.children(at).any(|c| sentence.tokens.get(c as usize).is_some_and(|t| t.xpos == Xpos::To))
}

fn has_auxiliary(sentence: &Sentence, at: u32) -> bool {
    let auxiliary = |c: u32| {
        let relation = sentence.tokens.get(c as usize).map(|t| t.relation);
        matches!(relation, Some(Relation::Aux | Relation::AuxPass))
    };
    sentence.children(at).any(auxiliary)
}

fn has_copula(sentence: &Sentence, at: u32) -> bool {
    sentence.children_as(at, Relation::Cop).next().is_some()
}

/// Whether the verb is an infinitive: "is to resume".
fn is_to(sentence: &Sentence, at: u32) -> bool {
    sentence.children(at).any(|c| sentence.tokens.get(c as usize).is_some_and(|t| t.xpos == Xpos::To))
        && sentence.children_as(at, Relation::Aux).next().is_some()
}
