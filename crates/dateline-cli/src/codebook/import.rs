use anyhow::Context;
use clap::Args;
use dateline_import::{Sources, Text};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Turn dictionaries of PETRARCH, PETRARCH2 or TABARI into a codebook
///
/// Reads the files as they were published. What cannot be taken over is listed in `untranslated.tsv` in the new folder,
/// with file, line and reason. With actors or agents, events are then coded as PETRARCH codes them: by the dictionary's
/// codes, who does it to whom in each clause. With verbs alone, the program's own actors stay.
#[derive(Args)]
#[command(after_help = "\
Examples:
  dateline codebook import --actors *.actors.txt --agents agents.txt --verbs CAMEO.2.0.txt --out mine/
  dateline read report.txt --codebook mine/")]
pub(crate) struct Import {
    /// Files of actors
    #[arg(long, num_args = 1.., value_name = "FILE")]
    actors: Vec<PathBuf>,
    /// Files of agents
    #[arg(long, num_args = 1.., value_name = "FILE")]
    agents: Vec<PathBuf>,
    /// Files of verbs and their patterns
    #[arg(long, num_args = 1.., value_name = "FILE")]
    verbs: Vec<PathBuf>,
    /// Files of discards
    #[arg(long, num_args = 1.., value_name = "FILE")]
    discards: Vec<PathBuf>,
    /// Files of issues, which become contexts
    #[arg(long, num_args = 1.., value_name = "FILE")]
    issues: Vec<PathBuf>,
    /// PETRARCH's internal coding ontology, which tells the opposite of each code
    #[arg(long, num_args = 1.., value_name = "FILE")]
    ontology: Vec<PathBuf>,
    /// The folder to write; it must be new or empty
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

impl Import {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let sources = Sources {
            actors: texts(&self.actors)?,
            agents: texts(&self.agents)?,
            verbs: texts(&self.verbs)?,
            discards: texts(&self.discards)?,
            issues: texts(&self.issues)?,
            ontology: texts(&self.ontology)?,
        };
        anyhow::ensure!(
            !(self.actors.is_empty() && self.agents.is_empty() && self.verbs.is_empty()),
            "nothing to import: name files of actors, agents or verbs"
        );
        super::new::make(&self.out)?;
        let imported = dateline_import::import(&sources);
        for (name, text) in &imported.files {
            super::new::write(&self.out, name, text)?;
        }
        let counts = imported.counts;
        writeln!(
            std::io::stdout(),
            "{}: {} actors by {} phrases, {} agents, {} discards, {} verbs, {} of {} patterns; {} lines in untranslated.tsv",
            self.out.display(),
            counts.actors,
            counts.actor_phrases,
            counts.agents,
            counts.discards,
            counts.verbs,
            counts.translated,
            counts.patterns,
            imported.faults.len()
        )?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The texts of files; bytes that are no UTF-8 are replaced, as old dictionaries have some in names.
fn texts(paths: &[PathBuf]) -> anyhow::Result<Vec<Text>> {
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        Ok(Text::new(name, String::from_utf8_lossy(&bytes)))
    };
    paths.iter().filter(|path| !is_empty(path)).map(read).collect()
}

fn is_empty(path: &Path) -> bool {
    path.as_os_str().is_empty()
}
