//! What may be asked, and who answers. An answer is `{"ok": …}`, or `{"wrong": "…"}` in words for people.

use crate::drawn::{MapAsked, PanelAsked, SheetAsked, language};
use crate::played::{Opened, Played};
use crate::reported::ReportAsked;
use crate::{catalogue, levers};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// One question.
#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
enum Question {
    /// What the page offers.
    Catalogue { french: bool },
    /// Begins a world.
    Open(Opened),
    /// Runs one week.
    Step { french: bool },
    /// Sets a lever from the coming week on, as `--set` takes it.
    Turn { setting: String },
    /// How each lever stands.
    Levers,
    /// Back to the last week that is kept, no later than this; answered by nothing where none is.
    Back { week: u32 },
    /// What a report needs of the run so far.
    Told,
    /// The page of a report.
    Report(ReportAsked),
    /// The scenario as played.
    Saved { name: String, base: String, seed: u64 },
    /// A table of the run so far, as a file.
    Table { name: String },
    /// Names of the tables.
    Tables,
    /// Lines over time.
    Panel(PanelAsked),
    /// Circles at towns.
    Map(MapAsked),
    /// Several of them as a file of its own.
    Sheet(SheetAsked),
}

/// Whoever answers; it may hold a world.
#[derive(Default)]
pub struct Answerer {
    played: Option<Played>,
}

impl Answerer {
    pub fn answer(&mut self, question: &[u8]) -> String {
        let answer = serde_json::from_slice(question)
            .map_err(|error| error.to_string())
            .and_then(|question| self.value(question));
        match answer {
            Ok(value) => json!({ "ok": value }).to_string(),
            Err(wrong) => json!({ "wrong": wrong }).to_string(),
        }
    }

    fn value(&mut self, question: Question) -> Result<Value, String> {
        Ok(match question {
            Question::Catalogue { french } => catalogue::catalogue(language(french)),
            Question::Open(opened) => {
                // The old world gives way first: two may not find room.
                self.played = None;
                let played = Played::open(&opened)?;
                let begun = value(played.begun());
                self.played = Some(played);
                begun
            }
            Question::Step { french } => value(self.played()?.step(language(french))?),
            Question::Turn { setting } => value(self.played()?.turn(&setting)?),
            Question::Back { week } => value(self.played()?.back(week)),
            Question::Told => value(self.played()?.told()?),
            Question::Report(asked) => value(asked.page()?),
            Question::Levers => value(levers::as_they_stand(self.played()?.world())),
            Question::Saved { name, base, seed } => value(self.played()?.saved(&name, &base, seed)),
            Question::Table { name } => value(self.played()?.table(&name)?),
            Question::Tables => value(crate::played::tables()),
            Question::Panel(asked) => value(asked.panel()?),
            Question::Map(asked) => value(asked.map()),
            Question::Sheet(asked) => value(asked.sheet()?),
        })
    }

    fn played(&mut self) -> Result<&mut Played, String> {
        self.played.as_mut().ok_or_else(|| "no scenario has been opened".to_owned())
    }
}

fn value(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).expect("answers are plain text and numbers")
}
