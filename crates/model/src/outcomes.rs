//! Observers see the week. Every outcome is declared once, here: name, unit, meaning, how it is summed
//! up over a run, and how it is measured. Files, tables, conditions and dictionaries all read this.

use crate::budget::state::Line;
use crate::coups::effects as coups;
use crate::government::state::Regime;
use crate::legitimacy::effects as legitimacy;
use crate::memory::effects::grievance;
use crate::partners::state::Partner;
use crate::services::effects as services;
use crate::support::effects as support;
use crate::talks::state::Stage;
use crate::timeline::state::Observed;
use crate::war::effects as war;
use crate::war::state::End;
use crate::words::ids::{CommunityId, GroupId, Side};
use crate::words::motives::Motive;
use crate::words::roles::Role;
use crate::words::services::{HEALTH, JUSTICE, SCHOOLING, WATER};
use crate::world::World;
use crate::world::bands::Band;
use crate::world::community::{Community, MonthTally, QuarterLife};
use crate::world::log::{ClosureCause, Event, LeavingCause, Trigger};
use MoreIs::{Better, Neither, Worse};
use toguna_engine::parallel;
use toguna_units::{Money, narrow};

/// How a run's weeks become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverARun {
    /// Added up: counts of a week.
    Total,
    /// As it stands in the last week: stocks and states.
    Last,
}

/// What a larger number means for the people of the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoreIs {
    /// Worse, as deaths.
    Worse,
    /// Better, as pupils.
    Better,
    /// Means for an end, or good for some and bad for others.
    Neither,
}

/// Something measured every week.
pub struct Outcome {
    /// Column name, snake case.
    pub name: &'static str,
    title: Option<&'static str>,
    /// Unit of a week's value; empty for a pure number.
    pub unit: &'static str,
    /// What it measures, in a sentence.
    pub meaning: &'static str,
    /// What a larger number means.
    pub more_is: MoreIs,
    /// How weeks become one number.
    pub over_a_run: OverARun,
    /// Whether a week may have no value, which `measure` then gives as not a number.
    pub may_be_missing: bool,
    /// Its place in short tables, counted from 1; none for what only whole tables show.
    pub headline: Option<Headline>,
    /// Its value in the week that was just run.
    pub measure: fn(&World) -> f64,
}

/// The short tables in which an outcome is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headline {
    /// That of a run and that of a comparison.
    OfRuns(u8),
    /// That of a comparison only.
    OfComparisons(u8),
}

impl Headline {
    const fn rank(self) -> u8 {
        match self {
            Headline::OfRuns(rank) | Headline::OfComparisons(rank) => rank,
        }
    }
}

/// Units of columns, how people call them, and how many of theirs one is. The others are said as they are.
const UNITS_FOR_PEOPLE: &[(&str, &str, f64)] = &[
    ("share", "%", 100.0),
    ("share of normal", "% of normal", 100.0),
    ("persons", "people", 1.0),
    ("francs", "bn francs", 1e-9),
];

impl Outcome {
    /// In words; where nothing else is declared, its name.
    #[must_use]
    pub fn title(&self) -> String {
        if let Some(title) = self.title {
            return title.to_owned();
        }
        let mut words = self.name.replace('_', " ");
        words[..1].make_ascii_uppercase();
        words
    }

    /// Unit of what a whole run sums up to: "persons per week" added up over weeks is "persons".
    #[must_use]
    pub fn unit_over_a_run(&self) -> &'static str {
        match self.over_a_run {
            OverARun::Total => self.unit.split(" per ").next().unwrap_or(self.unit),
            OverARun::Last => self.unit,
        }
    }

    /// What a run sums up to as people say it, with its unit: a share of 0.54 is 54 %.
    #[must_use]
    pub fn for_people(&self, value: f64) -> (f64, &'static str) {
        let unit = self.unit_over_a_run();
        let said = UNITS_FOR_PEOPLE.iter().find(|(own, ..)| *own == unit);
        said.map_or((value, unit), |(_, said, times)| (value * times, said))
    }

    /// Of what time of a run its one number is, in words that follow its unit.
    #[must_use]
    pub fn when(&self) -> &'static str {
        match self.over_a_run {
            OverARun::Total => "in all",
            OverARun::Last => "at the end",
        }
    }

    /// The place of an outcome in [`OUTCOMES`].
    #[must_use]
    pub fn place_of(name: &str) -> Option<usize> {
        OUTCOMES.iter().position(|outcome| outcome.name == name)
    }

    /// The outcomes of a short table in its order, with their places in [`OUTCOMES`].
    #[must_use]
    pub fn headlines(shown: fn(Headline) -> bool) -> Vec<(usize, &'static Outcome)> {
        let mut found: Vec<_> = OUTCOMES
            .iter()
            .enumerate()
            .filter(|(_, outcome)| outcome.headline.is_some_and(shown))
            .collect();
        found.sort_by_key(|(_, outcome)| outcome.headline.map(Headline::rank));
        found
    }

    const fn titled(self, title: &'static str) -> Self {
        Outcome { title: Some(title), ..self }
    }

    const fn headline(self, rank: u8) -> Self {
        Outcome { headline: Some(Headline::OfRuns(rank)), ..self }
    }

    const fn compared(self, rank: u8) -> Self {
        Outcome { headline: Some(Headline::OfComparisons(rank)), ..self }
    }
}

/// Something measured every week for each group.
pub struct GroupOutcome {
    /// Column name, snake case.
    pub name: &'static str,
    /// Unit of the value; empty for a pure number.
    pub unit: &'static str,
    /// What it measures, in a sentence.
    pub meaning: &'static str,
    /// Its values, by group.
    pub measure: fn(&World) -> Vec<f64>,
}

/// Something measured every month for each place.
pub struct PlaceOutcome {
    /// Column name, snake case.
    pub name: &'static str,
    /// Unit of the value; empty for a pure number.
    pub unit: &'static str,
    /// What it measures, in a sentence.
    pub meaning: &'static str,
    /// Its value for a place.
    pub measure: fn(&World, CommunityId) -> f64,
}

impl Observed {
    /// The latest value of an outcome by name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<f64> {
        self.week.get(Outcome::place_of(name)?).copied()
    }
}

/// An outcome whose number means nothing: the arithmetic of the model has broken down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenOutcome {
    /// Name of the outcome.
    pub outcome: &'static str,
    /// What it is measured for, where it is not the country.
    pub of: String,
    /// From 0.
    pub week: u32,
    /// What was found.
    pub found: String,
}

