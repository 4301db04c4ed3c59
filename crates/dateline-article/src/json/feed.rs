//! JSON Feed, versions 1 and 1.1.

use crate::claim::Field;
use crate::draft::Piece;
use crate::origin::Origin;
use crate::{Article, ArticleError, Place, html, page};
use serde_json::{Map, Value};

const FROM: &str = "JSON Feed";

/// Whether the object is a feed.
pub(super) fn is_feed(object: &Map<String, Value>) -> bool {
    let version = object.get("version").and_then(Value::as_str).unwrap_or_default();
    version.contains("jsonfeed.org") && object.get("items").is_some_and(Value::is_array)
}

/// Every item of the feed.
pub(super) fn read(
    origin: &Origin,
    place: &Place,
    feed: &Map<String, Value>,
    add: &mut impl FnMut(Result<Article, ArticleError>),
) {
    let items = feed.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for (at, item) in items.iter().enumerate() {
        let place = Place { unit: "item", record: Some(at as u64 + 1), ..place.clone() };
        add(match item {
            Value::Object(item) => read_item(origin, place, feed, item),
            _ => {
                let reason = "not a JSON object".to_owned();
                Err(ArticleError::Malformed { place, reason, hint: "an item of a feed is an object" })
            }
        });
    }
}

fn read_item(
    origin: &Origin,
    place: Place,
    feed: &Map<String, Value>,
    item: &Map<String, Value>,
) -> Result<Article, ArticleError> {
    let text = |name: &str| match item.get(name) {
        Some(Value::String(text)) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let of_feed = |name: &str| feed.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut draft = origin.draft_at(place.clone());
    for (field, value) in [
        (Field::Key, text("id")),
        (Field::Url, text("url")),
        (Field::Canonical, text("external_url")),
        (Field::Title, text("title")),
        (Field::Published, text("date_published")),
        (Field::Updated, text("date_modified")),
        (Field::Publisher, of_feed("title")),
        (Field::Language, text("language").or_else(|| of_feed("language"))),
    ] {
        draft.say(field, FROM, &value.unwrap_or_default());
    }
    if let Some(url) = &draft.url {
        draft.source.clone_from(url);
    }
    let names = |holder: &Map<String, Value>| -> Vec<String> {
        let listed = holder.get("authors").and_then(Value::as_array).into_iter().flatten();
        let people = listed.chain(holder.get("author"));
        people.filter_map(|person| person.get("name")?.as_str().map(str::to_owned)).collect()
    };
    let authors = Some(names(item)).filter(|names| !names.is_empty()).unwrap_or_else(|| names(feed));
    draft.byline_says(FROM, &authors.join(", "));
    for author in &authors {
        draft.say(Field::Authors, FROM, author);
    }
    let pieces: Vec<Piece> = match (text("content_html"), text("content_text")) {
        (Some(markup), _) => html::fragment(&markup),
        (None, Some(plain)) => Piece::paragraphs(&plain).into_iter().map(Piece::into_owned).collect(),
        (None, None) => Vec::new(),
    };
    let (title, url) = (draft.title.clone(), draft.url.clone());
    let body = page::body(&mut draft, pieces, true);
    if body.is_empty() {
        return Err(ArticleError::LinkOnly { place, title, url });
    }
    Ok(draft.finish(body))
}
