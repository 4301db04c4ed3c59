//! What other schemes call things: the tables of `codebook/export`.

mod read;

use crate::ExportError;
use read::Table;
use std::collections::BTreeMap;

/// Tables from PLOVER and ISO codes to those of other schemes.
///
/// ```
/// let crosswalk = dateline_export::Crosswalk::standard()?;
/// let germany = crosswalk.country("DEU").unwrap();
/// assert_eq!((germany.fips, germany.gw), (Some("GM"), Some(260)));
/// assert_eq!(crosswalk.goldstein("190"), Some(-10.0));
/// # Ok::<(), dateline_export::ExportError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Crosswalk {
    countries: BTreeMap<&'static str, Country>,
    cameo: BTreeMap<&'static str, (&'static str, f64)>,
    cameo_actors: BTreeMap<&'static str, CameoActor>,
    acled_actors: BTreeMap<&'static str, Fighter>,
    acled: Vec<AcledRule>,
    lethal: Vec<(&'static str, &'static str)>,
}

/// What schemes call a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// English name.
    pub name: &'static str,
    /// ISO 3166-1 numeric.
    pub numeric: Option<u16>,
    /// FIPS 10-4.
    pub fips: Option<&'static str>,
    /// CAMEO.
    pub cameo: &'static str,
    /// Gleditsch and Ward's number.
    pub gw: Option<u16>,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Region to ACLED.
    pub acled_region: Option<&'static str>,
    /// Region to UCDP.
    pub ucdp_region: Option<&'static str>,
}

/// What CAMEO calls a sector or a body without a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameoActor {
    /// Country code.
    pub country: Option<&'static str>,
    /// Known group.
    pub group: Option<&'static str>,
    /// Type.
    pub kind: Option<&'static str>,
}

/// What kind of actor somebody is to ACLED.
pub type Inter = &'static str;

/// The kind of actor and the side of a sector, where it has them.
type Fighter = (Option<Inter>, Option<Side>);

/// On which side of a fight somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The state.
    State,
    /// Organised and armed, not the state.
    Armed,
    /// Neither.
    Civilian,
}

/// When an event is which event to ACLED.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcledRule {
    event: &'static str,
    mode: Option<&'static str>,
    cameo: Option<&'static str>,
    actor: Option<Who>,
    recipient: Option<Who>,
    /// ACLED's `disorder_type`.
    pub disorder: &'static str,
    /// ACLED's `event_type`.
    pub kind: &'static str,
    /// ACLED's `sub_event_type`.
    pub sub_kind: &'static str,
}

/// Whom a rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Is(Side),
    Fighting,
    None,
}

macro_rules! table {
    ($name:literal) => {
        Table::parse(concat!("export/", $name), include_str!(concat!("../../../codebook/export/", $name)))
    };
}

impl Crosswalk {
    /// The tables inside the program.
    ///
    /// # Errors
    /// When one of them does not say what it must, which a build that passes its tests does not do.
    pub fn standard() -> Result<Self, ExportError> {
        Ok(Self {
            countries: countries(&table!("countries.tsv")?)?,
            cameo: cameo(&table!("cameo.tsv")?)?,
            cameo_actors: cameo_actors(&table!("cameo-actors.tsv")?)?,
            acled_actors: acled_actors(&table!("acled-actors.tsv")?)?,
            acled: acled(&table!("acled.tsv")?)?,
            lethal: lethal(&table!("lethal.tsv")?)?,
        })
    }

    /// The country with this alpha-3 code.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.countries.get(code)
    }

    /// The name of a CAMEO code.
    pub fn cameo_name(&self, code: &str) -> Option<&'static str> {
        self.cameo.get(code).map(|(name, _)| *name)
    }

    /// The Goldstein score of a CAMEO code.
    pub fn goldstein(&self, code: &str) -> Option<f64> {
        self.cameo.get(code).map(|(_, score)| *score)
    }

    /// What CAMEO calls a sector or a body.
    pub fn cameo_actor(&self, code: &str) -> Option<&CameoActor> {
        self.cameo_actors.get(code)
    }

    /// What kind of actor a sector or a body is to ACLED.
    pub fn inter(&self, code: &str) -> Option<Inter> {
        self.acled_actors.get(code).and_then(|(inter, _)| *inter)
    }

    /// On which side of a fight a sector or a body stands.
    pub fn side(&self, code: &str) -> Option<Side> {
        self.acled_actors.get(code).and_then(|(_, side)| *side)
    }

    /// What an event is to ACLED; `None` for one that ACLED does not record. `sides` are those of its actors and of its
    /// recipients, `None` where nobody is named, `Some(None)` where somebody is whose side is not known.
    pub fn acled(
        &self,
        event: &str,
        modes: &[String],
        cameo: Option<&str>,
        sides: (Option<Option<Side>>, Option<Option<Side>>),
    ) -> Option<&AcledRule> {
        self.acled.iter().find(|rule| {
            rule.event == event
                && rule.mode.is_none_or(|mode| modes.iter().any(|m| m == mode))
                && rule.cameo.is_none_or(|start| cameo.is_some_and(|code| code.starts_with(start)))
                && rule.actor.is_none_or(|who| who.is(sides.0))
                && rule.recipient.is_none_or(|who| who.is(sides.1))
        })
    }

    /// Whether an event of these modes and this code kills by its nature.
    pub fn is_lethal(&self, modes: &[String], cameo: Option<&str>) -> bool {
        self.lethal.iter().any(|&(kind, value)| match kind {
            "mode" => modes.iter().any(|mode| mode == value),
            _ => cameo.is_some_and(|code| code.starts_with(value)),
        })
    }
}

