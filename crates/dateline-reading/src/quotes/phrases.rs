//! Phrases that report: "according to the ministry", "in his view", "reportedly", "Poll: …".

use super::content::Content;
use super::cues::{Cue, Finder, known};
use crate::document::At;
use crate::noun_phrase::{lemma, preposition, token};
use dateline_codebook::{CueClass, CuePart};
use dateline_syntax::{NameKind, Relation, Sentence, Upos};
use dateline_text::Span;

/// "according to the ministry": the ministry governs "according", or hangs on it.
pub(super) fn according(finder: &Finder<'_>, sentence: &Sentence, at: At) -> Option<Cue> {
    let own = token(sentence, at.token)?;
    token(sentence, at.token + 1).filter(|t| t.lemma == "to")?;
    let below = sentence.children_as(at.token, Relation::Obl).next();
    let above =
        own.head.filter(|_| matches!(own.relation, Relation::Case | Relation::Mark | Relation::Fixed));
    let speaker = below.or(above)?;
    // The phrase hangs on its clause by whichever word governs the other.
    let top = if below.is_some() { at.token } else { speaker };
    phrase(finder, sentence, at, 2, top, speaker)
}

/// "in the words of the envoy", "in his view": somebody's, and about the clause that it hangs on.
pub(super) fn view(finder: &Finder<'_>, sentence: &Sentence, at: At) -> Option<Cue> {
    let own = token(sentence, at.token)?;
    finder.doc.codebook.reporting.is_view(&own.lemma).then_some(())?;
    let case = preposition(sentence, at.token)?;
    matches!(lemma(sentence, case), "in" | "to" | "from").then_some(())?;
    (own.relation == Relation::Obl).then_some(())?;
    let of = |c: &u32| preposition(sentence, *c).is_some_and(|p| lemma(sentence, p) == "of");
    let owner = sentence.children_as(at.token, Relation::NmodPoss).next();
    let owner = owner.or_else(|| sentence.children_as(at.token, Relation::Nmod).find(of))?;
    phrase(finder, sentence, at, 1, at.token, owner)
}

/// "In a poll, half of the voters chose Berg": what the poll found, where no verb says so.
pub(super) fn survey(finder: &Finder<'_>, sentence: &Sentence, at: At) -> Option<Cue> {
    let own = token(sentence, at.token)?;
    finder.doc.codebook.reporting.is_survey(&own.lemma).then_some(())?;
    let case = preposition(sentence, at.token).filter(|&case| lemma(sentence, case) == "in")?;
    let head = own.head.filter(|_| own.relation == Relation::Obl)?;
    let verb = known(finder.doc, sentence, CuePart::Verb, head);
    let reports = verb.is_some_and(|v| v.class.is_speech() && v.takes.clause);
    (!reports).then_some(())?;
    let mut cue = phrase(finder, sentence, at, 1, at.token, at.token)?;
    cue.span = token(sentence, case)?.span;
    cue.quoting = false;
    Some(cue)
}

/// A phrase that hangs on the clause that it is said of.
fn phrase(
    finder: &Finder<'_>,
    sentence: &Sentence,
    at: At,
    length: u32,
    top: u32,
    speaker: u32,
) -> Option<Cue> {
    let clause = token(sentence, top)?.head?;
    let content = Content { heads: vec![whole_clause(finder, sentence, clause)], clause: true };
    Some(Cue {
        at,
        span: sentence.span_of(at.token, at.token + length),
        class: CueClass::Statement,
        speaker: Some(At { sentence: at.sentence, token: speaker }),
        addressee: None,
        relies_on: None,
        adjunct: true,
        quoting: true,
        told: true,
        content: finder.spans(sentence, &content, &[top], (at.token, at.token + length)),
        head: content.head(sentence),
    })
}

