//! The threshold queue against plain ways of doing the same.
//!
//! (a) With the same keys, the reference implementation, which visits every adult every week, lists
//! the same recruits. (b) With fresh random numbers, a weekly Bernoulli trial for every adult, p = 1
//! − exp(−zλ) with z ~ Gamma(k), gives recruits with the same distribution over weeks, groups and
//! motives, also of those whom events touched, who moved and who came back. Hazards are frozen:
//! those that the valley once had, scaled so that many join; what touches, moves and brings back is
//! scripted and the same for both.

use crate::worlds::{self, VALLEY};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, Gamma};
use rayon::prelude::*;
use statrs::distribution::{ChiSquared, ContinuousCDF};
use std::collections::BTreeSet;
use toguna::engine::layout::{COHORTS, Cell, Layout, Person, Quarter};
use toguna::engine::risk_set::{Bonds, Book, Carried, Outlook, RiskSet, Status};
use toguna::engine::streams::{Streams, uniform};
use toguna::model::recruitment::effects::{GroupHazard, group_hazards, hazards};
use toguna::model::week::WEEK;
use toguna::model::words::motives::{MOTIVES, Motive};
use toguna::model::words::purposes;
use toguna::model::world::World;

#[test]
fn the_twin_with_the_same_keys_lists_the_same_recruits() {
    for (shape, seeds) in [(1.0, 1..5), (0.3, 5..7), (4.0, 7..9)] {
        let prepared = worlds::prepared(VALLEY, &[format!("people.frailty_shape={shape:?}")]);
        let all: usize = seeds.map(|seed| side_by_side(&prepared, seed)).sum();
        println!("shape {shape}: {all} recruits, the same in both books");
        assert!(all > 500, "shape {shape}: so few recruits show nothing: {all}");
    }
}

/// Lives the scenario in both books; returns how many joined.
fn side_by_side(prepared: &toguna::scenario::prepared::PreparedScenario, seed: u64) -> usize {
    let mut queued = prepared.world_with(seed, 0, Book::ThresholdQueue);
    let mut reference = prepared.world_with(seed, 0, Book::Reference);
    let mut recruits = 0;
    for week in 0..prepared.weeks() {
        queued.advance();
        reference.advance();
        assert_eq!(queued.log.recruits, reference.log.recruits, "seed {seed}, week {week}");
        assert_eq!(queued.observed.week, reference.observed.week, "seed {seed}, week {week}");
        recruits += queued.log.recruits.len();
    }
    for person in queued.people.layout.everybody() {
        let (a, b) = (&queued.people, &reference.people);
        match (a.risk_set.status(person), b.risk_set.status(person)) {
            // The books sum up the same in another order.
            (Status::Waiting { key: a }, Status::Waiting { key: b }) => {
                assert!((a - b).abs() <= 1e-11 * b.max(1.0), "{person:?}: {a} and {b}");
            }
            (a, b) => assert_eq!(a, b, "{person:?}"),
        }
        assert_eq!(a.risk_set.spell_of(person), b.risk_set.spell_of(person), "{person:?}");
        assert_eq!((a.role(person), a.cell_of(person)), (b.role(person), b.cell_of(person)));
    }
    recruits
}

/// Weeks of the frozen path, and weeks counted together.
const WEEKS: usize = 156;
const WEEKS_PER_BIN: usize = 13;
/// The valley's hazards times this: about a fifth of the adults join at least once.
const MORE: f64 = 12.0;
/// Personal hazard of the week in which somebody is touched; it halves in eight weeks and is nothing
/// below a fiftieth.
const TOUCH: f64 = 0.02;
const GROUPS: usize = 4;
/// Group and motive in one number.
const KINDS: usize = GROUPS * MOTIVES;
const SEEDS: std::ops::Range<u64> = 0..6;
/// Chance of raising a false alarm in any of the five tables.
const LEVEL: f64 = 0.001;

