use super::describe::{Description, Determiner, describe, is_noun};
use super::find::{Found, What};
use crate::document::Document;
use crate::noun_phrase::{core, in_fixed_phrase, is_plural, lemma, preposition, token};
use crate::places::Places;
use crate::spotted::SpottedKind;
use dateline_codebook::{Code, RoleKind};
use dateline_syntax::{Relation, Sentence, Upos};

/// Mentions by description in one sentence. `names` are the words that names take up already.
pub(super) fn find(
    doc: &Document<'_>,
    places: &Places,
    index: usize,
    names: &[(u32, u32)],
    found: &mut Vec<Found>,
) {
    let Some(sentence) = doc.sentences.get(index) else { return };
    let taken = |at: u32| names.iter().any(|&(first, end)| first <= at && at < end);
    let mut partitive = Vec::new();
    for head in 0..sentence.tokens.len() as u32 {
        if taken(head)
            || !is_noun(sentence, head)
            || inside_name(doc, places, index, head)
            || in_fixed_phrase(doc, sentence, head)
        {
            continue;
        }
        if let Some((mention, counted)) = counted(doc, places, index, sentence, head) {
            partitive.push(counted);
            found.push(mention);
            continue;
        }
        if partitive.contains(&head) || !stands_alone(doc, sentence, head) {
            continue;
        }
        if let Some(mention) = bare_count(doc, sentence, index, head, found) {
            found.push(mention);
            continue;
        }
        if counts_things(doc, sentence, head) {
            continue;
        }
        let (first, end) = extent(doc, sentence, head);
        let first = with_nationality(places, sentence, index, first, head);
        let Some(mut description) = describe(doc, places, index, first, head) else { continue };
        if !means_somebody(doc, sentence, head, &description) {
            continue;
        }
        if doc.codebook.mentions.plural_people.contains(lemma(sentence, head).to_lowercase().as_str()) {
            description.sector = description.sector.or(Code::new("CVL"));
        }
        let end = end.max(description.role_end).max(description.of_end);
        let what = What::Nominal(Box::new(description));
        found.push(Found { sentence: index as u32, first, end, head, inner: None, what });
    }
}

/// "a couple of words": what a word of quantity counts is no people, so neither is the word.
fn counts_things(doc: &Document<'_>, sentence: &Sentence, head: u32) -> bool {
    if !doc.codebook.mentions.quantities.contains(lemma(sentence, head)) {
        return false;
    }
    let of = |c: &u32| preposition(sentence, *c).is_some_and(|p| lemma(sentence, p) == "of");
    let counted = sentence.children_as(head, Relation::Nmod).find(of);
    counted.is_some_and(|c| !is_role_head(doc, sentence, c))
}

/// Whether a role phrase ends in this word, so that it heads a mention.
pub(super) fn is_role_head(doc: &Document<'_>, sentence: &Sentence, head: u32) -> bool {
    let lower = lemma(sentence, head).to_lowercase();
    doc.codebook.roles.longest_ending(&[lower.as_str()]).is_some()
        || (head > 0 && {
            let before = lemma(sentence, head - 1).to_lowercase();
            doc.codebook.roles.longest_ending(&[before.as_str(), lower.as_str()]).is_some()
        })
}

fn means_somebody(doc: &Document<'_>, sentence: &Sentence, head: u32, description: &Description) -> bool {
    let words = &doc.codebook.mentions;
    let lower = lemma(sentence, head).to_lowercase();
    let definite = description.determiner == Determiner::Definite;
    // Where something is, and where people meet, act only as far as a country does.
    if !(definite && words.country_anaphors.contains(lower.as_str()))
        && (words.place_heads.contains(lower.as_str())
            || words.meetings.contains(lower.as_str())
            || lower == "world")
    {
        return false;
    }
    let stuff = !description.plural && description.determiner == Determiner::Bare;
    if stuff && description.role == lower && words.mass_roles.contains(lower.as_str()) {
        return false;
    }
    if !description.role.is_empty() && description.role == lower && words.weak_roles.contains(lower.as_str())
    {
        return told_of_thing(sentence, head, &lower, description);
    }
    if !description.role.is_empty() {
        return true;
    }
    if description.plural && words.plural_people.contains(lower.as_str()) {
        return token(sentence, head).is_some_and(|t| t.upos == Upos::Noun);
    }
    definite
        && (words.group_anaphors.contains(lower.as_str()) || words.country_anaphors.contains(lower.as_str()))
        || description.owner.is_some() && words.members.contains(lower.as_str())
}

