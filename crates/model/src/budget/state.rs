//! The state's money: what comes in, what is spent on which line, what is left. Whole francs.

use crate::words::services::SERVICES;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Money, narrow};

/// What the state spends on, in the order in which a shortfall cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Line {
    /// Health care.
    Health,
    /// Schools.
    Schooling,
    /// Courts.
    Justice,
    /// Wells and water supply.
    Water,
    /// Talks with armed groups.
    Dialogue,
    /// Help for supported pacts.
    Pacts,
    /// Relief for people in need.
    Relief,
    /// Fighters who took up an offer to come home.
    Reintegration,
    /// The army's operations.
    Operations,
    /// The army beside pay and operations.
    Upkeep,
    /// Fees of foreign partners.
    Partners,
    /// Officials.
    Administration,
    /// Soldiers' pay.
    Pay,
}

/// How many lines there are.
pub const LINES: usize = 13;

impl Line {
    /// The four services, in the order of [`SERVICES`].
    pub const SERVICES: [Line; SERVICES.len()] =
        [Line::Health, Line::Schooling, Line::Justice, Line::Water];

    /// Lines that are cut together, first to last.
    pub const CUT_IN_TURN: [&'static [Line]; 7] = [
        &Line::SERVICES,
        &[Line::Dialogue, Line::Pacts, Line::Relief, Line::Reintegration],
        &[Line::Operations],
        &[Line::Upkeep],
        &[Line::Partners],
        &[Line::Administration],
        &[Line::Pay],
    ];
}

/// Yearly cost of meeting the whole need for each service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CostOfNeed {
    /// Health. Unit: francs per year. Source: derived: what the state spent on it in 2024 met about
    /// 0.6 of the need (assumed).
    #[schemars(range(min = 1, max = 1_000_000_000_000_000_i64))]
    pub health: Money,
    /// Schooling. Unit: francs per year. Source: derived: what was spent in 2024 met about 0.65 of
    /// the need (assumed).
    #[schemars(range(min = 1, max = 1_000_000_000_000_000_i64))]
    pub schooling: Money,
    /// Justice. Unit: francs per year. Source: assumed.
    #[schemars(range(min = 1, max = 1_000_000_000_000_000_i64))]
    pub justice: Money,
    /// Water. Unit: francs per year. Source: assumed.
    #[schemars(range(min = 1, max = 1_000_000_000_000_000_i64))]
    pub water: Money,
}

impl Default for CostOfNeed {
    fn default() -> Self {
        CostOfNeed {
            health: Money(236_000_000_000),
            schooling: Money(720_000_000_000),
            justice: Money(87_000_000_000),
            water: Money(96_000_000_000),
        }
    }
}

impl CostOfNeed {
    /// In the order of [`SERVICES`].
    #[must_use]
    pub fn each(&self) -> [Money; 4] {
        [self.health, self.schooling, self.justice, self.water]
    }
}

/// What donors of the state's budget object to; each `true` is a condition broken. `rival_donor` is
/// no condition: another donor stands ready and takes some of the sting out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AidConditions {
    /// The state works with a partner donors object to. Unit: switch. Source: the scenario.
    pub partner_objection: bool,
    /// Elections that were promised are overdue. Unit: switch. Source: the scenario.
    pub elections_overdue: bool,
    /// The state talks with groups that donors have listed. Unit: switch. Source: the scenario.
    pub talks_with_listed_groups: bool,
    /// A rival donor is present. Unit: switch. Source: the scenario.
    pub rival_donor: bool,
}

impl AidConditions {
    /// Whether any condition is broken.
    #[must_use]
    pub fn is_any_broken(self) -> bool {
        self.partner_objection || self.elections_overdue || self.talks_with_listed_groups
    }
}