/// λ by week and cell, toward each group for each motive.
struct Path {
    layout: Layout,
    by_week: Vec<Vec<[f64; KINDS]>>,
}

impl Path {
    /// The hazards of the valley in the weeks it ran under seed 7.
    fn of_the_valley() -> Path {
        let prepared = worlds::prepared(VALLEY, worlds::AS_IT_IS);
        let mut world = prepared.world(7, 0);
        assert_eq!(world.groups.len(), GROUPS);
        let mut by_week = Vec::new();
        for _ in 0..WEEKS {
            for phase in WEEK {
                if phase.name == "recruitment" {
                    by_week.push(felt(&world));
                }
                (phase.run)(&mut world);
            }
        }
        Path { layout: world.people.layout, by_week }
    }

    /// λ of every cell in a week, in all.
    fn totals(&self, week: usize) -> Vec<f64> {
        self.by_week[week].iter().map(|by_kind| by_kind.iter().sum()).collect()
    }
}

/// This week's hazards by the formula at the head of the recruitment phase, from its public hazards.
fn felt(world: &World) -> Vec<[f64; KINDS]> {
    let rules = &world.rules.recruitment;
    let openness = [
        rules.openness_young_men,
        rules.openness_young_women,
        rules.openness_older_men,
        rules.openness_older_women,
    ];
    let group_hazards = group_hazards(world);
    let of = |group_hazards: &[GroupHazard], cohort: usize| {
        let mut by_kind = [0.0; KINDS];
        for group_hazard in group_hazards {
            for motive in Motive::ALL {
                let hazard = match motive {
                    Motive::Status if cohort >= 2 => 0.0,
                    Motive::Coercion => group_hazard.coercion,
                    _ => group_hazard.scale * group_hazard.motives[motive as usize],
                };
                by_kind[group_hazard.group.index() * MOTIVES + motive as usize] +=
                    openness[cohort] * hazard;
            }
        }
        by_kind
    };
    let cells = (0..world.people.layout.cells() as u32).map(Cell);
    let felt: Vec<[f64; KINDS]> =
        cells.map(|cell| of(group_hazards.of(cell.quarter()), cell.cohort())).collect();
    for (by_kind, whole) in felt.iter().zip(hazards(world, &group_hazards)) {
        let sum: f64 = by_kind.iter().sum();
        assert!((sum - whole).abs() <= 1e-12 * whole, "{sum} is not {whole}");
    }
    felt.iter().map(|by_kind| by_kind.map(|hazard| MORE * hazard)).collect()
}

