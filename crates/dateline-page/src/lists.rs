use crate::events::figure;
use crate::view::{View, written};
use dateline_reading::reading::CountryBasis;
use dateline_text::CharSpan;
use maud::{Markup, html};

/// The people and bodies, places, times, figures, quotations and notes, each with links to its words.
pub(crate) fn lists(view: &View<'_>) -> Markup {
    html! { (entities(view)) (places(view)) (times(view)) (figures(view)) (quotes(view)) (notes(view)) }
}

fn entities(view: &View<'_>) -> Markup {
    let entities = &view.reading.entities;
    html! {
        section id=(view.anchor("entities")) {
            h2 { "People, bodies, countries " span.count { (entities.len()) } }
            ul { @for entity in entities {
                li id=(view.anchor(entity.id)) {
                    strong.entity { (entity.name) }
                    @if let Some(title) = &entity.title { ", " (title) }
                    @if let Some(code) = &entity.code { " " span.code { (code) } }
                    " " span.note { (written(&entity.kind)) @if entity.country_from == Some(CountryBasis::Scene) { " · country inferred from the scene" }
                        @if let Some(wikidata) = &entity.wikidata { " · " (wikidata) } }
                    (mentions(view, entity.mentions.iter().map(|m| m.span)))
                }
            } }
        }
    }
}

fn places(view: &View<'_>) -> Markup {
    let places = &view.reading.places;
    html! { @if !places.is_empty() {
        section {
            h2 { "Places " span.count { (places.len()) } }
            ul { @for place in places {
                li id=(view.anchor(place.id)) {
                    strong.place { (place.name) }
                    @if let Some(admin) = &place.admin1 { ", " (admin) }
                    @if let Some(country) = &place.country { ", " (country) }
                    " " span.note {
                        (written(&place.precision))
                        @if let (Some(lat), Some(lon)) = (place.lat, place.lon) { " · " (format!("{lat:.2}, {lon:.2}")) }
                        @if let Some(id) = place.geonameid { " · GeoNames " (id) }
                    }
                    (mentions(view, place.mentions.iter().copied()))
                }
            } }
        }
    } }
}

fn times(view: &View<'_>) -> Markup {
    let times = &view.reading.times;
    html! { @if !times.is_empty() {
        section {
            h2 { "Times " span.count { (times.len()) } }
            ul { @for time in times {
                li id=(view.anchor(time.id)) {
                    strong.time { (time.value) } " " span.note { (written(&time.kind)) " · " (written(&time.precision)) }
                    (mentions(view, [time.span]))
                }
            } }
        }
    } }
}

fn figures(view: &View<'_>) -> Markup {
    let figures = &view.reading.figures;
    html! { @if !figures.is_empty() {
        section {
            h2 { "Figures " span.count { (figures.len()) } }
            ul { @for one in figures {
                li id=(view.anchor(one.id)) { strong.figure { (figure(one)) } (mentions(view, [one.span])) }
            } }
        }
    } }
}

fn quotes(view: &View<'_>) -> Markup {
    let quotes = &view.reading.quotes;
    html! { @if !quotes.is_empty() {
        section {
            h2 { "Statements " span.count { (quotes.len()) } }
            ul { @for quote in quotes {
                li id=(view.anchor(quote.id)) {
                    @match quote.speaker.and_then(|id| view.entity(id)) {
                        Some(who) => a.entity href=(view.link(who.id)) { (who.name) },
                        None => span.none { "speaker not resolved" },
                    }
                    " " span.note { (written(&quote.kind)) }
                    (mentions(view, [quote.span]))
                }
            } }
        }
    } }
}

fn notes(view: &View<'_>) -> Markup {
    let notes = &view.reading.notes;
    html! { @if !notes.is_empty() {
        section {
            h2 { "Left open " span.count { (notes.len()) } }
            ul { @for note in notes {
                li {
                    (note.kind) ": " (note.reason)
                    @if let Some(span) = note.sentence.and_then(|n| view.sentence(n)) {
                        blockquote { (view.words(span)) }
                    }
                }
            } }
        }
    } }
}

/// The words themselves, each a link to where they stand.
fn mentions(view: &View<'_>, spans: impl IntoIterator<Item = CharSpan>) -> Markup {
    html! {
        p.mentions { @for (i, span) in spans.into_iter().enumerate() {
            @if i > 0 { " · " }
            a href=(view.link_words(span)) { (view.words(span)) }
        } }
    }
}