/// The clause that a word is in, with the one above it, unless that reports it: "some would see their rents go up, according
/// to the study".
fn whole_clause(finder: &Finder<'_>, sentence: &Sentence, word: u32) -> u32 {
    let mut at = clause_of(sentence, word);
    for _ in 0..sentence.tokens.len() {
        let Some(head) = token(sentence, at).filter(|t| t.relation == Relation::Ccomp).and_then(|t| t.head)
        else {
            break;
        };
        let cue = known(finder.doc, sentence, CuePart::Verb, head);
        if cue.is_some_and(|c| c.class.is_speech() && c.takes.clause) {
            break;
        }
        at = clause_of(sentence, head);
    }
    at
}

/// The clause that a word is in: a phrase at its end may hang on its last noun.
pub(super) fn clause_of(sentence: &Sentence, word: u32) -> u32 {
    let mut at = word;
    for _ in 0..sentence.tokens.len() {
        let Some(here) = token(sentence, at) else { break };
        let subject = sentence.children(at).any(|c| {
            token(sentence, c).is_some_and(|t| matches!(t.relation, Relation::Nsubj | Relation::NsubjPass))
        });
        match here.head {
            Some(head) if !subject && !matches!(here.relation, Relation::Ccomp | Relation::Parataxis) => {
                at = head
            }
            _ => break,
        }
    }
    at
}

/// "The rebels reportedly withdrew": nobody in particular says so.
pub(super) fn hearsay(finder: &Finder<'_>, sentence: &Sentence, at: At) -> Option<Cue> {
    let own = token(sentence, at.token)?;
    finder.doc.codebook.reporting.is_hearsay(&own.lemma).then_some(())?;
    let content = Content { heads: vec![clause_of(sentence, own.head?)], clause: true };
    Some(Cue {
        at,
        span: own.span,
        class: CueClass::Statement,
        speaker: None,
        addressee: None,
        relies_on: None,
        adjunct: true,
        quoting: false,
        told: true,
        content: finder.spans(sentence, &content, &[at.token], (at.token, at.token + 1)),
        head: content.head(sentence),
    })
}

/// "Poll: half of voters undecided", "Berg: we will not leave": who says it, a colon, and what.
pub(super) fn label(finder: &Finder<'_>, sentence: &Sentence, position: usize) -> Option<Cue> {
    let block = finder.doc.article.blocks.iter().position(|b| b.span.contains(sentence.span))?;
    let whole = finder.doc.article.blocks.get(block)?.span;
    let opens = whole.start == sentence.span.start;
    let headline = block == 0
        || finder
            .doc
            .article
            .blocks
            .get(block)
            .is_some_and(|b| b.kind != dateline_article::BlockKind::Paragraph);
    opens.then_some(())?;
    let colon = sentence.tokens.iter().take(7).position(|t| t.span.of(finder.doc.text()) == ":")? as u32;
    let before = sentence.tokens.get(..colon as usize)?;
    let end = sentence.tokens.len() as u32;
    // A paragraph begins so in a transcript: "BERG: We will not leave."
    let name = sentence.names.iter().any(|n| n.first == 0 && n.end == colon && n.kind == NameKind::Person);
    if !headline && !name {
        return None;
    }
    if before.is_empty()
        || before.iter().any(|t| matches!(t.upos, Upos::Verb | Upos::Aux | Upos::Adp))
        || end < colon + 4
    {
        return None;
    }
    let named = sentence.names.iter().any(|n| {
        n.first < colon && n.end <= colon && matches!(n.kind, NameKind::Person | NameKind::Organization)
    });
    let speaker = (0..colon)
        .rev()
        .find(|&w| token(sentence, w).is_some_and(|t| matches!(t.upos, Upos::Propn | Upos::Noun)))?;
    let source = finder.doc.codebook.reporting.is_source(&token(sentence, speaker)?.lemma.to_lowercase());
    (named || source).then_some(())?;
    let said = sentence.span_of(colon + 1, end);
    Some(Cue {
        at: At::new(position, colon),
        span: token(sentence, colon)?.span,
        class: CueClass::Statement,
        speaker: Some(At::new(position, speaker)),
        addressee: None,
        relies_on: None,
        adjunct: true,
        quoting: true,
        told: true,
        head: None,
        content: vec![if headline { said } else { said.cover(Span { start: said.start, end: whole.end }) }],
    })
}
