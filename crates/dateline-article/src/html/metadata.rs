use super::json_ld::Stated;
use crate::Timestamp;
use crate::draft::Draft;
use crate::furniture::Furniture;
use crate::glob::plain;
use crate::meta::Meta;
use dom_query::{Document, Selection};

/// What of a page's metadata is no field of the draft.
pub(super) struct Described {
    /// The whole text, where the page states it for machines.
    pub(super) body: Option<String>,
}

/// Reads title, time, byline and the rest into the draft. Trusted in this order: JSON-LD, OpenGraph and other meta
/// tags, microdata, the visible page. Of titles the visible one is taken where the stated ones bear it out, because
/// that is what a reader sees.
pub(super) fn read(draft: &mut Draft, document: &Document) -> Described {
    let stated = Stated::read(document);
    let tags = Tags::read(document);
    let named = |name: &String| !name.contains("://");
    draft.publisher = stated
        .publisher
        .clone()
        .filter(named)
        .or_else(|| tags.first(&["og:site_name", "application-name", "dc.publisher"]));
    draft.title = title(document, &stated, &tags, draft.publisher.as_deref());
    draft.published = published(document, &stated, &tags);
    let modified = stated
        .modified
        .clone()
        .or_else(|| tags.first(&["article:modified_time", "og:updated_time", "last-modified"]));
    draft.updated = modified.and_then(|text| Timestamp::parse(&text));
    byline(draft, document, &stated, &tags);
    draft.section = section(document, &stated, &tags, draft.title.as_deref());
    draft.standfirst = standfirst(document, &stated, &tags, draft.title.as_deref());
    Described { body: stated.body.filter(|body| body.len() > 250) }
}

/// The `<meta>` tags, names in lower case.
struct Tags(Vec<(String, String)>);

impl Tags {
    fn read(document: &Document) -> Self {
        let mut tags = Vec::new();
        for tag in document.select("meta[content]").iter() {
            let content = tidy(&tag.attr_or("content", ""));
            let name = ["property", "name", "itemprop"].iter().find_map(|key| tag.attr(key));
            if let Some(name) = name.filter(|_| !content.is_empty()) {
                tags.push((name.to_lowercase(), content));
            }
        }
        Self(tags)
    }

    /// The content of the first of these names that the page has.
    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            self.0.iter().find(|(known, _)| known == name).map(|(_, content)| content.clone())
        })
    }

    /// The contents of all tags of this name.
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, content)| content.as_str())
    }
}

fn title(document: &Document, stated: &Stated, tags: &Tags, publisher: Option<&str>) -> Option<String> {
    let named = document.select("title").iter().next().map(|tag| without_site(&tidy(&tag.text()), publisher));
    let named = named.filter(|title| !title.is_empty());
    let open = tags
        .first(&["og:title", "twitter:title", "dc.title", "title"])
        .map(|title| without_site(&title, publisher));
    let claims: Vec<String> =
        [stated.headline.clone().map(|title| tidy(&title)), open, named].into_iter().flatten().collect();
    let visible = document.select("h1").iter().map(|heading| tidy(&heading.text()));
    let visible: Vec<String> =
        visible.filter(|heading| (1..=40).contains(&heading.split_whitespace().count())).collect();
    let borne_out = visible.iter().find(|heading| claims.iter().any(|claim| alike(heading, claim)));
    borne_out.cloned().or_else(|| claims.into_iter().next()).or_else(|| visible.into_iter().next())
}

/// A page's title without the name of the site at its end or start.
fn without_site(title: &str, publisher: Option<&str>) -> String {
    for mark in [" | ", " – ", " — ", " - ", " :: ", " » "] {
        let Some((head, tail)) = title.rsplit_once(mark) else { continue };
        let named = publisher.is_some_and(|name| plain(tail) == plain(name));
        // A short last part after a bar is a site even where no publisher is named.
        if named
            || (mark == " | " && tail.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 4)
        {
            return without_site(head.trim(), publisher);
        }
    }
    title.to_owned()
}

/// Whether two titles share most of their words.
fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> std::collections::BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    shared > 0 && shared * 2 >= a.len().max(b.len())
}

