//! How violence, displacement, schools, officials and recruits are measured in a run. None where the
//! run shows nothing of the kind.

use super::gathered::{Gathered, Killings, Month};
use crate::statistics::{correlation, gini, mean, rank_correlation, variance};
use std::ops::RangeInclusive;
use toguna_model::words::geography::Zone;
use toguna_model::words::motives::Motive;

type Years = RangeInclusive<i16>;

/// The years of the history.
pub const HISTORY: Years = 2012..=2021;

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole != 0.0).then(|| part / whole)
}

fn sum(gathered: &Gathered, years: Years, of: impl Fn(&Month) -> f64) -> f64 {
    gathered.in_years(years).map(of).sum()
}

pub fn deaths(gathered: &Gathered, years: Years) -> f64 {
    sum(gathered, years, |month| f64::from(month.deaths))
}

pub fn events(gathered: &Gathered, years: Years) -> f64 {
    sum(gathered, years, |month| f64::from(month.events))
}

/// Events of one year for each of the year before.
pub fn growth_of_events(gathered: &Gathered, year: i16) -> Option<f64> {
    share(events(gathered, year..=year), events(gathered, year - 1..=year - 1))
}

pub fn deaths_per_event(gathered: &Gathered, years: Years) -> Option<f64> {
    share(deaths(gathered, years.clone()), events(gathered, years))
}

/// Of each year, the lowest or the highest.
pub fn extreme_deaths_per_event(gathered: &Gathered, choose: fn(f64, f64) -> f64) -> Option<f64> {
    HISTORY.filter_map(|year| deaths_per_event(gathered, year..=year)).reduce(choose)
}

fn sizes(gathered: &Gathered) -> Vec<u32> {
    gathered.in_years(HISTORY).flat_map(|month| month.sizes.iter().copied()).collect()
}

pub fn events_that_kill_nobody(gathered: &Gathered) -> Option<f64> {
    let sizes = sizes(gathered);
    share(sizes.iter().filter(|size| **size == 0).count() as f64, sizes.len() as f64)
}

/// Exponent of a power law from five deaths on, by maximum likelihood with the approximation for whole
/// numbers (Clauset, Shalizi and Newman 2009, SIAM Review 51(4), eq. 3.7): 1 + n / Σ ln(x / 4.5).
pub fn tail_exponent(gathered: &Gathered) -> Option<f64> {
    const LEAST: u32 = 5;
    let tail: Vec<u32> = sizes(gathered).into_iter().filter(|size| *size >= LEAST).collect();
    let log = |size: &u32| libm::log(f64::from(*size) / (f64::from(LEAST) - 0.5));
    share(tail.len() as f64, tail.iter().map(log).sum()).map(|part| 1.0 + part)
}

/// Share of deaths in the hundredth of cercle-months with the most.
pub fn deaths_in_top_months(gathered: &Gathered) -> Option<f64> {
    let months = gathered.in_years(HISTORY);
    let mut deaths: Vec<u32> =
        months.flat_map(|month| month.cercles.iter().map(|cercle| cercle.deaths)).collect();
    deaths.sort_unstable_by(|a, b| b.cmp(a));
    let top: u32 = deaths[..deaths.len() / 100].iter().sum();
    share(f64::from(top), f64::from(deaths.iter().sum::<u32>()))
}

/// Chance of an event in a cercle and month of 2017 to 2021, given some, or none, the month before.
pub fn event_again(gathered: &Gathered, after_some: bool) -> Option<f64> {
    let months: Vec<&Month> = gathered.in_years(2017..=2021).collect();
    let pairs = months.windows(2).flat_map(|pair| pair[0].cercles.iter().zip(&pair[1].cercles));
    let asked = pairs.filter(|(before, _)| (before.events > 0) == after_some);
    let found: Vec<bool> = asked.map(|(_, now)| now.events > 0).collect();
    share(found.iter().filter(|it| **it).count() as f64, found.len() as f64)
}

/// Events of a year from which a cercle counts as active.
const ACTIVE: u32 = 5;

fn active(gathered: &Gathered, year: i16) -> Vec<bool> {
    let events = gathered.by_cercle(year..=year, |cercle| cercle.events);
    events.into_iter().map(|events| events >= ACTIVE).collect()
}

pub fn active_cercles(gathered: &Gathered, year: i16) -> f64 {
    active(gathered, year).into_iter().filter(|it| *it).count() as f64
}

/// Yearly chance that a cercle that is not active is so in the next year, by how many of its neighbours
/// are active now: 0, 1, or 2 for two and more.
pub fn onset(gathered: &Gathered, active_neighbours: usize) -> Option<f64> {
    let (mut quiet, mut begun) = (0, 0);
    for year in 2012..=2020 {
        let (now, next) = (active(gathered, year), active(gathered, year + 1));
        for (cercle, next_to) in gathered.next_to.iter().enumerate() {
            let around = next_to.iter().filter(|other| now[**other]).count();
            if !now[cercle] && around.min(2) == active_neighbours {
                quiet += 1;
                begun += usize::from(next[cercle]);
            }
        }
    }
    share(begun as f64, quiet as f64)
}

