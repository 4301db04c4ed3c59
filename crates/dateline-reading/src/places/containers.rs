use super::geometry::is_inside;
use super::toponyms::Toponym;
use crate::document::Document;
use crate::noun_phrase::token;
use crate::spotted::{Spotted, SpottedKind};
use dateline_codebook::{AliasKind, Code, Feature, GazetteerPlace};
use dateline_syntax::{Sentence, Upos};

/// How many words may lie between two toponyms of which one holds the other without saying so.
const NEAR: u32 = 6;

/// What the words around a toponym name as the place that it lies in.
pub(super) struct Holder<'a> {
    /// Whether the text says so ("Paris, Texas", "Afghanistan's Balkh province"), or the two only stand near each other.
    pub(super) told: bool,
    /// What it may be; for a nationality none, but its country.
    pub(super) places: Vec<GazetteerPlace<'a>>,
    pub(super) country: Option<Code>,
    /// The toponym that it is.
    pub(super) toponym: Option<usize>,
}

impl Holder<'_> {
    /// Whether a candidate lies in it.
    pub(super) fn holds(&self, candidate: &GazetteerPlace<'_>) -> bool {
        let country = self.country.is_some() && candidate.country == self.country;
        country && candidate.feature != Feature::Country
            || self.places.iter().any(|holder| is_inside(candidate, holder))
    }
}

/// The containers that the sentence names for a toponym.
pub(super) fn of<'a>(
    doc: &Document<'_>,
    spotted: &[Vec<Spotted>],
    toponyms: &[Toponym],
    candidates: &[Vec<GazetteerPlace<'a>>],
    at: usize,
) -> Vec<Holder<'a>> {
    let Some(toponym) = toponyms.get(at) else { return Vec::new() };
    let Some(sentence) = doc.sentences.get(toponym.sentence as usize) else { return Vec::new() };
    let mut found = Vec::new();
    // "Sangin, Helmand, Afghanistan": what follows by comma again holds the first as well.
    let mut end = toponym.outer.1;
    let listed = is_listed(doc, sentence, toponyms, at);
    for (index, (other, theirs)) in toponyms.iter().zip(candidates).enumerate().skip(at + 1) {
        if other.sentence != toponym.sentence {
            break;
        }
        if !follows(doc, sentence, end, other) {
            continue;
        }
        let alike = |feature| {
            let own = candidates.get(at).into_iter().flatten();
            own.take(3).any(|p| p.feature == feature) && theirs.iter().take(3).any(|p| p.feature == feature)
        };
        if (listed || is_listed(doc, sentence, toponyms, index))
            && (alike(Feature::Province) || alike(Feature::Country))
        {
            // "Iowa, Ohio and Oregon": one of a row, not in the next.
            break;
        }
        end = other.outer.1;
        found.push(holder(true, other, theirs, Some(index)));
    }
    for (index, (other, theirs)) in toponyms.iter().zip(candidates).enumerate() {
        if other.sentence != toponym.sentence || index == at || found.iter().any(|h| h.toponym == Some(index))
        {
            continue;
        }
        let before = other.outer.1 <= toponym.outer.0;
        let told = before && leads_to(doc, sentence, other.end, toponym.first);
        let gap = if before {
            toponym.outer.0 - other.outer.1
        } else {
            other.outer.0.saturating_sub(toponym.outer.1)
        };
        if told || gap <= NEAR {
            found.push(holder(told, other, theirs, Some(index)));
        }
    }
    // "the Pakistani city of Peshawar"
    let names = spotted.get(toponym.sentence as usize).map_or(&[][..], Vec::as_slice);
    for name in names.iter().filter(|n| n.kind == SpottedKind::Country(AliasKind::Demonym)) {
        if name.end < toponym.first && leads_to(doc, sentence, name.end, toponym.first) {
            let actor = name.aliases.first().and_then(|alias| doc.codebook.actors.get(alias.actor));
            let country = actor.and_then(|actor| actor.country);
            found.push(Holder { told: true, places: Vec::new(), country, toponym: None });
        }
    }
    found
}

