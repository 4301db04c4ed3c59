use super::describe::{Description, is_joined};
use super::find::{Found, What};
use super::linking::{Facts, Linker, name_words};
use super::{Belonging, Referent, belonging, gender};
use crate::document::{At, Document};
use crate::noun_phrase::{core, head_of, is_plural, lemma, token};
use crate::reading::{EntityId, EntityKind};
use crate::spotted::SpottedKind;
use dateline_codebook::{ActorId, ActorKind, AliasKind, Code, Gender, Term};
use dateline_syntax::{Relation, Upos};

/// Sectors of the state whose people are told of in their own country.
const AT_HOME: [&str; 3] = ["COP", "JUD", "LEG"];

/// Links persons named: first those with a full name, then single names to them.
pub(super) fn link(linker: &mut Linker<'_, '_>) {
    for single in [false, true] {
        for index in 0..linker.found.len() {
            let Some(found) = linker.found.get(index) else { continue };
            let What::Person { name, known, description } = &found.what else { continue };
            let (sentence, name, known, said) = (found.sentence, *name, *known, description.clone());
            let (first, at) = (found.first, found.at());
            let told = told_gender(linker.doc, At { token: first, ..at }, name.0);
            let known = known.filter(|&actor| may_be(linker, actor, told));
            if (name.1 - name.0 == 1 && known.is_none()) != single {
                continue;
            }
            let written = linker.words(sentence, name.0, name.1);
            let same = match known {
                Some(_) => None,
                None if single => by_surname(linker, index, written, said.as_deref(), told),
                None => by_full_name(linker, written),
            };
            let known = known.or_else(|| {
                (single && same.is_none()).then(|| in_office(linker, written, said.as_deref()))?
            });
            let id = same.or_else(|| known.and_then(|actor| linker.of_actor(actor)));
            let id = id.unwrap_or_else(|| new_person(linker, written));
            if let Some(actor) = known {
                serve(linker, id, actor);
            }
            if let Some(slot) = linker.whom.get_mut(index) {
                *slot = Some(id);
            }
            let named = linker.out.get(id).map_or(written, |referent| referent.name.as_str());
            let from_name =
                gender::of_name(linker.doc, named).or_else(|| gender::of_name(linker.doc, written));
            if let Some(facts) = linker.facts_of(id) {
                facts.gender = facts.gender.or(told).or(from_name);
            }
            if let Some(said) = said {
                let title =
                    linker.words(sentence, title_start(&said, first), name.0).trim().trim_end_matches(',');
                let country = said.countries.first().map(|(code, _)| *code);
                let country = country.or_else(|| {
                    said.owner
                        .and_then(|id| linker.doc.codebook.actors.get(id))
                        .and_then(|owner| owner.country)
                });
                let title = (!said.role.is_empty() && !title.is_empty()).then(|| title.to_owned());
                let office = || of_office(linker, &said).map(Belonging::codebook);
                let country = country.map(Belonging::text).or_else(office);
                learn(linker, id, &said, country, title);
            }
            if let Some(code) = told_nationality(linker, At { sentence, token: at.token })
                && let Some(referent) = linker.out.list.get_mut(id.index())
            {
                referent.complete_belonging(Some(Belonging::text(code)));
            }
        }
    }
    complete(linker);
    police_ranks(linker);
}

/// "Lt. Ann Holt": in a report that tells of police, and of no soldiers, a rank is one of the police.
fn police_ranks(linker: &mut Linker<'_, '_>) {
    let words = &linker.doc.codebook.mentions;
    let (mut police, mut soldiers) = (false, false);
    for found in &linker.found {
        if let What::Nominal(said) = &found.what {
            police |= said.sector.is_some_and(|s| s.as_str() == "COP");
            soldiers |= said.sector.is_some_and(|s| s.as_str() == "MIL");
        }
    }
    if !police || soldiers {
        return;
    }
    for (referent, facts) in linker.out.list.iter_mut().zip(&linker.facts) {
        let rank = !facts.roles.is_empty()
            && facts.roles.iter().all(|role| words.police_ranks.contains(role.as_str()));
        let unknown = referent.wikidata.is_none() && referent.kind == EntityKind::Person;
        if let [sector] = referent.sectors.as_mut_slice()
            && sector.as_str() == "MIL"
            && rank
            && unknown
        {
            *sector = Code::new("COP").unwrap_or(*sector);
        }
    }
}

