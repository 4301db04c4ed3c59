use crate::inputs::Failure;
use dateline::Article;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What is worked on: an article, or a part of one.
pub(crate) trait Job: Send + 'static {
    /// The path or URL that a failure names.
    fn source(&self) -> &str;
}

impl Job for Article {
    fn source(&self) -> &str {
        &self.source
    }
}

/// What becomes of one article: its output, or why there is none.
pub(crate) type Outcome<O> = Result<O, Failure>;

/// Articles that may be under way at once for each thread: enough that one long article does not leave the other
/// threads without work, few enough that memory does not depend on the length of the input.
const WINDOW: usize = 8;

/// Room for the recursion of a deeply nested page.
const STACK: usize = 16 << 20;

/// The outcomes of `work` on every article, in the order of the articles, worked out on `threads` threads.
///
/// One thread takes articles from `inputs`. For each it puts the receiving end of a channel into a queue of limited
/// length and sends the other end with the article to the workers; whoever reads the queue in order has the outcomes
/// in order, and a full queue holds the input back. Threads outlive a dropped [`Outcomes`] for at most one article.
pub(crate) fn start<T, O, I, W>(inputs: I, threads: usize, work: W) -> std::io::Result<Outcomes<O>>
where
    T: Job,
    O: Send + 'static,
    I: Iterator<Item = Result<T, Failure>> + Send + 'static,
    W: Fn(&T) -> anyhow::Result<O> + Send + Sync + 'static,
{
    let (order, in_order) = sync_channel(threads * WINDOW);
    let (jobs, waiting) = sync_channel(threads * WINDOW);
    let (work, waiting) = (Arc::new(work), Arc::new(Mutex::new(waiting)));
    for i in 0..threads {
        let (work, waiting) = (Arc::clone(&work), Arc::clone(&waiting));
        let name = format!("reader-{i}");
        thread::Builder::new().name(name).stack_size(STACK).spawn(move || serve(&waiting, &*work))?;
    }
    thread::Builder::new()
        .name("inputs".into())
        .stack_size(STACK)
        .spawn(move || feed(inputs, &order, &jobs))?;
    Ok(Outcomes { in_order })
}

struct Task<T, O> {
    job: T,
    reply: SyncSender<Outcome<O>>,
}

fn feed<T, O>(
    inputs: impl Iterator<Item = Result<T, Failure>>,
    order: &SyncSender<Receiver<Outcome<O>>>,
    jobs: &SyncSender<Task<T, O>>,
) {
    for item in inputs {
        let (reply, receiver) = sync_channel(1);
        if order.send(receiver).is_err() {
            return; // nobody wants the outcomes any more
        }
        let sent = match item {
            Ok(job) => jobs.send(Task { job, reply }).is_ok(),
            Err(failure) => reply.send(Err(failure)).is_ok(),
        };
        if !sent {
            return;
        }
    }
}

fn serve<T: Job, O>(waiting: &Mutex<Receiver<Task<T, O>>>, work: &dyn Fn(&T) -> anyhow::Result<O>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Task { job, reply }) = next else { return };
        // A fault of ours in one article must not cost the others.
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&job)))
            .unwrap_or_else(|_| Err(anyhow::anyhow!("internal error, please report it")))
            .map_err(|error| Failure(format!("{}: {error:#}", job.source())));
        let _ = reply.send(outcome);
    }
}

/// The outcomes in the order of the inputs.
pub(crate) struct Outcomes<O> {
    in_order: Receiver<Receiver<Outcome<O>>>,
}

impl<O> Outcomes<O> {
    /// The next outcome; `None` after the last. Calls `idle` before it waits for one that is not there yet.
    pub(crate) fn next<E>(&self, mut idle: impl FnMut() -> Result<(), E>) -> Result<Option<Outcome<O>>, E> {
        let Some(slot) = receive(&self.in_order, &mut idle)? else { return Ok(None) };
        let gone = || Err(Failure("internal error: a thread has ended early".into()));
        Ok(Some(receive(&slot, &mut idle)?.unwrap_or_else(gone)))
    }
}

fn receive<T, E>(from: &Receiver<T>, idle: &mut impl FnMut() -> Result<(), E>) -> Result<Option<T>, E> {
    match from.try_recv() {
        Ok(value) => Ok(Some(value)),
        Err(TryRecvError::Disconnected) => Ok(None),
        Err(TryRecvError::Empty) => {
            idle()?;
            Ok(from.recv().ok())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    fn article(i: usize) -> Article {
        Article { source: i.to_string(), ..Article::default() }
    }

    fn all<O>(outcomes: &Outcomes<O>) -> Vec<Outcome<O>> {
        std::iter::from_fn(|| outcomes.next(|| Ok::<_, Infallible>(())).unwrap()).collect()
    }

    #[test]
    fn outcomes_keep_the_order_of_the_inputs() {
        let inputs = (0..200).map(|i| if i % 7 == 3 { Err(Failure(i.to_string())) } else { Ok(article(i)) });
        let work = |article: &Article| {
            let i: u64 = article.source.parse().unwrap();
            thread::sleep(Duration::from_micros(i * 37 % 500));
            Ok(article.source.clone().into_bytes())
        };
        let got = all(&start(inputs, 5, work).unwrap());
        for (i, outcome) in got.iter().enumerate() {
            match outcome {
                Ok(bytes) => assert_eq!(bytes, i.to_string().as_bytes()),
                Err(Failure(at)) => assert_eq!((i % 7, at), (3, &i.to_string())),
            }
        }
        assert_eq!(got.len(), 200);
    }

    #[test]
    fn the_input_is_held_back_while_nobody_takes_the_output() {
        let taken = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&taken);
        let inputs = (0..10_000).map(move |i| {
            count.fetch_add(1, Ordering::SeqCst);
            Ok(article(i))
        });
        let outcomes = start(inputs, 2, |_: &Article| Ok(())).unwrap();
        thread::sleep(Duration::from_millis(50));
        assert!(taken.load(Ordering::SeqCst) <= 2 * WINDOW + 2);
        assert_eq!(all(&outcomes).len(), 10_000);
    }

    #[test]
    fn a_fault_in_one_article_leaves_the_others_alone() {
        let inputs = (0..20).map(|i| Ok(article(i)));
        let work = |article: &Article| {
            assert_ne!(article.source, "4");
            Ok(())
        };
        let got = all(&start(inputs, 2, work).unwrap());
        let failed: Vec<usize> = (0..20).filter(|&i| got[i].is_err()).collect();
        assert_eq!(failed, [4]);
    }
}