impl std::fmt::Display for BrokenOutcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let BrokenOutcome { outcome, of, week, found } = self;
        write!(f, "in week {week} {outcome}{of} is {found}")
    }
}

impl std::error::Error for BrokenOutcome {}

/// What is wrong with a number, if anything.
fn broken(value: f64, unit: &str, may_be_missing: bool) -> Option<String> {
    const MOST_FRANCS: f64 = francs(Money::MOST);
    if value.is_nan() && may_be_missing {
        None
    } else if !value.is_finite() {
        Some(format!("{value}, which is no number"))
    } else if unit.starts_with("francs") && value.abs() > MOST_FRANCS {
        Some(format!("{value} francs, beyond the {MOST_FRANCS} that can be counted to the franc"))
    } else {
        None
    }
}

/// Whether everything that observers saw this week means something.
///
/// # Errors
/// Names the first outcome that does not.
pub fn check(world: &World) -> Result<(), BrokenOutcome> {
    let seen = &world.observed;
    let mut wrong = OUTCOMES.iter().zip(&seen.week).find_map(|(it, value)| {
        Some((it.name, broken(*value, it.unit, it.may_be_missing)?, String::new()))
    });
    for (group, values) in world.groups.iter().zip(&seen.groups) {
        wrong = wrong.or_else(|| {
            GROUP_OUTCOMES.iter().zip(values).find_map(|(it, value)| {
                Some((it.name, broken(*value, it.unit, false)?, format!(" of {}", group.name)))
            })
        });
    }
    for (place, values) in world.communities.iter().zip(&seen.places) {
        wrong = wrong.or_else(|| {
            PLACE_OUTCOMES.iter().zip(values).find_map(|(it, value)| {
                Some((it.name, broken(*value, it.unit, false)?, format!(" of {}", place.name)))
            })
        });
    }
    // The calendar already shows the next week.
    let week = world.calendar.week.saturating_sub(1);
    match wrong {
        None => Ok(()),
        Some((outcome, found, of)) => Err(BrokenOutcome { outcome, of, week, found }),
    }
}

/// Phase: the week is measured.
pub fn observe(world: &mut World) {
    tally(world);
    // An empty sum of floats is −0; nothing is 0.
    let week = parallel::map_each(OUTCOMES, |outcome| (outcome.measure)(world) + 0.0);
    let by_outcome: Vec<Vec<f64>> = GROUP_OUTCOMES.iter().map(|o| (o.measure)(world)).collect();
    let of = |group: GroupId| by_outcome.iter().map(|values| values[group.index()]).collect();
    let groups = world.all_groups().map(of).collect();
    let today = world.calendar.today();
    let month_ends = today.month() != today.plus_weeks(1).month();
    let mut places = Vec::new();
    if month_ends {
        for id in 0..narrow(world.communities.len()) {
            let row = PLACE_OUTCOMES.iter().map(|o| (o.measure)(world, CommunityId(id)));
            places.push(row.collect());
        }
        for place in &mut world.communities {
            place.month = MonthTally::default();
        }
    }
    world.observed = Observed { week, groups, places };
}

fn tally(world: &mut World) {
    for event in &world.log.events {
        let month = &mut world.communities[event.community.index()].month;
        month.events += 1;
        month.deaths += event.deaths();
        month.civilians_killed += event.civilians_killed;
        if event.reported {
            month.events_reported += 1;
            month.deaths_reported += event.deaths();
        }
    }
    for recruit in &world.log.recruits {
        world.communities[recruit.community.index()].month.recruits += world.people.per_agent;
    }
}

fn over_events(world: &World, count: impl Fn(&Event) -> u32) -> f64 {
    world.log.events.iter().map(|event| f64::from(count(event))).sum()
}

/// Persons from adults.
fn persons(world: &World, adults: usize) -> f64 {
    adults as f64 * f64::from(world.people.per_agent)
}

/// Persons, by the group of each adult.
fn counted(world: &World, groups: impl Iterator<Item = GroupId>) -> Vec<f64> {
    let mut adults = vec![0; world.groups.len()];
    groups.for_each(|group| adults[group.index()] += 1);
    adults.into_iter().map(|adults| persons(world, adults)).collect()
}

/// A value for each group.
fn each(world: &World, of: impl Fn(GroupId) -> f64) -> Vec<f64> {
    world.all_groups().map(of).collect()
}

fn recruits_for(world: &World, motive: Motive) -> f64 {
    persons(world, world.log.recruits.iter().filter(|r| r.motive == motive).count())
}

fn leavers_for(world: &World, cause: LeavingCause) -> f64 {
    persons(world, world.log.leavers.iter().filter(|l| l.cause == cause).count())
}

fn foreign_fighters(world: &World) -> f64 {
    world.commands.iter().map(|command| f64::from(command.foreign)).sum()
}

fn over_places(world: &World, of: impl Fn(&Community) -> f64) -> f64 {
    world.communities.iter().map(of).sum()
}

/// Mean over places, weighted by residents.
fn over_residents(world: &World, of: impl Fn(&Community) -> f64) -> f64 {
    let mut residents = 0.0;
    let places = world.communities.iter().map(|place| {
        residents += place.residents;
        (place.residents, of(place))
    });
    let weighted = Weighted::of(places);
    weighted.mean(residents)
}

/// Mean over quarters, weighted by residents.
fn over_quarters(world: &World, of: impl Fn(&QuarterLife) -> f64) -> f64 {
    let quarters = world.quarters.iter();
    Weighted::of(quarters.map(|life| (life.residents, of(life)))).mean(residents(world))
}

/// The sum of values times their weights; the least and the most of those that weigh anything.
struct Weighted {
    sum: f64,
    least: f64,
    most: f64,
}

impl Weighted {
    /// Of pairs of a weight and a value.
    fn of(values: impl Iterator<Item = (f64, f64)>) -> Self {
        let (mut sum, mut least, mut most) = (0.0, f64::INFINITY, f64::NEG_INFINITY);
        for (weight, value) in values {
            sum += weight * value;
            if weight > 0.0 {
                // What is not a number is neither less nor more, and shows in the sum.
                least = if value < least { value } else { least };
                most = if value > most { value } else { most };
            }
        }
        Weighted { sum, least, most }
    }

