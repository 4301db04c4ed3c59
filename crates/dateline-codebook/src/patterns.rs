mod notes;
pub use notes::PatternNote;

mod index;
use index::Bucket;

use crate::shape::{Classes, Shape};
use crate::{CodebookError, Ontology, TypeId};
use compact_str::CompactString;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use serde::Deserialize;
use std::borrow::Cow;

/// Every pattern of a codebook, indexed by predicate, so that a frame meets only those that could match it.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    list: Vec<Pattern>,
    clauses: HashMap<CompactString, Bucket>,
    nouns: HashMap<CompactString, Bucket>,
    phrasal: HashSet<CompactString>,
}

/// One shape of one pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Position of the pattern.
    pub pattern: u32,
    /// Position of the shape in [`Pattern::clauses`] or [`Pattern::nouns`].
    pub shape: u32,
}

/// What an event looks like in words, and what it then is.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// File and name: `assault/offensive`.
    pub id: String,
    /// Event type.
    pub event: TypeId,
    /// Modes that it implies.
    pub modes: Vec<String>,
    /// Contexts that it implies.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Whether whoever stands as the actor is acted upon: "received money from".
    pub swapped: bool,
    /// Whether it counts where a passive names nobody as its actor, though its type asks for one.
    pub actorless: bool,
    /// What the recipient does in turn: the host who receives a visit.
    pub answer: Option<(TypeId, String)>,
    /// Shapes of clauses.
    pub clauses: Vec<Shape>,
    /// Shapes of nouns.
    pub nouns: Vec<Shape>,
    /// Sentences in which it must fire.
    pub yes: Vec<String>,
    /// Sentences in which nothing of its event type may fire.
    pub no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    event: String,
    #[serde(default)]
    pattern: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    event: Option<String>,
    #[serde(default)]
    swapped: bool,
    #[serde(default)]
    actorless: bool,
    answer: Option<Answer>,
    #[serde(default)]
    modes: Vec<String>,
    #[serde(default)]
    contexts: Vec<String>,
    cameo: Option<String>,
    #[serde(default)]
    frame: Vec<String>,
    #[serde(default)]
    noun: Vec<String>,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    event: String,
    cameo: String,
}

impl Patterns {
    /// Reads pattern files, each a name and its TOML text. Fails at the first pattern that does not parse or names a
    /// type, mode, context or class that is not there.
    pub fn parse(
        files: &[(&str, &str)],
        classes: &Classes,
        ontology: &Ontology,
    ) -> Result<Self, CodebookError> {
        let (patterns, mistakes) = Self::parse_all(files, classes, ontology);
        mistakes.into_iter().next().map_or(Ok(patterns), Err)
    }

