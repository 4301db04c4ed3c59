use anyhow::{Context, Result};

/// A sentence with two marked parties and the type of what the one does to the other.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// The sentence with its marks, for print.
    pub(crate) marked: String,
    /// The sentence without marks.
    pub(crate) text: String,
    pub(crate) gold: String,
    /// Ranges of Unicode scalar values in `text`.
    pub(crate) source: Vec<(u32, u32)>,
    pub(crate) target: Vec<(u32, u32)>,
}

impl Row {
    /// One of two halves of about the same size, by the FNV hash of the text, so that it stays the same everywhere.
    pub(crate) fn half(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in self.text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        (hash >> 32) & 1
    }
}

/// Every row of a tab-separated table with a header.
pub(crate) fn rows(table: &str) -> Result<Vec<Row>> {
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column =
        |name: &str| header.iter().position(|c| *c == name).with_context(|| format!("no column {name:?}"));
    let (marked, gold) = (column("marked_sentence")?, column("gold_root")?);
    let read = |line: &str| {
        let cells: Vec<String> = line.split('\t').map(unquoted).collect();
        Some(Row { gold: cells.get(gold)?.clone(), ..unmarked(cells.get(marked)?) })
    };
    Ok(lines.filter_map(read).collect())
}

/// A cell in quotes has its own quotes doubled.
fn unquoted(cell: &str) -> String {
    match cell.strip_prefix('"').and_then(|c| c.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => cell.to_owned(),
    }
}

/// Takes `<s>…</s>` and `<t>…</t>` out of a sentence.
fn unmarked(marked: &str) -> Row {
    let trimmed = marked.trim();
    let mut row = Row { marked: trimmed.to_owned(), ..Row::default() };
    let (mut rest, mut at, mut start) = (trimmed, 0u32, 0u32);
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("<s>").or_else(|| rest.strip_prefix("<t>")) {
            (start, rest) = (at, after);
        } else if let Some(after) = rest.strip_prefix("</s>") {
            row.source.push((start, at));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("</t>") {
            row.target.push((start, at));
            rest = after;
        } else {
            row.text.push(c);
            at += 1;
            rest = &rest[c.len_utf8()..];
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_ranges() {
        let table = "id\tmarked_sentence\tgold_root\n\
                     1\t\"<s>Ülo</s> said \"\"no\"\" to <t>Rana</t>.\"\tREJECT\n";
        let rows = rows(table).unwrap();
        assert_eq!(rows[0].text, "Ülo said \"no\" to Rana.");
        assert_eq!((rows[0].source.clone(), rows[0].target.clone()), (vec![(0, 3)], vec![(17, 21)]));
        assert_eq!(rows[0].gold, "REJECT");
    }

    #[test]
    fn a_table_without_its_columns_is_an_error() {
        assert!(rows("a\tb\n1\t2\n").is_err());
    }
}
