//! What the committed tables of the Mali reference case promise each other and the facts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[path = "../scenarios/mali/generator/apportionment.rs"]
mod apportionment;
#[path = "../scenarios/mali/generator/communities.rs"]
mod communities;
#[path = "../scenarios/mali/generator/constituents.rs"]
mod constituents;
#[path = "../scenarios/mali/generator/facts.rs"]
mod facts;
#[path = "../scenarios/mali/generator/neighbours.rs"]
mod neighbours;
#[path = "../scenarios/mali/generator/outline.rs"]
mod outline;
#[path = "../scenarios/mali/generator/world.rs"]
mod world;

type Row = BTreeMap<String, String>;

fn scenario() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mali")
}

/// The rows of a table, each by column name.
fn rows(table: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(scenario().join(table)).expect(table);
    reader.deserialize().collect::<Result<_, _>>().expect(table)
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?} is no number"))
}

fn cercles() -> BTreeSet<String> {
    rows("facts/cercles.csv").iter().map(|row| row["cercle"].clone()).collect()
}

#[test]
fn the_committed_world_is_what_the_facts_give() {
    for table in world::tables(&scenario().join("facts")).unwrap() {
        let committed = std::fs::read_to_string(scenario().join("world").join(table.name)).unwrap();
        assert!(committed == table.text, "{} is out of date", table.name);
    }
}

#[test]
fn mali_has_703_communities_whose_residents_sum_to_each_cercle() {
    let communities = rows("world/communities.csv");
    assert_eq!(communities.len(), 703);
    let names: BTreeSet<_> = communities.iter().map(|row| &row["community"]).collect();
    assert_eq!(names.len(), 703);
    for cercle in rows("facts/cercles.csv") {
        let within: Vec<_> =
            communities.iter().filter(|row| row["cercle"] == cercle["cercle"]).collect();
        let sum: u64 = within.iter().map(|row| row["residents"].parse::<u64>().unwrap()).sum();
        assert_eq!(sum.to_string(), cercle["population_2020"], "{}", cercle["cercle"]);
        assert!(within.len() >= 3, "{}", cercle["cercle"]);
        assert_eq!(cercle["cercle"] == "Bamako", within[0]["rank"] == "capital");
    }
}

#[test]
fn every_community_lies_within_the_border() {
    let outline = facts::Facts::read(&scenario().join("facts")).unwrap().outline;
    let beyond: Vec<_> = rows("world/communities.csv")
        .into_iter()
        .filter(|row| !outline.holds(number(row, "latitude"), number(row, "longitude")))
        .map(|row| row["community"].clone())
        .collect();
    assert!(beyond.is_empty(), "beyond the border: {beyond:?}");
}

#[test]
fn the_town_comes_first_and_is_the_largest_of_its_cercle() {
    let communities = rows("world/communities.csv");
    for cercle in cercles() {
        let within: Vec<_> = communities.iter().filter(|row| row["cercle"] == cercle).collect();
        let largest = within.iter().map(|row| number(row, "residents")).fold(0.0, f64::max);
        assert_eq!(number(within[0], "residents"), largest, "{cercle}");
        assert_ne!(within[0]["rank"], "village", "{cercle}");
    }
}

#[test]
fn nobody_is_without_a_neighbour_and_every_pair_is_written_once() {
    let communities = rows("world/communities.csv");
    let order: BTreeMap<_, _> =
        communities.iter().enumerate().map(|(i, row)| (row["community"].clone(), i)).collect();
    let mut met = vec![0; communities.len()];
    let mut pairs = BTreeSet::new();
    for row in rows("world/neighbours.csv") {
        let (from, to) = (order[&row["community"]], order[&row["neighbour"]]);
        assert!(from < to, "{row:?}");
        assert!(pairs.insert((from, to)), "{row:?} stands twice");
        assert!(number(&row, "km") > 0.0, "{row:?}");
        met[from] += 1;
        met[to] += 1;
    }
    // Five nearest, both ways: five or more.
    assert!(met.iter().all(|&neighbours| neighbours >= 5));
}

#[test]
fn one_can_walk_from_any_community_to_any_other() {
    let communities = rows("world/communities.csv");
    let mut ways: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows("world/neighbours.csv") {
        let (a, b) = (&row["community"], &row["neighbour"]);
        ways.entry(a.clone()).or_default().push(b.clone());
        ways.entry(b.clone()).or_default().push(a.clone());
    }
    let mut reached = BTreeSet::new();
    let mut next = vec![communities[0]["community"].clone()];
    while let Some(place) = next.pop() {
        if reached.insert(place.clone()) {
            next.extend(ways[&place].iter().cloned());
        }
    }
    assert_eq!(reached.len(), communities.len());
}

