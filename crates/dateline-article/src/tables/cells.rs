use crate::Timestamp;
use crate::options::Column;

/// What stands in the columns of a table's first rows.
pub(super) struct Sample(Vec<Cells>);

/// What stands in a column. Empty cells do not count.
#[derive(Default)]
struct Cells {
    filled: usize,
    characters: usize,
    words: usize,
    prose: usize,
    dates: usize,
    addresses: usize,
    /// Cells that are nothing but a number.
    numbers: usize,
}

/// Prose has so many words, or fewer where a sentence ends.
const WORDS: usize = 15;
const WORDS_OF_A_SENTENCE: usize = 8;
/// Headlines have on the average no fewer words, and no more.
const HEADLINE: std::ops::RangeInclusive<usize> = 3..=25;
/// No date is longer, in bytes.
const LONGEST_DATE: usize = 40;

impl Sample {
    pub(super) fn new(columns: usize) -> Self {
        Self((0..columns).map(|_| Cells::default()).collect())
    }

    /// Takes a row in.
    pub(super) fn add(&mut self, row: impl Iterator<Item = String>) {
        self.0.iter_mut().zip(row).for_each(|(cells, cell)| cells.add(cell.trim()));
    }

    /// What the columns seem to hold of text, title, time and address, each once: the text is the longest column of prose.
    /// Only those that are `free` are asked; nothing where none of them holds a text.
    pub(super) fn columns(&self, free: &[bool]) -> Vec<(usize, Column)> {
        let open = || {
            self.0.iter().enumerate().filter(|(at, cells)| free.get(*at) == Some(&true) && cells.filled > 0)
        };
        // Of two that are alike, the first.
        let most = |best: Option<(usize, usize)>, (at, size): (usize, usize)| match best {
            Some((_, known)) if known >= size => best,
            _ => Some((at, size)),
        };
        let texts = open().filter(|(_, cells)| cells.prose * 2 >= cells.filled);
        let Some((text, _)) = texts.map(|(at, cells)| (at, cells.characters)).fold(None, most) else {
            return Vec::new();
        };
        let others = || open().filter(|(at, _)| *at != text);
        let titles = others().filter(|(_, cells)| {
            HEADLINE.contains(&(cells.words / cells.filled))
                && cells.dates + cells.addresses + cells.numbers == 0
        });
        let title = titles.map(|(at, cells)| (at, cells.words)).fold(None, most).map(|(at, _)| at);
        let published = others().find(|(_, cells)| cells.dates == cells.filled).map(|(at, _)| at);
        let url = others().find(|(_, cells)| cells.addresses == cells.filled).map(|(at, _)| at);
        let found = [
            (Some(text), Column::Text),
            (title, Column::Title),
            (published, Column::Published),
            (url, Column::Url),
        ];
        found.into_iter().filter_map(|(at, column)| Some((at?, column))).collect()
    }
}

impl Cells {
    fn add(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        let words = cell.split_whitespace().count();
        let ends = cell.contains(['.', '!', '?', '。', '।', '؟']);
        let time = (cell.len() <= LONGEST_DATE).then(|| Timestamp::parse(cell)).flatten();
        self.filled += 1;
        self.characters += cell.chars().count();
        self.words += words;
        self.prose += usize::from(words >= WORDS || (words >= WORDS_OF_A_SENTENCE && ends));
        self.dates += usize::from(time.is_some_and(|time| time.date().2.is_some()));
        self.addresses += usize::from(words == 1 && cell.contains("://"));
        self.numbers += usize::from(cell.bytes().all(|byte| byte.is_ascii_digit()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(rows: &[&[&str]]) -> Vec<(usize, Column)> {
        let mut sample = Sample::new(rows[0].len());
        rows.iter().for_each(|row| sample.add(row.iter().map(|cell| (*cell).to_owned())));
        sample.columns(&vec![true; rows[0].len()])
    }

    #[test]
    fn the_longest_prose_is_the_text() {
        let teaser = "Rebels left the town of Kidal on Tuesday.";
        let text = "Rebels left the town of Kidal on Tuesday. The army came back to it at night, its spokesman said.";
        let rows: [&[&str]; 2] = [
            &["https://post.example/1", "Jane Doe", teaser, text, "2020-05-03"],
            &["https://post.example/2", "", teaser, text, "2020-05-04"],
        ];
        assert_eq!(
            guessed(&rows),
            [(3, Column::Text), (2, Column::Title), (4, Column::Published), (0, Column::Url)]
        );
    }

    #[test]
    fn names_and_numbers_are_no_text() {
        assert_eq!(guessed(&[&["Kidal", "12,000"], &["Gao", "9,000"]]), []);
    }
}
