//! Which articles of a run are copies of each other: wire reports run in many papers, cut, with another headline and
//! another agency's name. An own MinHash, for the crates that have one bring more than the few lines it takes.

mod signature;

pub use signature::Signature;

use crate::{Article, Status};
use signature::{BANDS, paragraphs};
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// Articles that are remembered, the latest: some 2 kB each.
const MEMORY: usize = 100_000;

/// Finds the copies among the articles of a run.
///
/// Articles are added in order. What is remembered of each is some 2 kB, and of the latest 100,000 different ones only,
/// so that a longer run takes no more memory; texts that are the same to the letter are found however far apart.
///
/// ```
/// use dateline_article::{Articles, Copies};
/// let story = "Rebels left the town of Kidal on Tuesday after a week of talks with the army, its spokesman said. \
///              Nobody was hurt when they drove away in forty cars, and the army took the airport in the evening. \
///              The talks were held in Algiers, where both sides had met in the spring without coming to terms.";
/// let lines = format!("{{\"id\": 1, \"text\": \"{story}\"}}\n{{\"id\": 2, \"title\": \"Truce\", \"text\": \"{story}\"}}\n");
/// let mut copies = Copies::default();
/// let mut ids = Vec::new();
/// for article in Articles::open("wire.jsonl", Box::new(std::io::Cursor::new(lines))) {
///     let article = article?;
///     copies.add(&article);
///     ids.push(article.id);
/// }
/// // The second knows its headline, so it is the better version.
/// assert_eq!(copies.copy_of(0), Some(ids[1].clone()));
/// assert_eq!(copies.copy_of(1), None);
/// # Ok::<(), dateline_article::ArticleError>(())
/// ```
#[derive(Debug, Default)]
pub struct Copies {
    /// The group of each article, in the order in which they were added.
    group_of: Vec<u32>,
    groups: Vec<Group>,
    /// Groups by the hash of a text.
    texts: HashMap<u64, u32>,
    /// Groups by the hash of the publisher's identifier, where versions of it are told apart.
    keys: HashMap<u64, u32>,
    /// The latest known article with a band, by the band's hash.
    bands: HashMap<u64, u32>,
    known: Vec<Known>,
}

/// An article that later ones are compared with.
#[derive(Debug)]
struct Known {
    signature: Signature,
    group: u32,
    /// The article before this one with the same band, for each band.
    before: Box<[u32; BANDS]>,
}

/// No article.
const NONE: u32 = u32::MAX;
/// A band that more texts share is one of boilerplate, and only the latest of them are looked at.
const LONGEST_CHAIN: usize = 64;

/// Articles that are copies of each other.
#[derive(Debug)]
struct Group {
    /// Which of them is the best, and its id.
    best: u32,
    id: u128,
    quality: Quality,
    /// The hash of the best one's identifier, and its version.
    version: Option<(u64, u64)>,
    members: u32,
}

/// How good a version is, the first of most weight: what is withdrawn is worst, then the longest is best, then the one
/// that knows most of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Quality {
    standing: u8,
    words: usize,
    facts: usize,
}

impl Quality {
    fn of(article: &Article) -> Self {
        let standing = match article.status {
            Status::Canceled => 0,
            Status::Withheld => 1,
            Status::Usable => 2,
            Status::Corrected => 3,
        };
        let facts = [
            article.title.is_some(),
            article.published.is_some(),
            article.byline.is_some(),
            article.located.is_some(),
            article.publisher.is_some(),
            !article.agencies.is_empty(),
        ];
        let words = paragraphs(article).map(|text| text.split_whitespace().count()).sum();
        Self { standing, words, facts: facts.into_iter().filter(|known| *known).count() }
    }
}

impl Copies {
    /// Adds the next article, and gives the id of the best earlier version of it, if there is one.
    pub fn add(&mut self, article: &Article) -> Option<String> {
        let ordinal = u32::try_from(self.group_of.len()).unwrap_or(u32::MAX);
        let found = self.find(article);
        let quality = Quality::of(article);
        let id = u128::from_str_radix(&article.id, 16).unwrap_or(0);
        let version = version(article);
        let same_story = version.and_then(|(key, _)| self.keys.get(&key)).copied();
        let (group, earlier) = match same_story.or(found.group) {
            Some(group) => (group, self.groups.get(group as usize).map(|group| hex(group.id))),
            None => {
                let group = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
                self.groups.push(Group { best: ordinal, id, quality, version, members: 0 });
                (group, None)
            }
        };
        if let Some(known) = self.groups.get_mut(group as usize) {
            known.members += 1;
            // A later version replaces the earlier, be it a kill; of two that are alike the first stays.
            let better = match (version, known.version) {
                (Some((key, new)), Some((known_key, old))) if key == known_key && new != old => new > old,
                _ => quality > known.quality,
            };
            if better {
                (known.best, known.id, known.quality, known.version) = (ordinal, id, quality, version);
            }
        }
        self.group_of.push(group);
        if let Some((key, _)) = version {
            self.keys.entry(key).or_insert(group);
        }
        if let Some(text) = found.text {
            self.texts.insert(text, group);
        }
        if let Some(signature) = found.signature {
            self.remember(signature, group);
        }
        earlier
    }

