/// Words that hardly a sentence of English is without, and that no other large language shares many of.
const ENGLISH: [&str; 24] = [
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "has", "he", "in", "is", "it", "of", "on",
    "said", "that", "the", "to", "was", "were", "with", "would",
];

/// How many words are looked at; the language of a report does not change after its first paragraphs.
const WORDS: usize = 80;

/// The language of a text as ISO 639-1, where it can be told.
///
/// English is known by its small words, which costs next to nothing; any other text goes to `whatlang`.
pub(crate) fn language(text: &str) -> Option<String> {
    let (mut all, mut english) = (0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(WORDS) {
        all += 1;
        english += usize::from(ENGLISH.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    if all >= 5 && english * 5 >= all {
        return Some("en".to_owned());
    }
    let end = text.char_indices().nth(1_000).map_or(text.len(), |(at, _)| at);
    let found = whatlang::detect(&text[..end])?;
    // One line of names and numbers tells nothing.
    if !found.is_reliable() && all < 12 {
        return (english > 0).then(|| "en".to_owned());
    }
    iso_639_1(found.lang().code()).map(str::to_owned)
}

/// The two letters for the three that `whatlang` uses.
fn iso_639_1(code: &str) -> Option<&'static str> {
    const CODES: [(&str, &str); 69] = [
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
    ];
    let (_, short) = CODES.iter().find(|(long, _)| *long == code)?;
    Some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_and_others() {
        assert_eq!(language("The army said on Sunday that it had taken the town.").as_deref(), Some("en"));
        let german =
            "Die Armee teilte am Sonntag mit, dass sie die Stadt eingenommen habe und weiter vorrücke.";
        assert_eq!(language(german).as_deref(), Some("de"));
        let russian =
            "Армия сообщила в воскресенье, что заняла город и продолжает наступление на востоке страны.";
        assert_eq!(language(russian).as_deref(), Some("ru"));
        assert_eq!(language(""), None);
    }
}
