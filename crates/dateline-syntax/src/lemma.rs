use crate::case::lower;
use crate::inflection::Ending;
use crate::lexicon::{Class, exceptions, is_base, is_word};
use crate::{Upos, Xpos};
use compact_str::CompactString;

/// The lemma of a form, in the manner of English Universal Dependencies.
///
/// Word lists and spelling decide wherever the tag says how the form is inflected: a network that has not seen a form
/// writes "kille" for "killed" now and then. `neural` is its proposal; it chooses the case of letters, chooses between
/// lemmas that share a form ("'s"), and stands in where the lists know nothing, if spelling bears it out.
pub(crate) fn lemma(form: &str, upos: Upos, xpos: Xpos, neural: Option<&str>) -> CompactString {
    let lower = lowered(form);
    if (xpos == Xpos::Cd || upos == Upos::Num) && form.starts_with(|c: char| c.is_ascii_digit()) {
        return number(form);
    }
    if upos == Upos::Punct || upos == Upos::Sym {
        return mark(form).into();
    }
    let proper = upos == Upos::Propn || matches!(xpos, Xpos::Nnp | Xpos::Nnps);
    let tag = inflection(upos, xpos);
    // A verb in a name: "United" in "United Airlines".
    if upos == Upos::Verb && xpos == Xpos::Nnp {
        return verb(&lower, Xpos::Vbn).map_or_else(|| form.into(), |base| in_case_of(form, &lower, &base));
    }
    let mut written = exceptions(&lower, tag.as_str());
    if let Some(first) = written.clone().next() {
        return neural.and_then(|n| written.find(|w| *w == n)).unwrap_or(first).into();
    }
    if matches!(tag, Xpos::Nns | Xpos::Nnps)
        && let Some(lemma) = letters(form)
    {
        return lemma.into();
    }
    let found = match tag {
        Xpos::Vbd | Xpos::Vbn | Xpos::Vbg | Xpos::Vbz => {
            verb(&lower, tag).or_else(|| unlisted(&lower, tag, neural))
        }
        Xpos::Vb | Xpos::Vbp => verb(&lower, tag).or_else(|| Some(lower.clone())),
        Xpos::Nns | Xpos::Jjr | Xpos::Jjs | Xpos::Rbr | Xpos::Rbs => {
            known(&lower, tag).or_else(|| unlisted(&lower, tag, neural))
        }
        Xpos::Nnps => known(&lower, Xpos::Nns).or_else(|| unlisted(&lower, Xpos::Nns, neural)),
        // A plural that was tagged as a singular.
        Xpos::Nn if lower.ends_with('s') && !abbreviation(form) && !is_base(&lower, Class::Noun) => {
            known(&lower, Xpos::Nns)
        }
        _ => None,
    };
    match found {
        Some(base) if proper => in_case_of(form, &lower, &base),
        Some(base) => base,
        None if lower == "i" && upos == Upos::Pron => "I".into(),
        None if common(form, &lower, upos) && !proper => lower,
        None => neural
            .filter(|n| lowered(n) == lower)
            .map_or_else(|| if proper { form.into() } else { lower }, Into::into),
    }
}

/// The tag by which to take a form apart: the fine one, unless it belongs to another part of speech.
fn inflection(upos: Upos, xpos: Xpos) -> Xpos {
    let verbal =
        matches!(xpos, Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz | Xpos::Md);
    match (upos, xpos) {
        (Upos::Verb, Xpos::Nns) => Xpos::Vbz,
        (Upos::Verb | Upos::Aux, _) if !verbal => Xpos::Vbn,
        (Upos::Part, _) if !matches!(xpos, Xpos::Pos | Xpos::Rb) => Xpos::To,
        (Upos::Noun, Xpos::Vbz | Xpos::Nnps) => Xpos::Nns,
        (Upos::Noun, _) if verbal => Xpos::Nn,
        (Upos::Propn, Xpos::Nns) => Xpos::Nnps,
        (Upos::Propn, Xpos::Nnps) => Xpos::Nnps,
        (Upos::Propn, _) => Xpos::Nnp,
        (Upos::Adj, Xpos::Rbr) => Xpos::Jjr,
        (Upos::Adj, Xpos::Rbs) => Xpos::Jjs,
        (Upos::Adj, _) if verbal => Xpos::Jj,
        (Upos::Adv, Xpos::Jjr) => Xpos::Rbr,
        (Upos::Adv, Xpos::Jjs) => Xpos::Rbs,
        _ => xpos,
    }
}