impl Who {
    fn is(self, side: Option<Option<Side>>) -> bool {
        match self {
            Self::None => side.is_none(),
            Self::Is(wanted) => side == Some(Some(wanted)),
            Self::Fighting => matches!(side, Some(Some(Side::State | Side::Armed))),
        }
    }
}

fn countries(table: &Table) -> Result<BTreeMap<&'static str, Country>, ExportError> {
    const COLUMNS: [&str; 9] =
        ["code", "name", "numeric", "fips", "cameo", "gw", "cow", "acled_region", "ucdp_region"];
    let [code, name, numeric, fips, cameo, gw, cow, acled_region, ucdp_region] = table.columns(COLUMNS)?;
    table.sorted(|row| {
        let country = Country {
            name: row.required(name)?,
            numeric: row.number(numeric)?,
            fips: row.optional(fips),
            cameo: row.required(cameo)?,
            gw: row.number(gw)?,
            cow: row.number(cow)?,
            acled_region: row.optional(acled_region),
            ucdp_region: row.optional(ucdp_region),
        };
        Ok((row.required(code)?, country))
    })
}

fn cameo(table: &Table) -> Result<BTreeMap<&'static str, (&'static str, f64)>, ExportError> {
    let [code, name, goldstein] = table.columns(["code", "name", "goldstein"])?;
    table.sorted(|row| {
        let score = row.number(goldstein)?.ok_or_else(|| row.fault("there is no score"))?;
        Ok((row.required(code)?, (row.required(name)?, score)))
    })
}

fn cameo_actors(table: &Table) -> Result<BTreeMap<&'static str, CameoActor>, ExportError> {
    let [code, country, group, kind] = table.columns(["code", "country", "group", "type"])?;
    table.sorted(|row| {
        let actor = CameoActor {
            country: row.optional(country),
            group: row.optional(group),
            kind: row.optional(kind),
        };
        Ok((row.required(code)?, actor))
    })
}

fn acled_actors(table: &Table) -> Result<BTreeMap<&'static str, Fighter>, ExportError> {
    let [code, inter, side] = table.columns(["code", "inter", "side"])?;
    table.sorted(|row| {
        let side = match row.optional(side) {
            None => None,
            Some(name) => Some(side_named(name).ok_or_else(|| row.fault(format!("\"{name}\" is no side")))?),
        };
        Ok((row.required(code)?, (row.optional(inter), side)))
    })
}

fn acled(table: &Table) -> Result<Vec<AcledRule>, ExportError> {
    const COLUMNS: [&str; 8] =
        ["type", "mode", "cameo", "actor", "recipient", "disorder_type", "event_type", "sub_event_type"];
    let [event, mode, cameo, actor, recipient, disorder, kind, sub_kind] = table.columns(COLUMNS)?;
    let rules = table.rows.iter().map(|row| {
        let who = |column| match row.optional(column) {
            None => Ok(None),
            Some("none") => Ok(Some(Who::None)),
            Some("fighting") => Ok(Some(Who::Fighting)),
            Some(name) => match side_named(name) {
                Some(side) => Ok(Some(Who::Is(side))),
                None => Err(row.fault(format!("\"{name}\" is no side"))),
            },
        };
        Ok(AcledRule {
            event: row.required(event)?,
            mode: row.optional(mode),
            cameo: row.optional(cameo),
            actor: who(actor)?,
            recipient: who(recipient)?,
            disorder: row.required(disorder)?,
            kind: row.required(kind)?,
            sub_kind: row.required(sub_kind)?,
        })
    });
    rules.collect()
}

fn lethal(table: &Table) -> Result<Vec<(&'static str, &'static str)>, ExportError> {
    let [kind, value] = table.columns(["kind", "value"])?;
    let rows = table.rows.iter().map(|row| match row.required(kind)? {
        found @ ("mode" | "cameo") => Ok((found, row.required(value)?)),
        other => Err(row.fault(format!("\"{other}\" is neither mode nor cameo"))),
    });
    rows.collect()
}

fn side_named(name: &str) -> Option<Side> {
    Some(match name {
        "state" => Side::State,
        "armed" => Side::Armed,
        "civilian" => Side::Civilian,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
