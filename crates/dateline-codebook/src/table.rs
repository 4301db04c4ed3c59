use crate::{Code, CodebookError};
use rustc_hash::FxHashSet as HashSet;

/// A table of tab-separated values: `#` begins a comment line, the first other line names the columns.
///
/// Cells may be left out at the end of a line. `|` parts the values of a cell that holds several.
pub(crate) struct Table<'a> {
    file: &'a str,
    columns: Vec<&'a str>,
    /// Every row.
    pub(crate) rows: Vec<Row<'a>>,
}

/// One line of a table.
pub(crate) struct Row<'a> {
    /// Line in the file, from one.
    pub(crate) line: usize,
    cells: Vec<&'a str>,
}

/// Where a column stands.
#[derive(Clone, Copy)]
pub(crate) struct Column(usize);

impl<'a> Table<'a> {
    pub(crate) fn parse(file: &'a str, text: &'a str) -> Result<Self, CodebookError> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line.strip_prefix('\u{feff}').unwrap_or(line)))
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let Some((_, header)) = lines.next() else {
            return Err(invalid(file, 0, "the table has no line that names its columns"));
        };
        let columns: Vec<_> = header.split('\t').map(str::trim).collect();
        let mut rows = Vec::new();
        for (line, content) in lines {
            let cells: Vec<_> = content.split('\t').map(str::trim).collect();
            if cells.len() > columns.len() {
                let what = format!("{} cells, but the table has {} columns", cells.len(), columns.len());
                return Err(invalid(file, line, what));
            }
            rows.push(Row { line, cells });
        }
        Ok(Self { file, columns, rows })
    }

    /// Whether there is a column of this name.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.contains(&column)
    }

    /// The column of this name.
    pub(crate) fn column(&self, name: &str) -> Result<Column, CodebookError> {
        let at = self.columns.iter().position(|&column| column == name);
        at.map(Column).ok_or_else(|| invalid(self.file, 0, format!("there is no column \"{name}\"")))
    }

    /// An error in this row.
    pub(crate) fn fault(&self, row: &Row, what: impl Into<String>) -> CodebookError {
        invalid(self.file, row.line, what)
    }

    /// A cell that must not be empty.
    pub(crate) fn required(&self, row: &Row<'a>, name: &str) -> Result<&'a str, CodebookError> {
        let cell = row.cell(self.column(name)?);
        if cell.is_empty() {
            return Err(self.fault(row, format!("\"{name}\" is empty")));
        }
        Ok(cell)
    }

    /// A cell that holds one code or nothing.
    pub(crate) fn code(&self, row: &Row, column: Column) -> Result<Option<Code>, CodebookError> {
        Ok(self.codes(row, column)?.first().copied())
    }

    /// A cell that holds codes parted by `|`, or nothing.
    pub(crate) fn codes(&self, row: &Row, column: Column) -> Result<Vec<Code>, CodebookError> {
        let read = |text: &str| {
            Code::new(text).ok_or_else(|| self.fault(row, format!("\"{text}\" is no code of three capitals")))
        };
        row.several(column).map(read).collect()
    }

    /// What is wrong with the order of the rows, which go by `key`: each line that is out of place or stands twice.
    pub(crate) fn disorder(&self, key: impl Fn(&Row<'a>) -> String) -> Vec<CodebookError> {
        let mut faults = Vec::new();
        let mut seen = HashSet::default();
        let mut last = String::new();
        for row in &self.rows {
            let key = key(row);
            if key < last {
                faults
                    .push(self.fault(row, format!("\"{key}\" stands after \"{last}\": the table is sorted")));
            }
            if !seen.insert(key.clone()) {
                faults.push(self.fault(row, format!("\"{key}\" stands twice")));
            }
            last = key;
        }
        faults
    }
}

impl<'a> Row<'a> {
    /// What the cell holds; empty if the line ends before it.
    pub(crate) fn cell(&self, column: Column) -> &'a str {
        self.cells.get(column.0).copied().unwrap_or_default()
    }

    /// The values of a cell that holds several.
    pub(crate) fn several(&self, column: Column) -> impl Iterator<Item = &'a str> + use<'a> {
        self.cell(column).split('|').map(str::trim).filter(|value| !value.is_empty())
    }
}

/// An error in a file of the codebook.
pub(crate) fn invalid(file: &str, line: usize, what: impl Into<String>) -> CodebookError {
    CodebookError::Invalid { file: file.to_owned(), line, what: what.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_line_at_fault() {
        let text = "# comment\nname\tsector\nsoldier\tMIL\n\npolice\tCops\n";
        let table = Table::parse("roles.tsv", text).unwrap();
        let sector = table.column("sector").unwrap();
        assert_eq!(table.code(&table.rows[0], sector).unwrap(), Code::new("MIL"));
        let error = table.code(&table.rows[1], sector).unwrap_err();
        assert_eq!(error.to_string(), "roles.tsv:5: \"Cops\" is no code of three capitals");
        assert!(Table::parse("roles.tsv", "name\na\tb").is_err());
        assert!(Table::parse("roles.tsv", "# nothing").is_err());
    }
}
