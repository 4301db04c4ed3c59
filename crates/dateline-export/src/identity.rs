//! Ids that are the same in every run: hashes of the article's id and what the event is.

use dateline_reading::Reading;
use dateline_reading::reading::Event;
use xxhash_rust::xxh3::xxh3_128;

/// What an event is known by everywhere: the article, the words, the type and who takes part.
pub(crate) fn event_key(reading: &Reading, event: &Event) -> u128 {
    let mut text =
        format!("{}\0{}\0{}-{}", reading.article.id, event.kind, event.trigger.start, event.trigger.end);
    for (side, ids) in [("a", &event.actors), ("r", &event.recipients)] {
        for name in ids.iter().filter_map(|id| reading.entities.get(id.index())).map(|e| &e.name) {
            text.push('\0');
            text.push_str(side);
            text.push_str(name);
        }
    }
    xxh3_128(text.as_bytes())
}

/// A key of a part of something that has a key: `part` tells it from the others.
pub(crate) fn part_key(key: u128, part: &str) -> u128 {
    xxh3_128(format!("{key:032x}\0{part}").as_bytes())
}

/// 32 hexadecimal digits.
pub(crate) fn hex(key: u128) -> String {
    format!("{key:032x}")
}

/// A number of nineteen digits that fits a signed 64-bit integer. Publishers who count their events from one are far
/// from there, so it is never mistaken for one of theirs.
pub(crate) fn number(key: u128) -> u64 {
    const LOWEST: u64 = 1_000_000_000_000_000_000;
    LOWEST + (key as u64) % (8 * LOWEST)
}

/// A UUID of version 8: one whose bits are ours to choose.
pub(crate) fn uuid(key: u128) -> String {
    let bits = (key & !(0xF << 76) & !(0b11 << 62)) | (8 << 76) | (0b10 << 62);
    let hex = format!("{bits:032x}");
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fit_a_signed_integer_and_have_nineteen_digits() {
        for key in [0, 1, u128::MAX, 0x1234_5678_9abc_def0_1234_5678_9abc_def0] {
            assert_eq!(number(key).to_string().len(), 19);
            assert!(i64::try_from(number(key)).is_ok());
        }
    }

    #[test]
    fn uuids_name_their_version_and_variant() {
        assert_eq!(uuid(0), "00000000-0000-8000-8000-000000000000");
        assert_eq!(uuid(u128::MAX), "ffffffff-ffff-8fff-bfff-ffffffffffff");
    }
}
