//! Reports without a meaning, for measuring: words in the lengths and with the marks that reports have.
#![allow(dead_code)]

use std::fmt::Write;

const WORDS: [&str; 48] = [
    "the",
    "army",
    "said",
    "that",
    "rebels",
    "in",
    "town",
    "of",
    "a",
    "road",
    "had",
    "been",
    "talks",
    "with",
    "on",
    "minister",
    "by",
    "and",
    "to",
    "border",
    "north",
    "was",
    "prisoners",
    "were",
    "convoy",
    "after",
    "its",
    "spokesman",
    "for",
    "week",
    "truce",
    "from",
    "government",
    "who",
    "at",
    "least",
    "wounded",
    "market",
    "mayor",
    "would",
    "bridge",
    "water",
    "people",
    "have",
    "two",
    "hundred",
    "no",
    "river",
];

/// A sentence that is another one for each number.
fn sentence(seed: usize) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9).wrapping_add(12_345);
    let mut out = String::new();
    for at in 0..14 + seed % 13 {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345) & 0x7FFF_FFFF;
        let word = WORDS[(state >> 12) % WORDS.len()];
        if at == 0 {
            out.push_str("Yesterday ");
        } else {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.push('.');
    out
}

fn paragraphs(number: usize, count: usize) -> Vec<String> {
    let paragraph =
        |at: usize| (0..3).map(|k| sentence(number * 1_000 + at * 10 + k)).collect::<Vec<_>>().join(" ");
    (0..count).map(paragraph).collect()
}

/// A report as plain text.
pub(crate) fn report(number: usize) -> String {
    format!("Headline number {number} of the day\n\n{}", paragraphs(number, 14).join("\n\n"))
}

/// A record of JSON Lines.
pub(crate) fn line(number: usize) -> String {
    let text = paragraphs(number, 14).join("\\n\\n");
    format!(
        "{{\"id\": {number}, \"title\": \"Headline {number}\", \"published\": \"2019-03-12\", \"text\": \"{text}\"}}\n"
    )
}

/// A row of CSV.
pub(crate) fn row(number: usize) -> String {
    format!("{number},Headline {number},\"{}\"\n", paragraphs(number, 14).join("\n\n"))
}

/// An item of RSS.
pub(crate) fn item(number: usize) -> String {
    let text: String =
        paragraphs(number, 14).iter().map(|text| format!("&lt;p&gt;{text}&lt;/p&gt;")).collect();
    format!(
        "<item><title>Headline {number}</title><guid>{number}</guid><description>{text}</description></item>"
    )
}

/// A page of some 100 kB.
pub(crate) fn page(number: usize) -> String {
    let mut page = String::from("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    let _ = write!(page, "<title>Headline {number} of the day | The Post</title>");
    let _ = write!(
        page,
        "<script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"headline\": \"Headline {number} of the day\", \"datePublished\": \"2019-03-12T10:15:00Z\"}}</script>"
    );
    for at in 0..12 {
        let _ = write!(page, "<script>var module{at} = {{{}}};</script>", "\"key\": [1, 2, 3], ".repeat(110));
    }
    let _ = write!(
        page,
        "<style>{}</style></head><body>",
        ".card .title { color: #333; margin: 0 auto }\n".repeat(180)
    );
    page.push_str("<header><nav><ul>");
    for at in 0..80 {
        let _ = write!(
            page,
            "<li class=\"menu-item\"><a href=\"/section/{at}\"><span>Section {at}</span></a></li>"
        );
    }
    page.push_str("</ul></nav></header><main><article>");
    let _ = write!(page, "<h1>Headline {number} of the day</h1><p class=\"byline\">By Jane Doe</p>");
    for (at, text) in paragraphs(number, 18).iter().enumerate() {
        let _ =
            write!(page, "<p data-at=\"{at}\">{text} <a href=\"/more/{at}\">the river</a> and so on.</p>");
        if at % 6 == 5 {
            page.push_str("<div class=\"ad\"><span>Advertisement</span></div>");
        }
    }
    page.push_str("</article><aside class=\"related\"><ul>");
    for at in 0..140 {
        let _ = write!(
            page,
            "<li><div class=\"card\"><a href=\"/story/{at}\"><img src=\"/i/{at}.jpg\" alt=\"\"><h3 class=\"title\">{}</h3></a></div></li>",
            sentence(number * 77 + at)
        );
    }
    page.push_str("</ul></aside></main><footer><p>© The Post</p></footer></body></html>");
    page
}

/// A record of a crawl with a page.
pub(crate) fn record(number: usize) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}", page(number));
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/{number}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    )
    .into_bytes()
}
