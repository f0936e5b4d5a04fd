//! Money comes in and is spent, line by line, in whole francs.
//!
//! Revenue = usual revenue · (s + (1 − s) · tax base / tax base at the start): a share s is raised at
//! mines, ports and telephone companies whatever happens inland; the rest follows what people earn
//! where the state is there to tax it, over a year.
//! Aid = pledged · (1 − conditionality · (1 − γ · a rival donor is present) · [a condition broken]).
//! Donors' relief for people in need has no conditions and is all spent on relief.
//!
//! Planned: each service its share of the budget, but no more than the whole need costs; dialogue
//! and relief their shares; partners' fees; administration; the war. A soldier costs
//!   (pay + upkeep + operations · pressure / reference pressure) · defence at the start / soldiers then,
//! so operations are paid for as they are ordered, and the share for defence decides how many soldiers
//! can be kept: the army grows or shrinks toward share · budget / cost of a soldier.
//! `reinvest_savings` moves what a pressure below the reference saves in operations into services.
//! Who takes up an offer to come home is promised offer · price of a full one, due the week after.
//!
//! Grants for one purpose (`policy.extra`) add to what is spent, as far as there is something to buy:
//!   operations: pressure E / (soldiers · operations of one at full pressure), up to the whole effort;
//!   services: each in proportion to what it lacks, up to the whole need;
//!   pacts: up to what those under pacts and blockades can use, while the state supports pacts;
//!   reintegration: an offer better by E / (takers · price of a full one), up to a full one.
//!
//! The state borrows to keep its reserve, up to what lenders lend. What is still missing is cut in
//! turn: services first, then dialogue and relief, operations, upkeep, partners, administration, and
//! soldiers' pay last. Every week
//!   opening + revenue + aid + relief aid + grants + loans = spending by line + closing.

use super::state::{Account, AidConditions, LINES, Line, Treasury, per_week};
use crate::dialogue::effects as dialogue;
use crate::pact_effects::effects as pact_effects;
use crate::pacts::effects as pacts;
use crate::pacts::state::Stance;
use crate::partners::effects as partners;
use crate::talks::effects as talks;
use crate::words::ids::Side;
use crate::world::World;
use toguna_units::{Money, narrow};

/// Weeks over which the tax base is remembered: taxes follow the year, not the season.
const TAX_MEMORY: f64 = 52.0;

/// Weeks over which those who take up an offer are counted.
const TAKERS_MEMORY: f64 = 13.0;

/// Weeks over which missed pay is remembered.
const PAY_MEMORY: f64 = 8.0;

/// The army can be this many times larger or smaller than at the start, no more.
const LARGEST_CHANGE_OF_ARMY: f64 = 5.0;

/// What people earn where the state is, in median incomes a week.
fn taxable(world: &World) -> f64 {
    let mut base = 0.0;
    for place in &world.communities {
        base += place.residents * place.income * place.control[Side::STATE.index()];
    }
    base
}

/// Before the first week the tax base is that of the start.
pub fn begin(world: &mut World) {
    let base = taxable(world);
    world.treasury.tax_base = base;
    world.treasury.tax_base_at_start = base;
}

/// Phase: money comes in and is spent, and the army follows what can be paid.
pub fn spend(world: &mut World) {
    let growth = world.treasury.at_start.growth_per_year;
    if growth != 0.0 {
        let years = f64::from(world.calendar.week) * 7.0 / 365.25;
        world.treasury.finances = world.treasury.at_start.grown(libm::pow(1.0 + growth, years));
    }
    let base = taxable(world);
    world.treasury.tax_base += (base - world.treasury.tax_base) / TAX_MEMORY;
    promise(&mut world.treasury, world.policy.reintegration_offer.get());
    let planned = planned(world);
    let granted = granted(world, &planned);
    let lent = if world.mechanisms.shortfalls {
        per_week(world.treasury.finances.borrowing_per_year)
    } else {
        Money(i64::MAX / 4)
    };
    let account = account(&world.treasury, &planned, &granted, revenue(world), aid(world), lent);
    let cost_of_talks = dialogue::cost(world);
    let full_pressure = operations_at(world, 1.0);
    let bought = granted[Line::Operations as usize];
    let pressure_bought = if bought > Money::ZERO { part_of(bought, full_pressure) } else { 0.0 };
    let offer_bought = offer_bought(world);
    assert!(account.is_balanced(), "money is neither made nor lost");

    let treasury = &mut world.treasury;
    treasury.balance = account.closing;
    treasury.debt += account.loans;
    treasury.week = account;
    let needs = treasury.finances.cost_of_need.each();
    for ((funded, line), need) in treasury.funded.iter_mut().zip(Line::SERVICES).zip(needs) {
        *funded = part_of(account.on(line), per_week(need)).min(1.0);
    }
    // Of what was planned; grants come on top.
    let paid =
        |line: Line| part_of(account.on(line) - granted[line as usize], planned[line as usize]);
    treasury.operations_funded = paid(Line::Operations);
    treasury.pressure_bought = pressure_bought;
    treasury.offer_bought = offer_bought;
    treasury.promised -= account.on(Line::Reintegration);
    treasury.dialogue_funded = part_of(treasury.week.on(Line::Dialogue), cost_of_talks).min(1.0);
    world.government.unpaid += (1.0 - paid(Line::Pay) - world.government.unpaid) / PAY_MEMORY;
    let fees_paid = paid(Line::Partners);
    for (partner, fee) in partners::fees(world) {
        world.pay_partner(&partner, fee.part(fees_paid));
    }
    if world.mechanisms.army_follows_budget {
        resize_army(world);
    }
}

