//! Every draw has an address: seed, replicate, purpose, entity and, where it recurs, a time (a week
//! or a spell). It never depends on threads or on other draws, so two policies under one seed share
//! their random numbers down to the person: *common random numbers*, which remove from a difference what both
//! have in common.
//!
//! ChaCha8 is a function from (key, stream, position) to words; the address is laid over these three
//! without hashing, so no two addresses meet:
//! key = seed ‖ replicate, stream = purpose (8 bits) ‖ entity (56 bits), position = time · 2²⁰ words.

use crate::one_block::OneBlock;
use rand_chacha::rand_core::Rng;
#[cfg(not(target_family = "wasm"))]
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;
use toguna_units::whole_part;

/// What a draw is for. Numbers below 16 belong to the engine; a number is never used again for
/// another purpose, since that would give old seeds new meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose(pub u8);

/// The threshold θ of a person's spell.
pub(crate) const THRESHOLD: Purpose = Purpose(1);
/// The frailty z of a person, given their first key.
pub(crate) const FRAILTY: Purpose = Purpose(2);

/// What a draw is made with: ChaCha8, whose words are the same wherever it runs.
pub type Generator = OneBlock;

/// Words of one (purpose, entity, time); a draw that needs more would run into the next time.
const WORDS_PER_TIME: u128 = 1 << 20;

/// All the random numbers of one run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Streams {
    key: [u8; 32],
}

impl Streams {
    /// The random numbers of one replicate of a run with a seed.
    #[must_use]
    pub fn new(seed: u64, replicate: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&replicate.to_le_bytes());
        key[16..22].copy_from_slice(b"toguna");
        Streams { key }
    }

    /// Other random numbers, as of the draws of one of many futures: `week` is the first it rules.
    #[must_use]
    pub fn of_future(&self, week: u32, future: u32) -> Self {
        let mut key = self.key;
        // Behind "toguna" the key is zero until the future forks; week 0 must differ from never.
        key[22..26].copy_from_slice(&(week + 1).to_le_bytes());
        key[26..30].copy_from_slice(&future.to_le_bytes());
        Streams { key }
    }

    /// The seed and the replicate of these draws, the latter that of the future where the draws forked.
    #[must_use]
    pub fn seed_and_replicate(&self) -> (u64, u64) {
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |n, byte| n << 8 | u64::from(*byte));
        let forked = number(&self.key[22..26]) > 0;
        let replicate = if forked { &self.key[26..30] } else { &self.key[8..16] };
        (number(&self.key[..8]), number(replicate))
    }

    /// The generator at an address.
    ///
    /// # Panics
    /// When `entity` has more than 56 bits.
    #[inline]
    #[must_use]
    pub fn at(&self, purpose: Purpose, entity: u64, time: u64) -> Generator {
        assert!(entity < 1 << 56, "an entity's number has 56 bits");
        let stream = u64::from(purpose.0) << 56 | entity;
        Generator::at(self.key, stream, u128::from(time) * WORDS_PER_TIME)
    }

    /// One uniform number in (0, 1).
    #[inline]
    #[must_use]
    pub fn uniform(&self, purpose: Purpose, entity: u64, time: u64) -> f64 {
        uniform(&mut self.at(purpose, entity, time))
    }

    /// The generator whose next word pair is that of the `index`-th member of a long row; members
    /// follow each other without gaps, so a row is read at full speed.
    #[inline]
    #[must_use]
    pub fn row(&self, purpose: Purpose, row: u64, index: u64) -> impl Rng + use<> {
        let stream = u64::from(purpose.0) << 56 | row;
        of_row(self.key, stream, u128::from(index) * 2)
    }
}

/// Four blocks at once, where registers are wide.
#[cfg(not(target_family = "wasm"))]
#[inline]
fn of_row(key: [u8; 32], stream: u64, word: u128) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::from_seed(key);
    generator.set_stream(stream);
    generator.set_word_pos(word);
    generator
}

#[cfg(target_family = "wasm")]
#[inline]
fn of_row(key: [u8; 32], stream: u64, word: u128) -> OneBlock {
    OneBlock::at(key, stream, word)
}

/// A uniform number in (0, 1), never 0 and never 1: 53 bits and a half.
#[inline]
pub fn uniform(generator: &mut impl Rng) -> f64 {
    ((generator.next_u64() >> 11) as f64 + 0.5) * (1.0 / (1u64 << 53) as f64)
}

/// An exponential draw of mean 1.
#[inline]
pub fn exponential(generator: &mut impl Rng) -> f64 {
    -libm::log(uniform(generator))
}

/// A standard normal draw (Box and Muller 1958).
#[inline]
pub fn normal(generator: &mut impl Rng) -> f64 {
    let (radius, angle) = (uniform(generator), uniform(generator));
    (-2.0 * libm::log(radius)).sqrt() * libm::cos(2.0 * PI * angle)
}

