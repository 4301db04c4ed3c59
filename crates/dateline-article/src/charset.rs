use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// How far into a page its declared charset is looked for.
const PRESCAN: usize = 4096;

/// Bytes as text: by their byte-order mark, else as UTF-8 if they are valid, else by what the page declares, else by
/// what they look like. Bytes without a meaning become U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let escapes = declared(bytes).filter(|encoding| !encoding.is_ascii_compatible());
        return match escapes {
            // ISO-2022-JP is written in ASCII bytes.
            Some(encoding) if bytes.contains(&0x1B) => encoding.decode_without_bom_handling(bytes).0,
            _ => Cow::Borrowed(text),
        };
    }
    match declared(bytes) {
        Some(encoding) if encoding != UTF_8 => encoding.decode_without_bom_handling(bytes).0,
        _ => guess(bytes),
    }
}

/// Text in no declared charset. A few broken bytes in what is otherwise UTF-8 do not make it anything else.
fn guess(bytes: &[u8]) -> Cow<'_, str> {
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches('\u{FFFD}').count();
    let whole = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
    if broken * 10 <= whole {
        return lossy;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny).decode_without_bom_handling(bytes).0
}

/// The charset that a page names in its head: `<meta charset=…>`, `content="text/html; charset=…"`, `encoding="…"`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(PRESCAN)].to_ascii_lowercase();
    if !head.contains(&b'<') {
        return None;
    }
    let mut rest = head.as_slice();
    while let Some(at) =
        find(rest, b"charset=").map(|at| at + 8).or_else(|| find(rest, b"encoding=").map(|at| at + 9))
    {
        let label = &rest[at..];
        let label = &label[label.iter().take_while(|b| matches!(b, b'"' | b'\'' | b' ')).count()..];
        let len = label
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
            .count();
        if let Some(encoding) = Encoding::for_label(&label[..len]) {
            // A page whose declaration could be read as ASCII is not in UTF-16, whatever it says.
            return Some(encoding.output_encoding());
        }
        rest = &rest[at..];
    }
    None
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_declarations_and_guesses() {
        assert_eq!(decode("\u{feff}Añez".as_bytes()), "Añez");
        assert_eq!(decode(b"\xFF\xFEA\0\xF1\0"), "Añ");
        assert_eq!(
            decode(b"<meta charset=\"windows-1251\"><p>\xCC\xE8\xF0"),
            "<meta charset=\"windows-1251\"><p>Мир"
        );
        assert_eq!(
            decode(b"Le pr\xE9sident a quitt\xE9 la r\xE9union."),
            "Le président a quitté la réunion."
        );
        // Declared wrongly: valid UTF-8 is UTF-8.
        assert_eq!(decode("<meta charset=iso-8859-1>é".as_bytes()), "<meta charset=iso-8859-1>é");
        let cut = &"“Sí, señor, así será”, añadió Núñez".as_bytes()[..36];
        assert!(decode(cut).starts_with("“Sí, señor"));
    }
}
