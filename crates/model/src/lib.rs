//! The world and its week. Nouns hold state; verbs are the phases of the week, one file each, with
//! their parameters beside them; [`week`] says what happens when. The model reads no file, no clock
//! and no flag, and prints nothing.

// nouns
pub mod actor; // who can act, harm and hold
pub mod bands; // armed groups' people in a place
pub mod calendar; // which week it is
pub mod casualties; // civilians who are struck
pub mod community; // places and the quarters of their people
pub mod destinations; // where people flee to
pub mod garrisons;
pub mod group; // armed groups and their commands
pub mod guests; // displaced households by where they are
pub mod hostility; // who fights whom, since when
pub mod households; // households away from home, and their moves
pub mod lineage; // groups are founded, split and merge
pub mod log; // what happened this week
pub mod mechanisms; // what can be switched off
pub mod outside; // neighbouring countries
pub mod pact; // what a community and a command have agreed
pub mod partner; // foreign forces beside the state
pub mod people; // every adult: role, home, ties and harm lived through
pub mod policy; // the levers
pub mod pull; // what draws people toward each group this week
pub mod purposes; // what draws are for
pub mod rules; // the parameters of all rules, in one list
pub mod start_of_displacement; // who is displaced when the first week begins
pub mod state; // the state and its army
pub mod support; // what people think of a group
pub mod suspicion; // whom an attacker takes for an enemy's people
pub mod talks; // talks of the state with armed groups
pub mod treasury; // the state's money
pub mod world; // all of it

pub mod json; // the one way from JSON to a type

// verbs, in the order of the week
pub mod timeline;
pub mod weather;
pub mod budget;
pub mod services;
pub mod livelihoods;
pub mod posture;
pub mod partners;
pub mod violence;
pub mod sweeps;
pub mod disputes;
pub mod control;
pub mod memory;
pub mod recruitment;
pub mod leaving;
pub mod bargaining;
pub mod pacts;
pub mod dialogue;
pub mod bearing; // what pacts and talks do to all the others
pub mod displacement;
pub mod kinship; // what kin share: ties and harm lived through
pub mod legitimacy;
pub mod opinion;
pub mod elections;
pub mod coups;
pub mod record;

// order
pub mod week; // what happens when

/// Raised by one whenever the same scenario and seed give other results than before. It enters every
/// fingerprint, so that results of two ages are never taken for one another.
pub const RESULTS_VERSION: u32 = 1;
