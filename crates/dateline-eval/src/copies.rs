use anyhow::{Context, Result};
use clap::Args;
use dateline::article::{Block, BlockKind};
use dateline::{Article, Articles, Copies, Span};
use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

/// Scores the finding of copies.
///
/// Articles of a corpus are edited as papers edit wire copy: the end cut off, another headline, another agency, words
/// put right or wrong, all of it at once. All of them together are searched for copies. Recall is the part of the
/// edited ones that are found to be copies of what they were made from; precision the part of those called copies that
/// are. As traps, follow-ups are made: a new report with the background of an old one under it. The making is the same
/// each time.
#[derive(Debug, Args)]
pub(crate) struct CopyPairs {
    /// Corpora in any format that Dateline reads.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Name the articles of the corpora that were found to be copies of each other.
    #[arg(long)]
    show: bool,
}

/// How a copy is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edit {
    Headline,
    Agency,
    Typos,
    CutThird,
    CutHalf,
    All,
    FollowUp,
}

const EDITS: [(Edit, &str); 7] = [
    (Edit::Headline, "another headline"),
    (Edit::Agency, "another agency"),
    (Edit::Typos, "words changed"),
    (Edit::CutThird, "last third cut"),
    (Edit::CutHalf, "last half cut"),
    (Edit::All, "all of these"),
    (Edit::FollowUp, "follow-up (no copy)"),
];

/// Shorter articles are left out.
const FEWEST_WORDS: usize = 120;

impl CopyPairs {
    /// Makes the pairs, searches them, and prints the figures.
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<()> {
        let mut originals = Vec::new();
        for file in &self.files {
            let input = File::open(file).with_context(|| file.display().to_string())?;
            for article in Articles::open(file.display().to_string(), Box::new(input)) {
                let article = article?;
                if article.text.split_whitespace().count() >= FEWEST_WORDS {
                    originals.push(article);
                }
            }
        }
        let mut copies = Copies::default();
        for article in &originals {
            copies.add(article);
        }
        let mut made = Vec::new();
        for (at, article) in originals.iter().enumerate() {
            let (edit, _) = EDITS[at % EDITS.len()];
            let other = &originals[(at + originals.len() / 2) % originals.len()];
            let copy = edited(article, other, edit);
            copies.add(&copy);
            made.push((at, edit, copy));
        }
        // The group of an article is the id of its best version.
        let group =
            |ordinal: usize, article: &Article| copies.copy_of(ordinal).unwrap_or_else(|| article.id.clone());
        let (mut found, mut wrong) = (0, 0);
        writeln!(out, "{:<24}{:>7}{:>8}", "", "made", "found")?;
        for (edit, name) in EDITS {
            let of_edit = made.iter().enumerate().filter(|(_, (_, known, _))| *known == edit);
            let (mut all, mut hits) = (0, 0);
            for (number, (at, _, copy)) in of_edit {
                all += 1;
                let same = group(originals.len() + number, copy) == group(*at, &originals[*at]);
                hits += usize::from(same);
            }
            writeln!(out, "{name:<24}{all:>7}{hits:>8}")?;
            if edit == Edit::FollowUp {
                wrong += hits;
            } else {
                found += hits;
            }
        }
        let true_pairs = made.iter().filter(|(_, edit, _)| *edit != Edit::FollowUp).count();
        // Copies of something else than what they were made from.
        let mut first_of: HashMap<String, usize> = HashMap::new();
        let mut own = Vec::new();
        for (at, article) in originals.iter().enumerate() {
            let first = *first_of.entry(group(at, article)).or_insert(at);
            if first != at {
                own.push((first, at));
            }
        }
        for (number, (at, _, copy)) in made.iter().enumerate() {
            let group_of_copy = group(originals.len() + number, copy);
            let strays = group_of_copy != group(*at, &originals[*at])
                && copies.copy_of(originals.len() + number).is_some();
            wrong += usize::from(strays);
        }
        let (precision, recall) = (share(found, found + wrong), share(found, true_pairs));
        writeln!(
            out,
            "recall {recall:.1} %, precision {precision:.1} %: {found} of {true_pairs}, {wrong} wrong"
        )?;
        writeln!(
            out,
            "{} of {} articles of the corpora are copies of earlier ones",
            own.len(),
            originals.len()
        )?;
        if self.show {
            for (a, b) in own {
                let name = |article: &Article| article.key.clone().unwrap_or_else(|| article.id.clone());
                writeln!(out, "  {} {}", name(&originals[a]), name(&originals[b]))?;
            }
        }
        Ok(())
    }
}

fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// The article as another paper has it.
fn edited(article: &Article, other: &Article, edit: Edit) -> Article {
    let body = sentences(article);
    let keep = |part: usize, of: usize| (body.len() * part).div_ceil(of).max(1);
    let mut kept: Vec<String> = match edit {
        Edit::CutThird => body[..keep(2, 3)].to_vec(),
        Edit::CutHalf | Edit::All => body[..keep(1, 2)].to_vec(),
        Edit::FollowUp => {
            let new = sentences(other);
            let background = &body[body.len() - keep(2, 5)..];
            new.iter().take(body.len().div_ceil(2)).chain(background).cloned().collect()
        }
        _ => body,
    };
    if matches!(edit, Edit::Agency | Edit::All) {
        for sentence in &mut kept {
            for name in
                ["The Associated Press", "Associated Press", "Reuters", "AP", "AFP", "BBC News", "BBC"]
            {
                *sentence = sentence.replace(name, "Harbour News Agency");
            }
        }
        kept.push("Harbour News Agency contributed to this report.".into());
    }
    if matches!(edit, Edit::Typos | Edit::All) {
        let mut number = 0;
        for sentence in &mut kept {
            *sentence =
                sentence.split(' ').map(|word| misspelt(word, &mut number)).collect::<Vec<_>>().join(" ");
        }
    }
    let title = matches!(edit, Edit::Headline | Edit::All).then(|| "What is known so far".to_owned());
    put_together(title, &kept)
}

/// Every fiftieth word that is long enough has two letters changed over.
fn misspelt(word: &str, number: &mut usize) -> String {
    *number += 1;
    let mut letters: Vec<char> = word.chars().collect();
    if number.is_multiple_of(50) && letters.len() > 4 {
        letters.swap(2, 3);
    }
    letters.into_iter().collect()
}

/// The sentences of the body, roughly: corpora without paragraphs are cut too.
fn sentences(article: &Article) -> Vec<String> {
    let mut out = Vec::new();
    for block in article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let mut rest = block.span.of(&article.text);
        while let Some(at) = rest.find(". ") {
            out.push(rest[..=at].to_owned());
            rest = &rest[at + 2..];
        }
        out.push(rest.to_owned());
    }
    out
}

fn put_together(title: Option<String>, paragraphs: &[String]) -> Article {
    let mut text = title.clone().unwrap_or_default();
    let mut blocks = Vec::new();
    if !text.is_empty() {
        blocks.push(Block { kind: BlockKind::Title, span: Span::new(0, text.len()) });
    }
    for paragraph in paragraphs {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(paragraph);
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, text.len()) });
    }
    // An id of its own is all that the search asks for.
    let id = format!(
        "{:016x}{:016x}",
        text.len(),
        text.bytes().fold(7_u64, |h, b| h.wrapping_mul(31) ^ u64::from(b))
    );
    Article { id, title, text, blocks, ..Article::default() }
}
