//! What runs and comparisons keep of the way to the end: outcomes over time, the paired difference of two
//! arms, and each cercle month by month. Only sums and bounded sketches are kept from replicate to
//! replicate.

use super::statistics::{Confidence, Moments, Sketch, difference, rounded};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toguna_model::outcomes::{OUTCOMES, Outcome, OverARun, PLACE_OUTCOMES};
use toguna_model::services::effects as services;
use toguna_model::words::services::SERVICES;
use toguna_model::world::World;
use toguna_units::{Date, narrow};

/// Weeks from one point in time to the next.
pub const STEP: u32 = 4;
/// Weeks over which a count is averaged for the course of an arm.
pub const WINDOW: u32 = 12;

/// Numbers of the outcomes kept over time: those of short tables and the motives of recruits.
#[must_use]
pub(crate) fn kept_over_time() -> Vec<usize> {
    let motives = OUTCOMES.iter().enumerate().filter(|(_, outcome)| {
        outcome.name.starts_with("recruits_") && outcome.meaning.contains("primary motive")
    });
    let mut kept: Vec<usize> =
        Outcome::headlines(|_| true).iter().map(|(place, _)| *place).collect();
    kept.extend(motives.map(|(place, _)| place));
    kept
}

/// One run over time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Path {
    /// Sums of counts since the start, or stocks, by week and outcome of [`kept_over_time`].
    weeks: Vec<Vec<f64>>,
    /// First days of the last weeks of months, and what each cercle then was.
    months: Vec<(Date, Vec<CercleMonth>)>,
    /// Names of the cercles, and of the state and the groups, in the world's order.
    cercles: Vec<String>,
    sides: Vec<String>,
}

/// One cercle in one month of one run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct CercleMonth {
    residents: f64,
    deaths: f64,
    recruits: f64,
    displaced: f64,
    /// Residents times the share of their need for services that is not met.
    lacking: f64,
    /// Residents times the share of control, by side in the model's order.
    control: Vec<f64>,
}

fn place_outcome(name: &str) -> usize {
    let place = PLACE_OUTCOMES.iter().position(|outcome| outcome.name == name);
    place.unwrap_or_else(|| unreachable!("{name} is measured for places"))
}

impl Path {
    /// Takes down the week a world has just lived.
    pub fn observe(&mut self, world: &World) {
        let before = self.weeks.last();
        let kept = kept_over_time();
        let now = kept.iter().enumerate().map(|(column, place)| {
            let value = world.observed.week[*place];
            match OUTCOMES[*place].over_a_run {
                OverARun::Total => value + before.map_or(0.0, |before| before[column]),
                OverARun::Last => value,
            }
        });
        let now = now.collect();
        self.weeks.push(now);
        if !world.observed.places.is_empty() {
            self.take_month(world, &|place, outcome| world.observed.places[place][outcome]);
        }
    }

    /// Takes down the month that the run's last week does not close.
    pub fn close(&mut self, world: &World) {
        if world.observed.places.is_empty() {
            self.take_month(world, &|place, outcome| {
                (PLACE_OUTCOMES[outcome].measure)(world, world.communities[place].id)
            });
        }
    }

    fn take_month(&mut self, world: &World, measured: &dyn Fn(usize, usize) -> f64) {
        if self.months.is_empty() {
            self.cercles.clone_from(&world.cercles);
            self.sides = world.all_sides().map(|side| world.name_of(side).to_owned()).collect();
        }
        let [deaths, recruits, displaced] =
            ["deaths", "recruits", "displaced_hosted"].map(place_outcome);
        let mut cercles = vec![CercleMonth::default(); world.cercles.len()];
        for (number, place) in world.communities.iter().enumerate() {
            let cercle = &mut cercles[usize::from(place.cercle)];
            cercle.residents += place.residents;
            cercle.deaths += measured(number, deaths);
            cercle.recruits += measured(number, recruits);
            cercle.displaced += measured(number, displaced);
            let met: f64 =
                (0..SERVICES.len()).map(|service| services::provided(place, service)).sum();
            cercle.lacking += place.residents * (1.0 - met / SERVICES.len() as f64);
            cercle.control.resize(place.control.len(), 0.0);
            for (sum, share) in cercle.control.iter_mut().zip(&place.control) {
                *sum += place.residents * share;
            }
        }
        // The calendar already shows the next week.
        let week = world.calendar.week.saturating_sub(1);
        self.months.push((world.calendar.start.plus_weeks(week), cercles));
    }

