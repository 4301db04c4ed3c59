use crate::BlockKind;
use crate::dateline::Dateline;
use crate::draft::{Draft, Piece};
use crate::furniture::Furniture;
use crate::glob::plain;
use crate::head;
use crate::meta::{self, Meta};
use std::borrow::Cow;

/// Takes the furniture out of the pieces of a page, in order, and what it says about the article into the draft.
///
/// `marked`: the pieces come with their kinds, from tags; otherwise headings, captions and lists are told from
/// paragraphs by their form.
pub(crate) fn body<'a>(draft: &mut Draft, pieces: Vec<Piece<'a>>, marked: bool) -> Vec<Piece<'a>> {
    let mut lines: Vec<Line> = pieces.into_iter().map(Line::new).collect();
    let (start, mut page) = head::read(draft, &lines, marked);
    let lines = &mut lines[start..];
    page |= lines.iter().any(|line| matches!(line.role, Role::Drop | Role::Aside | Role::End | Role::Credit));
    let ahead = Ahead::of(lines);
    let mut out: Vec<Piece> = Vec::new();
    let mut aside = false;
    let mut prose = 0;
    for at in 0..lines.len() {
        let line = &lines[at];
        if aside && !line.resumes() && line.role != Role::End {
            continue;
        }
        aside = false;
        match line.role {
            Role::Drop => continue,
            Role::Aside => {
                aside = !marked;
                continue;
            }
            Role::End if prose > 0 && !ahead.goes_on(at) => break,
            Role::End => {
                aside = true;
                continue;
            }
            Role::Credit => {
                line.credit(draft);
                continue;
            }
            Role::Text => {}
        }
        if let Some(agencies) = tail_agencies(&line.piece.text) {
            draft.credit(agencies);
            continue;
        }
        if is_repeated_head(draft, &line.key) || (marked && is_repeated(&out, &line.piece.text)) {
            continue;
        }
        if let Some(meta) = line.meta() {
            meta.fill(draft);
            continue;
        }
        let kind = if marked { marked_kind(line) } else { kind(lines, at, ahead.leads[at], page, prose > 0) };
        let Some(kind) = kind else { continue };
        let mut text = std::mem::take(&mut lines[at].piece.text);
        if text.contains('\t') {
            text = text.replace('\t', " ").into();
        }
        if kind == BlockKind::List {
            let bullet = text.len() - without_bullet(&text).len();
            cut_front(&mut text, bullet);
        }
        if kind == BlockKind::Paragraph && prose < 2 {
            file_from(draft, &mut text);
        }
        prose += usize::from(kind == BlockKind::Paragraph);
        if !text.is_empty() {
            out.push(Piece { kind, text });
        }
    }
    if let Some(last) = out.iter_mut().rfind(|piece| piece.kind == BlockKind::Paragraph) {
        close(draft, &mut last.text);
    }
    out.retain(|piece| !piece.text.is_empty());
    out
}

/// What stands after each line, found in one pass so that the time grows with the number of lines alone.
struct Ahead {
    /// Whether prose follows before the next line that ends the article.
    leads: Vec<bool>,
    /// Words of prose after the line.
    words: Vec<usize>,
    /// Words of prose in all.
    all: usize,
}

impl Ahead {
    fn of(lines: &[Line]) -> Self {
        let mut ahead = Self { leads: vec![false; lines.len()], words: vec![0; lines.len()], all: 0 };
        let (mut leads, mut words) = (false, 0);
        for (at, line) in lines.iter().enumerate().rev() {
            ahead.leads[at] = leads;
            ahead.words[at] = words;
            leads = line.role != Role::End && (leads || line.prose());
            words += if line.prose() { line.words } else { 0 };
        }
        ahead.all = words;
        ahead
    }

    /// Whether most of the prose stands after a line that should be the end: then it heads a box inside the article.
    fn goes_on(&self, end: usize) -> bool {
        self.words[end] * 2 > self.all
    }
}

/// A piece with what the rules say of it.
pub(crate) struct Line<'a> {
    pub(crate) piece: Piece<'a>,
    /// As rules are written.
    pub(crate) key: String,
    pub(crate) role: Role,
    words: usize,
}

/// What a line is by the rules of furniture alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Drop,
    Aside,
    End,
    Credit,
    Text,
}

/// Furniture is not longer than this many words, but for credits.
const LONGEST_FURNITURE: usize = 40;

