use crate::document::{At, Document};
use crate::noun_phrase::{core, head_of, is_plural, lemma, token};
use crate::places::Places;
use crate::spotted::{Spotted, SpottedKind};
use compact_str::{CompactString, ToCompactString};
use dateline_codebook::{ActorId, AliasKind, Code, RoleKind};
use dateline_syntax::{Relation, Sentence, Upos, Xpos};

/// Words that a role phrase may run on after its head: "secretary of state", "head of the armed forces".
const ROLE_TAIL: u32 = 4;

/// What a noun phrase says of whom it means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Description {
    /// The words of the role, as lemmas: `foreign minister`; empty where no role was found.
    pub(super) role: CompactString,
    /// One past the last word of the role, where there is one.
    pub(super) role_end: u32,
    /// First word of the role.
    pub(super) role_first: u32,
    pub(super) sector: Option<Code>,
    pub(super) kind: RoleKind,
    /// Countries named in the phrase, each with its word: that closest to the head first.
    pub(super) countries: Vec<(Code, u32)>,
    /// Organisation or group named in the phrase.
    pub(super) owner: Option<ActorId>,
    /// One past the last word of an "of" phrase that names the country or owner; 0 where there is none.
    pub(super) of_end: u32,
    pub(super) determiner: Determiner,
    pub(super) plural: bool,
    /// Whether a number or quantity stands before it.
    pub(super) counted: bool,
    /// Whether the office is said to be over.
    pub(super) former: bool,
    /// Words that tell it apart from others of its kind.
    pub(super) modifiers: Vec<CompactString>,
    /// The number before it, as written.
    pub(super) number: Option<CompactString>,
}

impl Description {
    /// Some people, of whom no more is said than the word at `head`.
    pub(super) fn of_people(head: u32) -> Self {
        Self {
            role: CompactString::default(),
            role_first: head,
            role_end: head + 1,
            sector: None,
            kind: RoleKind::Person,
            countries: Vec::new(),
            owner: None,
            of_end: 0,
            determiner: Determiner::Indefinite,
            plural: true,
            counted: true,
            former: false,
            modifiers: Vec::new(),
            number: None,
        }
    }
}

/// How a noun phrase begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Determiner {
    /// "the", "this", "their", "Pakistan's".
    Definite,
    /// "a", "another", "seven", "some".
    Indefinite,
    /// Nothing.
    Bare,
}

