//! What the model's draws are for. A number is never used again for another purpose: that would give
//! old seeds new meaning. Numbers below 16 are the engine's.

use toguna_engine::streams::Purpose;

/// Which group a recruit joins; one draw per spell.
pub const GROUP: Purpose = Purpose(16);

/// Which motive was theirs; one draw per spell.
pub const MOTIVE: Purpose = Purpose(17);

/// How many events a pair of actors has in a community and week.
pub const EVENTS: Purpose = Purpose(18);

/// How large those events are, whom they kill and whether they are reported.
pub const EVENT_COURSE: Purpose = Purpose(19);

/// In which order the people of a place are at risk in those events.
pub const VICTIMS: Purpose = Purpose(20);

/// In which order a command's fighters are at risk.
pub const FALLEN: Purpose = Purpose(21);

/// Where a command looks for a new base.
pub const RELOCATION: Purpose = Purpose(22);

/// How much of a spell in a group a fighter endures.
pub const ENDURANCE: Purpose = Purpose(23);

/// Why a fighter leaves.
pub const LEAVING_CAUSE: Purpose = Purpose(24);

/// Schools closed under threat.
pub const SCHOOL_CLOSURE: Purpose = Purpose(25);

/// Schools opened again.
pub const SCHOOL_REOPENING: Purpose = Purpose(26);

/// When a prisoner is released.
pub const RELEASE: Purpose = Purpose(27);

/// Whether a command goes to ground or comes back.
pub const HIDING: Purpose = Purpose(28);

/// Which households of a quarter flee.
pub const FLIGHT: Purpose = Purpose(50);

/// How much a displaced household bears before it flees on.
pub const FLIGHT_OF_HOSTED: Purpose = Purpose(51);

/// Where a household flees to.
pub const WAY_OF_FLIGHT: Purpose = Purpose(52);

/// How long a household waits to return once it is calm at home.
pub const RETURN: Purpose = Purpose(53);

/// Who is displaced at the start.
pub const START_OF_DISPLACEMENT: Purpose = Purpose(54);

/// How many fighters of a command go home, by its number; how many come over a border, by numbers
/// beyond those of commands.
pub const FOREIGNERS: Purpose = Purpose(55);

/// Whether a cleared place is held.
pub const HOLDING: Purpose = Purpose(56);

/// How many of a band's dead are from abroad.
pub const FOREIGNERS_FALLEN: Purpose = Purpose(57);

/// How many disputes a place has in a week.
pub const DISPUTES: Purpose = Purpose(58);

/// What becomes of a dispute, and who suffers it.
pub const DISPUTE_COURSE: Purpose = Purpose(59);

/// Whether a garrison is given up.
pub const GARRISONS: Purpose = Purpose(63);

/// How much it rains in a region and year.
pub const RAINFALL: Purpose = Purpose(40);

/// How much risk of a coup is borne before the next one.
pub const COUP: Purpose = Purpose(60);

/// Whether protest breaks out, and how large.
pub const PROTEST: Purpose = Purpose(61);

/// How many of the fallen of the state's side were a partner's.
pub const PARTNER_DEATHS: Purpose = Purpose(62);

/// How willing a community's leaders are when the first week begins.
pub const LEADERS: Purpose = Purpose(70);

/// What mind a commander has; one draw for each successor.
pub const MIND_OF_COMMANDER: Purpose = Purpose(71);

/// Whether a place is blockaded.
pub const BLOCKADE: Purpose = Purpose(72);

/// Whether a blockade ends without a pact.
pub const BLOCKADE_LIFTED: Purpose = Purpose(73);

/// Whether a place and a command agree this week.
pub const AGREEMENT: Purpose = Purpose(74);

/// How much a pact endures, and whether militias keep to it by themselves.
pub const PACT: Purpose = Purpose(75);

/// Why a pact ends.
pub const PACT_END: Purpose = Purpose(76);

/// Whether a commander is among the fallen of his command.
pub const COMMANDER_FALLS: Purpose = Purpose(77);

/// Whether sharing information against the terms is found out.
pub const LEAK: Purpose = Purpose(78);

/// Whether the state binds a militia in.
pub const MILITIA_BOUND: Purpose = Purpose(79);

/// How much talks take until their next step, and until they break down.
pub const TALKS: Purpose = Purpose(80);

/// Whether a command signs an accord of its group.
pub const ACCORD: Purpose = Purpose(81);

/// Whether a command goes back to war, or comes in later.
pub const ACCORD_KEPT: Purpose = Purpose(82);

/// How many clauses are carried out.
pub const CLAUSES: Purpose = Purpose(83);

/// How a group's campaign goes on, by week.
pub const CAMPAIGN: Purpose = Purpose(84);

/// How a group's campaign stands at the start.
pub const CAMPAIGN_AT_START: Purpose = Purpose(85);

/// Whether a quarter founds a band, by quarter, group and week.
pub const SELF_DEFENCE: Purpose = Purpose(86);

/// Whether two groups make a truce, or break it, by both and the week.
pub const TRUCE: Purpose = Purpose(87);

/// A number for a name, the same in every run and whatever else a scenario names (FNV-1a, 64 bits,
/// folded to `bits`). Draws of named entities are addressed by it, so that a group that exists in one
/// scenario only shifts no other's random numbers.
#[must_use]
pub fn number_of_name(name: &str, bits: u32) -> u64 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash ^ (hash >> 32)) & ((1 << bits) - 1)
}
