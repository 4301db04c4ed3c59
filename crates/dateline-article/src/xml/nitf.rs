//! NITF, the IPTC's markup for the text of news: facts in `head/docdata` and `body.head`, blocks in `body.content`.

use super::element::Element;
use crate::claim::{Field, Status};
use crate::draft::{Draft, Piece};
use crate::furniture::Furniture;
use crate::origin::Origin;
use crate::{Article, ArticleError, Place, html, page};

const FROM: &str = "NITF";

/// The article of an `<nitf>`.
pub(super) fn read(origin: &Origin, place: Place, nitf: &Element) -> Result<Article, ArticleError> {
    let mut draft = origin.draft_at(place.clone());
    facts(&mut draft, nitf);
    let body = page::body(&mut draft, body(nitf), true);
    if body.is_empty() && !draft.is_kill_notice() {
        let hint = "the document has no body.content";
        return Err(ArticleError::NoText { place, hint });
    }
    Ok(draft.finish(body))
}

/// What the document says of its article.
pub(super) fn facts(draft: &mut Draft, nitf: &Element) {
    let data = nitf.at("head/docdata");
    let head = nitf.at("body/body.head");
    let attribute = |path: &str, name: &str| {
        data.and_then(|data| data.at(path)?.attribute(name)).unwrap_or_default().to_owned()
    };
    let of_head = |path: &str| head.and_then(|head| head.text_at(path)).unwrap_or_default();
    let publication = nitf.at("head/pubdata");
    let of_publication = |name: &str| publication.and_then(|data| data.attribute(name)).unwrap_or_default();
    draft.say(Field::Key, FROM, &attribute("doc-id", "id-string"));
    draft.say(Field::Title, FROM, &of_head("hedline/hl1"));
    draft.say(Field::Title, FROM, &nitf.text_at("head/title").unwrap_or_default());
    draft.say(Field::Standfirst, FROM, &of_head("hedline/hl2"));
    draft.say(Field::Standfirst, FROM, &of_head("abstract"));
    for time in [
        of_publication("date.publication").to_owned(),
        attribute("date.issue", "norm"),
        attribute("date.release", "norm"),
    ] {
        draft.say(Field::Published, FROM, &time);
    }
    draft.say(Field::Publisher, FROM, of_publication("name"));
    draft.say(Field::Section, FROM, of_publication("position.section"));
    for distributor in [of_head("distributor"), attribute("doc.copyright", "holder")] {
        match Furniture::embedded().agency(&distributor) {
            Some(agency) => draft.say(Field::Agencies, FROM, agency),
            None => draft.say(Field::Publisher, FROM, &distributor),
        }
    }
    let byline = of_head("byline");
    draft.byline_says(FROM, &byline);
    let mut people = Vec::new();
    if let Some(byline) = head.and_then(|head| head.child("byline")) {
        byline.descendants("person", &mut people);
    }
    for person in people {
        draft.say(Field::Authors, FROM, &person.text());
    }
    draft.say(Field::Located, FROM, &of_head("dateline/location"));
    // `ed-msg` and the scope of the document carry kills and corrections; `mgmt-status` is NITF's own field for it.
    let stated = [
        attribute("ed-msg", "info"),
        attribute("doc-scope", "scope"),
        nitf.attribute("change.status").unwrap_or_default().to_owned(),
        data.and_then(|data| data.attribute("management-status")).unwrap_or_default().to_owned(),
    ];
    for word in stated.iter().filter(|word| !word.is_empty()) {
        draft.claim(Field::Status, FROM, word);
        let status = Status::read(word).unwrap_or_default().max(crate::meta::status_of_title(word));
        draft.status = draft.status.max(status);
    }
    let labelled = draft.title.as_deref().map_or(Status::Usable, crate::meta::status_of_title);
    draft.status = draft.status.max(labelled);
}

/// The blocks of the body.
pub(super) fn body(nitf: &Element) -> Vec<Piece<'static>> {
    let content = nitf.at("body/body.content").or_else(|| nitf.child("body"));
    let as_html = |name: &str| match name {
        "hl1" | "hl2" | "hedline" => Some("h2"),
        "media-caption" => Some("figcaption"),
        "media" => Some("figure"),
        "media-producer" | "media-metadata" | "media-reference" | "note" | "body.head" => Some("template"),
        "block" => Some("div"),
        "person" | "org" | "location" | "city" | "state" | "country" | "chron" | "event" | "money"
        | "num" | "function" | "object.title" | "virtloc" | "classifier" | "copyrite" | "pronounce"
        | "lang" => Some("span"),
        _ => None,
    };
    content.map(|content| html::fragment(&content.inner_html(&as_html))).unwrap_or_default()
}
