//! Designs as people write them, good and bad.

use super::*;
use std::path::Path;
use toguna_scenario::problems::Problems;
use toguna_scenario::schema::Schema;
use toguna_scenario::source::InMemory;
use toml::Value;

/// A design beside tables; its first line is the scenario, a body begins on line 2.
fn read(body: &str, tables: InMemory) -> Result<CheckedDesign, Problems> {
    let text = format!("scenario = \"valley.toml\"\n{body}");
    CheckedDesign::read(&tables.with("design.toml", text), Path::new("design.toml"))
}

fn checked(body: &str) -> CheckedDesign {
    read(body, InMemory::default()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn points(body: &str) -> Vec<Point> {
    checked(body).points.points
}

fn rows(body: &str) -> Vec<String> {
    let shown = |value: &Option<Value>| value.as_ref().map_or("-".into(), Value::to_string);
    let row = |p: &Point| p.values.iter().map(shown).collect::<Vec<_>>().join(" ");
    points(body).iter().map(row).collect()
}

/// Place, title, finding and help of each problem.
fn refused_with(body: &str, tables: InMemory) -> String {
    let problems = read(body, tables).map(|_| ()).unwrap_err();
    let told = |it: &toguna_scenario::problems::ProblemAsJson| {
        let (line, column) = (it.line.unwrap_or(0), it.column.unwrap_or(0));
        let parts = [it.problem.clone(), it.found.clone(), it.help.join("; ")];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("line {line}, column {column}: {}", parts.join("; "))
    };
    problems.as_json().iter().map(told).collect::<Vec<_>>().join("\n")
}

fn refused(body: &str) -> String {
    refused_with(body, InMemory::default())
}

const RESTRAINT: &str = "[[axes]]\npath = \"policy.restraint\"\n";

#[test]
fn a_grid_takes_every_combination_with_the_last_axis_changing_fastest() {
    let grid = "kind = \"grid\"\n\
         [[axes]]\npath = \"policy.military_pressure\"\nlow = 0.0\nhigh = 1.0\nsteps = 3\n\
         [[axes]]\npath = \"policy.local_pacts\"\nvalues = [\"ignore\", \"support\"]\n";
    let wanted = [
        "0.0 \"ignore\"",
        "0.0 \"support\"",
        "0.5 \"ignore\"",
        "0.5 \"support\"",
        "1.0 \"ignore\"",
        "1.0 \"support\"",
    ];
    assert_eq!(rows(grid), wanted);
    let grid = checked(grid).design;
    assert_eq!((grid.replicates, grid.seed, grid.maximum_points), (20, 1, 10_000));
}

#[test]
fn one_at_a_time_starts_from_the_scenario_itself() {
    let ranges = "kind = \"one_at_a_time\"\n\
         [[axes]]\npath = \"policy.restraint\"\nlow = 0.2\nhigh = 0.9\n\
         [[axes]]\npath = \"mechanisms.pacts\"\nvalues = [false]\n\
         [[axes]]\npath = \"policy.invited_groups\"\nvalues = [[], [\"jnim\"]]\n";
    let wanted = ["- - -", "0.2 - -", "0.9 - -", "- false -", "- - []", "- - [\"jnim\"]"];
    assert_eq!(rows(ranges), wanted);
}

#[test]
fn dates_durations_whole_numbers_and_logarithms_meet_both_ends() {
    let grid =
        |axis: &str| rows(&format!("kind = \"grid\"\n[[axes]]\npath = \"a\"\nsteps = 3\n{axis}"));
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
    let points = points(
        "kind = \"latin_hypercube\"\npoints = 60\n\
         [[axes]]\npath = \"a\"\nvalues = [\"x\", \"y\", \"z\"]\n\
         [[axes]]\npath = \"b\"\nlow = 1\nhigh = 6\nscale = \"whole\"\n\
         [[axes]]\npath = \"c\"\nlow = \"2024-01-01\"\nhigh = \"2024-01-10\"\n\
         [[axes]]\npath = \"d\"\nvalues = [true, false]\n",
    );
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
    let points = |text: &str| {
        points(&format!(
            "kind = \"latin_hypercube\"\npoints = 8\n{text}\n{RESTRAINT}low = 0.0\nhigh = 1.0\n"
        ))
    };
    assert_eq!(points("replicates = 5"), points("replicates = 500"));
    assert_ne!(points("seed = 1"), points("seed = 2"));
}

#[test]
fn sensitivity_designs_have_the_points_their_estimators_need() {
    let axes = format!(
        "{RESTRAINT}low = 0.0\nhigh = 1.0\n[[axes]]\npath = \"b\"\nlow = 2.0\nhigh = 4.0\n"
    );
    assert_eq!(points(&format!("kind = \"morris\"\n{axes}")).len(), 30);
    let points = points(&format!("kind = \"sobol_indices\"\npoints = 16\n{axes}"));
    assert_eq!(points.len(), 64);
    for point in points {
        let Some(Value::Float(value)) = point.values[1] else { panic!("a number") };
        assert_eq!(value, 2.0 + 2.0 * point.position[1]);
    }
}

#[test]
fn a_table_of_points_needs_no_axes() {
    let files = |text: &str| InMemory::default().with("points.csv", text);
    let table = "kind = \"points\"\ntable = \"points.csv\"\n";
    let points = read(table, files("policy.restraint\n0.5\n0.7\n")).unwrap().points;
    assert_eq!(points.paths, ["policy.restraint"]);
    assert_eq!(points.points.len(), 2);
    assert_eq!(points.place_of_value(0, 1).text(), "0.7");
    let named = refused_with(&format!("{table}[[axes]]\npath = \"a\"\n"), files("a,b\n1,2\n"));
    assert_eq!(named, "line 1, column 3: `b` is no axis of the design; its axes are `a`");
    let none = refused(table);
    assert_eq!(none, "line 3, column 9: there is no table file `points.csv`");
    let few = format!("{table}maximum_points = 1\n");
    assert_eq!(
        refused_with(&few, files("policy.restraint\n0.5\n0.7\n")),
        "line 3, column 9: this design has 2 points, more than 1; take fewer values, or raise \
         `maximum_points`"
    );
}

#[test]
fn whole_numbers_and_dates_are_written_as_in_a_scenario() {
    let whole = "kind = \"sobol\"\npoints = 4.0\nreplicates = 2.0\n";
    let whole = checked(&format!("{whole}{RESTRAINT}low = 0.0\nhigh = 1.0\n"));
    assert_eq!((whole.points.points.len(), whole.design.replicates), (4, 2));
    let date = rows("kind = \"grid\"\n[[axes]]\npath = \"time.end\"\nvalues = [2024-01-01]\n");
    assert_eq!(date, ["\"2024-01-01\""]);
}

#[test]
fn a_value_is_shown_where_the_design_lists_it_or_has_it_as_an_end() {
    let design = checked(&format!(
        "kind = \"grid\"\n{RESTRAINT}values = [0.25, 1]\n\
         [[axes]]\npath = \"b\"\nlow = 0\nhigh = 1\nsteps = 3\n"
    ));
    let shown = |axis, point| design.points.place_of_value(axis, point).text().to_owned();
    assert_eq!([shown(0, 0), shown(0, 5)], ["0.25", "1"]);
    // A value between the ends stands nowhere.
    assert_eq!([shown(1, 0), shown(1, 1), shown(1, 2)], ["0", "\"b\"", "1"]);
    assert_eq!(design.points.place_of_path(0).text(), "\"policy.restraint\"");
}

#[test]
fn several_mistakes_are_shown_at_once_in_order() {
    let said = refused(&format!(
        "kind = \"grid\"\nreplicates = 0\n{RESTRAINT}low = 2\nhigh = 1\nsteps = 3\n{RESTRAINT}values = []\n"
    ));
    assert_eq!(
        said,
        "line 3, column 14: `replicates` must lie between 1 and 1000000; found 0\n\
         line 6, column 7: the range of axis `policy.restraint` is empty; `low` 2 is not below `high` 1\n\
         line 10, column 8: axis `policy.restraint` stands here a second time\n\
         line 11, column 10: `axes[1].values` is empty; it holds at least 1"
    );
}

#[test]
fn bad_designs_are_refused_with_exactly_these_words() {
    let grid = |axis: &str| format!("kind = \"grid\"\n{RESTRAINT}{axis}\n");
    let three = "values = [1, 2, 3]";
    let wanted: Vec<(String, &str)> = vec![
        (
            "kind = \"gird\"\n".into(),
            "line 2, column 8: `kind` is none of the words it may be; found `gird`; did you mean \"grid\"? \
             It may be `grid`, `one_at_a_time`, `latin_hypercube`, `sobol`, `morris`, `sobol_indices` or \
             `points`",
        ),
        (
            "kind = \"bootstrap\"\n".into(),
            "line 2, column 8: `kind` is none of the words it may be; found `bootstrap`; it may be `grid`, \
             `one_at_a_time`, `latin_hypercube`, `sobol`, `morris`, `sobol_indices` or `points`",
        ),
        (
            "kind = \"grid\"\nreplicate = 3\n".into(),
            "line 3, column 1: unknown key `replicate`; a design has no such key; did you mean `replicates`?",
        ),
        (
            grid("valuess = [1]"),
            "line 5, column 1: unknown key `valuess`; `axes[0]` has no such key; did you mean `values`?",
        ),
        (
            "kind = \"grid\"\nreplicates = \"many\"\n".into(),
            "line 3, column 14: `replicates` takes a whole number; found text; write a number from 1 to \
             1000000",
        ),
        (
            "replicates = 3\n".into(),
            "line 1, column 1: `kind` is missing; this file needs it; add kind = \"…\"  # How the points are chosen.",
        ),
        (
            "kind = \"grid\"\n".into(),
            "line 2, column 8: nothing varies; add an [[axes]] with a `path`",
        ),
        (
            "kind = \"grid\"\n[[axes]]\npath = \"\"\nvalues = [1]\n".into(),
            "line 4, column 8: this axis has no `path`; name the key it varies, such as \
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
            grid("values = [[1]]"),
            "line 5, column 10: axis `policy.restraint` cannot take the list [1]; it takes numbers, \
             booleans, strings in quotes (dates and durations too) or lists of strings",
        ),
        (
            grid("values = [1, nan]"),
            "line 5, column 14: `axes[0].values[1]` takes a finite number; found NaN",
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
            "line 5, column 7: the range of axis `policy.restraint` is empty; `low` \"2024-01-01\" is \
             not below `high` \"2023-01-01\"",
        ),
        (
            grid("low = 0\nhigh = 1\nscale = \"log\"\nsteps = 3"),
            "line 5, column 7: axis `policy.restraint` cannot be logarithmic from 0; `low` must be \
             above 0",
        ),
        (
            grid("low = 0.5\nhigh = 1\nscale = \"whole\"\nsteps = 2"),
            "line 5, column 7: axis `policy.restraint` takes whole numbers only; low 0.5 is not whole",
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
            "line 4, column 8: axis `policy.restraint` needs `steps`, or `values`, in a \
             design of kind \"grid\"",
        ),
        (
            grid("low = 0\nhigh = 1\nsteps = 1"),
            "line 7, column 9: `axes[0].steps` must be at least 2; found 1",
        ),
        (
            grid("low = 1\nhigh = 3\nscale = \"whole\"\nsteps = 4"),
            "line 8, column 9: axis `policy.restraint` has 3 values from low to high, fewer than 4 steps",
        ),
        (
            format!("kind = \"sobol\"\npoints = 8\n{RESTRAINT}low = 0\nhigh = 1\nsteps = 4\n"),
            "line 8, column 9: `steps` of axis `policy.restraint` means nothing in a design of kind \
             \"sobol\"; it chooses its own places; take it out",
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
            "line 3, column 10: Sobol' numbers are even only in powers of two, which 100 is not; write \
             points = 64 or points = 128",
        ),
        (
            format!("kind = \"sobol\"\npoints = 131072\n{RESTRAINT}{three}\n"),
            "line 3, column 10: Sobol' numbers reach 65536 points, fewer than 131072",
        ),
        (
            format!("kind = \"morris\"\ntrajectories = 1\n{RESTRAINT}{three}\n"),
            "line 3, column 16: `trajectories` must be at least 2; found 1",
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
    let wrong = wanted.iter().map(|(body, words)| (body, refused(body), *words));
    let wrong: Vec<_> = wrong.filter(|(_, said, words)| said != words).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn text_that_is_not_toml_is_refused_where_it_stops_being_so() {
    let said = refused("kind = \"grid\n");
    assert!(said.starts_with("line 2, column "), "{said}");
}

#[test]
fn a_design_written_out_reads_back_the_same() {
    let body = format!("kind = \"morris\"\n{RESTRAINT}low = \"1 week\"\nhigh = \"9 weeks\"\n");
    let design = checked(&body).design;
    let text = toml::to_string(&design).unwrap();
    let files = InMemory::default().with("d.toml", text);
    assert_eq!(CheckedDesign::read(&files, Path::new("d.toml")).unwrap().design, design);
}

#[test]
fn every_kind_is_written_as_its_name_says() {
    let schema = Schema::of::<Kind>();
    let toguna_scenario::schema::Kind::Choice(kinds) = schema.top().kind else { panic!() };
    assert_eq!(kinds.len(), 7);
    for kind in kinds {
        let read: Kind = serde_json::from_value(kind.name.into()).unwrap();
        assert_eq!(read.name(), kind.name);
    }
}
