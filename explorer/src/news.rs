//! What happened in a week, in words.

use serde::Serialize;
use std::collections::BTreeMap;
use toguna_experiment::acted;
use toguna_model::pacts::state::EndCause;
use toguna_model::talks::state::{Cause, Stage};
use toguna_model::words::ids::CommunityId;
use toguna_model::world::World as Model;
use toguna_report::Language;
use toguna_session::World;

/// One line of the log.
#[derive(Debug, PartialEq, Serialize)]
pub struct News {
    /// What it is about: `policy`, `state`, `talks`, `pacts` or `army`.
    about: &'static str,
    text: String,
}

/// The news of the week that was just run.
pub fn of(world: &World, week: u32, language: Language) -> Vec<News> {
    let model = world.model();
    let say = |english: &str, french: &str| {
        let text = if language == Language::French { french } else { english };
        text.to_owned()
    };
    let mut news = Vec::new();
    let mut tell = |about, text| news.push(News { about, text });
    for text in entries(world, week) {
        tell("policy", text);
    }
    let log = &model.log;
    if log.coups > 0 {
        tell(
            "state",
            say(
                "A coup: soldiers take power",
                "Un coup d’État : des militaires prennent le pouvoir",
            ),
        );
    }
    if log.elections > 0 {
        tell("state", say("An election is held", "Une élection a lieu"));
    }
    if log.conferences > 0 {
        tell("talks", say("A national conference begins", "Une conférence nationale commence"));
    }
    for moved in &log.talks {
        let group = &model.groups[moved.group.index()].name;
        let cause = cause_of_talks(moved.cause, language);
        if moved.cause == Cause::Exchange && moved.from == moved.to {
            tell(
                "talks",
                say(
                    &format!("{group}: prisoners are exchanged"),
                    &format!("{group} : des prisonniers sont échangés"),
                ),
            );
        } else if moved.to == moved.from {
            // A command that came in or went out.
            let command = moved.command.map(|it| model.commands[it.index()].name.as_str());
            tell(
                "talks",
                say(
                    &format!("{group}: {cause} ({})", command.unwrap_or("?")),
                    &format!("{group} : {cause} ({})", command.unwrap_or("?")),
                ),
            );
        } else if moved.to == Stage::Accord {
            tell(
                "talks",
                say(
                    &format!("Accord with {group}: {} clauses", moved.clauses),
                    &format!("Accord avec {group} : {} clauses", moved.clauses),
                ),
            );
        } else if moved.to > moved.from {
            let stage = stage(moved.to, language);
            tell("talks", say(&format!("{group}: {stage}"), &format!("{group} : {stage}")));
        } else if moved.from == Stage::Accord {
            tell(
                "talks",
                say(
                    &format!("The accord with {group} ends: {cause}"),
                    &format!("L’accord avec {group} prend fin : {cause}"),
                ),
            );
        } else {
            tell(
                "talks",
                say(
                    &format!("Talks with {group} break down: {cause}"),
                    &format!("Les pourparlers avec {group} échouent : {cause}"),
                ),
            );
        }
    }
    let week = i64::from(week);
    let signed = model.pacts.held.values().filter(|pact| i64::from(pact.since) == week);
    if let Some(places) = listed(model, signed.map(|pact| pact.places[0])) {
        tell(
            "pacts",
            say(
                &format!("Local pacts signed: {places}"),
                &format!("Accords locaux signés : {places}"),
            ),
        );
    }
    for cause in EndCause::ALL {
        let ended = log.pacts_ended.iter().filter(|it| it.cause == cause);
        if let Some(places) = listed(model, ended.map(|it| it.pact.places[0])) {
            let cause = cause_of_end(cause, language);
            tell(
                "pacts",
                say(
                    &format!("Local pacts ended, {cause}: {places}"),
                    &format!("Accords locaux rompus, {cause} : {places}"),
                ),
            );
        }
    }
    if log.group_changes > 0 {
        tell(
            "talks",
            say(
                "An armed group is founded, splits or merges",
                "Un groupe armé naît, se divise ou fusionne",
            ),
        );
    }
    let (left, taken) = (log.garrisons_given_up, log.garrisons_retaken);
    if left > 0 {
        tell(
            "army",
            say(
                &format!("Garrisons that the army leaves: {left}"),
                &format!("Garnisons que l’armée quitte : {left}"),
            ),
        );
    }
    if taken > 0 {
        tell(
            "army",
            say(
                &format!("Garrisons that the army takes back: {taken}"),
                &format!("Garnisons que l’armée reprend : {taken}"),
            ),
        );
    }
    news
}

