use super::Site;
use super::linking::Linker;
use crate::document::At;
use crate::noun_phrase::{lemma, standing, token};
use crate::reading::{EntityId, EntityKind, MentionForm};
use dateline_codebook::Gender;
use dateline_syntax::{Relation, Sentence, Upos};

/// How many sentences back a pronoun reaches.
const BACK: u32 = 3;

/// What a pronoun asks of whom it takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    He,
    She,
    They,
    It,
    Relative,
}

/// Links the third person's pronouns and relative pronouns; the first person is left to quotations.
pub(super) fn link(linker: &mut Linker<'_, '_>) {
    for index in 0..linker.doc.sentences.len() {
        let Some(sentence) = linker.doc.sentences.get(index) else { continue };
        for word in 0..sentence.tokens.len() as u32 {
            let at = At::new(index, word);
            let Some(asks) = asks(sentence, word) else { continue };
            if linker.out.heads.contains_key(&at) {
                continue;
            }
            let entity = match asks {
                Asks::Relative => antecedent(linker, sentence, at),
                _ => nearest(linker, sentence, at, asks),
            };
            if let Some(entity) = entity {
                let site = Site { entity, at, first: word, end: word + 1, form: MentionForm::Pronoun };
                linker.out.mention(linker.doc, site);
            }
        }
    }
    owners(linker);
}

fn asks(sentence: &Sentence, word: u32) -> Option<Asks> {
    let token = token(sentence, word)?;
    if !matches!(token.upos, Upos::Pron | Upos::Det) || token.relation == Relation::Expl {
        return None;
    }
    let lower = token.lemma.to_lowercase();
    Some(match lower.as_str() {
        "he" | "him" | "his" | "himself" => Asks::He,
        "she" | "her" | "hers" | "herself" => Asks::She,
        "they" | "them" | "their" | "theirs" | "themselves" => Asks::They,
        "it" | "its" | "itself" => Asks::It,
        "who" | "whom" | "which" | "that" | "whose" if token.upos == Upos::Pron => Asks::Relative,
        _ => return None,
    })
}

/// Who a relative pronoun's clause hangs on.
fn antecedent(linker: &Linker<'_, '_>, sentence: &Sentence, at: At) -> Option<EntityId> {
    let mut up = at.token;
    for _ in 0..6 {
        let word = token(sentence, up)?;
        let head = word.head?;
        if word.relation == Relation::AclRelcl {
            return linker.out.at(At { token: head, ..at });
        }
        up = head;
    }
    None
}

/// The mention before that a pronoun most likely takes up.
fn nearest(linker: &Linker<'_, '_>, sentence: &Sentence, at: At, asks: Asks) -> Option<EntityId> {
    let mut best: Option<(i32, u32, EntityId)> = None;
    let quoted = inside_quotation(linker, at);
    for mention in &linker.out.mentions {
        let before = (mention.sentence, mention.end) <= (at.sentence, at.token);
        let distance = at.sentence.checked_sub(mention.sentence).filter(|d| *d <= BACK);
        let (true, Some(distance)) = (before, distance) else { continue };
        let Some(weight) = weigh(linker, sentence, at, asks, mention.entity, mention.head, distance, quoted)
        else {
            continue;
        };
        let place = mention.span.start;
        if best.is_none_or(|(most, start, _)| (weight, place) > (most, start)) {
            best = Some((weight, place, mention.entity));
        }
    }
    best.map(|(_, _, entity)| entity)
}

