//! Messages: e-mails, and pages that a browser saved as one file (MHTML).

use crate::articles::html_text;
use crate::claim::Field;
use crate::draft::Piece;
use crate::origin::Origin;
use crate::{Article, ArticleError, html, page, plain};
use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};

const FROM: &str = "the message";

/// The article of a message.
pub(crate) fn read(origin: &Origin, bytes: &[u8]) -> Result<Article, ArticleError> {
    let broken = || ArticleError::Malformed {
        place: origin.place(),
        reason: "no message that can be read".into(),
        hint: "save the page as HTML, or copy its text",
    };
    let message = MessageParser::default().parse(bytes).ok_or_else(broken)?;
    match page_of(&message) {
        Some((html, address)) => {
            let mut origin = origin.clone();
            origin.url = address.or(origin.url);
            html_text(&origin, &html)
        }
        None => letter(origin, &message),
    }
}

/// The page of a message that a browser made, and its address. An e-mail's own HTML has no address.
fn page_of(message: &Message) -> Option<(String, Option<String>)> {
    let saved = header(message, "Snapshot-Content-Location");
    let related = message.content_type().is_some_and(|kind| kind.subtype() == Some("related"));
    let mut pages = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Html(html) => Some((html.to_string(), part.content_location().map(str::to_owned))),
        _ => None,
    });
    let (html, address) = pages.next()?;
    let address = address.filter(|address| address.contains("://")).or(saved);
    (related && address.is_some()).then_some((html, address))
}

fn header(message: &Message, name: &str) -> Option<String> {
    let value = message.headers_raw().find(|(known, _)| known.eq_ignore_ascii_case(name))?.1.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The article of an e-mail: its subject is the headline, its sender whoever sent it.
fn letter(origin: &Origin, message: &Message) -> Result<Article, ArticleError> {
    let mut draft = origin.draft();
    draft.say(Field::Key, FROM, message.message_id().unwrap_or_default());
    let subject = message.subject().map(without_marks).unwrap_or_default();
    let sent = header(message, "Date").or_else(|| header(message, "Sent")).unwrap_or_default();
    let sender = message.from().and_then(Address::first);
    let name = sender.and_then(|address| address.name()).unwrap_or_default().trim().to_owned();
    let none =
        || ArticleError::NoText { place: origin.place(), hint: "the message has no text beside its header" };
    let text = message.body_text(0).filter(|_| message.text_body_count() > 0).map(|text| unquoted(&text));
    let plain_part = message.text_bodies().any(|part| matches!(part.body, PartType::Text(_)));
    if let Some(text) = text.filter(|text| plain_part && !text.trim().is_empty()) {
        // What the text says of itself is nearer to the article than who sent it on.
        let pieces = Piece::paragraphs(&text);
        let mut own = origin.draft();
        own.claims.append(&mut draft.claims);
        own.key = draft.key.take();
        own.say(Field::Title, FROM, &subject);
        let mut article = plain::pieces(&mut own, pieces);
        if own.published.is_none() {
            own.say(Field::Published, FROM, &sent);
        }
        if own.byline.is_none() {
            own.byline_says(FROM, &name);
        }
        article.retain(|piece| !piece.text.is_empty());
        return if article.is_empty() { Err(none()) } else { Ok(own.finish(article)) };
    }
    draft.say(Field::Title, FROM, &subject);
    draft.say(Field::Published, FROM, &sent);
    let html = message.body_html(0).ok_or_else(none)?;
    let body = page::body(&mut draft, html::fragment(&html), true);
    if draft.byline.is_none() {
        draft.byline_says(FROM, &name);
    }
    if body.is_empty() { Err(none()) } else { Ok(draft.finish(body)) }
}

/// A subject without `Re:` and `Fwd:`.
fn without_marks(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':') {
        if !matches!(mark.trim().to_ascii_lowercase().as_str(), "re" | "fw" | "fwd" | "aw" | "wg" | "tr") {
            break;
        }
        rest = after.trim_start();
    }
    rest.to_owned()
}

/// The text of an e-mail without what it quotes, unless it is nothing else, and without the signature.
fn unquoted(text: &str) -> String {
    let own = text.split("\n-- \n").next().unwrap_or(text);
    let own = own.split("\r\n-- \r\n").next().unwrap_or(own);
    let quoted = |line: &&str| line.starts_with('>');
    let all = own.lines().filter(|line| !line.trim().is_empty()).count();
    if own.lines().filter(quoted).count() * 2 > all {
        let bare = own.lines().map(|line| line.trim_start_matches(['>', ' ']));
        return bare.collect::<Vec<_>>().join("\n");
    }
    own.lines().filter(|line| !quoted(line)).collect::<Vec<_>>().join("\n")
}
