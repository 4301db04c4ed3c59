mod iso;
mod parts;
mod written;

use crate::furniture::Furniture;
use parts::Parts;
use written::Written;

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
        if let Some(time) = iso::since_1970(text.trim()) {
            return Some(time);
        }
        iso::read(text.trim()).or_else(|| Written::read(text, words)).and_then(Parts::build)
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Date;
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
            ("20150114075930", "2015-01-14T07:59:30"),
            ("2015-01-14T07:59:30.123+01:00[Europe/Paris]", "2015-01-14T07:59:30+01:00"),
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
            ("2019년 3월 12일", "2019-03-12"),
            ("terça-feira, 12 de março de 2019 às 0:13", "2019-03-12T00:13"),
            ("mardi 12 mars 2019 à 10h15", "2019-03-12T10:15"),
            ("12 марта 2019 г., 10:15", "2019-03-12T10:15"),
            ("12 marca 2019", "2019-03-12"),
            ("12 مارس 2019", "2019-03-12"),
            ("Mar 12 2019 @17:19 PM", "2019-03-12T17:19"),
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
