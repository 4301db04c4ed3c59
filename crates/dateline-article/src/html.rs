//! Saved pages. The article is found by `dom_smoothie`, a port of Readability that works on the tree that the
//! metadata is read from as well; what it leaves in of menus, links and captions is taken out here.

mod blocks;
mod demand;
mod finder;
mod json_ld;
mod metadata;
mod selector;
mod shares;
mod tags;
mod thin;
mod title;

use crate::claim::Field;
use crate::draft::{Draft, Piece};
use crate::furniture::Furniture;
use crate::{Article, page};
pub(crate) use demand::DEEPEST;
use demand::{Demand, depth_of};
use dom_query::{Document, NodeData, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};
use finder::{Finder, LONG};
use std::borrow::Cow;

/// A page whose tags are no one's writing.
pub(crate) enum Broken {
    /// They are nested deeper than [`DEEPEST`].
    Deep,
    /// They are left open, or have attributes, beyond reason: what the parser would make of them has no bound.
    Endless,
}

/// An article out of a saved page; `None` where it has none.
pub(crate) fn read(mut draft: Draft, text: &str) -> Result<Option<Article>, Broken> {
    let document = Document::from(&*examine(text)?);
    let finder = Finder::new(&document);
    if finder.depth() > DEEPEST {
        return Err(Broken::Deep);
    }
    if draft.url.is_none() {
        draft.say(Field::Url, "the browser that saved the page", saved_from(text).unwrap_or_default());
    }
    let described = metadata::read(&mut draft, &document, &finder);
    remove_furniture(&finder);
    bound_texts(&document, &finder);
    drop(finder);
    let mut pieces = main_pieces(document).unwrap_or_default();
    if let Some(stated) = &described.body {
        prefer_stated(&mut pieces, stated);
    }
    let body = page::body(&mut draft, pieces, true);
    if draft.published.is_none() {
        described.head.fill(&mut draft);
    }
    Ok((!body.is_empty()).then(|| draft.finish(body)))
}

/// The page without what the parser need not see. Refuses what it would not get done with.
fn examine(text: &str) -> Result<Cow<'_, str>, Broken> {
    let (demand, text) = Demand::of(text);
    if demand.is_deep() {
        return Err(Broken::Deep);
    }
    if demand.is_beyond_reason() {
        return Err(Broken::Endless);
    }
    Ok(text)
}

/// The address in the comment that browsers put into a page they save.
fn saved_from(text: &str) -> Option<&str> {
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let rest = match head.find("saved from url=") {
        Some(at) => head[at..].split_once(')')?.1,
        None => head[head.find("Page saved with SingleFile")?..].split_once("url:")?.1,
    };
    rest.split_whitespace().next().filter(|address| address.contains("://"))
}

/// The article's blocks by their tags, as the extractor finds them.
fn main_pieces(document: Document) -> Option<Vec<Piece<'static>>> {
    let config =
        Config { keep_classes: true, disable_json_ld: true, text_mode: TextMode::Raw, ..Config::default() };
    let mut extractor = Readability::with_document(document, None, Some(config)).ok()?;
    extractor.parse().ok()?;
    // The tree that it leaves is the article; what it prints of it need not be parsed again.
    let found = extractor.doc.select_single("#readability-page-1");
    found.nodes().first().map(blocks::read_article)
}

/// The extractor prints the article, with time by the square of the length of a text where much of it is written as
/// references, and compares the title with all headings. So no text is left long.
fn bound_texts(document: &Document, finder: &Finder) {
    if let Some(title) = finder.first("title") {
        let text = title.text();
        if let Some((end, _)) = text.char_indices().nth(LONGEST_TITLE) {
            title.set_text(&text[..end]);
        }
    }
    let long = |node: &NodeRef| node.query_or(false, |node| may_be_references(&node.data));
    for node in finder.long_texts().filter(long) {
        let text = node.text();
        let mut rest: &str = &text;
        while !rest.is_empty() {
            let end = (PIECE.min(rest.len())..=rest.len()).find(|end| rest.is_char_boundary(*end));
            let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
            node.insert_before(&document.tree.new_text(piece));
            rest = after;
        }
        node.remove_from_parent();
    }
}

/// A long text is cut into pieces of so many bytes.
const PIECE: usize = LONG / 2;
/// Characters.
const LONGEST_TITLE: usize = 400;

/// Whether a text holds what is written as a reference, or begins as a space that is.
fn may_be_references(data: &NodeData) -> bool {
    let NodeData::Text { contents } = data else { return false };
    memchr::memchr2(b'&', 0xC2, contents.as_bytes()).is_some()
}

/// The blocks of a piece of HTML that is the body of an article and nothing else, as feeds and newsrooms send it.
/// Nothing where it is nested deeper than any text that people write.
pub(crate) fn fragment(text: &str) -> Vec<Piece<'static>> {
    let Ok(text) = examine(text) else { return Vec::new() };
    let document = Document::fragment(&*text);
    if depth_of(&document) > DEEPEST {
        return Vec::new();
    }
    blocks::read(&document.root())
}

/// Takes what the rules know to be no article out of the tree, before the extractor weighs it.
///
/// Sites name their outermost boxes as they like, so what holds a good part of the page's text or of its paragraphs
/// stays.
fn remove_furniture(finder: &Finder) {
    let Some(&body) = finder.places("body").first() else { return };
    let mut shares = finder.shares();
    let (characters, prose) = shares.of(body).unwrap_or_default();
    for selector in &Furniture::embedded().html.remove {
        for at in finder.places(selector) {
            let Some((its, its_prose)) = shares.of(at) else { continue };
            let element = finder.node(at);
            let outer = element.has_name("body") || element.has_name("html");
            if !outer && its <= characters / 4 && its_prose <= prose / 3 {
                element.remove_from_parent();
                shares.take(at);
            }
        }
    }
}

/// Where the extractor found little and the page states its text for machines, the stated text is taken.
fn prefer_stated(pieces: &mut Vec<Piece>, stated: &str) {
    let found: usize = pieces.iter().map(|piece| piece.text.len()).sum();
    if found * 2 < stated.len() {
        *pieces = Piece::paragraphs(stated).into_iter().map(Piece::into_owned).collect();
    }
}
