//! ninjs, the IPTC's news in JSON, versions 1 to 3. Versions 1 name fields with underscores (`body_html`), version 2
//! keeps bodies and headlines in lists, version 3 spells them in one word (`bodyHtml` never was; `pubStatus` is).

use crate::claim::{Field, Status};
use crate::draft::{Draft, Piece};
use crate::furniture::Furniture;
use crate::origin::Origin;
use crate::{Article, ArticleError, Place, html, page};
use serde_json::{Map, Value};

const FROM: &str = "ninjs";

/// Whether the object is a ninjs item: an address, and a field that no other format has.
pub(super) fn is_item(object: &Map<String, Value>) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| object.contains_key(*name));
    has(&["uri"])
        && has(&[
            "pubstatus",
            "pubStatus",
            "versioncreated",
            "versionCreated",
            "firstcreated",
            "firstCreated",
            "body_html",
            "body_text",
            "bodies",
            "headlines",
            "body_xhtml",
            "contentcreated",
            "contentCreated",
        ])
}

/// The article of an item.
pub(super) fn read(
    origin: &Origin,
    place: Place,
    item: &Map<String, Value>,
) -> Result<Article, ArticleError> {
    let kind = text(item, &["type"]).unwrap_or_default();
    if matches!(kind.as_str(), "picture" | "video" | "audio" | "graphic") {
        let hint = "the item is a picture, film or sound";
        return Err(ArticleError::NoText { place, hint });
    }
    let mut draft = origin.draft_at(place.clone());
    facts(&mut draft, item);
    let body = page::body(&mut draft, body(item), true);
    if body.is_empty() && !draft.is_kill_notice() {
        return Err(ArticleError::NoText { place, hint: "the item has no body" });
    }
    Ok(draft.finish(body))
}

fn facts(draft: &mut Draft, item: &Map<String, Value>) {
    let mut say = |field, value: Option<String>| draft.say(field, FROM, &value.unwrap_or_default());
    say(Field::Key, text(item, &["uri"]));
    say(Field::Title, text(item, &["headline"]).or_else(|| role(item, "headlines", "main", "value")));
    say(Field::Title, text(item, &["title", "name"]));
    say(Field::Standfirst, role(item, "headlines", "sub", "value"));
    say(Field::Published, text(item, &["firstcreated", "firstCreated", "contentcreated", "contentCreated"]));
    say(Field::Updated, text(item, &["versioncreated", "versionCreated"]));
    say(Field::Version, text(item, &["version"]));
    say(Field::Language, text(item, &["language"]));
    say(Field::Url, text(item, &["link", "url"]).filter(|url| url.contains("://")));
    say(Field::Located, text(item, &["located"]).or_else(|| first_name(item, &["located"])));
    for subject in list(item, &["subject", "subjects"]) {
        let category = subject.get("rel").and_then(Value::as_str) == Some("category");
        if let Some(name) = subject.get("name").and_then(Value::as_str).filter(|_| category) {
            say(Field::Section, Some(name.to_owned()));
        }
    }
    let holders = [
        text(item, &["provider"]),
        text(item, &["source"]),
        first_name(item, &["provider"]),
        first_name(item, &["infosource", "infosources", "infoSources", "infoSource"]),
        text(item, &["copyrightholder", "copyrightHolder"]),
    ];
    for name in holders.into_iter().flatten() {
        match Furniture::embedded().agency(&name) {
            Some(agency) => draft.say(Field::Agencies, FROM, agency),
            None => draft.say(Field::Publisher, FROM, &name),
        }
    }
    for person in list(item, &["person", "people", "persons"]) {
        let wrote = person
            .get("rel")
            .and_then(Value::as_str)
            .is_some_and(|rel| matches!(rel, "author" | "creator" | "byline"));
        if let Some(name) = person.get("name").and_then(Value::as_str).filter(|_| wrote) {
            draft.say(Field::Authors, FROM, name);
        }
    }
    if let Some(byline) = text(item, &["byline", "by"]) {
        draft.byline_says(FROM, &byline);
    }
    if draft.byline.is_none() && !draft.authors.is_empty() {
        draft.byline = Some(draft.authors.join(", "));
    }
    let stated = text(item, &["pubStatus", "pubstatus"]);
    if let Some(word) = stated {
        draft.claim(Field::Status, FROM, &word);
        draft.status = Status::read(&word).unwrap_or_default();
    }
    let profile = text(item, &["ednote", "edNote", "profile", "signal"]).unwrap_or_default();
    let labelled = [draft.title.as_deref().unwrap_or_default(), profile.as_str()];
    for status in labelled.into_iter().map(crate::meta::status_of_title) {
        draft.status = draft.status.max(status);
    }
}

/// The body's pieces: of marked up text before plain text.
fn body(item: &Map<String, Value>) -> Vec<Piece<'static>> {
    let typed = |kind: &str| {
        let bodies = list(item, &["bodies"]);
        let of = bodies.iter().find(|body| {
            let stated = ["contenttype", "contentType", "role", "type"]
                .iter()
                .filter_map(|name| body.get(*name)?.as_str());
            let value = body.get("value").and_then(Value::as_str).unwrap_or_default();
            stated.clone().any(|stated| stated.contains(kind))
                || (kind == "html" && value.trim_start().starts_with('<'))
        });
        of.and_then(|body| body.get("value")?.as_str().map(str::to_owned))
    };
    let marked = text(item, &["body_html", "bodyHtml", "body_xhtml", "bodyXhtml", "body_sportsml"])
        .or_else(|| typed("html"));
    if let Some(marked) = marked {
        return html::fragment(&marked);
    }
    let plain = text(item, &["body_text", "bodyText"]).or_else(|| typed("plain")).or_else(|| {
        list(item, &["bodies"]).iter().find_map(|body| body.get("value")?.as_str().map(str::to_owned))
    });
    let plain = plain.unwrap_or_default();
    Piece::paragraphs(&plain).into_iter().map(Piece::into_owned).collect()
}

fn text(item: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match item.get(*name)? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

fn list<'a>(item: &'a Map<String, Value>, names: &[&str]) -> &'a [Value] {
    let found = names.iter().find_map(|name| item.get(*name)?.as_array());
    found.map(Vec::as_slice).unwrap_or_default()
}

/// The name of the first of a list of things, or of the one thing.
fn first_name(item: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let one = match item.get(*name)? {
            Value::Array(items) => items.first()?,
            one => one,
        };
        one.get("name")?.as_str().map(str::to_owned)
    })
}

/// The value of the entry of a list that has a role, or of the first that has none.
fn role(item: &Map<String, Value>, list_name: &str, wanted: &str, key: &str) -> Option<String> {
    let entries = list(item, &[list_name]);
    let has = |entry: &&Value| match entry.get("role").and_then(Value::as_str) {
        Some(role) => role.contains(wanted),
        None => wanted == "main",
    };
    entries.iter().find(has)?.get(key)?.as_str().map(str::to_owned)
}
