//! From a trusted scenario to a world. What is the same for every seed is made once.

use super::check_settings::group_number;
use super::checked::CheckedScenario;
use super::file::Scenario;
use std::collections::BTreeMap;
use std::sync::Arc;
use toguna_engine::layout::Layout;
use toguna_engine::risk_set::{Book, RiskSet};
use toguna_engine::streams::Streams;
use toguna_model::abroad::state::Abroad;
use toguna_model::budget::state::Treasury;
use toguna_model::displacement::rules::DisplacementRules;
use toguna_model::displacement::state::{Displaced, Way, Ways};
use toguna_model::garrisons::state::Garrisons;
use toguna_model::government::state::{Army, Government};
use toguna_model::group_changes::state::{GroupChange, PlannedChange};
use toguna_model::hiding::start::surroundings;
use toguna_model::pacts::state::{FromStart, Pacts};
use toguna_model::partners::state::Partner;
use toguna_model::start::Given;
use toguna_model::talks::state::Talks;
use toguna_model::timeline::state::{Entry, Observed, Timeline, When};
use toguna_model::war::state::War;
use toguna_model::words::calendar::Calendar;
use toguna_model::words::geography::{Rank, Zone, great_circle, pairs_within};
use toguna_model::words::ids::{CommandId, CommunityId, ConstituencyId, GroupId, Side};
use toguna_model::words::mechanisms::Mechanisms;
use toguna_model::words::purposes::number_of_name;
use toguna_model::world::bands::Bands;
use toguna_model::world::community::{Community, MonthTally, QuarterLife, Road};
use toguna_model::world::group::{Command, Group};
use toguna_model::world::hostility::{Hostility, Quarrel};
use toguna_model::world::kinship::BondWeights;
use toguna_model::world::people::People;
use toguna_model::world::{Constituency, World};
use toguna_units::{Date, countable, narrow, whole_part};

/// Ways are longer than the great circle by this factor (assumed), here to garrison towns.
const DETOUR: f64 = 1.3;

/// A checked scenario with everything about its worlds that no seed decides.
#[derive(Clone)]
pub struct PreparedScenario {
    checked: CheckedScenario,
    layout: Layout,
    given: Given,
    pub(super) empty: World,
}

impl PreparedScenario {
    /// Of a scenario that has passed every check.
    #[must_use]
    pub fn new(checked: CheckedScenario) -> Self {
        let scenario = &checked.scenario;
        let per_agent = scenario.people.people_per_agent;
        let constituencies = constituencies(scenario);
        let (communities, quarters) = places(&checked, &constituencies);
        let sizes: Vec<u32> = quarters
            .iter()
            .map(|life| {
                let adults = life.residents * scenario.people.adults.get();
                whole_part((adults / f64::from(per_agent)).round())
            })
            .collect();
        // Life in each neighbouring country is a quarter to which nobody is born.
        let born_abroad = vec![0; scenario.abroad.len()];
        let layout = Layout::new(&[sizes, born_abroad].concat());
        let calendar = Calendar::new(scenario.time.start);
        let commands = commands(&checked, &communities);
        let (founders, changes) = group_changes(&checked, &calendar);
        let hosted = hosted(&checked, &communities);
        let ways = ways(&communities, &scenario.rules.displacement);
        let garrisons = Garrisons::new(&names(&checked, |row| &row.cercle), &communities);
        let surroundings = surroundings(&communities, scenario.rules.hiding.reach);
        let in_force = in_force(&checked, &communities, &commands);
        let displaced = Displaced::new(communities.len(), quarters.len(), ways);
        let abroad = abroad(&checked, &communities);
        let pacts = Pacts::new(communities.len());
        let talks = Talks::new(scenario.groups.len());
        let nobody =
            People::new(Layout::new(&[]), RiskSet::default(), per_agent, BondWeights::default());
        let empty = World {
            calendar,
            rules: scenario.rules.clone(),
            mechanisms: scenario.mechanisms.clone(),
            policy: scenario.policy.clone(),
            timeline: timeline(&checked, &calendar),
            regions: names(&checked, |row| &row.region),
            cercles: names(&checked, |row| &row.cercle),
            constituencies,
            communities,
            quarters,
            people: nobody,
            groups: groups(&checked),
            commands,
            government: government(&checked),
            partners: partners(scenario, &calendar),
            treasury: treasury(&checked),
            skies: Vec::new(),
            hostility: hostility(&checked, &calendar),
            war: War::default(),
            group_changes: changes,
            abroad,
            foreigners: Default::default(),
            displaced,
            garrisons,
            surroundings,
            pacts,
            talks,
            streams: Streams::new(0, 0),
            log: Default::default(),
            observed: Default::default(),
        };
        let given = Given { founders, hosted, pacts: in_force };
        PreparedScenario { checked, layout, given, empty }
    }

