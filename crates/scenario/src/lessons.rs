//! Lessons: small scenarios with arms to compare, what to look at, and questions. All of it stands in one
//! file, `scenarios/lessons/lessons.toml`.

use super::checked::read;
use super::prepared::PreparedScenario;
use super::problems::{Problem, Problems};
use super::source::Files;
use serde::Deserialize;
use std::path::Path;

/// All lessons, and what a lecturer needs beside them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lessons {
    /// What they are for.
    pub introduction: String,
    /// How 90 minutes may be spent.
    pub class_plan: String,
    /// Each of them, the easiest first.
    pub lessons: Vec<Lesson>,
}

/// One scenario and what it teaches.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Its file without `.toml`, beside the list; also the lesson's name.
    pub scenario: String,
    /// What it answers.
    pub question: String,
    /// The situation.
    pub what_it_is: String,
    /// What is compared.
    pub how_to_use_it: String,
    /// What the comparison shows.
    pub things_to_notice: Vec<String>,
    /// Changes for the reader to make.
    pub things_to_try: Vec<Trial>,
    /// What to read, and which scenario of a country asks the same.
    pub going_further: Vec<String>,
    /// For a class.
    pub questions: Vec<Question>,
    /// What is run; the others are compared with the first.
    pub arms: Vec<LessonArm>,
    /// What is measured of each run.
    pub measures: Vec<LessonMeasure>,
    /// How many runs of each arm.
    pub replicates: u32,
    /// Whether fighters at the end are to be compared with those at the start.
    #[serde(default)]
    pub asks_whether_groups_grow: bool,
    /// The same in French.
    pub french: InFrench,
}

/// What a lesson says, in French: each list in the order of the lesson's own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InFrench {
    /// What it answers.
    pub question: String,
    /// The situation.
    pub what_it_is: String,
    /// What is compared.
    pub how_to_use_it: String,
    /// Names of the arms.
    pub arm_titles: Vec<String>,
    /// What the comparison shows.
    pub things_to_notice: Vec<String>,
    /// What to look for with each change.
    pub things_to_try: Vec<String>,
    /// What to read.
    pub going_further: Vec<String>,
    /// For a class.
    pub questions: Vec<Question>,
}

/// One way to run the scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonArm {
    /// Its name in the table.
    pub title: String,
    /// What it changes, as `--set` takes it.
    #[serde(default)]
    pub set: Vec<String>,
    /// Whether it has random numbers of its own.
    #[serde(default)]
    pub other_random_numbers: bool,
}

/// A number of each run.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum LessonMeasure {
    /// An outcome, by name.
    Outcome(String),
    /// Fighters of one group at the end.
    FightersOf(String),
    /// Civilians whom one group killed in some places.
    CiviliansKilled(Attacks),
    /// Attacks of one group in some places.
    Attacks(Attacks),
}

/// Attacks of one group in some places.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attacks {
    /// What they are called in the table.
    pub title: String,
    /// Short name of the group.
    pub by: String,
    /// Communities.
    pub places: Vec<String>,
}

/// A change to make, and what to ask of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// What to look for.
    pub what: String,
    /// The change, as `--set` takes it.
    pub set: Vec<String>,
}

/// For a class.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question.
    pub ask: String,
    /// What a good answer says.
    pub answer: String,
}

impl Lessons {
    /// What the file says.
    ///
    /// # Errors
    /// When it is no list of lessons.
    pub fn of(text: &str) -> Result<Lessons, toml::de::Error> {
        toml::from_str(text)
    }

    /// The lesson of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.scenario == name)
    }
}

impl Lesson {
    /// The first arm and the same with further settings.
    #[must_use]
    pub fn with_own(&self, title: &str, settings: &[String]) -> Lesson {
        let first = &self.arms[0];
        let set = [&first.set, settings].concat();
        let own = LessonArm { title: title.to_owned(), set, other_random_numbers: false };
        Lesson { arms: vec![first.clone(), own], ..self.clone() }
    }

    /// The scenario of each arm, ready to be run; `folder` holds the file.
    ///
    /// # Errors
    /// Everything wrong with the settings, or the arms that are not equally long.
    pub fn prepared(
        &self,
        files: &dyn Files,
        folder: &Path,
    ) -> Result<Vec<PreparedScenario>, Problems> {
        let path = folder.join(format!("{}.toml", self.scenario));
        let one = |arm: &LessonArm| Ok(PreparedScenario::new(read(files, &path, &arm.set)?));
        let prepared: Vec<PreparedScenario> =
            self.arms.iter().map(one).collect::<Result<_, Problems>>()?;
        let weeks = prepared.first().map(PreparedScenario::weeks);
        if prepared.iter().any(|arm| Some(arm.weeks()) != weeks) {
            let problem = Problem::new("the arms of a lesson are equally long");
            Problems::none_or(vec![problem.help("leave `time` as it is")])?;
        }
        Ok(prepared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_french_of_a_lesson_says_as_much_as_the_english() {
        let lessons = Lessons::of(include_str!("../../../scenarios/lessons/lessons.toml")).unwrap();
        for lesson in lessons.lessons {
            let french = &lesson.french;
            let said = [
                french.arm_titles.len(),
                french.things_to_notice.len(),
                french.things_to_try.len(),
                french.going_further.len(),
                french.questions.len(),
            ];
            let own = [
                lesson.arms.len(),
                lesson.things_to_notice.len(),
                lesson.things_to_try.len(),
                lesson.going_further.len(),
                lesson.questions.len(),
            ];
            assert_eq!(said, own, "{}", lesson.scenario);
        }
    }
}
