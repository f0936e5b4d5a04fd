//! The world and its week. Nouns hold state; verbs are the phases of the week, one file each, with
//! their parameters beside them; [`week`] says what happens when. The model reads no file, no clock
//! and no flag, and prints nothing.

// nouns
pub mod actor; // who can act, harm and hold
pub mod calendar; // which week it is
pub mod community; // places and the quarters of their people
pub mod group; // armed groups and their commands
pub mod hostility; // who fights whom, since when
pub mod log; // what happened this week
pub mod mechanisms; // what can be switched off
pub mod partner; // foreign forces beside the state
pub mod people; // every adult: role, home, ties and harm lived through
pub mod policy; // the levers
pub mod purposes; // what draws are for
pub mod rules; // the parameters of all rules, in one list
pub mod state; // the state and its army
pub mod support; // what people think of a group
pub mod world; // all of it

// verbs, in the order of the week
pub mod control;
pub mod coups;
pub mod elections;
pub mod leaving;
pub mod legitimacy;
pub mod memory;
pub mod opinion;
pub mod partners;
pub mod politics;
pub mod posture;
pub mod record;
pub mod recruitment;
pub mod services;
pub mod timeline;
pub mod violence;

// order
pub mod week;
