//! Pages and figures made from folders of results: what they refuse, that text stays text, and that their
//! numbers are those of the tables. A real browser looks at them in `scripts.rs`.
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use toguna::model::outcomes::OUTCOMES;

const EVIL: &str = "<script>alert(1)</script>";

fn toguna(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_toguna")).arg("--quiet").args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Two villages in a folder of their own, their cercle and their titles written as a script; the second
/// policy presses harder.
fn scenarios(folder: &Path) -> [PathBuf; 2] {
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/lessons");
    fs::create_dir_all(folder.join("two-villages")).unwrap();
    for entry in fs::read_dir(lessons.join("two-villages")).unwrap() {
        let from = entry.unwrap().path();
        let text = fs::read_to_string(&from).unwrap();
        let text = text.replace("ford,ford,", &format!("ford,{EVIL},"));
        let text = text.replace("ford,0.8,", &format!("{EVIL},0.8,"));
        fs::write(folder.join("two-villages").join(from.file_name().unwrap()), text).unwrap();
    }
    let text = fs::read_to_string(lessons.join("two-villages.toml")).unwrap();
    let titled = |title: &str| {
        let own = format!("title = \"Two villages: {title}\"");
        text.replace("title = \"Two made-up villages\"", &own)
    };
    let first = folder.join("two-villages.toml");
    fs::write(&first, titled(EVIL)).unwrap();
    let other = folder.join("pressed.toml");
    let pressed = titled("pressed").replace("name = \"two-villages\"", "name = \"pressed\"");
    fs::write(&other, pressed.replace("military_pressure = 0.5", "military_pressure = 0.9"))
        .unwrap();
    [first, other]
}

/// A comparison of the two; four runs of each.
fn comparison(folder: &Path) -> PathBuf {
    let [first, other] = scenarios(folder).map(|path| path.to_str().unwrap().to_owned());
    let out = folder.join("compared");
    let to = out.to_str().unwrap();
    let done = toguna(&["compare", &first, &other, "--replicates", "4", "--out", to]);
    assert!(done.status.success(), "{}", said(&done));
    out
}

/// What stands between two texts, each time.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).map(|rest| rest.split_once(end).unwrap().0).collect()
}

#[test]
fn a_script_in_a_title_or_in_the_name_of_a_place_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = comparison(folder.path());
    for language in ["en", "fr"] {
        let made = toguna(&["report", out.to_str().unwrap(), "--lang", language]);
        assert!(made.status.success(), "{}", said(&made));
        let page = fs::read_to_string(out.join("report.html")).unwrap();
        // The data of the maps, and the page's own.
        assert_eq!(page.matches("<script").count(), 2);
        assert!(!page.contains("<script>alert"));
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(page.contains("\\u003cscript>alert(1)"), "the name of the place is in the data");
        assert!(page.contains("default-src 'none'") && !page.contains("http-equiv=\"refresh\""));
        let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!elsewhere.contains("http://") && !elsewhere.contains("https://"));
    }
    for figure in ["difference", "maps", "forest", "joined"] {
        let drawn = toguna(&["plot", out.to_str().unwrap(), "--figure", figure]);
        let svg = String::from_utf8(drawn.stdout).unwrap();
        assert!(drawn.status.success() && !svg.contains("<script"), "{figure}");
        assert!(svg.contains("What-if, not forecast"), "{figure}");
    }
}

