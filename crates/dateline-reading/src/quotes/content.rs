//! The words that a cue has as its content.

use crate::document::Document;
use crate::noun_phrase::token;
use dateline_codebook::{Complements, CuePart};
use dateline_syntax::{Relation, Sentence, Upos, Xpos};
use dateline_text::Span;

/// What hangs on a cue as its content: the heads of its parts, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) heads: Vec<u32>,
    /// Whether one of them is a clause or an infinitive, and not only a name for what was said.
    pub(super) clause: bool,
}

impl Content {
    pub(super) fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The first word that governs a part of it.
    pub(super) fn head(&self, sentence: &Sentence) -> Option<Span> {
        Some(token(sentence, *self.heads.first()?)?.span)
    }

    fn push(&mut self, head: u32, clause: bool) {
        if !self.heads.contains(&head) {
            self.heads.push(head);
        }
        self.clause |= clause;
    }
}

/// What a word takes as its content, by the codebook. `passive` tells that its object stands before it.
pub(super) fn content(sentence: &Sentence, word: u32, takes: &Complements, passive: bool) -> Content {
    let mut found = Content::default();
    let (mut objects, mut subject) = (Vec::new(), None);
    for child in sentence.children(word) {
        let Some(part) = token(sentence, child) else { continue };
        use Relation as R;
        match part.relation {
            R::Ccomp
            | R::Csubj
            | R::CsubjPass
            | R::Xcomp
            | R::Acl
            | R::Advcl
            | R::Obl
            | R::Nmod
            | R::Parataxis => {
                match shape(sentence, child) {
                    // "told reporters to leave", but no purpose: "spoke to win them over".
                    Shape::Infinitive
                        if takes.infinitive
                            && (part.relation != R::Advcl || takes.object || takes.person) =>
                    {
                        found.push(child, true)
                    }
                    Shape::Finite if takes.clause && is_inside(part.relation, child, word) => {
                        found.push(child, true)
                    }
                    Shape::Gerund
                        if takes.gerund && (part.relation != R::Advcl || adjoins(sentence, word, child)) =>
                    {
                        found.push(child, true)
                    }
                    Shape::Bare if takes.predicate && part.relation == R::Xcomp => found.push(child, false),
                    Shape::Bare if takes.clause && part.relation == R::Ccomp => found.push(child, true),
                    Shape::Under(link) if takes.prepositions.iter().any(|p| p == link) => {
                        found.push(child, false)
                    }
                    _ => {}
                }
            }
            R::Obj | R::Iobj | R::NmodUnmarked if part.relation != R::NmodUnmarked => objects.push(child),
            R::Nsubj => subject = Some(child),
            R::NsubjPass if passive => objects.push(child),
            _ => {}
        }
    }
    // "cited the raid as a reason", "praised the mayor for his calm": what is said of the object goes with it.
    let rest = |child: &u32| {
        let beside = token(sentence, *child)
            .is_some_and(|t| matches!(t.relation, Relation::Obl | Relation::Advcl | Relation::Nmod));
        beside
            && matches!(shape(sentence, *child), Shape::Under("as" | "because" | "for" | "against" | "over"))
    };
    // "told the rebels that …": whom it is told is no part of it.
    let told = takes.person && (found.clause || !takes.object);
    let alone = takes.paired && found.is_empty();
    if takes.object && !told && !alone {
        for &object in &objects {
            found.push(object, false);
        }
    }
    if !found.clause
        && !passive
        && let Some(&object) = found.heads.iter().max()
    {
        sentence.children(word).filter(|&c| c > object).filter(rest).for_each(|c| found.push(c, false));
    }
    if !found.is_empty() && takes.subject {
        subject.or(objects.first().copied()).into_iter().for_each(|s| found.push(s, false));
    } else if passive && !takes.object && !takes.person {
        // "is said to have left", "is seen as a threat": what is said of them is said with them.
        let raised =
            found.heads.iter().any(|&h| matches!(shape(sentence, h), Shape::Infinitive | Shape::Under("as")));
        objects.iter().filter(|_| raised).for_each(|&o| found.push(o, false));
    }
    // "cited it", "praised himself" tell nothing of what was said; "praised her" tells of whom.
    if let [only] = found.heads[..]
        && !found.clause
        && token(sentence, only).is_some_and(|t| t.upos == Upos::Pron && !is_person(&t.lemma))
    {
        found.heads.clear();
    }
    found.heads.sort_unstable();
    found
}

