//! One report in every format, and inputs that are broken in every way that has been met.

#![allow(clippy::unwrap_used)] // a test that cannot open its example has failed

use dateline_article::{Article, ArticleError, Articles, BlockKind, Options, Status};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/formats")
}

fn open(name: &str, bytes: Vec<u8>) -> Vec<Result<Article, ArticleError>> {
    let options = Options { columns: "text=story,published=day".parse().unwrap() };
    let options = if name.ends_with(".csv") { options } else { Options::default() };
    Articles::open_with(name, Box::new(Cursor::new(bytes)), options).collect()
}

fn example(name: &str) -> Article {
    open(name, fs::read(folder().join(name)).unwrap()).remove(0).unwrap()
}

const NAMES: [&str; 12] = [
    "array.json",
    "crawl.warc",
    "feed.atom",
    "feed.json",
    "feed.rss",
    "item.newsml.xml",
    "item.ninjs.json",
    "item.ninjs3.json",
    "item.nitf.xml",
    "message.eml",
    "page.mhtml",
    "table.csv",
];

#[test]
fn one_report_in_every_format() {
    for name in NAMES {
        let article = example(name);
        assert_eq!(article.title.as_deref(), Some("Rebels and army sign truce in Kidal region"), "{name}");
        let body: Vec<&str> = article
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Paragraph)
            .map(|block| block.span.of(&article.text))
            .collect();
        assert_eq!(body.len(), 4, "{name}: {body:?}");
        assert!(body[0].starts_with("Rebels and the army signed a truce"), "{name}: {}", body[0]);
        assert!(body[3].ends_with("how many men they had lost."), "{name}: {}", body[3]);
        let published = article.published.as_ref().unwrap().as_str().replace("+00:00", "Z");
        assert_eq!(published, "2024-02-03T16:40:00Z", "{name}");
        assert_eq!(article.byline.as_deref(), Some("Amina Kone"), "{name}");
        assert_eq!(article.agencies, ["AFP"], "{name}");
        assert!(article.located.as_deref().is_some_and(|place| place.starts_with("Kidal")), "{name}");
        assert_eq!(article.language.as_deref(), Some("en"), "{name}");
        if name != "message.eml" {
            assert_eq!(article.publisher.as_deref(), Some("The Meridian Post"), "{name}");
        }
        assert!(!article.claims.is_empty(), "{name}");
    }
    assert_eq!(example("item.newsml.xml").status, Status::Corrected);
    assert_eq!(example("item.ninjs.json").version.as_deref(), Some("2"));
    assert_eq!(example("crawl.warc").source, "https://meridian.example/2024/02/03/truce");
    assert_eq!(example("page.mhtml").url.as_deref(), Some("https://meridian.example/2024/02/03/truce"));
}

