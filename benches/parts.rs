//! What does setting up cost, what does writing cost, and what does the engine cost beside a plain loop
//! over everybody?

#[path = "../tests/worlds/mod.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod worlds;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::io;
use std::time::{Duration, Instant};
use toguna::engine::crowd::{Book, Crowd};
use toguna::engine::roll::Roll;
use toguna::engine::streams::Streams;
use toguna::output::{TableWriter, tables};
use worlds::{Alike, EVERYTHING, VALLEY};

const MALI: &str = "scenarios/mali/status-quo.toml";

/// Reading and checking, then what each seed costs before its first week.
fn set_up(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("set-up");
    group.bench_function("read Mali", |bench| {
        bench.iter(|| worlds::blueprint(MALI, worlds::AS_IT_IS));
    });
    for (name, path, settings) in [
        ("valley", VALLEY, worlds::AS_IT_IS),
        ("Mali, one adult for ten", MALI, &["people.people_per_agent=10"]),
        ("Mali", MALI, worlds::AS_IT_IS),
    ] {
        let blueprint = worlds::blueprint(path, settings);
        group.bench_function(BenchmarkId::new("world", name), |bench| {
            bench.iter(|| blueprint.world(1, 0));
        });
    }
    group.finish();
}

/// Rows of a run as CSV, hashed as they are written.
fn output(criterion: &mut Criterion) {
    let record = worlds::lived(&worlds::blueprint(VALLEY, worlds::AS_IT_IS), 1, EVERYTHING);
    let mut group = criterion.benchmark_group("output");
    group.throughput(Throughput::Elements(record.weeks.len() as u64));
    let series = tables::series();
    group.bench_function("rows of series.csv", |bench| {
        bench.iter(|| {
            let mut writer = TableWriter::new(&series, io::sink(), "series.csv").unwrap();
            writer.append_all(&record.weeks).unwrap();
            writer.finish().unwrap()
        });
    });
    group.throughput(Throughput::Elements(record.events.len() as u64));
    group.bench_function("rows of events.csv", |bench| {
        bench.iter(|| {
            let mut writer = TableWriter::new(&tables::EVENTS, io::sink(), "events.csv").unwrap();
            writer.append_all(&record.events).unwrap();
            writer.finish().unwrap()
        });
    });
    group.finish();
}

/// A million people in 700 quarters, one in a hundred attended: a week of the lines and of the twin.
fn engine(criterion: &mut Criterion) {
    let roll = Roll::new(&[1_424; 700]);
    let hazards = vec![2e-5; roll.cells()];
    let (bonds, carried) = (Alike(u32::MAX), Alike::carrying(700, 1e-5));
    let mut group = criterion.benchmark_group("engine, a million people");
    for (name, book) in [("lines", Book::Lines), ("plain twin", Book::Twin)] {
        let mut start = Crowd::new(&roll, Streams::new(1, 0), 1.0, book);
        roll.everybody().step_by(100).for_each(|person| start.attend(person, &bonds));
        group.bench_function(name, |bench| {
            bench.iter_custom(|weeks| {
                let mut crowd = start.clone();
                let began = Instant::now();
                (0..weeks).for_each(|_| {
                    drop(black_box(crowd.advance(0, &hazards, &carried, &bonds)));
                });
                began.elapsed()
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(3));
    targets = set_up, output, engine
}
criterion_main!(benches);
