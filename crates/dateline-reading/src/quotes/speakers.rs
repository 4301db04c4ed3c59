//! Who speaks between the quotation marks.

use super::cues::Cue;
use super::marks::{self, Marked};
use crate::document::{At, Document};
use crate::reading::QuoteKind;
use dateline_article::BlockKind;
use dateline_text::Span;

/// How far, in bytes, a cue may stand from the marks that it goes with.
const REACH: u32 = 160;

/// The quotations of a document with their cues.
pub(super) struct Speakers<'a> {
    pub(super) doc: &'a Document<'a>,
    pub(super) marked: &'a [Marked],
    pub(super) cues: &'a [Cue],
}

/// What was found out about one quotation.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) kind: QuoteKind,
    pub(super) speaker: Option<At>,
    /// Position of its own cue.
    pub(super) cue: Option<usize>,
    /// Position of the quotation before it that the same cue reports, or that it has its speaker from.
    pub(super) continues: Option<usize>,
    /// Position of the cue that it has its speaker from, where it has none of its own.
    pub(super) carried_from: Option<usize>,
}

impl Speakers<'_> {
    /// One answer for every quotation; `None` for those that report no speech.
    pub(super) fn find(&self) -> Vec<Option<Said>> {
        let mut found: Vec<Option<Said>> = self.marked.iter().map(|m| self.own(m)).collect();
        self.carry_back(&mut found);
        self.carry_on(&mut found);
        self.join(&mut found);
        found
    }

    /// Kind and own cue.
    fn own(&self, marked: &Marked) -> Option<Said> {
        let kind = self.kind(marked);
        let cue = match kind {
            QuoteKind::Direct => self.cue_beside(marked).or_else(|| self.cue_above(marked)),
            _ => self.cue_above(marked).or_else(|| self.cue_beside(marked)),
        };
        let speaker = cue.and_then(|c| self.cues.get(c)).and_then(|c| c.speaker);
        let signed = self.signature(marked);
        let (cue, speaker) = if signed.is_some() { (None, signed) } else { (cue, speaker) };
        let words = self.words(marked.inner).split_whitespace().count();
        if kind == QuoteKind::Mixed {
            let title = self.is_title(marked.inner);
            if (cue.is_none() && signed.is_none() && words < 5) || (title && words < 8) {
                return None;
            }
        }
        if kind == QuoteKind::Direct && cue.is_none() && words < 3 {
            return None;
        }
        Some(Said { kind, speaker, cue, continues: None, carried_from: None })
    }

    /// "We are tired." — Anna Berg, teacher: the name after a dash, to the end of the line.
    fn signature(&self, marked: &Marked) -> Option<At> {
        let rest = self.doc.text().get(marked.outer.end as usize..)?;
        let line = rest.lines().next()?;
        let name = line
            .trim_start()
            .strip_prefix("--")
            .or_else(|| line.trim_start().strip_prefix(['―', '—', '–']))?;
        let name = name.trim_start();
        let short = name.starts_with(char::is_uppercase)
            && name.split_whitespace().count() <= 8
            && !ends_inside(name);
        let start = marked.outer.end as usize + line.len() - name.len();
        let position = self.sentence_of(start as u32).filter(|_| short)?;
        let tokens = &self.doc.sentences.get(position)?.tokens;
        let token = tokens.partition_point(|t| (t.span.end as usize) <= start);
        (token < tokens.len()).then(|| At::new(position, token as u32))
    }

    /// Direct if it stands as a sentence of its own, mixed if it is worked into another.
    fn kind(&self, marked: &Marked) -> QuoteKind {
        let text = self.doc.text();
        let start = self.sentence_start(marked);
        let lead = text.get(start..marked.outer.start as usize).unwrap_or_default().trim_end();
        let inner = self.words(marked.inner);
        let capital = inner.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        let rest = text.get(marked.outer.end as usize..).unwrap_or_default();
        let rest = rest.strip_prefix([',', '.']).unwrap_or(rest);
        let ends = inner.ends_with([',', '.', '?', '!', '…', ';', ':', '—', '-']);
        let goes_on = rest.trim_start_matches(' ').starts_with(char::is_alphanumeric);
        let standing = !lead.chars().any(char::is_alphanumeric);
        if standing {
            return if ends || !goes_on { QuoteKind::Direct } else { QuoteKind::Mixed };
        }
        let led_in = lead.ends_with([',', ':', '—', '–', '-', '.', '?', '!', '…', '”', '"']);
        let end = (start + lead.len()) as u32;
        let after_cue = self.cues_around(Span { start: end, end }).any(|(_, c)| c.span.end == end);
        let long = inner.split_whitespace().count() > 3;
        if capital && long && (led_in || after_cue) { QuoteKind::Direct } else { QuoteKind::Mixed }
    }

    /// Where the sentence begins that a quotation begins in, as the text outside the marks has it.
    fn sentence_start(&self, marked: &Marked) -> usize {
        let sentence = self.sentence_of(marked.inner.start);
        let start =
            sentence.and_then(|s| self.doc.sentences.get(s)).map_or(marked.outer.start, |s| s.span.start);
        let before = self.doc.text().get(..marked.outer.start as usize).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        (start.min(marked.outer.start) as usize).max(line)
    }

    /// The cue beside the marks: right after them, else right before them, with no sentence's end between.
    fn cue_beside(&self, marked: &Marked) -> Option<usize> {
        let reach = |span: Span| {
            let words = self.words(span);
            // A new sentence in between belongs to someone else, unless it opens with the cue's own clause.
            span.len() < REACH as usize && !words.contains("\n\n") && !words.contains(['“', '”', '"'])
        };
        let near = Span {
            start: marked.outer.start.saturating_sub(REACH),
            end: marked.outer.end.saturating_add(REACH),
        };
        let after = self.cues_around(near).find(|(_, c)| {
            let gap = Span { start: marked.outer.end, end: c.span.start };
            c.span.start >= marked.outer.end && self.is_outside(c) && reach(gap) && self.is_tail(marked, c)
        });
        let before = || {
            self.cues_around(near).rev().find(|(_, c)| {
                let gap = Span { start: c.span.end, end: marked.outer.start };
                let words = self.words(gap);
                let ended = words.contains(". ") || words.contains("? ") || words.contains(".\n");
                c.span.end <= marked.outer.start && self.is_outside(c) && reach(gap) && !ended
            })
        };
        after.or_else(before).map(|(at, _)| at)
    }

    /// The cues, with their positions, of the sentences that touch these bytes.
    fn cues_around(&self, span: Span) -> impl DoubleEndedIterator<Item = (usize, &Cue)> {
        let sentence = |c: &Cue| self.doc.sentences.get(c.at.sentence as usize).map(|s| s.span);
        let first = self.cues.partition_point(|c| sentence(c).is_some_and(|s| s.end < span.start));
        let end = self.cues.partition_point(|c| sentence(c).is_some_and(|s| s.start <= span.end));
        let cues = self.cues.get(first..end).unwrap_or_default();
        cues.iter().enumerate().map(move |(at, cue)| (first + at, cue))
    }

    /// Whether words beside a cue may be what it reports, and it is not itself quoted.
    fn is_outside(&self, cue: &Cue) -> bool {
        cue.quoting && marks::holding(self.marked, cue.span).is_none()
    }

    /// Whether a cue after the marks belongs to the sentence that the quotation ends, and not to a new one.
    fn is_tail(&self, marked: &Marked, cue: &Cue) -> bool {
        let gap = self.words(Span { start: marked.outer.end, end: cue.span.start });
        let ended = gap.contains(". ") || gap.contains("? ") || gap.contains("! ") || gap.contains(";");
        let inner = self.words(marked.inner);
        let same = self.sentence_of(marked.inner.end.saturating_sub(1)) == Some(cue.at.sentence as usize);
        // A full stop inside the marks ends the sentence, a comma or a question mark need not.
        let stopped = inner.ends_with('.') && !same;
        let near = gap.split_whitespace().count() <= 14;
        !ended && !stopped && near && (same || gap.split_whitespace().count() <= 6)
    }

    /// The nearest verb of saying above the words in the tree.
    fn cue_above(&self, marked: &Marked) -> Option<usize> {
        let position = self.sentence_of(marked.inner.start)?;
        let sentence = self.doc.sentences.get(position)?;
        let inside = |w: u32| sentence.tokens.get(w as usize).is_some_and(|t| t.span.overlaps(marked.inner));
        let first = sentence.tokens.partition_point(|t| t.span.end <= marked.inner.start) as u32;
        let cues = || self.cues_around(sentence.span);
        let mut at = first;
        for _ in 0..sentence.tokens.len() {
            let token = sentence.tokens.get(at as usize)?;
            if !inside(at) {
                let here = At::new(position, at);
                if let Some((cue, _)) = cues().find(|(_, c)| c.at == here && c.quoting) {
                    return Some(cue);
                }
                // "according to" hangs on the clause that it is said of.
                let below = cues().find(|(_, c)| {
                    let speaker =
                        c.speaker.filter(|s| c.adjunct && c.quoting && s.sentence as usize == position);
                    speaker.is_some_and(|s| {
                        sentence.tokens.get(s.token as usize).is_some_and(|t| t.head == Some(at))
                    })
                });
                if let Some((cue, _)) = below {
                    return Some(cue);
                }
            }
            at = token.head?;
        }
        None
    }

    /// A quotation that runs on into the next paragraph has the speaker of what takes it up.
    fn carry_back(&self, found: &mut [Option<Said>]) {
        for at in (0..self.marked.len()).rev() {
            let (Some(here), Some(next)) = (self.marked.get(at), self.marked.get(at + 1)) else { continue };
            if !here.runs_on || next.block != here.block + 1 {
                continue;
            }
            let speaker = found.get(at + 1).and_then(|s| s.as_ref()).and_then(|s| s.speaker);
            if let Some(Some(said)) =
                found.get_mut(at).filter(|s| s.as_ref().is_some_and(|s| s.speaker.is_none()))
            {
                said.speaker = speaker;
            }
        }
    }

    /// A direct quotation without a cue has the speaker of what is said before it, or of the paragraph before.
    fn carry_on(&self, found: &mut [Option<Said>]) {
        for at in 0..self.marked.len() {
            let needs = found.get(at).and_then(|s| s.as_ref());
            if !needs.is_some_and(|s| s.kind == QuoteKind::Direct && s.speaker.is_none()) {
                continue;
            }
            let Some(here) = self.marked.get(at) else { continue };
            let speaker_of = |i: usize| found.get(i).and_then(|s| s.as_ref()).and_then(|s| s.speaker);
            let in_block = |i: &usize| self.marked.get(*i).is_some_and(|m| m.block == here.block);
            let quoted = (0..at).rev().take_while(in_block).find(|&i| speaker_of(i).is_some());
            let told = self.cue_before(here).filter(|&c| {
                // The later of the two: "He said they would stay. \"We have no choice.\""
                let end = quoted.and_then(|q| self.marked.get(q)).map_or(0, |m| m.outer.end);
                let own = |q: usize| found.get(q).and_then(|s| s.as_ref()).and_then(|s| s.cue) == Some(c);
                self.cues.get(c).is_some_and(|cue| cue.span.start > end || quoted.is_some_and(own))
            });
            let from_cue = told.and_then(|c| self.cues.get(c)).and_then(|c| c.speaker);
            let before = from_cue.or_else(|| quoted.and_then(speaker_of));
            let after = || (at + 1..self.marked.len()).take_while(in_block).find_map(speaker_of);
            let speaker = before.or_else(after).or_else(|| self.speaker_of_block_before(here, found));
            if let Some(Some(said)) = found.get_mut(at) {
                said.speaker = speaker;
                said.carried_from = told.filter(|_| said.cue.is_none());
            }
        }
    }

    /// The last cue before a quotation, in its paragraph, whose speaker goes on in it: not one in another's words.
    fn cue_before(&self, here: &Marked) -> Option<usize> {
        let block = self.doc.article.blocks.get(here.block)?.span;
        let cues = || self.cues_around(block);
        let reported =
            |c: &Cue| cues().any(|(_, o)| o.at != c.at && o.content.iter().any(|s| s.contains(c.span)));
        let last = cues().rev().find(|(_, c)| {
            block.contains(c.span)
                && c.span.end <= here.outer.start
                && c.speaker.is_some()
                && self.is_outside(c)
                && !reported(c)
        });
        last.map(|(at, _)| at)
    }

    /// What one cue reports in several stretches of a paragraph is one statement.
    fn join(&self, found: &mut [Option<Said>]) {
        for at in 1..self.marked.len() {
            let Some(before) = at.checked_sub(1) else { continue };
            let (Some(Some(a)), Some(Some(b))) = (found.get(before), found.get(at)) else { continue };
            let (Some(here), Some(above)) = (self.marked.get(at), self.marked.get(before)) else { continue };
            let same_cue = a.cue.is_some() && a.cue == b.cue;
            let carried = b.cue.is_none() && b.speaker.is_some() && a.speaker == b.speaker;
            // "“Word is,” he said, “that they left.”": one cue, one statement.
            let direct = b.kind == QuoteKind::Direct;
            let near = here.block == above.block || (carried && direct && here.opens_block);
            let joined = near && (same_cue || (direct && carried));
            if let Some(Some(said)) = found.get_mut(at).filter(|_| joined) {
                said.continues = Some(before);
            }
        }
    }

    /// The speaker that the paragraph before ends with, if this one is nothing but the quotation.
    fn speaker_of_block_before(&self, here: &Marked, found: &[Option<Said>]) -> Option<At> {
        let kind = |block: usize| self.doc.article.blocks.get(block).map(|b| b.kind);
        // A quoted heading has no paragraph that it goes on from.
        let paragraph = kind(here.block) == Some(BlockKind::Paragraph);
        let before = here.block.checked_sub(1).filter(|_| here.opens_block && paragraph)?;
        let block = self.doc.article.blocks.get(before)?.span;
        let quoted = self.marked.iter().zip(found).rev().find(|(m, _)| m.block == before);
        if let Some((_, Some(said))) = quoted
            && said.speaker.is_some()
        {
            return said.speaker;
        }
        // "The minister was clear:" and the like: whoever last spoke in it.
        let cues = self.cues_around(block).rev().map(|(_, c)| c);
        let mut cues = cues.filter(|c| block.contains(c.span) && self.is_outside(c));
        let last = cues.find(|c| c.speaker.is_some())?;
        let tail = self.words(Span { start: last.span.end, end: block.end });
        (!tail.contains(". ")).then_some(last.speaker)?
    }

    /// Whether every long word has a capital: the name of a book, a film or a slogan.
    fn is_title(&self, span: Span) -> bool {
        let mut words = self.words(span).split_whitespace().filter(|w| w.len() > 3).peekable();
        words.peek().is_some()
            && words.all(|w| w.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()))
    }

    fn words(&self, span: Span) -> &str {
        span.of(self.doc.text())
    }

    /// Position of the sentence that holds a byte, or of the next one.
    fn sentence_of(&self, byte: u32) -> Option<usize> {
        let at = self.doc.sentences.partition_point(|s| s.span.end <= byte);
        (at < self.doc.sentences.len()).then_some(at)
    }
}

/// Whether a sentence ends in the words; the full stop of an initial or a short title ends none: "Oscar P. Lund".
fn ends_inside(words: &str) -> bool {
    words.match_indices(". ").any(|(at, _)| {
        words.get(..at).and_then(|w| w.split_whitespace().next_back()).is_some_and(|w| w.len() > 3)
    })
}
