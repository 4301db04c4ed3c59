use super::feasts;
use super::matcher::Kept;
use super::tense::Direction;
use super::value::{Stretch, Unit, longest_month, moved, quarter, season_month};
use compact_str::{CompactString, format_compact};
use jiff::civil::Date;

/// What a time is counted from.
#[derive(Debug, Default)]
pub(super) struct Anchor {
    /// The day of publication.
    pub(super) published: Option<Date>,
    /// The stretch last spoken of.
    pub(super) last: Option<Stretch>,
    /// The latest quarter spoken of: the one that is reported on, whatever it is compared with.
    pub(super) quarter: Option<Stretch>,
}

impl Anchor {
    /// Takes note of a stretch that is spoken of.
    pub(super) fn note(&mut self, stretch: &Stretch) {
        if matches!(stretch, Stretch::Quarter(..)) {
            let later = self.quarter.as_ref().is_none_or(|q| q.first_day() < stretch.first_day());
            let begun = self.published.is_none_or(|p| stretch.first_day().is_some_and(|first| first <= p));
            if later && begun {
                self.quarter = Some(stretch.clone());
            }
        }
    }

    /// The day that "the morning" is of: the one last spoken of, or else that of publication.
    fn day(&self) -> Option<Date> {
        match &self.last {
            Some(Stretch::Day(day) | Stretch::Part(day, _) | Stretch::Clock(day, _)) => Some(*day),
            _ => self.published,
        }
    }
}

/// Puts the parts that a rule kept together to a stretch of the calendar.
pub(super) struct Calendar<'a> {
    pub(super) anchor: &'a Anchor,
    pub(super) kept: &'a Kept<'a>,
    pub(super) direction: Direction,
}

