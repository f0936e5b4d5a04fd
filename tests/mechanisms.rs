//! Every switch of the model is worth having: its mechanism acts in a shipped scenario, and without
//! it the valley goes another way, in something other than the mechanism's own counter. Whoever adds
//! a switch adds a row; a row that fails lists what tells its two arms apart, under seeds that the
//! test does not use.

use crate::arms;
use crate::worlds::{self, VALLEY};
use std::collections::{BTreeMap, BTreeSet};
use toguna::experiment::statistics::Interval;
use toguna::model::budget::effects::draw_of_aid;
use toguna::model::campaigns::effects::vigour;
use toguna::model::pact_effects;
use toguna::model::recruitment::effects::group_hazards;
use toguna::model::words::ids::Side;
use toguna::model::words::mechanisms::Mechanisms;
use toguna::model::world::World;

/// How one sees that a mechanism has acted.
enum Sign {
    /// An outcome that only it makes is above 0 in some week.
    Outcome(&'static str),
    /// The world as it stands after a week shows it, beside the world at the start.
    World(fn(start: &World, now: &World) -> bool),
}

struct Row {
    switch: &'static str,
    /// Where it acts.
    scenario: &'static str,
    sign: Sign,
    /// What it moves on the valley. Never the sign, nor a part of it.
    moves: &'static str,
    /// Within how many years.
    years: u32,
    /// Settings of both arms: a mechanism that is weak on the valley as it stands is given weight.
    given: &'static [&'static str],
    /// More of them.
    and_given: &'static [&'static str],
}

const fn row(switch: &'static str, sign: Sign, moves: &'static str) -> Row {
    Row { switch, scenario: VALLEY, sign, moves, years: arms::YEARS, given: &[], and_given: &[] }
}

impl Row {
    const fn given(self, given: &'static [&'static str]) -> Row {
        Row { given, ..self }
    }

    const fn and_given(self, and_given: &'static [&'static str]) -> Row {
        Row { and_given, ..self }
    }

    const fn over(self, years: u32) -> Row {
        Row { years, ..self }
    }

    const fn seen_in(self, scenario: &'static str) -> Row {
        Row { scenario, ..self }
    }
}

/// The valley, where state, communities and groups talk.
const TALKING: &str = "scenarios/lessons/talking-valley.toml";

/// Ten years of Mali.
const HISTORY: &str = "scenarios/mali/history.toml";

use Sign::{Outcome, World as Shows};