/// `money` as a share of `whole`; everything of nothing is everything.
fn part_of(money: Money, whole: Money) -> f64 {
    if whole.0 == 0 { 1.0 } else { money.0 as f64 / whole.0 as f64 }
}

/// Revenue of this week by the formula above.
fn revenue(world: &World) -> Money {
    let treasury = &world.treasury;
    let usual = per_week(treasury.finances.revenue_per_year);
    if !world.mechanisms.tax_base || treasury.tax_base_at_start <= 0.0 {
        return usual;
    }
    let source = world.rules.budget.revenue_at_source.get();
    usual.part(source + (1.0 - source) * treasury.tax_base / treasury.tax_base_at_start)
}

/// Budget aid of this week by the formula above.
fn aid(world: &World) -> Money {
    let pledged = per_week(world.treasury.finances.aid_pledged_per_year);
    let conditions = aid_conditions(world);
    if !world.mechanisms.aid_conditions || !conditions.is_any_broken() {
        return pledged;
    }
    let rival = if conditions.rival_donor { world.rules.budget.relief_by_rival.get() } else { 0.0 };
    pledged.part(1.0 - world.policy.aid_conditionality.get() * (1.0 - rival))
}

/// What donors object to: what the scenario says, and what the state has come to do.
fn aid_conditions(world: &World) -> AidConditions {
    let said = world.treasury.finances.aid_conditions;
    AidConditions {
        partner_objection: said.partner_objection || partners::donors_object(world),
        elections_overdue: said.elections_overdue || world.government.elections_overdue,
        talks_with_listed_groups: said.talks_with_listed_groups || talks::with_listed_groups(world),
        ..said
    }
}

/// Cost of one soldier for a week at a military pressure, francs: pay, upkeep, operations.
fn cost_of_soldier(world: &World, pressure: f64) -> [f64; 3] {
    let treasury = &world.treasury;
    if treasury.soldiers_at_start <= 0.0 {
        return [0.0; 3];
    }
    let rules = &world.rules.budget;
    let week = per_week(treasury.finances.defence_per_year).0 as f64 / treasury.soldiers_at_start;
    let (pay, operations) = (rules.pay_share.get(), rules.operations_share.get());
    let upkeep = (1.0 - pay - operations).max(0.0);
    [week * pay, week * upkeep, week * operations * pressure / rules.reference_pressure]
}

/// What the state means to spend this week, by line.
fn planned(world: &World) -> [Money; LINES] {
    let (policy, finances) = (&world.policy, &world.treasury.finances);
    let budget = per_week(finances.spending_per_year);
    let soldiers = world.government.army.total();
    let pressure = policy.military_pressure.get();
    let of_army = |cost: f64| Money::of(soldiers * cost);
    let [pay, upkeep, operations] = cost_of_soldier(world, pressure).map(of_army);
    let at_reference = operations_at(world, world.rules.budget.reference_pressure);
    let saved = Money((at_reference - operations).0.max(0)).part(policy.reinvest_savings.get());

    let mut planned = [Money::ZERO; LINES];
    let shares = policy.services_share.each();
    let all_shares: f64 = shares.iter().sum();
    let needs = finances.cost_of_need.each().map(per_week);
    for (service, line) in Line::SERVICES.into_iter().enumerate() {
        let share = shares[service];
        let more = if all_shares > 0.0 { share / all_shares } else { 0.25 };
        planned[line as usize] = (budget.part(share) + saved.part(more)).min(needs[service]);
    }
    planned[Line::Dialogue as usize] = budget.part(policy.dialogue_share.get());
    if pact_effects::stance(world) == Stance::Support {
        let set_aside = budget.part(policy.pact_support_budget.get());
        planned[Line::Pacts as usize] = set_aside.min(pacts::help_asked(world));
    }
    planned[Line::Relief as usize] = budget.part(policy.humanitarian_share.get());
    planned[Line::Reintegration as usize] = world.treasury.promised.part(promised_by_state(world));
    planned[Line::Operations as usize] = operations;
    planned[Line::Upkeep as usize] = upkeep;
    planned[Line::Pay as usize] = pay;
    planned[Line::Partners as usize] = partners::fees(world).into_iter().map(|(_, fee)| fee).sum();
    planned[Line::Administration as usize] = per_week(finances.administration_per_year);
    planned
}

