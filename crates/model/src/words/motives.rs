//! Why people join.

use serde::{Deserialize, Serialize};

/// Why somebody joins: nine motives that former fighters in Mali named (Institute for Security
/// Studies, 2016), and force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Motive {
    Protection,
    Economic,
    SocialWelfare,
    Educational,
    Grievance,
    Political,
    Familial,
    Religious,
    Status,
    Coercion,
}

/// How many motives there are.
pub const MOTIVES: usize = 10;

impl Motive {
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
