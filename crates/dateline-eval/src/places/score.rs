use super::countries::Countries;
use super::gold::{Document, Toponym};
use crate::tally::Tally;
use anyhow::Result;
use dateline::codebook::{AliasKind, Codebook};
use dateline::reading::{MentionForm, Place, Reading};
use dateline::{CharOffsets, CharSpan};
use std::io::Write;

/// The distance within which a place counts as found, a hundred miles, as in the literature.
const NEAR: f64 = 161.0;

/// The scores of a file.
#[derive(Debug, Default)]
pub(super) struct Score {
    names: Line,
    located: Line,
    all: Line,
}

/// One line of the table.
#[derive(Debug, Default)]
struct Line {
    spans: Tally,
    overlaps: usize,
    resolved: Resolved,
}

/// Of the toponyms that are found with their very span and have gold coordinates: how they are resolved.
#[derive(Debug, Default)]
struct Resolved {
    /// Kilometres from the truth; infinite where no coordinates are given.
    errors: Vec<f64>,
    with_country: usize,
    same_country: usize,
    with_id: usize,
    same_id: usize,
}

/// A toponym of the reading.
#[derive(Clone, Copy)]
struct Found<'a> {
    span: CharSpan,
    /// `None` for a nationality, whose country the reading gives as an entity.
    place: Option<&'a Place>,
    metonymic: bool,
}

impl Score {
    /// Adds a document; `errors` gets a line for everything that is wrong in the headline's count.
    pub(super) fn add(
        &mut self,
        document: &Document,
        reading: &Reading,
        codebook: &Codebook,
        countries: &Countries,
        errors: Option<&mut dyn Write>,
    ) -> Result<()> {
        let found = found(reading);
        let nationality = |t: &Toponym| is_nationality(codebook, &t.phrase);
        let (adjectives, names): (Vec<&Toponym>, Vec<&Toponym>) =
            document.toponyms.iter().partition(|t| nationality(t));
        let aside = |f: &Found<'_>| adjectives.iter().any(|g| overlap(g, f.span));
        let counted: Vec<Found<'_>> = found.iter().filter(|f| !aside(f)).copied().collect();
        self.names.add(&names, &counted, countries);
        let located: Vec<Found<'_>> = counted.iter().filter(|f| !f.metonymic).copied().collect();
        self.located.add(&names, &located, countries);
        let all: Vec<&Toponym> = document.toponyms.iter().collect();
        let mut with_nationalities = found;
        with_nationalities.extend(nationalities(reading, &adjectives));
        self.all.add(&all, &with_nationalities, countries);
        if let Some(out) = errors {
            report(document, reading, codebook, (&names, &counted), out)?;
        }
        Ok(())
    }

    /// The headline's F1, and how many of what it found with coordinates lie within reach of the truth, in per cent.
    #[cfg(test)]
    pub(super) fn headline(&self) -> (f64, f64) {
        let near = self.names.resolved.errors.iter().filter(|&&km| km <= NEAR).count();
        (self.names.spans.f1(), 100.0 * near as f64 / self.names.resolved.errors.len().max(1) as f64)
    }

    /// Prints the three lines.
    pub(super) fn print(&self, name: &str, out: &mut impl Write) -> Result<()> {
        for (line, title) in [(&self.names, "names"), (&self.located, "located"), (&self.all, "all gold")] {
            line.print(&format!("{name} {title}"), out)?;
        }
        Ok(())
    }
}

