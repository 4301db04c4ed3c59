use super::blocks;
use super::finder::Finder;
use super::json_ld::Stated;
use super::title;
use crate::claim::Field;
use crate::draft::Draft;
use crate::furniture::Furniture;
use crate::glob::plain;
use crate::meta::Meta;
use crate::{Status, Timestamp};
use dom_query::{Document, NodeRef};

/// What of a page's metadata is no field of the draft.
pub(super) struct Described {
    /// The whole text, where the page states it for machines.
    pub(super) body: Option<String>,
    /// What the lines under the headline say, where no tag says when the article was published.
    pub(super) head: Meta,
}

/// Reads title, time, byline and the rest into the draft. Trusted in this order: JSON-LD, OpenGraph, other meta tags,
/// microdata, the visible page. Of titles the visible one is taken where the stated ones bear it out, because that is
/// what a reader sees. What each of them says is kept as a claim.
pub(super) fn read(draft: &mut Draft, document: &Document, finder: &Finder) -> Described {
    let stated = Stated::read(finder);
    let tags = Tags::read(finder);
    addresses(draft, finder, &stated, &tags);
    let named = |name: &String| !name.contains("://");
    for (from, name) in [
        (JSON_LD, stated.publisher.clone().filter(named)),
        (OPEN_GRAPH, tags.first(&["og:site_name"])),
        (META, tags.first(&["application-name", "dc.publisher"])),
    ] {
        draft.say(Field::Publisher, from, &name.unwrap_or_default());
    }
    title::read(draft, finder, &stated, &tags);
    draft.status = draft.title.as_deref().map_or(Status::Usable, crate::meta::status_of_title);
    times(draft, finder, &stated, &tags);
    byline(draft, finder, &stated, &tags);
    let agencies = &stated.sources;
    for name in agencies.iter().filter_map(|name| Furniture::embedded().agency(name)) {
        draft.say(Field::Agencies, JSON_LD, name);
    }
    let (from, path) = section(finder, &stated, &tags, draft.title.as_deref());
    for step in &path {
        draft.say(Field::Section, from, step);
    }
    let (from, standfirst) = standfirst(finder, &stated, &tags, draft.title.as_deref()).unzip();
    draft.say(Field::Standfirst, from.unwrap_or(PAGE), &standfirst.unwrap_or_default());
    let root = finder.first("html");
    let language = root.and_then(|root| root.attr("lang")).map(|tag| tag.to_string());
    let language = language.or_else(|| tags.first(&["og:locale", "content-language", "language"]));
    let primary = language.as_deref().and_then(|tag| tag.split(['-', '_']).next()).unwrap_or_default();
    draft.say(Field::Language, META, &primary.to_lowercase());
    let head = if draft.published.is_none() { under_the_headline(document, draft) } else { Meta::default() };
    Described { body: stated.body.filter(|body| body.len() > 250), head }
}

/// What the lines under the visible headline say of the article; the headline ends before the name of the site where
/// the page shows it so.
fn under_the_headline(document: &Document, draft: &mut Draft) -> Meta {
    let mut head = Meta::default();
    let (Some(body), Some(title)) = (document.body(), draft.title.clone()) else { return head };
    let lines: Vec<String> = blocks::lines(&body);
    let shows = |text: &str| lines.iter().position(|line| line == text);
    let shorter = || {
        let cuts = [" | ", " – ", " — ", " - "].iter().filter_map(|mark| Some(title.rsplit_once(mark)?.0));
        cuts.filter(|cut| cut.contains(' ')).find_map(|cut| Some((cut.trim(), shows(cut.trim())?)))
    };
    let at = shows(&title).or_else(|| {
        let (cut, at) = shorter()?;
        draft.title = Some(cut.to_owned());
        Some(at)
    });
    let Some(at) = at else { return head };
    let under = lines[at + 1..].iter().take(HEAD_LINES).take_while(|line| line.len() < PROSE);
    for meta in under.filter_map(|line| Meta::read(line).or_else(|| dated(line))) {
        head.published = head.published.or(meta.published);
        head.updated = head.updated.or(meta.updated);
        head.byline = head.byline.or(meta.byline);
        head.located = head.located.or(meta.located);
    }
    head
}

