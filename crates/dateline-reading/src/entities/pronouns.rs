mod cataphora;
mod parallels;

use super::linking::Linker;
use super::quotations::Quotations;
use super::{EntityMention, Site};
use crate::document::At;
use crate::noun_phrase::{Standing, is_nominal, is_plural, lemma, standing, token};
use crate::reading::{EntityId, EntityKind, MentionForm};
use dateline_codebook::{CuePart, Gender};
use dateline_syntax::{Relation, Sentence, Upos};

/// How many sentences back a pronoun reaches.
const BACK: u32 = 3;

/// What a sentence between takes from the weight of a mention.
const PER_SENTENCE: i32 = 5;

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
    let mut search = Search {
        quotations: Quotations::of(linker.doc.text()),
        by_sentence: vec![Vec::new(); linker.doc.sentences.len()],
    };
    for (index, mention) in linker.out.mentions.iter().enumerate() {
        search.add(mention.sentence, index as u32);
    }
    for index in 0..linker.doc.sentences.len() {
        let Some(sentence) = linker.doc.sentences.get(index) else { continue };
        for word in 0..sentence.tokens.len() as u32 {
            let at = At::new(index, word);
            let Some(asks) = asks(sentence, word) else { continue };
            if linker.out.heads.contains_key(&at) {
                continue;
            }
            let entity = match asks {
                Asks::Relative => search.antecedent(linker, sentence, at),
                _ => cataphora::behind(linker, sentence, at, asks)
                    .or_else(|| search.nearest(linker, sentence, at, asks)),
            };
            let Some(entity) = entity else { continue };
            let site = Site { entity, at, first: word, end: word + 1, form: MentionForm::Pronoun };
            if let Some(mention) = linker.out.mention(linker.doc, site) {
                search.add(at.sentence, mention);
            }
            // Who was "she" once is no "he" later.
            if let Some(gender) = asks.gender()
                && let Some(facts) = linker.facts_of(entity)
            {
                facts.gender = facts.gender.or(Some(gender));
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

/// What is at hand for finding whom a pronoun takes up.
struct Search {
    quotations: Quotations,
    /// Positions in [`super::Entities::mentions`], for each sentence.
    by_sentence: Vec<Vec<u32>>,
}

impl Asks {
    fn gender(self) -> Option<Gender> {
        match self {
            Asks::He => Some(Gender::Male),
            Asks::She => Some(Gender::Female),
            _ => None,
        }
    }
}

impl Search {
    fn add(&mut self, sentence: u32, mention: u32) {
        if let Some(list) = self.by_sentence.get_mut(sentence as usize) {
            list.push(mention);
        }
    }

    fn mentions_in<'m>(
        &'m self,
        linker: &'m Linker<'_, '_>,
        sentence: u32,
    ) -> impl Iterator<Item = &'m EntityMention> {
        let list = self.by_sentence.get(sentence as usize).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|&m| linker.out.mentions.get(m as usize))
    }

    /// Who a relative pronoun's clause hangs on.
    fn antecedent(&self, linker: &Linker<'_, '_>, sentence: &Sentence, at: At) -> Option<EntityId> {
        let asks_person = matches!(lemma(sentence, at.token), "who" | "whom");
        let is_person = |id: EntityId| linker.out.get(id).is_some_and(|r| r.kind == EntityKind::Person);
        let mut up = at.token;
        let mut found = None;
        for _ in 0..6 {
            let word = token(sentence, up)?;
            let head = word.head?;
            if word.relation == Relation::AclRelcl {
                found = linker.out.at(At { token: head, ..at });
                break;
            }
            up = head;
        }
        if asks_person && !found.is_some_and(is_person) {
            // "the company and Mr Falk, who": whoever stands right before, whatever the clause was hung on.
            let before = |m: &&EntityMention| m.end <= at.token && m.end + 1 >= at.token;
            let person = self
                .mentions_in(linker, at.sentence)
                .filter(before)
                .map(|m| m.entity)
                .find(|&id| is_person(id));
            return person.or(found);
        }
        found.filter(|&id| !(lemma(sentence, at.token) == "which" && is_person(id)))
    }

    /// The mention before that a pronoun most likely takes up.
    fn nearest(&self, linker: &Linker<'_, '_>, sentence: &Sentence, at: At, asks: Asks) -> Option<EntityId> {
        let own = token(sentence, at.token)?;
        let quoted = self.quotations.hold(own.span.start);
        let pronoun = Pronoun {
            at,
            asks,
            sentence,
            relation: own.relation,
            governor: own.head,
            possessive: own.relation == Relation::NmodPoss || own.lemma.ends_with("self"),
            clause: clause_of(sentence, at.token),
            quoted,
            speaker: if quoted { self.speaker(linker, at.sentence) } else { None },
        };
        let mut best: Option<(i32, u32, EntityId)> = None;
        let mut pair = i32::MIN;
        for distance in 0..=BACK.min(at.sentence) {
            for mention in self.mentions_in(linker, at.sentence - distance) {
                if distance == 0 && mention.end > at.token {
                    continue;
                }
                if asks == Asks::They {
                    pair = pair.max(pronoun.weigh_pair(linker, mention, distance).unwrap_or(i32::MIN));
                }
                let quoted = self.quotations.hold(mention.span.start);
                let Some(weight) = pronoun.weigh(linker, mention, distance, quoted) else { continue };
                let place = mention.span.start;
                if best.is_none_or(|(most, start, _)| (weight, place) > (most, start)) {
                    best = Some((weight, place, mention.entity));
                }
            }
        }
        // "Falk and Ruiz said they would": two people who are no entity together.
        let best = best.filter(|(weight, _, _)| *weight >= pair)?;
        (!self.means_thing(linker, &pronoun, best.1)).then_some(best.2)
    }

    /// "The firm recalled the hoses because they leak", "won a ball and kicked it": whether a thing, which is no entity,
    /// stands between whom "they", "them" or "it" could take up and the pronoun, and is as likely meant.
    fn means_thing(&self, linker: &Linker<'_, '_>, pronoun: &Pronoun<'_>, from: u32) -> bool {
        let many = match pronoun.asks {
            Asks::They => true,
            Asks::It => false,
            Asks::He | Asks::She | Asks::Relative => return false,
        };
        let subject = is_subject(pronoun.relation);
        if pronoun.possessive || subject && !many {
            return false;
        }
        // Whoever is said to do something by a verb of saying, thinking or wanting is somebody.
        let speaks = pronoun.governor.is_some_and(|g| {
            linker.doc.codebook.reporting.word(CuePart::Verb, lemma(pronoun.sentence, g)).is_some()
        });
        if subject && speaks {
            return false;
        }
        (0..pronoun.at.token).any(|word| {
            let Some(thing) = token(pronoun.sentence, word).filter(|t| t.span.start > from) else {
                return false;
            };
            let stands = match subject {
                true => is_subject(thing.relation),
                false => is_subject(thing.relation) || thing.relation == Relation::Obj,
            };
            let here = At { token: word, ..pronoun.at };
            thing.upos == Upos::Noun
                && is_plural(thing) == many
                && stands
                && linker.out.at(here).is_none()
                && !linker.doc.codebook.mentions.partitive.contains(thing.lemma.to_lowercase().as_str())
        })
    }

    /// Who says what this sentence quotes: the subject of a verb of saying outside of the quotation, here, or in the
    /// sentence before where the quotation goes on, or in that after.
    fn speaker(&self, linker: &Linker<'_, '_>, sentence: u32) -> Option<EntityId> {
        [Some(sentence), sentence.checked_sub(1), Some(sentence + 1)].into_iter().flatten().find_map(
            |index| {
                let words = linker.doc.sentences.get(index as usize)?;
                let says = |m: &&EntityMention| {
                    let stands = standing(words, m.head);
                    is_subject(stands.relation)
                        && stands
                            .governor
                            .is_some_and(|g| linker.doc.codebook.mentions.saying.contains(lemma(words, g)))
                        && !self.quotations.hold(m.span.start)
                };
                self.mentions_in(linker, index).find(says).map(|m| m.entity)
            },
        )
    }
}

