//! The page in a real browser, where there is one: it is laid out by its own style sheet, and its policy lets it be.

#![allow(clippy::unwrap_used)] // a test may fail by it

use dateline::{Articles, Dateline};
use dateline_page::Page;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Programs that are Chromium.
const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

fn browser() -> Option<&'static str> {
    let runs = |name: &&&str| {
        Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
    };
    NAMES.iter().find(runs).copied()
}

/// A picture of a page at a width, and what the browser's console says.
fn look(browser: &str, page: &Path, width: u32) -> (Vec<u8>, Vec<String>) {
    let picture: PathBuf = page.with_extension(format!("{width}.png"));
    let profile = page.with_extension("profile");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--window-size={width},1200"))
        .arg(format!("--screenshot={}", picture.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stderr);
    let console = said.lines().filter(|line| line.contains(":CONSOLE")).map(str::to_owned).collect();
    (fs::read(picture).unwrap(), console)
}

#[test]
fn a_browser_shows_it_styled_and_has_nothing_to_complain_of() {
    let Some(browser) = browser() else {
        eprintln!("skipped: none of {NAMES:?} is installed");
        return;
    };
    let dateline = Dateline::new().unwrap();
    let text = "Rebels shell Homs\n\nRebels shelled the Syrian city of Homs on Monday, killing 12 people, the army said.\n";
    let articles = Articles::open("a.txt", Box::new(text.as_bytes()));
    let readings: Vec<_> = articles.map(|article| dateline.read(&article.unwrap())).collect();
    let page = Page::new(&readings).finish();
    let folder = tempfile::tempdir().unwrap();
    let styled = folder.path().join("styled.html");
    fs::write(&styled, &page).unwrap();
    // A style sheet that is not the one named by the policy is refused, and the console says so.
    let other = folder.path().join("other.html");
    fs::write(&other, page.replacen("</style>", " p { color: red }</style>", 1)).unwrap();
    let (refused, complaints) = look(browser, &other, 1000);
    assert!(!complaints.is_empty(), "a changed style sheet was not refused");
    for width in [390, 1000] {
        let (picture, complaints) = look(browser, &styled, width);
        assert!(complaints.is_empty(), "{complaints:?}");
        assert_ne!(picture, refused, "the style sheet changes nothing");
    }
}
