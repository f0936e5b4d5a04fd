//! A world on its way, with the tables that the command line would write of it.

use crate::levers::{self, Standing};
use crate::news::{self, News};
use crate::pasts::{Past, Pasts};
use crate::places::{Month, Places};
use crate::reported::{self, Told};
use crate::saved;
use crate::shelf::Shelf;
use crate::written::{text, written};
use serde::{Deserialize, Serialize};
use toguna_experiment::acted;
use toguna_experiment::ending::Ending;
use toguna_experiment::joined::Joiners;
use toguna_experiment::logs::{LOGS, Log, Wanted};
use toguna_experiment::over_time::ArmOverTime;
use toguna_experiment::record::RunRecord;
use toguna_experiment::table::Lines;
use toguna_output::course_tables::{ACTED, CERCLES, OVER_TIME};
use toguna_output::tables::runs;
use toguna_report::Language;
use toguna_session::{Scenario, World};

/// What to begin with.
#[derive(Deserialize)]
pub struct Opened {
    /// `toguna:/mali/status-quo.toml`, or the name of a file that was opened.
    path: String,
    /// Name and text of files that were opened.
    #[serde(default)]
    files: Vec<(String, String)>,
    /// As `--set` takes them.
    #[serde(default)]
    settings: Vec<String>,
    seed: u64,
    #[serde(default)]
    replicate: u32,
    /// Whether nobody will go back.
    #[serde(default)]
    forward: bool,
}

/// What the page has to know of a world before its first week.
#[derive(Serialize)]
pub struct Begun {
    name: String,
    title: String,
    description: String,
    /// First day of the first week.
    start: String,
    weeks: u32,
    /// Persons that one simulated adult stands for.
    scale: u32,
    /// Whether that is too many for figures.
    coarse: bool,
    adults: u64,
    levers: Vec<Standing>,
    places: Vec<crate::places::Town>,
    made_up: bool,
    groups: Vec<String>,
    notes: Vec<String>,
}

/// A week that was run.
#[derive(Serialize)]
pub struct Week {
    week: u32,
    date: String,
    /// One number for each outcome of the model; none where it has no value.
    outcomes: Vec<f64>,
    /// In the last week of a month.
    month: Option<Month>,
    news: Vec<News>,
    over: bool,
    /// How the levers stand, when the scenario has turned one.
    levers: Option<Vec<Standing>>,
}

pub struct Played {
    world: World,
    record: RunRecord,
    joined: Joiners,
    places: Places,
    settings: Vec<String>,
    /// None where nobody will go back.
    pasts: Option<Pasts>,
}

/// Where a world stands that has gone back.
#[derive(Serialize)]
pub struct Back {
    /// Weeks run.
    week: u32,
    levers: Vec<Standing>,
}

impl Played {
    pub fn open(opened: &Opened) -> Result<Played, String> {
        let files = Shelf::with(&opened.files);
        let scenario = Scenario::open_with(files, &opened.path, opened.settings.clone())
            .map_err(|problems| problems.render(false))?;
        let world = scenario.world(opened.seed, opened.replicate);
        let mut record = RunRecord::new(opened.replicate, opened.replicate, opened.seed);
        record.scenario = scenario.name().to_owned();
        record.wanted = Wanted::EVERYTHING;
        let places = Places::of(world.model());
        let adults = || world.model().people.census().iter().sum();
        let pasts = (!opened.forward).then(|| Pasts::of(adults()));
        let (joined, settings) = (Joiners::default(), opened.settings.clone());
        let mut played = Played { world, record, joined, places, settings, pasts };
        played.keep();
        Ok(played)
    }

    /// Keeps how it stands, if the turn of its week has come.
    fn keep(&mut self) {
        let Played { world, record, joined, pasts, .. } = self;
        let Some(pasts) = pasts else { return };
        pasts.keep(world.week(), || {
            // Logs only grow: how far they had come says it all.
            let logs = std::mem::take(&mut record.logs);
            let record_then = record.clone();
            record.logs = logs;
            let (world, joined) = (world.clone(), joined.clone());
            Past { world, record: record_then, logs: record.logs.mark(), joined }
        });
    }

