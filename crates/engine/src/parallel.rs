//! Work shared out among threads, decided in parts and gathered in order: any number of threads gives
//! the same. The threads' library is met here once, behind `dyn`, and not anew by every rule that asks
//! for it: a program of some ninety parallel loops is built in much less time, and runs as fast.

use rayon::prelude::*;
use std::ops::Range;

/// Parts for each thread: enough that no thread waits long for the last part of another.
const PARTS: usize = 8;

/// What `of` makes of 0, 1, 2 … up to `count`, in that order.
pub fn map<R: Send>(count: usize, of: impl Fn(usize) -> R + Sync) -> Vec<R> {
    gather(count, &|part, made| made.extend(part.map(&of)))
}

/// The same, without those of which `of` makes nothing.
pub fn filter_map<R: Send>(count: usize, of: impl Fn(usize) -> Option<R> + Sync) -> Vec<R> {
    gather(count, &|part, made| made.extend(part.filter_map(&of)))
}

/// All that `of` makes of 0, 1, 2 … up to `count`, one after the other.
pub fn flat_map<I: IntoIterator>(count: usize, of: impl Fn(usize) -> I + Sync) -> Vec<I::Item>
where
    I::Item: Send,
{
    gather(count, &|part, made| part.for_each(|item| made.extend(of(item))))
}

/// What `of` makes of each item, in their order.
pub fn map_each<'a, T: Sync, R: Send>(items: &'a [T], of: impl Fn(&'a T) -> R + Sync) -> Vec<R> {
    gather(items.len(), &|part, made| made.extend(items[part].iter().map(&of)))
}

/// The same with some room to work in, which a thread keeps from one item to the next.
pub fn map_with<W: Default, R: Send>(
    count: usize,
    of: impl Fn(&mut W, usize) -> R + Sync,
) -> Vec<R> {
    gather(count, &|part, made| {
        let mut room = W::default();
        made.extend(part.map(|item| of(&mut room, item)));
    })
}

/// How many items are fetched before the first of them is looked at.
const AHEAD: usize = 16;

/// What `of` makes of each item, if it makes anything, in their order. What it needs of an item lies scattered in
/// memory: `fetch` asks for it, of several items before the first is looked at.
pub fn filter_map_fetched<T: Sync, R: Send>(
    items: &[T],
    fetch: impl Fn(&T) + Sync,
    of: impl Fn(&T) -> Option<R> + Sync,
) -> Vec<R> {
    gather(items.len(), &|part, made| {
        for items in items[part].chunks(AHEAD) {
            items.iter().for_each(&fetch);
            made.extend(items.iter().filter_map(&of));
        }
    })
}

/// Changes each item by itself, told its place, and gathers what comes of it.
pub fn change<T: Send, R: Send>(items: &mut [T], of: impl Fn(usize, &mut T) -> R + Sync) -> Vec<R> {
    let length = part_length(items.len());
    let mut made: Vec<Vec<R>> = no_parts(items.len().div_ceil(length));
    let parts = items.chunks_mut(length).zip(&mut made).enumerate();
    let change = |part: usize, items: &mut [T]| -> Vec<R> {
        let first = part * length;
        items.iter_mut().enumerate().map(|(place, item)| of(first + place, item)).collect()
    };
    let change = &change;
    let task = |(part, (items, made)): (usize, (_, &mut Vec<R>))| *made = change(part, items);
    share_out(parts.map(|part| -> Task { Box::new(move || task(part)) }).collect());
    in_order(made)
}

/// Does something as one of the threads that share out work, so that nothing in it has to enter their
/// pool by itself.
pub fn among_threads(work: impl FnOnce() + Send) {
    rayon::scope(|_| work());
}

/// Does two things at once, where there are threads for it.
pub fn both(one: impl FnOnce() + Send, other: impl FnOnce() + Send) {
    let (mut one, mut other) = (Some(one), Some(other));
    join(&mut || one.take().expect("called once")(), &mut || other.take().expect("called once")());
}

fn join(one: &mut (dyn FnMut() + Send), other: &mut (dyn FnMut() + Send)) {
    rayon::join(one, other);
}

