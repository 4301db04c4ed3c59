use crate::document::{At, Document};
use crate::entities::Entities;
use crate::places::Places;
use crate::reading::{EntityId, EntityKind, PlaceId, Precision};
use compact_str::CompactString;
use dateline_codebook::Code;
use dateline_codebook::shape::WordSet;
use dateline_syntax::{Relation, Upos, Xpos};

/// Prepositions after which a country is where something is.
pub(crate) const INSIDE: &[&str] = &["across", "in", "inside", "throughout"];

/// Tells who stands at a word, and whether a word fits what a pattern asks of it.
#[derive(Clone, Copy)]
pub(crate) struct Parties<'a> {
    pub(crate) doc: &'a Document<'a>,
    pub(crate) entities: &'a Entities,
    pub(crate) places: &'a Places,
}

/// Someone who can fill a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Party {
    /// An entity that the text mentions.
    Entity(EntityId),
    /// A country, behind one of its places or its adjective; not yet an entity.
    Country(Code, At),
}

impl Parties<'_> {
    /// Who stands at a word: its entity, else the country of its place or adjective, else whoever owns or makes up
    /// the thing that the word names ("the army's operation", "thousands of protesters").
    pub(crate) fn at(&self, at: At) -> Option<Party> {
        // A dictionary has said all that it knows of a phrase.
        if self.doc.codebook.dictionary.is_some() {
            return self.entities.at(at).map(Party::Entity);
        }
        self.search(at, 0)
    }

    fn search(&self, at: At, depth: u8) -> Option<Party> {
        if let Some(party) = self.named(at) {
            return Some(party);
        }
        let sentence = self.doc.sentence(at);
        let token = self.doc.token(at);
        if depth > 2
            || matches!(token.upos, Upos::Pron | Upos::Verb)
            || matches!(token.xpos, Xpos::Wdt | Xpos::Wp)
        {
            return None;
        }
        let there = |token: u32| At { sentence: at.sentence, token };
        // The last words of a name may be all of it that is known: "Benjamim Netanyahu".
        if let Some(party) = sentence.children_as(at.token, Relation::Flat).find_map(|c| self.named(there(c)))
        {
            return Some(party);
        }
        // "the border with Chad"
        let shared = matches!(token.lemma.as_str(), "border" | "frontier" | "boundary");
        let whose: &[&str] = if shared { &["of", "by", "with"] } else { &["of", "by"] };
        // "the purchase of the unit by the oil firm": a deed is its doer's.
        let by = |word: u32| {
            let mut below = sentence.children_as(word, Relation::Nmod);
            below.find(|&c| self.is_under(there(c), &["by"]))
        };
        let mut of =
            sentence.children_as(at.token, Relation::Nmod).filter(|&c| self.is_under(there(c), &["of"]));
        if let Some(doer) = by(at.token).or_else(|| of.find_map(by))
            && let Some(found) = self.search(there(doer), depth + 1)
        {
            return Some(found);
        }
        // "the Soviet occupation of their country": so is it of the people named before it.
        let of_somebody =
            sentence.children_as(at.token, Relation::Nmod).any(|c| self.is_under(there(c), &["of"]));
        let people = sentence.children_as(at.token, Relation::Amod).find_map(|c| self.named(there(c)));
        if let Some(people) = people.filter(|p| of_somebody && matches!(p, Party::Country(..))) {
            return Some(people);
        }
        // "a U.S. court injunction": a body counts for more than the country it is of.
        let mut compounds = sentence.children_as(at.token, Relation::Compound).filter_map(|c| {
            let token = there(c);
            self.named(token).filter(|_| self.doc.token(token).upos == Upos::Noun)
        });
        let of_country = |c: u32| matches!(self.named(there(c)), Some(Party::Country(..)));
        if sentence.children_as(at.token, Relation::Compound).any(of_country)
            && let Some(body) = compounds.find(|p| self.is_body(*p))
        {
            return Some(body);
        }
        for relation in
            [Relation::NmodPoss, Relation::Nmod, Relation::Compound, Relation::Amod, Relation::NmodDesc]
        {
            for child in sentence.children_as(at.token, relation) {
                let found = match relation {
                    Relation::Nmod if !self.is_under(there(child), whose) => None,
                    Relation::NmodPoss | Relation::Nmod => self.search(there(child), depth + 1),
                    // "U.S. war plans": the name may modify the modifier.
                    Relation::Compound => self.named(there(child)).or_else(|| {
                        let mut below = sentence.children_as(child, Relation::Compound);
                        below.find_map(|c| self.named(there(c)))
                    }),
                    _ => self.named(there(child)),
                };
                if found.is_some() {
                    return found;
                }
            }
        }
        if let Some((_, found)) = self.joined_doer(at) {
            return Some(found);
        }
        // "a demand from Chad", "the text proposed by Chad", "targets in Chad"
        let maker =
            sentence.children_as(at.token, Relation::Nmod).filter(|&c| self.is_under(there(c), &["from"]));
        if let Some(found) = maker.chain(self.agent_of(at)).find_map(|c| self.search(there(c), depth + 1)) {
            return Some(found);
        }
        let inside = sentence
            .children_as(at.token, Relation::Nmod)
            .filter(|&c| depth == 0 && self.is_under(there(c), INSIDE));
        inside.into_iter().find_map(|c| {
            let country = self.places.at(there(c)).and_then(|p| self.country_of(p))?;
            Some(Party::Country(country, there(c)))
        })
    }

    /// Who does, holds or owns a thing, by a participle that a hyphen joins to his name: "a Saudi-led strike".
    pub(crate) fn joined_doer(&self, at: At) -> Option<(u32, Party)> {
        let sentence = self.doc.sentence(at);
        let participles = sentence.children_as(at.token, Relation::Amod).filter(|&c| {
            let token = &sentence.tokens[c as usize];
            token.upos == Upos::Verb && self.doc.codebook.clauses.is_done_by(&token.lemma)
        });
        participles.flat_map(|c| sentence.children(c).map(move |child| (c, child))).find_map(|(c, child)| {
            let hyphen = child + 1 < c && sentence.tokens[child as usize + 1].xpos == Xpos::Hyph;
            let party = self.named(At { sentence: at.sentence, token: child }).filter(|_| hyphen)?;
            Some((child, party))
        })
    }

    fn is_body(&self, party: Party) -> bool {
        let Party::Entity(id) = party else { return false };
        self.entities.get(id).is_some_and(|e| e.kind == EntityKind::Organization)
    }

    /// Whom a participle behind a noun names as the one who did it: "the text proposed by Chad", "bombs fired by the troops".
    pub(crate) fn agent_of(&self, at: At) -> Option<u32> {
        let sentence = self.doc.sentence(at);
        let mut below = sentence
            .children_as(at.token, Relation::Acl)
            .filter(|&c| sentence.tokens[c as usize].xpos == Xpos::Vbn)
            .flat_map(|c| sentence.children(c));
        below.find(|&c| self.is_under(At { token: c, ..at }, &["by"]))
    }

    /// Whether a word stands for somebody only since he has the thing: "a Cuban-owned ship" may do what Cuba does not.
    pub(crate) fn is_holding(&self, at: At, party: Party) -> bool {
        let sentence = self.doc.sentence(at);
        self.named(at).is_none()
            && self.joined_doer(at).is_some_and(|(child, doer)| {
                let participle = sentence.tokens[child as usize].head;
                doer == party
                    && participle.is_some_and(|p| {
                        self.doc.codebook.clauses.is_holding(&sentence.tokens[p as usize].lemma)
                    })
            })
    }

    /// Who is mentioned at this very word.
    pub(crate) fn named(&self, at: At) -> Option<Party> {
        if let Some(entity) = self.entities.at(at) {
            return Some(Party::Entity(entity));
        }
        if self.doc.codebook.dictionary.is_some() {
            return None;
        }
        let of_place = self.places.at(at).and_then(|p| self.country_of(p));
        let country = of_place.or_else(|| self.entities.demonym_at(at));
        country.map(|code| Party::Country(code, at))
    }

    /// Whether somebody is one that another owns: "its troops", the bare "troops" that a country sends. A neighbour or
    /// rival is not.
    pub(crate) fn is_arm_of(&self, at: At, owners: &[Party]) -> bool {
        const ARMS: &[&str] = &["COP", "GOV", "MIL", "PRM", "SPY", "UAF"];
        const SENT: &[&str] = &[
            "ambassador",
            "consul",
            "diplomat",
            "envoy",
            "inspector",
            "monitor",
            "observer",
            "peacekeeper",
            "staff",
        ];
        let Some(Party::Entity(id)) = self.named(at) else { return false };
        let sent = SENT.contains(&self.doc.token(at).lemma.as_str());
        let arm = sent
            || self.entities.get(id).is_some_and(|e| {
                matches!(e.kind, EntityKind::Group | EntityKind::Organization)
                    && e.sectors.iter().any(|s| ARMS.contains(&s.as_str()))
            });
        if !arm {
            return false;
        }
        let sentence = self.doc.sentence(at);
        let mut possessors = sentence.children_as(at.token, Relation::NmodPoss).peekable();
        if possessors.peek().is_some() || sent {
            return possessors.any(|owner| {
                let owner = self.named(At { sentence: at.sentence, token: owner });
                owner.is_some_and(|owner| owners.contains(&owner))
            });
        }
        let country = |party: &Party| match *party {
            Party::Country(code, _) => Some(code),
            Party::Entity(id) => self.entities.get(id).and_then(|e| e.country),
        };
        let own = self.entities.get(id).and_then(|e| e.country);
        let bare = sentence.children(at.token).all(|c| {
            let token = &sentence.tokens[c as usize];
            matches!(token.relation, Relation::Nummod | Relation::Conj | Relation::Cc | Relation::Compound)
                && token.upos != Upos::Propn
        });
        bare && owners.iter().any(|owner| own.is_none() || country(owner) == own)
    }

    fn country_of(&self, place: PlaceId) -> Option<Code> {
        let place = self.places.get(place)?;
        place.country
    }

    /// Whether the word stands after one of these prepositions.
    pub(crate) fn is_under(&self, at: At, prepositions: &[&str]) -> bool {
        let sentence = self.doc.sentence(at);
        let mut cases = sentence.children_as(at.token, Relation::Case);
        cases.any(|c| prepositions.contains(&sentence.tokens[c as usize].lemma.as_str()))
    }

    /// Whether a preposition before the word tells where something is.
    pub(crate) fn is_in_surroundings(&self, at: At) -> bool {
        let sentence = self.doc.sentence(at);
        let mut cases = sentence.children_as(at.token, Relation::Case);
        let surroundings = &self.doc.codebook.mentions.surroundings;
        cases.any(|c| surroundings.contains(sentence.tokens[c as usize].lemma.as_str()))
    }

    /// Whether a word stands for a country only since what it names is there: "shares in Japan". Such a thing can be
    /// acted upon, but does not act.
    pub(crate) fn is_around(&self, at: At, party: Party) -> bool {
        matches!(party, Party::Country(_, place) if place != at && self.is_under(place, INSIDE))
    }

    /// Whether a word stands for somebody only since a common noun before it does: "refugee status", "jury trial".
    pub(crate) fn is_of_kind(&self, at: At, party: Party) -> bool {
        let sentence = self.doc.sentence(at);
        self.named(at).is_none()
            && sentence.children_as(at.token, Relation::Compound).any(|token| {
                sentence.tokens[token as usize].upos == Upos::Noun
                    && self.named(At { token, ..at }) == Some(party)
            })
    }

    /// Whether whoever modifies an event noun does what it says: "army offensive", but not "school massacre".
    pub(crate) fn can_act(&self, at: At, party: Party) -> bool {
        const ACTIVE: &[&str] = &[
            "COP", "CRM", "GOV", "IGO", "JUD", "LAB", "LEG", "MIL", "OPP", "PRM", "PTY", "REB", "SPY", "UAF",
        ];
        let Party::Entity(id) = party else {
            // "the Lockerbie bombing": a town tells where it was, and acts only as the seat of a government.
            let town = self.places.at(at).and_then(|p| self.places.get(p));
            return town.is_none_or(|p| p.precision == Precision::Country);
        };
        let Some(entity) = self.entities.get(id) else { return false };
        let named = matches!(self.doc.token(at).upos, Upos::Propn | Upos::Adj);
        named
            || entity.kind == EntityKind::Country
            || entity.sectors.iter().any(|s| ACTIVE.contains(&s.as_str()))
    }

    /// Whether the word is one of a set's lemmas, joined ones with their modifiers, and none that it bars.
    pub(crate) fn is_word(&self, at: At, set: &WordSet) -> bool {
        self.asked(at, set).is_some()
    }

    /// How many modifiers the set asks for with the word, if it is one of the set's.
    pub(crate) fn asked(&self, at: At, set: &WordSet) -> Option<u32> {
        if self.modifiers(at, &set.not_words).is_some() {
            return None;
        }
        if set.words.is_empty() { Some(0) } else { self.modifiers(at, &set.words) }
    }

    /// The number of modifiers of the longest of these lemmas that the word is.
    fn modifiers(&self, at: At, words: &[CompactString]) -> Option<u32> {
        if words.is_empty() {
            return None;
        }
        let token = self.doc.token(at);
        let capitals = token.lemma.chars().any(char::is_uppercase);
        let lower = if capitals { token.lemma.to_lowercase() } else { token.lemma.clone() };
        // A sum of money goes by the name of its currency.
        let ending = if token.upos == Upos::Sym { words } else { WordSet::ending(words, &lower) };
        let fitting = ending.iter().filter(|w| self.is_lemma(at, w));
        fitting.map(|w| w.bytes().filter(|b| *b == b'_').count() as u32).max()
    }

    /// Whether a word has this lemma; the parts of a joined one before the last must modify or precede it.
    pub(crate) fn is_lemma(&self, at: At, lemma: &str) -> bool {
        let own = &self.doc.token(at).lemma;
        // A sum of money goes by the name of its currency.
        if self.doc.token(at).upos == Upos::Sym && matches!(lemma, "dollar" | "money") {
            return true;
        }
        match lemma.rsplit_once('_') {
            None => same(own, lemma),
            Some((modifiers, head)) => {
                same(own, head)
                    && modifiers.split('_').rev().enumerate().all(|(back, modifier)| {
                        let sentence = self.doc.sentence(at);
                        let words =
                            (0..at.token).rev().filter(|&w| sentence.tokens[w as usize].xpos != Xpos::Hyph);
                        let before = words.into_iter().nth(back);
                        let is = |word: u32| {
                            let token = &sentence.tokens[word as usize];
                            same(&token.lemma, modifier) || same(token.span.of(self.doc.text()), modifier)
                        };
                        // "death and injury toll" is a death toll.
                        let joined = |back: u32| at.token.checked_sub(back).filter(|_| at.token > 3);
                        let across =
                            joined(2).is_some_and(|w| sentence.tokens[w as usize].upos == Upos::Cconj);
                        before.is_some_and(is)
                            || sentence.children(at.token).take_while(|&c| c < at.token).any(is)
                            || (across && back == 0 && joined(3).is_some_and(is))
                    })
            }
        }
    }

    /// Whether whoever stands at a word fits a role's restrictions.
    pub(crate) fn fits(&self, at: At, party: Party, set: &WordSet) -> bool {
        if set.is_empty() {
            return true;
        }
        let kind = |kind: &CompactString| self.is_kind(at, party, kind);
        // "a handful of demonstrators": the noun behind "of" tells who they are.
        let counted = self.doc.sentence(at).children_as(at.token, Relation::Nmod).find(|&c| {
            let there = At { token: c, ..at };
            self.is_under(there, &["of"])
                && self.doc.token(there).xpos == Xpos::Nns
                && self.entities.mention_at(at).is_some_and(|m| m.first <= c && c < m.end)
        });
        let own = |words: &[CompactString]| self.modifiers(at, words).is_some();
        let word = |words: &[CompactString]| {
            own(words) || counted.is_some_and(|c| self.modifiers(At { token: c, ..at }, words).is_some())
        };
        let wanted = set.words.is_empty() && set.kinds.is_empty();
        (wanted || word(&set.words) || set.kinds.iter().any(kind))
            && !word(&set.not_words)
            && !set.not_kinds.iter().any(kind)
    }

    fn is_kind(&self, at: At, party: Party, kind: &str) -> bool {
        let Party::Entity(id) = party else {
            // "a rise in France" is no country.
            let around =
                matches!(party, Party::Country(_, place) if place != at && self.is_under(place, INSIDE));
            return kind == "COUNTRY" && !around;
        };
        let Some(entity) = self.entities.list.get(id.index()) else { return false };
        match kind {
            "COUNTRY" => entity.kind == EntityKind::Country,
            "PERSON" => {
                matches!(entity.kind, EntityKind::Person | EntityKind::Group)
                    && self.entities.at(at).is_some()
            }
            "BODY" => entity.kind == EntityKind::Organization && self.entities.at(at).is_some(),
            code => Code::new(code).is_some_and(|c| entity.sectors.contains(&c) || entity.country == Some(c)),
        }
    }
}

fn same(a: &str, b: &str) -> bool {
    a == b || (a.len() == b.len() && a.eq_ignore_ascii_case(b))
}