impl Calendar<'_> {
    /// The stretch that the parts name; `None` where they name none, or there is nothing to count from.
    pub(super) fn resolve(&self) -> Option<Stretch> {
        let stretch = self.whole()?;
        let Some(clock) = self.clock() else {
            return Some(match (self.kept.get("part"), stretch) {
                (Some(part), Stretch::Day(day)) => Stretch::Part(day, part.into()),
                (Some(part), Stretch::Loose(value)) => Stretch::Loose(format_compact!("{value}{part}")),
                (_, stretch) => stretch,
            });
        };
        match stretch {
            Stretch::Day(day) => Some(Stretch::Clock(day, clock)),
            Stretch::Loose(value) => Some(Stretch::Loose(format_compact!("{value}T{clock}"))),
            _ => None,
        }
    }

    fn whole(&self) -> Option<Stretch> {
        let kept = self.kept;
        let (month, day) = self.month_and_day();
        if let Some(feast) = kept.get("feast") {
            return self.feast(feast);
        }
        if let Some(unit) = kept.get("now").and_then(Unit::parse) {
            return Some(Stretch::holding(self.anchor.published?, unit));
        }
        if let (Some(month), Some(day), Some(unit)) = (month, day, kept.get("holding").and_then(Unit::parse))
        {
            return Some(Stretch::holding(self.day(month, day)?.first_day()?, unit));
        }
        if let (Some(month), Some(day)) = (month, day) {
            return self.day(month, day);
        }
        if let Some(month) = month {
            return self.month(month);
        }
        if let Some(weekday) = kept.number::<i8>("weekday") {
            return self.weekday(weekday);
        }
        if let Some(season) = kept.get("season") {
            return self.season(season);
        }
        if let Some(nth) = kept.number::<i8>("quarter") {
            (1..=4).contains(&nth).then_some(())?;
            return Some(Stretch::Quarter(self.year_of_quarter(nth)?, nth));
        }
        if let Some(half) = kept.get("half") {
            let half = if half == "H1" { 1 } else { 2 };
            return Some(Stretch::Half(self.year_near(half * 6 - 5)?, half));
        }
        if let Some(decade) = kept.number::<i16>("decade") {
            return Some(Stretch::Decade(decade));
        }
        if let Some(century) = kept.number::<i16>("century") {
            return (2..=21).contains(&century).then_some(Stretch::Century(century - 1));
        }
        if let (Some(shift), Some(span)) = (self.shift(), kept.get("span").and_then(Unit::parse)) {
            return self.shifted(shift, span);
        }
        if let (Some(shift), Some(part)) = (self.shift(), kept.get("part")) {
            return self.shifted_part(shift, part);
        }
        if kept.get("part").is_some() {
            return self.anchor.day().map(Stretch::Day);
        }
        if let Some(rel) = kept.number::<i32>("rel") {
            return Some(Stretch::Day(moved(self.anchor.published?, Unit::Day, rel)?));
        }
        if let Some(year) = self.year() {
            return Some(Stretch::Year(year));
        }
        if kept.get("hour").is_some() || kept.get("noon").is_some() {
            return Some(match self.anchor.day() {
                Some(day) => Stretch::Day(day),
                None => Stretch::Loose("XXXX-XX-XX".into()),
            });
        }
        self.weekend()
    }

    fn month_and_day(&self) -> (Option<i8>, Option<i8>) {
        if let Some((month, day)) = self.kept.get("holiday").and_then(|h| h.split_once('-')) {
            return (month.parse().ok(), day.parse().ok());
        }
        let month = self.kept.number("month").or_else(|| self.kept.number("month_number"));
        (month, self.kept.number("day"))
    }

    /// The year that is stated, or that "last year" states.
    fn year(&self) -> Option<i16> {
        if let Some(year) = self.kept.number("year").or_else(|| self.kept.number("year_words")) {
            return Some(year);
        }
        if let Some(short) = self.kept.number::<i16>("short_year") {
            return Some(if short <= 30 { 2000 + short } else { 1900 + short });
        }
        let shift = self.kept.number::<i16>("of_year")?;
        Some(self.anchor.published?.year() + shift)
    }

    /// The year that is stated, or the one that brings a quarter or half of the year nearest.
    fn year_near(&self, month: i8) -> Option<i16> {
        if let Some(year) = self.year() {
            return Some(year);
        }
        let published = self.anchor.published?;
        let ahead = i32::from(month) - i32::from(published.month());
        Some(match self.direction {
            Direction::Future if ahead < -2 => published.year() + 1,
            Direction::Past | Direction::Open if ahead > 4 => published.year() - 1,
            _ => published.year(),
        })
    }

    /// The year that is stated, or that of the quarter's nearest end: companies tell of the one just over, and expect
    /// to tell of it.
    fn year_of_quarter(&self, nth: i8) -> Option<i16> {
        if let Some(year) = self.year() {
            return Some(year);
        }
        let published = self.anchor.published?;
        // Months from the middle of the quarter to the publication.
        let since = i32::from(published.month()) - i32::from(nth * 3 - 1);
        Some(match self.direction {
            Direction::Future if since > 7 => published.year() + 1,
            Direction::Past if since < -1 => published.year() - 1,
            Direction::Open if since < -4 => published.year() - 1,
            Direction::Future | Direction::Past | Direction::Open => published.year(),
        })
    }

    /// A day whose date moves: "Thanksgiving", in the year that is stated or the nearest one.
    fn feast(&self, name: &str) -> Option<Stretch> {
        let in_year = |year| feasts::date_of(name, year);
        if let Some(year) = self.year() {
            return in_year(year).map(Stretch::Day);
        }
        let published = self.anchor.published?;
        let this = in_year(published.year())?;
        self.nearest(Some(this), in_year(published.year() - 1), in_year(published.year() + 1))
            .map(Stretch::Day)
    }

    fn shift(&self) -> Option<i8> {
        // "this past Friday": the nearer word decides.
        self.kept.number("nearer").or_else(|| self.kept.number("shift"))
    }

    fn day(&self, month: i8, day: i8) -> Option<Stretch> {
        if !(1..=12).contains(&month) || !(1..=longest_month(month)).contains(&day) {
            return None;
        }
        if let Some(year) = self.year() {
            return Date::new(year, month, day).ok().map(Stretch::Day);
        }
        let Some(published) = self.anchor.published else {
            return Some(Stretch::Loose(format_compact!("XXXX-{month:02}-{day:02}")));
        };
        let in_year = |year: i16| Date::new(year, month, day).ok();
        self.nearest(in_year(published.year()), in_year(published.year() - 1), in_year(published.year() + 1))
            .map(Stretch::Day)
    }

    /// One of the days of this, the last and the coming year that bear a date, by direction and nearness.
    fn nearest(&self, this: Option<Date>, before: Option<Date>, after: Option<Date>) -> Option<Date> {
        let published = self.anchor.published?;
        let past = this.filter(|&d| d <= published).or(before);
        let next = this.filter(|&d| d >= published).or(after);
        let (Some(past), Some(next)) = (past, next) else { return past.or(next) };
        let (back, ahead) = (days(past, published), days(published, next));
        let chosen = match (self.shift(), self.direction) {
            (Some(-1), _) => past,
            (Some(1), _) => next,
            // Whoever writes of a day nearly a year off gives the year.
            (_, Direction::Past) if back > 270 && ahead < 95 => next,
            (_, Direction::Future) if ahead > 270 && back < 95 => past,
            (_, Direction::Past) => past,
            (_, Direction::Future) => next,
            _ if ahead < back => next,
            _ => past,
        };
        Some(chosen)
    }

    fn month(&self, month: i8) -> Option<Stretch> {
        if let Some(year) = self.year() {
            return Some(Stretch::Month(year, month));
        }
        let Some(published) = self.anchor.published else {
            return Some(Stretch::Loose(format_compact!("XXXX-{month:02}")));
        };
        let (year, now) = (published.year(), published.month());
        let year = match (self.shift(), self.direction) {
            // "last February", said in March, is a year back: this year's would be "last month".
            (Some(-1), _) if month >= now - 1 => year - 1,
            (Some(1), _) if month <= now => year + 1,
            (Some(_), _) => year,
            (None, Direction::Future) if month < now => year + 1,
            // The start of the coming year, seen from its end.
            (None, Direction::Open) if month + 12 - now <= 3 => year + 1,
            (None, Direction::Past) if month > now => year - 1,
            (None, Direction::Open) if month > now + 4 => year - 1,
            _ => year,
        };
        Some(Stretch::Month(year, month))
    }

    fn weekday(&self, weekday: i8) -> Option<Stretch> {
        let Some(published) = self.anchor.published else {
            return Some(Stretch::Loose(format_compact!("XXXX-WXX-{weekday}")));
        };
        let today = i32::from(published.weekday().to_monday_one_offset());
        let ahead = (i32::from(weekday) - today).rem_euclid(7);
        let back = ahead - 7;
        if let Some(week) = self.kept.number::<i32>("of_week") {
            return moved(published, Unit::Day, i32::from(weekday) - today + 7 * week).map(Stretch::Day);
        }
        let offset = match (self.shift(), self.direction) {
            (Some(-1), _) => back,
            (Some(1), _) if ahead == 0 => 7,
            (Some(1), _) | (_, Direction::Future) => ahead,
            (Some(0), Direction::Open) => ahead,
            _ if ahead == 0 => 0,
            _ => back,
        };
        moved(published, Unit::Day, offset).map(Stretch::Day)
    }

    fn season(&self, season: &str) -> Option<Stretch> {
        if let Some(year) = self.year() {
            return Some(Stretch::Season(year, season.into()));
        }
        let published = self.anchor.published?;
        let (start, now, year) = (season_month(season), published.month(), published.year());
        // Winter reaches into the next year, and is named for the year it began in.
        let over = if season == "WI" { now > 2 && now < 12 } else { now >= start + 3 };
        let begun = now >= start || (season == "WI" && now <= 2);
        let latest = if season == "WI" && now < 12 { year - 1 } else { year };
        let year = match (self.shift(), self.direction) {
            (Some(-1), _) if over => latest,
            (Some(-1), _) => latest - 1,
            (Some(1), _) | (None, Direction::Future) if begun => latest + 1,
            (Some(_), _) | (None, Direction::Future) => year,
            (None, _) if begun => latest,
            (None, Direction::Open) => year,
            (None, Direction::Past) => year - 1,
        };
        Some(Stretch::Season(year, season.into()))
    }

    /// "last month", "this week", "the next day".
    fn shifted(&self, shift: i8, span: Unit) -> Option<Stretch> {
        let published = self.anchor.published?;
        if span == Unit::Day {
            return match shift {
                0 => Some(Stretch::Day(published)),
                1 => {
                    let from = self.anchor.last.as_ref().and_then(Stretch::first_day).unwrap_or(published);
                    moved(from, Unit::Day, 1).map(Stretch::Day)
                }
                _ => None,
            };
        }
        // On a Saturday or Sunday, "last weekend" is the one before.
        let stretch = Stretch::holding(moved(published, span, i32::from(shift))?, span);
        Some(stretch)
    }

    /// "this morning", "last night".
    fn shifted_part(&self, shift: i8, part: &str) -> Option<Stretch> {
        let published = self.anchor.published?;
        let from = match shift {
            1 => self.anchor.last.as_ref().and_then(Stretch::first_day).unwrap_or(published),
            _ => published,
        };
        let _ = part; // joined on by the caller, as to any day
        moved(from, Unit::Day, i32::from(shift)).map(Stretch::Day)
    }

    /// "the weekend".
    fn weekend(&self) -> Option<Stretch> {
        let published = self.anchor.published?;
        let in_week = published.weekday().to_monday_one_offset() < 6;
        let weeks = if in_week && self.direction != Direction::Future { -1 } else { 0 };
        Some(Stretch::holding(moved(published, Unit::Week, weeks)?, Unit::Weekend))
    }

    fn clock(&self) -> Option<CompactString> {
        if let Some(noon) = self.kept.get("noon") {
            return Some(noon.into());
        }
        let mut hour = self.kept.number::<u32>("hour").filter(|h| *h <= 24)?;
        let evening = matches!(self.kept.get("part"), Some("TAF" | "TEV" | "TNI"));
        match self.kept.get("ampm") {
            Some("pm") if hour < 12 => hour += 12,
            Some("am") if hour == 12 => hour = 0,
            None if evening && (1..12).contains(&hour) => hour += 12,
            _ => {}
        }
        let minute = self.kept.number::<u32>("minute").unwrap_or(0);
        Some(match self.kept.number::<u32>("second") {
            Some(second) => format_compact!("{hour:02}:{minute:02}:{second:02}"),
            None => format_compact!("{hour:02}:{minute:02}"),
        })
    }
}

/// The quarter that `day` reports on: the last one that is over.
pub(super) fn quarter_before(day: Date) -> Option<Stretch> {
    let before = moved(day, Unit::Quarter, -1)?;
    Some(Stretch::Quarter(before.year(), quarter(before.month())))
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
