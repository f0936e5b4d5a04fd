//! Who is due once a sum that only grows has reached their key: a radix heap (Ahuja, Mehlhorn, Orlin and
//! Tarjan 1990, "Faster algorithms for the shortest path problem").
//!
//! A heap would keep everyone in order, which nobody asks for: what counts is who is due. Here those who
//! wait stand in files by the highest bit in which their number differs from the sum. As the sum grows,
//! whole files below the highest bit that has changed are due, the file of that bit is told apart, and
//! nobody else is looked at. So each is looked at a few times, in the order in which they lie in memory.
//! The upper half of the bits will do: who does not differ in them stands in the first file, and is compared.
//!
//! Who waits elsewhere by now still stands here until somebody tidies up, which is done whenever twice as
//! many stand here as were left the last time.

use serde::{Deserialize, Serialize};

/// So few are not worth tidying up.
const FEW: usize = 16;

/// Who waits for which value of a sum that is never negative. Keys may be kept in less room than the sum has.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RadixHeap<Who, Key = f64> {
    /// The sum so far; as bits, which order like the numbers because none is negative.
    reached: u64,
    /// Which files anybody stands in.
    taken: u64,
    /// By 1 + the highest bit of the upper half that differs; in the first, whoever was due already when they
    /// were entered, or differs in none of these.
    files: Vec<Vec<(Key, Who)>>,
    /// How many stand in all files, and how many were left when they were last tidied up.
    standing: usize,
    left: usize,
}

impl<Who, Key> Default for RadixHeap<Who, Key> {
    fn default() -> Self {
        RadixHeap { reached: 0, taken: 0, files: Vec::new(), standing: 0, left: 0 }
    }
}

impl<Who: Copy, Key: Copy + Into<f64>> RadixHeap<Who, Key> {
    /// Somebody is due when the sum reaches `key`; if it has, at the next call.
    pub fn enter(&mut self, key: Key, who: Who) {
        let sum: f64 = key.into();
        let file = if sum <= f64::from_bits(self.reached) {
            0
        } else {
            difference(sum.to_bits(), self.reached)
        };
        if self.files.len() <= file {
            self.files.resize_with(file + 1, Vec::new);
        }
        self.files[file].push((key, who));
        self.taken |= 1 << file;
        self.standing += 1;
    }

    /// Nobody is due before the sum reaches this.
    #[must_use]
    pub fn soonest(&self) -> f64 {
        match self.taken.trailing_zeros() {
            0 => 0.0,
            u64::BITS => f64::INFINITY,
            // The least number that differs from the sum in that bit, and in none that is higher.
            file => f64::from_bits((self.reached >> (HALF + file - 1) | 1) << (HALF + file - 1)),
        }
    }

    /// Whether those who no longer wait here may be half of all.
    #[must_use]
    pub fn is_crowded(&self) -> bool {
        self.standing > 2 * self.left + FEW
    }

    /// Forgets those of whom `waits` says that they no longer wait here, if they may be half of all.
    pub fn tidy(&mut self, waits: impl Fn(Key, Who) -> bool) {
        if !self.is_crowded() {
            return;
        }
        self.standing = 0;
        for (bit, file) in self.files.iter_mut().enumerate().filter(|(_, file)| !file.is_empty()) {
            file.retain(|(key, who)| waits(*key, *who));
            file.shrink_to_fit();
            self.standing += file.len();
            if file.is_empty() {
                self.taken &= !(1 << bit);
            }
        }
        self.left = self.standing;
    }

    /// Calls those who are due now that the sum is so much, each with their key, in no order that
    /// means anything; they wait no more. A sum lower than before is taken for that before.
    pub fn call(&mut self, sum: f64, mut call: impl FnMut(Key, Who)) {
        let before = self.reached;
        self.reached = before.max(sum.to_bits());
        let (reached, told_apart) =
            (f64::from_bits(self.reached), difference(self.reached, before));
        let mut looked_at = self.taken & ((2 << told_apart) - 1);
        self.taken &= !looked_at;
        while looked_at != 0 {
            let file = looked_at.trailing_zeros() as usize;
            looked_at &= looked_at - 1;
            let mut waiting = std::mem::take(&mut self.files[file]);
            self.standing -= waiting.len();
            for (key, who) in waiting.drain(..) {
                if file < told_apart || key.into() <= reached {
                    call(key, who);
                } else {
                    self.enter(key, who);
                }
            }
            if self.files[file].is_empty() {
                self.files[file] = waiting;
            }
        }
    }
}

