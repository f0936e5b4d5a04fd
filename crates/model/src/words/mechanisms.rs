//! What can be switched off. Every mechanism is on unless a scenario's `[mechanisms]` says otherwise;
//! `compare --explain` turns them off one at a time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Switches, `true` = the mechanism works. Switching one off leaves every other draw as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Mechanisms {
    /// Rain differs from region to region and year to year. Unit: switch. Source: model.
    pub rainfall: bool,
    /// Stores run out from June to September. Unit: switch. Source: model.
    pub lean_season: bool,
    /// Revenue follows what people earn where the state is. Unit: switch. Source: model.
    pub tax_base: bool,
    /// Donors hold back aid when a condition is broken. Unit: switch. Source: model.
    pub aid_conditions: bool,
    /// Lenders lend only so much; what is missing is cut. Unit: switch. Source: model.
    pub shortfalls: bool,
    /// The army grows and shrinks with its budget. Unit: switch. Source: model.
    pub army_follows_budget: bool,
    /// Groups take part of what services are given where they hold a place. Unit: switch.
    /// Source: model.
    pub service_capture: bool,
    /// Groups attack where relief flows and nobody firmly holds the place. Unit: switch.
    /// Source: model.
    pub aid_draws_attacks: bool,
    /// Traders stay away from roads that are attacked or contested. Unit: switch. Source: model.
    pub market_access: bool,
    /// Groups levy harvests, herds and stocks. Unit: switch. Source: model.
    pub levies: bool,
    /// Relief reaches people in need. Unit: switch. Source: model.
    pub humanitarian_aid: bool,
    /// Services move toward what is funded and can be reached. Unit: switch. Source: model.
    pub service_building: bool,
    /// Commands that oppose the state school make schools close. Unit: switch. Source: model.
    pub school_closures: bool,
    /// Expectations of services follow experience. Unit: switch. Source: model.
    pub expectations: bool,
    /// The army sends its mobile half where attacks were. Unit: switch. Source: model.
    pub army_follows_attacks: bool,
    /// Small outposts that lose many are given up. Unit: switch. Source: model.
    pub outpost_withdrawal: bool,
    /// Garrisons that cannot be held are given up, and others waver. Unit: switch. Source: model.
    pub garrison_collapse: bool,
    /// Commands move their base and probe neighbours. Unit: switch. Source: model.
    pub command_relocation: bool,
    /// Commands attack the state. Unit: switch. Source: model.
    pub ambushes: bool,
    /// The state attacks commands. Unit: switch. Source: model.
    pub operations: bool,
    /// Groups fight each other. Unit: switch. Source: model.
    pub rivalry: bool,
    /// Groups attack civilians they suspect. Unit: switch. Source: model.
    pub group_reprisals: bool,
    /// The state's forces attack civilians they suspect. Unit: switch. Source: model.
    pub state_abuse: bool,
    /// Events call forth events between the same two sides. Unit: switch. Source: model.
    pub escalation: bool,
    /// Restraint and information spare civilians in operations. Unit: switch. Source: model.
    pub restraint: bool,
    /// Information grows with control and trust. Unit: switch. Source: model.
    pub information: bool,
    /// Control of places changes hands. Unit: switch. Source: model.
    pub control_change: bool,
    /// Harm is remembered beyond its week. Unit: switch. Source: model.
    pub grievance_memory: bool,
    /// Harm is felt by the same constituency elsewhere. Unit: switch. Source: model.
    pub grievance_spread: bool,
    /// Violence nearby frightens people from joining and informing. Unit: switch. Source: model.
    pub fear: bool,
    /// Trust in the state follows harm and services. Unit: switch. Source: model.
    pub trust: bool,
    /// Motive: protection. Unit: switch. Source: model.
    pub protection: bool,
    /// Motive: a living, and loot. Unit: switch. Source: model.
    pub economic: bool,
    /// Motive: health and water. Unit: switch. Source: model.
    pub social_welfare: bool,
    /// Motive: schooling. Unit: switch. Source: model.
    pub educational: bool,
    /// Motive: harm done to one's own people. Unit: switch. Source: model.
    pub grievance: bool,
    /// Motive: having no say. Unit: switch. Source: model.
    pub political: bool,
    /// Motive: kin and friends inside. Unit: switch. Source: model.
    pub familial: bool,
    /// Motive: preaching. Unit: switch. Source: model.
    pub religious: bool,
    /// Motive: status. Unit: switch. Source: model.
    pub status: bool,
    /// Motive: force. Unit: switch. Source: model.
    pub coercion: bool,
    /// Harm to oneself, one's household and circle adds to grievance. Unit: switch. Source: model.
    pub personal_harm: bool,
    /// A command can take in only so many a week. Unit: switch. Source: model.
    pub absorption: bool,
    /// Communities that resent a group keep their young from it. Unit: switch. Source: model.
    pub endorsement: bool,
    /// Fighters tire. Unit: switch. Source: model.
    pub fatigue: bool,
    /// Losses of their band drive fighters away. Unit: switch. Source: model.
    pub losses: bool,
    /// Unpaid fighters leave. Unit: switch. Source: model.
    pub unpaid: bool,
    /// A reintegration offer is taken up. Unit: switch. Source: model.
    pub reintegration: bool,
    /// Fighters are arrested. Unit: switch. Source: model.
    pub arrest: bool,
    /// People flee from deaths and from the loss of their place. Unit: switch. Source: model.
    pub displacement: bool,
    /// People flee where the state abruptly lost control. Unit: switch. Source: model.
    pub flight_from_loss: bool,
    /// Part of northern flight goes abroad. Unit: switch. Source: model.
    pub flight_abroad: bool,
    /// The displaced return after calm. Unit: switch. Source: model.
    pub return_home: bool,
    /// Services must do for hosted people as well as for residents. Unit: switch. Source: model.
    pub host_strain: bool,
    /// Bands near a border slip across it and rest. Unit: switch. Source: model.
    pub sanctuary: bool,
    /// Fighters come over the borders. Unit: switch. Source: model.
    pub foreign_fighters: bool,
    /// Herders and farmers fall out over land and water. Unit: switch. Source: model.
    pub disputes: bool,
    /// Bands take up the disputes of their people. Unit: switch. Source: model.
    pub dispute_escalation: bool,
    /// Soldiers may stay where they have cleared. Unit: switch. Source: model.
    pub holding: bool,
    /// Those who cooperated are suspected once the soldiers have left. Unit: switch. Source: model.
    pub exposure: bool,
    /// Groups are founded, split and merge after the start. Unit: switch. Source: model.
    pub group_changes: bool,
    /// Partners are there when their time has come. Unit: switch. Source: model.
    pub partners: bool,
    /// What partners will not have, the state does not do. Unit: switch. Source: model.
    pub partner_vetoes: bool,
    /// Partners that protect keep attackers from civilians. Unit: switch. Source: model.
    pub partner_protection: bool,
    /// Communities and commands make pacts, and commands blockade places. Unit: switch. Source: model.
    pub pacts: bool,
    /// Commands blockade places that do not submit. Unit: switch. Source: model.
    pub blockades: bool,
    /// Leaders follow the example of neighbours whose pacts hold. Unit: switch. Source: model.
    pub pact_diffusion: bool,
    /// Pacts open roads, schools and access for services and relief. Unit: switch. Source: model.
    pub pact_services: bool,
    /// Whoever has signed with an enemy is suspected for it. Unit: switch. Source: model.
    pub pact_suspicion: bool,
    /// The state keeps away where a pact that it tolerates asks it to. Unit: switch. Source: model.
    pub army_clause: bool,
    /// Fighters whom a pact frees roam next door. Unit: switch. Source: model.
    pub freed_fighters: bool,
    /// A command recruits more freely among those who have signed with it. Unit: switch. Source: model.
    pub room_to_recruit: bool,
    /// The state binds militias into the pacts it supports. Unit: switch. Source: model.
    pub militia_binding: bool,
    /// Amnesty brings fighters home, eases joining and costs the trust of victims. Unit: switch.
    /// Source: model.
    pub amnesty: bool,
    /// What pacts and talks concede is held against the state. Unit: switch. Source: model.
    pub concessions: bool,
    /// State and groups talk. Unit: switch. Source: model.
    pub talks: bool,
    /// Prisoners are exchanged while the two sides talk. Unit: switch. Source: model.
    pub exchanges: bool,
    /// Those who would have no accord attack more. Unit: switch. Source: model.
    pub spoilers: bool,
    /// What was agreed is carried out, if slowly. Unit: switch. Source: model.
    pub accord_clauses: bool,
    /// Talks for show spend trust for years. Unit: switch. Source: model.
    pub sham_talks: bool,
    /// Legitimacy follows what the state does. Unit: switch. Source: model.
    pub legitimacy_change: bool,
    /// Partners add to legitimacy or take from it. Unit: switch. Source: model.
    pub sovereignty: bool,
    /// Doing what the public wants on dialogue counts. Unit: switch. Source: model.
    pub responsiveness: bool,
    /// A popular coup or a real election is welcomed. Unit: switch. Source: model.
    pub honeymoon: bool,
    /// Opinion on dialogue follows the news. Unit: switch. Source: model.
    pub opinion_change: bool,
    /// People protest. Unit: switch. Source: model.
    pub protest: bool,
    /// Institutions are built and worn down. Unit: switch. Source: model.
    pub capacity_change: bool,
    /// Elections are held. Unit: switch. Source: model.
    pub elections: bool,
    /// Soldiers take power. Unit: switch. Source: model.
    pub coups: bool,
    /// After a coup army and officials falter for some weeks. Unit: switch. Source: model.
    pub coup_vacuum: bool,
}

