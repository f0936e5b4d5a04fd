//! A world of a scenario, run week by week by whoever holds it.

use crate::Scenario;
use std::path::PathBuf;
use std::sync::Arc;
use toguna_engine::phase::Phase;
use toguna_experiment::record::add_week;
use toguna_model::outcomes::{self, BrokenOutcome, OUTCOMES};
use toguna_model::week::WEEK;
use toguna_model::world::part::Part;
use toguna_scenario::problems::{Problem, Problems};
use toguna_scenario::source::InMemory;
use toguna_units::Date;

/// A world as it stands at the beginning of a week. A clone goes its own way from here, with the same
/// random numbers.
#[derive(Clone)]
pub struct World {
    scenario: Scenario,
    model: toguna_model::world::World,
    /// One number for each outcome: of the run so far.
    so_far: Vec<f64>,
}

impl World {
    pub(crate) fn new(scenario: Scenario, model: toguna_model::world::World) -> World {
        World { scenario, model, so_far: vec![0.0; OUTCOMES.len()] }
    }

    /// Runs one week: every phase in order.
    ///
    /// # Errors
    /// When an outcome of the week is no number or infinite: nothing after it would mean anything.
    pub fn step(&mut self) -> Result<(), BrokenOutcome> {
        self.step_by(WEEK)
    }

    /// Runs one week of your own: phases of [`WEEK`], some left out, and others of yours among them. It
    /// must end as [`WEEK`] does, with what the observers see and with the next week.
    ///
    /// # Errors
    /// As those of [`World::step`].
    pub fn step_by(
        &mut self,
        week: &[Phase<toguna_model::world::World, Part>],
    ) -> Result<(), BrokenOutcome> {
        self.model.advance_by(week);
        outcomes::check(&self.model)?;
        add_week(&mut self.so_far, &self.model);
        Ok(())
    }

    /// Runs some weeks, at most to the scenario's end. `observer` sees the world after each.
    ///
    /// # Errors
    /// As those of [`World::step`]; the weeks after it are not run.
    pub fn run(
        &mut self,
        weeks: u32,
        observer: &mut impl FnMut(&World),
    ) -> Result<(), BrokenOutcome> {
        for _ in 0..weeks.min(self.scenario.weeks().saturating_sub(self.week())) {
            self.step()?;
            observer(self);
        }
        Ok(())
    }

    /// How many weeks have been run.
    #[must_use]
    pub fn week(&self) -> u32 {
        self.model.calendar.week
    }

    /// First day of the week that is run next.
    #[must_use]
    pub fn date(&self) -> Date {
        self.model.calendar.today()
    }

    /// Whether the scenario has reached its end.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.week() >= self.scenario.weeks()
    }

    /// An outcome of the run so far: what is counted (deaths, recruits) added up since the start, what
    /// stands (fighters, control) as of the last week. Units and meanings are those of `runs.csv` in
    /// docs/columns.md; none when there is no outcome of this name.
    #[must_use]
    pub fn outcome(&self, name: &str) -> Option<f64> {
        Some(self.so_far[number_of(name)?])
    }

    /// An outcome of the last week alone, as in `series.csv`; none when there is no outcome of this name,
    /// or before the first week has been run.
    #[must_use]
    pub fn outcome_of_the_week(&self, name: &str) -> Option<f64> {
        self.model.observed.week.get(number_of(name)?).copied()
    }

    /// The scenario as it has been played so far, levers that were turned included.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Everything in it: people, places, groups, money and what happened in the last week.
    #[must_use]
    pub fn model(&self) -> &toguna_model::world::World {
        &self.model
    }

    /// A future of its own: from here on other random numbers, by the number of the future. People keep
    /// what they can bear.
    #[must_use]
    pub fn fork_with_fresh_numbers(&self, future: u32) -> World {
        let mut fork = self.clone();
        fork.model.draw_afresh(future);
        fork
    }

    /// Turns a lever, from the coming week on: `policy.restraint=0.9`, as `--set` takes it. The scenario's
    /// timeline gets an entry for it ([`World::scenario`]), so that the scenario as played, run again from
    /// its start under the same seed, gives the same bytes. What stays below a whole lever is kept: setting
    /// `policy.services_share.water` leaves the other services.
    ///
    /// # Errors
    /// When there is no such lever, it does not take this value, or no week is left for it to act; nothing is
    /// changed then.
    pub fn turn(&mut self, lever: &str) -> Result<(), Problems> {
        if self.is_over() {
            let last = self.scenario.checked().scenario.time.end;
            let title = format!("no week is left for {lever} to act: the scenario ends on {last}");
            return Err(Problem::new(title).help("turn it before an earlier week").into());
        }
        // Told here, a mistake is shown in the lever and not in an entry nobody has written.
        self.scenario.set(lever)?;
        let setting: toml::Table = lever.parse().expect("a setting that was read is TOML");
        let [(scenario_file, text), tables @ ..] = &self.scenario.files()[..] else {
            unreachable!("a scenario has a file");
        };
        let mut scenario: toml::Table = text.parse().expect("a resolved scenario is TOML");
        let timeline = scenario.entry("timeline").or_insert_with(|| toml::Value::Array(Vec::new()));
        let entries = timeline.as_array_mut().expect("a timeline is a list");
        let today = self.date().to_string();
        // A timeline is sorted by date; what the scenario itself does later stays later.
        let day =
            |entry: &toml::Value| entry.get("at").and_then(|at| Some(at.as_str()?.to_owned()));
        let later = |entry: &toml::Value| day(entry).is_some_and(|day| day > today);
        let place = entries.iter().position(later).unwrap_or(entries.len());
        let mut entry = toml::Table::new();
        entry.insert("at".to_owned(), today.into());
        entry.extend(setting);
        entries.insert(place, entry.into());
        let mut files = InMemory::default().with(scenario_file, scenario.to_string());
        for (name, text) in tables {
            files = files.with(name, text.as_str());
        }
        let path = PathBuf::from(scenario_file);
        let played = Scenario::read(Arc::new(files), path, Vec::new())?;
        let before = &self.scenario.prepared.checked().scenario;
        played.prepared.fork(&mut self.model, before);
        self.scenario = played;
        Ok(())
    }
}