    /// The mean, the weights adding up to `weights`. It lies between the least value and the most, so that of
    /// equal values it is exactly that value, however the weights move.
    fn mean(self, weights: f64) -> f64 {
        let Weighted { sum, least, most } = self;
        let mean = sum / weights.max(1.0);
        // Where hardly anybody is left there is no mean; what is not a number stays none.
        if weights < 1.0 {
            mean
        } else if mean < least {
            least
        } else if mean > most {
            most
        } else {
            mean
        }
    }
}

const fn total(
    more_is: MoreIs,
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
    measure: fn(&World) -> f64,
) -> Outcome {
    Outcome { over_a_run: OverARun::Total, ..last(more_is, name, unit, meaning, measure) }
}

const fn last(
    more_is: MoreIs,
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
    measure: fn(&World) -> f64,
) -> Outcome {
    Outcome {
        name,
        title: None,
        unit,
        meaning,
        more_is,
        over_a_run: OverARun::Last,
        may_be_missing: false,
        headline: None,
        measure,
    }
}

fn residents(world: &World) -> f64 {
    world.communities.iter().map(|place| place.residents).sum()
}

fn closures(world: &World, cause: ClosureCause) -> f64 {
    let of_cause = world.log.closures.iter().filter(|closure| closure.cause == cause);
    of_cause.map(|closure| f64::from(closure.schools)).sum()
}

fn triggered(world: &World, by: impl Fn(Side) -> bool) -> f64 {
    let has = |trigger: Option<Trigger>| trigger.is_some_and(|t| by(t.by));
    persons(world, world.log.recruits.iter().filter(|recruit| has(recruit.trigger)).count())
}

/// Exact up to [`Money::MOST`]; a run ends when an outcome goes beyond.
const fn francs(money: Money) -> f64 {
    money.0 as f64
}

fn spent(world: &World, lines: &[Line]) -> f64 {
    francs(world.treasury.week.on_all(lines))
}

/// One of the ends of a war: of many runs the mean is the share of runs that ended so.
const fn ended(name: &'static str, meaning: &'static str, measure: fn(&World) -> f64) -> Outcome {
    last(Neither, name, "share", meaning, measure)
}

fn ended_by(world: &World, end: End) -> f64 {
    f64::from(u8::from(war::end(world).is_some_and(|(how, _)| how == end)))
}