/// Reads the phrase `first..` headed by `head`.
pub(super) fn describe(
    doc: &Document<'_>,
    places: &Places,
    index: usize,
    first: u32,
    head: u32,
) -> Option<Description> {
    let sentence = doc.sentences.get(index)?;
    let words = &doc.codebook.mentions;
    let head_word = token(sentence, head)?;
    let role = role_at(doc, sentence, first, head);
    let (role_first, role_end) = role.as_ref().map_or((head, head + 1), |r| (r.first, r.end));
    let mut found = Description {
        role: role.as_ref().map(|r| r.phrase.clone()).unwrap_or_default(),
        role_first,
        role_end,
        sector: role.as_ref().and_then(|r| r.sector),
        kind: role.as_ref().map_or(RoleKind::Person, |r| r.kind),
        countries: Vec::new(),
        owner: None,
        of_end: 0,
        determiner: Determiner::Bare,
        plural: is_plural(head_word),
        counted: false,
        former: false,
        modifiers: Vec::new(),
        number: None,
    };
    named_inside(doc, places, index, (first, role_first), &mut found);
    for at in (first..role_first).rev() {
        let Some(word) = token(sentence, at) else { continue };
        let lower = word.lemma.to_lowercase();
        let own = word.head.is_some_and(|h| h >= role_first && h < role_end || h == head);
        match word.relation {
            Relation::Det | Relation::DetPredet if own => match lower.as_str() {
                "all" | "both" | "either" | "neither" | "such" => {}
                "the" | "this" | "that" | "these" | "those" => found.determiner = Determiner::Definite,
                _ => found.determiner = Determiner::Indefinite,
            },
            Relation::NmodPoss if own => found.determiner = Determiner::Definite,
            Relation::Nummod if own => {
                found.counted = true;
                found.number = Some(lower.to_compact_string());
            }
            Relation::Amod | Relation::Compound | Relation::Advmod | Relation::NmodDesc => {
                found.former |= words.former.contains(lower.as_str());
                let named = found.countries.iter().any(|(_, word)| *word == at);
                if !named && !words.light.contains(lower.as_str()) && word.upos != Upos::Adv {
                    found.modifiers.push(lower.to_compact_string());
                }
                found.counted |=
                    matches!(lower.as_str(), "several" | "many" | "few" | "some" | "numerous" | "other");
            }
            _ => {}
        }
    }
    if found.determiner == Determiner::Bare && found.counted {
        found.determiner = Determiner::Indefinite;
    }
    // "Pakistan's neighbours" are not from Pakistan.
    if words.relational.contains(head_word.lemma.to_lowercase().as_str()) {
        let owned = |&(_, word): &(Code, u32)| {
            token(sentence, word).is_some_and(|t| t.relation == Relation::NmodPoss)
        };
        found.countries.retain(|country| !owned(country));
        return Some(found);
    }
    // "Moscow's U.S. ambassador" is Moscow's.
    if words.foreign_seats.contains(head_word.lemma.to_lowercase().as_str()) {
        let owns = |(_, word): &(Code, u32)| crate::noun_phrase::is_possessor(sentence, *word);
        if let Some(owner) = found.countries.iter().position(owns) {
            found.countries.swap(0, owner);
        }
    }
    if found.countries.is_empty() && found.owner.is_none() {
        named_after(doc, places, index, head, &mut found);
    }
    if found.sector.is_some_and(|s| s.as_str() == "GOV")
        && words.heads_of_bodies.contains(found.role.as_str())
        && let Some(sector) = private_office(doc, places, index, first, head, &found)
    {
        found.sector = sector;
    }
    found.sector = sector_before(doc, sentence, first, &found).or(found.sector);
    let last = found.role.rsplit(' ').next().unwrap_or_default();
    let is = |code: &str| found.sector.is_some_and(|s| s.as_str() == code);
    if is("MIL")
        && let Some(side) = side_of_owner(doc, &found)
    {
        found.sector = Some(side);
    } else if is("GOV") && last == "official" && serves_stranger(doc, places, index, first, &found) {
        found.sector = None;
        return Some(found);
    }
    let of_states = || {
        let of_country =
            found.countries.first().is_some_and(|(_, word)| is_country(doc, places, index, *word));
        let of_several = found.plural && found.modifiers.iter().any(|m| words.elsewhere.contains(m.as_str()));
        of_country || of_several
    };
    if found.sector.is_none() && found.owner.is_none() && words.speaks_for.contains(last) && of_states() {
        found.sector = Code::new("GOV");
    }
    // "forces of the government" are the state's.
    let of_government = |c: u32| {
        let of = crate::noun_phrase::preposition(sentence, c).is_some_and(|p| lemma(sentence, p) == "of");
        let role = role_at(doc, sentence, core(sentence, c).0, c).filter(|_| of);
        role.is_some_and(|r| r.kind == RoleKind::Body && r.sector.is_some_and(|s| s.as_str() == "GOV"))
    };
    // "Iraqi forces" are Iraq's, and "rebel forces" are not.
    let of_country = || {
        let country = found.countries.first();
        found.role == "force"
            && country.is_some_and(|(_, word)| *word < head && is_country(doc, places, index, *word))
    };
    if found.sector.is_some_and(|s| s.as_str() == "UAF")
        && last == "force"
        && (sentence.children_as(head, Relation::Nmod).any(of_government) || of_country())
    {
        found.sector = Code::new("MIL");
    }
    let disguised = |m: &CompactString| words.disguised.contains(m.as_str());
    if found.sector.is_none_or(|s| s.as_str() == "CVL")
        && words.any_people.contains(head_word.lemma.to_lowercase().as_str())
        && found.modifiers.iter().any(disguised)
    {
        found.sector = Code::new("UAF");
    }
    if found.former {
        found.sector = former(found.sector);
    }
    Some(found)
}

/// Who held an office of state is one of the former elite.
fn former(sector: Option<Code>) -> Option<Code> {
    match sector.map(|s| s.as_str().to_owned()).as_deref() {
        Some("GOV" | "LEG" | "JUD") => Code::new("ELI"),
        _ => sector,
    }
}

/// A role found at a head.
struct Found {
    first: u32,
    end: u32,
    phrase: CompactString,
    sector: Option<Code>,
    kind: RoleKind,
}

