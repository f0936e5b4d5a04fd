//! What one run leaves behind: rows for the tables, and one number per outcome.

use toguna_model::outcomes::{OUTCOMES, OverARun};
use toguna_model::pacts::state::Terms;
use toguna_model::talks::state::{Stage, Turn};
use toguna_model::words::targets::Target;
use toguna_model::world::World;
use toguna_units::Date;

/// Which logs are kept beside weeks and outcomes; they cost memory and disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub places: bool,
    pub events: bool,
    pub recruits: bool,
    pub leavers: bool,
    pub pacts: bool,
    pub talks: bool,
    pub politics: bool,
}

/// One week of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekRow {
    pub run: u32,
    pub week: u32,
    pub date: Date,
    /// In the order of [`OUTCOMES`].
    pub values: Vec<f64>,
}

/// One group in one week of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRow {
    pub run: u32,
    pub week: u32,
    pub date: Date,
    pub group: String,
    pub values: Vec<f64>,
}

/// One place in one month of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow {
    pub run: u32,
    /// First day of the month's last week.
    pub date: Date,
    pub community: String,
    pub cercle: String,
    pub region: String,
    pub zone: &'static str,
    pub values: Vec<f64>,
}

/// One violent event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    pub run: u32,
    pub event: u32,
    pub date: Date,
    pub community: String,
    pub cercle: String,
    pub region: String,
    pub zone: &'static str,
    pub attacker: String,
    pub target: String,
    pub constituency: Option<String>,
    pub soldiers_killed: u32,
    pub partners_killed: u32,
    pub attackers_killed: u32,
    pub defenders_killed: u32,
    pub civilians_killed: u32,
    pub civilians_hurt: u32,
    pub reported: bool,
}

/// One person who joined.
#[derive(Clone, Debug, PartialEq)]
pub struct RecruitRow {
    pub run: u32,
    pub date: Date,
    pub person: u32,
    pub spell: u16,
    pub community: String,
    pub constituency: String,
    pub cohort: &'static str,
    pub group: String,
    pub command: String,
    pub motive: &'static str,
    pub trigger: Option<String>,
    pub trigger_in: Option<&'static str>,
}

/// One fighter who is one no longer.
#[derive(Clone, Debug, PartialEq)]
pub struct LeaverRow {
    pub run: u32,
    pub date: Date,
    pub person: u32,
    pub group: String,
    pub command: String,
    pub cause: &'static str,
    pub weeks: u32,
}

/// One pact, from its signing to its end or to the end of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct PactRow {
    pub run: u32,
    pub pact: u32,
    /// Where it was signed first.
    pub community: String,
    pub cercle: String,
    pub region: String,
    pub zone: &'static str,
    pub places: u32,
    pub command: String,
    pub group: String,
    pub signed: Date,
    /// First day of the week of its end; none while it holds.
    pub ended: Option<Date>,
    pub weeks: u32,
    pub cause: Option<&'static str>,
    pub stance: &'static str,
    pub state_supported: bool,
    pub terms: Terms,
    pub evenness: f64,
    pub breadth: f64,
    pub militia_bound: bool,
    pub blockade_weeks: u32,
    pub breaches: u32,
    /// How near hostile militias and soldiers were, 0 to 1, mean over its weeks in the run.
    pub militia_near: f64,
    pub soldiers_near: f64,
}

/// One move of talks.
#[derive(Clone, Debug, PartialEq)]
pub struct TalkRow {
    pub run: u32,
    pub date: Date,
    pub group: String,
    pub from: &'static str,
    pub to: &'static str,
    pub turn: &'static str,
    pub command: Option<String>,
    pub trust: f64,
    pub seats: f64,
    pub clauses: u32,
    pub implemented: u32,
}

/// One turn of politics.
#[derive(Clone, Debug, PartialEq)]
pub struct PoliticsRow {
    pub run: u32,
    pub date: Date,
    pub what: &'static str,
    pub regime: &'static str,
    pub legitimacy: f64,
    pub capacity: f64,
    pub opinion_dialogue: f64,
    pub protest: f64,
    pub concessions: f64,
}

/// Names of the four cohorts, in the engine's order.
pub const COHORT_NAMES: [&str; 4] = ["young_men", "young_women", "older_men", "older_women"];

