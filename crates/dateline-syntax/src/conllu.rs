//! CoNLL-U, the format of Universal Dependencies: sentences written, rows read.
//!
//! FEATS and DEPS are written as `_`. MISC tells names and gaps: `NER=B-PER` on the first word of a name and `NER=I-PER`
//! on the others, with `PER`, `ORG`, `LOC` and `MISC` for the kinds, and `SpaceAfter=No` where the next word follows
//! without a gap.

mod row;

pub use row::{Id, Row, RowError};

use crate::{Name, NameKind, Sentence, Token};

/// Appends a sentence of `text`: the comment `# text`, in which every gap is one space, a row for each word, and the
/// empty line. `touching` says that the next sentence begins where this one ends, without a gap.
///
/// ```
/// use dateline_syntax::{Engine, Standard, conllu};
/// use dateline_text::Span;
///
/// let engine = Standard::embedded()?;
/// let text = "The talks resumed on Monday.";
/// let mut out = Vec::new();
/// for sentence in engine.analyse(text, &[Span::new(0, text.len())]) {
///     conllu::write(&mut out, text, &sentence, false);
/// }
/// let out = String::from_utf8_lossy(&out);
/// assert!(out.starts_with("# text = The talks resumed on Monday.\n1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n"));
/// # Ok::<(), dateline_syntax::ModelError>(())
/// ```
pub fn write(out: &mut Vec<u8>, text: &str, sentence: &Sentence, touching: bool) {
    let tokens = sentence.tokens.as_slice();
    let touches = |i: usize, token: &Token| match tokens.get(i + 1) {
        Some(next) => next.span.start == token.span.end,
        None => touching,
    };
    out.extend_from_slice(b"# text = ");
    for (i, token) in tokens.iter().enumerate() {
        out.extend_from_slice(token.span.of(text).as_bytes());
        if i + 1 < tokens.len() && !touches(i, token) {
            out.push(b' ');
        }
    }
    out.push(b'\n');
    let mut names = sentence.names.as_slice();
    for (i, token) in tokens.iter().enumerate() {
        number(out, i + 1);
        cell(out, token.span.of(text));
        analysis(out, token);
        let from = out.len();
        name(out, from, &mut names, i);
        if touches(i, token) {
            attribute(out, from, &["SpaceAfter=No"]);
        }
        end(out, from);
    }
    out.push(b'\n');
}

/// Appends a sentence as it was given, with the analysis that `sentence` has for its words, and the empty line.
///
/// Comments, the rows of multi-word tokens and of empty nodes, forms and MISC (save `NER`) stay as they are; all else
/// of a word's row is replaced. Rows that are none are left out.
pub fn rewrite(out: &mut Vec<u8>, given: &str, sentence: &Sentence) {
    let mut names = sentence.names.as_slice();
    let mut tokens = sentence.tokens.iter().enumerate();
    for line in given.lines().filter(|line| !line.is_empty()) {
        let row = if line.starts_with('#') { None } else { Row::parse(line).ok() };
        match row {
            Some(row) if matches!(row.id, Id::Word(_)) => {
                let Some((i, token)) = tokens.next() else { continue };
                number(out, i + 1);
                cell(out, row.form);
                analysis(out, token);
                let from = out.len();
                for kept in row.attributes().filter(|a| !a.starts_with("NER=")) {
                    attribute(out, from, &[kept]);
                }
                name(out, from, &mut names, i);
                end(out, from);
            }
            None if !line.starts_with('#') => {}
            _ => {
                out.extend_from_slice(line.as_bytes());
                out.push(b'\n');
            }
        }
    }
    out.push(b'\n');
}

/// The cells from LEMMA to DEPS, and the tab before MISC.
fn analysis(out: &mut Vec<u8>, token: &Token) {
    cell(out, &token.lemma);
    cell(out, token.upos.as_str());
    cell(out, token.xpos.as_str());
    out.extend_from_slice(b"\t_\t");
    number(out, token.head.map_or(0, |head| head as usize + 1));
    cell(out, token.relation.as_str());
    out.extend_from_slice(b"\t_\t");
}

/// What MISC, which begins at `from`, says of the name that word `i` is part of. `names` loses those that are behind.
fn name(out: &mut Vec<u8>, from: usize, names: &mut &[Name], i: usize) {
    while let Some((first, rest)) = names.split_first()
        && first.end as usize <= i
    {
        *names = rest;
    }
    if let Some(name) = names.first().filter(|name| name.first as usize <= i) {
        let place = if name.first as usize == i { "NER=B-" } else { "NER=I-" };
        attribute(out, from, &[place, kind(name.kind)]);
    }
}

/// The kind of a name as labels have it.
pub(crate) fn kind(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "PER",
        NameKind::Organization => "ORG",
        NameKind::Place => "LOC",
        NameKind::Other => "MISC",
    }
}

fn attribute(out: &mut Vec<u8>, from: usize, parts: &[&str]) {
    if out.len() > from {
        out.push(b'|');
    }
    for part in parts {
        out.extend_from_slice(part.as_bytes());
    }
}

/// Ends a row whose MISC begins at `from`.
fn end(out: &mut Vec<u8>, from: usize) {
    if out.len() == from {
        out.push(b'_');
    }
    out.push(b'\n');
}

/// A tab and what is in the cell behind it.
fn cell(out: &mut Vec<u8>, text: &str) {
    out.push(b'\t');
    out.extend_from_slice(if text.is_empty() { b"_" } else { text.as_bytes() });
}

fn number(out: &mut Vec<u8>, mut n: usize) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len() - 1;
    loop {
        digits[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 || at == 0 {
            break;
        }
        at -= 1;
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests;
