use crate::engine::{CodebookChoice, engine_name};
use crate::page::{Page, Text};
use crate::terminal::{self, When};
use crate::view::View;
use crate::{card, engine, event, output, theme, tree};
use clap::Args;
use dateline::reading::CountryBasis;
use dateline::syntax::{EngineKind, NameKind};
use dateline::{Explanation, Sentence, SentenceExplanation};
use std::io::{Read, Write};
use std::process::ExitCode;
use unicode_width::UnicodeWidthStr;

/// Show how a sentence is understood: words, tree, names, frames, patterns, events
///
/// For writers of codebooks: it says which patterns made which events of a sentence, and what the others missed.
#[derive(Args)]
#[command(after_help = "\
Examples:
  dateline explain \"Rebels shelled the town on Monday.\"
  echo \"The envoy plans to visit Geneva.\" | dateline explain")]
pub(crate) struct Explain {
    /// A sentence or several; none: standard input
    #[arg(value_name = "SENTENCE")]
    words: Vec<String>,

    /// Which analyser of English to use
    #[arg(short, long, value_parser = engine_name(), default_value_t, value_name = "ENGINE")]
    engine: EngineKind,

    #[command(flatten)]
    codebook: CodebookChoice,

    /// When to colour
    #[arg(long, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    color: When,
}

impl Explain {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let text = match self.words.as_slice() {
            [] => {
                let mut text = String::new();
                std::io::stdin().lock().read_to_string(&mut text)?;
                text
            }
            words => words.join(" "),
        };
        anyhow::ensure!(!text.trim().is_empty(), "nothing to explain: give a sentence");
        let explanation = engine::reader(self.engine, &self.codebook)?.explain(&text);
        let page = render(&explanation, terminal::width(), self.color.colour(false));
        let mut out = output::open(None)?;
        out.write_all(page.as_bytes())?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

fn render(explanation: &Explanation, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    let text = &explanation.reading.article.text;
    for sentence in &explanation.sentences {
        page.rule();
        let none = Text::new();
        page.paragraph(&none, &none, &Text::new().with(theme::TITLE, sentence.sentence.span.of(text)));
        words(&mut page, text, &sentence.sentence);
        card::section(&mut page, "TREE", 0);
        tree::draw(&mut page, text, &sentence.sentence);
        names(&mut page, text, &sentence.sentence);
        frames(&mut page, sentence);
        patterns(&mut page, sentence);
        page.gap();
    }
    page.rule();
    let view = View::new(&explanation.reading);
    entities(&mut page, &view);
    card::section(&mut page, "EVENTS", explanation.reading.events.len());
    event::events(&mut page, &view);
    notes(&mut page, &view);
    page.into_string()
}

/// A table of the words with lemma, tags, head and relation.
fn words(page: &mut Page, text: &str, sentence: &Sentence) {
    card::section(page, "WORDS", sentence.tokens.len());
    let widest = |of: &dyn Fn(usize) -> usize| (0..sentence.tokens.len()).map(of).max().unwrap_or(0);
    let word_column = widest(&|i| sentence.tokens[i].span.of(text).width());
    let lemma_column = widest(&|i| sentence.tokens[i].lemma.width());
    for (i, token) in sentence.tokens.iter().enumerate() {
        let head = token.head.map_or("–".to_owned(), |head| (head + 1).to_string());
        let line = Text::new()
            .with(theme::DIM, &format!("{:>4}  ", i + 1))
            .with(theme::STRONG, token.span.of(text))
            .padded(6 + word_column + 2)
            .with(theme::PLAIN, &token.lemma)
            .padded(6 + word_column + 2 + lemma_column + 2)
            .with(theme::PLAIN, &format!("{:6}{:6}", token.upos, token.xpos))
            .with(theme::DIM, &format!("{head:>4} {}", token.relation));
        page.line(&line);
    }
}

fn names(page: &mut Page, text: &str, sentence: &Sentence) {
    card::section(page, "NAMES", sentence.names.len());
    if sentence.names.is_empty() {
        page.line(&Text::new().with(theme::DIM, "  none"));
    }
    for name in &sentence.names {
        let kind = match name.kind {
            NameKind::Person => "person",
            NameKind::Organization => "organization",
            NameKind::Place => "place",
            NameKind::Other => "other",
        };
        let words = sentence.span_of(name.first, name.end).of(text);
        page.line(&Text::blank(2).with(theme::DIM, kind).padded(16).with(theme::PLAIN, words));
    }
}

fn frames(page: &mut Page, sentence: &SentenceExplanation) {
    card::section(page, "FRAMES", sentence.frames.len());
    if sentence.frames.is_empty() {
        page.line(&Text::new().with(theme::DIM, "  none"));
    }
    for frame in &sentence.frames {
        page.paragraph(&Text::blank(2), &Text::blank(6), &Text::new().with(theme::PLAIN, frame));
    }
}

/// Patterns that matched, then those that did not, with what they missed.
fn patterns(page: &mut Page, sentence: &SentenceExplanation) {
    card::section(page, "PATTERNS", sentence.verdicts.len());
    if sentence.verdicts.is_empty() {
        page.line(&Text::new().with(theme::DIM, "  none tried"));
    }
    let column = sentence.verdicts.iter().map(|v| v.pattern.width()).max().unwrap_or(0).min(36) + 6;
    for matched in [true, false] {
        let (mark, style) = if matched { ("✓ ", theme::GOOD) } else { ("✗ ", theme::DIM) };
        for verdict in sentence.verdicts.iter().filter(|verdict| verdict.matched == matched) {
            let first = Text::blank(2)
                .with(style, mark)
                .with(if matched { theme::STRONG } else { theme::DIM }, &verdict.pattern)
                .padded(column - 2)
                .with(theme::PLAIN, "  ");
            let style = if matched { theme::PLAIN } else { theme::DIM };
            page.paragraph(&first, &Text::blank(column), &Text::new().with(style, &verdict.reason));
        }
    }
}

/// Whoever is spoken of, with every mention.
fn entities(page: &mut Page, view: &View<'_>) {
    card::section(page, "ENTITIES", view.reading.entities.len());
    for entity in &view.reading.entities {
        let mut text = event::who(entity, theme::ACTOR);
        if let Some(basis) = entity.country_from {
            let known = match basis {
                CountryBasis::Text => " country: the text",
                CountryBasis::Codebook => " country: the codebook",
                CountryBasis::Scene => " country: inferred from the scene",
            };
            text.push(theme::DIM, known);
        }
        for (i, mention) in entity.mentions.iter().enumerate() {
            text.push(theme::DIM, if i == 0 { ": " } else { ", " });
            text.push(theme::PLAIN, view.words(mention.span));
        }
        page.paragraph(&Text::blank(2), &Text::blank(6), &text);
    }
}

/// What was left out, and why.
fn notes(page: &mut Page, view: &View<'_>) {
    if view.reading.notes.is_empty() {
        return;
    }
    card::section(page, "NOTES", view.reading.notes.len());
    for note in &view.reading.notes {
        let text =
            Text::new().with(theme::DOUBT, &note.kind).with(theme::PLAIN, &format!(": {}", note.reason));
        page.paragraph(&Text::blank(2), &Text::blank(4), &text);
    }
}