    /// The scenario.
    #[must_use]
    pub fn checked(&self) -> &CheckedScenario {
        &self.checked
    }

    /// The same with other switches.
    #[must_use]
    pub fn with_mechanisms(&self, mechanisms: &Mechanisms) -> Self {
        let mut other = self.clone();
        other.checked.scenario.mechanisms = mechanisms.clone();
        other.empty.mechanisms = mechanisms.clone();
        other
    }

    /// The world at the start of its first week, under one seed and replicate.
    #[must_use]
    pub fn world(&self, seed: u64, replicate: u64) -> World {
        self.world_with(seed, replicate, Book::ThresholdQueue)
    }

    /// The same with the risk set kept in the book that is asked for; the reference implementation
    /// serves tests and benches.
    #[must_use]
    pub fn world_with(&self, seed: u64, replicate: u64, book: Book) -> World {
        let settings = &self.checked.scenario.people;
        let streams = Streams::new(seed, replicate);
        let risk_set = RiskSet::new(&self.layout, streams.clone(), settings.frailty_shape, book);
        let mut world = self.empty.clone();
        world.streams = streams;
        let bond_weights = BondWeights::of(&world.rules, world.groups.len());
        world.people =
            People::new(self.layout.clone(), risk_set, settings.people_per_agent, bond_weights);
        self.given.begin(&mut world);
        world
    }

    /// Weeks the scenario lasts.
    #[must_use]
    pub fn weeks(&self) -> u32 {
        self.checked.scenario.time.weeks()
    }
}

/// Distinct names in a column of the table of communities, in order of first appearance.
fn names(
    checked: &CheckedScenario,
    name: impl Fn(&super::tables::CommunityRow) -> &String,
) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for row in &checked.tables.communities.rows {
        if !names.contains(name(row)) {
            names.push(name(row).clone());
        }
    }
    names
}

fn place_of(names: &[String], name: &str) -> usize {
    let found = names.iter().position(|known| known == name);
    found.expect("names were checked against each other when the scenario was read")
}