impl Line {
    fn add(&mut self, gold: &[&Toponym], found: &[Found<'_>], countries: &Countries) {
        self.spans.gold += gold.len();
        self.spans.system += found.len();
        let mut used = vec![false; gold.len()];
        for one in found {
            let free = gold.iter().enumerate().find(|(i, g)| !used[*i] && overlap(g, one.span));
            if let Some((i, _)) = free {
                used[i] = true;
                self.overlaps += 1;
            }
            if let Some(same) = gold.iter().find(|g| is_same(g, one.span)) {
                self.spans.right += 1;
                if let Some(place) = one.place {
                    self.resolved.add(same, place, countries);
                }
            }
        }
    }

    fn print(&self, name: &str, out: &mut impl Write) -> Result<()> {
        let overlap = Tally { right: self.overlaps, ..self.spans };
        let r = &self.resolved;
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let near = r.errors.iter().filter(|&&km| km <= NEAR).count();
        writeln!(
            out,
            "{name:<20} {:>5} {:>5} {:>6.1} {:>6.1} {:>6.1} {:>8.1} | {:>5} {:>6.1}% {:>4.1} km {:>7.1}% {:>7.1}%",
            self.spans.gold,
            self.spans.system,
            self.spans.precision(),
            self.spans.recall(),
            self.spans.f1(),
            overlap.f1(),
            r.errors.len(),
            share(near, r.errors.len()),
            median(&r.errors),
            share(r.same_country, r.with_country),
            share(r.same_id, r.with_id),
        )?;
        Ok(())
    }
}

impl Resolved {
    fn add(&mut self, gold: &Toponym, place: &Place, countries: &Countries) {
        let Some(truth) = gold.point else { return };
        let error = place.lat.zip(place.lon).map_or(f64::INFINITY, |point| kilometres(point, truth));
        self.errors.push(error);
        if let Some(code) = place.country.as_deref() {
            self.with_country += 1;
            // The gold names no country: that of the town nearest to its point is taken.
            self.same_country += usize::from(countries.at(truth) == Some(code));
        }
        self.with_id += usize::from(gold.geonameid.is_some());
        self.same_id += usize::from(gold.geonameid.is_some() && gold.geonameid == place.geonameid);
    }
}

/// Every toponym of a reading, once.
fn found(reading: &Reading) -> Vec<Found<'_>> {
    let mut found: Vec<Found<'_>> = Vec::new();
    for place in &reading.places {
        let mention = |&span| Found { span, place: Some(place), metonymic: place.metonyms.contains(&span) };
        found.extend(place.mentions.iter().map(mention));
    }
    found.sort_by_key(|f| (f.span, f.place.map(|p| p.id)));
    found.dedup_by_key(|f| f.span);
    found
}

/// The gold's nationalities that lie in a mention of an entity with a country.
fn nationalities<'a>(reading: &Reading, adjectives: &[&Toponym]) -> Vec<Found<'a>> {
    let mentions = || reading.entities.iter().filter(|e| e.country.is_some()).flat_map(|e| &e.mentions);
    let inside = |g: &Toponym| {
        mentions().any(|m| m.form != MentionForm::Pronoun && m.span.start <= g.start && g.end <= m.span.end)
    };
    let read = adjectives.iter().filter(|g| inside(g));
    read.map(|g| Found { span: CharSpan { start: g.start, end: g.end }, place: None, metonymic: true })
        .collect()
}

/// Whether a phrase is an adjective or the name of a people: "Russian", "Europeans".
fn is_nationality(codebook: &Codebook, phrase: &str) -> bool {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let alias = codebook.actors.longest(&words).filter(|(length, _)| *length == words.len());
    let country = alias.and_then(|(_, aliases)| aliases.first()).map(|alias| alias.kind);
    let last = words.last().map(|word| word.to_lowercase()).unwrap_or_default();
    country == Some(AliasKind::Demonym) || codebook.mentions.peoples.contains(last.as_str())
}

fn overlap(gold: &Toponym, span: CharSpan) -> bool {
    gold.start < span.end && span.start < gold.end
}

/// Whether the two have one span, where an article before a name is no part of it.
fn is_same(gold: &Toponym, span: CharSpan) -> bool {
    let article = if gold.phrase.to_lowercase().starts_with("the ") { 4 } else { 0 };
    gold.end == span.end && (gold.start == span.start || gold.start + article == span.start)
}

