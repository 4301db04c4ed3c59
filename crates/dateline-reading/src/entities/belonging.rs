//! Whose people somebody is of whom the text does not say it: those of the country where the act takes place, or of the
//! only one that the report is about.

use super::linking::Linker;
use super::{Belonging, EntityMention};
use crate::document::At;
use crate::noun_phrase::{core, is_plural, lemma, preposition, standing, token};
use crate::reading::{EntityKind, MentionForm};
use dateline_codebook::Code;
use dateline_syntax::{Relation, Upos};

/// Prepositions after which the place of an act stands.
const WHERE: [&str; 7] = ["across", "at", "in", "inside", "near", "outside", "throughout"];

/// Sectors of bodies that belong to one country, whoever they are.
const OF_ONE_COUNTRY: [&str; 12] =
    ["COP", "EDU", "GOV", "JUD", "LAB", "LEG", "MIL", "OPP", "PRM", "PTY", "REB", "SPY"];

/// Gives those without a country the one that the scene makes plain, and marks it as such.
pub(super) fn complete(linker: &mut Linker<'_, '_>) {
    for index in 0..linker.out.list.len() {
        let country = of(linker, index);
        if let Some(referent) = linker.out.list.get_mut(index) {
            referent.complete_belonging(country.map(Belonging::scene));
        }
    }
}

fn of(linker: &Linker<'_, '_>, index: usize) -> Option<Code> {
    let referent = linker.out.list.get(index)?;
    if referent.country.is_some() || referent.kind == EntityKind::Country {
        return None;
    }
    let told = |sectors: &[&str]| referent.sectors.iter().any(|s| sectors.contains(&s.as_str()));
    // A name alone does not tell of which country a company or movement is.
    let named = linker.facts.get(index).is_some_and(|f| f.named);
    if named && referent.kind != EntityKind::Person && !told(&OF_ONE_COUNTRY) {
        return None;
    }
    let first = referent.mentions.iter().filter_map(|&m| linker.out.mentions.get(m as usize));
    let first = first.filter(|m| m.form != MentionForm::Pronoun).min_by_key(|m| m.span.start)?;
    if is_elsewhere(linker, first) {
        return None;
    }
    let at_home = !is_stranger(linker, first);
    let scene = || if at_home && !named { scene(linker, first) } else { None };
    scene().or_else(|| linker.focus.alone().filter(|_| at_home))
}

/// "foreign companies", "world leaders", "both countries": no one country's people.
fn is_elsewhere(linker: &Linker<'_, '_>, mention: &EntityMention) -> bool {
    let words = &linker.doc.codebook.mentions;
    let Some(sentence) = linker.doc.sentences.get(mention.sentence as usize) else { return true };
    let (from, end) = core(sentence, mention.head);
    (from.min(mention.first)..end.max(mention.end)).any(|at| {
        let lower = lemma(sentence, at).to_lowercase();
        let Some(word) = token(sentence, at) else { return false };
        let heads =
            at == mention.head && (is_plural(word) || words.country_anaphors.contains(lower.as_str()));
        let telling = heads || word.upos == Upos::Adj || lower == "world";
        telling && (words.elsewhere.contains(lower.as_str()) || words.relational.contains(lower.as_str()))
    })
}

fn is_stranger(linker: &Linker<'_, '_>, mention: &EntityMention) -> bool {
    let sentence = linker.doc.sentences.get(mention.sentence as usize);
    let words = &linker.doc.codebook.mentions;
    sentence.is_some_and(|s| {
        (mention.first..mention.end).any(|at| words.strangers.contains(lemma(s, at).to_lowercase().as_str()))
    })
}

/// The country of the place where a clause says that what it tells of takes place, for those who take part in it.
fn scene(linker: &Linker<'_, '_>, mention: &EntityMention) -> Option<Code> {
    let sentence = linker.doc.sentences.get(mention.sentence as usize)?;
    let at = standing(sentence, mention.head);
    let takes_part = matches!(
        at.relation,
        Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::OblAgent | Relation::Iobj
    );
    let verb = at.governor.filter(|_| takes_part)?;
    sentence.children(verb).find_map(|child| {
        let token = token(sentence, child)?;
        let case = preposition(sentence, child)?;
        let placed = matches!(token.relation, Relation::Obl | Relation::Nmod)
            && WHERE.contains(&lemma(sentence, case));
        let place = linker.places.at(At { sentence: mention.sentence, token: child }).filter(|_| placed)?;
        linker.places.get(place)?.country
    })
}

#[cfg(test)]
mod tests {
    use crate::entities::Entities;
    use crate::places::Places;
    use crate::testing::Sample;

    /// Country of whoever the mention with these words mentions; empty where it has none.
    fn country(text: &str, words: &str) -> String {
        let sample = Sample::new(text);
        let doc = sample.document();
        let entities = Entities::read(&doc, &Places::read(&doc));
        let mention = entities.mentions.iter().find(|m| m.span.of(text) == words);
        let referent = mention.and_then(|m| entities.get(m.entity)).expect(words);
        referent.country.map_or(String::new(), |code| code.to_string())
    }

    #[test]
    fn people_are_of_the_country_where_it_happens() {
        assert_eq!(country("Police in Lahore arrested 30 people.", "30 people"), "PAK");
        assert_eq!(
            country("Kenya and Chad are at odds. Gunmen killed two shepherds in Chad.", "two shepherds"),
            "TCD"
        );
    }

    #[test]
    fn people_are_of_the_only_country_that_a_report_is_about() {
        let text = "Kenya held an election in Nairobi. Prosecutors accused the candidates of fraud.";
        assert_eq!(country(text, "Prosecutors"), "KEN");
    }

    #[test]
    fn foreigners_are_not() {
        let text = "Kenya held an election in Nairobi. Foreign investors praised it, and tourists cheered.";
        assert_eq!(
            (country(text, "Foreign investors"), country(text, "tourists")),
            (String::new(), String::new())
        );
    }
}