#[allow(clippy::too_many_arguments)] // one judgement over many small facts
fn weigh(
    linker: &Linker<'_, '_>,
    sentence: &Sentence,
    at: At,
    asks: Asks,
    entity: EntityId,
    head: u32,
    distance: u32,
    quoted: bool,
) -> Option<i32> {
    let referent = linker.out.get(entity)?;
    let facts = linker.facts.get(entity.index());
    let gender = facts.and_then(|f| f.gender);
    let plural = facts.is_some_and(|f| f.plural);
    let person = referent.kind == EntityKind::Person;
    let theirs = linker.doc.sentences.get((at.sentence - distance) as usize)?;
    let stands = standing(theirs, head);
    let subject = is_subject(stands.relation);
    let mut weight = match asks {
        Asks::He | Asks::She => {
            let wanted = if asks == Asks::He { Gender::Male } else { Gender::Female };
            if !person || gender.is_some_and(|g| g != wanted) {
                return None;
            }
            i32::from(gender == Some(wanted)) * 2
        }
        Asks::They => {
            let many = plural || referent.kind == EntityKind::Group;
            if !(many || referent.kind == EntityKind::Organization) {
                return None;
            }
            i32::from(many) * 3
        }
        Asks::It => {
            if plural
                || person
                || !matches!(
                    referent.kind,
                    EntityKind::Country | EntityKind::Organization | EntityKind::Group
                )
            {
                return None;
            }
            // Things are taken up by "it" as well: only a subject is prominent enough.
            if distance > 1 || !subject || distance == 1 && !is_main_subject(theirs, stands.governor) {
                return None;
            }
            if distance == 1 && !opens(sentence, at.token) {
                return None;
            }
            0
        }
        Asks::Relative => return None,
    };
    let own = token(sentence, at.token)?;
    let possessive = own.relation == Relation::NmodPoss || lemma(sentence, at.token).ends_with("self");
    // "Kerry met him": whoever does something to "him" is another, unless it says "himself".
    if distance == 0 && !possessive && own.head.is_some() && stands.governor == own.head {
        return None;
    }
    if distance == 0 && !possessive && !is_subject(own.relation) && subject {
        let clause = clause_of(sentence, at.token);
        if clause.is_some() && clause == stands.governor {
            return None;
        }
    }
    let saying =
        stands.governor.is_some_and(|g| linker.doc.codebook.mentions.saying.contains(lemma(theirs, g)));
    if quoted && subject && saying && distance == 0 {
        return None;
    }
    weight += if subject { 4 } else { 0 };
    weight += i32::from(saying && subject);
    weight += i32::from(person && facts.is_some_and(|f| f.named));
    weight += i32::from(stands.relation != Relation::NmodPoss || possessive);
    Some(weight - 5 * distance as i32)
}

fn is_subject(relation: Relation) -> bool {
    matches!(relation, Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter)
}

/// The verb of the clause that a word belongs to; of verbs joined or governed, the one that has the subject.
fn clause_of(sentence: &Sentence, word: u32) -> Option<u32> {
    let mut at = token(sentence, word)?.head?;
    for _ in 0..10 {
        let this = token(sentence, at)?;
        let verb = matches!(this.upos, Upos::Verb | Upos::Aux);
        let own = sentence.children(at).any(|c| token(sentence, c).is_some_and(|t| is_subject(t.relation)));
        let shares = matches!(this.relation, Relation::Conj | Relation::Xcomp | Relation::Advcl);
        if verb && (own || !shares) {
            return Some(at);
        }
        at = this.head?;
    }
    None
}

/// "Pakistani soldiers and their commanders": whose they are tells where they are from.
fn owners(linker: &mut Linker<'_, '_>) {
    for index in 0..linker.out.mentions.len() {
        let Some(mention) = linker.out.mentions.get(index).copied() else { continue };
        let Some(sentence) = linker.doc.sentences.get(mention.sentence as usize) else { continue };
        let head = lemma(sentence, mention.head);
        if linker.doc.codebook.mentions.relational.contains(head) {
            continue;
        }
        if mention.form != MentionForm::Nominal
            || linker.out.get(mention.entity).is_none_or(|r| r.country.is_some())
        {
            continue;
        }
        let owner = sentence
            .children_as(mention.head, Relation::NmodPoss)
            .find_map(|c| linker.out.at(At { sentence: mention.sentence, token: c }))
            .and_then(|id| linker.out.get(id));
        let (country, sector) = owner.map_or((None, None), |o| (o.country, o.sectors.first().copied()));
        if let Some(referent) = linker.out.list.get_mut(mention.entity.index()) {
            referent.country = country;
            if referent.sectors.is_empty() && referent.kind != EntityKind::Country {
                referent.sectors.extend(sector);
            }
        }
    }
}

fn is_main_subject(sentence: &Sentence, governor: Option<u32>) -> bool {
    governor.is_some_and(|g| token(sentence, g).is_some_and(|t| t.head.is_none()))
}

/// Whether the word is the subject that a sentence begins with.
fn opens(sentence: &Sentence, word: u32) -> bool {
    let subject =
        token(sentence, word).is_some_and(|t| matches!(t.relation, Relation::Nsubj | Relation::NsubjPass));
    let main = token(sentence, word)
        .and_then(|t| t.head)
        .and_then(|g| token(sentence, g))
        .is_some_and(|t| t.head.is_none());
    subject && main
}

/// Whether an odd number of quotation marks stands before the word in its paragraph.
fn inside_quotation(linker: &Linker<'_, '_>, at: At) -> bool {
    let text = linker.doc.text();
    let Some(word) = linker.doc.sentences.get(at.sentence as usize).and_then(|s| token(s, at.token)) else {
        return false;
    };
    let upto = text.get(..word.span.start as usize).unwrap_or_default();
    let paragraph = upto.rfind("\n\n").map_or(upto, |from| upto.get(from..).unwrap_or_default());
    let mut open = false;
    for c in paragraph.chars() {
        match c {
            '"' => open = !open,
            '“' => open = true,
            '”' => open = false,
            _ => {}
        }
    }
    open
}
