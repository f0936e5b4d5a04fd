//! Why people join.

use serde::{Deserialize, Serialize};

/// Why somebody joins: nine motives that former fighters in Mali named (Institute for Security
/// Studies, 2016), and force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Motive {
    /// To be protected, or to protect one's own.
    Protection,
    /// For a living.
    Economic,
    /// For health care, water and relief.
    SocialWelfare,
    /// For schooling, or against the state's.
    Educational,
    /// For harm done.
    Grievance,
    /// For a say, or against the state.
    Political,
    /// Because kin are inside.
    Familial,
    /// For belief.
    Religious,
    /// For standing among others; the young alone.
    Status,
    /// By force.
    Coercion,
}

/// How many motives there are.
pub const MOTIVES: usize = 10;

impl Motive {
    /// Every motive, in order.
    pub const ALL: [Motive; MOTIVES] = [
        Motive::Protection,
        Motive::Economic,
        Motive::SocialWelfare,
        Motive::Educational,
        Motive::Grievance,
        Motive::Political,
        Motive::Familial,
        Motive::Religious,
        Motive::Status,
        Motive::Coercion,
    ];

    /// As tables write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Motive::Protection => "protection",
            Motive::Economic => "economic",
            Motive::SocialWelfare => "social_welfare",
            Motive::Educational => "educational",
            Motive::Grievance => "grievance",
            Motive::Political => "political",
            Motive::Familial => "familial",
            Motive::Religious => "religious",
            Motive::Status => "status",
            Motive::Coercion => "coercion",
        }
    }
}
