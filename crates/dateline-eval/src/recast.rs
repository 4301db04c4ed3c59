use crate::conllu::{Document, GoldWord};
use clap::{Args, ValueEnum};
use dateline_text::Span;

/// How the gold text is written otherwise before it is analysed, to see what an engine makes of it.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct Recast {
    /// Write the words in other letters first.
    #[arg(long, value_enum)]
    case: Option<Case>,
    /// Write quotation marks and apostrophes otherwise first.
    #[arg(long, value_enum)]
    quotes: Option<Quotes>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Case {
    /// ALL CAPITALS
    Upper,
    /// no capitals
    Lower,
    /// Every Word With A Capital
    Title,
    /// As Title, but Articles, Conjunctions and Short Prepositions Are Small
    Headline,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Quotes {
    /// " and '
    Straight,
    /// “ ” ‘ ’
    Curly,
}

/// Words that a headline writes small, unless they begin or end it; sorted.
const SMALL: [&str; 22] = [
    "a", "an", "and", "as", "at", "but", "by", "for", "if", "in", "nor", "of", "off", "on", "or", "per",
    "so", "the", "to", "up", "via", "yet",
];

/// Where a word stands.
#[derive(Clone, Copy)]
struct Place<'w> {
    first: bool,
    last: bool,
    /// Whether the token begins with it.
    begins: bool,
    /// The treebank's tag, which tells an opening quotation mark from a closing one.
    xpos: &'w str,
}

impl Recast {
    /// The same document in the other writing: forms, text and places.
    pub(crate) fn document(self, document: Document) -> Document {
        if self.case.is_none() && self.quotes.is_none() {
            return document;
        }
        let mut text = String::with_capacity(document.text.len());
        // Ends of tokens in the old text and the new, to find paragraphs again.
        let mut ends: Vec<(u32, u32)> = vec![(0, 0)];
        let mut done = 0;
        let mut sentences = document.sentences;
        for sentence in &mut sentences {
            let count = sentence.words.len();
            let mut token: Option<(Span, Span)> = None;
            for (i, word) in sentence.words.iter_mut().enumerate() {
                let shared = token.filter(|(old, _)| word.in_range && *old == word.span);
                let place = |begins, xpos| Place { first: i == 0, last: i + 2 >= count, begins, xpos };
                let form = self.form(&word.form, place(shared.is_none(), &word.xpos));
                let span = match shared {
                    Some((_, new)) => new,
                    None => {
                        text.push_str(document.text.get(done..word.span.start as usize).unwrap_or_default());
                        let surface = word.span.of(&document.text);
                        let xpos = if word.in_range { "" } else { word.xpos.as_str() };
                        let start = text.len();
                        text.push_str(&self.form(surface, place(true, xpos)));
                        done = word.span.end as usize;
                        Span::new(start, text.len())
                    }
                };
                token = Some((word.span, span));
                ends.push((word.span.end, span.end));
                *word = GoldWord { form, span, ..word.clone() };
            }
        }
        text.push_str(document.text.get(done..).unwrap_or_default());
        let moved = |at: u32| {
            let (old, new) = ends[ends.partition_point(|(old, _)| *old <= at).saturating_sub(1)];
            new + (at - old)
        };
        let blocks =
            document.blocks.iter().map(|b| Span { start: moved(b.start), end: moved(b.end) }).collect();
        Document { id: document.id, text, blocks, sentences }
    }

    /// The words of one sentence in the other writing. Nothing is known of their tags.
    pub(crate) fn words(self, words: &mut [String]) {
        let count = words.len();
        for (i, word) in words.iter_mut().enumerate() {
            *word = self.form(word, Place { first: i == 0, last: i + 1 == count, begins: true, xpos: "" });
        }
    }

    fn form(self, form: &str, place: Place<'_>) -> String {
        let form = match self.case {
            None => form.to_owned(),
            Some(Case::Upper) => form.to_uppercase(),
            Some(Case::Lower) => form.to_lowercase(),
            Some(_) if !place.begins => form.to_owned(),
            Some(Case::Headline)
                if !place.first && !place.last && SMALL.contains(&form.to_lowercase().as_str()) =>
            {
                form.to_lowercase()
            }
            Some(Case::Title | Case::Headline) => {
                let mut letters = form.chars();
                letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
            }
        };
        match self.quotes {
            None => form,
            Some(Quotes::Straight) => form
                .chars()
                .map(|c| match c {
                    '“' | '”' | '„' => '"',
                    '‘' | '’' => '\'',
                    c => c,
                })
                .collect(),
            Some(Quotes::Curly) => match (form.as_str(), place.xpos) {
                ("\"" | "``", "``") | ("``", _) => "“".to_owned(),
                ("\"" | "''", _) => "”".to_owned(),
                ("'" | "`", "``") => "‘".to_owned(),
                _ => form.replace('\'', "’"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::Reader;

    fn document() -> Document {
        let mut reader = Reader::default();
        for row in [
            "# newpar",
            "1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_",
            "1\tDo\tdo\tAUX\tVB\t_\t0\troot\t_\t_",
            "2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_",
            "3\tgo\tgo\tVERB\tVB\t_\t1\tx\t_\t_",
            "4\tfor\tfor\tADP\tIN\t_\t1\tx\t_\t_",
            "5\t\"\t\"\tPUNCT\t``\t_\t1\tpunct\t_\tSpaceAfter=No",
            "6\tß\tß\tX\tFW\t_\t1\tx\t_\tSpaceAfter=No",
            "7\t\"\t\"\tPUNCT\t''\t_\t1\tpunct\t_\tSpaceAfter=No",
            "8\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_",
            "",
            "# newpar",
            "1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_",
            "",
        ] {
            reader.line(row).unwrap();
        }
        reader.finish().remove(0)
    }

    #[test]
    fn texts_and_places_follow() {
        let of = |case, quotes| {
            let got = Recast { case, quotes }.document(document());
            for word in got.sentences.iter().flat_map(|s| &s.words).filter(|w| !w.in_range) {
                assert_eq!(word.span.of(&got.text), word.form);
            }
            assert_eq!(got.sentences[0].words[1].span, got.sentences[0].words[0].span);
            got.blocks.iter().map(|b| b.of(&got.text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of(None, None), ["Don't go for \"ß\"!", "Yes"]);
        assert_eq!(of(Some(Case::Upper), None), ["DON'T GO FOR \"SS\"!", "YES"]);
        assert_eq!(of(Some(Case::Headline), None), ["Don't Go for \"SS\"!", "Yes"]);
        assert_eq!(of(Some(Case::Title), Some(Quotes::Curly)), ["Don’t Go For “SS”!", "Yes"]);
    }
}
