use super::parts::{Parts, offset, set};
use crate::furniture::DateWords;
use jiff::civil::Date;

/// Reads the tokens of a written date from left to right; any token that has no place in a date ends the attempt.
pub(super) struct Written<'a> {
    tokens: &'a [Token],
    words: &'a DateWords,
    at: usize,
    parts: Parts,
}

impl<'a> Written<'a> {
    /// The date that a text is, if it is nothing else.
    pub(super) fn read(text: &str, words: &DateWords) -> Option<Parts> {
        let tokens = tokens(text);
        let mut reader = Written { tokens: &tokens, words, at: 0, parts: Parts::default() };
        while reader.at < tokens.len() {
            reader.step()?;
        }
        Some(reader.parts)
    }

    fn peek(&self, ahead: usize) -> Option<&'a Token> {
        self.tokens.get(self.at + ahead)
    }

    fn number(&self, ahead: usize) -> Option<(u32, usize)> {
        match self.peek(ahead) {
            Some(Token::Number { value, width }) => Some((*value, *width)),
            _ => None,
        }
    }

    fn mark(&self, ahead: usize, marks: &[char]) -> bool {
        matches!(self.peek(ahead), Some(Token::Mark(mark)) if marks.contains(mark))
    }

    /// Whether the number after a sign is an offset: "5:00 AM - 4 Feb 2020" has none.
    fn is_offset(&self) -> bool {
        let Some((value, width)) = self.number(1) else { return false };
        self.has_day() || self.mark(2, &[':']) || (width == 4 && value <= 1400)
    }

    fn is_word(&self, ahead: usize, word: &str) -> bool {
        matches!(self.peek(ahead), Some(Token::Word(known)) if known == word)
    }

    fn has_day(&self) -> bool {
        self.parts.year.is_some() && self.parts.day.is_some()
    }

    fn step(&mut self) -> Option<()> {
        match self.peek(0)? {
            Token::Number { value, width } => self.step_number(*value, *width),
            Token::Word(word) => self.step_word(word),
            Token::Mark(mark @ ('+' | '-' | '−')) if self.parts.hour.is_some() && self.is_offset() => {
                self.step_offset(if *mark == '+' { '+' } else { '-' })
            }
            Token::Mark(
                ',' | '|' | '/' | '•' | '·' | '(' | ')' | '-' | '–' | '—' | '\'' | '’' | '.' | ';' | '@',
            ) => {
                self.at += 1;
                Some(())
            }
            Token::Mark(_) => None,
        }
    }

    fn step_word(&mut self, word: &str) -> Option<()> {
        self.at += 1;
        if let Some(month) = self.words.month(word) {
            return set(&mut self.parts.month, month);
        }
        if word == "am" || word == "pm" {
            return self.half_day(word);
        }
        if word == "noon" || word == "midnight" {
            set(&mut self.parts.hour, if word == "noon" { 12 } else { 0 })?;
            return set(&mut self.parts.minute, 0);
        }
        if let Some(zone) = self.words.zone(word).filter(|_| self.parts.hour.is_some()) {
            // "GMT+8" names its offset itself.
            let signed = self.mark(0, &['+', '-', '−']) && self.number(1).is_some();
            // "+0100 (CET)" says it twice.
            return if self.parts.offset.is_some() || (signed && zone == "Z") {
                Some(())
            } else {
                set(&mut self.parts.offset, zone.to_owned())
            };
        }
        let known =
            self.words.is_weekday(word) || self.words.is_filler(word) || self.words.is_open_zone(word);
        // "20190312T1015" is ISO and read elsewhere; a lone "t" joins date and time.
        (known || word == "t").then_some(())
    }

    fn half_day(&mut self, word: &str) -> Option<()> {
        let hour = self.parts.hour?;
        self.parts.hour = Some(match hour {
            1..=12 => hour % 12 + if word == "pm" { 12 } else { 0 },
            // "17:19 PM" says it twice.
            13..=23 if word == "pm" && self.parts.minute.is_some() => hour,
            _ => return None,
        });
        Some(())
    }

    fn step_number(&mut self, value: u32, width: usize) -> Option<()> {
        let before_half_day =
            |token: Option<&Token>| matches!(token, Some(Token::Word(w)) if w == "am" || w == "pm");
        if self.parts.hour.is_none() && width <= 2 {
            let second_number = self.number(2).filter(|(_, width)| *width == 2);
            let point = self.mark(1, &['.']) && (before_half_day(self.peek(3)) || self.has_day());
            if let Some((minute, _)) =
                second_number.filter(|_| self.mark(1, &[':']) || self.is_word(1, "h") || point)
            {
                return self.clock(value, minute);
            }
            if before_half_day(self.peek(1)) {
                self.at += 1;
                return set(&mut self.parts.hour, i8::try_from(value).ok()?);
            }
        }
        if let Some(fill) = self.counted() {
            return fill;
        }
        if let Some(seps) = [['-'], ['/'], ['.']].iter().find(|sep| self.mark(1, *sep) && self.mark(3, *sep))
            && let (Some(second), Some(third)) = (self.number(2), self.number(4))
        {
            return self.numeric(seps, (value, width), second, third);
        }
        self.at += 1;
        // "1830 GMT" after a full date is a time of day.
        if width == 4 && self.has_day() && self.parts.hour.is_none() {
            set(&mut self.parts.hour, i8::try_from(value / 100).ok()?)?;
            return set(&mut self.parts.minute, i8::try_from(value % 100).ok()?);
        }
        match width {
            4 => set(&mut self.parts.year, i16::try_from(value).ok()?),
            1 | 2 => set(&mut self.parts.day, i8::try_from(value).ok()?),
            _ => None,
        }
    }

    /// `2019年3月12日`, and `12-Mar-19`: numbers of which their place says what they count.
    fn counted(&mut self) -> Option<Option<()>> {
        let (value, width) = self.number(0)?;
        let Token::Word(word) = self.peek(1).filter(|_| !self.mark(1, &['-'])).or_else(|| self.peek(2))?
        else {
            return None;
        };
        let small = || i8::try_from(value).ok();
        let fill = match word.as_str() {
            "年" | "년" => set(&mut self.parts.year, i16::try_from(value).ok()?),
            "月" | "월" => set(&mut self.parts.month, small()?),
            "日" | "일" => set(&mut self.parts.day, small()?),
            month if width <= 2 && self.mark(1, &['-']) && self.mark(3, &['-']) => {
                let (year, _) = self.number(4).filter(|(_, width)| *width == 2)?;
                set(&mut self.parts.day, small()?)?;
                set(&mut self.parts.month, self.words.month(month)?)?;
                self.at += 3;
                set(&mut self.parts.year, full_year(year)?)
            }
            _ => return None,
        };
        self.at += 2;
        Some(fill)
    }

    /// `10:15`, `10:15:30`, `10:15:30.123`.
    fn clock(&mut self, hour: u32, minute: u32) -> Option<()> {
        set(&mut self.parts.hour, i8::try_from(hour).ok()?)?;
        set(&mut self.parts.minute, i8::try_from(minute).ok()?)?;
        self.at += 3;
        if self.mark(0, &[':'])
            && let Some((second, 2)) = self.number(1)
        {
            set(&mut self.parts.second, i8::try_from(second).ok()?)?;
            self.at += 2;
            if self.mark(0, &['.']) && self.number(1).is_some() {
                self.at += 2;
            }
        }
        Some(())
    }

    /// `2019/03/12`, `12.03.2019`, `12/03/2019`, `12-Mar-2019` comes through the words.
    fn numeric(
        &mut self,
        _: &[char],
        first: (u32, usize),
        second: (u32, usize),
        third: (u32, usize),
    ) -> Option<()> {
        let (year, month, day) = match (first, second, third) {
            ((year, 4), (month, 1 | 2), (day, 1 | 2)) => (year, month, day),
            ((a, 1 | 2), (b, 1 | 2), (year, 4)) => self.ordered(a, b, year),
            ((a, 1 | 2), (b, 1 | 2), (year, 2)) => self.ordered(a, b, u32::try_from(full_year(year)?).ok()?),
            _ => return None,
        };
        set(&mut self.parts.year, i16::try_from(year).ok()?)?;
        set(&mut self.parts.month, i8::try_from(month).ok()?)?;
        set(&mut self.parts.day, i8::try_from(day).ok()?)?;
        self.at += 5;
        Some(())
    }

    /// Year, month and day, by what the rest of the date says of their order: a day of the week that only one order has,
    /// or a zone where the month comes first.
    fn ordered(&self, a: u32, b: u32, year: u32) -> (u32, u32, u32) {
        let mut words = self.tokens.iter().filter_map(|token| match token {
            Token::Word(word) => Some(word.as_str()),
            _ => None,
        });
        let american = words.clone().any(|word| self.words.is_month_first(word));
        let day = words.find(|word| self.words.is_weekday(word));
        let falls = |month: u32, date: u32| {
            day.is_none_or(|day| weekday(year, month, date).is_some_and(|known| day.starts_with(known)))
        };
        let month_first = match (falls(a, b), falls(b, a)) {
            (true, false) => true,
            (false, true) => false,
            _ => b > 12 || (american && a <= 12),
        };
        if month_first { (year, a, b) } else { (year, b, a) }
    }

    fn step_offset(&mut self, sign: char) -> Option<()> {
        let (value, width) = self.number(1)?;
        self.at += 2;
        let (hours, minutes) = match width {
            4 => (value / 100, value % 100),
            1 | 2 if self.mark(0, &[':']) => {
                let (minutes, _) = self.number(1)?;
                self.at += 2;
                (value, minutes)
            }
            1 | 2 => (value, 0),
            _ => return None,
        };
        set(&mut self.parts.offset, offset(sign, i8::try_from(hours).ok()?, i8::try_from(minutes).ok()?)?)
    }
}

