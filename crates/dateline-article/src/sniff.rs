use crate::options::Options;

/// What an input is, by its first bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Empty,
    Plain,
    Html,
    /// One JSON value a line.
    JsonLines,
    /// An array of values, or values spread over lines.
    Json,
    /// Rows of fields, with the byte between them; names in the first row.
    Table(u8),
    /// A feed or a news item.
    Xml,
    Warc,
    /// A message, or a page that a browser saved as one.
    Mail,
    /// Something that is no text: `a PDF file`.
    Binary(&'static str),
    /// Text in a format that is not read.
    Unsupported(String),
}

/// How many bytes are looked at.
pub(crate) const REACH: usize = 16 * 1024;

/// Whether the first bytes of an input, after decompression, are those of plain text in a charset that agrees with
/// ASCII: neither a page nor JSON Lines nor anything else that [`Articles`](crate::Articles) takes apart or refuses.
pub fn is_plain_text(head: &[u8]) -> bool {
    let packed = crate::unpack::is_zstd(head) || crate::tar::is_tar(head);
    !packed
        && crate::charset::wide(head).is_none()
        && matches!(format(head, &Options::default()), Format::Plain | Format::Empty)
}

/// Tells the format from the first bytes, after decompression.
pub(crate) fn format(head: &[u8], options: &Options) -> Format {
    if let Some(what) = magic(head) {
        return Format::Binary(what);
    }
    if head.starts_with(b"WARC/") {
        return Format::Warc;
    }
    if is_noise(head) {
        return Format::Binary("binary data");
    }
    let text = crate::charset::decode(head);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        return Format::Empty;
    }
    if let Some(inside) = text.strip_prefix('{').map(str::trim_start)
        && (inside.is_empty() || inside.starts_with(['"', '}']))
    {
        return if is_spread(text) { Format::Json } else { Format::JsonLines };
    }
    if let Some(inside) = text.strip_prefix('[').map(str::trim_start)
        && (inside.is_empty() || inside.starts_with(['{', ']']))
    {
        return Format::Json;
    }
    if text.starts_with("{\\rtf") {
        return Format::Unsupported("RTF".into());
    }
    if text.starts_with("filedesc://") {
        return Format::Unsupported("an ARC crawl".into());
    }
    if is_message(text) {
        return Format::Mail;
    }
    if text.starts_with('<') {
        return markup(text);
    }
    match crate::tables::mark(text, head.len() >= REACH, options) {
        Some(mark) => Format::Table(mark),
        None if is_page(text) => Format::Html,
        None => Format::Plain,
    }
}

/// Whether the first JSON value goes on over several lines.
fn is_spread(text: &str) -> bool {
    let (mut depth, mut quoted, mut escaped, mut broken) = (0_usize, false, false, false);
    for (at, c) in text.char_indices() {
        match c {
            // No string has a line break in it: the line is broken, and the next may be sound.
            '\n' if quoted => return false,
            '\n' => {
                // A record at the margin is a line of its own.
                if text[at + 1..].starts_with('{') {
                    return false;
                }
                broken = true;
            }
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return broken;
                }
            }
            _ => {}
        }
    }
    broken
}

/// Whether the text opens with the header of a message.
fn is_message(text: &str) -> bool {
    let mut names: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || name.len() > 60 || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        {
            return false;
        }
        names.push(name.to_ascii_lowercase());
    }
    let has = |name: &str| names.iter().any(|known| known == name);
    let sure = has("mime-version") || has("message-id") || has("received") || has("return-path");
    (sure && names.len() >= 2) || (has("from") && has("subject") && (has("date") || has("sent") || has("to")))
}

/// HTML, XML, or a text that happens to begin with an angle bracket.
fn markup(text: &str) -> Format {
    let root = xml_root(text);
    let local = root.rsplit(':').next().unwrap_or_default();
    if crate::xml::is_read(local) {
        return Format::Xml;
    }
    if is_page(text) {
        return Format::Html;
    }
    if text.starts_with("<?xml") {
        return Format::Unsupported(format!("XML with <{root}>"));
    }
    Format::Plain
}

/// The name of the first element.
fn xml_root(text: &str) -> &str {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
        } else if rest.starts_with("!DOCTYPE") || rest.starts_with("!doctype") {
            // A document type may declare things in brackets, more than are looked at; it names the root itself.
            let open = rest.find('[').filter(|open| rest.find('>').is_none_or(|close| *open < close));
            if let Some(open) = open {
                let Some(end) = rest[open..].find("]>").or_else(|| rest[open..].find(']')) else {
                    return rest[8..open].split_whitespace().next().unwrap_or_default();
                };
                rest = &rest[open + end..];
            }
        } else if !rest.starts_with(['?', '!']) {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.')));
            return &rest[..end.unwrap_or(rest.len())];
        }
    }
    ""
}

