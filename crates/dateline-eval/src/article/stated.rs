//! What a page states of itself for machines, found by its characters alone, so that nothing of the reader that is
//! scored helps to find it.

use dateline::Timestamp;

/// The headline and the time of publication that a page states.
pub(super) struct Stated {
    /// JSON-LD before OpenGraph, where both have one: sites often write another for search engines.
    pub(super) titles: Vec<String>,
    pub(super) published: Option<String>,
}

impl Stated {
    /// JSON-LD before OpenGraph.
    pub(super) fn read(html: &str) -> Self {
        let titles = [json(html, "headline"), meta(html, "og:title")].into_iter().flatten().collect();
        let published = json(html, "datePublished").or_else(|| meta(html, "article:published_time"));
        let published =
            published.filter(|text| Timestamp::parse(text).is_some_and(|time| time.date().2.is_some()));
        Self { titles, published }
    }
}

/// The first `"name": "value"` of a JSON-LD script.
fn json(html: &str, name: &str) -> Option<String> {
    html.match_indices("application/ld+json").find_map(|(at, _)| {
        let script = html[at..].split("</script").next()?;
        let after = script.split(&format!("\"{name}\"")).nth(1)?.trim_start().strip_prefix(':')?.trim_start();
        let mut values = serde_json::Deserializer::from_str(after).into_iter::<String>();
        values.next()?.ok().filter(|text| !text.trim().is_empty())
    })
}

/// The content of a meta tag, whichever attribute stands first.
fn meta(html: &str, name: &str) -> Option<String> {
    html.match_indices("<meta").find_map(|(at, _)| {
        let tag = html[at..].split('>').next()?;
        let named = tag.contains(&format!("\"{name}\"")) || tag.contains(&format!("'{name}'"));
        let content = tag.split("content=").nth(1).filter(|_| named)?;
        let quote = content.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        content[1..].split(quote).next().map(str::to_owned).filter(|text| !text.trim().is_empty())
    })
}

/// Whether two titles have the same words, entities and the name of the site apart.
pub(super) fn same_title(stated: &str, read: &str) -> bool {
    let stated = letters(&unescaped(stated));
    let read = letters(&unescaped(read));
    stated == read || (stated.starts_with(&read) && read.len() * 10 >= stated.len() * 6)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text without character references, those by number and the usual ones by name.
fn unescaped(text: &str) -> String {
    const NAMED: [(&str, char); 11] = [
        ("amp", '&'),
        ("gt", '>'),
        ("ldquo", '“'),
        ("lsquo", '‘'),
        ("lt", '<'),
        ("mdash", '—'),
        ("nbsp", ' '),
        ("ndash", '–'),
        ("quot", '"'),
        ("rdquo", '”'),
        ("rsquo", '’'),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let reference = after.split_once(';').and_then(|(name, after)| {
            let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => n.parse().ok(),
            });
            let named = || NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
            number.and_then(char::from_u32).or_else(named).map(|c| (c, after))
        });
        let (c, after) = reference.unwrap_or(('&', after));
        out.push(c);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether two times are the same as far as the less precise of them goes, on the same clock.
pub(super) fn same_time(stated: &str, read: &str) -> bool {
    let Some(stated) = Timestamp::parse(stated) else { return false };
    let (stated, read) = (stated.as_str(), read);
    let length = stated.len().min(read.len());
    stated.get(..length) == read.get(..length)
}
