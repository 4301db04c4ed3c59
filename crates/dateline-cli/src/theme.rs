//! Colours, named for what they say. All of them are the terminal's own sixteen, so that its scheme decides.

use anstyle::{AnsiColor, Style};

pub(crate) const PLAIN: Style = Style::new();
pub(crate) const TITLE: Style = Style::new().bold();
pub(crate) const HEADING: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const STRONG: Style = Style::new().bold();
pub(crate) const ACTOR: Style = AnsiColor::Cyan.on_default();
pub(crate) const RECIPIENT: Style = AnsiColor::Magenta.on_default();
pub(crate) const DOUBT: Style = AnsiColor::Yellow.on_default();
pub(crate) const DENIAL: Style = AnsiColor::Red.on_default();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();

/// Cooperation is green, conflict in words yellow, conflict in deeds red.
pub(crate) fn quad(quad: u8) -> Style {
    let colour = match quad {
        1 | 2 => AnsiColor::Green,
        3 => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    };
    colour.on_default().bold()
}