    /// First week in which anything kept differs from the other; none when nothing does.
    #[must_use]
    pub(crate) fn parts_from(&self, other: &Path) -> Option<u32> {
        let mut weeks = self.weeks.iter().zip(&other.weeks);
        // Not a number is like itself here.
        let same = |(a, b): (&f64, &f64)| a == b || (a.is_nan() && b.is_nan());
        weeks.position(|(a, b)| !a.iter().zip(b).all(same)).map(narrow)
    }

    /// Weeks at which points in time are shown: every [`STEP`]th, and the last.
    fn shown(&self) -> impl Iterator<Item = u32> + use<> {
        let weeks: u32 = narrow(self.weeks.len());
        (0..weeks).filter(move |week| (week + 1) % STEP == 0 || week + 1 == weeks)
    }

    /// A stock as it stands; of a count the mean per week over the last [`WINDOW`] weeks.
    fn course(&self, week: u32, column: usize, over: OverARun) -> f64 {
        let now = self.weeks[week as usize][column];
        match over {
            OverARun::Last => now,
            OverARun::Total if week < WINDOW => now / f64::from(week + 1),
            OverARun::Total => {
                (now - self.weeks[(week - WINDOW) as usize][column]) / f64::from(WINDOW)
            }
        }
    }
}

/// One scenario over its replicates.
#[derive(Clone, Debug, Default)]
pub struct ArmOverTime {
    /// By week shown and outcome.
    weeks: BTreeMap<u32, Vec<(Moments, Sketch)>>,
    /// By month and cercle, sums over replicates.
    months: BTreeMap<Date, Vec<CercleMonth>>,
    cercles: Vec<String>,
    sides: Vec<String>,
    replicates: u32,
}

impl ArmOverTime {
    /// Adds one run; replicates in order, so that sums have the same bits.
    pub fn push(&mut self, path: &Path) {
        if self.replicates == 0 {
            self.cercles.clone_from(&path.cercles);
            self.sides.clone_from(&path.sides);
        }
        self.replicates += 1;
        let kept = kept_over_time();
        for week in path.shown() {
            let cells =
                self.weeks.entry(week).or_insert_with(|| vec![Default::default(); kept.len()]);
            for (column, (moments, sketch)) in cells.iter_mut().enumerate() {
                let value = path.course(week, column, OUTCOMES[kept[column]].over_a_run);
                if !value.is_nan() {
                    moments.push(value);
                    sketch.push(value);
                }
            }
        }
        for (date, cercles) in &path.months {
            let sums =
                self.months.entry(*date).or_insert_with(|| vec![Default::default(); cercles.len()]);
            for (sum, cercle) in sums.iter_mut().zip(cercles) {
                sum.residents += cercle.residents;
                sum.deaths += cercle.deaths;
                sum.recruits += cercle.recruits;
                sum.displaced += cercle.displaced;
                sum.lacking += cercle.lacking;
                sum.control.resize(cercle.control.len(), 0.0);
                sum.control.iter_mut().zip(&cercle.control).for_each(|(sum, it)| *sum += it);
            }
        }
    }

    /// A row for each point in time and outcome.
    #[must_use]
    pub fn rows(&self, scenario: &str, start: Date) -> Vec<OverTimeRow> {
        let kept = kept_over_time();
        let cells = self.weeks.iter().flat_map(|(week, cells)| {
            cells.iter().zip(&kept).map(move |(cell, place)| (*week, *place, cell))
        });
        let row = |(week, place, (moments, sketch)): (u32, usize, &(Moments, Sketch))| {
            let band = sketch.band();
            OverTimeRow {
                scenario: scenario.to_owned(),
                first: None,
                week,
                date: start.plus_weeks(week),
                outcome: OUTCOMES[place].name,
                unit: OUTCOMES[place].unit,
                mean: moments.mean().map(rounded),
                low: band.map(|band| rounded(band.low)),
                high: band.map(|band| rounded(band.high)),
            }
        };
        cells.map(row).collect()
    }

