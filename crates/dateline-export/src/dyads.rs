//! Events as schemes of old tell them: one who acts, one acted upon, something that has happened.

use crate::View;
use crate::identity::{event_key, part_key};
use dateline_reading::reading::{Certainty, Entity, Event};

/// One event between two parties, either of whom may be nobody.
pub(crate) struct Dyad<'a> {
    /// Tells it from all others.
    pub(crate) key: u128,
    pub(crate) event: &'a Event,
    pub(crate) source: Option<&'a Entity>,
    pub(crate) target: Option<&'a Entity>,
}

/// Whether an event is told as something that has happened. CAMEO's formats, UCDP's and ACLED's have no column for what
/// will, might or did not happen, so that such events must stay out of them; as must those of long ago that the text
/// does not date, which would be given the day of publication.
pub(crate) fn has_happened(event: &Event) -> bool {
    let undated = |aux: &str| aux == "historical" && event.time.is_none();
    let unreal = |aux: &str| matches!(aux, "future" | "hypothetical" | "negation");
    event.certainty != Certainty::Denied && !event.aux.iter().any(|aux| unreal(aux) || undated(aux))
}

/// The dyads of everything that has happened, in order.
pub(crate) fn dyads<'a>(view: &View<'a>) -> Vec<Dyad<'a>> {
    let events = view.reading.events.iter().filter(|event| has_happened(event));
    events.flat_map(|event| of_event(view, event)).collect()
}

/// Everyone who acts with everyone acted upon. Partners in consultation or cooperation, who are all actors, are paired
/// both ways round, as CAMEO's coders do.
fn of_event<'a>(view: &View<'a>, event: &'a Event) -> Vec<Dyad<'a>> {
    let key = event_key(view.reading, event);
    let dyad =
        |source: Option<usize>, target: Option<usize>, targets: &[&'a Entity], sources: &[&'a Entity]| {
            let part = |at: Option<usize>| at.map_or("-".to_owned(), |at| at.to_string());
            Dyad {
                key: part_key(key, &format!("{}:{}", part(source), part(target))),
                event,
                source: source.and_then(|at| sources.get(at)).copied(),
                target: target.and_then(|at| targets.get(at)).copied(),
            }
        };
    let (sources, targets) = (view.entities(&event.actors), view.entities(&event.recipients));
    let mutual = matches!(event.cameo.as_deref().and_then(|code| code.get(..2)), Some("04" | "06"));
    let places = |list: &[&Entity]| -> Vec<Option<usize>> {
        if list.is_empty() { vec![None] } else { (0..list.len()).map(Some).collect() }
    };
    if targets.is_empty() && sources.len() > 1 && mutual {
        let pairs = (0..sources.len()).flat_map(|a| (0..sources.len()).map(move |b| (a, b)));
        return pairs
            .filter(|(a, b)| a != b)
            .map(|(a, b)| dyad(Some(a), Some(b), &sources, &sources))
            .collect();
    }
    let to = places(&targets);
    places(&sources)
        .into_iter()
        .flat_map(|source| to.iter().map(move |&target| (source, target)))
        .map(|(source, target)| dyad(source, target, &targets, &sources))
        .collect()
}