impl<'a> Line<'a> {
    fn new(piece: Piece<'a>) -> Self {
        let words = words_in(&piece.text);
        let short = words <= LONGEST_FURNITURE;
        let key = if short { plain(&piece.text) } else { String::new() };
        let rules = Furniture::embedded();
        let link = !ends_sentence(&piece.text) || words <= 4;
        let role = if !short {
            Role::Text
        } else if key.is_empty() || !key.contains(char::is_alphanumeric) || rules.drop.matches(&key) {
            Role::Drop
        } else if link && rules.end.matches(&key) {
            Role::End
        } else if link && rules.aside.matches(&key) {
            Role::Aside
        } else if rules.credit.matches(&key) {
            Role::Credit
        } else {
            Role::Text
        };
        Self { piece, key, role, words }
    }

    /// What it says about the article, if it says nothing else.
    pub(crate) fn meta(&self) -> Option<Meta> {
        // Most lines are paragraphs, and their words are counted already.
        (self.words <= meta::MOST_WORDS).then(|| Meta::read(&self.piece.text)).flatten()
    }

    /// Takes what a credit line says into the draft.
    pub(crate) fn credit(&self, draft: &mut Draft) {
        match self.meta() {
            Some(meta) => meta.fill(draft),
            None => draft.credit(Furniture::embedded().agencies_in(&self.piece.text)),
        }
    }

    /// A sentence or more, and no furniture.
    pub(crate) fn prose(&self) -> bool {
        self.role == Role::Text && (self.words > 25 || (self.words >= 4 && ends_sentence(&self.piece.text)))
    }

    /// A statement: the article goes on after links to other articles, which may be questions.
    fn resumes(&self) -> bool {
        self.prose() && (self.words > 25 || !self.piece.text.ends_with('?'))
    }

    /// A line without an end: a headline, a heading, a link.
    pub(crate) fn open(&self) -> bool {
        self.role == Role::Text
            && self.words <= 25
            && !ends_with_mark(&self.piece.text, &['.', '…', ':', ';', ','])
    }

    pub(crate) fn words(&self) -> usize {
        self.words
    }
}

/// As many pairs as can be counted in a byte, and no remainder for vectors of the usual widths.
const STRIDE: usize = 192;

/// How many words a text has, which are whatever stands between spaces.
fn words_in(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    // Pairs of bytes, counted in bytes, so that the compiler can look at many at a time.
    let space = |b: u8| (b == b' ') | (b.wrapping_sub(b'\t') < 5);
    let bytes = text.as_bytes();
    let Some((first, rest)) = bytes.split_first() else { return 0 };
    let begins = bytes.chunks(STRIDE).zip(rest.chunks(STRIDE)).map(|(before, after)| {
        let pairs = before.iter().zip(after);
        usize::from(pairs.fold(0_u8, |count, (&a, &b)| count + u8::from(space(a) & !space(b))))
    });
    begins.sum::<usize>() + usize::from(!space(*first))
}

/// Whether the last mark, closing quotes and brackets apart, ends a sentence.
pub(crate) fn ends_sentence(text: &str) -> bool {
    ends_with_mark(text, &['.', '!', '?', '…', '。'])
}

fn ends_with_mark(text: &str, marks: &[char]) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']).ends_with(marks)
}

/// A caption by the rules: `Photo: …`, `… (AP Photo/…)`.
fn is_caption(line: &Line) -> bool {
    let rules = Furniture::embedded();
    let marked = |text: &str| rules.caption_marks.iter().any(|mark| text.contains(mark.as_str()));
    let signs = || memchr::memchr3(b'(', b'/', b':', line.piece.text.as_bytes()).is_some();
    let may = || !rules.caption_signs || signs();
    rules.caption.matches(&line.key) || (line.words < 80 && may() && marked(&line.piece.text.to_lowercase()))
}

/// The kind of a piece that tags gave a kind to.
fn marked_kind(line: &Line) -> Option<BlockKind> {
    let loose = matches!(line.piece.kind, BlockKind::Paragraph | BlockKind::List);
    Some(if loose && is_caption(line) { BlockKind::Caption } else { line.piece.kind })
}

/// The kind of a plain line, by its form and by what follows; `None` for a stray line of the page.
fn kind(lines: &[Line], at: usize, leads: bool, page: bool, begun: bool) -> Option<BlockKind> {
    let line = &lines[at];
    if is_caption(line) {
        return Some(BlockKind::Caption);
    }
    if without_bullet(&line.piece.text).len() < line.piece.text.len() {
        return Some(BlockKind::List);
    }
    if !line.open() || line.words > 14 || line.prose() && !line.piece.text.ends_with('?') {
        return Some(BlockKind::Paragraph);
    }
    let open = |line: &&Line| line.role == Role::Text && line.open() && !line.prose();
    let run = lines[at + 1..].iter().take(2).take_while(open).count();
    let stray = page && (!leads || run >= 2);
    match (leads, stray) {
        (_, true) if begun => None,
        (true, _) if begun && run < 2 => Some(BlockKind::Heading),
        _ => Some(BlockKind::Paragraph),
    }
}

