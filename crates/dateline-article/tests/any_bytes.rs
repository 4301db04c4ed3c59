//! Whatever the bytes, an article comes out whole or an error says why.

use dateline_article::{Article, Articles};
use proptest::prelude::*;
use std::io::{Cursor, Write};

fn read(bytes: &[u8]) -> Vec<Article> {
    Articles::open("in", Box::new(Cursor::new(bytes.to_vec()))).flatten().collect()
}

/// Every block lies in the text, on character boundaries, after the block before it, and holds something.
fn check(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        let range = block.span.range();
        assert!(end <= range.start && range.start < range.end, "{:?}", article.blocks);
        assert!(article.text.get(range.clone()).is_some_and(|words| !words.trim().is_empty()));
        end = range.end;
    }
    assert!(end <= article.text.len() && !article.blocks.is_empty());
    assert_eq!(article.id.len(), 32);
}

/// Lines of which copied pages are made, and what may come between them.
fn page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[A-Z]{2,9}(, [A-Z][a-z]{2,8})?( \\((AP|Reuters|AFP/AP|X)\\))? ?(-|--|—|:|) ?[A-Za-z\"“é ]{0,30}\\.?",
        "(By|Source:|Updated:|Published) [A-Za-z0-9:,|/ .-]{0,40}",
        "(Home|World|News)( [/>|›] (World|Asia|\\PC{1,5})){0,4}",
        "(Share|Read more: |Related|Most read|Advertisement|AFP - AP|Photo: )[a-z ]{0,20}",
        "[A-Z][a-z ,\"’é]{0,120}[.?!]?( \\(AFP\\)| Enditem| - AP)?",
        "\\PC{0,40}",
    ];
    prop::collection::vec((line, "\n{1,2}|\r\n|\n   "), 0..14)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + &end).collect())
}

/// Tags in any order, closed or not.
fn markup() -> impl Strategy<Value = String> {
    let tag = prop_oneof![
        "<(p|div|h1|h2|li|ul|article|figcaption|table|td|blockquote|a|br|span|aside|main)>",
        "</(p|div|h1|h2|li|ul|article|figcaption|table|td|blockquote|a|span|aside|main)>",
        "[A-Z][a-z ,]{5,80}\\. ?",
        "<(p|div|time|meta|h2) (class|datetime|property|content|itemprop)=\"[a-z:0-9-]{0,20}\"( content=\"[A-Za-z0-9 :|-]{0,30}\")?>",
        "<script type=\"application/ld\\+json\">\\{\"@type\": \"NewsArticle\", \"headline\": \"[A-Za-z&;<> ]{0,20}\"\\}?</script>",
        "&[a-z#0-9]{1,6};|\\PC{0,20}|<!--|-->|<!\\[CDATA\\[",
    ];
    prop::collection::vec(tag, 0..60).prop_map(|tags| format!("<html>{}", tags.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes).iter().for_each(check);
    }

    #[test]
    fn packed_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0..200_usize) {
        let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        pack.write_all(&bytes).unwrap();
        let packed = pack.finish().unwrap();
        read(&packed[..cut.min(packed.len())]).iter().for_each(check);
    }

    #[test]
    fn pages(text in page()) {
        read(text.as_bytes()).iter().for_each(check);
    }

    #[test]
    fn tags(text in markup()) {
        read(text.as_bytes()).iter().for_each(check);
    }

    #[test]
    fn records(text in page(), title in "\\PC{0,20}", date in "[0-9:T/ -]{0,20}") {
        let record = serde_json::json!({"text": text, "title": title, "published": date});
        let read = read(record.to_string().as_bytes());
        read.iter().for_each(check);
        if let [article] = read.as_slice() {
            prop_assert!(article.text.ends_with(text.trim()));
        }
    }

    #[test]
    fn one_sentence(text in "[A-Z][a-z]{1,9}( [a-z]{1,9}){3,20}\\.") {
        let article = read(text.as_bytes()).remove(0);
        prop_assert_eq!((article.text.as_str(), article.blocks.len()), (text.as_str(), 1));
    }
}

#[test]
fn deep_nesting() {
    for tag in
        ["<div>", "<b>", "<font size=1>", "<table><tr><td>", "<blockquote>", "<li>", "<p>", "<span><p>"]
    {
        for times in [120, 350, 390, 3_000, 100_000] {
            let page = format!("<html><body>{}<p>Rebels left the town.</p>", tag.repeat(times));
            read(page.as_bytes()).iter().for_each(check);
        }
    }
    let nested = format!("{{\"text\": {}", "[".repeat(100_000));
    assert!(read(nested.as_bytes()).is_empty());
}

#[test]
fn one_endless_line() {
    let text = "Rebels left the town, ".repeat(100_000);
    read(text.as_bytes()).iter().for_each(check);
    read(format!("<html><p>{text}").as_bytes()).iter().for_each(check);
}
