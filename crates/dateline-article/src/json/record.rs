use crate::claim::{Field, Status};
use crate::furniture::Furniture;
use crate::options::Column;
use crate::origin::Origin;
use crate::{Article, ArticleError, Place, compose};
use serde_json::{Map, Value};

/// An object of no known schema: what its fields hold is told from their names.
pub(crate) fn read(
    origin: &Origin,
    place: Place,
    object: Map<String, Value>,
) -> Result<Article, ArticleError> {
    let mut fields = Fields::default();
    fields.collect(object, origin);
    article(origin, place, fields)
}

/// Whether a field of the object holds a text.
pub(crate) fn has_text(object: &Map<String, Value>, origin: &Origin) -> bool {
    if let Some(name) = origin.options.columns.named(Column::Text) {
        return at(object, name).is_some_and(|value| !value.is_null());
    }
    let columns = &Furniture::embedded().columns;
    object.iter().any(|(name, value)| columns.is_text(&name.to_lowercase()) && text_of(value).is_some())
}

/// What a record says, by what it is about: the best of the fields that it may stand in.
#[derive(Default)]
pub(crate) struct Fields {
    /// How far down the list of guesses a name stands, and its value.
    found: [Option<(usize, String)>; Column::ALL.len()],
    authors: Vec<String>,
}

impl Fields {
    /// Takes a value in, unless a better name has given one.
    pub(crate) fn add(&mut self, column: Column, rank: usize, value: String) {
        let Some(slot) = self.found.get_mut(column as usize) else { return };
        if !value.trim().is_empty() && slot.as_ref().is_none_or(|(known, _)| rank < *known) {
            *slot = Some((rank, value));
        }
    }

    fn take(&mut self, column: Column) -> Option<String> {
        self.found.get_mut(column as usize)?.take().map(|(_, value)| value)
    }

    fn collect(&mut self, mut object: Map<String, Value>, origin: &Origin) {
        let asked = &origin.options.columns;
        for (column, _) in Column::ALL {
            if let Some(name) = asked.named(column) {
                let value = at(&object, name).and_then(|value| self.value(column, value.clone()));
                self.add(column, 0, value.unwrap_or_default());
            }
        }
        let columns = &Furniture::embedded().columns;
        for (name, value) in object.iter_mut() {
            for &(column, rank) in columns.of(&name.to_lowercase()) {
                // What was asked for by name is not guessed.
                if asked.named(column).is_none()
                    && let Some(value) = self.value(column, value.take())
                {
                    self.add(column, rank + 1, value);
                    break;
                }
            }
        }
    }

    fn value(&mut self, column: Column, value: Value) -> Option<String> {
        if column == Column::Byline
            && let Value::Array(people) = &value
        {
            let names: Vec<String> = people.iter().filter_map(text_of).collect();
            if self.authors.is_empty() {
                self.authors.clone_from(&names);
            }
            return Some(names.join(", "));
        }
        match (column, value) {
            (Column::Section, Value::Array(steps)) => {
                Some(steps.iter().filter_map(text_of).collect::<Vec<_>>().join(" / "))
            }
            (Column::Text, Value::String(text)) => Some(text),
            (_, value) => text_of(&value),
        }
    }
}

/// The article that the fields describe.
pub(crate) fn article(origin: &Origin, place: Place, mut fields: Fields) -> Result<Article, ArticleError> {
    const FROM: &str = "the record";
    let none = |place| ArticleError::NoText {
        place,
        hint: "give the article in \"text\" or \"body\", or say where it is with --map text=NAME",
    };
    let Some(text) = fields.take(Column::Text) else { return Err(none(place)) };
    let mut draft = origin.draft_at(place.clone());
    for (column, field) in [
        (Column::Id, Field::Key),
        (Column::Title, Field::Title),
        (Column::Standfirst, Field::Standfirst),
        (Column::Publisher, Field::Publisher),
        (Column::Published, Field::Published),
        (Column::Updated, Field::Updated),
        (Column::Url, Field::Url),
        (Column::Located, Field::Located),
        (Column::Language, Field::Language),
    ] {
        if let Some(value) = fields.take(column) {
            draft.say(field, FROM, &value);
        }
    }
    if let Some(byline) = fields.take(Column::Byline) {
        draft.byline_says(FROM, &byline);
    }
    for author in std::mem::take(&mut fields.authors) {
        draft.say(Field::Authors, FROM, &author);
    }
    for step in fields.take(Column::Section).unwrap_or_default().split(['/', '>', '|']) {
        draft.say(Field::Section, FROM, step);
    }
    if let Some(url) = &draft.url {
        draft.source.clone_from(url);
    }
    draft.status = draft.title.as_deref().map_or(Status::Usable, crate::meta::status_of_title);
    compose::record(draft, &text).ok_or_else(|| none(place))
}

/// The value at a path such as `meta.date`; a field whose own name has points in it comes first.
fn at<'a>(object: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let exact = object
        .get(path)
        .or_else(|| object.iter().find(|(name, _)| name.eq_ignore_ascii_case(path)).map(|(_, value)| value));
    exact.or_else(|| {
        let (first, rest) = path.split_once('.')?;
        at(object.get(first)?.as_object()?, rest)
    })
}

