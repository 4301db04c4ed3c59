use crate::columns::{COLUMNS, Cell, row};
use crate::format::{Format, Layout, Piece};
use crate::table::optional;
use crate::{ExportError, View};

/// Our own table as comma-separated values, with a header.
pub(crate) struct Csv;

impl Format for Csv {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        for event in &view.reading.events {
            writer.write_record(row(view, event).iter().map(text))?;
        }
        Ok(Piece::Text(writer.into_inner().map_err(|error| error.into_error())?))
    }

    fn layout(&self) -> Layout {
        let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        let mut header = names.join(",").into_bytes();
        header.push(b'\n');
        Layout::with_header(header)
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(value) => optional(value.as_ref()),
        Cell::Whole(value) => optional(*value),
        // -9.0 stays a number with a point, so that readers take the column for numbers, not whole ones.
        Cell::Real(value) => value.map_or(String::new(), |real| format!("{real:?}")),
        Cell::Day(value) => optional(*value),
        Cell::List(items) => items.join("|"),
    }
}