const ROWS: &[Row] = &[
    // weather, budget, livelihoods
    row("rainfall", Shows(|_, now| of(now, "rain") != 0.0), "disputes"),
    row("lean_season", Outcome("hunger"), "income"),
    row("tax_base", Shows(tax_base_moved), "loans"),
    row("aid_conditions", Shows(aid_is_held_back), "loans"),
    row("shortfalls", Shows(money_is_short), "health").given(&["budget.borrowing_per_year=0"]),
    row("army_follows_budget", Shows(budget_moves_army), "state_control")
        .given(&["policy.defence_share=0.05"]),
    row("service_capture", Outcome("captured"), "health").given(&["rules.budget.captured=0.5"]),
    row("aid_draws_attacks", Shows(aid_draws), "soldiers_killed")
        .given(&["rules.budget.attacks_on_aid=10.0"]),
    row("market_access", Shows(markets_moved), "income"),
    row("levies", Outcome("levied"), "recruits_economic"),
    row("humanitarian_aid", Outcome("aid_reached"), "hunger"),
    // services
    row("service_building", Shows(services_moved), "people_in_need").over(5),
    row("school_closures", Outcome("schools_closed_by_threat"), "recruits_educational"),
    row("army_follows_attacks", Shows(army_moved), "revenue"),
    row("garrison_collapse", Outcome("garrisons_given_up"), "state_control")
        .seen_in(HISTORY)
        .given(&["rules.garrisons.storms_per_week=1.0", "rules.garrisons.odds=1.0"]),
    row("hiding", Outcome("fighters_hidden"), "state_control")
        .seen_in("scenarios/mali/history.toml")
        .given(&["policy.military_pressure=0.1"]),
    row("command_relocation", Outcome("bases_moved"), "group_control"),
    row("holding", Outcome("places_held"), "state_control")
        .given(&["policy.hold_after_clearing=1", "rules.clear_and_hold.holding_weight=3.0"]),
    row("exposure", Outcome("places_left"), "civilians_killed_by_groups").given(&[
        "policy.hold_after_clearing=0",
        "rules.clear_and_hold.exposure=5.0",
        "rules.clear_and_hold.exposure_time=\"104 weeks\"",
    ]),
    row("partners", Outcome("partner_soldiers"), "legitimacy"),
    // violence
    row("ambushes", Shows(|_, now| fought(now, Some(false), true)), "soldiers_killed"),
    row("operations", Shows(|_, now| fought(now, Some(true), true)), "trust"),
    row("rivalry", Shows(|_, now| fought(now, None, true)), "fighters_killed"),
    row("campaigns", Shows(campaigns_differ), "recruits")
        .over(5)
        .given(&["rules.campaigns.spread=2.0", "rules.campaigns.half_life=\"520 weeks\""]),
    row("group_reprisals", Shows(|_, now| fought(now, Some(false), false)), "recruits_familial"),
    row("state_abuse", Shows(|_, now| fought(now, Some(true), false)), "trust")
        .given(&["rules.violence.state_on_civilians_per_week=0.03"]),
    row("escalation", Shows(events_echo), "fighters_killed"),
    row("restraint", Shows(|_, now| now.policy.restraint.get() > 0.0), "trust"),
    row("information", Shows(somebody_informs), "civilians_hurt").given(&["policy.restraint=1"]),
    row("disputes", Outcome("disputes"), "civilians_killed"),
    row("dispute_escalation", Outcome("disputes_taken_up"), "civilians_killed_by_groups")
        .given(&["rules.disputes.disputes_per_week=0.1"]),
    // control, memory
    row("control_change", Shows(control_moved), "recruits_coercion"),
    row("officials", Shows(officials_left), "state_control"),
    row("grievance_memory", Outcome("grievance_state"), "trust"),
    row("grievance_spread", Shows(harm_is_heard_of), "trust"),
    row("fear", Outcome("fear"), "recruits"),
    row("trust", Shows(trust_moved), "state_control"),
    // recruitment
    row("protection", Outcome("recruits_protection"), "fighters"),
    row("economic", Outcome("recruits_economic"), "recruits")
        .given(&["rules.recruitment.rapacity_weight=20.0"]),
    row("social_welfare", Outcome("recruits_social_welfare"), "recruits")
        .given(&["rules.recruitment.social_welfare_weight=5.0"]),
    row("educational", Outcome("recruits_educational"), "recruits")
        .given(&["rules.recruitment.educational_weight=20.0"]),
    row("grievance", Outcome("recruits_grievance"), "recruits")
        .given(&["rules.recruitment.grievance_weight=5.0"]),
    row("political", Outcome("recruits_political"), "recruits")
        .given(&["rules.recruitment.political_weight=5.0"]),
    row("familial", Outcome("recruits_familial"), "recruits"),
    row("religious", Outcome("recruits_religious"), "recruits"),
    row("status", Outcome("recruits_status"), "recruits")
        .given(&["rules.recruitment.status_weight=60.0"]),
    row("coercion", Outcome("recruits_coercion"), "recruits"),
    row("personal_harm", Outcome("recruits_triggered"), "fighters"),
    row("absorption", Shows(commands_are_full), "recruits").given(&[
        "rules.recruitment.absorption_per_week=0.005",
        "rules.recruitment.least_absorption=0.05",
    ]),
    row("endorsement", Shows(support_is_partial), "fighters"),
    row("rooting", Shows(closeness_moved), "recruits")
        .over(5)
        .given(&["rules.rooting.rooted_per_week=0.02"]),
    row("self_defence", Shows(a_band_was_founded_here), "fighters"),
    // leaving
    row("fatigue", Outcome("leavers_fatigue"), "fighters"),
    row("losses", Outcome("leavers_losses"), "fighters")
        .given(&["rules.leaving.losses_per_week=0.1"]),
    row("unpaid", Outcome("leavers_unpaid"), "fighters"),
    row("reintegration", Outcome("leavers_reintegration"), "leavers_fatigue"),
    row("arrest", Outcome("leavers_arrest"), "leavers_fatigue"),
    // pacts and talks
    row("pacts", Outcome("pacts_signed"), "levied").given(PACTS).seen_in(TALKING),
    row("blockades", Outcome("blockades_begun"), "levied").given(PACTS).seen_in(TALKING),
    row("pact_diffusion", Shows(leaders_have_learnt), "pacts_joined")
        .over(5)
        .given(PACTS)
        .and_given(&["rules.pacts.diffusion_per_week=0.2"])
        .seen_in(TALKING),
    row("pact_services", Shows(a_pact_opens_a_place), "market_access")
        .given(PACTS)
        .seen_in(TALKING),
    row("pact_suspicion", Shows(signatories_are_suspected), "events")
        .given(SUPPRESSED)
        .seen_in(TALKING),
    row("army_clause", Shows(army_is_asked_out), "civilians_hurt")
        .over(5)
        .given(PACTS)
        .seen_in(TALKING),
    row("freed_fighters", Shows(a_pact_sends_fighters_away), "leavers_amnesty")
        .given(PACTS)
        .and_given(&["rules.pact_effects.freed_fighters=0.9"])
        .seen_in(TALKING),
    row("militia_binding", Outcome("pacts_supported"), "pacts_ended")
        .given(arms::MILITIAS_FIGHT_ON)
        .and_given(&["policy.bind_militias=1"])
        .seen_in(TALKING),
    row("amnesty", Outcome("leavers_amnesty"), "recruits_again").given(PACTS).seen_in(TALKING),
    row("concessions", Outcome("concessions"), "coups").over(5).given(PACTS).seen_in(TALKING),
    row("talks", Outcome("talks_stage"), "deaths").given(TALKS).seen_in(TALKING),
    row("exchanges", Outcome("exchanges"), "prisoners").given(TALKS).seen_in(TALKING),
    row("spoilers", Outcome("accords"), "soldiers_killed").given(SPOILED).seen_in(TALKING),
    row("accord_clauses", Outcome("clauses_implemented"), "leavers_accord")
        .given(TALKS)
        .seen_in(TALKING),
    row("sham_talks", Outcome("sham"), "fighters_in_accords").given(SHOW).seen_in(TALKING),
    // displacement
    row("displacement", Outcome("fled"), "state_control"),
    row("flight_from_loss", Outcome("garrisons_given_up"), "displaced")
        .given(&["rules.garrisons.storms_per_week=1.0", "rules.garrisons.odds=1.0"])
        .seen_in(HISTORY),
    row("flight_abroad", Outcome("refugees"), "people_in_need"),
    row("return_home", Outcome("returned"), "health"),
    row("host_strain", Shows(hosts_are_strained), "recruits_social_welfare"),
    // groups
    row("group_changes", Outcome("group_changes"), "recruits_familial").over(5),
    // politics
    row(
        "legitimacy_change",
        Shows(|start, now| now.government.legitimacy != start.government.legitimacy),
        "trust",
    ),
    row("sovereignty", Outcome("partner_soldiers"), "legitimacy"),
    row("responsiveness", Outcome("opinion_dialogue"), "legitimacy").given(TALKS_ARE_REFUSED),
    row("honeymoon", Outcome("elections"), "legitimacy").seen_in(HISTORY),
    row("opinion_change", Shows(|_, now| of(now, "opinion_dialogue") != 0.6), "legitimacy")
        .given(&["policy.stance_on_dialogue=1", "partners.guardians.vetoes=[]"]),
    row("protest", Outcome("protest"), "legitimacy").over(5),
    row("capacity_change", Shows(|_, now| of(now, "capacity") != 0.6), "legitimacy").over(5).given(
        &[
            "rules.elections.capacity_time=\"26 weeks\"",
            "mechanisms.coups=false",
            "policy.election_date=\"2023-12-04\"",
        ],
    ),
    row("elections", Outcome("elections"), "legitimacy")
        .given(&[
            "government.capacity=0.9",
            "mechanisms.capacity_change=false",
            "mechanisms.coups=false",
        ])
        .seen_in(HISTORY),
    row("coups", Outcome("coups"), "capacity"),
    row("coup_vacuum", Outcome("coups"), "officials_present"),
];

