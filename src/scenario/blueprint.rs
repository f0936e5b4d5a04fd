//! From a trusted scenario to a world. What is the same for every seed is made once.

use super::file::Scenario;
use super::reading::{Reading, group_number};
use crate::engine::crowd::{Book, Crowd};
use crate::engine::roll::Roll;
use crate::engine::streams::Streams;
use crate::model::actor::{CommandId, CommunityId, ConstituencyId, GroupId, Side};
use crate::model::calendar::Calendar;
use crate::model::community::{Community, MonthTally, QuarterLife, Rank, Road, Service, Zone};
use crate::model::group::{Command, Group};
use crate::model::hostility::{Hostility, Quarrel};
use crate::model::mechanisms::Mechanisms;
use crate::model::people::People;
use crate::model::purposes::number_of_name;
use crate::model::state::{Army, State};
use crate::model::timeline::{Entry, Timeline, When};
use crate::model::world::{Constituency, World};
use crate::model::{control, posture, recruitment};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Ways are longer than the great circle by this factor (assumed), here to garrison towns.
const DETOUR: f64 = 1.3;

/// Everything about a world that no seed decides.
#[derive(Clone)]
pub struct Blueprint {
    reading: Reading,
    roll: Roll,
    /// Founding members of each command, in agents.
    founders: Vec<u32>,
    empty: World,
}

impl Blueprint {
    #[must_use]
    pub fn new(reading: Reading) -> Self {
        let scenario = &reading.scenario;
        let per_agent = scenario.people.people_per_agent;
        let (communities, quarters) = places(&reading);
        let sizes: Vec<u32> = quarters
            .iter()
            .map(|life| {
                let adults = life.residents * scenario.people.adults.get();
                (adults / f64::from(per_agent)).round() as u32
            })
            .collect();
        let roll = Roll::new(&sizes);
        let calendar = Calendar::new(scenario.time.start);
        let commands = commands(&reading, &communities);
        let founders = reading
            .tables
            .commands
            .rows
            .iter()
            .map(|row| (f64::from(row.fighters) / f64::from(per_agent)).round() as u32)
            .collect();
        let nobody = People::new(Roll::new(&[]), Crowd::default(), per_agent);
        let empty = World {
            calendar,
            rules: scenario.rules.clone(),
            mechanisms: scenario.mechanisms.clone(),
            policy: scenario.policy.clone(),
            timeline: timeline(&reading, &calendar),
            regions: names(&reading, |row| &row.region),
            cercles: names(&reading, |row| &row.cercle),
            constituencies: constituencies(scenario),
            communities,
            quarters,
            people: nobody,
            groups: groups(&reading),
            commands,
            state: State { army: army(&reading), legitimacy: scenario.state.legitimacy.get() },
            hostility: hostility(&reading, &calendar),
            streams: Streams::new(0, 0),
            log: Default::default(),
            observed: Default::default(),
        };
        Blueprint { reading, roll, founders, empty }
    }

    #[must_use]
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The same with other switches.
    #[must_use]
    pub fn with_mechanisms(&self, mechanisms: &Mechanisms) -> Self {
        let mut other = self.clone();
        other.reading.scenario.mechanisms = mechanisms.clone();
        other.empty.mechanisms = mechanisms.clone();
        other
    }

    /// Lets a world that has lived the past two scenarios share go on under this one's timeline.
    /// What has acted in that past does not act again.
    pub fn take_over(&self, world: &mut World) {
        let mut timeline = self.empty.timeline.clone();
        for (entry, lived) in timeline.entries.iter_mut().zip(&world.timeline.entries) {
            entry.done = lived.done;
        }
        world.timeline = timeline;
    }

    /// The world at the start of its first week, under one seed and replicate.
    #[must_use]
    pub fn world(&self, seed: u64, replicate: u64) -> World {
        self.world_with(seed, replicate, Book::Lines)
    }

    /// The same with the crowd kept in the book that is asked for; the twin serves tests and benches.
    #[must_use]
    pub fn world_with(&self, seed: u64, replicate: u64, book: Book) -> World {
        let settings = &self.reading.scenario.people;
        let streams = Streams::new(seed, replicate);
        let crowd = Crowd::new(&self.roll, streams.clone(), settings.frailty_shape, book);
        let mut world = self.empty.clone();
        world.streams = streams;
        world.people = People::new(self.roll.clone(), crowd, settings.people_per_agent);
        world.hostility.advance_to(0);
        recruitment::found(&mut world, &self.founders);
        posture::settle(&mut world);
        let standing: Vec<f64> = world
            .communities
            .iter()
            .map(|place| control::standing_at_start(&world, place))
            .collect();
        for (place, standing) in world.communities.iter_mut().zip(standing) {
            place.standing = standing;
        }
        world
    }