#[test]
fn numbers_of_the_page_are_those_of_the_tables_and_every_figure_has_one_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = comparison(folder.path());
    let page = toguna(&["report", out.to_str().unwrap()]);
    assert!(page.status.success(), "{}", said(&page));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.len() < 1_000_000, "{}", page.len());
    let figures = between(&page, "<figure ", "</figure>");
    assert!(figures.len() >= 8, "{}", figures.len());
    for figure in &figures {
        assert!(figure.contains("What-if, not forecast") && figure.contains("<table"));
        assert!(figure.contains("role=\"img\"") && figure.contains("data-get=\"csv\""));
    }
    for name in ["spending", "deaths", "leavers", "constituencies", "cohorts"] {
        let there = figures.iter().any(|it| it.starts_with(&format!("id=\"{name}\"")));
        assert!(there, "{name}");
    }
    let forest = figures.iter().find(|it| it.starts_with("id=\"forest\"")).unwrap();
    let shown = between(forest, "data-v=\"", "\"");
    let mut reader = csv::Reader::from_path(out.join("comparison.csv")).unwrap();
    let place = reader.headers().unwrap().iter().position(|name| name == "difference").unwrap();
    let mut found = 0;
    for record in reader.records() {
        let record = record.unwrap();
        if ["deaths", "recruits", "spending", "trust"].contains(&&record[2]) {
            let wanted: f64 = record[place].parse().unwrap();
            assert!(shown.iter().any(|it| it.parse() == Ok(wanted)), "{}: {wanted}", &record[2]);
            found += 1;
        }
    }
    assert_eq!(found, 4);
}