/// Bits of a half.
const HALF: u32 = u64::BITS / 2;

/// 1 + the highest bit of the upper half in which two numbers differ; 0 if in none.
fn difference(a: u64, b: u64) -> usize {
    HALF.saturating_sub((a ^ b).leading_zeros()) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn called<Who: Copy, Key: Copy + Into<f64>>(
        heap: &mut RadixHeap<Who, Key>,
        sum: f64,
    ) -> Vec<(Key, Who)> {
        let mut called = Vec::new();
        heap.call(sum, |key, who| called.push((key, who)));
        called
    }

    proptest! {
        /// What a list says that is searched from end to end.
        #[test]
        fn each_is_due_once_and_when_the_sum_has_reached_their_key(
            steps in prop::collection::vec((prop::collection::vec(-0.1_f64..3.0, 0..8), 0.0_f64..0.2), 1..40),
        ) {
            let (mut heap, mut listed, mut sum, mut next) = (RadixHeap::default(), Vec::new(), 0.0, 0);
            for (ahead, growth) in steps {
                for ahead in ahead {
                    heap.enter(sum + ahead, next);
                    listed.push((sum + ahead, next));
                    next += 1;
                }
                sum += if growth < 0.05 { 0.0 } else { growth };
                prop_assert!(listed.iter().all(|(key, _)| key.max(0.0) >= heap.soonest()));
                let mut due = called(&mut heap, sum);
                due.sort_by_key(|(_, who)| *who);
                let expected: Vec<(f64, i32)> =
                    listed.extract_if(.., |(key, _)| *key <= sum).collect();
                prop_assert_eq!(due, expected);
            }
            prop_assert_eq!(called(&mut heap, f64::INFINITY).len(), listed.len());
        }
    }

    #[test]
    fn whoever_waits_elsewhere_is_forgotten_before_they_are_most_of_all() {
        let mut heap: RadixHeap<u32> = RadixHeap::default();
        let waits = |key: f64, who| f64::from(who) == key;
        for turn in 1..=1_000 {
            heap.enter(f64::from(turn), 7);
            heap.enter(f64::from(turn), turn + 1_000);
            heap.tidy(waits);
        }
        heap.enter(3.0, 3);
        let standing: usize = heap.files.iter().map(Vec::len).sum();
        assert!(heap.standing == standing && standing <= 2 * FEW, "{standing}");
        assert_eq!(called(&mut heap, 2.0), []);
        let mut due = called(&mut heap, 10.0);
        due.retain(|(key, who)| waits(*key, *who));
        assert_eq!(due, [(3.0, 3), (7.0, 7)]);
    }

    /// Keys apart by less than the upper half of the bits tells, and sums that grow by less.
    fn closest<Key: Copy + Into<f64>>(key: impl Fn(u32) -> Key) {
        let mut heap: RadixHeap<u32, Key> = RadixHeap::default();
        let _ = called(&mut heap, 1.0);
        (0..200).for_each(|who| heap.enter(key(who), who));
        let (mut waiting, mut sums): (Vec<u32>, Vec<u32>) =
            ((0..200).collect(), (0..200).collect());
        // A sum that is less than before is none, and the last lies far beyond.
        sums.extend([150, 10, 1 << 30]);
        for sum in sums {
            let sum: f64 = key(sum).into();
            let mut due: Vec<u32> = called(&mut heap, sum).iter().map(|(_, who)| *who).collect();
            due.sort_unstable();
            let expected: Vec<u32> =
                waiting.extract_if(.., |who| key(*who).into() <= sum).collect();
            assert_eq!(due, expected);
            assert!(waiting.iter().all(|who| key(*who).into() >= heap.soonest()));
        }
        assert!(waiting.is_empty() && heap.standing == 0);
    }

    #[test]
    fn keys_that_differ_in_their_last_bits_alone_are_told_apart() {
        closest(|who| 1.0 + f64::from(who) * f64::EPSILON);
        closest(|who| 1.0 + f64::from(who) / f64::from(1 << 22));
        closest(|who| 1.0_f32 + who as f32 * f32::EPSILON);
    }

    #[test]
    fn nobody_is_due_of_nobody() {
        let mut heap: RadixHeap<u32> = RadixHeap::default();
        assert!(called(&mut heap, 0.0).is_empty() && called(&mut heap, 1.0).is_empty());
        heap.enter(1.0, 7);
        assert_eq!(called(&mut heap, 0.5), [(1.0, 7)], "the sum had been 1 before");
    }
}
