use crate::sets::Sets;
use crate::verbs::{Block, Pattern};
use crate::words::is_verb_form;

/// Prepositions that a pattern over frames knows.
const PREPOSITIONS: &[&str] = &[
    "about",
    "across",
    "after",
    "against",
    "along",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "between",
    "by",
    "concerning",
    "despite",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "near",
    "of",
    "on",
    "onto",
    "outside",
    "over",
    "regarding",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "upon",
    "via",
    "with",
    "within",
    "without",
];

/// Words that belong to the verb when nothing follows them: "hit out".
const PARTICLES: &[&str] = &[
    "ahead", "apart", "aside", "away", "back", "down", "forward", "in", "off", "on", "out", "over",
    "through", "together", "up",
];

const AUXILIARIES: &[&str] = &[
    "am", "are", "be", "been", "being", "can", "could", "did", "do", "does", "had", "has", "have", "is",
    "may", "might", "must", "shall", "should", "was", "were", "will", "would",
];

const ARTICLES: &[&str] = &["a", "an", "the", "his", "her", "its", "their"];

/// One part of a pattern as it is written.
#[derive(Clone, Debug, PartialEq)]
enum Item<'a> {
    /// `$`, `+`, `%`, `^`.
    Sign(char),
    /// A word or a set.
    Word(&'a str),
    /// `{…}`: words of one phrase.
    Phrase(Vec<&'a str>),
    /// `(…)`.
    Group(Vec<Item<'a>>),
}

/// What a pattern asks for, in the language of frames, as it is put together.
#[derive(Clone, Debug)]
struct Frame {
    subject: String,
    negated: bool,
    /// Words joined to the verb: particles, adverbs.
    joined: Vec<String>,
    parts: Vec<String>,
    /// Whether a part stands where the object does.
    object: bool,
}

/// A pattern as lines over frames, the closest first; or why it cannot be one.
pub(crate) fn translate(
    block: &Block<'_>,
    pattern: &Pattern<'_>,
    sets: &mut Sets,
) -> Result<Vec<String>, String> {
    // Where the target acts, the signs say what the code says already.
    let swapped = pattern.code.forth.is_none() && pattern.code.back.is_some();
    let mut frame = before(&items(pattern.before)?, swapped, sets)?;
    let mut frames = vec![];
    let items = items(pattern.after)?;
    after(&items, swapped, &mut frame, &mut frames, sets)?;
    frames.insert(0, frame);
    let mut lines = Vec::new();
    for frame in frames {
        let line = frame.line(block, sets);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// The line for the verbs of a block alone.
pub(crate) fn alone(predicate: &str) -> String {
    format!("ACTOR {predicate} [RECIPIENT]")
}

impl Frame {
    fn line(&self, block: &Block<'_>, sets: &mut Sets) -> String {
        let mut words: Vec<String> = block.verbs.iter().flat_map(|v| &v.predicates).cloned().collect();
        let mut name = block.name.clone();
        for joined in &self.joined {
            words.retain(|w| !w.starts_with('='));
            words = words.into_iter().map(|w| format!("{w}_{joined}")).collect();
            name = format!("{name}_{joined}");
        }
        let predicate = sets.verbs(&name, words);
        let not = if self.negated { "not " } else { "" };
        let mut line = format!("{} {not}{predicate}", self.subject);
        for part in &self.parts {
            line.push(' ');
            line.push_str(part);
        }
        if !self.object && !self.parts.iter().any(|p| p.contains("RECIPIENT")) && self.subject != "RECIPIENT"
        {
            line.push_str(" [RECIPIENT]");
        }
        line
    }
}

/// What stands before the verb: the subject, an adverb.
fn before(items: &[Item<'_>], swapped: bool, sets: &mut Sets) -> Result<Frame, String> {
    let mut frame = Frame {
        subject: "ACTOR".into(),
        negated: false,
        joined: Vec::new(),
        parts: Vec::new(),
        object: false,
    };
    let mut words = None;
    for item in items {
        match item {
            Item::Sign('+') if !swapped => frame.subject = "RECIPIENT".into(),
            Item::Sign('$' | '+' | '^') => {}
            Item::Sign(_) => frame.subject = "ACTORS".into(),
            Item::Group(_) => return Err("a preposition before the verb".into()),
            Item::Word(word) => {
                let lower = word.to_lowercase();
                let plain = lower.trim_matches('_');
                if matches!(plain, "not" | "never" | "n't" | "neither") {
                    return Err(
                        "the dictionary of opposites and the frame's own negation stand for \"not\"".into()
                    );
                } else if AUXILIARIES.contains(&plain)
                    || plain.starts_with("&auxverb")
                    || plain == "&tobeverb"
                {
                    return Err("an auxiliary verb: a frame tells mood and tense by itself".into());
                } else if is_adverb(plain) {
                    frame.joined.push(plain.to_owned());
                } else if is_verb_form(plain) {
                    return Err("another verb before the verb".into());
                } else if PREPOSITIONS.contains(&plain) {
                    return Err("a preposition before the verb".into());
                } else if words.replace(sets.phrase(&[word])?).is_some() {
                    return Err("several phrases before the verb".into());
                }
            }
            Item::Phrase(phrase) => {
                let parts: Vec<&str> = phrase.iter().map(AsRef::as_ref).collect();
                if words.replace(sets.phrase(&parts)?).is_some() {
                    return Err("several phrases before the verb".into());
                }
            }
        }
    }
    if let Some(words) = words {
        if frame.subject == "RECIPIENT" {
            return Err("the target before a thing that acts".into());
        }
        frame.subject = words;
    }
    Ok(frame)
}

/// What stands behind the verb. `others` gets the same pattern with words farther off.
fn after(
    items: &[Item<'_>],
    swapped: bool,
    frame: &mut Frame,
    others: &mut Vec<Frame>,
    sets: &mut Sets,
) -> Result<(), String> {
    let mut at = 0;
    while let Some(item) = items.get(at) {
        at += 1;
        match item {
            Item::Sign('^') => {}
            Item::Sign(_) if swapped => {}
            Item::Sign('$') if frame.subject == "RECIPIENT" => part(frame, others, "... ACTOR"),
            Item::Sign('+') if frame.subject != "RECIPIENT" => part(frame, others, "... RECIPIENT"),
            Item::Sign(_) => {}
            Item::Group(group) => preposition(group, swapped, frame, others, sets)?,
            Item::Phrase(words) => noun(words, frame, others, sets)?,
            Item::Word(word) => {
                let lower = word.to_lowercase();
                let plain = lower.trim_matches('_');
                let next = items.get(at);
                if matches!(plain, "not" | "never") {
                    return Err("a negation behind the verb".into());
                } else if ARTICLES.contains(&plain) {
                } else if is_adverb(plain) || (PARTICLES.contains(&plain) && !heads_group(plain, next)) {
                    join(frame, others, plain);
                } else if PREPOSITIONS.contains(&plain) {
                    // Flat words: the preposition takes what follows, up to the next one.
                    let mut group = vec![item.clone()];
                    while let Some(next) = items.get(at).filter(|next| follows(next)) {
                        group.push(next.clone());
                        at += 1;
                    }
                    preposition(&group, swapped, frame, others, sets)?;
                } else {
                    noun(&[word], frame, others, sets)?;
                }
            }
        }
    }
    Ok(())
}

/// Adds a part to the pattern and to what else it may look like.
fn part(frame: &mut Frame, others: &mut [Frame], part: &str) {
    std::iter::once(frame).chain(others).for_each(|frame| frame.parts.push(part.to_owned()));
}

/// Joins a word to the verb.
fn join(frame: &mut Frame, others: &mut [Frame], word: &str) {
    std::iter::once(frame).chain(others).for_each(|frame| frame.joined.push(word.to_owned()));
}

/// Whether a particle is in truth the preposition of what follows: "on {…}".
fn heads_group(word: &str, next: Option<&Item<'_>>) -> bool {
    PREPOSITIONS.contains(&word) && next.is_some_and(|next| !matches!(next, Item::Group(_)))
}

/// Whether a part may stand behind a preposition written without brackets.
fn follows(item: &Item<'_>) -> bool {
    match item {
        Item::Word(word) => !PREPOSITIONS.contains(&word.to_lowercase().as_str()),
        Item::Group(_) => false,
        _ => true,
    }
}

/// A noun behind the verb: its object, or else a word farther off.
fn noun(words: &[&str], frame: &mut Frame, others: &mut Vec<Frame>, sets: &mut Sets) -> Result<(), String> {
    let set = sets.phrase(words)?;
    if frame.object {
        part(frame, others, &format!("... {set}"));
        return Ok(());
    }
    let mut far = frame.clone();
    far.parts.push(format!("... {set}"));
    frame.parts.push(set);
    frame.object = true;
    others.push(far);
    Ok(())
}

/// `(OF TALKS WITH +)`: prepositions with what they take.
fn preposition(
    group: &[Item<'_>],
    swapped: bool,
    frame: &mut Frame,
    others: &mut Vec<Frame>,
    sets: &mut Sets,
) -> Result<(), String> {
    let Some((Item::Word(first), rest)) = group.split_first() else {
        return Err("a group that begins with no preposition".into());
    };
    let lower = first.trim_matches('_').to_lowercase();
    if !PREPOSITIONS.contains(&lower.as_str()) {
        if PARTICLES.contains(&lower.as_str()) {
            join(frame, others, &lower);
            return after(rest, swapped, frame, others, sets);
        }
        return Err(format!("{:?} is no preposition that frames know", first.to_uppercase()));
    }
    let mut words: Vec<&str> = Vec::new();
    let mut slot = None;
    let mut next = 0;
    while let Some(item) = rest.get(next) {
        match item {
            Item::Word(word) if !words.is_empty() && PREPOSITIONS.contains(&word.to_lowercase().as_str()) => {
                break;
            }
            Item::Word(word) if ARTICLES.contains(&word.to_lowercase().as_str()) => {}
            Item::Word(word) => words.push(word),
            Item::Phrase(phrase) => words.extend(phrase),
            Item::Sign('$') if !swapped && frame.subject == "RECIPIENT" => slot = Some("ACTOR"),
            Item::Sign('+') if !swapped && frame.subject != "RECIPIENT" => slot = Some("RECIPIENT"),
            Item::Sign(_) => slot = slot.or(Some("ANY")),
            Item::Group(_) => break,
        }
        next += 1;
    }
    let own = match (words.is_empty(), slot) {
        (false, _) => format!("{lower} {}", sets.phrase(&words)?),
        (true, Some(slot)) => format!("{lower} {slot}"),
        (true, None) => format!("{lower} ANY"),
    };
    if words.is_empty() && slot.is_none() && PARTICLES.contains(&lower.as_str()) {
        let mut close = frame.clone();
        close.joined.push(lower.clone());
        part(frame, others, &own);
        others.push(close);
    } else {
        part(frame, others, &own);
    }
    if let (false, Some(slot @ ("ACTOR" | "RECIPIENT"))) = (words.is_empty(), slot) {
        part(frame, others, &format!("... {slot}"));
    }
    after(rest.get(next..).unwrap_or_default(), swapped, frame, others, sets)
}

fn is_adverb(word: &str) -> bool {
    word.len() > 4
        && word.ends_with("ly")
        && !matches!(word, "family" | "assembly" | "supply" | "reply" | "rally" | "ally")
}

/// The parts of one side of a pattern.
fn items(text: &str) -> Result<Vec<Item<'_>>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (item, after) = match first {
            '{' => {
                let (inner, after) = rest[1..].split_once('}').ok_or("a brace is not closed")?;
                (Item::Phrase(inner.split_whitespace().collect()), after)
            }
            '(' => {
                let (inner, after) = rest[1..].split_once(')').ok_or("a bracket is not closed")?;
                (Item::Group(items(inner)?), after)
            }
            '$' | '+' | '%' | '^' => (Item::Sign(first), &rest[1..]),
            '}' | ')' => return Err("a brace or bracket is closed that was not opened".into()),
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || "{}()".contains(c)).unwrap_or(rest.len());
                (Item::Word(&rest[..end]), &rest[end..])
            }
        };
        if !matches!(&item, Item::Phrase(words) if words.is_empty()) {
            found.push(item);
        }
        rest = after.trim_start();
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use crate::Text;
    use crate::sets::Sets;
    use crate::verbs::Verbs;
    use std::collections::BTreeMap;

    fn translated(pattern: &str) -> Result<Vec<String>, String> {
        let text = format!("--- GO [010] ---\nGO\n- {pattern} [020]\n");
        let source = Text::new("v", text);
        let (mut verbs, mut faults) = (Verbs::default(), Vec::new());
        verbs.read(&source, &mut faults);
        assert!(faults.is_empty(), "{faults:?}");
        let mut sets = Sets::new(BTreeMap::new());
        super::translate(&verbs.blocks[0], &verbs.blocks[0].patterns[0], &mut sets)
    }

    #[test]
    fn patterns_become_lines_over_frames() {
        for (pattern, lines) in [
            (
                "* EFFORTS",
                &["ACTOR {go} {effort, efforts}", "ACTOR {go} ... {effort, efforts} [RECIPIENT]"][..],
            ),
            ("* (TO {PEACE PLAN})", &["ACTOR {go} to {peace_plan} [RECIPIENT]"]),
            ("* (WITH)", &["ACTOR {go} with ANY [RECIPIENT]"]),
            ("* (OFF)", &["ACTOR {go_off} [RECIPIENT]"]),
            ("POLICY *", &["{policy} {go} [RECIPIENT]"]),
            ("% *", &["ACTORS {go} [RECIPIENT]"]),
            ("+ * (FROM $)", &["RECIPIENT {go} from ACTOR"]),
            ("* PUBLICLY (WITH +)", &["ACTOR {go_publicly} with RECIPIENT"]),
            ("* OUT (AT CLAIM)", &["ACTOR {go_out} at {claim} [RECIPIENT]"]),
            ("* OVER MEETING OF +", &["ACTOR {go} over {meet, meeting} of RECIPIENT"]),
        ] {
            assert_eq!(
                translated(pattern).as_deref(),
                Ok(&lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>()[..]),
                "{pattern}"
            );
        }
    }

    #[test]
    fn what_frames_cannot_say_is_refused_with_a_reason() {
        for pattern in ["WILL *", "NOT *", "(IN) *", "INDICATED *", "* (TO {A}", "* &NONE", "A B *"] {
            assert!(translated(pattern).is_err(), "{pattern}");
        }
    }
}
