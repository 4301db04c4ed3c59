//! RSS 0.9 to 2.0 and Atom. An item that holds no more than a teaser is a link, not an article.

use super::element::Element;
use crate::claim::Field;
use crate::draft::{Draft, Piece};
use crate::origin::Origin;
use crate::{Article, ArticleError, BlockKind, Place, html, page};

/// A description with fewer words than this, and in one paragraph, is a teaser.
const TEASER: usize = 120;

/// An `<item>`.
pub(super) fn rss(
    origin: &Origin,
    place: Place,
    head: &[Element],
    item: &Element,
) -> Result<Article, ArticleError> {
    const FROM: &str = "RSS";
    let mut draft = origin.draft_at(place.clone());
    let of_feed = |name: &str| head.iter().find(|e| e.is(name)).map(Element::text);
    // An item may say which paper it was taken from.
    let source = item.child("source").map(Element::text);
    let permanent = item.child("guid").filter(|guid| guid.attribute("isPermaLink") != Some("false"));
    let address = permanent.map(Element::text).filter(|guid| guid.contains("://"));
    for (field, value) in [
        (Field::Key, item.text_at("guid").or_else(|| item.attribute("rdf:about").map(str::to_owned))),
        (Field::Url, item.text_at("link").or(address)),
        (Field::Title, item.child("title").map(|title| plain(&title.raw()))),
        (Field::Published, item.text_at("pubDate").or_else(|| item.text_at("dc:date"))),
        (Field::Updated, item.text_at("atom:updated").or_else(|| item.text_at("dcterms:modified"))),
        (Field::Publisher, source.filter(|name| !name.is_empty()).or_else(|| of_feed("title"))),
        (Field::Language, item.text_at("dc:language").or_else(|| of_feed("language"))),
    ] {
        draft.say(field, FROM, &value.unwrap_or_default());
    }
    let byline = item.text_at("dc:creator").or_else(|| item.text_at("author").map(|name| person(&name)));
    draft.byline_says(FROM, &byline.unwrap_or_default());
    for creator in item.all("dc:creator") {
        draft.say(Field::Authors, FROM, &creator.text());
    }
    let whole = item.child("content:encoded").or_else(|| item.child("xhtml:body"));
    let described = item.child("description");
    article(draft, whole.map(markup), described.map(markup))
}

/// An `<entry>`.
pub(super) fn atom(
    origin: &Origin,
    place: Place,
    head: &[Element],
    entry: &Element,
) -> Result<Article, ArticleError> {
    const FROM: &str = "Atom";
    let mut draft = origin.draft_at(place.clone());
    let link = |wanted: &str| {
        let fits = |link: &&Element| link.attribute("rel").unwrap_or("alternate") == wanted;
        entry.all("link").find(fits).and_then(|link| link.attribute("href")).map(str::to_owned)
    };
    let source = entry.at("source/title").map(Element::text);
    let of_feed = |name: &str| head.iter().find(|e| e.is(name));
    for (field, value) in [
        (Field::Key, entry.text_at("id")),
        (Field::Url, link("alternate")),
        (Field::Canonical, link("canonical")),
        (Field::Title, entry.child("title").map(|title| plain(&markup(title)))),
        (Field::Published, entry.text_at("published").or_else(|| entry.text_at("issued"))),
        (Field::Updated, entry.text_at("updated").or_else(|| entry.text_at("modified"))),
        (Field::Publisher, source.or_else(|| of_feed("title").map(Element::text))),
        (Field::Language, entry.attribute("xml:lang").map(str::to_owned)),
    ] {
        draft.say(field, FROM, &value.unwrap_or_default());
    }
    let names = |holder: &Element| -> Vec<String> {
        holder.all("author").filter_map(|author| author.text_at("name")).collect()
    };
    let mut authors = names(entry);
    if authors.is_empty() {
        authors.extend(of_feed("author").and_then(|author| author.text_at("name")));
    }
    draft.byline_says(FROM, &authors.join(", "));
    for author in &authors {
        draft.say(Field::Authors, FROM, author);
    }
    let whole = entry.child("content").filter(|content| content.attribute("src").is_none());
    article(draft, whole.map(markup), entry.child("summary").map(markup))
}

/// What an element holds as HTML: its own elements, or the markup that it quotes.
fn markup(element: &Element) -> String {
    if element.elements().next().is_some() {
        return element.inner_html(&|_| None);
    }
    let raw = element.raw();
    if element.attribute("type") == Some("text") || !raw.contains(['<', '&']) {
        // Lines of a plain text are its paragraphs.
        let escaped = raw.replace('&', "&amp;").replace('<', "&lt;");
        let lines = crate::lines::paragraphs(&escaped).into_iter();
        return lines.map(|line| format!("<p>{line}</p>")).collect();
    }
    raw
}

/// A title without the tags and entities that it quotes.
fn plain(markup: &str) -> String {
    if !markup.contains(['<', '&']) {
        return crate::lines::paragraphs(markup).join(" ");
    }
    html::fragment(markup).into_iter().map(|piece| piece.text).collect::<Vec<_>>().join(" ")
}

/// `jane@post.example (Jane Doe)`, as RSS has authors.
fn person(author: &str) -> String {
    let inside =
        author.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name.trim());
    match inside {
        Some(name) => name.to_owned(),
        None if author.contains('@') && !author.contains(' ') => String::new(),
        None => author.to_owned(),
    }
}

fn article(mut draft: Draft, whole: Option<String>, teaser: Option<String>) -> Result<Article, ArticleError> {
    if let Some(url) = &draft.url {
        draft.source.clone_from(url);
    }
    let place = draft.place.clone();
    let (title, url) = (draft.title.clone(), draft.url.clone());
    let read = |markup: Option<String>| markup.map(|markup| html::fragment(&markup)).unwrap_or_default();
    let teaser = read(teaser);
    let mut pieces = read(whole);
    if length(&pieces) == 0 {
        let short = length(&teaser) < TEASER
            && teaser.iter().filter(|piece| piece.kind == BlockKind::Paragraph).count() < 3;
        if short && url.is_some() || teaser.is_empty() {
            return Err(ArticleError::LinkOnly { place, title, url });
        }
        pieces = teaser;
    } else if length(&pieces) < TEASER && length(&pieces) <= length(&teaser) && url.is_some() {
        // Some feeds give their teaser twice.
        return Err(ArticleError::LinkOnly { place, title, url });
    }
    let body = page::body(&mut draft, pieces, true);
    if body.is_empty() {
        return Err(ArticleError::LinkOnly { place, title, url });
    }
    Ok(draft.finish(body))
}

fn length(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.text.split_whitespace().count()).sum()
}
