use crate::actors::Actors;
use crate::agents::Agents;
use crate::discards::{discards, issues};
use crate::opposites::opposites;
use crate::sets::Sets;
use crate::verbs::Verbs;
use crate::{Fault, Sources, patterns};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The ontology that the imported types are added to.
const ONTOLOGY: &str = include_str!("../../../codebook/ontology.toml");

/// A dictionary as a codebook.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The files of the codebook's folder by their names in it.
    pub files: BTreeMap<String, String>,
    /// What could not be taken over, in order of file and line.
    pub faults: Vec<Fault>,
    /// How much there was, and how much was taken over.
    pub counts: Counts,
}

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records of actors.
    pub actors: usize,
    /// Phrases by which actors are named.
    pub actor_phrases: usize,
    /// Records of agents.
    pub agents: usize,
    /// Discarded phrases.
    pub discards: usize,
    /// Verbs.
    pub verbs: usize,
    /// Verb patterns.
    pub patterns: usize,
    /// Verb patterns that became patterns over frames.
    pub translated: usize,
}

/// Reads the dictionary and writes it as a codebook.
pub fn import(sources: &Sources) -> Imported {
    let (mut faults, mut files, mut counts) = (Vec::new(), BTreeMap::new(), Counts::default());
    let mut actors = Actors::default();
    sources.actors.iter().for_each(|source| actors.read(source, &mut faults));
    let mut agents = Agents::default();
    sources.agents.iter().for_each(|source| agents.read(source, &mut faults));
    let mut scopes = BTreeMap::new();
    sources.discards.iter().for_each(|source| discards(source, &mut scopes, &mut faults));
    let mut verbs = Verbs::default();
    sources.verbs.iter().for_each(|source| verbs.read(source, &mut faults));

    let mut sets = Sets::new(std::mem::take(&mut verbs.sets));
    let (written, translated) = patterns::write(&verbs.blocks, &mut sets, &mut faults);
    counts.actors = actors.records;
    counts.actor_phrases = actors.codes.len();
    counts.agents = agents.records;
    counts.discards = scopes.len();
    counts.verbs = verbs.blocks.iter().map(|b| b.verbs.len()).sum();
    counts.patterns = verbs.blocks.iter().map(|b| b.patterns.len()).sum();
    counts.translated = translated;

    let joined = actors.codes.iter().map(|(phrase, codes)| (phrase.as_str(), codes.join("|")));
    files.insert("dictionary/actors.tsv".into(), table("Who can act: phrase, codes by date.", joined));
    let agents = agents.codes.iter().map(|(phrase, code)| (phrase.as_str(), code.clone()));
    files.insert("dictionary/agents.tsv".into(), table("What agents add to an actor's code.", agents));
    let scopes = scopes.iter().map(|(phrase, scope)| (phrase.as_str(), (*scope).to_owned()));
    files.insert("dictionary/discards.tsv".into(), table("Where nothing is coded.", scopes));
    let opposites: BTreeMap<String, String> = sources.ontology.iter().flat_map(opposites).collect();
    let opposites = opposites.iter().map(|(code, other)| (code.as_str(), other.clone()));
    files.insert("dictionary/negations.tsv".into(), table("Event codes and their opposites.", opposites));
    if sources.actors.is_empty() && sources.agents.is_empty() {
        // Verbs alone are for the actors that the program knows.
        files.clear();
    }

    let mut contexts = BTreeMap::new();
    sources.issues.iter().for_each(|source| issues(source, &mut contexts, &mut faults));
    files.insert("ontology.toml".into(), ontology(&contexts));
    if !contexts.is_empty() {
        let lines = contexts.iter().map(|(name, words)| format!("{name} = {words:?}\n"));
        files.insert("contexts.toml".into(), lines.collect());
    }
    files.insert("plover/verbs.toml".into(), written);
    let mut classes = String::from("# Sets of words of an imported dictionary.\n\n[class]\n");
    for (name, words) in sets.classes() {
        let _ = writeln!(classes, "{name} = {words:?}");
    }
    files.insert("classes.toml".into(), classes);

    faults.sort();
    files.insert("untranslated.tsv".into(), report(&faults));
    files.insert("README.md".into(), readme(sources, &counts, faults.len()));
    Imported { files, faults, counts }
}

/// Lines of phrase and value, in order of phrase.
fn table<'a>(what: &str, rows: impl Iterator<Item = (&'a str, String)>) -> String {
    let mut out = format!("# {what}\n");
    for (phrase, value) in rows {
        let _ = writeln!(out, "{phrase}\t{value}");
    }
    out
}

/// The standard ontology with the types and contexts that the dictionary needs.
fn ontology(contexts: &BTreeMap<String, Vec<String>>) -> String {
    let mut text = ONTOLOGY.to_owned();
    for name in contexts.keys() {
        if !text.contains(&format!("\"{name}\"")) {
            text = text.replacen("names = [\n", &format!("names = [\n  {name:?},\n"), 1);
        }
    }
    text.push_str(patterns::MORE_TYPES);
    text
}

fn report(faults: &[Fault]) -> String {
    let mut out = String::from("file\tline\twhy\ttext\n");
    for Fault { file, line, text, why } in faults {
        let _ = writeln!(out, "{file}\t{line}\t{why}\t{}", text.replace('\t', " "));
    }
    out
}

fn readme(sources: &Sources, counts: &Counts, faults: usize) -> String {
    let names = |texts: &[crate::Text]| {
        let names: Vec<&str> = texts.iter().map(|t| t.name.as_str()).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    format!(
        "# An imported codebook\n\n\
         Made by `dateline codebook import`. Use it with `--codebook` and this folder.\n\n\
         | from | read |\n|---|---|\n\
         | actors: {} | {} records, {} phrases |\n\
         | agents: {} | {} |\n\
         | discards: {} | {} |\n\
         | verbs: {} | {} verbs, {} of {} patterns |\n\n\
         `untranslated.tsv` names the {faults} lines that were not taken over, or only in part, each with the reason.\n",
        names(&sources.actors),
        counts.actors,
        counts.actor_phrases,
        names(&sources.agents),
        counts.agents,
        names(&sources.discards),
        counts.discards,
        names(&sources.verbs),
        counts.verbs,
        counts.translated,
        counts.patterns,
    )
}