#[test]
fn every_headline_that_stands_out_is_among_what_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let [calm, harsh] = ["calm", "harsh"].map(|name| {
        let file = folder.path().join(format!("{name}.toml"));
        let pressed =
            if name == "harsh" { "military_pressure = 1.0\nrestraint = 0.0\n" } else { "" };
        let head = "extends = \"scenarios/lessons/valley.toml\"\ntime.end = \"2020-12-31\"\n";
        let text = format!("{head}name = \"{name}\"\ntitle = \"{name}\"\n[policy]\n{pressed}");
        let valley = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/lessons/valley.toml");
        let text = text.replace("scenarios/lessons/valley.toml", valley.to_str().unwrap());
        fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    });
    let out = folder.path().join("compared");
    let to = out.to_str().unwrap();
    let done = toguna(&["compare", &calm, &harsh, "--replicates", "8", "--out", to, "--report"]);
    assert!(done.status.success(), "{}", said(&done));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    let found = between(&page, "<li>", "</li>");
    let mut reader = csv::Reader::from_path(out.join("comparison.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let stands_out = |row: &&csv::StringRecord| row.iter().next_back() == Some("true");
    let named = rows.iter().filter(stands_out).filter_map(|row| {
        let outcome = OUTCOMES.iter().find(|outcome| outcome.name == &row[2])?;
        outcome.headline.map(|_| outcome.title())
    });
    let named: Vec<String> = named.collect();
    // The sentence of the terminal says or counts all of them, and the table has as many stars.
    let shown = String::from_utf8(done.stdout).unwrap();
    assert_eq!(
        shown.lines().filter(|line| line.contains("* ")).count() - 1,
        named.len(),
        "{shown}"
    );
    let folded = shown.replace('\n', " ");
    let sentence = folded.split_once(" Harsh: ").unwrap().1.split_once(" Intervals are").unwrap().0;
    let more = sentence
        .split_once(", and ")
        .map_or(0, |(_, rest)| rest.strip_suffix(" more that are clear").unwrap().parse().unwrap());
    let said = sentence.split_once(", and ").map_or(sentence, |(said, _)| said).split(", ").count();
    assert_eq!(said + more, named.len(), "{sentence}");
    assert!(named.iter().any(|title| title == "Fighters who left"), "{named:?}");
    for title in named {
        assert!(found.iter().any(|said| said.starts_with(&title)), "{title}: {found:?}");
    }
}

#[test]
fn a_headline_of_several_policies_names_only_those_that_differ_clearly() {
    let folder = tempfile::tempdir().unwrap();
    let [first, other] = scenarios(folder.path()).map(|path| path.to_str().unwrap().to_owned());
    let text = fs::read_to_string(&first).unwrap().replace(EVIL, "as before");
    let again = folder.path().join("again.toml");
    fs::write(&again, text.replace("name = \"two-villages\"", "name = \"again\"")).unwrap();
    let scenarios = [&first, &other, again.to_str().unwrap()];
    let command = [&["compare"], &scenarios[..], &["--replicates", "8"]].concat();
    let (page, shown, out) = page_of(folder.path(), &command);
    let table = fs::read_to_string(out.join("comparison.csv")).unwrap();
    let clear = |other: &str, outcome: &str| {
        let row = table.lines().find(|row| row.contains(&format!(",{other},{outcome},"))).unwrap();
        row.ends_with(",true")
    };
    let outcomes = ["civilians_killed", "deaths", "recruits", "fighters", "displaced"];
    assert!(outcomes.iter().all(|it| !clear("again", it)), "the same scenario");
    let headline = between(&page, "<h1>", "</h1>")[0];
    if outcomes.iter().any(|it| clear("pressed", it)) {
        assert!(headline.contains("“Pressed”; no clear difference with “As before”"), "{headline}");
    } else {
        assert!(headline.starts_with("None of 2 policies differs clearly from"), "{headline}");
    }
    assert!(shown.contains("As before: no clear difference"), "{shown}");
    // The two are beside each other, too: run by run, as runs.csv has them.
    assert!(shown.contains("again against pressed"), "{shown}");
    let mut runs = csv::Reader::from_path(out.join("runs.csv")).unwrap();
    let runs: Vec<BTreeMap<String, String>> = runs.deserialize().map(Result::unwrap).collect();
    let deaths = |scenario: &str| -> Vec<f64> {
        let of = runs.iter().filter(|run| run["scenario"] == scenario);
        of.map(|run| run["deaths"].parse().unwrap()).collect()
    };
    let apart: Vec<f64> =
        deaths("again").iter().zip(deaths("pressed")).map(|(a, b)| a - b).collect();
    let mean = apart.iter().sum::<f64>() / apart.len() as f64;
    let figure = between(&page, "<figure id=\"beside\"", "</figure>")[0];
    let known = between(figure, "data-v=\"", "\"");
    let near = |it: &&str| it.parse::<f64>().is_ok_and(|it| (it - mean).abs() < 1e-9);
    assert_eq!((apart.len(), known.iter().any(near)), (8, true), "{mean}");
}

#[test]
fn two_runs_that_differ_by_the_same_have_no_star_and_six_have() {
    let folder = tempfile::tempdir().unwrap();
    let first = scenarios(folder.path())[0].to_str().unwrap().to_owned();
    // A grant of the same francs in every run.
    let text = fs::read_to_string(&first).unwrap();
    let granted = folder.path().join("granted.toml");
    let text = text.replace("name = \"two-villages\"", "name = \"granted\"");
    fs::write(&granted, format!("{text}\n[policy.extra]\nservices = 1_000_000\n")).unwrap();
    let starred = |replicates: &str| {
        let out = folder.path().join(replicates);
        let command = ["compare", &first, granted.to_str().unwrap(), "--replicates", replicates];
        let more = ["--outcomes", "extra", "--out", out.to_str().unwrap()];
        let done = toguna(&[&command[..], &more].concat());
        assert!(done.status.success(), "{}", said(&done));
        let shown = String::from_utf8(done.stdout).unwrap();
        let table = fs::read_to_string(out.join("comparison.csv")).unwrap();
        let row = table.lines().find(|row| row.contains(",extra,")).unwrap().to_owned();
        (row.ends_with(",true"), shown)
    };
    let ((two, shown), (six, _)) = (starred("2"), starred("6"));
    assert!(!two && six, "{shown}");
}

#[test]
fn who_pays_is_told_of_everybody_by_each_way_to_tell_people_apart() {
    let folder = tempfile::tempdir().unwrap();
    let out = comparison(folder.path());
    let rows = |name: &str| -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_path(out.join(name)).unwrap().deserialize().map(Result::unwrap).collect()
    };
    let number = |row: &BTreeMap<String, String>, column: &str| row[column].parse::<f64>().unwrap();
    let runs = rows("runs.csv");
    let recruits: Vec<f64> = runs
        .iter()
        .filter(|row| row["scenario"] == "two-villages")
        .map(|row| number(row, "recruits"))
        .collect();
    let mean = recruits.iter().sum::<f64>() / recruits.len() as f64;
    assert!(mean > 0.0);
    for by in ["region", "constituency", "cohort"] {
        let paid = rows("who_pays.csv");
        let those = paid.iter().filter(|row| {
            row["scenario"] == "two-villages"
                && row["by"] == by
                && row["what"] == "recruits"
                && row["first"].is_empty()
        });
        let sum: f64 = those.map(|row| number(row, "mean")).sum();
        assert!((sum / mean - 1.0).abs() < 1e-5, "{by}: {sum} for {mean}");
    }
    // Whoever joined is told apart in every way, and once in each.
    let joined = rows("joined.csv");
    let all = joined.iter().find(|row| row["by"] == "all").unwrap();
    for by in ["motive", "region", "cercle", "constituency", "cohort", "group"] {
        for column in ["both", "only_first", "only_other", "difference"] {
            let those = joined.iter().filter(|row| row["by"] == by);
            let sum: f64 = those.map(|row| number(row, column)).sum();
            assert!((sum - number(all, column)).abs() < 1e-3, "{by} {column}");
        }
    }
}

