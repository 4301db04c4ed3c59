use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text of several styles that has not been broken into lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    runs: Vec<(Style, String)>,
}

impl Text {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// `width` blanks.
    pub(crate) fn blank(width: usize) -> Self {
        Self::new().with(crate::theme::PLAIN, &" ".repeat(width))
    }

    pub(crate) fn with(mut self, style: Style, words: &str) -> Self {
        self.push(style, words);
        self
    }

    /// Appends words. What would steer a terminal is taken out of them: articles come from anywhere.
    pub(crate) fn push(&mut self, style: Style, words: &str) {
        let words: String = words.chars().filter_map(harmless).collect();
        if words.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some((last, run)) if *last == style => run.push_str(&words),
            _ => self.runs.push((style, words)),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Columns that the text takes on one line.
    pub(crate) fn width(&self) -> usize {
        self.runs.iter().map(|(_, run)| run.width()).sum()
    }

    /// Pads with blanks on the right.
    pub(crate) fn padded(mut self, width: usize) -> Self {
        let missing = width.saturating_sub(self.width());
        self.push(crate::theme::PLAIN, &" ".repeat(missing));
        self
    }

    /// Runs of anything but blanks, each of one style or more.
    fn words(&self) -> Vec<Vec<(Style, &str)>> {
        let mut words: Vec<Vec<(Style, &str)>> = Vec::new();
        let mut open = false;
        for (style, run) in &self.runs {
            for (i, piece) in run.split(' ').enumerate() {
                if i > 0 {
                    open = false;
                }
                if piece.is_empty() {
                    continue;
                }
                match words.last_mut() {
                    Some(word) if open => word.push((*style, piece)),
                    _ => words.push(vec![(*style, piece)]),
                }
                open = true;
            }
        }
        words
    }
}

/// Blanks for whatever breaks lines, nothing for what turns the direction of writing, a mark for other controls.
fn harmless(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' => Some(' '),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => None,
        c if c.is_control() => Some('\u{fffd}'),
        c => Some(c),
    }
}

/// Lines of a given width, in colour or without.
pub(crate) struct Page {
    out: String,
    width: usize,
    colour: bool,
}

impl Page {
    pub(crate) fn new(width: usize, colour: bool) -> Self {
        Self { out: String::new(), width, colour }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn into_string(self) -> String {
        self.out
    }

    pub(crate) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// A line from edge to edge.
    pub(crate) fn rule(&mut self) {
        let rule = "─".repeat(self.width);
        self.line(&Text::new().with(crate::theme::DIM, &rule));
    }

    /// Text that is already laid out: blanks are kept and nothing is broken.
    pub(crate) fn line(&mut self, text: &Text) {
        let mut ink = Ink { out: &mut self.out, colour: self.colour, now: crate::theme::PLAIN };
        for (style, run) in &text.runs {
            ink.write(*style, run);
        }
        ink.end_line();
    }

    /// Text broken at blanks: the first line begins with `first`, the others with `next`.
    pub(crate) fn paragraph(&mut self, first: &Text, next: &Text, text: &Text) {
        let indent = next.width();
        let room = self.width.saturating_sub(indent).max(8);
        let mut ink = Ink { out: &mut self.out, colour: self.colour, now: crate::theme::PLAIN };
        for (style, run) in &first.runs {
            ink.write(*style, run);
        }
        // A first part that is wider than the indent takes room from its own line only.
        let mut used = first.width().saturating_sub(indent);
        let mut fresh = true;
        for word in text.words() {
            let width: usize = word.iter().map(|(_, piece)| piece.width()).sum();
            let blank = usize::from(!fresh);
            if used > 0 && used + blank + width > room {
                ink.end_line();
                ink.start(next);
                used = 0;
            } else if blank == 1 {
                ink.out.push(' ');
                used += 1;
            }
            fresh = false;
            for (style, piece) in word {
                for c in piece.chars() {
                    let columns = c.width().unwrap_or(0);
                    if used + columns > room && used > 0 {
                        ink.end_line();
                        ink.start(next);
                        used = 0;
                    }
                    ink.write(style, c.encode_utf8(&mut [0; 4]));
                    used += columns;
                }
            }
        }
        ink.end_line();
    }
}

/// Writes words and, between them, the fewest escape sequences that give each its style.
struct Ink<'a> {
    out: &'a mut String,
    colour: bool,
    now: Style,
}

impl Ink<'_> {
    fn write(&mut self, style: Style, words: &str) {
        if style != self.now {
            self.switch(style);
        }
        // A blank that does not break has done its work once the lines are broken.
        self.out.extend(words.chars().map(|c| if c == '\u{a0}' { ' ' } else { c }));
    }

    fn switch(&mut self, style: Style) {
        if self.colour {
            self.out.push_str(&format!("{}{}", self.now.render_reset(), style.render()));
        }
        self.now = style;
    }

    fn start(&mut self, lead: &Text) {
        for (style, run) in &lead.runs {
            self.write(*style, run);
        }
    }

    fn end_line(&mut self) {
        if self.now != crate::theme::PLAIN {
            self.switch(crate::theme::PLAIN);
        }
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        self.out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{ACTOR, DIM, PLAIN};

    fn plain(text: &str, width: usize, indent: usize) -> String {
        let mut page = Page::new(width, false);
        let lead = Text::blank(indent);
        page.paragraph(&lead, &lead, &Text::new().with(PLAIN, text));
        page.into_string()
    }

    #[test]
    fn breaks_at_blanks_and_hangs() {
        assert_eq!(plain("one two three four five", 12, 2), "  one two\n  three four\n  five\n");
    }

    #[test]
    fn a_word_that_is_wider_than_the_page_is_cut() {
        assert_eq!(plain("a abcdefghijklmnop", 10, 2), "  a\n  abcdefgh\n  ijklmnop\n");
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(plain("北京北京 北京", 12, 0), "北京北京\n北京\n");
        assert_eq!(plain("北京北京 北京", 13, 0), "北京北京 北京\n");
    }

    #[test]
    fn a_word_may_change_style_in_the_middle() {
        let mut page = Page::new(40, true);
        let text = Text::new().with(DIM, "said ").with(ACTOR, "Kerry").with(DIM, ", who");
        page.paragraph(&Text::new(), &Text::new(), &text);
        assert_eq!(
            page.into_string(),
            "\u{1b}[2msaid \u{1b}[0m\u{1b}[36mKerry\u{1b}[0m\u{1b}[2m, who\u{1b}[0m\n"
        );
    }

    #[test]
    fn what_steers_a_terminal_is_taken_out() {
        assert_eq!(plain("a\u{1b}[31mb\u{202e}c\nd", 40, 0), "a\u{fffd}[31mbc d\n");
    }

    #[test]
    fn a_wide_first_part_pushes_the_text() {
        let mut page = Page::new(14, false);
        page.paragraph(
            &Text::new().with(PLAIN, "longlabel "),
            &Text::blank(4),
            &Text::new().with(PLAIN, "one two three"),
        );
        assert_eq!(page.into_string(), "longlabel one\n    two three\n");
    }
}