/// So many lines may stand between headline and text.
const HEAD_LINES: usize = 14;
/// A line of so many bytes is text.
const PROSE: usize = 150;

/// A line that ends in its date: `Submitted by admin on Sat, 02/03/2024 - 16:40`.
fn dated(line: &str) -> Option<Meta> {
    let (_, date) = line.rsplit_once(" on ")?;
    let published = Timestamp::parse(date).filter(|time| time.date().2.is_some())?;
    Some(Meta { published: Some(published), ..Meta::default() })
}

pub(super) const JSON_LD: &str = "JSON-LD";
pub(super) const OPEN_GRAPH: &str = "OpenGraph";
pub(super) const META: &str = "meta tags";
const MICRODATA: &str = "microdata";
pub(super) const PAGE: &str = "the visible page";

/// The address that the page names as its own.
fn addresses(draft: &mut Draft, finder: &Finder, stated: &Stated, tags: &Tags) {
    let link = finder.first("link[rel~='canonical']").and_then(|link| link.attr("href"));
    for (from, address) in [
        ("link rel=canonical", link.map(|address| address.to_string())),
        (OPEN_GRAPH, tags.first(&["og:url"])),
        (JSON_LD, stated.address.clone()),
    ] {
        draft.say(
            Field::Canonical,
            from,
            &address.filter(|address| address.contains("://")).unwrap_or_default(),
        );
    }
}

/// The `<meta>` tags, names in lower case.
pub(super) struct Tags(Vec<(String, String)>);

impl Tags {
    fn read(finder: &Finder) -> Self {
        let mut tags = Vec::new();
        for tag in finder.find("meta[content]") {
            let content = tidy(&tag.attr_or("content", ""));
            let name = ["property", "name", "itemprop"].iter().find_map(|key| tag.attr(key));
            if let Some(name) = name.filter(|_| !content.is_empty()) {
                tags.push((name.to_lowercase(), content));
            }
        }
        Self(tags)
    }

    /// The content of the first of these names that the page has.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            self.0.iter().find(|(known, _)| known == name).map(|(_, content)| content.clone())
        })
    }

    /// The contents of all tags of this name.
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, content)| content.as_str())
    }
}

