use super::{Amount, FigureMention};
use crate::document::{At, Document};
use crate::frames::{Frame, FrameKind, Frames, Mood};
use crate::reading::{FigureKind, TimeId};
use crate::times::Times;
use compact_str::{CompactString, format_compact};
use dateline_codebook::CountKind;
use dateline_syntax::{Relation, Sentence, Upos, Xpos};
use dateline_text::Span;

/// Tells what the numbers of one sentence count.
pub(super) struct Kinds<'a> {
    pub(super) doc: &'a Document<'a>,
    pub(super) sentence: &'a Sentence,
    pub(super) position: u32,
    pub(super) frames: &'a Frames,
    pub(super) times: &'a Times,
}

/// What a number counts, and the word that says so.
pub(super) struct Found {
    pub(super) kind: FigureKind,
    /// The verb or noun that tells the kind.
    pub(super) teller: u32,
}

impl Kinds<'_> {
    /// The figure that a number is, if it is one and told as a fact.
    pub(super) fn figure(&self, amount: &Amount) -> Option<FigureMention> {
        let (first, end) = self.words_under(amount.span)?;
        let number = self.head(first, end);
        let at = |token| self.at(token);
        if (first..end).any(|w| self.times.at(at(w)).is_some()) {
            return None;
        }
        let mention = |kind, since, counted: Option<u32>, total| FigureMention {
            sentence: self.position,
            token: number,
            span: amount.span,
            kind,
            low: amount.low,
            best: amount.best,
            high: amount.high,
            since,
            counted_at: counted.map(at),
            total,
            superseded_by: None,
        };
        let (noun, counted) = self.counted(number, first, end);
        // "one" alone is a pronoun, not a count.
        if counted.is_none() && amount.best == Some(1) {
            return None;
        }
        let unit = counted.map(|c| self.lemma(c)).unwrap_or_default();
        if amount.signed || self.doc.codebook.figures.currencies.contains(unit) {
            return Some(mention(FigureKind::Money, None, counted, false));
        }
        if self.doc.codebook.figures.is_thing(unit) || self.is_part_of_other(noun) {
            return None;
        }
        // "14 of them died" counts, "two of them seriously" does not, nor does "he is one of the 18 hostages".
        let one_of = amount.best == Some(1) && noun == number;
        if one_of || self.is_of_them(counted) {
            let found = self.by_verb(number)?;
            let apart =
                first.checked_sub(1).and_then(|b| self.token(b)).is_some_and(|t| t.upos == Upos::Punct);
            if apart && found.teller < number {
                return None;
            }
            return Some(mention(found.kind, None, None, false));
        }
        let start = self.words_under(amount.hedge).map_or(first, |(hedge, _)| hedge.min(first));
        let found = self
            .by_word_before(start)
            .or_else(|| self.kind(noun, number, counted, amount.hedge))
            .or_else(|| self.by_next_word(end))
            .or_else(|| {
                let collective = self.collective_of(counted.unwrap_or(noun))?;
                self.kind(collective, number, counted, amount.hedge)
            })?;
        if self.is_doubted(found.teller) {
            return None;
        }
        let total = self.doc.codebook.figures.is_toll(self.lemma(found.teller));
        Some(mention(found.kind, self.since(found.teller), counted, total))
    }

    /// The noun phrase's head that the number belongs to, and the noun that names what is counted.
    pub(super) fn counted(&self, number: u32, first: u32, end: u32) -> (u32, Option<u32>) {
        let token = self.token(number);
        let is_modifier = matches!(
            token.map(|t| t.relation),
            Some(
                Relation::Nummod | Relation::Amod | Relation::Compound | Relation::Det | Relation::DetPredet
            )
        );
        if let (true, Some(head)) = (is_modifier, token.and_then(|t| t.head)) {
            return (head, Some(head));
        }
        // "dozens of people", "two of the soldiers"
        let of = self.sentence.children_as(number, Relation::Nmod).find(|&c| {
            (c < first || c >= end)
                && self.sentence.children_as(c, Relation::Case).any(|p| self.lemma(p) == "of")
        });
        (number, of)
    }

    /// "12 people, including two children": the two are among the twelve.
    fn is_part_of_other(&self, noun: u32) -> bool {
        self.sentence.children(noun).any(|c| {
            let token = self.token(c);
            token.is_some_and(|t| {
                matches!(t.relation, Relation::Case | Relation::Mark)
                    && matches!(&*t.lemma, "include" | "including" | "among" | "amongst")
            })
        })
    }

    fn kind(&self, noun: u32, number: u32, counted: Option<u32>, hedge: Span) -> Option<Found> {
        if self.lemma(noun) == "life" {
            return self.by_lives(noun);
        }
        self.by_toll(noun)
            .or_else(|| self.by_verb(noun))
            .or_else(|| self.by_hedged_object(noun, hedge))
            .or_else(|| self.by_idiom(noun))
            .or_else(|| self.by_state(noun))
            .or_else(|| self.by_noun(noun, number, counted))
            .or_else(|| self.by_counting(number).filter(|_| counted.is_none()))
    }

    /// "killed 12 people", "12 people died": the noun is what a verb acts on, or its subject.
    fn by_verb(&self, noun: u32) -> Option<Found> {
        self.around(noun).into_iter().find_map(|frame| {
            let verb = self.verb(frame);
            let is_object = frame.object.contains(&noun);
            let is_subject = !is_object && frame.subject.contains(&noun);
            let names = |set: &std::collections::BTreeSet<CompactString>| {
                set.contains(&verb) || set.contains(self.lemma(frame.predicate)) && !is_phrasal_other(&verb)
            };
            let kind = self.kinds().find(|k| {
                (is_object && names(&k.object))
                    || (is_subject && (names(&k.subject) || k.state.contains(&verb)))
                    || (is_object && frame.passive && k.state.contains(&verb))
            })?;
            let escapes = is_subject && self.doc.codebook.figures.is_fugitive(self.lemma(noun));
            if kind.name == "displaced" && escapes {
                return None;
            }
            self.fact(frame, figure_kind(&kind.name)?)
        })
    }

    /// "wounding dozens more", "killed four and injured nine", "shot to death 49 men": the active verb right before the number, whatever the
    /// tree says.
    fn by_word_before(&self, start: u32) -> Option<Found> {
        let mut at = start.checked_sub(1)?;
        if matches!(self.lemma(at), "another" | "further" | "the" | "a") {
            at = at.checked_sub(1)?;
        }
        let to_death = self.lemma(at) == "death" && at.checked_sub(1).is_some_and(|b| self.lemma(b) == "to");
        if to_death {
            at = at.checked_sub(2)?;
        }
        let frame = self.frames.at(self.at(at)).filter(|f| f.kind == FrameKind::Clause && !f.passive)?;
        let verb = match to_death {
            true => format_compact!("{}_to_death", self.lemma(at)),
            false => self.verb(frame),
        };
        let kind = self.kinds().find(|k| k.object.contains(&verb))?;
        self.fact(frame, figure_kind(&kind.name)?)
    }

    /// "a total of 64 people", "a group of 12 soldiers": the noun that stands for those counted.
    fn collective_of(&self, noun: u32) -> Option<u32> {
        let token = self.token(noun).filter(|t| t.relation == Relation::Nmod)?;
        let head = token.head?;
        let of = self.sentence.children_as(noun, Relation::Case).any(|c| self.lemma(c) == "of");
        (of && self.doc.codebook.figures.is_collective(self.lemma(head))).then_some(head)
    }

    /// "killed at least 12 people", where "at" was taken for a preposition of the people.
    fn by_hedged_object(&self, noun: u32, hedge: Span) -> Option<Found> {
        let token = self.token(noun).filter(|t| t.relation == Relation::Obl && !hedge.is_empty())?;
        let mut cases = self.sentence.children_as(noun, Relation::Case);
        if !cases.all(|c| self.token(c).is_some_and(|t| hedge.contains(t.span))) {
            return None;
        }
        let frame = self.frames.at(At { sentence: self.position, token: token.head? })?;
        let verb = self.verb(frame);
        let kind = self.kinds().find(|k| k.object.contains(&verb)).filter(|_| frame.object.is_empty())?;
        self.fact(frame, figure_kind(&kind.name)?)
    }

    /// "150 dead", whatever the tree says, unless it goes on: "12 wounded soldiers".
    fn by_next_word(&self, end: u32) -> Option<Found> {
        let token = self.token(end)?;
        let modifier = matches!(token.relation, Relation::Amod | Relation::Compound)
            && token.head.is_some_and(|h| h > end);
        let word = self.word(end);
        let kind = self.kinds().find(|k| k.state.contains(&token.lemma) || k.state.contains(&word))?;
        let told = !modifier && self.is_told(end);
        told.then_some(Found { kind: figure_kind(&kind.name)?, teller: end })
    }

    /// "claimed 40 lives": lives are counted where they are lost only.
    fn by_lives(&self, noun: u32) -> Option<Found> {
        let verb =
            self.token(noun)?.head.filter(|&h| self.doc.codebook.figures.costs_lives(self.lemma(h)))?;
        self.is_told(verb).then_some(Found { kind: FigureKind::Killed, teller: verb })
    }

    /// "left 150 dead", "12 missing": something said of the noun.
    fn by_state(&self, noun: u32) -> Option<Found> {
        let governor = self.token(noun)?.head;
        let argument = matches!(
            self.token(noun)?.relation,
            Relation::Obj | Relation::Nsubj | Relation::NsubjPass | Relation::Obl
        );
        let joined = |c: &u32| self.token(*c).is_some_and(|t| t.relation != Relation::Conj);
        let own = self.sentence.children(noun).filter(joined);
        let beside = governor
            .filter(|_| argument)
            .into_iter()
            .flat_map(|g| self.sentence.children_as(g, Relation::Xcomp))
            // "left one dead and three others in hospital"
            .filter(|&state| state > noun);
        let states: Vec<u32> = own.chain(beside).chain(governor.filter(|_| argument)).collect();
        for state in states {
            let word = self.word(state);
            // "were reported killed"
            let done =
                self.token(state).is_some_and(|t| t.xpos == Xpos::Vbn && t.relation == Relation::Xcomp);
            if let Some(kind) = self.kinds().find(|k| {
                k.state.contains(self.lemma(state))
                    || k.state.contains(word.as_str())
                    || (done && k.object.contains(self.lemma(state)))
            }) {
                let relation = self.token(state).map(|t| t.relation);
                let subordinate =
                    matches!(relation, Some(Relation::Nsubj | Relation::Obl | Relation::NmodPoss));
                if !subordinate && self.is_told(governor.unwrap_or(noun)) {
                    return Some(Found { kind: figure_kind(&kind.name)?, teller: state });
                }
            }
        }
        None
    }

    /// "12 deaths", "the killing of 12 people", "5,000 protesters".
    fn by_noun(&self, noun: u32, number: u32, counted: Option<u32>) -> Option<Found> {
        let named = counted.unwrap_or(noun);
        let lemma = self.lemma(named);
        let word = self.word(named);
        if !self.is_told(noun) {
            return None;
        }
        if let Some(found) = self.by_event_of(noun) {
            return Some(found);
        }
        let is_noun = self
            .token(named)
            .is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Adj | Upos::Propn | Upos::Verb));
        if named != number && is_noun {
            let kind = self.kinds().find(|k| k.noun.contains(lemma) || k.noun.contains(word.as_str()));
            if let Some(kind) = kind {
                return Some(Found { kind: figure_kind(&kind.name)?, teller: named });
            }
        }
        None
    }

    /// "the arrest of eight demonstrators", "the bodies of 17 victims": an event that they suffered or made.
    fn by_event_of(&self, noun: u32) -> Option<Found> {
        let token = self.token(noun)?;
        let event = token.head.filter(|_| token.relation == Relation::Nmod)?;
        // "claimed the lives of 21 commuters"
        if self.lemma(event) == "life" {
            return self.by_lives(event);
        }
        let of =
            self.sentence.children_as(noun, Relation::Case).any(|c| matches!(self.lemma(c), "of" | "by"));
        let kind = self.kinds().find(|k| of && k.of.contains(self.lemma(event)))?;
        Some(Found { kind: figure_kind(&kind.name)?, teller: event })
    }

    /// Start of a running total: a time after "since" in the same clause, or hung on the noun that tells the kind.
    fn since(&self, teller: u32) -> Option<TimeId> {
        let clause = self.clause_of(teller);
        let words = 0..self.sentence.tokens.len() as u32;
        words.filter(|&w| self.lemma(w) == "since").find_map(|since| {
            let own = self.clause_of(since) == clause
                || (clause != teller && self.sentence.is_under(since, teller));
            let after = since + 1..since + 4;
            own.then(|| after.clone().find_map(|token| self.times.at(At { sentence: self.position, token })))?
        })
    }

    /// The nearest verb above a word, itself included.
    pub(super) fn clause_of(&self, word: u32) -> u32 {
        let mut at = word;
        for _ in 0..self.sentence.tokens.len() {
            match self.token(at) {
                Some(t) if t.upos == Upos::Verb => return at,
                Some(t) => match t.head {
                    Some(head) => at = head,
                    None => return at,
                },
                None => return at,
            }
        }
        at
    }

    /// Frames that take the noun as an argument: first the one it hangs on, then one that hangs on it, then others.
    pub(super) fn around(&self, noun: u32) -> Vec<&Frame> {
        let head = self.token(noun).and_then(|t| t.head);
        let nearness = |frame: &&Frame| match frame.predicate {
            predicate if Some(predicate) == head => 0,
            predicate if self.token(predicate).and_then(|t| t.head) == Some(noun) => 1,
            _ => 2,
        };
        let words = 0..self.sentence.tokens.len() as u32;
        let frames = words.filter_map(|token| self.frames.at(At { sentence: self.position, token }));
        let mut found: Vec<&Frame> =
            frames.filter(|f| f.object.contains(&noun) || f.subject.contains(&noun)).collect();
        found.sort_by_key(nearness);
        found
    }

    pub(super) fn fact(&self, frame: &Frame, kind: FigureKind) -> Option<Found> {
        let told = !frame.negated && frame.mood == Mood::Real;
        told.then_some(Found { kind, teller: frame.predicate })
    }

    /// Whether the clause around a word is told as a fact.
    pub(super) fn is_told(&self, word: u32) -> bool {
        let frame = self.frames.at(At { sentence: self.position, token: self.clause_of(word) });
        frame.is_none_or(|f| !f.negated && f.mood == Mood::Real)
    }

    fn verb(&self, frame: &Frame) -> CompactString {
        match frame.particle {
            Some(particle) => format_compact!("{}_{}", self.lemma(frame.predicate), self.lemma(particle)),
            None => self.lemma(frame.predicate).into(),
        }
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = &CountKind> {
        self.doc.codebook.figures.kinds.iter()
    }

    pub(super) fn token(&self, word: u32) -> Option<&dateline_syntax::Token> {
        self.sentence.tokens.get(word as usize)
    }

    pub(super) fn lemma(&self, word: u32) -> &str {
        self.token(word).map_or("", |t| &t.lemma)
    }

    /// A word as written, lower-cased.
    pub(super) fn word(&self, word: u32) -> CompactString {
        let text = self.token(word).map_or("", |t| t.span.of(self.doc.text()));
        CompactString::from(text.to_lowercase())
    }

    pub(super) fn words_under(&self, span: Span) -> Option<(u32, u32)> {
        let tokens = &self.sentence.tokens;
        let first = tokens.partition_point(|t| t.span.end <= span.start);
        let end = tokens.partition_point(|t| t.span.start < span.end);
        (first < end).then_some((first as u32, end as u32))
    }

    /// The word whose governor lies outside.
    pub(super) fn head(&self, first: u32, end: u32) -> u32 {
        let outside = |w: &u32| self.token(*w).and_then(|t| t.head).is_none_or(|h| h < first || h >= end);
        (first..end).rev().find(outside).unwrap_or(first)
    }
}

/// A verb whose particle makes it another verb: "die out" is not "die".
fn is_phrasal_other(verb: &str) -> bool {
    verb.contains('_')
}

pub(super) fn figure_kind(name: &str) -> Option<FigureKind> {
    Some(match name {
        "killed" => FigureKind::Killed,
        "injured" => FigureKind::Injured,
        "missing" => FigureKind::Missing,
        "abducted" => FigureKind::Abducted,
        "arrested" => FigureKind::Arrested,
        "displaced" => FigureKind::Displaced,
        "executed" => FigureKind::Executed,
        "participants" => FigureKind::Participants,
        "money" => FigureKind::Money,
        _ => return None,
    })
}
