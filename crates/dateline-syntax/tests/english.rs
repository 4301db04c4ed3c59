//! The standard engine on English of our own writing.

#![allow(clippy::unwrap_used)]

use dateline_syntax::{Engine, ModelError, Relation, Sentence, Standard, Upos};
use dateline_text::Span;
use proptest::prelude::*;
use std::sync::LazyLock;

static ENGINE: LazyLock<Standard> = LazyLock::new(|| Standard::embedded().unwrap());

fn analyse(text: &str) -> Vec<Sentence> {
    ENGINE.analyse(text, &[Span::new(0, text.len())])
}

/// Checks that one paragraph, given as its sentences, is split into them.
fn check(sentences: &[&str]) {
    let text = sentences.join(" ");
    let found: Vec<String> = analyse(&text).iter().map(|s| s.span.of(&text).to_owned()).collect();
    assert_eq!(found, sentences);
}

#[test]
fn newswire_sentences() {
    check(&["Gen. Paul R. Whitcombe said Jan. 3 that his troops would leave.", "He gave no date."]);
    check(&[
        "The bodies were found on Dec. 16 near St. Mary's Church, Lt. Col. James T. Harrow said.",
        "An inquiry has begun.",
    ]);
    check(&["\"We will not leave,\" the minister said.", "The talks go on."]);
    check(&["\"We will not leave.", "This is our land,\" he said.", "\"It always was.\""]);
    check(&["“We will not sign,” she said.", "“Not now.”", "The session ended at 5 p.m. on Friday."]);
    check(&["The U.S. Senate voted on Tuesday.", "Sen. Ann B. Cole of Ohio objected."]);
    check(&["Officials from the U.S. and the U.N. met Mr. Okoye, who is ill.", "They left at noon."]);
    check(&["Acme Corp. said it would buy Bolt Inc. for $2.5 billion.", "Shares rose 3.2 percent."]);
    check(&["Was it an accident?", "No one knows.", "Police said so!"]);
    check(&["He lives in Washington, D.C., with his wife.", "They have no children."]);
    check(&["The tremor was felt in Tokyo at 7:30 a.m. local time.", "Nobody was hurt."]);
    check(&["The deal, No. 4 this year, was signed by J. K. Mbeki and others.", "It runs to 2031."]);
}

#[test]
fn an_active_clause() {
    let text = "Government soldiers killed seven militants near the border on Monday.";
    let sentence = analyse(text).remove(0);
    let word = |w: &str| sentence.tokens.iter().position(|t| t.span.of(text) == w).unwrap() as u32;
    let killed = word("killed");
    assert_eq!(sentence.root(), killed);
    assert_eq!(sentence.tokens[killed as usize].lemma, "kill");
    assert_eq!(sentence.tokens[killed as usize].upos, Upos::Verb);
    assert_eq!(sentence.children_as(killed, Relation::Nsubj).collect::<Vec<_>>(), [word("soldiers")]);
    assert_eq!(sentence.children_as(killed, Relation::Obj).collect::<Vec<_>>(), [word("militants")]);
    assert_eq!(sentence.tokens[word("militants") as usize].lemma, "militant");
}

#[test]
fn a_passive_clause() {
    let text = "Two reporters were arrested by police in the capital.";
    let sentence = analyse(text).remove(0);
    let root = sentence.root();
    assert_eq!(sentence.tokens[root as usize].lemma, "arrest");
    let subject = sentence.children_as(root, Relation::NsubjPass).next().unwrap();
    assert_eq!(sentence.tokens[subject as usize].span.of(text), "reporters");
}

#[test]
fn the_same_on_every_thread_and_whatever_stands_beside() {
    let paragraphs =
        ["The envoy left Geneva on Sunday.", "Nobody claimed the attack, which killed 12 people.", "Why?"];
    let text = paragraphs.join("\n\n");
    let mut start = 0;
    let blocks: Vec<Span> = paragraphs
        .iter()
        .map(|p| {
            let span = Span::new(start, start + p.len());
            start = span.end as usize + 2;
            span
        })
        .collect();
    let together = ENGINE.analyse(&text, &blocks);
    let apart: Vec<Sentence> = blocks.iter().flat_map(|b| ENGINE.analyse(&text, &[*b])).collect();
    assert_eq!(together, apart);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| ENGINE.analyse(&text, &blocks))).collect();
        for thread in all {
            assert_eq!(thread.join().unwrap(), together);
        }
    });
}

