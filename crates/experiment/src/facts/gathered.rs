//! What facts need of a run, gathered while it is made: counts by month, cercle and community.
//! Events and their deaths are those that became known.

use super::pact_life::PactLife;
use std::ops::RangeInclusive;
use toguna_model::talks::state::Stage;
use toguna_model::words::geography::Zone;
use toguna_model::words::ids::{CommunityId, Side};
use toguna_model::words::motives::{MOTIVES, Motive};
use toguna_model::words::targets::Target;
use toguna_model::world::World;
use toguna_model::world::community::Community;
use toguna_model::world::group::GroupKind;
use toguna_model::world::log::{ClosureCause, Event, Recruit};
use toguna_units::{Date, narrow};

/// Which cercles of Mali have a border in common; each pair once.
const ADJACENCY: &str = include_str!("../../../../scenarios/mali/facts/adjacency.csv");
/// Militias of hunters and Dogon farmers, as scenarios of Mali call them.
const MILITIAS_OF_FARMERS: [&str; 2] = ["dogon_militia", "dozo"];
/// Weeks after an accord at which its clauses are counted: three and a half years.
const WEEKS_TO_CARRY_OUT: u32 = 182;

/// What happened in one cercle and month.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CercleMonth {
    pub events: u32,
    pub deaths: u32,
    /// Events in which an armed group attacked.
    pub(crate) attacks_by_groups: u32,
    /// Civilians killed by the state and its allies in events directed against civilians.
    pub(crate) killed_by_state: u32,
}

/// How one community stood at the end of a month.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CommunityMonth {
    pub events: u16,
    pub pact: bool,
    /// Whether the state let that pact be, or helped, when it was signed.
    pub tolerated: bool,
    pub blockaded: bool,
}

/// Civilians killed in events directed against civilians.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Killings {
    pub all: u32,
    pub(crate) by_militias_of_farmers: u32,
    pub by_state: u32,
}

/// What one month has shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Month {
    pub year: i16,
    pub month: i8,
    pub weeks: u32,
    /// Whether its last week has been seen.
    pub ended: bool,
    pub events: u32,
    pub deaths: u32,
    /// Deaths of events that became known or not.
    pub(crate) all_deaths: f64,
    pub(crate) deaths_by_zone: [u32; 3],
    /// Deaths times degrees north.
    pub(crate) latitudes: f64,
    /// Deaths of each event.
    pub sizes: Vec<u32>,
    pub cercles: Vec<CercleMonth>,
    pub communities: Vec<CommunityMonth>,
    pub killings: Killings,
    pub recruits: [u32; MOTIVES],
    /// Recruits of jihadist groups who came by themselves, and those of them after harm by the state.
    pub(crate) volunteers: u32,
    pub(crate) volunteers_after_state: u32,
    /// Schools newly closed: under threat, by destruction.
    pub closures: [u32; 2],
    /// Summed over weeks.
    pub soldiers: f64,
    pub legitimacy: f64,
    /// As they stood in the last week.
    pub displaced: f64,
    pub schools_closed: f64,
    pub hosted: Vec<f64>,
    /// Mean over communities of a zone.
    pub officials: [Option<f64>; 3],
}

/// Everything that facts need of one run.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    pub(super) months: Vec<Month>,
    /// By week: deaths that became known.
    pub(super) deaths_by_week: Vec<u32>,
    /// The same in a run that differs in nothing but that no conference is held.
    pub(super) reference: Option<Vec<u32>>,
    /// Week of the first conference to which no armed group was invited.
    pub(super) conference: Option<u32>,
    /// Week of the first accord, and the share of clauses carried out when it is time to count them.
    pub(super) accord: Option<u32>,
    pub(super) clauses_carried_out: Option<f64>,
    pub(super) pacts: Vec<PactLife>,
    /// By cercle: those next to it.
    pub(super) next_to: Vec<Vec<usize>>,
    pub(super) zones: Vec<Zone>,
    /// By community: those a road leads to.
    pub(super) roads: Vec<Vec<usize>>,
}

