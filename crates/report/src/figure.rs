//! One figure: on the page with its table, or alone as an SVG.

use crate::folder::Results;
use crate::words::Words;
use maud::{Markup, PreEscaped, html};
use toguna_picture::legend::Sign;
use toguna_picture::palette::{dash, series};
use toguna_picture::sheet::Sheet;
use toguna_picture::svg::Drawing;

/// What stands under one title.
pub struct Figure {
    /// As `toguna plot --figure` takes it.
    pub name: String,
    pub title: String,
    pub note: String,
    /// What the controls choose at first: said where there are none.
    pub chosen: String,
    pub legend: Option<(Sign, Vec<(usize, String)>)>,
    /// Each under its own name, with its unit.
    pub panels: Vec<Panel>,
    pub table: Table,
    /// The file that has what the table leaves out.
    pub whole: Option<&'static str>,
    /// Controls above the panels, and data beneath them: of maps.
    pub controls: Option<Markup>,
    /// Columns of the grid on a wide screen; of none, the figure stands beside others.
    pub columns: usize,
}

pub struct Panel {
    pub name: String,
    pub unit: String,
    pub drawing: Drawing,
    pub legend: Option<Drawing>,
}

/// What a figure shows, as rows of cells.
#[derive(Default)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<Value>>,
}

/// A cell: as people read it, and as a program does.
pub struct Value {
    pub shown: String,
    pub raw: Option<f64>,
}

impl Value {
    pub fn text(shown: impl Into<String>) -> Value {
        Value { shown: shown.into(), raw: None }
    }

    pub fn number(raw: f64, shown: impl Into<String>) -> Value {
        Value { shown: shown.into(), raw: Some(raw) }
    }

    /// A number that may be missing.
    pub fn maybe(raw: Option<f64>, shown: impl Fn(f64) -> String) -> Value {
        Value { shown: raw.map_or_else(String::new, shown), raw }
    }
}

/// A row of a figure that is a true table: it reads on any screen, in print and aloud.
pub struct DrawnRow {
    pub name: String,
    pub unit: String,
    /// Before the drawing and after it; each a line with a smaller one below, and the number a program reads.
    pub before: Vec<Cell>,
    pub after: Vec<Cell>,
    /// Of any width.
    pub draw: Option<Box<dyn Fn(f64) -> Drawing>>,
    /// What the drawing shows, in words.
    pub said: String,
}

pub struct Cell {
    pub shown: String,
    pub below: String,
    pub raw: Option<f64>,
    /// Left out where the screen is narrow.
    pub wide_only: bool,
}

/// Width of the drawing in a row, and alone, px.
const IN_A_ROW: f64 = 150.0;
const ALONE: f64 = 320.0;

impl Figure {
    /// Rows with a drawing in each: a heading for the name and for each cell, the drawing's where it stands.
    pub fn draw_rows(&mut self, head: &[(&str, &str)], rows: &[DrawnRow]) {
        let narrow = |place: usize| {
            let row = rows.first()?;
            let cell = match place.checked_sub(row.before.len() + 2) {
                Some(after) => row.after.get(after),
                None => row.before.get(place.checked_sub(1)?),
            };
            cell.filter(|cell| cell.wide_only)
        };
        let class = |place: usize, drawn: usize| match place {
            0 => "",
            _ if place == drawn => "mid",
            _ if narrow(place).is_some() => "n narrow",
            _ => "n",
        };
        let cell = |cell: &Cell, strong: bool| {
            html! {
                td class={ "n" @if cell.wide_only { " narrow" } } data-v=[cell.raw] {
                    @if strong { b { (cell.shown) } } @else { (cell.shown) }
                    @if !cell.below.is_empty() { br; small { (cell.below) } }
                }
            }
        };
        let drawn = rows.first().map_or(0, |row| row.before.len() + 1);
        self.columns = 1;
        self.controls = Some(html! {
            table.forest {
                thead { tr {
                    @for (place, (above, below)) in head.iter().enumerate() {
                        th scope="col" class=(class(place, drawn)) {
                            (above) @if !below.is_empty() { br; small { (below) } }
                        }
                    }
                } }
                tbody { @for row in rows { tr {
                    th scope="row" { (row.name) @if !row.unit.is_empty() { " " small { (row.unit) } } }
                    @for (place, it) in row.before.iter().enumerate() { (cell(it, place + 1 == row.before.len())) }
                    td.draw { @if let Some(draw) = &row.draw { (PreEscaped(draw(IN_A_ROW).finish(&row.said))) } }
                    @for it in &row.after { (cell(it, false)) }
                } } }
            }
        });
        for row in rows {
            let Some(draw) = &row.draw else { continue };
            let unit = row.before.last().map_or_else(String::new, |cell| cell.shown.clone());
            let panel = Panel { name: row.name.clone(), unit, drawing: draw(ALONE), legend: None };
            self.panels.push(panel);
        }
    }