fn places(
    checked: &CheckedScenario,
    constituencies: &[Constituency],
) -> (Vec<Community>, Vec<QuarterLife>) {
    let scenario = &checked.scenario;
    let tables = &checked.tables;
    let regions = names(checked, |row| &row.region);
    let cercles = names(checked, |row| &row.cercle);
    let ids: BTreeMap<&str, usize> = tables
        .communities
        .rows
        .iter()
        .enumerate()
        .map(|(id, row)| (row.community.as_str(), id))
        .collect();
    let mut roads: Vec<Vec<Road>> = vec![Vec::new(); ids.len()];
    for way in &tables.neighbours.rows {
        let (a, b) = (ids[way.community.as_str()], ids[way.neighbour.as_str()]);
        roads[a].push(Road { to: CommunityId(narrow(b)), km: way.km });
        roads[b].push(Road { to: CommunityId(narrow(a)), km: way.km });
    }
    let constituency_names: Vec<&str> =
        scenario.constituencies.keys().map(String::as_str).collect();
    let mut parts: Vec<Vec<(u8, f64)>> = vec![Vec::new(); ids.len()];
    for part in &tables.constituents.rows {
        let constituency = constituency_names.iter().position(|name| *name == part.constituency);
        let constituency = narrow(constituency.expect("constituencies were checked when read"));
        parts[ids[part.community.as_str()]].push((constituency, part.share.get()));
    }
    let sides = scenario.groups.len() + 1;
    let (mut communities, mut quarters) = (Vec::new(), Vec::new());
    for (id, row) in tables.communities.rows.iter().enumerate() {
        let start = tables.places.rows.iter().find(|place| place.cercle == row.cercle);
        let start = start.expect("every cercle has its row");
        let first = narrow(quarters.len());
        let mut residents = 0.0;
        for (constituency, share) in &parts[id] {
            let people = countable(f64::from(row.residents) * share);
            residents += people;
            quarters.push(QuarterLife {
                community: CommunityId(narrow(id)),
                constituency: ConstituencyId(*constituency),
                residents: people,
                residents_at_start: people,
                closeness: constituencies[usize::from(*constituency)].affinity.clone(),
                harm: vec![0.0; sides],
                threat: vec![0.0; sides],
                alarm: vec![0.0; sides],
                victims: vec![0.0; sides],
                fresh: vec![0.0; sides],
                fear: 0.0,
            });
        }
        let schools = whole_part(
            (f64::from(row.residents) / scenario.rules.services.residents_per_school)
                .round()
                .max(1.0),
        );
        let mut control = vec![0.0; sides];
        control[0] = start.state_control.get();
        communities.push(Community {
            id: CommunityId(narrow(id)),
            name: row.community.clone(),
            cercle: narrow(place_of(&cercles, &row.cercle)),
            region: narrow(place_of(&regions, &row.region)),
            zone: row.zone,
            rank: row.rank,
            latitude: row.latitude,
            longitude: row.longitude,
            residents,
            roads: std::mem::take(&mut roads[id]),
            quarters: first..narrow(quarters.len()),
            services: [
                start.health.get(),
                start.schooling.get(),
                start.justice.get(),
                start.water.get(),
            ],
            schools,
            koranic_schools: 0.0,
            schools_closed: whole_part((f64::from(schools) * start.closed_schools.get()).round()),
            income: start.income,
            market_access: start.market_access.get(),
            usual_income: start.income,
            usual_access: start.market_access.get(),
            open_access: start.market_access.get(),
            hunger: 0.0,
            in_need: 0.0,
            aid_reached: 0.0,
            control,
            soldiers: 0.0,
            partners: Vec::new(),
            given_up: None,
            km_to_garrison: km_to_garrison(checked, row.latitude, row.longitude),
            bands: Bands::default(),
            attacks: 0.0,
            recent_events: vec![0.0; sides * (sides + 1)],
            officials: start.state_control.get(),
            weight_of_officials: 0.0,
            trust: scenario.government.legitimacy.get(),
            sanctuary: sanctuary(scenario, &row.cercle),
            movement: Default::default(),
            aftermath: Default::default(),
            month: MonthTally::default(),
        });
    }
    (communities, quarters)
}

/// Distance travelled to the nearest capital of a region, or to any town where there is none, km.
fn km_to_garrison(checked: &CheckedScenario, latitude: f64, longitude: f64) -> f64 {
    let rows = &checked.tables.communities.rows;
    let nearest = |least: Rank| {
        rows.iter()
            .filter(|row| row.rank >= least)
            .map(|row| DETOUR * great_circle((latitude, longitude), (row.latitude, row.longitude)))
            .min_by(f64::total_cmp)
    };
    nearest(Rank::CapitalOfRegion).or_else(|| nearest(Rank::Town)).unwrap_or(0.0)
}

fn constituencies(scenario: &Scenario) -> Vec<Constituency> {
    let affinity_to = |name: &str| {
        let of = |group: &super::file::GroupSettings| {
            group.affinity.get(name).map_or(0.0, |share| share.get())
        };
        scenario.groups.values().map(of).collect()
    };
    scenario
        .constituencies
        .iter()
        .map(|(name, settings)| Constituency {
            name: name.clone(),
            voice: settings.voice.get(),
            livelihood: settings.livelihood,
            affinity: affinity_to(name),
            herding: settings.herding.get(),
            farming: settings.farming.get(),
        })
        .collect()
}

fn groups(checked: &CheckedScenario) -> Vec<Group> {
    let founding = |name: &str| -> f64 {
        let rows = checked.tables.commands.rows.iter();
        let own = rows.filter(|row| row.group == name && stands_at_start(checked, row));
        own.map(|row| f64::from(row.fighters)).sum()
    };
    checked
        .scenario
        .groups
        .iter()
        .map(|(name, settings)| Group {
            name: name.clone(),
            number: group_number(name),
            kind: settings.kind,
            ideological: settings.ideological.get(),
            rigidity: settings.rigidity.get(),
            demands_foreign_exit: settings.demands_foreign_exit.get(),
            violence_against_civilians: settings.violence_against_civilians,
            opposes_school: settings.opposes_school,
            revenue_per_week: settings.revenue_per_fighter * founding(name),
            campaign: 0.0,
            levied: 0.0,
            captured: 0.0,
            revenue_per_fighter: settings.revenue_per_fighter,
            appeal: settings.appeal.clone(),
        })
        .collect()
}

