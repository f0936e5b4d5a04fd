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

use super::rules::WeatherRules;
use crate::words::purposes;
use crate::words::purposes::number_of_name;
use crate::world::World;
use toguna_engine::streams::normal;
use toguna_units::Date;

/// Months in which it rains and stores are empty.
pub(super) fn is_lean(today: Date) -> bool {
    (6..=9).contains(&today.month())
}

/// The year of the rains that grew what people eat on a day.
pub(super) fn year_of_harvest(today: Date) -> i16 {
    if today.month() >= 10 { today.year() } else { today.year() - 1 }
}

/// A standard normal draw for one region, or the country, and year.
fn drawn(world: &World, entity: u64, year: i16) -> f64 {
    normal(&mut world.streams.at(purposes::RAINFALL, entity, year.unsigned_abs().into()))
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
    let own = drawn(world, number_of_name(&world.regions[region], 40), year);
    let country = drawn(world, 0, year);
    let z = shared.sqrt() * country + (1.0 - shared).sqrt() * own;
    rules.rainfall_spread * z.clamp(-3.0, 3.0)
}

/// Share of normal rain that a drought keeps away from a region now.
pub(super) fn drought(world: &World, region: usize) -> f64 {
    let own = world.policy.drought_by_region.get(&world.regions[region]);
    world.policy.drought.get().max(own.map_or(0.0, |share| share.get()))
}

pub(super) fn harvest(rules: &WeatherRules, rain: f64) -> f64 {
    (1.0 + rules.harvest_response * rain).max(0.0)
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

    #[test]
    fn a_harvest_loses_with_the_rain_what_the_rules_say() {
        let rules = WeatherRules { harvest_response: 1.5, ..WeatherRules::default() };
        assert!((harvest(&rules, -0.2) - 0.7).abs() < 1e-12);
        assert!((harvest(&rules, 0.2) - 1.3).abs() < 1e-12);
    }
}