/// A place for `id` in an order that depends on `mark` alone, which is drawn at an address: whoever else
/// is in line changes nothing (the finaliser of SplitMix64, a bijection).
#[inline]
#[must_use]
pub fn place_in_order(mark: u64, id: u32) -> u64 {
    let mut word = mark ^ u64::from(id);
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// How many events a Poisson variable of this mean has at the quantile `u`. Being the inverse of the
/// distribution function, it grows with the mean for a given `u`, so that a policy that lowers a rate
/// removes events and adds none.
#[inline]
#[must_use]
pub fn poisson_quantile(u: f64, mean: f64) -> u32 {
    if mean <= 0.0 {
        return 0;
    }
    let mut chance = libm::exp(-mean);
    let mut cumulative = chance;
    let mut count = 0;
    // Beyond mean + 40·√mean + 40 the remaining chance is below the resolution of `u`.
    let limit = whole_part(mean + 40.0 * mean.sqrt() + 40.0);
    while cumulative < u && count < limit {
        count += 1;
        chance *= mean / f64::from(count);
        cumulative += chance;
    }
    count
}

/// How many of `trials` succeed at the quantile `u`; grows with the chance for a given `u`.
#[must_use]
pub fn binomial_quantile(u: f64, trials: u32, chance: f64) -> u32 {
    if chance <= 0.0 || trials == 0 {
        return 0;
    }
    if chance >= 1.0 {
        return trials;
    }
    let odds = chance / (1.0 - chance);
    let mut mass = libm::exp(f64::from(trials) * libm::log1p(-chance));
    let mut cumulative = mass;
    let mut count = 0;
    while cumulative < u && count < trials {
        mass *= odds * f64::from(trials - count) / f64::from(count + 1);
        count += 1;
        cumulative += mass;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_address_gives_the_same_draw_whatever_was_drawn_before() {
        let streams = Streams::new(1, 0);
        let first = streams.uniform(THRESHOLD, 7, 3);
        let _ = streams.uniform(THRESHOLD, 8, 3);
        assert_eq!(first.to_bits(), streams.uniform(THRESHOLD, 7, 3).to_bits());
    }

    #[test]
    fn other_seeds_replicates_purposes_entities_and_times_give_other_draws() {
        let base = Streams::new(1, 0).uniform(THRESHOLD, 7, 3);
        let others = [
            Streams::new(2, 0).uniform(THRESHOLD, 7, 3),
            Streams::new(1, 1).uniform(THRESHOLD, 7, 3),
            Streams::new(1, 0).uniform(FRAILTY, 7, 3),
            Streams::new(1, 0).uniform(THRESHOLD, 8, 3),
            Streams::new(1, 0).uniform(THRESHOLD, 7, 4),
        ];
        assert!(others.iter().all(|other| *other != base));
    }

    #[test]
    fn futures_of_one_past_draw_apart_from_it_and_from_each_other() {
        let past = Streams::new(1, 0);
        let draws = [
            past.clone(),
            past.of_future(0, 0),
            past.of_future(1, 0),
            past.of_future(0, 1),
            past.of_future(1, 0).of_future(2, 0),
        ]
        .map(|streams| streams.uniform(THRESHOLD, 7, 3).to_bits());
        assert!((0..5).all(|a| (0..a).all(|b| draws[a] != draws[b])), "{draws:?}");
    }

    #[test]
    fn a_row_read_in_one_go_gives_what_each_member_gives_alone() {
        let streams = Streams::new(5, 2);
        let mut in_one_go = streams.row(THRESHOLD, 0, 100);
        for index in 100..140 {
            let alone = uniform(&mut streams.row(THRESHOLD, 0, index));
            assert_eq!(alone.to_bits(), uniform(&mut in_one_go).to_bits());
        }
    }

    #[test]
    fn a_lower_rate_removes_events_and_adds_none() {
        for step in 1..200 {
            let u = f64::from(step) / 200.0;
            assert!(poisson_quantile(u, 0.7) <= poisson_quantile(u, 1.9));
            assert!(binomial_quantile(u, 40, 0.1) <= binomial_quantile(u, 40, 0.25));
        }
    }

    #[test]
    fn counts_have_the_mean_they_should() {
        let steps = 200_000;
        let quantiles = (0..steps).map(|step| (f64::from(step) + 0.5) / f64::from(steps));
        let (mut events, mut successes) = (0.0, 0.0);
        for u in quantiles {
            events += f64::from(poisson_quantile(u, 3.2));
            successes += f64::from(binomial_quantile(u, 30, 0.2));
        }
        assert!((events / f64::from(steps) - 3.2).abs() < 1e-3);
        assert!((successes / f64::from(steps) - 6.0).abs() < 1e-3);
    }
}
