//! Who stands on which side, for the schemes that ask for it.

use crate::crosswalk::{Crosswalk, Side};
use dateline_reading::reading::{Entity, EntityKind};

/// The side of one entity; `None` where it is not known.
pub(crate) fn side_of(crosswalk: &Crosswalk, entity: &Entity) -> Option<Side> {
    match entity.sectors.iter().find_map(|sector| crosswalk.side(sector)) {
        Some(side) => Some(side),
        None if is_state(crosswalk, entity) => Some(Side::State),
        None => entity.country.as_deref().and_then(|code| crosswalk.side(code)),
    }
}

/// The side of the first of several; `None` where nobody is named.
pub(crate) fn side_of_all(crosswalk: &Crosswalk, entities: &[&Entity]) -> Option<Option<Side>> {
    entities.first().map(|_| entities.iter().find_map(|entity| side_of(crosswalk, entity)))
}

/// A country itself.
fn is_state(crosswalk: &Crosswalk, entity: &Entity) -> bool {
    entity.kind == EntityKind::Country
        && entity.sectors.is_empty()
        && entity.country.as_deref().is_some_and(|code| crosswalk.country(code).is_some())
}
