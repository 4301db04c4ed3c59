//! Days whose date moves from year to year, as the codebook writes them.

use jiff::civil::{Date, Weekday};

/// The day of a year that a name of the codebook stands for: `11-4-4` is the fourth Thursday of November, `5-1--1` the
/// last Monday of May, `easter-2` two days before Easter Sunday. `None` for a name that is none of these.
pub(super) fn date_of(name: &str, year: i16) -> Option<Date> {
    if let Some(days) = name.strip_prefix("easter") {
        let days: i64 = if days.is_empty() { 0 } else { days.parse().ok()? };
        return easter(year)?.checked_add(jiff::Span::new().try_days(days).ok()?).ok();
    }
    let mut parts = name.splitn(3, '-');
    let month: i8 = parts.next()?.parse().ok()?;
    let weekday = Weekday::from_monday_one_offset(parts.next()?.parse().ok()?).ok()?;
    let nth: i8 = parts.next()?.parse().ok()?;
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
}

/// Easter Sunday of the Western churches, by the rule of Meeus, Jones and Butcher.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, rest) = (y % 19, y / 100, y % 100);
    let shift = (century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 19 * golden + 15) % 30;
    let week = (32 + 2 * (century % 4) + 2 * (rest / 4) - shift - rest % 4) % 7;
    let late = (golden + 11 * shift + 22 * week) / 451;
    let days = shift + week - 7 * late + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_that_move_are_found() {
        assert_eq!(date_of("11-4-4", 2014), Some(date(2014, 11, 27)));
        assert_eq!(date_of("5-1--1", 2015), Some(date(2015, 5, 25)));
        assert_eq!(date_of("easter", 2015), Some(date(2015, 4, 5)));
        assert_eq!(date_of("easter-2", 2000), Some(date(2000, 4, 21)));
        assert_eq!(date_of("noon", 2015), None);
    }
}