/// A pronoun and how it stands.
struct Pronoun<'s> {
    at: At,
    asks: Asks,
    sentence: &'s Sentence,
    relation: Relation,
    governor: Option<u32>,
    possessive: bool,
    clause: Option<u32>,
    quoted: bool,
    speaker: Option<EntityId>,
}

impl Pronoun<'_> {
    /// How likely the pronoun takes up this mention, which may be quoted; nothing where it cannot.
    fn weigh(
        &self,
        linker: &Linker<'_, '_>,
        mention: &EntityMention,
        distance: u32,
        quoted: bool,
    ) -> Option<i32> {
        let referent = linker.out.get(mention.entity)?;
        let facts = linker.facts.get(mention.entity.index());
        let gender = facts.and_then(|f| f.gender);
        let plural = facts.is_some_and(|f| f.plural);
        let person = referent.kind == EntityKind::Person;
        let theirs = linker.doc.sentences.get(mention.sentence as usize)?;
        let stands = standing(theirs, mention.head);
        let subject = is_subject(stands.relation);
        let mut weight = match self.asks {
            Asks::He | Asks::She => {
                if !person || plural || gender.is_some() && gender != self.asks.gender() {
                    return None;
                }
                i32::from(gender.is_some()) * 2
            }
            Asks::They => {
                let many = plural || referent.kind == EntityKind::Group;
                let body = referent.kind == EntityKind::Organization && subject && distance < 2;
                if !(many || body) {
                    return None;
                }
                i32::from(many) * 3
            }
            Asks::It => {
                if plural || person {
                    return None;
                }
                // Things are taken up by "it" as well: only a subject is prominent enough.
                if distance > 1 || !subject || distance == 1 && !is_main_subject(theirs, stands.governor) {
                    return None;
                }
                if distance == 1 && !opens(self.sentence, self.at.token) {
                    return None;
                }
                0
            }
            Asks::Relative => return None,
        };
        if self.quoted && self.speaker == Some(mention.entity) {
            return None;
        }
        if distance == 0 && mention.form != MentionForm::Pronoun && self.says_of(linker, mention.head) {
            return None;
        }
        // "Kerry met him": whoever does something to "him" is another, unless it says "himself".
        if distance == 0 && !self.possessive && self.governor.is_some() && stands.governor == self.governor {
            return None;
        }
        if distance == 0 && !self.possessive && !is_subject(self.relation) && subject {
            let same = self.clause.is_some() && self.clause == stands.governor;
            if same {
                return None;
            }
        }
        weight += self.stand(linker, theirs, &stands, distance);
        if distance == 0 && !quoted {
            weight += self.parallel(linker, mention);
        }
        // Whom a quotation speaks of is not taken up outside of it while somebody else is at hand.
        weight -= i32::from(!self.quoted && quoted) * 6;
        weight += i32::from(person && facts.is_some_and(|f| f.named));
        weight += i32::from(mention.form == MentionForm::Pronoun);
        Some(weight)
    }

    /// What the standing of a mention in its sentence adds.
    fn stand(&self, linker: &Linker<'_, '_>, theirs: &Sentence, stands: &Standing, distance: u32) -> i32 {
        let subject = is_subject(stands.relation);
        let saying =
            stands.governor.is_some_and(|g| linker.doc.codebook.mentions.saying.contains(lemma(theirs, g)));
        let mut weight = if subject { 4 } else { 0 };
        weight += i32::from(saying && subject);
        weight += i32::from(stands.relation != Relation::NmodPoss || self.possessive);
        weight -= i32::from(stands.relation == Relation::Compound) * 3;
        if distance == 0 && subject && self.hangs_below(stands.governor) {
            weight += 2;
        }
        // "Police held four men. They were freed": whom something is done to goes on being so.
        let patient = matches!(stands.relation, Relation::Obj | Relation::NsubjPass);
        let apart = distance > 0 || !self.hangs_below(stands.governor);
        if self.relation == Relation::NsubjPass && apart && patient {
            weight += if subject { 1 } else { 5 };
        }
        weight - PER_SENTENCE * distance as i32
    }

    /// The weight of two or more people joined, as "they" takes them up.
    fn weigh_pair(&self, linker: &Linker<'_, '_>, mention: &EntityMention, distance: u32) -> Option<i32> {
        let referent = linker.out.get(mention.entity)?;
        if referent.kind != EntityKind::Person || linker.facts.get(mention.entity.index())?.plural {
            return None;
        }
        let theirs = linker.doc.sentences.get(mention.sentence as usize)?;
        let joined = theirs
            .children_as(mention.head, Relation::Conj)
            .any(|c| token(theirs, c).is_some_and(is_nominal));
        joined.then(|| self.stand(linker, theirs, &standing(theirs, mention.head), distance) + 3)
    }

    /// Whether the pronoun is part of what hangs on this word.
    fn hangs_below(&self, word: Option<u32>) -> bool {
        let mut up = self.governor;
        for _ in 0..20 {
            match up {
                Some(at) if Some(at) == word => return true,
                Some(at) => up = token(self.sentence, at).and_then(|t| t.head),
                None => return false,
            }
        }
        false
    }
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
        if mention.form != MentionForm::Nominal {
            continue;
        }
        // "his government" is that of the president's country, not of the one that the report is about.
        let guessed = linker.facts.get(mention.entity.index()).is_some_and(|f| f.guessed)
            && linker.doc.codebook.mentions.administrations.contains(head.to_lowercase().as_str());
        if linker.out.get(mention.entity).is_none_or(|r| r.country.is_some() && !guessed) {
            continue;
        }
        let owner = sentence
            .children_as(mention.head, Relation::NmodPoss)
            .find_map(|c| linker.out.at(At { sentence: mention.sentence, token: c }))
            .and_then(|id| linker.out.get(id));
        let (country, sector) = owner.map_or((None, None), |o| (o.belonging(), o.sectors.first().copied()));
        // "the suspects' home countries" are not suspects.
        let apart = linker.doc.codebook.mentions.country_anaphors.contains(head);
        if let Some(referent) = linker.out.list.get_mut(mention.entity.index()) {
            referent.set_belonging(country.filter(|_| !apart).or(referent.belonging()));
            if referent.sectors.is_empty() && referent.kind != EntityKind::Country && !apart {
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