/// The title begins after the country or owner that the phrase begins with.
fn title_start(said: &Description, first: u32) -> u32 {
    match said.countries.iter().map(|(_, word)| *word).filter(|w| *w < said.role_first).max() {
        Some(word) => word + 1,
        None if said.owner.is_some() => said.role_first,
        None => first,
    }
}

/// Whether a known person may be named so: "Mrs. Mandela" is not Nelson Mandela.
fn may_be(linker: &Linker<'_, '_>, actor: ActorId, told: Option<Gender>) -> bool {
    let name = linker.doc.codebook.actors.get(actor).map_or("", |a| a.name.as_str());
    told.zip(gender::of_name(linker.doc, name)).is_none_or(|(told, own)| told == own)
}

/// The nationality in what is said of somebody behind his name, whatever he is said to be: "Falk, the Danish aviator",
/// "Falk, a Democrat".
fn told_nationality(linker: &Linker<'_, '_>, at: At) -> Option<Code> {
    let (doc, index) = (linker.doc, at.sentence as usize);
    let sentence = doc.sentences.get(index)?;
    let words = &doc.codebook.mentions;
    let names = linker.places.spotted.get(index)?;
    sentence.children_as(at.token, Relation::Appos).find_map(|said| {
        let word = token(sentence, said)?;
        let lower = word.lemma.to_lowercase();
        let person =
            word.upos == Upos::Noun && !is_plural(word) && !words.relational.contains(lower.as_str());
        let (first, end) = core(sentence, said);
        let of_party = names.iter().find(|n| n.first <= said && said < n.end).and_then(|n| {
            let party = doc.codebook.actors.get(n.aliases.first()?.actor)?;
            party.country.filter(|_| party.sectors.iter().any(|s| s.as_str() == "PTY"))
        });
        if of_party.is_some() && !is_plural(word) {
            return of_party;
        }
        let inside = names.iter().find(|n| {
            let head = head_of(sentence, n.first, n.end);
            n.kind == SpottedKind::Country(AliasKind::Demonym)
                && n.first >= first
                && n.end <= end
                && token(sentence, head).is_some_and(|t| t.head == Some(said))
                && !is_joined(doc, sentence, n.first, n.end)
        });
        let actor = inside.filter(|_| person)?.aliases.first()?.actor;
        doc.codebook.actors.get(actor)?.country
    })
}

/// The country that an office is most likely of where the report tells of that country.
pub(super) fn likely_office(linker: &Linker<'_, '_>, said: &Description) -> Option<Code> {
    let words = &linker.doc.codebook.mentions;
    let code = words.likely_offices.get(said.role.as_str()).and_then(|code| Code::new(code))?;
    linker.focus.touches(code).then_some(code)
}

/// The country that alone has an office of that name.
pub(super) fn of_office(linker: &Linker<'_, '_>, said: &Description) -> Option<Code> {
    let words = &linker.doc.codebook.mentions;
    words.national_offices.get(said.role.as_str()).and_then(|code| Code::new(code))
}

fn told_gender(doc: &Document<'_>, from: At, name: u32) -> Option<Gender> {
    let sentence = doc.sentences.get(from.sentence as usize)?;
    gender::of_words(doc, (from.token..name).map(|at| lemma(sentence, at)))
}

