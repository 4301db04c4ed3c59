use super::finder::Finder;
use super::json_ld::Stated;
use super::metadata::{JSON_LD, META, OPEN_GRAPH, PAGE, Tags, tidy};
use crate::claim::Field;
use crate::draft::Draft;
use crate::glob::plain;

/// The headline. Of what is stated and what is visible, the visible one is taken where the stated ones bear it out.
pub(super) fn read(draft: &mut Draft, finder: &Finder, stated: &Stated, tags: &Tags) {
    let publisher = draft.publisher.clone();
    let publisher = publisher.as_deref();
    let named = finder.first("title").map(|tag| without_site(&tidy(&tag.text()), publisher));
    let of_tags = |names: &[&str]| tags.first(names).map(|title| without_site(&title, publisher));
    let claims = [
        (JSON_LD, stated.headline.as_deref().map(tidy)),
        (OPEN_GRAPH, of_tags(&["og:title"])),
        (META, of_tags(&["twitter:title", "dc.title", "title"])),
        ("the title tag", named),
    ];
    let claims: Vec<(&'static str, String)> = claims
        .into_iter()
        .filter_map(|(from, title)| Some((from, title.filter(|title| !title.is_empty())?)))
        .collect();
    let visible = finder.named(&["h1"]).map(|heading| tidy(&heading.text()));
    let visible: Vec<String> =
        visible.filter(|heading| (1..=40).contains(&heading.split_whitespace().count())).collect();
    let borne_out = visible.iter().find(|heading| claims.iter().any(|(_, claim)| alike(heading, claim)));
    if let Some(heading) = borne_out {
        draft.say(Field::Title, PAGE, heading);
    }
    for (from, claim) in &claims {
        draft.say(Field::Title, from, claim);
    }
    if let Some(heading) = visible.first().filter(|_| borne_out.is_none()) {
        draft.say(Field::Title, PAGE, heading);
    }
}

/// A page's title without the name of the site, and of its sections, at its end.
fn without_site(title: &str, publisher: Option<&str>) -> String {
    let mut title = title;
    for _ in 0..MOST_NAMES {
        match without_name(title, publisher) {
            Some(shorter) => title = shorter,
            None => break,
        }
    }
    title.to_owned()
}

/// Titles are not followed by more names than this.
const MOST_NAMES: usize = 6;

fn without_name<'a>(title: &'a str, publisher: Option<&str>) -> Option<&'a str> {
    for mark in [" | ", " – ", " — ", " - ", " :: ", " » "] {
        let Some((head, tail)) = title.rsplit_once(mark) else { continue };
        let named = publisher.is_some_and(|name| plain(tail) == plain(name));
        // A short last part after a bar is a site even where no publisher is named.
        if named
            || (mark == " | " && tail.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 4)
        {
            return Some(head.trim());
        }
    }
    None
}

/// Whether two titles share most of their words.
fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> std::collections::BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    shared > 0 && shared * 2 >= a.len().max(b.len())
}