/// The text of a list's item.
fn without_bullet(text: &str) -> &str {
    const BULLETS: [&str; 8] = ["• ", "- ", "* ", "– ", "— ", "· ", "▪ ", "‣ "];
    BULLETS.iter().find_map(|bullet| text.strip_prefix(bullet)).map_or(text, str::trim_start)
}

/// The agencies of a line that names nothing else: `AFP - AP - Xinhua`, `(Reuters)`, `With agencies: AFP`.
pub(crate) fn tail_agencies(text: &str) -> Option<Vec<String>> {
    if text.len() > 100 {
        return None;
    }
    let rules = Furniture::embedded();
    let agencies: Option<Vec<String>> = text
        .split(|c: char| {
            matches!(c, ',' | '/' | '|' | '&' | '–' | '—' | '•' | '+' | ';' | '(' | ')' | '[' | ']')
        })
        .flat_map(|part| part.split(" - ").flat_map(|part| part.split(" and ")))
        .map(|part| part.trim().trim_matches(['-', '.', ' ', '*', '_']))
        .filter(|part| !part.is_empty() && !part.eq_ignore_ascii_case("agencies"))
        .map(|part| rules.agency(part).map(str::to_owned))
        .collect();
    agencies.filter(|list| {
        !list.is_empty() || text.trim_matches(['-', '—', ' ']).eq_ignore_ascii_case("agencies")
    })
}

/// Whether a line says the title or standfirst again.
fn is_repeated_head(draft: &Draft, key: &str) -> bool {
    !key.is_empty() && [&draft.title, &draft.standfirst].into_iter().flatten().any(|head| plain(head) == key)
}

/// Whether a block of the page's tree says what one just before it said: a caption stands there once for every size of
/// its picture. Farther apart, recipes and lists do repeat themselves.
fn is_repeated(out: &[Piece], text: &str) -> bool {
    text.len() > 40 && out.iter().rev().take(3).any(|piece| piece.text == text)
}

/// Takes the dateline off a paragraph.
fn file_from(draft: &mut Draft, text: &mut Cow<'_, str>) {
    if let Some(line) = Dateline::read(text) {
        cut_front(text, line.len);
        draft.located = draft.located.take().or(line.located);
        draft.credit(line.agencies);
    }
}

/// Takes the closing mark of a wire text and an agency's signature off the last paragraph.
fn close(draft: &mut Draft, text: &mut Cow<'_, str>) {
    let rules = Furniture::embedded();
    loop {
        let whole = text.trim_end();
        let cut = rules.closing.iter().find_map(|mark| {
            let at = whole.len().checked_sub(mark.len())?;
            let tail = whole.get(at..)?;
            let apart = whole[..at].ends_with(char::is_whitespace) && ends_sentence(whole[..at].trim_end());
            // In its own capitals: "the war ends" is no mark.
            (tail.eq_ignore_ascii_case(mark) && tail.starts_with(|c: char| !c.is_lowercase()) && apart)
                .then_some(at)
        });
        let signed = || {
            let at = whole.rfind(['(', '—', '–', '-', '/'])?;
            let agencies = tail_agencies(&whole[at..])?;
            let ended = ends_sentence(whole[..at].trim_end_matches([' ', '-', '—', '–', '/', '(']));
            ended.then_some((at, agencies))
        };
        let at = match cut {
            Some(at) => at,
            None => match signed() {
                Some((at, agencies)) => {
                    draft.credit(agencies);
                    at
                }
                None => return,
            },
        };
        let kept = text[..at].trim_end_matches([' ', '-', '—', '–', '/', '(']).len();
        match text {
            Cow::Borrowed(text) => *text = &text[..kept],
            Cow::Owned(text) => text.truncate(kept),
        }
    }
}

/// Takes the first bytes off.
fn cut_front(text: &mut Cow<'_, str>, bytes: usize) {
    match text {
        Cow::Borrowed(text) => *text = &text[bytes..],
        Cow::Owned(text) => drop(text.drain(..bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::words_in;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_counted_as_they_are_split(text in "[ -~\\t\\n\\x0b\\x0c\\r\\x1c\u{a0}é]{0,40}") {
            prop_assert_eq!(words_in(&text), text.split_whitespace().count());
        }
    }
}
