use crate::CodebookError;
use std::fs::File;
use std::ops::Deref;
use std::path::Path;

/// Where the bytes of a packed gazetteer lie.
pub(super) enum Bytes {
    /// Inside the program.
    Embedded(&'static [u8]),
    /// In memory.
    Owned(Vec<u8>),
    /// In a file that is read page by page as it is searched, so that one of millions of places costs no memory.
    Mapped(memmap2::Mmap),
}

impl Bytes {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be opened or mapped.
    #[allow(unsafe_code)]
    pub(super) fn map(path: &Path) -> Result<Self, CodebookError> {
        let unreadable = |source| CodebookError::Unreadable { file: path.display().to_string(), source };
        let file = File::open(path).map_err(unreadable)?;
        // SAFETY: whoever changes the file while it is in use gets wrong places: everything read from it is checked as
        // untrusted bytes, and no reference to it outlives the map. A file cut short while it is in use ends the program
        // by a signal, as for every program that maps files.
        let map = unsafe { memmap2::Mmap::map(&file) }.map_err(unreadable)?;
        Ok(Self::Mapped(map))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Owned(bytes) => bytes,
            Self::Mapped(map) => map,
        }
    }
}

impl Default for Bytes {
    fn default() -> Self {
        Self::Embedded(&[])
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}
