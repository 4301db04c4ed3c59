use crate::inputs::Inputs;
use crate::interrupt::Interrupt;
use dateline::{Article, Copies, Options};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Which articles of a run are copies of which.
///
/// Files are gone through twice: which version is the best is known only at the end, and telling costs little beside
/// reading. What can be read but once, as standard input, gives its first version as the best.
pub(crate) enum Plan {
    None,
    Whole { copies: Copies, next: usize },
    AsTheyCome(Copies),
}

impl Plan {
    pub(crate) fn new(paths: &[PathBuf], options: Options, interrupt: &Interrupt) -> Self {
        let lasting = |path: &PathBuf| path.is_file() || path.is_dir();
        if Inputs::reads_stdin(paths) || !paths.iter().all(lasting) {
            return Self::AsTheyCome(Copies::default());
        }
        let mut copies = Copies::default();
        // What cannot be read is named when the articles are read.
        let articles = Inputs::new(paths, options, Arc::new(AtomicU64::new(0)), |_| {}).flatten();
        for article in articles.take_while(|_| !interrupt.pressed()) {
            copies.add(&article);
        }
        Self::Whole { copies, next: 0 }
    }

    /// The id of the version that the next article is a copy of.
    pub(crate) fn copy_of(&mut self, article: &Article) -> Option<String> {
        match self {
            Self::None => None,
            Self::Whole { copies, next } => {
                *next += 1;
                copies.copy_of(*next - 1)
            }
            Self::AsTheyCome(copies) => copies.add(article),
        }
    }
}
