use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::io::{self, Read};

/// How far into a page its declared charset is looked for.
const PRESCAN: usize = 4096;

/// Bytes as text: by their byte-order mark, else as UTF-8 if they are valid, else by what the page declares, else by
/// what they look like. Bytes without a meaning become U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    decode_as(bytes, None)
}

/// The same for bytes whose container declares a charset, which is believed before what the bytes declare themselves.
/// Neither is believed against bytes that are UTF-8 but for a few.
pub(crate) fn decode_as<'a>(bytes: &'a [u8], outer: Option<&'static Encoding>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // ISO-2022-JP is written in ASCII bytes, with escapes.
        let escaped = memchr::memchr(0x1B, bytes).and_then(|_| declared(bytes));
        return match escaped.filter(|encoding| !encoding.is_ascii_compatible()) {
            Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
            None => Cow::Borrowed(text),
        };
    }
    let declared = outer.filter(|encoding| *encoding != UTF_8).or_else(|| declared(bytes));
    match declared.filter(|encoding| *encoding != UTF_8) {
        Some(encoding) if encoding.is_ascii_compatible() => mostly_utf8(bytes)
            .map(Cow::Owned)
            .unwrap_or_else(|| encoding.decode_without_bom_handling(bytes).0),
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
        None => guess(bytes),
    }
}

/// The text, if what is broken in it is little beside the characters that can only be UTF-8.
fn mostly_utf8(bytes: &[u8]) -> Option<String> {
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches('\u{FFFD}').count();
    let whole = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
    (broken * 10 <= whole).then(|| lossy.into_owned())
}

/// The charset of an input that is decoded as it is read, by its first bytes: as [`decode_as`] would tell it.
pub(crate) fn of_stream(head: &[u8], outer: Option<&'static Encoding>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    let declared = outer.filter(|encoding| *encoding != UTF_8).or_else(|| declared(head));
    // The last character may be cut.
    let sound = std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    match declared.filter(|encoding| *encoding != UTF_8) {
        _ if sound && !head.is_ascii() => UTF_8,
        Some(encoding) => encoding,
        None if sound || mostly_utf8(head).is_some() => UTF_8,
        None => detect(head),
    }
}

/// The charset that bytes look like, UTF-8 apart.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16, by its byte-order mark or by its zeros.
pub(crate) fn wide(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let pairs = head.len() / 2;
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    if pairs < 8 {
        None
    } else if high * 10 > pairs * 4 && low * 20 < pairs {
        Some(UTF_16BE)
    } else if low * 10 > pairs * 4 && high * 20 < pairs {
        Some(UTF_16LE)
    } else {
        None
    }
}

/// The input as UTF-8, without a byte-order mark.
pub(crate) fn transcoded(input: Box<dyn Read + Send>, encoding: &'static Encoding) -> Box<dyn Read + Send> {
    Box::new(Transcoded {
        input,
        decoder: encoding.new_decoder_with_bom_removal(),
        raw: vec![0; 32 * 1024],
        held: 0,
        text: vec![0; 128 * 1024],
        at: 0,
        end: 0,
        finished: false,
    })
}

/// Decodes as it is read.
struct Transcoded {
    input: Box<dyn Read + Send>,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Raw bytes that are not decoded yet.
    held: usize,
    text: Vec<u8>,
    at: usize,
    end: usize,
    finished: bool,
}

impl Read for Transcoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.end && !self.finished {
            let n = self.input.read(&mut self.raw[self.held..])?;
            let filled = self.held + n;
            let last = n == 0;
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(&self.raw[..filled], &mut self.text, last);
            self.raw.copy_within(read..filled, 0);
            self.held = filled - read;
            self.at = 0;
            self.end = written;
            self.finished = last && result == CoderResult::InputEmpty;
        }
        let n = buffer.len().min(self.end - self.at);
        buffer[..n].copy_from_slice(&self.text[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

/// Text in no declared charset. A few broken bytes in what is otherwise UTF-8 do not make it anything else.
fn guess(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(text) = mostly_utf8(bytes) {
        return Cow::Owned(text);
    }
    detect(bytes).decode_without_bom_handling(bytes).0
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
