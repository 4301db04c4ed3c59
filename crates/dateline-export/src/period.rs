use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// The days that a TIMEX3 value covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) start: Date,
    pub(crate) end: Date,
}

impl Period {
    /// The days of a value that has a place on the calendar: a day, week, weekend, month, quarter, half or year.
    ///
    /// Durations, sets and vague references have none, nor have seasons (which months a season has depends on where one
    /// is) and decades.
    pub(crate) fn of(value: &str) -> Option<Self> {
        // What comes after the day is the time of day.
        let day = value.split('T').next()?;
        let (year, rest) = match day.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (day, None),
        };
        if year.len() != 4 {
            return None;
        }
        let year: i16 = year.parse().ok()?;
        let Some(rest) = rest else { return Self::months(year, 1, 12) };
        if let Some(week) = rest.strip_prefix('W') {
            return match week.split_once('-') {
                None => Self::week(year, week.parse().ok()?, Weekday::Monday),
                Some((week, "WE")) => Self::week(year, week.parse().ok()?, Weekday::Saturday),
                Some((week, day)) => {
                    let day = Weekday::from_monday_one_offset(day.parse().ok()?).ok()?;
                    let day = ISOWeekDate::new(year, week.parse().ok()?, day).ok()?.date();
                    Some(Self { start: day, end: day })
                }
            };
        }
        if let Some(quarter) = rest.strip_prefix('Q') {
            let quarter: i8 = quarter.parse().ok().filter(|q| (1..=4).contains(q))?;
            return Self::months(year, quarter * 3 - 2, quarter * 3);
        }
        if let Some(half) = rest.strip_prefix('H') {
            let half: i8 = half.parse().ok().filter(|h| (1..=2).contains(h))?;
            return Self::months(year, half * 6 - 5, half * 6);
        }
        match rest.split_once('-') {
            None => {
                let month = rest.parse().ok()?;
                Self::months(year, month, month)
            }
            Some((month, day)) => {
                let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
                Some(Self { start: day, end: day })
            }
        }
    }

    fn months(year: i16, first: i8, last: i8) -> Option<Self> {
        let start = Date::new(year, first, 1).ok()?;
        Some(Self { start, end: Date::new(year, last, 1).ok()?.last_of_month() })
    }

    fn week(year: i16, week: i8, from: Weekday) -> Option<Self> {
        let start = ISOWeekDate::new(year, week, from).ok()?.date();
        Some(Self { start, end: ISOWeekDate::new(year, week, Weekday::Sunday).ok()?.date() })
    }

    /// Days, both ends counted.
    pub(crate) fn days(&self) -> i32 {
        match self.end.since(self.start) {
            Ok(span) => span.get_days() + 1,
            Err(_) => 1,
        }
    }

    /// Days since 1 January 1970 of a date.
    pub(crate) fn epoch_days(date: Date) -> i32 {
        let epoch = Date::constant(1970, 1, 1);
        date.since(epoch).map_or(0, |span| span.get_days())
    }

    /// The middle day of the period, the earlier of two.
    pub(crate) fn middle(&self) -> Date {
        self.start.checked_add(((self.days() - 1) / 2).days()).unwrap_or(self.start)
    }
}

/// The clock time in a TIMEX3 value: `10:30` of `2015-01-13T10:30`. A part of the day (`TMO`) is none.
pub(crate) fn clock(value: &str) -> Option<&str> {
    let (_, time) = value.split_once('T')?;
    let is_clock = !value.starts_with('P') && time.starts_with(|c: char| c.is_ascii_digit());
    is_clock.then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(value: &str) -> Option<(String, String)> {
        Period::of(value).map(|p| (p.start.to_string(), p.end.to_string()))
    }

    #[test]
    fn the_days_of_a_value() {
        let is = |value: &str, start: &str, end: &str| {
            assert_eq!(period(value), Some((start.to_owned(), end.to_owned())), "{value}");
        };
        is("2015-01-13", "2015-01-13", "2015-01-13");
        is("2015-01-13T10:30", "2015-01-13", "2015-01-13");
        is("2015-01-13TMO", "2015-01-13", "2015-01-13");
        is("2016-02", "2016-02-01", "2016-02-29");
        is("2015-W03", "2015-01-12", "2015-01-18");
        is("2015-W03-WE", "2015-01-17", "2015-01-18");
        is("2015-Q4", "2015-10-01", "2015-12-31");
        is("2015-H2", "2015-07-01", "2015-12-31");
        is("2015", "2015-01-01", "2015-12-31");
    }

    #[test]
    fn what_has_no_place_on_the_calendar_has_no_days() {
        let loose = [
            "P3D",
            "PT2H",
            "PAST_REF",
            "XXXX-WXX-2",
            "201",
            "20",
            "2015-SU",
            "2015-13",
            "2015-02-30",
            "",
            "T10",
        ];
        for value in loose {
            assert_eq!(period(value), None, "{value}");
        }
    }

    #[test]
    fn counts_days() {
        let days = |value: &str| Period::of(value).map(|p| p.days());
        assert_eq!(days("2015-01-13"), Some(1));
        assert_eq!(days("2016"), Some(366));
        assert_eq!(Period::of("2015-W03").map(|p| p.middle().to_string()).as_deref(), Some("2015-01-15"));
        assert_eq!(Period::epoch_days(Date::constant(1970, 2, 1)), 31);
    }

    #[test]
    fn clock_times() {
        assert_eq!(clock("2015-01-13T10:30"), Some("10:30"));
        assert_eq!(clock("2015-01-13TMO"), None);
        assert_eq!(clock("PT2H"), None);
    }
}
