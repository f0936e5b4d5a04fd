//! Names of older versions and what they are called now. A scenario, a design or a table that has an old
//! one is refused, and told the new one.

/// Keys of scenarios and designs, by path: old, new.
pub const KEYS: &[(&str, &str)] = &[
    ("outside", "abroad"),
    ("state", "government"),
    ("rules.bearing", "rules.pact_effects"),
    ("rules.outside", "rules.abroad"),
    ("rules.sweeps", "rules.clear_and_hold"),
    ("policy.services", "policy.services_share"),
    ("policy.hold_after_sweep", "policy.hold_after_clearing"),
    ("luck", "random_numbers"),
];

/// Outcomes, which are also columns of `runs.csv` and `series.csv`: old, new.
pub const OUTCOMES: &[(&str, &str)] = &[("turns_of_groups", "group_changes")];

/// What the key at this path is called now, if it has been renamed: `timeline[0].policy.hold_after_sweep`
/// is `policy.hold_after_clearing`.
#[must_use]
pub fn key(path: &str) -> Option<(&'static str, &'static str)> {
    let is = |old: &str| path == old || (old.contains('.') && path.ends_with(&format!(".{old}")));
    KEYS.iter().copied().find(|(old, _)| is(old))
}

/// What an outcome is called now, if it has been renamed.
#[must_use]
pub fn outcome(name: &str) -> Option<(&'static str, &'static str)> {
    OUTCOMES.iter().copied().find(|(old, _)| *old == name)
}

/// The help that names the new one.
#[must_use]
pub fn help((old, new): (&str, &str)) -> String {
    format!("`{old}` is now `{new}`")
}
