use crate::Code;

/// Nouns that tell what sector someone belongs to: "soldiers", "foreign minister", "gunmen".
#[derive(Debug, Default)]
pub struct Roles {
    roles: Vec<Role>,
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

impl Roles {
    /// The longest role phrase that ends with the last of `lemmas` (lower-cased): its length in words, and the role.
    pub fn longest_ending(&self, lemmas: &[&str]) -> Option<(usize, &Role)> {
        let _ = (lemmas, &self.roles);
        None
    }
}
