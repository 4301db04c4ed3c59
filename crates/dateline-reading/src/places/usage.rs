use crate::document::Document;
use crate::noun_phrase::{Standing, is_possessor, lemma, standing, token};
use dateline_syntax::{Relation, Sentence, Upos, Xpos};

/// What a country's or capital's name does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// Where something is: "in Pakistan", "visited Islamabad".
    Location,
    /// Somebody who acts: "Pakistan executed", "pressed Islamabad".
    Actor,
    /// Both: "invaded Kuwait", "went to Pakistan".
    Both,
    /// It only says which: "US troops", "the Kabul attack", "the Paris talks".
    Modifier,
}

impl Usage {
    /// Whether it names somebody who can act.
    pub(crate) fn acts(self) -> bool {
        matches!(self, Self::Actor | Self::Both)
    }
}

/// How a country's name is used at `head`.
pub(crate) fn of_country(doc: &Document<'_>, sentence: &Sentence, head: u32) -> Usage {
    let words = &doc.codebook.mentions;
    let at = standing(sentence, head);
    if is_possessor(sentence, head) {
        return Usage::Actor;
    }
    let governor = at.governor.map_or("", |g| lemma(sentence, g));
    // "the U.S.-backed government", however the tree hangs it.
    if token(sentence, head + 1).is_some_and(|t| t.xpos == Xpos::Hyph) && at.preposition.is_none() {
        return Usage::Modifier;
    }
    match at.preposition.map(|p| lemma(sentence, p)) {
        Some(preposition) if words.locative.contains(preposition) => Usage::Location,
        Some(preposition) if words.directional.contains(preposition) => match words.motion.contains(governor)
        {
            true => Usage::Both,
            false => Usage::Actor,
        },
        Some(_) => Usage::Actor,
        None if is_modifier(at) => Usage::Modifier,
        None if is_object(at)
            && (words.place_objects.contains(governor) || words.motion.contains(governor)) =>
        {
            Usage::Both
        }
        None if matches!(at.relation, Relation::OblUnmarked | Relation::NmodUnmarked) => Usage::Location,
        None => Usage::Actor,
    }
}

/// How a capital's name is used at `head`: an actor only where its government must be meant.
pub(crate) fn of_capital(doc: &Document<'_>, sentence: &Sentence, head: u32) -> Usage {
    let words = &doc.codebook.mentions;
    let at = standing(sentence, head);
    let governor = at.governor.map_or("", |g| lemma(sentence, g));
    if is_possessor(sentence, head) {
        let owned = token(sentence, head).and_then(|t| t.head).map_or("", |g| lemma(sentence, g));
        let proper = token(sentence, head)
            .and_then(|t| t.head)
            .and_then(|g| token(sentence, g))
            .is_some_and(|t| t.upos == Upos::Propn);
        return if proper || words.city_owned.contains(owned) { Usage::Location } else { Usage::Actor };
    }
    match at.preposition.map(|p| lemma(sentence, p)) {
        Some("between" | "against" | "with") if words.motion.contains(governor) => Usage::Location,
        Some("between" | "against" | "with" | "by") => Usage::Actor,
        Some("on") if words.attack_nouns.contains(governor) || words.place_objects.contains(governor) => {
            Usage::Location
        }
        Some("on") => Usage::Actor,
        Some("of" | "from" | "to" | "for" | "towards" | "toward")
            if words.of_governments.contains(governor) =>
        {
            Usage::Actor
        }
        Some(_) => Usage::Location,
        None if is_modifier(at) => Usage::Modifier,
        None if is_subject(at) => {
            let governing = at.governor.and_then(|g| token(sentence, g));
            let clause = governing.is_some_and(|t| t.upos == Upos::Verb);
            let city = match at.relation {
                Relation::NsubjPass => words.place_objects.contains(governor),
                _ => words.city_subjects.contains(governor),
            };
            if clause && !city { Usage::Actor } else { Usage::Location }
        }
        None if is_object(at) => {
            match words.place_objects.contains(governor) || words.motion.contains(governor) {
                true => Usage::Location,
                false => Usage::Actor,
            }
        }
        None => Usage::Location,
    }
}

fn is_modifier(at: Standing) -> bool {
    matches!(at.relation, Relation::Compound | Relation::Amod | Relation::NmodDesc | Relation::Det)
}

fn is_subject(at: Standing) -> bool {
    matches!(at.relation, Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter)
}

fn is_object(at: Standing) -> bool {
    matches!(at.relation, Relation::Obj | Relation::Iobj)
}
