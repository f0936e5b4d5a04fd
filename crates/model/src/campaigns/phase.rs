//! Campaigns go on from week to week.

use super::effects::next;
use crate::words::purposes;
use crate::world::World;
use toguna_engine::streams::normal;

/// Before the first week every group is somewhere between a lull and a surge.
pub fn begin(world: &mut World) {
    for group in &mut world.groups {
        group.campaign =
            normal(&mut world.streams.at(purposes::CAMPAIGN_AT_START, group.number, 0));
    }
}

/// Phase: surges and lulls fade, and others begin. Groups that have not been founded yet have theirs, too,
/// so that a founding shifts no draw.
pub fn wage(world: &mut World) {
    let week = u64::from(world.calendar.week);
    for group in &mut world.groups {
        let drawn = normal(&mut world.streams.at(purposes::CAMPAIGN, group.number, week));
        group.campaign = next(&world.rules.campaigns, group.campaign, drawn);
    }
}