/// Of how many items a part is made that one thread takes; any number gives the same.
fn part_length(items: usize) -> usize {
    items.div_ceil(parts_for(PARTS)).max(1)
}

/// The same where each part has to read all there is to change of them, so that there are few.
#[must_use]
pub fn length_of_few_parts(items: usize) -> usize {
    items.div_ceil(parts_for(2)).max(1)
}

/// So many parts for each thread; one thread takes all in one go.
fn parts_for(each: usize) -> usize {
    let threads = rayon::current_num_threads();
    if threads == 1 { 1 } else { each * threads }
}

fn gather<R: Send>(count: usize, work: &(dyn Fn(Range<usize>, &mut Vec<R>) + Sync)) -> Vec<R> {
    let length = part_length(count);
    let mut made: Vec<Vec<R>> = no_parts(count.div_ceil(length));
    let part = |part: usize| part * length..count.min((part + 1) * length);
    let parts = made.iter_mut().enumerate().map(|(number, made)| (part(number), made));
    share_out(parts.map(|(part, made)| -> Task { Box::new(move || work(part, made)) }).collect());
    in_order(made)
}

/// A part of the work, which one thread does.
type Task<'w> = Box<dyn FnOnce() + Send + 'w>;

fn share_out(mut tasks: Vec<Task>) {
    if tasks.len() == 1 {
        return tasks.remove(0)();
    }
    tasks.into_par_iter().with_max_len(1).for_each(|task| task());
}

fn no_parts<R>(count: usize) -> Vec<Vec<R>> {
    (0..count).map(|_| Vec::new()).collect()
}

fn in_order<R>(parts: Vec<Vec<R>>) -> Vec<R> {
    let mut parts = parts.into_iter();
    let mut all = parts.next().unwrap_or_default();
    parts.for_each(|mut part| all.append(&mut part));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on<R: Send>(threads: usize, work: impl FnOnce() -> R + Send) -> R {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
    }

    #[test]
    fn parts_are_gathered_in_order_on_any_number_of_threads() {
        for count in [0, 1, 2, 15, 16, 17, 1_000] {
            let squares: Vec<usize> = (0..count).map(|n| n * n).collect();
            let thirds: Vec<usize> = (0..count).filter(|n| n % 3 == 0).collect();
            for threads in [1, 2, 8] {
                assert_eq!(on(threads, || map(count, |n| n * n)), squares);
                assert_eq!(on(threads, || map_each(&squares, |n| *n)), squares);
                let only_thirds = || filter_map(count, |n| (n % 3 == 0).then_some(n));
                assert_eq!(on(threads, only_thirds), thirds);
                let none_or_two = |n| vec![n; n % 2 * 2];
                let twice: Vec<usize> = (0..count).flat_map(none_or_two).collect();
                assert_eq!(on(threads, || flat_map(count, none_or_two)), twice);
                let squared = |room: &mut Vec<usize>, n| {
                    room.clear();
                    room.extend([n, n]);
                    room[0] * room[1]
                };
                assert_eq!(on(threads, || map_with(count, squared)), squares);
                let fetched =
                    || filter_map_fetched(&squares, |_| (), |n| Some(*n).filter(|n| n % 3 == 0));
                let of_three: Vec<usize> = squares.iter().copied().filter(|n| n % 3 == 0).collect();
                assert_eq!(on(threads, fetched), of_three);
                let length = on(threads, || length_of_few_parts(count));
                assert!(length > 0 && count.div_ceil(length) <= 2 * threads);
            }
        }
    }

    #[test]
    fn each_item_is_changed_once_and_knows_its_place() {
        for threads in [1, 2, 8] {
            let mut items = vec![1; 100];
            let told = on(threads, || {
                change(&mut items, |place, item| {
                    *item += place;
                    *item
                })
            });
            let expected: Vec<usize> = (1..=100).collect();
            assert_eq!((&items, &told), (&expected, &expected));
        }
    }

    #[test]
    fn of_two_things_both_are_done() {
        let (mut one, mut other) = (0, 0);
        both(|| one = 1, || other = 2);
        assert_eq!((one, other), (1, 2));
    }
}