/// A value as text: numbers and truth values as they are written, paragraphs of a list one after the other, and of an
/// object the part that holds the words.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Array(items) => {
            let strings: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            strings.filter(|strings| !strings.is_empty()).map(|strings| strings.join("\n\n"))
        }
        Value::Object(object) => ["rendered", "name", "value", "text", "html", "title"]
            .iter()
            .find_map(|name| object.get(*name).and_then(Value::as_str).map(str::to_owned)),
        Value::Null => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(json: &str) -> Result<Article, ArticleError> {
        let origin = Origin::new("in.jsonl", crate::Options::default());
        match serde_json::from_str(json).unwrap() {
            Value::Object(object) => read(&origin, origin.record("line", 3, 7), object),
            _ => unreachable!(),
        }
    }

    fn article(json: &str) -> Article {
        one(json).unwrap()
    }

    fn blocks(article: &Article) -> Vec<(&str, &str)> {
        article.blocks.iter().map(|block| (block.kind.as_str(), block.span.of(&article.text))).collect()
    }

    #[test]
    fn text_is_kept_to_the_character() {
        let article =
            article(r#"{"id": 7, "text": " Share this article\nwith  “all”.\r\n\r\nBy Jane Doe \n"}"#);
        assert_eq!(article.text, "Share this article\nwith  “all”.\r\n\r\nBy Jane Doe");
        assert_eq!(article.key.as_deref(), Some("7"));
        assert_eq!(
            blocks(&article),
            [
                ("paragraph", "Share this article"),
                ("paragraph", "with  “all”."),
                ("paragraph", "By Jane Doe")
            ]
        );
    }

    #[test]
    fn a_title_goes_before_the_text() {
        let one = article(
            r#"{"title": "Rebels leave", "body": "They left.", "date": "12 March 2019", "publisher": "Post"}"#,
        );
        assert_eq!(one.text, "Rebels leave\n\nThey left.");
        assert_eq!(blocks(&one), [("title", "Rebels leave"), ("paragraph", "They left.")]);
        assert_eq!(one.published.map(|t| t.as_str().to_owned()).as_deref(), Some("2019-03-12"));
        let two = article(r#"{"title": "Rebels leave", "text": "Rebels leave\n\nThey left."}"#);
        assert_eq!(two.text, "Rebels leave\n\nThey left.");
        assert_eq!(blocks(&two), [("title", "Rebels leave"), ("paragraph", "They left.")]);
        let three = article(r#"{"title": "Rebels leave", "text": "Rebels leave town."}"#);
        assert_eq!(blocks(&three), [("paragraph", "Rebels leave town.")]);
    }

    #[test]
    fn a_dateline_stays_in_the_text_and_out_of_the_block() {
        let article = article(r#"{"text": "LIMA, Peru (AP) — Peru said no."}"#);
        assert_eq!(article.text, "LIMA, Peru (AP) — Peru said no.");
        assert_eq!(blocks(&article), [("paragraph", "Peru said no.")]);
        assert_eq!(
            (article.located.as_deref(), article.agencies),
            (Some("Lima, Peru"), vec!["AP".to_owned()])
        );
    }

    #[test]
    fn cut_lines_are_one_paragraph() {
        let article = article(
            r#"{"text": "Rebels took the town\nof Kidal on Sunday and\nfreed 40 men.\n\nThe army left."}"#,
        );
        assert_eq!(article.blocks.len(), 2);
    }

    #[test]
    fn records_without_text_say_so() {
        let message = |json: &str| one(json).unwrap_err().to_string();
        assert!(message("{\"text\": [1]}").starts_with("in.jsonl:3 (byte 7): no article text found"));
        assert!(message("{\"text\": \"  \"}").contains("no article text"));
    }

    #[test]
    fn fields_are_found_by_their_usual_names() {
        let article = article(
            r#"{"_id": "x1", "headline": "Rebels leave", "maintext": "<p>They <b>left</b>.</p><p>So the army said.</p>",
                "description": "A teaser.", "date_publish": "2019-03-12 10:15:00", "url": "https://post.example/1",
                "source": {"id": null, "name": "Post"}, "authors": ["Jane Doe", {"name": "John Roe"}],
                "publishedAt": null, "categories": ["World", "Africa"]}"#,
        );
        assert_eq!(article.text, "Rebels leave\n\nThey left.\n\nSo the army said.");
        assert_eq!((article.key.as_deref(), article.publisher.as_deref()), (Some("x1"), Some("Post")));
        assert_eq!(article.published.map(|t| t.as_str().to_owned()).as_deref(), Some("2019-03-12T10:15:00"));
        assert_eq!(
            (article.source.as_str(), article.url.as_deref()),
            ("https://post.example/1", Some("https://post.example/1"))
        );
        assert_eq!(article.authors, ["Jane Doe", "John Roe"]);
        assert_eq!(article.byline.as_deref(), Some("Jane Doe, John Roe"));
        assert_eq!(article.section, ["World", "Africa"]);
    }
}
