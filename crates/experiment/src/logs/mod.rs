//! The tables that a run fills week by week. Each is declared once, in a file of its own, and listed in
//! [`LOGS`]; the run's record, `--tables`, the writing of files, data packages, dictionaries, checkpoints
//! and tests go by that list.

mod events;
mod groups;
mod leavers;
mod log;
mod pacts;
mod places;
mod politics;
mod recruits;
mod seen;
mod series;
mod talks;

pub(crate) use log::AtEnd;
pub use log::{Column, Log, Measured};
pub use seen::Seen;

use crate::table::{Kind, Lines};

/// Every table that a run fills week by week.
pub const LOGS: &[Log] = &[
    series::SERIES,
    groups::GROUPS,
    places::PLACES,
    events::EVENTS,
    recruits::RECRUITS,
    leavers::LEAVERS,
    pacts::PACTS,
    talks::TALKS,
    politics::POLITICS,
];

/// Which logs are kept beside those that every run writes; they cost memory and disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted(u32);

impl Wanted {
    /// Every log.
    pub const EVERYTHING: Wanted = Wanted(u32::MAX);

    /// These, by [`Log::stem`]; what is no log's name is passed over.
    #[must_use]
    pub fn of(stems: &[impl AsRef<str>]) -> Self {
        let asked = |log: &Log| stems.iter().any(|stem| stem.as_ref() == log.stem());
        let bit = |(place, log): (usize, &Log)| u32::from(asked(log)) << place;
        Wanted(LOGS.iter().enumerate().map(bit).sum())
    }

    fn has(self, place: usize) -> bool {
        LOGS[place].on_request.is_none() || self.0 >> place & 1 == 1
    }

    /// The logs that are kept, with their places in [`LOGS`].
    pub fn logs(self) -> impl Iterator<Item = (usize, &'static Log)> {
        LOGS.iter().enumerate().filter(move |(place, _)| self.has(*place))
    }
}

/// What a run has left in each of [`LOGS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Logs(Vec<Kept>);

/// How far each of [`LOGS`] had come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark(Vec<((usize, u64), usize)>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kept {
    lines: Lines,
    /// The number and the end of each row, where the run's end puts rows in order.
    numbered: Vec<(u32, usize)>,
}

impl Logs {
    /// The rows of one of [`LOGS`]; none of one that is not kept.
    #[must_use]
    pub fn rows_of(&self, place: usize) -> Option<&Lines> {
        self.0.get(place).map(|kept| &kept.lines)
    }

    /// How far they have come.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark(self.0.iter().map(|kept| (kept.lines.mark(), kept.numbered.len())).collect())
    }

    /// Without what was taken down since a mark.
    pub fn back_to(&mut self, mark: &Mark) {
        self.0.truncate(mark.0.len());
        for (kept, (lines, numbered)) in self.0.iter_mut().zip(&mark.0) {
            kept.lines.back_to(*lines);
            kept.numbered.truncate(*numbered);
        }
    }

    /// Takes down the week that a world has just run.
    pub(crate) fn observe(&mut self, seen: Seen<'_>, wanted: Wanted) {
        self.0.resize_with(LOGS.len(), Kept::default);
        for (place, log) in wanted.logs() {
            self.0[place].take_down(log, log.rows, seen);
        }
    }

    /// Takes down what is under way when a run ends.
    pub(crate) fn close(&mut self, seen: Seen<'_>, wanted: Wanted) {
        self.0.resize_with(LOGS.len(), Kept::default);
        for (place, log) in wanted.logs() {
            if let Some(AtEnd { rows, .. }) = log.at_end {
                self.0[place].take_down(log, rows, Seen { over: true, ..seen });
                self.0[place].put_in_order();
            }
        }
    }
}

impl Kept {
    fn take_down(&mut self, log: &Log, rows: fn(&Seen<'_>) -> usize, mut seen: Seen<'_>) {
        for row in 0..rows(&seen) {
            seen.row = row;
            for Column { declared, value } in log.columns {
                let fits = self.lines.cell(declared.kind, &value(&seen));
                fits.unwrap_or_else(|found| {
                    panic!("{}: {} holds {found}, a defect of toguna", log.name, declared.name)
                });
            }
            if let Some(measured) = &log.measured {
                for value in (measured.values)(&seen).iter() {
                    self.lines.cell(Kind::Number, &(*value).into()).expect("it is a number");
                }
            }
            self.lines.end_row();
            if let Some(AtEnd { number, .. }) = log.at_end {
                self.numbered.push((number(&seen), self.lines.text().len()));
            }
        }
    }

    fn put_in_order(&mut self) {
        self.lines.put_in_order(&self.numbered);
        self.numbered.clear();
    }
}