/// A valley where much is blockaded and the state supports those who come to terms.
const PACTS: &[&str] = &[
    "rules.pacts.blockades_per_week=0.05",
    "rules.pacts.agreements_per_week=0.05",
    "rules.pact_effects.residents_for_full_concession=1.0",
    "policy.local_pacts=\"support\"",
    "policy.pact_support_budget=0.01",
    "policy.bind_militias=1",
    "policy.amnesty=1",
];

/// The same, and the state hunts whoever has signed.
const SUPPRESSED: &[&str] = &[
    "rules.pacts.blockades_per_week=0.05",
    "rules.pacts.agreements_per_week=0.05",
    "rules.pact_effects.suspicion_of_signatories=1.0",
    "rules.violence.state_on_civilians_per_week=0.1",
    "policy.restraint=0.0",
    "policy.local_pacts=\"ignore\"",
];

/// The state talks with those who fight it, and accords come about.
const TALKS: &[&str] = &[
    "rules.dialogue.steps_per_week=1.0",
    "policy.national_dialogue=\"inclusive\"",
    "policy.invited=[\"brotherhood\", \"riders\"]",
    "policy.community_seats=0.8",
    "policy.mediators=1",
    "policy.prisoner_exchange=1",
    "partners.guardians.vetoes=[]",
];

