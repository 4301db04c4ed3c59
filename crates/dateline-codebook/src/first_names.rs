use crate::CodebookError;
use rustc_hash::FxHashMap as HashMap;

/// The table that ships inside the program.
const STANDARD: &str = include_str!("../../../codebook/first-names.tsv");

/// Which first names are men's and which women's.
///
/// ```
/// use dateline_codebook::{FirstNames, Gender};
/// let names = FirstNames::standard().unwrap();
/// assert_eq!(names.gender("Angela"), Some(Gender::Female));
/// assert_eq!(names.gender("Xyzzy"), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct FirstNames {
    by_name: HashMap<String, Gender>,
}

/// Whether "he" or "she" takes up a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Gender {
    Male,
    Female,
}

impl FirstNames {
    /// The names that ship inside the program.
    pub fn standard() -> Result<Self, CodebookError> {
        Self::parse("first-names.tsv", STANDARD)
    }

    /// Reads a table of lines `gender<TAB>names`, where names are parted by blanks; `#` begins a comment.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        let fault = |line: usize, what: &str| CodebookError::Invalid {
            file: file.to_owned(),
            line: line + 1,
            what: what.to_owned(),
        };
        let mut by_name = HashMap::default();
        for (at, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') || line.starts_with("gender\t") {
                continue;
            }
            let (gender, names) =
                line.split_once('\t').ok_or_else(|| fault(at, "no tab after the gender"))?;
            let gender = match gender {
                "m" => Gender::Male,
                "f" => Gender::Female,
                _ => return Err(fault(at, "the gender is \"m\" or \"f\"")),
            };
            for name in names.split_whitespace() {
                if by_name.insert(name.to_lowercase(), gender).is_some_and(|other| other != gender) {
                    return Err(fault(at, &format!("\"{name}\" stands under both genders; leave it out")));
                }
            }
        }
        Ok(Self { by_name })
    }

    /// Whose name it is; `None` where it is unknown or anybody's. Case does not matter.
    pub fn gender(&self, name: &str) -> Option<Gender> {
        self.by_name.get(&name.to_lowercase()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_faults() {
        assert!(FirstNames::parse("n", "m\tKim\nf\tKim\n").unwrap_err().to_string().starts_with("n:2:"));
        assert!(FirstNames::parse("n", "x\tKim\n").is_err());
        assert!(FirstNames::parse("n", "m Kim\n").is_err());
    }
}
