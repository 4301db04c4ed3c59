//! A line of a pattern, read.

use super::{Classes, Part, PartKind, Shape, Slot, WordSet, breadth, head, specificity};
use crate::{Code, Ontology, TypeId};
use compact_str::CompactString;
use std::collections::VecDeque;

/// Words before a finite clause that a pattern may ask for: "asked whether".
const CONJUNCTIONS: &[&str] = &["if", "unless", "whether"];

/// What opens a clause of what is said: "that" takes every one, the others those that ask, regret or refuse.
const CONTENTS: &[&str] = &["that", "that_cannot", "that_not", "that_should", "that_should_have"];

/// Sorted.
const PREPOSITIONS: &[&str] = &[
    "aboard",
    "about",
    "above",
    "according_to",
    "across",
    "after",
    "against",
    "ahead_of",
    "along",
    "alongside",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "back",
    "because_of",
    "before",
    "behind",
    "belonging_to",
    "below",
    "beneath",
    "beside",
    "between",
    "beyond",
    "by",
    "concerning",
    "despite",
    "down",
    "during",
    "for",
    "from",
    "in",
    "in_front_of",
    "including",
    "inside",
    "into",
    "like",
    "near",
    "next_to",
    "of",
    "off",
    "on",
    "on_behalf_of",
    "onto",
    "out",
    "out_of",
    "outside",
    "over",
    "past",
    "regarding",
    "since",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "unlike",
    "until",
    "up",
    "upon",
    "via",
    "with",
    "within",
    "without",
];

impl Shape {
    /// Parses a line. `noun` tells a noun's shape from a clause's.
    pub fn parse(line: &str, noun: bool, classes: &Classes, ontology: &Ontology) -> Result<Self, String> {
        let mut parser = Parser { words: split(line)?.into(), classes, ontology };
        let subject = if noun { None } else { Some(parser.slot()?) };
        let negated = parser.take_if("not");
        let predicate = parser.word_set()?;
        if predicate.words.is_empty() {
            return Err("the predicate names no word".into());
        }
        let mut parts = Vec::new();
        while let Some(next) = parser.words.front() {
            if next == "[" {
                parser.words.pop_front();
                while parser.words.front().is_some_and(|w| w != "]") {
                    parts.push(Part { optional: true, kind: parser.part()? });
                }
                if !parser.take_if("]") {
                    return Err("a bracket is not closed".into());
                }
            } else {
                parts.push(Part { optional: false, kind: parser.part()? });
            }
        }
        let specificity = specificity(&subject, &predicate, negated, &parts);
        let breadth = breadth(&subject, &predicate, &parts);
        Ok(Self { source: line.to_owned(), subject, predicate, negated, parts, specificity, breadth })
    }
}

struct Parser<'a> {
    words: VecDeque<String>,
    classes: &'a Classes,
    ontology: &'a Ontology,
}