#[test]
fn one_run_of_each_concludes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let [first, other] = scenarios(folder.path()).map(|path| path.to_str().unwrap().to_owned());
    let out = folder.path().join("one");
    let to = out.to_str().unwrap();
    let done = toguna(&["compare", &first, &other, "--replicates", "1", "--out", to, "--report"]);
    assert!(done.status.success(), "{}", said(&done));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("nothing can be concluded") && !page.contains("NaN"));
    // The page of another language may take its place, and results may still be made again.
    let again = toguna(&["compare", &first, &other, "--replicates", "1", "--out", to, "--force"]);
    assert!(again.status.success(), "{}", said(&again));
}

#[test]
fn a_run_has_a_page_too() {
    let folder = tempfile::tempdir().unwrap();
    let [first, _] = scenarios(folder.path()).map(|path| path.to_str().unwrap().to_owned());
    let out = folder.path().join("run");
    let to = out.to_str().unwrap();
    let done = toguna(&["run", &first, "--replicates", "3", "--out", to, "--report"]);
    assert!(done.status.success(), "{}", said(&done));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("id=\"over-time\"") && page.contains("id=\"motives\""));
    assert!(!page.contains("id=\"difference\"") && !page.contains("NaN"));
    assert!(!page.contains("Worth a second look") && !page.contains("are biased"));
}

/// A page of a folder that a command has made in `folder`, with `--report`.
fn page_of(folder: &Path, command: &[&str]) -> (String, String, PathBuf) {
    let out = folder.join("made");
    let to = ["--out", out.to_str().unwrap(), "--report"];
    let done = toguna(&[command, &to].concat());
    assert!(done.status.success(), "{}", said(&done));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(!page.contains("NaN") && !page.contains("inf\""), "a number that is none");
    (page, String::from_utf8(done.stdout).unwrap(), out)
}

/// A design over the first of the two villages.
fn design(folder: &Path, kind: &str, axes: &str) -> String {
    let [first, _] = scenarios(folder);
    let path = folder.join("design.toml");
    let scenario = first.file_name().unwrap().to_str().unwrap();
    fs::write(&path, format!("scenario = \"{scenario}\"\nkind = \"{kind}\"\n{axes}")).unwrap();
    path.to_str().unwrap().to_owned()
}

const PRESSURE: &str = "[[axes]]\npath = \"policy.military_pressure\"\nvalues = [0.1, 0.9]\n";
const PACTS: &str =
    "[[axes]]\npath = \"policy.local_pacts\"\nvalues = [\"suppress\", \"ignore\"]\n";

