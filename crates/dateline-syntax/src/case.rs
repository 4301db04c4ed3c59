use compact_str::CompactString;

/// A word in lower case. Short words, and so nearly all, take no memory of their own.
pub(crate) fn lower(word: &str) -> CompactString {
    if word.is_ascii() {
        let mut lower = CompactString::from(word);
        lower.make_ascii_lowercase();
        return lower;
    }
    word.to_lowercase().into()
}

#[cfg(test)]
mod tests {
    use super::lower;

    #[test]
    fn letters_of_all_scripts() {
        assert_eq!(["NATO", "École", "ΟΔΟΣ", "“", ""].map(lower), ["nato", "école", "οδος", "“", ""]);
    }
}
