use crate::table::{Table, invalid};
use crate::{Code, CodebookError, actors};
use rustc_hash::FxHashMap as HashMap;

/// Nouns that tell what sector someone belongs to: "soldiers", "foreign minister", "gunmen".
///
/// ```
/// use dateline_codebook::Roles;
/// let roles = Roles::standard().unwrap();
/// let (length, role) = roles.longest_ending(&["the", "pakistani", "foreign", "minister"]).unwrap();
/// assert_eq!((length, role.sector.unwrap().as_str()), (2, "GOV"));
/// ```
#[derive(Debug, Default)]
pub struct Roles {
    roles: Vec<Role>,
    /// Positions in `roles` by the last lemma of the phrase; the longest first.
    by_last: HashMap<String, Vec<usize>>,
}

/// One such noun.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Lemmas in order: `foreign minister`.
    pub phrase: String,
    /// Sector; `None` for one that tells none ("man").
    pub sector: Option<Code>,
    /// Whether it names one person, a group of people or a body.
    pub kind: RoleKind,
}

/// What a role noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// One person, or several in the plural: "minister".
    Person,
    /// People taken together: "rebels", "protesters", "troops".
    Group,
    /// An institution: "government", "army", "ministry".
    Body,
}

/// The table that ships inside the program: name and content.
pub(crate) const STANDARD: (&str, &str) = ("roles.tsv", include_str!("../../../codebook/roles.tsv"));

impl Roles {
    /// The roles that ship inside the program.
    pub fn standard() -> Result<Self, CodebookError> {
        Self::parse(STANDARD.0, STANDARD.1)
    }

    /// Reads a table with the columns `phrase`, `sector` and `kind`. `file` names it in messages.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        let table = Table::parse(file, text)?;
        let (sector, kind) = (table.column("sector")?, table.column("kind")?);
        let mut roles = Self::default();
        for row in &table.rows {
            let phrase = table.required(row, "phrase")?;
            let kind = match row.cell(kind) {
                "person" => RoleKind::Person,
                "group" => RoleKind::Group,
                "body" => RoleKind::Body,
                other => {
                    let what =
                        format!("\"{other}\" is no kind; a role is a \"person\", \"group\" or \"body\"");
                    return Err(table.fault(row, what));
                }
            };
            let last = phrase.split(' ').next_back().unwrap_or_default().to_owned();
            roles.by_last.entry(last).or_default().push(roles.roles.len());
            roles.roles.push(Role { phrase: phrase.to_owned(), sector: table.code(row, sector)?, kind });
        }
        let Self { roles: all, by_last } = &mut roles;
        let length = |&at: &usize| all.get(at).map_or(0, |role| role.phrase.split(' ').count());
        by_last.values_mut().for_each(|same| same.sort_by_key(|at| std::cmp::Reverse(length(at))));
        Ok(roles)
    }

    /// The longest role phrase that ends with the last of `lemmas` (lower-cased): its length in words, and the role.
    pub fn longest_ending(&self, lemmas: &[&str]) -> Option<(usize, &Role)> {
        let candidates = self.by_last.get(*lemmas.last()?)?;
        candidates.iter().filter_map(|&at| self.roles.get(at)).find_map(|role| {
            let mut before = lemmas.iter().rev();
            let mut length = 0;
            for word in role.phrase.rsplit(' ') {
                if before.next() != Some(&word) {
                    return None;
                }
                length += 1;
            }
            Some((length, role))
        })
    }

    /// All roles, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Role> {
        self.roles.iter()
    }
}

/// What is wrong with a table of roles: rows out of order or twice, phrases not in lower case, unknown sectors.
pub fn check_roles(file: &str, text: &str) -> Vec<CodebookError> {
    let (table, roles) = match (Table::parse(file, text), Roles::parse(file, text)) {
        (Ok(table), Ok(roles)) => (table, roles),
        (Err(error), _) | (_, Err(error)) => return vec![error],
    };
    let Ok(phrase) = table.column("phrase") else { return Vec::new() };
    let mut faults = table.disorder(|row| row.cell(phrase).to_owned());
    for role in roles.iter() {
        if role.phrase.chars().any(char::is_uppercase) || role.phrase.contains("  ") {
            faults.push(invalid(file, 0, format!("\"{}\" is not written in lower case", role.phrase)));
        }
        if let Some(sector) = role.sector.filter(|&sector| !actors::is_sector(sector)) {
            faults.push(invalid(file, 0, format!("{}: {sector} is no sector", role.phrase)));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn standard_table_is_in_order() {
        let faults = check_roles(STANDARD.0, STANDARD.1);
        assert!(faults.is_empty(), "{faults:#?}");
    }

    #[test]
    fn finds_the_longest_phrase() {
        let roles = Roles::standard().unwrap();
        let found = |lemmas: &[&str]| {
            roles
                .longest_ending(lemmas)
                .map(|(length, role)| (length, role.sector.map(|code| code.to_string())))
        };
        assert_eq!(found(&["prime", "minister"]), Some((2, Some("GOV".to_owned()))));
        assert_eq!(found(&["the", "gunman"]), Some((1, Some("UAF".to_owned()))));
        assert_eq!(found(&["spokesman"]), Some((1, None)));
        assert_eq!(found(&["table"]), None);
        assert_eq!(found(&[]), None);
    }

    proptest! {
        #[test]
        fn never_takes_more_than_there_is(lemmas in prop::collection::vec("[a-z ]{0,8}|minister|foreign|prime", 0..6)) {
            let lemmas: Vec<&str> = lemmas.iter().map(String::as_str).collect();
            if let Some((length, _)) = Roles::standard().unwrap().longest_ending(&lemmas) {
                prop_assert!((1..=lemmas.len()).contains(&length));
            }
        }
    }
}
