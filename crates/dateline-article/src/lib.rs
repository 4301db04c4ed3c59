//! From bytes to news articles.
//!
//! [`Articles`] takes one input, tells from its content what it is, and yields one [`Article`] after the other:
//!
//! - **Plain text** as it is copied from a page. The path to the section, headline, standfirst, byline, date and
//!   dateline are read into the article's fields; share lines, subscription texts, related links, credits and agency
//!   tails are left out of its text. Lines that were cut to a width are put together again.
//! - **HTML** as a browser saves it. The body is found by `dom_smoothie`, a port of Readability; JSON-LD, OpenGraph,
//!   meta tags and the visible page give the rest, trusted in this order. Declared and undeclared charsets are read.
//! - **JSON Lines**, one object a line with `text` or `body` and, if known, `id`, `title`, `published` or `date`, `url`
//!   and `publisher`. The text is kept to the character, so that offsets into the input's own text hold: only the
//!   white space at its ends goes, and a title that the text does not begin with is laid before it. A dateline stays in
//!   the text, but outside the first block.
//!
//! Any of them may be gzipped. JSON Lines are read line by line, in memory that does not grow with the input; a page
//! is held whole, and refused above 64 MiB. A broken line is an error with its number, and the next line is read.
//!
//! ```
//! use dateline_article::{Articles, BlockKind};
//!
//! let page = "World / Africa\n\nRebels leave Kidal after talks\n\nBy Jane Doe | The Post | Updated: 2019-03-12 10:15\n\n\
//!             KIDAL, Mali (AFP) — Rebels left the town on Tuesday.\n\nRead more: who are they?\n";
//! let article = Articles::open("kidal.txt", Box::new(page.as_bytes())).next().unwrap()?;
//! assert_eq!(article.title.as_deref(), Some("Rebels leave Kidal after talks"));
//! assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
//! assert_eq!(article.located.as_deref(), Some("Kidal, Mali"));
//! assert_eq!(article.agencies, ["AFP"]);
//! assert_eq!(article.published.as_ref().map(|time| time.as_str()), Some("2019-03-12T10:15"));
//! assert_eq!(article.text, "Rebels leave Kidal after talks\n\nRebels left the town on Tuesday.");
//! assert_eq!(article.blocks[1].kind, BlockKind::Paragraph);
//! # Ok::<(), dateline_article::ArticleError>(())
//! ```
//!
//! # What is data
//!
//! The words of furniture, the names of agencies, the ways to write a date and the parts of pages that are no article
//! are in `codebook/furniture.toml`, which the crate carries inside it. The code knows only forms: what a byline, a
//! dateline or a heading looks like and where it stands.
//!
//! # What holds
//!
//! - No bytes make it panic. Every block lies in the text, on character boundaries, after the one before it.
//! - A text that shows no furniture comes out as it went in, trimmed, however short.
//! - What is not there is `None`: a date without a year, a page without a byline. No date is made that does not exist.
//! - The same bytes give the same article, with the same [`Article::id`].
//!
//! `cargo run --release -p dateline-article --example html_f1 -- FOLDER` measures the reading of pages on the
//! article-extraction-benchmark, beside the extractor alone; `--example blocks -- FILE…` shows what is read of a file.

mod article;
mod articles;
mod charset;
mod dateline;
mod draft;
mod error;
mod furniture;
mod glob;
mod head;
mod html;
mod jsonl;
mod language;
mod lines;
mod meta;
mod page;
mod plain;
mod sniff;
mod timestamp;

pub use article::{Article, Block, BlockKind};
pub use articles::Articles;
pub use charset::decode;
pub use error::ArticleError;
pub use sniff::is_plain_text;
pub use timestamp::Timestamp;
