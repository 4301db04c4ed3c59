use crate::view::View;
use dateline_reading::reading::Event;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The events that have a time, by its value; those without stand last.
pub(crate) fn timeline(view: &View<'_>) -> Markup {
    let mut days: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    let mut undated = 0;
    for event in &view.reading.events {
        match view.time(event) {
            // A duration or a repetition has no place on a line.
            Some(time) if time.value.starts_with(|c: char| c.is_ascii_digit()) => {
                days.entry(&time.value).or_default().push(event);
            }
            _ => undated += 1,
        }
    }
    html! {
        section id=(view.anchor("timeline")) {
            h2 { "Timeline" }
            @if days.is_empty() { p.none { "No event has a time of its own." } }
            ol.timeline { @for (day, events) in &days {
                li {
                    time datetime=[is_date(day).then_some(day)] { (day) }
                    div { @for event in events {
                        a class=(format!("kind quad{}", event.quad)) href=(view.link(event.id)) { (event.kind) } " "
                    } }
                }
            } }
            @if undated > 0 && !days.is_empty() { p.none { (undated) " more without a time" } }
        }
    }
}

/// Whether HTML's `time` element can hold the value: a year, month or day.
fn is_date(value: &str) -> bool {
    matches!(value.len(), 4 | 7 | 10) && value.chars().all(|c| c.is_ascii_digit() || c == '-')
}
