//! Bars with time left, on standard error; hidden when that is no terminal or quiet is asked for.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::time::Duration;
use toguna_experiment::plan::time_left;

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(800);

/// A bar over `steps` steps, named `what`.
#[must_use]
pub fn bar(steps: u64, what: &str, quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = "{prefix} {wide_bar} {percent:>3} %{left}";
    let style = ProgressStyle::with_template(style).expect("the template is written here, checked");
    let style = style.with_key("left", |state: &ProgressState, text: &mut dyn Write| {
        // What a bar says of itself is seen by people only.
        let _ = text.write_str(&left(state.pos(), state.len().unwrap_or(0), state.elapsed()));
    });
    let bar = ProgressBar::with_draw_target(Some(steps), target).with_style(style);
    bar.set_prefix(what.to_owned());
    // The first draw waits, so that short work does not flicker.
    bar.with_elapsed(Duration::ZERO)
}

/// ` · 3 minutes left`; nothing before the first step is done, since nothing is known, and nothing in the
/// last second.
fn left(done: u64, of: u64, elapsed: Duration) -> String {
    let left = time_left(done, of, elapsed).map(|left| left.as_secs_f64());
    let left = left.filter(|seconds| *seconds >= 1.0).map(in_words);
    left.map_or_else(String::new, |left| format!(" · {left} left"))
}

/// Some seconds as people say them.
#[must_use]
pub fn in_words(seconds: f64) -> String {
    match seconds {
        short if short < 90.0 => format!("{short:.0} seconds"),
        short if short < 5_400.0 => format!("{:.0} minutes", short / 60.0),
        long if long < 172_800.0 => format!("{:.1} hours", long / 3_600.0),
        long => format!("{:.1} days", long / 86_400.0),
    }
}

/// Shows the bar once the work has taken long enough to be worth it.
pub fn advance(bar: &ProgressBar, steps: u64) {
    if bar.elapsed() >= PATIENCE {
        bar.inc(steps);
    } else {
        bar.update(|state| state.set_pos(state.pos() + steps));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_tells_time_left_from_its_first_step_on() {
        let minute = Duration::from_secs(60);
        assert_eq!(left(0, 10, Duration::ZERO), "");
        assert_eq!(left(0, 10, minute), "");
        assert_eq!(left(1, 10, minute), " · 9 minutes left");
        assert_eq!(left(100, 101, minute), "");
        assert_eq!(left(10, 10, minute), "");
    }
}
