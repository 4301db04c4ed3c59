use crate::view::View;
use dateline_reading::reading::Place;
use maud::{Markup, PreEscaped, html};

/// Country outlines, one a line: name, tab, path in tenths of a degree from 180° W, 90° N.
const OUTLINES: &str = include_str!("../data/outlines.tsv");

/// A map of the places: a window on the world that holds them all.
pub(crate) fn map(view: &View<'_>) -> Markup {
    let placed: Vec<(&Place, f64, f64)> = view
        .reading
        .places
        .iter()
        .filter_map(|place| Some((place, (place.lon? + 180.0) * 10.0, (90.0 - place.lat?) * 10.0)))
        .filter(|(_, x, y)| x.is_finite() && y.is_finite())
        .collect();
    let Some(window) = Window::around(&placed) else {
        return html! { section id=(view.anchor("map")) { h2 { "Map" } p.none { "No place was found." } } };
    };
    let unit = window.width / 100.0;
    html! {
        section id=(view.anchor("map")) {
            h2 { "Map" }
            svg.map viewBox=(window.view_box()) role="group" aria-label="Map of the places" {
                g.land stroke-width=(format!("{:.2}", unit * 0.25)) aria-hidden="true" {
                    @for line in OUTLINES.lines() {
                        @if let Some((_, path)) = line.split_once('\t') { path d=(PreEscaped(path)) {} }
                    }
                }
                @for (place, x, y) in &placed {
                    a href=(view.link(place.id)) {
                        title { (place.name) }
                        circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r=(format!("{:.2}", unit * 1.3)) {}
                        text x=(format!("{:.1}", x + unit * 2.0)) y=(format!("{:.1}", y + unit)) font-size=(format!("{:.2}", unit * 3.4)) aria-hidden="true" { (place.name) }
                    }
                }
            }
        }
    }
}

/// Part of the world, in tenths of a degree.
struct Window {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Window {
    /// Twice as wide as high, with room around the places; at least thirty degrees of it, so that a coast is in sight.
    fn around(places: &[(&Place, f64, f64)]) -> Option<Self> {
        let (_, x, y) = places.first()?;
        let (mut left, mut right, mut top, mut bottom) = (*x, *x, *y, *y);
        for (_, x, y) in places {
            left = left.min(*x);
            right = right.max(*x);
            top = top.min(*y);
            bottom = bottom.max(*y);
        }
        let width = ((right - left) * 1.4).max((bottom - top) * 2.8).clamp(300.0, 3600.0);
        let height = width / 2.0;
        let x = ((left + right) / 2.0 - width / 2.0).clamp(0.0, 3600.0 - width);
        let y = ((top + bottom) / 2.0 - height / 2.0).clamp(0.0, 1800.0 - height);
        Some(Self { x, y, width, height })
    }

    fn view_box(&self) -> String {
        format!("{:.1} {:.1} {:.1} {:.1}", self.x, self.y, self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_are_paths_in_the_world() {
        assert!(OUTLINES.lines().count() > 150);
        for line in OUTLINES.lines() {
            let (name, path) = line.split_once('\t').unwrap();
            assert!(!name.is_empty() && path.starts_with('M') && path.ends_with('z'), "{name}");
            assert!(path.chars().all(|c| c.is_ascii_digit() || "Mlz -".contains(c)), "{name}");
        }
    }
}