    /// Reads pattern files as [`Patterns::parse`] does, but leaves out what is wrong and gives every mistake.
    pub fn parse_all(
        files: &[(&str, &str)],
        classes: &Classes,
        ontology: &Ontology,
    ) -> (Self, Vec<CodebookError>) {
        let (mut patterns, mut mistakes) = (Self::default(), Vec::new());
        let mut seen = HashSet::default();
        for (file, text) in files {
            let read: File = match toml::from_str(text) {
                Ok(read) => read,
                Err(e) => {
                    mistakes.push(CodebookError::toml(file, text, &e));
                    continue;
                }
            };
            let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".toml");
            for entry in read.pattern {
                let name = entry.name.clone();
                let twice = !seen.insert(format!("{stem}/{name}"));
                let fault = match resolve(stem, &read.event, entry, classes, ontology) {
                    Ok(_) if twice => format!("{stem}/{name} is there twice"),
                    Ok(pattern) => {
                        patterns.list.push(pattern);
                        continue;
                    }
                    Err(what) => what,
                };
                let line = line_of(text, &name);
                mistakes.push(CodebookError::Invalid { file: (*file).into(), line, what: fault });
            }
        }
        patterns.index();
        (patterns, mistakes)
    }

    /// Every pattern, in order of file and place.
    pub fn list(&self) -> &[Pattern] {
        &self.list
    }

    /// Shapes of clauses whose predicate begins with this lemma.
    pub fn clauses(&self, lemma: &str) -> &[Candidate] {
        self.clauses.get(lemma).map_or(&[], Bucket::all)
    }

    /// Shapes of nouns whose head is this lemma.
    pub fn nouns(&self, lemma: &str) -> &[Candidate] {
        self.nouns.get(lemma).map_or(&[], Bucket::all)
    }

    /// Adds to `into` the shapes of clauses whose predicate begins with this lemma and whose words may be among those of
    /// the sentence, in order. `words` gives the sentence's lemmas in lower case.
    pub fn clauses_among<'w>(
        &self,
        lemma: &str,
        words: impl Iterator<Item = Cow<'w, str>>,
        into: &mut Vec<Candidate>,
    ) {
        if let Some(bucket) = self.clauses.get(lemma) {
            bucket.among(words, into);
        }
    }

    /// As [`Patterns::clauses_among`], for nouns.
    pub fn nouns_among<'w>(
        &self,
        lemma: &str,
        words: impl Iterator<Item = Cow<'w, str>>,
        into: &mut Vec<Candidate>,
    ) {
        if let Some(bucket) = self.nouns.get(lemma) {
            bucket.among(words, into);
        }
    }

    /// Whether some pattern has this verb with its particle, joined by "_", as a predicate: `hand_over`.
    pub fn is_phrasal(&self, verb: &str) -> bool {
        self.phrasal.contains(verb)
    }

    /// The pattern and shape of a clause candidate.
    pub fn clause(&self, at: Candidate) -> (&Pattern, &Shape) {
        let pattern = &self.list[at.pattern as usize];
        (pattern, &pattern.clauses[at.shape as usize])
    }

    /// The pattern and shape of a noun candidate.
    pub fn noun(&self, at: Candidate) -> (&Pattern, &Shape) {
        let pattern = &self.list[at.pattern as usize];
        (pattern, &pattern.nouns[at.shape as usize])
    }

    fn index(&mut self) {
        for (i, pattern) in self.list.iter().enumerate() {
            for (j, shape) in pattern.clauses.iter().enumerate() {
                let at = Candidate { pattern: i as u32, shape: j as u32 };
                for word in &shape.predicate.words {
                    if word.contains('_') {
                        self.phrasal.insert(word.clone());
                    }
                    let first = word.split('_').next().unwrap_or(word);
                    self.clauses.entry(first.into()).or_default().add(at);
                    // "security_risk" may be a noun with its modifier.
                    let last = word.rsplit('_').next().unwrap_or(word);
                    self.clauses.entry(last.into()).or_default().add(at);
                }
            }
            for (j, shape) in pattern.nouns.iter().enumerate() {
                let at = Candidate { pattern: i as u32, shape: j as u32 };
                for word in &shape.predicate.words {
                    let last = word.rsplit('_').next().unwrap_or(word);
                    self.nouns.entry(last.into()).or_default().add(at);
                }
            }
        }
        let list = &self.list;
        for bucket in self.clauses.values_mut() {
            bucket.sort_out(|at| &list[at.pattern as usize].clauses[at.shape as usize]);
        }
        for bucket in self.nouns.values_mut() {
            bucket.sort_out(|at| &list[at.pattern as usize].nouns[at.shape as usize]);
        }
    }
}

