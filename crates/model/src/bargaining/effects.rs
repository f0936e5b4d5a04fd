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
    /// Whether the command blockades the place.
    pub blockaded: bool,
    /// Weeks of blockade so far.
    pub blockade_weeks: f64,
    /// Market access lost since the start.
    pub markets_lost: f64,
    /// Share of schools that are closed.
    pub schools_closed: f64,
    /// Share of residents in need of relief.
    pub in_need: f64,
    /// Support for the group.
    pub support: f64,
    /// Share of the place the group holds, and levies from, already.
    pub held_by_group: f64,
    /// What the state's bond is worth here: control · trust.
    pub bond: f64,
    /// How near the state's soldiers are.
    pub soldiers: f64,
    /// How surely a state that suppresses pacts would find those who sign.
    pub suppression: f64,
    /// What the state does about pacts.
    pub stance: Stance,
    /// Help the state has for those who sign.
    pub help: f64,
    /// How rich the place is for a levy.
    pub rent: f64,
    /// How much the group's fighters are bound up in fighting here.
    pub engaged: f64,
    /// What the state knows of this place.
    pub information: f64,
    /// Share of the group's aims that is ideological.
    pub ideological: f64,
    /// Whether the group threatens state schools.
    pub opposes_school: bool,
    /// The command's own rigidity.
    pub rigidity: f64,
}

/// Terms on which both are better off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bargain {
    /// What is agreed.
    pub terms: Terms,
    /// What the community gains, S_c.
    pub community: f64,
    /// What the command gains, S_g.
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
        + rules.reprisal * reprisal * stakes.suppression;
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
pub fn nash_bargain(rules: &BargainingRules, stakes: &Stakes) -> Option<Bargain> {
    let weeks = if stakes.blockaded { stakes.blockade_weeks } else { 0.0 };
    let power = 0.5 - rules.power_of_blockade.get() * hardship(rules, weeks);
    let mut best: Option<(f64, Bargain)> = None;
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
            best = Some((product, Bargain { terms, community, command }));
        }
    }
    best.map(|(_, bargain)| bargain)
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
    let blockade = world.pacts.blockade_at(place.id);
    let blockade = blockade.filter(|it| world.are_of_one_katiba(it.command, command));
    let weeks = |since: i32| f64::from(world.calendar.week) - f64::from(since);
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
        suppression: reach_of_suppression(world, place),
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

/// Share of those who sign that a state learns of where it holds everything, without a soldier near.
/// *assumed*
const INFORMED_BY_CONTROL: f64 = 0.5;

