//! Who wrote it, and where and for whom.

use super::{Meta, after_label, is_paper_word, is_place};
use crate::dateline::in_small_letters;
use crate::furniture::Furniture;

impl Meta {
    /// `By Jane Doe in Kabul`, `By Jane Doe, Reuters`, `By AFP`, `By Jane Doe March 12, 2019`.
    pub(super) fn byline(&mut self, part: &str, rules: &Furniture) -> bool {
        let Some(rest) = after_label(part, &rules.meta.by) else { return false };
        let mut name = rest;
        for (at, _) in rest.match_indices(' ') {
            if self.date(&rest[at + 1..], rules) {
                name = &rest[..at];
                break;
            }
        }
        if !name.starts_with(|c: char| c.is_uppercase() || c == '@') || name.split_whitespace().count() > 14 {
            return false;
        }
        // A sentence may begin with "By" as well.
        if name.ends_with(['.', '?', '!']) && name.split_whitespace().count() > 6 {
            return false;
        }
        self.person(name, rules).is_some()
    }

    /// Names, with the place, the agency and the office that stand beside them taken off.
    pub(super) fn person(&mut self, text: &str, rules: &Furniture) -> Option<()> {
        let mut names: Vec<String> = Vec::new();
        let mut places: Vec<String> = Vec::new();
        for (index, part) in text.split(", ").flat_map(|part| part.split(" for ")).enumerate() {
            let part = part.trim().trim_end_matches(['.', ',', ';', '-', '–']).trim_end();
            if let Some(agency) = rules.agency(part.trim_end_matches(" Staff").trim_end_matches(" staff")) {
                self.agencies.push(agency.to_owned());
                if index == 0 {
                    names.push(part.to_owned());
                }
                continue;
            }
            let lower = part.to_lowercase();
            let office =
                lower.split_whitespace().any(|word| rules.meta.office.iter().any(|known| known == word));
            if index > 0 && office {
                continue;
            }
            if index > 0 && is_paper_word(lower.split_whitespace().next_back().unwrap_or_default(), rules) {
                self.publisher.get_or_insert_with(|| part.to_owned());
                continue;
            }
            let mut people: Vec<&str> = Vec::new();
            for person in part.split(" and ") {
                match person.rsplit_once(" in ") {
                    Some((name, place)) if is_place(place) => {
                        people.push(name.trim());
                        places.push(in_small_letters(place.trim()));
                    }
                    _ => people.push(person.trim()),
                }
            }
            names.push(self.without_agency(&people.join(" and "), rules));
        }
        names.retain(|name| !name.is_empty());
        if names.is_empty() && self.agencies.is_empty() {
            return None;
        }
        if !names.is_empty() {
            self.byline.get_or_insert_with(|| names.join(", "));
        }
        if !places.is_empty() {
            places.dedup();
            self.located.get_or_insert_with(|| places.join("/"));
        }
        Some(())
    }

    /// `MIGUEL ARANA Associated Press` without the agency.
    fn without_agency(&mut self, name: &str, rules: &Furniture) -> String {
        for (at, _) in name.match_indices(' ') {
            if let Some(agency) = rules.agency(name[at + 1..].trim_matches(['(', ')', '/', '|', '-', ' '])) {
                self.agencies.push(agency.to_owned());
                return name[..at].trim_end_matches([' ', '-', '/', '|', '(']).to_owned();
            }
        }
        name.to_owned()
    }
}
