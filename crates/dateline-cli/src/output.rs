use anyhow::Context;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Where results go: a file, or standard output.
pub(crate) type Output = BufWriter<Box<dyn Write + Send>>;

/// Opens the file, or standard output where there is none.
pub(crate) fn open(file: Option<&Path>) -> anyhow::Result<Output> {
    let writer: Box<dyn Write + Send> = match file {
        Some(path) => {
            Box::new(File::create(path).with_context(|| format!("cannot write to {}", path.display()))?)
        }
        None => Box::new(io::stdout()),
    };
    Ok(BufWriter::with_capacity(64 << 10, writer))
}

/// Whether the error only says that nobody reads the output any more, as with `| head`.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}