    /// Weeks the scenario lasts.
    #[must_use]
    pub fn weeks(&self) -> u32 {
        self.reading.scenario.time.weeks()
    }
}

/// Distinct names in a column of the table of communities, in order of first appearance.
fn names(reading: &Reading, name: impl Fn(&super::tables::CommunityRow) -> &String) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for row in &reading.tables.communities.rows {
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

fn places(reading: &Reading) -> (Vec<Community>, Vec<QuarterLife>) {
    let scenario = &reading.scenario;
    let tables = &reading.tables;
    let regions = names(reading, |row| &row.region);
    let cercles = names(reading, |row| &row.cercle);
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
        roads[a].push(Road { to: CommunityId(b as u16), km: way.km });
        roads[b].push(Road { to: CommunityId(a as u16), km: way.km });
    }
    let constituency_names: Vec<&str> =
        scenario.constituencies.keys().map(String::as_str).collect();
    let mut parts: Vec<Vec<(u8, f64)>> = vec![Vec::new(); ids.len()];
    for part in &tables.constituents.rows {
        let constituency = constituency_names.iter().position(|name| *name == part.constituency);
        let constituency = constituency.expect("constituencies were checked when read") as u8;
        parts[ids[part.community.as_str()]].push((constituency, part.share.get()));
    }
    let sides = scenario.groups.len() + 1;
    let (mut communities, mut quarters) = (Vec::new(), Vec::new());
    for (id, row) in tables.communities.rows.iter().enumerate() {
        let start = tables.places.rows.iter().find(|place| place.cercle == row.cercle);
        let start = start.expect("every cercle has its row");
        let first = quarters.len() as u32;
        for (constituency, share) in &parts[id] {
            quarters.push(QuarterLife {
                community: CommunityId(id as u16),
                constituency: ConstituencyId(*constituency),
                residents: f64::from(row.residents) * share,
                harm: vec![0.0; sides],
                threat: vec![0.0; sides],
                victims: vec![0.0; sides],
                fresh: vec![0.0; sides],
                fear: 0.0,
            });
        }
        let residents = f64::from(row.residents);
        let schools =
            (residents / scenario.rules.services.residents_per_school).round().max(1.0) as u32;
        let mut control = vec![0.0; sides];
        control[0] = start.state_control.get();
        let service =
            |share: crate::units::Share| Service { provided: share.get(), expected: share.get() };
        communities.push(Community {
            name: row.community.clone(),
            cercle: place_of(&cercles, &row.cercle) as u16,
            region: place_of(&regions, &row.region) as u16,
            zone: row.zone,
            rank: row.rank,
            latitude: row.latitude,
            longitude: row.longitude,
            residents,
            roads: std::mem::take(&mut roads[id]),
            quarters: first..quarters.len() as u32,
            services: [
                service(start.health),
                service(start.schooling),
                service(start.justice),
                service(start.water),
            ],
            schools,
            schools_closed: (f64::from(schools) * start.closed_schools.get()).round() as u32,
            income: start.income,
            market_access: start.market_access.get(),
            control,
            soldiers: 0.0,
            soldiers_lost: 0.0,
            outpost_empty_until: 0,
            km_to_garrison: km_to_garrison(reading, row.latitude, row.longitude),
            bands: Vec::new(),
            attacks: 0.0,
            recent_events: vec![0.0; sides * (sides + 1)],
            officials: start.state_control.get(),
            standing: 0.0,
            trust: scenario.state.legitimacy.get(),
            month: MonthTally::default(),
        });
    }
    (communities, quarters)
}

/// Distance travelled to the nearest capital of a region, or to any town where there is none, km.
fn km_to_garrison(reading: &Reading, latitude: f64, longitude: f64) -> f64 {
    let rows = &reading.tables.communities.rows;
    let nearest = |least: Rank| {
        rows.iter()
            .filter(|row| row.rank >= least)
            .map(|row| DETOUR * great_circle((latitude, longitude), (row.latitude, row.longitude)))
            .min_by(f64::total_cmp)
    };
    nearest(Rank::CapitalOfRegion).or_else(|| nearest(Rank::Town)).unwrap_or(0.0)
}

