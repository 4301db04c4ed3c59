use crate::times::{TimeRule, WordClass};
use crate::times_pattern::{self as pattern, TimePart};
use compact_str::CompactString;
use rustc_hash::FxHashMap as HashMap;
use std::collections::{BTreeMap, BTreeSet};

/// What rules for times cannot do without: of most rules a sentence lacks some part, so that they need not be tried.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    /// By word, the rules and their parts (as bits) that it can begin.
    by_word: HashMap<CompactString, Vec<(u16, u32)>>,
    /// The same for numbers in digits.
    by_digits: Vec<(u16, u32)>,
    /// Of every rule, the bits of all parts that it needs.
    all: Vec<u32>,
}

impl Needs {
    pub(crate) fn of(rules: &[TimeRule], classes: &BTreeMap<CompactString, WordClass>) -> Self {
        let mut needs = Self { all: vec![0; rules.len()], ..Self::default() };
        for (position, rule) in rules.iter().enumerate() {
            for (at, part) in rule.parts.iter().enumerate().take(u32::BITS as usize) {
                let Some(beginnings) = Beginnings::of(std::slice::from_ref(part), classes) else { continue };
                let bit = 1 << at;
                needs.all[position] |= bit;
                if beginnings.digits {
                    needs.by_digits.push((position as u16, bit));
                }
                for word in beginnings.words {
                    needs.by_word.entry(word).or_default().push((position as u16, bit));
                }
            }
        }
        needs
    }

    /// Of every rule, whether these words hold something for each of its needs.
    pub(crate) fn met<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<bool> {
        let mut found = vec![0u32; self.all.len()];
        let mut note = |several: &[(u16, u32)]| {
            for &(rule, bit) in several {
                found[rule as usize] |= bit;
            }
        };
        let mut digits = false;
        for word in words {
            digits |= word.starts_with(|c: char| c.is_ascii_digit());
            if let Some(several) = self.by_word.get(word) {
                note(several);
            }
        }
        if digits {
            note(&self.by_digits);
        }
        found.iter().zip(&self.all).map(|(found, all)| found == all).collect()
    }
}

/// With what some parts of a rule can begin.
#[derive(Debug, Default)]
pub(crate) struct Beginnings {
    pub(crate) words: BTreeSet<CompactString>,
    /// Whether with a number in digits.
    pub(crate) digits: bool,
}

impl Beginnings {
    /// `None` where the parts can match nothing at all.
    pub(crate) fn of(parts: &[TimePart], classes: &BTreeMap<CompactString, WordClass>) -> Option<Self> {
        let (mut words, mut names) = (BTreeSet::new(), BTreeSet::new());
        let empty =
            pattern::firsts(parts, &mut |phrase| words.extend(phrase.first().cloned()), &mut |class| {
                names.insert(class.to_owned());
            });
        for name in &names {
            let own = classes.get(name.as_str());
            let drawn_on = pattern::sources(name).iter().filter_map(|n| classes.get(*n));
            for class in drawn_on.chain(own) {
                words.extend(class.phrases.firsts().map(CompactString::from));
            }
            if name == "decade" {
                words.insert(CompactString::const_new("'"));
            }
        }
        let digits = |first: &CompactString| first.starts_with(|c: char| c.is_ascii_digit());
        let numeric =
            names.iter().any(|n| pattern::BUILT_IN.contains(&n.as_str())) || words.iter().any(digits);
        words.retain(|first| !digits(first));
        (!empty).then_some(Self { words, digits: numeric })
    }
}