#[test]
fn given_words_stay_as_they_are() {
    let text = "do n't go";
    let words = [Span::new(0, 2), Span::new(3, 6), Span::new(7, 9)];
    let sentence = ENGINE.analyse_words(text, &words);
    assert_eq!(sentence.tokens.iter().map(|t| t.span).collect::<Vec<_>>(), words);
    assert!(ENGINE.analyse_words(text, &[]).tokens.is_empty());
}

#[test]
fn a_sentence_longer_than_the_window_is_one_tree() {
    let text = "the envoy said that ".repeat(400);
    let words: Vec<Span> = text
        .split_inclusive(' ')
        .scan(0, |at, word| {
            let span = Span::new(*at, *at + word.len() - 1);
            *at += word.len();
            Some(span)
        })
        .collect();
    let sentence = ENGINE.analyse_words(&text, &words);
    assert_eq!(sentence.tokens.len(), 1600);
    assert_sound(&sentence, &text);
}

fn assert_sound(sentence: &Sentence, text: &str) {
    let n = sentence.tokens.len();
    let mut at = 0;
    for token in &sentence.tokens {
        assert!(token.span.start >= at && !token.span.is_empty() && text.get(token.span.range()).is_some());
        assert!(!token.lemma.is_empty());
        at = token.span.end;
    }
    assert_eq!(sentence.tokens.iter().filter(|t| t.head.is_none()).count(), 1);
    for i in 0..n as u32 {
        assert!(sentence.is_under(i, sentence.root()), "word {i} hangs nowhere");
    }
    let mut last = 0;
    for name in &sentence.names {
        assert!(name.first >= last && name.first < name.end && name.end as usize <= n);
        last = name.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_gives_sound_sentences(text in "\\PC{0,120}|([a-zA-Z]{1,8}|[.,!?\"'“”’ \\n$%0-9()-]){0,60}", cut in any::<prop::sample::Index>()) {
        let mut middle = cut.index(text.len() + 1);
        while !text.is_char_boundary(middle) {
            middle -= 1;
        }
        let blocks = [Span::new(0, middle), Span::new(middle, text.len())];
        let sentences = ENGINE.analyse(&text, &blocks);
        let mut at = 0;
        for sentence in &sentences {
            assert_sound(sentence, &text);
            prop_assert!(sentence.span.start >= at);
            prop_assert!(blocks.iter().any(|b| b.contains(sentence.span)));
            at = sentence.span.end;
        }
    }
}

#[test]
fn broken_models_are_refused() {
    let folder = std::env::temp_dir().join(format!("dateline-syntax-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("model.bin");
    let load = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        Standard::load(&path).err().unwrap()
    };
    assert!(matches!(Standard::load(&folder.join("none.bin")).err().unwrap(), ModelError::Read { .. }));
    assert!(matches!(load(b""), ModelError::Magic));
    assert!(matches!(load(b"not a model, surely"), ModelError::Magic));
    let model = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/en-standard.bin")).unwrap();
    assert!(matches!(load(&model[..1000]), ModelError::Tensor(_)));
    assert!(matches!(load(&model[..model.len() - 100]), ModelError::Tensor(_)));
    let mut other = model.clone();
    other[8] = 99;
    assert!(matches!(load(&other), ModelError::Version { found: 99 }));
    // A byte changed anywhere in the manifest gives an error or a model that still runs, and never a panic.
    for at in (16..4000).step_by(397) {
        let mut other = model.clone();
        other[at] ^= 0x15;
        std::fs::write(&path, &other).unwrap();
        if let Ok(engine) = Standard::load(&path) {
            engine.analyse("It rained on Monday.", &[Span::new(0, 20)]);
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
