use super::cells::Sample;
use crate::furniture::Furniture;
use crate::options::Options;
use csv::{ReaderBuilder, StringRecord};

/// No first row of a table is longer, in bytes, and no name in it.
const LONGEST_HEAD: usize = 8 * 1024;
const LONGEST_NAME: usize = 60;
/// Names of columns have no more words.
const NAME: usize = 4;
/// So many rows are looked at.
const ROWS: usize = 20;

/// The byte between the fields of a table, if the first bytes of an input are those of one: its first row names a column
/// of texts, or names columns of which one holds texts. `cut` says that more follows.
pub(crate) fn mark(text: &str, cut: bool, options: &Options) -> Option<u8> {
    let (first, rest) = text.split_once(['\n', '\r'])?;
    if rest.trim().is_empty() || first.len() > LONGEST_HEAD {
        return None;
    }
    let named = [b'\t', b',', b';', b'|'].into_iter().find(|mark| names_a_text(first, *mark, options));
    named.or_else(|| [b'\t', b';', b'|', b','].into_iter().find(|mark| holds_a_text(text, *mark, cut)))
}

/// Whether the names say that there is a column of texts.
fn names_a_text(first: &str, mark: u8, options: &Options) -> bool {
    let names: Vec<String> = first
        .split(char::from(mark))
        .map(|name| name.trim().trim_matches('"').trim().to_lowercase())
        .collect();
    let columns = &Furniture::embedded().columns;
    let asked = |name: &String| options.columns.names().any(|known| known.to_lowercase() == *name);
    let is_text = |name: &String| columns.is_text(name) || asked(name);
    let known = names.iter().filter(|name| columns.knows(name) || asked(name)).count();
    let plain_names = !first.contains(' ') || mark == b'\t';
    names.len() >= 2
        && names.iter().all(|name| name.len() <= LONGEST_NAME)
        && names.iter().any(is_text)
        && (known >= 2 || plain_names)
}

/// Whether the rows are those of a table, and a column holds texts. In prose a space follows a comma; in tables none does.
fn holds_a_text(text: &str, mark: u8, cut: bool) -> bool {
    let mut reader =
        ReaderBuilder::new().delimiter(mark).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut rows: Vec<StringRecord> = reader.records().take(ROWS + 1).map_while(Result::ok).collect();
    if cut && rows.len() <= ROWS {
        // The last may go on.
        rows.pop();
    }
    let Some((names, rows)) = rows.split_first() else { return false };
    let columns = names.len();
    let wrong = rows.iter().filter(|row| row.len() != columns).count();
    if columns < 2 || rows.is_empty() || wrong * 3 > rows.len() || !are_names(names) {
        return false;
    }
    let cells = || rows.iter().flatten();
    let spaced = cells().filter(|cell| cell.starts_with(' ')).count();
    if spaced * 10 > rows.len() * columns {
        return false;
    }
    let mut sample = Sample::new(columns);
    let whole = rows.iter().filter(|row| row.len() == columns);
    whole.for_each(|row| sample.add(row.iter().map(str::to_owned)));
    !sample.columns(&vec![true; columns]).is_empty()
}

/// Whether these may name columns: short, no sentences, none twice.
fn are_names(names: &StringRecord) -> bool {
    let is_name = |name: &str| {
        name.len() <= LONGEST_NAME
            && !name.starts_with(' ')
            && name.split_whitespace().count() <= NAME
            && !name.ends_with(['.', '!', '?', ','])
    };
    let mut known: Vec<&str> = names.iter().filter(|name| !name.is_empty()).collect();
    let all = known.len();
    known.sort_unstable();
    known.dedup();
    // A column of numbers of rows often has no name.
    names.iter().all(is_name) && known.len() == all && all + 1 >= names.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<char> {
        mark(text, false, &Options::default()).map(char::from)
    }

    #[test]
    fn tables_without_a_known_name() {
        let text = "Rebels left the town of Kidal on Tuesday, the army said.";
        assert_eq!(told(&format!("a;b\n1;{text}\n2;{text}\n")), Some(';'));
        assert_eq!(told(&format!(",b\n1,\"{text}\"\n")), Some(','));
        assert_eq!(told(&format!("a|b\r\n1|{text}\r\n")), Some('|'));
        // A row that goes on is not held against the others.
        let cut = format!("a;b\n1;{text}\n2");
        assert_eq!(mark(&cut, true, &Options::default()), Some(b';'));
        assert_eq!(told(&cut), None);
    }

    #[test]
    fn prose_is_no_table() {
        for text in [
            "By Jane Doe, John Roe\nRebels left the town of Kidal on Tuesday night, the army said.\n",
            "Kidal, Gao\nRebels left the towns on Tuesday night after a week of talks, the army said.\n",
            "Rebels leave\n\nThey left the town of Kidal on Tuesday, the army said.\n",
            "Home | World\nRebels left the town of Kidal on Tuesday, the army said.\n",
            "town,people\nKidal,12000\nGao,9000\n",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
