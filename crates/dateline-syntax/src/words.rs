use dateline_text::Span;

/// Splits the text of one block into words in the manner of English Universal Dependencies.
///
/// Appends to `out` spans in order that do not overlap and hold no white space.
pub(crate) fn words(text: &str, block: Span, out: &mut Vec<Span>) {
    let base = block.start as usize;
    let part = block.of(text);
    let mut rest = 0;
    for (at, c) in part.char_indices() {
        if c.is_whitespace() || is_invisible(c) {
            chunk(part, rest, at, base, out);
            rest = at + c.len_utf8();
        }
    }
    chunk(part, rest, part.len(), base, out);
}

/// Characters that show nothing and belong to no word.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// Splits one run of visible characters.
fn chunk(part: &str, start: usize, end: usize, base: usize, out: &mut Vec<Span>) {
    let mut push = |s: usize, e: usize| {
        if s < e {
            out.push(Span::new(base + s, base + e));
        }
    };
    let (mut s, mut e) = (start, end);
    let mut tail = Vec::new();
    while s < e {
        let run = &part[s..e];
        let Some(first) = run.chars().next() else { break };
        if is_opening(first) && run.len() > first.len_utf8() {
            push(s, s + first.len_utf8());
            s += first.len_utf8();
            continue;
        }
        break;
    }
    while s < e {
        let run = &part[s..e];
        let Some(last) = run.chars().next_back() else { break };
        if run.len() == last.len_utf8() {
            break;
        }
        let cut = if run.ends_with("...") {
            run.len() - run.trim_end_matches('.').len()
        } else if is_closing(last) || (last == '.' && !keeps_period(run)) {
            last.len_utf8()
        } else {
            break;
        };
        if cut == run.len() {
            break;
        }
        tail.push((e - cut, e));
        e -= cut;
    }
    inner(part, s, e, &mut push);
    for (s, e) in tail.into_iter().rev() {
        push(s, e);
    }
}

fn inner(part: &str, s: usize, e: usize, push: &mut impl FnMut(usize, usize)) {
    let run = &part[s..e];
    if run.contains("://") || run.contains('@') || run.starts_with("www.") {
        return push(s, e);
    }
    // Dashes and hyphens between letters stand alone.
    let mut at = 0;
    for (i, c) in run.char_indices() {
        if matches!(c, '-' | '–' | '—' | '/') && i > 0 {
            let before = run[..i].chars().next_back();
            let after = run[i + c.len_utf8()..].chars().next();
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            if letter(before) && letter(after) && !(c == '/' && number(before) && number(after)) {
                contraction(part, s + at, s + i, push);
                push(s + i, s + i + c.len_utf8());
                at = i + c.len_utf8();
            }
        }
    }
    contraction(part, s + at, e, push);
}

fn contraction(part: &str, s: usize, e: usize, push: &mut impl FnMut(usize, usize)) {
    let run = &part[s..e];
    let lower = run.to_ascii_lowercase();
    if lower == "cannot" {
        push(s, s + 3);
        return push(s + 3, e);
    }
    for suffix in ["n't", "n’t", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m"] {
        if lower.len() > suffix.len() && lower.ends_with(suffix) {
            push(s, e - suffix.len());
            return push(e - suffix.len(), e);
        }
    }
    push(s, e);
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '{' | '<' | '$' | '#' | '*' | '£' | '€' | '«' | '¿' | '¡')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '}' | '>' | ',' | ';' | ':' | '!' | '?' | '%' | '…' | '»' | '*')
}

/// Whether a run's last period is part of an abbreviation.
fn keeps_period(run: &str) -> bool {
    let stem = run.trim_end_matches('.');
    stem.contains('.') && stem.split('.').all(|p| p.chars().count() <= 2)
        || (stem.chars().count() == 1 && stem.chars().all(char::is_uppercase))
        || TITLES.contains(&stem.to_ascii_lowercase().as_str())
}

const TITLES: [&str; 40] = [
    "adm", "apr", "aug", "brig", "capt", "co", "col", "corp", "dec", "dr", "feb", "gen", "gov", "inc", "jan", "jr",
    "lt", "ltd", "maj", "mr", "mrs", "ms", "mt", "no", "nov", "oct", "prof", "rep", "rev", "sen", "sens", "reps",
    "sept", "sgt", "sr", "st", "vs", "gens", "cpl", "messrs",
];