fn number_of(outcome: &str) -> Option<usize> {
    OUTCOMES.iter().position(|known| known.name == outcome)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn lesson(name: &str) -> Scenario {
        let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/lessons");
        Scenario::load(lessons.join(name)).unwrap()
    }

    fn valley() -> Scenario {
        lesson("valley.toml")
    }

    fn ends(world: &World) -> Vec<f64> {
        OUTCOMES.iter().map(|outcome| world.outcome(outcome.name).unwrap()).collect()
    }

    #[test]
    fn a_lever_turned_in_mid_run_gives_what_the_scenario_as_played_gives_from_its_start() {
        // The second has an entry of its own later.
        for name in ["valley.toml", "talking-valley.toml"] {
            gives_what_it_gives_from_its_start(name);
        }
    }

    fn gives_what_it_gives_from_its_start(name: &str) {
        let mut played = lesson(name).world(3, 0);
        let mut untouched = played.clone();
        played.run(30, &mut |_| {}).unwrap();
        played.turn("policy.military_pressure=0.95").unwrap();
        played.run(10, &mut |_| {}).unwrap();
        played.turn("policy.services_share.water=0.9").unwrap();
        played.run(60, &mut |_| {}).unwrap();

        let mut files = InMemory::default();
        for (name, text) in played.scenario().files() {
            files = files.with(&name, text);
        }
        let again = Scenario::open(files, name).unwrap();
        let mut from_start = again.world(3, 0);
        from_start.run(100, &mut |_| {}).unwrap();
        assert_eq!(ends(&from_start), ends(&played));

        untouched.run(100, &mut |_| {}).unwrap();
        assert_ne!(ends(&untouched), ends(&played));
    }

    #[test]
    fn a_fork_goes_on_as_its_past_would_have() {
        let mut whole = valley().world(5, 1);
        whole.run(20, &mut |_| {}).unwrap();
        let mut fork = whole.clone();
        let mut fresh = whole.fork_with_fresh_numbers(1);
        let mut weeks = 0;
        whole.run(40, &mut |_| weeks += 1).unwrap();
        fork.run(40, &mut |_| {}).unwrap();
        fresh.run(40, &mut |_| {}).unwrap();
        assert_eq!((weeks, whole.week()), (40, 60));
        assert_eq!(ends(&whole), ends(&fork));
        assert_ne!(ends(&whole), ends(&fresh));
    }

    #[test]
    fn what_is_no_lever_is_refused_and_changes_nothing() {
        let mut world = valley().world(1, 0);
        world.run(3, &mut |_| {}).unwrap();
        let before = world.scenario().files();
        for wrong in
            ["policy.military_presure=0.9", "policy.restraint=7", "rules", "people.adults=0.4"]
        {
            assert!(world.turn(wrong).is_err(), "{wrong}");
        }
        assert_eq!(world.scenario().files(), before);
    }

    #[test]
    fn an_outcome_that_is_no_number_ends_the_run_with_its_name_and_the_week() {
        let mut week = WEEK.to_vec();
        let poison = Phase {
            name: "poison",
            what: "the public's opinion is lost",
            changes: &[Part::Government],
            run: |world: &mut toguna_model::world::World| {
                world.government.opinion_dialogue = f64::NAN
            },
        };
        week.insert(0, poison);
        let mut world = valley().world(1, 0);
        world.run(3, &mut |_| {}).unwrap();
        let found = world.step_by(&week).unwrap_err();
        assert_eq!(found.to_string(), "in week 3 legitimacy is NaN, which is no number");
        assert!(world.outcome("legitimacy").unwrap().is_finite());
        // The weeks after it mean nothing either.
        let mut seen = 0;
        assert!(world.run(5, &mut |_| seen += 1).is_err());
        assert_eq!(seen, 0);
    }

    #[test]
    fn the_week_ends_with_the_scenario() {
        let short = valley().set("time.end=\"2020-03-01\"").unwrap();
        let mut world = short.world(1, 0);
        world.run(u32::MAX, &mut |_| {}).unwrap();
        assert!(world.is_over());
        assert_eq!(world.week(), short.weeks());
        assert_eq!(world.outcome("nothing"), None);
        let before = world.scenario().files();
        let told = world.turn("policy.restraint=0.9").unwrap_err().render(false);
        assert!(told.contains("no week is left"), "{told}");
        assert_eq!(world.scenario().files(), before);
    }
}
