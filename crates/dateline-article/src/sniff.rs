/// What an input is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Empty,
    Plain,
    Html,
    JsonLines,
    /// Something that is no text: `a PDF file`.
    Binary(&'static str),
    /// Text in a format that is not read.
    Unsupported(&'static str),
}

/// How many bytes are looked at.
pub(crate) const REACH: usize = 16 * 1024;

/// Whether the bytes begin a gzip stream.
pub(crate) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1F, 0x8B, 0x08])
}

/// Whether the first bytes of an input, after decompression, are those of plain text in a charset that agrees with
/// ASCII: neither a page nor JSON Lines nor anything else that [`Articles`](crate::Articles) takes apart or refuses.
pub fn is_plain_text(head: &[u8]) -> bool {
    let wide = [&[0xFF, 0xFE][..], &[0xFE, 0xFF]].iter().any(|mark| head.starts_with(mark));
    !wide && matches!(format(head), Format::Plain | Format::Empty)
}

/// Tells the format from the first bytes, after decompression.
pub(crate) fn format(head: &[u8]) -> Format {
    let marked = [&[0xFF, 0xFE][..], &[0xFE, 0xFF]].iter().any(|mark| head.starts_with(mark));
    if !marked {
        if let Some(what) = magic(head) {
            return Format::Binary(what);
        }
        if is_noise(head) {
            return Format::Binary("binary data");
        }
    }
    let text = crate::charset::decode(head);
    let text = text.trim_start();
    let after_brace = text.strip_prefix('{').map(str::trim_start);
    if text.is_empty() {
        return Format::Empty;
    }
    if after_brace.is_some_and(|inside| inside.starts_with(['"', '}'])) {
        return if marked { Format::Unsupported("JSON Lines in UTF-16") } else { Format::JsonLines };
    }
    if text.starts_with("{\\rtf") {
        return Format::Unsupported("RTF");
    }
    if text.starts_with('[') && text[1..].trim_start().starts_with('{') {
        return Format::Unsupported("a JSON array");
    }
    markup(text)
}

/// HTML, XML, or a text that happens to begin with an angle bracket.
fn markup(text: &str) -> Format {
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("mime-version:") || lower.contains("content-type: multipart/related") {
        return Format::Unsupported("MHTML");
    }
    let html = ["<!doctype html", "<html", "<head", "<body", "<meta ", "<title>"]
        .iter()
        .any(|tag| lower.contains(tag));
    if html && lower.starts_with('<') {
        return Format::Html;
    }
    if lower.starts_with("<?xml")
        || ["<rss", "<feed", "<newsml", "<newsitem", "<newsmessage", "<nitf"]
            .iter()
            .any(|tag| lower.starts_with(tag))
    {
        return Format::Unsupported("XML");
    }
    let fragments = [
        "<p>", "<p ", "<div", "<article", "<section", "<main", "<h1", "<!--", "<span", "<table", "<ul",
        "<script",
    ];
    if html || fragments.iter().any(|tag| lower.starts_with(tag)) || lower.matches("</p>").count() > 1 {
        return Format::Html;
    }
    Format::Plain
}

/// The kinds of file that people give by mistake.
fn magic(head: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 13] = [
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or office document"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
        (b"\x89PNG", "an image"),
        (b"\xFF\xD8\xFF", "an image"),
        (b"GIF8", "an image"),
        (b"\x28\xB5\x2F\xFD", "a zstd archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xFD7zXZ", "an xz archive"),
        (b"7z\xBC\xAF", "a 7-Zip archive"),
        (b"Rar!", "a RAR archive"),
        (b"SQLite format 3\0", "a database"),
        (b"\x7FELF", "a program"),
    ];
    KINDS.iter().find(|(bytes, _)| head.starts_with(bytes)).map(|(_, what)| *what)
}

/// Bytes that no text in an eight-bit charset or UTF-8 has, more often than an accident would put them there.
fn is_noise(head: &[u8]) -> bool {
    let control =
        head.iter().filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    head.contains(&0) && control * 200 > head.len() || control * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
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
            (b"<?xml version='1.0'?><rss>", Format::Unsupported("XML")),
            (b"{\"text\": \"x\"}", Format::JsonLines),
            (b"\xEF\xBB\xBF { \"text\": \"<html>\"}", Format::JsonLines),
            (b"[{\"text\": \"x\"}]", Format::Unsupported("a JSON array")),
            (b"%PDF-1.7", Format::Binary("a PDF file")),
            (b"\0\x01\x02\x03abc", Format::Binary("binary data")),
            (b"\xFF\xFEA\0b\0", Format::Plain),
        ] {
            assert_eq!(format(bytes), expected, "{bytes:?}");
        }
    }
}
