use std::str::FromStr;

/// How inputs are to be read.
///
/// ```
/// use dateline_article::{Articles, Options};
/// let options = Options { columns: "text=inhalt, published=datum".parse()?, ..Options::default() };
/// let input = b"{\"inhalt\": \"Rebels left the town.\", \"datum\": \"2019-03-12\"}\n";
/// let article = Articles::open_with("wire.jsonl", Box::new(&input[..]), options).next().unwrap().unwrap();
/// assert_eq!(article.published.unwrap().as_str(), "2019-03-12");
/// # Ok::<(), dateline_article::ColumnsError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which columns of tables and fields of JSON records hold what; what is not named is guessed.
    pub columns: Columns,
}

/// Which column or field holds what: `text=body,published=meta.date`. A field inside a field is named with points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<(Column, String)>);

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Column {
    Text,
    Id,
    Title,
    Standfirst,
    Byline,
    Publisher,
    Published,
    Updated,
    Url,
    Section,
    Located,
    Language,
}

impl Column {
    pub(crate) const ALL: [(Self, &'static str); 12] = [
        (Self::Text, "text"),
        (Self::Id, "id"),
        (Self::Title, "title"),
        (Self::Standfirst, "standfirst"),
        (Self::Byline, "byline"),
        (Self::Publisher, "publisher"),
        (Self::Published, "published"),
        (Self::Updated, "updated"),
        (Self::Url, "url"),
        (Self::Section, "section"),
        (Self::Located, "located"),
        (Self::Language, "language"),
    ];
}

impl Columns {
    /// The name that was given for what a column holds.
    pub(crate) fn named(&self, column: Column) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == column).map(|(_, name)| name.as_str())
    }

    /// All names that were given.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, name)| name.as_str())
    }
}

/// A mapping that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot understand \"{part}\": give pairs such as text=body,published=date; the left side is one of {}",
    names()
)]
pub struct ColumnsError {
    part: String,
}

fn names() -> String {
    Column::ALL.map(|(_, name)| name).join(", ")
}

impl FromStr for Columns {
    type Err = ColumnsError;

    fn from_str(text: &str) -> Result<Self, ColumnsError> {
        let mut columns = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let pair = part.split_once('=').and_then(|(left, right)| {
                let column = Column::ALL.iter().find(|(_, name)| *name == left.trim())?.0;
                Some((column, right.trim().to_owned())).filter(|(_, name)| !name.is_empty())
            });
            columns.push(pair.ok_or_else(|| ColumnsError { part: part.to_owned() })?);
        }
        Ok(Self(columns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs() {
        let columns: Columns = "text=body, published = meta.date,".parse().unwrap();
        assert_eq!(columns.named(Column::Published), Some("meta.date"));
        assert_eq!(columns.named(Column::Title), None);
        for wrong in ["text", "text=", "words=body", "=x"] {
            assert!(wrong.parse::<Columns>().unwrap_err().to_string().contains("text=body"), "{wrong}");
        }
    }
}
