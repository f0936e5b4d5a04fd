//! The facts that a run of Mali is compared with. Each is declared once (`FACTS`): what was observed,
//! within what tolerance, whether it may be fitted, where it is known from, and how it is measured in a
//! run. They are measured while a run is made ([`Gathered`]), and only when somebody asks.

mod fact; // what a fact is
mod gathered; // what a run shows, by month
mod list; // the facts
mod measures; // violence, displacement, schools, officials, recruits
mod pact_life; // what is kept of a pact
mod pacts; // pacts and accords
mod sources; // where facts are known from

pub use fact::{Fact, Source, Span, Use};
pub use gathered::Gathered;
pub use list::{FACTS, fact_named};

#[cfg(test)]
mod tests;