/// Mean degrees north of deaths.
pub fn latitude(gathered: &Gathered, years: Years) -> Option<f64> {
    share(sum(gathered, years.clone(), |month| month.latitudes), deaths(gathered, years))
}

pub fn share_of_centre(gathered: &Gathered, years: Years) -> Option<f64> {
    let centre = |month: &Month| f64::from(month.deaths_by_zone[Zone::Centre as usize]);
    share(sum(gathered, years.clone(), centre), deaths(gathered, years))
}

fn deaths_by_cercle(gathered: &Gathered, years: Years) -> Vec<f64> {
    let deaths = gathered.by_cercle(years, |cercle| cercle.deaths);
    deaths.into_iter().map(f64::from).collect()
}

pub fn gini_of_deaths(gathered: &Gathered, year: i16) -> Option<f64> {
    gini(&deaths_by_cercle(gathered, year..=year))
}

/// Part of the civilians killed in events directed against civilians, in the months of a year up to
/// `last_month`.
pub fn killings(
    gathered: &Gathered,
    year: i16,
    last_month: i8,
    of: fn(&Killings) -> u32,
) -> Option<f64> {
    let in_time = |month: &&Month| month.month <= last_month;
    let months = || gathered.in_years(year..=year).filter(in_time).map(|month| &month.killings);
    share(months().map(|it| f64::from(of(it))).sum(), months().map(|it| f64::from(it.all)).sum())
}

pub fn by_militias_of_farmers(killings: &Killings) -> u32 {
    killings.by_militias_of_farmers
}

pub fn by_state(killings: &Killings) -> u32 {
    killings.by_state
}

pub fn displaced(gathered: &Gathered, year: i16, month: i8) -> Option<f64> {
    gathered.month(year, month).map(|month| month.displaced)
}

pub fn displaced_per_death(gathered: &Gathered) -> Option<f64> {
    let more = displaced(gathered, 2020, 12)? - displaced(gathered, 2017, 12)?;
    share(more, deaths(gathered, 2018..=2020))
}

pub fn displaced_where_people_die(gathered: &Gathered) -> Option<f64> {
    let hosted = &gathered.month(2020, 12)?.hosted;
    rank_correlation(&deaths_by_cercle(gathered, 2018..=2020), hosted)
}

pub fn schools_closed(gathered: &Gathered, year: i16, month: i8) -> Option<f64> {
    gathered.month(year, month).map(|month| month.schools_closed)
}

pub fn closed_under_threat(gathered: &Gathered) -> Option<f64> {
    let of = |cause: usize| sum(gathered, HISTORY, |month| f64::from(month.closures[cause]));
    share(of(0), of(0) + of(1))
}

pub fn officials(gathered: &Gathered, year: i16, month: i8, zone: Zone) -> Option<f64> {
    gathered.month(year, month)?.officials[zone as usize]
}

fn recruits(gathered: &Gathered, motive: Motive) -> f64 {
    sum(gathered, HISTORY, |month| f64::from(month.recruits[motive as usize]))
}

fn all_recruits(gathered: &Gathered) -> f64 {
    Motive::ALL.into_iter().map(|motive| recruits(gathered, motive)).sum()
}

pub fn motive(gathered: &Gathered, motive: Motive) -> Option<f64> {
    share(recruits(gathered, motive), all_recruits(gathered))
}

/// Protection less the largest of the motives for which no share is known.
pub fn protection_before_others(gathered: &Gathered) -> Option<f64> {
    const OTHERS: [Motive; 6] = [
        Motive::Grievance,
        Motive::Political,
        Motive::SocialWelfare,
        Motive::Educational,
        Motive::Status,
        Motive::Coercion,
    ];
    let largest = OTHERS.into_iter().map(|it| recruits(gathered, it)).fold(0.0, f64::max);
    share(recruits(gathered, Motive::Protection) - largest, all_recruits(gathered))
}

pub fn triggered_by_state(gathered: &Gathered) -> Option<f64> {
    share(
        sum(gathered, HISTORY, |month| f64::from(month.volunteers_after_state)),
        sum(gathered, HISTORY, |month| f64::from(month.volunteers)),
    )
}

