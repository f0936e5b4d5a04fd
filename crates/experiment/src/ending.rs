//! What a comparison keeps of one run: how it ended, and who joined for what.

use super::over_time::Path;
use super::record::add_week;
use std::collections::BTreeMap;
use toguna_model::outcomes::OUTCOMES;
use toguna_model::words::motives::Motive;
use toguna_model::world::World;

/// One run in a few hundred kilobytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// One number per outcome: totals of counts, last values of stocks.
    pub end: Vec<f64>,
    /// The motive for which each person joined the first time, by person.
    pub joined: BTreeMap<u32, Motive>,
    /// The way there.
    pub path: Path,
    /// By entry of the timeline, the week in which it acted.
    pub acted: Vec<Option<u32>>,
}

impl Default for Ending {
    fn default() -> Self {
        Ending {
            end: vec![0.0; OUTCOMES.len()],
            joined: BTreeMap::new(),
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
        for recruit in &world.log.recruits {
            self.joined.entry(recruit.person.0).or_insert(recruit.motive);
        }
    }
}
