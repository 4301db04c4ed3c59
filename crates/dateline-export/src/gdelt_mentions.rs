use crate::dyads::{Dyad, dyads};
use crate::format::{Format, Piece};
use crate::gdelt::{day_of, published_digits};
use crate::identity::number;
use crate::table::{Dialect, optional};
use crate::{ExportError, View};
use dateline_reading::reading::{Entity, EventMention};

/// GDELT 2.0 Mentions: tab-separated, no header, no quotes. For each row of Events, a row with the same id for every
/// sentence that tells of it.
///
/// `Confidence` is GDELT's opinion of its own extraction, and tone its measure; both stay empty.
pub(crate) struct GdeltMentions;

const COLUMNS: usize = 16;

impl Format for GdeltMentions {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let rows: Vec<_> = dyads(view).iter().flat_map(|dyad| rows(view, dyad)).collect();
        Ok(Piece::Text(Dialect::BareTab.rows(rows)?))
    }
}

/// A row for every telling, the first one first.
fn rows(view: &View<'_>, dyad: &Dyad<'_>) -> Vec<[String; COLUMNS]> {
    let event = dyad.event;
    let first = EventMention { sentence: event.sentence, trigger: event.trigger };
    [first].iter().chain(&event.mentions).map(|telling| row(view, dyad, *telling)).collect()
}

fn row(view: &View<'_>, dyad: &Dyad<'_>, telling: EventMention) -> [String; COLUMNS] {
    let on_the_web = view.address().starts_with("http://") || view.address().starts_with("https://");
    // An actor whose words stand in another sentence has no offset: -1, as GDELT writes it.
    let offset = |entity: Option<&Entity>| {
        let span = entity.and_then(|entity| view.mention_at(entity, telling));
        span.map_or("-1".to_owned(), |span| span.start.to_string())
    };
    let day = day_of(view, dyad.event);
    [
        number(dyad.key).to_string(),
        day.map_or(String::new(), |d| format!("{:04}{:02}{:02}000000", d.year(), d.month(), d.day())),
        published_digits(view),
        if on_the_web { "1" } else { "2" }.to_owned(),
        optional(view.publisher()),
        view.address().to_owned(),
        (telling.sentence + 1).to_string(),
        offset(dyad.source),
        offset(dyad.target),
        telling.trigger.start.to_string(),
        "1".to_owned(),
        String::new(),
        view.length().to_string(),
        String::new(),
        String::new(),
        String::new(),
    ]
}
