use anyhow::{Context, Result};
use dateline_syntax::conllu::{Id, Row};
use dateline_text::Span;
use std::path::Path;

/// A treebank's documents, with the text they were made from.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// What the treebank calls it; empty where it does not say.
    pub(crate) id: String,
    /// The text, its paragraphs parted by blank lines.
    pub(crate) text: String,
    /// Paragraphs.
    pub(crate) blocks: Vec<Span>,
    pub(crate) sentences: Vec<GoldSentence>,
}

/// One sentence as annotated.
#[derive(Debug, Default)]
pub(crate) struct GoldSentence {
    pub(crate) id: String,
    pub(crate) words: Vec<GoldWord>,
}

/// One syntactic word as annotated.
#[derive(Clone, Debug)]
pub(crate) struct GoldWord {
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) upos: String,
    pub(crate) xpos: String,
    /// Position of the head in the sentence, counted from 1; 0 for the root.
    pub(crate) head: usize,
    pub(crate) relation: String,
    /// Where it stands in the document's text; the whole range for a word of a multi-word token.
    pub(crate) span: Span,
    /// Whether it is part of a multi-word token.
    pub(crate) in_range: bool,
    /// The last cell.
    pub(crate) misc: String,
}

/// Reads a CoNLL-U file. Text is rebuilt from the forms and `SpaceAfter=No`.
pub(crate) fn read(path: &Path) -> Result<Vec<Document>> {
    let content = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut reader = Reader::default();
    for (number, line) in content.lines().enumerate() {
        reader.line(line).with_context(|| format!("{}:{}", path.display(), number + 1))?;
    }
    Ok(reader.finish())
}

#[derive(Default)]
pub(crate) struct Reader {
    documents: Vec<Document>,
    document: Document,
    sentence: GoldSentence,
    /// Last word of the open multi-word token, and its span.
    range: Option<(u32, Span)>,
    block: usize,
    space: bool,
}

impl Reader {
    pub(crate) fn line(&mut self, line: &str) -> Result<()> {
        if line.is_empty() {
            self.end_sentence();
        } else if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start();
            if let Some(id) = comment.strip_prefix("newdoc") {
                self.end_document();
                self.document.id = id.trim_start_matches([' ', 'i', 'd', '=']).to_owned();
            } else if comment.starts_with("newpar") {
                self.end_block();
            } else if let Some(id) = comment.strip_prefix("sent_id") {
                self.sentence.id = id.trim_start_matches([' ', '=']).to_owned();
            }
        } else {
            self.word(line)?;
        }
        Ok(())
    }

    fn word(&mut self, line: &str) -> Result<()> {
        let row = Row::parse(line)?;
        let number = match row.id {
            Id::Word(number) => number,
            Id::Token(_, last) => {
                let span = self.append(row.form, row.space_after());
                self.range = Some((last, span));
                return Ok(());
            }
            Id::Empty(..) => return Ok(()),
        };
        let (span, in_range) = match self.range {
            Some((last, span)) if number <= last => (span, true),
            _ => (self.append(row.form, row.space_after()), false),
        };
        self.sentence.words.push(GoldWord {
            form: row.form.to_owned(),
            lemma: row.lemma.to_owned(),
            upos: row.upos.to_owned(),
            xpos: row.xpos.to_owned(),
            head: row.head.context("a word without a head")? as usize,
            relation: row.relation.to_owned(),
            span,
            in_range,
            misc: row.misc.to_owned(),
        });
        Ok(())
    }

    fn append(&mut self, form: &str, space_after: bool) -> Span {
        if self.space {
            self.document.text.push(' ');
        }
        self.space = space_after;
        let start = self.document.text.len();
        self.document.text.push_str(form);
        Span::new(start, self.document.text.len())
    }

    fn end_sentence(&mut self) {
        self.range = None;
        if !self.sentence.words.is_empty() {
            self.document.sentences.push(std::mem::take(&mut self.sentence));
        }
    }

    fn end_block(&mut self) {
        let end = self.document.text.len();
        if end > self.block {
            self.document.blocks.push(Span::new(self.block, end));
            self.document.text.push_str("\n\n");
        }
        self.block = self.document.text.len();
        self.space = false;
    }

    /// Ends what is open, and gives all documents.
    pub(crate) fn finish(mut self) -> Vec<Document> {
        self.end_sentence();
        self.end_document();
        self.documents
    }

    fn end_document(&mut self) {
        self.end_block();
        self.block = 0;
        if !self.document.sentences.is_empty() {
            self.documents.push(std::mem::take(&mut self.document));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_ranges() {
        let rows = [
            "# newdoc id = a",
            "# newpar",
            "# sent_id = a-1",
            "1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No",
            "1\tDo\tdo\tAUX\tVB\t_\t0\troot\t_\t_",
            "2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_",
            "3\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_",
            "",
            "# newpar",
            "1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_",
            "",
        ];
        let mut reader = Reader::default();
        for row in rows {
            reader.line(row).unwrap();
        }
        let document = &reader.finish()[0];
        assert_eq!(document.text, "Don't!\n\nYes\n\n");
        assert_eq!(document.sentences.len(), 2);
        assert_eq!(document.sentences[0].words[1].span.of(&document.text), "Don't");
        assert_eq!(
            document.blocks.iter().map(|b| b.of(&document.text)).collect::<Vec<_>>(),
            ["Don't!", "Yes"]
        );
    }
}