/// "head of the agency", "Soviet television", "radio reported": a noun that mostly means a thing means somebody here.
fn told_of_thing(sentence: &Sentence, head: u32, lower: &str, description: &Description) -> bool {
    let of = || {
        sentence
            .children_as(head, Relation::Nmod)
            .any(|c| preposition(sentence, c).is_some_and(|p| lemma(sentence, p) == "of"))
    };
    let told = !description.countries.is_empty() || description.owner.is_some();
    let led = lower == "head" && !description.plural && of();
    let speaks = description.sector.is_some()
        && token(sentence, head).is_some_and(|t| t.relation == Relation::Nsubj && t.upos == Upos::Noun);
    told || led || speaks
}

/// Whether the word heads a phrase of its own, or stands before a noun that is nobody: "rebel attack".
fn stands_alone(doc: &Document<'_>, sentence: &Sentence, head: u32) -> bool {
    let Some(word) = token(sentence, head) else { return false };
    match word.relation {
        Relation::Flat
        | Relation::Fixed
        | Relation::Goeswith
        | Relation::NmodDesc
        | Relation::Amod
        | Relation::Nummod
        | Relation::Case
        | Relation::Advmod => false,
        Relation::Compound => word.head.is_some_and(|governor| {
            !is_role_head(doc, sentence, governor)
                && token(sentence, governor)
                    .is_some_and(|g| !matches!(g.relation, Relation::Compound | Relation::Amod))
        }),
        _ => true,
    }
}

/// Whether a word is part of a name, or one that is not of a people: "two Kurds" are described, not named.
fn inside_name(doc: &Document<'_>, places: &Places, index: usize, at: u32) -> bool {
    let people = || {
        let word = doc.sentences.get(index).and_then(|s| token(s, at));
        word.is_some_and(|w| {
            is_plural(w) && doc.codebook.mentions.peoples.contains(w.lemma.to_lowercase().as_str())
        })
    };
    let names = places.spotted.get(index).map_or(&[][..], Vec::as_slice);
    names
        .iter()
        .any(|n| n.first <= at && at < n.end && !matches!(n.kind, SpottedKind::Other) && n.end - n.first > 1)
        || names
            .iter()
            .any(|n| n.first == at && n.end == at + 1 && !(matches!(n.kind, SpottedKind::Other) && people()))
}

/// The phrase without quotation marks and the like at its start.
fn extent(doc: &Document<'_>, sentence: &Sentence, head: u32) -> (u32, u32) {
    let (mut first, end) = core(sentence, head);
    if let Some(word) = token(sentence, head).filter(|t| t.relation == Relation::Compound) {
        first = head;
        // "a U.S. court injunction": the country before it is that of the court.
        let of_country = |at: u32| {
            token(sentence, at).is_some_and(|t| {
                t.head == word.head
                    && matches!(t.relation, Relation::Compound | Relation::Amod)
                    && (t.upos == Upos::Propn
                        || t.upos == Upos::Adj && t.span.of(doc.text()).starts_with(char::is_uppercase))
            })
        };
        while first > 0 && of_country(first - 1) {
            first -= 1;
        }
    }
    let stray = |at: u32| {
        token(sentence, at).is_some_and(|t| {
            let text = t.span.of(doc.text());
            text.chars().all(|c| !c.is_alphanumeric())
                || matches!(t.relation, Relation::Case | Relation::Cc | Relation::Mark)
                || matches!(text, "least" | "most" | "more" | "than") && t.relation != Relation::Amod
        })
    };
    while first < head && stray(first) {
        first += 1;
    }
    (first, end)
}

/// "Mexican navy ships" are the Mexican navy's: a nationality before a body that stands before a noun is the body's too.
fn with_nationality(places: &Places, sentence: &Sentence, index: usize, first: u32, head: u32) -> u32 {
    let compound = token(sentence, head).filter(|t| t.relation == Relation::Compound);
    let Some(governor) = compound.and_then(|t| t.head) else { return first };
    let names = places.spotted.get(index).map_or(&[][..], Vec::as_slice);
    let before = names.iter().find(|n| {
        matches!(n.kind, SpottedKind::Country(_))
            && n.end == first
            && token(sentence, n.end - 1).is_some_and(|t| t.head == Some(governor))
    });
    before.map_or(first, |n| n.first)
}

