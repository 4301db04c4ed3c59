use crate::lines::{Line, lines};
use crate::words::phrase_of;
use crate::{Fault, Text};
use std::collections::BTreeMap;

/// Actors by phrase, each with its codes in order.
#[derive(Debug, Default)]
pub(crate) struct Actors {
    pub(crate) codes: BTreeMap<String, Vec<String>>,
    /// Records that were read.
    pub(crate) records: usize,
}

/// A record that is being read: its phrases, and what its lines say of codes so far.
#[derive(Default)]
struct Record<'a> {
    phrases: Vec<(Line<'a>, String)>,
    codes: Vec<String>,
    /// A code that a line has opened and not closed.
    open: String,
}

impl Actors {
    /// Reads a file of actors.
    pub(crate) fn read(&mut self, source: &Text, faults: &mut Vec<Fault>) {
        let mut record = Record::default();
        for line in lines(source) {
            let continues = line.text.starts_with(char::is_whitespace) || line.text.starts_with('[');
            let (phrase, codes) = match line.text.find('[') {
                _ if !record.open.is_empty() => ("", line.text),
                Some(at) => line.text.split_at(at),
                None if continues && line.text.contains(']') => ("", line.text),
                None => (line.text, ""),
            };
            let named = phrase.trim();
            if !named.is_empty() && !named.starts_with('+') && !continues {
                self.close(&mut record, faults);
                self.records += 1;
            }
            if !named.is_empty() {
                name(&mut record, &line, named.trim_start_matches('+'), faults);
            }
            code(&mut record, &line, codes, faults);
        }
        self.close(&mut record, faults);
    }

    fn close(&mut self, record: &mut Record<'_>, faults: &mut Vec<Fault>) {
        let Record { phrases, codes, open } = std::mem::take(record);
        if let (Some((line, _)), false) = (phrases.first(), open.is_empty()) {
            faults.push(line.fault(format!("the code {open:?} is not closed")));
        }
        for (line, phrase) in phrases {
            if codes.is_empty() {
                faults.push(line.fault("the actor has no code that can be read"));
                continue;
            }
            let there = self.codes.entry(phrase).or_default();
            if !there.is_empty() && *there != codes {
                faults.push(line.fault("the phrase stands in several records; their codes are joined"));
            }
            for code in &codes {
                if !there.contains(code) {
                    there.push(code.clone());
                }
            }
        }
    }
}

fn name<'a>(record: &mut Record<'a>, line: &Line<'a>, written: &str, faults: &mut Vec<Fault>) {
    if written.contains(']') {
        faults.push(line.fault("a bracket is closed that was not opened; it is left out"));
    }
    let phrase = phrase_of(&written.replace(']', ""));
    if phrase.is_empty() {
        faults.push(line.fault("the phrase holds no word"));
    } else {
        record.phrases.push((line.clone(), phrase));
    }
}

fn code(record: &mut Record<'_>, line: &Line<'_>, text: &str, faults: &mut Vec<Fault>) {
    let mut rest = text;
    if !record.open.is_empty() {
        let (end, after) = rest.split_once(']').map_or((rest, None), |(end, after)| (end, Some(after)));
        record.open.push_str(end.trim());
        let Some(after) = after else { return };
        let whole = std::mem::take(&mut record.open);
        add(record, line, whole.trim_start_matches('['), faults);
        rest = after;
    }
    while let Some((_, after)) = rest.split_once('[') {
        match after.split_once(']') {
            Some((code, after)) => {
                add(record, line, code, faults);
                rest = after;
            }
            None => {
                record.open = format!("[{}", after.trim());
                return;
            }
        }
    }
}

fn add(record: &mut Record<'_>, line: &Line<'_>, written: &str, faults: &mut Vec<Fault>) {
    match entry(written) {
        Ok(entry) => record.codes.push(entry),
        Err(why) => faults.push(line.fault(format!("[{written}]: {why}"))),
    }
}

/// `EGYGOV > 140608` as `EGYGOV@2014-06-08..`.
fn entry(written: &str) -> Result<String, String> {
    let written = written.trim();
    let end = written.find(|c: char| c.is_whitespace() || c == '<' || c == '>').unwrap_or(written.len());
    let (code, days) = written.split_at(end);
    let code = code.to_uppercase();
    let sign = matches!(code.as_str(), "---" | "+++" | "###");
    let plain = code.len() > 1 && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '/');
    if !sign && !plain || code.bytes().all(|b| b.is_ascii_digit()) {
        return Err("it is no code".into());
    }
    let days: String = days.chars().filter(|c| !c.is_whitespace()).collect();
    let one = |text: &str| day(text).ok_or_else(|| format!("{text:?} is no date"));
    Ok(match days.as_bytes().first() {
        None => code,
        Some(b'<') => format!("{code}@..{}", one(&days[1..])?),
        Some(b'>') => format!("{code}@{}..", one(&days[1..])?),
        _ => {
            let (from, to) = days.split_once('-').ok_or("a date without <, > or a second date")?;
            let (from, to) = (one(from)?, one(to)?);
            if to < from {
                return Err("it ends before it begins".into());
            }
            format!("{code}@{from}..{to}")
        }
    })
}

/// `20140608` and `140608` as `2014-06-08`; years to 30 are of this century.
fn day(text: &str) -> Option<String> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = match text.len() {
        8 => (text.get(..4)?.parse::<u16>().ok()?, text.get(4..)?),
        6 => {
            let year: u16 = text.get(..2)?.parse().ok()?;
            (if year <= 30 { 2000 + year } else { 1900 + year }, text.get(2..)?)
        }
        _ => return None,
    };
    let (month, day): (u8, u8) = (rest.get(..2)?.parse().ok()?, rest.get(2..)?.parse().ok()?);
    match (month, day) {
        _ if year == 0 || month > 12 || day > 31 => None,
        (0, _) => Some(format!("{year:04}")),
        (_, 0) => Some(format!("{year:04}-{month:02}")),
        _ => Some(format!("{year:04}-{month:02}-{day:02}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (BTreeMap<String, Vec<String>>, Vec<Fault>) {
        let (mut actors, mut faults) = (Actors::default(), Vec::new());
        actors.read(&Text::new("actors.txt", text), &mut faults);
        (actors.codes, faults)
    }

    #[test]
    fn synonyms_share_the_codes_of_their_record() {
        let (codes, faults) = read(
            "ARU_LAND_ [ARU]\n+ARUAN\n\nBEO ROE_ # who\n+B._ROE\n\t[ARUGOV 950601-19990815]\n\t[ARUELI]\n",
        );
        assert_eq!(codes["aruan"], ["ARU"]);
        assert_eq!(codes["b roe"], ["ARUGOV@1995-06-01..1999-08-15", "ARUELI"]);
        assert_eq!(codes.len(), 4);
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn what_is_irregular_is_read_or_named() {
        let (codes, faults) = read(
            "CEA]_ [CEAGOV >201005011] [CEA]\nDUN [DUN\n\tGOV > 140608] [dun]\nEMU\n+EMUAN\nFAR [FARGOV 20121204]\n",
        );
        assert_eq!(codes["cea"], ["CEA"]);
        assert_eq!(codes["dun"], ["DUNGOV@2014-06-08..", "DUN"]);
        let lines: Vec<usize> = faults.iter().map(|f| f.line).collect();
        assert_eq!(lines, [1, 1, 4, 5, 6, 6], "{faults:#?}");
    }
}