#[test]
fn a_sweep_over_two_axes_has_heat_maps_a_cross_table_and_one_tidy_table() {
    let folder = tempfile::tempdir().unwrap();
    let axes = format!("replicates = 2\n{PRESSURE}{PACTS}");
    let design = design(folder.path(), "grid", &axes);
    let (page, shown, out) = page_of(folder.path(), &["sweep", &design, "--markdown"]);
    assert!(page.contains("id=\"heat\"") && page.contains("Rows: military pressure."));
    assert!(page.contains("least with military pressure 0.") && page.contains("random numbers"));
    assert!(shown.contains("|  | suppress | ignore |\n| --- | ---: | ---: |\n| 0.1 | "), "{shown}");
    let mut tidy = csv::Reader::from_path(out.join("summary.csv")).unwrap();
    let head = tidy.headers().unwrap().clone();
    let column = |name: &str| head.iter().position(|it| it == name).unwrap();
    let rows: Vec<csv::StringRecord> = tidy.records().map(Result::unwrap).collect();
    let row =
        rows.iter().find(|row| &row[column("outcome")] == "deaths" && &row[0] == "2").unwrap();
    assert_eq!(&row[column("policy.military_pressure")], "0.9");
    assert_eq!(&row[column("policy.local_pacts")], "suppress");
    let mean: f64 = row[column("mean")].parse().unwrap();
    assert!(page.contains(&format!("data-v=\"{mean}\"")), "{mean} is not on the page");
    let other = toguna(&["sweep", &design, "--out", out.to_str().unwrap(), "--outcomes", "trust"]);
    let shown = String::from_utf8(other.stdout).unwrap();
    assert!(
        shown.contains("Trust in the state (% at the end)") && !shown.contains("killed"),
        "{shown}"
    );
}

#[test]
fn a_grid_over_three_axes_is_shown_as_small_multiples() {
    let folder = tempfile::tempdir().unwrap();
    let restraint = "[[axes]]\npath = \"policy.restraint\"\nvalues = [0.1, 0.5, 0.9]\n";
    let axes = format!("replicates = 2\n{PRESSURE}{PACTS}{restraint}");
    let design = design(folder.path(), "grid", &axes);
    let (page, _, out) = page_of(folder.path(), &["sweep", &design]);
    let figure = between(&page, "<figure id=\"heat-deaths\"", "</figure>")[0];
    assert_eq!(figure.matches("<h3>restraint 0.").count(), 3, "one map for each value");
    assert_eq!(figure.matches("<rect").count(), 2 * 2 * 3, "a cell for each setting");
    let mut tidy = csv::Reader::from_path(out.join("summary.csv")).unwrap();
    let rows = tidy.deserialize::<BTreeMap<String, String>>().map(Result::unwrap);
    for row in rows.filter(|row| row["outcome"] == "deaths") {
        assert!(figure.contains(&format!("data-v=\"{}\"", row["mean"].parse::<f64>().unwrap())));
    }
}

#[test]
fn a_design_that_moves_one_axis_at_a_time_has_a_tornado_and_each_axis_alone() {
    let folder = tempfile::tempdir().unwrap();
    // As many points as a grid of the two would have: it is none.
    let three = PRESSURE.replace("[0.1,", "[0.1, 0.5,");
    let axes = format!("replicates = 2\n{three}{PACTS}");
    let design = design(folder.path(), "one_at_a_time", &axes);
    let (page, shown, _) = page_of(folder.path(), &["sweep", &design]);
    for figure in ["tornado", "axes-deaths", "axes-recruits"] {
        assert!(page.contains(&format!("id=\"{figure}\"")), "{figure}");
    }
    assert!(page.contains("military pressure 0.1 to 0.9"));
    assert!(shown.contains("  the scenario as it is") && shown.contains(" ± "), "{shown}");
}

#[test]
fn a_design_for_sensitivities_has_its_indices() {
    let folder = tempfile::tempdir().unwrap();
    let range = "[[axes]]\npath = \"policy.military_pressure\"\nlow = 0.1\nhigh = 0.9\n\
                 [[axes]]\npath = \"policy.restraint\"\nlow = 0.1\nhigh = 0.9\n";
    let design =
        design(folder.path(), "morris", &format!("trajectories = 4\nreplicates = 2\n{range}"));
    let (page, shown, out) = page_of(folder.path(), &["sensitivity", &design]);
    assert!(page.contains("id=\"sensitivity\"") && page.contains(": moved most by "));
    assert!(shown.contains("they say nothing of assumptions"), "{shown}");
    let indices = fs::read_to_string(out.join("sensitivity.csv")).unwrap();
    let row =
        indices.lines().find(|row| row.starts_with("deaths,policy.restraint,mu_star")).unwrap();
    let value: f64 = row.split(',').nth(4).unwrap().parse().unwrap();
    assert!(page.contains(&format!("data-v=\"{value}\"")), "{value} is not on the page");
}