/// Whether a command is there when the first week begins.
fn stands_at_start(checked: &CheckedScenario, row: &super::tables::CommandRow) -> bool {
    let group = &checked.scenario.groups[&row.group];
    match row.from.or(group.founded) {
        Some(date) => date <= checked.scenario.time.start,
        None => group.founded_when.is_none(),
    }
}

/// Founders of each command that stands at the start, and what is still to happen to groups.
fn group_changes(checked: &CheckedScenario, calendar: &Calendar) -> (Vec<u32>, Vec<PlannedChange>) {
    let per_agent = f64::from(checked.scenario.people.people_per_agent);
    let (mut founders, mut changes) = (Vec::new(), Vec::new());
    let when = |date: Option<toguna_units::Date>, name: &str, which: usize| {
        let condition = || checked.group_changes[name][which].clone();
        let holds = |condition: super::expression::Condition| {
            When::Holds(Arc::new(move |observed: &Observed| condition.holds(&observed.week)))
        };
        date.map(|date| When::Week(calendar.week_of(date))).or_else(|| condition().map(holds))
    };
    for (id, row) in checked.tables.commands.rows.iter().enumerate() {
        let agents = whole_part((f64::from(row.fighters) / per_agent).round());
        let now = stands_at_start(checked, row);
        founders.push(if now { agents } else { 0 });
        let day = row.from.or(checked.scenario.groups[&row.group].founded);
        if let (false, Some(when)) = (now, when(day, &row.group, 0)) {
            let change = GroupChange::Founding { command: CommandId(narrow(id)), agents };
            changes.push(PlannedChange { when, change, done: false });
        }
    }
    for (name, group) in &checked.scenario.groups {
        let id = |name: &str| side_of(checked, name).group().expect("this is a group's name");
        if let Some((parent, when)) = group.splits_from.as_ref().zip(when(group.founded, name, 0)) {
            let change =
                GroupChange::Split { from: id(parent), to: id(name), share: group.takes.get() };
            changes.push(PlannedChange { when, change, done: false });
        }
        if let Some((heir, when)) = group.merges_into.as_ref().zip(when(group.merges_on, name, 1)) {
            let change = GroupChange::Merger { from: id(name), to: id(heir) };
            changes.push(PlannedChange { when, change, done: false });
        }
    }
    (founders, changes)
}

