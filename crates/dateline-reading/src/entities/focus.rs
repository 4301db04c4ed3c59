use super::describe::is_joined;
use crate::document::{At, Document};
use crate::noun_phrase::{head_of, lemma, token};
use crate::places::Places;
use crate::spotted::{Spotted, SpottedKind};
use dateline_codebook::{ActorKind, Code};
use dateline_syntax::{Relation, Sentence};
use std::collections::BTreeMap;

/// How many sentences back a country still is what the text is about.
const BACK: u32 = 2;

/// How much more a country's own name or place tells than a body or official of it.
const BY_NAME: u32 = 2;

/// What the dateline adds to the weight of its country.
const DATELINE: u32 = 2;

/// A word that names a country, its people or a place in it.
#[derive(Clone, Copy, Debug)]
struct Point {
    at: At,
    code: Code,
    /// Whether it only tells of whom something else is: "Kenyan soldiers".
    modifier: bool,
}

/// Which country the text is about at every point of it.
pub(super) struct Focus {
    /// Every word that names a country, its people or a place in it, in order of text.
    points: Vec<Point>,
    /// The country that the article is about.
    whole: Option<Code>,
    /// How much is told of each country, and the most of any.
    counts: BTreeMap<Code, (u32, usize)>,
    top: u32,
    /// Whether the article is about hardly any other country.
    alone: bool,
    /// Whether the article is about no other country nearly as much.
    leads: bool,
}

impl Focus {
    pub(super) fn of(doc: &Document<'_>, places: &Places) -> Self {
        let (mut points, mut union) = (Vec::new(), 0);
        let mut counts: BTreeMap<Code, (u32, usize)> = BTreeMap::new();
        for (index, names) in places.spotted.iter().enumerate() {
            for name in names {
                let place = (name.first..name.end)
                    .find_map(|at| places.mention_at(At::new(index, at)))
                    .and_then(|m| places.get(m.place));
                let actor = name.aliases.first().and_then(|a| doc.codebook.actors.get(a.actor));
                if actor.is_some_and(|a| a.country.is_some_and(|c| c.as_str() == "EUR")) {
                    union += BY_NAME;
                }
                // Who is of a state tells of its country, if less than the country's name. Papers and agencies are
                // everywhere.
                let press = actor.is_some_and(|a| a.sectors.iter().any(|s| s.as_str() == "JRN"));
                let stands_for = match name.kind {
                    SpottedKind::Organization | SpottedKind::Person if !press => actor
                        .filter(|a| name.aliases.len() == 1 || a.kind == ActorKind::Person)
                        .and_then(|a| a.country)
                        .filter(|code| doc.codebook.actors.country(*code).is_some()),
                    _ => None,
                };
                if let Some(code) = stands_for {
                    counts.entry(code).or_insert((0, points.len())).0 += 1;
                    continue;
                }
                let code = match name.kind {
                    SpottedKind::Country(_) => {
                        place.map_or_else(|| actor.and_then(|a| a.country), |p| p.country)
                    }
                    SpottedKind::Place => place.and_then(|p| p.country),
                    SpottedKind::Organization => name.country,
                    _ => None,
                };
                let Some(code) = code else { continue };
                let country = matches!(name.kind, SpottedKind::Country(_));
                if country
                    && doc.sentences.get(index).is_some_and(|s| is_joined(doc, s, name.first, name.end))
                {
                    continue;
                }
                let modifier = doc.sentences.get(index).is_some_and(|s| {
                    let head = head_of(s, name.first, name.end);
                    token(s, head).is_some_and(|t| matches!(t.relation, Relation::Amod | Relation::Compound))
                });
                points.push(Point { at: At::new(index, name.first), code, modifier });
                if !doc.sentences.get(index).is_some_and(|s| says_whose_seat(doc, s, name)) {
                    counts.entry(code).or_insert((0, points.len())).0 += BY_NAME;
                }
            }
        }
        let most = counts.iter().max_by_key(|(_, (count, order))| (*count, std::cmp::Reverse(*order)));
        let top = most.map_or(0, |(_, (count, _))| *count);
        // Datelines name the bureau as well as the scene: one that the text hardly speaks of is a bureau.
        let spoken_of = |code: &Code| counts.get(code).map_or(0, |(count, _)| *count) * 3 >= top;
        let located = country_of_dateline(doc);
        let whole = located.filter(spoken_of).or(most.map(|(code, _)| *code)).or(located);
        // Where the European Union is told of more than any country, its bodies are not that country's.
        let whole = whole.filter(|_| union <= top);
        let all: u32 = counts.values().map(|(count, _)| *count).sum();
        let own = whole.and_then(|code| counts.get(&code)).map_or(0, |(count, _)| *count);
        let filed = if whole.is_some() && whole == located { DATELINE } else { 0 };
        let alone = (own + filed) * 3 >= (all + filed) * 2 && own + filed >= BY_NAME;
        let others = counts.iter().filter(|(code, _)| Some(**code) != whole).map(|(_, (count, _))| *count);
        let leads = (own + filed) * 2 >= others.max().unwrap_or(0) * 3;
        Self { points, whole, alone, leads, counts, top }
    }

