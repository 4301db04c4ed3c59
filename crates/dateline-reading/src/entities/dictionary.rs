//! Who is mentioned, by an imported dictionary: the code of a noun phrase is its actor's code with its agents' codes.

use super::{Entities, Referent, Site};
use crate::document::{At, Document};
use crate::noun_phrase::{core, is_nominal, preposition, token};
use crate::reading::{CountryBasis, EntityId, EntityKind, MentionForm};
use dateline_codebook::{CivilDate, Code, Dictionary};
use dateline_syntax::{Relation, Sentence, Upos, Xpos};
use std::collections::BTreeMap;

/// No phrase of a dictionary is sought further than this many words on.
const LONGEST: usize = 16;

/// What stands for an actor in the code of agents alone: "students" are `---EDU`.
const NOBODY: &str = "---";

/// Finds who is mentioned in every sentence.
pub(super) fn link(doc: &Document<'_>, dictionary: &Dictionary) -> Entities {
    let mut out = Entities::default();
    let mut by_code = BTreeMap::new();
    let day = doc.published().map(|d| CivilDate(d.year(), d.month(), d.day()));
    let mut subject = None;
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let spots = spot(doc, sentence, dictionary, day);
        let phrases = Phrases { sentence, spots };
        for head in 0..sentence.tokens.len() as u32 {
            if !heads_phrase(sentence, head) {
                continue;
            }
            let (first, end) = whole(sentence, head);
            let codes = phrases.codes(head, 0);
            let at = At::new(index, head);
            for (nth, code) in codes.into_iter().enumerate() {
                let id = *by_code.entry(code.clone()).or_insert_with(|| {
                    let span = sentence.span_of(first, end);
                    let id = out.add(referent(&code, doc.words(span)));
                    out.codes.insert(id, code);
                    id
                });
                if nth == 0 {
                    out.mention(doc, Site { entity: id, at, first, end, form: MentionForm::Name });
                } else {
                    out.shared.entry(at).or_default().push(id);
                }
            }
        }
        subject = pronouns(doc, index, sentence, &mut out, subject);
    }
    out
}

/// Somebody whom the dictionary knows by a code.
fn referent(code: &str, name: &str) -> Referent {
    let country = code.get(..3).and_then(Code::new);
    let rest = code.as_bytes().get(3..).unwrap_or_default();
    let parts = rest.chunks(3).filter_map(|part| std::str::from_utf8(part).ok());
    Referent {
        name: name.to_owned(),
        kind: match (country, rest.is_empty()) {
            (Some(_), true) => EntityKind::Country,
            (Some(_), false) => EntityKind::Organization,
            (None, _) => EntityKind::Group,
        },
        country,
        country_from: country.map(|_| CountryBasis::Codebook),
        sectors: parts.filter_map(Code::new).collect(),
        title: None,
        wikidata: None,
        mentions: Vec::new(),
    }
}

/// A phrase of the dictionary in a sentence.
#[derive(Debug)]
struct Spot<'a> {
    first: u32,
    end: u32,
    what: What<'a>,
}

#[derive(Debug)]
enum What<'a> {
    Actor(&'a str),
    Agent(&'a str),
}

/// Actors and agents of a sentence from the left, the longest first.
fn spot<'a>(
    doc: &Document<'_>,
    sentence: &Sentence,
    dictionary: &'a Dictionary,
    day: Option<CivilDate>,
) -> Vec<Spot<'a>> {
    let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.of(doc.text())).collect();
    let mut spots = Vec::new();
    let mut at = 0;
    while let Some(token) = sentence.tokens.get(at) {
        let window = words.get(at..words.len().min(at + LONGEST)).unwrap_or_default();
        let may_begin = !matches!(
            token.upos,
            Upos::Pron | Upos::Aux | Upos::Part | Upos::Sconj | Upos::Cconj | Upos::Punct | Upos::Adp
        ) && (token.upos != Upos::Verb
            || matches!(token.xpos, Xpos::Vbg | Xpos::Vbn)
            || words.get(at).is_some_and(|w| w.starts_with(char::is_uppercase)));
        let (actor, agent) = match may_begin {
            true => (dictionary.actor(window, day), dictionary.agent(window)),
            false => (None, None),
        };
        let (length, what) = match (actor, agent) {
            (Some((length, code)), agent) if agent.is_none_or(|(other, _)| length >= other) => {
                (length, code.map(What::Actor))
            }
            (_, Some((length, code))) => (length, Some(What::Agent(code))),
            _ => (1, None),
        };
        if let Some(what) = what {
            spots.push(Spot { first: at as u32, end: (at + length) as u32, what });
        }
        at += length;
    }
    spots
}