fn new_person(linker: &mut Linker<'_, '_>, written: &str) -> EntityId {
    let facts = Facts { name: name_words(written), named: true, ..Facts::default() };
    let referent = Referent {
        name: written.to_owned(),
        kind: EntityKind::Person,
        country: None,
        country_from: None,
        sectors: Vec::new(),
        title: None,
        wikidata: None,
        mentions: Vec::new(),
    };
    linker.add(referent, facts)
}

/// Somebody of the same full name, or of one that differs by a middle name or an initial.
fn by_full_name(linker: &Linker<'_, '_>, written: &str) -> Option<EntityId> {
    let words = name_words(written);
    let (first, last) = (words.first()?, words.last()?);
    let own = gender::of_name(linker.doc, written);
    let people = linker.out.list.iter().zip(&linker.facts).enumerate();
    let mut people = people.filter(|(_, (r, f))| r.kind == EntityKind::Person && f.named);
    let found = people.find(|(_, (_, facts))| {
        let (Some(their_first), Some(their_last)) = (facts.name.first(), facts.name.last()) else {
            return false;
        };
        // "T. Vance", and "Tim Vance" beside "Timothy Vance".
        let initial = their_first.len() == 1 || first.len() == 1;
        let short = their_first.len().min(first.len()) > 2
            && (own.is_none() || facts.gender.is_none() || own == facts.gender)
            && (their_first.starts_with(first.as_str()) || first.starts_with(their_first.as_str()));
        let firsts =
            their_first == first || short || initial && their_first.chars().next() == first.chars().next();
        // "Arias Sanchez" beside "Oscar Arias Sanchez".
        let tail = words.len() > 1
            && facts.name.len() > 1
            && (facts.name.ends_with(&words) || words.ends_with(&facts.name));
        facts.name == words || tail || their_last == last && firsts && facts.name.len() > 1
    });
    found.map(|(at, _)| EntityId(at as u32))
}

/// Somebody of whose full name this is the last part, or else another part. Of several named before, whoever has the title
/// that stands with the name, else whoever was named most often so far, else the first: a report calls its subject by
/// the surname, and relatives by their full names. With nobody named before, the first after.
fn by_surname(
    linker: &Linker<'_, '_>,
    index: usize,
    written: &str,
    said: Option<&Description>,
    told: Option<Gender>,
) -> Option<EntityId> {
    let lower = written.to_lowercase();
    let role = said.map(|s| s.role.as_str()).filter(|role| !role.is_empty());
    let fits = |id: EntityId, last: bool| {
        let (Some(referent), Some(facts)) = (linker.out.get(id), linker.facts.get(id.index())) else {
            return false;
        };
        let part = if last { facts.name.last() == Some(&lower) } else { facts.name.contains(&lower) };
        let gender = told.is_none() || facts.gender.is_none() || facts.gender == told;
        referent.kind == EntityKind::Person && part && gender
    };
    let titled = |id: EntityId| {
        let roles = linker.facts.get(id.index()).map_or(&[][..], |f| f.roles.as_slice());
        role.is_some_and(|role| roles.iter().any(|r| r == role))
    };
    for last in [true, false] {
        let before = linker.whom.get(..index)?.iter().flatten().copied().filter(|&id| fits(id, last));
        let mut counts: Vec<(EntityId, u32)> = Vec::new();
        for id in before {
            match counts.iter_mut().find(|(other, _)| *other == id) {
                Some((_, count)) => *count += 1,
                None => counts.push((id, 1)),
            }
        }
        let best = counts
            .iter()
            .enumerate()
            .max_by_key(|(place, (id, count))| (titled(*id), *count, std::cmp::Reverse(*place)));
        if let Some((_, (id, _))) = best {
            return Some(*id);
        }
        let mut after = linker.whom.get(index..)?.iter().flatten().copied();
        if let Some(id) = after.find(|&id| fits(id, last)) {
            return Some(id);
        }
    }
    None
}

