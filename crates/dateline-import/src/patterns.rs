use crate::Fault;
use crate::sets::Sets;
use crate::translate::{alone, translate};
use crate::verbs::{Block, EventCode};
use std::fmt::Write;

/// The event type of each CAMEO root, in order from 01; two that PLOVER does not have stand for statements and for codes
/// of other schemes.
const TYPES: [&str; 20] = [
    "STATEMENT",
    "REQUEST",
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "ACCUSE",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "MOBILIZE",
    "SANCTION",
    "COERCE",
    "ASSAULT",
    "ASSAULT",
    "ASSAULT",
];

/// Types beside PLOVER's, as the ontology file has them.
pub(crate) const MORE_TYPES: &str = "
# Added for the imported dictionary: statements (CAMEO 01), codes without a CAMEO root.
[[type]]
name = \"STATEMENT\"
quad = 1
score = 0.0
cameo = \"010\"

[[type]]
name = \"OTHER\"
quad = 1
score = 0.0
cameo = \"010\"
";

/// Patterns of all blocks as a pattern file, with how many lines were translated.
pub(crate) fn write(blocks: &[Block<'_>], sets: &mut Sets, faults: &mut Vec<Fault>) -> (String, usize) {
    let mut out = String::from(
        "# Patterns of an imported dictionary, by its blocks. `untranslated.tsv` lists what is not here.\n\nevent = \"OTHER\"\n",
    );
    let mut translated = 0;
    for (at, block) in blocks.iter().enumerate() {
        let twice = blocks.iter().take(at).filter(|b| b.name == block.name).count();
        let name = if twice == 0 { block.name.clone() } else { format!("{}-{}", block.name, twice + 1) };
        let mut groups: Vec<(EventCode, Vec<String>)> = Vec::new();
        let mut add = |code: &EventCode, lines: Vec<String>| {
            let place = groups.iter().position(|(there, _)| there == code);
            let place = place.unwrap_or_else(|| {
                groups.push((code.clone(), Vec::new()));
                groups.len() - 1
            });
            if let Some((_, all)) = groups.get_mut(place) {
                all.extend(lines.into_iter().filter(|line| !all.contains(line)).collect::<Vec<_>>());
            }
        };
        for verb in block.verbs.iter().filter(|v| v.code.is_some()) {
            if let Some(code) = &verb.code {
                add(code, vec![alone(&sets.verbs(&block.name, verb.predicates.clone()))]);
            }
        }
        let plain: Vec<String> =
            block.verbs.iter().filter(|v| v.code.is_none()).flat_map(|v| v.predicates.clone()).collect();
        if !plain.is_empty() {
            add(&block.code, vec![alone(&sets.verbs(&block.name, plain))]);
        }
        for pattern in &block.patterns {
            if block.verbs.is_empty() {
                faults.push(pattern.line.fault("its block has no verb that can be read"));
                continue;
            }
            match translate(block, pattern, sets) {
                Ok(lines) => {
                    add(&pattern.code, lines);
                    translated += 1;
                }
                Err(why) => faults.push(pattern.line.fault(why)),
            }
        }
        for (code, lines) in groups {
            entry(&mut out, &name, &code, &lines);
        }
    }
    (out, translated)
}

fn entry(out: &mut String, block: &str, code: &EventCode, lines: &[String]) {
    let EventCode { forth, back } = code;
    let (main, label) = match (forth, back) {
        (None, None) => (None, "none".to_owned()),
        (Some(forth), None) => (Some(forth), forth.clone()),
        (None, Some(back)) => (Some(back), format!("by-{back}")),
        (Some(forth), Some(back)) => (Some(forth), format!("{forth}-{back}")),
    };
    let _ = write!(out, "\n[[pattern]]\nname = {:?}\n", format!("{block}-{}", label.to_lowercase()));
    match main {
        Some(code) => {
            let _ = writeln!(out, "event = {:?}\ncameo = {code:?}", event_type(code));
        }
        None => out.push_str("event = \"NOTHING\"\n"),
    }
    match (forth, back) {
        (None, Some(_)) => out.push_str("swapped = true\n"),
        (Some(_), Some(back)) => {
            let _ = writeln!(out, "answer = {{ event = {:?}, cameo = {back:?} }}", event_type(back));
        }
        _ => {}
    }
    out.push_str("frame = [\n");
    for line in lines {
        let _ = writeln!(out, "  {line:?},");
    }
    out.push_str("]\n");
}

/// The type of a code, by its root.
fn event_type(code: &str) -> &'static str {
    let root = code.get(..2).and_then(|root| root.parse::<usize>().ok()).unwrap_or_default();
    root.checked_sub(1).and_then(|at| TYPES.get(at)).copied().unwrap_or("OTHER")
}