/// When it was published and last changed.
fn times(draft: &mut Draft, finder: &Finder, stated: &Stated, tags: &Tags) {
    const OPEN: [&str; 3] = ["article:published_time", "og:article:published_time", "article:published"];
    const NAMES: [&str; 14] = [
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
    let whole = |text: &str| Timestamp::parse(text).filter(|time| time.date().2.is_some());
    // A date that is none is worth a note where the page states it for machines; a bare year is passed over.
    if let Some(text) =
        stated.published.as_ref().filter(|text| whole(text).is_some() || Timestamp::parse(text).is_none())
    {
        draft.say(Field::Published, JSON_LD, text);
    }
    let in_tags = |names: &[&str]| names.iter().find_map(|name| tags.all(name).find_map(whole));
    let in_tree = |selectors: &[&str]| {
        selectors.iter().find_map(|selector| {
            finder.find(selector).iter().take(3).find_map(|found| {
                let stamp = found.attr("datetime").or_else(|| found.attr("content"));
                stamp.and_then(|text| whole(&text)).or_else(|| whole(&tidy(&found.text())))
            })
        })
    };
    let visible = ["article time[datetime]", "time[pubdate]", "header time[datetime]", "time[datetime]"];
    for (from, time) in [
        (OPEN_GRAPH, in_tags(&OPEN)),
        (META, in_tags(&NAMES)),
        (MICRODATA, in_tree(&["[itemprop='datePublished']"])),
    ] {
        draft.say(Field::Published, from, time.as_ref().map_or("", Timestamp::as_str));
    }
    // Other articles on the page have times too, so a visible one only fills a gap.
    if draft.published.is_none() {
        let time = in_tree(&visible);
        draft.say(Field::Published, PAGE, time.as_ref().map_or("", Timestamp::as_str));
    }
    let updated = [
        (JSON_LD, stated.modified.as_deref().and_then(whole)),
        (OPEN_GRAPH, in_tags(&["article:modified_time", "og:updated_time"])),
        (META, in_tags(&["last-modified", "datemodified"])),
        (MICRODATA, in_tree(&["[itemprop='dateModified']"])),
    ];
    for (from, time) in updated {
        draft.say(Field::Updated, from, time.as_ref().map_or("", Timestamp::as_str));
    }
}

/// Who wrote it, where from, and for which agency.
fn byline(draft: &mut Draft, finder: &Finder, stated: &Stated, tags: &Tags) {
    let rules = Furniture::embedded();
    let visible =
        rules.html.byline.iter().find_map(|selector| finder.find(selector).iter().take(3).find_map(line_of));
    let mut authors: Vec<String> = stated.authors.clone();
    let mut from = JSON_LD;
    if authors.is_empty() {
        from = META;
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
    for author in seen.iter().filter(|author| rules.agency(author).is_none()) {
        draft.say(Field::Authors, from, author);
    }
    let stated = (!seen.is_empty()).then(|| seen.join(", "));
    for (from, line) in [(from, stated), (PAGE, visible)] {
        let Some(line) = line else { continue };
        draft.claim(Field::Byline, from, &line);
        let introduced = rules.meta.by.iter().any(|by| line.to_lowercase().starts_with(&format!("{by} ")));
        let line = if introduced { line } else { format!("By {line}") };
        if let Some(meta) = Meta::read(&line) {
            meta.fill(draft);
        }
    }
}

/// The text of a byline's element, if it is no longer than a byline.
fn line_of(found: &NodeRef) -> Option<String> {
    let text = blocks::text_of(found);
    (1..=16).contains(&text.split_whitespace().count()).then_some(text)
}

fn section(
    finder: &Finder,
    stated: &Stated,
    tags: &Tags,
    title: Option<&str>,
) -> (&'static str, Vec<String>) {
    let mut from = JSON_LD;
    let mut path = stated.breadcrumbs.clone();
    if path.is_empty() {
        from = PAGE;
        path = Furniture::embedded()
            .html
            .breadcrumbs
            .iter()
            .find_map(|selector| {
                let links = finder.find(selector);
                let steps: Vec<String> =
                    links.iter().map(|link| tidy(&link.text())).filter(|step| !step.is_empty()).collect();
                (1..=6).contains(&steps.len()).then_some(steps)
            })
            .unwrap_or_default();
    }
    if path.is_empty() {
        from = JSON_LD;
        path = stated.section.clone();
    }
    if path.is_empty() {
        from = META;
        path.extend(tags.first(&["article:section", "section", "parsely-section", "og:section"]));
    }
    let own = title.map(plain).unwrap_or_default();
    let steps = path
        .iter()
        .map(|step| tidy(step))
        .filter(|step| plain(step) != own && step.split_whitespace().count() <= 6);
    (from, steps.collect())
}

/// The summary under the headline: an element that calls itself so, or the page's description where the page shows it.
fn standfirst(
    finder: &Finder,
    stated: &Stated,
    tags: &Tags,
    title: Option<&str>,
) -> Option<(&'static str, String)> {
    let fits = |text: &String| {
        (4..=60).contains(&text.split_whitespace().count())
            && title.is_none_or(|title| plain(title) != plain(text))
    };
    for selector in &Furniture::embedded().html.standfirst {
        let found = finder.find(selector);
        let texts = found.iter().take(2).map(|element| (element, tidy(&element.text())));
        if let Some((element, text)) = texts.into_iter().find(|(_, text)| fits(text)) {
            element.remove_from_parent();
            return Some((PAGE, text));
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
        finder.named(&["h2", "h3"]).take(12).find(|heading| plain(&tidy(&heading.text())) == wanted)?;
    if !fits(&described) {
        return None;
    }
    shown.remove_from_parent();
    Some((META, described))
}

/// Single spaces, no unseen characters.
pub(super) fn tidy(text: &str) -> String {
    crate::lines::paragraphs(text).join(" ")
}
