//! One phase of the week. The week itself is a list of these, written where the model is.

/// A named step of the week that reads a world and changes parts of it.
pub struct Phase<World, Part: 'static> {
    /// One lower-case word, as in the schedule and the benches.
    pub name: &'static str,
    /// What happens, in one clause.
    pub what: &'static str,
    /// Every part of the world that it may change.
    pub changes: &'static [Part],
    /// The week's work.
    pub run: fn(&mut World),
}

impl<World, Part> Clone for Phase<World, Part> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<World, Part> Copy for Phase<World, Part> {}