    /// The figure with no title yet and nothing in it.
    pub fn new(
        name: impl Into<String>,
        title: impl Into<String>,
        note: impl Into<String>,
    ) -> Figure {
        Figure {
            name: name.into(),
            title: title.into(),
            note: note.into(),
            chosen: String::new(),
            legend: None,
            panels: Vec::new(),
            table: Table::default(),
            whole: None,
            controls: None,
            columns: 3,
        }
    }

    /// The heads of the table's columns.
    pub fn head(&mut self, names: &[&str]) {
        self.table.head = names.iter().map(|name| (*name).to_owned()).collect();
    }

    /// A legend of all scenarios, where there are several.
    pub fn legend_of_arms(&mut self, results: &Results, sign: Sign) {
        let names = results.arms.iter().enumerate();
        let names = names.map(|(number, arm)| (number, arm.short.clone()));
        self.legend = (results.arms.len() > 1).then(|| (sign, names.collect()));
    }

    /// An SVG that needs no page.
    pub fn alone(&self, stamp: &str) -> String {
        let panel = |panel: &Panel| {
            let unit =
                if panel.unit.is_empty() { String::new() } else { format!(" ({})", panel.unit) };
            let below = |legend: &Drawing| panel.drawing.above(legend);
            let drawing = panel.legend.as_ref().map_or_else(|| panel.drawing.clone(), below);
            (format!("{}{unit}", panel.name), drawing)
        };
        let panels: Vec<_> = self.panels.iter().map(panel).collect();
        let sheet = Sheet {
            title: &self.title,
            note: &format!("{} {}", self.note, self.chosen),
            legend: self.legend.as_ref().map(|(sign, entries)| (*sign, entries.as_slice())),
            panels: &panels,
            stamp,
        };
        sheet.draw(self.columns.max(1))
    }

    pub fn on_page(&self, stamp: &str, words: &Words) -> Markup {
        html! {
            figure id=(self.name) class={ "of" (self.columns) } {
                h2 { (self.title) }
                p.note { (self.note) }
                @if let Some((sign, entries)) = &self.legend {
                    ul.legend { @for (number, name) in entries { li { (sign_of(*sign, *number)) (name) } } }
                }
                @if let Some(controls) = &self.controls { (controls) }
                div.panels {
                    @for panel in &self.panels {
                        div.panel {
                            h3 { (panel.name) @if !panel.unit.is_empty() { " " small { (panel.unit) } } }
                            (PreEscaped(panel.drawing.finish(&format!("{}: {}", self.title, panel.name))))
                            @if let Some(legend) = &panel.legend { (PreEscaped(legend.finish(&panel.name))) }
                        }
                    }
                }
                (self.behind(stamp, words))
            }
        }
    }

    /// Stamp, table and downloads.
    fn behind(&self, stamp: &str, words: &Words) -> Markup {
        html! {
            figcaption { (stamp) }
            details {
                summary { (words.table) }
                p.get {
                    @for kind in ["svg", "png", "csv"] {
                        button type="button" data-get=(kind) {
                            (crate::words::filled(words.download, &[("kind", &kind.to_uppercase())]))
                        }
                    }
                }
                @if let Some(file) = self.whole {
                    p.note { (crate::words::filled(words.table_part, &[("file", file)])) }
                }
                div.wide tabindex="0" role="region" aria-label=(self.title) { (self.table.on_page()) }
            }
        }
    }
}

impl Table {
    pub fn on_page(&self) -> Markup {
        html! {
            table {
                thead { tr { @for cell in &self.head { th scope="col" { (cell) } } } }
                tbody {
                    @for row in &self.rows {
                        tr {
                            @for cell in row {
                                @match cell.raw {
                                    Some(raw) => td data-v=(raw) { (cell.shown) },
                                    None => td { (cell.shown) },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a series looks like.
fn sign_of(sign: Sign, number: usize) -> Markup {
    let (series, dash) = (series(number), dash(number));
    html! {
        svg width="26" height="12" aria-hidden="true" {
            @match sign {
                Sign::Line => line x1="1" y1="6" x2="25" y2="6" class={"line edge " (series) " " (dash)} {},
                Sign::Area => rect x="6" y="0" width="14" height="12" class={"fill " (series)} {},
            }
        }
    }
}
