//! Whoever is acted upon, where the pattern does not say.

mod bystanders;

use super::Read;
use crate::document::At;
use crate::frames::{Frame, FrameKind, Mood, Oblique};
use crate::matching::Match;
use crate::parties::{INSIDE, Party};
use crate::reading::PlaceId;
use dateline_syntax::{Relation, Upos, Xpos};

/// Prepositions of those whom an act is meant for, the likeliest first.
const TOWARDS: &[&str] =
    &["with", "to", "against", "toward", "towards", "on", "for", "from", "at", "of", "between"];

/// Of those named deeper inside what an act is about, these are whom it concerns: "weapons seized from the army".
const ABOUT: &[&str] = &[
    "about", "against", "at", "between", "for", "from", "into", "of", "on", "onto", "over", "to", "toward",
    "towards", "upon", "with",
];

/// How far down a noun phrase whom it concerns is looked for.
const DEEPEST: u8 = 5;

/// How many words of them are looked at.
const WIDEST: usize = 64;

/// Where inside what an act is about somebody or something is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// In what hangs on the object, but not in its aims.
    Object,
    /// In whatever hangs on the clause's objects, obliques and purposes.
    Wide,
}

impl Read<'_> {
    /// Those words that a pattern gives as recipients at which one can stand: neither the court that is to judge, nor
    /// whose freedom is wanted.
    pub(super) fn meant(&self, frame: &Frame, found: &Match) -> Vec<u32> {
        let search = Search::new(self, frame.sentence, &found.actors, found);
        // "refused a rebel appeal for the release of the men": refused are those whose appeal it was.
        let rejects = self.doc.codebook.ontology.get(found.event).name == "REJECT";
        let asked = frame.object.iter().copied().find(|&w| {
            rejects
                && self.doc.codebook.clauses.is_answered(&self.doc.token(search.there(w)).lemma)
                && search.known(w)
        });
        if let Some(asked) = asked {
            return vec![asked];
        }
        found.recipients.iter().copied().filter(|&w| !search.is_bystander(search.there(w))).collect()
    }

    /// Words at which whoever is acted upon stands: the frame's object, what it is done with, to or against, or the
    /// same of the clause inside; last whoever is named deeper in what the act is about.
    pub(super) fn recipient_words(&self, frame: &Frame, found: &Match, actors: &[u32]) -> Vec<u32> {
        let search = Search::new(self, frame.sentence, actors, found);
        let own = search.near(frame, found, 0);
        if own.is_empty() { search.deep(frame) } else { own }
    }

    /// The clause that this one is joined to without a subject of its own.
    fn joined_above(&self, frame: &Frame) -> Option<&Frame> {
        use dateline_syntax::Relation as R;
        let sentence = self.doc.sentence(frame.at());
        let token = self.doc.token(frame.at());
        let own = sentence.children_as(frame.predicate, R::Nsubj).next().is_some();
        let head = token.head.filter(|_| token.relation == R::Conj && !own && !frame.passive)?;
        self.frames.at(At { sentence: frame.sentence, token: head }).filter(|above| !above.passive)
    }

    /// The deed of force that a clause has as its object: "condemned the raid on the village".
    pub(super) fn deed_of_object(&self, frame: &Frame) -> Option<&Match> {
        let ontology = &self.doc.codebook.ontology;
        frame.object.iter().find_map(|&token| {
            let index = self.frames.index_at(At { sentence: frame.sentence, token })?;
            // "lodged a protest": under a light verb the noun is the blame itself.
            let apart = self.frames.list[index].carrier != Some(frame.predicate);
            let best = self.matches.best[index].as_ref();
            best.filter(|m| apart && m.noun && ontology.get(m.event).quad == 4)
        })
    }

    /// The place that is named deeper in what an act is about: "dropped an inquiry into killings in Chad".
    pub(super) fn place_about(&self, frame: &Frame, found: &Match) -> Option<PlaceId> {
        if self.speaks_of_deeds(found) && found.inner.is_empty() {
            return None;
        }
        let there = |token: u32| At { sentence: frame.sentence, token };
        let places = self.parties.places;
        let word = self.inside_things(frame, Reach::Wide, |word, _| {
            self.parties.is_under(there(word), INSIDE)
                && places.mention_at(there(word)).is_some_and(|m| !m.metonymic && !m.nested)
        });
        word.and_then(|word| places.at(there(word)))
    }

    /// The first word that is wanted among those that hang on a frame's object and obliques, the nearest first. `wanted`
    /// is told whether the word is an object.
    fn inside_things(&self, frame: &Frame, reach: Reach, wanted: impl Fn(u32, bool) -> bool) -> Option<u32> {
        use Relation as R;
        let sentence = self.doc.sentence(frame.at());
        let mut row: Vec<(u32, u8)> = match frame.kind {
            FrameKind::Clause if reach == Reach::Object => frame.object.iter().map(|&w| (w, 0)).collect(),
            FrameKind::Clause => {
                let things = frame.object.iter().chain(frame.obliques.iter().flat_map(|o| &o.heads));
                let purposes = frame.clauses.iter().filter(|c| matches!(c.link.as_str(), "for" | "to"));
                things.copied().chain(purposes.map(|c| c.predicate)).map(|word| (word, 0)).collect()
            }
            FrameKind::Noun => vec![(frame.predicate, 0)],
        };
        let mut next = 0;
        while let Some(&(word, depth)) = row.get(next) {
            next += 1;
            if depth >= DEEPEST || row.len() > WIDEST {
                continue;
            }
            for child in sentence.children(word) {
                let token = &sentence.tokens[child as usize];
                let direct = matches!(token.relation, R::Obj | R::Iobj);
                // "efforts to end the war", "a grand jury looking into": what is aimed at is another matter.
                let aims = matches!(token.relation, R::Acl | R::Xcomp) && token.xpos != Xpos::Vbn;
                if reach == Reach::Object && aims {
                    continue;
                }
                if !direct && !matches!(token.relation, R::Nmod | R::Acl | R::AclRelcl | R::Obl | R::Xcomp) {
                    continue;
                }
                let clause = matches!(token.upos, Upos::Verb | Upos::Adj);
                if !clause && wanted(child, direct) {
                    return Some(child);
                }
                row.push((child, depth + 1));
            }
        }
        None
    }

    /// Whose prison, camp or custody somebody is held in: "tortured in a Chadian prison".
    pub(super) fn holder(&self, frame: &Frame) -> Holder {
        let sentence = self.doc.sentence(frame.at());
        let held =
            frame.obliques.iter().filter(|o| matches!(o.preposition.as_str(), "at" | "by" | "from" | "in"));
        let custody = held
            .flat_map(|o| &o.heads)
            .filter(|&&w| self.doc.codebook.clauses.is_custody(&sentence.tokens[w as usize].lemma));
        let mut holder = Holder::default();
        for &place in custody {
            let at = At { sentence: frame.sentence, token: place };
            let owner = self
                .parties
                .at(at)
                .filter(|&owner| self.parties.named(at) != Some(owner) && !self.parties.is_around(at, owner));
            holder = Holder { in_custody: true, who: holder.who.or(owner) };
        }
        holder
    }
}

