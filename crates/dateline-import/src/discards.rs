use crate::lines::lines;
use crate::words::{lemmas, phrase_of};
use crate::{Fault, Text};
use std::collections::BTreeMap;

/// Phrases with `sentence` or `story`: `+` before a phrase discards the whole story.
pub(crate) fn discards(source: &Text, into: &mut BTreeMap<String, &'static str>, faults: &mut Vec<Fault>) {
    for line in lines(source) {
        let text = line.text.trim();
        let (scope, written) = text.strip_prefix('+').map_or(("sentence", text), |rest| ("story", rest));
        let phrase = phrase_of(written.trim());
        if phrase.is_empty() {
            faults.push(line.fault("the phrase holds no word"));
        } else if scope == "story" {
            into.insert(phrase, scope);
        } else {
            into.entry(phrase).or_insert(scope);
        }
    }
}

/// Issues as words that put an event in a context, by the issue's code in lower case.
pub(crate) fn issues(source: &Text, into: &mut BTreeMap<String, Vec<String>>, faults: &mut Vec<Fault>) {
    for line in lines(source) {
        let text = line.text.trim();
        if text.starts_with('~') {
            faults.push(line.fault("a context has no words that exclude it"));
            continue;
        }
        let Some((written, code)) = text.split_once('[') else {
            faults.push(line.fault("the issue has no code"));
            continue;
        };
        let code = code.split(']').next().unwrap_or_default().trim().to_lowercase();
        let written = written.trim().trim_start_matches(['+', 'n', 'v']).trim_start_matches(':');
        let written = if text.starts_with("n:") || text.starts_with("v:") || text.starts_with('+') {
            written
        } else {
            text.split('[').next().unwrap_or_default()
        };
        let Some(word) = lemmas(&written.trim().replace(' ', "_")).into_iter().next() else {
            faults.push(line.fault("the phrase holds no word"));
            continue;
        };
        if code.is_empty() || !code.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            faults.push(line.fault("the issue's code is no name for a context"));
            continue;
        }
        let words = into.entry(code).or_default();
        if !words.contains(&word) {
            words.push(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_discards_the_story() {
        let (mut found, mut faults) = (BTreeMap::new(), Vec::new());
        discards(&Text::new("d", "YEARS LATER\n+ Grand Race\n#no\n"), &mut found, &mut faults);
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            [("grand race".to_owned(), "story"), ("years later".to_owned(), "sentence")]
        );
        assert!(faults.is_empty());
    }

    #[test]
    fn issues_become_contexts() {
        let (mut found, mut faults) = (BTreeMap::new(), Vec::new());
        let text = "peace talks [PEACE]\nn:famine [FOOD]\n~peace prize [PEACE]\nnothing\n";
        issues(&Text::new("i", text), &mut found, &mut faults);
        assert_eq!(found["peace"], ["peace_talk"]);
        assert_eq!(found["food"], ["famine"]);
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [3, 4]);
    }
}