    /// The country that the whole article is about.
    pub(super) fn of_article(&self) -> Option<Code> {
        self.whole
    }

    /// The country that the article is about, if it is about hardly any other.
    pub(super) fn alone(&self) -> Option<Code> {
        self.whole.filter(|_| self.alone)
    }

    /// The country that the article is about, if it is about no other nearly as much.
    pub(super) fn leading(&self) -> Option<Code> {
        self.whole.filter(|_| self.leads)
    }

    /// The country that "the country" at this word is: the nearest before it in its sentence, else the most named one of
    /// the sentences just before, else the article's. Those named for themselves go before those that only tell whose
    /// something is.
    pub(super) fn at(&self, at: At) -> Option<Code> {
        let upto = self.points.partition_point(|point| point.at < at);
        let before = self.points.get(..upto).unwrap_or_default();
        let here = |p: &&Point| p.at.sentence == at.sentence;
        if let Some(point) = before.iter().rev().filter(here).find(|p| !p.modifier) {
            return Some(point.code);
        }
        let own = before.iter().rev().find(here);
        if let Some(code) = self.whole
            && before.iter().filter(here).any(|p| p.code == code)
        {
            return Some(code);
        }
        for back in 1..=BACK {
            let Some(sentence) = at.sentence.checked_sub(back) else { break };
            let there = before.iter().filter(|p| p.at.sentence == sentence && !p.modifier).map(|p| p.code);
            if let Some(code) = most(there) {
                return Some(code);
            }
        }
        self.whole.or(own.map(|p| p.code))
    }

    /// The country named last before this word, of all but some.
    pub(super) fn before(&self, at: At, but: &[Code]) -> Option<Code> {
        let upto = self.points.partition_point(|point| point.at < at);
        let before = self.points.get(..upto).unwrap_or_default();
        before.iter().rev().map(|p| p.code).find(|code| !but.contains(code))
    }

    /// Whether the article is about this country nearly as much as about any other.
    pub(super) fn tells_of(&self, code: Code) -> bool {
        self.counts.get(&code).is_some_and(|(count, _)| count * 2 >= self.top)
    }

    /// Whether the article has this country among those that it is about.
    pub(super) fn touches(&self, code: Code) -> bool {
        self.counts.get(&code).is_some_and(|(count, _)| count * 4 >= self.top)
    }

    /// How near a country is to this word: the most recent mention of it, or of nothing.
    pub(super) fn nearest_of(&self, at: At, among: &[Code]) -> Option<Code> {
        let near = |p: &&Point| p.at.sentence <= at.sentence && among.contains(&p.code);
        let last = self.points.iter().filter(near).max_by_key(|p| {
            let point = p.at;
            let same = point.sentence == at.sentence;
            (
                point.sentence,
                same && point.token < at.token,
                std::cmp::Reverse(point.token.abs_diff(at.token)),
            )
        });
        last.map(|p| p.code)
    }
}

/// The code that comes most often; among equals the first.
fn most(codes: impl Iterator<Item = Code>) -> Option<Code> {
    let mut counts: Vec<(Code, u32)> = Vec::new();
    for code in codes {
        match counts.iter_mut().find(|(c, _)| *c == code) {
            Some((_, count)) => *count += 1,
            None => counts.push((code, 1)),
        }
    }
    let top = counts.iter().map(|(_, count)| *count).max()?;
    counts.iter().find(|(_, count)| *count == top).map(|(code, _)| *code)
}

/// "the U.S. Embassy", "French reporters", "its German counterpart": they are where the country is not.
fn says_whose_seat(doc: &Document<'_>, sentence: &Sentence, name: &Spotted) -> bool {
    let head = head_of(sentence, name.first, name.end);
    token(sentence, head).is_some_and(|t| {
        matches!(t.relation, Relation::Amod | Relation::Compound | Relation::NmodPoss | Relation::NmodDesc)
            && t.head.is_some_and(|g| {
                let (words, lower) = (&doc.codebook.mentions, lemma(sentence, g).to_lowercase());
                words.foreign_seats.contains(lower.as_str()) || words.relational.contains(lower.as_str())
            })
    })
}

/// Where the dateline says the article was filed: "SAN JOSE, Costa Rica" is not San Jose in California.
fn country_of_dateline(doc: &Document<'_>) -> Option<Code> {
    let located = doc.article.located.as_deref()?;
    let (town, rest) = located.split_once(',').unwrap_or((located, ""));
    let gazetteer = &doc.codebook.gazetteer;
    let candidates = gazetteer.find(town.trim());
    let holder = gazetteer.find(rest.trim()).into_iter().find_map(|place| place.country);
    let agrees = candidates.iter().find(|c| holder.is_some() && c.country == holder);
    agrees.or(candidates.first()).and_then(|place| place.country).or(holder)
}