/// "President Bush" with no first name: whoever of that surname held such an office on the day, or else held it last
/// before. A surname alone is that of a head of state or government on the day.
fn in_office(linker: &Linker<'_, '_>, written: &str, said: Option<&Description>) -> Option<ActorId> {
    let role = said.map(|s| s.role.rsplit(' ').next().unwrap_or_default()).filter(|r| !r.is_empty());
    let day = linker.day?;
    let heads = &linker.doc.codebook.mentions.heads_of_government;
    let office = |term: &Term| match role {
        Some(role) => term.office.rsplit(' ').any(|word| word.eq_ignore_ascii_case(role)),
        None => heads.contains(term.office.to_lowercase().as_str()),
    };
    let named = linker.doc.codebook.actors.iter().filter(|(_, actor)| {
        actor.kind == ActorKind::Person
            && actor.name.rsplit(' ').next().is_some_and(|last| last.eq_ignore_ascii_case(written))
    });
    let (mut held, mut before) = (Vec::new(), Vec::new());
    for (id, actor) in named {
        if actor.terms.iter().any(|t| office(t) && t.covers(day)) {
            held.push(id);
        } else if actor.terms.iter().any(|t| office(t) && t.to.is_some_and(|to| to < day)) {
            before.push(id);
        }
    }
    match (held.as_slice(), before.as_slice()) {
        ([id], _) => Some(*id),
        // "the Falk years": a surname alone is also that of a head of government who has left.
        ([], [id]) => Some(*id),
        _ => None,
    }
}

/// "the foreign secretary" of nobody named before: who alone held that office of the country on the day.
pub(super) fn holder(linker: &mut Linker<'_, '_>, said: &Description, country: Code) -> Option<EntityId> {
    let day = linker.day?;
    let holds = |term: &Term| {
        term.country == Some(country) && term.covers(day) && term.office.eq_ignore_ascii_case(&said.role)
    };
    let actors = linker.doc.codebook.actors.iter();
    let mut held = actors.filter(|(_, a)| a.kind == ActorKind::Person && a.terms.iter().any(holds));
    let (actor, _) = held.next()?;
    if held.next().is_some() {
        return None;
    }
    let id = linker.of_actor(actor)?;
    serve(linker, id, actor);
    Some(id)
}

/// Adds what a description says of somebody: the text goes before the codebook.
pub(super) fn learn(
    linker: &mut Linker<'_, '_>,
    id: EntityId,
    said: &Description,
    country: Option<Belonging>,
    title: Option<String>,
) {
    let owner = said.owner.and_then(|id| linker.doc.codebook.actors.get(id));
    let sector = said.sector.or_else(|| owner.and_then(|o| o.sectors.first().copied()));
    if let Some(facts) = linker.facts_of(id)
        && !said.role.is_empty()
        && !facts.roles.contains(&said.role)
    {
        facts.roles.push(said.role.clone());
    }
    let undated = linker.doc.published().is_none();
    let Some(referent) = linker.out.list.get_mut(id.index()) else { return };
    referent.complete_belonging(country);
    // Without a date of the report nobody knows whether an office that the codebook has is still held.
    if said.former && undated && sector.is_some_and(|s| s.as_str() == "ELI") {
        referent.sectors.retain(|&s| !super::linking::is_of_state(Some(s)));
    }
    if let Some(sector) = sector
        && !referent.sectors.contains(&sector)
        && referent.sectors.len() < 3
        // That somebody is a man as well tells nothing of an official.
        && (referent.sectors.is_empty() || sector.as_str() != "CVL")
        && referent.kind != EntityKind::Country
    {
        referent.sectors.push(sector);
    }
    if referent.title.is_none() && referent.kind == EntityKind::Person {
        referent.title = title.or_else(|| (!said.role.is_empty()).then(|| said.role.to_string()));
    }
}

