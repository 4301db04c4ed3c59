use crate::format::Format;
use std::io::{self, Write};

/// Joins the outputs of single articles into one document, without holding more than one of them.
pub(crate) struct Joiner<W> {
    format: Format,
    out: W,
    articles: u64,
    /// The first of a JSON document, until it is known whether another follows.
    first: Option<Vec<u8>>,
}

impl<W: Write> Joiner<W> {
    pub(crate) fn new(format: Format, out: W) -> Self {
        Self { format, out, articles: 0, first: None }
    }

    /// Adds the output of one article.
    pub(crate) fn add(&mut self, piece: Vec<u8>) -> io::Result<()> {
        self.articles += 1;
        match self.format {
            Format::Json => self.add_json(piece),
            Format::Card if self.articles > 1 => {
                self.out.write_all(b"\n")?;
                self.out.write_all(&piece)
            }
            _ => self.out.write_all(&piece),
        }
    }

    fn add_json(&mut self, piece: Vec<u8>) -> io::Result<()> {
        if self.articles == 1 {
            self.first = Some(piece);
            return Ok(());
        }
        if let Some(first) = self.first.take() {
            self.out.write_all(b"[\n")?;
            self.element(&first)?;
        }
        self.out.write_all(b",\n")?;
        self.element(&piece)
    }

    /// Writes an object as an element of an array, two columns further in.
    fn element(&mut self, piece: &[u8]) -> io::Result<()> {
        for (i, line) in piece.split(|&byte| byte == b'\n').enumerate() {
            self.out.write_all(if i == 0 { b"  " } else { b"\n  " })?;
            self.out.write_all(line)?;
        }
        Ok(())
    }

    /// Hands on what is complete, for a reader who waits for it.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Ends the document.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if self.format == Format::Json {
            match (self.articles, self.first.take()) {
                (0, _) => self.out.write_all(b"[]\n")?,
                (_, Some(only)) => {
                    self.out.write_all(&only)?;
                    self.out.write_all(b"\n")?;
                }
                (_, None) => self.out.write_all(b"\n]\n")?,
            }
        }
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(format: Format, pieces: &[&str]) -> String {
        let mut out = Vec::new();
        let mut joiner = Joiner::new(format, &mut out);
        for piece in pieces {
            joiner.add(piece.as_bytes().to_vec()).unwrap();
        }
        joiner.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_article_is_an_object_and_several_are_an_array() {
        assert_eq!(joined(Format::Json, &[]), "[]\n");
        assert_eq!(joined(Format::Json, &["{\n  \"a\": 1\n}"]), "{\n  \"a\": 1\n}\n");
        assert_eq!(joined(Format::Json, &["{\n}", "{}"]), "[\n  {\n  },\n  {}\n]\n");
    }

    #[test]
    fn cards_stand_apart() {
        assert_eq!(joined(Format::Card, &["a\n", "b\n"]), "a\n\nb\n");
    }
}
