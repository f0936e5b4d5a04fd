//! One entry of the week. The week itself is a list of these, written where the model is.

/// A named step of the week that reads and changes a world.
pub struct Phase<World> {
    /// One lower-case word, as in the schedule and the benches.
    pub name: &'static str,
    /// What happens, in one clause.
    pub what: &'static str,
    pub run: fn(&mut World),
}

impl<World> Clone for Phase<World> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<World> Copy for Phase<World> {}