/// A country's money at the start. Totals are for `residents` people; a world with more or fewer
/// scales them. The values are those of Mali in 2024.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Finances {
    /// People whom the totals below are for. Unit: persons. Source: OCHA, residents in 2020.
    #[schemars(range(min = 1))]
    pub residents: u32,
    /// The budget that the levers' shares are shares of. Unit: francs per year. Source: revised
    /// budget of 2024 (Maliweb).
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub spending_per_year: Money,
    /// Taxes, customs, royalties. Unit: francs per year. Source: recalled, budget law of 2024.
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub revenue_per_year: Money,
    /// Growth a year of revenue, aid, lending and of all that is planned, beside what it costs to keep a
    /// soldier and to help a person. Unit: share per year. Source: assumed; none where the run begins
    /// after the last budget known.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub growth_per_year: f64,
    /// Most that lenders lend. Unit: francs per year. Source: assumed; less than the deficit planned.
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub borrowing_per_year: Money,
    /// Grants to the budget that donors pledge while their conditions are kept. Unit: francs per
    /// year. Source: assumed.
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub aid_pledged_per_year: Money,
    /// What donors give for people in need, with no conditions. Unit: francs per year. Source: 38 %
    /// of 563 million dollars in 2021 (OCHA via the press), at 600 francs.
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub relief_pledged_per_year: Money,
    /// In the treasury at the start, and kept there as a reserve as long as lenders lend.
    /// Unit: francs. Source: assumed, about two weeks' spending.
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub opening_treasury: Money,
    /// What the army of the start costs a year at the reference of military pressure. Unit: francs
    /// per year. Source: defence ministry, revised budget of 2024 (Maliweb).
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub defence_per_year: Money,
    /// Everything no lever moves: administration, police, debt service, investment. Unit: francs per
    /// year. Source: derived, the rest of the revised budget of 2024.
    #[schemars(range(min = 0, max = 1_000_000_000_000_000_i64))]
    pub administration_per_year: Money,
    /// What it would cost to meet the whole need for services.
    pub cost_of_need: CostOfNeed,
    /// Relief for one person in need for a year. Unit: francs per person and year. Source: derived:
    /// 563 million dollars asked in 2021 for about 4.7 million people (the number is recalled).
    #[schemars(range(min = 1, max = 1_000_000_000))]
    pub relief_per_person_per_year: Money,
    /// A full offer to one fighter who comes home: work, schooling, a stipend. Unit: francs per person.
    /// Source: recalled: programmes of 2007 spent some 1,500 dollars a person (Caramés and Sanz 2008), at
    /// 600 francs.
    #[schemars(range(min = 1, max = 1_000_000_000))]
    pub reintegration_per_person: Money,
    /// What 1 of income is. Unit: francs per week. Source: assumed, near the minimum wage of 40,000 a
    /// month.
    #[schemars(range(min = 1, max = 1_000_000_000))]
    pub median_income_per_week: Money,
    /// What donors object to at the start.
    pub aid_conditions: AidConditions,
}

impl Default for Finances {
    fn default() -> Self {
        Finances {
            residents: 20_537_000,
            spending_per_year: Money(3_063_700_000_000),
            revenue_per_year: Money(2_390_000_000_000),
            growth_per_year: 0.0,
            borrowing_per_year: Money(480_000_000_000),
            aid_pledged_per_year: Money(200_000_000_000),
            relief_pledged_per_year: Money(128_000_000_000),
            opening_treasury: Money(100_000_000_000),
            defence_per_year: Money(565_700_000_000),
            administration_per_year: Money(1_721_800_000_000),
            cost_of_need: CostOfNeed::default(),
            relief_per_person_per_year: Money(72_000),
            reintegration_per_person: Money(900_000),
            median_income_per_week: Money(10_000),
            aid_conditions: AidConditions::default(),
        }
    }
}

impl Finances {
    /// The same after growth by a factor. What a soldier, a person in need or a week's living costs,
    /// and the reserve, stay as they are.
    #[must_use]
    pub fn grown(&self, factor: f64) -> Finances {
        let more = |total: Money| Money::of(total.0 as f64 * factor);
        Finances {
            spending_per_year: more(self.spending_per_year),
            revenue_per_year: more(self.revenue_per_year),
            borrowing_per_year: more(self.borrowing_per_year),
            aid_pledged_per_year: more(self.aid_pledged_per_year),
            administration_per_year: more(self.administration_per_year),
            cost_of_need: CostOfNeed {
                health: more(self.cost_of_need.health),
                schooling: more(self.cost_of_need.schooling),
                justice: more(self.cost_of_need.justice),
                water: more(self.cost_of_need.water),
            },
            ..self.clone()
        }
    }

    /// The same for a world of that many people: totals in proportion, prices as they are.
    #[must_use]
    pub fn for_residents(&self, residents: u64) -> Finances {
        let scaled = |total: Money| {
            let exact = i128::from(total.0) * i128::from(residents) / i128::from(self.residents);
            Money(i64::try_from(exact).map_or(Money::MOST.0, |francs| francs.min(Money::MOST.0)))
        };
        Finances {
            residents: u32::try_from(residents).unwrap_or(u32::MAX),
            spending_per_year: scaled(self.spending_per_year),
            revenue_per_year: scaled(self.revenue_per_year),
            borrowing_per_year: scaled(self.borrowing_per_year),
            aid_pledged_per_year: scaled(self.aid_pledged_per_year),
            relief_pledged_per_year: scaled(self.relief_pledged_per_year),
            opening_treasury: scaled(self.opening_treasury),
            defence_per_year: scaled(self.defence_per_year),
            administration_per_year: scaled(self.administration_per_year),
            cost_of_need: CostOfNeed {
                health: scaled(self.cost_of_need.health),
                schooling: scaled(self.cost_of_need.schooling),
                justice: scaled(self.cost_of_need.justice),
                water: scaled(self.cost_of_need.water),
            },
            ..self.clone()
        }
    }
}

