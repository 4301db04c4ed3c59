use crate::lines::{Line, lines};
use crate::words::verb;
use crate::{Fault, Text};
use std::collections::BTreeMap;

/// A file of verbs, taken apart: synonym sets and blocks.
#[derive(Debug, Default)]
pub(crate) struct Verbs<'a> {
    /// Members of `&NAME`, by name without `&`.
    pub(crate) sets: BTreeMap<String, Vec<String>>,
    pub(crate) blocks: Vec<Block<'a>>,
}

/// Verbs that share a code and patterns.
#[derive(Debug)]
pub(crate) struct Block<'a> {
    pub(crate) name: String,
    pub(crate) code: EventCode,
    pub(crate) verbs: Vec<Verb>,
    pub(crate) patterns: Vec<Pattern<'a>>,
}

/// A verb: the ways to write it as a pattern's predicate, and a code of its own.
#[derive(Debug)]
pub(crate) struct Verb {
    pub(crate) predicates: Vec<String>,
    pub(crate) code: Option<EventCode>,
}

/// A pattern as it stands.
#[derive(Debug)]
pub(crate) struct Pattern<'a> {
    pub(crate) line: Line<'a>,
    /// What stands before `*` and after it, without the code.
    pub(crate) before: &'a str,
    pub(crate) after: &'a str,
    pub(crate) code: EventCode,
}

/// What an event is coded as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EventCode {
    /// What the source does to the target: `a` of `a:b`.
    pub(crate) forth: Option<String>,
    /// What the target does to the source: `b` of `a:b` and `:b`.
    pub(crate) back: Option<String>,
}

impl EventCode {
    /// Reads what stands between the brackets; `None` for what is no code.
    pub(crate) fn parse(written: &str) -> Option<Self> {
        let written = written.trim();
        if written.trim_matches('-').is_empty() {
            return Some(Self::default());
        }
        let (forth, back) = written.split_once(':').unwrap_or((written, ""));
        let one = |code: &str| match code.trim() {
            "" | "---" => Some(None),
            code => {
                let digits = code.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                let fits = (2..=4).contains(&digits.len())
                    && digits.bytes().all(|b| b.is_ascii_digit())
                    && code.len() <= digits.len() + 1;
                fits.then(|| Some(code.to_uppercase()))
            }
        };
        Some(Self { forth: one(forth)?, back: one(back)? })
    }
}

impl<'a> Verbs<'a> {
    /// Reads a file of verbs.
    pub(crate) fn read(&mut self, source: &'a Text, faults: &mut Vec<Fault>) {
        let mut set: Option<String> = None;
        for line in lines(source) {
            let text = line.text.trim();
            let first = text.chars().next().unwrap_or(' ');
            if first == '&' {
                let name = set_name(text);
                self.sets.entry(name.clone()).or_default();
                set = Some(name);
            } else if text.starts_with("--") {
                set = None;
                self.header(&line, text, faults);
            } else if let (Some(name), '+') = (&set, first) {
                let members = self.sets.entry(name.clone()).or_default();
                let member = text.trim_start_matches('+').trim().to_owned();
                if !member.is_empty() && !members.contains(&member) {
                    members.push(member);
                }
            } else if first == '~' {
                faults.push(line.fault(
                    "a transformation of what one says of another's deed; frames keep speaker and deed apart",
                ));
            } else if first == '-' || first == '*' {
                set = None;
                self.pattern(&line, faults);
            } else {
                set = None;
                self.verb(&line, text, faults);
            }
        }
    }

    fn header(&mut self, line: &Line<'a>, text: &str, faults: &mut Vec<Fault>) {
        let inner = text.trim_matches(|c: char| c == '-' || c.is_whitespace());
        let (name, code) = match (inner.split_once('['), inner.rsplit_once(char::is_whitespace)) {
            (Some((name, code)), _) => (name, code),
            // "120]--": the bracket was not opened.
            (None, Some((name, code))) if code.contains(']') => (name, code),
            _ => (inner, ""),
        };
        let written = code.split(']').next().unwrap_or_default();
        let code = EventCode::parse(written);
        if code.is_none() {
            faults.push(line.fault(format!("[{written}] is no event code; the verbs alone are no event")));
        }
        let name = name.trim().to_lowercase();
        let name: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        let blocks = &mut self.blocks;
        blocks.push(Block { name, code: code.unwrap_or_default(), verbs: Vec::new(), patterns: Vec::new() });
    }

    fn verb(&mut self, line: &Line<'a>, text: &str, faults: &mut Vec<Fault>) {
        let Some(block) = self.blocks.last_mut() else {
            faults.push(line.fault("a verb stands before the first block"));
            return;
        };
        let name = text.split(['{', '[']).next().unwrap_or_default().trim();
        let has_forms = text.contains('{');
        let code = match text.split_once('[') {
            Some((_, code)) => match EventCode::parse(code.split(']').next().unwrap_or_default()) {
                Some(code) => Some(code),
                None => {
                    faults.push(line.fault("the verb's own code is no event code; the block's is taken"));
                    None
                }
            },
            None => None,
        };
        match verb(name, has_forms) {
            Some(predicates) => block.verbs.push(Verb { predicates, code }),
            None => faults.push(line.fault("it is no verb, pattern, set or header")),
        }
    }

    fn pattern(&mut self, line: &Line<'a>, faults: &mut Vec<Fault>) {
        let Some(block) = self.blocks.last_mut() else {
            faults.push(line.fault("a pattern stands before the first block"));
            return;
        };
        let text = line.text.trim().trim_start_matches('-');
        let Some((body, code)) = text.rsplit_once('[') else {
            faults.push(line.fault("the pattern has no code"));
            return;
        };
        let Some(code) = EventCode::parse(code.split(']').next().unwrap_or_default()) else {
            faults.push(line.fault("the code is no event code"));
            return;
        };
        let Some((before, after)) = body.split_once('*') else {
            faults.push(line.fault("the pattern has no * where the verb stands"));
            return;
        };
        block.patterns.push(Pattern { line: line.clone(), before: before.trim(), after: after.trim(), code });
    }
}

/// `&AUXVERB1_` as `auxverb1`.
pub(crate) fn set_name(written: &str) -> String {
    written.trim_start_matches('&').trim().trim_end_matches('_').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_sets_and_codes_are_read() {
        let text = "&TALK_\n+TALKS\n+PARLEY\n--- MEET [040:041] ---\nMEET {MET}\nLEFT [---]\n+SIT_DOWN {+SAT_DOWN}\n- * (WITH) [043:042]\n* &TALK [:080]\n--- ODD 120]--\nODD\n- X [010]\n- * X [xxy]\n";
        let source = Text::new("v", text);
        let (mut verbs, mut faults) = (Verbs::default(), Vec::new());
        verbs.read(&source, &mut faults);
        assert_eq!(verbs.sets["talk"], ["TALKS", "PARLEY"]);
        let meet = &verbs.blocks[0];
        assert_eq!(meet.code, EventCode { forth: Some("040".into()), back: Some("041".into()) });
        assert_eq!(meet.verbs[1].code, Some(EventCode::default()));
        assert_eq!(meet.patterns[1].code, EventCode { forth: None, back: Some("080".into()) });
        assert_eq!(
            (verbs.blocks[1].name.as_str(), verbs.blocks[1].code.forth.as_deref()),
            ("odd", Some("120"))
        );
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [12, 13]);
    }
}
