//! Dates, durations and sets, with TIMEX3 values against the day of publication.

mod calendar;
mod feasts;
mod matcher;
mod relative;
mod tense;
mod value;

use crate::document::{At, Document};
use crate::reading::{Time, TimeId, TimeKind, TimeModifier, TimePrecision};
use calendar::{Anchor, Calendar};
use compact_str::CompactString;
use dateline_codebook::{TimeAct, TimeRules};
use dateline_syntax::{NameKind, Sentence, Upos, Xpos};
use dateline_text::{CharOffsets, Span};
use jiff::civil::Date;
use matcher::{Match, Matcher};
use relative::Relative;
use value::Stretch;

/// The times that a document names, in order of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Times {
    pub(crate) list: Vec<TimeMention>,
}

/// One time expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TimeMention {
    /// Position of its sentence.
    pub(crate) sentence: u32,
    /// First word, and one past the last word that it touches.
    pub(crate) first: u32,
    pub(crate) end: u32,
    /// Bytes of its words.
    pub(crate) span: Span,
    /// TIMEX3 value.
    pub(crate) value: String,
    pub(crate) kind: TimeKind,
    pub(crate) precision: TimePrecision,
    pub(crate) modifier: Option<TimeModifier>,
    /// Of a set: "every", "each".
    pub(crate) quantifier: Option<CompactString>,
    /// Of a set: `2X` for "twice".
    pub(crate) frequency: Option<CompactString>,
}

impl Times {
    /// Finds the times of a document.
    pub(crate) fn read(doc: &Document) -> Self {
        Self::read_in(doc.text(), doc.sentences, doc.published(), &doc.codebook.times)
    }

    /// Finds the times of sentences published on a day.
    pub(crate) fn read_in(
        text: &str,
        sentences: &[Sentence],
        published: Option<Date>,
        rules: &TimeRules,
    ) -> Self {
        let mut anchor = Anchor { published, ..Anchor::default() };
        let mut list = Vec::new();
        for (position, sentence) in sentences.iter().enumerate() {
            let reader = SentenceReader { text, sentence, position, rules };
            reader.read(&mut anchor, &mut list);
        }
        Self { list }
    }

    /// The time that covers a word.
    pub(crate) fn at(&self, at: At) -> Option<TimeId> {
        let first = self.list.partition_point(|t| (t.sentence, t.end) <= (at.sentence, at.token));
        let time = self.list.get(first)?;
        (time.sentence == at.sentence && time.first <= at.token).then_some(TimeId(first as u32))
    }

    /// The times as readings print them.
    pub(crate) fn records(&self, offsets: &CharOffsets) -> Vec<Time> {
        let record = |(i, t): (usize, &TimeMention)| Time {
            id: TimeId(i as u32),
            span: offsets.chars(t.span),
            value: t.value.clone(),
            kind: t.kind,
            precision: t.precision,
            modifier: t.modifier,
            quantifier: t.quantifier.as_deref().map(str::to_owned),
            frequency: t.frequency.as_deref().map(str::to_owned),
        };
        self.list.iter().enumerate().map(record).collect()
    }

    /// The time with this id.
    pub(crate) fn get(&self, id: TimeId) -> Option<&TimeMention> {
        self.list.get(id.index())
    }
}

/// One sentence on its way through the rules.
struct SentenceReader<'a> {
    text: &'a str,
    sentence: &'a Sentence,
    position: usize,
    rules: &'a TimeRules,
}

