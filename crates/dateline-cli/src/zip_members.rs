use flate2::bufread::DeflateDecoder;
use std::io::{self, BufRead, Read};

/// The members of a zip file, one after the other as they lie in it, without its directory at the end: so it may come
/// through a pipe. Members are deflated or stored; a stored one must state its size.
pub(crate) struct ZipMembers<R> {
    input: R,
}

/// A member that is being read.
pub(crate) struct ZipMember<'z, R: BufRead> {
    name: String,
    body: Body<'z, R>,
}

enum Body<'z, R: BufRead> {
    Deflated(DeflateDecoder<&'z mut R>),
    Stored(io::Take<&'z mut R>),
}

impl<R: BufRead> ZipMembers<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input }
    }

    /// The next member; `None` where the directory begins or nothing is left.
    pub(crate) fn next(&mut self) -> io::Result<Option<ZipMember<'_, R>>> {
        let mut signature = [0; 4];
        loop {
            if !self.fill(&mut signature)? {
                return Ok(None);
            }
            match &signature {
                b"PK\x03\x04" => break,
                // Sizes that were not known before the body stand behind it, here with their signature.
                b"PK\x07\x08" => self.skip(12)?,
                _ => return Ok(None),
            }
        }
        let mut head = [0; 26];
        self.input.read_exact(&mut head)?;
        let short = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
        let stored = u32::from_le_bytes([head[14], head[15], head[16], head[17]]);
        let (method, length, extra) = (short(4), short(22), short(24));
        let mut name = vec![0; usize::from(length)];
        self.input.read_exact(&mut name)?;
        self.skip(u64::from(extra))?;
        let name = String::from_utf8_lossy(&name).into_owned();
        let body = match method {
            8 => Body::Deflated(DeflateDecoder::new(&mut self.input)),
            0 => Body::Stored((&mut self.input).take(u64::from(stored))),
            other => {
                let what = format!("{name} is packed by method {other}, which is not known");
                return Err(io::Error::new(io::ErrorKind::Unsupported, what));
            }
        };
        Ok(Some(ZipMember { name, body }))
    }

    /// Fills `bytes`; `false` where the input ends before them.
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<bool> {
        match self.input.read_exact(bytes) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn skip(&mut self, count: u64) -> io::Result<()> {
        io::copy(&mut (&mut self.input).take(count), &mut io::sink()).map(drop)
    }
}

impl<R: BufRead> ZipMember<'_, R> {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Reads what is left of it, so that the next member can be read.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        io::copy(&mut self, &mut io::sink()).map(drop)
    }
}

impl<R: BufRead> Read for ZipMember<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match &mut self.body {
            Body::Deflated(body) => body.read(into),
            Body::Stored(body) => body.read(into),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::DeflateEncoder;

    /// A member as a zip file has it; its sizes stand behind it where it is deflated.
    fn member(name: &str, body: &[u8], deflate: bool) -> Vec<u8> {
        let mut packed = Vec::new();
        DeflateEncoder::new(body, Compression::default()).read_to_end(&mut packed).unwrap();
        let (method, packed) = if deflate { (8_u8, packed) } else { (0, body.to_vec()) };
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.extend([20, 0, if deflate { 8 } else { 0 }, 0, method, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend(if deflate { [0; 8] } else { [body.len() as u8, 0, 0, 0, body.len() as u8, 0, 0, 0] });
        bytes.extend([name.len() as u8, 0, 2, 0]);
        bytes.extend(name.as_bytes());
        bytes.extend([1, 2]);
        bytes.extend(packed);
        if deflate {
            bytes.extend(b"PK\x07\x08");
            bytes.extend([0; 12]);
        }
        bytes
    }

    #[test]
    fn members_are_read_in_order() {
        let mut bytes = member("readme.txt", b"read me", false);
        bytes.extend(member("XX.txt", "1\tAmel\n".repeat(5000).as_bytes(), true));
        bytes.extend(member("last.txt", b"end", true));
        bytes.extend(b"PK\x01\x02 and the directory");
        let mut members = ZipMembers::new(bytes.as_slice());
        let mut found = Vec::new();
        while let Some(mut member) = members.next().unwrap() {
            let mut body = String::new();
            // A member that is left half read does no harm.
            (&mut member).take(20_000).read_to_string(&mut body).unwrap();
            found.push((member.name().to_owned(), body.len()));
            member.finish().unwrap();
        }
        let expected = [("readme.txt", 7), ("XX.txt", 20_000), ("last.txt", 3)];
        assert_eq!(found, expected.map(|(name, length)| (name.to_owned(), length)));
    }

    #[test]
    fn what_is_cut_short_is_an_error() {
        let bytes = member("XX.txt", &[7; 4000], true);
        let mut members = ZipMembers::new(&bytes[..40]);
        let member = members.next().unwrap().unwrap();
        assert!(member.finish().is_err());
    }
}
