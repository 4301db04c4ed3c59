//! Times, with their TIMEX3 values.

use super::TimeId;
use dateline_text::CharSpan;
use serde::Serialize;

/// A time expression with its TIMEX3 value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Time {
    /// Own id.
    pub id: TimeId,
    /// Where it stands.
    #[serde(flatten)]
    pub span: CharSpan,
    /// TIMEX3 value: `2015-01-13`, `2014-12`, `P3D`, `PRESENT_REF`.
    pub value: String,
    /// `date`, `time`, `duration`, `set`.
    pub kind: TimeKind,
    /// How precise the value is.
    pub precision: TimePrecision,
    /// What the words add to the value, as TIMEX3's `mod` does: "early 2011", "less than a week", "about two years".
    /// Left out where they add nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modifier: Option<TimeModifier>,
    /// Of a set, the quantifier as written: `each`, `every`. Left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantifier: Option<String>,
    /// Of a set, how many times in each: `2X` for "twice a week". Left out where the words do not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<String>,
}

/// What words around a time add to its value: the `mod` of TIMEX3, printed in its small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeModifier {
    /// "about two years", "around noon", "nearly a week".
    Approx,
    /// "less than a week".
    LessThan,
    /// "more than a week".
    MoreThan,
    /// "at most two days", "up to a year".
    EqualOrLess,
    /// "at least two days".
    EqualOrMore,
    /// "early 2011", "the beginning of the year".
    Start,
    /// "mid-March", "the middle of the week".
    Mid,
    /// "late 1998", "the end of the month".
    End,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum TimeKind {
    Date,
    Time,
    Duration,
    Set,
}

/// How precise a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum TimePrecision {
    Second,
    Minute,
    Hour,
    Part,
    Day,
    Week,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
    Vague,
}
