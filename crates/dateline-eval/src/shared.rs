//! Where the public corpora lie that are not part of the project.

use std::path::PathBuf;

/// A file of the shared data: under `DATELINE_SHARED`, or beside the checkout. `None`, with a line that says so, where
/// it is absent, and then a test that needs it is skipped.
pub(crate) fn data(name: &str) -> Option<PathBuf> {
    let root = match std::env::var_os("DATELINE_SHARED") {
        Some(root) => PathBuf::from(root),
        None => PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
    };
    let file = root.join("data").join(name);
    if file.exists() {
        return Some(file);
    }
    eprintln!("skipped: {} is not here", file.display());
    None
}
