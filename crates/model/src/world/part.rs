//! The parts of the world, by which phases say what they change.

/// Every part once: what it is, its name in code and its name in the schedule.
macro_rules! parts {
    ($($(#[$meaning:meta])* $part:ident = $name:literal,)*) => {
        /// A part of the world. What no week changes (names, places, rules, switches, random streams) is none.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Part { $($(#[$meaning])* $part,)* }

        impl Part {
            /// Every part, in order.
            pub const ALL: &[Part] = &[$(Part::$part,)*];

            /// As the schedule writes it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Part::$part => $name,)* }
            }
        }
    };
}

parts! {
    /// Which week it is.
    Calendar = "calendar",
    /// What happened this week.
    Log = "log",
    /// The policy.
    Levers = "levers",
    /// Which changes of the levers have been made.
    Timeline = "timeline",
    /// Rain and drought.
    Weather = "weather",
    /// The state's money.
    Treasury = "treasury",
    /// The government and its army.
    Government = "government",
    /// Foreign forces.
    Partners = "partners",
    /// Which garrisons stand.
    Garrisons = "garrisons",
    /// Soldiers in places.
    Soldiers = "soldiers",
    /// What groups earn, and how hard they campaign.
    Groups = "groups",
    /// Commands and their members.
    Commands = "commands",
    /// Fighters in places.
    Bands = "bands",
    /// Changes of groups that have happened.
    GroupChanges = "group changes",
    /// Who fights whom.
    Hostility = "hostility",
    /// How the war has gone: the year's battles, and whether the capital was lost.
    War = "war",
    /// Say of constituencies in decisions.
    Voice = "voice",
    /// Neighbouring countries.
    Abroad = "abroad",
    /// Who holds what.
    Control = "control",
    /// What people get of the four services, and schools.
    Services = "services",
    /// Incomes, markets and hunger.
    Livelihoods = "livelihoods",
    /// Who lives where.
    Residents = "residents",
    /// Every adult: role, home, ties and harm lived through.
    People = "people",
    /// Harm by side, fear and trust.
    Feelings = "feelings",
    /// Events and losses of the last weeks in places.
    Violence = "violence",
    /// Places cleared, held and left.
    Clearing = "clearing",
    /// Who is away from home, and where.
    Displacement = "displacement",
    /// Local pacts and blockades.
    Pacts = "pacts",
    /// Talks of the state with groups.
    Talks = "talks",
    /// What observers have seen.
    Outcomes = "outcomes",
}