impl Gathered {
    /// Of a run that begins; the world tells which places there are.
    #[must_use]
    pub fn new(world: &World) -> Self {
        let place = |name: &str| world.cercles.iter().position(|cercle| cercle == name);
        let mut next_to = vec![Vec::new(); world.cercles.len()];
        for (a, b) in borders() {
            if let (Some(a), Some(b)) = (place(a), place(b)) {
                next_to[a].push(b);
                next_to[b].push(a);
            }
        }
        let to = |place: &Community| place.roads.iter().map(|road| road.to.index()).collect();
        Gathered {
            next_to,
            zones: world.communities.iter().map(|place| place.zone).collect(),
            roads: world.communities.iter().map(to).collect(),
            ..Gathered::default()
        }
    }

    /// The first cercle that is none of Mali's, if there is one: facts are known of Mali alone.
    #[must_use]
    pub fn foreign_cercle<'n>(mut cercles: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        cercles.find(|cercle| !borders().any(|(a, b)| a == *cercle || b == *cercle))
    }

    /// Takes down the week a world has just lived.
    pub fn observe(&mut self, world: &World) {
        // The calendar already shows the next week.
        let week = world.calendar.week.saturating_sub(1);
        let (today, next) = (world.calendar.start.plus_weeks(week), world.calendar.today());
        let known = world.log.events.iter().filter(|event| event.reported);
        self.deaths_by_week.push(known.map(Event::deaths).sum());
        self.observe_talks(world, week);
        let ended = world.log.pacts_ended.iter();
        self.pacts.extend(ended.map(|it| PactLife::new(&it.pact, it.week, true)));
        let month = self.month_of(today, world);
        month.weeks += 1;
        for event in &world.log.events {
            month.add_event(event, world);
        }
        world.log.recruits.iter().for_each(|recruit| month.add_recruit(recruit, world));
        for closure in &world.log.closures {
            let cause = usize::from(closure.cause == ClosureCause::Destruction);
            month.closures[cause] += closure.schools;
        }
        let value = |name: &str| world.observed.value(name).unwrap_or(f64::NAN);
        month.soldiers += value("soldiers");
        month.legitimacy += value("legitimacy");
        (month.displaced, month.schools_closed) = (value("displaced"), value("schools_closed"));
        if (today.year(), today.month()) != (next.year(), next.month()) {
            month.close(world);
        }
    }

    /// Takes down what is still under way when the run ends.
    pub fn close(&mut self, world: &World) {
        let week = world.calendar.week.saturating_sub(1);
        self.pacts.extend(world.pacts.held.values().map(|pact| PactLife::new(pact, week, false)));
        // A month that the end cuts short shows its stocks all the same.
        if let Some(month) = self.months.last_mut().filter(|month| !month.ended) {
            month.officials = officials(world);
            month.hosted = hosted(world);
        }
    }

    /// What the run without a conference has shown.
    pub(crate) fn compare_with(&mut self, reference: &Gathered) {
        self.reference = Some(reference.deaths_by_week.clone());
    }

    fn observe_talks(&mut self, world: &World, week: u32) {
        if world.log.conferences > 0 && world.policy.invited.is_empty() {
            self.conference = self.conference.or(Some(week));
        }
        let signed = |it: &toguna_model::talks::state::TalksMoved| {
            it.from == Stage::Talks && it.to == Stage::Accord
        };
        if world.log.talks.iter().any(signed) {
            self.accord = self.accord.or(Some(week));
        }
        if self.accord.is_some_and(|signed| signed + WEEKS_TO_CARRY_OUT == week) {
            self.clauses_carried_out = world.observed.value("clauses_implemented");
        }
    }

    fn month_of(&mut self, today: Date, world: &World) -> &mut Month {
        let (year, month) = (today.year(), today.month());
        if self.months.last().is_none_or(|last| (last.year, last.month) != (year, month)) {
            self.months.push(Month {
                year,
                month,
                cercles: vec![CercleMonth::default(); world.cercles.len()],
                communities: vec![CommunityMonth::default(); world.communities.len()],
                ..Month::default()
            });
        }
        self.months.last_mut().expect("one has just been added where there was none")
    }

    /// One month, if the run has come to it.
    pub(super) fn month(&self, year: i16, month: i8) -> Option<&Month> {
        self.months.iter().find(|it| (it.year, it.month) == (year, month))
    }

    pub(super) fn in_years(&self, years: RangeInclusive<i16>) -> impl Iterator<Item = &Month> {
        self.months.iter().filter(move |month| years.contains(&month.year))
    }

    /// Months whose end was seen, in order.
    pub(super) fn whole_months(&self) -> Vec<&Month> {
        self.months.iter().filter(|month| month.ended).collect()
    }

    /// Sums over years, by cercle.
    pub(super) fn by_cercle(
        &self,
        years: RangeInclusive<i16>,
        of: fn(&CercleMonth) -> u32,
    ) -> Vec<u32> {
        let mut sums = vec![0; self.next_to.len()];
        for month in self.in_years(years) {
            sums.iter_mut().zip(&month.cercles).for_each(|(sum, cercle)| *sum += of(cercle));
        }
        sums
    }
}

