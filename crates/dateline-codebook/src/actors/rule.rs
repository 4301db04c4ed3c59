use super::CivilDate;
use crate::Code;
use serde::Deserialize;

/// That a country governs, occupies or garrisons territories with codes of their own, as `codebook/mentions.toml` has it:
/// what a report calls "the army" there is the army of that country.
///
/// ```
/// use dateline_codebook::{CivilDate, Code, MentionWords};
/// let words = MentionWords::standard().unwrap();
/// let (guam, army) = (Code::new("GUM").unwrap(), Code::new("MIL").unwrap());
/// let ruler = words.ruler(guam, army, Some(CivilDate(1999, 5, 1)));
/// assert_eq!(ruler, Code::new("USA"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Rule {
    /// The territories.
    pub territories: Vec<Code>,
    /// The country that governs them.
    pub ruler: Code,
    /// Whose sectors there are the ruler's.
    pub sectors: Vec<Code>,
    /// First day, as exactly as it is known.
    pub from: Option<CivilDate>,
    /// Last day; `None` while it goes on.
    pub to: Option<CivilDate>,
}

impl Rule {
    /// Whether it held on that day; without a day, whether it still holds.
    pub fn holds(&self, day: Option<CivilDate>) -> bool {
        match day {
            Some(day) => self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to),
            None => self.to.is_none(),
        }
    }
}

/// The same as written in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    territories: Vec<String>,
    ruler: String,
    sectors: Vec<String>,
    from: Option<String>,
    to: Option<String>,
}

impl TryFrom<Written> for Rule {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let code = |text: &str| Code::new(text).ok_or_else(|| format!("\"{text}\" is no code"));
        let codes = |texts: &[String]| texts.iter().map(|text| code(text)).collect::<Result<Vec<_>, _>>();
        let date = |text: Option<String>| match text {
            Some(text) => CivilDate::parse(&text)
                .map(Some)
                .ok_or_else(|| format!("\"{text}\" is no date; write 1989, 1989-11 or 1989-11-09")),
            None => Ok(None),
        };
        Ok(Self {
            territories: codes(&written.territories)?,
            ruler: code(&written.ruler)?,
            sectors: codes(&written.sectors)?,
            from: date(written.from)?,
            to: date(written.to)?,
        })
    }
}
