use crate::{Fault, Text};

/// A line without its comments.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    pub(crate) file: &'a str,
    /// From one.
    pub(crate) number: usize,
    /// Without comments and blanks at its end; blanks at its beginning tell a continuation.
    pub(crate) text: &'a str,
}

impl Line<'_> {
    /// A fault in this line.
    pub(crate) fn fault(&self, why: impl Into<String>) -> Fault {
        Fault {
            file: self.file.to_owned(),
            line: self.number,
            text: self.text.trim().to_owned(),
            why: why.into(),
        }
    }
}

/// The lines of a file that say something. `#` begins a comment, so does `;` at the beginning of a line or after a
/// blank, and `<!-- … -->` may span lines.
pub(crate) fn lines(source: &Text) -> impl Iterator<Item = Line<'_>> {
    let mut inside = false;
    source.text.lines().enumerate().filter_map(move |(at, line)| {
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        if inside {
            inside = !line.contains("-->");
            return None;
        }
        let trimmed = line.trim_start();
        if trimmed.starts_with("<!") {
            inside = !line.contains("-->");
            return None;
        }
        let text = uncommented(line).trim_end();
        (!text.trim().is_empty()).then_some(Line { file: &source.name, number: at + 1, text })
    })
}

fn uncommented(line: &str) -> &str {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        // "[###]" is a code.
        let in_code = before == '[' || before == '#';
        let begins = match c {
            '#' => !in_code,
            ';' => before.is_whitespace(),
            '<' => line.get(at..).is_some_and(|rest| rest.starts_with("<!--")),
            _ => false,
        };
        if begins {
            return line.get(..at).unwrap_or(line);
        }
        before = c;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_left_out_and_lines_keep_their_numbers() {
        let source = Text::new(
            "f",
            "<!-- one\n# two -->\nMALI [MLI] # pas\n; old\n\t[MLIGOV <950601] ;x\nNAS [###]\n",
        );
        let found: Vec<(usize, &str)> = lines(&source).map(|l| (l.number, l.text)).collect();
        assert_eq!(found, [(3, "MALI [MLI]"), (5, "\t[MLIGOV <950601]"), (6, "NAS [###]")]);
    }
}
