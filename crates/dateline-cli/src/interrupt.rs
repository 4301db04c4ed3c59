use signal_hook::consts::SIGINT;
use signal_hook::flag;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether Ctrl-C was pressed: a run then ends between two articles, so that what it has written is whole. Pressed
/// again, it ends at once.
#[derive(Clone)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

/// What shells expect of a program that Ctrl-C has ended.
const STATUS: u8 = 130;

impl Interrupt {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the system allows no handler.
    pub(crate) fn watch() -> io::Result<Self> {
        let pressed = Arc::new(AtomicBool::new(false));
        // In this order: the first press only sets the flag, and the second finds it set.
        flag::register_conditional_shutdown(SIGINT, i32::from(STATUS), Arc::clone(&pressed))?;
        flag::register(SIGINT, Arc::clone(&pressed))?;
        Ok(Self(pressed))
    }

    /// Whether the run is to end.
    pub(crate) fn pressed(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// The status of a run in which something `failed` or not.
    pub(crate) fn status(&self, failed: bool) -> ExitCode {
        match (self.pressed(), failed) {
            (true, _) => ExitCode::from(STATUS),
            (false, true) => ExitCode::FAILURE,
            (false, false) => ExitCode::SUCCESS,
        }
    }
}

/// What is said of a run that was ended so.
pub(crate) const SAID: &str = "interrupted; the articles before it are written whole";
