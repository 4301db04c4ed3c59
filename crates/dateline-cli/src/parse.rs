mod chunks;

use crate::engine::engine_name;
use crate::inputs::{Failure, Inputs, Named};
use crate::{output, pipeline, terminal};
use chunks::{Chunk, Chunks, Content};
use clap::Args;
use dateline::syntax::{EngineKind, Sentence, conllu};
use dateline::{Engine, Span, article};
use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

/// Print words, tags, lemmas, trees and names as CoNLL-U
///
/// Takes plain text, which is parsed as it stands, its paragraphs parted by blank lines; CoNLL-U, whose words and
/// sentences are kept and whose tags, lemmas and trees are made anew; and whatever else `dateline read` takes, whose
/// articles are parsed without the page around them. Told apart by content, gzipped or not.
///
/// The last column holds NER=B-PER, NER=I-PER and so on for the words of names (PER, ORG, LOC, MISC), and
/// SpaceAfter=No. Sentences of a text are numbered by document, paragraph and sentence: d1-p2-s1.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Parse {
    #[command(flatten)]
    named: Named,

    /// Which analyser to use
    #[arg(short, long, value_parser = engine_name(), default_value_t, value_name = "ENGINE")]
    engine: EngineKind,

    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Threads to parse on; the output is the same for any number [default: one for each core]
    #[arg(short = 'j', long, visible_alias = "threads", value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

const EXAMPLES: &str = "\
Examples:
  dateline parse report.txt
  echo \"The envoy left Geneva.\" | dateline parse
  dateline parse wire.jsonl.gz --engine fast -o wire.conllu
  dateline parse treebank.conllu                       gold words, our tags and trees";

impl Parse {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let paths = self.named.paths()?;
        if Inputs::reads_stdin(&paths) && std::io::stdin().is_terminal() {
            terminal::complain("reading from standard input; Ctrl-D ends it");
        }
        let engine = self.engine.open(None)?;
        let every_core = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let threads = self.jobs.unwrap_or_else(every_core).get();
        let mut out = output::open(self.output.as_deref())?;
        let work = move |chunk: &Chunk| Ok(parse(&*engine, chunk));
        let outcomes = pipeline::start(Chunks::new(&paths, self.named.options()), threads, work)?;
        let mut failed = false;
        while let Some(outcome) = outcomes.next(|| out.flush())? {
            match outcome {
                Ok(piece) => out.write_all(&piece)?,
                Err(Failure(reason)) => {
                    failed = true;
                    terminal::complain(&reason);
                }
            }
        }
        out.flush()?;
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn parse(engine: &dyn Engine, chunk: &Chunk) -> Vec<u8> {
    let mut out = Vec::new();
    if let Some(id) = &chunk.opens {
        out.extend_from_slice(b"# newdoc id = ");
        out.extend(id.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().bytes());
        out.push(b'\n');
    }
    match &chunk.content {
        Content::Text(bytes) => {
            let text = article::decode(bytes);
            let blocks = chunks::paragraphs(&text);
            write(engine, &text, &blocks, chunk, &mut out);
        }
        Content::Article(article) => {
            let blocks: Vec<Span> = article.blocks.iter().map(|block| block.span).collect();
            write(engine, &article.text, &blocks, chunk, &mut out);
        }
        Content::Rows(rows) => rewrite(engine, rows, &mut out),
    }
    out
}

/// Analyses a text and writes its sentences, each with its number.
fn write(engine: &dyn Engine, text: &str, blocks: &[Span], chunk: &Chunk, out: &mut Vec<u8>) {
    let sentences = engine.analyse(text, blocks);
    // A row is some ten times as long as its word.
    out.reserve(text.len() * 12);
    let (mut block, mut number) = (0, 0);
    let mut opened = false;
    for (i, sentence) in sentences.iter().enumerate() {
        while blocks.get(block).is_some_and(|span| span.end <= sentence.span.start) {
            (block, number, opened) = (block + 1, 0, false);
        }
        if !opened {
            out.extend_from_slice(b"# newpar\n");
            opened = true;
        }
        number += 1;
        let (document, paragraph) = (chunk.document, chunk.paragraphs + block as u64 + 1);
        let _ = writeln!(out, "# sent_id = d{document}-p{paragraph}-s{number}");
        let touching = sentences.get(i + 1).is_some_and(|next| touches(sentence, next));
        conllu::write(out, text, sentence, touching);
    }
}

fn touches(sentence: &Sentence, next: &Sentence) -> bool {
    sentence.span.end == next.span.start
}

/// Analyses sentences whose words are given. A sentence's words are laid side by side with one space between them.
fn rewrite(engine: &dyn Engine, rows: &str, out: &mut Vec<u8>) {
    out.reserve(rows.len() * 2);
    let (mut text, mut words) = (String::new(), Vec::new());
    for given in rows.split("\n\n") {
        text.clear();
        words.clear();
        for row in given.lines().filter(|line| !line.starts_with('#')).flat_map(conllu::Row::parse) {
            if matches!(row.id, conllu::Id::Word(_)) {
                let start = text.len();
                text.push_str(row.form);
                words.push(Span::new(start, text.len()));
                text.push(' ');
            }
        }
        if !words.is_empty() {
            conllu::rewrite(out, given, &engine.analyse_words(&text, &words));
        } else if !given.trim().is_empty() {
            // Comments alone, as at the end of some files.
            out.extend_from_slice(given.trim_end().as_bytes());
            out.extend_from_slice(b"\n\n");
        }
    }
}
