//! Gold chains, from the `Entity=` brackets of a treebank in GUM's layout.

use crate::conllu::{Document, GoldSentence, GoldWord};
use std::collections::BTreeMap;

/// What all gold mentions of one thing say of it together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chain {
    /// GUM's kind of the first mention: `person`, `organization`, `place` and others.
    pub(crate) kind: String,
    /// The mentions, in order of their beginnings.
    pub(crate) mentions: Vec<Mention>,
}

/// A run of words within a sentence; positions count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mention {
    pub(crate) sentence: usize,
    pub(crate) first: usize,
    /// One past the last word.
    pub(crate) end: usize,
}

/// The chains of a document, by their first mentions.
///
/// A bracket `(7-person-…` opens a mention of chain 7, `7)` closes the one opened last, `(7-person-…)` is a mention of
/// one word. Mentions in several parts, `(7[1/2]-…`, are left out.
pub(crate) fn chains(document: &Document) -> Vec<Chain> {
    let mut chains: BTreeMap<String, Chain> = BTreeMap::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        let mut open: Vec<(String, usize)> = Vec::new();
        for (at, word) in sentence.words.iter().enumerate() {
            for bracket in brackets(word) {
                match bracket {
                    Bracket::Open(id, kind) => {
                        chains.entry(id.clone()).or_insert_with(|| Chain { kind, ..Chain::default() });
                        open.push((id, at));
                    }
                    Bracket::Close(id) => {
                        let Some(place) = open.iter().rposition(|(other, _)| *other == id) else { continue };
                        let (id, first) = open.remove(place);
                        if let Some(chain) = chains.get_mut(&id) {
                            chain.mentions.push(Mention { sentence: index, first, end: at + 1 });
                        }
                    }
                }
            }
        }
    }
    let mut chains: Vec<Chain> = chains.into_values().filter(|c| !c.mentions.is_empty()).collect();
    chains.iter_mut().for_each(|c| c.mentions.sort());
    chains.sort_by_key(|c| c.mentions.first().copied());
    chains
}

enum Bracket {
    Open(String, String),
    Close(String),
}

fn brackets(word: &GoldWord) -> Vec<Bracket> {
    let cell = word.misc.split('|').find_map(|attribute| attribute.strip_prefix("Entity="));
    let mut rest = cell.unwrap_or_default();
    let mut found = Vec::new();
    while !rest.is_empty() {
        if let Some(opened) = rest.strip_prefix('(') {
            let end = opened.find(['(', ')']).unwrap_or(opened.len());
            let (inside, after) = opened.split_at(end);
            let mut parts = inside.split('-');
            let (id, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            if !id.contains('[') {
                found.push(Bracket::Open(id.to_owned(), kind.to_owned()));
            }
            rest = after;
            if let Some(after) = rest.strip_prefix(')') {
                if !id.contains('[') {
                    found.push(Bracket::Close(id.to_owned()));
                }
                rest = after;
            }
        } else {
            let (id, after) = rest.split_once(')').unwrap_or((rest, ""));
            if !id.contains('[') {
                found.push(Bracket::Close(id.to_owned()));
            }
            rest = after;
        }
    }
    found
}

/// The first word of a run that the tree hangs outside of it; words of punctuation only where there is no other.
pub(crate) fn head(sentence: &GoldSentence, first: usize, end: usize) -> usize {
    let outside =
        |at: &usize| sentence.words.get(*at).is_some_and(|w| w.head == 0 || w.head <= first || w.head > end);
    let word = |at: &usize| sentence.words.get(*at).is_some_and(|w| w.upos != "PUNCT");
    (first..end).filter(outside).find(word).or_else(|| (first..end).find(outside)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::Reader;

    #[test]
    fn brackets_nest_and_close_the_innermost() {
        let rows = [
            "# newdoc id = a",
            "1\tChad\tChad\tPROPN\tNNP\t_\t3\tnmod:poss\t_\tEntity=(1-person-new-x-cf1-1-coref(2-place-new-x-cf2-1-sgl-Chad)",
            "2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\t_",
            "3\tleader\tleader\tNOUN\tNN\t_\t4\tnsubj\t_\tEntity=1)",
            "4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_",
            "5\thome\thome\tNOUN\tNN\t_\t4\tobj\t_\tEntity=(3[1/2]-place-new-x-cf3-1-sgl)",
            "",
            "1\tHe\the\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv:act-x-cf1-1-ana)",
            "2\tslept\tsleep\tVERB\tVBD\t_\t0\troot\t_\t_",
            "",
        ];
        let mut reader = Reader::default();
        rows.iter().for_each(|row| reader.line(row).unwrap());
        let document = &reader.finish()[0];
        assert_eq!(document.id, "a");
        let found = chains(document);
        let at = |sentence, first, end| Mention { sentence, first, end };
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].mentions, [at(0, 0, 1)]);
        assert_eq!(found[1].mentions, [at(0, 0, 3), at(1, 0, 1)]);
        assert_eq!(head(&document.sentences[0], 0, 3), 2);
    }
}