/// Pacts and blockades of the start: the places of the cercle nearest to the command's base that no
/// earlier entry has taken, towns last.
fn in_force(
    checked: &CheckedScenario,
    communities: &[Community],
    commands: &[Command],
) -> Vec<FromStart> {
    let cercles = names(checked, |row| &row.cercle);
    let mut taken: Vec<CommunityId> = Vec::new();
    let mut all = Vec::new();
    for entry in &checked.scenario.pacts {
        let cercle = place_of(&cercles, &entry.cercle);
        let command = commands.iter().position(|command| command.name == entry.command);
        let command = command.expect("commands of pacts were checked when the scenario was read");
        let base = &communities[commands[command].base.index()];
        let mut near: Vec<(bool, f64, CommunityId)> = communities
            .iter()
            .filter(|place| usize::from(place.cercle) == cercle && !taken.contains(&place.id))
            .map(|place| {
                let km = great_circle(base.point(), place.point());
                (place.rank > Rank::Village, km, place.id)
            })
            .collect();
        near.sort_by(|a, b| (a.0.cmp(&b.0)).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let places: Vec<CommunityId> =
            near.into_iter().take(entry.places as usize).map(|(_, _, id)| id).collect();
        taken.extend(&places);
        let days = entry.since.days_until(checked.scenario.time.start);
        let since = narrow(-days.div_euclid(7).clamp(0, 100_000));
        let terms = (!entry.blockade).then_some(entry.terms);
        all.push(FromStart { places, command: CommandId(narrow(command)), since, terms });
    }
    all
}

/// How safe the safest of a cercle's borders is for bands.
fn sanctuary(scenario: &Scenario, cercle: &str) -> f64 {
    let near = scenario.abroad.values().filter(|node| node.borders.iter().any(|b| b == cercle));
    near.map(|node| node.sanctuary.get()).fold(0.0, f64::max)
}

fn abroad(checked: &CheckedScenario, communities: &[Community]) -> Vec<Abroad> {
    let cercles = names(checked, |row| &row.cercle);
    let groups = || checked.scenario.groups.keys();
    checked
        .scenario
        .abroad
        .iter()
        .map(|(name, settings)| Abroad {
            name: name.clone(),
            number: number_of_name(name, 12),
            refuge: (settings.latitude, settings.longitude),
            sanctuary: settings.sanctuary.get(),
            inflow: groups().map(|g| settings.inflow.get(g).copied().unwrap_or(0.0)).collect(),
            borders: communities
                .iter()
                .map(|place| settings.borders.contains(&cercles[usize::from(place.cercle)]))
                .collect(),
            refugees: f64::from(settings.refugees),
        })
        .collect()
}

/// Ways of flight from every place: all others that are near enough, nearest first.
fn ways(communities: &[Community], rules: &DisplacementRules) -> Ways {
    let points: Vec<(f64, f64)> = communities.iter().map(Community::point).collect();
    let mut pairs: Vec<_> = pairs_within(&points, rules.farthest).collect();
    // All at once is quicker than place by place. No distance is negative, so that their bits order as they do.
    pairs.sort_unstable_by_key(|(a, b, km)| (km.to_bits(), *a, *b));
    let mut ways: Vec<_> =
        communities.iter().map(|_| Vec::with_capacity(communities.len())).collect();
    for (a, b, km) in pairs {
        let nearness = libm::exp(-km / rules.distance_scale);
        for (from, to) in [(a, b), (b, a)] {
            ways[from].push(Way { to: CommunityId(narrow(to)), nearness });
        }
    }
    Arc::new(ways)
}

/// Displaced persons hosted at the start, by the communities of each cercle.
fn hosted(checked: &CheckedScenario, communities: &[Community]) -> Vec<(Vec<CommunityId>, f64)> {
    let cercles = names(checked, |row| &row.cercle);
    let of_cercle = |row: &super::tables::PlaceRow| {
        let cercle = place_of(&cercles, &row.cercle);
        let own = communities.iter().enumerate();
        let own = own.filter(|(_, place)| usize::from(place.cercle) == cercle);
        (own.map(|(id, _)| CommunityId(narrow(id))).collect(), f64::from(row.displaced_hosted))
    };
    checked.tables.places.rows.iter().map(of_cercle).collect()
}

fn partners(scenario: &Scenario, calendar: &Calendar) -> Vec<Partner> {
    let partner = |(name, settings): (&String, &super::file::PartnerSettings)| Partner {
        name: name.clone(),
        number: group_number(name),
        strength: f64::from(settings.soldiers),
        zones: settings.zones.each(),
        capability: settings.capability,
        restraint: settings.restraint.get(),
        hunting: settings.hunting,
        protection: settings.protection.get(),
        exposure: settings.exposure,
        cost_per_week: settings.cost_per_week,
        paid_by: settings.paid_by,
        sovereignty: settings.sovereignty,
        vetoes: settings.vetoes.clone(),
        donors_object: settings.donors_object,
        arrives: settings.arrives.map_or(0, |day| calendar.week_of(day)),
        leaves: settings.leaves.map(|day| calendar.week_of(day)),
        present: [0.0; 3],
        killed: 0,
        unpaid_weeks: 0,
        withdrawn: false,
    };
    scenario.partners.iter().map(partner).collect()
}

/// The side a name in a table stands for.
fn side_of(checked: &CheckedScenario, name: &str) -> Side {
    if name == "state" {
        return Side::STATE;
    }
    let found = checked.scenario.groups.keys().position(|known| known == name);
    Side::of(GroupId(narrow(found.expect("sides were checked when read"))))
}

/// Commands of one cercle take its villages in order of size, then its town.
fn commands(checked: &CheckedScenario, communities: &[Community]) -> Vec<Command> {
    let cercles = names(checked, |row| &row.cercle);
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut commands: Vec<Command> = Vec::new();
    let mut katibas: BTreeMap<(&str, &str), CommandId> = BTreeMap::new();
    for row in &checked.tables.commands.rows {
        let cercle = place_of(&cercles, &row.cercle);
        let mut bases: Vec<(bool, u32, usize)> = communities
            .iter()
            .enumerate()
            .filter(|(_, place)| usize::from(place.cercle) == cercle)
            .map(|(id, place)| {
                (place.rank > Rank::Village, u32::MAX - whole_part(place.residents), id)
            })
            .collect();
        bases.sort_unstable();
        let next = taken.entry(cercle).or_insert(0);
        let base = bases[*next % bases.len()].2;
        *next += 1;
        let group = side_of(checked, &row.group).group().expect("a command belongs to a group");
        let settings = &checked.scenario.groups[&row.group];
        let first = CommandId(narrow(commands.len()));
        let katiba = *katibas.entry((&row.group, &row.katiba)).or_insert(first);
        commands.push(Command {
            name: row.command.clone(),
            number: number_of_name(&row.command, 40),
            group,
            katiba,
            base: CommunityId(narrow(base)),
            members: Vec::new(),
            foreign: 0,
            lost: 0.0,
            pay: settings.revenue_per_fighter,
            hidden: false,
        });
    }
    assert!(commands.len() < usize::from(CommandId(u16::MAX).0));
    commands
}

fn government(checked: &CheckedScenario) -> Government {
    let settings = &checked.scenario.government;
    let start = checked.scenario.time.start;
    let week_of = |day: Date| narrow(start.days_until(day).div_euclid(7));
    Government {
        army: army(checked),
        legitimacy: settings.legitimacy.get(),
        regime: settings.regime,
        after_coup: settings.after_coup,
        capacity: settings.capacity.get(),
        opinion_dialogue: settings.opinion_dialogue.get(),
        protest: 0.0,
        concessions: 0.0,
        unpaid: 0.0,
        deaths_in_the_news: settings.deaths_in_the_news,
        outrages_in_the_news: 0.0,
        soldiers_lost: 0.0,
        honeymoon: settings.honeymoon.get(),
        honeymoon_since: settings.honeymoon_since.map(week_of),
        coup_risk: 0.0,
        coups: 0,
        last_coup: settings.last_coup.map(week_of),
        vacuum_until: 0,
        election_asked: None,
        election_due: None,
        elections_overdue: false,
    }
}

fn army(checked: &CheckedScenario) -> Army {
    let of = |zone: Zone| {
        let row = checked.tables.army.rows.iter().find(|row| row.zone == zone);
        row.map_or(0.0, |row| f64::from(row.soldiers))
    };
    let soldiers = Zone::ALL.map(of);
    Army { soldiers, allowed: soldiers, killed: 0 }
}

fn treasury(checked: &CheckedScenario) -> Treasury {
    let people = checked.tables.communities.rows.iter().map(|row| u64::from(row.residents)).sum();
    let finances = checked.scenario.budget.for_residents(people);
    Treasury::new(finances, army(checked).total())
}

fn hostility(checked: &CheckedScenario, calendar: &Calendar) -> Hostility {
    // Of entries before the start only the latest of a pair counts; sorting by date keeps that so.
    let mut rows: Vec<_> = checked.tables.hostility.rows.iter().collect();
    rows.sort_by_key(|row| row.from);
    let quarrels = rows
        .into_iter()
        .map(|row| Quarrel {
            week: calendar.week_of(row.from),
            a: side_of(checked, &row.a),
            b: side_of(checked, &row.b),
            hostility: row.hostility.get(),
        })
        .collect();
    Hostility::new(checked.scenario.groups.len() + 1, quarrels)
}

fn timeline(checked: &CheckedScenario, calendar: &Calendar) -> Timeline {
    let entries = checked
        .scenario
        .timeline
        .iter()
        .zip(&checked.conditions)
        .map(|(entry, condition)| {
            let when = match (entry.at, condition.clone()) {
                (Some(at), _) => When::Week(calendar.week_of(at)),
                (None, Some(condition)) => {
                    When::Holds(Arc::new(move |observed| condition.holds(&observed.week)))
                }
                (None, None) => unreachable!("an entry acts by date or by condition"),
            };
            Entry { when, policy: entry.policy.keys().clone(), acted: None }
        })
        .collect();
    Timeline { entries }
}