/// Everything kept of one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunRecord {
    pub run: u32,
    /// Short name of what was lived; empty where nobody asks.
    pub scenario: String,
    pub replicate: u32,
    pub seed: u64,
    pub weeks: Vec<WeekRow>,
    pub groups: Vec<GroupRow>,
    pub places: Vec<PlaceRow>,
    pub events: Vec<EventRow>,
    pub recruits: Vec<RecruitRow>,
    pub leavers: Vec<LeaverRow>,
    pub pacts: Vec<PactRow>,
    pub talks: Vec<TalkRow>,
    pub politics: Vec<PoliticsRow>,
    /// One number per outcome: totals of counts, last values of stocks.
    pub end: Vec<f64>,
    /// Violent events so far, by which they are numbered.
    pub events_so_far: u32,
}

/// So that tables of runs take one alone or one with what it belongs to.
impl AsRef<RunRecord> for RunRecord {
    fn as_ref(&self) -> &RunRecord {
        self
    }
}

/// Adds the week a world has just lived to the outcomes of its run, one number each: counts add up,
/// stocks and states are as they stand.
pub fn add_week(end: &mut [f64], world: &World) {
    for ((outcome, value), end) in OUTCOMES.iter().zip(&world.observed.week).zip(end) {
        match outcome.over_a_run {
            OverARun::Total => *end += value,
            OverARun::Last => *end = *value,
        }
    }
}

impl RunRecord {
    #[must_use]
    pub fn new(run: u32, replicate: u32, seed: u64) -> Self {
        let end = vec![0.0; OUTCOMES.len()];
        RunRecord { run, replicate, seed, end, ..RunRecord::default() }
    }

    /// Takes down the week a world has just lived.
    pub fn observe(&mut self, world: &World, wanted: Wanted) {
        // The calendar already shows the next week.
        let week = world.calendar.week - 1;
        let date = world.calendar.start.plus_weeks(week);
        add_week(&mut self.end, world);
        let run = self.run;
        self.weeks.push(WeekRow { run, week, date, values: world.observed.week.clone() });
        for (group, values) in world.groups.iter().zip(&world.observed.groups) {
            let group = group.name.clone();
            self.groups.push(GroupRow { run, week, date, group, values: values.clone() });
        }
        if wanted.places {
            self.observe_places(world, date);
        }
        if wanted.events {
            self.observe_events(world, date);
        }
        self.events_so_far += world.log.events.len() as u32;
        if wanted.recruits {
            self.observe_recruits(world, date);
        }
        if wanted.leavers {
            self.observe_leavers(world, date);
        }
        if wanted.pacts {
            self.observe_pacts(world, week);
        }
        if wanted.talks {
            self.observe_talks(world, date);
        }
        if wanted.politics {
            self.observe_politics(world, date);
        }
    }

    fn observe_places(&mut self, world: &World, date: Date) {
        for (place, values) in world.communities.iter().zip(&world.observed.places) {
            self.places.push(PlaceRow {
                run: self.run,
                date,
                community: place.name.clone(),
                cercle: world.cercles[usize::from(place.cercle)].clone(),
                region: world.regions[usize::from(place.region)].clone(),
                zone: place.zone.name(),
                values: values.clone(),
            });
        }
    }

    fn observe_events(&mut self, world: &World, date: Date) {
        for (event, number) in world.log.events.iter().zip(self.events_so_far..) {
            let place = world.community(event.community);
            let constituency = event.constituency.map(|id| world.constituency(id).name.clone());
            self.events.push(EventRow {
                run: self.run,
                event: number,
                date,
                community: place.name.clone(),
                cercle: world.cercles[usize::from(place.cercle)].clone(),
                region: world.regions[usize::from(place.region)].clone(),
                zone: place.zone.name(),
                attacker: world.name_of(event.attacker).to_owned(),
                target: match event.target {
                    Target::Armed(side) => world.name_of(side).to_owned(),
                    Target::Civilians => "civilians".to_owned(),
                },
                constituency,
                soldiers_killed: event.soldiers_killed,
                partners_killed: event.partners_killed,
                attackers_killed: event.attackers_killed,
                defenders_killed: event.defenders_killed,
                civilians_killed: event.civilians_killed,
                civilians_hurt: event.civilians_hurt,
                reported: event.reported,
            });
        }
    }

    fn observe_recruits(&mut self, world: &World, date: Date) {
        for recruit in &world.log.recruits {
            self.recruits.push(RecruitRow {
                run: self.run,
                date,
                person: recruit.person.0,
                spell: recruit.spell,
                community: world.community(recruit.community).name.clone(),
                constituency: world.constituency(recruit.constituency).name.clone(),
                cohort: COHORT_NAMES[recruit.cohort],
                group: world.groups[recruit.group.index()].name.clone(),
                command: world.commands[recruit.command.index()].name.clone(),
                motive: recruit.motive.name(),
                trigger: recruit.trigger.map(|trigger| world.name_of(trigger.by).to_owned()),
                trigger_in: recruit
                    .trigger
                    .map(|trigger| if trigger.household { "household" } else { "circle" }),
            });
        }
    }

