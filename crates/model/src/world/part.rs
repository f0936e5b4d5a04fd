//! The parts of the world, by which phases say what they change.

/// A part of the world. What no week changes (names, places, rules, switches, random streams) is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Which week it is.
    Calendar,
    /// What happened this week.
    Log,
    /// The policy.
    Levers,
    /// Which changes of the levers have been made.
    Timeline,
    /// Rain and drought.
    Weather,
    /// The state's money.
    Treasury,
    /// The government and its army.
    Government,
    /// Foreign forces.
    Partners,
    /// Which garrisons stand.
    Garrisons,
    /// Soldiers in places.
    Soldiers,
    /// What groups earn, and how hard they campaign.
    Groups,
    /// Commands and their members.
    Commands,
    /// Fighters in places.
    Bands,
    /// Changes of groups that have happened.
    GroupChanges,
    /// Who fights whom.
    Hostility,
    /// Say of constituencies in decisions.
    Voice,
    /// Neighbouring countries.
    Abroad,
    /// Who holds what.
    Control,
    /// What people get of the four services, and schools.
    Services,
    /// Incomes, markets and hunger.
    Livelihoods,
    /// Who lives where.
    Residents,
    /// Every adult: role, home, ties and harm lived through.
    People,
    /// Harm by side, fear and trust.
    Feelings,
    /// Events and losses of the last weeks in places.
    Violence,
    /// Places cleared, held and left.
    Clearing,
    /// Who is away from home, and where.
    Displacement,
    /// Local pacts and blockades.
    Pacts,
    /// Talks of the state with groups.
    Talks,
    /// What observers have seen.
    Outcomes,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Part; 29] = [
        Part::Calendar,
        Part::Log,
        Part::Levers,
        Part::Timeline,
        Part::Weather,
        Part::Treasury,
        Part::Government,
        Part::Partners,
        Part::Garrisons,
        Part::Soldiers,
        Part::Groups,
        Part::Commands,
        Part::Bands,
        Part::GroupChanges,
        Part::Hostility,
        Part::Voice,
        Part::Abroad,
        Part::Control,
        Part::Services,
        Part::Livelihoods,
        Part::Residents,
        Part::People,
        Part::Feelings,
        Part::Violence,
        Part::Clearing,
        Part::Displacement,
        Part::Pacts,
        Part::Talks,
        Part::Outcomes,
    ];

    /// As the schedule writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Calendar => "calendar",
            Part::Log => "log",
            Part::Levers => "levers",
            Part::Timeline => "timeline",
            Part::Weather => "weather",
            Part::Treasury => "treasury",
            Part::Government => "government",
            Part::Partners => "partners",
            Part::Garrisons => "garrisons",
            Part::Soldiers => "soldiers",
            Part::Groups => "groups",
            Part::Commands => "commands",
            Part::Bands => "bands",
            Part::GroupChanges => "group changes",
            Part::Hostility => "hostility",
            Part::Voice => "voice",
            Part::Abroad => "abroad",
            Part::Control => "control",
            Part::Services => "services",
            Part::Livelihoods => "livelihoods",
            Part::Residents => "residents",
            Part::People => "people",
            Part::Feelings => "feelings",
            Part::Violence => "violence",
            Part::Clearing => "clearing",
            Part::Displacement => "displacement",
            Part::Pacts => "pacts",
            Part::Talks => "talks",
            Part::Outcomes => "outcomes",
        }
    }
}
