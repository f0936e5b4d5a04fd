//! Several drawings under one title, with what says how to read them: a file of its own.

use crate::CSS;
use crate::legend::{Sign, legend};
use crate::svg::{Drawing, escaped, px, wrapped};

/// A figure as it leaves the page. It always says what it is.
pub struct Sheet<'s> {
    pub title: &'s str,
    /// What the drawings are, unit included.
    pub note: &'s str,
    /// What signs stand for: numbers of series with their names.
    pub legend: Option<(Sign, &'s [(usize, String)])>,
    /// Each under its own name.
    pub panels: &'s [(String, Drawing)],
    /// Source, and what it must not be taken for.
    pub stamp: &'s str,
}

const MARGIN: f64 = 16.0;
const ROW: f64 = 15.0;

impl Sheet<'_> {
    /// An SVG that stands alone, with so many drawings in a row.
    #[must_use]
    pub fn draw(&self, columns: usize) -> String {
        let columns = columns.clamp(1, self.panels.len().max(1));
        let wide = self.panels.iter().map(|(_, it)| it.width).fold(320.0, f64::max) + MARGIN;
        let width = columns as f64 * wide + MARGIN;
        let mut sheet = Drawing::new(width, 0.0);
        let mut y = MARGIN;
        let say = |sheet: &mut Drawing, text: &str, class: &str, size: f64, y: &mut f64| {
            for line in wrapped(text, (width - 2.0 * MARGIN) / size) {
                *y += ROW * size;
                sheet.text((MARGIN, *y), class, &line);
            }
        };
        say(&mut sheet, self.title, "title", 1.28, &mut y);
        say(&mut sheet, self.note, "soft", 1.0, &mut y);
        if let Some((sign, entries)) = self.legend {
            y += 6.0;
            let legend = legend(entries, sign, width - 2.0 * MARGIN);
            sheet.place(&legend, (MARGIN, y));
            y += legend.height;
        }
        for row in self.panels.chunks(columns) {
            let names: Vec<Vec<String>> =
                row.iter().map(|(name, _)| wrapped(name, wide - MARGIN)).collect();
            y += 8.0 + ROW * names.iter().map(Vec::len).max().unwrap_or(0) as f64;
            for (column, ((_, drawing), lines)) in row.iter().zip(&names).enumerate() {
                let x = MARGIN + column as f64 * wide;
                for (above, line) in lines.iter().rev().enumerate() {
                    sheet.text((x, y - above as f64 * ROW), "", line);
                }
                sheet.place(drawing, (x, y + 4.0));
            }
            y += row.iter().map(|(_, it)| it.height).fold(0.0, f64::max) + 4.0;
        }
        y += 8.0;
        say(&mut sheet, self.stamp, "soft", 1.0, &mut y);
        sheet.height = y + MARGIN;
        let [w, h] = [sheet.width, sheet.height].map(px);
        let (name, body) = (escaped(self.title), &sheet.body);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{name}\"><style>{}</style>\
             <rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>{body}</svg>\n",
            plain_css()
        )
    }
}

/// The styles without variables, which many programs do not know: of each series its colour, of the others
/// their default.
#[must_use]
pub fn plain_css() -> String {
    let mut css = String::new();
    let mut rest = CSS;
    while let Some((before, after)) = rest.split_once("var(") {
        css += before;
        let (variable, after) = after.split_once(')').unwrap_or((after, ""));
        css += variable.split_once(',').map_or("var(--c)", |(_, default)| default);
        rest = after;
    }
    css += rest;
    for number in 0..crate::palette::SERIES {
        let class = crate::palette::series(number);
        let declared =
            css.split_once(&format!(".{class}{{--c:")).and_then(|(_, it)| it.split_once('}'));
        if let Some((colour, _)) = declared {
            let colour = colour.to_owned();
            css +=
                &format!("svg .fill.{class}{{fill:{colour}}}svg .edge.{class}{{stroke:{colour}}}");
        }
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_alone_says_what_it_is_and_needs_no_page() {
        let panels = [
            ("one".to_owned(), Drawing::new(320.0, 100.0)),
            ("two".to_owned(), Drawing::new(320.0, 90.0)),
        ];
        let sheet = Sheet {
            title: "A <title>",
            note: "n",
            legend: None,
            panels: &panels,
            stamp: "what-if",
        };
        let svg = sheet.draw(2);
        assert!(svg.contains(">what-if</text>") && svg.contains("A &lt;title&gt;"));
        assert!(!svg.contains("var(--ink") && svg.contains("svg .fill.s1{fill:#0072b2}"), "{svg}");
        assert_eq!(svg.matches("<svg").count(), 3);
    }
}