/// The state talks with one group, whose commanders mostly would not sign.
const SPOILED: &[&str] = &[
    "rules.dialogue.steps_per_week=1.0",
    "rules.dialogue.spoilers=10.0",
    "groups.brotherhood.rigidity=0.7",
    "policy.national_dialogue=\"inclusive\"",
    "policy.invited=[\"brotherhood\"]",
    "policy.mediators=1",
    "policy.dialogue_share=0.02",
    "partners.guardians.vetoes=[]",
];

/// A conference of elites whom the groups, invited late, do not believe.
const SHOW: &[&str] = &[
    "policy.national_dialogue=\"top_down\"",
    "policy.extend_transition=true",
    "policy.invited=[\"brotherhood\", \"riders\"]",
    "policy.mediators=1",
    "partners.guardians.vetoes=[]",
    "rules.dialogue.steps_per_week=0.4",
    "rules.dialogue.conference_time=\"4 weeks\"",
    "rules.dialogue.distrust_of_sham=1",
    "rules.dialogue.breakdown_by_sham=0.2",
];

fn leaders_have_learnt(start: &World, now: &World) -> bool {
    let mut places = start.pacts.places.iter().zip(&now.pacts.places);
    places.any(|(before, after)| after.willingness[0] > before.willingness[0])
}

fn army_is_asked_out(_: &World, now: &World) -> bool {
    now.pacts.held.values().any(|pact| pact.terms.army_excluded)
}

/// The same world as it is when a switch is off.
fn switched_off(now: &World, switch: fn(&mut Mechanisms) -> &mut bool) -> World {
    let mut without = now.clone();
    *switch(&mut without.mechanisms) = false;
    without
}

/// Services reach farther into a place, or its closed schools teach, because of its pact.
fn a_pact_opens_a_place(_: &World, now: &World) -> bool {
    let without = switched_off(now, |on| &mut on.pact_services);
    let open = |world: &World, place| {
        pact_effects::effects::access(world, place)
            + pact_effects::effects::koranic_schools(world, place.id)
    };
    now.communities.iter().any(|place| {
        let closed = place.schools_closed > 0 || place.control[0] < 0.9;
        closed && open(now, place) > open(&without, place)
    })
}

/// Somebody armed is where people have signed with his enemy, who is there too, and suspects them.
fn signatories_are_suspected(_: &World, now: &World) -> bool {
    let without = switched_off(now, |on| &mut on.pact_suspicion);
    now.communities.iter().any(|place| {
        let there = || now.all_sides().filter(|side| place.strength(*side) > 0.0);
        there().any(|attacker| {
            there().any(|enemy| {
                let suspicion =
                    |world| pact_effects::effects::suspicion(world, place, attacker, enemy);
                let at_odds = now.hostility.between(attacker, enemy) > 0.0;
                at_odds && suspicion(now) > suspicion(&without)
            })
        })
    })
}

/// A band stands thinner in a place that has signed with it than it would without being freed.
fn a_pact_sends_fighters_away(_: &World, now: &World) -> bool {
    let thinned = |world: &World| {
        let mut world = world.clone();
        world.station(toguna::model::posture::effects::spread(&world));
        let bands = world.pacts.held.values().flat_map(|pact| {
            let places = pact.places.iter().map(|place| world.community(*place));
            let own = |band: &&toguna::model::world::bands::Band| {
                world.are_of_one_katiba(band.command, pact.command)
            };
            places.flat_map(|place| &place.bands).filter(own).map(|band| band.fighters)
        });
        bands.sum::<f64>()
    };
    thinned(now) < thinned(&switched_off(now, |on| &mut on.freed_fighters)) - 1.0
}

