//! The network: its file, its arithmetic, its layers. Nothing here knows about text beyond word pieces.

pub(crate) mod encoder;
pub(crate) mod file;
pub(crate) mod heads;
pub(crate) mod kernels;
pub(crate) mod linear;
pub(crate) mod recurrent;