fn resolve(
    stem: &str,
    event: &str,
    entry: Entry,
    classes: &Classes,
    ontology: &Ontology,
) -> Result<Pattern, String> {
    let name = &entry.name;
    let event = entry.event.as_deref().unwrap_or(event);
    let kind = ontology.find(event).ok_or_else(|| format!("{event} is no event type"))?;
    for mode in &entry.modes {
        if !ontology.get(kind).modes.contains_key(mode) {
            return Err(format!("{name}: {event} has no mode {mode:?}"));
        }
    }
    for context in &entry.contexts {
        if !ontology.is_context(context) {
            return Err(format!("{name}: {context:?} is no context"));
        }
    }
    if entry.cameo.iter().chain(entry.answer.as_ref().map(|a| &a.cameo)).any(|c| !is_cameo(c)) {
        return Err(format!(
            "{name}: a CAMEO code has two to four digits, and may end with a letter of your own"
        ));
    }
    let answer = match entry.answer {
        Some(answer) => {
            let kind = ontology.find(&answer.event);
            let kind = kind.ok_or_else(|| format!("{name}: {} is no event type", answer.event))?;
            Some((kind, answer.cameo))
        }
        None => None,
    };
    let shapes = |lines: &[String], noun: bool| -> Result<Vec<Shape>, String> {
        let parse =
            |l: &String| Shape::parse(l, noun, classes, ontology).map_err(|e| format!("{name}: {l:?}: {e}"));
        lines.iter().flat_map(|l| with_and_without(l)).map(|l| parse(&l)).collect()
    };
    Ok(Pattern {
        id: format!("{stem}/{name}"),
        event: kind,
        clauses: shapes(&entry.frame, false)?,
        nouns: shapes(&entry.noun, true)?,
        modes: entry.modes,
        contexts: entry.contexts,
        cameo: entry.cameo,
        actorless: entry.actorless,
        swapped: entry.swapped,
        answer,
        yes: entry.yes,
        no: entry.no,
    })
}

fn is_cameo(code: &str) -> bool {
    let digits = code.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (2..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && code.len() <= digits.len() + 1
}

/// A line with a bare preposition in brackets (`call [on|to] RECIPIENT`) stands for two: with it and without.
fn with_and_without(line: &str) -> Vec<String> {
    let bare =
        |inner: &str| !inner.is_empty() && inner.chars().all(|c| c.is_ascii_lowercase() || "|_".contains(c));
    for (open, _) in line.match_indices('[') {
        let Some(close) = line[open..].find(']').map(|at| at + open) else { break };
        if bare(&line[open + 1..close]) {
            let (before, inner, after) = (&line[..open], &line[open + 1..close], &line[close + 1..]);
            return vec![format!("{before}{inner}{after}"), format!("{before}{}", after.trim_start())];
        }
    }
    vec![line.to_owned()]
}

/// The line on which a pattern's name stands, from one; 0 where it is not found.
fn line_of(text: &str, name: &str) -> usize {
    let quoted = format!("{name:?}");
    text.lines()
        .position(|l| l.trim_start().starts_with("name") && l.contains(&quoted))
        .map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_found_by_their_predicate() {
        let ontology = Ontology::plover().unwrap();
        let text = "event = \"ASSAULT\"\n[[pattern]]\nname = \"a\"\nframe = [\"ACTOR {open_fire, shoot} on RECIPIENT\"]\nnoun = [\"{air_strike} on RECIPIENT\"]\n";
        let patterns = Patterns::parse(&[("plover/assault.toml", text)], &Classes::new(), &ontology).unwrap();
        assert_eq!(patterns.clauses("open").len(), 1);
        assert_eq!(patterns.nouns("strike").len(), 1);
        assert_eq!(patterns.list()[0].id, "assault/a");
    }

    #[test]
    fn a_wrong_mode_is_named_with_its_line() {
        let ontology = Ontology::plover().unwrap();
        let text = "event = \"ASSAULT\"\n\n[[pattern]]\nname = \"a\"\nmodes = [\"visit\"]\n";
        let error = Patterns::parse(&[("assault.toml", text)], &Classes::new(), &ontology).unwrap_err();
        assert_eq!(error.to_string(), "assault.toml:4: a: ASSAULT has no mode \"visit\"");
    }
}
