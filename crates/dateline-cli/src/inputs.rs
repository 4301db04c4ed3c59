use anyhow::Context;
use clap::Args;
use dateline::{Article, Articles, Columns, Options};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What could not be read, and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure(pub(crate) String);

/// What to read, as commands that take articles are told.
#[derive(Args, Clone, Debug)]
pub(crate) struct Named {
    /// Files and folders; folders are walked. `-` or none: standard input
    #[arg(value_name = "FILE")]
    paths: Vec<PathBuf>,

    /// Read the files named in this file too, one a line; `-`: in standard input
    #[arg(short, long, value_name = "FILE")]
    list: Option<PathBuf>,

    /// Where records and tables keep things, where the names do not tell: text=body,published=meta.date
    #[arg(short, long, value_name = "FIELD=NAME,…", default_value = "", hide_default_value = true)]
    map: Columns,
}

impl Named {
    /// Every path that was named, in order.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub(crate) fn paths(&self) -> anyhow::Result<Vec<PathBuf>> {
        let mut paths = self.paths.clone();
        let Some(list) = &self.list else { return Ok(paths) };
        let text = if list.as_os_str() == STDIN {
            io::read_to_string(io::stdin())
        } else {
            fs::read_to_string(list)
        };
        let text = text.with_context(|| format!("cannot read the list {}", list.display()))?;
        paths.extend(text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(PathBuf::from));
        // An empty list names nothing, and certainly not standard input.
        anyhow::ensure!(!paths.is_empty(), "the list {} names no file", list.display());
        Ok(paths)
    }

    /// How articles are to be read.
    pub(crate) fn options(&self) -> Options {
        Options { columns: self.map.clone() }
    }
}

/// Files, folders and standard input, opened one at a time, in the order in which they are named; a folder gives its
/// files in order of name. What cannot be opened is handed out in its place and the rest goes on.
pub(crate) struct Sources {
    /// What is still to be opened, the next one last.
    waiting: Vec<PathBuf>,
    bytes: Arc<AtomicU64>,
}

/// The name of an input, and what is in it.
type Source = (String, Box<dyn Read + Send>);

/// The path that means standard input.
const STDIN: &str = "-";

impl Sources {
    /// Standard input where `paths` is empty. Every byte that is read is counted in `bytes`.
    pub(crate) fn new(paths: &[PathBuf], bytes: Arc<AtomicU64>) -> Self {
        let mut waiting: Vec<PathBuf> = paths.iter().rev().cloned().collect();
        if waiting.is_empty() {
            waiting.push(STDIN.into());
        }
        Self { waiting, bytes }
    }

    /// Opens one path; a folder's files join the queue instead.
    fn open(&mut self, path: &Path) -> Result<Option<Source>, Failure> {
        let source = path.display().to_string();
        let input: Box<dyn Read + Send> = if path.as_os_str() == STDIN {
            Box::new(Counted { inner: io::stdin(), bytes: Arc::clone(&self.bytes) })
        } else {
            let file = File::open(path).map_err(|error| failure(&source, &error))?;
            if file.metadata().map_err(|error| failure(&source, &error))?.is_dir() {
                self.waiting
                    .extend(files_of(path).map_err(|error| failure(&source, &error))?.into_iter().rev());
                return Ok(None);
            }
            Box::new(Counted { inner: file, bytes: Arc::clone(&self.bytes) })
        };
        Ok(Some((source, input)))
    }
}

impl Iterator for Sources {
    type Item = Result<Source, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let path = self.waiting.pop()?;
            if let Some(item) = self.open(&path).transpose() {
                return Some(item);
            }
        }
    }
}

/// The articles of files, folders and standard input, one at a time, in order. A fault is handed out in its place and
/// the rest goes on; what is no fault but should be known is said aside.
pub(crate) struct Inputs {
    sources: Sources,
    options: Options,
    aside: Box<dyn Fn(&str) + Send>,
    open: Option<Open>,
}

struct Open {
    source: String,
    articles: Articles,
    given: u64,
}

impl Inputs {
    /// Standard input where `paths` is empty. Every byte that is read is counted in `bytes`.
    pub(crate) fn new(
        paths: &[PathBuf],
        options: Options,
        bytes: Arc<AtomicU64>,
        aside: impl Fn(&str) + Send + 'static,
    ) -> Self {
        Self { sources: Sources::new(paths, bytes), options, aside: Box::new(aside), open: None }
    }

