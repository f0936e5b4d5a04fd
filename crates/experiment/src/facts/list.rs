//! The facts, in order of their number. Wanted values and tolerances are those of docs/facts.md; where a
//! tolerance is not from a source it is assumed.

use super::fact::{Fact, Source, Span, Use};
use super::gathered::Gathered;
use super::measures as m;
use super::pact_life::Exposure;
use super::pacts;
use super::sources::{
    ACCORD, ACLED, ACLED_BEYOND_2021, ARMY, DIALOGUES, DISPLACEMENT, DISPLACEMENT_AND_DEATHS,
    OFFICIALS, OPINION, PACTS, SCHOOLS, SURVEY,
};
use toguna_model::words::geography::Zone;
use toguna_model::words::motives::Motive;
use toguna_scenario::suggest::{nearest, quoted};

/// What a run of the whole history lacks where a number is missing.
const NO_SUCH_EVENT: &str = "no run shows an event of the kind";
const NO_PACT: &str = "no run has enough pacts of the kind";

/// A fact of the years 2012 to 2021.
const fn history(
    number: &'static str,
    name: &'static str,
    title: &'static str,
    unit: &'static str,
    source: &'static Source,
    measure: fn(&Gathered) -> Option<f64>,
) -> Fact {
    Fact {
        number,
        name,
        title,
        unit,
        wanted: None,
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        used_for: Use::Fit,
        span: Span::Years(2012, 2021),
        source,
        lacking: NO_SUCH_EVENT,
        needs_twin: false,
        measure,
    }
}

/// A fact that any run of so many years may show.
const fn any_time(
    years: i16,
    number: &'static str,
    name: &'static str,
    title: &'static str,
    unit: &'static str,
    source: &'static Source,
    measure: fn(&Gathered) -> Option<f64>,
) -> Fact {
    Fact {
        span: Span::Lasting(years),
        lacking: NO_PACT,
        ..history(number, name, title, unit, source, measure)
    }
}

impl Fact {
    /// Observed, with the tolerance around it.
    const fn wanted(self, wanted: f64, low: f64, high: f64) -> Self {
        Fact { wanted: Some(wanted), low, high, ..self }
    }

    const fn within(self, wanted: f64, to_each_side: f64) -> Self {
        self.wanted(wanted, wanted - to_each_side, wanted + to_each_side)
    }

    /// Within a part of what was observed.
    const fn within_part(self, wanted: f64, part: f64) -> Self {
        self.within(wanted, wanted * part)
    }

    const fn within_factor_two(self, wanted: f64) -> Self {
        self.wanted(wanted, wanted / 2.0, 2.0 * wanted)
    }

    /// A bound from below is all that is known.
    const fn at_least(self, low: f64) -> Self {
        Fact { low, ..self }
    }

    const fn at_most(self, high: f64) -> Self {
        Fact { high, ..self }
    }

    const fn check(self) -> Self {
        Fact { used_for: Use::Check, ..self }
    }

    const fn shown(self) -> Self {
        Fact { used_for: Use::Shown, ..self }
    }

    /// The years it asks for.
    const fn of(self, first: i16, last: i16) -> Self {
        Fact { span: Span::Years(first, last), ..self }
    }

    const fn lacking(self, lacking: &'static str) -> Self {
        Fact { lacking, ..self }
    }
}

/// Deaths that became known in one year.
const fn deaths(
    name: &'static str,
    title: &'static str,
    year: i16,
    wanted: f64,
    measure: fn(&Gathered) -> Option<f64>,
) -> Fact {
    history("F1", name, title, "deaths", &ACLED, measure).within_factor_two(wanted).of(year, year)
}

