//! Where an event is: from its own clause, from the words that hang on it, or from what they take up.

use super::Read;
use crate::document::At;
use crate::frames::{Frame, FrameKind};
use crate::noun_phrase::{lemma, preposition, token};
use crate::places::PlaceMention;
use crate::reading::{PlaceId, Precision};
use dateline_syntax::{Relation, Sentence, Upos};

/// How far a chain of nouns between a place and its event may reach: "in a suburb of the capital of the province".
const FARTHEST: usize = 8;

/// How many clauses an event may take its place through.
const CLAUSES: usize = 4;

impl Read<'_> {
    /// The place of a frame; the finest where its own clause tells several.
    pub(super) fn place_of(&self, index: usize, frame: &Frame) -> Option<PlaceId> {
        self.place_within(index, frame, CLAUSES)
    }

    fn place_within(&self, index: usize, frame: &Frame, depth: usize) -> Option<PlaceId> {
        let depth = depth.checked_sub(1)?;
        let told = self.told(index, frame).or_else(|| self.taken_up(index, frame));
        let told = told.or_else(|| self.of_antecedent(frame));
        told.or_else(|| self.of_neighbour(index, frame, depth))
    }

    /// The finest place that the frame's own words tell.
    fn told(&self, index: usize, frame: &Frame) -> Option<PlaceId> {
        let mentions = self.parties.places.mentions.iter();
        let here = mentions.filter(|m| m.sentence == frame.sentence && !m.metonymic && !m.nested);
        let mut best: Option<(Precision, PlaceId)> = None;
        for mention in here {
            let Some(above) = self.standing_of(frame.sentence, mention.head) else { continue };
            if !self.belongs(index, frame, above) {
                continue;
            }
            let Some(place) = self.parties.places.get(mention.place) else { continue };
            if best.is_none_or(|(precision, _)| place.precision < precision) {
                best = Some((place.precision, mention.place));
            }
        }
        best.map(|(_, place)| place)
    }

    /// Whether what hangs on the word `above` is told of the frame: the nearest predicate above is its own or that of the
    /// verb that carries it.
    fn belongs(&self, index: usize, frame: &Frame, above: u32) -> bool {
        let owner = self.predicate_above(frame.sentence, above);
        let carrier =
            frame.carrier.and_then(|c| self.frames.index_at(At { sentence: frame.sentence, token: c }));
        owner == Some(index) || owner.is_some() && owner == carrier
    }

    /// The nearest frame at a word or above it; nouns that turned out to be no events are passed over.
    fn predicate_above(&self, sentence: u32, word: u32) -> Option<usize> {
        let tree = self.doc.sentences.get(sentence as usize)?;
        let mut at = word;
        for _ in 0..tree.tokens.len() {
            if let Some(index) = self.frames.index_at(At { sentence, token: at })
                && (self.frames.list[index].kind == FrameKind::Clause || self.matches.best[index].is_some())
            {
                return Some(index);
            }
            at = token(tree, at)?.head?;
        }
        None
    }

    /// The word that a phrase headed by `head` tells the place of; `None` where the phrase only says which somebody is
    /// meant ("a senator from Texas", "the mayor of Kabul", "Kabul residents").
    fn standing_of(&self, sentence: u32, head: u32) -> Option<u32> {
        let tree = self.doc.sentences.get(sentence as usize)?;
        let words = &self.doc.codebook.mentions;
        let mut at = head;
        for _ in 0..FARTHEST {
            let word = token(tree, at)?;
            let governor = word.head;
            let governing = governor.map_or("", |g| lemma(tree, g));
            match preposition(tree, at).map(|p| lemma(tree, p)) {
                Some(
                    "in" | "at" | "near" | "inside" | "outside" | "around" | "across" | "throughout"
                    | "along" | "over" | "within" | "off" | "on" | "amid" | "above" | "beneath" | "under"
                    | "behind" | "beside" | "next" | "via",
                ) => return governor,
                Some("to" | "into" | "toward" | "towards" | "onto" | "through" | "from" | "between") => {
                    let moves = words.motion.contains(governing) || words.place_objects.contains(governing);
                    return governor.filter(|_| moves);
                }
                Some("of" | "for" | "against") => {
                    let governor = governor?;
                    if self.is_event_noun(sentence, governor) {
                        return Some(governor);
                    }
                    if !self.is_site(tree, governor) {
                        return None;
                    }
                    at = governor;
                    continue;
                }
                Some(_) => return None,
                None => {}
            }
            match word.relation {
                Relation::Compound | Relation::NmodPoss | Relation::Amod | Relation::Nmod | Relation::Det => {
                    let governor = governor?;
                    if self.is_event_noun(sentence, governor) {
                        return Some(governor);
                    }
                    if !self.is_site(tree, governor) {
                        return None;
                    }
                    at = governor;
                }
                Relation::Appos
                | Relation::Flat
                | Relation::NmodDesc
                | Relation::Conj
                | Relation::NmodUnmarked
                | Relation::List
                | Relation::Parataxis
                | Relation::Dep => {
                    let governor = governor?;
                    if !self.is_site(tree, governor) && !self.is_toponym(sentence, governor) {
                        return None;
                    }
                    at = governor;
                }
                Relation::Obj
                    if words.place_objects.contains(governing) || words.motion.contains(governing) =>
                {
                    return governor;
                }
                Relation::NsubjPass if words.place_objects.contains(governing) => return governor,
                Relation::OblUnmarked => return governor,
                _ => return None,
            }
        }
        None
    }

    fn is_event_noun(&self, sentence: u32, word: u32) -> bool {
        let index = self.frames.index_at(At { sentence, token: word });
        index.is_some_and(|i| self.frames.list[i].kind == FrameKind::Noun && self.matches.best[i].is_some())
    }

    fn is_toponym(&self, sentence: u32, word: u32) -> bool {
        self.parties.places.mention_at(At { sentence, token: word }).is_some()
    }

    /// Whether a noun is itself somewhere: a building, a settlement, a part of one, a border.
    fn is_site(&self, tree: &Sentence, word: u32) -> bool {
        let lemma = lemma(tree, word).to_lowercase();
        let words = &self.doc.codebook.mentions;
        let nominal = token(tree, word).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn));
        nominal
            && (self.doc.codebook.place_words.facilities.contains(lemma.as_str())
                || self.doc.codebook.place_words.settlements.contains(lemma.as_str())
                || words.place_heads.contains(lemma.as_str())
                || words.directions.contains(lemma.as_str())
                || self.doc.codebook.place_words.parts.contains(lemma.as_str()))
    }

    /// "there", "in the city", "the same village": the place named last that fits.
    fn taken_up(&self, index: usize, frame: &Frame) -> Option<PlaceId> {
        let tree = self.doc.sentences.get(frame.sentence as usize)?;
        for (at, word) in (0_u32..).zip(&tree.tokens) {
            let there = word.lemma == "there" && word.relation == Relation::Advmod;
            let fits: fn(Precision) -> bool = match word.lemma.as_str() {
                "there" if there => |_| true,
                "city" | "town" | "village" | "capital" | "port" => |p| p <= Precision::City,
                "district" | "county" => |p| p == Precision::District,
                "province" | "state" | "region" | "governorate" => {
                    |p| matches!(p, Precision::Province | Precision::Region)
                }
                _ => continue,
            };
            let definite = there
                || tree
                    .children_as(at, Relation::Det)
                    .any(|d| matches!(lemma(tree, d), "the" | "this" | "that"))
                    && tree.children(at).all(|c| {
                        token(tree, c).is_some_and(|t| {
                            matches!(
                                t.relation,
                                Relation::Det | Relation::Case | Relation::Punct | Relation::Amod
                            ) && !self.is_toponym(frame.sentence, c)
                        })
                    });
            if !definite {
                continue;
            }
            let above = if there { word.head } else { self.standing_of(frame.sentence, at) };
            if above.is_some_and(|above| self.belongs(index, frame, above)) {
                return self.named_before(At { sentence: frame.sentence, token: at }, fits);
            }
        }
        None
    }

    /// The place named last before a word, of those that are precise enough.
    fn named_before(&self, at: At, fits: fn(Precision) -> bool) -> Option<PlaceId> {
        let before = |m: &&PlaceMention| {
            (m.sentence, m.head) < (at.sentence, at.token) && m.sentence + 3 >= at.sentence
        };
        let mentions = self.parties.places.mentions.iter().rev().filter(before);
        let mut fitting = mentions
            .filter(|m| !m.metonymic && !m.nested)
            .filter(|m| self.parties.places.get(m.place).is_some_and(|place| fits(place.precision)));
        fitting.next().map(|m| m.place)
    }

    /// "Peshawar, where gunmen killed", "a school in Peshawar where": the place of what the relative clause hangs on.
    fn of_antecedent(&self, frame: &Frame) -> Option<PlaceId> {
        let tree = self.doc.sentences.get(frame.sentence as usize)?;
        let word = token(tree, frame.predicate)?;
        let relative = matches!(word.relation, Relation::AclRelcl | Relation::AdvclRelcl);
        let antecedent = word.head.filter(|_| relative)?;
        let (first, end) = tree.subtree(frame.predicate);
        let placed = (first..end).any(|at| {
            let lower = lemma(tree, at);
            let own = token(tree, at).is_some_and(|t| t.head == Some(frame.predicate));
            lower == "where" && own
                || lower == "which"
                    && preposition(tree, at).is_some_and(|p| matches!(lemma(tree, p), "in" | "at"))
        });
        if !placed {
            return None;
        }
        let own = self.parties.places.mention_at(At { sentence: frame.sentence, token: antecedent });
        own.filter(|m| !m.nested).map(|m| m.place).or_else(|| self.on_word(frame.sentence, antecedent))
    }

    /// The finest place that hangs on a noun: "a school in Peshawar".
    fn on_word(&self, sentence: u32, noun: u32) -> Option<PlaceId> {
        let mentions = self.parties.places.mentions.iter();
        let here = mentions.filter(|m| m.sentence == sentence && !m.metonymic && !m.nested);
        let hanging = here.filter(|m| self.standing_of(sentence, m.head) == Some(noun));
        let precision = |m: &&PlaceMention| self.parties.places.get(m.place).map(|place| place.precision);
        hanging.min_by_key(precision).map(|m| m.place)
    }

    /// The place of a clause or event that shares this one's scene: the clause above a participle or a second verb, the
    /// verb over an event noun, the event that is the subject ("The blast in Quetta killed two").
    fn of_neighbour(&self, index: usize, frame: &Frame, depth: usize) -> Option<PlaceId> {
        let tree = self.doc.sentences.get(frame.sentence as usize)?;
        let word = token(tree, frame.predicate)?;
        let at = |token: u32| self.frames.index_at(At { sentence: frame.sentence, token });
        let above = match word.relation {
            Relation::Advcl if word.xpos == dateline_syntax::Xpos::Vbg => word.head,
            Relation::Conj
                if frame.kind == FrameKind::Clause
                    && !super::circumstances::has_subject(tree, frame.predicate) =>
            {
                word.head
            }
            Relation::Nsubj | Relation::Obj | Relation::NsubjPass if frame.kind == FrameKind::Noun => {
                word.head
            }
            _ => None,
        };
        let subject = frame.subject.iter().copied().filter(|&s| self.is_event_noun(frame.sentence, s));
        let neighbours = above.into_iter().chain(subject).filter_map(at).filter(|&other| other != index);
        neighbours.into_iter().find_map(|other| {
            let other_frame = &self.frames.list[other];
            let cue = lemma(tree, other_frame.predicate);
            if self.doc.codebook.reporting.cue(cue).is_some() {
                return None;
            }
            let told = self.told(other, other_frame).or_else(|| self.taken_up(other, other_frame));
            told.or_else(|| match above {
                Some(_) => self.place_within(other, other_frame, depth),
                None => None,
            })
        })
    }
}
