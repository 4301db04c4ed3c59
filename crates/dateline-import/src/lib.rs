//! Dictionaries of PETRARCH, PETRARCH2 and TABARI, read as they were published, as a Dateline codebook.
//!
//! [`import`] takes the texts of the files and gives the files of a codebook's folder: actors, agents and discards as
//! sorted tables, verb patterns as patterns over frames, and a report of every line that could not be taken over, with
//! the reason. Nothing is read from or written to disk here.
//!
//! ```
//! use dateline_import::{Sources, Text, import};
//! let verbs = "--- CLASH [223] ---\nCLASH\n- * (OVER EFFORTS) [110]\n- NOT * [050]\n";
//! let imported = import(&Sources { verbs: vec![Text::new("verbs.txt", verbs)], ..Sources::default() });
//! assert!(imported.files["plover/verbs.toml"].contains("ACTOR {clash} over {effort, efforts}"));
//! let fault = &imported.faults[0];
//! assert_eq!((fault.line, fault.text.as_str()), (4, "- NOT * [050]"));
//! ```

mod actors;
mod agents;
mod discards;
mod folder;
mod lines;
mod opposites;
mod patterns;
mod sets;
mod translate;
mod verbs;
mod words;

pub use folder::{Counts, Imported, import};

/// The texts of the files of a dictionary. Several of a kind are read as one.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Actors: countries, organisations, people, with codes by date.
    pub actors: Vec<Text>,
    /// Agents: nouns with the code that they add.
    pub agents: Vec<Text>,
    /// Verbs and their patterns.
    pub verbs: Vec<Text>,
    /// Phrases whose sentences or stories are not coded.
    pub discards: Vec<Text>,
    /// Phrases with the issue that they tell of.
    pub issues: Vec<Text>,
    /// PETRARCH's inner ontology, which tells the opposite of a code.
    pub ontology: Vec<Text>,
}

/// A file's name and text.
#[derive(Clone, Debug)]
pub struct Text {
    /// For messages and the report.
    pub name: String,
    /// What it holds.
    pub text: String,
}

impl Text {
    /// A file by name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// A line that could not be taken over, or only in part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line, from one.
    pub line: usize,
    /// The line as it stands.
    pub text: String,
    /// Why, in words.
    pub why: String,
}