#[test]
fn an_item_without_text_is_listed_as_a_link() {
    let read = open("feed.rss", fs::read(folder().join("feed.rss")).unwrap());
    let error = read[1].as_ref().unwrap_err();
    assert!(!error.is_fault());
    let message = error.to_string();
    assert!(message.starts_with("feed.rss, item 2 (byte "), "{message}");
    assert!(message.contains("https://meridian.example/2024/02/03/road"), "{message}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    pack.write_all(bytes).unwrap();
    pack.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A tar archive of files.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in files {
        let mut head = [0_u8; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[100..107].copy_from_slice(b"0000644");
        head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        head[148..156].fill(b' ');
        head[156] = b'0';
        head[257..263].copy_from_slice(b"ustar\0");
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
        head[154] = 0;
        out.extend_from_slice(&head);
        out.extend_from_slice(bytes);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

#[test]
fn every_format_in_every_container() {
    let files: Vec<(&str, Vec<u8>)> =
        NAMES.iter().map(|name| (*name, fs::read(folder().join(name)).unwrap())).collect();
    let all: Vec<(&str, &[u8])> = files
        .iter()
        .filter(|(name, _)| *name != "table.csv")
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect();
    for (name, packed) in [
        ("a.tar", tar(&all)),
        ("a.tar.gz", gzip(&tar(&all))),
        ("a.tar.zst", zstd(&tar(&all))),
        ("a.gz.zst", zstd(&gzip(&tar(&all)))),
    ] {
        let read = open(name, packed);
        let good = read.iter().flatten().count();
        assert_eq!(
            good,
            all.len(),
            "{name}: {:?}",
            read.iter().filter_map(|r| r.as_ref().err()).collect::<Vec<_>>()
        );
        assert_eq!(read[0].as_ref().unwrap().place.input, format!("{name}/array.json"));
    }
    for (name, bytes) in &all {
        assert!(open(name, gzip(bytes))[0].is_ok(), "{name}");
        assert!(open(name, zstd(bytes))[0].is_ok(), "{name}");
    }
}

#[test]
fn any_charset() {
    let page = "<html><body><article><h1>Añez leaves Sucre</h1><p>Jeanine Añez left the city of Sucre on Friday, “for good”, her \
                lawyer said, after a year in the house of her sister in the old town there.</p></article></body></html>";
    let record = "{\"text\": \"Jeanine Añez left the city of Sucre on Friday.\"}\n";
    let wide = |text: &str, big: bool| -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    };
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    for text in [page, record] {
        let marked = [b"\xFF\xFE".to_vec(), wide(text, false)].concat();
        let utf8 = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        for bytes in [wide(text, true), wide(text, false), marked, latin(text), utf8] {
            let article = open("in", bytes).remove(0).unwrap();
            assert!(article.text.contains("Jeanine Añez left"), "{}", article.text);
        }
    }
    // A declaration that lies, either way.
    for (declared, bytes) in [("iso-8859-1", page.as_bytes().to_vec()), ("utf-8", latin(page))] {
        let head = format!("<!DOCTYPE html><meta charset={declared}>");
        let article = open("in", [head.as_bytes(), &bytes].concat()).remove(0).unwrap();
        assert!(article.text.contains("Jeanine Añez left"), "{declared}: {}", article.text);
    }
    let feed = fs::read_to_string(folder().join("feed.rss")).unwrap();
    let feed = latin(&feed.replace("UTF-8", "windows-1252").replace("Kone", "Koné"));
    assert_eq!(open("in", feed)[0].as_ref().unwrap().byline.as_deref(), Some("Amina Koné"));
}

/// The message of the one error, which is one line and names the place.
fn fault(read: &[Result<Article, ArticleError>], place: &str) -> String {
    let faults: Vec<String> =
        read.iter().filter_map(|item| item.as_ref().err()).map(ToString::to_string).collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with(place) && !faults[0].contains('\n'), "{}", faults[0]);
    faults[0].clone()
}

#[test]
fn a_gzip_that_is_cut_gives_what_came_before() {
    let line = |n: usize| {
        format!("{{\"id\": {n}, \"text\": \"Rebels left town number {} today.\"}}\n", n * 7919 % 10_007)
    };
    let lines: String = (0..20_000).map(line).collect();
    let packed = gzip(lines.as_bytes());
    let read = open("w.jsonl.gz", packed[..packed.len() / 2].to_vec());
    assert!(read.len() > 5_000);
    assert!(fault(&read, "w.jsonl.gz:").contains("cut off"));
}

#[test]
fn broken_xml_costs_the_item() {
    let item = |n: usize, inside: &str| {
        format!(
            "<item><title>Report {n}</title><guid>{n}</guid><description>{}{inside}</description></item>",
            "Rebels left the town of Kidal on Tuesday, the army said. ".repeat(20)
        )
    };
    let feed =
        format!("<rss><channel>{}{}{}</channel></rss>", item(1, ""), item(2, "<b>never closed"), item(3, ""));
    let read = open("f.rss", feed.into_bytes());
    assert_eq!(read.iter().flatten().count(), 2);
    assert!(fault(&read, "f.rss, item 2 (byte ").contains("not closed"));
    let cut = format!("<rss><channel>{}{}", item(1, ""), &item(2, "")[..200]);
    let read = open("f.rss", cut.into_bytes());
    assert_eq!(read.iter().flatten().count(), 1);
    assert!(fault(&read, "f.rss, item 2 (byte ").contains("ends in the middle"));
}

#[test]
fn entities_are_neither_fetched_nor_multiplied() {
    let lol: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let text = "Rebels left the town of Kidal on Tuesday, the army said. ".repeat(20);
    let feed = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY l0 \"lol\">{lol}<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
         <rss><channel><item><title>A</title><description>{text} &l9; &x; &amp; &eacute;</description></item></channel></rss>"
    );
    let read = open("f.rss", feed.into_bytes());
    let article = read[0].as_ref().unwrap();
    assert!(article.text.len() < 2_000 && !article.text.contains("root:"), "{}", article.text);
    assert!(article.text.contains("&l9;") && article.text.ends_with("& é"), "{}", article.text);
}

#[test]
fn bombs_and_endless_records_are_refused() {
    let bomb = gzip(&vec![b' '; 300 << 20]);
    assert!(fault(&open("b.gz", bomb), "b.gz").contains("MiB"));
    let mut twice = gzip(&gzip(&vec![b'x'; 100 << 20]));
    for _ in 0..8 {
        twice = gzip(&twice);
    }
    assert!(fault(&open("c.gz", twice), "c.gz").contains("nested"));
    let endless =
        [b"{\"text\": \"".to_vec(), vec![b'x'; 65 << 20], b"\"}\n{\"text\": \"Rebels left.\"}\n".to_vec()]
            .concat();
    let read = open("e.jsonl", endless);
    assert!(fault(&read, "e.jsonl:1 (byte 0)").contains("64 MiB"));
    assert_eq!(read[1].as_ref().unwrap().place.to_string(), format!("e.jsonl:2 (byte {})", (65 << 20) + 13));
    let quote = [b"id,text\n1,\"".to_vec(), vec![b'x'; 70 << 20]].concat();
    assert!(fault(&open("q.csv.txt", quote), "q.csv.txt, row").contains("64 MiB"));
}

#[test]
fn a_long_line_and_deep_nesting_end() {
    let page = format!("<html><body><p>{}", "Rebels left the town, and ".repeat(200_000));
    assert!(open("p.html", page.into_bytes()).len() == 1);
    let deep = format!("<html><body>{}<p>Rebels left the town.</p>", "<div>".repeat(100_000));
    assert!(fault(&open("d.html", deep.into_bytes()), "d.html").contains("nested"));
    let xml = format!("<rss><channel><item>{}</item></channel></rss>", "<a>".repeat(100_000));
    assert!(open("x.rss", xml.into_bytes()).iter().all(Result::is_err));
    let json = format!("[{}]", "{\"a\":".repeat(100_000));
    assert!(open("j.json", json.into_bytes()).iter().all(Result::is_err));
}

/// The paragraphs, headings and list items of a page.
fn body(page: &str) -> Vec<String> {
    let article = open("p.html", page.as_bytes().to_vec()).remove(0).unwrap();
    let body = |kind| !matches!(kind, BlockKind::Title | BlockKind::Standfirst | BlockKind::Caption);
    let blocks = article.blocks.iter().filter(|block| body(block.kind));
    blocks.map(|block| block.span.of(&article.text).to_owned()).collect()
}

const PROSE: [&str; 4] = [
    "Rebels and the army signed a truce on Saturday that ends eleven days of fighting around the town of Kidal.",
    "The truce takes effect at midnight, and both sides will free their prisoners within a week, the envoy said.",
    "“We have seen enough funerals,” he told reporters after the talks, which had lasted for three days.",
    "The army lost at least 14 soldiers in the fighting, a spokesman said, and the rebels did not say how many.",
];

#[test]
fn a_page_of_boxes_gives_its_paragraphs_and_nothing_else() {
    let paragraphs: String =
        PROSE.iter().map(|text| format!("<div class=\"block-text\"><p>{text}</p></div>")).collect();
    let page = format!(
        "<html><body class=\"has-gallery\"><div class=\"page-with-comments\"><article><h1>Truce in Kidal</h1>\
         <div class=\"gallery\"><div class=\"gallery-caption\">A road near Kidal on Friday, after the fighting had ended.</div></div>\
         {paragraphs}<h4>More:</h4><ul><li><h4><a href=\"/a\">Rains cut the road to Timbuktu</a></h4></li></ul></article>\
         <div class=\"subscription-box\"><p>Already a subscriber? Sign in to read on, and to save articles.</p></div>\
         <div class=\"comments\"><p>First comment of a reader, who does not believe a word of it.</p></div></div></body></html>"
    );
    assert_eq!(body(&page), PROSE);
}

#[test]
fn a_live_report_is_taken_from_its_entries_where_the_page_shows_none() {
    let entry = |text: &str| {
        format!(
            "{{\"@type\": \"BlogPosting\", \"headline\": \"At {}\", \"articleBody\": \"<p>{text}</p><p>More soon.</p>\"}}",
            text.len()
        )
    };
    let entries = PROSE.map(entry).join(",");
    let page = format!(
        "<html><head><script type=\"application/ld+json\">{{\"@type\": \"LiveBlogPosting\", \"headline\": \"Kidal talks\", \
         \"liveBlogUpdate\": [{entries}]}}</script></head><body><h1>Kidal talks</h1><p>Loading</p></body></html>"
    );
    let body = body(&page);
    assert!(PROSE.iter().all(|text| body.iter().any(|block| block == text)), "{body:?}");
}

#[test]
fn a_text_behind_a_paywall_is_taken_from_what_the_page_states() {
    let stated = PROSE.map(|text| format!("<p>{text}</p>")).concat();
    let page = format!(
        "<html><head><script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"headline\": \"Truce in Kidal\", \
         \"articleBody\": \"{stated}\"}}</script></head><body><article><h1>Truce in Kidal</h1><p>{}</p>\
         <div class=\"paywall\">To continue reading, subscribe today.</div></article></body></html>",
        PROSE[0]
    );
    assert_eq!(body(&page), PROSE);
}

#[test]
fn dates_that_are_none_and_ids_that_come_twice_are_noted() {
    let lines = b"{\"id\": 1, \"text\": \"Rebels left.\", \"date\": \"31 February 2019\"}\n{\"id\": 1, \"text\": \"The army came.\"}\n";
    let read = open("w.jsonl", lines.to_vec());
    let notes: Vec<String> = read
        .iter()
        .flatten()
        .flat_map(|article| article.notes.iter().map(|note| format!("{}: {}", article.place, note.text)))
        .collect();
    assert_eq!(
        notes,
        [
            "w.jsonl:1 (byte 0): published in the record: \"31 February 2019\" is no date; left out",
            "w.jsonl:2 (byte 62): the id \"1\" has come before; both were read",
        ]
    );
}

#[test]
fn a_kill_is_an_article_without_text() {
    let item =
        br#"{"uri": "urn:x:1", "pubstatus": "canceled", "version": "3", "headline": "Rebels leave Kidal"}"#;
    let killed = open("k.json", item.to_vec()).remove(0).unwrap();
    assert_eq!((killed.status, killed.version.as_deref()), (Status::Canceled, Some("3")));
    assert_eq!(killed.text, "Rebels leave Kidal");
}

#[test]
fn tar_that_is_cut_and_files_that_are_no_text() {
    let archive = tar(&[
        ("a.txt", b"Rebels left the town."),
        ("b.png", b"\x89PNG\r\n\x1a\n"),
        ("c.txt", b"The army came."),
    ]);
    let read = open("a.tar", archive.clone());
    assert_eq!(read.iter().flatten().count(), 2);
    assert!(fault(&read, "a.tar/b.png: an image").contains("not text"));
    let read = open("a.tar", archive[..512 * 4 + 515].to_vec());
    assert!(read.iter().any(|item| item.as_ref().is_err_and(|error| error.to_string().contains("cut off"))));
}

#[test]
fn a_document_type_of_any_length_names_the_format() {
    let declared = "<!ENTITY a 'b'>".repeat(3_000);
    let text = "Rebels left the town of Kidal on Tuesday, the army said. ".repeat(20);
    let feed = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [{declared}]><rss><channel><item><title>A</title>\
         <description>{text}</description></item></channel></rss>"
    );
    let read = open("f.rss", feed.into_bytes());
    assert_eq!(read.iter().flatten().count(), 1, "{read:?}");
}