/// Whether a pronoun stands for somebody; lemmas and words both, as lemmas are not always right.
fn is_person(pronoun: &str) -> bool {
    matches!(
        pronoun,
        "he" | "him" | "she" | "her" | "they" | "them" | "I" | "me" | "we" | "us" | "you" | "who" | "whom"
    )
}

/// Whether nothing parts a verb from what follows it.
fn adjoins(sentence: &Sentence, word: u32, child: u32) -> bool {
    child > word && (word + 1..child).all(|at| token(sentence, at).is_some_and(|t| t.upos != Upos::Punct))
}

/// A loose clause after a verb of saying is said; one before it, or with the verb put into it, is found elsewhere.
fn is_inside(relation: Relation, child: u32, word: u32) -> bool {
    match relation {
        Relation::Parataxis => child > word,
        Relation::Advcl | Relation::Obl | Relation::Nmod => false,
        _ => true,
    }
}

/// How a complement is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape<'a> {
    Infinitive,
    Finite,
    Gerund,
    /// A noun or adjective with nothing before it.
    Bare,
    /// Behind a preposition or mark.
    Under(&'a str),
}

fn shape(sentence: &Sentence, head: u32) -> Shape<'_> {
    let Some(part) = token(sentence, head) else { return Shape::Bare };
    let mut link = None;
    let mut finite = false;
    for child in sentence.children(head) {
        let Some(word) = token(sentence, child) else { continue };
        match word.relation {
            Relation::Mark if child < head && word.xpos == Xpos::To => return Shape::Infinitive,
            Relation::Mark | Relation::Case if child < head && word.xpos != Xpos::Pos => {
                link = link.or(Some(word.lemma.as_str()));
            }
            Relation::Nsubj | Relation::NsubjPass | Relation::Cop | Relation::Aux | Relation::Expl => {
                finite = true
            }
            _ => {}
        }
    }
    match link {
        Some("that" | "whether" | "if") if part.relation != Relation::Advcl => return Shape::Finite,
        Some(link) => return Shape::Under(link),
        None => {}
    }
    match part.upos {
        Upos::Verb if part.xpos == Xpos::Vbg && !finite => Shape::Gerund,
        Upos::Verb | Upos::Aux if part.relation != Relation::Acl || finite => Shape::Finite,
        _ if finite => Shape::Finite,
        _ => Shape::Bare,
    }
}