#[test]
fn entries_of_a_timeline_say_when_they_acted_in_a_file_a_table_and_on_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let [first, _] = scenarios(folder.path()).map(|path| path.to_str().unwrap().to_owned());
    let text = fs::read_to_string(&first).unwrap();
    let entries = "\n[[timeline]]\nwhen = \"deaths >= 0\"\npolicy.restraint = 0.9\n\
                   [[timeline]]\nwhen = \"deaths > 1e9\"\npolicy.amnesty = 0.5\n";
    fs::write(&first, text + entries).unwrap();
    let (page, shown, out) = page_of(folder.path(), &["run", &first, "--replicates", "2"]);
    let acted = fs::read_to_string(out.join("acted.csv")).unwrap();
    let rows: Vec<&str> = acted.lines().skip(1).collect();
    assert_eq!(rows.len(), 4, "{acted}");
    // The condition is asked from the second week on.
    let series = fs::read_to_string(out.join("series.csv")).unwrap();
    let second_week = series.lines().nth(2).unwrap().split(',').nth(2).unwrap().to_owned();
    assert!(
        rows[0].contains(&format!(",0,1,{second_week},true,deaths >= 0,restraint = 0.9")),
        "{acted}"
    );
    assert!(rows[1].contains(",0,2,,true,deaths > 1e9,amnesty = 0.5"), "{acted}");
    let told = |what: &str| shown.lines().any(|line| line.contains(what));
    assert!(told(&format!("{second_week}  ")) || shown.contains(&second_week), "{shown}");
    assert!(told("amnesty = 0.5, after deaths > 1e9") && told("in no run"), "{shown}");
    assert!(page.contains("id=\"acted\"") && page.contains("in no run"));
    assert!(page.contains("id=\"maps\""), "a single run has maps, too");
}

#[test]
fn what_is_not_clear_is_not_explained_and_what_is_takes_the_mechanisms_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let [first, other] = scenarios(folder.path()).map(|path| path.to_str().unwrap().to_owned());
    let out = folder.path().join("compared");
    let to = out.to_str().unwrap();
    let compare = |more: &[&str]| {
        let command = ["compare", &first, &other, "--replicates", "6", "--out", to, "--explain"];
        toguna(&[&command, more].concat())
    };
    let printed = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    // Rain falls alike under any policy.
    let nothing = compare(&["--outcomes", "rain"]);
    assert!(nothing.status.success(), "{}", said(&nothing));
    assert!(printed(&nothing).contains("No clear difference in rain: there is nothing to explain"));
    let explained = folder.path().join("compared-explained");
    assert!(!explained.exists());
    let comparison = fs::read_to_string(out.join("comparison.csv")).unwrap();
    let clear = comparison.lines().find(|row| row.ends_with(",true")).expect("something differs");
    let clear = clear.split(',').nth(2).unwrap();
    let asked = ["--outcomes", clear, "--mechanisms", "fear"];
    let wrong = compare(&["--outcomes", clear, "--mechanisms", "fears"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("no mechanism \"fears\" is on"), "{}", said(&wrong));
    let done = compare(&asked);
    assert!(done.status.success(), "{}", said(&done));
    let shown = printed(&done);
    assert!(shown.contains(&format!("What carries the difference in {clear}:")), "{shown}");
    let table = fs::read_to_string(explained.join("explained.csv")).unwrap();
    let parts = |outcome: &str| -> Vec<String> {
        let rows = table.lines().filter(|row| row.split(',').nth(2) == Some(outcome));
        rows.map(|row| row.split(',').nth(4).unwrap().to_owned()).collect()
    };
    assert_eq!(parts(clear), ["whole_difference", "fear", "no_mechanism", "interaction"]);
    // The whole is what the comparison says, and the table is not made again.
    let number = |table: &str, column: usize| -> f64 {
        let row = table.lines().find(|row| row.contains(&format!(",{clear},"))).unwrap();
        row.split(',').nth(column).unwrap().parse().unwrap()
    };
    let (whole, difference) = (number(&table, 6), number(&comparison, 7));
    assert!((whole - difference).abs() <= 1e-9 * difference.abs(), "{whole} {difference}");
    assert_eq!(printed(&compare(&asked)), shown);
    let page = toguna(&["report", explained.to_str().unwrap()]);
    assert!(said(&page).contains("which have no page"), "{}", said(&page));
}

