use crate::lines::lines;
use crate::words::phrase_of;
use crate::{Fault, Text};
use std::collections::BTreeMap;

/// Agents by phrase, singular and plural, with their code around `~`.
#[derive(Debug, Default)]
pub(crate) struct Agents {
    pub(crate) codes: BTreeMap<String, String>,
    pub(crate) records: usize,
    /// `!PERSON!` and what it stands for.
    substitutions: BTreeMap<String, Vec<String>>,
}

impl Agents {
    /// Reads a file of agents.
    pub(crate) fn read(&mut self, source: &Text, faults: &mut Vec<Fault>) {
        for line in lines(source) {
            let text = line.text.trim();
            if let Some((name, words)) = text.split_once('=').filter(|(name, _)| name.trim().starts_with('!'))
            {
                let words = words.split(',').map(|w| w.trim().to_owned()).collect();
                self.substitutions.insert(name.trim().to_owned(), words);
                continue;
            }
            let Some((before, code)) = text.split_once('[') else {
                faults.push(line.fault("the agent has no code"));
                continue;
            };
            let code = code.split([']', '}']).next().unwrap_or_default();
            let code: String = code.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
            let own = code.trim_matches('~');
            if !code.contains('~') || own.len() < 2 || !own.chars().all(|c| c.is_ascii_alphanumeric()) {
                faults.push(line.fault(format!("[{code}] is no agent's code")));
                continue;
            }
            self.records += 1;
            let (singular, plural) = match before.split_once('{') {
                Some((singular, plural)) => (singular, Some(plural.split('}').next().unwrap_or_default())),
                None => (before, None),
            };
            for (singular, plural) in self.expanded(singular.trim(), plural.map(str::trim)) {
                for phrase in [Some(singular), plural].into_iter().flatten() {
                    let phrase = phrase_of(&phrase);
                    if phrase.is_empty() {
                        faults.push(line.fault("the phrase holds no word"));
                        continue;
                    }
                    if self.codes.get(&phrase).is_some_and(|there| *there != code) {
                        faults.push(line.fault(format!("{phrase:?} has a code already; the first is kept")));
                    }
                    self.codes.entry(phrase).or_insert_with(|| code.clone());
                }
            }
        }
    }

    /// A phrase with each substitution made, and the plural of each; none for a phrase that lists its own words.
    fn expanded(&self, singular: &str, plural: Option<&str>) -> Vec<(String, Option<String>)> {
        let named = self.substitutions.iter().find(|(name, _)| singular.contains(name.as_str()));
        if let Some((name, words)) = named {
            return words.iter().map(|word| (singular.replace(name, word), None)).collect();
        }
        let plural = match plural {
            Some("") => None,
            Some(plural) => Some(plural.to_owned()),
            None => plural_of(singular),
        };
        vec![(singular.to_owned(), plural)]
    }
}

/// +S, Y to IES, S to SES; a phrase that ends with "_" has none.
fn plural_of(singular: &str) -> Option<String> {
    if singular.ends_with('_') {
        return None;
    }
    Some(match singular.strip_suffix('Y') {
        Some(stem) if !stem.ends_with(['A', 'E', 'O', 'U']) => format!("{stem}IES"),
        _ if singular.ends_with('S') => format!("{singular}ES"),
        _ => format!("{singular}S"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_substitutions_are_written_out() {
        let text = "!MAN! = MAN, MEN\nGOOSE {GEESE} [~GGS]\nPOLICE {} [ ~COP]\nENVOY [~GOV]\nCONGRESS!MAN! [~LEG]\nAID_BODY [NGO~]\nBAD [~ENV}\nWORSE\nWORST [GOV]\n";
        let (mut agents, mut faults) = (Agents::default(), Vec::new());
        agents.read(&Text::new("a", text), &mut faults);
        let found: Vec<(&str, &str)> = agents.codes.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let expected = [
            ("aid bodies", "NGO~"),
            ("aid body", "NGO~"),
            ("bad", "~ENV"),
            ("bads", "~ENV"),
            ("congressman", "~LEG"),
            ("congressmen", "~LEG"),
            ("envoy", "~GOV"),
            ("envoys", "~GOV"),
            ("geese", "~GGS"),
            ("goose", "~GGS"),
            ("police", "~COP"),
        ];
        assert_eq!(found, expected);
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [8, 9]);
    }
}
