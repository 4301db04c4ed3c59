//! The words that readings use for the values of their types.

use dateline_reading::reading::{Certainty, EntityKind, FigureKind, Precision, QuoteKind};

pub(crate) fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Asserted => "asserted",
        Certainty::Attributed => "attributed",
        Certainty::Alleged => "alleged",
        Certainty::Unconfirmed => "unconfirmed",
        Certainty::Denied => "denied",
    }
}

pub(crate) fn figure_kind(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Killed => "killed",
        FigureKind::Injured => "injured",
        FigureKind::Missing => "missing",
        FigureKind::Abducted => "abducted",
        FigureKind::Arrested => "arrested",
        FigureKind::Displaced => "displaced",
        FigureKind::Executed => "executed",
        FigureKind::Participants => "participants",
        FigureKind::Money => "money",
    }
}

pub(crate) fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Subcity => "subcity",
        Precision::City => "city",
        Precision::District => "district",
        Precision::Province => "province",
        Precision::Country => "country",
        Precision::Region => "region",
    }
}

pub(crate) fn entity_kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "organization",
        EntityKind::Group => "group",
        EntityKind::Country => "country",
    }
}

pub(crate) fn quote_kind(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Mixed => "mixed",
        QuoteKind::Indirect => "indirect",
    }
}

/// The name of a quad class: `MATERIAL CONFLICT`.
pub(crate) fn quad(quad: u8) -> &'static str {
    match quad {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        4 => "MATERIAL CONFLICT",
        _ => "",
    }
}
