//! Whose people somebody is of whom the text does not say it: those of the country where the act takes place, or of the
//! only one that the report is about.

use super::describe::is_joined;
use super::descriptions::role_in;
use super::find::{Found, What};
use super::linking::Linker;
use super::{Belonging, EntityMention};
use crate::document::At;
use crate::noun_phrase::{core, is_plural, lemma, preposition, standing, token};
use crate::reading::{EntityKind, MentionForm};
use crate::spotted::Spotted;
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
        let said = linker.facts.get(index).and_then(|facts| facts.roles.first());
        let meant = said.zip(country).and_then(|(role, code)| role_in(linker.doc, role, code));
        if let Some(referent) = linker.out.list.get_mut(index) {
            referent.complete_belonging(country.map(Belonging::scene));
            if let Some(sector) = meant {
                referent.sectors = vec![sector];
            }
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
    if is_elsewhere(linker, mention_of(linker, first)) {
        return None;
    }
    let at_home = !is_stranger(linker, first);
    let scene = || {
        if at_home && !named && !is_visitor(linker, first) {
            scene(linker, mention_of(linker, first).at)
        } else {
            None
        }
    };
    scene().or_else(|| linker.focus.alone().filter(|_| at_home))
}

/// "foreign companies", "world leaders", "both countries": no one country's people.
fn is_elsewhere(linker: &Linker<'_, '_>, site: Words) -> bool {
    let words = &linker.doc.codebook.mentions;
    let Some(sentence) = linker.doc.sentences.get(site.at.sentence as usize) else { return true };
    let of = |c: &u32| preposition(sentence, *c).is_some_and(|p| lemma(sentence, p) == "of");
    let several = |c: u32| {
        token(sentence, c).is_some_and(is_plural)
            && words.elsewhere.contains(lemma(sentence, c).to_lowercase().as_str())
    };
    if sentence.children_as(site.at.token, Relation::Nmod).filter(of).any(several) {
        return true;
    }
    (site.first..site.end).chain([site.at.token]).any(|at| {
        let lower = lemma(sentence, at).to_lowercase();
        let Some(word) = token(sentence, at) else { return false };
        let heads =
            at == site.at.token && (is_plural(word) || words.country_anaphors.contains(lower.as_str()));
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

/// Whether those are envoys or leaders who meet or go somewhere: they need not be of where they do it.
fn is_visitor(linker: &Linker<'_, '_>, mention: &EntityMention) -> bool {
    let Some(sentence) = linker.doc.sentences.get(mention.sentence as usize) else { return false };
    let words = &linker.doc.codebook.mentions;
    let lower = lemma(sentence, mention.head).to_lowercase();
    let may = words.envoys.contains(lower.as_str())
        || words.heads_of_government.contains(lower.as_str())
        || lower == "minister";
    let governor = standing(sentence, mention.head).governor;
    let inner = sentence.children_as(mention.head, Relation::Nmod).chain([mention.head]);
    let acl = inner.flat_map(|noun| sentence.children_as(noun, Relation::Acl));
    may && governor.into_iter().chain(acl).any(|verb| words.gathering.contains(lemma(sentence, verb)))
}

/// The country of a body or force of a state of which the text does not say it: whoever sends it, the country that the
/// report is about, or among several the one where the clause is set, and the nearest.
pub(super) fn of_state(linker: &Linker<'_, '_>, found: &Found, sector: Option<Code>) -> Option<Code> {
    let site = Words { at: found.at(), first: found.first, end: found.end };
    let role = match &found.what {
        What::Nominal(said) | What::Organization { description: Some(said), .. } => said.role_first,
        _ => found.first,
    };
    // What a ministry is called tells nothing of whose it is: "the Foreign Ministry".
    let before = Words { end: role.max(found.first), ..site };
    if is_elsewhere(linker, before) {
        return None;
    }
    let focus = &linker.focus;
    // "the U.S.-backed government" is any but that of the United States.
    let backers = backers(linker, site);
    let other = |code: &Code| !backers.contains(code);
    let code = sender(linker, site.at)
        .or_else(|| focus.alone().filter(other))
        .or_else(|| scene(linker, site.at).filter(other))
        .or_else(|| focus.of_article().filter(other))
        .or_else(|| focus.before(site.at, &backers))?;
    Some(ruler_or(linker, code, sector))
}

/// The countries by whose help those are told: "U.S.-backed".
fn backers(linker: &Linker<'_, '_>, site: Words) -> Vec<Code> {
    let index = site.at.sentence as usize;
    let (Some(sentence), Some(names)) = (linker.doc.sentences.get(index), linker.places.spotted.get(index))
    else {
        return Vec::new();
    };
    let (from, end) = (site.first, site.at.token);
    let joined = names
        .iter()
        .filter(|n| n.first >= from && n.end <= end && is_joined(linker.doc, sentence, n.first, n.end));
    let actor = |n: &Spotted| linker.doc.codebook.actors.get(n.aliases.first()?.actor)?.country;
    joined.filter_map(actor).collect()
}

/// The country whose are those of this sector in that country or territory.
pub(super) fn ruler_or(linker: &Linker<'_, '_>, code: Code, sector: Option<Code>) -> Code {
    let ruler = |sector| linker.doc.codebook.mentions.ruler(code, sector, linker.day);
    sector.and_then(ruler).unwrap_or(code)
}

/// "Chad sent troops", "Chad ordered the army to withdraw", "guarded by Chad with soldiers": the country of whoever does so.
fn sender(linker: &Linker<'_, '_>, at: At) -> Option<Code> {
    let sentence = linker.doc.sentences.get(at.sentence as usize)?;
    let stands = standing(sentence, at.token);
    let verb = stands.governor?;
    let with =
        stands.relation == Relation::Obl && stands.preposition.is_some_and(|p| lemma(sentence, p) == "with");
    let words = &linker.doc.codebook.mentions;
    let own = stands.relation == Relation::Obj && words.own_people_verbs.contains(lemma(sentence, verb));
    if !own && !with {
        return None;
    }
    let mut clause = Some(verb);
    while let Some(verb) = clause {
        if let Some(subject) = sentence.children_as(verb, Relation::Nsubj).next() {
            let whom =
                linker.found.iter().zip(&linker.whom).find(|(f, _)| {
                    f.sentence == at.sentence && (f.head == subject || f.inner == Some(subject))
                });
            let (found, id) = whom?;
            let referent = linker.out.get((*id)?)?;
            let stated = matches!(found.what, What::Country(_))
                || super::linking::is_of_state(referent.sectors.first().copied());
            return referent.country.filter(|_| stated);
        }
        let word = token(sentence, verb)?;
        let shares = matches!(word.relation, Relation::Conj | Relation::Xcomp | Relation::Advcl);
        clause = word.head.filter(|_| shares);
    }
    None
}

/// The words of a mention.
#[derive(Clone, Copy, Debug)]
struct Words {
    at: At,
    first: u32,
    end: u32,
}

fn mention_of(linker: &Linker<'_, '_>, mention: &EntityMention) -> Words {
    let at = At { sentence: mention.sentence, token: mention.head };
    let sentence = linker.doc.sentences.get(mention.sentence as usize);
    let (first, end) = sentence.map_or((at.token, at.token), |s| core(s, at.token));
    Words { at, first: first.min(mention.first), end: end.max(mention.end) }
}

/// The country of the place where a clause says that what it tells of takes place, for those who take part in it.
fn scene(linker: &Linker<'_, '_>, mention: At) -> Option<Code> {
    let sentence = linker.doc.sentences.get(mention.sentence as usize)?;
    let at = standing(sentence, mention.token);
    let takes_part = matches!(
        at.relation,
        Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::OblAgent | Relation::Iobj
    );
    let verb = at.governor.filter(|_| takes_part)?;
    let country = |word: u32| {
        let place = linker.places.at(At { sentence: mention.sentence, token: word })?;
        linker.places.get(place)?.country
    };
    let there = sentence.children(verb).find_map(|child| {
        let token = token(sentence, child)?;
        let case = preposition(sentence, child)?;
        let placed = matches!(token.relation, Relation::Obl | Relation::Nmod)
            && WHERE.contains(&lemma(sentence, case));
        country(child).filter(|_| placed)
    });
    // "closed Lahore's airport": what is done to what is there, unless it is taken or attacked from elsewhere.
    let owned = || {
        let object = sentence.children_as(verb, Relation::Obj).next()?;
        let taken = linker.doc.codebook.mentions.place_objects.contains(lemma(sentence, verb));
        let owner = sentence.children_as(object, Relation::NmodPoss).find_map(country);
        owner.filter(|_| !taken && at.relation == Relation::Nsubj)
    };
    there.or_else(owned)
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

    #[test]
    fn whose_embassy_or_arms_are_named_tells_nothing_of_the_scene() {
        let text = "Riot troops broke up a march on the U.S. Embassy. The marchers threw U.S.-made flares. Honduras has seen \
                    many anti-American marches.";
        assert_eq!(country(text, "Riot troops"), "HND");
    }

    #[test]
    fn forces_are_of_whoever_sends_them() {
        let text = "Chad and Kenya are at odds over Nigeria. Kenya sent troops to the border.";
        assert_eq!(country(text, "troops"), "KEN");
    }

    #[test]
    fn the_army_of_a_territory_is_that_of_its_ruler() {
        let text = "The army closed a road in New Caledonia on Monday. Schools in New Caledonia stayed open.";
        assert_eq!(country(text, "The army"), "FRA");
    }

    #[test]
    fn governments_of_several_countries_are_of_none() {
        let text = "Kenya held an election in Nairobi. Western governments praised it.";
        assert_eq!(country(text, "Western governments"), "");
    }

    #[test]
    fn whom_a_country_backs_is_not_of_it() {
        let text = "The rebels fought the U.S.-backed government. The United States sent arms through Kenya, and \
                    Chad closed its border.";
        assert_ne!(country(text, "the U.S.-backed government"), "USA");
    }
}
