//! Lines over time and circles at towns, for the page or as a file of their own.

use serde::{Deserialize, Serialize};
use toguna_experiment::statistics::{Confidence, Moments, quantile};
use toguna_model::outcomes::{OUTCOMES, Outcome, OverARun};
use toguna_picture::legend::{Sign, scale_legend};
use toguna_picture::lines::{Line, Lines, Point};
use toguna_picture::map::{Map, Town};
use toguna_picture::palette::{class_of_amount, class_of_difference};
use toguna_picture::sheet::Sheet;
use toguna_picture::svg::Drawing;
use toguna_report::{Language, Numbers, outline, ticks, year_of};

pub fn language(french: bool) -> Language {
    if french { Language::French } else { Language::English }
}

/// Width and height of lines, px.
const SIZE: (f64, f64) = (320.0, 170.0);
/// Width of a map, px.
const WIDTH: f64 = 340.0;
/// Weeks over which what is counted is averaged.
const WINDOW: usize = 12;
/// Points that a line of [`SIZE`] can show.
const POINTS: usize = 260;

/// An outcome over time, of each policy or their paired difference.
#[derive(Deserialize)]
pub struct PanelAsked {
    /// Its name.
    outcome: String,
    /// By policy, run and week; runs of the same number have the same random numbers.
    arms: Vec<Vec<Vec<Option<f64>>>>,
    /// Whether the second less the first is wanted.
    difference: bool,
    /// First day, and how many weeks the axis holds.
    start: String,
    weeks: u32,
    /// Week from which the policies differ.
    parted: Option<u32>,
    /// Week that is looked at; none for the last.
    now: Option<u32>,
    french: bool,
}

#[derive(Serialize)]
pub struct Panel {
    title: String,
    unit: String,
    svg: String,
    /// What each line is at the week looked at, in words.
    values: Vec<String>,
}

/// Circles at towns: amounts, or differences.
#[derive(Deserialize)]
pub struct MapAsked {
    towns: Vec<AskedTown>,
    /// Whether they are nowhere, and no country's outline belongs round them.
    made_up: bool,
    /// One for each town.
    values: Vec<f64>,
    /// What is said of each town behind its name.
    told: Vec<String>,
    /// What the end of the colours stands for.
    most: f64,
    difference: bool,
    /// What it is called for those who do not see it.
    name: String,
    french: bool,
}

#[derive(Deserialize)]
struct AskedTown {
    name: String,
    at: (f64, f64),
    people: f64,
}

/// A figure as it leaves the page.
#[derive(Deserialize)]
pub struct SheetAsked {
    title: String,
    note: String,
    stamp: String,
    /// Names of the policies, for the legend of lines.
    names: Vec<String>,
    #[serde(default)]
    panels: Vec<PanelAsked>,
    #[serde(default)]
    maps: Vec<MapAsked>,
    columns: usize,
}

impl PanelAsked {
    pub fn panel(&self) -> Result<Panel, String> {
        let (outcome, lines) = self.lines()?;
        let numbers = Numbers(language(self.french));
        let drawing = self.drawing(outcome, &lines);
        let said = |value: f64| match self.difference {
            true => numbers.difference(outcome, value),
            false => numbers.of(outcome, value),
        };
        let (_, end) = self.ends();
        let at = self.now.map_or(end, |week| self.year(week));
        let values = lines.iter().map(|line| {
            let point = line.points.iter().rev().find(|point| point.x <= at + 1e-9);
            let point = point.filter(|point| point.y.is_some());
            let band = |point: &Point| {
                point.band.map_or(String::new(), |(low, high)| {
                    format!(" ({} … {})", said(low), said(high))
                })
            };
            point.map_or_else(String::new, |it| said(it.y.unwrap_or(f64::NAN)) + &band(it))
        });
        let values: Vec<String> = values.collect();
        let title = language(self.french).title(outcome);
        let name = format!("{title}: {}", values.join(" · "));
        Ok(Panel { unit: self.unit(outcome), svg: drawing.finish(&name), values, title })
    }

    fn unit(&self, outcome: &Outcome) -> String {
        let numbers = Numbers(language(self.french));
        if self.difference {
            numbers.unit_of_difference_at_a_time(outcome)
        } else {
            numbers.unit_of_a_week(outcome)
        }
    }

    fn year(&self, week: u32) -> f64 {
        year_of(&self.start) + f64::from(week) * 7.0 / 365.25
    }

    fn ends(&self) -> (f64, f64) {
        (self.year(0), self.year(self.weeks.max(1)))
    }

    fn lines(&self) -> Result<(&'static Outcome, Vec<Line>), String> {
        let outcome = Outcome::place_of(&self.outcome).map(|place| &OUTCOMES[place]);
        let outcome = outcome.ok_or_else(|| format!("there is no outcome {}", self.outcome))?;
        let counted = outcome.over_a_run == OverARun::Total;
        let runs = |arm: &Vec<Vec<Option<f64>>>, course: fn(&[Option<f64>]) -> Vec<Option<f64>>| {
            arm.iter()
                .map(|run| if counted { course(run) } else { run.clone() })
                .collect::<Vec<_>>()
        };
        if let (true, [first, second]) = (self.difference, &self.arms[..]) {
            let (first, second) = (runs(first, added_up), runs(second, added_up));
            let apart: Vec<Vec<Option<f64>>> = first
                .iter()
                .zip(&second)
                .map(|(a, b)| a.iter().zip(b).map(|(a, b)| Some((*b)? - (*a)?)).collect())
                .collect();
            return Ok((outcome, vec![self.line(1, &apart, interval)]));
        }
        let line = |(number, arm)| self.line(number, &runs(arm, averaged), middle);
        Ok((outcome, self.arms.iter().enumerate().map(line).collect()))
    }