/// How many per cent more attacks by armed groups follow, within three months in the same cercle, on one
/// per cent more civilians killed by the state: the slope β of
///   ln(1 + attacks of months t + 1 to t + 3) = β ln(1 + killed in t) + cercle + month,
/// by least squares after the means of cercles and of months are taken out.
pub fn attacks_after_abuse(gathered: &Gathered) -> Option<f64> {
    const AFTER: usize = 3;
    let months: Vec<&Month> = gathered.in_years(HISTORY).collect();
    let last = months.len().checked_sub(AFTER)?;
    let ln = |count: u32| libm::log1p(f64::from(count));
    let panel = |of: &dyn Fn(usize, usize) -> u32| -> Vec<Vec<f64>> {
        let row = |month: usize| (0..gathered.next_to.len()).map(|c| ln(of(month, c))).collect();
        within((0..last).map(row).collect())
    };
    let killed = panel(&|month, cercle| months[month].cercles[cercle].killed_by_state);
    let attacks = panel(&|month, cercle| {
        let following = &months[month + 1..=month + AFTER];
        following.iter().map(|it| it.cercles[cercle].attacks_by_groups).sum()
    });
    let product = |a: &[Vec<f64>], b: &[Vec<f64>]| -> f64 {
        a.iter().flatten().zip(b.iter().flatten()).map(|(a, b)| a * b).sum()
    };
    share(product(&killed, &attacks), product(&killed, &killed))
}

/// A table without the means of its rows and of its columns.
fn within(mut table: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let columns = table.first().map_or(0, Vec::len);
    let of_rows: Vec<f64> = table.iter().filter_map(|row| mean(row)).collect();
    let column = |at: usize| table.iter().map(|row| row[at]).collect::<Vec<f64>>();
    let of_columns: Vec<f64> = (0..columns).filter_map(|at| mean(&column(at))).collect();
    let whole = mean(&of_rows).unwrap_or(0.0);
    for (row, of_row) in table.iter_mut().zip(of_rows) {
        row.iter_mut().zip(&of_columns).for_each(|(it, column)| *it += whole - of_row - column);
    }
    table
}

/// Correlation over years of the army's mean strength with deaths.
pub fn army_and_deaths(gathered: &Gathered) -> Option<f64> {
    let soldiers = |year: i16| {
        let weeks = sum(gathered, year..=year, |month| f64::from(month.weeks));
        share(sum(gathered, year..=year, |month| month.soldiers), weeks)
    };
    let soldiers: Option<Vec<f64>> = HISTORY.map(soldiers).collect();
    let deaths: Vec<f64> = HISTORY.map(|year| deaths(gathered, year..=year)).collect();
    correlation(&soldiers?, &deaths)
}

/// Standard deviation of the yearly change of the logarithm of deaths; a year without deaths has none.
pub fn spread_of_yearly_changes(gathered: &Gathered) -> Option<f64> {
    let logs: Option<Vec<f64>> = HISTORY
        .map(|year| deaths(gathered, year..=year))
        .map(|deaths| (deaths > 0.0).then(|| libm::log(deaths)))
        .collect();
    let changes: Vec<f64> = logs?.windows(2).map(|pair| pair[1] - pair[0]).collect();
    // About the mean of just these changes, as the fact was: by n, not by n − 1.
    let count = changes.len() as f64;
    variance(&changes).map(|variance| (variance * (count - 1.0) / count).sqrt())
}

/// Weeks of a whole year.
const WEEKS: u32 = 52;
/// Legitimacy that rises by less stands still.
const RISE: f64 = 0.005;

/// Whether in some year both legitimacy and deaths, known or not, rise: 1, or else 0.
pub fn legitimacy_rises_with_deaths(gathered: &Gathered) -> Option<f64> {
    let first = gathered.months.first()?.year;
    let last = gathered.months.last()?.year;
    let whole = |year: &i16| sum(gathered, *year..=*year, |it| f64::from(it.weeks)) >= WEEKS.into();
    let years: Vec<(f64, f64)> = (first..=last)
        .filter(whole)
        .map(|year| {
            let weeks = sum(gathered, year..=year, |it| f64::from(it.weeks));
            let legitimacy = sum(gathered, year..=year, |it| it.legitimacy) / weeks;
            (legitimacy, sum(gathered, year..=year, |it| it.all_deaths))
        })
        .collect();
    let both = |pair: &[(f64, f64)]| pair[1].0 > pair[0].0 + RISE && pair[1].1 > pair[0].1;
    (years.len() > 1).then(|| f64::from(u8::from(years.windows(2).any(both))))
}

/// Change of deaths in the year after a conference without the armed groups, beside the same run without
/// it. None where it moved no death in any week: then nothing is said of what a conference does.
pub fn deaths_after_conference(gathered: &Gathered) -> Option<f64> {
    let week = gathered.conference? as usize;
    let year = |deaths: &Vec<u32>| Some(deaths.get(week..week + WEEKS as usize)?.to_vec());
    let (with, without) = (year(&gathered.deaths_by_week)?, year(gathered.reference.as_ref()?)?);
    let total = |deaths: &[u32]| f64::from(deaths.iter().sum::<u32>());
    let change = share(total(&with), total(&without))? - 1.0;
    (with != without).then_some(change)
}