impl Parser<'_> {
    fn take_if(&mut self, word: &str) -> bool {
        let found = self.words.front().is_some_and(|w| w == word);
        if found {
            self.words.pop_front();
        }
        found
    }

    fn part(&mut self) -> Result<PartKind, String> {
        let first = self.words.front().ok_or("something is missing at the end")?.clone();
        let following = self.words.get(1).cloned().unwrap_or_default();
        if first == "..." {
            self.words.pop_front();
            return Ok(PartKind::Somewhere(self.slot()?));
        }
        let clause =
            following == "DO" || following.starts_with("DO:") || (first == "that" && following == "ANY");
        // A gerund or infinitive without a link of its own: "consider leaving".
        if first == "DO" || first.starts_with("DO:") {
            self.words.pop_front();
            return Ok(PartKind::Clause("to".into(), self.types(&first)?));
        }
        if clause
            && (CONTENTS.contains(&first.as_str())
                || first.split('|').all(|p| PREPOSITIONS.contains(&p) || CONJUNCTIONS.contains(&p)))
        {
            self.words.drain(..2);
            return Ok(PartKind::Clause(first.into(), self.types(&following)?));
        }
        let links = |p: &str| CONTENTS.contains(&p) || PREPOSITIONS.contains(&p);
        if first.split('|').all(links) && self.words.len() > 1 && following != "]" {
            self.words.pop_front();
            return Ok(PartKind::Preposition(first.split('|').map(Into::into).collect(), self.slot()?));
        }
        Ok(PartKind::Object(self.slot()?))
    }

    /// The event types of `DO:ASSAULT|COERCE`; none for a bare `DO`.
    fn types(&self, word: &str) -> Result<Vec<TypeId>, String> {
        let names = word.strip_prefix("DO:").map(|names| names.split('|')).into_iter().flatten();
        names.map(|name| self.ontology.find(name).ok_or_else(|| format!("{name} is no event type"))).collect()
    }

    fn slot(&mut self) -> Result<Slot, String> {
        let word = self.words.front().ok_or("a slot is missing at the end")?.clone();
        let (head, restriction) = word.split_once(':').unwrap_or((&word, ""));
        let make: fn(WordSet) -> Slot = match head {
            "ACTOR" => Slot::Actor,
            "RECIPIENT" => Slot::Recipient,
            "ACTORS" => |_| Slot::Several,
            "ANY" => |_| Slot::Any,
            "NONE" => |_| Slot::Absent,
            _ => return Ok(Slot::Words(self.word_set()?)),
        };
        self.words.pop_front();
        Ok(make(if restriction.is_empty() { WordSet::default() } else { self.set(restriction)? }))
    }

    fn word_set(&mut self) -> Result<WordSet, String> {
        let word = self.words.pop_front().ok_or("a word is missing at the end")?;
        self.set(&word)
    }

    fn set(&self, text: &str) -> Result<WordSet, String> {
        let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
        let mut set = WordSet::default();
        for item in inner.split(',').map(str::trim).filter(|i| !i.is_empty()) {
            let (negated, item) = item.strip_prefix('!').map_or((false, item), |rest| (true, rest));
            if let Some(class) = item.strip_prefix('@') {
                let words = self.classes.get(class).ok_or_else(|| format!("there is no class @{class}"))?;
                let into = if negated { &mut set.not_words } else { &mut set.words };
                into.extend(words.iter().map(|w| joined(w)));
            } else if is_kind(item) {
                if negated { &mut set.not_kinds } else { &mut set.kinds }.push(item.into());
            } else if item
                .trim_start_matches('=')
                .chars()
                .all(|c| c.is_alphanumeric() || "_'-.&/".contains(c))
            {
                if negated { &mut set.not_words } else { &mut set.words }.push(joined(item));
            } else {
                return Err(format!("{item:?} is no word"));
            }
        }
        for words in [&mut set.words, &mut set.not_words] {
            words.sort_unstable_by(|a, b| head(a).cmp(head(b)).then_with(|| a.cmp(b)));
            words.dedup();
        }
        Ok(set)
    }
}

/// Parts that a hyphen leaves in one word of the tree with what follows: "re-establish", "anti-government".
const PREFIXES: &[&str] = &[
    "anti", "co", "counter", "cross", "ex", "inter", "mid", "multi", "non", "over", "post", "pre", "pro",
    "re", "semi", "sub", "super", "trans", "ultra",
];

/// A hyphen joins words as "_" does, since the parts of a hyphenated word are words of the tree, but for a prefix.
fn joined(word: &str) -> CompactString {
    let mut out = CompactString::with_capacity(word.len());
    for c in word.chars() {
        let prefix = || PREFIXES.contains(&head(&out));
        out.push(if c == '-' && !prefix() { '_' } else { c });
    }
    out
}

fn is_kind(item: &str) -> bool {
    matches!(item, "PERSON" | "COUNTRY" | "BODY") || Code::new(item).is_some()
}

/// Words of a line: braces hold together, brackets stand alone.
fn split(line: &str) -> Result<Vec<String>, String> {
    let (mut out, mut word, mut depth) = (Vec::new(), String::new(), 0usize);
    let mut push = |word: &mut String| {
        if !word.is_empty() {
            out.push(std::mem::take(word));
        }
    };
    for c in line.chars() {
        match c {
            '{' => {
                depth += 1;
                word.push(c);
            }
            '}' => {
                depth = depth.checked_sub(1).ok_or("a brace is closed that was not opened")?;
                word.push(c);
            }
            '[' | ']' if depth == 0 => {
                push(&mut word);
                word.push(c);
                push(&mut word);
            }
            c if c.is_whitespace() && depth == 0 => push(&mut word),
            c => word.push(c),
        }
    }
    push(&mut word);
    if depth > 0 {
        return Err("a brace is not closed".into());
    }
    Ok(out)
}