/// What is measured for the whole country every week.
pub const OUTCOMES: &[Outcome] = &[
    last(
        Worse,
        "fighters",
        "persons",
        "Members of armed groups, those from abroad included",
        |w| w.people.count(Role::Fighter) as f64 + foreign_fighters(w),
    )
    .titled("Fighters in armed groups")
    .headline(1),
    last(Neither, "fighters_hidden", "persons", "Fighters who have gone to ground", |w| {
        let per_agent = f64::from(w.people.per_agent);
        let hidden = w.commands.iter().filter(|command| command.hidden);
        hidden.map(|command| command.fighters(per_agent)).sum()
    })
    .titled("Fighters who lie low"),
    total(Worse, "recruits", "persons per week", "People who joined an armed group", |w| {
        persons(w, w.log.recruits.len())
    })
    .titled("People who joined")
    .headline(2),
    total(
        Better,
        "leavers",
        "persons per week",
        "Fighters who left alive, arrested ones included",
        |w| persons(w, w.log.leavers.len()) - leavers_for(w, LeavingCause::Killed),
    )
    .titled("Fighters who left")
    .headline(3),
    last(
        Neither,
        "former_fighters",
        "persons",
        "People who have left an armed group and are free",
        |w| w.people.count(Role::FormerFighter) as f64,
    )
    .titled("Former fighters"),
    last(Neither, "prisoners", "persons", "Fighters in prison", |w| {
        w.people.count(Role::Prisoner) as f64
    })
    .titled("Fighters in prison"),
    ended("war_settled", "Wars settled: fighting stopped under an accord", |w| {
        ended_by(w, End::Settled)
    })
    .titled("War ended by a settlement")
    .headline(30),
    ended("war_won", "Wars the state has won: fighting stopped without an accord", |w| {
        ended_by(w, End::Won)
    })
    .titled("War ended by the state's victory")
    .headline(31),
    ended("war_lost", "Wars the state has lost: a group took the capital", |w| {
        ended_by(w, End::Lost)
    })
    .titled("War ended by the state's defeat")
    .headline(32),
    last(Worse, "weeks_of_war", "weeks", "Weeks until the war ended, or of the run so far", |w| {
        war::end(w).map_or(f64::from(w.calendar.week + 1), |(_, week)| f64::from(week))
    })
    .titled("Weeks until the war ended"),
    last(Neither, "truces", "truces", "Pairs of groups that keep a truce", |w| {
        w.hostility.truces() as f64
    })
    .titled("Truces between groups"),
    total(
        Worse,
        "deaths",
        "deaths per week",
        "Killed in violent events: civilians, fighters, soldiers",
        |w| over_events(w, Event::deaths),
    )
    .titled("Deaths in violence")
    .headline(4),
    total(Worse, "civilians_killed", "deaths per week", "Civilians killed by anyone", |w| {
        over_events(w, |e| e.civilians_killed)
    })
    .headline(5),
    total(
        Worse,
        "civilians_killed_by_state",
        "deaths per week",
        "Civilians killed by the state and its allies",
        |w| over_events(w, |e| if e.harm_by == Side::STATE { e.civilians_killed } else { 0 }),
    )
    .headline(6),
    total(
        Worse,
        "civilians_killed_by_groups",
        "deaths per week",
        "Civilians killed by armed groups",
        |w| over_events(w, |e| if e.harm_by.group().is_some() { e.civilians_killed } else { 0 }),
    )
    .compared(7),
    total(
        Worse,
        "civilians_hurt",
        "persons per week",
        "Civilians beaten, robbed or seized in attacks on them",
        |w| over_events(w, |e| e.civilians_hurt),
    ),
    total(Worse, "fighters_killed", "deaths per week", "Fighters killed", |w| {
        over_events(w, |e| e.attackers_killed + e.defenders_killed)
    }),
    total(Worse, "soldiers_killed", "deaths per week", "Soldiers of the state killed", |w| {
        over_events(w, |e| e.soldiers_killed)
    })
    .compared(8),
    total(Worse, "events", "events per week", "Violent events", |w| over_events(w, |_| 1))
        .titled("Violent events")
        .headline(9),
    total(Worse, "events_reported", "events per week", "Violent events that became known", |w| {
        over_events(w, |e| u32::from(e.reported))
    })
    .titled("Violent events that became known")
    .headline(10),
    total(
        Worse,
        "deaths_reported",
        "deaths per week",
        "Deaths in violent events that became known",
        |w| over_events(w, |e| if e.reported { e.deaths() } else { 0 }),
    )
    .titled("Deaths that became known"),
    total(Worse, "partner_deaths", "deaths per week", "Soldiers of partners killed", |w| {
        over_events(w, |e| e.partners_killed)
    })
    .titled("Soldiers of partners killed"),
    last(Neither, "soldiers", "persons", "Soldiers of the state", |w| w.government.army.total())
        .titled("Soldiers of the state"),
    last(Neither, "partner_soldiers", "persons", "Soldiers of partners in the country", |w| {
        w.partners.iter().map(Partner::soldiers).sum()
    })
    .titled("Soldiers of partners"),
    last(
        Better,
        "state_control",
        "share",
        "Control held by the state, weighted by residents",
        |w| over_residents(w, |place| place.control[0]),
    )
    .titled("Control by the state")
    .headline(11),
    last(
        Worse,
        "group_control",
        "share",
        "Control held by armed groups, weighted by residents",
        |w| over_residents(w, |place| place.control[1..].iter().sum()),
    )
    .titled("Control by armed groups")
    .compared(12),
    last(
        Better,
        "under_state",
        "persons",
        "Residents of places where the state holds the largest share",
        |w| {
            over_residents(w, |place| {
                f64::from(u8::from(
                    place.control[1..].iter().all(|share| *share <= place.control[0]),
                ))
            }) * residents(w)
        },
    )
    .titled("People under the state")
    .compared(13),
    last(
        Better,
        "officials_present",
        "share",
        "Officials at their posts, weighted by residents",
        |w| over_residents(w, |place| place.officials),
    )
    .titled("Officials at their posts"),
    last(Worse, "schools_closed", "schools", "Schools closed by threat or destruction", |w| {
        w.communities.iter().map(|place| f64::from(place.schools_closed)).sum()
    })
    .headline(14),
    total(
        Worse,
        "schools_closed_by_threat",
        "schools per week",
        "Schools newly closed under threat",
        |w| closures(w, ClosureCause::Threat),
    ),
    total(
        Worse,
        "schools_destroyed",
        "schools per week",
        "Schools newly closed by destruction",
        |w| closures(w, ClosureCause::Destruction),
    ),
    total(Better, "schools_reopened", "schools per week", "Schools opened again", |w| {
        f64::from(w.log.schools_reopened)
    }),
    last(
        Better,
        "health",
        "share",
        "Share of the need for health met, weighted by residents",
        |w| over_residents(w, |place| services::provided(place, HEALTH)),
    )
    .titled("Health care"),
    last(
        Better,
        "schooling",
        "share",
        "Share of the need for schooling met, weighted by residents",
        |w| over_residents(w, |place| services::provided(place, SCHOOLING)),
    ),
    last(
        Better,
        "justice",
        "share",
        "Share of the need for justice met, weighted by residents",
        |w| over_residents(w, |place| services::provided(place, JUSTICE)),
    ),
    last(Better, "water", "share", "Share of the need for water met, weighted by residents", |w| {
        over_residents(w, |place| services::provided(place, WATER))
    })
    .titled("Safe water"),
    last(Better, "trust", "share", "Trust in the state, weighted by residents", |w| {
        over_residents(w, |place| place.trust)
    })
    .titled("Trust in the state")
    .headline(25),
    last(Worse, "fear", "share", "Fear, weighted by residents", |w| {
        over_quarters(w, |life| life.fear)
    }),
    last(
        Worse,
        "grievance_state",
        "share",
        "Grievance against the state, weighted by residents",
        |w| over_quarters(w, |life| grievance(&w.rules.memory, life.harm[0])),
    )
    .titled("Grievance against the state"),
    last(Better, "legitimacy", "share", "What the state is believed to be entitled to", |w| {
        w.government.legitimacy
    })
    .titled("Legitimacy of the state")
    .compared(24),
    last(Better, "felt_security", "share", "How safe people feel from armed groups", |w| {
        legitimacy::felt_security(w)
    }),
    last(
        Neither,
        "opinion_dialogue",
        "share",
        "Public that wants dialogue with armed groups",
        |w| w.government.opinion_dialogue,
    )
    .titled("Public for dialogue")
    .compared(27),
    last(Better, "capacity", "share", "Capacity of institutions", |w| w.government.capacity)
        .titled("Capacity of institutions")
        .compared(26),
    last(Worse, "protest", "intensity", "Protest, 0 none to 1 the largest", |w| {
        w.government.protest
    }),
    total(Better, "elections", "elections per week", "Elections held", |w| {
        f64::from(w.log.elections)
    }),
    last(Worse, "elections_overdue", "yes or no", "1 while an election is due and not held", |w| {
        f64::from(u8::from(w.government.elections_overdue))
    }),
    total(Worse, "coups", "coups per week", "Coups", |w| f64::from(w.log.coups)).compared(23),
    last(Worse, "coup_hazard_per_year", "per year", "Hazard of a coup", |w| {
        coups::hazard_per_year(&w.rules.coups, &coups::unrest(w))
    })
    .titled("Hazard of a coup"),
    last(Worse, "military_rule", "yes or no", "1 while soldiers or nobody rule", |w| {
        f64::from(u8::from(w.government.regime != Regime::Elected))
    }),
    total(
        Worse,
        "recruits_protection",
        "persons per week",
        "Recruits whose primary motive was protection",
        |w| recruits_for(w, Motive::Protection),
    )
    .titled("Recruits for protection"),
    total(
        Worse,
        "recruits_economic",
        "persons per week",
        "Recruits whose primary motive was a living, or loot",
        |w| recruits_for(w, Motive::Economic),
    )
    .titled("Recruits for a living"),
    total(
        Worse,
        "recruits_social_welfare",
        "persons per week",
        "Recruits whose primary motive was want of health care and water",
        |w| recruits_for(w, Motive::SocialWelfare),
    )
    .titled("Recruits for want of services"),
    total(
        Worse,
        "recruits_educational",
        "persons per week",
        "Recruits whose primary motive was want of schooling",
        |w| recruits_for(w, Motive::Educational),
    )
    .titled("Recruits for want of schooling"),
    total(
        Worse,
        "recruits_grievance",
        "persons per week",
        "Recruits whose primary motive was harm done to them and theirs",
        |w| recruits_for(w, Motive::Grievance),
    )
    .titled("Recruits for grievance"),
    total(
        Worse,
        "recruits_political",
        "persons per week",
        "Recruits whose primary motive was having no say",
        |w| recruits_for(w, Motive::Political),
    )
    .titled("Recruits for having no say"),
    total(
        Worse,
        "recruits_familial",
        "persons per week",
        "Recruits whose primary motive was kin and friends inside",
        |w| recruits_for(w, Motive::Familial),
    )
    .titled("Recruits for kin and friends"),
    total(
        Worse,
        "recruits_religious",
        "persons per week",
        "Recruits whose primary motive was preaching",
        |w| recruits_for(w, Motive::Religious),
    )
    .titled("Recruits for religion"),
    total(
        Worse,
        "recruits_status",
        "persons per week",
        "Recruits whose primary motive was status",
        |w| recruits_for(w, Motive::Status),
    )
    .titled("Recruits for status"),
    total(
        Worse,
        "recruits_coercion",
        "persons per week",
        "Recruits whose primary motive was force",
        |w| recruits_for(w, Motive::Coercion),
    )
    .titled("Recruits by force"),
    total(
        Worse,
        "recruits_triggered",
        "persons per week",
        "Recruits to whose household or circle harm was done within half a year",
        |w| triggered(w, |_| true),
    )
    .titled("Recruits after harm"),
    total(
        Worse,
        "recruits_triggered_by_state",
        "persons per week",
        "Recruits whose latest such harm was done by the state or its allies",
        |w| triggered(w, |side| side == Side::STATE),
    )
    .titled("Recruits after harm by the state"),
    total(
        Worse,
        "recruits_again",
        "persons per week",
        "Recruits who had been fighters before",
        |w| persons(w, w.log.recruits.iter().filter(|r| r.spell > 0).count()),
    )
    .titled("Recruits who return"),
    total(Neither, "leavers_fatigue", "persons per week", "Fighters who tired", |w| {
        leavers_for(w, LeavingCause::Fatigue)
    })
    .titled("Fighters who tired"),
    total(Neither, "leavers_losses", "persons per week", "Fighters who left after losses", |w| {
        leavers_for(w, LeavingCause::Losses)
    })
    .titled("Fighters who left after losses"),
    total(Neither, "leavers_unpaid", "persons per week", "Fighters who left unpaid", |w| {
        leavers_for(w, LeavingCause::Unpaid)
    })
    .titled("Fighters who left unpaid"),
    total(
        Better,
        "leavers_reintegration",
        "persons per week",
        "Fighters who took up a reintegration offer",
        |w| leavers_for(w, LeavingCause::Reintegration),
    )
    .titled("Fighters reintegrated"),
    total(Neither, "leavers_arrest", "persons per week", "Fighters who were arrested", |w| {
        leavers_for(w, LeavingCause::Arrest)
    })
    .titled("Fighters arrested"),
    total(
        Better,
        "leavers_amnesty",
        "persons per week",
        "Fighters who went home under an amnesty, to a pact",
        |w| leavers_for(w, LeavingCause::Amnesty),
    )
    .titled("Fighters under amnesty"),
    total(
        Better,
        "leavers_accord",
        "persons per week",
        "Fighters sent home under an accord",
        |w| leavers_for(w, LeavingCause::Accord),
    )
    .titled("Fighters sent home by accords"),
    total(
        Better,
        "leavers_disbanded",
        "persons per week",
        "Fighters who went home because too few were left of their katiba",
        |w| leavers_for(w, LeavingCause::Disbanded),
    )
    .titled("Fighters of katibas that are no more"),
    last(Neither, "pacts", "pacts", "Pacts that hold", |w| w.pacts.held.len() as f64)
        .titled("Local pacts")
        .compared(18),
    last(Neither, "pacts_supported", "pacts", "Of them, those the state has supported", |w| {
        w.pacts.held.values().filter(|pact| pact.state_supported).count() as f64
    })
    .titled("Local pacts with state support"),
    last(Neither, "under_pacts", "persons", "Residents of places under a pact", |w| {
        over_places(w, |place| if w.pacts.at(place.id).is_some() { place.residents } else { 0.0 })
    })
    .titled("People under pacts")
    .compared(19),
    total(Neither, "pacts_signed", "pacts per week", "Pacts signed", |w| {
        f64::from(w.log.pacts_signed)
    })
    .titled("Local pacts signed")
    .compared(20),
    total(
        Neither,
        "pacts_joined",
        "places per week",
        "Places that joined a neighbour's pact",
        |w| f64::from(w.log.pacts_joined),
    )
    .titled("Places that joined pacts"),
    total(Neither, "pacts_ended", "pacts per week", "Pacts ended", |w| {
        w.log.pacts_ended.len() as f64
    })
    .titled("Local pacts ended")
    .compared(21),
    last(Worse, "blockaded", "persons", "Residents of places under blockade", |w| {
        let blocked = |place: &Community| w.pacts.blockade_at(place.id).is_some();
        over_places(w, |place| if blocked(place) { place.residents } else { 0.0 })
    })
    .titled("People under blockade"),
    total(Worse, "blockades_begun", "blockades per week", "Blockades begun", |w| {
        f64::from(w.log.blockades_begun)
    }),
    total(Neither, "commanders_killed", "deaths per week", "Commanders of bands killed", |w| {
        f64::from(w.log.commanders_killed)
    }),
    last(Neither, "concessions", "share", "What pacts and talks have given to armed groups", |w| {
        w.government.concessions
    })
    .titled("Concessions to armed groups"),
    last(
        Neither,
        "talks_stage",
        "stage",
        "How far talks have come: 1 channel, 2 contact, 3 talks, 4 accord",
        |w| {
            let stages = w.talks.tracks.iter().map(|track| track.stage as u8);
            f64::from(stages.max().unwrap_or(0))
        },
    )
    .titled("Stage of talks"),
    last(Neither, "accords", "accords", "Accords that hold", |w| {
        w.talks.tracks.iter().filter(|track| track.stage == Stage::Accord).count() as f64
    })
    .compared(22),
    last(
        Neither,
        "fighters_in_accords",
        "persons",
        "Members of commands that keep an accord",
        |w| {
            let per_agent = f64::from(w.people.per_agent);
            let kept =
                w.talks.in_accord.iter().map(|id| w.commands[id.index()].fighters(per_agent));
            kept.sum()
        },
    ),
    last(Better, "clauses_implemented", "share", "Clauses carried out, of those agreed", |w| {
        let (mut done, mut agreed) = (0.0, 0.0);
        for track in &w.talks.tracks {
            done += f64::from(track.implemented);
            agreed += f64::from(track.clauses);
        }
        if agreed > 0.0 { done / agreed } else { 0.0 }
    }),
    total(Neither, "exchanges", "exchanges per week", "Exchanges of prisoners", |w| {
        f64::from(w.log.exchanges)
    })
    .titled("Exchanges of prisoners"),
    total(Neither, "conferences", "conferences per week", "National conferences begun", |w| {
        f64::from(w.log.conferences)
    })
    .titled("National conferences"),
    last(Neither, "sham", "share", "How far the public takes talks for a show", |w| w.talks.sham)
        .titled("Talks taken for a show"),
    total(
        Neither,
        "bases_moved",
        "bases per week",
        "Commands that moved their base or sent half of their people to another",
        |w| f64::from(w.log.bases_moved),
    )
    .titled("Bases of armed groups moved"),
    total(
        Worse,
        "garrisons_given_up",
        "garrisons per week",
        "Garrisons of cercles that the army gave up against superior strength",
        |w| f64::from(w.log.garrisons_given_up),
    ),
    total(
        Better,
        "garrisons_retaken",
        "garrisons per week",
        "Garrisons of cercles to which the army came back",
        |w| f64::from(w.log.garrisons_retaken),
    ),
    last(
        Neither,
        "rain",
        "share of normal",
        "Rain above or below normal, weighted by residents",
        |w| over_residents(w, |place| w.skies[usize::from(place.region)].rain),
    ),
    last(Better, "harvest", "share of normal", "Latest harvest, weighted by residents", |w| {
        over_residents(w, |place| w.skies[usize::from(place.region)].harvest)
    })
    .titled("Harvest"),
    total(Neither, "revenue", "francs per week", "Taxes, customs and royalties", |w| {
        francs(w.treasury.week.revenue)
    })
    .titled("Revenue of the state"),
    total(Neither, "aid", "francs per week", "Donors' grants to the budget", |w| {
        francs(w.treasury.week.aid)
    })
    .titled("Aid to the budget"),
    total(Neither, "relief_aid", "francs per week", "Donors' money for people in need", |w| {
        francs(w.treasury.week.relief_aid)
    })
    .titled("Aid for people in need"),
    total(
        Neither,
        "extra",
        "francs per week",
        "Grants for one purpose, as far as they are spent",
        |w| francs(w.treasury.week.extra),
    )
    .titled("Grants for one purpose"),
    total(Neither, "loans", "francs per week", "Borrowed by the state", |w| {
        francs(w.treasury.week.loans)
    })
    .titled("Loans to the state"),
    total(
        Neither,
        "spending",
        "francs per week",
        "Spent by the state and donors' relief, all lines",
        |w| w.treasury.week.spent.iter().map(|money| money.0 as f64).sum(),
    )
    .titled("Spending by state and donors")
    .compared(28),
    total(Neither, "spending_health", "francs per week", "Spent by the state on health", |w| {
        spent(w, &[Line::Health])
    })
    .titled("Spending on health"),
    total(
        Neither,
        "spending_schooling",
        "francs per week",
        "Spent by the state on schooling",
        |w| spent(w, &[Line::Schooling]),
    )
    .titled("Spending on schooling"),
    total(Neither, "spending_justice", "francs per week", "Spent by the state on justice", |w| {
        spent(w, &[Line::Justice])
    })
    .titled("Spending on justice"),
    total(Neither, "spending_water", "francs per week", "Spent by the state on water", |w| {
        spent(w, &[Line::Water])
    })
    .titled("Spending on water"),
    total(
        Neither,
        "spending_dialogue",
        "francs per week",
        "Spent on dialogue and reconciliation",
        |w| spent(w, &[Line::Dialogue]),
    )
    .titled("Spending on dialogue"),
    total(Neither, "spending_pacts", "francs per week", "Spent on local pacts", |w| {
        spent(w, &[Line::Pacts])
    })
    .titled("Spending on pacts"),
    total(
        Neither,
        "spending_relief",
        "francs per week",
        "Spent on people in need by state and donors",
        |w| spent(w, &[Line::Relief]),
    )
    .titled("Spending on relief"),
    total(
        Neither,
        "spending_reintegration",
        "francs per week",
        "Paid to fighters who took up an offer to come home",
        |w| spent(w, &[Line::Reintegration]),
    )
    .titled("Spending on reintegration"),
    total(Neither, "spending_pay", "francs per week", "Spent on soldiers' pay", |w| {
        spent(w, &[Line::Pay])
    })
    .titled("Spending on soldiers' pay"),
    total(Neither, "spending_upkeep", "francs per week", "Spent on the army's upkeep", |w| {
        spent(w, &[Line::Upkeep])
    })
    .titled("Spending on the army's upkeep"),
    total(Neither, "spending_operations", "francs per week", "Spent on military operations", |w| {
        spent(w, &[Line::Operations])
    })
    .titled("Spending on operations"),
    total(
        Neither,
        "spending_partners",
        "francs per week",
        "Paid to partners by the treasury",
        |w| spent(w, &[Line::Partners]),
    )
    .titled("Spending on partners"),
    total(Neither, "spending_administration", "francs per week", "Spent on everything else", |w| {
        spent(w, &[Line::Administration])
    })
    .titled("Spending on administration"),
    last(Neither, "treasury", "francs", "In the treasury", |w| francs(w.treasury.balance))
        .titled("In the treasury"),
    last(Worse, "debt", "francs", "Borrowed since the start", |w| francs(w.treasury.debt))
        .titled("Debt of the state")
        .compared(29),
    last(
        Worse,
        "unpaid_soldiers",
        "share",
        "Share of soldiers' pay of recent weeks not paid",
        |w| w.government.unpaid,
    )
    .titled("Soldiers' pay in arrears"),
    total(Worse, "levied", "median incomes per week", "Levied by armed groups", |w| {
        w.groups.iter().map(|group| group.levied).sum()
    })
    .titled("Levied by armed groups"),
    total(
        Worse,
        "captured",
        "median incomes per week",
        "Taken by armed groups of what the state spent on services",
        |w| w.groups.iter().map(|group| group.captured).sum(),
    )
    .titled("Captured by armed groups"),
    last(
        Better,
        "income",
        "median incomes",
        "What an honest living brings, weighted by residents",
        |w| over_residents(w, |place| place.income),
    ),
    last(
        Better,
        "market_access",
        "share",
        "Goods that reach markets, weighted by residents",
        |w| over_residents(w, |place| place.market_access),
    ),
    last(Worse, "hunger", "share", "Residents who go hungry", |w| {
        over_residents(w, |place| place.hunger)
    }),
    last(Worse, "people_in_need", "persons", "Residents who are hungry or lack services", |w| {
        w.communities.iter().map(|place| place.in_need).sum()
    })
    .compared(17),
    last(Better, "aid_reached", "persons", "Residents in need whom relief reached", |w| {
        w.communities.iter().map(|place| place.aid_reached).sum()
    })
    .titled("People whom relief reached"),
    last(Worse, "displaced", "persons", "Displaced inside the country, dependants included", |w| {
        over_places(w, |place| place.movement.hosted)
    })
    .titled("Displaced people")
    .compared(15),
    last(
        Worse,
        "refugees",
        "persons",
        "Refugees in neighbouring countries, dependants included",
        |w| w.abroad.iter().map(|country| country.refugees).sum(),
    )
    .compared(16),
    total(
        Worse,
        "fled",
        "persons per week",
        "People who fled, or fled on, dependants included",
        |w| w.log.fled.iter().map(|flight| flight.persons).sum(),
    )
    .titled("People who fled"),
    total(
        Better,
        "returned",
        "persons per week",
        "Displaced people and refugees who went home",
        |w| w.log.returned,
    )
    .titled("People who returned"),
    total(Worse, "disputes", "disputes per week", "Disputes of herders and farmers", |w| {
        w.log.disputes.len() as f64
    })
    .titled("Disputes of herders and farmers"),
    total(
        Worse,
        "disputes_taken_up",
        "disputes per week",
        "Disputes that an armed group took up",
        |w| w.log.disputes.iter().filter(|dispute| dispute.taken_up_by.is_some()).count() as f64,
    ),
    total(Worse, "killed_in_disputes", "deaths per week", "Civilians killed in disputes", |w| {
        w.log.disputes.iter().map(|dispute| f64::from(dispute.killed)).sum()
    })
    .titled("Killed in disputes"),
    last(
        Worse,
        "foreign_fighters",
        "persons",
        "Fighters from abroad in armed groups",
        foreign_fighters,
    )
    .titled("Fighters from abroad"),
    total(
        Neither,
        "places_held",
        "operations per week",
        "Operations after which soldiers stayed",
        |w| f64::from(w.log.places_held),
    )
    .titled("Places held after operations"),
    total(
        Worse,
        "places_left",
        "operations per week",
        "Operations after which soldiers left those who had helped",
        |w| f64::from(w.log.places_left),
    )
    .titled("Places left after operations"),
    total(
        Neither,
        "group_changes",
        "changes per week",
        "Commands founded, groups split or merged",
        |w| f64::from(w.log.group_changes),
    )
    .titled("Groups founded, split, merged"),
];

