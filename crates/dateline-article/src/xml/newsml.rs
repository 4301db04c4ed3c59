//! NewsML-G2, the IPTC's envelope for news: facts in `itemMeta` and `contentMeta`, the text in `contentSet`.

use super::element::Element;
use super::nitf;
use crate::claim::{Field, Status};
use crate::draft::Piece;
use crate::furniture::Furniture;
use crate::origin::Origin;
use crate::{Article, ArticleError, Place, html, page};

const FROM: &str = "NewsML-G2";

/// The article of a `<newsItem>`.
pub(super) fn read(origin: &Origin, place: Place, item: &Element) -> Result<Article, ArticleError> {
    let class = item.at("itemMeta/itemClass").and_then(|class| class.attribute("qcode")).unwrap_or_default();
    if ["picture", "video", "audio", "graphic"].iter().any(|kind| class.ends_with(kind)) {
        let hint = "the item is a picture, film or sound";
        return Err(ArticleError::NoText { place, hint });
    }
    let mut draft = origin.draft_at(place.clone());
    let meta = item.child("itemMeta");
    let content = item.child("contentMeta");
    let of_meta = |path: &str| meta.and_then(|meta| meta.text_at(path));
    let of_content = |path: &str| content.and_then(|content| content.text_at(path));
    let provider = meta.and_then(|meta| meta.child("provider")).and_then(name_or_code);
    let inline = body_holder(item);
    for (field, value) in [
        (Field::Key, item.attribute("guid").map(str::to_owned)),
        (Field::Version, item.attribute("version").map(str::to_owned)),
        (Field::Title, headline(content).or_else(|| of_meta("title"))),
        (Field::Published, of_meta("firstCreated").or_else(|| of_content("contentCreated"))),
        (Field::Updated, of_meta("versionCreated").or_else(|| of_content("contentModified"))),
        (Field::Language, content.and_then(|c| c.at("language")?.attribute("tag").map(str::to_owned))),
    ] {
        draft.say(field, FROM, &value.unwrap_or_default());
    }
    for name in provider.into_iter().chain(
        content
            .into_iter()
            .flat_map(|content| content.all("infoSource").filter_map(name_or_code).collect::<Vec<_>>()),
    ) {
        match Furniture::embedded().agency(&name) {
            Some(agency) => draft.say(Field::Agencies, FROM, agency),
            None => draft.say(Field::Publisher, FROM, &name),
        }
    }
    let creators: Vec<String> =
        content.into_iter().flat_map(|content| content.all("creator").filter_map(name_or_code)).collect();
    draft.byline_says(
        FROM,
        &of_content("by").or_else(|| (!creators.is_empty()).then(|| creators.join(", "))).unwrap_or_default(),
    );
    for creator in &creators {
        draft.say(Field::Authors, FROM, creator);
    }
    draft.say(Field::Located, FROM, &of_content("dateline").map(|line| place_of(&line)).unwrap_or_default());
    if let Some(name) = content.and_then(|content| name_or_code(content.child("located")?)) {
        draft.say(Field::Located, FROM, &name);
    }
    let status = meta.and_then(|meta| meta.child("pubStatus")?.attribute("qcode"));
    draft.status = status.and_then(Status::read).unwrap_or_default();
    draft.claim(Field::Status, FROM, status.unwrap_or("usable"));
    for signal in meta.into_iter().flat_map(|meta| meta.all("signal")).filter_map(|s| s.attribute("qcode")) {
        draft.status = draft.status.max(Status::read(signal).unwrap_or_default());
    }
    let labelled = draft.title.as_deref().map_or(Status::Usable, crate::meta::status_of_title);
    draft.status = draft.status.max(labelled);
    let pieces = match inline {
        Some(Holder::Nitf(nitf)) => {
            nitf::facts(&mut draft, nitf);
            nitf::body(nitf)
        }
        Some(Holder::Html(html)) => html::fragment(&html.inner_html(&|_| None)),
        Some(Holder::Plain(data)) => {
            Piece::paragraphs(&data.raw()).into_iter().map(Piece::into_owned).collect()
        }
        None => Vec::new(),
    };
    let body = page::body(&mut draft, pieces, true);
    if body.is_empty() && !draft.is_kill_notice() {
        let hint = "the item has no text in it";
        return Err(ArticleError::NoText { place, hint });
    }
    Ok(draft.finish(body))
}

/// What holds the text of an item.
enum Holder<'a> {
    Nitf(&'a Element),
    Html(&'a Element),
    Plain(&'a Element),
}

fn body_holder(item: &Element) -> Option<Holder<'_>> {
    let set = item.child("contentSet")?;
    let mut found = Vec::new();
    set.descendants("nitf", &mut found);
    if let Some(nitf) = found.first() {
        return Some(Holder::Nitf(nitf));
    }
    set.descendants("body", &mut found);
    if let Some(body) = found.first() {
        return Some(Holder::Html(body));
    }
    // Without `html` and `body`, inline XML is a run of blocks.
    set.child("inlineXML").map(Holder::Html).or_else(|| set.child("inlineData").map(Holder::Plain))
}

/// The headline, not those that are shortened for small screens.
fn headline(content: Option<&Element>) -> Option<String> {
    let content = content?;
    let main = content.all("headline").find(|headline| {
        headline.attribute("role").is_none_or(|role| role.ends_with("main") || role.ends_with("title"))
    });
    main.or_else(|| content.child("headline")).map(Element::text).filter(|text| !text.is_empty())
}

/// The name inside an element, else its literal or the code without its vocabulary.
fn name_or_code(element: &Element) -> Option<String> {
    let code = || element.attribute("qcode")?.rsplit(':').next().map(str::to_owned);
    let literal = || element.attribute("literal").map(str::to_owned);
    element.text_at("name").or_else(literal).or_else(code)
}

/// `KIDAL, Mali, March 12 (AFP)` without day and agency.
fn place_of(line: &str) -> String {
    match crate::dateline::Dateline::read(&format!("{} — X", line.trim_end_matches(['-', '—', '–', ' '])))
    {
        Some(read) => read.located.unwrap_or_else(|| line.to_owned()),
        None => line.to_owned(),
    }
}
