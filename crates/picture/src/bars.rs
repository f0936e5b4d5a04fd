//! One bar for each category and series, lying, each with its number and interval.

use crate::axis::Written;
use crate::palette::series;
use crate::scale::{Scale, nice};
use crate::svg::{Drawing, width_of, wrapped};

/// A category, and by series a value with the ends of its interval.
pub struct Bars<'b> {
    pub categories: &'b [String],
    /// Numbers of the series' colours, and by category their values.
    pub series: &'b [(usize, Vec<Bar>)],
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bar {
    pub value: f64,
    pub interval: Option<(f64, f64)>,
}

/// Height of a bar, px.
const BAR: f64 = 11.0;
/// Height of a line of a name, px.
const LINE: f64 = 12.5;

impl Bars<'_> {
    #[must_use]
    pub fn draw(&self, width: f64, written: Written<'_>) -> Drawing {
        let left = self.categories.iter().map(|it| width_of(it)).fold(0.0, f64::max) + 8.0;
        let left = left.min(width * 0.4);
        let names: Vec<Vec<String>> =
            self.categories.iter().map(|it| wrapped(it, left - 8.0)).collect();
        let lines = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let bars_high = self.series.len() as f64 * (BAR + 2.0);
        let group = bars_high.max(lines * LINE) + 8.0;
        let mut drawing = Drawing::new(width, self.categories.len() as f64 * group + 4.0);
        let bars = || self.series.iter().flat_map(|(_, bars)| bars);
        let ends = bars().flat_map(|bar| {
            let (low, high) = bar.interval.unwrap_or((bar.value, bar.value));
            [low.min(bar.value), high.max(bar.value)]
        });
        // Amounts begin at nothing, wherever their intervals do.
        let below = bars().any(|bar| bar.value < 0.0);
        let (least, most) =
            ends.fold((0.0_f64, f64::MIN_POSITIVE), |(a, b), it| (a.min(it), b.max(it)));
        let levels = nice(if below { least } else { 0.0 }, most, 4);
        let room = |side: fn(f64) -> bool| {
            let written = bars().filter(|bar| side(bar.value)).map(|bar| written(bar.value));
            written.map(|text| width_of(&text)).fold(0.0, f64::max) + 8.0
        };
        let from = if below { left + room(|value| value < 0.0) } else { left };
        let to = width - room(|value| value >= 0.0);
        let x = Scale { of: (levels[0], levels[levels.len() - 1]), to: (from, to) };
        for (place, category) in self.categories.iter().enumerate() {
            let top = place as f64 * group + 4.0;
            let middle = top + (group - 8.0) / 2.0;
            for (number, line) in names[place].iter().enumerate() {
                let down = (number as f64 - (names[place].len() as f64 - 1.0) / 2.0) * LINE;
                drawing.text((left - 6.0, middle + down + 4.0), "end", line);
            }
            let top = middle - bars_high / 2.0;
            for (row, (number, bars)) in self.series.iter().enumerate() {
                let Some(bar) = bars.get(place) else { continue };
                let y = top + row as f64 * (BAR + 2.0);
                let told = format!("{category}: {}", written(bar.value));
                let class = format!("fill {}", series(*number));
                let (zero, value) = (x.at(0.0), x.at(bar.value));
                let size = ((value - zero).abs(), BAR);
                drawing.rectangle((zero.min(value), y), size, &class, &told);
                let mut ends = (zero.min(value), value);
                if let Some((low, high)) = bar.interval {
                    let (from, to) = (x.at(low.max(x.of.0)), x.at(high));
                    let middle = y + BAR / 2.0;
                    // Seen on the bar, too.
                    drawing.line((from, middle), (zero.max(value).min(to), middle), "halo");
                    drawing.line((from, middle), (to, middle), "zero");
                    ends = (ends.0.min(from), ends.1.max(to));
                }
                let (at, class) = match bar.value < 0.0 {
                    true => (ends.0 - 5.0, "soft end"),
                    false => (ends.1 + 5.0, "soft"),
                };
                drawing.text((at, y + BAR - 2.0), class, &written(bar.value));
            }
        }
        drawing.line((x.at(0.0), 0.0), (x.at(0.0), drawing.height), "zero");
        drawing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bar_has_its_number_and_nothing_is_no_bar() {
        let bar = |value| Bar { value, interval: Some((value - 1.0, value + 1.0)) };
        let categories = ["fear".to_owned(), "<b>".to_owned()];
        let series = [(0, vec![bar(3.0), bar(0.0)]), (1, vec![bar(4.0)])];
        let body =
            Bars { categories: &categories, series: &series }.draw(320.0, &|v| v.to_string()).body;
        assert_eq!(body.matches("<rect").count(), 3);
        assert!(body.contains("&lt;b&gt;: 0") && !body.contains("<b>") && !body.contains("NaN"));
    }

    #[test]
    fn what_is_less_than_nothing_lies_left_of_it() {
        let bar = |value| Bar { value, interval: None };
        let categories = ["fear".to_owned()];
        let series = [(0, vec![bar(-4.0)]), (1, vec![bar(4.0)])];
        let body =
            Bars { categories: &categories, series: &series }.draw(320.0, &|v| v.to_string()).body;
        let place = |key: &str| -> Vec<f64> {
            let parts = body.split("<rect ").skip(1);
            let number = |part: &str| {
                let rest = part.split_once(&format!("{key}=\"")).unwrap().1;
                rest.split_once('"').unwrap().0.parse().unwrap()
            };
            parts.map(number).collect()
        };
        let (at, wide) = (place("x"), place("width"));
        assert!((at[0] + wide[0] - at[1]).abs() < 0.2 && (wide[0] - wide[1]).abs() < 0.2, "{body}");
        assert!(body.contains("class=\"soft end\">-4<"), "{body}");
    }
}