/// Whether a word's capitals are due to its place alone, at the head of a sentence or in a heading.
fn common(form: &str, lower: &str, upos: Upos) -> bool {
    use Upos::{Adj, Adp, Adv, Aux, Cconj, Det, Noun, Part, Pron, Sconj, Verb};
    let abbreviation = form.len() < 4 && abbreviation(form);
    match upos {
        Adp | Aux | Cconj | Det | Part | Pron | Sconj | Verb => true,
        Noun => !abbreviation && is_base(lower, Class::Noun),
        Adj => !abbreviation && is_base(lower, Class::Adjective),
        Adv => !abbreviation && is_base(lower, Class::Adverb),
        _ => false,
    }
}

/// Whether a form has capitals beyond its first letter.
fn abbreviation(form: &str) -> bool {
    form.chars().skip(1).any(char::is_uppercase)
}

/// The base of a verb's form: by its tag, or else by any other form of a verb, for taggers mix these up.
fn verb(lower: &str, tag: Xpos) -> Option<CompactString> {
    if matches!(tag, Xpos::Vb | Xpos::Vbp) && is_base(lower, Class::Verb) {
        return Some(lower.into());
    }
    let others = [Xpos::Vbn, Xpos::Vbd, Xpos::Vbg, Xpos::Vbz];
    known(lower, tag).or_else(|| others.into_iter().filter(|&t| t != tag).find_map(|t| known(lower, t)))
}

/// The base of a lower-case form with a tag, if the lists know it.
fn known(lower: &str, tag: Xpos) -> Option<CompactString> {
    let (class, ending) = parts(tag)?;
    listed(lower, tag, class, ending)
        // "re-elected", "vice-presidents": the last part is inflected.
        .or_else(|| {
            let at = lower.rfind('-')? + 1;
            let (before, last) = (lower.get(..at)?, lower.get(at..)?);
            Some(joined(before, &listed(last, tag, class, ending)?))
        })
        // "outgunned", "rearrested", "counterprotests": so is what follows a prefix.
        .or_else(|| {
            PREFIXES.iter().find_map(|prefix| {
                let last = lower.strip_prefix(prefix).filter(|last| last.len() > 4)?;
                let base = listed(last, tag, class, ending)?;
                (base != last).then(|| joined(prefix, &base))
            })
        })
}

/// The base of a lower-case form that stands in the lists whole.
fn listed(lower: &str, tag: Xpos, class: Class, ending: Ending) -> Option<CompactString> {
    (exceptions(lower, tag.as_str()).next().map(CompactString::from))
        .or_else(|| ending.base(lower, |base| is_base(base, class)))
        .or_else(|| is_base(lower, class).then(|| lower.into()))
}

/// The base of a form that the lists do not know: another spelling of a known word, the network's, or a guess.
fn unlisted(lower: &str, tag: Xpos, neural: Option<&str>) -> Option<CompactString> {
    let (class, ending) = parts(tag)?;
    if tag == Xpos::Nns && lower.len() > 5 && lower.ends_with("men") {
        return Some(joined(lower.get(..lower.len() - 3)?, "man"));
    }
    let neural = neural.map(lowered);
    // "torches", "tweeted": nouns become verbs every day.
    ending
        .base(lower, is_word)
        .or_else(|| ending.base(lower, |base| is_base(&american(base), class)))
        // "redlined", "firebombed": what ends in a known word is inflected like it.
        .or_else(|| {
            lower.char_indices().skip(2).find_map(|(at, _)| {
                let (before, last) = (lower.get(..at)?, lower.get(at..).filter(|last| last.len() > 4)?);
                let base = listed(last, tag, class, ending)?;
                (base != last).then(|| joined(before, &base))
            })
        })
        .or_else(|| ending.base(lower, |base| neural.as_deref() == Some(base)))
        .or_else(|| ending.guess(lower))
}

/// A word respelt the American way, as far as endings go: "militarise", "armour".
fn american(base: &str) -> CompactString {
    for (british, american) in
        [("ise", "ize"), ("yse", "yze"), ("our", "or"), ("tre", "ter"), ("isation", "ization")]
    {
        if let Some(stem) = base.strip_suffix(british) {
            return joined(stem, american);
        }
    }
    base.into()
}

