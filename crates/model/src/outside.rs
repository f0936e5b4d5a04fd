//! Neighbouring countries: sanctuary for bands near the border, a source of fighters, a refuge.
//!
//! Fighters from abroad are head-counts inside a command, beside its members: they count in strength
//! and deaths, are no adults of this country, and go home at the hazard of tiring. The account holds:
//! arrived = present + killed + gone home.

use super::actor::{CommandId, GroupId};
use super::community::Community;
use super::purposes;
use super::world::World;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_engine::roll::Quarter;
use toguna_engine::streams::{binomial_quantile, poisson_quantile};
use toguna_units::Share;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OutsideRules {
    /// Common factor of the weekly inflow of fighters that neighbouring countries are given.
    /// Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub inflow_scale: f64,
    /// Share of a group's fighters from abroad at which no more come: a group takes in strangers only
    /// as far as its own people hold it together. Unit: share. Source: assumed.
    pub most_foreign: Share,
    /// Share of operations from which a band slips across the border where sanctuary is full.
    /// Unit: share. Source: assumed.
    pub slip_away: Share,
}

impl Default for OutsideRules {
    fn default() -> Self {
        OutsideRules { inflow_scale: 1.0, most_foreign: Share::of(0.25), slip_away: Share::of(0.6) }
    }
}

/// A neighbouring country, by place in the world's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutsideId(pub u8);

impl OutsideId {
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Where the thresholds of its refugees rest: behind so many quarters of the country.
    #[must_use]
    pub fn quarter(self, of_country: usize) -> Quarter {
        Quarter((of_country + self.index()) as u32)
    }
}

/// A neighbouring country.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outside {
    /// Short name, as in the scenario.
    pub name: String,
    /// Number by which its draws are addressed; 12 bits.
    pub number: u64,
    /// Where refugees gather, degrees north and east.
    pub refuge: (f64, f64),
    /// How safe bands are across this border, 0 to 1.
    pub sanctuary: f64,
    /// Fighters who come over a week, by [`GroupId::index`], persons.
    pub inflow: Vec<f64>,
    /// By community: whether its cercle lies on this border.
    pub borders: Vec<bool>,
    /// People of this country who live there, adults and dependants.
    pub refugees: f64,
}

impl Outside {
    /// Great circle from a point to the refuge.
    #[must_use]
    pub fn km_from(&self, latitude: f64, longitude: f64) -> f64 {
        great_circle((latitude, longitude), self.refuge)
    }
}

/// Distance on a sphere of 6,371 km radius by the haversine formula; points in degrees.
#[must_use]
pub fn great_circle(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half_sine = |degrees: f64| libm::sin(degrees.to_radians() / 2.0);
    let (rise, run) = (half_sine(b.0 - a.0), half_sine(b.1 - a.1));
    let cosines = libm::cos(a.0.to_radians()) * libm::cos(b.0.to_radians());
    2.0 * 6_371.0 * libm::asin((rise * rise + cosines * run * run).sqrt().min(1.0))
}

/// Beyond the numbers of commands, which have 40 bits.
const BORDERS: u64 = 1 << 40;

/// Account of fighters from abroad, persons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreigners {
    pub arrived: u64,
    pub killed: u64,
    pub gone_home: u64,
}

/// How safe the border makes a place for bands, 0 to 1.
#[must_use]
pub fn sanctuary(world: &World, place: &Community) -> f64 {
    if world.mechanisms.sanctuary { place.sanctuary } else { 0.0 }
}

/// What is left of operations against bands in a place: some slip across the border.
#[must_use]
pub fn within_reach(world: &World, place: &Community) -> f64 {
    1.0 - world.rules.outside.slip_away.get() * sanctuary(world, place)
}

/// Phase: fighters come over the borders, and some go home.
pub fn cross(world: &mut World) {
    if !world.mechanisms.foreign_fighters {
        return;
    }
    let week = u64::from(world.calendar.week);
    let home = world.rules.leaving.fatigue_per_week;
    for command in world.commands.iter_mut().filter(|command| command.foreign > 0) {
        let u = world.streams.uniform(purposes::FOREIGNERS, command.number, week);
        let gone = binomial_quantile(u, command.foreign, home);
        command.foreign -= gone;
        world.foreigners.gone_home += u64::from(gone);
    }
    for outside in &world.outside {
        for (id, per_week) in outside.inflow.iter().enumerate() {
            if *per_week <= 0.0 {
                continue;
            }
            let group = GroupId(id as u8);
            let address = BORDERS | outside.number << 12 | world.groups[id].number;
            let u = world.streams.uniform(purposes::FOREIGNERS, address, week);
            let rate = per_week * world.rules.outside.inflow_scale * room(world, group);
            let come = poisson_quantile(u, rate);
            if let Some(host) = host(world, group, &outside.borders) {
                world.commands[host.index()].foreign += come;
                world.foreigners.arrived += u64::from(come);
            }
        }
    }
}

/// How far a group still takes in fighters from abroad: 1 − f / most, with f their share of it.
fn room(world: &World, group: GroupId) -> f64 {
    let abroad: f64 =
        super::group::of_group(&world.commands, group).map(|(_, c)| f64::from(c.foreign)).sum();
    let share = abroad / world.fighters(group).max(1.0);
    (1.0 - share / world.rules.outside.most_foreign.get().max(f64::MIN_POSITIVE)).max(0.0)
}

/// The largest command of a group that is based on a border; where there is none, nobody comes.
fn host(world: &World, group: GroupId, borders: &[bool]) -> Option<CommandId> {
    let per_agent = f64::from(world.people.per_agent);
    super::group::of_group(&world.commands, group)
        .filter(|(_, command)| borders[command.base.index()] && !command.members.is_empty())
        .max_by(|(a_id, a), (b_id, b)| {
            let by_size = a.fighters(per_agent).total_cmp(&b.fighters(per_agent));
            by_size.then(b_id.cmp(a_id))
        })
        .map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_along_a_meridian_is_111_km() {
        let km = great_circle((15.0, -4.0), (16.0, -4.0));
        assert!((km - 111.19).abs() < 0.01, "{km}");
    }
}
