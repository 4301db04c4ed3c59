use super::gold::{self, Chain, Mention};
use super::{Handle, Matching, Scored};
use crate::conllu::Document;
use dateline::Codebook;
use dateline_codebook::{ActorKind, AliasKind};
use std::collections::BTreeMap;

/// The chains of a document that are scored, and which mentions stand for others.
pub(super) struct Key {
    pub(super) chains: Vec<Scored>,
    within: BTreeMap<Handle, Handle>,
}

impl Key {
    pub(super) fn of(document: &Document, codebook: &Codebook, matching: Matching) -> Self {
        let all = gold::chains(document);
        let within = within(document, &all, matching);
        let chains = chains(document, codebook, matching, &all, &within);
        Self { chains, within }
    }

    /// The mention that this one is part of, or itself.
    pub(super) fn whole(&self, handle: Handle) -> Handle {
        self.within.get(&handle).copied().unwrap_or(handle)
    }
}

/// Mentions inside longer ones of the same chain, with the longest around them: names and descriptions in apposition.
fn within(document: &Document, all: &[Chain], matching: Matching) -> BTreeMap<Handle, Handle> {
    let mut within = BTreeMap::new();
    for mention in all.iter().flat_map(|c| c.mentions.iter().map(move |m| (m, c))) {
        let (inner, chain) = mention;
        let around = |m: &&Mention| {
            m.sentence == inner.sentence && m.first <= inner.first && inner.end <= m.end && *m != inner
        };
        let longest = chain.mentions.iter().filter(around).max_by_key(|m| m.end - m.first);
        if let Some(longest) = longest {
            within.insert(handle(document, *inner, matching), handle(document, *longest, matching));
        }
    }
    within
}

fn chains(
    document: &Document,
    codebook: &Codebook,
    matching: Matching,
    all: &[Chain],
    within: &BTreeMap<Handle, Handle>,
) -> Vec<Scored> {
    let mut longest: BTreeMap<Handle, (usize, usize)> = BTreeMap::new();
    for (index, chain) in all.iter().enumerate() {
        for mention in &chain.mentions {
            let (handle, length) = (handle(document, *mention, matching), mention.end - mention.first);
            let best = longest.entry(handle).or_insert((length, index));
            if length > best.0 {
                *best = (length, index);
            }
        }
    }
    let scored = |(index, chain): (usize, &Chain)| {
        let mut mentions: Vec<Handle> =
            chain.mentions.iter().map(|m| handle(document, *m, matching)).collect();
        mentions.retain(|h| longest.get(h).is_some_and(|(_, owner)| *owner == index));
        mentions.retain(|h| matching.speech || !is_speech(document, *h));
        mentions.retain(|h| within.get(h).is_none_or(|whole| whole == h));
        mentions.dedup();
        (is_named(document, chain, codebook) && !mentions.is_empty()).then_some(Scored { mentions })
    };
    all.iter().enumerate().filter_map(scored).collect()
}

/// What a mention is known by.
pub(super) fn handle(document: &Document, mention: Mention, matching: Matching) -> Handle {
    let Mention { sentence, first, end } = mention;
    if matching.exact {
        return (sentence, first, end - 1);
    }
    let head = document.sentences.get(sentence).map_or(first, |s| gold::head(s, first, end));
    (sentence, head, head)
}

/// Whether the mention is a pronoun of the first or second person.
pub(super) fn is_speech(document: &Document, (sentence, first, last): Handle) -> bool {
    let word = document.sentences.get(sentence).and_then(|s| s.words.get(first));
    first == last
        && word.is_some_and(|w| {
            matches!(
                w.form.to_lowercase().as_str(),
                "i" | "me"
                    | "my"
                    | "mine"
                    | "myself"
                    | "we"
                    | "us"
                    | "our"
                    | "ours"
                    | "ourselves"
                    | "you"
                    | "your"
                    | "yours"
                    | "yourself"
                    | "yourselves"
            )
        })
}

fn is_named(document: &Document, chain: &Chain, codebook: &Codebook) -> bool {
    let proper = |m: &Mention| {
        let sentence = document.sentences.get(m.sentence);
        sentence.and_then(|s| s.words.get(gold::head(s, m.first, m.end))).is_some_and(|w| w.upos == "PROPN")
    };
    match chain.kind.as_str() {
        "person" | "organization" => chain.mentions.iter().any(proper),
        "place" => chain.mentions.iter().any(|m| is_country(document, *m, codebook)),
        _ => false,
    }
}

/// Whether the words are a country's name and nothing else but an article.
fn is_country(document: &Document, mention: Mention, codebook: &Codebook) -> bool {
    let Some(sentence) = document.sentences.get(mention.sentence) else { return false };
    let words: Vec<&str> = (mention.first..mention.end)
        .filter_map(|at| sentence.words.get(at))
        .map(|w| w.form.as_str())
        .collect();
    let words = match words.as_slice() {
        [the, rest @ ..] if the.eq_ignore_ascii_case("the") => rest,
        words => words,
    };
    codebook.actors.longest(words).is_some_and(|(length, aliases)| {
        let country = aliases.first().is_some_and(|alias| {
            alias.kind == AliasKind::Name
                && codebook.actors.get(alias.actor).is_some_and(|a| a.kind == ActorKind::Country)
        });
        length > 0 && length == words.len() && country
    })
}