fn holder<'a>(
    told: bool,
    other: &Toponym,
    theirs: &[GazetteerPlace<'a>],
    toponym: Option<usize>,
) -> Holder<'a> {
    let large = |place: &&GazetteerPlace<'_>| {
        matches!(place.feature, Feature::Country | Feature::Province | Feature::District | Feature::Region)
    };
    Holder {
        told,
        places: theirs.iter().filter(large).copied().collect(),
        country: other.country.filter(|_| !other.capital),
        toponym,
    }
}

/// Whether a toponym follows the words up to `end` as their container: "Paris, Texas", "Glasgow (Ky.)",
/// "Mazar-e-Sharif, in northern Afghanistan's Balkh province".
fn follows(doc: &Document<'_>, sentence: &Sentence, end: u32, other: &Toponym) -> bool {
    if other.outer.0 < end || other.outer.0 > end + 4 {
        return false;
    }
    let mut comma = false;
    let mut preposition = false;
    let between = (end..other.outer.0).all(|at| {
        let word = token(sentence, at).map_or("", |t| t.span.of(doc.text()));
        match word {
            "," | "(" => comma = true,
            "in" | "of" => preposition = true,
            "the" => {}
            word => {
                let word = word.to_lowercase();
                return doc.codebook.mentions.directions.contains(word.as_str());
            }
        }
        true
    });
    between && (comma || preposition)
}

/// Whether the words from `end` to `first` make what is before them the container of what follows: "Afghanistan's
/// Balkh", "the Texas town of Paris", "Iraq's northern city of Mosul".
fn leads_to(doc: &Document<'_>, sentence: &Sentence, end: u32, first: u32) -> bool {
    if first <= end || first > end + NEAR {
        return false;
    }
    let mut telling = false;
    (end..first).all(|at| {
        let Some(token) = token(sentence, at) else { return false };
        let word = token.span.of(doc.text()).to_lowercase();
        let kind = doc.codebook.place_words.settlements.contains(word.as_str())
            || doc.codebook.mentions.place_heads.contains(word.as_str());
        let possessive = matches!(word.as_str(), "'s" | "’s" | "'" | "’");
        telling |= kind || possessive;
        kind || possessive
            || word == "of"
            || doc.codebook.mentions.directions.contains(word.as_str())
            || token.upos == Upos::Adj
    }) && telling
}

/// Whether a toponym is one of a row: an "and" parts it from another, or it has others on both sides.
fn is_listed(doc: &Document<'_>, sentence: &Sentence, toponyms: &[Toponym], at: usize) -> bool {
    let links = links(doc, sentence, toponyms, at);
    links.len() > 1 || links.iter().any(|(_, and)| *and)
}

/// The toponyms that stand in a row with one, itself not among them.
pub(super) fn row_of(doc: &Document<'_>, toponyms: &[Toponym], at: usize) -> Vec<usize> {
    let Some(sentence) = toponyms.get(at).and_then(|own| doc.sentences.get(own.sentence as usize)) else {
        return Vec::new();
    };
    if !is_listed(doc, sentence, toponyms, at) {
        return Vec::new();
    }
    links(doc, sentence, toponyms, at).into_iter().map(|(other, _)| other).collect()
}

/// The toponyms next to one that only a comma, "and" or "or" parts from it, and whether it is no mere comma.
fn links(doc: &Document<'_>, sentence: &Sentence, toponyms: &[Toponym], at: usize) -> Vec<(usize, bool)> {
    let Some(own) = toponyms.get(at) else { return Vec::new() };
    let word = |at: u32| token(sentence, at).map_or("", |t| t.span.of(doc.text()));
    let joined = |end: u32, first: u32| {
        let near = end < first && first - end <= 3;
        let all = near && (end..first).all(|at| matches!(word(at), "and" | "or" | "&" | "," | "the"));
        all.then(|| (end..first).any(|at| matches!(word(at), "and" | "or" | "&")))
    };
    let mut links = Vec::new();
    for (index, other) in toponyms.iter().enumerate().filter(|(_, t)| t.sentence == own.sentence) {
        let before = other.outer.1 <= own.outer.0;
        let (end, first) = if before { (other.outer.1, own.outer.0) } else { (own.outer.1, other.outer.0) };
        if let Some(and) = joined(end, first).filter(|_| index != at) {
            links.push((index, and));
        }
    }
    links
}
