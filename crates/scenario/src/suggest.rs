//! "Did you mean": the known name nearest to a mistyped one, and lists short enough to read.

/// Names longer than this are not typing mistakes of ours, and comparing them would take long.
const LONGEST_NAME: usize = 64;

/// The candidate that `name` was most likely meant to be, if one is near enough: at most one slip
/// in three letters, or the only candidate that contains `name` as a word.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if name.is_empty() || name.len() > LONGEST_NAME {
        return None;
    }
    let wanted = plain(name);
    let slips_allowed = (wanted.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    let mut containing = Vec::new();
    for candidate in candidates {
        let known = plain(candidate);
        let slips = strsim::damerau_levenshtein(&wanted, &known);
        if slips <= slips_allowed && best.is_none_or(|(fewest, _)| slips < fewest) {
            best = Some((slips, candidate));
        }
        if wanted.len() >= 4 && known.contains(&wanted) {
            containing.push(candidate);
        }
    }
    match (best, containing.as_slice()) {
        (Some((_, candidate)), _) => Some(candidate),
        (None, [only]) => Some(only),
        _ => None,
    }
}

/// Capitals, hyphens and spaces are not what makes a name another name.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['-', ' '], "_")
}

/// `` `a`, `b` or `c` ``; past a dozen names, the first ones and how many more there are.
pub fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    const SHOWN: usize = 12;
    let names: Vec<String> = names.into_iter().map(quoted).collect();
    match names.as_slice() {
        [] => "none".to_owned(),
        [only] => only.clone(),
        [first @ .., last] if names.len() <= SHOWN => format!("{} or {last}", first.join(", ")),
        _ => format!("{} and {} more", names[..SHOWN].join(", "), names.len() - SHOWN),
    }
}

/// "did you mean", or what there is.
pub(super) fn would_do<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> String {
    match nearest(name, known.clone()) {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => format!("there are {}", list(known.take(12))),
    }
}

/// The text between backticks, shortened so that it never fills the screen.
pub fn quoted(text: &str) -> String {
    format!("`{}`", shortened(text))
}

/// The first 60 characters on one line; what is left out is marked by an ellipsis.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = text.chars().take(LONGEST).map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// A line break or a terminal's control character, made visible; quotes are left alone.
fn visible(character: char) -> String {
    if character.is_control() {
        character.escape_debug().to_string()
    } else {
        character.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        let known = ["military_pressure", "restraint", "local_pacts"];
        assert_eq!(nearest("militery_presure", known), Some("military_pressure"));
        assert_eq!(nearest("Local-Pacts", known), Some("local_pacts"));
        assert_eq!(nearest("pressure", known), Some("military_pressure"));
        assert_eq!(nearest("harvest", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_name_of_a_million_letters_is_not_compared() {
        assert_eq!(nearest(&"x".repeat(1_000_000), ["xx"]), None);
    }

    #[test]
    fn a_list_ends_with_or_and_is_cut_when_long() {
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(list(["a"]), "`a`");
        let many: Vec<String> = (0..20).map(|n| format!("n{n}")).collect();
        assert!(list(many.iter().map(String::as_str)).ends_with("`n11` and 8 more"));
    }

    #[test]
    fn long_text_and_control_characters_stay_on_one_short_line() {
        assert_eq!(shortened("a\nb\u{1b}[31m\"c\""), "a\\nb\\u{1b}[31m\"c\"");
        assert_eq!(shortened(&"é".repeat(100)).chars().count(), 61);
    }
}
