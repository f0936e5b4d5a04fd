//! The words that all rooms share.

pub mod ids; // who can act, harm and hold a place
pub mod geography; // zones, ranks of places, distances
pub mod calendar; // which week it is
pub mod roles; // what somebody is
pub mod motives; // why people join
pub mod targets; // against whom events go
pub mod services; // the four services
pub mod livelihoods; // what people live on
pub mod mechanisms; // what can be switched off
pub mod purposes; // what draws are for
