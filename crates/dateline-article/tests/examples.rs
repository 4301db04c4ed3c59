//! The example articles, taken apart as a reader would.

#![allow(clippy::unwrap_used)] // a test that cannot open its example has failed

use dateline_article::{Article, Articles, BlockKind};
use std::fs::File;
use std::path::Path;

fn read(name: &str) -> Vec<Article> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    Articles::open(name, Box::new(File::open(path).unwrap())).map(Result::unwrap).collect()
}

fn one(name: &str) -> Article {
    let mut articles = read(name);
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

/// The words of all blocks of a kind.
fn of(article: &Article, kind: BlockKind) -> Vec<&str> {
    article
        .blocks
        .iter()
        .filter(|block| block.kind == kind)
        .map(|block| block.span.of(&article.text))
        .collect()
}

/// Title, standfirst, byline, place, publisher, time, agencies, section.
fn head(article: &Article) -> [String; 8] {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    [
        text(&article.title),
        text(&article.standfirst),
        text(&article.byline),
        text(&article.located),
        text(&article.publisher),
        article.published.as_ref().map(|time| time.as_str().to_owned()).unwrap_or_default(),
        article.agencies.join(" "),
        article.section.join("/"),
    ]
}

/// The head, the first and last words of the body, the headings, and the number of paragraphs.
fn expect(
    name: &str,
    expected: [&str; 8],
    (first, last): (&str, &str),
    headings: &[&str],
    paragraphs: usize,
) {
    let article = one(name);
    assert_eq!(head(&article), expected.map(str::to_owned), "{name}");
    let body = of(&article, BlockKind::Paragraph);
    assert!(body[0].starts_with(first), "{name}: {}", body[0]);
    assert!(body[body.len() - 1].ends_with(last), "{name}: {}", body[body.len() - 1]);
    assert_eq!(of(&article, BlockKind::Heading), headings, "{name}");
    assert_eq!(body.len(), paragraphs, "{name}");
    assert_eq!(article.language.as_deref(), Some("en"));
    let furniture = [
        "Share",
        "Advertisement",
        "Sign up",
        "Read more",
        "Editor's picks",
        "©",
        "(AP)",
        "(Reuters)",
        "Most read",
        "cookies",
    ];
    for stray in furniture {
        assert!(!article.text.contains(stray), "{name}: {stray}");
    }
}

#[test]
fn ministerial_visit() {
    expect(
        "ministerial-visit.txt",
        [
            "Norway, Georgia sign energy deal, pledge closer ties",
            "Aasland promises loans for hydropower as opposition accuses government of secrecy",
            "Agencies",
            "Tbilisi",
            "The Meridian Post",
            "2023-05-17T18:42",
            "AFP AP NTB",
            "Home/World/Europe",
        ],
        ("Norway will lend Georgia", "visit a refugee centre."),
        &["'Nothing to hide'"],
        11,
    );
}

#[test]
fn bombing() {
    expect(
        "bombing.txt",
        [
            "Suicide bomber kills at least 18 at Kandahar checkpoint, officials say",
            "",
            "Nadia Rahmani",
            "Kandahar, Afghanistan",
            "",
            "2019-03-12T09:14",
            "Reuters",
            "",
        ],
        ("A suicide bomber blew up", "records in 2009."),
        &["\"TRUCE OFFER STANDS\""],
        12,
    );
}

#[test]
fn protest() {
    expect(
        "protest.txt",
        [
            "Thousands march in Bolivia's capital against fuel price rise",
            "",
            "MIGUEL ARANA",
            "La Paz, Bolivia",
            "",
            "2021-11-24T16:15",
            "AP",
            "",
        ],
        ("Thousands of miners", "days two years ago."),
        &[],
        10,
    );
    assert_eq!(of(&one("protest.txt"), BlockKind::Caption).len(), 1);
}

#[test]
fn sanctions() {
    expect(
        "sanctions.txt",
        [
            "EU imposes sanctions on 11 Myanmar officers over killing of protesters",
            "Travel bans and asset freezes follow deadliest weekend since coup as junta rejects 'interference'",
            "Helen Marsh",
            "Brussels",
            "",
            "2021-03-22T14:35Z",
            "",
            "News/World/Asia Pacific",
        ],
        ("The European Union has imposed", "beginning of March."),
        &[],
        10,
    );
}

#[test]
fn ceasefire() {
    expect(
        "ceasefire.txt",
        [
            "Darfur rivals sign ceasefire after Juba talks",
            "",
            "",
            "Juba",
            "",
            "2024-02-03T21:15:30",
            "Xinhua",
            "",
        ],
        ("Two armed groups", "if both sides asked for them."),
        &[],
        11,
    );
}

#[test]
fn court_sentence() {
    expect(
        "court-sentence.txt",
        [
            "Tunisian court jails ex-minister for 15 years over arms deal",
            "",
            "",
            "Tunis",
            "",
            "2019-03-12T10:15Z",
            "AFP",
            "Africa",
        ],
        ("A court in Tunisia", "repeated the request last week."),
        &[],
        11,
    );
}

#[test]
fn hostage_release() {
    expect(
        "hostage-release.html",
        [
            "Kidnapped teachers freed in Nigeria after 19 days",
            "Governor denies that a ransom was paid for the 23 hostages as two remain missing.",
            "Samuel Okonjo-Bright",
            "Jos",
            "Harbour Chronicle",
            "2022-09-08T17:20:00+01:00",
            "AFP Reuters",
            "World/Africa",
        ],
        ("Gunmen have released 23", "died in captivity."),
        &["Two still missing"],
        10,
    );
}

#[test]
fn briefs() {
    let articles = read("briefs.jsonl");
    let keys: Vec<_> = articles.iter().map(|article| article.key.as_deref().unwrap()).collect();
    assert_eq!(keys, ["brief-1", "brief-2", "brief-3"]);
    assert_eq!(articles[0].located.as_deref(), Some("Lima, Peru"));
    assert!(articles[0].text.contains("LIMA, Peru (AP) — Peru declared"));
    assert_eq!(of(&articles[1], BlockKind::Paragraph).len(), 4);
    assert_eq!((articles[2].title.as_deref(), articles[2].blocks.len()), (None, 1));
}
