use crate::Status;
use crate::furniture::Furniture;

/// What a label before the headline says has become of the report: `CORRECTED-Rebels leave`, `(Withdrawn) Rebels leave`.
pub(crate) fn status_of_title(title: &str) -> Status {
    let words = &Furniture::embedded().status;
    let bare = title.trim_start_matches(['(', '[', ' ']);
    let labelled = |labels: &Vec<String>| {
        labels.iter().any(|label| {
            let head = bare.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label));
            head.is_some_and(|head| {
                let rest = &bare[label.len()..];
                head.starts_with(char::is_uppercase) && rest.starts_with([':', '-', '–', ')', ']'])
            })
        })
    };
    if labelled(&words.canceled) {
        Status::Canceled
    } else if labelled(&words.withheld) {
        Status::Withheld
    } else if labelled(&words.corrected) {
        Status::Corrected
    } else {
        Status::Usable
    }
}