/// Whether a word heads a phrase of its own.
fn heads_phrase(sentence: &Sentence, at: u32) -> bool {
    use Relation as R;
    let Some(t) = token(sentence, at) else { return false };
    let part = matches!(
        t.relation,
        R::Compound
            | R::Flat
            | R::Fixed
            | R::Goeswith
            | R::Amod
            | R::NmodDesc
            | R::Nummod
            | R::Case
            | R::Advmod
    ) || (t.relation == R::Conj && joins_modifiers(sentence, at));
    is_nominal(t) && !matches!(t.upos, Upos::Pron | Upos::Sym) && !part && !goes_on(sentence, at)
}

/// Whether a subject is the first part of a phrase that the parser has cut in two: "minister" in "the minister Roe warned".
fn goes_on(sentence: &Sentence, at: u32) -> bool {
    let Some(word) = token(sentence, at) else { return false };
    let end = core(sentence, at).1;
    let siblings = word.head.into_iter().flat_map(|head| sentence.children(head));
    let mut same =
        siblings.filter(|&s| s > at && token(sentence, s).is_some_and(|t| t.relation == word.relation));
    matches!(word.relation, Relation::Nsubj | Relation::NsubjPass)
        && same.any(|s| core(sentence, s).0 <= end && end <= s)
}

/// The words of a phrase before its prepositions, with the part before that the parser has cut off.
fn whole(sentence: &Sentence, head: u32) -> (u32, u32) {
    let (mut first, end) = core(sentence, head);
    let word = token(sentence, head);
    if let Some(up) =
        word.filter(|w| matches!(w.relation, Relation::Nsubj | Relation::NsubjPass)).and_then(|w| w.head)
    {
        for before in sentence.children(up).rev().filter(|&s| s < head) {
            let part = core(sentence, before);
            if goes_on(sentence, before) && part.1 == first {
                first = part.0;
            }
        }
    }
    (first, end)
}

/// Whether a conjunct is one of several modifiers of a noun: "Chadian" in "Malian and Chadian leaders".
fn joins_modifiers(sentence: &Sentence, at: u32) -> bool {
    let first = token(sentence, at).and_then(|t| t.head).and_then(|h| token(sentence, h));
    first.is_some_and(|t| matches!(t.relation, Relation::Amod | Relation::Compound))
}

/// The phrases of one sentence.
struct Phrases<'a> {
    sentence: &'a Sentence,
    spots: Vec<Spot<'a>>,
}

impl Phrases<'_> {
    /// The codes of the phrase that a word heads; several where it speaks of several: "ambassadors of Mali and Chad".
    fn codes(&self, head: u32, depth: u8) -> Vec<String> {
        let actors = self.actors(head);
        let agents = self.agents(head);
        if !actors.is_empty() {
            return actors.into_iter().map(|actor| with_agents(actor, &agents)).collect();
        }
        let others = if depth < 8 { self.below(head, depth) } else { Vec::new() };
        if agents.is_empty() {
            return others;
        }
        let known: Vec<String> = others.into_iter().filter(|code| !code.starts_with(NOBODY)).collect();
        let known = if known.is_empty() && depth < 8 { self.of_conjuncts(head, depth) } else { known };
        if known.is_empty() {
            return vec![with_agents(NOBODY, &agents)];
        }
        known.iter().map(|actor| with_agents(actor, &agents)).collect()
    }

    /// Spots among the words of a phrase before its prepositions.
    fn inside(&self, first: u32, end: u32) -> impl Iterator<Item = &Spot<'_>> {
        self.spots.iter().filter(move |s| first <= s.first && s.first < end)
    }

    /// The first actor of a phrase, and those joined to it.
    fn actors(&self, head: u32) -> Vec<&str> {
        let (first, end) = whole(self.sentence, head);
        let mut found: Vec<&Spot<'_>> = Vec::new();
        for spot in self.inside(first, end) {
            let What::Actor(_) = spot.what else { continue };
            let joined = |word: u32| {
                token(self.sentence, word).is_some_and(|t| {
                    t.relation == Relation::Conj
                        && t.head.is_some_and(|h| found.iter().any(|f| f.first <= h && h < f.end))
                })
            };
            let after_and = spot.first.checked_sub(1).and_then(|b| token(self.sentence, b));
            let after_and = after_and.is_some_and(|t| matches!(t.upos, Upos::Cconj | Upos::Punct));
            if found.is_empty() || (after_and && (spot.first..spot.end).any(joined)) {
                found.push(spot);
            }
        }
        found
            .into_iter()
            .filter_map(|s| if let What::Actor(code) = s.what { Some(code) } else { None })
            .collect()
    }

    fn agents(&self, head: u32) -> Vec<&str> {
        let (first, end) = whole(self.sentence, head);
        let inside = self.inside(first, end.max(head + 1));
        inside.filter_map(|s| if let What::Agent(code) = s.what { Some(code) } else { None }).collect()
    }

    /// Codes of the phrases that hang on a word by a preposition: "activists in Mali". The first that has any.
    fn below(&self, head: u32, depth: u8) -> Vec<String> {
        let hangs = |&child: &u32| {
            child > head
                && token(self.sentence, child)
                    .is_some_and(|t| matches!(t.relation, Relation::Nmod | Relation::Obl))
                && preposition(self.sentence, child).is_some()
        };
        for child in self.sentence.children(head).filter(hangs) {
            let mut codes = self.codes(child, depth + 1);
            for also in self.sentence.children_as(child, Relation::Conj) {
                codes.extend(self.codes(also, depth + 1));
            }
            if !codes.is_empty() {
                codes.dedup();
                return codes;
            }
        }
        Vec::new()
    }

    /// Whose agents these are when a joined phrase says it: "lawmakers and officials in Mali", "Malian media and police".
    fn of_conjuncts(&self, head: u32, depth: u8) -> Vec<String> {
        let Some(word) = token(self.sentence, head) else { return Vec::new() };
        for also in self.sentence.children_as(head, Relation::Conj) {
            let codes: Vec<String> = self.below(also, depth + 1);
            if self.actors(also).is_empty() && !codes.is_empty() {
                return codes.into_iter().filter(|c| !c.starts_with(NOBODY)).collect();
            }
        }
        let Some(first) = word.head.filter(|_| word.relation == Relation::Conj) else { return Vec::new() };
        if self.sentence.children_as(head, Relation::Det).next().is_some() {
            return Vec::new();
        }
        let actors = self.actors(first);
        if actors.is_empty() {
            return self.below(first, depth + 1);
        }
        // What stands before the first noun is said of both: "the Malian Islamist media and police".
        let (start, _) = core(self.sentence, first);
        let before = self.inside(start, first).filter(|s| s.end <= first);
        let shared: Vec<&str> =
            before.filter_map(|s| if let What::Agent(code) = s.what { Some(code) } else { None }).collect();
        actors.into_iter().map(|actor| with_agents(actor, &shared)).collect()
    }
}