/// A page that asks much of a reader is read or refused while one waits.
#[test]
fn hostile_pages_end_soon() {
    let sentence = "Rebels left the town of Kidal on Tuesday. ";
    let fonts: String = (0..390).map(|size| format!("<font size={size}>")).collect();
    let attributes: String = (0..200_000).map(|at| format!(" a{at}")).collect();
    let pages = [
        ("open", format!("<html><body><p>{fonts}{}", "<p>Rebels left.".repeat(3_000)), Some("left open")),
        ("attributes", format!("<html><body><p{attributes}>{sentence}"), Some("too many attributes")),
        (
            "drawn",
            format!("<html><body>{}{}", "<path>".repeat(100_000), "</p>".repeat(100_000)),
            Some("nested"),
        ),
        (
            "fonts",
            "<html><body>".to_owned()
                + &(0..100_000).map(|size| format!("<font size={size}><p>")).collect::<String>(),
            Some("nested"),
        ),
        ("comments", format!("<html><body><p>{sentence}</p>{}", "<!----!>".repeat(200_000)), None),
        ("scripts", format!("<html><body><p>{sentence}</p>{}", "<script></scrip".repeat(200_000)), None),
        (
            "cells",
            format!(
                "<html><body><table>{}</table><p>{}",
                "<tr><td><b>x</b><td>y".repeat(900),
                sentence.repeat(9)
            ),
            None,
        ),
        ("spaces", format!("<html><body><p>{}", sentence.replace(' ', "\u{a0}").repeat(20_000)), None),
        (
            "references",
            format!("<html><body><p>{}", "Rebels &amp; army left the town. ".repeat(20_000)),
            None,
        ),
        (
            "title",
            format!(
                "<html><title>{}</title><h1>Rebels leave</h1><p>{}",
                "Rebels | ".repeat(50_000),
                sentence.repeat(9)
            ),
            None,
        ),
    ];
    for (name, page, fault) in pages {
        let started = std::time::Instant::now();
        let read = open(name, page.into_bytes());
        // Some ten times what it takes; before there were bounds it was minutes.
        assert!(started.elapsed().as_secs() < 30, "{name}: {:?}", started.elapsed());
        match fault {
            Some(words) => assert!(self::fault(&read, name).contains(words), "{name}: {:?}", read[0]),
            None => assert!(read[0].is_ok(), "{name}: {:?}", read[0]),
        }
    }
}