/// Runs of words that hang on these heads, without those that hang on `without` and without the cue itself. What stands
/// between two runs belongs to them, unless it is the cue or its speaker.
pub(super) fn runs(
    doc: &Document<'_>,
    sentence: &Sentence,
    content: &Content,
    without: &[u32],
    cue: (u32, u32),
) -> Vec<Span> {
    let heads = content.heads.as_slice();
    let mut mine = vec![false; sentence.tokens.len()];
    let mut stack: Vec<u32> = heads.to_vec();
    while let Some(at) = stack.pop() {
        if without.contains(&at)
            || (cue.0 <= at && at < cue.1)
            || is_reporters(doc, sentence, heads, at, cue.0)
        {
            continue;
        }
        match mine.get_mut(at as usize) {
            Some(slot) if !*slot => *slot = true,
            _ => continue,
        }
        stack.extend(sentence.children(at));
    }
    let mut found: Vec<(u32, u32)> = Vec::new();
    for at in (0..sentence.tokens.len() as u32).filter(|&at| mine.get(at as usize).is_some_and(|m| *m)) {
        match found.last_mut() {
            Some((_, end)) if !parts(*end, at, without, cue) => *end = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    // "The town fell, he said, citing survivors": what follows the cue is the reporter's, unless it goes on.
    if heads.iter().all(|&h| h < cue.0) {
        let goes_on = |first: u32| {
            (first..first.saturating_add(3)).any(|at| {
                token(sentence, at)
                    .is_some_and(|t| t.relation == Relation::Cc && t.head.is_some_and(|h| h > cue.0))
            })
        };
        let put_in = is_put_in(sentence, cue);
        found.retain(|&(first, _)| first < cue.0 || goes_on(first) || put_in == Some(first));
        // The tree may hang the rest on the cue, with the comma before it.
        if let Some(from) = put_in.filter(|_| found.iter().all(|&(_, end)| end <= cue.0)) {
            let below = sentence.children(cue.0).map(|c| sentence.subtree(c));
            let rest = below.filter(|&(first, end)| (first == from || first + 1 == from) && from < end);
            found.extend(rest.map(|(_, end)| (from, end)).next());
        }
    }
    // "To see it, he said, one must climb": what the tree hangs on the cue is said too.
    let opens = found.first().is_some_and(|&(first, _)| first >= cue.1) && content.clause;
    if let Some((begin, _)) = cue_group(sentence, cue).filter(|_| opens && is_put_in(sentence, cue).is_some())
        && begin > 2
    {
        found.insert(0, (0, begin));
    }
    // "experts say her plans would cost more", with the subject hung on the cue.
    if let Some((first, _)) = found.first_mut().filter(|_| content.clause)
        && let Some(from) = subject_between(sentence, heads, *first, cue)
    {
        *first = from;
    }
    if let Some((first, end)) = found.last_mut() {
        *end = without_aside(sentence, heads, *first, *end);
    }
    // "called for talks": the talks.
    if let (Some((first, end)), [only, ..]) = (found.first_mut(), heads)
        && let Some(case) =
            sentence.children_as(*only, Relation::Case).next().filter(|c| c == first && c < only)
        && case + 1 < *end
    {
        *first = case + 1;
    }
    let trimmed = found.into_iter().map(|(first, end)| trim(doc, sentence, first, end));
    trimmed.filter(|(first, end)| first < end).map(|(first, end)| sentence.span_of(first, end)).collect()
}

/// Where the content goes on behind a cue that stands between commas in it: "it is his job, he said, to talk". Not where
/// the reporter goes on: "the town fell, he said, citing survivors", "…, he said, in a speech".
fn is_put_in(sentence: &Sentence, cue: (u32, u32)) -> Option<u32> {
    let (first, end) = cue_group(sentence, cue)?;
    let comma = |w: u32| token(sentence, w).is_some_and(|t| t.xpos == Xpos::Comma);
    // The commas may hang on the cue.
    let open = first.checked_sub(1).is_some_and(comma) || comma(first);
    let close = if end > 0 && comma(end - 1) {
        end
    } else if comma(end) {
        end + 1
    } else {
        return None;
    };
    let next = token(sentence, close).filter(|_| open)?;
    let reporters = next.xpos == Xpos::Vbg
        || (matches!(next.relation, Relation::Mark | Relation::Case)
            && !matches!(
                &*next.lemma,
                "because" | "if" | "unless" | "to" | "that" | "by" | "for" | "with" | "without"
            ));
    (!reporters).then_some(close)
}

/// First word, and one past the last word, of a cue with its subject on either side.
fn cue_group(sentence: &Sentence, cue: (u32, u32)) -> Option<(u32, u32)> {
    token(sentence, cue.0)?;
    let subject = sentence.children_as(cue.0, Relation::Nsubj).next().map(|s| sentence.subtree(s));
    Some(subject.map_or(cue, |(from, to)| (from.min(cue.0), to.max(cue.1))))
}

/// Where the subject begins of a finite clause that starts with its verb behind a cue: nouns hung on the cue by a slip of
/// the tree. Nobody is told anything that has an auxiliary and no subject.
fn subject_between(sentence: &Sentence, heads: &[u32], first: u32, cue: (u32, u32)) -> Option<u32> {
    let head = *heads.iter().find(|&&h| h >= first)?;
    let relation = |c: u32| token(sentence, c).map(|t| t.relation);
    let own = |r: &[Relation]| sentence.children(head).any(|c| relation(c).is_some_and(|x| r.contains(&x)));
    let finite = token(sentence, first).is_some_and(|t| t.upos == Upos::Aux && t.xpos != Xpos::Vb);
    let subject = own(&[Relation::Nsubj, Relation::NsubjPass, Relation::Csubj, Relation::Expl]);
    if !finite || subject || first <= cue.1 {
        return None;
    }
    let clean = (cue.1..first).all(|w| {
        token(sentence, w)
            .is_some_and(|t| !matches!(t.xpos, Xpos::Comma) && t.upos != Upos::Verb || t.xpos == Xpos::Vb)
    });
    clean.then_some(cue.1)
}

/// The end of a content without what is only told about its last name, or granted by the reporter: "praised the mayor, who
/// had fled in May", "said all had signed, though she did not show the papers".
fn without_aside(sentence: &Sentence, heads: &[u32], first: u32, end: u32) -> u32 {
    let comma = |w: u32| token(sentence, w).is_some_and(|t| t.xpos == Xpos::Comma);
    let granted = |at: u32| {
        let mut marks = sentence.children_as(at, Relation::Mark).filter_map(|m| token(sentence, m));
        marks.any(|m| matches!(&*m.lemma, "though" | "although"))
    };
    let aside = |at: &u32| {
        let told = token(sentence, *at).is_some_and(|t| match t.relation {
            Relation::AclRelcl => true,
            Relation::Advcl => granted(*at),
            _ => false,
        });
        told && !heads.contains(at)
    };
    let cut = (first..end).filter(aside).find_map(|at| {
        let (from, to) = sentence.subtree(at);
        let from = if comma(from) { from } else { from.checked_sub(1).filter(|&b| comma(b))? };
        let trailing = (to..end).all(|w| token(sentence, w).is_some_and(|t| t.upos == Upos::Punct));
        (trailing && from > first).then_some(from)
    });
    cut.unwrap_or(end)
}

/// Whether a part of the content is the reporter's after all, by a slip of the tree: "said he was impressed but warned that",
/// "…, according to an official", "…, citing survivors".
fn is_reporters(doc: &Document<'_>, sentence: &Sentence, heads: &[u32], at: u32, cue: u32) -> bool {
    let Some(part) = token(sentence, at).filter(|_| !heads.contains(&at)) else { return false };
    let according = |c: u32| token(sentence, c).is_some_and(|t| matches!(&*t.lemma, "according" | "accord"));
    if according(at) || sentence.children_as(at, Relation::Case).any(according) {
        return true;
    }
    let below = part.head.is_some_and(|h| heads.contains(&h));
    if !below || part.upos != Upos::Verb || at < cue {
        return false;
    }
    let own = sentence.children(at).any(|c| {
        token(sentence, c).is_some_and(|t| {
            matches!(t.relation, Relation::Nsubj | Relation::NsubjPass | Relation::Aux | Relation::AuxPass)
        })
    });
    let tells = || {
        let word = doc.codebook.reporting.word(CuePart::Verb, &part.lemma);
        word.is_some_and(|w| w.class.is_speech())
    };
    let comma = || {
        let (first, _) = sentence.subtree(at);
        first.checked_sub(1).and_then(|b| token(sentence, b)).is_some_and(|t| t.xpos == Xpos::Comma)
            || token(sentence, first).is_some_and(|t| t.xpos == Xpos::Comma)
    };
    let same = token(sentence, cue).is_some_and(|t| t.xpos == part.xpos);
    match part.relation {
        Relation::Conj => !own && same && tells(),
        Relation::Advcl => !own && part.xpos == Xpos::Vbg && comma() && tells(),
        _ => false,
    }
}

/// Whether the cue, or what is left out, stands between two words.
fn parts(from: u32, to: u32, without: &[u32], cue: (u32, u32)) -> bool {
    let between = |at: u32| from <= at && at < to;
    between(cue.0) || without.iter().any(|&w| between(w))
}

/// Without commas, quotation marks and full stops at either end.
fn trim(doc: &Document<'_>, sentence: &Sentence, mut first: u32, mut end: u32) -> (u32, u32) {
    let mark = |w: u32| {
        token(sentence, w).is_some_and(|t| {
            let word = t.span.of(doc.text());
            t.upos == Upos::Punct
                && !word.chars().any(|c| c.is_alphanumeric() || matches!(c, '(' | ')' | '?'))
        })
    };
    while first < end && mark(first) {
        first += 1;
    }
    while first < end && mark(end - 1) {
        end -= 1;
    }
    (first, end)
}
