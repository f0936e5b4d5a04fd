//! Many independent pieces of work on a few threads, their results handed over in order.
//!
//! Each worker has threads of its own for what is parallel within a piece. A worker waits when it is
//! too far ahead of what has been handed over, so memory does not grow with the number of pieces.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, mpsc};

/// Finished pieces that may wait to be handed over, for each worker.
const AHEAD: usize = 4;

/// Does pieces `0..count` on `threads` threads and hands each result to `take` in order. The first
/// error, of a piece or of `take`, ends the work; pieces under way are finished and dropped.
///
/// # Errors
/// That error.
pub fn in_order<T: Send, E: Send>(
    count: usize,
    threads: usize,
    work: impl Fn(usize) -> Result<T, E> + Sync,
    mut take: impl FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    // Where there is one thread, or none can be started (a browser), the work is done where it is asked for.
    if threads <= 1 && rayon::current_num_threads() <= 1 {
        return (0..count).try_for_each(|piece| take(piece, work(piece)?));
    }
    let workers = threads.min(count).max(1);
    let pool_threads = (threads / workers).max(1);
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let handed_over = (Mutex::new(0usize), Condvar::new());
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let sender = sender.clone();
            let (next, stop, handed_over, work) = (&next, &stop, &handed_over, &work);
            scope.spawn(move || {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(pool_threads).build();
                loop {
                    let piece = next.fetch_add(1, Ordering::SeqCst);
                    if piece >= count {
                        return;
                    }
                    let mut done = lock(&handed_over.0);
                    while piece >= *done + AHEAD * workers && !stop.load(Ordering::SeqCst) {
                        done = handed_over.1.wait(done).unwrap_or_else(|e| e.into_inner());
                    }
                    drop(done);
                    if stop.load(Ordering::SeqCst) {
                        return;
                    }
                    let result = match &pool {
                        Ok(pool) => pool.install(|| work(piece)),
                        // Without threads of its own the worker uses those everyone shares.
                        Err(_) => work(piece),
                    };
                    if sender.send((piece, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut turn = 0;
        let mut outcome = Ok(());
        'pieces: for (piece, result) in &receiver {
            waiting.insert(piece, result);
            while let Some(result) = waiting.remove(&turn) {
                if let Err(error) = result.and_then(|result| take(turn, result)) {
                    outcome = Err(error);
                    break 'pieces;
                }
                turn += 1;
                *lock(&handed_over.0) = turn;
                handed_over.1.notify_all();
            }
        }
        let _gate = lock(&handed_over.0);
        stop.store(true, Ordering::SeqCst);
        handed_over.1.notify_all();
        outcome
    })
}

/// A poisoned counter is still a counter.
fn lock(counter: &Mutex<usize>) -> std::sync::MutexGuard<'_, usize> {
    counter.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_however_long_each_takes() {
        let mut seen = Vec::new();
        let work = |piece: usize| {
            std::thread::sleep(std::time::Duration::from_millis(((piece * 7) % 5) as u64));
            Ok::<_, ()>(piece * 10)
        };
        in_order(40, 4, work, |turn, result| {
            assert_eq!(result, turn * 10);
            seen.push(turn);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, (0..40).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_error_ends_the_work() {
        let began = AtomicUsize::new(0);
        let work = |piece: usize| {
            began.fetch_add(1, Ordering::SeqCst);
            if piece == 3 { Err("three") } else { Ok(piece) }
        };
        assert_eq!(in_order(10_000, 2, work, |_, _| Ok(())), Err("three"));
        assert!(began.load(Ordering::SeqCst) < 100);
    }

    #[test]
    fn on_one_thread_the_work_is_done_where_it_is_asked_for() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        pool.install(|| {
            let here = std::thread::current().id();
            let work = |piece: usize| {
                assert_eq!(std::thread::current().id(), here);
                if piece == 3 { Err("three") } else { Ok(piece) }
            };
            let mut taken = Vec::new();
            let ended = in_order(10, 1, work, |turn, piece| {
                taken.push((turn, piece));
                Ok(())
            });
            assert_eq!(ended, Err("three"));
            assert_eq!(taken, [(0, 0), (1, 1), (2, 2)]);
        });
    }

    #[test]
    fn nothing_to_do_is_done_at_once() {
        assert_eq!(in_order(0, 2, |_| Ok::<(), ()>(()), |_, ()| Ok(())), Ok(()));
    }
}