#[test]
fn the_lines_under_a_headline_date_a_page_without_tags_for_it() {
    let body = PROSE.map(|text| format!("<p>{text}</p>")).concat();
    for line in [
        "Submitted by admin on Sat, 02/03/2024 - 16:40",
        "Saturday, 2 March 2024, 16:40",
        "By Amina Kone | 02 March 2024 16:40",
        "<div class=byline><div>By Amina Kone</div><div>Updated 4:40 pm, March 2, 2024</div></div>",
    ] {
        let page = format!(
            "<html><head><title>Truce in Kidal region - Meridian Online</title></head><body><div>Home</div>\
             <div class=head>Truce in Kidal region</div><div>{line}</div><div>{body}</div></body></html>"
        );
        let article = open("p.html", page.into_bytes()).remove(0).unwrap();
        assert_eq!(article.title.as_deref(), Some("Truce in Kidal region"), "{line}");
        assert_eq!(article.published.as_ref().map(|t| t.as_str()), Some("2024-03-02T16:40"), "{line}");
        assert_eq!(article.byline.as_deref().unwrap_or("Amina Kone").to_lowercase(), "amina kone", "{line}");
    }
}

#[test]
fn a_list_of_articles_is_none_and_times_and_credits_of_pictures_are_no_text() {
    let card = |at: usize| {
        format!(
            "<div><h3><a href=\"/{at}\">Minister {at} meets minister</a></h3><p>{}</p></div>",
            PROSE[at % 4]
        )
    };
    let list: String = (0..6).map(card).collect();
    let page = format!("<html><head><title>World</title></head><body><main>{list}</main></body></html>");
    assert!(fault(&open("l.html", page.into_bytes()), "l.html").contains("no article text"));
    let entry = |text: &str| format!("<h2>At the talks</h2><time>16:40 GMT</time><p>{text}</p>");
    let report = PROSE.map(entry).concat();
    let page = format!(
        "<html><body><article><h1>Truce in Kidal</h1><figure><img src=a><span>Ghetti Images</span></figure>{report}\
         <ul><li><a href=/a>Who are the rebels of the north?</a></li><li><a href=/b>Why the road matters</a></li></ul>\
         </article></body></html>"
    );
    let read = body(&page);
    assert!(read.iter().all(|block| PROSE.contains(&block.as_str()) || block == "At the talks"), "{read:?}");
}