/// A fixed scramble (the finaliser of SplitMix64): what happens to whom, apart from all draws.
fn script(person: Person, about: u64) -> u64 {
    let mut word = (u64::from(person.0) << 8 | about).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// Something that happens to one person in `among`, in the week it happens.
fn scripted_week(person: Person, about: u64, among: u64) -> Option<usize> {
    let word = script(person, about);
    word.is_multiple_of(among).then(|| (word / among) as usize % WEEKS)
}

/// The week in which somebody is touched, for half of the people.
fn touched_in(person: Person) -> Option<usize> {
    scripted_week(person, 1, 2)
}

/// The week in which somebody moves, for a quarter of the people, and to where.
fn moves_in(person: Person, layout: &Layout) -> Option<(usize, Cell)> {
    let quarter = Quarter((script(person, 3) % layout.quarters() as u64) as u32);
    scripted_week(person, 2, 4).map(|week| (week, quarter.cell(person.cohort())))
}

/// Weeks that somebody stays who has joined.
fn stays_for(person: Person) -> usize {
    4 + (script(person, 4) % 40) as usize
}

/// What is left of a touch after so many weeks.
fn left(age: f64) -> f64 {
    libm::exp2(-age / 8.0)
}

/// What a touched person feels beyond their cell, toward one group, as grievance.
fn extra(person: Person, week: usize) -> f64 {
    TOUCH * left((week - touched_in(person).expect("only touched people are asked")) as f64)
}

/// The first week in which it is not felt any more.
fn felt_until(person: Person) -> usize {
    let since = touched_in(person).expect("only touched people are asked");
    (since + 1..).find(|week| left((week - since) as f64) <= 0.02).unwrap()
}

/// The same as bonds of one channel, reckoned as of week 0.
struct Touched;

impl Bonds for Touched {
    fn felt(&self, person: Person, carried: &[f64]) -> f64 {
        let since = touched_in(person).expect("only touched people are asked");
        carried[0] * left(-(since as f64))
    }

    /// Felt for the last time in the week it ends with.
    fn outlook(&self, person: Person) -> Outlook {
        Outlook { most: 1.0, until: felt_until(person) as u32 - 1 }
    }
}

fn carried_in(week: usize, quarters: usize) -> Carried {
    let fading = vec![TOUCH * left(week as f64); quarters];
    Carried { channels: 1, by_quarter: fading, peaks: vec![TOUCH; quarters] }
}

fn kind_of_extra(person: Person) -> usize {
    person.0 as usize % GROUPS * MOTIVES + Motive::Grievance as usize
}

/// Who joined when, which group, why, and what had happened to them.
#[derive(Clone)]
struct Counts {
    by_bin: Vec<f64>,
    by_kind: Vec<f64>,
    by_bin_and_kind: Vec<f64>,
    /// Nothing had happened, touched, moved, first return, later return; in the order of weight.
    by_history: Vec<f64>,
    by_history_and_cohort: Vec<f64>,
}

const TABLES: usize = 5;
const HISTORIES: usize = 5;
const BINS: usize = WEEKS / WEEKS_PER_BIN;

impl Counts {
    fn none() -> Counts {
        Counts {
            by_bin: vec![0.0; BINS],
            by_kind: vec![0.0; KINDS],
            by_bin_and_kind: vec![0.0; BINS * KINDS],
            by_history: vec![0.0; HISTORIES],
            by_history_and_cohort: vec![0.0; HISTORIES * COHORTS],
        }
    }

    fn tables(&self) -> [(&'static str, &Vec<f64>); TABLES] {
        [
            ("week", &self.by_bin),
            ("group and motive", &self.by_kind),
            ("week, group and motive", &self.by_bin_and_kind),
            ("history", &self.by_history),
            ("history and cohort", &self.by_history_and_cohort),
        ]
    }

    fn joins(&mut self, layout: &Layout, person: Person, week: usize, spell: u16, kind: usize) {
        let bin = week / WEEKS_PER_BIN;
        let before = |at: Option<usize>| at.is_some_and(|at| at <= week);
        let history = match spell {
            0 if before(moves_in(person, layout).map(|(week, _)| week)) => 2,
            0 if before(touched_in(person)) => 1,
            0 => 0,
            1 => 3,
            _ => 4,
        };
        self.by_bin[bin] += 1.0;
        self.by_kind[kind] += 1.0;
        self.by_bin_and_kind[bin * KINDS + kind] += 1.0;
        self.by_history[history] += 1.0;
        self.by_history_and_cohort[history * COHORTS + person.cohort()] += 1.0;
    }

    fn add(mut self, other: Counts) -> Counts {
        let own = [
            &mut self.by_bin,
            &mut self.by_kind,
            &mut self.by_bin_and_kind,
            &mut self.by_history,
            &mut self.by_history_and_cohort,
        ];
        for (own, (_, other)) in own.into_iter().zip(other.tables()) {
            own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        }
        self
    }

    fn all(&self) -> f64 {
        self.by_bin.iter().sum()
    }
}

/// Group and motive in proportion to this week's hazards, at the share `u`.
fn choose(by_kind: &[f64; KINDS], extra: Option<(usize, f64)>, u: f64) -> usize {
    let mut weights = *by_kind;
    if let Some((kind, hazard)) = extra {
        weights[kind] += hazard;
    }
    let mut left = u * weights.iter().sum::<f64>();
    let mut chosen = 0;
    for (kind, weight) in weights.into_iter().enumerate().filter(|(_, weight)| *weight > 0.0) {
        chosen = kind;
        left -= weight;
        if left < 0.0 {
            break;
        }
    }
    chosen
}

/// What the script has for each week.
fn by_week<T>(layout: &Layout, of: impl Fn(Person) -> Option<(usize, T)>) -> Vec<Vec<(Person, T)>> {
    let mut weeks: Vec<Vec<(Person, T)>> = (0..WEEKS).map(|_| Vec::new()).collect();
    for person in layout.everybody() {
        if let Some((week, what)) = of(person) {
            weeks[week].push((person, what));
        }
    }
    weeks
}

/// The path run by the engine.
fn by_thresholds(path: &Path, shape: f64, seed: u64) -> Counts {
    let layout = &path.layout;
    let streams = Streams::new(seed, 11);
    let mut risk_set = RiskSet::new(layout, streams.clone(), shape, Book::ThresholdQueue);
    let touches = by_week(layout, |person| touched_in(person).map(|week| (week, ())));
    let moves = by_week(layout, |person| moves_in(person, layout));
    let mut returns: Vec<Vec<Person>> = vec![Vec::new(); WEEKS];
    let mut counts = Counts::none();
    for week in 0..WEEKS {
        for person in &returns[week] {
            risk_set.bring_back(*person);
        }
        for (person, ()) in &touches[week] {
            risk_set.attend(*person, &Touched);
        }
        risk_set.relocate_all(&moves[week], &Touched);
        let attended = |person: &Person| risk_set.status(*person) == Status::Attended;
        let attended: BTreeSet<Person> = layout.everybody().filter(attended).collect();
        let carried = carried_in(week, layout.quarters());
        let crossed = risk_set.advance(week as u32, &path.totals(week), &carried, &Touched);
        for (person, cell) in crossed {
            let spell = risk_set.spell_of(person);
            let own = attended.contains(&person);
            let own = own.then(|| (kind_of_extra(person), extra(person, week)));
            let u = streams.uniform(purposes::GROUP, u64::from(person.0), u64::from(spell));
            let kind = choose(&path.by_week[week][cell.index()], own, u);
            counts.joins(layout, person, week, spell, kind);
            if let Some(returns) = returns.get_mut(week + stays_for(person)) {
                returns.push(person);
            }
        }
    }
    counts
}

/// How the plain arm may be made to differ, to see whether the comparison notices.
#[derive(Clone, Copy)]
struct Plain {
    /// Hazards are this many times those of the path.
    factor: f64,
    /// Whoever comes back does so with the frailty they had.
    frailty_lasts: bool,
}

const FAITHFUL: Plain = Plain { factor: 1.0, frailty_lasts: true };

/// The path run by a weekly trial for every adult.
fn by_trials(path: &Path, shape: f64, seed: u64, plain: Plain) -> Counts {
    let layout = &path.layout;
    let mut draws = ChaCha8Rng::seed_from_u64(1_000 + seed);
    let frailty = Gamma::new(shape, 1.0 / shape).unwrap();
    let totals: Vec<Vec<f64>> = (0..WEEKS).map(|week| path.totals(week)).collect();
    let mut counts = Counts::none();
    // People do not act on each other here, so each may live through all weeks before the next.
    for person in layout.everybody() {
        let mut z: f64 = frailty.sample(&mut draws);
        let (mut cell, mut spell, mut attended) = (layout.cell_of(person), 0, false);
        let mut away_until = 0;
        #[allow(clippy::needless_range_loop)] // the week is a time, not only a place in a list
        for week in 0..WEEKS {
            if week > 0 && week == away_until {
                spell += 1;
                if !plain.frailty_lasts {
                    z = frailty.sample(&mut draws);
                }
            }
            if touched_in(person) == Some(week) && week >= away_until {
                attended = true;
            }
            if let Some((at, to)) = moves_in(person, layout)
                && at == week
            {
                cell = to;
            }
            if week < away_until {
                continue;
            }
            let own = attended.then(|| extra(person, week));
            let hazard = totals[week][cell.index()] + own.unwrap_or(0.0);
            if hazard > 0.0 {
                let p = -libm::expm1(-z * plain.factor * hazard);
                if uniform(&mut draws) < p {
                    let extra = own.map(|own| (kind_of_extra(person), own));
                    let by_kind = &path.by_week[week][cell.index()];
                    let kind = choose(by_kind, extra, uniform(&mut draws));
                    counts.joins(layout, person, week, spell, kind);
                    away_until = week + stays_for(person);
                    attended = false;
                    continue;
                }
            }
            attended = own.is_some() && week + 1 < felt_until(person);
        }
    }
    counts
}

/// Chance that two counts of the same Poisson variables differ by as much: Σ (a − b)²/(a + b) is χ²
/// with one degree for each bin. Bins under ten are counted together. People join now or later but
/// seldom twice, which makes counts vary less than Poisson's: the true chance of a false alarm is
/// below the level.
fn chance_of_such_difference(a: &[f64], b: &[f64]) -> f64 {
    let (mut statistic, mut bins, mut few) = (0.0, 0, (0.0, 0.0));
    let square = |a: f64, b: f64| (a - b) * (a - b) / (a + b);
    for (a, b) in a.iter().zip(b) {
        if a + b < 10.0 {
            few = (few.0 + a, few.1 + b);
        } else {
            statistic += square(*a, *b);
            bins += 1;
        }
    }
    if few.0 + few.1 >= 10.0 {
        statistic += square(few.0, few.1);
        bins += 1;
    }
    ChiSquared::new(f64::from(bins)).unwrap().sf(statistic)
}

/// Whether any table tells the arms apart at the level, shared out over the tables.
fn told_apart(a: &Counts, b: &Counts, what: &str) -> bool {
    let mut apart = false;
    print!("{what}: {} and {} recruits", a.all(), b.all());
    for ((name, a), (_, b)) in a.tables().into_iter().zip(b.tables()) {
        let chance = chance_of_such_difference(a, b);
        print!("; by {name} p = {chance:.2e}");
        apart |= chance < LEVEL / TABLES as f64;
    }
    println!();
    apart
}

fn over_seeds(live: impl Fn(u64) -> Counts + Send + Sync) -> Counts {
    let runs: Vec<Counts> = SEEDS.into_par_iter().map(live).collect();
    runs.into_iter().fold(Counts::none(), Counts::add)
}

#[test]
#[ignore = "long: distributions over many seeds"]
fn weekly_trials_with_fresh_draws_give_the_same_distribution_and_a_tenth_more_or_less_does_not() {
    let path = Path::of_the_valley();
    for shape in [1.0, 0.4] {
        let lines = over_seeds(|seed| by_thresholds(&path, shape, seed));
        let [_, touched, moved, again, once_more] = lines.by_history[..] else { unreachable!() };
        let share = |count: f64| count / lines.all();
        let (of_touched, of_moved) = (share(touched), share(moved + again + once_more));
        println!("shape {shape}: {of_touched:.3} touched, {of_moved:.3} moved or rejoined");
        assert!(of_touched >= 0.1 && of_moved >= 0.05, "{of_touched} {of_moved}");

        let trials = |plain| over_seeds(|seed| by_trials(&path, shape, seed, plain));
        let apart = |plain, what: &str| told_apart(&lines, &trials(plain), what);
        assert!(!apart(FAITHFUL, "the same"), "shape {shape}");
        let off = |factor| Plain { factor, ..FAITHFUL };
        assert!(apart(off(1.1), "hazards × 1.1"), "shape {shape}");
        assert!(apart(off(0.9), "hazards × 0.9"), "shape {shape}");
        let forgetful = Plain { frailty_lasts: false, ..FAITHFUL };
        assert!(apart(forgetful, "frailty drawn anew on return"), "shape {shape}");
    }
}
