//! One world opened, stepped, forked, its levers turned, saved: what a page in a browser, Python or
//! another program drives. Files come from disk or from memory; nothing is printed, and no thread is
//! needed.
#![deny(missing_docs)]

mod scenario;
mod world;

pub use scenario::Scenario;
pub use world::World;