#[test]
fn a_shipped_scenario_is_run_by_its_name_in_any_folder() {
    let folder = tempfile::tempdir().unwrap();
    let toguna = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_toguna"));
        command.current_dir(folder.path()).arg("--quiet").args(arguments).output().unwrap()
    };
    let run = toguna(&["run", "lessons/two-villages", "--out", "out"]);
    assert!(run.status.success(), "{}", said(&run));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/lessons/two-villages.toml");
    let file = toguna(&["run", root.to_str().unwrap(), "--out", "file"]);
    assert!(file.status.success(), "{}", said(&file));
    let runs = |name: &str| fs::read(folder.path().join(name).join("runs.csv")).unwrap();
    assert_eq!(runs("out"), runs("file"));
    let check = toguna(&["check", "mali/status-quo", "mali/history.toml"]);
    assert!(check.status.success(), "{}", said(&check));
    // A file of that name goes before.
    fs::create_dir(folder.path().join("lessons")).unwrap();
    fs::write(folder.path().join("lessons/two-villages"), "name = 3").unwrap();
    assert_eq!(toguna(&["check", "lessons/two-villages"]).status.code(), Some(3));
    let neither = said(&toguna(&["run", "mali/status-qou"]));
    assert!(neither.contains("there is no scenario file `mali/status-qou`"), "{neither}");
    assert!(
        neither.contains("toguna scenarios") && neither.contains("`mali/status-quo`"),
        "{neither}"
    );
    let new = toguna(&["new", "mine.toml", "--extends", "lessons/valley"]);
    assert!(new.status.success(), "{}", said(&new));
    assert!(toguna(&["check", "mine.toml"]).status.success());
}

#[test]
fn a_page_says_what_was_half_set_and_where_and_that_a_coarse_world_is_biased() {
    let folder = tempfile::tempdir().unwrap();
    let [first, other] = scenarios(folder.path()).map(|path| path.to_str().unwrap().to_owned());
    let half = ["--set", "policy.local_pacts=\"support\"", "--set", "people.people_per_agent=2"];
    let out = folder.path().join("half");
    let page = |command: &[&str], file: &str, biased: &str| {
        let to = ["--out", out.to_str().unwrap(), "--force", "--report"];
        let done = toguna(&[command, &half, &to].concat());
        assert!(done.status.success(), "{}", said(&done));
        let page = fs::read_to_string(out.join("report.html")).unwrap();
        let text = fs::read_to_string(out.join(file)).unwrap();
        let line = text.lines().position(|line| line.starts_with("local_pacts = ")).unwrap() + 1;
        let noted = format!("{file}:{line}: `policy.local_pacts` is \"support\", but");
        assert!(page.contains(&noted.replace('"', "&quot;")), "{noted}");
        assert!(page.contains(biased), "{biased}");
    };
    page(&["run", &first], "scenario.resolved.toml", "results are biased");
    let both = ["compare", &first, &other, "--replicates", "2", "--lang", "fr"];
    page(&both, "pressed.resolved.toml", "les résultats sont biaisés");
}