/// What the army's operations cost in a week at a military pressure.
fn operations_at(world: &World, pressure: f64) -> Money {
    Money::of(world.government.army.total() * cost_of_soldier(world, pressure)[2])
}

/// Those who took up an offer since the latest account are promised what was offered.
fn promise(treasury: &mut Treasury, offer: f64) {
    let took = std::mem::take(&mut treasury.took_offer);
    treasury.takers += (took - treasury.takers) / TAKERS_MEMORY;
    let price = treasury.finances.reintegration_per_person.0 as f64;
    treasury.promised += Money::of(took * price * (offer + treasury.offer_bought).min(1.0));
}

/// Part of the offer in force that is the state's own; all of it where grants add nothing.
fn promised_by_state(world: &World) -> f64 {
    let (own, bought) = (world.policy.reintegration_offer.get(), world.treasury.offer_bought);
    if bought > 0.0 { own / (own + bought) } else { 1.0 }
}

/// What the grant for reintegration adds to the offer, by the formula above.
fn offer_bought(world: &World) -> f64 {
    let grant = per_week(world.policy.extra.reintegration).0 as f64;
    if grant <= 0.0 {
        return 0.0;
    }
    let room = 1.0 - world.policy.reintegration_offer.get();
    let price = world.treasury.finances.reintegration_per_person.0 as f64;
    (grant / (world.treasury.takers * price)).min(room)
}

/// What grants for one purpose are spent on this week, beside what is planned.
fn granted(world: &World, planned: &[Money; LINES]) -> [Money; LINES] {
    let extra = &world.policy.extra;
    let mut granted = [Money::ZERO; LINES];
    let lacking = Line::SERVICES.map(|line| planned[line as usize]);
    let needs = world.treasury.finances.cost_of_need.each().map(per_week);
    let gaps: Vec<Money> = needs.iter().zip(lacking).map(|(need, has)| *need - has).collect();
    let part = part_of(per_week(extra.services), gaps.iter().copied().sum()).min(1.0);
    for (line, gap) in Line::SERVICES.into_iter().zip(gaps) {
        granted[line as usize] = gap.part(part);
    }
    let room = operations_at(world, 1.0 - world.policy.military_pressure.get());
    granted[Line::Operations as usize] = per_week(extra.operations).min(room);
    if pact_effects::stance(world) == Stance::Support {
        let room = pacts::help_asked(world) - planned[Line::Pacts as usize];
        granted[Line::Pacts as usize] = per_week(extra.pacts).min(room);
    }
    let promised = world.treasury.promised - planned[Line::Reintegration as usize];
    granted[Line::Reintegration as usize] = per_week(extra.reintegration).min(promised);
    granted
}

/// The week's account: borrow what the plan and the reserve lack, then cut what is still missing.
fn account(
    treasury: &Treasury,
    planned: &[Money; LINES],
    granted: &[Money; LINES],
    revenue: Money,
    aid: Money,
    lent: Money,
) -> Account {
    let opening = treasury.balance;
    let relief_aid = per_week(treasury.finances.relief_pledged_per_year);
    let wanted: Money = planned.iter().copied().sum();
    let at_hand = opening + revenue + aid;
    let missing = wanted + treasury.finances.opening_treasury - at_hand;
    let loans = missing.max(Money::ZERO).min(lent);
    let available = at_hand + loans;
    let mut spent = *planned;
    let mut short = (wanted - available).max(Money::ZERO);
    for turn in Line::CUT_IN_TURN {
        let whole: Money = turn.iter().map(|line| spent[*line as usize]).sum();
        let left = (whole - short).max(Money::ZERO);
        if left < whole {
            for line in turn {
                let line = &mut spent[*line as usize];
                // In proportion, whole francs; the odd ones stay in the treasury.
                *line =
                    Money(narrow(i128::from(line.0) * i128::from(left.0) / i128::from(whole.0)));
            }
        }
        short = (short - whole).max(Money::ZERO);
    }
    spent[Line::Relief as usize] += relief_aid;
    spent.iter_mut().zip(granted).for_each(|(line, grant)| *line += *grant);
    let extra = granted.iter().copied().sum();
    let closing = available + relief_aid + extra - spent.iter().copied().sum();
    Account { opening, revenue, aid, relief_aid, extra, loans, spent, closing }
}

