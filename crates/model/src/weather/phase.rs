//! Rain falls or fails, and harvests come in.

use super::effects::{anomaly, drought, harvest, is_lean, year_of_harvest};
use super::state::Sky;
use crate::world::World;

/// Before the first week, people live on the harvest of the last rains.
pub fn begin(world: &mut World) {
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
