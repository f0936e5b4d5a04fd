//! The world and its week: one folder for each mechanism, with the same shelves in each. A file's name
//! says what it may name: parameters (`rules`) and nouns (`state`) know words, the [`world`] knows
//! nouns, formulas (`effects`) know the world, and what changes it (`phase`, `start`) knows them all; only
//! the [`week`] names phases. The model reads no file, no clock and no flag, and prints nothing.
#![deny(missing_docs)]

pub mod words; // ids, motives, switches, what draws are for: what all rooms share
pub mod json; // the one way from JSON to a type
pub mod rules; // the parameters of all mechanisms, in one list
pub mod world; // everything a week can change

// mechanisms, in the order of the week
pub mod timeline; // dated and conditional changes of the levers
pub mod truces; // groups that hurt each other come to truces
pub mod weather; // rain by region and year, droughts, and the lean season
pub mod budget; // the state's money: what comes in, and what it is spent on
pub mod group_changes; // groups are founded, split and merge
pub mod services; // health, schooling, justice and water
pub mod livelihoods; // what people live on, levies, hunger and relief
pub mod abroad; // neighbouring countries: sanctuary, fighters, refuge
pub mod partners; // foreign forces beside the state
pub mod katibas; // small bands join others of their katiba
pub mod hiding; // bands go to ground before overwhelming force
pub mod posture; // where army and commands place their forces
pub mod campaigns; // armed groups' campaigns swell and ebb
pub mod violence; // armed actors fight and harm civilians
pub mod suspicion; // whom an attacker takes for an enemy's people
pub mod disputes; // herders and farmers fall out
pub mod clear_and_hold; // places that the army clears are held or left
pub mod garrisons; // the army's garrisons: given up, and taken back
pub mod control; // who holds what
pub mod war; // how it ends: the capital falls, or the fighting stops
pub mod support; // what people think of a group
pub mod memory; // harm is felt, spread and faded; fear and trust
pub mod rooting; // people come closer to groups that rule them
pub mod self_defence; // people whom nobody protects found bands
pub mod recruitment; // people join armed groups
pub mod leaving; // fighters tire, quit and are arrested
pub mod bargaining; // what a community and a command would agree on
pub mod pacts; // local pacts and blockades
pub mod pact_effects; // what pacts do to all the other mechanisms
pub mod talks; // talks with each group, and what accords do to the other mechanisms
pub mod dialogue; // state and groups talk, agree and fall out
pub mod displacement; // people flee, move on and return
pub mod hosted; // displaced households, and the quarters that host them
pub mod legitimacy; // how far the state is believed to be entitled to rule
pub mod opinion; // what the public wants on dialogue, and protest
pub mod elections; // elections, and the institutions that they build on
pub mod coups; // soldiers take power
pub mod government; // the government: its army, its legitimacy, and who rules it

pub mod outcomes; // what is measured, each declared once
pub mod start; // what is so when the first week begins
pub mod week; // what happens when

/// Raised by one whenever the same scenario and seed give other results than before. It enters every
/// fingerprint, so that results of two ages are never taken for one another.
pub const RESULTS_VERSION: u32 = 12;