    /// A row for each month and cercle.
    #[must_use]
    pub fn cercles(&self, scenario: &str) -> Vec<CercleRow> {
        let runs = f64::from(self.replicates.max(1));
        let months = self.months.iter().flat_map(|(date, cercles)| {
            cercles.iter().zip(&self.cercles).map(move |(cercle, name)| (*date, cercle, name))
        });
        let row = |(date, cercle, name): (Date, &CercleMonth, &String)| {
            let share = |side: usize| {
                rounded(
                    cercle.control.get(side).copied().unwrap_or(0.0) / cercle.residents.max(1.0),
                )
            };
            // Of equal shares the side that stands first.
            let holder = (0..cercle.control.len()).fold(0, |best, side| {
                if cercle.control[side] > cercle.control[best] { side } else { best }
            });
            CercleRow {
                scenario: scenario.to_owned(),
                date,
                cercle: name.clone(),
                residents: rounded(cercle.residents / runs),
                state_control: share(0),
                holder: self.sides.get(holder).cloned().unwrap_or_default(),
                holder_share: share(holder),
                deaths: rounded(cercle.deaths / runs),
                recruits: rounded(cercle.recruits / runs),
                displaced: rounded(cercle.displaced / runs),
                services_lacking: rounded(cercle.lacking / cercle.residents.max(1.0)),
            }
        };
        months.map(row).collect()
    }
}

/// The paired difference of two arms over their replicates.
#[derive(Clone, Debug, Default)]
pub(crate) struct DifferenceOverTime {
    /// By week shown and outcome.
    weeks: BTreeMap<u32, Vec<Moments>>,
    /// First week in which anything differed in any replicate, and in how many replicates it ever did.
    parted: Option<u32>,
    replicates_that_part: u32,
}

impl DifferenceOverTime {
    /// Adds one pair of runs; replicates in order.
    pub fn push(&mut self, first: &Path, other: &Path) {
        let kept = kept_over_time();
        for week in first.shown().filter(|week| (*week as usize) < other.weeks.len()) {
            let cells =
                self.weeks.entry(week).or_insert_with(|| vec![Moments::default(); kept.len()]);
            let (first, other) = (&first.weeks[week as usize], &other.weeks[week as usize]);
            for ((moments, first), other) in cells.iter_mut().zip(first).zip(other) {
                let value = difference(*other, *first);
                if !value.is_nan() {
                    moments.push(value);
                }
            }
        }
        if let Some(week) = first.parts_from(other) {
            self.parted = Some(self.parted.map_or(week, |known| known.min(week)));
            self.replicates_that_part += 1;
        }
    }

    /// A row for each point in time and outcome: of counts, what has added up since the start.
    #[must_use]
    pub fn rows(&self, first: &str, other: &str, start: Date) -> Vec<OverTimeRow> {
        let kept = kept_over_time();
        let cells = self.weeks.iter().flat_map(|(week, cells)| {
            cells.iter().zip(&kept).map(move |(cell, place)| (*week, *place, cell))
        });
        let row = |(week, place, moments): (u32, usize, &Moments)| {
            let interval = moments.interval(Confidence::NINETY_FIVE).map(|it| it.interval);
            OverTimeRow {
                scenario: other.to_owned(),
                first: Some(first.to_owned()),
                week,
                date: start.plus_weeks(week),
                outcome: OUTCOMES[place].name,
                unit: OUTCOMES[place].unit_over_a_run(),
                mean: moments.mean().map(rounded),
                low: interval.map(|it| rounded(it.low)),
                high: interval.map(|it| rounded(it.high)),
            }
        };
        cells.map(row).collect()
    }

    /// When the two part.
    #[must_use]
    pub fn parting(&self, first: &str, other: &str, start: Date, common_weeks: u32) -> PartingRow {
        PartingRow {
            first: first.to_owned(),
            other: other.to_owned(),
            scenarios_part: start.plus_weeks(common_weeks),
            outcomes_part: self.parted.map(|week| start.plus_weeks(week)),
            replicates_that_part: self.replicates_that_part,
        }
    }
}

