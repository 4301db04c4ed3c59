use crate::ExportError;
use std::collections::BTreeMap;
use std::str::FromStr;

/// A table of tab-separated values inside the program: `#` begins a comment line, the first other line names the
/// columns, and cells may be left out at the end of a line.
pub(super) struct Table {
    file: &'static str,
    names: Vec<&'static str>,
    pub(super) rows: Vec<Row>,
}

/// One line of a table.
pub(super) struct Row {
    file: &'static str,
    line: usize,
    cells: Vec<&'static str>,
}

/// Where a column stands.
#[derive(Clone, Copy)]
pub(super) struct At(usize);

impl Table {
    pub(super) fn parse(file: &'static str, text: &'static str) -> Result<Self, ExportError> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let fault = |line, what: &str| ExportError::Table { file, line, what: what.to_owned() };
        let (_, header) = lines.next().ok_or_else(|| fault(0, "no line names the columns"))?;
        let names: Vec<_> = header.split('\t').map(str::trim).collect();
        let mut rows = Vec::new();
        for (line, content) in lines {
            let cells: Vec<_> = content.split('\t').map(str::trim).collect();
            if cells.len() > names.len() {
                return Err(fault(line, "there are more cells than columns"));
            }
            rows.push(Row { file, line, cells });
        }
        Ok(Self { file, names, rows })
    }

    /// Where the columns of these names stand; there must be no others.
    pub(super) fn columns<const N: usize>(&self, wanted: [&str; N]) -> Result<[At; N], ExportError> {
        if self.names == wanted {
            return Ok(std::array::from_fn(At));
        }
        let what = format!("the columns are {}, but must be {}", self.names.join(", "), wanted.join(", "));
        Err(ExportError::Table { file: self.file, line: 0, what })
    }

    /// The rows by their keys, which must come in order and once each.
    pub(super) fn sorted<T>(
        &self,
        entry: impl Fn(&Row) -> Result<(&'static str, T), ExportError>,
    ) -> Result<BTreeMap<&'static str, T>, ExportError> {
        let mut map = BTreeMap::new();
        for row in &self.rows {
            let (key, value) = entry(row)?;
            if map.last_key_value().is_some_and(|(last, _)| *last >= key) {
                return Err(row.fault(format!("\"{key}\" stands twice or out of order")));
            }
            map.insert(key, value);
        }
        Ok(map)
    }
}

impl Row {
    /// What the cell holds, if anything.
    pub(super) fn optional(&self, at: At) -> Option<&'static str> {
        self.cells.get(at.0).copied().filter(|cell| !cell.is_empty())
    }

    pub(super) fn required(&self, at: At) -> Result<&'static str, ExportError> {
        self.optional(at).ok_or_else(|| self.fault("a cell is empty that must not be"))
    }

    pub(super) fn number<T: FromStr>(&self, at: At) -> Result<Option<T>, ExportError> {
        let parse = |cell: &str| cell.parse().map_err(|_| self.fault(format!("\"{cell}\" is no number")));
        self.optional(at).map(parse).transpose()
    }

    pub(super) fn fault(&self, what: impl Into<String>) -> ExportError {
        ExportError::Table { file: self.file, line: self.line, what: what.into() }
    }
}
