use super::index::Index;
use super::{Actor, ActorId, ActorKind, Actors, Alias, AliasKind, CivilDate, Term};
use crate::CodebookError;
use crate::table::{Row, Table, invalid};
use rustc_hash::FxHashMap as HashMap;

/// Reads the tables of actors one after the other.
#[derive(Default)]
pub(super) struct Reader {
    actors: Vec<Actor>,
    index: Index,
    /// Persons by name: each of their terms has a line of its own.
    persons: HashMap<String, ActorId>,
}

impl Reader {
    /// Adds a table; its columns tell what it holds.
    pub(super) fn read(&mut self, file: &str, text: &str) -> Result<(), CodebookError> {
        let table = Table::parse(file, text)?;
        if table.has("code") {
            self.read_countries(&table)
        } else if table.has("office") {
            self.read_officials(&table)
        } else if table.has("kind") {
            self.read_organizations(&table)
        } else if table.has("decoy") {
            self.read_decoys(&table)
        } else {
            let what = "a table of actors has a column \"code\", \"kind\", \"office\" or \"decoy\"";
            Err(invalid(file, 0, what))
        }
    }

    /// All that was read.
    pub(super) fn finish(mut self) -> Actors {
        self.index.finish();
        let mut countries = HashMap::default();
        for (at, actor) in self.actors.iter().enumerate() {
            if let (ActorKind::Country, Some(code)) = (actor.kind, actor.country) {
                // States of the past and entities recognised by few share the code of a state of today.
                let of_today = actor.to.is_none() && actor.sectors.is_empty();
                let id = ActorId(at as u32);
                let kept = countries.entry(code).or_insert(id);
                if of_today {
                    *kept = id;
                }
            }
        }
        Actors { actors: self.actors, index: self.index, countries }
    }

    fn read_countries(&mut self, table: &Table) -> Result<(), CodebookError> {
        let (code, names, demonyms) =
            (table.column("code")?, table.column("names")?, table.column("demonyms")?);
        let (capitals, metonyms) = (table.column("capitals")?, table.column("metonyms")?);
        let (from, to) = (table.column("from")?, table.column("to")?);
        let (wikidata, sectors) = (table.column("wikidata")?, table.column("sectors")?);
        for row in &table.rows {
            let name = table.required(row, "name")?;
            table.required(row, "code")?;
            let id = self.push(Actor {
                name: name.to_owned(),
                kind: ActorKind::Country,
                country: table.code(row, code)?,
                sectors: table.codes(row, sectors)?,
                wikidata: optional(row.cell(wikidata)),
                terms: Vec::new(),
                from: date(table, row, row.cell(from))?,
                to: date(table, row, row.cell(to))?,
            });
            self.name(table, row, id, AliasKind::Name, std::iter::once(name))?;
            self.name(table, row, id, AliasKind::Name, row.several(names))?;
            self.name(table, row, id, AliasKind::Demonym, row.several(demonyms))?;
            self.name(table, row, id, AliasKind::Capital, row.several(capitals))?;
            self.name(table, row, id, AliasKind::Metonym, row.several(metonyms))?;
        }
        Ok(())
    }

    fn read_organizations(&mut self, table: &Table) -> Result<(), CodebookError> {
        let (aliases, metonyms, kind) =
            (table.column("aliases")?, table.column("metonyms")?, table.column("kind")?);
        let (country, sectors, wikidata) =
            (table.column("country")?, table.column("sectors")?, table.column("wikidata")?);
        for row in &table.rows {
            let name = table.required(row, "name")?;
            let kind = match row.cell(kind) {
                "organization" => ActorKind::Organization,
                "group" => ActorKind::Group,
                other => {
                    let what =
                        format!("\"{other}\" is no kind; an actor is an \"organization\" or a \"group\"");
                    return Err(table.fault(row, what));
                }
            };
            let id = self.push(Actor {
                name: name.to_owned(),
                kind,
                country: table.code(row, country)?,
                sectors: table.codes(row, sectors)?,
                wikidata: optional(row.cell(wikidata)),
                terms: Vec::new(),
                from: None,
                to: None,
            });
            self.name(table, row, id, AliasKind::Name, std::iter::once(name))?;
            self.name(table, row, id, AliasKind::Name, row.several(aliases))?;
            self.name(table, row, id, AliasKind::Metonym, row.several(metonyms))?;
        }
        Ok(())
    }

