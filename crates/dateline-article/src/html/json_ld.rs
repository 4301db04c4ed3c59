use super::finder::Finder;
use dom_query::Document;
use serde_json::Value;

/// What a page says of its article in JSON-LD.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub(super) headline: Option<String>,
    pub(super) description: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) section: Vec<String>,
    /// Organisations that the article was taken from.
    pub(super) sources: Vec<String>,
    /// The address of the page.
    pub(super) address: Option<String>,
    pub(super) breadcrumbs: Vec<String>,
    pub(super) body: Option<String>,
    /// When the page itself was published and changed.
    page: (Option<String>, Option<String>),
}

/// Objects nested deeper than this are not looked into.
const DEPTH: usize = 6;

impl Stated {
    /// Reads every JSON-LD script of the page; what comes first is kept.
    pub(super) fn read(finder: &Finder) -> Self {
        let mut stated = Self::default();
        for script in finder.find("script[type='application/ld+json']") {
            let text = script.text();
            let text = text
                .trim()
                .trim_start_matches("<!--")
                .trim_start_matches("//<![CDATA[")
                .trim_start_matches("<![CDATA[");
            // What follows the value is often a stray mark, so only the first value is read.
            let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
            match values.next() {
                Some(Ok(value)) => stated.take(&value, 0),
                Some(Err(_)) => stated.take_broken(text),
                None => {}
            }
        }
        // What a page says of itself, where nothing is said of its article.
        let page = std::mem::take(&mut stated.page);
        keep(&mut stated.published, page.0);
        keep(&mut stated.modified, page.1);
        stated
    }

    /// Takes headline and dates out of a script that is no JSON, for a quotation mark or a comma too many: they stand
    /// before or after the mistake.
    fn take_broken(&mut self, text: &str) {
        if !["Article\"", "Posting\""].iter().any(|kind| text.contains(kind)) {
            return;
        }
        let value = |name: &str| {
            let (_, after) = text.split_once(&format!("\"{name}\""))?;
            let after = after.trim_start().strip_prefix(':')?;
            let mut values = serde_json::Deserializer::from_str(after).into_iter::<String>();
            values.next()?.ok().and_then(|text| string(&Value::String(text)))
        };
        keep(&mut self.headline, value("headline"));
        keep(&mut self.published, value("datePublished"));
        keep(&mut self.modified, value("dateModified"));
    }

    fn take(&mut self, value: &Value, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.take(item, depth + 1)),
            Value::Object(object) => {
                let is = |name: &str| object.get("@type").is_some_and(|kind| names_type(kind, name));
                if is("Article") || is("Posting") || is("Report") {
                    self.take_article(value);
                } else if is("BreadcrumbList") {
                    self.take_breadcrumbs(value);
                } else if is("Page") || is("ClaimReview") {
                    let text = |key: &str| object.get(key).and_then(string);
                    keep(&mut self.page.0, text("datePublished"));
                    keep(&mut self.page.1, text("dateModified"));
                }
                for key in ["@graph", "mainEntity", "breadcrumb"] {
                    if let Some(inner) = object.get(key) {
                        self.take(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn take_article(&mut self, article: &Value) {
        let text = |key: &str| article.get(key).and_then(string);
        keep(&mut self.headline, text("headline").or_else(|| text("name")));
        keep(&mut self.description, text("description"));
        keep(&mut self.published, text("datePublished"));
        keep(&mut self.modified, text("dateModified"));
        keep(&mut self.publisher, article.get("publisher").and_then(name));
        keep(&mut self.body, article.get("articleBody").and_then(body).or_else(|| updates(article)));
        let page = article.get("mainEntityOfPage");
        keep(&mut self.address, text("url").or_else(|| string(page?)).or_else(|| string(page?.get("@id")?)));
        if self.sources.is_empty() {
            let given = ["sourceOrganization", "provider"].iter().filter_map(|key| article.get(*key));
            self.sources = given.flat_map(names).collect();
        }
        if self.authors.is_empty() {
            for key in ["author", "creator"] {
                self.authors.extend(article.get(key).map(names).unwrap_or_default());
                if !self.authors.is_empty() {
                    break;
                }
            }
        }
        if self.section.is_empty() {
            self.section = article.get("articleSection").map(names).unwrap_or_default();
        }
    }

    fn take_breadcrumbs(&mut self, list: &Value) {
        let Some(Value::Array(items)) = list.get("itemListElement") else { return };
        if self.breadcrumbs.is_empty() {
            self.breadcrumbs =
                items.iter().filter_map(|item| name(item).or_else(|| name(item.get("item")?))).collect();
        }
    }
}

fn keep(field: &mut Option<String>, value: Option<String>) {
    if field.is_none() {
        *field = value;
    }
}

/// Whether `@type` names a type that ends so: `NewsArticle`, `["ReportageNewsArticle"]`.
fn names_type(kind: &Value, name: &str) -> bool {
    match kind {
        Value::String(kind) => kind.ends_with(name),
        Value::Array(kinds) => {
            kinds.iter().any(|kind| kind.as_str().is_some_and(|kind| kind.ends_with(name)))
        }
        _ => false,
    }
}

/// A text without the tags and entities that it should not have.
fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Array(items) => items.first()?.as_str()?,
        _ => return None,
    };
    let text =
        if text.contains(['<', '&']) { Document::fragment(text).text().to_string() } else { text.to_owned() };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A text with a line for each of its paragraphs, whether tags or line breaks part them.
fn body(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let tagged = text.contains("</") || text.contains("<br");
    let pieces = if tagged { super::fragment(text) } else { return string(value) };
    let paragraphs: Vec<String> = pieces.into_iter().map(|piece| piece.text.into_owned()).collect();
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
}

/// The entries of a live report, in the order in which the page has them.
fn updates(report: &Value) -> Option<String> {
    let Some(Value::Array(entries)) = report.get("liveBlogUpdate") else { return None };
    let mut parts: Vec<String> = Vec::new();
    for entry in entries {
        let Some(text) = entry.get("articleBody").and_then(body) else { continue };
        let headline = entry.get("headline").and_then(string);
        parts.extend(headline.filter(|headline| !text.starts_with(headline.as_str())));
        parts.push(text);
    }
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// The name of a person or organisation, given as text or as an object.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => object.get("name").and_then(string),
        Value::Array(items) => items.iter().find_map(name),
        other => string(other),
    }
}

/// All names of a list, or the one name.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(name).collect(),
        one => name(one).into_iter().collect(),
    }
}
