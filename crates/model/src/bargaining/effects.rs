//! What a community and a command would agree on, if anything.
//!
//! Both weigh a pact against going without. In units of what a community gains when all fear and all
//! want is taken from it (all weights assumed), the community gains
//!   S_c = 1 · threat from the group + 0.8 · 1{blockaded} + 0.4 · markets lost + schools + relief
//!         + prisoners + help − levy − rules − informing − army's protection lost − reprisal by the state
//! and the command
//!   S_g = levy + fighters freed + a place without soldiers, informers and vice + prisoners
//!         − reluctance − rigidity · (what it concedes).
//! The terms are those that make S_c^β · S_g^(1−β) largest, β = 0.5 − 0.3H, H = 1 − e^(−weeks of
//! blockade/12) (asymmetric Nash); without terms that leave both better off there is no pact.

use super::rules::BargainingRules;
use crate::memory::effects::felt_threat;
use crate::pact_effects::effects as pact_effects;
use crate::pacts::state::{LEADERS, Schools, Stance, Terms};
use crate::support::effects as support;
use crate::talks::effects::rigidity_of;
use crate::violence::effects as violence;
use crate::words::ids::{CommandId, Side};
use crate::words::targets;
use crate::words::targets::Target;
use crate::world::World;
use crate::world::community::Community;
use toguna_units::Share;

/// How a community and a command stand to one another before they agree; shares, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stakes {
    /// Threat felt from the group.
    pub threat: f64,
    pub blockaded: bool,
    /// Weeks of blockade so far.
    pub blockade_weeks: f64,
    /// Market access lost since the start.
    pub markets_lost: f64,
    pub schools_closed: f64,
    pub in_need: f64,
    /// Support for the group.
    pub support: f64,
    /// Share of the place the group holds, and levies from, already.
    pub held_by_group: f64,
    /// What the state's bond is worth here: control · trust.
    pub bond: f64,
    /// How near the state's soldiers are.
    pub soldiers: f64,
    pub stance: Stance,
    /// Help the state has for those who sign.
    pub help: f64,
    /// How rich the place is for a levy.
    pub rent: f64,
    /// How much the group's fighters are bound up in fighting here.
    pub engaged: f64,
    /// What the state knows of this place.
    pub information: f64,
    pub ideological: f64,
    pub opposes_school: bool,
    /// The command's own rigidity.
    pub rigidity: f64,
}

/// Terms on which both are better off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settlement {
    pub terms: Terms,
    pub community: f64,
    pub command: f64,
}

/// What a community gains and what it pays under some terms; the difference is S_c.
fn weighed(rules: &BargainingRules, stakes: &Stakes, terms: &Terms) -> (f64, f64) {
    let on = |switch: bool| f64::from(u8::from(switch));
    let schools = match terms.schools {
        Schools::Closed => 0.0,
        Schools::Koranic => rules.koranic_schools.get(),
        Schools::State => 1.0,
    };
    let gains = rules.calm * stakes.threat
        + rules.open_roads * on(stakes.blockaded)
        + rules.markets * stakes.markets_lost
        + rules.schools * schools * stakes.schools_closed
        + rules.relief * on(terms.relief) * stakes.in_need
        + rules.prisoners * on(terms.prisoners) * stakes.support
        + rules.help * stakes.help;
    let reprisal = match stakes.stance {
        Stance::Suppress => 1.0,
        Stance::Ignore => rules.reprisal_where_ignored.get(),
        Stance::Tolerate | Stance::Support => 0.0,
    };
    let bond = rules.bond_with_state
        * stakes.bond
        * (rules.informing.get() * on(terms.no_informing) + on(terms.army_excluded)).min(1.0);
    let costs = rules.levy * terms.levy.get() * (1.0 - stakes.held_by_group)
        + rules.rules * on(terms.rules) * (1.0 - stakes.support)
        + bond
        + rules.reprisal * reprisal * stakes.soldiers;
    (gains, costs)
}

/// S_c by the formula above.
#[must_use]
pub fn community_gains(rules: &BargainingRules, stakes: &Stakes, terms: &Terms) -> f64 {
    let (gains, costs) = weighed(rules, stakes, terms);
    gains - costs
}

/// S_g by the formula above.
#[must_use]
pub fn command_gains(rules: &BargainingRules, stakes: &Stakes, terms: &Terms) -> f64 {
    let on = |switch: bool| f64::from(u8::from(switch));
    let schools = match terms.schools {
        Schools::Closed => 0.0,
        Schools::Koranic => rules.cost_of_koranic_schools.get(),
        Schools::State => on(stakes.opposes_school),
    };
    let gains = rules.levy * terms.levy.get() * stakes.rent
        + rules.freed_fighters * stakes.engaged
        + rules.safe_place
            * (on(terms.army_excluded) * stakes.soldiers
                + on(terms.no_informing) * stakes.information)
        + rules.own_law * stakes.ideological * on(terms.rules)
        + rules.prisoners * on(terms.prisoners);
    let conceded = rules.own_law * stakes.ideological * (schools + on(!terms.rules))
        + rules.cost_of_relief * on(terms.relief)
        + rules.safe_place * (on(!terms.army_excluded) + on(!terms.no_informing)) / 2.0;
    gains - stakes.rigidity * (rules.reluctance + conceded)
}