/// An official's country, sectors and office on the day of the article: in office, before or after it.
fn serve(linker: &mut Linker<'_, '_>, id: EntityId, actor: ActorId) {
    let Some(actor) = linker.doc.codebook.actors.get(actor) else { return };
    let day = linker.day;
    let held = match day {
        Some(day) => actor.terms.iter().rev().find(|t| t.covers(day)),
        None => actor.terms.last(),
    };
    // "Secretary of State": "the secretary" takes him up too.
    let office = held.map(|t| t.office.to_lowercase()).unwrap_or_default();
    let rank = office.split([',']).next().and_then(|o| o.split(" of ").next()).unwrap_or_default();
    if let Some(facts) = linker.facts_of(id) {
        for role in [rank, office.as_str()] {
            if !role.is_empty() && !facts.roles.iter().any(|r| r == role) {
                facts.roles.push(role.into());
            }
        }
    }
    let Some(referent) = linker.out.list.get_mut(id.index()) else { return };
    if !referent.mentions.is_empty() || actor.terms.is_empty() {
        return;
    }
    match held {
        Some(term) => {
            referent.set_belonging(term.country.or(actor.country).map(Belonging::codebook));
            referent.sectors.clone_from(&term.sectors);
        }
        None => {
            let over = actor.terms.iter().any(|t| t.to.is_some_and(|to| day.is_some_and(|day| to < day)));
            let country = actor.terms.last().and_then(|t| t.country).or(actor.country);
            referent.set_belonging(country.map(Belonging::codebook));
            // Who will hold an office of state does not hold it yet.
            referent.sectors = match over {
                true => Code::new("ELI").into_iter().collect(),
                false => {
                    let mut sectors = actor.sectors.clone();
                    sectors.retain(|&sector| day.is_none() || !super::linking::is_of_state(Some(sector)));
                    sectors
                }
            };
        }
    }
}

/// What the text leaves open of persons of state: the country that the article is about.
fn complete(linker: &mut Linker<'_, '_>) {
    for index in 0..linker.found.len() {
        let Some(id) = linker.whom.get(index).copied().flatten() else { continue };
        let Some(found) = linker.found.get(index) else { continue };
        let What::Person { description, .. } = &found.what else { continue };
        let of_state = description.as_ref().is_some_and(|said| {
            super::linking::is_of_state(said.sector) || said.sector.is_some_and(|s| s.as_str() == "ELI")
        });
        let tagged = has_party_tag(linker, found);
        let state = tagged.then(|| Code::new("USA")).flatten();
        let code = state.map(Belonging::text).or_else(|| {
            // Who judges, polices or makes laws does so at home; envoys and ministers, and soldiers, are told of abroad.
            let at_home = description
                .as_ref()
                .and_then(|said| said.sector)
                .is_some_and(|s| AT_HOME.contains(&s.as_str()));
            let article = if at_home { linker.focus.of_article() } else { linker.focus.leading() };
            let article = article.filter(|_| of_state);
            let sector = description.as_ref().and_then(|said| said.sector);
            let likely = description.as_ref().and_then(|said| likely_office(linker, said));
            likely.or(article).map(|code| Belonging::scene(belonging::ruler_or(linker, code, sector)))
        });
        if let Some(referent) = linker.out.list.get_mut(id.index()) {
            referent.complete_belonging(code);
            if tagged && referent.sectors.is_empty() {
                referent.sectors.extend(Code::new("LEG"));
            }
        }
    }
}

/// "Rep. Ann Holt, D-Calif.": party and state, as they are written of American politicians.
fn has_party_tag(linker: &Linker<'_, '_>, found: &Found) -> bool {
    let Some(sentence) = linker.doc.sentences.get(found.sentence as usize) else { return false };
    let end = sentence.span_of(found.first, found.end).end as usize;
    let after = linker.doc.text().get(end..).unwrap_or_default().trim_start_matches([',', ' ', '(']);
    after
        .split_once('-')
        .is_some_and(|(party, state)| matches!(party, "D" | "R") && state.starts_with(char::is_uppercase))
}