    fn line(
        &self,
        series: usize,
        runs: &[Vec<Option<f64>>],
        band: fn(&[f64]) -> Option<(f64, f64)>,
    ) -> Line {
        let weeks = runs.iter().map(Vec::len).max().unwrap_or(0);
        let every = (self.weeks as usize / POINTS).max(1);
        let shown = (0..weeks).filter(|week| week % every == 0 || week + 1 == weeks);
        let point = |week: usize| {
            let values: Vec<f64> = runs.iter().filter_map(|run| *run.get(week)?).collect();
            let mean =
                (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
            let band = (values.len() > 1).then(|| band(&values)).flatten();
            Point { x: self.year(toguna_units::narrow(week)), y: mean, band }
        };
        Line { series, points: shown.map(point).collect() }
    }

    fn drawing(&self, outcome: &Outcome, lines: &[Line]) -> Drawing {
        let numbers = Numbers(language(self.french));
        let (first, last) = self.ends();
        let ticks = ticks(first, last);
        let drawn = Lines {
            lines,
            x: (first, last),
            ticks: &ticks,
            mark: self.parted.map(|week| self.year(week)),
            from_zero: self.difference || self.unit(outcome) != "%",
        };
        drawn.draw(SIZE, &|value| match self.difference {
            true => numbers.difference(outcome, value),
            false => numbers.of(outcome, value),
        })
    }
}

/// Mean per week over the last [`WINDOW`] weeks.
fn averaged(run: &[Option<f64>]) -> Vec<Option<f64>> {
    let mean = |week: usize| {
        let window = &run[(week + 1).saturating_sub(WINDOW)..=week];
        let sum: f64 = window.iter().map(|it| it.unwrap_or(0.0)).sum();
        Some(sum / window.len() as f64)
    };
    (0..run.len()).map(mean).collect()
}

/// Since the start.
fn added_up(run: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut sum = 0.0;
    let add = |value: &Option<f64>| {
        sum += value.unwrap_or(0.0);
        Some(sum)
    };
    run.iter().map(add).collect()
}

/// Between which the middle 90 % of runs lie.
fn middle(values: &[f64]) -> Option<(f64, f64)> {
    Some((quantile(values, 0.05)?, quantile(values, 0.95)?))
}

/// 95 % interval of the mean.
fn interval(values: &[f64]) -> Option<(f64, f64)> {
    let mut moments = Moments::default();
    values.iter().for_each(|value| moments.push(*value));
    moments.interval(Confidence::NINETY_FIVE).map(|it| (it.interval.low, it.interval.high))
}

impl MapAsked {
    pub fn map(&self) -> String {
        let (drawing, legend) = self.drawing();
        drawing.above(&legend).finish(&self.name)
    }

    fn drawing(&self) -> (Drawing, Drawing) {
        let towns: Vec<Town> = self
            .towns
            .iter()
            .map(|it| Town { name: it.name.clone(), at: it.at, people: it.people })
            .collect();
        let outline = if self.made_up { Vec::new() } else { outline(&towns) };
        let numbers = Numbers(language(self.french));
        let drawing = Map { outline: &outline, towns: &towns }.draw(WIDTH, &|town| {
            let value = self.values.get(town).copied().unwrap_or(0.0);
            let told = self.told.get(town).map_or("", String::as_str);
            let class = match self.difference {
                true => format!("w{}", class_of_difference(value, self.most)),
                false => format!("v{}", class_of_amount(value, self.most)),
            };
            (class, format!("{}: {told}", towns[town].name))
        });
        let (most, least) = (numbers.plain(self.most), numbers.signed(-self.most));
        let legend = match self.difference {
            true => scale_legend('w', (&least, &numbers.signed(self.most)), WIDTH),
            false => scale_legend('v', ("0", &most), WIDTH),
        };
        (drawing, legend)
    }
}

impl SheetAsked {
    pub fn sheet(&self) -> Result<String, String> {
        let mut panels = Vec::new();
        for asked in &self.panels {
            let (outcome, lines) = asked.lines()?;
            let title = language(asked.french).title(outcome);
            panels.push((
                format!("{title} ({})", asked.unit(outcome)),
                asked.drawing(outcome, &lines),
            ));
        }
        for asked in &self.maps {
            let (drawing, legend) = asked.drawing();
            panels.push((asked.name.clone(), drawing.above(&legend)));
        }
        let entries: Vec<(usize, String)> = self.names.iter().cloned().enumerate().collect();
        let sheet = Sheet {
            title: &self.title,
            note: &self.note,
            legend: (!entries.is_empty()).then_some((Sign::Line, entries.as_slice())),
            panels: &panels,
            stamp: &self.stamp,
        };
        Ok(sheet.draw(self.columns))
    }
}
