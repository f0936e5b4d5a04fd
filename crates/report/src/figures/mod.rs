//! One file for each figure.

mod acted; // when timelines acted
mod courses; // outcomes at points in time, of an arm or of a difference
mod difference; // the paired difference over time
mod forest; // every main outcome with its interval
mod joined; // who joins under one policy and not the other
mod maps; // each cercle, month by month
mod motives_over_time; // recruits by motive over time
mod over_time; // outcomes over time, with bands
mod lacking; // where services lack beside where people join
mod sensitivity; // which axes move an outcome
pub mod settings; // what a sweep varies, and what it came to
mod spending; // what the money is spent on, and what of that differs
mod sweep; // heat maps, or each axis alone
mod totals; // recruits by motive, leavers by cause, deaths: sums over a run
mod validation; // runs beside the facts
mod worlds; // policies over an ensemble
mod who_pays; // what befalls the people of each region, constituency and cohort

pub use acted::{Entry, entries};
pub use courses::{SHOWN, shown, ticks, year_of};
pub use forest::rows_of;
pub use maps::outline;
pub use sensitivity::{leading, ranked};
pub use settings::{axes, moved, settings, title_of};
pub use worlds::{MOST_WORLDS, rows_over_worlds, share};

use crate::figure::Figure;
use crate::folder::Results;
use crate::words::Language;

/// All figures that the folder has numbers for, in the order of the page.
pub fn all(results: &Results, language: Language) -> Vec<Figure> {
    let mut figures = Vec::new();
    let courses = courses::Courses::of(results);
    figures.extend(validation::figures(results, language));
    figures.extend(worlds::figures(results, language));
    figures.extend(worlds::regret(results, language));
    figures.extend(sensitivity::indices(results, language));
    figures.extend(sensitivity::tornado(results, language));
    figures.extend(sweep::figures(results, language));
    figures.extend(difference::figure(results, &courses, language));
    figures.extend(over_time::figure(results, &courses, language));
    figures.extend(forest::beside_each_other(results, language));
    figures.extend(forest::figures(results, language));
    figures.extend(totals::motives(results, language));
    figures.extend(joined::figures(results, language));
    figures.extend(totals::leavers(results, language));
    figures.extend(totals::deaths(results, language));
    figures.extend(spending::figure(results, language));
    figures.extend(totals::pacts(results, language));
    figures.extend(totals::talks(results, language));
    figures.extend(who_pays::figures(results, language));
    figures.extend(motives_over_time::figure(results, &courses, language));
    figures.extend(lacking::figure(results, language));
    figures.extend(maps::figure(results, language));
    figures.extend(acted::figure(results, language));
    figures
}