fn is_page(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let html = ["<!doctype html", "<html", "<head", "<body", "<meta ", "<title>"]
        .iter()
        .any(|tag| lower.contains(tag));
    if html && lower.starts_with('<') {
        return true;
    }
    let fragments = [
        "<p>", "<p ", "<div", "<article", "<section", "<main", "<h1", "<!--", "<span", "<table", "<ul",
        "<script",
    ];
    html || fragments.iter().any(|tag| lower.starts_with(tag)) || lower.matches("</p>").count() > 1
}

/// The kinds of file that people give by mistake.
fn magic(head: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 12] = [
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or office document"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
        (b"\x89PNG", "an image"),
        (b"\xFF\xD8\xFF", "an image"),
        (b"GIF8", "an image"),
        (b"BZh", "a bzip2 archive"),
        (b"\xFD7zXZ", "an xz archive"),
        (b"7z\xBC\xAF", "a 7-Zip archive"),
        (b"Rar!", "a RAR archive"),
        (b"SQLite format 3\0", "a database"),
        (b"\x7FELF", "a program"),
    ];
    KINDS.iter().find(|(bytes, _)| head.starts_with(bytes)).map(|(_, what)| *what)
}

/// Bytes that no text in an eight-bit charset or UTF-8 has, more often than an accident would put them there: one or two
/// are one in a text of any length.
fn is_noise(head: &[u8]) -> bool {
    let control =
        head.iter().filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    head.contains(&0) && control > 2 && control * 200 > head.len() || control * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let unsupported = |what: &str| Format::Unsupported(what.to_owned());
        for (bytes, expected) in [
            (&b""[..], Format::Empty),
            (b" \n\t", Format::Empty),
            (b"\xEF\xBB\xBF\n", Format::Empty),
            (b"Rebels left.", Format::Plain),
            (b"<1% of voters said so.", Format::Plain),
            (b"[Rebels] left.", Format::Plain),
            (b"\n<!DOCTYPE html><p>x", Format::Html),
            (b"<?xml version='1.0'?><html xmlns='x'>", Format::Html),
            (b"<p>One.</p>", Format::Html),
            (b"<?xml version='1.0'?><rss>", Format::Xml),
            (b"<?xml version='1.0'?><!DOCTYPE nitf [<!ENTITY a '<b>'>]><nitf>", Format::Xml),
            (b"<!-- made by hand --><atom:feed>", Format::Xml),
            (b"<?xml version='1.0'?><svg:svg>", unsupported("XML with <svg:svg>")),
            (b"{\"text\": \"x\"}", Format::JsonLines),
            (b"\xEF\xBB\xBF { \"text\": \"<html>\"}", Format::JsonLines),
            (b"{\n  \"text\": \"x\"\n}\n", Format::Json),
            (b"{\"id\": 1, \"text\":\n{\"id\": 2}\n", Format::JsonLines),
            (b"[{\"text\": \"x\"}]", Format::Json),
            (b"[\n", Format::Json),
            (b"%PDF-1.7", Format::Binary("a PDF file")),
            (b"\0\x01\x02\x03abc", Format::Binary("binary data")),
            (b"Rebels left\0 the town of Kidal on Tuesday.", Format::Plain),
            (b"WARC/1.0\r\n", Format::Warc),
            (b"id,text\n1,Rebels left.\n", Format::Table(b',')),
            (b"Title;Date;Body\n", Format::Plain),
            (b"\"Title\"; \"Date\";\"Body\"\na;b;c", Format::Table(b';')),
            (b"label\ttext\n1\tRebels left.\n", Format::Table(b'\t')),
            (b"Text, body and mind\n\nThree things.", Format::Plain),
            (b"From: <a@example.org>\r\nSubject: x\r\nDate: y\r\n\r\nz", Format::Mail),
            (b"Kidal: rebels leave\nBy: Jane Doe\n\nThey left.", Format::Plain),
        ] {
            assert_eq!(format(bytes, &Options::default()), expected, "{:?}", String::from_utf8_lossy(bytes));
        }
        let options = Options { columns: "text=inhalt".parse().unwrap() };
        assert_eq!(format(b"nr,inhalt\n1,Rebels left.\n", &options), Format::Table(b','));
    }
}
