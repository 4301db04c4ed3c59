/// One row of a CoNLL-U file: the ten cells of a word, a multi-word token or an empty node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Row<'l> {
    pub id: Id,
    pub form: &'l str,
    pub lemma: &'l str,
    pub upos: &'l str,
    pub xpos: &'l str,
    pub feats: &'l str,
    /// Number of the governing word; 0 for the root, `None` where the cell is empty (`_`).
    pub head: Option<u32>,
    pub relation: &'l str,
    pub deps: &'l str,
    pub misc: &'l str,
}

/// What a row stands for. Words count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Id {
    /// A word.
    Word(u32),
    /// A token that several words share, first to last: `1-2`.
    Token(u32, u32),
    /// A node of the enhanced graph that has no form in the text: `8.1`.
    Empty(u32, u32),
}

/// Why a line is no row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// There are more or fewer than ten cells.
    #[error("{0} cells, parted by tabs, where ten belong")]
    Cells(usize),
    /// The first cell is no number, range or decimal.
    #[error("{0:?} is no word's number")]
    Id(String),
    /// The seventh cell is no number.
    #[error("{0:?} is no head's number")]
    Head(String),
    /// A cell is empty that may not be.
    #[error("a word without a form")]
    Form,
}

impl<'l> Row<'l> {
    /// Takes a line apart.
    ///
    /// # Errors
    /// When it has not ten cells, or its numbers are none.
    ///
    /// ```
    /// use dateline_syntax::conllu::{Id, Row};
    /// let row = Row::parse("2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No")?;
    /// assert_eq!((row.id, row.head, row.space_after()), (Id::Word(2), Some(0), false));
    /// # Ok::<(), dateline_syntax::conllu::RowError>(())
    /// ```
    pub fn parse(line: &'l str) -> Result<Self, RowError> {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let mut cells = [""; 10];
        let mut count = 0;
        for (i, cell) in line.split('\t').enumerate() {
            if let Some(place) = cells.get_mut(i) {
                *place = cell;
            }
            count = i + 1;
        }
        if count != cells.len() {
            return Err(RowError::Cells(count));
        }
        let [id, form, lemma, upos, xpos, feats, head, relation, deps, misc] = cells;
        if form.trim().is_empty() {
            return Err(RowError::Form);
        }
        let head = match head {
            "_" => None,
            head => Some(head.parse().map_err(|_| RowError::Head(head.to_owned()))?),
        };
        Ok(Self { id: Id::parse(id)?, form, lemma, upos, xpos, feats, head, relation, deps, misc })
    }

    /// What MISC lists.
    pub fn attributes(&self) -> impl Iterator<Item = &'l str> + use<'l> {
        self.misc.split('|').filter(|attribute| !matches!(*attribute, "" | "_"))
    }

    /// Whether a gap follows.
    pub fn space_after(&self) -> bool {
        self.attributes().all(|attribute| attribute != "SpaceAfter=No")
    }
}

impl Id {
    fn parse(text: &str) -> Result<Self, RowError> {
        let number = |text: &str| text.parse::<u32>().map_err(|_| RowError::Id(text.to_owned()));
        Ok(match (text.split_once('-'), text.split_once('.')) {
            (Some((first, last)), _) => Self::Token(number(first)?, number(last)?),
            (None, Some((word, nth))) => Self::Empty(number(word)?, number(nth)?),
            (None, None) => Self::Word(number(text)?),
        })
    }
}
