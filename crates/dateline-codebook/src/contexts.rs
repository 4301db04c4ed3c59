use crate::{CodebookError, Ontology};
use compact_str::CompactString;
use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeMap;

/// Words that put an event in a context: `codebook/contexts.toml`, a list of lemmas for each context.
#[derive(Clone, Debug, Default)]
pub struct Contexts {
    names: Vec<String>,
    /// First word of a cue, to the words that follow it and the context.
    cues: HashMap<CompactString, Vec<(Vec<CompactString>, u16)>>,
}

impl Contexts {
    /// Reads the file; fails where a name is no context of the ontology.
    pub fn parse(file: &str, text: &str, ontology: &Ontology) -> Result<Self, CodebookError> {
        let lists: BTreeMap<String, Vec<String>> =
            toml::from_str(text).map_err(|e| CodebookError::toml(file, text, &e))?;
        let mut contexts = Self::default();
        for (name, words) in lists {
            if !ontology.is_context(&name) {
                let what = format!("{name:?} is no context");
                return Err(CodebookError::Invalid { file: file.into(), line: 0, what });
            }
            for word in words {
                let mut parts = word.split('_').map(CompactString::from);
                let first = parts.next().unwrap_or_default();
                contexts.cues.entry(first).or_default().push((parts.collect(), contexts.names.len() as u16));
            }
            contexts.names.push(name);
        }
        Ok(contexts)
    }

    /// Contexts that the words of a sentence give, in order of name. `lemmas` are its lemmas in order.
    pub fn of(&self, lemmas: &[&str]) -> Vec<&str> {
        let mut found: Vec<u16> = Vec::new();
        for (at, lemma) in lemmas.iter().enumerate() {
            let cues = self.cues.get(*lemma).or_else(|| self.cues.get(lemma.to_lowercase().as_str()));
            for (rest, context) in cues.into_iter().flatten() {
                let follows = rest
                    .iter()
                    .enumerate()
                    .all(|(i, w)| lemmas.get(at + 1 + i).is_some_and(|l| l.eq_ignore_ascii_case(w)));
                if follows {
                    found.push(*context);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|c| self.names.get(c as usize)).map(String::as_str).collect()
    }
}