    fn observe_leavers(&mut self, world: &World, date: Date) {
        for leaver in &world.log.leavers {
            self.leavers.push(LeaverRow {
                run: self.run,
                date,
                person: leaver.person.0,
                group: world.groups[leaver.group.index()].name.clone(),
                command: world.commands[leaver.command.index()].name.clone(),
                cause: leaver.cause.name(),
                weeks: leaver.weeks,
            });
        }
    }

    /// A row for each pact, in the order of their numbers, which after a checkpoint do not begin at 0.
    fn observe_pacts(&mut self, world: &World, week: u32) {
        let ended = world.log.pacts_ended.iter().map(|it| (&it.pact, Some(it)));
        let held = world.pacts.held.values().map(|pact| (pact, None));
        for (pact, ended) in ended.chain(held) {
            let place = world.community(pact.places[0]);
            let group = world.commands[pact.command.index()].group;
            let lived = f64::from(week as i32 - pact.since.max(0) + 1);
            let row = PactRow {
                run: self.run,
                pact: pact.number,
                community: place.name.clone(),
                cercle: world.cercles[usize::from(place.cercle)].clone(),
                region: world.regions[usize::from(place.region)].clone(),
                zone: place.zone.name(),
                places: pact.places.len() as u32,
                command: world.commands[pact.command.index()].name.clone(),
                group: world.groups[group.index()].name.clone(),
                signed: world.calendar.start.plus_days(7 * i64::from(pact.since)),
                ended: ended.map(|it| world.calendar.start.plus_weeks(it.week)),
                weeks: (week as i32 - pact.since).max(0) as u32,
                cause: ended.map(|it| it.cause.name()),
                stance: pact.stance.name(),
                state_supported: pact.state_supported,
                terms: pact.terms,
                evenness: pact.evenness,
                breadth: pact.breadth,
                militia_bound: pact.militia_bound,
                blockade_weeks: pact.blockade_weeks,
                breaches: pact.breaches,
                militia_near: pact.weeks_of_militia / lived,
                soldiers_near: pact.weeks_of_soldiers / lived,
            };
            match self.pacts.binary_search_by_key(&pact.number, |row| row.pact) {
                Ok(at) => self.pacts[at] = row,
                Err(at) => self.pacts.insert(at, row),
            }
        }
    }

    fn observe_talks(&mut self, world: &World, date: Date) {
        for moved in &world.log.talks {
            self.talks.push(TalkRow {
                run: self.run,
                date,
                group: world.groups[moved.group.index()].name.clone(),
                from: moved.from.name(),
                to: moved.to.name(),
                turn: moved.turn.name(),
                command: moved.command.map(|id| world.commands[id.index()].name.clone()),
                trust: moved.trust,
                seats: moved.seats,
                clauses: moved.clauses,
                implemented: moved.implemented,
            });
        }
    }

    fn observe_politics(&mut self, world: &World, date: Date) {
        let log = &world.log;
        let counts = [
            ("coup", log.coups),
            ("election", log.elections),
            ("conference", log.conferences),
            ("prisoner_exchange", log.exchanges),
        ];
        let moved = |stage: Stage| {
            log.talks.iter().filter(|it| it.from != it.to && it.to == stage).count() as u32
        };
        let ended = log.talks.iter().filter(|it| it.from == Stage::Accord && it.to != it.from);
        // What no command signed was no accord.
        let (unsigned, broken): (Vec<_>, Vec<_>) = ended.partition(|it| it.turn == Turn::Rigidity);
        let signed = moved(Stage::Accord) - unsigned.len() as u32;
        let more = [("accord", signed), ("accord_ended", broken.len() as u32)];
        for (what, count) in counts.into_iter().chain(more) {
            for _ in 0..count {
                self.politics.push(PoliticsRow {
                    run: self.run,
                    date,
                    what,
                    regime: world.state.regime.name(),
                    legitimacy: world.state.legitimacy,
                    capacity: world.state.capacity,
                    opinion_dialogue: world.state.opinion_dialogue,
                    protest: world.state.protest,
                    concessions: world.state.concessions,
                });
            }
        }
    }
}
