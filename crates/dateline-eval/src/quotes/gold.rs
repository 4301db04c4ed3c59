//! What annotators marked.

use anyhow::Result;
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// One annotated text.
pub(super) struct Document {
    pub(super) text: String,
    pub(super) attributions: Vec<Attribution>,
}

/// Who said what: ranges of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attribution {
    pub(super) source: Vec<(u64, u64)>,
    pub(super) cue: Vec<(u64, u64)>,
    pub(super) content: Vec<(u64, u64)>,
}

/// The documents of a file of JSON Lines, gzipped or not.
pub(super) fn documents(file: &Path) -> Result<Vec<Document>> {
    let bytes = std::fs::read(file)?;
    let mut lines = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut lines)?;
    } else {
        lines = String::from_utf8(bytes)?;
    }
    lines.lines().filter(|l| !l.trim().is_empty()).map(document).collect()
}

fn document(line: &str) -> Result<Document> {
    let value: Value = serde_json::from_str(line)?;
    let text = value.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = value.get("attributions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let read = |a: &Value| Attribution {
        source: ranges(a, "source"),
        cue: ranges(a, "cue"),
        content: ranges(a, "content"),
    };
    let attributions = list.iter().map(read).filter(|a| !a.content.is_empty()).collect();
    Ok(Document { text, attributions })
}

fn ranges(attribution: &Value, key: &str) -> Vec<(u64, u64)> {
    let list = attribution.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|r| Some((r.get(0)?.as_u64()?, r.get(1)?.as_u64()?))).collect()
}