/// Who holds somebody in custody.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Holder {
    /// Whether the clause tells of custody at all.
    pub(super) in_custody: bool,
    pub(super) who: Option<Party>,
}

/// Prepositions that tell for whom something is wanted.
const BENEFIT: &[&str] = &["for", "toward", "towards"];

fn is_benefit(preposition: &str) -> bool {
    BENEFIT.contains(&preposition)
}

/// The search for the recipients of one event.
struct Search<'r, 'a> {
    read: &'r Read<'a>,
    sentence: u32,
    actors: &'r [u32],
    acting: Vec<Party>,
    /// Words to which the pattern has given another part than that of the recipient.
    passed: &'r [u32],
    /// The event is talk about what others did; whoever suffered that is not whom it is meant for.
    blames: bool,
    quad: u8,
    request: bool,
    /// Whoever acts in the clause inside is whom it is meant for: of requests, claims and permissions.
    inner_acts: bool,
    /// Words that the pattern asks for as what is moved, offered or asked for: "called for observers".
    given: &'r [u32],
    /// The event is praise.
    praises: bool,
    /// Whom a crowd is against is more than where it goes.
    protests: bool,
    /// Those whom force is to stop are whom it is used on.
    assaults: bool,
    /// A purpose tells whom it is meant for: of good deeds and of protests.
    purposeful: bool,
}

