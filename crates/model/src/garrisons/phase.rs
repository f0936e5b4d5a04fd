//! Garrisons are given up and taken back.

use super::effects::{Foes, against, defence, foes, gathered, hazards, most, nerve, relief};
use super::state::Garrison;
use crate::words::geography::Zone;
use crate::words::ids::{CommunityId, Side};
use crate::words::purposes;
use crate::world::World;
use toguna_engine::parallel;

/// Phase: garrisons are given up, and the army comes back to others.
pub fn hold(world: &mut World) {
    let keep = 1.0 - 1.0 / world.rules.garrisons.dismay_time.get().max(1.0);
    world.garrisons.fallen.iter_mut().for_each(|fallen| *fallen *= keep);
    if !world.mechanisms.garrison_collapse {
        return;
    }
    world.garrisons.reach(world.rules.garrisons.reach);
    let foes = foes(world);
    let (hazards, relief) = (hazards(world, &foes), relief(world));
    let returns = parallel::map_each(&world.garrisons.by_cercle, |garrison| {
        returns(world, &foes, &relief, garrison)
    });
    for (id, (hazard, returns)) in hazards.into_iter().zip(returns).enumerate() {
        if falls(world, id, hazard) {
            give_up(world, id);
        } else if returns {
            come_back(world, id);
        }
    }
}

fn falls(world: &World, id: usize, hazard: f64) -> bool {
    let (number, week) = (world.garrisons.by_cercle[id].number, u64::from(world.calendar.week));
    hazard > 0.0 && world.streams.uniform(purposes::GARRISONS, number, week) < -libm::expm1(-hazard)
}

/// Whether the army goes back: after a while, and only in strength.
fn returns(world: &World, foes: &[Foes], relief: &[Vec<f64>; 3], garrison: &Garrison) -> bool {
    let Some(given_up) = garrison.given_up else { return false };
    if world.calendar.week < given_up + world.rules.garrisons.away_for.0 {
        return false;
    }
    let zone = garrison.zone;
    let mut allied = 0.0;
    for partner in &world.partners {
        allied += partner.in_zone(zone) * partner.capability;
    }
    let army = &world.government.army;
    let of_zone = || world.garrisons.by_cercle.iter().filter(|other| other.zone == zone);
    // Those of the south have stayed in its zone, and stand somewhere; of the others some may have died.
    let elsewhere = if refuge(zone) == zone { 0.0 } else { army.in_zone(refuge(zone)) };
    let withdrawn = garrison.withdrawn.min(elsewhere);
    let all_withdrawn = of_zone().map(|other| other.withdrawn).sum::<f64>().min(elsewhere);
    let mut relief = defence(relief, garrison) + withdrawn;
    if of_zone().all(|other| other.given_up.is_some()) {
        // Who is sent to a zone without a garrison stands nowhere yet.
        relief += army.in_zone(zone) * nerve(world, zone) + allied;
    }
    if most(&against(world, foes, garrison)) > world.rules.garrisons.odds * relief {
        return false;
    }
    let strength = army.in_zone(zone) + all_withdrawn + allied;
    let in_zone = |base: CommunityId| f64::from(u8::from(world.community(base).zone == zone));
    strength > most(&gathered(world, foes, in_zone))
}

/// Where the soldiers of a zone retreat to.
fn refuge(zone: Zone) -> Zone {
    match zone {
        Zone::North => Zone::Centre,
        Zone::Centre | Zone::South => Zone::South,
    }
}

fn give_up(world: &mut World, id: usize) {
    let rules = world.rules.garrisons.clone();
    let garrison = world.garrisons.by_cercle[id].clone();
    let mut own = 0.0;
    for place in &garrison.places {
        let place = &mut world.communities[place.index()];
        own += place.soldiers - place.partners.iter().sum::<f64>();
        place.given_up = Some(place.control[Side::STATE.index()]);
        place.officials *= rules.officials_who_stay.get();
        place.control[Side::STATE.index()] *= rules.control_kept.get();
    }
    for place in &garrison.places {
        world.expose(place.index());
    }
    let (from, to) = (garrison.zone as usize, refuge(garrison.zone) as usize);
    // Whole soldiers, so that the army can be recounted from its log.
    let army = &mut world.government.army;
    let left = own.floor().clamp(0.0, army.soldiers[from].floor());
    let saved = (left * (1.0 - rules.lost_on_retreat.get())).floor();
    army.soldiers[from] -= left;
    army.soldiers[to] += saved;
    army.allowed[from] = (army.allowed[from] - left).max(0.0);
    army.allowed[to] += saved;
    world.log.soldiers_enlisted[from] -= left;
    world.log.soldiers_enlisted[to] += saved;
    world.log.garrisons_given_up += 1;
    let of_zone = world.garrisons.by_cercle.iter().filter(|g| g.zone == garrison.zone).count();
    world.garrisons.fallen[from] += 1.0 / of_zone as f64;
    let garrison = &mut world.garrisons.by_cercle[id];
    garrison.given_up = Some(world.calendar.week);
    garrison.withdrawn = saved;
}

fn come_back(world: &mut World, id: usize) {
    let garrison = &mut world.garrisons.by_cercle[id];
    garrison.given_up = None;
    let (to, from) = (garrison.zone as usize, refuge(garrison.zone) as usize);
    let army = &mut world.government.army;
    let back = garrison.withdrawn.min(army.soldiers[from].floor());
    garrison.withdrawn = 0.0;
    army.soldiers[from] -= back;
    army.soldiers[to] += back;
    army.allowed[from] = (army.allowed[from] - back).max(0.0);
    army.allowed[to] += back;
    world.log.soldiers_enlisted[from] -= back;
    world.log.soldiers_enlisted[to] += back;
    world.log.garrisons_retaken += 1;
    for place in garrison.places.clone() {
        world.communities[place.index()].given_up = None;
    }
}
