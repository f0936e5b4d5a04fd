//! What can be switched off. Every mechanism is on unless a scenario's `[mechanisms]` says otherwise;
//! `compare --explain` turns them off one at a time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A struct of switches that are all on unless said otherwise.
macro_rules! switches {
    ($(#[$about:meta])* pub struct $all:ident { $($(#[$meaning:meta])* $switch:ident,)* }) => {
        $(#[$about])*
        pub struct $all { $($(#[$meaning])* pub $switch: bool,)* }

        impl Default for $all {
            fn default() -> Self {
                $all { $($switch: true,)* }
            }
        }
    };
}

switches! {
/// Switches, `true` = the mechanism works. Switching one off leaves every other draw as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Mechanisms {
    /// Rain differs from region to region and year to year. Unit: switch. Source: model.
    rainfall,
    /// Stores run out from June to September. Unit: switch. Source: model.
    lean_season,
    /// Revenue follows what people earn where the state is. Unit: switch. Source: model.
    tax_base,
    /// Donors hold back aid when a condition is broken. Unit: switch. Source: model.
    aid_conditions,
    /// Lenders lend only so much; what is missing is cut. Unit: switch. Source: model.
    shortfalls,
    /// The army grows and shrinks with its budget. Unit: switch. Source: model.
    army_follows_budget,
    /// Groups take part of what services are given where they hold a place. Unit: switch.
    /// Source: model.
    service_capture,
    /// Groups attack where relief flows and nobody firmly holds the place. Unit: switch.
    /// Source: model.
    aid_draws_attacks,
    /// Traders stay away from roads that are attacked or contested. Unit: switch. Source: model.
    market_access,
    /// Groups levy harvests, herds and stocks. Unit: switch. Source: model.
    levies,
    /// Relief reaches people in need. Unit: switch. Source: model.
    humanitarian_aid,
    /// Services move toward what is funded and can be reached. Unit: switch. Source: model.
    service_building,
    /// Commands that oppose the state school make schools close. Unit: switch. Source: model.
    school_closures,
    /// The army sends its mobile half where attacks were. Unit: switch. Source: model.
    army_follows_attacks,
    /// Garrisons that cannot be held are given up, and others waver. Unit: switch. Source: model.
    garrison_collapse,
    /// Bands go to ground before overwhelming force and come back, and patrols hold villages.
    /// Unit: switch. Source: model.
    hiding,
    /// Commands move their base and probe neighbours. Unit: switch. Source: model.
    command_relocation,
    /// Commands attack the state. Unit: switch. Source: model.
    ambushes,
    /// The state attacks commands. Unit: switch. Source: model.
    operations,
    /// Groups fight each other. Unit: switch. Source: model.
    rivalry,
    /// Groups' campaigns swell and ebb. Unit: switch. Source: model.
    campaigns,
    /// Groups attack civilians they suspect. Unit: switch. Source: model.
    group_reprisals,
    /// The state's forces attack civilians they suspect. Unit: switch. Source: model.
    state_abuse,
    /// Events call forth events between the same two sides. Unit: switch. Source: model.
    escalation,
    /// Restraint and information spare civilians in operations. Unit: switch. Source: model.
    restraint,
    /// Information grows with control and trust. Unit: switch. Source: model.
    information,
    /// Control of places changes hands. Unit: switch. Source: model.
    control_change,
    /// Officials leave under threat and come back. Unit: switch. Source: model.
    officials,
    /// Harm is remembered beyond its week. Unit: switch. Source: model.
    grievance_memory,
    /// Harm is felt by the same constituency elsewhere. Unit: switch. Source: model.
    grievance_spread,
    /// People come closer to groups that rule them and spare them. Unit: switch. Source: model.
    rooting,
    /// Violence nearby frightens people from joining and informing. Unit: switch. Source: model.
    fear,
    /// Trust in the state follows harm and services. Unit: switch. Source: model.
    trust,
    /// Motive: protection. Unit: switch. Source: model.
    protection,
    /// Motive: a living, and loot. Unit: switch. Source: model.
    economic,
    /// Motive: health and water. Unit: switch. Source: model.
    social_welfare,
    /// Motive: schooling. Unit: switch. Source: model.
    educational,
    /// Motive: harm done to one's own people. Unit: switch. Source: model.
    grievance,
    /// Motive: having no say. Unit: switch. Source: model.
    political,
    /// Motive: kin and friends inside. Unit: switch. Source: model.
    familial,
    /// Motive: preaching. Unit: switch. Source: model.
    religious,
    /// Motive: status. Unit: switch. Source: model.
    status,
    /// Motive: force. Unit: switch. Source: model.
    coercion,
    /// Harm to oneself, one's household and circle adds to grievance. Unit: switch. Source: model.
    personal_harm,
    /// People whom nobody protects found bands of their own. Unit: switch. Source: model.
    self_defence,
    /// A command can take in only so many a week. Unit: switch. Source: model.
    absorption,
    /// Communities that resent a group keep their young from it. Unit: switch. Source: model.
    endorsement,
    /// Fighters tire. Unit: switch. Source: model.
    fatigue,
    /// Losses of their band drive fighters away. Unit: switch. Source: model.
    losses,
    /// Unpaid fighters leave. Unit: switch. Source: model.
    unpaid,
    /// A reintegration offer is taken up. Unit: switch. Source: model.
    reintegration,
    /// Fighters are arrested. Unit: switch. Source: model.
    arrest,
    /// People flee from deaths and from the loss of their place. Unit: switch. Source: model.
    displacement,
    /// People flee when the garrison of their cercle is given up. Unit: switch. Source: model.
    flight_from_loss,
    /// Part of northern flight goes abroad. Unit: switch. Source: model.
    flight_abroad,
    /// The displaced return after calm. Unit: switch. Source: model.
    return_home,
    /// Services must do for hosted people as well as for residents. Unit: switch. Source: model.
    host_strain,
    /// Herders and farmers fall out over land and water. Unit: switch. Source: model.
    disputes,
    /// Bands take up the disputes of their people. Unit: switch. Source: model.
    dispute_escalation,
    /// Soldiers may stay where they have cleared. Unit: switch. Source: model.
    holding,
    /// Those who cooperated are suspected once the soldiers have left. Unit: switch. Source: model.
    exposure,
    /// Groups are founded, split and merge after the start. Unit: switch. Source: model.
    group_changes,
    /// Partners are there when their time has come. Unit: switch. Source: model.
    partners,
    /// Communities and commands make pacts, and commands blockade places. Unit: switch. Source: model.
    pacts,
    /// Commands blockade places that do not submit. Unit: switch. Source: model.
    blockades,
    /// Leaders follow the example of neighbours whose pacts hold. Unit: switch. Source: model.
    pact_diffusion,
    /// Pacts open roads, schools and access for services and relief. Unit: switch. Source: model.
    pact_services,
    /// Whoever has signed with an enemy is suspected for it. Unit: switch. Source: model.
    pact_suspicion,
    /// The state keeps away where a pact that it tolerates asks it to. Unit: switch. Source: model.
    army_clause,
    /// Fighters whom a pact frees roam next door. Unit: switch. Source: model.
    freed_fighters,
    /// The state binds militias into the pacts it supports. Unit: switch. Source: model.
    militia_binding,
    /// Amnesty brings fighters home, eases joining and costs the trust of victims. Unit: switch.
    /// Source: model.
    amnesty,
    /// The state is blamed for what pacts and talks concede. Unit: switch. Source: model.
    concessions,
    /// State and groups talk. Unit: switch. Source: model.
    talks,
    /// Prisoners are exchanged while the two sides talk. Unit: switch. Source: model.
    exchanges,
    /// Those who would have no accord attack more. Unit: switch. Source: model.
    spoilers,
    /// What was agreed is carried out, if slowly. Unit: switch. Source: model.
    accord_clauses,
    /// Talks for show spend trust for years. Unit: switch. Source: model.
    sham_talks,
    /// Legitimacy follows what the state does. Unit: switch. Source: model.
    legitimacy_change,
    /// Partners add to legitimacy or take from it. Unit: switch. Source: model.
    sovereignty,
    /// Doing what the public wants on dialogue counts. Unit: switch. Source: model.
    responsiveness,
    /// A popular coup or a real election is welcomed. Unit: switch. Source: model.
    honeymoon,
    /// Opinion on dialogue follows the news. Unit: switch. Source: model.
    opinion_change,
    /// People protest. Unit: switch. Source: model.
    protest,
    /// Institutions are built and worn down. Unit: switch. Source: model.
    capacity_change,
    /// Elections are held. Unit: switch. Source: model.
    elections,
    /// Soldiers take power. Unit: switch. Source: model.
    coups,
    /// After a coup army and officials falter for some weeks. Unit: switch. Source: model.
    coup_vacuum,
}
}
