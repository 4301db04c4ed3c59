//! A reading made by hand, for the tests of what is printed.

use dateline::reading::*;
use dateline::{CharOffsets, CharSpan, Reading, Span};

const TEXT: &str = "Court jails five over “café plot” in Port Amel\n\n\
    A court in Port Amel sentenced five members of the Harbour Front on Tuesday, the justice ministry said, \
    while police arrested between 20 and 30 supporters outside.\n\n\
    “Nobody stands above the law,” Justice Minister Ada Lom said. At least 12 people were hurt.\n\n\
    Lom promised to publish the verdict by Friday.";

struct Finder(CharOffsets);

impl Finder {
    fn at(&self, words: &str) -> CharSpan {
        let start = TEXT.find(words).unwrap();
        self.0.chars(Span::new(start, start + words.len()))
    }

    fn name(&self, words: &str) -> Mention {
        Mention { span: self.at(words), form: MentionForm::Name }
    }
}

pub(crate) fn reading() -> Reading {
    let find = Finder(CharOffsets::new(TEXT));
    let s = |text: &str| Some(text.to_owned());
    let list = |items: &[&str]| items.iter().map(|&item| item.to_owned()).collect::<Vec<_>>();
    let sentence_starts = ["Court jails", "A court in", "“Nobody", "At least 12", "Lom promised"];
    let mut sentences: Vec<CharSpan> = sentence_starts.iter().map(|words| find.at(words)).collect();
    for (i, end) in ["in Port Amel", "outside.", "Lom said.", "were hurt.", "by Friday."].iter().enumerate() {
        sentences[i].end = find.at(end).end;
    }
    let entity = |n: u32, name: &str, kind, code: &str, mentions: Vec<Mention>| Entity {
        id: EntityId(n),
        name: name.to_owned(),
        kind,
        country: code.get(..3).map(str::to_owned),
        country_from: code.get(..3).map(|_| CountryBasis::Text),
        sectors: code.get(3..6).map(str::to_owned).into_iter().collect(),
        code: (!code.is_empty()).then(|| code.to_owned()),
        title: None,
        wikidata: None,
        mentions,
    };
    let entities = vec![
        entity(0, "a court", EntityKind::Organization, "AMLJUD", vec![find.name("A court")]),
        entity(
            1,
            "Harbour Front",
            EntityKind::Group,
            "AMLPTY",
            vec![find.name("five members of the Harbour Front")],
        ),
        entity(2, "police", EntityKind::Group, "AMLCOP", vec![find.name("police")]),
        entity(3, "supporters", EntityKind::Group, "", vec![find.name("supporters")]),
        entity(
            4,
            "Ada Lom",
            EntityKind::Person,
            "AMLGOV",
            vec![find.name("Justice Minister Ada Lom"), {
                let mut last = find.name("Lom promised");
                last.span.end = last.span.start + 3;
                last
            }],
        ),
    ];
    let time = |n: u32, words: &str, value: &str| Time {
        id: TimeId(n),
        span: find.at(words),
        value: value.to_owned(),
        kind: TimeKind::Date,
        precision: TimePrecision::Day,
        modifier: None,
        quantifier: None,
        frequency: None,
    };
    let event = |n: u32, sentence: u32, trigger: &str, kind: &str, quad: u8, intensity: f64| Event {
        id: EventId(n),
        sentence,
        trigger: find.at(trigger),
        kind: kind.to_owned(),
        modes: Vec::new(),
        contexts: Vec::new(),
        aux: Vec::new(),
        cameo: None,
        quad,
        intensity,
        actors: Vec::new(),
        recipients: Vec::new(),
        time: None,
        place: None,
        figures: Vec::new(),
        certainty: Certainty::Asserted,
        attributed_to: None,
        commitment: None,
        rule: format!("{}/sample", kind.to_lowercase()),
        mentions: Vec::new(),
    };
    Reading {
        schema: SCHEMA,
        coder: Coder {
            name: "dateline".into(),
            version: "0.0.0".into(),
            model: "m@0".into(),
            codebook: "c@0".into(),
        },
        article: ArticleRecord {
            id: "0123456789abcdef0123456789abcdef".into(),
            key: s("wire-7"),
            source: "samples/court.txt".into(),
            title: s("Court jails five over “café plot” in Port Amel"),
            standfirst: None,
            byline: s("Mira Sten"),
            agencies: list(&["Reuters"]),
            publisher: s("The Amel Courier"),
            section: list(&["Home", "Justice"]),
            published: s("2024-03-06T18:20+02:00"),
            located: s("Port Amel"),
            language: s("en"),
            text: TEXT.to_owned(),
            ..ArticleRecord::default()
        },
        blocks: vec![BlockRecord { kind: "title", span: sentences[0] }],
        sentences,
        entities,
        places: vec![Place {
            id: PlaceId(0),
            name: "Port Amel".into(),
            country: s("AML"),
            admin1: None,
            lat: Some(12.5),
            lon: Some(-3.25),
            geonameid: Some(1),
            precision: Precision::City,
            mentions: vec![find.at("Port Amel")],
            metonyms: vec![],
        }],
        times: vec![time(0, "Tuesday", "2024-03-05"), time(1, "Friday", "2024-03-08")],
        figures: vec![
            Figure {
                id: FigureId(0),
                span: find.at("between 20 and 30"),
                kind: FigureKind::Arrested,
                low: Some(20),
                best: None,
                high: Some(30),
                since: None,
                counted: None,
                superseded_by: None,
            },
            Figure {
                id: FigureId(1),
                span: find.at("At least 12"),
                kind: FigureKind::Injured,
                low: Some(12),
                best: Some(12),
                high: None,
                since: Some(TimeId(0)),
                counted: None,
                superseded_by: None,
            },
        ],
        quotes: vec![
            Quote {
                id: QuoteId(0),
                span: find.at("Nobody stands above the law,"),
                parts: Vec::new(),
                verbatim: Vec::new(),
                kind: QuoteKind::Direct,
                class: QuoteClass::Statement,
                told: true,
                speaker: Some(EntityId(4)),
                addressee: None,
                relies_on: None,
                cue: None,
                continues: None,
                within: None,
            },
            Quote {
                id: QuoteId(1),
                span: find.at("to publish the verdict by Friday"),
                parts: Vec::new(),
                verbatim: Vec::new(),
                kind: QuoteKind::Indirect,
                class: QuoteClass::Promise,
                told: true,
                speaker: Some(EntityId(4)),
                addressee: None,
                relies_on: None,
                cue: Some(find.at("promised")),
                continues: None,
                within: None,
            },
            Quote {
                id: QuoteId(2),
                span: find.at("café plot"),
                parts: Vec::new(),
                verbatim: Vec::new(),
                kind: QuoteKind::Mixed,
                class: QuoteClass::Statement,
                told: true,
                speaker: None,
                addressee: None,
                relies_on: None,
                cue: None,
                continues: None,
                within: None,
            },
        ],
        events: vec![
            Event {
                modes: list(&["convict"]),
                contexts: list(&["legal", "human_rights"]),
                cameo: s("173"),
                actors: vec![EntityId(0)],
                recipients: vec![EntityId(1)],
                time: Some(TimeId(0)),
                place: Some(PlaceId(0)),
                certainty: Certainty::Attributed,
                ..event(0, 1, "sentenced", "SANCTION", 4, -6.0)
            },
            Event {
                modes: list(&["arrest"]),
                actors: vec![EntityId(2)],
                recipients: vec![EntityId(3)],
                figures: vec![FigureId(0)],
                ..event(1, 1, "arrested", "COERCE", 4, -7.0)
            },
            Event {
                aux: list(&["future"]),
                actors: vec![EntityId(4)],
                time: Some(TimeId(1)),
                attributed_to: Some(EntityId(4)),
                commitment: Some(Commitment { due: Some(TimeId(1)) }),
                certainty: Certainty::Unconfirmed,
                ..event(2, 4, "promised", "AGREE", 1, 2.5)
            },
        ],
        notes: vec![Note {
            kind: "abstained".into(),
            sentence: Some(3),
            reason: "actor not resolved".into(),
        }],
    }
}
