use anyhow::Context;
use clap::Args;
use dateline::Codebook;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Begin a codebook of your own
///
/// Writes a folder with one pattern to start from. The folder's patterns stand instead of the program's; all else is
/// taken from the program until the folder has it. --all writes every file of the program's codebook, to be changed.
#[derive(Args)]
#[command(after_help = "\
Examples:
  dateline codebook new mine/
  dateline codebook test --codebook mine/
  dateline explain --codebook mine/ \"Dockers went on strike in Aru.\"")]
pub(crate) struct New {
    /// The folder to write; it must be new or empty
    folder: PathBuf,
    /// Write every file of the program's codebook
    #[arg(long)]
    all: bool,
}

const README: &str = "\
# A codebook of your own

Patterns are in `plover/*.toml`, one file an event type. After a change:

    dateline codebook check --codebook .
    dateline codebook test --codebook .
    dateline explain --codebook . \"A sentence to try.\"

What this folder does not have is taken from the program: `classes.toml`, `actors/*.tsv`, `roles.tsv`, `ontology.toml`
and the rest; `dateline codebook new --all FOLDER` writes them all.
";

const PATTERN: &str = "\
# What events look like. Each pattern brings sentences in which it must and must not be found.

event = \"PROTEST\"

[[pattern]]
name  = \"demonstrate\"
modes = [\"demo\"]
cameo = \"141\"
frame = [\"ACTOR {demonstrate, march, rally} [against|outside RECIPIENT]\"]
noun  = [\"{demonstration, rally} [against RECIPIENT]\"]
yes   = [\"Thousands of students marched through the capital.\", \"Workers held a rally against the government.\"]
no    = [\"Shares rallied on Tuesday.\"]
";

impl New {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        make(&self.folder)?;
        if self.all {
            for (name, bytes) in Codebook::standard_files() {
                write(&self.folder, name, bytes)?;
            }
        } else {
            write(&self.folder, "plover/protest.toml", PATTERN)?;
        }
        write(&self.folder, "README.md", README)?;
        let folder = self.folder.display();
        writeln!(std::io::stdout(), "{folder}: now try `dateline codebook test --codebook {folder}`")?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Makes the folder; one that holds anything is left alone.
pub(super) fn make(folder: &Path) -> anyhow::Result<()> {
    let taken = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    anyhow::ensure!(!taken, "{} is not empty", folder.display());
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

/// Writes a file of the folder.
pub(super) fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> anyhow::Result<()> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    }
    fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))
}