/// Great-circle distance of two points in degrees north and east.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |x: f64, y: f64| ((y - x).to_radians() / 2.0).sin().powi(2);
    let h = half(a.0, b.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

fn median(errors: &[f64]) -> f64 {
    let mut sorted = errors.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

/// A line for everything that the headline counts as wrong: what, cause, the words, ours, the context.
fn report(
    document: &Document,
    reading: &Reading,
    codebook: &Codebook,
    (gold, found): (&[&Toponym], &[Found<'_>]),
    out: &mut dyn Write,
) -> Result<()> {
    let text = &document.text;
    let offsets = CharOffsets::new(text);
    let words = |span: CharSpan| offsets.bytes(span).of(text).replace('\n', " ");
    let around =
        |span: CharSpan| words(CharSpan { start: span.start.saturating_sub(60), end: span.end + 40 });
    for missed in gold.iter().filter(|g| !found.iter().any(|f| is_same(g, f.span))) {
        let span = CharSpan { start: missed.start, end: missed.end };
        let other = found.iter().find(|f| overlap(missed, f.span));
        let cause = match other {
            Some(other) => format!("span:{}", words(other.span)),
            None => taken_for(reading, span).to_owned(),
        };
        let known = if codebook.gazetteer.find(&missed.phrase).is_empty() { "unknown" } else { "known" };
        writeln!(out, "missed\t{cause}\t{}\t{known}\t{}\t{}", missed.phrase, document.id, around(span))?;
    }
    for one in found {
        let Some(same) = gold.iter().find(|g| is_same(g, one.span)) else {
            let cause = match (gold.iter().any(|g| overlap(g, one.span)), one.metonymic) {
                (true, _) => "span",
                (false, true) => "metonymic",
                (false, false) => "located",
            };
            let (own, place) = (words(one.span), one.place.map_or("", |p| p.name.as_str()));
            writeln!(out, "extra\t{cause}\t{own}\t{place}\t{}\t{}", document.id, around(one.span))?;
            continue;
        };
        let (Some(place), Some(truth)) = (one.place, same.point) else { continue };
        let error = place.lat.zip(place.lon).map_or(f64::INFINITY, |point| kilometres(point, truth));
        if error > NEAR {
            let candidates = codebook.gazetteer.find(&same.phrase);
            let near = candidates.iter().filter(|c| kilometres((c.lat, c.lon), truth) <= NEAR).count();
            let cause = match (candidates.is_empty(), near) {
                (true, _) => "unknown",
                (false, 0) => "other namesake only",
                (false, _) => "wrong namesake",
            };
            let own = format!(
                "{}, {} {} {:.1},{:.1}",
                place.name,
                place.admin1.as_deref().unwrap_or("-"),
                place.country.as_deref().unwrap_or("-"),
                place.lat.unwrap_or(f64::NAN),
                place.lon.unwrap_or(f64::NAN),
            );
            writeln!(
                out,
                "far\t{cause}\t{}\t{own} for {:.1},{:.1}: {error:.0} km\t{}\t{}",
                words(one.span),
                truth.0,
                truth.1,
                document.id,
                around(one.span)
            )?;
        }
    }
    Ok(())
}

/// What the reading has instead of a place.
fn taken_for(reading: &Reading, span: CharSpan) -> &'static str {
    use dateline::reading::EntityKind;
    let touching = reading.entities.iter().find(|e| {
        e.mentions
            .iter()
            .any(|m| m.form == MentionForm::Name && m.span.start <= span.start && span.end <= m.span.end)
    });
    match touching.map(|e| e.kind) {
        Some(EntityKind::Person) => "person",
        Some(EntityKind::Organization | EntityKind::Group) => "organization",
        Some(EntityKind::Country) => "country",
        None => "nothing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        assert!((kilometres((34.008, 71.579), (33.721, 73.043)) - 139.0).abs() < 2.0);
        assert!((kilometres((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.5);
        assert_eq!(median(&[9.0, 1.0, 4.0]), 4.0);
    }

    #[test]
    fn nationalities_are_told_from_names() {
        let codebook = Codebook::standard().unwrap();
        assert!(is_nationality(&codebook, "Russian") && is_nationality(&codebook, "European"));
        assert!(!is_nationality(&codebook, "Russia") && !is_nationality(&codebook, "Lima"));
    }
}
