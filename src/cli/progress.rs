//! Bars with time left, on standard error; hidden when that is no terminal or quiet is asked for.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(800);

/// A bar over `steps` steps, named `what`.
#[must_use]
pub fn bar(steps: u64, what: &str, quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = "{prefix} {wide_bar} {percent:>3} % · {eta} left";
    let style = ProgressStyle::with_template(style).expect("the template is written here, checked");
    let bar = ProgressBar::with_draw_target(Some(steps), target).with_style(style);
    bar.set_prefix(what.to_owned());
    // The first draw waits, so that short work does not flicker.
    bar.with_elapsed(Duration::ZERO)
}

/// Shows the bar once the work has taken long enough to be worth it.
pub fn advance(bar: &ProgressBar, steps: u64) {
    if bar.elapsed() >= PATIENCE {
        bar.inc(steps);
    } else {
        bar.update(|state| state.set_pos(state.pos() + steps));
    }
}
