//! A [`Reading`] as one page to look at: the article with everything that was found marked on its words, and beside it
//! what was made of them.
//!
//! The page is a single file: no script, no font, no picture and no request to anywhere. Every value links to the words
//! that state it, and every marked word to what was made of it; a browser's own link and `:target` machinery does the
//! rest, so that it works by keyboard, with a screen reader, on a phone and on paper. Whatever comes from an article is
//! escaped, and a content security policy forbids all that the page itself does not bring.
//!
//! ```
//! let page = dateline_page::Page::new([]);
//! assert!(page.finish().starts_with("<!DOCTYPE html>"));
//! ```

mod events;
mod head;
mod lists;
mod map;
mod marks;
mod pairs;
mod policy;
mod text;
mod timeline;
mod view;

use dateline_reading::Reading;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use view::View;

/// A page of one or several readings.
///
/// The order of the articles is the order in which they are given. The same readings give the same bytes.
pub struct Page {
    articles: Vec<Markup>,
    titles: Vec<String>,
    rules: String,
}

impl Page {
    /// A page of these readings.
    pub fn new<'r>(readings: impl IntoIterator<Item = &'r Reading>) -> Self {
        let mut page = Self { articles: Vec::new(), titles: Vec::new(), rules: String::new() };
        for reading in readings {
            page.add(reading);
        }
        page
    }

    /// Adds an article at the end.
    pub fn add(&mut self, reading: &Reading) {
        let view = View::new(reading, self.articles.len() + 1);
        self.titles.push(view.title().to_owned());
        self.rules.push_str(&marks::rules(&view));
        self.articles.push(article(&view));
    }

    /// The whole page as HTML.
    pub fn finish(self) -> String {
        let style = format!("{}{}", include_str!("style.css"), self.rules);
        let title = match self.titles.as_slice() {
            [] => "Nothing was read".to_owned(),
            [one] => one.clone(),
            [first, others @ ..] => format!("{first} and {} more", others.len()),
        };
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy::policy(&style));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    meta name="generator" content="Dateline";
                    title { (title) " – read by Dateline" }
                    style { (PreEscaped(style)) }
                }
                body {
                    @if self.titles.len() > 1 {
                        nav.contents aria-label="Articles" {
                            ol { @for (i, title) in self.titles.iter().enumerate() {
                                li { a href=(format!("#a{}", i + 1)) { (title) } }
                            } }
                        }
                    }
                    @for article in &self.articles { (article) }
                }
            }
        }
        .into_string()
    }
}

fn article(view: &View<'_>) -> Markup {
    html! {
        article.reading id=(view.anchor("")) {
            nav.skip aria-label="Skip" {
                @for (part, name) in [("text", "Article"), ("events", "Events"), ("entities", "Who"), ("map", "Where"), ("timeline", "When")] {
                    a href=(format!("#{}", view.anchor(part))) { (name) }
                }
            }
            (head::head(view))
            div.columns {
                main.text id=(view.anchor("text")) lang="en" { (text::text(view)) }
                aside.found aria-label="What was found" {
                    (events::events(view))
                    (pairs::pairs(view))
                    (timeline::timeline(view))
                    (map::map(view))
                    (lists::lists(view))
                }
            }
            (head::foot(view))
        }
    }
}