impl<'r, 'a> Search<'r, 'a> {
    fn new(read: &'r Read<'a>, sentence: u32, actors: &'r [u32], found: &'r Match) -> Self {
        let acting = actors.iter().filter_map(|&token| read.parties.at(At { sentence, token })).collect();
        let rules = read.doc.codebook.ontology.get(found.event);
        let blames = rules.name == "ACCUSE";
        let protests = rules.name == "PROTEST";
        let consults = rules.name == "CONSULT";
        let purposeful = rules.quad <= 2 && !consults || protests;
        let assaults = rules.name == "ASSAULT";
        let praises = rules.name == "SUPPORT";
        let request = rules.name == "REQUEST";
        let inner_acts = matches!(rules.name.as_str(), "ACCUSE" | "CONCEDE" | "REQUEST" | "RETREAT");
        let (passed, quad) = (&found.passed[..], rules.quad);
        let given: &[u32] = if rules.gives { &found.words } else { &[] };
        Self {
            read,
            sentence,
            actors,
            acting,
            passed,
            blames,
            quad,
            request,
            inner_acts,
            given,
            purposeful,
            protests,
            assaults,
            praises,
        }
    }

    fn there(&self, token: u32) -> At {
        At { sentence: self.sentence, token }
    }

    /// Whether somebody stands at a word who is neither an actor nor an arm of one ("withdrew its troops").
    fn known(&self, word: u32) -> bool {
        let at = self.there(word);
        let has_part = self.actors.contains(&word) || self.passed.contains(&word);
        let is_given = self.given.contains(&word) && self.read.parties.entities.at(at).is_some();
        !has_part
            && !is_given
            && !self.is_bystander(at)
            && self.read.parties.at(at).is_some_and(|party| {
                !(self.acting.contains(&party) || self.request && self.read.parties.is_of_kind(at, party))
            })
            && !self.read.parties.is_arm_of(at, &self.acting)
    }

    fn known_of(&self, words: &[u32]) -> Vec<u32> {
        words.iter().copied().filter(|&w| self.known(w)).collect()
    }

    fn near(&self, frame: &Frame, found: &Match, depth: u8) -> Vec<u32> {
        if depth > 0 && !found.recipients.is_empty() {
            return found.recipients.clone();
        }
        let frames = self.read.frames;
        // "said that Chad must leave", "a demand that Chad leave": it is asked of Chad. "alleged that Chad had shelled the
        // town": Chad is blamed. "gave approval for Chad to fly over": it is granted to Chad.
        if depth == 0 && self.inner_acts && frame.object.iter().all(|&w| !self.known(w)) {
            let told = frame.clauses.iter().filter(|c| self.request && c.link.starts_with("that"));
            let told = told.filter_map(|c| frames.index_at(self.there(c.predicate)));
            let assured = self.assured(frame);
            for inner in found.inner.iter().copied().chain(told).chain(assured) {
                let asked = self.known_of(&frames.list[inner].subject);
                if !asked.is_empty() {
                    return asked;
                }
            }
        }
        if frame.kind == FrameKind::Clause {
            if let Some(doers) = self.doers_of_object(frame) {
                return doers;
            }
            let object = self.known_of(&frame.object);
            if !object.is_empty() {
                return object;
            }
        }
        if let Some(target) = self.opposed(frame) {
            return target;
        }
        for preposition in TOWARDS {
            // "defended the plans against criticism from the bishops": those are not praised.
            if self.praises && *preposition == "against" {
                continue;
            }
            let fits = |o: &&Oblique| o.preposition == *preposition && !self.is_means(o);
            for oblique in frame.obliques.iter().filter(fits) {
                // "demanded independence for the island": for whom something is wanted is not asked for it; "asked for a refund
                // from the ministry": from whom it is wanted is.
                let wanted = self.request && is_benefit(preposition);
                let heads = match wanted {
                    true => self.known_of(&self.givers(&oblique.heads)),
                    false => self.known_of(&oblique.heads),
                };
                if !heads.is_empty() {
                    return heads;
                }
            }
        }
        if let Some(meant) = self.on_a_thing(frame) {
            return vec![meant];
        }
        if depth < 4 {
            for &inner in &found.inner {
                let below = &frames.list[inner];
                // "recommended that the ministry be fined": it is not asked to fine itself.
                // "proposed that the conference take up changes to the treaty": where it is not known who is to act, nobody
                // else is asked.
                let subject = below.subject.iter().any(|&w| self.read.parties.at(self.there(w)).is_none());
                let told = frame
                    .clauses
                    .iter()
                    .any(|c| c.predicate == below.predicate && c.link.starts_with("that"));
                if self.request && (below.passive || told && subject) {
                    continue;
                }
                let words = match &self.read.matches.best[inner] {
                    Some(found) => self.near(below, found, depth + 1),
                    None => self.near(below, &Match::bare(found), depth + 1),
                };
                if !words.is_empty() {
                    return words;
                }
            }
            // "warned that the militants …": those of whom it is said.
            for &inner in &found.inner {
                let subject = self.known_of(&frames.list[inner].subject);
                if !subject.is_empty() {
                    return subject;
                }
            }
        }
        self.of_other_clauses(frame, found, depth)
    }

