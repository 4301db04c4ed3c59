use anyhow::{Context, Result};
use serde_json::Value;

/// How far a stated offset may lie from the phrase that it is for: some documents were edited after they were annotated.
const DRIFT: usize = 60;

/// An annotated document.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) published: Option<String>,
    pub(super) toponyms: Vec<Toponym>,
}

/// A toponym of the gold: characters, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Toponym {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) phrase: String,
    /// Degrees north and east.
    pub(super) point: Option<(f64, f64)>,
    pub(super) geonameid: Option<u32>,
}

impl Document {
    /// Reads one line.
    pub(super) fn parse(line: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(line)?;
        let string = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let text = string("text").context("a document has no text")?;
        let letters: Vec<char> = text.chars().collect();
        let list = value.get("toponyms").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut toponyms: Vec<Toponym> = list.iter().filter_map(|t| toponym(t, &letters)).collect();
        toponyms.sort_by_key(|t| (t.start, t.end));
        Ok(Self { id: string("id").unwrap_or_default(), text, published: string("published"), toponyms })
    }
}

fn toponym(value: &Value, text: &[char]) -> Option<Toponym> {
    let degrees = |key: &str| value.get(key).and_then(Value::as_f64);
    let phrase = value.get("phrase")?.as_str()?.to_owned();
    let start = value.get("start")?.as_u64()? as usize;
    let start = settled(text, start, &phrase)?;
    let id = value.get("geonameid").and_then(|id| match id {
        Value::String(id) => id.parse().ok(),
        id => id.as_u64().and_then(|id| u32::try_from(id).ok()),
    });
    Some(Toponym {
        start: start as u32,
        end: (start + phrase.chars().count()) as u32,
        phrase,
        point: degrees("lat").zip(degrees("lon")),
        geonameid: id,
    })
}

/// Where the phrase really stands: at `start`, else nearest to it.
fn settled(text: &[char], start: usize, phrase: &str) -> Option<usize> {
    let letters: Vec<char> = phrase.chars().collect();
    let stands = |at: usize| text.get(at..at + letters.len()) == Some(&letters);
    (0..=DRIFT)
        .flat_map(|drift| [start.checked_sub(drift), Some(start + drift)])
        .flatten()
        .find(|&at| stands(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_where_its_offset_has_drifted() {
        let line = r#"{"id": "1", "text": "In Lima, in Quito.", "toponyms": [
            {"start": 10, "end": 15, "phrase": "Quito", "lat": -0.2, "lon": -78.5, "geonameid": "3652462"},
            {"start": 3, "end": 7, "phrase": "Lima", "lat": null, "lon": null, "geonameid": null},
            {"start": 3, "end": 8, "phrase": "Nowhere"}]}"#;
        let document = Document::parse(&line.replace('\n', " ")).unwrap();
        let found: Vec<_> = document.toponyms.iter().map(|t| (t.start, t.end, t.geonameid)).collect();
        assert_eq!(found, [(3, 7, None), (12, 17, Some(3_652_462))]);
        assert_eq!(document.toponyms[0].point, None);
    }
}
