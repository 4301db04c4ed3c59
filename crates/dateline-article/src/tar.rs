//! Tar archives, member by member, as they are read: an own reader, because the archive crates lend out their members,
//! and a member of a crawl may be larger than memory.

use crate::origin::{Item, Opened, Origin, Records, Step};
use crate::{ArticleError, Place};
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

const BLOCK: usize = 512;
/// No member's name is longer, in bytes.
const LONGEST_NAME: u64 = 64 * 1024;

/// Whether the bytes begin a tar archive: its first header holds the right sum of itself.
pub(crate) fn is_tar(head: &[u8]) -> bool {
    head.first_chunk::<BLOCK>().is_some_and(|block| block[0] != 0 && Header::read(block).is_some())
}

/// The members of an archive.
pub(crate) struct Tar {
    origin: Origin,
    stream: Arc<Mutex<Stream>>,
    done: bool,
}

/// What is left of the archive, and of the member that is being read.
struct Stream {
    input: Box<dyn Read + Send>,
    offset: u64,
    left: u64,
    padding: u64,
}

impl Tar {
    pub(crate) fn new(origin: Origin, input: Box<dyn Read + Send>) -> Self {
        let stream = Stream { input, offset: 0, left: 0, padding: 0 };
        Self { origin, stream: Arc::new(Mutex::new(stream)), done: false }
    }

    /// The next member that is a file.
    fn member(&mut self) -> Result<Option<Item>, ArticleError> {
        let mut long_name: Option<String> = None;
        let mut long_size: Option<u64> = None;
        let shared = Arc::clone(&self.stream);
        let mut stream = shared.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            stream.skip_member().map_err(|error| self.read_error(&stream, error))?;
            let at = stream.offset;
            let mut block = [0; BLOCK];
            let n = stream.fill(&mut block).map_err(|error| self.read_error(&stream, error))?;
            if n == 0 || block.iter().all(|byte| *byte == 0) {
                return Ok(None);
            }
            let Some(header) = Header::read(&block).filter(|_| n == BLOCK) else {
                let place = Place { offset: Some(at), ..self.origin.place() };
                let hint = "the archive is damaged or cut off here";
                return Err(ArticleError::Malformed { place, reason: "no member's header".into(), hint });
            };
            let size = long_size.take().unwrap_or(header.size);
            stream.left = size;
            stream.padding = (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64;
            match header.kind {
                b'L' | b'x' => {
                    let mut extra = Vec::new();
                    let mut limited = Lent(&mut stream).take(LONGEST_NAME);
                    limited.read_to_end(&mut extra).map_err(|error| self.read_error(&stream, error))?;
                    if header.kind == b'L' {
                        let name = extra.split(|byte| *byte == 0).next().unwrap_or_default();
                        long_name = Some(String::from_utf8_lossy(name).into_owned());
                    } else {
                        long_name = extended(&extra, "path").or(long_name);
                        long_size = extended(&extra, "size").and_then(|size| size.parse().ok());
                    }
                }
                0 | b'0' | b'7' => {
                    let name = long_name.take().unwrap_or(header.name);
                    let hidden = name.rsplit('/').next().is_some_and(|last| last.starts_with('.'));
                    if size == 0 || hidden || name.ends_with('/') {
                        continue;
                    }
                    let origin = self.origin.member(&name);
                    drop(stream);
                    let input: Box<dyn Read + Send> = Box::new(Member(Arc::clone(&self.stream)));
                    return Ok(Some(Item::Open(Box::new(Opened { origin, input }))));
                }
                // Folders, links, devices; extended headers for the whole archive.
                _ => {}
            }
        }
    }

    fn read_error(&self, stream: &Stream, error: io::Error) -> ArticleError {
        let place = Place { offset: Some(stream.offset), ..self.origin.place() };
        ArticleError::Read { place, error }
    }
}

impl Records for Tar {
    fn next(&mut self) -> Step {
        if self.done {
            return None;
        }
        let step = self.member().transpose();
        self.done = !matches!(step, Some(Ok(_)));
        step
    }
}

impl Stream {
    /// Reads until the block is full or the input ends.
    fn fill(&mut self, block: &mut [u8]) -> io::Result<usize> {
        let mut n = 0;
        while let Some(rest) = block.get_mut(n..).filter(|rest| !rest.is_empty()) {
            match self.input.read(rest) {
                Ok(0) => break,
                Ok(more) => n += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.offset += n as u64;
        Ok(n)
    }

    /// Goes to the end of the member that is being read.
    fn skip_member(&mut self) -> io::Result<()> {
        let rest = self.left.saturating_add(self.padding);
        let skipped = io::copy(&mut self.input.by_ref().take(rest), &mut io::sink())?;
        self.offset += skipped;
        (self.left, self.padding) = (0, 0);
        Ok(())
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let n = self.input.read(&mut buffer[..most])?;
        if n == 0 {
            let cut = "the archive is cut off in the middle of this member";
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, cut));
        }
        self.left -= n as u64;
        self.offset += n as u64;
        Ok(n)
    }
}

struct Lent<'a>(&'a mut Stream);

impl Read for Lent<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

/// The bytes of the member that the archive stands at.
struct Member(Arc<Mutex<Stream>>);

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read(buffer)
    }
}

struct Header {
    name: String,
    size: u64,
    kind: u8,
}

impl Header {
    /// A header whose sum is right.
    fn read(block: &[u8; BLOCK]) -> Option<Self> {
        let stated = octal(&block[148..156])?;
        let in_sum = |at: usize, byte: &u8| if (148..156).contains(&at) { 32 } else { u64::from(*byte) };
        let sum: u64 = block.iter().enumerate().map(|(at, byte)| in_sum(at, byte)).sum();
        if sum != stated {
            return None;
        }
        let text = |bytes: &[u8]| {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            String::from_utf8_lossy(&bytes[..end]).into_owned()
        };
        let mut name = text(&block[..100]);
        let prefix = text(&block[345..500]);
        if block[257..].starts_with(b"ustar\0") && !prefix.is_empty() {
            name = format!("{prefix}/{name}");
        }
        Some(Self { name, size: size(&block[124..136])?, kind: block[156] })
    }
}

/// A size in octal digits, or in the bits themselves where the first bit is set.
fn size(field: &[u8]) -> Option<u64> {
    if field.first()? & 0x80 == 0 {
        return octal(field);
    }
    field.iter().skip(4).try_fold(0_u64, |n, byte| n.checked_mul(256)?.checked_add(u64::from(*byte)))
}

fn octal(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    if text.is_empty() { Some(0) } else { u64::from_str_radix(text, 8).ok() }
}

/// The value of `LENGTH KEY=VALUE\n`, if it is there.
fn extended(records: &[u8], key: &str) -> Option<String> {
    let text = String::from_utf8_lossy(records);
    text.lines().find_map(|line| {
        let (_, pair) = line.split_once(' ')?;
        Some(pair.strip_prefix(key)?.strip_prefix('=')?.to_owned())
    })
}