/// An actor's code with those of agents: each three letters once.
fn with_agents(actor: &str, agents: &[&str]) -> String {
    let mut code = actor.to_owned();
    for agent in agents {
        let own = agent.trim_matches('~');
        if agent.ends_with('~') {
            code = if code == NOBODY { own.to_owned() } else { format!("{own}{code}") };
            continue;
        }
        let mut rest = own;
        while !rest.is_empty() {
            let (part, after) = rest.split_at_checked(3).unwrap_or((rest, ""));
            let there = code.as_bytes().chunks(3).any(|chunk| chunk == part.as_bytes());
            if !there {
                code.push_str(part);
            }
            rest = after;
        }
    }
    code
}

/// Lets "it", "he" and "they" mention the subject of the clause above, else that of the sentence before. Gives the
/// subject of this sentence.
fn pronouns(
    doc: &Document<'_>,
    index: usize,
    sentence: &Sentence,
    out: &mut Entities,
    before: Option<EntityId>,
) -> Option<EntityId> {
    let subject_of = |out: &Entities, verb: u32| {
        let subjects = sentence
            .children(verb)
            .filter(|&c| {
                token(sentence, c)
                    .is_some_and(|t| matches!(t.relation, Relation::Nsubj | Relation::NsubjPass))
            })
            .collect::<Vec<_>>();
        subjects.into_iter().find_map(|c| out.at(At::new(index, c)))
    };
    for word in 0..sentence.tokens.len() as u32 {
        let Some(token) = token(sentence, word) else { continue };
        let personal = token.upos == Upos::Pron && token.xpos == Xpos::Prp;
        if !personal || token.relation == Relation::Expl || matches!(&*token.lemma, "I" | "we" | "you") {
            continue;
        }
        let (mut up, mut whom) = (token.head, None);
        while let (Some(verb), None) = (up, whom) {
            whom = subject_of(out, verb);
            up = sentence.tokens.get(verb as usize).and_then(|t| t.head);
        }
        if let Some(entity) = whom.or(before) {
            let at = At::new(index, word);
            out.mention(doc, Site { entity, at, first: word, end: word + 1, form: MentionForm::Pronoun });
        }
    }
    if sentence.tokens.is_empty() { before } else { subject_of(out, sentence.root()).or(before) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_put_together_once_each() {
        assert_eq!(with_agents("MLI", &["~GOV", "~GOVFRM"]), "MLIGOVFRM");
        assert_eq!(with_agents("MLI", &["NGO~", "~GOV"]), "NGOMLIGOV");
        assert_eq!(with_agents(NOBODY, &["~EDU"]), "---EDU");
        assert_eq!(with_agents("MLIGOV", &["~GOV"]), "MLIGOV");
    }

    #[test]
    fn a_code_tells_what_it_can() {
        let someone = referent("MLIGOVFRM", "the minister");
        assert_eq!(someone.country, Code::new("MLI"));
        assert_eq!(someone.sectors.len(), 2);
        assert_eq!(referent("---EDU", "students").country, None);
    }
}
