use crate::event;
use crate::page::{Page, Text};
use crate::theme;
use crate::view::View;
use dateline::reading::{ArticleRecord, Figure, Quote, QuoteKind, Reading};
use unicode_width::UnicodeWidthStr;

/// A reading laid out for people.
pub(crate) fn render(reading: &Reading, width: usize, colour: bool) -> String {
    let view = View::new(reading);
    let mut page = Page::new(width, colour);
    page.rule();
    head(&mut page, &reading.article);
    if let Some(note) = reading.notes.iter().find(|note| note.kind == "unread") {
        let none = Text::new();
        page.paragraph(&none, &none, &Text::new().with(theme::DIM, &format!("not read: {}", note.reason)));
        return page.into_string();
    }
    section(&mut page, "EVENTS", reading.events.len());
    event::events(&mut page, &view);
    if !reading.quotes.is_empty() {
        section(&mut page, "QUOTES", reading.quotes.len());
        quotes(&mut page, &view);
    }
    if !reading.figures.is_empty() {
        section(&mut page, "FIGURES", reading.figures.len());
        reading.figures.iter().for_each(|figure| self::figure(&mut page, &view, figure));
    }
    page.into_string()
}

/// A gap, a heading and how many things follow.
pub(crate) fn section(page: &mut Page, name: &str, count: usize) {
    page.gap();
    let heading = Text::new().with(theme::HEADING, name);
    page.line(&if count > 0 { heading.with(theme::DIM, &format!("  {count}")) } else { heading });
}

fn head(page: &mut Page, article: &ArticleRecord) {
    let none = Text::new();
    match &article.title {
        Some(title) => page.paragraph(&none, &none, &Text::new().with(theme::TITLE, title)),
        None => page.paragraph(&none, &none, &Text::new().with(theme::DIM, "(no headline)")),
    }
    if let Some(standfirst) = &article.standfirst {
        page.paragraph(&none, &none, &Text::new().with(theme::PLAIN, standfirst));
    }
    let mut facts = Vec::new();
    facts.extend(article.publisher.clone());
    facts.extend(article.published.as_deref().map(date_in_words));
    facts.extend(article.located.as_deref().map(|place| format!("filed from {place}")));
    facts.extend(article.byline.as_deref().map(|byline| format!("by {byline}")));
    if !article.agencies.is_empty() {
        facts.push(article.agencies.join(", "));
    }
    if !article.section.is_empty() {
        facts.push(article.section.join(" / "));
    }
    if !facts.is_empty() {
        page.paragraph(&none, &none, &Text::new().with(theme::PLAIN, &facts.join("\u{a0}· ")));
    }
    let mut source = article.source.clone();
    if let Some(key) = &article.key {
        source.push_str(&format!(" [{key}]"));
    }
    page.paragraph(&none, &none, &Text::new().with(theme::DIM, &source));
}

/// `2015-01-14T07:59+08:00` as `14 January 2015, 07:59 +08:00`; what is no such time stays as it is.
fn date_in_words(iso: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (date, time) = iso.split_once('T').map_or((iso, None), |(date, time)| (date, Some(time)));
    let mut parts = date.split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|m| MONTHS.get(m.parse::<usize>().ok()?.checked_sub(1)?));
    let day = parts.next().and_then(|day| day.parse::<u8>().ok());
    let mut words = match (month, day) {
        (Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(month), None) => format!("{month} {year}"),
        _ => date.to_owned(),
    };
    if let Some(time) = time {
        let zone = time.find(['+', '-', 'Z']).unwrap_or(time.len());
        let (clock, zone) = time.split_at(zone);
        words.push_str(&format!(", {clock}"));
        match zone {
            "" => {}
            "Z" => words.push_str(" UTC"),
            offset => words.push_str(&format!(" {offset}")),
        }
    }
    words
}

/// Quotes under their speakers.
fn quotes(page: &mut Page, view: &View<'_>) {
    let (outer, inner) = (Text::blank(2), Text::blank(4));
    let mut last: Option<&Quote> = None;
    // What people are told to have said; their wishes and tastes are for those who take the JSON.
    let said = view.reading.quotes.iter().filter(|q| q.told && q.class.is_speech());
    for quote in said {
        if last.is_none_or(|last| last.speaker != quote.speaker) {
            let speaker = match quote.speaker.and_then(|id| view.entity(id)) {
                Some(entity) => event::who(entity, theme::ACTOR),
                None => Text::new().with(theme::DIM, "speaker not resolved"),
            };
            page.paragraph(&outer, &outer, &speaker);
        }
        let words = view.words(quote.span);
        let text = match quote.kind {
            QuoteKind::Indirect | QuoteKind::Mixed => Text::new().with(theme::PLAIN, words),
            QuoteKind::Direct => {
                Text::new().with(theme::DIM, "“").with(theme::PLAIN, words).with(theme::DIM, "”")
            }
        };
        page.paragraph(&inner, &inner, &text);
        last = Some(quote);
    }
}

