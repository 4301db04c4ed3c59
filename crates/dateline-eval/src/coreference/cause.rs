use super::{Handle, Scored};
use crate::conllu::Document;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// How often mentions are wrong, by what they are and why.
#[derive(Debug, Default)]
pub(super) struct Causes {
    counts: BTreeMap<(&'static str, &'static str), usize>,
    all: BTreeMap<&'static str, usize>,
}

impl Causes {
    /// Adds a document; with `out` it prints each error.
    pub(super) fn add(
        &mut self,
        document: &Document,
        key: &[Scored],
        found: &[Scored],
        mut out: Option<&mut dyn Write>,
    ) -> Result<()> {
        let in_found: BTreeMap<Handle, usize> =
            found.iter().enumerate().flat_map(|(i, c)| c.mentions.iter().map(move |m| (*m, i))).collect();
        let mut rests = Vec::new();
        for chain in key {
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            for mention in &chain.mentions {
                if let Some(at) = in_found.get(mention) {
                    *counts.entry(*at).or_default() += 1;
                }
            }
            rests.push(
                counts
                    .into_iter()
                    .max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)))
                    .map(|(at, _)| at),
            );
        }
        let scored = |chain: &&Scored| chain.mentions.len() > 1;
        for (chain, rest) in key.iter().zip(&rests).filter(|(c, _)| scored(c)) {
            let shared = rest.is_some_and(|at| rests.iter().filter(|other| **other == Some(at)).count() > 1);
            for mention in &chain.mentions {
                let form = form(document, *mention);
                *self.all.entry(form).or_default() += 1;
                let cause = match in_found.get(mention) {
                    None => "missed",
                    Some(at) if Some(*at) != *rest => "split",
                    Some(_) if shared => "merged",
                    Some(_) => continue,
                };
                *self.counts.entry((form, cause)).or_default() += 1;
                if let Some(out) = out.as_deref_mut() {
                    let name = chain.mentions.first().map_or(String::new(), |m| around(document, *m, 1));
                    let taken =
                        in_found.get(mention).and_then(|at| found.get(*at)).and_then(|c| c.mentions.first());
                    let taken = taken.map_or(String::new(), |m| around(document, *m, 1));
                    let text = around(document, *mention, 9);
                    writeln!(out, "{}\t{cause}\t{form}\t{name}\t{taken}\t{text}", document.id)?;
                }
            }
        }
        let of_key: BTreeSet<Handle> = key.iter().flat_map(|c| c.mentions.iter().copied()).collect();
        for chain in found.iter().filter(scored) {
            for mention in chain.mentions.iter().filter(|m| !of_key.contains(m)) {
                let form = form(document, *mention);
                *self.counts.entry((form, "extra")).or_default() += 1;
                if let Some(out) = out.as_deref_mut() {
                    let taken = chain.mentions.first().map_or(String::new(), |m| around(document, *m, 1));
                    let text = around(document, *mention, 9);
                    writeln!(out, "{}\textra\t{form}\t\t{taken}\t{text}", document.id)?;
                }
            }
        }
        Ok(())
    }

    /// A line for each form of mention.
    pub(super) fn print(&self, out: &mut impl Write) -> Result<()> {
        let causes = ["missed", "split", "merged", "extra"];
        writeln!(out, "{:<22} {:>6} {}", "", "gold", causes.map(|c| format!("{c:>7}")).concat())?;
        for form in ["name", "nominal", "pronoun"] {
            let count = |cause| self.counts.get(&(form, cause)).copied().unwrap_or_default();
            let counts = causes.map(|cause| format!("{:>7}", count(cause))).concat();
            writeln!(out, "  {form:<20} {:>6} {counts}", self.all.get(form).copied().unwrap_or_default())?;
        }
        Ok(())
    }
}

/// How something is mentioned, by the gold tag of the head.
fn form(document: &Document, (sentence, _, head): Handle) -> &'static str {
    let word = document.sentences.get(sentence).and_then(|s| s.words.get(head));
    match word.map_or("", |w| w.upos.as_str()) {
        "PROPN" => "name",
        "PRON" => "pronoun",
        _ => "nominal",
    }
}

/// The mention's head in brackets among so many words of its sentence.
fn around(document: &Document, (sentence, first, last): Handle, reach: usize) -> String {
    let Some(sentence) = document.sentences.get(sentence) else { return String::new() };
    let mut text = String::new();
    for at in first.saturating_sub(reach)..(last + reach + 1).min(sentence.words.len()) {
        let form = sentence.words.get(at).map_or("", |w| w.form.as_str());
        if at == first {
            text.push('[');
        }
        text.push_str(form);
        if at == last {
            text.push(']');
        }
        text.push(' ');
    }
    text
}
