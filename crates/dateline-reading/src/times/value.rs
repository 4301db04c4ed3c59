use crate::reading::{TimeKind, TimePrecision};
use compact_str::{CompactString, format_compact};
use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday, date};

/// A stretch of the calendar, as precise as the words that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// A clock time of a day: hour, minute and second as written.
    Clock(Date, CompactString),
    /// A part of a day: `TNI`.
    Part(Date, CompactString),
    Day(Date),
    /// ISO year and week.
    Week(i16, i8),
    Weekend(i16, i8),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, CompactString),
    Year(i16),
    /// The years' first three digits.
    Decade(i16),
    /// The years' first two digits.
    Century(i16),
    /// Anything that has no place on the calendar: `PAST_REF`, `XXXX-WXX-2`.
    Loose(CompactString),
}

/// A unit to count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// From the name that the codebook gives it.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "TS" => Self::Second,
            "TM" => Self::Minute,
            "TH" => Self::Hour,
            "D" => Self::Day,
            "WE" => Self::Weekend,
            "W" => Self::Week,
            "2W" => Self::Fortnight,
            "M" => Self::Month,
            "Q" => Self::Quarter,
            "Y" => Self::Year,
            "DE" => Self::Decade,
            "CE" => Self::Century,
            _ => return None,
        })
    }

    /// A duration of so many: `P3D`, `PT2H`, `PXW`.
    pub(super) fn duration(self, count: &str) -> CompactString {
        let fortnights = || count.parse::<f64>().ok().map(|n| format_compact!("P{}W", 2.0 * n));
        match self {
            Self::Second => format_compact!("PT{count}S"),
            Self::Minute => format_compact!("PT{count}M"),
            Self::Hour => format_compact!("PT{count}H"),
            Self::Day => format_compact!("P{count}D"),
            Self::Weekend => format_compact!("P{count}WE"),
            Self::Week => format_compact!("P{count}W"),
            Self::Fortnight => fortnights().unwrap_or_else(|| format_compact!("PXW")),
            Self::Month => format_compact!("P{count}M"),
            Self::Quarter => match count.parse::<f64>() {
                Ok(quarters) => format_compact!("P{}M", 3.0 * quarters),
                Err(_) => format_compact!("P{count}M"),
            },
            Self::Year => format_compact!("P{count}Y"),
            Self::Decade => format_compact!("P{count}DE"),
            Self::Century => format_compact!("P{count}CE"),
        }
    }

    /// How precisely a count of it tells a time.
    pub(super) fn precision(self) -> TimePrecision {
        match self {
            Self::Second => TimePrecision::Second,
            Self::Minute => TimePrecision::Minute,
            Self::Hour => TimePrecision::Hour,
            Self::Day | Self::Weekend => TimePrecision::Day,
            Self::Week | Self::Fortnight => TimePrecision::Week,
            Self::Month => TimePrecision::Month,
            Self::Quarter => TimePrecision::Quarter,
            Self::Year => TimePrecision::Year,
            Self::Decade => TimePrecision::Decade,
            Self::Century => TimePrecision::Century,
        }
    }
}

