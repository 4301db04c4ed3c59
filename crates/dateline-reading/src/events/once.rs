//! What one sentence tells in several words is one event.

use super::{CodedEvent, Read};
use crate::parties::Party;

/// Adds an event, unless the same sentence has told of it already in other words.
pub(super) fn keep(read: &Read<'_>, events: &mut Vec<CodedEvent>, event: CodedEvent) {
    let same = |a: &[Party], b: &[Party]| a.iter().all(|p| b.contains(p)) || b.iter().all(|p| a.contains(p));
    // How long ago a part of the same sentence says it was makes no second event.
    let lies = |a: &[&str], b: &[&str]| {
        let but = |aux: &&&str| **aux != "historical";
        a.iter().filter(but).eq(b.iter().filter(but))
    };
    // "killed six soldiers and wounded ten": one act, with those it killed and those it wounded.
    let joined = |e: &CodedEvent| {
        e.rule == event.rule
            && e.actors == event.actors
            && read.are_joined(&read.frames.list[e.frame], &read.frames.list[event.frame])
    };
    let one = events.iter_mut().find(|e| {
        e.sentence == event.sentence && e.kind == event.kind && lies(&e.aux, &event.aux) && joined(e)
    });
    if let Some(before) = one {
        let more: Vec<Party> =
            event.recipients.iter().copied().filter(|r| !before.recipients.contains(r)).collect();
        before.recipients.extend(more);
        before.time = before.time.or(event.time);
        before.place = before.place.or(event.place);
        before.figures.extend(event.figures);
        before.figures.sort_unstable();
        before.figures.dedup();
        return;
    }
    // "All three were arrested for spreading lies": who does the one and suffers the other has two events.
    let apart = |e: &CodedEvent| {
        e.actors.iter().any(|a| event.recipients.contains(a))
            || event.actors.iter().any(|a| e.recipients.contains(a))
    };
    let told = events.iter_mut().find(|e| {
        e.sentence == event.sentence
            && !apart(e)
            && e.kind == event.kind
            && lies(&e.aux, &event.aux)
            && same(&e.actors, &event.actors)
            && same(&e.recipients, &event.recipients)
    });
    match told {
        Some(before) => {
            let more =
                event.actors.len() + event.recipients.len() > before.actors.len() + before.recipients.len();
            let (mut whole, part) = if more { (event, before.clone()) } else { (before.clone(), event) };
            // "a mine that rebels had laid killed two policemen"
            if whole.actors.is_empty() {
                whole.actors = part.actors;
            }
            if whole.recipients.is_empty() {
                whole.recipients = part.recipients;
                whole.recipients.retain(|r| !whole.actors.contains(r));
            }
            whole.time = whole.time.or(part.time);
            whole.place = whole.place.or(part.place);
            whole.figures.extend(part.figures);
            whole.figures.sort_unstable();
            whole.figures.dedup();
            *before = whole;
        }
        None => events.push(event),
    }
}
