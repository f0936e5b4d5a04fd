//! What a week costs is counted in instructions by `benches/instructions.sh`, which lives this test under a
//! counter: `MILLIONS` of adults for so many `WEEKS`.

use crate::worlds::scaled::mali_of;

#[test]
fn a_country_lives_so_many_weeks() {
    let asked = |name: &str, or: f64| {
        std::env::var(name).map_or(or, |text| text.parse().expect("a number is asked for"))
    };
    let (millions, weeks) = (asked("MILLIONS", 0.1), asked("WEEKS", 26.0));
    let mut world = mali_of(millions).world(1, 0);
    let adults = world.people.layout.people() as f64 / 1e6;
    assert!((adults / millions - 1.0).abs() < 0.05, "{adults} million instead of {millions}");
    let mut happened = 0;
    for _ in 0..weeks as u32 {
        world.advance();
        happened += world.log.events.len() + world.log.recruits.len();
    }
    assert!(happened > 0, "nothing happens that could cost anything");
}
