use crate::columns::{COLUMNS, Cell, row};
use crate::format::{Format, Layout, Piece};
use crate::{ExportError, View};
use serde_json::{Map, Value, json};

/// A FeatureCollection (RFC 7946): a feature an event, with the columns of our own table as its properties. An event
/// without a place, or whose place has no coordinates, has no geometry.
pub(crate) struct Geojson;

const BETWEEN: &[u8] = b",\n";

impl Format for Geojson {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let mut out = Vec::new();
        for event in &view.reading.events {
            let cells = row(view, event);
            let point = view.place(event.place).and_then(|place| Some((place.lon?, place.lat?)));
            let properties: Map<String, Value> = COLUMNS
                .iter()
                .zip(&cells)
                .map(|(column, cell)| (column.name.to_owned(), value(cell)))
                .collect();
            let feature = json!({
                "type": "Feature",
                "id": properties.get("id"),
                "geometry": point.map(|(lon, lat)| json!({"type": "Point", "coordinates": [lon, lat]})),
                "properties": properties,
            });
            if !out.is_empty() {
                out.extend_from_slice(BETWEEN);
            }
            serde_json::to_writer(&mut out, &feature)?;
        }
        Ok(Piece::Text(out))
    }

    fn layout(&self) -> Layout {
        Layout::Stream {
            before: b"{\"type\":\"FeatureCollection\",\"features\":[\n".to_vec(),
            between: BETWEEN,
            after: b"\n]}\n",
        }
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(value) => json!(value),
        Cell::Whole(value) => json!(value),
        Cell::Real(value) => json!(value),
        Cell::Day(value) => json!(value.map(|day| day.to_string())),
        Cell::List(items) => json!(items),
    }
}
