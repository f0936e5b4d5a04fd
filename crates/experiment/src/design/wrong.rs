//! What is wrong with a design.

use toguna_scenario::layers::Merged;
use toguna_scenario::problems::Problem;

/// What is wrong with a key, and what would do.
pub(super) struct Wrong {
    key: &'static str,
    title: String,
    help: String,
}

impl Wrong {
    pub(super) fn new(
        key: &'static str,
        title: impl Into<String>,
        help: impl Into<String>,
    ) -> Wrong {
        Wrong { key, title: title.into(), help: help.into() }
    }

    /// Underlines the key's value in the table at `within`, which ends with a dot.
    pub(super) fn shown(self, merged: &Merged, within: &str) -> Problem {
        merged.problem_at(&format!("{within}{}", self.key), self.title, self.help)
    }
}