    /// "condemned the raid on the village": blamed is whoever made the raid, not who suffered it; nobody where no one
    /// is named.
    fn doers_of_object(&self, frame: &Frame) -> Option<Vec<u32>> {
        let deed = self.read.deed_of_object(frame).filter(|_| self.blames)?;
        Some(self.known_of(&deed.actors))
    }

    /// "provided $2 million in assistance to Fiji": the one it is meant for may hang on a noun that is nobody.
    fn on_a_thing(&self, frame: &Frame) -> Option<u32> {
        let sentence = self.read.doc.sentence(frame.at());
        let things = frame
            .obliques
            .iter()
            .filter(|o| !(self.is_means(o) || self.praises && o.preposition == "against"))
            .flat_map(|o| &o.heads)
            .filter(|&&w| {
                let at = self.there(w);
                self.read.parties.at(at).is_none_or(|p| self.read.parties.is_around(at, p))
            });
        things.into_iter().find_map(|&noun| {
            sentence.children_as(noun, Relation::Nmod).find(|&c| {
                let mut towards = TOWARDS.iter().filter(|p| !(self.request && is_benefit(p)));
                self.known(c) && towards.any(|p| self.read.parties.is_under(self.there(c), &[p]))
            })
        })
    }

    fn of_other_clauses(&self, frame: &Frame, found: &Match, depth: u8) -> Vec<u32> {
        let frames = self.read.frames;
        // "will not end the strike until the ministry pays": a refusal is meant for whoever it waits for.
        // "will use force if the crowd stays": so is a threat.
        if depth == 0 && (self.quad == 3 || frame.mood == Mood::Future) {
            let inner = found.inner.iter().flat_map(|&inner| &frames.list[inner].clauses);
            let clauses = frame.clauses.iter().chain(inner);
            for waits in clauses.filter(|c| matches!(c.link.as_str(), "if" | "until" | "unless")) {
                let Some(below) = frames.at(self.there(waits.predicate)) else { continue };
                let subject = self.known_of(&below.subject);
                if !subject.is_empty() {
                    return subject;
                }
            }
        }
        // "approached two officers and asked for asylum": it is asked of those just met.
        if depth == 0
            && self.request
            && let Some(above) = self.read.joined_above(frame)
        {
            let met = self.known_of(&above.object);
            let person = |&w: &u32| self.read.parties.entities.at(self.there(w)).is_some();
            if !met.is_empty() && met.iter().all(person) {
                return met;
            }
        }
        // "donated tents to help refugees", "marched to protest against the ministry"
        // "fired into the air to stop the looters"
        let quells = |purpose: u32| {
            let lemma = &self.read.doc.token(self.there(purpose)).lemma;
            self.assaults && self.read.doc.codebook.clauses.is_quelling(lemma)
        };
        if matches!(depth, 0 | 4..=6) {
            let purposes = frame.clauses.iter().filter(|c| matches!(c.link.as_str(), "to" | "for"));
            for purpose in purposes.filter(|c| self.purposeful || quells(c.predicate)) {
                let Some(below) = frames.index_at(self.there(purpose.predicate)) else { continue };
                let words = self.near(&frames.list[below], &Match::bare(found), depth.max(3) + 1);
                if !words.is_empty() {
                    return words;
                }
            }
        }
        Vec::new()
    }

    /// Whoever is named deeper in what the act is about, the nearest first: "lifted restrictions imposed on the
    /// minister", "returned the arms that it had seized from the army".
    fn deep(&self, frame: &Frame) -> Vec<u32> {
        if self.blames && self.doers_of_object(frame).is_some() {
            return Vec::new();
        }
        let parties = self.read.parties;
        let meant = |word: u32, direct: bool| {
            let at = self.there(word);
            let about = parties.is_under(at, ABOUT) && !(self.request && parties.is_under(at, BENEFIT));
            (direct || about) && self.known(word) && parties.at(at).is_some_and(|p| !parties.is_around(at, p))
        };
        self.read
            .inside_things(frame, Reach::Object, meant)
            .map(|word| self.with_conjuncts(word))
            .unwrap_or_default()
    }

    fn with_conjuncts(&self, word: u32) -> Vec<u32> {
        let sentence = self.read.doc.sentence(self.there(word));
        let mut out = vec![word];
        out.extend(sentence.children_as(word, Relation::Conj).filter(|&c| self.known(c)));
        out
    }
}
