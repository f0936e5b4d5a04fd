//! Designs as people write them, good and bad.

use super::*;
use toguna_scenario::source::Source;
use toml::Value;

fn design(text: &str) -> Design {
    let header = "scenario = \"valley.toml\"\n";
    Design::read(&format!("{header}{text}")).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

fn rows(design: &Design) -> Vec<String> {
    let shown = |value: &Option<Value>| value.as_ref().map_or("-".into(), Value::to_string);
    let points = design.points(None).unwrap().points;
    points.iter().map(|p| p.values.iter().map(shown).collect::<Vec<_>>().join(" ")).collect()
}

/// What is said of a design whose first line is the scenario; a body begins on line 2.
fn refused(body: &str) -> String {
    let mistakes = Design::read(&format!("scenario = \"valley.toml\"\n{body}")).unwrap_err();
    mistakes.iter().map(Mistake::to_string).collect::<Vec<_>>().join("\n")
}

const RESTRAINT: &str = "[[axes]]\npath = \"policy.restraint\"\n";

#[test]
fn a_grid_takes_every_combination_with_the_last_axis_changing_fastest() {
    let grid = design(
        "kind = \"grid\"\n\
         [[axes]]\npath = \"policy.military_pressure\"\nlow = 0.0\nhigh = 1.0\nsteps = 3\n\
         [[axes]]\npath = \"policy.local_pacts\"\nvalues = [\"ignore\", \"support\"]\n",
    );
    let wanted = [
        "0.0 \"ignore\"",
        "0.0 \"support\"",
        "0.5 \"ignore\"",
        "0.5 \"support\"",
        "1.0 \"ignore\"",
        "1.0 \"support\"",
    ];
    assert_eq!(rows(&grid), wanted);
    assert_eq!(grid.point_count(), Ok(6));
    assert_eq!((grid.replicates, grid.seed, grid.maximum_points), (20, 1, 10_000));
}

#[test]
fn one_at_a_time_starts_from_the_scenario_itself() {
    let ranges = design(
        "kind = \"one_at_a_time\"\n\
         [[axes]]\npath = \"policy.restraint\"\nlow = 0.2\nhigh = 0.9\n\
         [[axes]]\npath = \"mechanisms.pacts\"\nvalues = [false]\n\
         [[axes]]\npath = \"policy.invited_groups\"\nvalues = [[], [\"jnim\"]]\n",
    );
    let wanted = ["- - -", "0.2 - -", "0.9 - -", "- false -", "- - []", "- - [\"jnim\"]"];
    assert_eq!(rows(&ranges), wanted);
    assert_eq!(ranges.point_count(), Ok(6));
}

#[test]
fn dates_durations_whole_numbers_and_logarithms_meet_both_ends() {
    let grid = |axis: &str| {
        rows(&design(&format!("kind = \"grid\"\n[[axes]]\npath = \"a\"\nsteps = 3\n{axis}")))
    };
    let dates = grid("low = \"2024-02-01\"\nhigh = \"2024-03-01\"");
    assert_eq!(dates, ["\"2024-02-01\"", "\"2024-02-16\"", "\"2024-03-01\""]);
    let durations = grid("low = \"26 weeks\"\nhigh = \"2 years\"");
    assert_eq!(durations, ["\"26 weeks\"", "\"65 weeks\"", "\"104 weeks\""]);
    let whole = grid("low = 0\nhigh = 10\nscale = \"whole\"");
    assert_eq!(whole, ["0", "5", "10"]);
    let logarithmic = grid("low = 0.25\nhigh = 4\nscale = \"log\"");
    assert_eq!(logarithmic, ["0.25", "1.0", "4.0"]);
    let slow = grid("low = \"1 week\"\nhigh = \"100 weeks\"\nscale = \"log\"");
    assert_eq!(slow, ["\"1 week\"", "\"10 weeks\"", "\"100 weeks\""]);
}

#[test]
fn every_listed_value_day_and_whole_number_is_as_likely_as_any_other() {
    let latin = design(
        "kind = \"latin_hypercube\"\npoints = 60\n\
         [[axes]]\npath = \"a\"\nvalues = [\"x\", \"y\", \"z\"]\n\
         [[axes]]\npath = \"b\"\nlow = 1\nhigh = 6\nscale = \"whole\"\n\
         [[axes]]\npath = \"c\"\nlow = \"2024-01-01\"\nhigh = \"2024-01-10\"\n\
         [[axes]]\npath = \"d\"\nvalues = [true, false]\n",
    );
    let points = latin.points(None).unwrap().points;
    for (axis, distinct) in [3, 6, 10, 2].into_iter().enumerate() {
        let mut seen: Vec<String> =
            points.iter().map(|p| p.values[axis].as_ref().unwrap().to_string()).collect();
        seen.sort();
        let counts: Vec<usize> = seen.chunk_by(|a, b| a == b).map(<[String]>::len).collect();
        assert_eq!(counts, vec![60 / distinct; distinct]);
    }
    assert_eq!(points[0].position.len(), 4);
}

#[test]
fn asking_for_more_replicates_changes_no_point_and_another_seed_changes_them() {
    let of = |text: &str| {
        design(&format!(
            "kind = \"latin_hypercube\"\npoints = 8\n{text}\n{RESTRAINT}low = 0.0\nhigh = 1.0\n"
        ))
    };
    let points = |text: &str| of(text).points(None).unwrap();
    assert_eq!(points("replicates = 5"), points("replicates = 500"));
    assert_ne!(points("seed = 1"), points("seed = 2"));
}

#[test]
fn sensitivity_designs_have_the_points_their_estimators_need() {
    let axes = format!(
        "{RESTRAINT}low = 0.0\nhigh = 1.0\n[[axes]]\npath = \"b\"\nlow = 2.0\nhigh = 4.0\n"
    );
    let morris = design(&format!("kind = \"morris\"\n{axes}"));
    assert_eq!(morris.point_count(), Ok(30));
    assert_eq!(morris.points(None).unwrap().points.len(), 30);
    let sobol = design(&format!("kind = \"sobol_indices\"\npoints = 16\n{axes}"));
    let points = sobol.points(None).unwrap().points;
    assert_eq!((points.len(), sobol.point_count()), (64, Ok(64)));
    for point in points {
        let Some(Value::Float(value)) = point.values[1] else { panic!("a number") };
        assert_eq!(value, 2.0 + 2.0 * point.position[1]);
    }
}

#[test]
fn a_table_of_points_needs_no_axes() {
    let listed = |text: &str| Source::new("points.csv".into(), text.into(), 0, None);
    let refused = |design: &Design, text: Option<&str>| {
        let problems = design.points(text.map(listed).as_ref()).unwrap_err();
        problems.iter().next().unwrap().title().to_owned()
    };
    let table = design("kind = \"points\"\ntable = \"points.csv\"\n");
    let points = table.points(Some(&listed("policy.restraint\n0.5\n0.7\n"))).unwrap();
    assert_eq!(points.paths, ["policy.restraint"]);
    assert_eq!(points.points.len(), 2);
    let named = design("kind = \"points\"\ntable = \"points.csv\"\n[[axes]]\npath = \"a\"\n");
    assert_eq!(refused(&named, Some("a,b\n1,2\n")), "`b` is no axis of the design");
    assert_eq!(refused(&table, None), "the table of points has not been read");
    let short = design("kind = \"points\"\ntable = \"points.csv\"\nmaximum_points = 1\n");
    let many = refused(&short, Some("policy.restraint\n0.5\n0.7\n"));
    assert_eq!(many, "this design has 2 points, more than 1");
}

#[test]
fn an_axis_the_scenario_does_not_know_is_refused_with_the_nearest_it_does() {
    let grid = design("kind = \"grid\"\n[[axes]]\npath = \"policy.restrain\"\nvalues = [1]\n");
    let known = ["policy.restraint", "policy.drought"];
    let mistakes = grid.unknown_axes(&known);
    assert_eq!(
        mistakes[0].to_string(),
        "line 3, column 1: `policy.restrain` is no key of the scenario that can be varied; did you \
         mean `policy.restraint`?"
    );
    assert!(grid.unknown_axes(&["policy.restrain"]).is_empty());
}

#[test]
fn several_mistakes_are_shown_at_once_in_order() {
    let said = refused(&format!(
        "kind = \"grid\"\nreplicates = 0\n{RESTRAINT}low = 2\nhigh = 1\nsteps = 3\n{RESTRAINT}values = []\n"
    ));
    assert_eq!(
        said,
        "line 3, column 14: `replicates` must be 1 or more\n\
         line 6, column 7: the range of axis `policy.restraint` is empty: `low` 2 is not below `high` 1\n\
         line 10, column 8: axis `policy.restraint` stands here a second time; the first is on line 4\n\
         line 11, column 10: `values` of axis `policy.restraint` is empty"
    );
}

#[test]
fn bad_designs_are_refused_with_exactly_these_words() {
    let grid = |axis: &str| format!("kind = \"grid\"\n{RESTRAINT}{axis}\n");
    let three = "values = [1, 2, 3]";
    let wanted: Vec<(String, &str)> = vec![
        (
            "kind = \"gird\"\n".into(),
            "line 2, column 8: unknown kind of design \"gird\"; did you mean `grid`?",
        ),
        (
            "kind = \"bootstrap\"\n".into(),
            "line 2, column 8: unknown kind of design \"bootstrap\"; there are `grid`, \
             `one_at_a_time`, `latin_hypercube`, `sobol`, `morris`, `sobol_indices`, `points`",
        ),
        (
            "kind = \"grid\"\nreplicate = 3\n".into(),
            "line 3, column 1: unknown key `replicate`; did you mean `replicates`?",
        ),
        (grid("valuess = [1]"), "line 5, column 1: unknown key `valuess`; did you mean `values`?"),
        (
            "kind = \"grid\"\nreplicates = \"many\"\n".into(),
            "line 3, column 14: `replicates`: invalid type: string \"many\", expected a whole number \
             from 0 to 4294967295",
        ),
        ("replicates = 3\n".into(), "line 1, column 1: missing field `kind`"),
        (
            "kind = \"grid\"\n".into(),
            "line 2, column 8: nothing varies: add an [[axes]] with a `path`",
        ),
        (
            "kind = \"grid\"\n[[axes]]\npath = \"\"\nvalues = [1]\n".into(),
            "line 4, column 8: this axis has no `path`: name the key it varies, such as \
             \"policy.restraint\"",
        ),
        (grid(""), "line 4, column 8: axis `policy.restraint` needs `values`, or `low` and `high`"),
        (
            grid("values = [1]\nlow = 0"),
            "line 5, column 10: axis `policy.restraint` has both `values` and a range; keep one",
        ),
        (
            grid("values = [0.5, 1, 0.5]"),
            "line 5, column 10: axis `policy.restraint` takes 0.5 twice",
        ),
        (
            grid("values = [1, \"support\"]"),
            "line 5, column 10: axis `policy.restraint` mixes a number (1) with a string (\"support\")",
        ),
        (
            grid("values = [2024-01-01]"),
            "line 5, column 10: axis `policy.restraint` cannot take the unquoted date 2024-01-01; it \
             takes numbers, booleans, strings in quotes (dates and durations too) or lists of strings",
        ),
        (
            grid("values = [1, nan]"),
            "line 5, column 10: axis `policy.restraint` cannot take nan; it takes numbers, booleans, \
             strings in quotes (dates and durations too) or lists of strings",
        ),
        (grid("low = 1"), "line 5, column 7: axis `policy.restraint` has a `low` but no `high`"),
        (
            grid("low = true\nhigh = 2"),
            "line 5, column 7: `low` of axis `policy.restraint` must be a number, a date such as \
             \"2024-01-01\" or a duration such as \"26 weeks\", not true; list other things in `values`",
        ),
        (
            grid("low = \"2024-01-01\"\nhigh = 2"),
            "line 5, column 7: axis `policy.restraint` runs from a date (\"2024-01-01\") to a number (2)",
        ),
        (
            grid("low = \"2024-01-01\"\nhigh = \"2023-01-01\"\nsteps = 2"),
            "line 5, column 7: the range of axis `policy.restraint` is empty: `low` \"2024-01-01\" is \
             not below `high` \"2023-01-01\"",
        ),
        (
            grid("low = 0\nhigh = 1\nscale = \"log\"\nsteps = 3"),
            "line 5, column 7: axis `policy.restraint` cannot be logarithmic from 0: `low` must be \
             above 0",
        ),
        (
            grid("low = 0.5\nhigh = 1\nscale = \"whole\"\nsteps = 2"),
            "line 5, column 7: axis `policy.restraint` takes whole numbers only: low 0.5 is not whole",
        ),
        (
            grid("low = \"2024-01-01\"\nhigh = \"2025-01-01\"\nscale = \"log\"\nsteps = 2"),
            "line 7, column 9: `scale = \"log\"` of axis `policy.restraint` is for ranges of numbers, \
             not of dates",
        ),
        (
            grid("values = [1]\nsteps = 2"),
            "line 6, column 9: `steps` of axis `policy.restraint` is for a range; `values` are taken \
             as they are listed",
        ),
        (
            grid("low = 0\nhigh = 1"),
            "line 4, column 8: axis `policy.restraint` needs `steps` (2 or more), or `values`, in a \
             design of kind \"grid\"",
        ),
        (
            grid("low = 0\nhigh = 1\nsteps = 1"),
            "line 7, column 9: `steps` of axis `policy.restraint` must be 2 or more, not 1",
        ),
        (
            grid("low = 1\nhigh = 3\nscale = \"whole\"\nsteps = 4"),
            "line 8, column 9: axis `policy.restraint` has 3 values from low to high, fewer than 4 steps",
        ),
        (
            format!("kind = \"sobol\"\npoints = 8\n{RESTRAINT}low = 0\nhigh = 1\nsteps = 4\n"),
            "line 8, column 9: `steps` of axis `policy.restraint` means nothing in a design of kind \
             \"sobol\", which chooses its own places; take it out",
        ),
        (
            format!("kind = \"latin_hypercube\"\n{RESTRAINT}{three}\n"),
            "line 2, column 8: a design of kind \"latin_hypercube\" needs `points`",
        ),
        (
            format!("kind = \"grid\"\npoints = 8\n{RESTRAINT}{three}\n"),
            "line 3, column 10: `points` means nothing in a design of kind \"grid\"; take it out",
        ),
        (
            format!("kind = \"sobol_indices\"\npoints = 100\n{RESTRAINT}{three}\n"),
            "line 3, column 10: Sobol' numbers are even only in powers of two: `points` may be 64 or \
             128, not 100",
        ),
        (
            format!("kind = \"sobol\"\npoints = 131072\n{RESTRAINT}{three}\n"),
            "line 3, column 10: Sobol' numbers reach 65536 points, fewer than 131072",
        ),
        (
            format!("kind = \"morris\"\ntrajectories = 1\n{RESTRAINT}{three}\n"),
            "line 3, column 16: `trajectories` must be 2 or more, not 1",
        ),
        (
            format!("kind = \"morris\"\nlevels = 5\n{RESTRAINT}{three}\n"),
            "line 3, column 10: `levels` must be an even number, not 5",
        ),
        (
            format!("kind = \"grid\"\nmaximum_points = 2\n{RESTRAINT}{three}\n"),
            "line 2, column 8: this design has 3 points, more than 2; take fewer values, or raise \
             `maximum_points`",
        ),
        (
            format!("kind = \"points\"\ntable = \"points.csv\"\n{RESTRAINT}{three}\n"),
            "line 5, column 8: axis `policy.restraint` has more than a `path`; in a design of kind \
             \"points\" the table has the values",
        ),
        (
            "kind = \"points\"\n".into(),
            "line 2, column 8: a design of kind \"points\" needs `table`",
        ),
    ];
    for (body, words) in &wanted {
        assert_eq!(&refused(body), words, "of {body}");
    }
}

#[test]
fn text_that_is_not_toml_is_refused_where_it_stops_being_so() {
    let said = refused("kind = \"grid\n");
    assert!(said.starts_with("line 2, column "), "{said}");
}

#[test]
fn a_design_written_out_reads_back_the_same() {
    let written =
        design(&format!("kind = \"morris\"\n{RESTRAINT}low = \"1 week\"\nhigh = \"9 weeks\"\n"));
    let again = Design::read(&toml::to_string(&written).unwrap()).unwrap();
    assert_eq!(again.points(None).unwrap(), written.points(None).unwrap());
}

#[test]
fn the_schema_forbids_unknown_keys_and_names_every_kind() {
    let schema = serde_json::to_string(&schemars::schema_for!(Design)).unwrap();
    assert!(schema.contains("\"additionalProperties\":false"));
    for kind in Kind::ALL {
        assert!(schema.contains(&format!("\"{}\"", kind.name())));
    }
}

#[test]
fn every_kind_is_written_as_its_name_says() {
    for kind in Kind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
}