/// "dozens were arrested", "killed 45": a number that something happens to as it only happens to people.
fn bare_count(
    doc: &Document<'_>,
    sentence: &Sentence,
    index: usize,
    head: u32,
    before: &[Found],
) -> Option<Found> {
    let words = &doc.codebook.mentions;
    let word = token(sentence, head)?;
    let lower = word.lemma.to_lowercase();
    let counts = word.upos == Upos::Num
        || is_plural(word) && (lower == "other" || words.partitive.contains(lower.as_str()));
    let verb = word.head.filter(|_| counts)?;
    let done_to = matches!(word.relation, Relation::Obj | Relation::NsubjPass)
        || word.relation == Relation::Nsubj && matches!(lemma(sentence, verb), "die" | "perish");
    let of = |child: u32| preposition(sentence, child).is_some_and(|p| lemma(sentence, p) == "of");
    if !done_to
        || !words.people_counted.contains(lemma(sentence, verb))
        || sentence.children_as(head, Relation::Nmod).any(of)
    {
        return None;
    }
    let (first, end) = extent(doc, sentence, head);
    let mut description = Description::of_people(head);
    description.sector = Code::new("CVL");
    // "killed two guerrillas and wounded three": three guerrillas.
    if word.upos == Upos::Num
        && let Some(counted) = counted_before(sentence, index, verb, before)
    {
        description.sector = counted.sector;
        description.countries.clone_from(&counted.countries);
        description.owner = counted.owner;
    }
    let what = What::Nominal(Box::new(description));
    Some(Found { sentence: index as u32, first, end, head, inner: None, what })
}

/// Those counted whom the verb that this one is joined to is done to.
fn counted_before<'f>(
    sentence: &Sentence,
    index: usize,
    verb: u32,
    before: &'f [Found],
) -> Option<&'f Description> {
    let joined = token(sentence, verb).filter(|t| t.relation == Relation::Conj)?.head?;
    let done_to = |at: u32| {
        token(sentence, at).is_some_and(|t| {
            t.head == Some(joined) && matches!(t.relation, Relation::Obj | Relation::NsubjPass)
        })
    };
    before.iter().rev().find_map(|found| match &found.what {
        What::Nominal(said) if found.sentence == index as u32 && done_to(found.head) && said.counted => {
            Some(&**said)
        }
        _ => None,
    })
}

/// "dozens of protesters", "a group of gunmen", "two of the hostages": those counted are who is meant. Gives the mention
/// and the word that the count is of.
fn counted(
    doc: &Document<'_>,
    places: &Places,
    index: usize,
    sentence: &Sentence,
    head: u32,
) -> Option<(Found, u32)> {
    if !doc.codebook.mentions.partitive.contains(lemma(sentence, head).to_lowercase().as_str())
        && token(sentence, head)?.upos != Upos::Num
    {
        return None;
    }
    let of = sentence.children_as(head, Relation::Nmod).find(|&c| {
        c > head
            && preposition(sentence, c).is_some_and(|p| lemma(sentence, p) == "of")
            && is_noun(sentence, c)
    })?;
    let (inner_first, inner_end) = core(sentence, of);
    let mut description = describe(doc, places, index, inner_first, of)?;
    let names = places.spotted.get(index)?;
    let named = names.iter().find(|n| n.first <= of && of < n.end);
    if let Some(name) = named {
        // "members of the Taliban": some of a group are who is meant.
        let actor = name.aliases.first()?;
        let whose = doc.codebook.actors.get(actor.actor)?;
        match name.kind {
            SpottedKind::Organization => {
                description.owner = Some(actor.actor);
                description.sector = whose.sectors.first().copied();
            }
            SpottedKind::Country(_) if is_plural(token(sentence, of)?) => {
                description.countries.extend(whose.country.map(|code| (code, of)));
                description.sector = Code::new("CVL");
            }
            _ => return None,
        }
        description.role = lemma(sentence, head).to_lowercase().into();
    }
    // "a supporter of the mayor" is one, and the mayor another.
    if description.role.is_empty()
        || named.is_none() && !description.plural && description.kind == RoleKind::Person
    {
        return None;
    }
    let (first, _) = extent(doc, sentence, head);
    description.determiner = Determiner::Indefinite;
    description.counted = true;
    description.plural = true;
    if description.kind == RoleKind::Body {
        description.kind = RoleKind::Group;
    }
    let found = Found {
        sentence: index as u32,
        first,
        end: inner_end.max(description.role_end),
        head,
        inner: named.is_none().then_some(of),
        what: What::Nominal(Box::new(description)),
    };
    Some((found, of))
}
