use super::calendar::{Anchor, quarter_before};
use super::matcher::Kept;
use super::value::{Stretch, Unit, moved};
use crate::reading::TimePrecision;
use compact_str::{CompactString, format_compact};

/// Times that are counted from others, and lengths of time.
pub(super) struct Relative<'a> {
    pub(super) anchor: &'a Anchor,
    pub(super) kept: &'a Kept<'a>,
}

impl Relative<'_> {
    /// "two days ago", "three weeks later".
    pub(super) fn offset(&self, sign: i8, from_context: bool) -> Option<Stretch> {
        let stated = self.kept.get("unit").and_then(Unit::parse);
        let unit = stated.unwrap_or(Unit::Year);
        let last = self.anchor.last.as_ref().filter(|_| from_context);
        // "a week later", with nothing before it to count from.
        if from_context && sign > 0 && last.is_none() {
            return Some(Stretch::Loose("FUTURE_REF".into()));
        }
        // "the year-ago quarter" has no count: it is one year. A year before a quarter is counted from the one reported
        // on, or a text that compares two would wander off.
        let Some(count) = self.count().or(stated.is_none().then_some(1.0)) else {
            let vague = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
            return Some(Stretch::Loose(vague.into()));
        };
        let steps = (count.clamp(0.0, 9000.0).round() as i32) * i32::from(sign);
        let quarter = self.anchor.quarter.as_ref().filter(|_| unit == Unit::Year && steps == -1);
        let last = quarter.filter(|q| last.is_none_or(|l| l.unit() == q.unit())).or(last);
        let from = last.and_then(Stretch::first_day).or(self.anchor.published)?;
        let day = moved(from, unit, steps)?;
        // A year before a quarter is a quarter: the words keep the grain of what they count from.
        let grain = match (last.and_then(Stretch::unit), unit) {
            (Some(grain @ (Unit::Quarter | Unit::Month)), Unit::Year | Unit::Decade) => grain,
            (_, Unit::Decade | Unit::Century) => Unit::Year,
            _ => unit,
        };
        Some(Stretch::holding(day, grain))
    }

    /// "that day", "the following month".
    pub(super) fn same(&self) -> Option<Stretch> {
        let unit = |name| self.kept.get(name).and_then(Unit::parse);
        let (unit, steps) = unit("same")
            .map(|u| (u, 0))
            .or(unit("after").map(|u| (u, 1)))
            .or(unit("before").map(|u| (u, -1)))?;
        let last = self.anchor.last.as_ref()?;
        // What is known to the year only has no day.
        if last.unit()? > unit {
            return None;
        }
        Some(Stretch::holding(moved(last.first_day()?, unit, steps)?, unit))
    }

    /// "today", "recently", "the quarter".
    pub(super) fn fixed(&self, name: &str) -> Option<Stretch> {
        let part = self.kept.get("part");
        let days = match name {
            "today" | "tonight" => 0,
            "yesterday" | "last night" => -1,
            "tomorrow" => 1,
            "the quarter" => {
                let quarter = self.anchor.quarter.clone();
                return quarter.or_else(|| quarter_before(self.anchor.published?));
            }
            _ => match name.parse() {
                Ok(days) => days,
                Err(_) => return Some(Stretch::Loose(name.into())),
            },
        };
        let part = if name.ends_with("night") { Some("TNI") } else { part };
        let Some(published) = self.anchor.published else {
            return (name == "today").then(|| Stretch::Loose("PRESENT_REF".into()));
        };
        let day = moved(published, Unit::Day, days)?;
        Some(part.map_or(Stretch::Day(day), |part| Stretch::Part(day, part.into())))
    }

    /// "three years", "several weeks".
    pub(super) fn duration(&self) -> Option<(CompactString, TimePrecision)> {
        if let Some(unit) = self.kept.get("single").and_then(Unit::parse) {
            return Some((unit.duration("1"), unit.precision()));
        }
        let unit = self.kept.get("unit").or(self.kept.get("bare")).and_then(Unit::parse)?;
        // "two to six days" is at least two: TIMEX3 has one count.
        let value = match self.count() {
            Some(count) if count.fract() == 0.5 => halves(count, unit),
            Some(count) => unit.duration(&format_compact!("{count}")),
            None => unit.duration("X"),
        };
        Some((value, unit.precision()))
    }

    /// "every Friday", "each month", "daily".
    pub(super) fn set(&self) -> Option<(CompactString, TimePrecision)> {
        let kept = self.kept;
        if let Some(day) = kept.get("each_day") {
            let part = kept.get("part").unwrap_or_default();
            let precision = if part.is_empty() { TimePrecision::Day } else { TimePrecision::Part };
            return Some((format_compact!("XXXX-WXX-{day}{part}"), precision));
        }
        if let Some(month) = kept.number::<i8>("each_month") {
            return Some((format_compact!("XXXX-{month:02}"), TimePrecision::Month));
        }
        if let Some(annual) = kept.get("annual") {
            let precision = match annual.trim_start_matches(|c: char| !c.is_ascii_alphabetic() || c == 'P') {
                "D" => TimePrecision::Day,
                "W" => TimePrecision::Week,
                "M" => TimePrecision::Month,
                "Y" => TimePrecision::Year,
                _ => TimePrecision::Hour,
            };
            return Some((annual.into(), precision));
        }
        let unit = kept.get("each_unit").and_then(Unit::parse)?;
        let count = kept.get("cardinal").unwrap_or("1");
        Some((unit.duration(count), unit.precision()))
    }

    /// How many units; `None` where the words do not tell.
    fn count(&self) -> Option<f64> {
        let count = self.kept.number::<f64>("cardinal").or_else(|| self.kept.number("some"))?;
        Some(count + self.kept.number::<f64>("and_half").unwrap_or(0.0))
    }
}

/// A count that ends in a half: `P2Y6M`, `PT1H30M`.
fn halves(count: f64, unit: Unit) -> CompactString {
    let whole = |count: f64, letter: char| match count.floor() {
        0.0 => CompactString::default(),
        whole => format_compact!("{whole}{letter}"),
    };
    match unit {
        Unit::Year => format_compact!("P{}6M", whole(count, 'Y')),
        Unit::Decade => format_compact!("P{}Y", count * 10.0),
        Unit::Century => format_compact!("P{}Y", count * 100.0),
        Unit::Hour => format_compact!("PT{}30M", whole(count, 'H')),
        Unit::Minute => format_compact!("PT{}30S", whole(count, 'M')),
        Unit::Day if count < 1.0 => "PT12H".into(),
        unit => unit.duration(&format_compact!("{count}")),
    }
}