#[test]
fn rows_of_figures_are_no_paragraphs_and_whom_to_call_is_no_text() {
    let table = "<table><tr><th>Town</th><th>Fled</th><th>Back</th></tr><tr><td>Kidal</td><td>12,000</td><td>300</td></tr>\
        <tr><td>Gao</td><td>9,000</td><td></td></tr><tr><td>Kona</td><td>7,000</td><td>20</td></tr></table>";
    let person = "<span class=rollover-people><a href=/p>Amina Kone</a><span class=rollover-people-block>More of her</span></span>";
    let page = format!(
        "<html><body><article><h1>Truce in Kidal</h1><p>{}</p><p>{}</p>{table}<p>{}</p><p>The mayor, {person}, said that \
         nobody else had been told of it.</p><p>Tel: +223 20 22 00 00</p><p>Contact: Moussa Diop, press@meridian.example</p>\
         <p>Reporting by Amina Kone; editing by Moussa Diop</p><p>Follow us on X and on the radio.</p>\
         <p>Get the morning briefing delivered to your inbox.</p></article></body></html>",
        PROSE[0], PROSE[1], PROSE[2]
    );
    let article = open("t.html", page.into_bytes()).remove(0).unwrap();
    let of = |kind| {
        let blocks = article.blocks.iter().filter(move |block| block.kind == kind);
        blocks.map(|block| block.span.of(&article.text)).collect::<Vec<_>>()
    };
    assert_eq!(
        of(BlockKind::List),
        ["Town | Fled | Back", "Kidal | 12,000 | 300", "Gao | 9,000", "Kona | 7,000 | 20"]
    );
    let mayor = "The mayor, Amina Kone, said that nobody else had been told of it.";
    assert_eq!(of(BlockKind::Paragraph), [PROSE[0], PROSE[1], PROSE[2], mayor]);
}