impl Default for Mechanisms {
    fn default() -> Self {
        Mechanisms {
            rainfall: true,
            lean_season: true,
            tax_base: true,
            aid_conditions: true,
            shortfalls: true,
            army_follows_budget: true,
            service_capture: true,
            aid_draws_attacks: true,
            market_access: true,
            levies: true,
            humanitarian_aid: true,
            service_building: true,
            school_closures: true,
            expectations: true,
            army_follows_attacks: true,
            outpost_withdrawal: true,
            garrison_collapse: true,
            command_relocation: true,
            ambushes: true,
            operations: true,
            rivalry: true,
            group_reprisals: true,
            state_abuse: true,
            escalation: true,
            restraint: true,
            information: true,
            control_change: true,
            grievance_memory: true,
            grievance_spread: true,
            fear: true,
            trust: true,
            protection: true,
            economic: true,
            social_welfare: true,
            educational: true,
            grievance: true,
            political: true,
            familial: true,
            religious: true,
            status: true,
            coercion: true,
            personal_harm: true,
            absorption: true,
            endorsement: true,
            fatigue: true,
            losses: true,
            unpaid: true,
            reintegration: true,
            arrest: true,
            displacement: true,
            flight_from_loss: true,
            flight_abroad: true,
            return_home: true,
            host_strain: true,
            sanctuary: true,
            foreign_fighters: true,
            disputes: true,
            dispute_escalation: true,
            holding: true,
            exposure: true,
            group_changes: true,
            partners: true,
            partner_vetoes: true,
            partner_protection: true,
            pacts: true,
            blockades: true,
            pact_diffusion: true,
            pact_services: true,
            pact_suspicion: true,
            army_clause: true,
            freed_fighters: true,
            room_to_recruit: true,
            militia_binding: true,
            amnesty: true,
            concessions: true,
            talks: true,
            exchanges: true,
            spoilers: true,
            accord_clauses: true,
            sham_talks: true,
            legitimacy_change: true,
            sovereignty: true,
            responsiveness: true,
            honeymoon: true,
            opinion_change: true,
            protest: true,
            capacity_change: true,
            elections: true,
            coups: true,
            coup_vacuum: true,
        }
    }
}