/// The longest role phrase of which the head is a word.
fn role_at(doc: &Document<'_>, sentence: &Sentence, first: u32, head: u32) -> Option<Found> {
    let limit = (head + 1 + ROLE_TAIL).min(sentence.tokens.len() as u32);
    let lower: Vec<CompactString> = (first..limit).map(|at| role_lemma(doc, sentence, at)).collect();
    let lemmas: Vec<&str> = lower.iter().map(CompactString::as_str).collect();
    let mut best: Option<Found> = None;
    for end in head + 1..=limit {
        // A role goes on after its head only through "of" and the like.
        if end > head + 1
            && !matches!(
                &*lemma(sentence, head + 1).to_lowercase(),
                "of" | "in" | "for" | "to" | "general" | "-"
            )
        {
            break;
        }
        let Some(slice) = lemmas.get(..(end - first) as usize) else { break };
        let Some((length, role)) = doc.codebook.roles.longest_ending(slice) else { continue };
        let start = end - (length as u32).min(end - first);
        let longer = best.as_ref().is_none_or(|b| end - start > b.end - b.first);
        if start <= head && longer {
            best = Some(Found {
                first: start,
                end,
                phrase: role.phrase.to_compact_string(),
                sector: role.sector,
                kind: role.kind,
            });
        }
    }
    best
}

/// The lemma of a word as roles have it: in lower case, a title without its abbreviation.
pub(super) fn role_lemma(doc: &Document<'_>, sentence: &Sentence, at: u32) -> CompactString {
    let lower = lemma(sentence, at).to_lowercase();
    match doc.codebook.mentions.title_forms.get(lower.as_str()) {
        Some(whole) => whole.to_compact_string(),
        None => lower.to_compact_string(),
    }
}

/// Whose side someone is on outweighs what he does there: "rebel negotiators", "guerrilla commander".
pub(super) const SIDES: [&str; 4] = ["CRM", "PRM", "REB", "UAF"];

/// The sector that a noun before the role tells, where the role tells none or it says whose side is meant.
fn sector_before(doc: &Document<'_>, sentence: &Sentence, first: u32, found: &Description) -> Option<Code> {
    let words = &doc.codebook.mentions;
    let speaks = words.speaks_for.contains(found.role.as_str());
    let state = found.sector.is_some_and(|s| matches!(s.as_str(), "COP" | "MIL"));
    let unsure = found.sector.is_none_or(|s| s.as_str() == "UAF");
    let told = |before: u32| {
        let word = token(sentence, before)?;
        let hangs = word.head.is_some_and(|h| (found.role_first..found.role_end).contains(&h));
        if !hangs || !matches!(word.relation, Relation::Compound | Relation::Amod) || word.xpos == Xpos::Pos {
            return None;
        }
        let role = role_at(doc, sentence, first, before)?;
        let sector = role.sector?;
        // "European leaders" lead states, not the people of Europe.
        let region = speaks && sector.as_str() == "CVL" && words.elsewhere.contains(role.phrase.as_str());
        // Paramilitary police are police.
        let police = state && sector.as_str() == "PRM";
        let side = SIDES.contains(&sector.as_str()) && !police;
        let force = matches!(sector.as_str(), "COP" | "MIL");
        let goes = found.sector.is_none() || unsure && force || speaks || side;
        (goes && !region && !police).then_some((sector, side, found.role_first - before))
    };
    // The word next to the role tells it; whose side one is on may be told before: "militant nationalist group".
    let mut all = (first..found.role_first).rev().filter_map(told);
    let next = all.next()?;
    let side = if next.1 { None } else { all.find(|(_, side, _)| *side) };
    side.or(Some(next).filter(|(_, _, distance)| *distance == 1)).map(|(sector, _, _)| sector)
}

/// Whether a word is a country's name, nationality or seat of government, and not a town's or that of where one is based.
fn is_country(doc: &Document<'_>, places: &Places, index: usize, word: u32) -> bool {
    let Some(sentence) = doc.sentences.get(index) else { return false };
    let names = places.spotted.get(index).map_or(&[][..], Vec::as_slice);
    let based = token(sentence, word + 1).is_some_and(|t| t.span.of(doc.text()) == "-");
    !based
        && names.iter().any(|n| {
            let country = match n.kind {
                SpottedKind::Country(_) => true,
                SpottedKind::Organization => n.country.is_some(),
                _ => false,
            };
            country && n.first <= word && word < n.end
        })
}