/// The army moves toward the size that its share of the budget can keep; whole soldiers leave.
fn resize_army(world: &mut World) {
    let cost: f64 = cost_of_soldier(world, world.policy.military_pressure.get()).iter().sum();
    if cost <= 0.0 {
        return;
    }
    let budget = per_week(world.treasury.finances.spending_per_year);
    let start = world.treasury.soldiers_at_start;
    let kept = (budget.part(world.policy.defence_share.get()).0 as f64 / cost)
        .clamp(start / LARGEST_CHANGE_OF_ARMY, start * LARGEST_CHANGE_OF_ARMY);
    let time = world.rules.budget.army_time.get().max(1.0);
    let army = &mut world.government.army;
    let allowed: f64 = army.allowed.iter().sum();
    if allowed <= 0.0 {
        return;
    }
    let growth = 1.0 + (kept / allowed - 1.0) / time;
    let decreed = world.policy.army_size.by_zone();
    let zones = army.soldiers.iter_mut().zip(&mut army.allowed).zip(decreed);
    let enlisted = &mut world.log.soldiers_enlisted;
    // Where policy names a size, the budget does not decide it.
    for (((soldiers, allowed), decreed), enlisted) in zones.zip(enlisted) {
        if decreed.is_none() {
            *allowed *= growth;
            let dismissed = (*soldiers - allowed.ceil()).max(0.0).floor();
            *soldiers -= dismissed;
            *enlisted -= dismissed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::state::Finances;
    use proptest::prelude::*;

    const NONE: [Money; LINES] = [Money::ZERO; LINES];

    fn bare(balance: i64) -> Treasury {
        let finances = Finances {
            opening_treasury: Money(balance),
            relief_pledged_per_year: Money::ZERO,
            ..Finances::default()
        };
        Treasury::new(finances, 1_000.0)
    }

    fn plan(of: impl Fn(Line) -> i64) -> [Money; LINES] {
        let mut planned = [Money::ZERO; LINES];
        for line in Line::CUT_IN_TURN.iter().flat_map(|turn| turn.iter()) {
            planned[*line as usize] = Money(of(*line));
        }
        planned
    }

    #[test]
    fn a_shortfall_cuts_services_before_anything_else_and_pay_last() {
        let planned = plan(|_| 100);
        let lacking_two = Money(100 * (narrow::<_, i64>(LINES) - 2));
        let small = account(&bare(0), &planned, &NONE, lacking_two, Money::ZERO, Money::ZERO);
        assert_eq!(small.on_all(&Line::SERVICES), Money(200));
        assert_eq!(small.on(Line::Dialogue), Money(100));
        let large = account(&bare(0), &planned, &NONE, Money(50), Money::ZERO, Money::ZERO);
        assert_eq!(large.on(Line::Administration), Money::ZERO);
        assert_eq!(large.on(Line::Pay), Money(50));
        assert!(small.is_balanced() && large.is_balanced());
    }

    #[test]
    fn the_state_borrows_before_it_cuts_and_no_more_than_it_lacks() {
        let planned = plan(|_| 100);
        let wanted = 100 * narrow::<_, i64>(LINES);
        let lacking =
            account(&bare(0), &planned, &NONE, Money(wanted - 100), Money(40), Money(500));
        assert_eq!(lacking.loans, Money(60));
        assert_eq!(lacking.spent, planned);
        let rich = account(&bare(0), &planned, &NONE, Money(wanted + 900), Money::ZERO, Money(500));
        assert_eq!(rich.loans, Money::ZERO);
        assert_eq!(rich.closing, Money(900));
    }

    #[test]
    fn donors_relief_reaches_relief_however_short_the_state_is() {
        let mut treasury = bare(0);
        treasury.finances.relief_pledged_per_year = Money(36_525);
        let poor = account(&treasury, &plan(|_| 100), &NONE, Money::ZERO, Money::ZERO, Money::ZERO);
        assert_eq!(poor.on(Line::Relief), Money(700));
        assert!(poor.is_balanced());
    }

    proptest! {
        #[test]
        fn no_franc_is_made_or_lost_and_no_line_gets_more_than_planned(
            amounts in prop::array::uniform13(0i64..5_000_000_000),
            grants in prop::array::uniform13(0i64..5_000_000_000),
            balance in 0i64..200_000_000_000,
            revenue in 0i64..60_000_000_000,
            aid in 0i64..5_000_000_000,
            lent in 0i64..20_000_000_000,
        ) {
            let (planned, granted) = (amounts.map(Money), grants.map(Money));
            let made = account(&bare(balance), &planned, &granted, Money(revenue), Money(aid), Money(lent));
            prop_assert!(made.is_balanced());
            prop_assert!(made.closing >= Money::ZERO);
            prop_assert!(made.loans <= Money(lent));
            for ((spent, planned), granted) in made.spent.iter().zip(planned).zip(granted) {
                prop_assert!(*spent >= granted && *spent <= planned + granted);
            }
        }
    }
}
