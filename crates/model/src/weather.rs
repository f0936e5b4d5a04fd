//! Rain by region and year, droughts, and the lean season.
//!
//! The rain of a region in a year differs from normal by
//!   a = σ · (√ρ · z_country + √(1 − ρ) · z_region),   z ~ N(0, 1), kept within ±3σ,
//! so that its mean is normal. A drought takes its share of normal rain off as long as the lever is set.
//! Only what falls from June to September counts: the harvest brought in when October begins is
//!   harvest = max(0, 1 + response · mean over the season's weeks of (a − drought)),
//! and people live on it until the next. The months before it, June to September again, are lean:
//! stores run out and prices rise. What has been harvested is eaten over the other eight months, so
//! the year's mean is the harvest.

use super::purposes::{self, number_of_name};
use super::world::World;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;
use toguna_engine::streams::uniform;
use toguna_units::{Date, Share};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WeatherRules {
    /// Standard deviation σ of a region's yearly rain. Unit: share of normal rain. Source: assumed;
    /// yearly rain in the Sahel varies by 20 to 30 % of its mean.
    #[schemars(range(min = 0.0, max = 0.33))]
    pub rainfall_spread: f64,
    /// Share ρ of that variance which all regions have in common. Unit: share. Source: assumed.
    pub shared_by_regions: Share,
    /// Harvest lost for each share of rain that fails to come. Unit: share of harvest per share of
    /// rain. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub harvest_response: f64,
    /// How far what the land yields sinks in the lean season. Unit: share. Source: assumed.
    pub lean_drop: Share,
}

impl Default for WeatherRules {
    fn default() -> Self {
        WeatherRules {
            rainfall_spread: 0.2,
            shared_by_regions: Share::of(0.5),
            harvest_response: 1.0,
            lean_drop: Share::of(0.4),
        }
    }
}

/// The weather of one region.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sky {
    /// Rain now, as a share of normal more (or, below 0, less).
    pub rain: f64,
    /// The rains of this season so far, added up over its weeks.
    season: f64,
    season_weeks: u32,
    /// What the latest harvest brought; 1 is normal.
    pub harvest: f64,
}

/// Months in which it rains and stores are empty.
fn is_lean(today: Date) -> bool {
    (6..=9).contains(&today.month())
}

/// The year of the rains that grew what people eat on a day.
fn year_of_harvest(today: Date) -> i16 {
    if today.month() >= 10 { today.year() } else { today.year() - 1 }
}

/// A standard normal draw for one region, or the country, and year (Box and Muller 1958).
fn normal(world: &World, entity: u64, year: i16) -> f64 {
    let mut draw = world.streams.at(purposes::RAINFALL, entity, year.unsigned_abs().into());
    let (radius, angle) = (uniform(&mut draw), uniform(&mut draw));
    (-2.0 * libm::log(radius)).sqrt() * libm::cos(2.0 * PI * angle)
}

/// How much a region's rain of a year differs from normal before any drought, share of normal.
#[must_use]
pub fn anomaly(world: &World, region: usize, year: i16) -> f64 {
    if !world.mechanisms.rainfall {
        return 0.0;
    }
    let rules = &world.rules.weather;
    let shared = rules.shared_by_regions.get();
    // 0 is the country; a region's number is made from its name and is never 0 in 40 bits but by an
    // accident that would only tie its rain to the country's.
    let own = normal(world, number_of_name(&world.regions[region], 40), year);
    let country = normal(world, 0, year);
    let z = shared.sqrt() * country + (1.0 - shared).sqrt() * own;
    rules.rainfall_spread * z.clamp(-3.0, 3.0)
}

/// Share of normal rain that a drought keeps away from a region now.
fn drought(world: &World, region: usize) -> f64 {
    let own = world.policy.drought_by_region.get(&world.regions[region]);
    world.policy.drought.get().max(own.map_or(0.0, |share| share.get()))
}

fn harvest(rules: &WeatherRules, rain: f64) -> f64 {
    (1.0 + rules.harvest_response * rain).max(0.0)
}

/// Before the first week, people live on the harvest of the last rains.
pub fn settle(world: &mut World) {
    let year = year_of_harvest(world.calendar.today());
    world.skies = (0..world.regions.len())
        .map(|region| {
            let rain = anomaly(world, region, year);
            let harvest = harvest(&world.rules.weather, rain);
            Sky { rain, season: 0.0, season_weeks: 0, harvest }
        })
        .collect();
}

/// Phase: rain falls or fails; when the season is over the harvest is in.
pub fn pass(world: &mut World) {
    let today = world.calendar.today();
    let rains: Vec<f64> = (0..world.regions.len())
        .map(|region| {
            let fallen = anomaly(world, region, today.year()) - drought(world, region);
            fallen.max(-1.0)
        })
        .collect();
    for (sky, rain) in world.skies.iter_mut().zip(rains) {
        sky.rain = rain;
        if is_lean(today) {
            sky.season += rain;
            sky.season_weeks += 1;
        } else if sky.season_weeks > 0 {
            sky.harvest = harvest(&world.rules.weather, sky.season / f64::from(sky.season_weeks));
            sky.season = 0.0;
            sky.season_weeks = 0;
        }
    }
}

/// What the land gives now in a region, 1 being a normal year's mean: the last harvest, less in the
/// lean season and more in the other eight months.
#[must_use]
pub fn yield_of_land(world: &World, region: usize) -> f64 {
    let drop = if world.mechanisms.lean_season { world.rules.weather.lean_drop.get() } else { 0.0 };
    let season = if is_lean(world.calendar.today()) { 1.0 - drop } else { 1.0 + drop / 2.0 };
    world.skies[region].harvest * season
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_harvest_of_october_feeds_people_until_the_next() {
        assert_eq!(year_of_harvest(day("2024-01-01")), 2023);
        assert_eq!(year_of_harvest(day("2024-09-30")), 2023);
        assert_eq!(year_of_harvest(day("2024-10-01")), 2024);
        assert!(is_lean(day("2024-06-01")) && !is_lean(day("2024-10-01")));
    }

    #[test]
    fn a_harvest_follows_rain_and_is_never_negative() {
        let rules = WeatherRules::default();
        assert_eq!(harvest(&rules, 0.0), 1.0);
        assert!(harvest(&rules, -0.3) < harvest(&rules, -0.1));
        let dry = WeatherRules { harvest_response: 5.0, ..rules };
        assert_eq!(harvest(&dry, -1.0), 0.0);
    }
}