/// How surely a state that suppresses pacts finds those who sign, 0 to 1, by its soldiers and by what it
/// holds: 1 − (1 − S / (S + near)) · (1 − κ/2).
#[must_use]
pub fn reach_of_suppression(world: &World, place: &Community) -> f64 {
    let soldiers = place.soldiers / (place.soldiers + world.rules.pacts.near);
    let informed = INFORMED_BY_CONTROL * place.control[Side::STATE.index()];
    1.0 - (1.0 - soldiers) * (1.0 - informed)
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
            suppression: 0.2,
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
            let s = nash_bargain(&rules, &Stakes { blockade_weeks: weeks, ..besieged() }).unwrap();
            s.community / (s.community + s.command)
        };
        assert!(part(52.0) < part(0.0), "{} {}", part(52.0), part(0.0));
        assert!(part(16.0) <= part(4.0));
    }

    #[test]
    fn the_terms_are_the_best_product_of_all_and_leave_both_better_off() {
        let rules = BargainingRules::default();
        let stakes = Stakes { blockaded: false, ..besieged() };
        let found = nash_bargain(&rules, &stakes).unwrap();
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
            nash_bargain(&rules, &Stakes { rigidity: 0.5, soldiers: 0.5, ..Stakes::default() }),
            None
        );
        let unbending = Stakes { rigidity: 1.0, engaged: 0.0, rent: 0.0, ..besieged() };
        let bargain = nash_bargain(&BargainingRules { reluctance: 2.0, ..rules }, &unbending);
        assert_eq!(bargain, None);
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

    fn close(got: f64, by_hand: f64, what: &str) {
        assert!((got - by_hand).abs() < 1e-12, "{what}: {got}, by hand {by_hand}");
    }

    /// Each clause alone, beside terms that leave all as the command would have it.
    fn clauses() -> [(&'static str, Terms); 7] {
        let none = Terms::default();
        [
            ("half of the levy", Terms { levy: Share::of(0.5), ..none }),
            ("relief", Terms { relief: true, ..none }),
            ("prisoners", Terms { prisoners: true, ..none }),
            ("silence", Terms { no_informing: true, ..none }),
            ("an army that stays out", Terms { army_excluded: true, ..none }),
            ("Sharia rules", Terms { rules: true, ..none }),
            ("Koranic schools", Terms { schools: Schools::Koranic, ..none }),
        ]
    }

    #[test]
    fn each_clause_is_worth_to_a_command_what_the_rules_say() {
        let rules = BargainingRules::default();
        let stakes = besieged();
        // Half of its fighters are freed; it gives up its law, and a place without soldiers and informers.
        let bare = command_gains(&rules, &stakes, &Terms::default());
        close(bare, 0.5 * 0.5 - 0.5 * (0.3 + 0.5 * 0.45 + 0.3), "without clauses");
        let worth = [
            0.4 * 0.5 * 0.5,
            -0.5 * 0.1,
            0.05,
            0.3 * 0.3 + 0.5 * 0.3 / 2.0,
            0.3 * 0.2 + 0.5 * 0.3 / 2.0,
            0.5 * 0.45 + 0.5 * 0.5 * 0.45,
            -0.5 * 0.5 * 0.45 * 0.2,
        ];
        for ((clause, terms), worth) in clauses().into_iter().zip(worth) {
            close(command_gains(&rules, &stakes, &terms) - bare, worth, clause);
        }
        let state = Terms { schools: Schools::State, ..Terms::default() };
        close(command_gains(&rules, &stakes, &state) - bare, -0.5 * 0.5 * 0.45, "state schools");
        let indifferent = Stakes { opposes_school: false, ..stakes };
        close(command_gains(&rules, &indifferent, &state), bare, "schools that nobody minds");
    }

    #[test]
    fn each_clause_gives_and_takes_from_a_community_what_the_rules_say() {
        let rules = BargainingRules::default();
        let stakes = Stakes { held_by_group: 0.25, help: 0.5, ..besieged() };
        let gains = |stakes: &Stakes, terms: &Terms| community_gains(&rules, stakes, terms);
        // Calm, open roads, markets and help, less what a state that knows of nothing does all the same.
        let bare = gains(&stakes, &Terms::default());
        close(bare, 0.6 + 0.8 + 0.4 * 0.5 + 0.4 * 0.5 - 0.6 / 3.0 * 0.2, "without clauses");
        let worth = [
            -0.4 * 0.5 * 0.75,
            0.2 * 0.5,
            0.05 * 0.3,
            -0.5 * 0.2 * 0.5,
            -0.5 * 0.2,
            -0.35 * 0.7,
            0.2 * 0.5 * 0.5,
        ];
        for ((clause, terms), worth) in clauses().into_iter().zip(worth) {
            close(gains(&stakes, &terms) - bare, worth, clause);
        }
        let state = Terms { schools: Schools::State, ..Terms::default() };
        close(gains(&stakes, &state) - bare, 0.2 * 0.5, "state schools");
        // The bond with the state is broken once, by silence and an army that stays out together.
        let both = Terms { no_informing: true, army_excluded: true, ..Terms::default() };
        close(gains(&stakes, &both) - bare, -0.5 * 0.2, "no bond with the state");
        let suppressed = Stakes { stance: Stance::Suppress, ..stakes };
        close(gains(&suppressed, &Terms::default()) - bare, -0.6 * (2.0 / 3.0) * 0.2, "reprisal");
        let open = Stakes { blockaded: false, ..stakes };
        close(gains(&open, &Terms::default()) - bare, -0.8, "roads that were open");
    }

    #[test]
    fn a_blockade_moves_bargaining_power_and_only_the_states_support_lets_prisoners_go() {
        let rules = BargainingRules::default();
        close(hardship(&rules, 12.0), 1.0 - libm::exp(-1.0), "twelve weeks of blockade");
        for stance in [Stance::Tolerate, Stance::Support] {
            let stakes = Stakes { stance, ..besieged() };
            let power = 0.5 - 0.3 * (1.0 - libm::exp(-16.0 / 12.0));
            let found = nash_bargain(&rules, &stakes).unwrap();
            assert!(stance == Stance::Support || !found.terms.prisoners);
            let worth = |community: f64, command: f64| {
                power * libm::log(community) + (1.0 - power) * libm::log(command)
            };
            let most = worth(found.community, found.command);
            for terms in all_terms().filter(|it| stance == Stance::Support || !it.prisoners) {
                let community = community_gains(&rules, &stakes, &terms);
                let command = command_gains(&rules, &stakes, &terms);
                let better = community > 0.0 && command > 0.0 && worth(community, command) > most;
                assert!(!better, "{terms:?} splits more than {:?}", found.terms);
            }
        }
        let free = nash_bargain(&rules, &Stakes { stance: Stance::Support, ..besieged() }).unwrap();
        assert!(free.terms.prisoners, "both gain by prisoners who come home");
        // Weeks of a blockade that is over count for nothing.
        let over = Stakes { blockaded: false, ..besieged() };
        assert_eq!(
            nash_bargain(&rules, &over),
            nash_bargain(&rules, &Stakes { blockade_weeks: 0.0, ..over })
        );
    }

    #[test]
    fn a_leader_signs_when_willingness_outweighs_reserve_by_what_that_leader_minds() {
        let rules = BargainingRules::default();
        let stakes = besieged();
        let terms = Terms { rules: true, levy: Share::ALL, relief: true, ..Terms::default() };
        let (of_all, state) = (0.6 + 0.8 + 0.4 * 0.5, 0.6 / 3.0 * 0.2);
        for (leader, (law, levy, goods)) in MINDS.into_iter().enumerate() {
            let gains = of_all + 0.2 * goods * 0.5;
            let costs = 0.4 * levy + 0.35 * law * 0.7 + state;
            let even = costs / (gains + costs);
            for (step, standing) in [(-1e-9, 0.0), (1e-9, STANDING[leader])] {
                let mut willingness = [0.0; LEADERS];
                willingness[leader] = even + step;
                assert_eq!(breadth(&rules, &stakes, &terms, &willingness), standing, "{leader}");
            }
        }
        close(breadth(&rules, &stakes, &terms, &[1.0; LEADERS]), 1.0, "all leaders");
        // Schools are goods, too.
        let schooled = Terms { schools: Schools::State, ..terms };
        let women = (0.4 + 0.35 * 1.5 * 0.7 + state, of_all + 2.0 * (0.2 * 0.5 + 0.2 * 0.5));
        let mut willingness = [0.0; LEADERS];
        willingness[3] = women.0 / (women.0 + women.1) + 1e-9;
        assert_eq!(breadth(&rules, &stakes, &schooled, &willingness), STANDING[3]);
        willingness[3] -= 2e-9;
        assert_eq!(breadth(&rules, &stakes, &schooled, &willingness), 0.0);
    }
}