impl Stretch {
    /// The stretch of this unit that holds `day`.
    pub(super) fn holding(day: Date, unit: Unit) -> Self {
        let (year, month) = (day.year(), day.month());
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(day),
            Unit::Week | Unit::Fortnight => {
                let week = day.iso_week_date();
                Self::Week(week.year(), week.week())
            }
            Unit::Weekend => {
                let week = day.iso_week_date();
                Self::Weekend(week.year(), week.week())
            }
            Unit::Month => Self::Month(year, month),
            Unit::Quarter => Self::Quarter(year, quarter(month)),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year / 10),
            Unit::Century => Self::Century(year / 100),
        }
    }

    /// Its first day, where it has one.
    pub(super) fn first_day(&self) -> Option<Date> {
        match *self {
            Self::Clock(day, _) | Self::Part(day, _) | Self::Day(day) => Some(day),
            Self::Week(year, week) => week_day(year, week, Weekday::Monday),
            Self::Weekend(year, week) => week_day(year, week, Weekday::Saturday),
            Self::Month(year, month) => Date::new(year, month, 1).ok(),
            Self::Quarter(year, quarter) => Date::new(year, quarter * 3 - 2, 1).ok(),
            Self::Half(year, half) => Date::new(year, half * 6 - 5, 1).ok(),
            Self::Season(year, ref season) => Date::new(year, season_month(season), 1).ok(),
            Self::Year(year) => Date::new(year, 1, 1).ok(),
            Self::Decade(decade) => Date::new(decade.checked_mul(10)?, 1, 1).ok(),
            Self::Century(century) => Date::new(century.checked_mul(100)?, 1, 1).ok(),
            Self::Loose(_) => None,
        }
    }

    /// The unit that it is one of.
    pub(super) fn unit(&self) -> Option<Unit> {
        Some(match self {
            Self::Clock(..) | Self::Part(..) | Self::Day(_) => Unit::Day,
            Self::Week(..) => Unit::Week,
            Self::Weekend(..) => Unit::Weekend,
            Self::Month(..) => Unit::Month,
            Self::Quarter(..) | Self::Season(..) | Self::Half(..) => Unit::Quarter,
            Self::Year(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
            Self::Loose(_) => return None,
        })
    }

    /// TIMEX3 value, type and precision.
    pub(super) fn value(&self) -> (CompactString, TimeKind, TimePrecision) {
        use TimePrecision as P;
        let (value, precision) = match self {
            Self::Clock(day, clock) => {
                let precision = match clock.matches(':').count() {
                    0 => P::Hour,
                    1 => P::Minute,
                    _ => P::Second,
                };
                return (format_compact!("{day}T{clock}"), TimeKind::Time, precision);
            }
            Self::Part(day, part) => return (format_compact!("{day}{part}"), TimeKind::Time, P::Part),
            Self::Day(day) => (format_compact!("{day}"), P::Day),
            Self::Week(year, week) => (format_compact!("{year:04}-W{week:02}"), P::Week),
            Self::Weekend(year, week) => (format_compact!("{year:04}-W{week:02}-WE"), P::Day),
            Self::Month(year, month) => (format_compact!("{year:04}-{month:02}"), P::Month),
            Self::Quarter(year, quarter) => (format_compact!("{year:04}-Q{quarter}"), P::Quarter),
            Self::Half(year, half) => (format_compact!("{year:04}-H{half}"), P::Quarter),
            Self::Season(year, season) => (format_compact!("{year:04}-{season}"), P::Season),
            Self::Year(year) => (format_compact!("{year:04}"), P::Year),
            Self::Decade(decade) => (format_compact!("{decade:03}"), P::Decade),
            Self::Century(century) => (format_compact!("{century:02}"), P::Century),
            Self::Loose(value) => (value.clone(), P::Vague),
        };
        (value, TimeKind::Date, precision)
    }
}

/// `day` moved by so many units; `None` beyond the calendar.
pub(super) fn moved(day: Date, unit: Unit, count: i32) -> Option<Date> {
    let count = i64::from(count);
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Ok(Span::new()),
        Unit::Day => Span::new().try_days(count),
        Unit::Week | Unit::Weekend => Span::new().try_weeks(count),
        Unit::Fortnight => Span::new().try_weeks(2 * count),
        Unit::Month => Span::new().try_months(count),
        Unit::Quarter => Span::new().try_months(3 * count),
        Unit::Year => Span::new().try_years(count),
        Unit::Decade => Span::new().try_years(10 * count),
        Unit::Century => Span::new().try_years(100 * count),
    };
    day.checked_add(span.ok()?).ok()
}

/// The quarter that a month lies in.
pub(super) fn quarter(month: i8) -> i8 {
    (month + 2) / 3
}

/// Month in which a season begins, by the meteorologists' count.
pub(super) fn season_month(season: &str) -> i8 {
    match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    }
}

fn week_day(year: i16, week: i8, day: Weekday) -> Option<Date> {
    ISOWeekDate::new(year, week, day).ok().map(ISOWeekDate::date)
}

/// Days that a month can have at most.
pub(super) fn longest_month(month: i8) -> i8 {
    date(2000, month.clamp(1, 12), 1).days_in_month()
}
