//! The government: its army, its legitimacy, and who rules it.

use crate::words::geography::Zone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Date;

/// Who rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// A civil government that came, or says it came, from an election.
    #[default]
    Elected,
    /// Soldiers who promise an election.
    MilitaryTransition,
    /// Nobody, for some weeks.
    Vacuum,
}

impl Regime {
    /// As scenarios and tables write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Regime::Elected => "elected",
            Regime::MilitaryTransition => "military_transition",
            Regime::Vacuum => "vacuum",
        }
    }
}

/// Soldiers are head-counts outside the adults, with their own death column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Army {
    /// Soldiers by zone, in the order of [`Zone::ALL`].
    pub soldiers: [f64; 3],
    /// What each zone's command is allowed, persons; losses are replaced up to it.
    pub allowed: [f64; 3],
    /// Killed so far.
    pub killed: u64,
}

impl Army {
    /// Soldiers in a zone, persons.
    #[must_use]
    pub fn in_zone(&self, zone: Zone) -> f64 {
        self.soldiers[zone as usize]
    }

    /// All soldiers, persons.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.soldiers.iter().sum()
    }
}

/// Who rules the state, and what people think of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Government {
    /// Its soldiers.
    pub army: Army,
    /// What the state is believed to be entitled to, 0 to 1.
    pub legitimacy: f64,
    /// Who rules.
    pub regime: Regime,
    /// Who rules when the vacuum after a coup ends.
    pub after_coup: Regime,
    /// Institutional capacity K, 0 to 1: what elections and accords can build on.
    pub capacity: f64,
    /// Share of the public that wants dialogue with armed groups.
    pub opinion_dialogue: f64,
    /// Intensity of protest, 0 to 1.
    pub protest: f64,
    /// What pacts and talks have conceded to armed groups, 0 to 1.
    pub concessions: f64,
    /// Share of soldiers' pay that was not paid, an exponential memory of eight weeks, 0 to 1.
    pub unpaid: f64,

    /// Reported deaths per million residents and week, an exponential memory.
    pub deaths_in_the_news: f64,
    /// Reported civilians killed by groups per million residents and week, an exponential memory.
    pub outrages_in_the_news: f64,
    /// Soldiers of the state killed in 13 weeks, an exponential memory, persons.
    pub soldiers_lost: f64,

    /// How welcome the last new beginning was, 0 to 1, and its week; before the start below 0.
    pub honeymoon: f64,
    /// Its week; none where there was none.
    pub honeymoon_since: Option<i32>,
    /// Risk of a coup borne since the last one, in units of its threshold.
    pub coup_risk: f64,
    /// Coups since the start.
    pub coups: u32,
    /// Week of the last coup; before the start below 0.
    pub last_coup: Option<i32>,
    /// End of the vacuum, where there is one.
    pub vacuum_until: u32,

    /// The date the policy last named.
    pub election_asked: Option<Date>,
    /// Week in which the next election is due.
    pub election_due: Option<u32>,
    /// An election is due and has not been held.
    pub elections_overdue: bool,
}
