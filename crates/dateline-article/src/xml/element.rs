use super::{is_record, local};
use quick_xml::events::{BytesRef, BytesStart, Event};

/// An element with all that is in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// With its prefix, as it is written.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Text(String),
    Element(Element),
}

/// Elements nested deeper than this are refused.
const DEEPEST: usize = 200;

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements directly inside it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child of this name, written with its usual prefix or without.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.is(name))
    }

    /// All children of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.is(name))
    }

    /// Whether it has this name. A name without a prefix also stands for one with the prefix `atom`, `nar` or `nitf`.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
            || self.name.split_once(':').is_some_and(|(prefix, rest)| {
                rest == name && matches!(prefix, "atom" | "nar" | "nitf" | "g2" | "rss")
            })
    }

    /// Goes down a path of children: `contentMeta/headline`.
    pub(super) fn at(&self, path: &str) -> Option<&Self> {
        path.split('/').try_fold(self, |element, name| element.child(name))
    }

    /// The words of the child at a path.
    pub(super) fn text_at(&self, path: &str) -> Option<String> {
        self.at(path).map(Self::text).filter(|text| !text.is_empty())
    }

    /// All words inside, with single spaces.
    pub(super) fn text(&self) -> String {
        let mut raw = String::new();
        self.gather(&mut raw);
        crate::lines::paragraphs(&raw).join(" ")
    }

    /// All characters inside, as they stand.
    pub(super) fn raw(&self) -> String {
        let mut raw = String::new();
        self.gather(&mut raw);
        raw
    }

    fn gather(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.gather(out),
            }
        }
    }

    /// Every element inside of this local name, in order.
    pub(super) fn descendants<'a>(&'a self, name: &str, out: &mut Vec<&'a Self>) {
        for element in self.elements() {
            if local(&element.name) == name {
                out.push(element);
            }
            element.descendants(name, out);
        }
    }

    /// What is inside as HTML, for elements that are HTML by another name.
    pub(super) fn inner_html(&self, rename: &impl Fn(&str) -> Option<&'static str>) -> String {
        let mut out = String::new();
        self.write_html(&mut out, rename);
        out
    }

    fn write_html(&self, out: &mut String, rename: &impl Fn(&str) -> Option<&'static str>) {
        for node in &self.children {
            match node {
                Node::Text(text) => {
                    for c in text.chars() {
                        match c {
                            '<' => out.push_str("&lt;"),
                            '>' => out.push_str("&gt;"),
                            '&' => out.push_str("&amp;"),
                            c => out.push(c),
                        }
                    }
                }
                Node::Element(element) => {
                    let own = local(&element.name);
                    let name = rename(own).unwrap_or(own);
                    out.push_str(&format!("<{name}>"));
                    if !matches!(name, "br" | "hr" | "img") {
                        element.write_html(out, rename);
                        out.push_str(&format!("</{name}>"));
                    }
                }
            }
        }
    }
}

/// Puts an element together from events.
pub(super) struct Builder {
    /// The element and those open inside it, the innermost last.
    open: Vec<Element>,
    /// What was wrong with it first.
    broken: Option<String>,
    /// Elements that are passed over because they are too deep.
    beyond: usize,
}

/// Why an element cannot be used.
pub(super) struct Broken {
    pub(super) text: String,
    pub(super) is_record: bool,
}

impl Builder {
    pub(super) fn new(tag: &BytesStart) -> Self {
        Self { open: vec![element(tag)], broken: None, beyond: 0 }
    }

    /// The name of the element that is being built.
    pub(super) fn name(&self) -> &str {
        self.open.first().map_or("", |element| element.name.as_str())
    }

    /// Takes an event in; `true` where it ends the element.
    pub(super) fn take(&mut self, event: &Event) -> bool {
        match event {
            Event::Start(tag) => {
                if self.open.len() >= DEEPEST {
                    self.beyond += 1;
                    self.fault(format!("elements are nested more than {DEEPEST} deep"));
                } else {
                    self.open.push(element(tag));
                }
            }
            Event::End(tag) => {
                let name = tag.name().as_ref().to_owned();
                return self.end(&name);
            }
            Event::Text(text) => self.push(text),
            Event::CData(text) => self.push(text),
            Event::GeneralRef(entity) => {
                let text = character(entity);
                self.push(&text);
            }
            _ => {}
        }
        false
    }

    fn push(&mut self, text: &str) {
        let Some(innermost) = self.open.last_mut() else { return };
        match innermost.children.last_mut() {
            Some(Node::Text(known)) => known.push_str(text),
            _ => innermost.children.push(Node::Text(text.to_owned())),
        }
    }

    fn end(&mut self, name: &str) -> bool {
        if self.beyond > 0 && name != self.name() {
            self.beyond -= 1;
            return false;
        }
        let Some(at) = self.open.iter().rposition(|element| element.name == name) else {
            self.fault(format!("</{name}> closes nothing"));
            return false;
        };
        while self.open.len() > at + 1 {
            let unclosed = self.open.last().map(|element| element.name.clone()).unwrap_or_default();
            self.fault(format!("<{unclosed}> is not closed before </{name}>"));
            self.close();
        }
        if at == 0 {
            return true;
        }
        self.close();
        false
    }

    /// Puts the innermost element into the one around it.
    fn close(&mut self) {
        if let Some(element) = self.open.pop()
            && let Some(around) = self.open.last_mut()
        {
            around.children.push(Node::Element(element));
        }
    }

    fn fault(&mut self, text: String) {
        self.broken.get_or_insert(text);
    }

    /// The element, if nothing was wrong with it.
    pub(super) fn finish(self) -> Result<Element, Broken> {
        let element = self.open.into_iter().next().unwrap_or_default();
        match self.broken {
            Some(text) => Err(Broken { text, is_record: is_record(local(&element.name)) }),
            None => Ok(element),
        }
    }
}

fn element(tag: &BytesStart) -> Element {
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false).flatten() {
        let name = attribute.key.as_ref().to_owned();
        let raw = attribute.value.to_string();
        let value =
            quick_xml::escape::unescape_with(&raw, named).map(|text| text.into_owned()).unwrap_or(raw);
        attributes.push((name, value));
    }
    let name = tag.name().as_ref().to_owned();
    Element { name, attributes, children: Vec::new() }
}

/// What a reference stands for: a character, or itself where it is of the document's own making.
fn character(entity: &BytesRef) -> String {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = entity;
    match named(name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    }
}

fn named(name: &str) -> Option<&'static str> {
    quick_xml::escape::resolve_predefined_entity(name)
        .or_else(|| quick_xml::escape::resolve_html5_entity(name))
}