/// What is measured for each group every week.
pub const GROUP_OUTCOMES: &[GroupOutcome] = &[
    GroupOutcome {
        name: "fighters",
        unit: "persons",
        meaning: "Its members",
        measure: World::strengths,
    },
    GroupOutcome {
        name: "commands",
        unit: "commands",
        meaning: "Its commands with anyone in them",
        measure: |w| {
            let mut commands = vec![0.0; w.groups.len()];
            for command in w.commands.iter().filter(|command| !command.members.is_empty()) {
                commands[command.group.index()] += 1.0;
            }
            commands
        },
    },
    GroupOutcome {
        name: "recruits",
        unit: "persons per week",
        meaning: "People who joined it",
        measure: |w| counted(w, w.log.recruits.iter().map(|recruit| recruit.group)),
    },
    GroupOutcome {
        name: "leavers",
        unit: "persons per week",
        meaning: "Fighters who left it alive, arrested ones included",
        measure: |w| {
            let left = w.log.leavers.iter().filter(|leaver| leaver.cause != LeavingCause::Killed);
            counted(w, left.map(|leaver| leaver.group))
        },
    },
    GroupOutcome {
        name: "fighters_killed",
        unit: "deaths per week",
        meaning: "Its fighters killed",
        measure: |w| {
            let left = w.log.leavers.iter().filter(|leaver| leaver.cause == LeavingCause::Killed);
            counted(w, left.map(|leaver| leaver.group))
        },
    },
    GroupOutcome {
        name: "civilians_killed",
        unit: "deaths per week",
        meaning: "Civilians it killed",
        measure: |w| {
            each(w, |g| {
                over_events(w, |e| if e.harm_by == Side::of(g) { e.civilians_killed } else { 0 })
            })
        },
    },
    GroupOutcome {
        name: "control",
        unit: "share",
        meaning: "Control it holds, weighted by residents",
        measure: |w| each(w, |g| over_residents(w, |place| place.control[Side::of(g).index()])),
    },
    GroupOutcome {
        name: "support",
        unit: "share",
        meaning: "Support for it, weighted by residents",
        measure: |w| each(w, |g| over_residents(w, |place| support::of_community(w, place, g))),
    },
];

