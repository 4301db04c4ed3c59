use crate::furniture::{DateWords, Furniture};
use jiff::civil::{Date, Time};

/// A publication time in ISO 8601, as precise as its source: `2015`, `2015-01`, `2015-01-14`, `2015-01-14T07:59`,
/// `2015-01-14T07:59:30+08:00`. Only valid dates can be made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(String);

impl Timestamp {
    /// Reads ISO 8601 or a date as people write it; `None` where the text is anything else, lacks a year, or names a
    /// day that does not exist.
    ///
    /// A date such as `12/03/2019` is read with the day first, unless the second number cannot be a month or a North
    /// American zone follows. Fractions of a second are dropped. An offset is kept, never applied.
    ///
    /// ```
    /// use dateline_article::Timestamp;
    /// let read = |text| Timestamp::parse(text).map(|t| t.as_str().to_owned());
    /// assert_eq!(read("2015-01-14 07:59").as_deref(), Some("2015-01-14T07:59"));
    /// assert_eq!(read("Tue, 12 Mar 2019 10:15:00 +0100").as_deref(), Some("2019-03-12T10:15:00+01:00"));
    /// assert_eq!(read("March 12, 2019, 5.20 p.m. BST").as_deref(), Some("2019-03-12T17:20+01:00"));
    /// assert_eq!(read("31 February 2019"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        // No written date is longer, and the work grows with the length.
        if text.len() > 120 {
            return None;
        }
        let words = &Furniture::embedded().date;
        if let Some(time) = since_1970(text.trim()) {
            return Some(time);
        }
        iso(text.trim()).or_else(|| Written::read(&tokens(text), words)).and_then(Parts::build)
    }

    /// The ISO 8601 text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Year, and month and day where the source is that precise, on the source's own clock.
    pub fn date(&self) -> (i16, Option<i8>, Option<i8>) {
        let part = |from: usize, to: usize| self.0.get(from..to).and_then(|s| s.parse::<i8>().ok());
        let year = self.0.get(0..4).and_then(|s| s.parse().ok()).unwrap_or(0);
        (year, part(5, 7), part(8, 10))
    }
}

/// The fields of a date, not yet known to exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    hour: Option<i8>,
    minute: Option<i8>,
    second: Option<i8>,
    /// `Z` or `+08:00`.
    offset: Option<String>,
}

impl Parts {
    /// The text, if the calendar and the clock have such a moment.
    fn build(self) -> Option<Timestamp> {
        let year = self.year.filter(|year| (1000..=2999).contains(year))?;
        let Some(month) = self.month else {
            return (self.day.is_none() && self.hour.is_none()).then(|| Timestamp(format!("{year:04}")));
        };
        let day = Date::new(year, month, self.day.unwrap_or(1)).ok()?;
        if self.day.is_none() {
            return self.hour.is_none().then(|| Timestamp(format!("{year:04}-{month:02}")));
        }
        let Some(hour) = self.hour else { return Some(Timestamp(day.to_string())) };
        let minute = self.minute.unwrap_or(0);
        Time::new(hour, minute, self.second.unwrap_or(0), 0).ok()?;
        let seconds = self.second.map(|second| format!(":{second:02}")).unwrap_or_default();
        let offset = self.offset.unwrap_or_default();
        Some(Timestamp(format!("{day}T{hour:02}:{minute:02}{seconds}{offset}")))
    }
}

/// Seconds or milliseconds since 1970, as programs keep times: ten digits or thirteen, between 2001 and 2030, for
/// `2001123123` may as well be a date and an hour.
fn since_1970(text: &str) -> Option<Timestamp> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = text.get(..10)?.parse().ok()?;
    if !(1_000_000_000..1_900_000_000).contains(&seconds) {
        return None;
    }
    Some(Timestamp(jiff::Timestamp::from_second(seconds).ok()?.to_string()))
}

