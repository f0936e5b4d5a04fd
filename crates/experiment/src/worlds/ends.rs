//! How every policy ended in every world under each of its random numbers.

use toguna_model::outcomes::OUTCOMES;

/// The outcomes of all runs.
#[derive(Clone, Debug)]
pub struct Ends {
    /// Short names of the policies; the others are compared with the first.
    pub policies: Vec<String>,
    /// By world: its share.
    pub weights: Vec<f64>,
    /// By world, by run that went well: outcomes of the first policy, then of the next.
    runs: Vec<Vec<Vec<f64>>>,
}

impl Ends {
    /// Before the first run.
    #[must_use]
    pub fn new(policies: Vec<String>, weights: Vec<f64>) -> Self {
        Ends { policies, runs: vec![Vec::new(); weights.len()], weights }
    }

    /// Adds a run of all policies in a world.
    pub fn push(&mut self, world: usize, end: Vec<f64>) {
        self.runs[world].push(end);
    }

    /// Worlds in which a run went well.
    pub(super) fn known(&self) -> Vec<usize> {
        (0..self.runs.len()).filter(|world| !self.runs[*world].is_empty()).collect()
    }

    /// Shares of those worlds, which sum to 1.
    pub(super) fn weights_of(&self, worlds: &[usize]) -> Vec<f64> {
        let total: f64 = worlds.iter().map(|world| self.weights[*world]).sum();
        worlds.iter().map(|world| self.weights[*world] / total).collect()
    }

    /// An outcome of a policy in a world, run by run.
    pub(super) fn values(&self, policy: usize, world: usize, outcome: usize) -> Vec<f64> {
        self.runs[world].iter().map(|end| end[policy * OUTCOMES.len() + outcome]).collect()
    }

    /// A policy less the first, run by run; not a number where an outcome is missing in either.
    pub(super) fn differences(&self, policy: usize, world: usize, outcome: usize) -> Vec<f64> {
        let (first, other) = (self.values(0, world, outcome), self.values(policy, world, outcome));
        other.iter().zip(&first).map(|(other, first)| other - first).collect()
    }
}