/// What is measured for each place every month.
pub const PLACE_OUTCOMES: &[PlaceOutcome] = &[
    PlaceOutcome {
        name: "under_pact",
        unit: "1 or 0",
        meaning: "Whether a local pact holds",
        measure: |w, c| f64::from(u8::from(w.pacts.at(c).is_some())),
    },
    PlaceOutcome {
        name: "blockaded",
        unit: "1 or 0",
        meaning: "Whether an armed group blockades the place",
        measure: |w, c| f64::from(u8::from(w.pacts.blockade_at(c).is_some())),
    },
    PlaceOutcome {
        name: "events",
        unit: "events per month",
        meaning: "Violent events",
        measure: |w, c| f64::from(w.community(c).month.events),
    },
    PlaceOutcome {
        name: "events_reported",
        unit: "events per month",
        meaning: "Violent events that became known",
        measure: |w, c| f64::from(w.community(c).month.events_reported),
    },
    PlaceOutcome {
        name: "deaths",
        unit: "deaths per month",
        meaning: "Killed in violent events",
        measure: |w, c| f64::from(w.community(c).month.deaths),
    },
    PlaceOutcome {
        name: "deaths_reported",
        unit: "deaths per month",
        meaning: "Deaths that became known",
        measure: |w, c| f64::from(w.community(c).month.deaths_reported),
    },
    PlaceOutcome {
        name: "civilians_killed",
        unit: "deaths per month",
        meaning: "Civilians killed",
        measure: |w, c| f64::from(w.community(c).month.civilians_killed),
    },
    PlaceOutcome {
        name: "recruits",
        unit: "persons per month",
        meaning: "People who joined an armed group",
        measure: |w, c| f64::from(w.community(c).month.recruits),
    },
    PlaceOutcome {
        name: "fighters",
        unit: "persons",
        meaning: "Members of armed groups here",
        measure: |w, c| w.community(c).bands.iter().map(Band::people).sum(),
    },
    PlaceOutcome {
        name: "soldiers",
        unit: "persons",
        meaning: "Soldiers here",
        measure: |w, c| w.community(c).soldiers,
    },
    PlaceOutcome {
        name: "state_control",
        unit: "share",
        meaning: "Control held by the state",
        measure: |w, c| w.community(c).control[0],
    },
    PlaceOutcome {
        name: "officials",
        unit: "share",
        meaning: "Officials at their posts, of those the place should have",
        measure: |w, c| w.community(c).officials,
    },
    PlaceOutcome {
        name: "group_control",
        unit: "share",
        meaning: "Control held by armed groups",
        measure: |w, c| w.community(c).control[1..].iter().sum(),
    },
    PlaceOutcome {
        name: "schools_closed",
        unit: "schools",
        meaning: "Schools closed",
        measure: |w, c| f64::from(w.community(c).schools_closed),
    },
    PlaceOutcome {
        name: "health",
        unit: "share",
        meaning: "Share of the need for health met",
        measure: |w, c| services::provided(w.community(c), HEALTH),
    },
    PlaceOutcome {
        name: "schooling",
        unit: "share",
        meaning: "Share of the need for schooling met",
        measure: |w, c| services::provided(w.community(c), SCHOOLING),
    },
    PlaceOutcome {
        name: "justice",
        unit: "share",
        meaning: "Share of the need for justice met",
        measure: |w, c| services::provided(w.community(c), JUSTICE),
    },
    PlaceOutcome {
        name: "water",
        unit: "share",
        meaning: "Share of the need for water met",
        measure: |w, c| services::provided(w.community(c), WATER),
    },
    PlaceOutcome {
        name: "trust",
        unit: "share",
        meaning: "Trust in the state",
        measure: |w, c| w.community(c).trust,
    },
    PlaceOutcome {
        name: "income",
        unit: "median incomes",
        meaning: "What an honest living brings",
        measure: |w, c| w.community(c).income,
    },
    PlaceOutcome {
        name: "market_access",
        unit: "share",
        meaning: "Goods that reach markets",
        measure: |w, c| w.community(c).market_access,
    },
    PlaceOutcome {
        name: "hunger",
        unit: "share",
        meaning: "Residents who go hungry",
        measure: |w, c| w.community(c).hunger,
    },
    PlaceOutcome {
        name: "displaced_hosted",
        unit: "persons",
        meaning: "Displaced people who live here",
        measure: |w, c| w.community(c).movement.hosted,
    },
    PlaceOutcome {
        name: "displaced_from",
        unit: "persons",
        meaning: "Residents of here who are displaced or refugees",
        measure: |w, c| w.community(c).movement.gone,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_motive_and_every_cause_of_leaving_has_its_outcome() {
        let named = |name: String| OUTCOMES.iter().any(|outcome| outcome.name == name);
        for motive in Motive::ALL {
            assert!(named(format!("recruits_{}", motive.name())));
        }
        for cause in LeavingCause::ALL.into_iter().filter(|c| *c != LeavingCause::Killed) {
            assert!(named(format!("leavers_{}", cause.name())));
        }
    }

    #[test]
    fn a_weighted_mean_of_equal_values_is_that_value_and_no_mean_leaves_its_values() {
        let mean = |values: &[(f64, f64)]| {
            Weighted::of(values.iter().copied()).mean(values.iter().map(|(weight, _)| weight).sum())
        };
        for moved in 0..200 {
            let moved = f64::from(moved) / 7.0;
            let weights = [1_234.5 - moved, 777.25 + moved, 31_415.9, 88.7 + moved / 2.0, 0.0];
            assert_eq!(mean(&weights.map(|weight| (weight, 0.1))), 0.1, "{moved}");
            assert!((0.1..=0.3).contains(&mean(&weights.map(|it| (it, 0.1 + 0.2 * (it / 4e4))))));
        }
        assert_eq!(mean(&[(1.0, 0.0), (3.0, 1.0), (0.0, 9.0)]), 0.75);
        assert!(mean(&[(1.0, f64::NAN), (3.0, 1.0)]).is_nan());
    }

    #[test]
    fn no_two_outcomes_share_a_name() {
        let mut names: Vec<&str> = OUTCOMES.iter().map(|outcome| outcome.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), OUTCOMES.len());
    }

    #[test]
    fn people_are_told_percent_and_billions() {
        let said =
            |name: &str, value: f64| OUTCOMES[Outcome::place_of(name).unwrap()].for_people(value);
        assert_eq!(said("trust", 0.25), (25.0, "%"));
        assert_eq!(said("spending", 3e9), (3.0, "bn francs"));
        assert_eq!(said("recruits", 7.0), (7.0, "people"));
        assert_eq!(said("deaths", 7.0), (7.0, "deaths"));
    }

    #[test]
    fn headlines_are_ranked_from_1_and_titles_are_short_words() {
        let headlines = Outcome::headlines(|_| true);
        let ranks = headlines.iter().map(|(_, it)| it.headline.map_or(0, Headline::rank));
        assert!(ranks.eq(1..=narrow(headlines.len())), "{}", headlines.len());
        for outcome in OUTCOMES {
            let title = outcome.title();
            let words = title.starts_with(char::is_uppercase) && !title.contains(['_', '.']);
            assert!(words && title.len() <= 40, "{title}");
        }
    }
}