    fn read_officials(&mut self, table: &Table) -> Result<(), CodebookError> {
        let (aliases, country, sectors) =
            (table.column("aliases")?, table.column("country")?, table.column("sectors")?);
        let (from, to, wikidata) = (table.column("from")?, table.column("to")?, table.column("wikidata")?);
        for row in &table.rows {
            let name = table.required(row, "name")?;
            let term = Term {
                office: table.required(row, "office")?.to_owned(),
                country: table.code(row, country)?,
                sectors: table.codes(row, sectors)?,
                from: date(table, row, row.cell(from))?,
                to: date(table, row, row.cell(to))?,
            };
            let id = match self.persons.get(name) {
                Some(&id) => id,
                None => {
                    let id = self.push(Actor {
                        name: name.to_owned(),
                        kind: ActorKind::Person,
                        country: term.country,
                        sectors: term.sectors.clone(),
                        wikidata: None,
                        terms: Vec::new(),
                        from: None,
                        to: None,
                    });
                    self.persons.insert(name.to_owned(), id);
                    self.name(table, row, id, AliasKind::Name, std::iter::once(name))?;
                    id
                }
            };
            self.name(table, row, id, AliasKind::Name, row.several(aliases))?;
            if let Some(actor) = self.actors.get_mut(id.0 as usize) {
                actor.terms.push(term);
                actor.wikidata = actor.wikidata.take().or_else(|| optional(row.cell(wikidata)));
            }
        }
        Ok(())
    }

    fn read_decoys(&mut self, table: &Table) -> Result<(), CodebookError> {
        for row in &table.rows {
            let decoy = table.required(row, "decoy")?;
            if !self.index.add(decoy, None, false) {
                return Err(table.fault(row, format!("\"{decoy}\" holds no word")));
            }
        }
        Ok(())
    }

    fn push(&mut self, actor: Actor) -> ActorId {
        let id = ActorId(self.actors.len() as u32);
        self.actors.push(actor);
        id
    }

    fn name<'a>(
        &mut self,
        table: &Table,
        row: &Row,
        actor: ActorId,
        kind: AliasKind,
        aliases: impl Iterator<Item = &'a str>,
    ) -> Result<(), CodebookError> {
        let person = self.actors.get(actor.0 as usize).is_some_and(|actor| actor.kind == ActorKind::Person);
        for alias in aliases {
            if !self.index.add(alias, Some(Alias { actor, kind }), person) {
                return Err(table.fault(row, format!("the alias \"{alias}\" holds no word")));
            }
        }
        Ok(())
    }
}

fn optional(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

/// Reads `1989`, `1989-11` or `1989-11-09`.
fn date(table: &Table, row: &Row, text: &str) -> Result<Option<CivilDate>, CodebookError> {
    if text.is_empty() {
        return Ok(None);
    }
    CivilDate::parse(text)
        .map(Some)
        .ok_or_else(|| table.fault(row, format!("\"{text}\" is no date; write 1989, 1989-11 or 1989-11-09")))
}

impl CivilDate {
    /// Reads `1989`, `1989-11` or `1989-11-09`.
    ///
    /// ```
    /// use dateline_codebook::CivilDate;
    /// assert_eq!(CivilDate::parse("1989-11"), Some(CivilDate(1989, 11, 0)));
    /// assert_eq!(CivilDate::parse("1989-13"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year: i16 = parts.next()?.parse().ok()?;
        let mut part = |last: i8| match parts.next() {
            None => Some(0),
            Some(digits) => digits.parse().ok().filter(|value| (1..=last).contains(value)),
        };
        let (month, day) = (part(12)?, part(31)?);
        (parts.next().is_none() && year > 0).then_some(Self(year, month, day))
    }
}