fn parts(tag: Xpos) -> Option<(Class, Ending)> {
    Some(match tag {
        Xpos::Vbd | Xpos::Vbn => (Class::Verb, Ending::Ed),
        Xpos::Vbg => (Class::Verb, Ending::Ing),
        Xpos::Vbz => (Class::Verb, Ending::S),
        Xpos::Nns | Xpos::Nnps => (Class::Noun, Ending::S),
        Xpos::Jjr => (Class::Adjective, Ending::Er),
        Xpos::Jjs => (Class::Adjective, Ending::Est),
        Xpos::Rbr => (Class::Adverb, Ending::Er),
        Xpos::Rbs => (Class::Adverb, Ending::Est),
        _ => return None,
    })
}

const PREFIXES: [&str; 24] = [
    "re", "un", "over", "out", "under", "mis", "dis", "counter", "co", "de", "fore", "pre", "inter", "super",
    "sub", "trans", "non", "anti", "self", "up", "back", "cross", "mega", "micro",
];

fn joined(before: &str, after: &str) -> CompactString {
    let mut word = CompactString::from(before);
    word.push_str(after);
    word
}

/// The lemma of a plural that is no word: "MP" of "MPs", and "1990s" of itself.
fn letters(form: &str) -> Option<&str> {
    let stem = form.strip_suffix('s')?;
    let stem = stem.strip_suffix(['\'', '’']).unwrap_or(stem);
    if stem.ends_with(|c: char| c.is_ascii_digit()) && !stem.contains(char::is_alphabetic) {
        return Some(form);
    }
    let capital = |c: char| c.is_uppercase() || c.is_ascii_digit();
    (stem.len() > 1 && stem.chars().all(capital)).then_some(stem)
}

/// Punctuation as a plain keyboard has it.
fn mark(form: &str) -> &str {
    match form {
        "“" | "”" | "``" | "''" => "\"",
        "‘" | "’" => "'",
        "–" => "-",
        _ => form,
    }
}

/// The form in lower case and with straight apostrophes.
fn lowered(form: &str) -> CompactString {
    if form.is_ascii() {
        let mut lower = CompactString::from(form);
        lower.make_ascii_lowercase();
        return lower;
    }
    form.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// The base with the capitals of the form that it comes from: "State" from "States".
fn in_case_of(form: &str, lower: &str, base: &str) -> CompactString {
    if form.chars().count() != lower.chars().count() {
        return base.into();
    }
    let same = lower.chars().zip(base.chars()).take_while(|(a, b)| a == b).count();
    form.chars().take(same).chain(base.chars().skip(same)).collect()
}

/// A number without the commas between its digits.
fn number(form: &str) -> CompactString {
    let mut last = ' ';
    let mut rest = form.chars().peekable();
    let mut number = CompactString::default();
    while let Some(c) = rest.next() {
        let between = last.is_ascii_digit() && rest.peek().is_some_and(char::is_ascii_digit);
        if c != ',' || !between {
            number.push(c);
        }
        last = c;
    }
    number
}

/// A rule that turns a form into its lemma, as the treebank's scripts write it: `case|cut|suffix` or `=lemma`.
#[derive(Debug, PartialEq)]
pub(crate) enum LemmaRule {
    /// Lower-case first if asked, then cut so many letters from the end and add the suffix.
    Change { lower: bool, cut: usize, suffix: String },
    /// The lemma itself.
    Irregular(String),
}

impl LemmaRule {
    pub(crate) fn parse(script: &str) -> Option<Self> {
        if let Some(lemma) = script.strip_prefix('=') {
            return Some(Self::Irregular(lemma.to_owned()));
        }
        let mut parts = script.splitn(3, '|');
        let lower = match parts.next()? {
            "k" => false,
            "l" => true,
            _ => return None,
        };
        Some(Self::Change { lower, cut: parts.next()?.parse().ok()?, suffix: parts.next()?.to_owned() })
    }

    /// The lemma of `form`, if the rule makes sense for it.
    pub(crate) fn apply(&self, form: &str) -> Option<CompactString> {
        match self {
            Self::Irregular(lemma) => {
                // A number's lemma is the number without its commas; the rule of another number is none.
                let number = lemma.starts_with(|c: char| c.is_ascii_digit());
                let fits = !number || form.chars().filter(|&c| c != ',').eq(lemma.chars());
                fits.then(|| lemma.as_str().into())
            }
            Self::Change { lower: small, cut, suffix } => {
                let base = if *small { lower(form) } else { form.into() };
                let end = match cut {
                    0 => base.len(),
                    _ => base.char_indices().rev().nth(cut - 1)?.0,
                };
                let mut lemma = CompactString::from(base.get(..end)?);
                lemma.push_str(suffix);
                (!lemma.is_empty()).then_some(lemma)
            }
        }
    }
}

#[cfg(test)]
mod tests;
