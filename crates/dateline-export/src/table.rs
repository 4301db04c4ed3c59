//! Tables of text: commas with quotes as RFC 4180 has them, or tabs.

use crate::ExportError;
use csv::{QuoteStyle, Writer, WriterBuilder};

/// How the cells of a row are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Commas; a cell that needs it stands in quotes.
    Comma,
    /// Tabs; a cell that needs it stands in quotes.
    Tab,
    /// Tabs and never a quote: a tab or line break in a cell becomes a space.
    BareTab,
}

impl Dialect {
    fn writer(self) -> Writer<Vec<u8>> {
        let mut builder = WriterBuilder::new();
        match self {
            Self::Comma => {}
            Self::Tab => {
                builder.delimiter(b'\t');
            }
            Self::BareTab => {
                builder.delimiter(b'\t').quote_style(QuoteStyle::Never);
            }
        }
        builder.from_writer(Vec::new())
    }

    /// The bytes of these rows.
    pub(crate) fn rows<const N: usize>(
        self,
        rows: impl IntoIterator<Item = [String; N]>,
    ) -> Result<Vec<u8>, ExportError> {
        let mut writer = self.writer();
        for mut row in rows {
            if self != Self::Comma {
                row.iter_mut().for_each(flatten);
            }
            writer.write_record(&row)?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    }

    /// The line that names the columns.
    pub(crate) fn header<const N: usize>(self, columns: [&str; N]) -> Vec<u8> {
        self.rows([columns.map(str::to_owned)]).unwrap_or_default()
    }
}

/// Readers of tab-separated files go by lines, so that no cell of theirs may hold a line break.
fn flatten(cell: &mut String) {
    if cell.contains(['\t', '\n', '\r']) {
        *cell = cell.replace(['\t', '\n', '\r'], " ");
    }
}

/// A value that may be missing, as text.
pub(crate) fn optional<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_table_has_no_quotes_and_no_breaks_inside() {
        let row = || [["a\tb".to_owned(), "c\nd \"e\"".to_owned()]];
        assert_eq!(Dialect::BareTab.rows(row()).unwrap(), b"a b\tc d \"e\"\n");
        assert_eq!(Dialect::Tab.rows(row()).unwrap(), b"a b\t\"c d \"\"e\"\"\"\n");
        assert_eq!(Dialect::Comma.rows(row()).unwrap(), b"a\tb,\"c\nd \"\"e\"\"\"\n");
    }
}