    /// The id of the article that an article, by its number from 0, is a copy of; `None` where it is the best version or
    /// has no copies.
    pub fn copy_of(&self, ordinal: usize) -> Option<String> {
        let group = self.groups.get(*self.group_of.get(ordinal)? as usize)?;
        (group.members > 1 && group.best as usize != ordinal).then(|| hex(group.id))
    }

    /// How many articles were added.
    pub fn len(&self) -> usize {
        self.group_of.len()
    }

    /// Whether none was added.
    pub fn is_empty(&self) -> bool {
        self.group_of.is_empty()
    }

    fn find(&self, article: &Article) -> Found {
        let mut text = String::new();
        for paragraph in paragraphs(article) {
            for word in paragraph.split_whitespace() {
                text.push_str(word);
                text.push(' ');
            }
        }
        let Some(signature) = Signature::of(article) else { return Found::default() };
        let text = xxh3_64(text.as_bytes());
        if let Some(group) = self.texts.get(&text) {
            return Found { group: Some(*group), ..Found::default() };
        }
        let mut best: Option<(f64, u32)> = None;
        let mut tried: Vec<u32> = Vec::new();
        for (number, band) in signature.bands().enumerate() {
            let mut at = self.bands.get(&band).copied().unwrap_or(NONE);
            for _ in 0..LONGEST_CHAIN {
                let Some(known) = self.known.get(at as usize) else { break };
                if !tried.contains(&at) {
                    tried.push(at);
                    let likeness = signature.likeness(&known.signature);
                    if signature.is_copy(&known.signature) && best.is_none_or(|(known, _)| likeness > known) {
                        best = Some((likeness, known.group));
                    }
                }
                at = known.before.get(number).copied().unwrap_or(NONE);
            }
        }
        Found { group: best.map(|(_, group)| group), text: Some(text), signature: Some(signature) }
    }

    /// Keeps a signature; the oldest go when there are too many.
    fn remember(&mut self, signature: Signature, group: u32) {
        if self.known.len() >= MEMORY {
            // Half at once, so that the cost of it is spread over many articles.
            let kept = self.known.split_off(MEMORY / 2);
            self.known.clear();
            self.bands.clear();
            for known in kept {
                self.push(known.signature, known.group);
            }
        }
        self.push(signature, group);
    }

    fn push(&mut self, signature: Signature, group: u32) {
        let at = u32::try_from(self.known.len()).unwrap_or(NONE);
        let mut before = Box::new([NONE; BANDS]);
        for (slot, band) in before.iter_mut().zip(signature.bands()) {
            *slot = self.bands.insert(band, at).unwrap_or(NONE);
        }
        self.known.push(Known { signature, group, before });
    }
}

/// The hash of an article's identifier, and its version, where it has both.
fn version(article: &Article) -> Option<(u64, u64)> {
    let number = article.version.as_deref()?.trim().parse().ok()?;
    Some((xxh3_64(article.key.as_deref()?.as_bytes()), number))
}

#[derive(Default)]
struct Found {
    group: Option<u32>,
    text: Option<u64>,
    signature: Option<Signature>,
}

fn hex(id: u128) -> String {
    format!("{id:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Articles;

    /// Sentences of different words.
    fn story(from: usize, to: usize) -> String {
        let sentence = |n: usize| {
            let word = |k: usize| {
                let syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu"];
                let at = ((n * 64 + k + 1) as u32).wrapping_mul(2_654_435_761) as usize >> 7 & 1023;
                format!("{}{}{}", syllables[at % 10], syllables[at / 10 % 10], syllables[at / 100 % 10])
            };
            format!("The {} said.", (0..18).map(word).collect::<Vec<_>>().join(" "))
        };
        (from..to).map(sentence).collect::<Vec<_>>().join("\n\n")
    }

    fn article(text: &str) -> Article {
        let json = serde_json::json!({ "text": text }).to_string();
        Articles::open("in", Box::new(std::io::Cursor::new(json))).next().unwrap().unwrap()
    }

    #[test]
    fn cut_and_edited_texts_are_copies_and_others_are_not() {
        let mut copies = Copies::default();
        let whole = story(0, 20);
        let texts = [
            story(0, 9),
            story(50, 70),
            whole.clone(),
            whole.replacen("The ", "An ", 3),
            [story(0, 5), story(100, 115)].concat(),
            story(200, 201),
            story(200, 201),
        ];
        let articles: Vec<Article> = texts.iter().map(|text| article(text)).collect();
        articles.iter().for_each(|article| drop(copies.add(article)));
        let best = Some(articles[2].id.clone());
        let of: Vec<_> = (0..articles.len()).map(|at| copies.copy_of(at)).collect();
        assert_eq!(of, [best.clone(), None, None, best, None, None, None]);
    }
}