/// What was counted, and as many of the words around it as a line holds.
fn figure(page: &mut Page, view: &View<'_>, figure: &Figure) {
    let label = view.figure_in_words(figure);
    let column = if page.width() < event::NARROW { 4 } else { 26 };
    let first = Text::blank(2).with(theme::STRONG, &label).padded(column - 2).with(theme::PLAIN, "  ");
    let Some(sentence) = view.sentence_around(figure.span) else { return page.line(&first) };
    let room = page.width().saturating_sub(first.width().max(column)).max(10);
    let (words, sentence) = (view.bytes(figure.span), view.bytes(sentence));
    let text = excerpt(&view.reading.article.text, words, sentence, room);
    if column < 10 {
        page.line(&first);
        page.paragraph(&Text::blank(4), &Text::blank(4), &text);
    } else {
        page.paragraph(&first, &Text::blank(column), &text);
    }
}

/// As much of a sentence around `words` as fits into `room` columns.
fn excerpt(text: &str, words: std::ops::Range<usize>, sentence: std::ops::Range<usize>, room: usize) -> Text {
    let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let (mut from, mut to) = (words.start, words.end.min(sentence.end));
    let room = room.saturating_sub(4); // an ellipsis and a blank at each end
    loop {
        let right = slice(to, sentence.end);
        let next = to + word_length(right.chars());
        let grows_right = next > to && slice(from, next).width() <= room;
        if grows_right {
            to = next;
        }
        let left = slice(sentence.start, from);
        let before = from - word_length(left.chars().rev());
        let grows_left = before < from && slice(before, to).width() <= room;
        if grows_left {
            from = before;
        }
        if !grows_left && !grows_right {
            break;
        }
    }
    let mut excerpt = Text::new();
    if from > sentence.start {
        excerpt.push(theme::DIM, "… ");
    }
    excerpt.push(theme::DIM, slice(from, words.start).trim_start());
    excerpt.push(theme::STRONG, slice(words.start, words.end.min(to)));
    excerpt.push(theme::DIM, slice(words.end, to).trim_end());
    if to < sentence.end {
        excerpt.push(theme::DIM, " …");
    }
    excerpt
}

/// Bytes of the blanks, if any, and of the word after them.
fn word_length(chars: impl Iterator<Item = char>) -> usize {
    let (mut length, mut in_word) = (0, false);
    for c in chars {
        if c.is_whitespace() && in_word {
            break;
        }
        in_word |= !c.is_whitespace();
        length += c.len_utf8();
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn dates_are_spelled_as_precisely_as_they_are_known() {
        for (iso, words) in [
            ("2015", "2015"),
            ("2015-01", "January 2015"),
            ("2015-01-14", "14 January 2015"),
            ("2015-01-14T07:59", "14 January 2015, 07:59"),
            ("2015-01-14T07:59:30+08:00", "14 January 2015, 07:59:30 +08:00"),
            ("2015-01-14T07:59Z", "14 January 2015, 07:59 UTC"),
            ("2015-31-14", "2015-31-14"),
        ] {
            assert_eq!(date_in_words(iso), words);
        }
    }

    #[test]
    fn an_excerpt_grows_around_its_words() {
        let text = "One two three four five six seven.";
        let at = text.find("four").unwrap();
        let text_of = |room| {
            let mut page = Page::new(80, false);
            page.line(&excerpt(text, at..at + 4, 0..text.len(), room));
            page.into_string()
        };
        assert_eq!(text_of(18), "… four five six …\n");
        assert_eq!(text_of(24), "… three four five six …\n");
        assert_eq!(text_of(80), "One two three four five six seven.\n");
    }

    #[test]
    fn a_card() {
        insta::assert_snapshot!(render(&sample::reading(), 96, false));
    }

    #[test]
    fn a_narrow_card() {
        let card = render(&sample::reading(), 48, false);
        assert!(card.lines().all(|line| line.width() <= 48), "{card}");
        insta::assert_snapshot!(card);
    }

    #[test]
    fn a_card_in_colour() {
        let card = render(&sample::reading(), 96, true);
        insta::assert_snapshot!(card.replace('\u{1b}', "␛"));
    }
}
