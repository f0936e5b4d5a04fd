//! Waves that rule settings out, then settings drawn as often as what was observed is likely under them.

use super::round::Round;
use super::sampler::{Address, LogDensity, resampled, some_of, tempered, walked};
use super::target::Target;
use super::wave::{Seen, Wave};
use crate::design::sobol;
use toguna_units::narrow;

/// Settings by which it is told what is ruled out, for each particle.
const CANDIDATES: u32 = 8;
/// Numbers of passages between two rounds.
const PASSAGES: u32 = 1 << 16;

/// What is asked: which settings show what was observed.
#[derive(Clone, Debug)]
pub struct Problem {
    /// How many axes vary.
    pub axes: u32,
    /// What was observed.
    pub targets: Vec<Target>,
    /// Seed of everything drawn.
    pub seed: u64,
    /// Settings that stand for all that are left, a power of two.
    pub particles: u32,
}

impl Problem {
    /// Enough for a dozen axes: [`Problem::particles`].
    pub const PARTICLES: u32 = 1024;
}

/// What a wave has left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Left {
    /// Share of all settings that no wave so far has ruled out.
    pub share: f64,
    /// Targets that the settings left may miss: none, or as few as any setting misses.
    pub misses: usize,
    /// Targets that no setting reaches.
    pub aside: usize,
}

/// Everything known so far. It follows from the problem and the waves alone.
#[derive(Clone, Debug)]
pub struct Search {
    pub(super) problem: Problem,
    pub(super) seen: Vec<Seen>,
    pub(super) rounds: Vec<Round>,
    /// Settings that are not ruled out, drawn evenly.
    inside: Vec<Vec<f64>>,
    share: f64,
}

impl Search {
    /// Nothing is ruled out yet.
    #[must_use]
    pub fn new(problem: Problem) -> Self {
        let inside = sobol(CANDIDATES * problem.particles, problem.axes, problem.seed);
        Search { problem, seen: Vec::new(), rounds: Vec::new(), inside, share: 1.0 }
    }

    /// Takes in a wave, and rules out what it shows to be implausible.
    pub fn learn(&mut self, wave: &Wave) -> Left {
        self.seen.extend(wave.seen(&self.problem.targets));
        let round = Round::of(&self.problem.targets, &self.still_in(), &self.inside);
        let all = self.inside.len() as f64;
        let targets = &self.problem.targets;
        self.inside.retain(|position| round.keeps(targets, position));
        self.share *= self.inside.len() as f64 / all;
        let (misses, aside) = (round.misses, round.aside.iter().filter(|it| **it).count());
        self.rounds.push(round);
        let particles = self.problem.particles as usize;
        if self.inside.len() < particles {
            self.inside = self.even(particles, 0);
        }
        Left { share: self.share, misses, aside }
    }

    /// Settings run so far that earlier rounds have not ruled out; all where these are too few to fit to.
    pub(super) fn still_in(&self) -> Vec<&Seen> {
        let fewest = self.problem.axes as usize + 3;
        let kept: Vec<&Seen> = self.seen.iter().filter(|it| self.keeps(&it.position)).collect();
        if kept.len() < fewest { self.seen.iter().collect() } else { kept }
    }

    fn keeps(&self, position: &[f64]) -> bool {
        self.rounds.iter().rev().all(|round| round.keeps(&self.problem.targets, position))
    }

    fn at(&self, passage: u32) -> Address {
        let rounds: u32 = narrow(self.rounds.len());
        Address { seed: self.problem.seed, passage: rounds * PASSAGES + passage }
    }

    /// So many settings drawn evenly from what is left.
    fn even(&self, count: usize, passage: u32) -> Vec<Vec<f64>> {
        let inside = |x: &[f64]| if self.keeps(x) { 0.0 } else { f64::NEG_INFINITY };
        let chosen =
            resampled(&self.inside, &vec![1.0; self.inside.len()], count, self.at(passage));
        walked(&chosen, &inside, self.at(passage + 1))
    }

    /// So many settings for the next wave.
    #[must_use]
    pub fn next_points(&self, count: u32) -> Vec<Vec<f64>> {
        let count = count as usize;
        let from =
            if self.inside.len() < count { self.even(count, 2) } else { self.inside.clone() };
        some_of(from, count, self.at(4))
    }

    /// By how much tolerances are widened because no setting comes as near to all targets as they ask:
    /// φ = least χ² / (targets − axes), where it is more than luck, as for a dispersed count (McCullagh and
    /// Nelder 1989). Tolerances, luck and emulators' errors all count √φ times.
    pub(super) fn dispersion(&self) -> f64 {
        let Some(last) = self.rounds.last() else { return 1.0 };
        let of = |position: &Vec<f64>| last.likelihood(&self.problem.targets, position);
        let found = self.inside.iter().map(of).min_by(|a, b| a.square.total_cmp(&b.square));
        let Some(best) = found else { return 1.0 };
        let freedom = best.counted as f64 - f64::from(self.problem.axes);
        let is_luck = best.square <= freedom + 2.0 * (2.0 * freedom.max(0.0)).sqrt();
        if freedom < 1.0 || is_luck { 1.0 } else { best.square / freedom }
    }

    /// So many settings, each drawn as often as what was observed is likely under it, as far as emulators
    /// know: the settings of the last wave.
    #[must_use]
    pub fn members(&self, count: u32) -> Vec<Vec<f64>> {
        let Some(last) = self.rounds.last() else { return self.next_points(count) };
        let dispersion = self.dispersion();
        let density = |position: &[f64]| {
            if !self.keeps(position) {
                return f64::NEG_INFINITY;
            }
            last.likelihood(&self.problem.targets, position).logarithm / dispersion
        };
        let density: LogDensity<'_> = &density;
        let start = self.even(self.problem.particles.max(count) as usize, 6);
        some_of(tempered(start, density, self.at(8)), count as usize, self.at(5))
    }
}
