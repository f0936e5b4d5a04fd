//! What people are told apart by: where they come from, whom they belong to, and what they joined for.

use super::statistics::Moments;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toguna_engine::layout::{Person, Quarter};
use toguna_model::world::World;

/// Names of the four cohorts, in the engine's order.
pub const COHORTS: [&str; 4] = ["young_men", "young_women", "older_men", "older_women"];

/// A way to tell people apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum By {
    /// Why they joined the first time.
    Motive,
    /// The region that they come from.
    Region,
    /// The cercle that they come from.
    Cercle,
    /// Whom they belong to.
    Constituency,
    /// Age and sex: young is 15 to 34.
    Cohort,
    /// The group that they joined the first time.
    Group,
    /// Everybody together.
    All,
}

impl By {
    /// As tables write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            By::All => "all",
            By::Motive => "motive",
            By::Region => "region",
            By::Cercle => "cercle",
            By::Constituency => "constituency",
            By::Cohort => "cohort",
            By::Group => "group",
        }
    }
}

/// Some of the people: `(By::Region, "Mopti")`.
pub type Part = (By, String);

/// Where the people of each quarter come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Homes {
    regions: Vec<String>,
    cercles: Vec<String>,
    constituencies: Vec<String>,
    /// By quarter: places in these three.
    quarters: Vec<[u16; 3]>,
}

impl Homes {
    pub fn of(world: &World) -> Self {
        let home = |life: &toguna_model::world::community::QuarterLife| {
            let place = world.community(life.community);
            [place.region, place.cercle, toguna_units::narrow(life.constituency.index())]
        };
        let names = world.constituencies.iter().map(|it| it.name.clone()).collect();
        Homes {
            regions: world.regions.clone(),
            cercles: world.cercles.clone(),
            constituencies: names,
            quarters: world.quarters.iter().map(home).collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.quarters.is_empty()
    }

    /// Region, cercle and constituency of whoever comes from a quarter, by place in their lists.
    pub fn parts_of(&self, home: Quarter) -> impl Iterator<Item = (By, usize)> {
        let by = [By::Region, By::Cercle, By::Constituency];
        let places = self.quarters.get(home.index());
        places.into_iter().flat_map(move |places| by.into_iter().zip(places.map(usize::from)))
    }

    pub fn name(&self, by: By, place: usize) -> &str {
        let names = match by {
            By::Region => &self.regions,
            By::Cercle => &self.cercles,
            By::Constituency => &self.constituencies,
            By::Cohort => return COHORTS[place],
            By::All | By::Motive | By::Group => return by.name(),
        };
        &names[place]
    }
}

/// The quarter that somebody was born into.
pub(crate) fn home_of(world: &World, person: Person) -> Quarter {
    world.people.layout.cell_of(person).quarter()
}

/// Numbers of each part over many runs; a part that a run does not have counts as nothing there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OverRuns<const N: usize> {
    runs: usize,
    parts: BTreeMap<Part, [Moments; N]>,
}

impl<const N: usize> Default for OverRuns<N> {
    fn default() -> Self {
        OverRuns { runs: 0, parts: BTreeMap::new() }
    }
}

impl<const N: usize> OverRuns<N> {
    /// Adds one run; runs in order, so that sums have the same bits.
    pub fn push(&mut self, run: &BTreeMap<Part, [f64; N]>) {
        for part in run.keys().filter(|part| !self.parts.contains_key(*part)).collect::<Vec<_>>() {
            let before = || std::iter::repeat_n(0.0, self.runs).collect();
            self.parts.insert(part.clone(), std::array::from_fn(|_| before()));
        }
        for (part, moments) in &mut self.parts {
            let values = run.get(part).copied().unwrap_or([0.0; N]);
            moments.iter_mut().zip(values).for_each(|(moments, value)| moments.push(value));
        }
        self.runs += 1;
    }

    /// Each part, in order.
    pub fn parts(&self) -> impl Iterator<Item = (&Part, &[Moments; N])> {
        self.parts.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_comes_late_was_nothing_before() {
        let part = |name: &str| (By::Group, name.to_owned());
        let mut over_runs = OverRuns::<1>::default();
        over_runs.push(&BTreeMap::from([(part("a"), [4.0])]));
        over_runs.push(&BTreeMap::from([(part("b"), [6.0])]));
        let means: Vec<_> =
            over_runs.parts().map(|(_, it)| (it[0].count(), it[0].mean())).collect();
        assert_eq!(means, [(2, Some(2.0)), (2, Some(3.0))]);
    }
}
