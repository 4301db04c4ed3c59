use super::{Actor, ActorKind, Actors};
use crate::table::{Table, invalid};
use crate::{Code, CodebookError};
use std::collections::HashSet;

/// Codes that stand in an actor's country field for those who belong to none.
const WITHOUT_COUNTRY: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

/// PLOVER's sectors.
const SECTORS: [&str; 26] = [
    "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JRN", "JUD", "LAB", "LEG", "MED", "MIL", "OPP",
    "PRE", "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF", "UNK", "NGO",
];

/// What is wrong with tables of actors: rows out of order or twice, unknown codes, terms that end before they begin.
pub fn check_actors(files: &[(&str, &str)]) -> Vec<CodebookError> {
    let actors = match Actors::parse(files) {
        Ok(actors) => actors,
        Err(error) => return vec![error],
    };
    let mut faults = Vec::new();
    for (file, text) in files {
        if let Ok(table) = Table::parse(file, text) {
            faults.extend(check_order(&table));
        }
    }
    let countries: HashSet<Code> = actors.countries.keys().copied().collect();
    let known = |code: &Code| countries.contains(code) || WITHOUT_COUNTRY.contains(&code.as_str());
    for (_, actor) in actors.iter() {
        let mut fault =
            |what: String| faults.push(invalid(file_of(actor), 0, format!("{}: {what}", actor.name)));
        let terms = actor.terms.iter();
        for code in actor.country.iter().chain(terms.clone().filter_map(|term| term.country.as_ref())) {
            if !known(code) {
                fault(format!("{code} is the code of no country in the tables"));
            }
        }
        for code in actor.sectors.iter().chain(terms.clone().flat_map(|term| &term.sectors)) {
            if !is_sector(*code) {
                fault(format!("{code} is no sector"));
            }
        }
        for term in terms {
            if term.from.is_some_and(|from| term.to.is_some() && !term.covers(from)) {
                fault(format!("the term as {} ends before it begins", term.office));
            }
        }
        if let Some(id) = &actor.wikidata
            && !id.strip_prefix('Q').is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))
        {
            fault(format!("\"{id}\" is no Wikidata identifier"));
        }
    }
    faults
}

/// Whether `code` is one of PLOVER's sectors.
pub(crate) fn is_sector(code: Code) -> bool {
    SECTORS.contains(&code.as_str())
}

fn check_order(table: &Table) -> Vec<CodebookError> {
    let cell = |name: &str| table.column(name).ok();
    let keys: Vec<_> = if table.has("office") {
        ["name", "from", "office"].into_iter().filter_map(cell).collect()
    } else if table.has("code") {
        ["code", "name"].into_iter().filter_map(cell).collect()
    } else if table.has("decoy") {
        ["decoy"].into_iter().filter_map(cell).collect()
    } else {
        ["name"].into_iter().filter_map(cell).collect()
    };
    table.disorder(|row| keys.iter().map(|&key| row.cell(key)).collect::<Vec<_>>().join(" / "))
}

fn file_of(actor: &Actor) -> &'static str {
    match actor.kind {
        ActorKind::Country => "countries",
        ActorKind::Organization => "organizations",
        ActorKind::Group => "groups",
        ActorKind::Person => "officials",
    }
}
