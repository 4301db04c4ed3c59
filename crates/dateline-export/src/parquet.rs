use crate::columns::{COLUMNS, Cell, Column, Kind, row};
use crate::format::{Format, Layout, Piece};
use crate::period::Period;
use crate::{ExportError, View};
use ::parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::{Type, TypePtr};
use std::io::Write;
use std::sync::Arc;

/// Our own table as a Parquet file, compressed with Snappy: text, whole numbers, numbers, days and lists as such.
pub(crate) struct Parquet;

/// Rows in a row group: enough that a group is worth its overhead, few enough that memory stays in the tens of
/// megabytes.
const ROWS: usize = 16_384;

/// What a row that lacks a value says of it, and one that has it: how much of the path to it is there.
const LACKS: i16 = 0;
const HAS: i16 = 1;

impl Format for Parquet {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        Ok(Piece::Rows(view.reading.events.iter().map(|event| row(view, event)).collect()))
    }

    fn layout(&self) -> Layout {
        Layout::Parquet
    }
}

/// A Parquet file that is being written.
pub(crate) struct TableWriter {
    file: SerializedFileWriter<Box<dyn Write + Send>>,
    rows: Vec<Vec<Cell>>,
}

impl TableWriter {
    pub(crate) fn new(out: Box<dyn Write + Send>) -> Result<Self, ExportError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("dateline ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let file = SerializedFileWriter::new(out, schema()?, Arc::new(properties))?;
        Ok(Self { file, rows: Vec::new() })
    }

    pub(crate) fn add(&mut self, rows: Vec<Vec<Cell>>) -> Result<(), ExportError> {
        self.rows.extend(rows);
        if self.rows.len() >= ROWS { self.group() } else { Ok(()) }
    }

    pub(crate) fn finish(mut self) -> Result<(), ExportError> {
        if !self.rows.is_empty() {
            self.group()?;
        }
        // Closing writes the footer; the writer below it still has to be told.
        Ok(self.file.into_inner()?.flush()?)
    }

    /// Writes the rows that have come in as a row group.
    fn group(&mut self) -> Result<(), ExportError> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.file.next_row_group()?;
        let mut at = 0;
        while let Some(column) = group.next_column()? {
            write_column(column, rows.iter().map(|row| row.get(at)))?;
            at += 1;
        }
        group.close()?;
        Ok(())
    }
}

fn write_column<'c>(
    mut column: SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<&'c Cell>>,
) -> Result<(), ExportError> {
    let mut values = Values::default();
    for cell in cells {
        values.push(cell);
    }
    let Values { texts, wholes, reals, days, definitions, repetitions, lists } = values;
    let repetitions = lists.then_some(repetitions.as_slice());
    let definitions = Some(definitions.as_slice());
    match column.untyped() {
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            writer.write_batch(&texts, definitions, repetitions)?
        }
        ColumnWriter::Int64ColumnWriter(writer) => writer.write_batch(&wholes, definitions, repetitions)?,
        ColumnWriter::DoubleColumnWriter(writer) => writer.write_batch(&reals, definitions, repetitions)?,
        ColumnWriter::Int32ColumnWriter(writer) => writer.write_batch(&days, definitions, repetitions)?,
        _ => return Err(ParquetError::General("a column of a type that our table has not".into()).into()),
    };
    Ok(column.close()?)
}

/// The values of one column as Parquet wants them: those that are there, and levels that say which are.
#[derive(Default)]
struct Values {
    texts: Vec<ByteArray>,
    wholes: Vec<i64>,
    reals: Vec<f64>,
    days: Vec<i32>,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    lists: bool,
}

impl Values {
    fn push(&mut self, cell: Option<&Cell>) {
        match cell {
            Some(Cell::Text(Some(text))) => self.texts.push(text.as_str().into()),
            Some(Cell::Whole(Some(whole))) => self.wholes.push(*whole),
            Some(Cell::Real(Some(real))) => self.reals.push(*real),
            Some(Cell::Day(Some(day))) => self.days.push(Period::epoch_days(*day)),
            Some(Cell::List(items)) => return self.push_list(items),
            _ => return self.definitions.push(LACKS),
        }
        self.definitions.push(HAS);
    }

    /// An item that continues the list of its row has the repetition level 1.
    fn push_list(&mut self, items: &[String]) {
        self.lists = true;
        if items.is_empty() {
            self.definitions.push(LACKS);
            self.repetitions.push(0);
        }
        for (at, item) in items.iter().enumerate() {
            self.texts.push(item.as_str().into());
            self.definitions.push(HAS);
            self.repetitions.push(i16::from(at > 0));
        }
    }
}

fn schema() -> Result<TypePtr, ParquetError> {
    let fields = COLUMNS.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(Type::group_type_builder("event").with_fields(fields).build()?))
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let leaf = |name: &str, physical, logical: Option<LogicalType>, repetition| {
        Type::primitive_type_builder(name, physical)
            .with_logical_type(logical)
            .with_repetition(repetition)
            .build()
            .map(Arc::new)
    };
    let maybe = Repetition::OPTIONAL;
    match column.kind {
        Kind::Text => leaf(column.name, Physical::BYTE_ARRAY, Some(LogicalType::String), maybe),
        Kind::Whole => leaf(column.name, Physical::INT64, None, maybe),
        Kind::Real => leaf(column.name, Physical::DOUBLE, None, maybe),
        Kind::Day => leaf(column.name, Physical::INT32, Some(LogicalType::Date), maybe),
        // A list is never missing, only empty, and has no item that is missing; so only its items repeat.
        Kind::List => {
            let element =
                leaf("element", Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED)?;
            let list = Type::group_type_builder("list")
                .with_repetition(Repetition::REPEATED)
                .with_fields(vec![element])
                .build()?;
            let outer = Type::group_type_builder(column.name)
                .with_repetition(Repetition::REQUIRED)
                .with_logical_type(Some(LogicalType::List))
                .with_converted_type(ConvertedType::LIST)
                .with_fields(vec![Arc::new(list)])
                .build()?;
            Ok(Arc::new(outer))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_where_it_begins() {
        let mut values = Values::default();
        values.push(Some(&Cell::List(vec!["a".into(), "b".into()])));
        values.push(Some(&Cell::List(Vec::new())));
        values.push(Some(&Cell::List(vec!["c".into()])));
        assert_eq!(values.definitions, [HAS, HAS, LACKS, HAS]);
        assert_eq!(values.repetitions, [0, 1, 0, 0]);
        assert_eq!(values.texts.len(), 3);
    }
}
