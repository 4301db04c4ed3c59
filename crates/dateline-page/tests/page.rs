//! What a page promises: it brings all that it needs, its links lead somewhere, and text stays text.

#![allow(clippy::unwrap_used)] // a test may fail by it

use dateline::{Articles, Dateline, Reading};
use dateline_page::Page;
use std::collections::BTreeSet;

fn readings(name: &str, text: &str) -> Vec<Reading> {
    let dateline = Dateline::new().unwrap();
    Articles::open(name, Box::new(std::io::Cursor::new(text.to_owned())))
        .map(|article| dateline.read(&article.unwrap()))
        .collect()
}

fn example() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/bombing.txt")).unwrap()
}

/// The values of an attribute, in order.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let begin = format!(" {attribute}=\"");
    page.split(&begin).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_leads_to_a_part_of_the_page_and_ids_are_unique() {
    let readings = [readings("a.txt", &example()), readings("b.txt", &example())].concat();
    let page = Page::new(&readings).finish();
    let ids = values(&page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    let links: Vec<&str> =
        values(&page, "href").into_iter().filter_map(|href| href.strip_prefix('#')).collect();
    assert!(links.len() > 100);
    let lost: Vec<_> = links.iter().filter(|link| !unique.contains(*link)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn nothing_is_fetched_and_nothing_runs() {
    let page = Page::new(&readings("a.txt", &example())).finish();
    assert!(page.contains("default-src 'none'") || page.contains("default-src &#39;none&#39;"));
    for forbidden in
        ["<script", "<link", "<img", "<iframe", " src=", "@import", "url(", " style=", " onclick"]
    {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn what_an_article_says_stays_text() {
    let text = "<b>Rebels</b> & \"friends\" shell Homs\n\nThe army said on Monday that <script>alert(1)</script> rebels shelled \
                Homs, killing 12 people.\n";
    let page = Page::new(&readings("<i>.txt", text)).finish();
    assert!(!page.contains("<script"));
    assert!(!page.contains("<i>"));
}

#[test]
fn the_same_readings_give_the_same_bytes() {
    let readings = readings("a.txt", &example());
    assert_eq!(Page::new(&readings).finish(), Page::new(&readings).finish());
}

#[test]
fn an_empty_run_is_a_page_too() {
    assert!(Page::new([]).finish().contains("Nothing was read"));
}
