use crate::words::lemmas;
use std::collections::{BTreeMap, BTreeSet};

/// No set of joined words is written out beyond this size.
const LARGEST: usize = 4000;

/// Sets of words: those of the dictionary, and those that patterns need. Both are written as classes.
#[derive(Debug, Default)]
pub(crate) struct Sets {
    members: BTreeMap<String, Vec<String>>,
    classes: BTreeMap<String, Vec<String>>,
}

impl Sets {
    pub(crate) fn new(members: BTreeMap<String, Vec<String>>) -> Self {
        Self { members, classes: BTreeMap::new() }
    }

    /// Every class that some pattern uses.
    pub(crate) fn classes(&self) -> &BTreeMap<String, Vec<String>> {
        &self.classes
    }

    /// A class of verbs.
    pub(crate) fn verbs(&mut self, block: &str, words: Vec<String>) -> String {
        self.write(&format!("verbs_{block}"), words)
    }

    /// Words as a pattern writes them: `{war}`, `@fight`. `parts` are those of one phrase, the head last.
    pub(crate) fn phrase(&mut self, parts: &[&str]) -> Result<String, String> {
        let mut whole = vec![String::new()];
        for (at, part) in parts.iter().enumerate() {
            let last = at + 1 == parts.len();
            let own = self.words(part, last, 0)?;
            let joined = |a: &String, b: &String| if a.is_empty() { b.clone() } else { format!("{a}_{b}") };
            if whole.len() * own.len() > LARGEST {
                return Err("its sets make too many phrases".into());
            }
            whole = whole.iter().flat_map(|a| own.iter().map(move |b| joined(a, b))).collect();
        }
        let name: Vec<String> = parts.iter().map(|p| p.trim_start_matches('&').to_lowercase()).collect();
        Ok(self.write(&name.join("_"), whole))
    }

    /// A word's lemmas, or those of a set's members.
    fn words(&self, part: &str, last: bool, depth: u8) -> Result<Vec<String>, String> {
        let Some(name) = part.strip_prefix('&') else {
            let plain = part.trim_matches('_');
            if plain.is_empty() || !plain.chars().all(|c| c.is_alphanumeric() || "_'-./&".contains(c)) {
                return Err(format!("{part:?} is no word"));
            }
            return Ok(if last { lemmas(plain) } else { vec![plain.to_lowercase().replace('-', "_")] });
        };
        let name = name.trim_end_matches('_').to_lowercase();
        let members = self.members.get(&name).filter(|_| depth < 6);
        let members = members.ok_or_else(|| format!("there is no set &{}", name.to_uppercase()))?;
        let mut found = Vec::new();
        for member in members {
            if member.starts_with('(') {
                return Err(format!("&{} holds prepositions with their words", name.to_uppercase()));
            }
            found.extend(self.words(&member.replace(' ', "_"), last, depth + 1)?);
        }
        Ok(found)
    }

    /// One word or a few stand in the pattern; more become a class.
    fn write(&mut self, name: &str, words: Vec<String>) -> String {
        let words: Vec<String> = words.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        if words.len() <= 6 {
            return format!("{{{}}}", words.join(", "));
        }
        let name: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        let mut key = name.trim_matches('_').to_owned();
        while self.classes.get(&key).is_some_and(|there| *there != words) {
            key.push('_');
        }
        self.classes.insert(key.clone(), words);
        format!("{{@{key}}}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_joined_with_the_words_around_them() {
        let members = BTreeMap::from([
            ("ties".to_owned(), vec!["MILITARY".to_owned(), "&more".to_owned()]),
            ("more".to_owned(), vec!["TRADE".to_owned()]),
            ("odd".to_owned(), vec!["(TO THE END)".to_owned()]),
        ]);
        let mut sets = Sets::new(members);
        let words = sets.phrase(&["NEW", "&TIES", "RELATIONS"]).unwrap();
        let expected =
            "{new_military_relation, new_military_relations, new_trade_relation, new_trade_relations}";
        assert_eq!(words, expected);
        assert!(sets.phrase(&["&ODD"]).is_err());
        assert!(sets.phrase(&["&NONE"]).is_err());
    }

    #[test]
    fn many_words_become_a_class() {
        let members = (0..9).map(|i| format!("THING{i}")).collect();
        let mut sets = Sets::new(BTreeMap::from([("things".to_owned(), members)]));
        assert_eq!(sets.phrase(&["&THINGS"]).unwrap(), "{@things}");
        assert_eq!(sets.classes()["things"].len(), 9);
    }
}
