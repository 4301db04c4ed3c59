//! Saved pages. The article is found by `dom_smoothie`, a port of Readability that works on the tree that the
//! metadata is read from as well; what it leaves in of menus, links and captions is taken out here.

mod blocks;
mod depth;
mod finder;
mod json_ld;
mod metadata;

use crate::claim::Field;
use crate::draft::{Draft, Piece};
use crate::furniture::Furniture;
use crate::{Article, BlockKind, page};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};
use finder::Finder;

/// Deeper trees are refused: the parser needs time by the square of the depth, the extractor stack by the depth.
pub(crate) const DEEPEST: usize = 400;

/// A page is nested deeper than [`DEEPEST`].
pub(crate) struct TooDeep;

/// An article out of a saved page; `None` where it has none.
pub(crate) fn read(mut draft: Draft, text: &str) -> Result<Option<Article>, TooDeep> {
    // Unclosed tags make a page look deeper than it is, so the first look is generous.
    if depth::of_tags(text) > 10 * DEEPEST {
        return Err(TooDeep);
    }
    let document = Document::from(text);
    if depth::of_tree(&document) > DEEPEST {
        return Err(TooDeep);
    }
    if draft.url.is_none() {
        draft.say(Field::Url, "the browser that saved the page", saved_from(text).unwrap_or_default());
    }
    let finder = Finder::new(&document);
    let described = metadata::read(&mut draft, &document, &finder);
    remove_furniture(&document, &finder);
    drop(finder);
    let mut pieces = main_pieces(document).unwrap_or_default();
    if let Some(stated) = &described.body {
        prefer_stated(&mut pieces, stated);
    }
    let body = page::body(&mut draft, pieces, true);
    Ok((!body.is_empty()).then(|| draft.finish(body)))
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
fn main_pieces(document: Document) -> Option<Vec<Piece>> {
    let config =
        Config { keep_classes: true, disable_json_ld: true, text_mode: TextMode::Raw, ..Config::default() };
    let found = Readability::with_document(document, None, Some(config)).ok()?.parse().ok()?;
    Some(blocks::read(&Document::fragment(found.content)))
}

/// The blocks of a piece of HTML that is the body of an article and nothing else, as feeds and newsrooms send it.
/// Nothing where it is nested deeper than any text that people write.
pub(crate) fn fragment(text: &str) -> Vec<Piece> {
    if depth::of_tags(text) > 10 * DEEPEST {
        return Vec::new();
    }
    let document = Document::fragment(text);
    if depth::of_tree(&document) > DEEPEST {
        return Vec::new();
    }
    blocks::read(&document)
}

/// Takes what the rules know to be no article out of the tree, before the extractor weighs it.
///
/// Sites name their outermost boxes as they like, so what holds a good part of the page's text or of its paragraphs
/// stays.
fn remove_furniture(document: &Document, finder: &Finder) {
    let Some(body) = document.body() else { return };
    let most = body.normalized_char_count() / 4;
    let most_prose = prose(&body) / 3;
    for selector in &Furniture::embedded().html.remove {
        let Some(found) = finder.find(selector) else { continue };
        for element in found.nodes() {
            if element.normalized_char_count() <= most
                && !element.has_name("body")
                && !element.has_name("html")
                && prose(element) <= most_prose
            {
                element.remove_from_parent();
            }
        }
    }
}

/// Characters in the paragraphs of an element that are long enough to be sentences.
fn prose(element: &NodeRef) -> usize {
    let paragraphs = element.descendants_it().filter(|node| node.has_name("p"));
    paragraphs.map(|node| node.normalized_char_count()).filter(|length| *length >= SENTENCE).sum()
}

/// A sentence has so many characters.
const SENTENCE: usize = 60;

/// Where the extractor found little and the page states its text for machines, the stated text is taken.
fn prefer_stated(pieces: &mut Vec<Piece>, stated: &str) {
    let found: usize = pieces.iter().map(|piece| piece.text.len()).sum();
    if found * 2 < stated.len() {
        *pieces = crate::lines::paragraphs(stated)
            .into_iter()
            .map(|text| Piece::new(BlockKind::Paragraph, text))
            .collect();
    }
}
