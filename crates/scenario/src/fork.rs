//! How a world goes on under another scenario than the one it has run so far: people, places, groups
//! and whatever has happened stay; levers, rules, switches and what is still to come are the new
//! scenario's.

use super::file::Scenario;
use super::prepared::PreparedScenario;
use serde_json::{Map, Value};
use toguna_model::json;
use toguna_model::timeline::state::Timeline;
use toguna_model::world::World;
use toguna_model::world::kinship::BondWeights;
use toguna_model::world::policy::Policy;

impl PreparedScenario {
    /// Lets a world that has run under `past` go on under this scenario, from the week it stands at.
    /// What has acted in that past does not act again. A lever that the two `[policy]` tables give
    /// other values takes the new one; the others stay where the past has left them.
    pub fn fork(&self, world: &mut World, past: &Scenario) {
        // Every field is named, so that none can be added without saying whose it is.
        let World {
            rules,
            mechanisms,
            policy: _,
            timeline: _,
            group_changes,
            displaced,
            calendar: _,
            regions: _,
            cercles: _,
            constituencies: _,
            communities: _,
            quarters: _,
            people: _,
            groups: _,
            commands: _,
            government: _,
            treasury: _,
            skies: _,
            partners: _,
            hostility: _,
            war: _,
            abroad: _,
            foreigners: _,
            garrisons: _,
            surroundings,
            pacts: _,
            talks: _,
            streams: _,
            log: _,
            observed: _,
        } = &self.empty;
        let asked = &self.checked().scenario;
        world.rules = rules.clone();
        world.mechanisms = mechanisms.clone();
        world.people.feel_by(BondWeights::of(&world.rules, world.groups.len()));
        world.policy = moved(&world.policy, &past.policy, &asked.policy);
        world.timeline = self.timeline_after(world, past);
        for (change, asked) in world.group_changes.iter_mut().zip(group_changes) {
            change.when = asked.when.clone();
        }
        world.displaced.ways = displaced.ways.clone();
        world.surroundings = surroundings.clone();
    }

    /// This scenario's timeline; an entry that the past has, too, has acted if it has there.
    fn timeline_after(&self, world: &World, past: &Scenario) -> Timeline {
        let mut timeline = self.empty.timeline.clone();
        let mut acted: Vec<_> = past.timeline.iter().zip(&world.timeline.entries).collect();
        for (entry, asked) in timeline.entries.iter_mut().zip(&self.checked().scenario.timeline) {
            if let Some(found) = acted.iter().position(|(known, _)| *known == asked) {
                entry.acted = acted.remove(found).1.acted;
            }
        }
        timeline
    }
}

/// The levers now, with those that differ between `past` and `asked` as in `asked`.
fn moved(now: &Policy, past: &Policy, asked: &Policy) -> Policy {
    let levers = |policy: &Policy| {
        let levers = serde_json::to_value(policy).expect("levers are plain numbers and names");
        levers.as_object().cloned().expect("levers are a table")
    };
    let mut levers_now = levers(now);
    move_levers(&mut levers_now, &levers(past), &levers(asked));
    let moved = json::read(Value::Object(levers_now));
    moved.expect("each lever has a value of one of three policies")
}

fn move_levers(
    now: &mut Map<String, Value>,
    past: &Map<String, Value>,
    asked: &Map<String, Value>,
) {
    let empty = Map::new();
    for key in past.keys().chain(asked.keys()) {
        match (past.get(key), asked.get(key)) {
            (before, after) if before == after => {}
            (Some(Value::Object(before)), Some(Value::Object(after))) => {
                let inner = now.entry(key).or_insert_with(|| Value::Object(empty.clone()));
                if let Value::Object(inner) = inner {
                    move_levers(inner, before, after);
                }
            }
            (_, Some(after)) => {
                now.insert(key.clone(), after.clone());
            }
            (_, None) => {
                now.remove(key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toguna_units::Share;

    #[test]
    fn a_lever_moves_where_two_policies_differ_and_stays_where_the_past_has_left_it_elsewhere() {
        let past = Policy {
            partner_presence: [("un".to_owned(), Share::of(1.0))].into(),
            ..Policy::default()
        };
        let mut now = past.clone();
        now.military_pressure = Share::of(0.9);
        now.restraint = Share::of(0.1);
        now.services_share.water = Share::of(0.2);
        let mut asked = past.clone();
        asked.restraint = Share::of(0.77);
        asked.services_share.health = Share::of(0.3);
        asked.partner_presence.clear();
        asked.election_date = Some("2027-02-01".parse().unwrap());
        let after = moved(&now, &past, &asked);
        assert_eq!(after.military_pressure.get(), 0.9);
        assert_eq!(after.restraint.get(), 0.77);
        assert_eq!(
            (after.services_share.water.get(), after.services_share.health.get()),
            (0.2, 0.3)
        );
        assert!(after.partner_presence.is_empty());
        assert_eq!(after.election_date, asked.election_date);
        assert_eq!(moved(&now, &asked, &past).election_date, None);
    }
}
