//! What the rows of a run's tables are made from.

use toguna_model::pacts::state::{Ended, Pact};
use toguna_model::talks::state::TalksMoved;
use toguna_model::world::World;
use toguna_model::world::community::Community;
use toguna_model::world::log::{Event, Leaver, Recruit};
use toguna_units::Date;

/// A world after a week, and which row of that week is asked for.
#[derive(Clone, Copy)]
pub struct Seen<'w> {
    /// The world as the week has left it.
    pub world: &'w World,
    /// Number of the run, from 0.
    pub run: u32,
    /// The week that was run; the calendar already shows the next.
    pub week: u32,
    /// Violent events before this week, by which they are numbered.
    pub(crate) events_before: u32,
    /// Number of the row among those that the week adds to a table.
    pub row: usize,
    /// Whether the run ends here, and what is under way is asked for.
    pub over: bool,
}

impl<'w> Seen<'w> {
    /// First day of the week.
    #[must_use]
    pub fn date(&self) -> Date {
        self.world.calendar.start.plus_weeks(self.week)
    }

    pub(super) fn event(&self) -> &'w Event {
        &self.world.log.events[self.row]
    }

    pub(super) fn recruit(&self) -> &'w Recruit {
        &self.world.log.recruits[self.row]
    }

    pub(super) fn leaver(&self) -> &'w Leaver {
        &self.world.log.leavers[self.row]
    }

    pub(super) fn moved(&self) -> &'w TalksMoved {
        &self.world.log.talks[self.row]
    }

    /// A pact that holds when the run ends, or one that ended this week.
    pub(super) fn pact(&self) -> &'w Pact {
        let held = || self.world.pacts.held.values().nth(self.row);
        self.ended().map_or_else(|| held().expect("there are as many rows as pacts"), |it| &it.pact)
    }

    pub(super) fn ended(&self) -> Option<&'w Ended> {
        if self.over { None } else { self.world.log.pacts_ended.get(self.row) }
    }

    pub(super) fn cercle_of(&self, place: &Community) -> &'w str {
        &self.world.cercles[usize::from(place.cercle)]
    }

    pub(super) fn region_of(&self, place: &Community) -> &'w str {
        &self.world.regions[usize::from(place.region)]
    }
}
