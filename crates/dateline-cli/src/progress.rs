use crate::terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How far the run has come, on standard error, where that is a terminal and the results go elsewhere.
pub(crate) struct Progress {
    bar: ProgressBar,
    bytes: Arc<AtomicU64>,
    articles: u64,
}

impl Progress {
    /// `bytes` counts what was read; `total` is how much there is, where that is known.
    pub(crate) fn new(bytes: Arc<AtomicU64>, total: impl FnOnce() -> Option<u64>, to_file: bool) -> Self {
        if !std::io::stderr().is_terminal() || (!to_file && std::io::stdout().is_terminal()) {
            return Self { bar: ProgressBar::hidden(), bytes, articles: 0 };
        }
        let total = total();
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(8));
        let template = match total {
            Some(_) => "{bar:32} {percent:>3}%  {msg}, {elapsed} gone, {eta} to go",
            None => "{spinner} {msg}, {elapsed} gone",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸ "));
        }
        bar.set_message("0 articles");
        bar.enable_steady_tick(Duration::from_millis(250));
        Self { bar, bytes, articles: 0 }
    }

    /// One more article is done.
    pub(crate) fn article(&mut self) {
        self.articles += 1;
        if self.bar.is_hidden() {
            return;
        }
        self.bar.set_position(self.bytes.load(Ordering::Relaxed));
        let rate = self.articles as f64 / self.bar.elapsed().as_secs_f64().max(0.1);
        self.bar.set_message(format!("{} articles, {rate:.0}/s", self.articles));
    }

    /// Does something with the bar out of the way.
    pub(crate) fn aside(&self, what: impl FnOnce()) {
        self.bar.suspend(what);
    }

    /// Says things from another thread, with the bar out of the way.
    pub(crate) fn asides(&self) -> impl Fn(&str) + Send + 'static {
        let bar = self.bar.clone();
        move |what| bar.suspend(|| terminal::complain(what))
    }

    /// Takes the bar away.
    pub(crate) fn finish(self) {
        self.bar.finish_and_clear();
    }
}
