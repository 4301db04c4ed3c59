use super::Timestamp;
use jiff::civil::{Date, Time};

/// The fields of a date, not yet known to exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) hour: Option<i8>,
    pub(super) minute: Option<i8>,
    pub(super) second: Option<i8>,
    /// `Z` or `+08:00`.
    pub(super) offset: Option<String>,
}

impl Parts {
    /// The text, if the calendar and the clock have such a moment.
    pub(super) fn build(self) -> Option<Timestamp> {
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

/// An offset from UTC, if there is such a one.
pub(super) fn offset(sign: char, hours: i8, minutes: i8) -> Option<String> {
    (hours <= 14 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

/// Fills a field that is still empty; the same field twice is no date.
pub(super) fn set<T>(field: &mut Option<T>, value: T) -> Option<()> {
    match field {
        Some(_) => None,
        None => {
            *field = Some(value);
            Some(())
        }
    }
}
