use crate::format::{File, Format, Layout, Piece};
use crate::words::{certainty, entity_kind, figure_kind};
use crate::{ExportError, View};
use dateline_reading::reading::{Certainty, Event};
use dateline_text::CharSpan;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// The standoff format of the annotation tool brat: a folder with the text and the annotations of each article, named by
/// the article's id, and the configuration that brat asks for.
///
/// `T` lines are mentions, times, figures, quotes and the words of events; `E` lines events; `R` lines say whose a quote
/// is; `A` lines how sure an event is and its auxiliary modes; `#` lines hold what brat has no place for.
pub(crate) struct Brat;

impl Format for Brat {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let name = &view.reading.article.id;
        let file = |ending: &str, content: Vec<u8>| File { name: format!("{name}.{ending}"), content };
        Ok(Piece::Files(vec![
            file("txt", view.reading.article.text.clone().into_bytes()),
            file("ann", Lines::of(view).text.into_bytes()),
        ]))
    }

    fn layout(&self) -> Layout {
        Layout::Folder
    }
}

/// The lines of an `.ann` file.
struct Lines<'a> {
    view: &'a View<'a>,
    text: String,
    texts: u32,
    attributes: u32,
    notes: u32,
}

impl<'a> Lines<'a> {
    fn of(view: &'a View<'a>) -> Self {
        let mut lines = Self { view, text: String::new(), texts: 0, attributes: 0, notes: 0 };
        lines.all();
        lines
    }

    fn all(&mut self) {
        let reading = self.view.reading;
        let mut mentions = Vec::new();
        for entity in &reading.entities {
            let kind = capital(entity_kind(entity.kind));
            let spans: Vec<(CharSpan, u32)> =
                entity.mentions.iter().map(|m| (m.span, self.words(&kind, m.span))).collect();
            if let (Some((_, first)), Some(code)) = (spans.first(), &entity.code) {
                self.note(&format!("T{first}"), &format!("{} {code}", entity.name));
            }
            mentions.push(spans);
        }
        let places: Vec<Vec<(CharSpan, u32)>> = (reading.places.iter())
            .map(|place| place.mentions.iter().map(|&span| (span, self.words("Place", span))).collect())
            .collect();
        let times: Vec<u32> = reading.times.iter().map(|time| self.words("Time", time.span)).collect();
        for (time, text) in reading.times.iter().zip(&times) {
            self.note(&format!("T{text}"), &time.value);
        }
        let figures: Vec<u32> =
            reading.figures.iter().map(|f| self.words(&capital(figure_kind(f.kind)), f.span)).collect();
        let mut relations = 0;
        for quote in &reading.quotes {
            let text = self.words("Quote", quote.span);
            let near = quote.cue.unwrap_or(quote.span);
            let speaker =
                quote.speaker.and_then(|id| mentions.get(id.index())).and_then(|m| nearest(m, near));
            if let Some(speaker) = speaker {
                relations += 1;
                self.text.push_str(&format!("R{relations}\tSpeaker Arg1:T{text} Arg2:T{speaker}\n"));
            }
        }
        for (at, event) in reading.events.iter().enumerate() {
            let trigger = self.words(&event.kind, event.trigger);
            let mut arguments = String::new();
            let of = |lists: &[Vec<(CharSpan, u32)>], at: usize| {
                lists.get(at).and_then(|m| nearest(m, event.trigger))
            };
            for (role, ids) in [("Actor", &event.actors), ("Recipient", &event.recipients)] {
                let found = ids.iter().filter_map(|id| of(&mentions, id.index()));
                arguments.extend(numbered(role, found));
            }
            arguments
                .extend(numbered("Place", event.place.and_then(|id| of(&places, id.index())).into_iter()));
            arguments.extend(numbered(
                "Time",
                event.time.and_then(|id| times.get(id.index())).copied().into_iter(),
            ));
            let counts = event.figures.iter().filter_map(|id| figures.get(id.index())).copied();
            arguments.extend(numbered("Figure", counts));
            let id = at + 1;
            self.text.push_str(&format!("E{id}\t{}:T{trigger}{arguments}\n", event.kind));
            self.qualify(&format!("E{id}"), event);
        }
    }