#[test]
fn every_border_between_cercles_is_crossed_and_nothing_else_is() {
    let cercle: BTreeMap<_, _> = rows("world/communities.csv")
        .iter()
        .map(|row| (row["community"].clone(), row["cercle"].clone()))
        .collect();
    let pair = |a: &str, b: &str| (a.min(b).to_owned(), a.max(b).to_owned());
    let crossed: BTreeSet<_> = rows("world/neighbours.csv")
        .iter()
        .map(|row| pair(&cercle[&row["community"]], &cercle[&row["neighbour"]]))
        .filter(|(a, b)| a != b)
        .collect();
    let borders: BTreeSet<_> = rows("facts/adjacency.csv")
        .iter()
        .map(|row| pair(&row["cercle"], &row["neighbour"]))
        .collect();
    assert_eq!(crossed, borders);
}

#[test]
fn constituents_share_out_each_community_exactly() {
    let known = [
        "delta_herders",
        "gourma_herders",
        "plateau_farmers",
        "southern_farmers",
        "rice_farmers",
        "fishers",
        "northern_nomads",
        "river_farmers",
        "town_people",
    ];
    let mut shares: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for row in rows("world/constituents.csv") {
        assert!(known.contains(&row["constituency"].as_str()), "{row:?}");
        let ten_thousandths = row["share"].replace('.', "").parse().unwrap();
        shares.entry(row["community"].clone()).or_default().push(ten_thousandths);
    }
    assert_eq!(shares.len(), 703);
    for (community, shares) in shares {
        assert_eq!(shares.iter().sum::<u64>(), 10_000, "{community}");
        assert!(shares.len() <= 4, "{community}");
        assert!(shares.iter().all(|&share| share > 0), "{community}");
    }
}

#[test]
fn both_starts_speak_of_every_cercle_once_and_keep_to_their_units() {
    for start in ["start-2012", "start-2024"] {
        let places = rows(&format!("{start}/places.csv"));
        let named: BTreeSet<_> = places.iter().map(|row| row["cercle"].clone()).collect();
        assert_eq!((places.len(), named), (50, cercles()), "{start}");
        for row in &places {
            for share in
                ["state_control", "health", "schooling", "justice", "water", "closed_schools"]
            {
                assert!((0.0..=1.0).contains(&number(row, share)), "{start}: {share} of {row:?}");
            }
            assert!((0.0..=1.0).contains(&number(row, "market_access")), "{start}: {row:?}");
            assert!((0.3..=3.0).contains(&number(row, "income")), "{start}: {row:?}");
            assert!(!row["source"].is_empty(), "{start}: {row:?}");
        }
    }
}

#[test]
fn the_displaced_of_2024_are_355_000_and_there_are_none_in_2012() {
    let hosted = |start: &str| -> f64 {
        rows(&format!("{start}/places.csv")).iter().map(|row| number(row, "displaced_hosted")).sum()
    };
    assert_eq!((hosted("start-2012"), hosted("start-2024")), (0.0, 355_000.0));
}

#[test]
fn the_bands_of_a_group_sum_to_its_strength() {
    let strengths = |start: &str| {
        let commands = rows(&format!("{start}/commands.csv"));
        let ids: BTreeSet<_> = commands.iter().map(|row| row["command"].clone()).collect();
        assert_eq!(ids.len(), commands.len(), "{start}: a command stands twice");
        let mut strengths: BTreeMap<String, u64> = BTreeMap::new();
        let founded_later =
            |row: &BTreeMap<String, String>| row.get("from").is_some_and(|from| !from.is_empty());
        for row in commands.into_iter().filter(|row| !founded_later(row)) {
            assert!(cercles().contains(&row["cercle"]), "{row:?}");
            *strengths.entry(row["group"].clone()).or_default() +=
                row["fighters"].parse::<u64>().unwrap();
        }
        strengths.into_iter().collect::<Vec<_>>()
    };
    let expected = |groups: &[(&str, u64)]| -> Vec<(String, u64)> {
        groups.iter().map(|&(group, fighters)| (group.to_owned(), fighters)).collect()
    };
    assert_eq!(
        strengths("start-2012"),
        expected(&[
            ("ansar_dine", 300),
            ("aqim", 500),
            ("ganda", 400),
            ("mnla", 3_000),
            ("mujao", 200)
        ])
    );
    assert_eq!(
        strengths("start-2024"),
        expected(&[
            ("csp", 3_000),
            ("dogon_militia", 1_000),
            ("dozo", 1_000),
            ("gatia_msa", 1_000),
            ("islamic_state", 1_200),
            ("jnim", 3_100)
        ])
    );
}

#[test]
fn no_two_rows_of_hostility_date_the_same_pair_alike() {
    for start in ["start-2012", "start-2024"] {
        let mut seen = BTreeSet::new();
        for row in rows(&format!("{start}/hostility.csv")) {
            let (a, b) = (row["a"].clone(), row["b"].clone());
            assert_ne!(a, b);
            assert!((0.0..=1.0).contains(&number(&row, "hostility")), "{row:?}");
            assert!(row["from"].parse::<jiff::civil::Date>().is_ok(), "{row:?}");
            assert!(!row["source"].is_empty(), "{start}: {row:?}");
            let pair = if a < b { (a, b) } else { (b, a) };
            assert!(seen.insert((pair, row["from"].clone())), "{row:?} stands twice");
        }
    }
}