/// One week's account: opening + what came in = what was spent + closing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// In the treasury when the week began.
    pub opening: Money,
    /// Taxes.
    pub revenue: Money,
    /// Grants to the budget.
    pub aid: Money,
    /// Donors' money for people in need; all of it is spent on relief.
    pub relief_aid: Money,
    /// Grants for one purpose, as far as they are spent: [`crate::world::policy::ExtraMoney`].
    pub extra: Money,
    /// Borrowed.
    pub loans: Money,
    /// By [`Line`].
    pub spent: [Money; LINES],
    /// In the treasury when the week ended.
    pub closing: Money,
}

impl Account {
    /// What was spent on a line.
    #[must_use]
    pub fn on(&self, line: Line) -> Money {
        self.spent[line as usize]
    }

    /// What was spent on several lines.
    #[must_use]
    pub fn on_all(&self, lines: &[Line]) -> Money {
        lines.iter().map(|line| self.on(*line)).sum()
    }

    /// Whether it balances to the franc.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        let came_in = self.revenue + self.aid + self.relief_aid + self.extra + self.loans;
        self.opening + came_in == self.spent.iter().copied().sum::<Money>() + self.closing
    }
}

/// The state's money as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Treasury {
    /// The scenario's figures for this world's people.
    pub finances: Finances,
    /// Soldiers whom `finances.defence_per_year` is for.
    pub soldiers_at_start: f64,
    /// What [`Treasury::finances`] grow from.
    pub at_start: Finances,
    /// In the treasury now.
    pub balance: Money,
    /// Borrowed since the start.
    pub debt: Money,
    /// The account of the latest week.
    pub week: Account,
    /// Share of the need for each service that is paid for, in the order of [`SERVICES`].
    pub funded: [f64; 4],
    /// Share of the operations ordered that could be paid for.
    pub operations_funded: f64,
    /// Share of what is planned for dialogue that could be paid.
    pub dialogue_funded: f64,
    /// Military pressure that grants buy beside what is ordered.
    pub pressure_bought: f64,
    /// What grants add to the offer to fighters who leave, as a share of a full one.
    pub offer_bought: f64,
    /// Persons who took up an offer since the latest account.
    pub took_offer: f64,
    /// Persons a week who take one up, an exponential memory.
    pub takers: f64,
    /// What those who took one up were promised and have not had yet.
    pub promised: Money,
    /// What taxes are levied on, an exponential memory of a year; see [`crate::budget`].
    pub tax_base: f64,
    /// The same at the start.
    pub tax_base_at_start: f64,
}

impl Treasury {
    /// As the country stands at the start.
    #[must_use]
    pub fn new(finances: Finances, soldiers_at_start: f64) -> Self {
        Treasury {
            soldiers_at_start,
            at_start: finances.clone(),
            balance: finances.opening_treasury,
            debt: Money::ZERO,
            week: Account::default(),
            funded: [0.0; 4],
            operations_funded: 1.0,
            dialogue_funded: 1.0,
            pressure_bought: 0.0,
            offer_bought: 0.0,
            took_offer: 0.0,
            takers: 0.0,
            promised: Money::ZERO,
            tax_base: 0.0,
            tax_base_at_start: 0.0,
            finances,
        }
    }
}

/// A week's part of a year of 365.25 days, in whole francs.
#[must_use]
pub fn per_week(per_year: Money) -> Money {
    Money(narrow(i128::from(per_year.0) * 700 / 36_525))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_for_the_people_they_were_made_for_stay_as_they_are() {
        let finances = Finances::default();
        assert_eq!(finances.for_residents(u64::from(finances.residents)), finances);
        let half = finances.for_residents(u64::from(finances.residents) / 2);
        assert_eq!(half.defence_per_year, Money(565_700_000_000 / 2));
        assert_eq!(half.relief_per_person_per_year, finances.relief_per_person_per_year);
    }

    #[test]
    fn totals_stop_where_francs_can_no_longer_be_counted() {
        let finances = Finances { residents: 1, ..Finances::default() };
        let many = finances.for_residents(u64::from(u32::MAX));
        assert_eq!((many.spending_per_year, many.opening_treasury), (Money::MOST, Money::MOST));
        assert_eq!(many.grown(1e300).revenue_per_year, Money::MOST);
    }

    #[test]
    fn every_line_is_cut_in_exactly_one_turn() {
        let mut cut: Vec<usize> = Line::CUT_IN_TURN
            .iter()
            .flat_map(|turn| turn.iter().map(|line| *line as usize))
            .collect();
        cut.sort_unstable();
        assert_eq!(cut, (0..LINES).collect::<Vec<_>>());
    }

    #[test]
    fn a_year_of_weeks_is_a_year_of_money_to_within_a_franc_a_week() {
        let year = Money(3_063_700_000_000);
        let week = per_week(year);
        assert!(((week.0 as f64) * 365.25 / 7.0 - year.0 as f64).abs() < 60.0);
    }

    #[test]
    fn a_rival_donor_alone_breaks_no_condition() {
        let calm = AidConditions { rival_donor: true, ..AidConditions::default() };
        assert!(!calm.is_any_broken());
        assert!(AidConditions { elections_overdue: true, ..calm }.is_any_broken());
    }
}