/// `2015`, `2015-01`, `2015-01-14`, and with `T` or a space `07:59`, `07:59:30.123`, and `Z`, `+0800`, `+08:00`, `+08`.
fn iso(text: &str) -> Option<Parts> {
    let mut rest = Digits(text.as_bytes());
    let mut parts = Parts { year: Some(rest.number(4)?), ..Parts::default() };
    if rest.0.is_empty() {
        return Some(parts);
    }
    let dashed = rest.take(b'-');
    parts.month = Some(rest.number(2)?);
    if rest.0.is_empty() {
        return dashed.then_some(parts);
    }
    if dashed != rest.take(b'-') {
        return None;
    }
    parts.day = Some(rest.number(2)?);
    if rest.0.is_empty() {
        return Some(parts);
    }
    if !(rest.take(b'T') || rest.take(b't') || rest.take(b' ')) {
        return None;
    }
    parts.hour = Some(rest.number(2)?);
    let colons = rest.take(b':');
    parts.minute = Some(rest.number(2)?);
    if if colons { rest.take(b':') } else { rest.0.first().is_some_and(u8::is_ascii_digit) } {
        parts.second = Some(rest.number(2)?);
        if rest.take(b'.') || rest.take(b',') {
            rest.skip_digits();
        }
    }
    rest.take(b' ');
    if rest.0.is_empty() {
        return Some(parts);
    }
    parts.offset = Some(if matches!(rest.0, [b'Z' | b'z']) {
        "Z".to_owned()
    } else {
        let sign = if rest.take(b'+') {
            '+'
        } else if rest.take(b'-') {
            '-'
        } else {
            return None;
        };
        let hours: i8 = rest.number(2)?;
        rest.take(b':');
        let minutes: i8 = if rest.0.is_empty() { 0 } else { rest.number(2)? };
        if !rest.0.is_empty() {
            return None;
        }
        offset(sign, hours, minutes)?
    });
    Some(parts)
}

fn offset(sign: char, hours: i8, minutes: i8) -> Option<String> {
    (hours <= 14 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

/// Bytes of which digits are taken from the front.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn take(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    fn number<N: TryFrom<u32>>(&mut self, width: usize) -> Option<N> {
        let digits = self.0.get(..width)?;
        let value = digits
            .iter()
            .try_fold(0, |n: u32, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))?;
        self.0 = &self.0[width..];
        N::try_from(value).ok()
    }

    fn skip_digits(&mut self) {
        let digits = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        self.0 = &self.0[digits..];
    }
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

/// Reads the tokens of a written date from left to right; any token that has no place in a date ends the attempt.
struct Written<'a> {
    tokens: &'a [Token],
    words: &'a DateWords,
    at: usize,
    parts: Parts,
}