/// Everybody wants talks, and the state refuses them.
const TALKS_ARE_REFUSED: &[&str] = &[
    "government.opinion_dialogue=0.95",
    "mechanisms.opinion_change=false",
    "policy.stance_on_dialogue=-1",
];

fn of(world: &World, outcome: &str) -> f64 {
    world.observed.value(outcome).unwrap_or_else(|| panic!("there is no outcome {outcome}"))
}

fn tax_base_moved(_: &World, now: &World) -> bool {
    now.treasury.tax_base != now.treasury.tax_base_at_start
}

fn aid_is_held_back(_: &World, now: &World) -> bool {
    let pledged = now.treasury.finances.aid_pledged_per_year.0 / 53;
    now.treasury.week.aid.0 < pledged
}

/// Something planned could not be paid for.
fn money_is_short(_: &World, now: &World) -> bool {
    now.treasury.week.loans.0 > 0
}

fn budget_moves_army(start: &World, now: &World) -> bool {
    start.government.army.allowed != now.government.army.allowed
}

fn aid_draws(_: &World, now: &World) -> bool {
    now.communities.iter().any(|place| draw_of_aid(now, place) > 1.0)
}

fn markets_moved(start: &World, now: &World) -> bool {
    let access = |world: &World| world.communities[0].market_access;
    access(start) != access(now)
}

fn hosts_are_strained(_: &World, now: &World) -> bool {
    now.communities.iter().any(|place| place.movement.strain > 0.0)
}

fn closeness_moved(start: &World, now: &World) -> bool {
    let closeness = |world: &World| world.quarters[0].closeness.clone();
    closeness(start) != closeness(now)
}

fn services_moved(start: &World, now: &World) -> bool {
    let provided = |world: &World| world.communities[0].services;
    provided(start) != provided(now)
}

/// Soldiers have left some place for another of the same zone.
fn army_moved(start: &World, now: &World) -> bool {
    let mut places = start.communities.iter().zip(&now.communities);
    places.any(|(before, after)| after.soldiers > 1.5 * before.soldiers && after.attacks > 0.0)
}

/// Whether something happened between armed sides, or to civilians, by the state (`Some(true)`), by a
/// group against the state or civilians (`Some(false)`), or between two groups (`None`).
fn fought(now: &World, by_state: Option<bool>, armed: bool) -> bool {
    use toguna::model::words::targets::Target;
    now.log.events.iter().any(|event| {
        let state_attacks = event.attacker == Side::STATE;
        match (event.target, by_state) {
            (Target::Civilians, Some(by_state)) => !armed && state_attacks == by_state,
            (Target::Armed(_), Some(true)) => armed && state_attacks,
            (Target::Armed(other), Some(false)) => armed && other == Side::STATE,
            (Target::Armed(other), None) => armed && !state_attacks && other != Side::STATE,
            (Target::Civilians, None) => false,
        }
    })
}

/// There are bands that no table names and no band sent out.
fn a_band_was_founded_here(_: &World, now: &World) -> bool {
    now.commands.iter().any(|command| command.name.contains('@'))
}

/// Some group attacks more than its strength calls for.
fn campaigns_differ(_: &World, now: &World) -> bool {
    now.all_groups().any(|group| vigour(now, Side::of(group)) > 1.1)
}

/// Events of earlier weeks still weigh where none happened this week.
fn events_echo(_: &World, now: &World) -> bool {
    now.communities.iter().any(|place| place.recent_events.iter().sum::<f64>() > 0.01)
}

fn somebody_informs(_: &World, now: &World) -> bool {
    now.communities.iter().any(|place| place.control[0] * place.trust > 0.1)
}

fn control_moved(start: &World, now: &World) -> bool {
    start.communities.iter().zip(&now.communities).any(|(a, b)| a.control != b.control)
}

fn officials_left(start: &World, now: &World) -> bool {
    let mut places = start.communities.iter().zip(&now.communities);
    places.any(|(before, after)| after.officials < before.officials)
}

/// A quarter remembers harm that was never done in its place.
fn harm_is_heard_of(_: &World, now: &World) -> bool {
    let untouched = |life: &toguna::model::world::community::QuarterLife| {
        let place = now.community(life.community);
        place.recent_events.iter().all(|recent| *recent == 0.0)
    };
    now.quarters.iter().any(|life| untouched(life) && life.harm.iter().any(|harm| *harm > 0.0))
}

