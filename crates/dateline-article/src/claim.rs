use std::collections::BTreeSet;

/// One thing that an input says of its article, and where it says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What it is about.
    pub field: Field,
    /// Where it stands: `JSON-LD`, `OpenGraph`, `the byline on the page`.
    pub from: &'static str,
    /// What it says; times in ISO 8601.
    pub value: String,
}

/// What a [`Claim`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // the fields of `Article`
pub enum Field {
    Key,
    Url,
    Canonical,
    Title,
    Standfirst,
    Byline,
    Authors,
    Agencies,
    Publisher,
    Section,
    Published,
    Updated,
    Located,
    Language,
    Status,
    Version,
    Text,
}

impl Field {
    /// The field's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Url => "url",
            Self::Canonical => "canonical",
            Self::Title => "title",
            Self::Standfirst => "standfirst",
            Self::Byline => "byline",
            Self::Authors => "authors",
            Self::Agencies => "agencies",
            Self::Publisher => "publisher",
            Self::Section => "section",
            Self::Published => "published",
            Self::Updated => "updated",
            Self::Located => "located",
            Self::Language => "language",
            Self::Status => "status",
            Self::Version => "version",
            Self::Text => "text",
        }
    }
}

/// Whether a publisher stands by an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Published, and nothing else is said.
    #[default]
    Usable,
    /// Published again with a mistake put right.
    Corrected,
    /// Not to be published for now.
    Withheld,
    /// Killed: never to be published, and to be withdrawn where it was.
    Canceled,
}

impl Status {
    /// The word that ninjs and NewsML-G2 use for it, and `corrected`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::Corrected => "corrected",
            Self::Withheld => "withheld",
            Self::Canceled => "canceled",
        }
    }

    /// The status that a word names, with or without its vocabulary: `stat:canceled`, `usable`.
    pub(crate) fn read(word: &str) -> Option<Self> {
        match word.rsplit(':').next()?.trim().to_ascii_lowercase().as_str() {
            "usable" => Some(Self::Usable),
            "correction" | "corrected" => Some(Self::Corrected),
            "withheld" | "embargoed" => Some(Self::Withheld),
            "canceled" | "cancelled" | "kill" | "killed" | "deleted" => Some(Self::Canceled),
            _ => None,
        }
    }
}

/// Something odd about an article that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind of oddity.
    pub kind: NoteKind,
    /// In words.
    pub text: String,
}

/// Kinds of [`Note`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// Two places of the input state different things; the more trusted one was taken.
    Disagreement,
    /// A date that no calendar has, or no date at all; it was left out.
    InvalidDate,
    /// An identifier that an earlier record of the input has too.
    DuplicateId,
    /// Broken markup that was read as far as it goes.
    Mended,
    /// What the columns of a table hold, told from what stands in them.
    Guessed,
}

impl NoteKind {
    /// The word that readings use for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Disagreement => "disagreement",
            Self::InvalidDate => "invalid_date",
            Self::DuplicateId => "duplicate_id",
            Self::Mended => "mended",
            Self::Guessed => "guessed",
        }
    }

    /// Whether the input is at fault or was guessed at, so that whoever keeps it wants to know.
    pub fn is_warning(self) -> bool {
        self != Self::Disagreement
    }
}

/// Notes where claims of one field cannot both be true: another day of publication, another headline, another paper.
pub(crate) fn disagreements(claims: &[Claim], notes: &mut Vec<Note>) {
    for field in [Field::Title, Field::Published, Field::Publisher, Field::Canonical] {
        let mut of_field = claims.iter().filter(|claim| claim.field == field);
        let Some(first) = of_field.next() else { continue };
        if let Some(other) = of_field.find(|other| !agree(field, &first.value, &other.value)) {
            let text = format!(
                "{}: {} says \"{}\", {} says \"{}\"",
                field.as_str(),
                first.from,
                first.value,
                other.from,
                other.value
            );
            notes.push(Note { kind: NoteKind::Disagreement, text });
        }
    }
}

fn agree(field: Field, a: &str, b: &str) -> bool {
    match field {
        // Times in other zones may stand on neighbouring days; only where both give a bare day or the same zone does
        // another day mean another statement.
        Field::Published => days_apart(a, b) <= 1,
        Field::Canonical => a.trim_end_matches('/') == b.trim_end_matches('/'),
        _ => {
            let (a, b) = (words(a), words(b));
            let shared = a.intersection(&b).count();
            shared * 2 >= a.len().min(b.len())
        }
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Days between two times in ISO 8601, on their own clocks; 0 where either is less precise than a day.
fn days_apart(a: &str, b: &str) -> i32 {
    let day = |text: &str| text.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    match (day(a), day(b)) {
        (Some(a), Some(b)) => (b - a).get_days().abs(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_both_be_true_is_noted() {
        let claim = |field, from, value: &str| Claim { field, from, value: value.to_owned() };
        let mut notes = Vec::new();
        disagreements(
            &[
                claim(Field::Title, "JSON-LD", "Rebels leave Kidal after talks"),
                claim(Field::Title, "OpenGraph", "Rebels leave Kidal | The Post"),
                claim(Field::Published, "JSON-LD", "2019-03-12T23:30:00-05:00"),
                claim(Field::Published, "the page", "2019-03-13"),
                claim(Field::Published, "meta tags", "2018-03-13"),
            ],
            &mut notes,
        );
        assert_eq!(notes.len(), 1);
        assert_eq!(
            notes[0].text,
            "published: JSON-LD says \"2019-03-12T23:30:00-05:00\", meta tags says \"2018-03-13\""
        );
    }

    #[test]
    fn words_for_a_status() {
        assert_eq!(Status::read("stat:canceled"), Some(Status::Canceled));
        assert_eq!(Status::read("usable"), Some(Status::Usable));
        assert_eq!(Status::read("new"), None);
    }
}
