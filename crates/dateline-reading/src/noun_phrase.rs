//! Noun phrases on the tree: where they begin and end, what governs them, which preposition they follow.

use crate::document::Document;
use dateline_syntax::{Relation, Sentence, Token, Upos, Xpos};

/// How far up a chain of conjuncts or governors is looked.
const FARTHEST: usize = 40;

/// A word, if the sentence has it.
pub(crate) fn token(sentence: &Sentence, at: u32) -> Option<&Token> {
    sentence.tokens.get(at as usize)
}

/// The highest word of a run: the first whose governor lies outside.
pub(crate) fn head_of(sentence: &Sentence, first: u32, end: u32) -> u32 {
    let outside = |at: &u32| {
        token(sentence, *at)
            .is_some_and(|t| t.upos != Upos::Punct && t.head.is_none_or(|head| head < first || head >= end))
    };
    // A preposition or article may hang outside by a slip of the parser; the noun is what counts.
    let noun = |at: &u32| token(sentence, *at).is_some_and(is_nominal);
    (first..end).filter(outside).find(noun).or_else(|| (first..end).find(outside)).unwrap_or(first)
}

/// Whether the word can head a noun phrase.
pub(crate) fn is_nominal(token: &Token) -> bool {
    matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::X | Upos::Sym)
}

/// Whether the word is a plural noun.
pub(crate) fn is_plural(token: &Token) -> bool {
    matches!(token.xpos, Xpos::Nns | Xpos::Nnps)
}

/// First word and one past the last of the phrase around `head`: determiners, modifiers before the noun and the
/// other parts of a name; no prepositional phrase, clause, apposition or conjunct after it.
pub(crate) fn core(sentence: &Sentence, head: u32) -> (u32, u32) {
    let (mut first, mut end) = (head, head + 1);
    for child in sentence.children(head) {
        let Some(word) = token(sentence, child) else { continue };
        use Relation as R;
        match word.relation {
            R::Det
            | R::DetPredet
            | R::Amod
            | R::Compound
            | R::Nummod
            | R::NmodPoss
            | R::NmodDesc
            | R::Flat
            | R::NmodUnmarked
                if child < head =>
            {
                first = first.min(sentence.subtree(child).0.max(after_bar(sentence, child)));
            }
            // "also was on the commission": an adverb before the verb is no part of the phrase behind it.
            R::Advmod | R::CcPreconj if child < head && !verb_between(sentence, child, head) => {
                first = first.min(child);
            }
            R::Flat | R::Fixed | R::Goeswith if child > head => end = end.max(flat_end(sentence, child)),
            R::Compound if child > head && child <= end + 1 => end = end.max(child + 1),
            _ => {}
        }
    }
    (first, end)
}

fn verb_between(sentence: &Sentence, before: u32, head: u32) -> bool {
    sentence.children(head).any(|c| {
        before < c
            && c < head
            && token(sentence, c)
                .is_some_and(|t| matches!(t.relation, Relation::Cop | Relation::Aux | Relation::AuxPass))
    })
}

/// A modifier's subtree may run back over a preposition by a slip of the parser: it begins after the last one.
fn after_bar(sentence: &Sentence, child: u32) -> u32 {
    let bars = |at: &u32| {
        token(sentence, *at).is_some_and(|t| {
            t.relation == Relation::Case && t.xpos != Xpos::Pos && t.head == Some(child)
                || t.upos == Upos::Verb && *at != child && t.relation != Relation::Amod
        })
    };
    let start = sentence.subtree(child).0;
    (start..child).rev().find(bars).map_or(start, |bar| bar + 1)
}

fn flat_end(sentence: &Sentence, part: u32) -> u32 {
    let inner = sentence.children_as(part, Relation::Flat).next_back().unwrap_or(part);
    inner.max(part) + 1
}

/// The words behind a predicate that hang on it, in order; none of an adverbial clause but one of purpose ("signed a pact to
/// supply grain"), and none of what is said or thought unless `told` is set.
pub(crate) fn behind(sentence: &Sentence, predicate: u32, told: bool) -> Vec<u32> {
    let mut found = vec![predicate];
    let mut next = 0;
    while let Some(&at) = found.get(next) {
        next += 1;
        found.extend(sentence.children(at).filter(|&child| {
            let relation = token(sentence, child).map(|t| t.relation);
            let aside = (relation == Some(Relation::Ccomp) && !told && at == predicate)
                || relation == Some(Relation::Advcl)
                    && !sentence.children_as(child, Relation::Mark).any(|m| lemma(sentence, m) == "to");
            let own_subject = at == predicate && child < predicate;
            !aside && !own_subject
        }));
    }
    found.retain(|&word| word > predicate);
    found.sort_unstable();
    found
}

/// What a phrase is to its sentence. A conjunct stands where the first of its row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The first conjunct's head.
    pub(crate) first: u32,
    /// Its relation.
    pub(crate) relation: Relation,
    /// Its governor.
    pub(crate) governor: Option<u32>,
    /// Its preposition.
    pub(crate) preposition: Option<u32>,
    /// Whether the phrase is not the first of its row.
    pub(crate) conjunct: bool,
}

/// What the phrase headed by `head` is to its sentence.
pub(crate) fn standing(sentence: &Sentence, head: u32) -> Standing {
    let mut first = head;
    let mut preposition = preposition(sentence, head);
    for _ in 0..FARTHEST {
        let up = token(sentence, first).filter(|t| matches!(t.relation, Relation::Conj)).and_then(|t| t.head);
        match up {
            // A predicate may head the row: "visited France and then Italy" hangs on the noun, a clause does not.
            Some(up) if token(sentence, up).is_some_and(is_nominal) => first = up,
            _ => break,
        }
        preposition = preposition.or_else(|| self::preposition(sentence, first));
    }
    let (relation, governor) = token(sentence, first).map_or((Relation::Dep, None), |t| (t.relation, t.head));
    Standing { first, relation, governor, preposition, conjunct: first != head }
}

/// The preposition of the phrase headed by `head`; not the possessive ending.
pub(crate) fn preposition(sentence: &Sentence, head: u32) -> Option<u32> {
    sentence
        .children_as(head, Relation::Case)
        .find(|&c| token(sentence, c).is_some_and(|t| t.xpos != Xpos::Pos))
}

/// The lemma of a word, empty where there is none.
pub(crate) fn lemma(sentence: &Sentence, at: u32) -> &str {
    token(sentence, at).map_or("", |t| t.lemma.as_str())
}

/// Whether the word is a possessor.
pub(crate) fn is_possessor(sentence: &Sentence, head: u32) -> bool {
    token(sentence, head).is_some_and(|t| t.relation == Relation::NmodPoss)
        || sentence
            .children_as(head, Relation::Case)
            .any(|c| token(sentence, c).is_some_and(|t| t.xpos == Xpos::Pos))
}

/// Whether the word is part of a preposition or adverb of several words: "front" in "in front of", "board" in "on board".
pub(crate) fn in_fixed_phrase(doc: &Document<'_>, sentence: &Sentence, at: u32) -> bool {
    let word = |at: u32| token(sentence, at).map_or("", |t| t.span.of(doc.text()));
    let own = word(at);
    doc.codebook.mentions.fixed_phrases.iter().any(|phrase| {
        let places = phrase.split(' ').enumerate().filter(|(_, part)| part.eq_ignore_ascii_case(own));
        places
            .filter_map(|(place, _)| at.checked_sub(place as u32))
            .any(|first| phrase.split(' ').zip(first..).all(|(part, at)| part.eq_ignore_ascii_case(word(at))))
    })
}
