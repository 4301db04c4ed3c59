use std::borrow::Cow;

/// The paragraphs of a plain text: lines that were cut to a width are put together again, and nothing else is.
pub(crate) fn paragraphs(text: &str) -> Vec<Cow<'_, str>> {
    // There are rarer marks for the end of a line than `\n`, but nearly always none of them is there.
    let bytes = text.as_bytes();
    let lacks = |mark: &str| memchr::memmem::find(bytes, mark.as_bytes()).is_none();
    let plain = memchr::memchr2(b'\r', 0x0C, bytes).is_none()
        && (text.is_ascii() || ["\u{85}", "\u{2028}", "\u{2029}"].into_iter().all(lacks));
    let lines: Vec<&str> =
        if plain { text.split('\n').collect() } else { text.split('\n').flat_map(inner_lines).collect() };
    let width = cut_width(&lines);
    let mut out: Vec<Cow<'_, str>> = Vec::new();
    let mut open = false;
    let mut last = "";
    for line in lines {
        let tidy = tidy(line);
        if tidy.is_empty() {
            open = false;
            continue;
        }
        match out.last_mut().filter(|_| open && goes_on(last, line, width)) {
            Some(paragraph) => {
                // A word cut at the margin keeps its hyphen: whether it had one before cannot be known.
                let paragraph = paragraph.to_mut();
                paragraph.push(' ');
                paragraph.push_str(&tidy);
            }
            None => out.push(tidy),
        }
        open = true;
        last = line;
    }
    out
}

/// The lines of a line, by the rarer marks for the end of one.
fn inner_lines(line: &str) -> impl Iterator<Item = &str> {
    let line = line.strip_suffix('\r').unwrap_or(line);
    let whole = line.is_ascii() && memchr::memchr2(b'\r', 0x0C, line.as_bytes()).is_none();
    let rare = ['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{c}'];
    let (one, several) = if whole { (Some(line), None) } else { (None, Some(line.split(rare))) };
    one.into_iter().chain(several.into_iter().flatten())
}

/// No one cuts lines wider than this.
const WIDEST: usize = 120;
/// Nor shorter than this; short lines are headings, names and dates.
const NARROWEST: usize = 45;

/// The width that the lines of a text were cut to, if any were: some line must end in the middle of a sentence.
fn cut_width(lines: &[&str]) -> Option<usize> {
    // What is told from the ends of lines comes first: few lines need be counted.
    let cut = lines.windows(2).any(|pair| {
        pair[1].trim_start().starts_with(char::is_lowercase)
            && unfinished(pair[0])
            && pair[0].trim_end().chars().count() >= NARROWEST
    });
    if !cut {
        return None;
    }
    let width = lines.iter().map(|line| line.trim_end().chars().count()).max()?;
    (width <= WIDEST).then_some(width)
}

fn unfinished(line: &str) -> bool {
    !line.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '’', '\'', ')'])
}

/// Whether `next` goes on with the paragraph of `line`, in a text that was cut to `width`.
fn goes_on(line: &str, next: &str, width: Option<usize>) -> bool {
    let Some(width) = width else { return false };
    let length = line.trim_end().chars().count();
    let indented = |line: &str| line.starts_with(['\t', ' ']);
    let item = next.trim_start().starts_with(['•', '*', '·', '▪', '‣']);
    if length < NARROWEST || item || (indented(next) && !indented(line)) {
        return false;
    }
    let first = next.split_whitespace().next().unwrap_or_default();
    let no_room = length + 1 + first.chars().count() > width.saturating_sub(4);
    no_room || (unfinished(line) && first.starts_with(char::is_lowercase))
}

/// The line without the characters that are not seen, and with single spaces.
fn tidy(line: &str) -> Cow<'_, str> {
    // Most lines are tidy: printed characters of ASCII, and single spaces.
    let line = line.trim();
    // Every byte is looked at, because the compiler can do that many at a time.
    let bytes = line.as_bytes();
    let clean = bytes.iter().fold(true, |clean, b| clean & (b.wrapping_sub(0x20) < 0x5F));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    if clean && pairs.fold(true, |single, (&a, &b)| single & ((a != b' ') | (b != b' '))) {
        return Cow::Borrowed(line);
    }
    let seen = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' | '\u{202a}'..='\u{202e}');
    let mut out = String::with_capacity(line.len());
    let mut gap = false;
    for c in line.chars().filter(seen) {
        if c.is_whitespace() || c.is_control() {
            gap = !out.is_empty();
            // A tab parts columns, as in a line of menus.
            if c == '\t' && gap && !out.ends_with('\t') {
                out.push('\t');
            }
        } else {
            if gap && !out.ends_with('\t') {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_lines_are_joined() {
        let text = "Rebels took the town of Kidal in the north of the country on Sunday and\nfreed 40 prisoners, the army said.\n\n\"We left in good order,\" a colonel said.";
        assert_eq!(
            paragraphs(text),
            [
                "Rebels took the town of Kidal in the north of the country on Sunday and freed 40 prisoners, the army said.",
                "\"We left in good order,\" a colonel said."
            ]
        );
    }

    #[test]
    fn whole_lines_are_not() {
        let text = "Headline\r\nBy Jane Doe\r\nRebels took the town.\r\nThe army said so.\r\n";
        assert_eq!(
            paragraphs(text),
            ["Headline", "By Jane Doe", "Rebels took the town.", "The army said so."]
        );
        let long = "a ".repeat(100);
        assert_eq!(paragraphs(&format!("{long}\n{long}")).len(), 2);
    }

    #[test]
    fn sentences_on_lines_of_their_own_are_not() {
        let text = "Rebels released a ship that they had seized in July, its owner said on Friday.\nThe ship left on Friday.\n";
        assert_eq!(paragraphs(text).len(), 2);
    }

    #[test]
    fn an_indented_line_begins_a_paragraph() {
        let text = "   Rebels took the town of Kidal in the north of the country on Sunday and\nfreed 40 prisoners.\n   The army said that it would come back before the end of the week, and\nthat it would stay.";
        assert_eq!(paragraphs(text).len(), 2);
    }

    #[test]
    fn unseen_characters_go() {
        assert_eq!(paragraphs("\u{feff}A\u{a0}\u{200b}b \u{3000} c\u{ad}d"), ["A b cd"]);
    }
}