/// "Hezbollah gunners" fight for Hezbollah: the armed side of whoever they belong to.
fn side_of_owner(doc: &Document<'_>, found: &Description) -> Option<Code> {
    let owner = found.owner.and_then(|id| doc.codebook.actors.get(id))?;
    let state = owner.sectors.iter().any(|s| s.as_str() == "MIL");
    owner.sectors.iter().copied().find(|s| !state && SIDES.contains(&s.as_str()))
}

/// Whether officials are those of a body that nobody knows, and so need not be of the state: "Brightwater officials".
fn serves_stranger(
    doc: &Document<'_>,
    places: &Places,
    index: usize,
    first: u32,
    found: &Description,
) -> bool {
    let Some(before) = found.role_first.checked_sub(1).filter(|&at| at >= first) else { return false };
    let names = places.spotted.get(index).map_or(&[][..], Vec::as_slice);
    let named =
        names.iter().any(|n| n.kind == SpottedKind::Organization && n.first <= before && before < n.end);
    let known = doc.sentences.get(index).is_some_and(|s| role_at(doc, s, first, before).is_some());
    named && !known && found.owner.is_none() && found.countries.is_empty()
}

/// The sector of a president or secretary of a body that is not of the state: "Falk Corp. President Ann Holt", "president
/// and chief executive officer".
fn private_office(
    doc: &Document<'_>,
    places: &Places,
    index: usize,
    first: u32,
    head: u32,
    found: &Description,
) -> Option<Option<Code>> {
    if let Some(owner) = found.owner.and_then(|id| doc.codebook.actors.get(id)) {
        let states = |s: &Code| matches!(s.as_str(), "GOV" | "LEG" | "JUD");
        let private = !owner.sectors.is_empty() && !owner.sectors.iter().any(states);
        return private.then(|| owner.sectors.first().copied());
    }
    let sentence = doc.sentences.get(index)?;
    let business = |at: u32| {
        role_at(doc, sentence, at.saturating_sub(3), at)
            .and_then(|r| r.sector)
            .filter(|s| s.as_str() == "BUS")
    };
    let joined = sentence
        .children_as(head, Relation::Conj)
        .chain(token(sentence, head).and_then(|t| t.head.filter(|_| t.relation == Relation::Conj)));
    if let Some(sector) = joined.into_iter().find_map(business) {
        return Some(Some(sector));
    }
    // "Falk Corp. President", "president of Falk Corp."
    let behind = sentence.children_as(head, Relation::Nmod).find(|&c| {
        c > head && crate::noun_phrase::preposition(sentence, c).is_some_and(|p| lemma(sentence, p) == "of")
    });
    let behind = behind.filter(|_| !found.role.contains("secretary"));
    let of_state =
        |at: u32| role_at(doc, sentence, at.saturating_sub(3), at).is_some_and(|r| r.sector.is_some());
    let ranges = [Some((first, found.role_first)), behind.map(|of| core(sentence, of))];
    let named = places.spotted.get(index)?.iter().any(|n| {
        n.kind == SpottedKind::Organization
            && n.aliases.is_empty()
            && !of_state(n.end - 1)
            && ranges.iter().flatten().any(|&(from, to)| n.first < to && n.end > from)
    });
    named.then_some(None)
}

/// Whether a country's name only tells whose help, rule or enmity somebody has: "U.S.-backed rebels", "anti-Israeli".
pub(super) fn is_joined(doc: &Document<'_>, sentence: &Sentence, first: u32, end: u32) -> bool {
    let word = |at: u32| token(sentence, at).map_or("", |t| t.span.of(doc.text()));
    // "Soviet- and Cuban-supported".
    let suspended = word(end) == "-" && matches!(word(end + 1), "and" | "or");
    let behind = word(end) == "-"
        && token(sentence, end + 1).is_some_and(|t| {
            matches!(t.xpos, Xpos::Vbn | Xpos::Vbd | Xpos::Vbg | Xpos::Jj)
                && !doc.codebook.mentions.nationality_participles.contains(word(end + 1))
                && (t.span.of(doc.text()).ends_with("ed")
                    || doc.codebook.mentions.joined_participles.contains(word(end + 1)))
        });
    let before = first >= 2
        && word(first - 1) == "-"
        && matches!(word(first - 2).to_lowercase().as_str(), "anti" | "non" | "pro");
    behind || before || suspended
}