impl SentenceReader<'_> {
    fn read(&self, anchor: &mut Anchor, list: &mut Vec<TimeMention>) {
        let is_noun = |span: Span| {
            let word = self.word_at(span).and_then(|w| self.sentence.tokens.get(w as usize));
            word.is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::X))
        };
        let matcher = Matcher::new(self.rules, self.text, self.sentence.span, &is_noun);
        let mut at = 0;
        while at < matcher.len() {
            let Some(found) = matcher.longest(at) else {
                at += 1;
                continue;
            };
            at = found.end;
            list.extend(self.mention(&matcher, &found, anchor));
        }
    }

    fn mention(&self, matcher: &Matcher, found: &Match, anchor: &mut Anchor) -> Option<TimeMention> {
        let span = matcher.span(found.first, found.end);
        let (first, end) = self.words_under(span)?;
        if self.is_in_name(found, first, end)
            || self.is_count(found, first, end)
            || self.is_rate(matcher, found, first)
        {
            return None;
        }
        let head = self.head(first, end);
        let direction = tense::direction(self.sentence, first, head, self.rules);
        let relative = Relative { anchor, kept: &found.kept };
        let (stretch, length) = match &found.rule.act {
            TimeAct::Calendar => (Calendar { anchor, kept: &found.kept, direction }.resolve()?, None),
            TimeAct::Offset { sign, from_context } => (relative.offset(*sign, *from_context)?, None),
            TimeAct::Same => (relative.same()?, None),
            TimeAct::Fixed(name) => (relative.fixed(name)?, None),
            TimeAct::Duration => {
                let (value, precision) = relative.duration()?;
                (Stretch::Loose(value), Some((TimeKind::Duration, precision)))
            }
            TimeAct::Set => {
                let (value, precision) = relative.set()?;
                (Stretch::Loose(value), Some((TimeKind::Set, precision)))
            }
            TimeAct::Nothing => return None,
        };
        let (value, kind, precision) = stretch.value();
        let (kind, precision) = length.unwrap_or((kind, precision));
        // What is counted from another time does not itself become the time spoken of, or a row of "a year earlier"
        // would run ever further back.
        let counted = matches!(found.rule.act, TimeAct::Offset { from_context: true, .. });
        if !matches!(stretch, Stretch::Loose(_)) && !counted {
            anchor.note(&stretch);
            anchor.last = Some(stretch);
        }
        let kept = &found.kept;
        let is_set = kind == TimeKind::Set;
        Some(TimeMention {
            sentence: self.position as u32,
            first,
            end,
            span,
            value: value.into(),
            kind,
            precision,
            modifier: kept.get("hedge").or_else(|| kept.get("mod")).and_then(modifier),
            quantifier: kept.get("quantifier").filter(|_| is_set).map(CompactString::from),
            frequency: kept.get("frequency").filter(|_| is_set).map(CompactString::from),
        })
    }

    fn word_at(&self, span: Span) -> Option<u32> {
        let tokens = &self.sentence.tokens;
        let at = tokens.partition_point(|t| t.span.end <= span.start);
        tokens.get(at).filter(|t| t.span.overlaps(span)).map(|_| at as u32)
    }

    /// First word, and one past the last word, that the bytes touch.
    fn words_under(&self, span: Span) -> Option<(u32, u32)> {
        let tokens = &self.sentence.tokens;
        let first = tokens.partition_point(|t| t.span.end <= span.start);
        let end = tokens.partition_point(|t| t.span.start < span.end);
        (first < end).then_some((first as u32, end as u32))
    }

    /// The word whose governor lies outside: the head of the expression.
    fn head(&self, first: u32, end: u32) -> u32 {
        let outside = |w: &u32| {
            let head = self.sentence.tokens.get(*w as usize).and_then(|t| t.head);
            head.is_none_or(|h| h < first || h >= end)
        };
        (first..end).find(outside).unwrap_or(first)
    }

    /// "Theresa May", "the Black September Organization", "the March for Life": a longer name of someone or something.
    /// The year, or the whole date, in the name of an event is a time.
    fn is_in_name(&self, found: &Match, first: u32, end: u32) -> bool {
        let dated = end - first > 1
            || ["year", "decade", "century", "holiday"].iter().any(|n| found.kept.get(n).is_some());
        self.sentence.names.iter().any(|name| {
            let longer = name.first <= first && end <= name.end && name.end - name.first > end - first;
            longer
                && match name.kind {
                    NameKind::Person | NameKind::Organization => true,
                    NameKind::Other => !dated || matches!(found.rule.act, TimeAct::Duration),
                    NameKind::Place => false,
                }
        })
    }

    /// "$2 million a year", "four flights a week": how much in each, which is no stretch of time.
    fn is_rate(&self, matcher: &Matcher, found: &Match, first: u32) -> bool {
        if found.rule.act != TimeAct::Duration || !matches!(matcher.word(found.first), "a" | "an") {
            return false;
        }
        let bare = found.end == found.first + 2;
        let before = first.checked_sub(1).and_then(|b| self.sentence.tokens.get(b as usize));
        bare && before.is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Num | Upos::Sym))
    }

    /// A lone number that looks like a year but counts the noun after it: "2000 troops".
    fn is_count(&self, found: &Match, first: u32, end: u32) -> bool {
        if end - first != 1 || found.kept.get("year").is_none() {
            return false;
        }
        let tokens = &self.sentence.tokens;
        let Some(next) = tokens.get(end as usize) else { return false };
        let before = first.checked_sub(1).and_then(|b| tokens.get(b as usize));
        let bare = before.is_none_or(|b| !matches!(b.upos, Upos::Det | Upos::Part | Upos::Pron));
        bare && next.xpos == Xpos::Nns && tokens.get(first as usize).is_some_and(|t| t.head == Some(end))
    }
}

/// The modifier that the codebook names.
fn modifier(name: &str) -> Option<TimeModifier> {
    Some(match name {
        "APPROX" => TimeModifier::Approx,
        "LESS_THAN" => TimeModifier::LessThan,
        "MORE_THAN" => TimeModifier::MoreThan,
        "EQUAL_OR_LESS" => TimeModifier::EqualOrLess,
        "EQUAL_OR_MORE" => TimeModifier::EqualOrMore,
        "START" => TimeModifier::Start,
        "MID" => TimeModifier::Mid,
        "END" => TimeModifier::End,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
