use crate::tally::Tally;
use std::collections::BTreeMap;
use std::io::Write;

/// How often each label is right, and what stands in its place where it is not.
#[derive(Debug, Default)]
pub(crate) struct Confusions {
    labels: BTreeMap<String, Tally>,
    instead: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Confusions {
    /// Counts a label that the gold annotation has.
    pub(crate) fn gold(&mut self, label: &str) {
        self.of(label).gold += 1;
    }

    /// Counts a label that the engine has given.
    pub(crate) fn system(&mut self, label: &str) {
        self.of(label).system += 1;
    }

    /// Counts a label that both have.
    pub(crate) fn right(&mut self, label: &str) {
        self.of(label).right += 1;
    }

    /// Counts something else in the place of a gold label.
    pub(crate) fn wrong(&mut self, label: &str, instead: &str) {
        *self.instead.entry(label.to_owned()).or_default().entry(instead.to_owned()).or_default() += 1;
    }

    fn of(&mut self, label: &str) -> &mut Tally {
        self.labels.entry(label.to_owned()).or_default()
    }

    /// Prints a line for each label, those that cost most first, with what most often stands in its place.
    pub(crate) fn table(&self, title: &str, out: &mut impl Write) -> std::io::Result<()> {
        let none = BTreeMap::new();
        writeln!(out, "\n{title:>12}   gold system  precision recall     F1  instead")?;
        let labels = self.labels.keys().chain(self.instead.keys().filter(|l| !self.labels.contains_key(*l)));
        let mut rows: Vec<(&String, Tally)> =
            labels.map(|label| (label, self.labels.get(label).copied().unwrap_or_default())).collect();
        let wrong = |label: &String| self.instead.get(label).unwrap_or(&none).values().sum::<usize>();
        rows.sort_by_key(|(label, _)| std::cmp::Reverse(wrong(label)));
        for (label, tally) in rows {
            let mut instead: Vec<(&String, &usize)> =
                self.instead.get(label).unwrap_or(&none).iter().collect();
            instead.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            let listed: Vec<String> =
                instead.iter().take(5).map(|(other, count)| format!("{other} {count}")).collect();
            writeln!(
                out,
                "{label:>12} {:6} {:6}     {:6.2} {:6.2} {:6.2}  {}",
                tally.gold,
                tally.system,
                tally.precision(),
                tally.recall(),
                tally.f1(),
                listed.join(", ")
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_costliest_label_comes_first() {
        let mut confusions = Confusions::default();
        for (gold, system) in [("a", "a"), ("b", "a"), ("b", "c"), ("b", "c"), ("b", "b")] {
            confusions.gold(gold);
            confusions.system(system);
            if gold == system { confusions.right(gold) } else { confusions.wrong(gold, system) }
        }
        let mut out = Vec::new();
        confusions.table("label", &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let rows: Vec<&str> = text.lines().skip(2).map(str::trim).collect();
        assert_eq!(rows[0], "b      4      1     100.00  25.00  40.00  c 2, a 1");
        assert_eq!(rows.len(), 3);
    }
}