    /// Goes back to the last week that is kept and is not after this one; stays where none is.
    pub fn back(&mut self, weeks: u32) -> Option<Back> {
        let (week, past) = self.pasts.as_mut().and_then(|pasts| pasts.back(weeks))?;
        let mut logs = std::mem::take(&mut self.record.logs);
        logs.back_to(&past.logs);
        self.record = RunRecord { logs, ..past.record.clone() };
        (self.world, self.joined) = (past.world.clone(), past.joined.clone());
        Some(Back { week, levers: levers::as_they_stand(&self.world) })
    }

    /// What a report needs of a run that ends here.
    pub fn told(&self) -> Result<Told, String> {
        let RunRecord { end, path, paid, .. } = &self.record;
        let mut ending = Ending {
            end: end.clone(),
            path: path.clone(),
            paid: paid.clone(),
            joined: self.joined.clone(),
            acted: Vec::new(),
        };
        ending.close(self.world.model());
        Ok(Told { files: self.world.scenario().files(), ending: reported::text_of(&ending)? })
    }

    pub fn world(&self) -> &World {
        &self.world
    }

    pub fn begun(&self) -> Begun {
        let scenario = self.world.scenario();
        let said = &scenario.checked().scenario;
        let notes = toguna_scenario::notes::notes(scenario.checked());
        Begun {
            name: said.name.clone(),
            title: if said.title.is_empty() { said.name.clone() } else { said.title.clone() },
            description: said.description.clone(),
            start: scenario.start().to_string(),
            weeks: scenario.weeks(),
            scale: self.world.model().people.per_agent,
            coarse: toguna_scenario::notes::not_coarse(scenario.checked(), "").is_err(),
            adults: self.world.model().people.census().iter().sum(),
            levers: levers::as_they_stand(&self.world),
            places: self.places.towns(),
            made_up: self.places.made_up(),
            groups: said.groups.keys().cloned().collect(),
            notes: notes.iter().map(|note| note.in_one_line()).collect(),
        }
    }

    pub fn step(&mut self, language: Language) -> Result<Week, String> {
        if self.world.is_over() {
            return Err("the scenario has ended".to_owned());
        }
        let date = self.world.date().to_string();
        let week = self.world.week();
        self.world.step().map_err(|broken| broken.to_string())?;
        let model = self.world.model();
        self.record.observe(model);
        self.joined.observe(model);
        let turned = model.timeline.entries.iter().any(|entry| entry.acted == Some(week));
        let seen = Week {
            week,
            date,
            outcomes: model.observed.week.clone(),
            month: self.places.month(model),
            news: news::of(&self.world, week, language),
            over: self.world.is_over(),
            levers: turned.then(|| levers::as_they_stand(&self.world)),
        };
        self.keep();
        Ok(seen)
    }

    pub fn turn(&mut self, setting: &str) -> Result<(), String> {
        self.world.turn(setting).map_err(|problems| problems.render(false))
    }

    /// A file that extends `base` and is called `name`.
    pub fn saved(&self, name: &str, base: &str, seed: u64) -> String {
        saved::text(self.world.scenario(), &self.settings, name, base, seed)
    }

    /// A table as the command line writes it of a run that ends here.
    pub fn table(&self, name: &str) -> Result<String, String> {
        let mut record = self.record.clone();
        record.close(self.world.model());
        let checked = self.world.scenario().checked();
        let (scenario, start) = (&checked.scenario.name, checked.scenario.time.start);
        if let Some(place) = LOGS.iter().position(|log| log.name == name) {
            let mut lines = Lines::header(&LOGS[place].described().columns);
            if let Some(rows) = record.logs.rows_of(place) {
                lines.append(rows);
            }
            return text(lines.text().to_owned());
        }
        let over_time = || {
            let mut over_time = ArmOverTime::default();
            over_time.push(&record.path);
            over_time
        };
        match name {
            "runs.csv" => written(&runs(), &[record]),
            "over_time.csv" => written(&OVER_TIME, &over_time().rows(scenario, start)),
            "cercles.csv" => written(&CERCLES, &over_time().cercles(scenario)),
            "acted.csv" => written(&ACTED, &acted::rows(checked, record.replicate, &record.acted)),
            _ => Err(format!("there is no table {name}")),
        }
    }
}

/// Name and meaning of each table.
pub fn tables() -> Vec<(String, String)> {
    let logs = LOGS.iter().map(Log::described);
    let others =
        [runs().described(), OVER_TIME.described(), CERCLES.described(), ACTED.described()];
    let all = others.into_iter().chain(logs);
    all.map(|table| (table.name.to_owned(), table.what.to_owned())).collect()
}