    /// Whether standard input is among the paths.
    pub(crate) fn reads_stdin(paths: &[PathBuf]) -> bool {
        paths.is_empty() || paths.iter().any(|path| path.as_os_str() == STDIN)
    }
}

impl Iterator for Inputs {
    type Item = Result<Article, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(open) = &mut self.open {
                match open.articles.next() {
                    Some(Ok(article)) => {
                        open.given += 1;
                        for note in article.notes.iter().filter(|note| note.kind.is_warning()) {
                            (self.aside)(&format!("{}: {}", article.place, note.text));
                        }
                        return Some(Ok(article));
                    }
                    Some(Err(error)) => {
                        open.given += 1;
                        if error.is_fault() {
                            return Some(Err(Failure(error.to_string())));
                        }
                        (self.aside)(&error.to_string());
                        continue;
                    }
                    None => {
                        let empty = (open.given == 0).then(|| failure(&open.source, &"no article in it"));
                        self.open = None;
                        if let Some(failure) = empty {
                            return Some(Err(failure));
                        }
                    }
                }
            }
            match self.sources.next()? {
                Ok((source, input)) => {
                    let articles = Articles::open_with(source.as_str(), input, self.options.clone());
                    self.open = Some(Open { source, articles, given: 0 });
                }
                Err(failure) => return Some(Err(failure)),
            }
        }
    }
}

/// Bytes of all files among the paths, to measure progress against; `None` where one has no size.
pub(crate) fn total_bytes(paths: &[PathBuf]) -> Option<u64> {
    if Inputs::reads_stdin(paths) {
        return None;
    }
    let mut total = 0;
    let mut waiting = paths.to_vec();
    while let Some(path) = waiting.pop() {
        let Ok(metadata) = fs::metadata(&path) else { continue };
        if metadata.is_dir() {
            waiting.extend(files_of(&path).unwrap_or_default());
        } else if metadata.is_file() {
            total += metadata.len();
        } else {
            return None;
        }
    }
    Some(total)
}

/// What is in a folder, in order of name. Hidden files stay out, and so do links to folders, which may go in circles.
fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let circular = entry.file_type()?.is_symlink() && entry.path().is_dir();
        if !hidden && !circular {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

fn failure(source: &str, reason: &dyn std::fmt::Display) -> Failure {
    Failure(format!("{source}: {reason}"))
}

/// Counts what passes.
struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_in_order_of_name_and_faults_keep_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("b")).unwrap();
        for name in ["c.txt", "b/2.txt", "b/1.txt", ".hidden", "a.txt"] {
            let text =
                format!("Headline of {name} today\n\nThe minister said on Tuesday that talks had begun.\n");
            fs::write(at(name), text).unwrap();
        }
        let paths = [at("missing"), folder.path().to_owned(), at("a.txt")];
        let bytes = Arc::new(AtomicU64::new(0));
        let got: Vec<String> = Inputs::new(&paths, Options::default(), Arc::clone(&bytes), |_| {})
            .map(|item| match item {
                Ok(article) => {
                    Path::new(&article.source).strip_prefix(folder.path()).unwrap().display().to_string()
                }
                Err(_) => "fault".to_owned(),
            })
            .collect();
        assert_eq!(got, ["fault", "a.txt", "b/1.txt", "b/2.txt", "c.txt", "a.txt"]);
        assert_eq!(Some(bytes.load(Ordering::Relaxed)), total_bytes(&paths));
    }

    #[test]
    fn what_stands_behind_a_link_in_a_feed_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let item =
            |at: u8, text: &str| format!("<item><guid>{at}</guid><title>Truce {at}</title>{text}</item>");
        let text =
            "<description>The minister said on Tuesday that talks had begun in the town.</description>";
        let feed = [item(1, text), item(2, "<link>https://post.example/2</link>"), item(3, text)].concat();
        let path = folder.path().join("feed.rss");
        fs::write(&path, format!("<rss><channel>{feed}</channel></rss>")).unwrap();
        let (say, said) = std::sync::mpsc::channel();
        let aside = move |line: &str| say.send(line.to_owned()).unwrap();
        let read = Inputs::new(&[path], Options::default(), Arc::default(), aside);
        let titles: Vec<String> =
            read.map(|item| item.ok().and_then(|article| article.title).unwrap()).collect();
        assert_eq!(titles, ["Truce 1", "Truce 3"]);
        let said: Vec<String> = said.iter().collect();
        assert!(said.len() == 1 && said[0].contains("only a link"), "{said:?}");
    }
}
