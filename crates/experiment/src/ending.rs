//! What a comparison keeps of one run: how it ended, what befell whom, and who joined for what.

use super::acted::weeks_of;
use super::joined::Joiners;
use super::over_time::Path;
use super::record::add_week;
use super::who_pays::Paid;
use serde::{Deserialize, Serialize};
use toguna_model::outcomes::OUTCOMES;
use toguna_model::world::World;

/// One run in a few megabytes at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ending {
    /// One number per outcome: totals of counts, last values of stocks.
    pub end: Vec<f64>,
    /// Who joined.
    pub joined: Joiners,
    /// What befell the people of each part of the country.
    pub paid: Paid,
    /// The way there.
    pub path: Path,
    /// By entry of the timeline, the week in which it acted.
    pub acted: Vec<Option<u32>>,
}

impl Default for Ending {
    fn default() -> Self {
        Ending {
            end: vec![0.0; OUTCOMES.len()],
            joined: Joiners::default(),
            paid: Paid::default(),
            path: Path::default(),
            acted: Vec::new(),
        }
    }
}

impl Ending {
    /// Takes down the week that a world has just run.
    pub fn observe(&mut self, world: &World) {
        add_week(&mut self.end, world);
        self.path.observe(world);
        self.paid.observe(world);
        self.joined.observe(world);
    }

    /// Takes down what stands when the run ends.
    pub fn close(&mut self, world: &World) {
        self.path.close(world);
        self.paid.close(world);
        self.acted = weeks_of(world);
    }
}