impl Month {
    fn add_event(&mut self, event: &Event, world: &World) {
        let deaths = event.size;
        self.all_deaths += f64::from(deaths);
        if !event.reported {
            return;
        }
        let place = world.community(event.community);
        self.events += 1;
        self.deaths += deaths;
        self.deaths_by_zone[place.zone as usize] += deaths;
        self.latitudes += f64::from(deaths) * place.latitude;
        self.sizes.push(deaths);
        self.communities[event.community.index()].events += 1;
        let cercle = &mut self.cercles[usize::from(place.cercle)];
        cercle.events += 1;
        cercle.deaths += deaths;
        cercle.attacks_by_groups += u32::from(event.attacker.group().is_some());
        if event.target == Target::Civilians {
            let killed = event.civilians_killed;
            self.killings.all += killed;
            if event.attacker == Side::STATE {
                self.killings.by_state += killed;
                cercle.killed_by_state += killed;
            } else if MILITIAS_OF_FARMERS.contains(&world.name_of(event.attacker)) {
                self.killings.by_militias_of_farmers += killed;
            }
        }
    }

    fn add_recruit(&mut self, recruit: &Recruit, world: &World) {
        self.recruits[recruit.motive as usize] += 1;
        let kind = world.groups[recruit.group.index()].kind;
        if kind == GroupKind::Jihadist && recruit.motive != Motive::Coercion {
            self.volunteers += 1;
            let by_state = recruit.trigger.is_some_and(|it| it.by == Side::STATE);
            self.volunteers_after_state += u32::from(by_state);
        }
    }

    fn close(&mut self, world: &World) {
        self.ended = true;
        self.officials = officials(world);
        self.hosted = hosted(world);
        for (id, shown) in self.communities.iter_mut().enumerate() {
            let place = CommunityId(narrow(id));
            let pact = world.pacts.at(place);
            shown.pact = pact.is_some();
            shown.tolerated = pact.is_some_and(|pact| PactLife::is_let_be(pact.stance));
            shown.blockaded = world.pacts.blockade_at(place).is_some();
        }
    }
}

/// Mean over communities of each zone; none where it has no communities.
fn officials(world: &World) -> [Option<f64>; 3] {
    Zone::ALL.map(|zone| {
        let places = world.communities.iter().filter(|place| place.zone == zone);
        let shares: Vec<f64> = places.map(|place| place.officials).collect();
        crate::statistics::mean(&shares)
    })
}

/// Displaced people by the cercle they live in.
fn hosted(world: &World) -> Vec<f64> {
    let mut hosted = vec![0.0; world.cercles.len()];
    for place in &world.communities {
        hosted[usize::from(place.cercle)] += place.movement.hosted;
    }
    hosted
}

/// Pairs of cercles of Mali with a common border.
fn borders() -> impl Iterator<Item = (&'static str, &'static str)> {
    let pair = |row: &'static str| {
        let mut cells = row.split(',');
        Some((cells.next()?, cells.next()?))
    };
    ADJACENCY.lines().skip(1).filter_map(pair)
}
