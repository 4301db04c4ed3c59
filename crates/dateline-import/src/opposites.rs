use crate::Text;
use crate::lines::lines;
use std::collections::BTreeMap;

/// What PETRARCH's inner ontology takes from a code for "not".
const NOT: i64 = 0xFFFF;

/// The opposite of each code: what the inner number less [`NOT`] stands for.
pub(crate) fn opposites(source: &Text) -> BTreeMap<String, String> {
    let mut numbers = BTreeMap::new();
    for line in lines(source) {
        let Some((code, sum)) = line.text.trim().split_once(':') else { continue };
        if let Some(number) = number(sum) {
            numbers.insert(code.trim().to_owned(), number);
        }
    }
    let mut by_number: BTreeMap<i64, &str> = BTreeMap::new();
    for (code, number) in &numbers {
        by_number.entry(*number).or_insert(code);
    }
    let opposite = |number: &i64| by_number.get(&(number - NOT));
    numbers.iter().filter_map(|(code, n)| Some((code.clone(), (*opposite(n)?).to_owned()))).collect()
}

/// A sum of hexadecimal numbers: `0x1000-0xFFFF`.
fn number(sum: &str) -> Option<i64> {
    let (mut total, mut sign, mut rest) = (0, 1, sum.trim());
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('-') {
            (sign, rest) = (-1, after);
        } else if let Some(after) = rest.strip_prefix('+') {
            (sign, rest) = (1, after);
        }
        let end = rest.find(['+', '-']).unwrap_or(rest.len());
        let digits = rest.get(..end)?.trim().strip_prefix("0x")?;
        total += sign * i64::from_str_radix(digits, 16).ok()?;
        rest = rest.get(end..)?;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_opposite_is_found_by_its_number() {
        let text = "050:0x0080#Cooperate\n110:0x1007f#0xFFFF+0x0080\n120:-0xFFFF\n121:-0xFFFF+0x0070\nx:y\n";
        let found = opposites(&Text::new("o", text));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [("110".to_owned(), "050".to_owned())]);
    }
}