/// Entries of the timeline that acted, with what they set.
fn entries(world: &World, week: u32) -> Vec<String> {
    let weeks: Vec<Option<u32>> =
        world.model().timeline.entries.iter().map(|entry| entry.acted).collect();
    if !weeks.contains(&Some(week)) {
        return Vec::new();
    }
    let rows = acted::rows(world.scenario().checked(), 0, &weeks);
    let now = rows.iter().zip(&weeks).filter(|(_, acted)| **acted == Some(week));
    let told = |note: &str| if note.is_empty() { String::new() } else { format!(" ({note})") };
    now.map(|(row, _)| format!("{}{}", row.levers, told(&row.note))).collect()
}

/// `Koro 2, Bankass`: the cercles of some places; none of none.
fn listed(model: &Model, places: impl Iterator<Item = CommunityId>) -> Option<String> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for place in places {
        let cercle = usize::from(model.community(place).cercle);
        *counts.entry(&model.cercles[cercle]).or_default() += 1;
    }
    let one = |(cercle, count): (&str, u32)| {
        if count == 1 { cercle.to_owned() } else { format!("{cercle} {count}") }
    };
    let all: Vec<String> = counts.into_iter().map(one).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn in_words(language: Language, english: &'static str, french: &'static str) -> &'static str {
    if language == Language::French { french } else { english }
}

fn stage(stage: Stage, language: Language) -> &'static str {
    let say = |english, french| in_words(language, english, french);
    match stage {
        Stage::None => say("no talks", "pas de pourparlers"),
        Stage::Channel => say("somebody carries messages", "quelqu’un porte des messages"),
        Stage::Contact => say("the two sides have met", "les deux parties se sont rencontrées"),
        Stage::Talks => say("talks begin", "les pourparlers commencent"),
        Stage::Accord => say("an accord", "un accord"),
    }
}

fn cause_of_talks(cause: Cause, language: Language) -> &'static str {
    let say = |english, french| in_words(language, english, french);
    match cause {
        Cause::Trust => say("trust carried them on", "la confiance les a portés"),
        Cause::Exchange => say("an exchange of prisoners", "un échange de prisonniers"),
        Cause::CommandIn => say("a command joins the accord", "une unité rejoint l’accord"),
        Cause::CommandOut => say("a command stays out", "une unité reste à l’écart"),
        Cause::Lapsed => say("nobody kept them up", "personne ne les a entretenus"),
        Cause::NotWanted => say("the state no longer seeks them", "l’État n’en veut plus"),
        Cause::Veto => say("a partner forbids them", "un partenaire s’y oppose"),
        Cause::Operations => say("the army went on operating", "l’armée a continué ses opérations"),
        Cause::Rigidity => say("the group holds to its demands", "le groupe ne cède rien"),
        Cause::Sham => say("earlier talks were for show", "les précédents étaient de façade"),
        Cause::Stalled => {
            say("what was signed was not carried out", "ce qui était signé n’a pas été appliqué")
        }
    }
}

fn cause_of_end(cause: EndCause, language: Language) -> &'static str {
    let say = |english, french| in_words(language, english, french);
    match cause {
        EndCause::WornOut => say("worn out", "usés"),
        EndCause::UnboundMilitia => say("a militia fought on", "une milice a continué le combat"),
        EndCause::ArmyClause => say("the army operated there", "l’armée y a mené des opérations"),
        EndCause::ArmyPresent => {
            say("soldiers were stationed there", "des soldats y étaient postés")
        }
        EndCause::Breach => say("a breach went unpunished", "une violation est restée impunie"),
        EndCause::LeaderKilled => say("the commander was killed", "le chef a été tué"),
        EndCause::Orders => {
            say("the group’s leaders forbade them", "la direction du groupe les a interdits")
        }
        EndCause::UnequalTerms => say("the terms were unequal", "les termes étaient inégaux"),
        EndCause::UnpaidLevies => say("levies went unpaid", "les taxes n’étaient pas payées"),
        EndCause::Suppressed => {
            say("the state arrested those who signed", "l’État a arrêté les signataires")
        }
        EndCause::CommandGone => say("the command is gone", "l’unité a disparu"),
    }
}
