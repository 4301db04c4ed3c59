use crate::events::parties;
use crate::view::View;
use dateline_reading::reading::{EntityId, Event};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Who acts on whom: one row a pair, with its events.
pub(crate) fn pairs(view: &View<'_>) -> Markup {
    let mut pairs: BTreeMap<(EntityId, EntityId), Vec<&Event>> = BTreeMap::new();
    for event in &view.reading.events {
        for actor in &event.actors {
            for recipient in &event.recipients {
                pairs.entry((*actor, *recipient)).or_default().push(event);
            }
        }
    }
    let mut rows: Vec<_> = pairs.into_iter().collect();
    rows.sort_by_key(|(pair, events)| (std::cmp::Reverse(events.len()), *pair));
    html! {
        @if !rows.is_empty() {
            section {
                h2 { "Who acts on whom" }
                table {
                    thead { tr { th scope="col" { "Who" } th scope="col" { "To whom" } th scope="col" { "What" } } }
                    tbody { @for ((actor, recipient), events) in &rows {
                        tr {
                            td { (parties(view, &[*actor], "")) }
                            td { (parties(view, &[*recipient], "")) }
                            td { @for event in events {
                                a class=(format!("kind quad{}", event.quad)) href=(view.link(event.id)) { (event.kind) } " "
                            } }
                        }
                    } }
                }
            }
        }
    }
}
