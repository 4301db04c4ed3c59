//! Compressed inputs, unpacked as they are read, and never without bound.

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// This much may come out of any compressed input, in MiB.
const FREE_MIB: u64 = 64;
/// Beyond it, no more than this many times what went in. News compresses three to twenty times, and a crawl of nothing
/// but one template less than a hundred.
const RATIO: u64 = 400;
/// A zstd frame may ask for no more memory than this, in bytes.
const WINDOW: u64 = 128 << 20;
const BUFFER: usize = 64 * 1024;

/// Whether the bytes begin a gzip stream.
pub(crate) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1F, 0x8B, 0x08])
}

/// Whether the bytes begin a zstd frame, or one that is to be skipped.
pub(crate) fn is_zstd(head: &[u8]) -> bool {
    head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD])
        || head.first().is_some_and(|byte| byte & 0xF0 == 0x50) && head.get(1..4) == Some(&[0x2A, 0x4D, 0x18])
}

/// What a gzip stream of any number of members holds.
pub(crate) fn gzip(input: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    guarded(input, |counted| MultiGzDecoder::new(BufReader::with_capacity(BUFFER, counted)))
}

/// What any number of zstd frames hold.
pub(crate) fn zstd(input: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    guarded(input, Zstd::new)
}

fn guarded<R: Read + Send + 'static, D: Read + Send + 'static>(
    input: R,
    decoder: impl FnOnce(Counted<R>) -> D,
) -> Box<dyn Read + Send> {
    let packed = Arc::new(AtomicU64::new(0));
    let inner = decoder(Counted { inner: input, bytes: Arc::clone(&packed) });
    Box::new(Guarded { inner, packed, given: 0 })
}

/// Counts what goes into a decompressor.
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

/// Stops a decompressor that gives out far more than any text would.
struct Guarded<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    given: u64,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer).map_err(described)?;
        self.given += n as u64;
        let packed = self.packed.load(Ordering::Relaxed);
        if self.given > FREE_MIB << 20 && self.given / RATIO > packed {
            return Err(io::Error::other(format!(
                "{packed} compressed bytes unpack to more than {RATIO} times as many, beyond {FREE_MIB} MiB; \
                 this looks like a zip bomb and is not read on"
            )));
        }
        Ok(n)
    }
}

/// Says what a decompressor's shortest messages mean.
fn described(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            io::Error::new(error.kind(), "the compressed input is cut off in the middle")
        }
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            io::Error::new(error.kind(), format!("the compressed input is damaged ({error})"))
        }
        _ => error,
    }
}

/// Frames of zstd, one after the other.
struct Zstd<R> {
    decoder: FrameDecoder,
    /// Whether the decoder is inside a frame.
    inside: bool,
    input: BufReader<R>,
}

impl<R: Read> Zstd<R> {
    fn new(input: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self { decoder, inside: false, input: BufReader::with_capacity(BUFFER, input) }
    }

    /// Begins the next frame; `false` at the end of the input.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.input.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.init(&mut self.input) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut self.input.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(damaged(&error)),
            }
        }
    }
}

fn damaged(error: &FrameDecoderError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if self.inside {
                while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                    let step = BlockDecodingStrategy::UptoBlocks(1);
                    self.decoder.decode_blocks(&mut self.input, step).map_err(|error| damaged(&error))?;
                }
                if self.decoder.can_collect() > 0 {
                    return self.decoder.read(buffer);
                }
            }
            self.inside = self.begin()?;
            if !self.inside {
                return Ok(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    use std::io::{Cursor, Write};

    fn all(mut reader: Box<dyn Read + Send>) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        reader.read_to_end(&mut out).map(|_| out)
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut pack = GzEncoder::new(Vec::new(), Compression::best());
        pack.write_all(bytes).unwrap();
        pack.finish().unwrap()
    }

    #[test]
    fn members_and_frames_follow_each_other() {
        let zstd_of = |text: &[u8]| compress_to_vec(text, CompressionLevel::Fastest);
        let skipped = [&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
        assert!(is_zstd(&skipped) && is_zstd(&zstd_of(b"x")) && is_gzip(&packed(b"x")));
        let frames = [skipped, zstd_of(b"One. "), zstd_of(b"Two.")].concat();
        assert_eq!(all(zstd(Cursor::new(frames))).unwrap(), b"One. Two.");
        let members = [packed(b"One. "), packed(b"Two.")].concat();
        assert_eq!(all(gzip(Cursor::new(members))).unwrap(), b"One. Two.");
    }

    #[test]
    fn cut_and_damaged_input_is_named() {
        let text: Vec<u8> = (0..20_000u32).flat_map(|i| i.to_string().into_bytes()).collect();
        let whole = packed(&text);
        let message = |bytes: &[u8]| all(gzip(Cursor::new(bytes.to_vec()))).unwrap_err().to_string();
        assert!(message(&whole[..whole.len() / 2]).contains("cut off"));
        let mut broken = whole.clone();
        broken[whole.len() / 2] ^= 0x5A;
        assert!(!message(&broken).is_empty());
        let frame = compress_to_vec(&text[..], CompressionLevel::Fastest);
        assert!(all(zstd(Cursor::new(frame[..frame.len() / 2].to_vec()))).is_err());
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bomb = packed(&vec![b'a'; 80 << 20]);
        let error = all(gzip(Cursor::new(bomb))).unwrap_err().to_string();
        assert!(error.contains("zip bomb"), "{error}");
    }
}
