//! Mali with more or fewer people and the same events: what a week costs must come from what happens
//! in it, not from how many people it happens among.

use super::prepared;
use toguna::scenario::prepared::PreparedScenario;
use toguna::units::whole_part;

/// Adults of Mali as it is shipped, millions.
pub const MALI: f64 = 10.88;

/// The smallest country asked about, millions: what happens must fit into it.
const SMALLEST: f64 = 0.1;

/// Mali with so many million adults: people × k, hazard of joining ÷ k, and whatever is felt per head ÷ k,
/// so that as many events touch as many people. Rules whose events grow with the number of people are
/// off. So that the smallest country has room for what happens, all have its number of displaced, commands
/// with a tenth of their fighters, and a tenth of the people hurt in an event.
pub fn mali_of(millions: f64) -> PreparedScenario {
    const OFF: [&str; 6] = [
        "economic",
        "unpaid",
        "levies",
        "service_capture",
        "flight_from_loss",
        "aid_draws_attacks",
    ];
    let mut settings: Vec<String> =
        OFF.iter().map(|switch| format!("mechanisms.{switch}=false")).collect();
    settings.push("rules.displacement.flight_from_hunger=0".to_owned());
    let mut checked = prepared("scenarios/mali/status-quo.toml", &settings).checked().clone();
    let k = millions / MALI;
    let times_k = |number: u32| whole_part((f64::from(number) * k).round());
    let as_in_the_smallest =
        |number: u32| whole_part((f64::from(number) * SMALLEST / MALI).round());
    for row in &mut checked.tables.communities.rows {
        row.residents = times_k(row.residents).max(1);
    }
    for row in &mut checked.tables.places.rows {
        row.displaced_hosted = as_in_the_smallest(row.displaced_hosted);
    }
    for row in &mut checked.tables.commands.rows {
        row.fighters = (row.fighters / 10).max(1);
    }
    for country in checked.scenario.abroad.values_mut() {
        country.refugees = as_in_the_smallest(country.refugees);
    }
    let rules = &mut checked.scenario.rules;
    rules.violence.hurt_per_event /= 10.0;
    rules.violence.hurt_per_operation /= 10.0;
    rules.recruitment.scale /= k;
    // As many are touched by events, and what they feel of their own is what it was.
    rules.recruitment.familial_weight *= k;
    rules.recruitment.personal_harm_weight *= k;
    rules.recruitment.personal_floor *= k;
    rules.services.residents_per_school *= k;
    rules.memory.threat_for_half_fear /= k;
    rules.memory.harm_for_half_grievance /= k;
    rules.memory.resentment *= k;
    rules.memory.distrust *= k;
    PreparedScenario::new(checked)
}