/// H: how far a blockade has worn a community down, 0 to 1.
#[must_use]
pub fn hardship(rules: &BargainingRules, weeks: f64) -> f64 {
    1.0 - libm::exp(-weeks / rules.blockade_weeks)
}

/// The terms that split the surplus by bargaining power, if any leave both better off. Prisoners are
/// the state's to let go: without its support they stay where they are.
#[must_use]
pub fn settle(rules: &BargainingRules, stakes: &Stakes) -> Option<Settlement> {
    let weeks = if stakes.blockaded { stakes.blockade_weeks } else { 0.0 };
    let power = 0.5 - rules.power_of_blockade.get() * hardship(rules, weeks);
    let mut best: Option<(f64, Settlement)> = None;
    for terms in all_terms() {
        if terms.prisoners && stakes.stance != Stance::Support {
            continue;
        }
        let community = community_gains(rules, stakes, &terms);
        let command = command_gains(rules, stakes, &terms);
        if community <= 0.0 || command <= 0.0 {
            continue;
        }
        let product = power * libm::log(community) + (1.0 - power) * libm::log(command);
        if best.is_none_or(|(most, _)| product > most) {
            best = Some((product, Settlement { terms, community, command }));
        }
    }
    best.map(|(_, settlement)| settlement)
}

fn all_terms() -> impl Iterator<Item = Terms> {
    let schools = [Schools::Closed, Schools::Koranic, Schools::State];
    let levies = [0.0, 0.5, 1.0].map(Share::of);
    (0..3 * 3 * 32_usize).map(move |number| {
        let switch = |bit: usize| ((number / 9) >> bit) & 1 == 1;
        Terms {
            schools: schools[number % 3],
            levy: levies[number / 3 % 3],
            relief: switch(0),
            prisoners: switch(1),
            no_informing: switch(2),
            army_excluded: switch(3),
            rules: switch(4),
        }
    })
}

/// Standing of each leader in a community: customary, religious, the young, women. Assumed.
pub const STANDING: [f64; LEADERS] = [0.4, 0.3, 0.2, 0.1];

/// How much more each leader minds rules and levy, and values schools and relief. Assumed.
const MINDS: [(f64, f64, f64); LEADERS] =
    [(1.0, 1.2, 1.0), (0.5, 1.0, 0.8), (1.3, 1.2, 1.0), (1.5, 1.0, 2.0)];

/// Standing of the leaders who would sign, 0 to 1: those to whom gains, by their willingness, outweigh
/// costs, by their reserve.
#[must_use]
pub fn breadth(
    rules: &BargainingRules,
    stakes: &Stakes,
    terms: &Terms,
    willingness: &[f64; LEADERS],
) -> f64 {
    let mut standing = 0.0;
    for ((willing, (law, levy, goods)), own) in willingness.iter().zip(MINDS).zip(STANDING) {
        let mind = BargainingRules {
            rules: rules.rules * law,
            levy: rules.levy * levy,
            schools: rules.schools * goods,
            relief: rules.relief * goods,
            ..rules.clone()
        };
        let (gains, costs) = weighed(&mind, stakes, terms);
        if willing * gains > (1.0 - willing) * costs {
            standing += own;
        }
    }
    standing
}

/// How a community and a command stand to one another now.
#[must_use]
pub fn stakes(world: &World, place: &Community, command: CommandId) -> Stakes {
    let group = world.commands[command.index()].group;
    let side = Side::of(group);
    let people = place.residents.max(1.0);
    let mut threat = 0.0;
    for quarter in place.quarters() {
        let life = world.quarter(quarter);
        threat += life.residents * felt_threat(&world.rules.memory, life.threat[side.index()]);
    }
    let blockade = world.pacts.blockade_at(place.id).filter(|it| it.command == command);
    let weeks = |since: i32| f64::from(world.calendar.week as i32 - since);
    let closed = if place.schools > 0 {
        f64::from(place.schools_closed) / f64::from(place.schools)
    } else {
        0.0
    };
    let rent = place.residents / 1_000.0 * place.income * place.market_access;
    let fights = fights_of(world, place, side);
    let lost = (place.usual_access - place.market_access) / place.usual_access.max(0.01);
    let group = &world.groups[group.index()];
    let rules = &world.rules.bargaining;
    Stakes {
        threat: threat / people,
        blockaded: blockade.is_some(),
        blockade_weeks: blockade.map_or(0.0, |it| weeks(it.since)),
        markets_lost: lost.clamp(0.0, 1.0),
        schools_closed: closed,
        in_need: (place.in_need / people).min(1.0),
        support: support::of_community(world, place, world.commands[command.index()].group),
        held_by_group: place.control[side.index()],
        bond: place.control[0] * place.trust,
        soldiers: presence_of_soldiers(world, place),
        stance: pact_effects::stance(world),
        help: pact_effects::help(world),
        rent: rent / (rent + rules.rent_for_half_levy),
        engaged: fights / (fights + rules.fights_for_half_engagement),
        information: violence::information(world, place),
        ideological: group.ideological,
        opposes_school: group.opposes_school,
        rigidity: rigidity_of(world, command),
    }
}