fn trust_moved(start: &World, now: &World) -> bool {
    start.communities.iter().zip(&now.communities).any(|(a, b)| a.trust != b.trust)
}

/// The same week commands recruit more when commands may take in as many as would come.
fn commands_are_full(_: &World, now: &World) -> bool {
    let mut open = now.clone();
    open.mechanisms.absorption = false;
    let scales = |world: &World| {
        group_hazards(world).all().iter().map(|group_hazard| group_hazard.scale).sum::<f64>()
    };
    scales(now) < 0.999 * scales(&open)
}

/// The same week commands recruit more when communities do not keep their young back.
fn support_is_partial(_: &World, now: &World) -> bool {
    let strength = |endorsement: bool| {
        let mut world = now.clone();
        world.mechanisms.endorsement = endorsement;
        world.mechanisms.absorption = false;
        group_hazards(&world).all().iter().map(|group_hazard| group_hazard.scale).sum::<f64>()
    };
    strength(true) < 0.999 * strength(false)
}

/// Whether a row is asked for: all are, unless `SWITCHES=one,other` names some.
fn is_asked_for(switch: &str) -> bool {
    let chosen = std::env::var("SWITCHES").unwrap_or_default();
    chosen.is_empty() || chosen.split(',').any(|name| name == switch)
}

/// Names of all switches, from the struct itself.
fn switches() -> BTreeSet<String> {
    let switches = serde_json::to_value(Mechanisms::default()).unwrap();
    switches.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_switch_has_its_row_and_no_row_is_without_a_switch() {
    let named: BTreeSet<String> = ROWS.iter().map(|row| row.switch.to_owned()).collect();
    assert_eq!(named.len(), ROWS.len(), "a switch has two rows");
    assert_eq!(named, switches(), "rows (left) and switches (right)");
    for row in ROWS {
        if let Sign::Outcome(name) = row.sign {
            assert_ne!(name, row.moves, "{}: its own counter proves nothing", row.switch);
        }
    }
}

#[test]
#[ignore = "long: scenarios to their ends"]
fn every_mechanism_acts_in_a_shipped_scenario() {
    let scenarios: BTreeSet<&str> = ROWS.iter().map(|row| row.scenario).collect();
    for scenario in scenarios {
        let prepared = worlds::quick(scenario, 20);
        let start = prepared.world(1, 0);
        let mut now = start.clone();
        let mut asleep: Vec<&Row> = ROWS.iter().filter(|row| row.scenario == scenario).collect();
        for _ in 0..prepared.weeks() {
            now.advance();
            asleep.retain(|row| match row.sign {
                Sign::Outcome(name) => now.observed.value(name) <= Some(0.0),
                Sign::World(shows) => !shows(&start, &now),
            });
        }
        let asleep: Vec<&str> = asleep.iter().map(|row| row.switch).collect();
        assert!(asleep.is_empty(), "in {scenario} nothing is seen of {asleep:?}");
    }
}

#[test]
#[ignore = "long: twenty seeds with and without each mechanism"]
fn switching_any_mechanism_off_moves_another_outcome_on_the_valley() {
    let mut with: BTreeMap<(Vec<String>, u32), arms::Ends> = BTreeMap::new();
    let mut idle = Vec::new();
    for row in ROWS.iter().filter(|row| is_asked_for(row.switch)) {
        let given = row.given.iter().chain(row.and_given);
        let given: Vec<String> = given.map(|set| (*set).to_owned()).collect();
        let on = with
            .entry((given.clone(), row.years))
            .or_insert_with(|| arms::ends(&given, row.years, arms::SEEDS));
        let without = [&given[..], &[format!("mechanisms.{}=false", row.switch)]].concat();
        let off = arms::ends(&without, row.years, arms::SEEDS);
        let paired = arms::difference(on, &off, arms::outcome(row.moves));
        let Interval { low, high } = paired.difference.interval;
        let told = format!(
            "{} moves {} by {:+.4} ({low:+.4} to {high:+.4})",
            row.switch, row.moves, paired.difference.value
        );
        println!("{told}");
        if !paired.difference.interval.excludes(0.0) {
            let [on, off] =
                [&given, &without].map(|set| arms::ends(set, row.years, arms::OTHER_SEEDS));
            idle.push(format!("{told}; others: {}", arms::tell_apart(&on, &off)));
        }
    }
    assert!(idle.is_empty(), "\n{}", idle.join("\n"));
}
