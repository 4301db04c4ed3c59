//! `dateline codebook places`: what the gazetteer has, and how to give it more.

use crate::terminal;
use crate::zip_members::ZipMembers;
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use dateline::Codebook;
use dateline::codebook::{DumpPacker, Feature};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Look a place up, or make a gazetteer of a GeoNames dump
#[derive(Args)]
pub(crate) struct PlacesCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Add(Add),
    Find(Find),
}

/// Make a gazetteer file of GeoNames dumps, for `dateline read --gazetteer`
///
/// Takes what https://download.geonames.org/export/dump/ offers, as it comes: a country (PK.zip), all places of 500
/// inhabitants and more (cities500.zip), or everything (allCountries.zip); .txt, .txt.gz and - for standard input as well.
/// The file is searched where it lies, so one of millions of places costs no memory.
#[derive(Args)]
struct Add {
    /// Dumps
    #[arg(required = true, value_name = "DUMP")]
    dumps: Vec<PathBuf>,

    /// Where to write [default: beside the first dump, with the ending .places]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Print the places of a name, the likeliest first
#[derive(Args)]
struct Find {
    /// The name
    name: String,

    /// A gazetteer file made by `dateline codebook places add`
    #[arg(short, long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
}

impl PlacesCommand {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self.action {
            Action::Add(command) => command.run(),
            Action::Find(command) => command.run(),
        }
    }
}

impl Add {
    fn run(self) -> anyhow::Result<ExitCode> {
        let output = self.output()?;
        let mut packer = DumpPacker::new()?;
        for dump in &self.dumps {
            read(dump, &mut packer)?;
        }
        let (places, skipped) = packer.count();
        if places == 0 {
            bail!("there is no place in {}: is it a GeoNames dump?", self.dumps[0].display());
        }
        if skipped > 0 {
            terminal::complain(&format!(
                "{skipped} lines are no places of a known country and were left out"
            ));
        }
        // A run that is stopped leaves no half of a file behind.
        let unfinished = output.with_extension("unfinished");
        std::fs::write(&unfinished, packer.pack())
            .and_then(|()| std::fs::rename(&unfinished, &output))
            .with_context(|| format!("cannot write {}", output.display()))?;
        let name = output.display();
        writeln!(std::io::stdout(), "{name}: {places} places; use it by dateline read --gazetteer {name}")?;
        Ok(ExitCode::SUCCESS)
    }

    fn output(&self) -> anyhow::Result<PathBuf> {
        match (&self.output, self.dumps.first()) {
            (Some(output), _) => Ok(output.clone()),
            (None, Some(first)) if first.as_os_str() != "-" => {
                let stem = first.file_stem().unwrap_or_default();
                let stem = Path::new(stem).file_stem().unwrap_or_default();
                Ok(first.with_file_name(stem).with_extension("places"))
            }
            (None, _) => bail!("standard input has no name: say with --output where to write"),
        }
    }
}

/// Reads a dump, packed or not, as its first bytes tell.
fn read(dump: &Path, packer: &mut DumpPacker) -> anyhow::Result<()> {
    let name = dump.display().to_string();
    let input: Box<dyn Read> = match dump.as_os_str() == "-" {
        true => Box::new(std::io::stdin().lock()),
        false => Box::new(File::open(dump).with_context(|| format!("cannot read {name}"))?),
    };
    let mut input = BufReader::with_capacity(1 << 16, input);
    let start = input.fill_buf().with_context(|| format!("cannot read {name}"))?;
    if start.starts_with(b"PK\x03\x04") {
        let mut members = ZipMembers::new(input);
        while let Some(mut member) = members.next().with_context(|| format!("cannot unpack {name}"))? {
            if member.name().ends_with(".txt") && !member.name().eq_ignore_ascii_case("readme.txt") {
                let inner = format!("{name}!{}", member.name());
                packer.read(&inner, BufReader::new(&mut member))?;
            }
            member.finish().with_context(|| format!("cannot unpack {name}"))?;
        }
    } else if start.starts_with(&[0x1f, 0x8b]) {
        packer.read(&name, BufReader::new(flate2::bufread::MultiGzDecoder::new(input)))?;
    } else {
        packer.read(&name, input)?;
    }
    Ok(())
}

impl Find {
    fn run(self) -> anyhow::Result<ExitCode> {
        let mut codebook = Codebook::standard()?;
        for file in &self.gazetteer {
            codebook.add_gazetteer(file)?;
        }
        let found = codebook.gazetteer.find(&self.name);
        let mut out = std::io::stdout().lock();
        for place in &found {
            let kind = match place.feature {
                Feature::Subcity => "subcity",
                Feature::City => "city",
                Feature::District => "district",
                Feature::Province => "province",
                Feature::Capital => "capital",
                Feature::Country => "country",
                Feature::Region => "region",
            };
            let inside = [place.admin1, place.country.as_ref().map(|code| code.as_str())];
            let inside: Vec<&str> = inside.into_iter().flatten().collect();
            writeln!(
                out,
                "{}\t{}\t{kind}\t{:.4}\t{:.4}\t{}\t{}",
                place.name,
                inside.join(", "),
                place.lat,
                place.lon,
                place.population,
                place.geonameid
            )?;
        }
        if found.is_empty() {
            terminal::complain(&format!("no place is called {}", self.name));
        }
        Ok(if found.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}
