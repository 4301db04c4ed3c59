use crate::BlockKind;
use crate::draft::Piece;
use crate::lines;
use crate::page::ends_sentence;
use dom_query::NodeRef;

/// The lines of a page, menus and all.
pub(super) fn lines(root: &NodeRef) -> Vec<String> {
    walk(root, true).pieces.into_iter().map(|piece| piece.text.into_owned()).collect()
}

/// The text inside an element with single spaces, its blocks apart from each other.
pub(super) fn text_of(root: &NodeRef) -> String {
    lines(root).join(" ")
}

/// The blocks of a tree, by their tags, in order; lists of nothing but links are left out.
pub(super) fn read(root: &NodeRef) -> Vec<Piece<'static>> {
    walk(root, false).pieces
}

/// The blocks of what the extractor takes for the article; nothing where it is a list of other articles: headings that
/// lead elsewhere, each with no more than a paragraph.
pub(super) fn read_article(root: &NodeRef) -> Vec<Piece<'static>> {
    let walk = walk(root, false);
    let prose =
        walk.pieces.iter().filter(|piece| piece.kind == BlockKind::Paragraph && piece.text.len() > 40);
    if walk.leads >= FEWEST_LEADS && prose.count() <= walk.leads { Vec::new() } else { walk.pieces }
}

/// Stands between cells until their row ends. It is not seen, so that it is a space elsewhere.
const CELL: char = '\u{1F}';
/// A list has no fewer headings.
const FEWEST_LEADS: usize = 4;

fn walk(root: &NodeRef, all_links: bool) -> Walk {
    let mut walk = Walk { all_links, ..Walk::default() };
    // By steps, not by recursion: pages nest as deep as they like.
    let mut node = root.first_child();
    while let Some(current) = node {
        let down = walk.enter(&current).then(|| current.first_child()).flatten();
        if down.is_some() {
            node = down;
            continue;
        }
        let mut at = current;
        loop {
            walk.leave(&at);
            if let Some(next) = at.next_sibling() {
                node = Some(next);
                break;
            }
            match at.parent().filter(|parent| parent.id != root.id) {
                Some(parent) => at = parent,
                None => {
                    node = None;
                    break;
                }
            }
        }
    }
    walk.flush();
    walk
}

#[derive(Default)]
struct Walk {
    pieces: Vec<Piece<'static>>,
    text: String,
    /// Characters of the text that stand in links.
    linked: usize,
    links: usize,
    lists: usize,
    captions: usize,
    figures: usize,
    /// What stands in a figure and is no caption.
    shown: usize,
    heading: usize,
    /// Cells of the row of a table.
    cells: usize,
    /// Whether the text is a row of a table.
    row: bool,
    /// Whether what is nothing but a link is kept.
    all_links: bool,
    /// Headings that are nothing but a link.
    leads: usize,
}

impl Walk {
    /// Whether the children are to be walked too.
    fn enter(&mut self, node: &NodeRef) -> bool {
        if node.is_text() {
            let text = node.text();
            if self.links > 0 {
                self.linked += text.trim().len();
            }
            self.text.push_str(&text.replace(['\n', '\r', '\t'], " "));
            return false;
        }
        let Some(name) = node.node_name() else { return true };
        match &*name {
            "script" | "style" | "noscript" | "template" | "svg" | "button" | "input" | "select"
            | "textarea" | "iframe" | "nav" | "form" | "object" => {
                return false;
            }
            "br" => self.text.push('\n'),
            "a" => self.links += 1,
            name => {
                if is_block(name) {
                    self.flush();
                }
                if name == "tr" {
                    self.cells = 0;
                }
                self.count(name, 1);
            }
        }
        true
    }

    fn leave(&mut self, node: &NodeRef) {
        let Some(name) = node.node_name() else { return };
        match &*name {
            "a" => self.links = self.links.saturating_sub(1),
            "td" | "th" => {
                self.cells += usize::from(!self.text.is_empty());
                self.text.push(CELL);
            }
            "tr" => {
                self.part_cells();
                self.flush();
                self.cells = 0;
            }
            name => {
                if is_block(name) {
                    self.flush();
                }
                self.count(name, -1);
            }
        }
    }

    fn count(&mut self, name: &str, by: isize) {
        let counter = match name {
            "li" | "dd" | "dt" => &mut self.lists,
            "figcaption" | "caption" => &mut self.captions,
            "figure" => &mut self.figures,
            "blockquote" | "ol" | "pre" | "table" | "ul" => &mut self.shown,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &mut self.heading,
            _ => return,
        };
        *counter = counter.saturating_add_signed(by);
    }

    /// A row of figures is not read as a sentence; a row of a table that only places texts beside each other is.
    fn part_cells(&mut self) {
        let ended = || self.text.trim_end_matches([CELL, ' ', '\n']);
        if self.cells < 2 || ends_sentence(ended()) {
            return;
        }
        let cells: Vec<&str> = self.text.split(CELL).map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let row = cells.join(" | ");
        self.row = cells.len() > 1;
        self.text = row;
    }

    /// Ends the block.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        let row = std::mem::take(&mut self.row);
        let kind = if self.captions > 0 || (self.figures > 0 && self.shown == 0) {
            BlockKind::Caption
        } else if self.heading > 0 {
            BlockKind::Heading
        } else if self.lists > 0 || row {
            BlockKind::List
        } else {
            BlockKind::Paragraph
        };
        let stretches = stretches(&text);
        let length: usize = stretches.iter().map(String::len).sum();
        // Headlines in a list may ask or call.
        let ended = stretches
            .last()
            .is_some_and(|text| ends_sentence(text) && (self.lists == 0 || !text.ends_with(['?', '!'])));
        let link = linked * 10 >= length * 9 && !ended;
        // A heading may lead elsewhere, but not where it is an item of a list.
        let leads = link && kind == BlockKind::Heading && self.lists == 0;
        self.leads += usize::from(leads && !stretches.is_empty());
        if !link || leads || self.all_links {
            self.pieces.extend(stretches.into_iter().map(|text| Piece::new(kind, text)));
        }
    }
}

/// The text of a block, cut where two line breaks follow each other.
fn stretches(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.split('\n') {
        let line = lines::paragraphs(line).join(" ");
        match out.last_mut().filter(|_| open) {
            _ if line.is_empty() => {
                open = false;
                continue;
            }
            Some(last) => {
                last.push(' ');
                last.push_str(&line);
            }
            None => out.push(line),
        }
        open = true;
    }
    out
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "thead"
            | "tr"
            | "ul"
    )
}
