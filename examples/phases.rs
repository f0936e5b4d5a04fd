use std::time::Instant;
use toguna::model::people::Role;
use toguna::model::week::WEEK;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let files = toguna::scenario::source::Disk;
    let reading =
        toguna::scenario::reading::read(&files, std::path::Path::new(&path), &[]).ok().unwrap();
    let blueprint = toguna::scenario::blueprint::Blueprint::new(reading);
    let start = Instant::now();
    let mut world = blueprint.world(1, 0);
    println!("setup {:?}", start.elapsed());
    let mut spent = vec![0.0; WEEK.len()];
    let mut fled = 0;
    for week in 0..blueprint.weeks() {
        for (phase, spent) in WEEK.iter().zip(&mut spent) {
            let start = Instant::now();
            (phase.run)(&mut world);
            *spent += start.elapsed().as_secs_f64();
        }
        fled += world.log.fled.len();

        if week % 104 == 103 {
            println!(
                "week {week}: attended {} fled so far {fled} away {} refugees {}",
                world.people.crowd.attended(),
                world.displaced.away.values().len(),
                world.people.count(Role::Refugee)
            );
        }
        world.calendar.week += 1;
    }
    for (phase, spent) in WEEK.iter().zip(&spent) {
        println!("{:14} {:.2} s", phase.name, spent);
    }
}
