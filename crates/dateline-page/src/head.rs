use crate::view::View;
use maud::{Markup, html};

/// What is known of the article itself.
pub(crate) fn head(view: &View<'_>) -> Markup {
    let article = &view.reading.article;
    let mut facts: Vec<String> = Vec::new();
    facts.extend(article.publisher.clone());
    facts.extend(article.published.clone());
    facts.extend(article.located.as_ref().map(|place| format!("filed from {place}")));
    facts.extend(article.byline.as_ref().map(|byline| format!("by {byline}")));
    if !article.agencies.is_empty() {
        facts.push(article.agencies.join(", "));
    }
    // Only an address of the web may be a link: an article can say that it comes from anywhere.
    let address =
        article.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    html! {
        header.head {
            p.title { (view.title()) }
            p.facts { (facts.join(" · ")) }
            p.source {
                @match address {
                    Some(url) => a href=(url) rel="noreferrer noopener" { (url) },
                    None => (article.source),
                }
            }
            @if let Some(note) = view.reading.notes.iter().find(|note| note.kind == "unread") {
                p.none { "Not read: " (note.reason) }
            }
            (legend())
        }
    }
}

fn legend() -> Markup {
    html! {
        p.legend aria-label="What the marks mean" {
            @for kind in ["event", "entity", "place", "time", "figure", "quote"] { span class=(kind) { (kind) } " " }
        }
    }
}

/// Who read it.
pub(crate) fn foot(view: &View<'_>) -> Markup {
    let coder = &view.reading.coder;
    html! {
        footer.foot {
            p { "Read by " (coder.name) " " (coder.version) " · " (coder.model) " · " (coder.codebook) }
            p { "Article " (view.reading.article.id) ". Outlines: Natural Earth. Places: GeoNames, CC BY 4.0." }
        }
    }
}
