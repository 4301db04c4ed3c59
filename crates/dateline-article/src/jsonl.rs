use crate::dateline::Dateline;
use crate::draft::Draft;
use crate::{Article, ArticleError, Block, BlockKind, Timestamp};
use dateline_text::Span;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use std::fmt;

/// One line of JSON Lines. The text is kept to the character, so that offsets into the input's own text hold.
pub(crate) fn read(source: &str, line: u64, bytes: &[u8]) -> Result<Article, ArticleError> {
    let record: Record = serde_json::from_slice(bytes).map_err(|error| ArticleError::Json {
        input: source.to_owned(),
        line,
        reason: reason(&error),
    })?;
    record.article(source).ok_or_else(|| ArticleError::NoText {
        input: source.to_owned(),
        line: Some(line),
        hint: "give the article in \"text\" or \"body\"",
    })
}

/// The parser's words, with the column only: the line is ours to count.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    if error.column() > 0 { format!("{what} at column {}", error.column()) } else { what.to_owned() }
}

/// The fields that are read; any other is passed over.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: Scalar,
    #[serde(default)]
    text: Scalar,
    #[serde(default)]
    body: Scalar,
    #[serde(default)]
    title: Scalar,
    #[serde(default)]
    published: Scalar,
    #[serde(default)]
    date: Scalar,
    #[serde(default)]
    url: Scalar,
    #[serde(default)]
    publisher: Scalar,
}

impl Record {
    fn article(self, source: &str) -> Option<Article> {
        let text = self.text.or(self.body)?;
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let title = self.title.text().map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
        let stamp = self.published.or(self.date).and_then(|text| Timestamp::parse(&text));
        let draft = Draft {
            key: self.id.text(),
            source: self.url.text().unwrap_or_else(|| source.to_owned()),
            published: stamp,
            publisher: self.publisher.text(),
            title,
            ..Draft::default()
        };
        Some(compose(draft, text))
    }
}

/// Lays the title before the text unless it is there already, and finds the paragraphs without changing them.
fn compose(mut draft: Draft, text: &str) -> Article {
    let mut whole = String::with_capacity(text.len() + 2 + draft.title.as_ref().map_or(0, String::len));
    let mut blocks = Vec::new();
    let mut from = 0;
    if let Some(title) = &draft.title {
        match text.strip_prefix(title.as_str()) {
            None => {
                whole.push_str(title);
                blocks.push(Block { kind: BlockKind::Title, span: Span::new(0, title.len()) });
                whole.push_str("\n\n");
            }
            Some(rest) if rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) => {
                blocks.push(Block { kind: BlockKind::Title, span: Span::new(0, title.len()) });
                from = title.len();
            }
            // The text opens with the words of the title, as the wire's own first sentence may.
            Some(_) => {}
        }
    }
    let base = whole.len();
    whole.push_str(text);
    let mut first = true;
    for (start, end) in stretches(text, from) {
        let mut start = start;
        if first {
            first = false;
            if let Some(line) = Dateline::read(&text[start..end]) {
                start += line.len;
                draft.located = line.located;
                draft.credit(line.agencies);
            }
        }
        if start < end {
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(base + start, base + end) });
        }
    }
    draft.finish_with(whole, blocks)
}

/// Paragraphs: stretches between blank lines where the lines inside are cut to a width, else every line.
fn stretches(text: &str, from: usize) -> Vec<(usize, usize)> {
    let lines: Vec<(usize, usize)> = {
        let mut at = from;
        text[from..]
            .split_inclusive('\n')
            .map(|line| {
                let start = at + (line.len() - line.trim_start().len());
                at += line.len();
                (start.min(at), start.max(at - (line.len() - line.trim_end().len())))
            })
            .collect()
    };
    let full = |(start, end): &(usize, usize)| end > start;
    // Cut lines end in the middle of a sentence more often than not.
    let breaks = lines.windows(2).filter(|pair| full(&pair[0]) && full(&pair[1]));
    let (mut all, mut inside) = (0_usize, 0_usize);
    for pair in breaks {
        all += 1;
        let next_small = text[pair[1].0..].starts_with(char::is_lowercase);
        inside += usize::from(next_small || !crate::page::ends_sentence(&text[pair[0].0..pair[0].1]));
    }
    let cut = all >= 2 && inside * 2 > all;
    let mut out: Vec<(usize, usize)> = Vec::with_capacity(lines.len());
    let mut open = false;
    for line in lines {
        if !full(&line) {
            open = false;
        } else {
            match out.last_mut().filter(|_| open && cut) {
                Some(last) => last.1 = line.1,
                None => out.push(line),
            }
            open = true;
        }
    }
    out
}

