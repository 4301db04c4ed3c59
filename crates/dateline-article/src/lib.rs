//! From bytes to news articles.
//!
//! [`Articles`] takes one input, tells from its content what it is, and yields one [`Article`] after the other:
//!
//! - **Plain text** as it is copied from a page. The path to the section, headline, standfirst, byline, date and
//!   dateline are read into the article's fields; share lines, subscription texts, related links, credits and agency
//!   tails are left out of its text. Lines that were cut to a width are put together again.
//! - **E-mails**: the subject is the headline, the sender the byline where the text names no other; quotations and
//!   signatures are left out.
//! - **HTML and MHTML** as a browser saves them. The body is found by `dom_smoothie`, a port of Readability; JSON-LD,
//!   OpenGraph, meta tags, microdata and the visible page give the rest, trusted in this order.
//! - **RSS, Atom and JSON Feed**, item by item. An item with a mere teaser is a link:
//!   [`ArticleError::LinkOnly`] names it.
//! - **WARC**, record by record: the pages of a crawl, out of their chunks and compression. Redirects, errors, pictures
//!   and scripts are passed over.
//! - **JSON** and **tables** (CSV, TSV, with semicolons or bars): one article a line, an element of an array or a row.
//!   Which field holds what is told from its name, or from [`Options::columns`]. A plain text is kept to the character, so
//!   that offsets into the input's own text hold: only the white space at its ends goes, and a title that the text does
//!   not begin with is laid before it. A dateline stays in the text, but outside the first block.
//! - **ninjs** 1 to 3, **NewsML-G2** and **NITF**, with versions, corrections and kills ([`Status`]).
//!
//! Any of them may be in gzip, zstd or tar, or in several of these. Whatever holds several articles is read record by
//! record, in memory that does not grow with the input; a page or record is held whole, and refused above 64 MiB. A
//! broken record is an error that names the input, the record and the byte where it begins ([`Place`]), and the next
//! record is read. Compressed input is given up where more than 64 MiB come out of it and more than 400 times what went
//! in; containers may stand in each other six deep. What XML declares is neither fetched nor expanded.
//!
//! What an input says of an article is kept, with where it says so ([`Article::claims`]), and so is what is odd about it
//! ([`Article::notes`]): dates that are none, identifiers that come twice, statements that disagree. [`Copies`] finds
//! the articles of a run that are copies of each other.
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
//! `cargo run --release -p dateline-eval -- article FOLDER` measures the reading of pages on the
//! article-extraction-benchmark, beside the extractor alone; `--example blocks -- FILE…` shows what is read of a file.

mod article;
mod articles;
mod charset;
mod claim;
mod compose;
mod copies;
mod dateline;
mod draft;
mod error;
mod furniture;
mod glob;
mod head;
mod html;
mod json;
mod language;
mod lines;
mod mail;
mod meta;
mod options;
mod origin;
mod page;
mod place;
mod plain;
mod seen;
mod sniff;
mod tables;
mod tar;
mod timestamp;
mod unpack;
mod warc;
mod xml;

pub use article::{Article, Block, BlockKind};
pub use articles::Articles;
pub use charset::decode;
pub use claim::{Claim, Field, Note, NoteKind, Status};
pub use copies::{Copies, Signature};
pub use error::ArticleError;
pub use options::{Columns, ColumnsError, Options};
pub use place::Place;
pub use sniff::is_plain_text;
pub use timestamp::Timestamp;
