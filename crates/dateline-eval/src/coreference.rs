mod cause;
mod gold;
mod key;
mod response;
mod score;

use crate::conllu::{self, Document};
use crate::engine::EngineChoice;
use anyhow::Result;
use clap::Args;
use dateline::{Article, Block, BlockKind, Dateline};
use score::{Ratio, Score};
use std::io::Write;
use std::path::PathBuf;

/// Scores who is the same as whom: CoNLL F1 (mean of MUC, B³ and CEAF-e) over named chains.
///
/// The text of each document is read from scratch: sentences, words, tree, names and mentions are all the engine's and
/// the reader's own. Scored are chains of people, organisations and countries that have a name: gold chains of kind
/// person or organization of which a mention is headed by a proper noun, and gold chains of kind place of which a
/// mention is headed by a country's name in the codebook. Against them stand the chains of the reading (an entity with
/// all its mentions; a country's also with those of the country as a place) that have a mention by name or hold a
/// mention of a gold chain.
///
/// Two mentions are the same where the gold tree gives their spans the same head word, whatever else they take in
/// (--exact: where they have the same words). Of several gold mentions with one head the longest stands. A gold mention
/// inside a longer one of its chain (a name or description in apposition: "coauthor Ann Holt", "Ann Holt, the coauthor,")
/// is one with it: a mention of the reading with either head stands for both, and finding both earns nothing. As in the
/// CoNLL and CorefUD scorers, chains of one mention are left out on both sides; "with singletons" counts them too.
/// Pronouns of the first and second person are left out on both sides, as the transcripts' text does not say who
/// speaks (--speech: they are counted). Counts are summed over the documents.
///
/// Of each gold mention that is not with the rest of its chain the cause is told: "missed" where nobody is mentioned
/// there, "split" where somebody else than the rest of its chain is, "merged" where it keeps with the rest of its chain but
/// that is also taken for another gold chain; "extra" are mentions with no scored gold chain of their own.
#[derive(Debug, Args)]
pub(crate) struct Coreference {
    /// A treebank in GUM's layout.
    #[arg(long, required = true, num_args = 1..)]
    gold: Vec<PathBuf>,
    /// Only documents whose names hold one of these; all where none is given.
    #[arg(long, value_delimiter = ',', default_value = "news,interview")]
    genres: Vec<String>,
    /// Mentions are the same only where all their words are.
    #[arg(long)]
    exact: bool,
    /// Count pronouns of the first and second person.
    #[arg(long)]
    speech: bool,
    /// Print every wrong mention with its cause.
    #[arg(long)]
    errors: bool,
    /// A folder with a codebook instead of the one in the program.
    #[arg(long)]
    codebook: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineChoice,
}

/// How mentions are compared.
#[derive(Clone, Copy, Debug)]
struct Matching {
    exact: bool,
    speech: bool,
}

/// What a mention is known by: its sentence with its head word, or with its first word and its last.
type Handle = (usize, usize, usize);

/// A chain to be scored.
#[derive(Clone, Debug, Default)]
struct Scored {
    mentions: Vec<Handle>,
}

impl Coreference {
    /// Reads every document and prints the scores and the causes of errors.
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<()> {
        let (count, pairs, singletons, causes) = self.score(out)?;
        writeln!(out, "{count} documents")?;
        print(out, "chains of two or more", &pairs)?;
        print(out, "with singletons", &singletons)?;
        causes.print(out)?;
        Ok(())
    }

    /// How many documents there are, the scores without and with singletons, and the causes of errors.
    fn score(&self, out: &mut impl Write) -> Result<(usize, Score, Score, cause::Causes)> {
        let codebook = crate::codebook(self.codebook.as_deref())?;
        let dateline = Dateline::with(self.engine.open()?, codebook);
        let mut documents = Vec::new();
        for path in &self.gold {
            documents.extend(conllu::read(path)?);
        }
        let wanted = |id: &str| self.genres.is_empty() || self.genres.iter().any(|g| id.contains(g.as_str()));
        documents.retain(|d| wanted(&d.id));
        let readings =
            crate::parallel::map(&documents, self.engine.jobs, |document| dateline.read(&article(document)));
        let matching = Matching { exact: self.exact, speech: self.speech };
        let (mut pairs, mut singletons) = (Score::default(), Score::default());
        let mut causes = cause::Causes::default();
        for (document, reading) in documents.iter().zip(&readings) {
            let key = key::Key::of(document, dateline.codebook(), matching);
            let found = response::chains(document, reading, &key, matching);
            pairs.add(&numbered(&key.chains, 2), &numbered(&found, 2));
            singletons.add(&numbered(&key.chains, 1), &numbered(&found, 1));
            causes.add(document, &key.chains, &found, self.errors.then_some(out as &mut dyn Write))?;
        }
        Ok((documents.len(), pairs, singletons, causes))
    }
}

fn article(document: &Document) -> Article {
    let block = |span: &_| Block { kind: BlockKind::Paragraph, span: *span };
    let blocks = document.blocks.iter().map(block).collect();
    Article { text: document.text.clone(), blocks, ..Article::default() }
}

/// The chains of at least so many mentions, their mentions numbered alike in the key and the response.
fn numbered(chains: &[Scored], least: usize) -> Vec<Vec<usize>> {
    let number = |&(sentence, first, last): &Handle| (sentence << 24) | (first << 12) | last;
    let long = chains.iter().filter(|c| c.mentions.len() >= least);
    long.map(|c| c.mentions.iter().map(number).collect()).collect()
}

fn print(out: &mut impl Write, name: &str, score: &Score) -> Result<()> {
    writeln!(out, "{name:<22} CoNLL F1 {:6.2}", score.conll())?;
    let mut line = |name: &str, f1: f64, precision: f64, recall: f64| {
        writeln!(out, "  {name:<20} F1 {f1:6.2}  precision {precision:6.2}  recall {recall:6.2}")
    };
    line("mentions", score.mentions.f1(), score.mentions.precision(), score.mentions.recall())?;
    let measures: [(&str, Ratio); 3] =
        [("MUC", score.muc), ("B-cubed", score.b_cubed), ("CEAF-e", score.ceaf_e)];
    for (name, ratio) in measures {
        line(name, ratio.f1(), ratio.precision(), ratio.recall())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, clap::Parser)]
    struct Command {
        #[command(flatten)]
        coreference: Coreference,
    }

    /// The floors lie a point and a half under what is measured: four documents have few chains, and one long chain that a
    /// model's change splits moves the figure by about as much.
    #[test]
    fn named_chains_keep_their_level() {
        let Some(gold) = crate::shared::data("syntax/gum-dev.conllu") else { return };
        let arguments =
            ["coreference", "--gold"].map(std::ffi::OsString::from).into_iter().chain([gold.into()]);
        let command = <Command as clap::Parser>::parse_from(arguments).coreference;
        let (documents, pairs, singletons, _) = command.score(&mut std::io::sink()).unwrap();
        assert_eq!(documents, 4);
        assert!(pairs.conll() >= 70.8, "{pairs:?}");
        assert!(singletons.conll() >= 72.3, "{singletons:?}");
    }
}