/// Distance on a sphere of 6,371 km radius by the haversine formula; points in degrees.
fn great_circle(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half_sine = |degrees: f64| libm::sin(degrees.to_radians() / 2.0);
    let (rise, run) = (half_sine(b.0 - a.0), half_sine(b.1 - a.1));
    let cosines = libm::cos(a.0.to_radians()) * libm::cos(b.0.to_radians());
    2.0 * 6_371.0 * libm::asin((rise * rise + cosines * run * run).sqrt().min(1.0))
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
            affinity: affinity_to(name),
        })
        .collect()
}

fn groups(reading: &Reading) -> Vec<Group> {
    let founding = |name: &str| -> f64 {
        let own = reading.tables.commands.rows.iter().filter(|row| row.group == name);
        own.map(|row| f64::from(row.fighters)).sum()
    };
    reading
        .scenario
        .groups
        .iter()
        .map(|(name, settings)| Group {
            name: name.clone(),
            number: group_number(name),
            kind: settings.kind,
            ideological: settings.ideological.get(),
            rigidity: settings.rigidity.get(),
            violence_against_civilians: settings.violence_against_civilians,
            opposes_school: settings.opposes_school,
            revenue_per_week: settings.revenue_per_fighter * founding(name),
            appeal: settings.appeal.clone(),
        })
        .collect()
}

/// The side a name in a table stands for.
fn side_of(reading: &Reading, name: &str) -> Side {
    if name == "state" {
        return Side::STATE;
    }
    let found = reading.scenario.groups.keys().position(|known| known == name);
    Side::of(GroupId(found.expect("sides were checked when read") as u8))
}

/// Commands of one cercle take its villages in order of size, then its town.
fn commands(reading: &Reading, communities: &[Community]) -> Vec<Command> {
    let cercles = names(reading, |row| &row.cercle);
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut commands = Vec::new();
    for row in &reading.tables.commands.rows {
        let cercle = place_of(&cercles, &row.cercle);
        let mut bases: Vec<(bool, u64, usize)> = communities
            .iter()
            .enumerate()
            .filter(|(_, place)| usize::from(place.cercle) == cercle)
            .map(|(id, place)| (place.rank > Rank::Village, u64::MAX - place.residents as u64, id))
            .collect();
        bases.sort_unstable();
        let turn = taken.entry(cercle).or_insert(0);
        let base = bases[*turn % bases.len()].2;
        *turn += 1;
        let group = side_of(reading, &row.group).group().expect("a command belongs to a group");
        let settings = &reading.scenario.groups[&row.group];
        commands.push(Command {
            name: row.command.clone(),
            number: number_of_name(&row.command, 40),
            group,
            base: CommunityId(base as u16),
            members: Vec::new(),
            lost: 0.0,
            pay: settings.revenue_per_fighter,
        });
    }
    debug_assert!(commands.len() < usize::from(CommandId(u16::MAX).0));
    commands
}

fn army(reading: &Reading) -> Army {
    let of = |zone: Zone| {
        let row = reading.tables.army.rows.iter().find(|row| row.zone == zone);
        row.map_or(0.0, |row| f64::from(row.soldiers))
    };
    let soldiers = Zone::ALL.map(of);
    Army { soldiers, allowed: soldiers, killed: 0 }
}

fn hostility(reading: &Reading, calendar: &Calendar) -> Hostility {
    // Of entries before the start only the latest of a pair counts; sorting by date keeps that so.
    let mut rows: Vec<_> = reading.tables.hostility.rows.iter().collect();
    rows.sort_by_key(|row| row.from);
    let quarrels = rows
        .into_iter()
        .map(|row| Quarrel {
            week: calendar.week_of(row.from),
            a: side_of(reading, &row.a),
            b: side_of(reading, &row.b),
            hostility: row.hostility.get(),
        })
        .collect();
    Hostility::new(reading.scenario.groups.len() + 1, quarrels)
}

fn timeline(reading: &Reading, calendar: &Calendar) -> Timeline {
    let entries = reading
        .scenario
        .timeline
        .iter()
        .zip(&reading.conditions)
        .map(|(entry, condition)| {
            let when = match (entry.at, condition.clone()) {
                (Some(at), _) => When::Week(calendar.week_of(at)),
                (None, Some(condition)) => {
                    When::Holds(Arc::new(move |observed| condition.holds(&observed.week)))
                }
                (None, None) => unreachable!("an entry acts by date or by condition"),
            };
            Entry { when, policy: entry.policy.keys().clone(), done: false }
        })
        .collect();
    Timeline { entries }
}
