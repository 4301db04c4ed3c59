//! Times as programs write them.

use super::Timestamp;
use super::parts::{Parts, offset};

/// `2015`, `2015-01`, `2015-01-14`, and with `T` or a space `07:59`, `07:59:30.123`, and `Z`, `+0800`, `+08:00`, `+08`.
pub(super) fn read(text: &str) -> Option<Parts> {
    // The zone's name may follow the offset: "+01:00[Europe/Paris]".
    let text = text.strip_suffix(']').and_then(|text| text.split_once('[')).map_or(text, |(time, _)| time);
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
    // "20150114075930" has nothing between day and hour.
    let joined = !dashed && rest.0.len() == 6;
    if !(rest.take(b'T') || rest.take(b't') || rest.take(b' ') || joined) {
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

/// Seconds or milliseconds since 1970, as programs keep times: ten digits or thirteen, between 2001 and 2030, for
/// `2001123123` may as well be a date and an hour.
pub(super) fn since_1970(text: &str) -> Option<Timestamp> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = text.get(..10)?.parse().ok()?;
    if !(1_000_000_000..1_900_000_000).contains(&seconds) {
        return None;
    }
    Some(Timestamp(jiff::Timestamp::from_second(seconds).ok()?.to_string()))
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
