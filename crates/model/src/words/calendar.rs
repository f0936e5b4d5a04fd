//! Which week it is. Week *n* begins at start + 7n days.

use serde::{Deserialize, Serialize};
use toguna_units::{Date, narrow};

/// Which week it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calendar {
    /// First day of week 0.
    pub start: Date,
    /// Weeks since the start; the week now being lived.
    pub week: u32,
}

impl Calendar {
    /// At the start.
    #[must_use]
    pub fn new(start: Date) -> Self {
        Calendar { start, week: 0 }
    }

    /// First day of the current week.
    #[must_use]
    pub fn today(&self) -> Date {
        self.start.plus_weeks(self.week)
    }

    /// The first week that begins on or after `date`; 0 for dates before the start.
    #[must_use]
    pub fn week_of(&self, date: Date) -> u32 {
        let days = self.start.days_until(date).max(0);
        narrow::<_, u32>(days.div_euclid(7)) + u32::from(days % 7 != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_acts_in_the_first_week_that_begins_on_or_after_its_date() {
        let calendar = Calendar::new(Date::new(2012, 1, 1).unwrap());
        let week_of = |month, day| calendar.week_of(Date::new(2012, month, day).unwrap());
        assert_eq!(week_of(1, 1), 0);
        assert_eq!(week_of(1, 2), 1);
        assert_eq!(week_of(1, 8), 1);
        assert_eq!(calendar.week_of(Date::new(2011, 5, 5).unwrap()), 0);
    }
}