/// "a Vietnam veteran": a country's name that stands for a war there.
fn is_war(doc: &Document<'_>, sentence: &Sentence, name: &Spotted) -> bool {
    let head = head_of(sentence, name.first, name.end);
    name.kind == SpottedKind::Country(AliasKind::Name)
        && token(sentence, head)
            .filter(|t| t.relation == Relation::Compound)
            .and_then(|t| t.head)
            .is_some_and(|governor| {
                doc.codebook.mentions.of_wars.contains(lemma(sentence, governor).to_lowercase().as_str())
            })
}

/// Countries, places and organisations among the words before the role.
fn named_inside(
    doc: &Document<'_>,
    places: &Places,
    index: usize,
    range: (u32, u32),
    found: &mut Description,
) {
    let (first, end) = range;
    let Some(names) = places.spotted.get(index) else { return };
    let Some(sentence) = doc.sentences.get(index) else { return };
    for name in names.iter().rev().filter(|n| n.first >= first && n.end <= end) {
        if is_joined(doc, sentence, name.first, name.end) || is_war(doc, sentence, name) {
            continue;
        }
        let actor =
            name.aliases.first().and_then(|a| doc.codebook.actors.get(a.actor).map(|actor| (a.actor, actor)));
        match (name.kind, actor) {
            (SpottedKind::Country(_), Some((_, actor))) => {
                if let Some(code) =
                    resolved_elsewhere(places, index, name.first, name.end).unwrap_or(actor.country)
                {
                    found.countries.push((code, name.end - 1));
                }
            }
            (SpottedKind::Organization, Some((id, _))) => found.owner = found.owner.or(Some(id)),
            (SpottedKind::Organization, None) => {
                found.countries.extend(name.country.map(|code| (code, name.end - 1)));
            }
            (SpottedKind::Place, _) => {
                let code = place_country(places, index, name.first, name.end);
                found.countries.extend(code.map(|code| (code, name.end - 1)));
            }
            _ => {}
        }
    }
}

/// A country's name that the places took for something else, as Georgia the state.
fn resolved_elsewhere(places: &Places, index: usize, first: u32, end: u32) -> Option<Option<Code>> {
    (first..end)
        .find_map(|token| places.mention_at(At::new(index, token)))
        .and_then(|mention| places.get(mention.place))
        .map(|place| place.country)
}

fn place_country(places: &Places, index: usize, first: u32, end: u32) -> Option<Code> {
    resolved_elsewhere(places, index, first, end).flatten()
}

/// "the government of Chad", "a court in Bishkek", "leader of Hezbollah", "spokesman for the Pakistani army".
fn named_after(doc: &Document<'_>, places: &Places, index: usize, head: u32, found: &mut Description) {
    let Some(sentence) = doc.sentences.get(index) else { return };
    for child in sentence.children_as(head, Relation::Nmod).filter(|&c| c > head) {
        let Some(preposition) = crate::noun_phrase::preposition(sentence, child) else { continue };
        let preposition = lemma(sentence, preposition);
        if !matches!(preposition, "of" | "for" | "in" | "from" | "at" | "with") {
            continue;
        }
        // "negotiators in Vienna" are from elsewhere.
        let visits = preposition == "in"
            && doc.codebook.mentions.strangers.contains(lemma(sentence, head).to_lowercase().as_str());
        if visits {
            continue;
        }
        let (first, end) = core(sentence, child);
        named_inside(doc, places, index, (first, end), found);
        if found.countries.is_empty() && found.owner.is_none() && matches!(preposition, "of" | "for") {
            // One step on: "a spokesman for the army of Chad".
            for inner in sentence.children_as(child, Relation::Nmod) {
                named_inside(doc, places, index, core(sentence, inner), found);
            }
        }
        if found.sector.is_none() && matches!(preposition, "of" | "for") {
            found.sector = role_at(doc, sentence, first, child).and_then(|r| r.sector);
        }
        if !found.countries.is_empty() || found.owner.is_some() {
            if preposition == "of" {
                found.of_end = end;
            }
            return;
        }
    }
}

/// Whether the word is a noun that is not the start of something longer.
pub(super) fn is_noun(sentence: &Sentence, at: u32) -> bool {
    token(sentence, at).is_some_and(|t| {
        matches!(t.upos, Upos::Noun | Upos::Propn)
            || t.upos == Upos::Adj && sentence.children_as(at, Relation::Det).next().is_some()
            || t.upos == Upos::Num && !matches!(t.xpos, Xpos::Ls)
    })
}