/// All facts.
pub const FACTS: &[Fact] = &[
    deaths("f1_deaths_2014", "Deaths 2014", 2014, 381.0, |g| Some(m::deaths(g, 2014..=2014))),
    deaths("f1_deaths_2015", "Deaths 2015", 2015, 434.0, |g| Some(m::deaths(g, 2015..=2015))),
    deaths("f1_deaths_2016", "Deaths 2016", 2016, 317.0, |g| Some(m::deaths(g, 2016..=2016))),
    deaths("f1_deaths_2017", "Deaths 2017", 2017, 945.0, |g| Some(m::deaths(g, 2017..=2017))),
    deaths("f1_deaths_2018", "Deaths 2018", 2018, 1_734.0, |g| Some(m::deaths(g, 2018..=2018))),
    deaths("f1_deaths_2019", "Deaths 2019", 2019, 1_873.0, |g| Some(m::deaths(g, 2019..=2019))),
    deaths("f1_deaths_2020", "Deaths 2020", 2020, 2_838.0, |g| Some(m::deaths(g, 2020..=2020))),
    deaths("f1_deaths_2021", "Deaths 2021", 2021, 1_907.0, |g| Some(m::deaths(g, 2021..=2021))),
    history("F2", "f2_events_2017", "Events 2017 / 2016", "ratio", &ACLED, |g| {
        m::growth_of_events(g, 2017)
    })
    .wanted(2.9, 2.0, 4.0)
    .of(2016, 2017),
    history("F3", "f3_deaths_per_event", "Deaths per event", "deaths per event", &ACLED, |g| {
        m::deaths_per_event(g, m::HISTORY)
    })
    .wanted(2.8, 1.8, 3.9),
    history("F3", "f3_lowest_year", "Deaths per event, least", "deaths per event", &ACLED, |g| {
        m::extreme_deaths_per_event(g, f64::min)
    })
    .wanted(1.86, 1.8, 3.9),
    history("F3", "f3_highest_year", "Deaths per event, most", "deaths per event", &ACLED, |g| {
        m::extreme_deaths_per_event(g, f64::max)
    })
    .wanted(3.83, 1.8, 3.9),
    history(
        "F4",
        "f4_without_deaths",
        "Events that kill nobody",
        "share",
        &ACLED,
        m::events_that_kill_nobody,
    )
    .within(0.54, 0.06),
    history("F4", "f4_tail", "Tail exponent, 5 deaths up", "exponent", &ACLED, m::tail_exponent)
        .wanted(2.2, 2.0, 2.5),
    history(
        "F4",
        "f4_top_months",
        "Deaths, top 1 % of months",
        "share",
        &ACLED,
        m::deaths_in_top_months,
    )
    .wanted(0.25, 0.15, 0.35),
    history(
        "F5",
        "f5_after_an_event",
        "Event again, after one",
        "chance per month",
        &ACLED_BEYOND_2021,
        |g| m::event_again(g, true),
    )
    .within(0.74, 0.1)
    .of(2017, 2021),
    history(
        "F5",
        "f5_after_none",
        "Event again, after none",
        "chance per month",
        &ACLED_BEYOND_2021,
        |g| m::event_again(g, false),
    )
    .within(0.23, 0.1)
    .of(2017, 2021),
    history(
        "F6",
        "f6_onset_0",
        "Onset, 0 active around",
        "chance per year",
        &ACLED_BEYOND_2021,
        |g| m::onset(g, 0),
    )
    .within_part(0.04, 0.5),
    history(
        "F6",
        "f6_onset_1",
        "Onset, 1 active around",
        "chance per year",
        &ACLED_BEYOND_2021,
        |g| m::onset(g, 1),
    )
    .within_part(0.16, 0.5),
    history(
        "F6",
        "f6_onset_2",
        "Onset, 2+ active around",
        "chance per year",
        &ACLED_BEYOND_2021,
        |g| m::onset(g, 2),
    )
    .within_part(0.32, 0.5),
    history("F7", "f7_latitude_2014", "Latitude of deaths 2014", "degrees north", &ACLED, |g| {
        m::latitude(g, 2014..=2014)
    })
    .within(17.5, 1.0)
    .of(2014, 2014),
    history(
        "F7",
        "f7_latitude_2019_2021",
        "Latitude of deaths 2019-21",
        "degrees north",
        &ACLED,
        |g| m::latitude(g, 2019..=2021),
    )
    .within(15.0, 1.0)
    .of(2019, 2021),
    history("F7", "f7_centre_2014", "Centre's deaths 2014", "share", &ACLED, |g| {
        m::share_of_centre(g, 2014..=2014)
    })
    .wanted(0.0, 0.0, 0.1)
    .of(2014, 2014),
    history("F7", "f7_centre_2019_2021", "Centre's deaths 2019-21", "share", &ACLED, |g| {
        m::share_of_centre(g, 2019..=2021)
    })
    .within(0.65, 0.1)
    .of(2019, 2021),
    history("F8", "f8_active_cercles_2014", "Cercles with 5 events 2014", "cercles", &ACLED, |g| {
        Some(m::active_cercles(g, 2014))
    })
    .within(6.0, 5.0)
    .of(2014, 2014),
    history("F8", "f8_active_cercles_2018", "Cercles with 5 events 2018", "cercles", &ACLED, |g| {
        Some(m::active_cercles(g, 2018))
    })
    .within(21.0, 5.0)
    .of(2018, 2018),
    history("F8", "f8_active_cercles_2021", "Cercles with 5 events 2021", "cercles", &ACLED, |g| {
        Some(m::active_cercles(g, 2021))
    })
    .within(31.0, 5.0)
    .of(2021, 2021),
    history("F9", "f9_gini_2014", "Gini of deaths 2014", "coefficient", &ACLED, |g| {
        m::gini_of_deaths(g, 2014)
    })
    .within(0.92, 0.1)
    .of(2014, 2014)
    .check(),
    history("F9", "f9_gini_2021", "Gini of deaths 2021", "coefficient", &ACLED, |g| {
        m::gini_of_deaths(g, 2021)
    })
    .within(0.74, 0.1)
    .of(2021, 2021)
    .check(),
    history("F10", "f10_militias_2018", "Killed by militias 2018", "share", &ACLED, |g| {
        m::killings(g, 2018, 12, m::by_militias_of_farmers)
    })
    .within(0.36, 0.1)
    .of(2018, 2018),
    history("F10", "f10_state_2018", "Killed by state 2018", "share", &ACLED, |g| {
        m::killings(g, 2018, 12, m::by_state)
    })
    .within(0.12, 0.1)
    .of(2018, 2018),
    history("F10", "f10_militias_2019", "Killed by militias 2019", "share", &ACLED, |g| {
        m::killings(g, 2019, 12, m::by_militias_of_farmers)
    })
    .within(0.45, 0.1)
    .of(2019, 2019),
    history("F10", "f10_state_2019", "Killed by state 2019", "share", &ACLED, |g| {
        m::killings(g, 2019, 12, m::by_state)
    })
    .within(0.10, 0.1)
    .of(2019, 2019),
    history("F10", "f10_militias_2020", "Killed by militias 2020 H1", "share", &ACLED, |g| {
        m::killings(g, 2020, 6, m::by_militias_of_farmers)
    })
    .within(0.18, 0.1)
    .of(2020, 2020),
    history("F10", "f10_state_2020", "Killed by state 2020 H1", "share", &ACLED, |g| {
        m::killings(g, 2020, 6, m::by_state)
    })
    .within(0.36, 0.1)
    .of(2020, 2020),
    any_time(
        2,
        "F13",
        "f13_under_pacts",
        "Events under pacts, change",
        "share",
        &PACTS,
        pacts::violence_under_pacts,
    )
    .wanted(-0.8, -0.9, -0.5)
    .check()
    .lacking("no pact was signed under a state that tolerates pacts"),
    any_time(
        2,
        "F13",
        "f13_beside_pacts",
        "Events next door, change",
        "share",
        &PACTS,
        pacts::violence_beside_pacts,
    )
    .shown()
    .lacking("no pact was signed under a state that tolerates pacts"),
    any_time(3, "F14", "f14_median_life", "Life of open pacts, median", "months", &PACTS, |g| {
        pacts::median_life(g, Exposure::UnboundMilitiaOrOpenArmyClause)
    })
    .at_most(6.0),
    any_time(3, "F14", "f14_mean_life_open", "Life of open pacts, mean", "months", &PACTS, |g| {
        pacts::mean_life(g, Exposure::UnboundMilitiaOrOpenArmyClause)
    })
    .within(4.0, f64::INFINITY)
    .shown(),
    any_time(
        3,
        "F14",
        "f14_mean_life_soldiers",
        "Life, soldiers near, mean",
        "months",
        &PACTS,
        |g| pacts::mean_life(g, Exposure::OtherSoldiers),
    )
    .within(12.0, f64::INFINITY)
    .shown(),
    any_time(3, "F14", "f14_mean_life_free", "Life, nobody near, mean", "months", &PACTS, |g| {
        pacts::mean_life(g, Exposure::Neither)
    })
    .within(100.0, f64::INFINITY)
    .shown(),
    any_time(
        2,
        "F15",
        "f15_signing_beside_pacts",
        "Signing beside held pacts",
        "ratio",
        &PACTS,
        pacts::signing_beside_pacts,
    )
    .at_least(1.0)
    .check(),
    any_time(
        2,
        "F16",
        "f16_after_blockade",
        "Pacts after a blockade",
        "share",
        &PACTS,
        pacts::after_blockade,
    )
    .at_least(0.5),
    any_time(
        2,
        "F16",
        "f16_months_of_blockade",
        "Blockade before a pact",
        "months",
        &PACTS,
        pacts::months_of_blockade,
    )
    .within(4.0, 1.0),
    history(
        "F17",
        "f17_displaced_per_death",
        "Net displaced per death",
        "persons per death",
        &DISPLACEMENT_AND_DEATHS,
        m::displaced_per_death,
    )
    .wanted(45.0, 25.0, 60.0)
    .of(2017, 2020),
    history(
        "F17",
        "f17_where_people_die",
        "Hosted and deaths, ranks",
        "correlation",
        &DISPLACEMENT_AND_DEATHS,
        m::displaced_where_people_die,
    )
    .at_least(0.6)
    .of(2018, 2020),
    history("F18", "f18_displaced_2012_05", "Displaced May 2012", "persons", &DISPLACEMENT, |g| {
        m::displaced(g, 2012, 5)
    })
    .within_part(146_900.0, 0.3)
    .of(2012, 2012)
    .shown(),
    history("F18", "f18_displaced_2013_08", "Displaced Aug 2013", "persons", &DISPLACEMENT, |g| {
        m::displaced(g, 2013, 8)
    })
    .within_part(334_550.0, 0.3)
    .of(2013, 2013),
    history("F18", "f18_displaced_2014_12", "Displaced Dec 2014", "persons", &DISPLACEMENT, |g| {
        m::displaced(g, 2014, 12)
    })
    .within_part(61_621.0, 0.3)
    .of(2014, 2014)
    .shown(),
    history("F18", "f18_displaced_2017_12", "Displaced Dec 2017", "persons", &DISPLACEMENT, |g| {
        m::displaced(g, 2017, 12)
    })
    .within_part(38_172.0, 0.3)
    .of(2017, 2017),
    history("F18", "f18_displaced_2021_12", "Displaced Dec 2021", "persons", &DISPLACEMENT, |g| {
        m::displaced(g, 2021, 12)
    })
    .within_part(350_110.0, 0.3)
    .of(2021, 2021),
    history("F19", "f19_schools_2016_06", "Schools closed June 2016", "schools", &SCHOOLS, |g| {
        m::schools_closed(g, 2016, 6)
    })
    .within_part(296.0, 0.25)
    .of(2016, 2016),
    history("F19", "f19_schools_2017_07", "Schools closed July 2017", "schools", &SCHOOLS, |g| {
        m::schools_closed(g, 2017, 7)
    })
    .within_part(500.0, 0.25)
    .of(2017, 2017),
    history("F19", "f19_schools_2018_06", "Schools closed June 2018", "schools", &SCHOOLS, |g| {
        m::schools_closed(g, 2018, 6)
    })
    .within_part(750.0, 0.25)
    .of(2018, 2018),
    history("F19", "f19_schools_2019_12", "Schools closed Dec 2019", "schools", &SCHOOLS, |g| {
        m::schools_closed(g, 2019, 12)
    })
    .within_part(1_113.0, 0.25)
    .of(2019, 2019),
    history(
        "F20",
        "f20_closed_under_threat",
        "Closed under threat",
        "share",
        &SCHOOLS,
        m::closed_under_threat,
    )
    .at_least(0.7)
    .check(),
    history("F21", "f21_north_2016_09", "Officials, north 2016", "share", &OFFICIALS, |g| {
        m::officials(g, 2016, 9, Zone::North)
    })
    .wanted(0.27, 0.2, 0.33)
    .of(2016, 2016),
    history("F21", "f21_north_2021_11", "Officials, north 2021", "share", &OFFICIALS, |g| {
        m::officials(g, 2021, 11, Zone::North)
    })
    .wanted(0.22, 0.1, 0.33)
    .of(2021, 2021)
    .check(),
    history("F21", "f21_centre_2016_09", "Officials, centre 2016", "share", &OFFICIALS, |g| {
        m::officials(g, 2016, 9, Zone::Centre)
    })
    .within(0.6, 0.1)
    .of(2016, 2016),
    history("F21", "f21_centre_2019_11", "Officials, centre 2019", "share", &OFFICIALS, |g| {
        m::officials(g, 2019, 11, Zone::Centre)
    })
    .within(0.25, 0.1)
    .of(2019, 2019),
    history("F22", "f22_economic", "Motive: a living", "share", &SURVEY, |g| {
        m::motive(g, Motive::Economic)
    })
    .within(0.25, 0.1),
    history("F22", "f22_familial", "Motive: kin and friends", "share", &SURVEY, |g| {
        m::motive(g, Motive::Familial)
    })
    .within(0.22, 0.1),
    history("F22", "f22_religious", "Motive: religion", "share", &SURVEY, |g| {
        m::motive(g, Motive::Religious)
    })
    .within(0.17, 0.1),
    history(
        "F22",
        "f22_protection",
        "Protection leads others by",
        "share",
        &SURVEY,
        m::protection_before_others,
    )
    .at_least(0.0),
    history(
        "F22",
        "f22_after_state",
        "After harm by the state",
        "share",
        &SURVEY,
        m::triggered_by_state,
    )
    .wanted(0.34, 0.2, 0.45),
    history(
        "F23",
        "f23_attacks_after_abuse",
        "Attacks after state abuse",
        "elasticity",
        &ACLED_BEYOND_2021,
        m::attacks_after_abuse,
    )
    .within(0.02, 0.1)
    .check(),
    history(
        "F24",
        "f24_army_and_deaths",
        "Army's size and deaths",
        "correlation",
        &ARMY,
        m::army_and_deaths,
    )
    .wanted(0.88, 0.0, 1.0)
    .check(),
    Fact {
        needs_twin: true,
        ..any_time(
            2,
            "F25",
            "f25_after_conference",
            "Deaths after a conference",
            "share",
            &DIALOGUES,
            m::deaths_after_conference,
        )
        .at_least(-0.2)
        .check()
        .lacking("no conference without the armed groups, or none that moved a death")
    },
    any_time(
        2,
        "F26",
        "f26_legitimacy_and_deaths",
        "Legitimacy up, deaths up",
        "share of runs",
        &OPINION,
        m::legitimacy_rises_with_deaths,
    )
    .at_least(0.05)
    .check()
    .lacking("no run lasts two whole years"),
    any_time(4, "F27", "f27_clauses", "Clauses after 3.5 years", "share", &ACCORD, |g| {
        g.clauses_carried_out
    })
    .within(0.25, 0.1)
    .lacking("no accord was signed 3.5 years before the end"),
    history(
        "F28",
        "f28_yearly_changes",
        "Spread of yearly changes",
        "standard deviation",
        &ACLED,
        m::spread_of_yearly_changes,
    )
    .within(0.57, 0.2),
];

/// The fact of this name.
///
/// # Errors
/// What would do when there is none.
pub fn fact_named(name: &str) -> Result<&'static Fact, String> {
    let list = "toguna validate lists them";
    FACTS.iter().find(|fact| fact.name == name).ok_or_else(|| {
        match nearest(name, FACTS.iter().map(|fact| fact.name)) {
            Some(meant) => format!("did you mean {}? {list}", quoted(meant)),
            None => list.to_owned(),
        }
    })
}