/// The year of two digits: none has been read by machines before 1970.
fn full_year(year: u32) -> Option<i16> {
    i16::try_from(if year < 70 { 2000 + year } else { 1900 + year }).ok()
}

/// The first letters of the day of the week, in English.
fn weekday(year: u32, month: u32, day: u32) -> Option<&'static str> {
    let small = |number: u32| i8::try_from(number).ok();
    let date = Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()?;
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    days.get(usize::try_from(date.weekday().to_monday_zero_offset()).ok()?).copied()
}

/// A piece of a written date.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Number { value: u32, width: usize },
    Word(String),
    Mark(char),
}

/// Numbers, words in lower case and single marks. The points of "a.m." and "Sept." belong to the word.
fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = c.to_digit(10) {
            let (mut value, mut width) = (digit, 1);
            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                value = value.saturating_mul(10).saturating_add(digit);
                width += 1;
                chars.next();
            }
            out.push(Token::Number { value, width });
        } else if c.is_alphabetic() {
            let mut word: String = c.to_lowercase().collect();
            while let Some(&c) = chars.peek().filter(|c| c.is_alphabetic() || **c == '.') {
                if c != '.' {
                    word.extend(c.to_lowercase());
                }
                chars.next();
            }
            out.push(Token::Word(word));
        } else if !c.is_whitespace() {
            out.push(Token::Mark(c));
        }
    }
    out
}
