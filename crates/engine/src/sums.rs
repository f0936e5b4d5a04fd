//! Sums whose bits are the same on any number of threads. A parallel `.sum()` of floats is not: it
//! adds in whatever order threads finish.

use super::parallel;

/// Terms added in one go; also what one thread takes at a time.
const CHUNK: usize = 1024;

/// The sum of `term` over `items`: chunks of fixed length in parallel, their sums then in order.
pub fn ordered_sum<T: Sync>(items: &[T], term: impl Fn(&T) -> f64 + Sync) -> f64 {
    let sum = |chunk: usize| {
        let end = items.len().min((chunk + 1) * CHUNK);
        items[chunk * CHUNK..end].iter().map(&term).sum::<f64>()
    };
    parallel::map(items.len().div_ceil(CHUNK), sum).iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_that_of_all_terms_also_beyond_one_chunk() {
        for terms in [0, 1, CHUNK, 3 * CHUNK + 1] {
            let items: Vec<f64> = std::iter::repeat_n(0.5, terms).collect();
            assert_eq!(ordered_sum(&items, |x| 2.0 * x), terms as f64);
        }
    }

    #[test]
    fn a_sum_has_the_same_bits_on_one_thread_and_on_eight() {
        let items: Vec<f64> = (1..100_000).map(|i| 1.0 / f64::from(i)).collect();
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| ordered_sum(&items, |x| *x)).to_bits()
        };
        assert_eq!(on(1), on(8));
        assert_eq!(on(1), on(3));
    }
}
