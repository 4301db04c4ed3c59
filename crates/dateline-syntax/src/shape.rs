/// The class of a word's capitals, as the model was trained on it: its vocabulary is all lower case.
pub(crate) fn shape(form: &str) -> u8 {
    let (mut letters, mut upper, mut first_upper, mut digit) = (0usize, 0usize, false, false);
    for c in form.chars() {
        if c.is_alphabetic() {
            first_upper |= letters == 0 && c.is_uppercase();
            letters += 1;
            upper += usize::from(c.is_uppercase());
        }
        digit |= c.is_numeric();
    }
    match (letters, upper) {
        (0, _) => u8::from(digit),
        (_, 0) => 2,
        (1, 1) => 3,
        (l, u) if l == u => 4,
        (_, 1) if first_upper => 5,
        _ if first_upper => 6,
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn classes() {
        let forms = ["--", "1,200", "talks", "A", "NATO", "Paris", "McDonald", "eBay"];
        assert_eq!(forms.map(shape), [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
