//! Elements as text.

use std::fmt::Write;

/// Width of a character at 11 px, on average, px.
pub const CHARACTER: f64 = 6.7;

/// Text as it may stand in an element or an attribute.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // No XML may hold them, not even by number.
            other if other.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

/// A length in px as short as a tenth of a pixel allows.
#[must_use]
pub fn px(length: f64) -> String {
    let text = format!("{length:.1}");
    let text = text.strip_suffix(".0").map(str::to_owned).unwrap_or(text);
    if text == "-0" { "0".to_owned() } else { text }
}

/// About how wide a text is at 11 px, px.
#[must_use]
pub fn width_of(text: &str) -> f64 {
    text.chars().count() as f64 * CHARACTER
}

/// Lines of text no wider than `width` px, where words allow.
#[must_use]
pub fn wrapped(text: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width_of(line) + width_of(word) + 7.0 <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A drawing under way: so wide and so high, px.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    pub width: f64,
    pub height: f64,
    pub body: String,
}

impl Drawing {
    #[must_use]
    pub fn new(width: f64, height: f64) -> Self {
        Drawing { width, height, body: String::new() }
    }

    /// `class` is ours and is not escaped; the text is.
    pub fn text(&mut self, (x, y): (f64, f64), class: &str, text: &str) {
        let (x, y) = (px(x), px(y));
        self.add(format_args!(
            "<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{}</text>",
            escaped(text)
        ));
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(px);
        self.add(format_args!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{class}\"/>"
        ));
    }

    /// `size` is width and height; `told` is shown by a pointer that rests on it.
    pub fn rectangle(&mut self, at: (f64, f64), size: (f64, f64), class: &str, told: &str) {
        let [x, y, w, h] = [at.0, at.1, size.0.max(0.0), size.1.max(0.0)].map(px);
        let told = titled(told);
        self.add(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" class=\"{class}\">{told}</rect>"
        ));
    }

    /// Pieces of a line; where a point is missing, it breaks.
    pub fn path(&mut self, points: impl IntoIterator<Item = Option<(f64, f64)>>, class: &str) {
        let commands = commands(points);
        self.add(format_args!("<path d=\"{commands}\" class=\"{class}\"/>"));
    }

    /// The area between two lines, each from left to right.
    pub fn area(&mut self, low: &[(f64, f64)], high: &[(f64, f64)], class: &str, told: &str) {
        let points = high.iter().chain(low.iter().rev()).copied().map(Some);
        let (commands, told) = (commands(points), titled(told));
        self.add(format_args!("<path d=\"{commands}z\" class=\"{class}\">{told}</path>"));
    }

    pub fn add(&mut self, element: std::fmt::Arguments<'_>) {
        self.body.write_fmt(element).expect("a String takes all");
    }

    /// This with another drawing beneath it.
    #[must_use]
    pub fn above(&self, other: &Drawing) -> Drawing {
        let mut both = Drawing { height: self.height + other.height, ..self.clone() };
        both.place(other, (0.0, self.height));
        both
    }

    /// Puts another drawing into this one.
    pub fn place(&mut self, other: &Drawing, (x, y): (f64, f64)) {
        let [x, y, w, h] = [x, y, other.width, other.height].map(px);
        self.add(format_args!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\">{}</svg>",
            other.body
        ));
    }

    /// The whole as an element that screen readers call by `name`.
    #[must_use]
    pub fn finish(&self, name: &str) -> String {
        let [w, h] = [self.width, self.height].map(px);
        let (name, body) = (escaped(name), &self.body);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{name}\">{body}</svg>"
        )
    }
}

/// The way through some points, each by its distance from the one before in tenths of a pixel, which is the
/// shortest that says it; where a point is missing, it breaks.
fn commands(points: impl IntoIterator<Item = Option<(f64, f64)>>) -> String {
    let tenths = |length: f64| signed_whole((length * 10.0).round());
    let mut commands = String::new();
    let mut before: Option<(i64, i64)> = None;
    for point in points {
        let now = point.map(|(x, y)| (tenths(x), tenths(y)));
        if let Some((x, y)) = now {
            let (command, x, y) = match before {
                None => ('M', x, y),
                Some(before) => ('l', x - before.0, y - before.1),
            };
            let (x, y) = (short(x), short(y));
            let apart = if y.starts_with('-') { "" } else { " " };
            write!(commands, "{command}{x}{apart}{y}").expect("a String takes all");
        }
        before = now;
    }
    commands
}

/// Tenths as a number without what it can go without: 12, 1.5, -.3.
fn short(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{}{whole}", if whole == 0 { "" } else { sign }),
        (0, tenth) => format!("{sign}.{tenth}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "saturates, and no drawing is as large")]
fn signed_whole(number: f64) -> i64 {
    number as i64
}

/// What a pointer that rests on an element is told; nothing of nothing.
fn titled(told: &str) -> String {
    if told.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(told)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_wherever_it_stands() {
        let evil = "<script>\"'&\u{0}";
        let mut drawing = Drawing::new(10.0, 10.0);
        drawing.text((0.0, 0.0), "soft", evil);
        drawing.rectangle((0.0, 0.0), (1.0, 1.0), "fill", evil);
        drawing.area(&[(0.0, 0.0)], &[(1.0, 1.0)], "fill", evil);
        let svg = drawing.finish(evil);
        assert!(!svg.contains("<script>") && !svg.contains('\u{0}'), "{svg}");
        assert_eq!(svg.matches("&lt;script&gt;&quot;&#39;&amp; ").count(), 4);
    }

    #[test]
    fn lines_are_no_wider_than_they_may_be() {
        let lines = wrapped("who joins and why, who dies, who flees and who pays", 120.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| width_of(line) <= 120.0), "{lines:?}");
    }

    #[test]
    fn a_line_breaks_where_a_value_is_missing() {
        let mut drawing = Drawing::new(10.0, 10.0);
        let points =
            [Some((0.0, 1.0)), Some((1.5, 0.74)), Some((1.54, 2.0)), None, Some((3.0, -0.0))];
        drawing.path(points, "line");
        assert_eq!(drawing.body, "<path d=\"M0 1l1.5-.3l0 1.3M3 0\" class=\"line\"/>");
    }
}