#[test]
fn every_band_has_someone_to_fight() {
    for start in ["start-2012", "start-2024"] {
        let hostility = rows(&format!("{start}/hostility.csv"));
        for command in rows(&format!("{start}/commands.csv")) {
            let group = command["group"].as_str();
            let enemies = hostility.iter().filter(|row| {
                (row["a"] == group || row["b"] == group) && number(row, "hostility") > 0.0
            });
            assert!(enemies.count() > 0, "{start}: {group}");
        }
    }
}

#[test]
fn every_command_founded_later_has_a_date_and_someone_to_fight_from_then_on() {
    let hostility = rows("start-2012/hostility.csv");
    let mut later = 0;
    for command in rows("start-2012/commands.csv").iter().filter(|row| !row["from"].is_empty()) {
        let group = command["group"].as_str();
        assert!(command["from"].parse::<jiff::civil::Date>().is_ok(), "{command:?}");
        let enemies = hostility.iter().filter(|row| row["a"] == group || row["b"] == group);
        assert!(enemies.count() > 0, "{group}");
        later += 1;
    }
    assert!(later > 10, "{later}");
}

#[test]
fn every_fact_names_its_source() {
    for entry in std::fs::read_dir(scenario().join("facts")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !name.ends_with(".csv") {
            // Scripts that read the tables stand beside them.
            continue;
        }
        for row in rows(&format!("facts/{name}")) {
            assert!(row.get("source").is_some_and(|source| !source.is_empty()), "{name}: {row:?}");
        }
    }
}

/// What is fitted is not retyped: docs/calibration.md.
#[test]
fn the_defaults_of_mali_are_the_member_of_most_weight_of_its_ensemble_to_three_digits() {
    let members = rows("ensemble.csv");
    let best = members
        .iter()
        .max_by(|one, other| number(one, "weight").total_cmp(&number(other, "weight")))
        .expect("an ensemble has members");
    let base = std::fs::read_to_string(scenario().join("base.toml")).unwrap();
    let base: toml::Table = base.parse().unwrap();
    let mut fitted = 0;
    for (path, value) in best.iter().filter(|(path, _)| path.starts_with("rules.")) {
        let steps: Vec<&str> = path.split('.').collect();
        let set = &base[steps[0]][steps[1]][steps[2]];
        match value.parse::<f64>() {
            Ok(value) => {
                let set = set.as_float().or(set.as_integer().map(|set| set as f64)).unwrap();
                let to_three_digits: f64 = format!("{value:.2e}").parse().unwrap();
                assert_eq!(set, to_three_digits, "{path}");
            }
            Err(_) => assert_eq!(set.as_str(), Some(&value[..]), "{path}"),
        }
        fitted += 1;
    }
    assert_eq!(fitted, 18);
}

/// What the core multiplies into its rates and weights follows the fit of the whole.
#[test]
fn the_core_has_the_common_factors_of_the_whole_multiplied_into_its_rates_and_weights() {
    let rules = |file: &str| {
        let path = format!("scenarios/mali/{file}");
        crate::worlds::prepared(&path, crate::worlds::AS_IT_IS).checked().scenario.rules.clone()
    };
    let (whole, core) = (rules("history.toml"), rules("core.toml"));
    let (all, few) = (&whole.violence, &core.violence);
    let (weights, kept) = (&whole.recruitment, &core.recruitment);
    assert_eq!((few.scale, kept.scale), (1.0, 1.0));
    let factors = [
        (few.group_on_state_per_week, all.scale * all.group_on_state_per_week),
        (few.state_on_group_per_week, all.scale * all.state_on_group_per_week),
        (few.group_on_civilians_per_week, all.scale * all.group_on_civilians_per_week),
        (few.state_on_civilians_per_week, all.scale * all.state_on_civilians_per_week),
        (few.rivals_per_week, all.scale * all.rivals_per_week),
        (kept.protection_weight, weights.scale * weights.protection_weight),
        (kept.economic_weight, weights.scale * weights.economic_weight),
        (kept.rapacity_weight, weights.scale * weights.rapacity_weight),
        (kept.familial_weight, weights.scale * weights.familial_weight),
        (kept.religious_weight, weights.scale * weights.religious_weight),
        (kept.personal_harm_weight, weights.scale * weights.personal_harm_weight),
        (few.hurt_per_event, all.weight_of_hurt.get() * all.hurt_per_event),
        (few.hurt_per_operation, all.weight_of_hurt.get() * all.hurt_per_operation),
    ];
    for (place, (core, whole)) in factors.into_iter().enumerate() {
        assert!((core / whole - 1.0).abs() < 1e-3, "{place}: {core} for {whole}");
    }
}
