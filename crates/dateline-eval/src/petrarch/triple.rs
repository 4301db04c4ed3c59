use anyhow::{Context, Result};
use dateline::Reading;
use dateline::reading::{EntityId, Event};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Who does what to whom, in codes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Triple {
    pub(crate) source: String,
    pub(crate) target: String,
    /// CAMEO code, as precise as the dictionary.
    pub(crate) code: String,
}

impl std::fmt::Display for Triple {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.source, self.target, self.code)
    }
}

/// A sentence with its events.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) date: String,
    pub(crate) text: String,
    pub(crate) gold: BTreeSet<Triple>,
}

impl Record {
    /// Reads a line; `None` for a record that is not scored.
    pub(crate) fn parse(line: &str) -> Result<Option<Self>> {
        let record: Value = serde_json::from_str(line).context("a record is a JSON object")?;
        let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().trim().to_owned();
        let scored = matches!(record["kind"].as_str(), Some("events" | "noevents"));
        if !scored || record["active"] == Value::Bool(false) {
            return Ok(None);
        }
        let event = |event: &Value| Triple {
            source: text(event, "source"),
            target: text(event, "target"),
            code: text(event, "code"),
        };
        Ok(Some(Self {
            id: text(&record, "id"),
            date: text(&record, "date"),
            text: text(&record, "text"),
            gold: record["events"].as_array().into_iter().flatten().map(event).collect(),
        }))
    }
}

/// The triples of a reading, each with the rule that made it.
pub(crate) fn coded(reading: &Reading) -> BTreeMap<Triple, &str> {
    let mut found = BTreeMap::new();
    for event in &reading.events {
        for (source, target) in pairs(event) {
            let code = |id: EntityId| {
                let entity = reading.entities.get(id.index());
                entity.and_then(|e| e.code.clone()).unwrap_or_else(|| "---".to_owned())
            };
            let triple = Triple {
                source: code(source),
                target: code(target),
                code: event.cameo.clone().unwrap_or_default(),
            };
            found.insert(triple, event.rule.as_str());
        }
    }
    found
}

/// Actor and recipient; where several act together, each with each other.
fn pairs(event: &Event) -> Vec<(EntityId, EntityId)> {
    let recipients = if event.recipients.is_empty() { &event.actors } else { &event.recipients };
    let with = |&source: &EntityId| recipients.iter().map(move |&target| (source, target));
    event.actors.iter().flat_map(with).filter(|(source, target)| source != target).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_or_passed_over() {
        let line = r#"{"id":"A","date":"1995-01-01","text":"Aru met Beo.","events":[{"source":"ARU","target":"BEO","code":"040"}],"kind":"events","active":true}"#;
        let record = Record::parse(line).unwrap().unwrap();
        assert_eq!(record.gold.iter().map(ToString::to_string).collect::<Vec<_>>(), ["ARU BEO 040"]);
        assert!(Record::parse(&line.replace("true", "false")).unwrap().is_none());
        assert!(Record::parse(&line.replace("\"events\",\"a", "\"none\",\"a")).unwrap().is_none());
        assert!(Record::parse("no").is_err());
    }
}
