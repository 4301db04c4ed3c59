use crate::view::{View, written};
use dateline_reading::reading::{Certainty, EntityId, Event, Figure};
use maud::{Markup, html};

/// The events in the order of the text, each with links to its words.
pub(crate) fn events(view: &View<'_>) -> Markup {
    let events = &view.reading.events;
    html! {
        section id=(view.anchor("events")) {
            h2 { "Events " span.count { (events.len()) } }
            @if events.is_empty() { p.none { "No event was coded." } }
            ol.events { @for event in events { (self::event(view, event)) } }
        }
    }
}

fn event(view: &View<'_>, event: &Event) -> Markup {
    html! {
        li.card id=(view.anchor(event.id)) {
            p.what {
                a class=(format!("kind quad{}", event.quad)) href=(view.link_words(event.trigger)) { (event.kind) }
                @for mode in &event.modes { " " span.tag { (mode) } }
                @for aux in &event.aux { " " span.tag.aux { (aux) } }
                " " q { (view.words(event.trigger)) }
            }
            p.who {
                (parties(view, &event.actors, "someone"))
                @if !event.recipients.is_empty() { span aria-label="to" { " → " } (parties(view, &event.recipients, "")) }
            }
            dl {
                @if let Some(time) = view.time(event) {
                    dt { "When" } dd { a href=(view.link_words(time.span)) { (time.value) } }
                }
                @if let Some(place) = view.place(event) {
                    dt { "Where" } dd { a href=(view.link(place.id)) { (place.name) @if let Some(c) = &place.country { ", " (c) } } }
                }
                @if !event.figures.is_empty() {
                    dt { "How many" } dd { @for (i, f) in view.figures(event).enumerate() {
                        @if i > 0 { ", " } a href=(view.link_words(f.span)) { (figure(f)) }
                    } }
                }
                @if event.certainty != Certainty::Asserted || event.attributed_to.is_some() {
                    dt { "Says who" } dd {
                        @if let Some(who) = event.attributed_to.and_then(|id| view.entity(id)) {
                            a href=(view.link(who.id)) { (who.name) } " · "
                        }
                        (written(&event.certainty))
                    }
                }
                @if event.commitment.is_some() { dt { "Promise" } dd { "binds itself to act" } }
                @if !event.contexts.is_empty() { dt { "Context" } dd { (event.contexts.join(", ")) } }
                dt { "Codes" } dd {
                    @if let Some(cameo) = &event.cameo { "CAMEO " (cameo) " · " }
                    "quad " (event.quad) " · " (format!("{:+.1}", event.intensity)) " · " span.rule { (event.rule) }
                }
            }
        }
    }
}

/// Names of the parties, each a link to what is known of it.
pub(crate) fn parties(view: &View<'_>, ids: &[EntityId], none: &str) -> Markup {
    html! {
        @if ids.is_empty() { span.none { (none) } }
        @for (i, entity) in ids.iter().filter_map(|id| view.entity(*id)).enumerate() {
            @if i > 0 { ", " }
            a.entity href=(view.link(entity.id)) { (entity.name) }
            @if let Some(code) = &entity.code { " " span.code { (code) } }
        }
    }
}

/// A figure in words: `at least 18 killed`.
pub(crate) fn figure(figure: &Figure) -> String {
    let kind = written(&figure.kind);
    match (figure.low, figure.best, figure.high) {
        (Some(low), _, Some(high)) if low == high => format!("{low} {kind}"),
        (Some(low), _, Some(high)) => format!("{low} to {high} {kind}"),
        (Some(low), _, None) => format!("at least {low} {kind}"),
        (None, _, Some(high)) => format!("at most {high} {kind}"),
        (None, Some(best), None) => format!("about {best} {kind}"),
        (None, None, None) => kind,
    }
}