/// How near the state's soldiers are, 0 to 1.
#[must_use]
pub fn presence_of_soldiers(world: &World, place: &Community) -> f64 {
    place.soldiers / (place.soldiers + world.rules.bargaining.soldiers_for_half_presence)
}

/// Events a week between a side and others here, of late.
fn fights_of(world: &World, place: &Community, side: Side) -> f64 {
    let sides = world.sides();
    let mut events = 0.0;
    for other in world.all_sides().filter(|other| *other != side) {
        for (a, b) in [(side, other), (other, side)] {
            events += place.recent_events[targets::pair(sides, a, Target::Armed(b))];
        }
    }
    events + place.recent_events[targets::pair(sides, side, Target::Civilians)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn besieged() -> Stakes {
        Stakes {
            threat: 0.6,
            blockaded: true,
            blockade_weeks: 16.0,
            markets_lost: 0.5,
            schools_closed: 0.5,
            in_need: 0.5,
            support: 0.3,
            bond: 0.2,
            soldiers: 0.2,
            rent: 0.5,
            engaged: 0.5,
            information: 0.3,
            ideological: 0.45,
            opposes_school: true,
            rigidity: 0.5,
            ..Stakes::default()
        }
    }

    #[test]
    fn a_longer_blockade_never_leaves_the_community_a_larger_part() {
        let rules = BargainingRules::default();
        let part = |weeks| {
            let s = settle(&rules, &Stakes { blockade_weeks: weeks, ..besieged() }).unwrap();
            s.community / (s.community + s.command)
        };
        assert!(part(52.0) < part(0.0), "{} {}", part(52.0), part(0.0));
        assert!(part(16.0) <= part(4.0));
    }

    #[test]
    fn the_terms_are_the_best_product_of_all_and_leave_both_better_off() {
        let rules = BargainingRules::default();
        let stakes = Stakes { blockaded: false, ..besieged() };
        let found = settle(&rules, &stakes).unwrap();
        assert!(found.community > 0.0 && found.command > 0.0);
        for terms in all_terms().filter(|terms| !terms.prisoners) {
            let (c, g) =
                (community_gains(&rules, &stakes, &terms), command_gains(&rules, &stakes, &terms));
            assert!(c <= 0.0 || g <= 0.0 || c * g <= found.community * found.command + 1e-12);
        }
    }

    #[test]
    fn nobody_signs_who_fears_nothing_and_no_command_that_holds_to_everything() {
        let rules = BargainingRules::default();
        assert_eq!(
            settle(&rules, &Stakes { rigidity: 0.5, soldiers: 0.5, ..Stakes::default() }),
            None
        );
        let unbending = Stakes { rigidity: 1.0, engaged: 0.0, rent: 0.0, ..besieged() };
        let settled = settle(&BargainingRules { reluctance: 2.0, ..rules }, &unbending);
        assert_eq!(settled, None);
    }

    #[test]
    fn reprisal_by_the_state_and_rigidity_take_from_the_surplus_and_help_adds_to_it() {
        let rules = BargainingRules::default();
        let terms = Terms::default();
        let gains = |stakes: Stakes| community_gains(&rules, &stakes, &terms);
        let stance = |stance| Stakes { stance, ..besieged() };
        assert!(gains(stance(Stance::Suppress)) < gains(stance(Stance::Ignore)));
        assert!(gains(stance(Stance::Ignore)) < gains(stance(Stance::Tolerate)));
        assert!(gains(Stakes { help: 1.0, ..besieged() }) > gains(besieged()));
        let command = |rigidity| command_gains(&rules, &Stakes { rigidity, ..besieged() }, &terms);
        assert!(command(0.9) < command(0.2));
    }

    #[test]
    fn all_terms_are_different() {
        let all: Vec<Terms> = all_terms().collect();
        assert_eq!(all.len(), 288);
        assert!(all.iter().enumerate().all(|(at, terms)| !all[..at].contains(terms)));
    }
}