/// A string, or a number or truth value as text; anything else counts as absent.
#[derive(Default)]
struct Scalar(Option<String>);

impl Scalar {
    fn text(self) -> Option<String> {
        self.0
    }

    /// This text, or the other where this is absent or blank.
    fn or(self, other: Self) -> Option<String> {
        self.0.filter(|text| !text.trim().is_empty()).or(other.0)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_owned())))
            }

            fn visit_string<E: de::Error>(self, value: String) -> Result<Scalar, E> {
                Ok(Scalar(Some(value)))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_unit<E: de::Error>(self) -> Result<Scalar, E> {
                Ok(Scalar(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar(None))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(json: &str) -> Article {
        read("in.jsonl", 1, json.as_bytes()).unwrap()
    }

    fn blocks(article: &Article) -> Vec<(&str, &str)> {
        article.blocks.iter().map(|block| (block.kind.as_str(), block.span.of(&article.text))).collect()
    }

    #[test]
    fn text_is_kept_to_the_character() {
        let article =
            article(r#"{"id": 7, "text": " Share this article\nwith  “all”.\r\n\r\nBy Jane Doe \n"}"#);
        assert_eq!(article.text, "Share this article\nwith  “all”.\r\n\r\nBy Jane Doe");
        assert_eq!(article.key.as_deref(), Some("7"));
        assert_eq!(
            blocks(&article),
            [
                ("paragraph", "Share this article"),
                ("paragraph", "with  “all”."),
                ("paragraph", "By Jane Doe")
            ]
        );
    }

    #[test]
    fn a_title_goes_before_the_text() {
        let one = article(
            r#"{"title": "Rebels leave", "body": "They left.", "date": "12 March 2019", "publisher": "Post"}"#,
        );
        assert_eq!(one.text, "Rebels leave\n\nThey left.");
        assert_eq!(blocks(&one), [("title", "Rebels leave"), ("paragraph", "They left.")]);
        assert_eq!(one.published.map(|t| t.as_str().to_owned()).as_deref(), Some("2019-03-12"));
        let two = article(r#"{"title": "Rebels leave", "text": "Rebels leave\n\nThey left."}"#);
        assert_eq!(two.text, "Rebels leave\n\nThey left.");
        assert_eq!(blocks(&two), [("title", "Rebels leave"), ("paragraph", "They left.")]);
        let three = article(r#"{"title": "Rebels leave", "text": "Rebels leave town."}"#);
        assert_eq!(blocks(&three), [("paragraph", "Rebels leave town.")]);
    }

    #[test]
    fn a_dateline_stays_in_the_text_and_out_of_the_block() {
        let article = article(r#"{"text": "LIMA, Peru (AP) — Peru said no."}"#);
        assert_eq!(article.text, "LIMA, Peru (AP) — Peru said no.");
        assert_eq!(blocks(&article), [("paragraph", "Peru said no.")]);
        assert_eq!(
            (article.located.as_deref(), article.agencies),
            (Some("Lima, Peru"), vec!["AP".to_owned()])
        );
    }

    #[test]
    fn cut_lines_are_one_paragraph() {
        let article = article(
            r#"{"text": "Rebels took the town\nof Kidal on Sunday and\nfreed 40 men.\n\nThe army left."}"#,
        );
        assert_eq!(article.blocks.len(), 2);
    }

    #[test]
    fn bad_lines_say_what_is_wrong() {
        let message = |json: &str| read("in.jsonl", 3, json.as_bytes()).unwrap_err().to_string();
        assert_eq!(
            message("{\"text\": \"a"),
            "in.jsonl:3: EOF while parsing a string at column 11; give one JSON object a line, with the article in \"text\""
        );
        assert!(message("{\"text\": [1]}").starts_with("in.jsonl:3: no article text found"));
        assert!(message("[1]").starts_with("in.jsonl:3: "));
        assert!(message("{\"text\": \"  \"}").contains("no article text"));
    }
}