/// One outcome at one point in time: of an arm, or of the difference between two.
#[derive(Clone, Debug, PartialEq)]
pub struct OverTimeRow {
    /// Name of the arm.
    pub scenario: String,
    /// Of a difference, the scenario it is measured from.
    pub first: Option<String>,
    /// Week of the run, from 0.
    pub week: u32,
    /// First day of the week.
    pub date: Date,
    /// Name of the outcome.
    pub outcome: &'static str,
    /// Unit of the mean and of its bounds.
    pub unit: &'static str,
    /// Mean over replicates; none where the outcome is missing in all.
    pub mean: Option<f64>,
    /// Of an arm the band of the middle 90 % of runs; of a difference the 95 % interval of its mean.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// One cercle in one month, mean over replicates.
#[derive(Clone, Debug, PartialEq)]
pub struct CercleRow {
    /// Name of the arm.
    pub scenario: String,
    /// First day of the last week of the month.
    pub date: Date,
    /// Name of the cercle.
    pub cercle: String,
    /// Persons who live there.
    pub residents: f64,
    /// Share of it that the state controls, 0 to 1.
    pub state_control: f64,
    /// Who holds the largest share of it.
    pub holder: String,
    /// That share, 0 to 1.
    pub holder_share: f64,
    /// Deaths in the month, persons.
    pub deaths: f64,
    /// Who joined an armed group in the month, persons.
    pub recruits: f64,
    /// Persons from there who are displaced.
    pub displaced: f64,
    /// Share of the need for services that is not met, mean of the four, 0 to 1.
    pub services_lacking: f64,
}

/// When two arms part.
#[derive(Clone, Debug, PartialEq)]
pub struct PartingRow {
    /// Name of the first arm.
    pub first: String,
    /// Name of the arm compared with it.
    pub other: String,
    /// From this day on the two scenarios say different things.
    pub scenarios_part: Date,
    /// First week in which anything measured differs in any replicate; none when nothing ever does.
    pub outcomes_part: Option<Date>,
    /// Replicates in which anything measured ever differs.
    pub replicates_that_part: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(values: &[f64]) -> Path {
        let columns = kept_over_time().len();
        Path { weeks: values.iter().map(|it| vec![*it; columns]).collect(), ..Path::default() }
    }

    #[test]
    fn counts_are_means_of_twelve_weeks_and_stocks_stand_as_they_are() {
        // Ten recruits a week, then none.
        let sums: Vec<f64> = (1..=40).map(|week| f64::from(week.min(20) * 10)).collect();
        let path = path(&sums);
        assert_eq!(path.course(3, 0, OverARun::Total), 10.0);
        assert_eq!(path.course(19, 0, OverARun::Total), 10.0);
        assert_eq!(path.course(25, 0, OverARun::Total), 5.0);
        assert_eq!(path.course(39, 0, OverARun::Total), 0.0);
        assert_eq!(path.course(39, 0, OverARun::Last), 200.0);
        assert_eq!(path.shown().collect::<Vec<_>>(), [3, 7, 11, 15, 19, 23, 27, 31, 35, 39]);
        assert_eq!(self::path(&sums[..6]).shown().collect::<Vec<_>>(), [3, 5]);
    }

    #[test]
    fn two_runs_part_in_the_first_week_that_differs() {
        let (a, b) = (path(&[1.0, 2.0, f64::NAN]), path(&[1.0, 2.5, f64::NAN]));
        assert_eq!(a.parts_from(&b), Some(1));
        assert_eq!(a.parts_from(&a.clone()), None);
        let start = Date::new(2024, 1, 1).unwrap();
        let mut difference = DifferenceOverTime::default();
        difference.push(&a, &a);
        assert_eq!(difference.parting("a", "b", start, 0).outcomes_part, None);
        difference.push(&a, &b);
        let parting = difference.parting("a", "b", start, 1);
        assert_eq!(parting.outcomes_part, Some(start.plus_weeks(1)));
        assert_eq!(parting.replicates_that_part, 1);
    }

    #[test]
    fn one_replicate_has_no_interval_and_a_difference_is_other_less_first() {
        let start = Date::new(2024, 1, 1).unwrap();
        let mut difference = DifferenceOverTime::default();
        difference.push(&path(&[5.0; 4]), &path(&[3.0; 4]));
        let row = &difference.rows("a", "b", start)[0];
        assert_eq!((row.mean, row.low, row.high), (Some(-2.0), None, None));
        assert_eq!((row.scenario.as_str(), row.first.as_deref()), ("b", Some("a")));
    }
}