fn published(document: &Document, stated: &Stated, tags: &Tags) -> Option<Timestamp> {
    const NAMES: [&str; 17] = [
        "article:published_time",
        "og:article:published_time",
        "article:published",
        "datepublished",
        "parsely-pub-date",
        "publish-date",
        "publishdate",
        "publication_date",
        "pubdate",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "sailthru.date",
        "date",
        "article.published",
        "cxenseparse:recs:publishtime",
        "originalpublicationdate",
    ];
    let parse = |text: &str| Timestamp::parse(text).filter(|time| time.date().2.is_some());
    let in_tags = || NAMES.iter().find_map(|name| tags.all(name).find_map(parse));
    let in_tree = || {
        [
            "[itemprop='datePublished']",
            "article time[datetime]",
            "time[pubdate]",
            "header time[datetime]",
            "time[datetime]",
        ]
        .iter()
        .find_map(|selector| {
            document.select(selector).iter().take(3).find_map(|found| {
                let stamp = found.attr("datetime").or_else(|| found.attr("content"));
                stamp.and_then(|text| parse(&text)).or_else(|| parse(&tidy(&found.text())))
            })
        })
    };
    stated.published.as_deref().and_then(parse).or_else(in_tags).or_else(in_tree)
}

/// Who wrote it, where from, and for which agency.
fn byline(draft: &mut Draft, document: &Document, stated: &Stated, tags: &Tags) {
    let rules = Furniture::embedded();
    let visible = rules.html.byline.iter().find_map(|selector| {
        let found = document.try_select(selector)?;
        found.iter().take(3).find_map(|found| line_of(&found))
    });
    let mut authors: Vec<String> = stated.authors.clone();
    if authors.is_empty() {
        authors.extend(
            ["author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"]
                .iter()
                .find_map(|name| tags.first(&[name])),
        );
    }
    let own = draft.publisher.clone().unwrap_or_default();
    authors.retain(|author| {
        !author.contains("://") && !author.contains('@') && *author != own && author.len() < 120
    });
    let mut seen: Vec<String> = Vec::new();
    for author in authors {
        if !seen.contains(&author) {
            seen.push(author);
        }
    }
    let stated = (!seen.is_empty()).then(|| seen.join(", "));
    for line in [stated, visible].into_iter().flatten() {
        let introduced = rules.meta.by.iter().any(|by| line.to_lowercase().starts_with(&format!("{by} ")));
        let line = if introduced { line } else { format!("By {line}") };
        if let Some(meta) = Meta::read(&line) {
            meta.fill(draft);
        }
    }
}

/// The text of a byline's element, if it is no longer than a byline.
fn line_of(found: &Selection) -> Option<String> {
    let text = tidy(&found.text());
    (1..=16).contains(&text.split_whitespace().count()).then_some(text)
}

fn section(document: &Document, stated: &Stated, tags: &Tags, title: Option<&str>) -> Vec<String> {
    let mut path = stated.breadcrumbs.clone();
    if path.is_empty() {
        path = Furniture::embedded()
            .html
            .breadcrumbs
            .iter()
            .find_map(|selector| {
                let links = document.try_select(selector)?;
                let steps: Vec<String> =
                    links.iter().map(|link| tidy(&link.text())).filter(|step| !step.is_empty()).collect();
                (1..=6).contains(&steps.len()).then_some(steps)
            })
            .unwrap_or_default();
    }
    if path.is_empty() {
        path = stated.section.clone();
    }
    if path.is_empty() {
        path.extend(tags.first(&["article:section", "section", "parsely-section", "og:section"]));
    }
    let own = title.map(plain).unwrap_or_default();
    path.iter()
        .map(|step| tidy(step))
        .filter(|step| plain(step) != own && step.split_whitespace().count() <= 6)
        .collect()
}

/// The summary under the headline: an element that calls itself so, or the page's description where the page shows it.
fn standfirst(document: &Document, stated: &Stated, tags: &Tags, title: Option<&str>) -> Option<String> {
    let fits = |text: &String| {
        (4..=60).contains(&text.split_whitespace().count())
            && title.is_none_or(|title| plain(title) != plain(text))
    };
    for selector in &Furniture::embedded().html.standfirst {
        let Some(found) = document.try_select(selector) else { continue };
        if let Some((element, text)) = found
            .iter()
            .take(2)
            .map(|e| (tidy(&e.text()), e))
            .map(|(t, e)| (e, t))
            .find(|(_, text)| fits(text))
        {
            element.remove();
            return Some(text);
        }
    }
    let described = stated
        .description
        .clone()
        .or_else(|| tags.first(&["og:description", "description", "twitter:description"]))?;
    let described = tidy(&described);
    let wanted = plain(&described);
    // Only a heading counts: where a paragraph says the same, it is the body's first.
    let shown =
        document.select("h2, h3").iter().take(12).find(|heading| plain(&tidy(&heading.text())) == wanted)?;
    if !fits(&described) {
        return None;
    }
    shown.remove();
    Some(described)
}

/// Single spaces, no unseen characters.
fn tidy(text: &str) -> String {
    crate::lines::paragraphs(text).join(" ")
}