#[test]
fn a_damaged_partial_or_newer_folder_is_refused_in_words_and_gets_no_page() {
    let folder = tempfile::tempdir().unwrap();
    let out = comparison(folder.path());
    let whole = |name: &str| {
        let copy = folder.path().join(name);
        fs::create_dir(&copy).unwrap();
        for entry in fs::read_dir(&out).unwrap() {
            let from = entry.unwrap().path();
            fs::copy(&from, copy.join(from.file_name().unwrap())).unwrap();
        }
        copy
    };
    let refused = |path: &Path, words: &[&str]| {
        let made = toguna(&["report", path.to_str().unwrap()]);
        let said = said(&made);
        assert_eq!(made.status.code(), Some(3), "{said}");
        for word in words {
            assert!(said.contains(word), "{word:?} is not in: {said}");
        }
        assert!(!path.join("report.html").exists());
    };
    refused(
        &folder.path().join("nowhere"),
        &["nowhere", "there is no such folder", "toguna compare"],
    );
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    refused(&empty, &["it is empty"]);
    let partial = whole("partial");
    fs::remove_file(partial.join("manifest.json")).unwrap();
    refused(&partial, &["but no manifest.json", "written last"]);
    let gone = whole("gone");
    fs::remove_file(gone.join("over_time.csv")).unwrap();
    refused(&gone, &["over_time.csv is missing", "--force"]);
    let altered = whole("altered");
    let text = fs::read_to_string(altered.join("comparison.csv")).unwrap();
    fs::write(altered.join("comparison.csv"), text.replacen('1', "2", 1)).unwrap();
    refused(&altered, &["comparison.csv has been altered"]);
    let newer = whole("newer");
    let manifest = fs::read_to_string(newer.join("manifest.json")).unwrap();
    let version = format!("\"toguna\": \"{}\"", env!("CARGO_PKG_VERSION"));
    fs::write(newer.join("manifest.json"), manifest.replace(&version, "\"toguna\": \"99.0.0\""))
        .unwrap();
    refused(&newer, &["written by toguna 99.0.0", "use that version"]);
    let damaged = |name: &str, change: &dyn Fn(&str) -> String| {
        let path = whole(name);
        fs::write(path.join("manifest.json"), change(&manifest)).unwrap();
        path
    };
    let torn = damaged("torn", &|text| text.lines().take(9).collect::<Vec<_>>().join("\n"));
    refused(&torn, &["a manifest that is damaged or not toguna's: manifest.json:9: EOF"]);
    refused(&damaged("nothing", &|_| String::new()), &["manifest.json:1: EOF"]);
    let misspelt = damaged("misspelt", &|text| text.replacen("\"seed\":", "\"sead\":", 1));
    let line = manifest.lines().position(|line| line.contains("\"seed\":")).unwrap() + 1;
    assert!(manifest.lines().nth(line).is_some());
    refused(&misspelt, &["is damaged", "manifest.json:", "seed"]);
    let none = whole("none");
    fs::write(none.join("runs.csv"), "").unwrap();
    refused(&none, &["runs.csv has 0 bytes instead of"]);
    let wrong = toguna(&["plot", out.to_str().unwrap(), "--figure", "fears"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        said(&wrong).contains("over-time") && said(&wrong).contains("forest"),
        "{}",
        said(&wrong)
    );
}

#[test]
#[ignore = "long: five scenarios of Mali, one for ten"]
fn the_demo_spends_the_same_francs_three_ways_and_shows_it_on_one_page() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("demo");
    let made =
        toguna(&["demo", "--replicates", "2", "--lang", "fr", "--out", out.to_str().unwrap()]);
    assert!(made.status.success(), "{}", said(&made));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("<html lang=\"fr\""));
    for figure in ["beside", "difference", "services-and-recruits", "maps", "motives", "spending"] {
        assert!(page.contains(&format!("id=\"{figure}\"")), "{figure}");
    }
    let comparison = fs::read_to_string(out.join("comparison.csv")).unwrap();
    let drawn = |policy: &str| -> f64 {
        let row = format!("nothing,{policy},extra,");
        let row = comparison.lines().find(|line| line.starts_with(&row)).unwrap();
        row.split(',').nth(6).unwrap().parse().unwrap()
    };
    // Fifty billion a year from 2026 to 2030, as far as there is something to buy.
    for policy in ["pressure", "services"] {
        assert!((drawn(policy) / 250e9 - 1.0).abs() < 0.01, "{policy}: {}", drawn(policy));
    }
    assert!((1e9..250e9).contains(&drawn("pacts")), "{}", drawn("pacts"));
    assert_eq!(drawn("support-alone"), 0.0);
    assert!(page.contains("Les francs n’étaient pas les mêmes"));
}