impl<'a> Written<'a> {
    fn read(tokens: &'a [Token], words: &'a DateWords) -> Option<Parts> {
        let mut reader = Self { tokens, words, at: 0, parts: Parts::default() };
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
                ',' | '|' | '/' | '•' | '·' | '(' | ')' | '-' | '–' | '—' | '\'' | '’' | '.' | ';',
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
        let hour = self.parts.hour.filter(|hour| (1..=12).contains(hour))?;
        self.parts.hour = Some(hour % 12 + if word == "pm" { 12 } else { 0 });
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
            "年" => set(&mut self.parts.year, i16::try_from(value).ok()?),
            "月" => set(&mut self.parts.month, small()?),
            "日" => set(&mut self.parts.day, small()?),
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

/// Fills a field that is still empty; the same field twice is no date.
fn set<T>(field: &mut Option<T>, value: T) -> Option<()> {
    match field {
        Some(_) => None,
        None => {
            *field = Some(value);
            Some(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        Timestamp::parse(text).map(|t| t.0)
    }

    #[test]
    fn iso_forms() {
        for (text, expected) in [
            ("2015", "2015"),
            ("2015-01", "2015-01"),
            ("2015-01-14", "2015-01-14"),
            ("20150114", "2015-01-14"),
            ("2015-01-14 07:59", "2015-01-14T07:59"),
            ("2015-01-14T07:59:30.123Z", "2015-01-14T07:59:30Z"),
            ("2015-01-14T07:59:30+0800", "2015-01-14T07:59:30+08:00"),
            ("2015-01-14T07:59:30-03", "2015-01-14T07:59:30-03:00"),
            ("20150114T075930Z", "2015-01-14T07:59:30Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn written_forms() {
        for (text, expected) in [
            ("12 March 2019", "2019-03-12"),
            ("March 12, 2019", "2019-03-12"),
            ("March 2019", "2019-03"),
            ("12th of March, 2019", "2019-03-12"),
            ("12/03/2019 10:15 GMT", "2019-03-12T10:15Z"),
            ("03/12/2019 10:15 EDT", "2019-03-12T10:15-04:00"),
            ("03/25/2019", "2019-03-25"),
            ("2024/2/3 21:15", "2024-02-03T21:15"),
            ("14.01.2015", "2015-01-14"),
            ("12-Mar-2019", "2019-03-12"),
            ("Mon 22 Mar 2021 14.35 GMT", "2021-03-22T14:35Z"),
            ("8 September 2022, 5.20pm BST", "2022-09-08T17:20+01:00"),
            ("Jan. 14, 2015, 7:59 a.m. ET", "2015-01-14T07:59"),
            ("Sept. 4, 2015 12 a.m.", "2015-09-04T00:00"),
            ("Tue, 12 Mar 2019 10:15:00 +0000", "2019-03-12T10:15:00+00:00"),
            ("12 March 2019, 18:30 (GMT+8)", "2019-03-12T18:30+08:00"),
            ("12 March 2019 1830 GMT", "2019-03-12T18:30Z"),
            ("March 12, 2019 / 9:14 AM", "2019-03-12T09:14"),
            ("10:15, 12 March 2019", "2019-03-12T10:15"),
            ("5:00 AM - 12 Mar 2019", "2019-03-12T05:00"),
            ("2019-03-12 10:15:00 +0000 UTC", "2019-03-12T10:15:00+00:00"),
            ("Tue Mar 12 2019 10:15:00 GMT+0100 (CET)", "2019-03-12T10:15:00+01:00"),
            // The day of the week says which number is the month.
            ("Sat, 02/03/2024 - 16:40", "2024-03-02T16:40"),
            ("Sun, 02/04/2024", "2024-02-04"),
            ("12-Mar-19", "2019-03-12"),
            ("25.3.19 10:15", "2019-03-25T10:15"),
            ("12 mars 2019 à 10h15", "2019-03-12T10:15"),
            ("12. März 2019, 10:15 Uhr", "2019-03-12T10:15"),
            ("12 de marzo de 2019", "2019-03-12"),
            ("2019年3月12日 10:15", "2019-03-12T10:15"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "March",
            "12 March",
            "31 February 2019",
            "2019-13-01",
            "2019-02-29",
            "13/13/2019",
            "2019-03-12T25:00",
            "He died in March 2019",
            "12 March 2019 2999",
            "In 2019",
            "March 12-13",
            "12/13",
            "10:15",
            "99999999999999999999",
            "12 March 2019 13 pm",
            "the",
            "٣/٤/٢٠١٩ x",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn fields() {
        let date = |text| Timestamp::parse(text).map(|t| t.date());
        assert_eq!(date("2015-01-14T07:59"), Some((2015, Some(1), Some(14))));
        assert_eq!(date("2015"), Some((2015, None, None)));
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_valid(text in "[0-9a-zA-Z:/.,+ -]{0,30}|\\PC{0,40}") {
            if let Some(stamp) = Timestamp::parse(&text) {
                prop_assert_eq!(Timestamp::parse(stamp.as_str()), Some(stamp.clone()));
                let (year, month, day) = stamp.date();
                prop_assert!(Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok());
            }
        }
    }
}