    /// A `T` line. brat has one line of text a line of the file, so that words over a break are several stretches.
    fn words(&mut self, kind: &str, span: CharSpan) -> u32 {
        self.texts += 1;
        let mut stretches = Vec::new();
        let mut words = Vec::new();
        let mut start = span.start;
        for line in self.view.words(span).split('\n') {
            let end = start + line.chars().count() as u32;
            if !line.trim().is_empty() {
                stretches.push(format!("{start} {end}"));
                words.push(line);
            }
            start = end + 1;
        }
        self.text.push_str(&format!(
            "T{}\t{kind} {}\t{}\n",
            self.texts,
            stretches.join(";"),
            words.join(" ")
        ));
        self.texts
    }

    fn qualify(&mut self, id: &str, event: &Event) {
        let mut lines = Vec::new();
        if event.certainty != Certainty::Asserted {
            lines.push(format!("Certainty {id} {}", certainty(event.certainty)));
        }
        lines.extend(event.aux.iter().map(|aux| format!("{} {id}", capital(aux))));
        for line in lines {
            self.attributes += 1;
            self.text.push_str(&format!("A{}\t{line}\n", self.attributes));
        }
        let rest: Vec<&str> = event.modes.iter().chain(&event.contexts).map(String::as_str).collect();
        if !rest.is_empty() {
            self.note(id, &rest.join(", "));
        }
    }

    fn note(&mut self, of: &str, text: &str) {
        self.notes += 1;
        let text = text.replace(['\n', '\t'], " ");
        self.text.push_str(&format!("#{}\tAnnotatorNotes {of}\t{text}\n", self.notes));
    }
}

/// The mention nearest to these words.
fn nearest(mentions: &[(CharSpan, u32)], to: CharSpan) -> Option<u32> {
    let distance = |span: CharSpan| span.start.abs_diff(to.start);
    mentions.iter().min_by_key(|(span, _)| distance(*span)).map(|(_, text)| *text)
}

/// ` Actor:T1 Actor2:T5`.
fn numbered(role: &str, texts: impl Iterator<Item = u32>) -> Option<String> {
    let parts = texts.enumerate().map(|(at, text)| match at {
        0 => format!(" {role}:T{text}"),
        _ => format!(" {role}{}:T{text}", at + 1),
    });
    Some(parts.collect::<String>()).filter(|all| !all.is_empty())
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The folder that is being written.
pub(crate) struct Folder {
    path: PathBuf,
    events: BTreeSet<String>,
}

impl Folder {
    pub(crate) fn create(path: PathBuf) -> Result<Self, ExportError> {
        fs::create_dir_all(&path)?;
        Ok(Self { path, events: BTreeSet::new() })
    }

    pub(crate) fn add(&mut self, files: &[File]) -> Result<(), ExportError> {
        for file in files {
            fs::write(self.path.join(&file.name), &file.content)?;
            if let Ok(lines) = std::str::from_utf8(&file.content)
                && file.name.ends_with(".ann")
            {
                let events = lines.lines().filter(|line| line.starts_with('E'));
                let kinds =
                    events.filter_map(|line| line.split_once('\t')?.1.split_once(':').map(|(kind, _)| kind));
                self.events.extend(kinds.map(str::to_owned));
            }
        }
        Ok(())
    }

    /// Writes the configuration, which names every type that there is.
    pub(crate) fn finish(self) -> Result<(), ExportError> {
        let entities = "Person|Organization|Group|Country";
        let figures = "Killed|Injured|Missing|Abducted|Arrested|Displaced|Executed|Participants|Money";
        let mut text = String::from("[entities]\n");
        for kind in entities.split('|').chain(["Place", "Time", "Quote"]).chain(figures.split('|')) {
            text.push_str(kind);
            text.push('\n');
        }
        text.push_str(&format!("\n[relations]\nSpeaker\tArg1:Quote, Arg2:{entities}\n\n[events]\n"));
        for event in &self.events {
            text.push_str(&format!(
                "{event}\tActor*:{entities}, Recipient*:{entities}, Place?:Place, Time?:Time, Figure*:{figures}\n"
            ));
        }
        text.push_str("\n[attributes]\n");
        for aux in ["Historical", "Future", "Hypothetical", "Negation"] {
            text.push_str(&format!("{aux}\tArg:<EVENT>\n"));
        }
        text.push_str("Certainty\tArg:<EVENT>, Value:attributed|alleged|unconfirmed|denied\n");
        Ok(fs::write(self.path.join("annotation.conf"), text)?)
    }
}
