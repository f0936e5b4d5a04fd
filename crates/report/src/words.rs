//! Every word of the page, once, in each language. `{…}` is filled in.

/// A language in which the page can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    French,
}

/// One table, from which both languages are read; a word that one of them lacks does not compile.
macro_rules! words {
    ($($name:ident: $english:literal, $french:literal;)*) => {
        /// The words of one language.
        pub struct Words { $(pub $name: &'static str,)* }
        const ENGLISH: Words = Words { $($name: $english,)* };
        const FRENCH: Words = Words { $($name: $french,)* };
    };
}

words! {
    code: "en", "fr";
    report: "Toguna report", "Rapport Toguna";
    stamp: "What-if, not forecast. {scenarios}; {runs}, seed {seed}; one simulated adult stands for {scale}. Toguna {version}.",
        "Scénario, non prévision. {scenarios} ; {runs}, graine {seed} ; un adulte simulé en représente {scale}. Toguna {version}.";
    runs_one: "one run", "une simulation";
    runs_each: "{n} runs of each scenario", "{n} simulations de chaque scénario";
    runs_many: "{n} runs", "{n} simulations";
    runs_of_points: "{n} runs of each of {points} settings", "{n} simulations de chacun des {points} réglages";
    runs_of_worlds: "{n} runs in each world of an ensemble", "{n} simulations dans chaque monde d’un ensemble";
    against: "{other} against {first}", "{other} comparé à {first}";
    headline: "{title}: {phrase}", "{title} : {phrase}";
    and_more: "{said}, and {n} more that are clear", "{said}, et {n} autres différences nettes";
    changed: "{title} {n} {unit}", "{title} {n} {unit}";
    headline_none: "no clear difference in any outcome shown",
        "aucune différence nette parmi les résultats montrés";
    headline_one_run: "one run of each cannot show a difference",
        "une seule simulation ne peut montrer de différence";
    headline_several: "{title}, compared with {first}: {phrase}", "{title}, par rapport à {first} : {phrase}";
    quoted: "“{name}”", "« {name} »";
    headline_several_none: "None of {n} policies differs clearly from {first} in any outcome shown",
        "Aucune des {n} politiques ne diffère nettement de {first} parmi les résultats montrés";
    grants: "The francs were not the same. A grant is drawn only as far as there is something to buy; in billions of francs: {drawn}.",
        "Les francs n’étaient pas les mêmes. Une dotation n’est utilisée que s’il y a de quoi acheter ; en milliards de francs : {drawn}.";
    grant_of: "“{name}” drew {n}", "« {name} » en a utilisé {n}";
    beside: "Policies beside each other", "Les politiques côte à côte";
    beside_found: "{pair}: {changes}.", "{pair} : {changes}.";
    beside_change: "{title} {n} ({low} to {high})", "{title} {n} ({low} à {high})";
    beside_unclear: "{n} of {all} such differences are not clear.", "{n} de ces {all} différences ne sont pas nettes.";
    beside_second: "the second", "la seconde";
    beside_note: "Every two policies, run by run under the same random numbers: difference with its 95 % interval, drawn in per cent of the second (axis ± {most} %). Filled: clear over all rows of this figure (Holm, 5 %). Hollow: not clear.",
        "Les politiques deux à deux, simulation par simulation sous les mêmes nombres aléatoires : différence avec son intervalle à 95 %, en pour cent de la seconde (axe ± {most} %). Plein : nette sur toutes les lignes de cette figure (Holm, 5 %). Creux : pas nette.";
    at_the_end: "{unit} at the end", "{unit} à la fin";
    fewer_with: "fewer with {names}", "moins avec {names}";
    more_with: "more with {names}", "plus avec {names}";
    unclear_with: "no clear difference with {names}", "pas de différence nette avec {names}";
    the_others: "the {n} others", "les {n} autres";
    and: "and", "et";
    fewer: "{n} fewer {noun}", "{n} {noun} de moins";
    more: "{n} more {noun}", "{n} {noun} de plus";
    lede: "From {start} to {end}, all policies are run with the same random numbers, seed by seed. These are what-ifs under stated assumptions, not forecasts.",
        "Du {start} au {end}, les politiques sont simulées avec les mêmes nombres aléatoires, graine par graine. Ce sont des scénarios sous hypothèses, non des prévisions.";
    lede_run: "From {start} to {end}. This is a what-if under stated assumptions, not a forecast.",
        "Du {start} au {end}. C’est un scénario sous hypothèses, non une prévision.";
    lede_sweep: "From {start} to {end}, every setting is run with the same random numbers. These are what-ifs under stated assumptions, not forecasts.",
        "Du {start} au {end}, chaque réglage est simulé avec les mêmes nombres aléatoires. Ce sont des scénarios sous hypothèses, non des prévisions.";
    lede_worlds: "From {start} to {end}, all policies are run in worlds that the facts do not rule out, with the same random numbers within each. These are what-ifs under stated assumptions, not forecasts.",
        "Du {start} au {end}, les politiques sont simulées dans des mondes que les faits n’excluent pas, avec les mêmes nombres aléatoires dans chacun. Ce sont des scénarios sous hypothèses, non des prévisions.";
    lede_validate: "Runs from {start} to {end} beside what was observed. A fact is met when the mean of all runs lies within its tolerance.",
        "Des simulations du {start} au {end} à côté de ce qui a été observé. Un fait est reproduit si la moyenne des simulations est dans sa tolérance.";
    headline_validate: "{passes} of {judged} facts that test the model are met", "{passes} des {judged} faits qui testent le modèle sont reproduits";
    headline_fitted: "{passes} of {judged} facts are met", "{passes} des {judged} faits sont reproduits";
    headline_moved: "{title}: moved most by {axis}", "{title} : mû surtout par {axis}";
    headline_either: "{title}: moved most by {axis} or {next}", "{title} : mû surtout par {axis} ou {next}";
    headline_sweep: "{title}: {points} settings of {axes}", "{title} : {points} réglages de {axes}";
    find_facts: "{title}: {passes} of {judged} are met; what was observed lies within 90 % of runs in {inside} of {known}.",
        "{title} : {passes} sur {judged} sont reproduits ; la valeur observée est parmi 90 % des simulations pour {inside} sur {known}.";
    find_shown: "{title}: what was observed lies within 90 % of runs in {inside} of {known}.",
        "{title} : la valeur observée est parmi 90 % des simulations pour {inside} sur {known}.";
    find_missed: "Not met: {fact}: {wanted} was observed or tolerated, the runs give {got}.", "Non reproduit : {fact} : {wanted} observé ou toléré, les simulations donnent {got}.";
    find_unmeasured: "Not measured: {fact}: {why}.", "Non mesuré : {fact} : {why}.";
    find_least_most: "{title}: least with {least}: {low}; most with {most}: {high} {unit}.", "{title} : le moins avec {least} : {low} ; le plus avec {most} : {high} {unit}.";
    find_overlap: " Their intervals overlap; “toguna compare” tells more, since it pairs the runs.", " Leurs intervalles se recouvrent ; « toguna compare », qui apparie les simulations, en dit plus.";
    find_moved: "{title}: moved most by {axis} ({n}{interval}), then by {next} ({m}{second}).", "{title} : mû surtout par {axis} ({n}{interval}), puis par {next} ({m}{second}).";
    find_moved_alone: "{title}: moved by {axis} ({n}{interval}).", "{title} : mû par {axis} ({n}{interval}).";
    find_order: " Their intervals overlap: the order is not sure.", " Leurs intervalles se recouvrent : l’ordre n’est pas sûr.";
    best_of_many: "The lowest and the highest of many settings look more extreme than they are: run them again with another seed before you quote them.",
        "Le plus bas et le plus haut de nombreux réglages semblent plus extrêmes qu’ils ne sont : simulez-les avec une autre graine avant de les citer.";
    fitted_facts: "Facts to fit may be tuned to; only facts to check test the model.", "Le modèle peut être ajusté aux faits d’ajustement ; seuls les faits de contrôle le testent.";
    findings: "What was found", "Ce qui a été trouvé";
    of_first: "{p} of {n} under {first}", "{p} de {n} sous {first}";
    from_first: "from {n} under {first}", "à partir de {n} sous {first}";
    find_less: "{title}: {n} less ({low} to {high}), {share}.", "{title} : {n} de moins ({low} à {high}), {share}.";
    find_more: "{title}: {n} more ({low} to {high}), {share}.", "{title} : {n} de plus ({low} à {high}), {share}.";
    find_fewer: "{title}: {size} fewer {unit} ({low} to {high}), {share}.", "{title} : {size} {unit} de moins ({low} à {high}), {share}.";
    find_more_of: "{title}: {size} more {unit} ({low} to {high}), {share}.", "{title} : {size} {unit} de plus ({low} à {high}), {share}.";
    find_weak: "{title}: perhaps {n} {unit} ({low} to {high}).", "{title} : peut-être {n} {unit} ({low} à {high}).";
    find_none: "{title}: the two cannot be told apart ({low} to {high} {unit}).",
        "{title} : les deux ne se distinguent pas ({low} à {high} {unit}).";
    find_same: "{title}: the same under both in every run.", "{title} : identique sous les deux dans chaque simulation.";
    find_one_run: "One run of each was made: there is no interval, and nothing can be concluded. At least two, better twenty, are needed (--replicates 20).",
        "Une seule simulation de chaque scénario : il n’y a pas d’intervalle et rien ne peut être conclu. Il en faut au moins deux, mieux vingt (--replicates 20).";
    find_run: "{title}: {n}{interval} {unit}.", "{title} : {n}{interval} {unit}.";
    interval_short: " ({low} to {high})", " ({low} à {high})";
    how_sure_title: "How sure is this?", "Quelle certitude ?";
    how_sure: "Numbers in brackets are 95 % intervals of the mean over random numbers; they say nothing of the assumptions. Most magnitudes of the model are assumed, and another assumption may change a result by more than its interval is wide.",
        "Les nombres entre parenthèses sont des intervalles à 95 % de la moyenne sur les nombres aléatoires ; ils ne disent rien des hypothèses. La plupart des grandeurs du modèle sont supposées, et une autre hypothèse peut changer un résultat de plus que la largeur de son intervalle.";
    how_sure_worlds: "Ranges hold 90 % of plausible worlds and of luck, by weight. More runs do not narrow them as far as worlds differ (ignorance); only facts do. The worlds differ in what the calibration varied and in nothing else: rules, tables of people and places, and all other numbers they share.",
        "Les fourchettes contiennent 90 % des mondes plausibles et du hasard, par poids. Tant que les mondes diffèrent (ignorance), davantage de simulations ne les resserrent pas ; seuls des faits le peuvent. Les mondes diffèrent par ce que le calage a fait varier et par rien d’autre : ils partagent les règles, les tables de population et de lieux et tous les autres nombres.";
    worlds: "Over plausible worlds: {against}", "Sur les mondes plausibles : {against}";
    worlds_note: "Median difference from the first policy over worlds and luck, by weight, with its 90 % range; each row is drawn on an axis of its own, 0 in the middle. Helps: share of the worlds in which the mean difference is to the good; filled from 90 % on, or up to 10 %. Ignorance and luck: standard deviation of the difference between worlds, and between runs of one world.",
        "Différence médiane avec la première politique sur les mondes et le hasard, par poids, avec sa fourchette à 90 % ; chaque ligne est tracée sur son propre axe, 0 au milieu. Aide : part des mondes où la différence moyenne va dans le bon sens ; plein à partir de 90 %, ou jusqu’à 10 %. Ignorance et hasard : écart type de la différence entre les mondes, et entre les simulations d’un même monde.";
    worlds_median: "median", "médiane";
    worlds_range: "90 % range", "fourchette à 90 %";
    worlds_helps: "helps in", "aide dans";
    worlds_of_worlds: "of the worlds", "des mondes";
    worlds_luck: "luck", "hasard";
    worlds_ignorance: "ignorance", "ignorance";
    regret: "How much worse than the best policy of each world", "De combien chaque politique fait moins bien que la meilleure dans chaque monde";
    regret_note: "Regret: in each world, how much worse the mean of a policy is than that of the best policy there; the mean over worlds, by weight, and what 5 % of the worlds exceed. A policy with little regret in all outcomes is a safe choice though it be the best nowhere.",
        "Regret : dans chaque monde, de combien la moyenne d’une politique est moins bonne que celle de la meilleure ; la moyenne sur les mondes, par poids, et ce que 5 % des mondes dépassent. Une politique dont le regret est faible partout est un choix sûr, même si elle n’est la meilleure nulle part.";
    regret_policy: "policy", "politique";
    regret_best: "best in", "la meilleure dans";
    regret_mean: "mean regret", "regret moyen";
    regret_end: "5 % have more", "5 % ont plus";
    headline_worlds: "{title}, in plausible worlds: {phrases}", "{title}, dans les mondes plausibles : {phrases}";
    headline_worlds_better: "better with “{policy}” in {share} of them", "mieux avec « {policy} » dans {share} d’entre eux";
    headline_worlds_worse: "worse with “{policy}” in {worse} of them", "pire avec « {policy} » dans {worse} d’entre eux";
    headline_worlds_none: "No policy helps, or harms, in nine of ten plausible worlds in any outcome shown", "Aucune politique n’aide ni ne nuit dans neuf mondes plausibles sur dix, pour aucun résultat montré";
    find_worlds: "{title}: {n} {unit} ({low} to {high}), to the good in {share} of the worlds.", "{title} : {n} {unit} ({low} à {high}), dans le bon sens dans {share} des mondes.";
    find_worlds_neither: "{title}: {n} {unit} ({low} to {high}).", "{title} : {n} {unit} ({low} à {high}).";
    find_fails: " It fails to help in {failing} of the {share} of worlds with {conditions}.", " Elle n’aide pas dans {failing} des {share} de mondes où {conditions}.";
    below: "below", "inférieur à";
    or_more: "or more", "ou plus";
    how_sure_clear: "A difference is called clear when it differs from 0 after Holm’s correction over all outcomes and policies (5 %). Where it says “perhaps”, the interval by itself leaves out 0, but that is not clear once all outcomes are looked at together. Runs that all differ by the same show a difference from six on.",
        "Une différence est dite nette si elle diffère de 0 après la correction de Holm sur tous les résultats et toutes les politiques (5 %). « Peut-être » : l’intervalle seul exclut 0, mais ce n’est pas net si l’on regarde tous les résultats ensemble. Des simulations qui diffèrent toutes d’autant n’en montrent une qu’à partir de six.";
    coarse: "One simulated adult stands for {scale}: small commands lose their grain, sizes of events come in steps, and the more an adult stands for, the more results are biased. Quote results of runs in which everybody is simulated.",
        "Un adulte simulé en représente {scale} : les petites unités perdent leur grain, les événements varient par paliers, et plus il en représente, plus les résultats sont biaisés. Citez ceux de simulations où chacun est simulé.";
    notes_title: "Worth a second look", "À regarder de plus près";
    notes: "These scenarios are valid, but may mean something other than was meant:",
        "Ces scénarios sont valides, mais disent peut-être autre chose que ce qui était voulu (remarques en anglais) :";
    over_time: "What happens over time", "Ce qui se passe au fil du temps";
    over_time_note: "Line: mean of all runs. Band: the middle 90 % of runs. Counts are means of twelve weeks.",
        "Ligne : moyenne des simulations. Bande : les 90 % du milieu. Les nombres par semaine sont des moyennes de douze semaines.";
    many_bands: " With more than three lines, the band of each is drawn for the last day alone; the table has all.", " Au-delà de trois lignes, la bande de chacune n’est dessinée que pour le dernier jour ; le tableau les a toutes.";
    parting_note: " Dotted: {date}, from which the scenarios differ.", " Pointillé : {date}, à partir d’où les scénarios diffèrent.";
    difference: "What the policy changes: the difference under the same random numbers",
        "Ce que la politique change : la différence sous les mêmes nombres aléatoires";
    difference_note: "Each run is compared with the run of {first} that has the same random numbers. Line: mean difference; band: its 95 % interval, which says nothing of the assumptions. Counts are added up since the start.",
        "Chaque simulation est comparée à celle de {first} qui a les mêmes nombres aléatoires. Ligne : différence moyenne ; bande : son intervalle à 95 %, qui ne dit rien des hypothèses. Les nombres par semaine sont cumulés depuis le début.";
    forest: "Every main outcome: {against}", "Tous les principaux résultats : {against}";
    forest_note: "Difference with its 95 % interval, drawn in per cent of {first} (axis ± {most} %). Filled: clear over all outcomes. Hollow: not clear. An arrow head at the edge: it goes on beyond the axis, with its number where the value itself lies there.",
        "Différence avec son intervalle à 95 %, dessinée en pour cent de {first} (axe ± {most} %). Plein : nette sur tous les résultats. Creux : pas nette. Une pointe de flèche au bord : cela continue au-delà de l’axe, avec le nombre si la valeur elle-même y est.";
    outcome: "Outcome", "Résultat";
    unit: "Unit", "Unité";
    mean: "Mean", "Moyenne";
    difference_column: "Difference", "Différence";
    interval: "95 % interval", "Intervalle à 95 %";
    low: "Low", "Bas";
    high: "High", "Haut";
    less_more: "less · more", "moins · plus";
    per_cent: "In % of {first}", "En % de {first}";
    clear: "clear", "nette";
    not_clear: "not clear", "pas nette";
    scenario: "Scenario", "Scénario";
    date: "Date", "Date";
    motives: "Why people join", "Pourquoi l’on rejoint un groupe";
    motives_note: "People who joined, by primary motive, in the whole time. Line in a bar: 95 % interval of the mean.",
        "Personnes qui ont rejoint un groupe, par motif principal, sur toute la durée. Trait : intervalle à 95 % de la moyenne.";
    motives_over_time: "Why people join, over time", "Pourquoi l’on rejoint un groupe, au fil du temps";
    motives_over_time_note: "Recruits per week by primary motive, means of twelve weeks over all runs.",
        "Recrues par semaine et motif principal, moyennes de douze semaines sur toutes les simulations.";
    leavers: "How fighters leave", "Comment les combattants partent";
    leavers_note: "Fighters who left, were arrested or were killed, by cause, in the whole time.",
        "Combattants partis, arrêtés ou tués, par cause, sur toute la durée.";
    deaths: "Who is killed, and by whom", "Qui est tué, et par qui";
    deaths_note: "Deaths in violent events in the whole time. For civilians it is known who killed them.",
        "Morts violentes sur toute la durée. Pour les civils, l’auteur est connu.";
    civilians_by_others: "Civilians killed by others", "Civils tués par d’autres";
    joined: "Who joins under one policy and not the other: {against}",
        "Qui rejoint sous une politique et non sous l’autre : {against}";
    joined_note: "The same persons, told apart one by one; persons in a run, by the motive for which they joined first. Line in a bar: 95 % interval of the mean over random numbers. The table has them by region, constituency, cohort and group, too.",
        "Les mêmes personnes, distinguées une à une ; par simulation, selon le motif de la première adhésion. Trait : intervalle à 95 % de la moyenne sur les nombres aléatoires. Le tableau les donne aussi par région, appartenance, cohorte et groupe.";
    joined_both: "Under both", "Sous les deux";
    joined_only: "Only under {name}", "Seulement sous {name}";
    motive: "Motive", "Motif";
    cause: "Cause", "Cause";
    victims: "Killed", "Tués";
    maps: "Where it happens, month by month", "Où cela se passe, mois par mois";
    maps_note: "Each circle is a cercle at its town, as large as its people are many. Means over runs. Outline: Natural Earth, public domain. The places inside a cercle are made up and are not drawn.",
        "Chaque cercle est dessiné à son chef-lieu, grand comme sa population. Moyennes des simulations. Contour : Natural Earth, domaine public. Les lieux à l’intérieur d’un cercle sont fictifs et ne sont pas dessinés.";
    map_difference: "Difference: {against}", "Différence : {against}";
    cercle: "Cercle", "Cercle";
    lacking_together: "Where services lack more, more people join", "Là où les services manquent plus, plus de gens rejoignent un groupe";
    lacking_apart: "Where services lack more, fewer people join", "Là où les services manquent plus, moins de gens rejoignent un groupe";
    lacking_unclear: "Where services lack and where people join: no clear association", "Où les services manquent et où l’on rejoint un groupe : pas d’association nette";
    lacking_note: "Over {n} cercles under {first}, the rank correlation is {r} (95 % interval {low} to {high}). It says where the two go together in this model, not that one brings the other: groups also drive out officials, and the model lets lacking services move people to join. Means over the whole run.",
        "Sur {n} cercles sous {first}, la corrélation des rangs est de {r} (intervalle à 95 % : {low} à {high}). Elle dit où les deux vont ensemble dans ce modèle, non que l’un amène l’autre : les groupes chassent aussi les agents de l’État, et le modèle fait du manque de services un motif. Moyennes sur toute la durée.";
    lacking_services: "Need for services not met", "Besoins de services non couverts";
    lacking_joining: "Joined an armed group in a year", "Ont rejoint un groupe en un an";
    wrong_title: "What this model gets wrong", "Ce que ce modèle fait mal";
    wrong_said: "Mali from 2012 to 2021, {n} runs of everyone beside what was observed: {passes} of {judged} facts that test the model are met, and {fitted} of {fits} of those it may be fitted to. Of those that test it, not met:",
        "Le Mali de 2012 à 2021, {n} simulations de toute la population à côté de ce qui a été observé : {passes} des {judged} faits qui testent le modèle sont reproduits, et {fitted} des {fits} auxquels il peut être ajusté. Non reproduits de ceux qui testent :";
    wrong_fact: "{fact}: {wanted} was observed, the runs give {got}.", "{fact} : {wanted} observé, les simulations donnent {got}.";
    month: "Month", "Mois";
    measure: "Show", "Montrer";
    control: "Control by the state, %", "Contrôle par l’État, %";
    holder: "Holds the largest share", "Détient la plus grande part";
    map_deaths: "Deaths per month", "Morts par mois";
    map_recruits: "Recruits per month", "Recrues par mois";
    map_displaced: "Displaced people", "Personnes déplacées";
    pacts: "Local pacts and their life", "Les accords locaux et leur durée";
    pacts_note: "Pacts signed, joined by a neighbour and ended in the whole time; those that hold at the end, and of them those the state has supported. Line: 95 % interval of the mean over random numbers.",
        "Accords signés, rejoints par un voisin et terminés sur toute la durée ; ceux qui tiennent à la fin, et parmi eux ceux que l’État a soutenus. Trait : intervalle à 95 % de la moyenne sur les nombres aléatoires.";
    talks: "Talks", "Les pourparlers";
    talks_note: "Conferences and exchanges in the whole time; at the end, accords that hold and how far talks have come (1 channel, 2 contact, 3 talks, 4 accord). Line: 95 % interval of the mean over random numbers.",
        "Conférences et échanges sur toute la durée ; à la fin, accords en vigueur et avancement des pourparlers (1 canal, 2 contact, 3 pourparlers, 4 accord). Trait : intervalle à 95 % de la moyenne sur les nombres aléatoires.";
    spending: "What the money is spent on", "À quoi va l’argent";
    spending_note: "Billions of francs in the whole time. Line: 95 % interval of the mean over random numbers. All else that the state pays, mostly administration, is too much for these bars: {else}. Differences: lines that differ by a hundredth of the largest difference or more.",
        "Milliards de francs sur toute la durée. Trait : intervalle à 95 % de la moyenne sur les nombres aléatoires. Tout le reste, surtout l’administration, dépasse ces barres : {else}. Différences : les postes qui diffèrent d’au moins un centième de la plus grande.";
    spending_else: "{n} under “{name}”", "{n} sous « {name} »";
    spending_lines: "Lines of spending", "Postes de dépense";
    regions: "Who pays: regions", "Qui paie : les régions";
    constituencies: "Who pays: constituencies", "Qui paie : les communautés d’appartenance";
    cohorts: "Who pays: young and old, men and women", "Qui paie : jeunes et moins jeunes, hommes et femmes";
    who_pays_note: "By where people come from and whom they belong to, wherever it happened: killed and joined in the whole time, away from home (in the country or beyond) at the end. Line in a bar: 95 % interval of the mean over random numbers; it says nothing of the assumptions.",
        "Selon l’origine et l’appartenance des personnes, où que cela se passe : tués et recrues sur toute la durée, loin de chez eux (dans le pays ou au-delà) à la fin. Trait : intervalle à 95 % de la moyenne sur les nombres aléatoires ; il ne dit rien des hypothèses.";
    difference_from: "{what}: difference from {first}", "{what} : différence avec {first}";
    region: "Region", "Région";
    constituency: "Constituency", "Communauté d’appartenance";
    cohort: "Cohort", "Cohorte";
    paid_civilians: "Civilians killed", "Civils tués";
    paid_fighters: "Fighters killed", "Combattants tués";
    paid_recruits: "Joined an armed group", "Ont rejoint un groupe";
    paid_displaced: "Away from home", "Loin de chez eux";
    what_befalls: "What befalls them", "Ce qui leur arrive";
    people_at_start: "People at the start (cohorts: adults)", "Habitants au début (cohortes : adultes)";
    persons: "Persons", "Personnes";
    per_thousand: "per 1,000 of them", "pour 1 000 d’entre eux";
    per_thousand_residents: "per 1,000 residents", "pour 1 000 habitants";
    told_apart_by: "Told apart by", "Distingués par";
    maps_chosen: "Shown: {measure}, {month}.", "Montré : {measure}, {month}.";
    acted: "When policies changed", "Quand les politiques ont changé";
    acted_note: "Changes on the scenarios’ timelines, by the day or after the condition that they wait for. Square: middle of all runs; line: from the first to the last run in which it acted.",
        "Changements prévus par les scénarios, à une date ou après une condition. Carré : milieu des simulations ; trait : de la première à la dernière simulation où il a eu lieu.";
    acted_in: "{n} of {runs} runs, {first} to {last}", "{n} sur {runs} simulations, {first} à {last}";
    never: "in no run", "dans aucune simulation";
    levers: "What changes", "Ce qui change";
    waits_for: "Waits for", "Attend";
    condition: "condition", "condition";
    runs_acted: "Runs in which it acted", "Simulations où il a eu lieu";
    first_date: "First", "Premier";
    middle_date: "Middle", "Milieu";
    last_date: "Last", "Dernier";
    note_column: "Note", "Note";
    facts_check: "Facts to check: they test the model", "Faits de contrôle : ils testent le modèle";
    facts_fit: "Facts to fit: the model may be tuned to them", "Faits d’ajustement : le modèle peut y être ajusté";
    facts_shown: "Facts shown for orientation, not judged", "Faits montrés pour orientation, non jugés";
    facts_note: "Line: what was observed. Grey: what is tolerated. Square: mean of the runs, filled where the fact is met; line through it: the middle 90 % of runs. Each row has an axis of its own.",
        "Trait vertical : valeur observée. Gris : tolérance. Carré : moyenne des simulations, plein si le fait est reproduit ; trait : les 90 % du milieu. Chaque ligne a son propre axe.";
    fact: "Fact", "Fait";
    wanted: "Observed", "Observé";
    tolerance: "tolerance", "tolérance";
    tolerance_low: "Tolerance from", "Tolérance de";
    tolerance_high: "Tolerance to", "Tolérance à";
    middle_of_runs: "90 % of runs", "90 % des simulations";
    p05: "5 % of runs below", "5 % des simulations en dessous";
    p95: "5 % of runs above", "5 % des simulations au-dessus";
    wanted_got: "observed · runs", "observé · simulations";
    passes: "met", "reproduit";
    fails: "not met", "non reproduit";
    source: "Source", "Source";
    sensitivity: "What moves the outcomes most", "Ce qui agit le plus sur les résultats";
    morris_note: "Mean effect of moving an axis over its whole range, whatever its direction, and how far effects spread (an axis acts with others, or not in proportion). Line in a bar: 95 % interval over trajectories, which says nothing of other assumptions.",
        "Effet moyen d’un axe parcouru en entier, quelle que soit la direction, et dispersion des effets (l’axe agit avec d’autres, ou sans proportion). Trait : intervalle à 95 % sur les trajectoires, qui ne dit rien des autres hypothèses.";
    sobol_note: "Share of an outcome’s variance that an axis carries alone, and with all its interactions. Line in a bar: 95 % interval, which says nothing of other assumptions.",
        "Part de la variance d’un résultat que porte un axe seul, et avec toutes ses interactions. Trait : intervalle à 95 %, qui ne dit rien des autres hypothèses.";
    mean_effect: "Mean effect", "Effet moyen";
    spread: "Spread of effects", "Dispersion des effets";
    total_index: "With interactions", "Avec interactions";
    first_index: "Alone", "Seul";
    share_of_variance: "share of the variance", "part de la variance";
    axis: "Axis", "Axe";
    index: "Index", "Indice";
    value: "Value", "Valeur";
    from_to: "{axis} {low} to {high}", "{axis} {low} à {high}";
    tornado: "What each axis changes alone", "Ce que chaque axe change seul";
    tornado_note: "Difference from the scenario as it is when one axis moves and all else stays, under the same random numbers. Line: 95 % interval of the mean over random numbers; it says nothing of the assumptions.",
        "Différence avec le scénario tel quel quand un seul axe bouge, sous les mêmes nombres aléatoires. Trait : intervalle à 95 % de la moyenne sur les nombres aléatoires ; il ne dit rien des hypothèses.";
    at_lowest: "At the first value", "À la première valeur";
    at_highest: "At the last value", "À la dernière valeur";
    as_it_is: "the scenario as it is", "le scénario tel quel";
    heat: "What each pair of settings leads to", "À quoi mène chaque paire de réglages";
    heats: "{outcome}: what each combination of settings leads to", "{outcome} : à quoi mène chaque combinaison de réglages";
    heat_axes: "Rows: {rows}. Columns: {columns}. Means over runs; dark is less, light is more", "Lignes : {rows}. Colonnes : {columns}. Moyennes des simulations ; foncé moins, clair plus";
    heat_note: ", each map over a range of its own. Their intervals stand in the table.", ", chaque carte sur sa propre étendue. Les intervalles sont dans le tableau.";
    heats_note: ", all maps over the same range. Their intervals stand in the table.", ", toutes les cartes sur la même étendue. Les intervalles sont dans le tableau.";
    one_axis: "What the setting changes", "Ce que le réglage change";
    axis_note: "Across: {axis}. Line: mean over runs. Band: 95 % interval of the mean over random numbers; it says nothing of the assumptions.",
        "Horizontalement : {axis}. Ligne : moyenne des simulations. Bande : intervalle à 95 % de la moyenne sur les nombres aléatoires ; il ne dit rien des hypothèses.";
    axes: "{outcome}, by each axis", "{outcome}, selon chaque axe";
    axes_note: "Line: mean of all settings with this value, or within a tenth of the axis. Band: the middle 90 % of their means; of a value with one setting, the 95 % interval of its mean over random numbers.",
        "Ligne : moyenne des réglages de cette valeur, ou d’un dixième de l’axe. Bande : les 90 % du milieu de leurs moyennes ; d’une valeur à un seul réglage, l’intervalle à 95 % de sa moyenne sur les nombres aléatoires.";
    table: "Table and downloads", "Tableau et téléchargements";
    table_part: "The table may show a part (of weeks the last of each year, of settings the first 300); {file} in the folder has all.",
        "Le tableau peut n’en montrer qu’une partie (des semaines la dernière de l’année, des réglages les 300 premiers) ; {file} dans le dossier contient tout.";
    download: "Download {kind}", "Télécharger {kind}";
    about: "How this was made", "Comment ceci a été fait";
    about_made: "Made from the folder by “toguna report”; the page loads nothing from elsewhere. Command: {command}. Fingerprint of the inputs: {fingerprint}.",
        "Fait à partir du dossier par « toguna report » ; la page ne charge rien d’ailleurs. Commande : {command}. Empreinte des entrées : {fingerprint}.";
    about_places: "Communities are made-up splits of real cercles: nothing here is about a named commune or person. Do not quote a number without its interval and these words.",
        "Les communautés sont des divisions fictives de cercles réels : rien ici ne concerne une commune ou une personne nommée. Ne citez aucun nombre sans son intervalle et ces mots.";
    noun_civilians_killed: "civilians killed", "civils tués";
    noun_deaths: "deaths", "morts";
    noun_recruits: "people who join", "recrues";
    noun_fighters: "fighters at the end", "combattants à la fin";
    noun_displaced: "displaced people at the end", "déplacés à la fin";
    per_week: "{unit} per week", "{unit} par semaine";
    points: "percentage points", "points de pourcentage";
}

/// One of the words, whatever the language.
pub type Word = fn(&Words) -> &'static str;

impl Language {
    #[must_use]
    pub fn words(self) -> &'static Words {
        match self {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
        }
    }

    /// The title of an outcome.
    #[must_use]
    pub fn title(self, outcome: &toguna_model::outcomes::Outcome) -> String {
        let french = || {
            let named = FRENCH_TITLES.iter().find(|(name, _)| *name == outcome.name);
            named.map(|(_, title)| (*title).to_owned())
        };
        match self {
            Language::English => outcome.title(),
            Language::French => french().unwrap_or_else(|| outcome.title()),
        }
    }

    /// The title of an outcome under a heading that says what all of them count: "For protection".
    #[must_use]
    pub fn part(self, outcome: &toguna_model::outcomes::Outcome) -> String {
        let title = self.title(outcome);
        let part = title.strip_prefix("Recruits ").or(title.strip_prefix("Spending on "));
        let Some(part) = part else { return title };
        let mut letters = part.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// A region, a constituency, a cohort or a group as people say it, and what they are told apart by.
    #[must_use]
    pub fn part_of_people(self, name: &str) -> String {
        let known = PARTS.iter().find(|(known, _, _)| *known == name);
        known.map_or_else(
            || name.replace('_', " "),
            |(_, english, french)| match self {
                Language::English => (*english).to_owned(),
                Language::French => (*french).to_owned(),
            },
        )
    }

    /// A unit as people of this language say it.
    #[must_use]
    pub fn unit(self, unit: &str) -> String {
        let french = || FRENCH_UNITS.iter().find(|(name, _)| *name == unit).map(|(_, it)| *it);
        match self {
            Language::English => unit.to_owned(),
            Language::French => french().unwrap_or(unit).to_owned(),
        }
    }
}

/// What tables call parts of the people, in both languages.
const PARTS: &[(&str, &str, &str)] = &[
    ("young_men", "Men of 15 to 34", "Hommes de 15 à 34 ans"),
    ("young_women", "Women of 15 to 34", "Femmes de 15 à 34 ans"),
    ("older_men", "Men of 35 and more", "Hommes de 35 ans et plus"),
    ("older_women", "Women of 35 and more", "Femmes de 35 ans et plus"),
    ("motive", "Motive", "Motif"),
    ("region", "Region", "Région"),
    ("constituency", "Constituency", "Communauté d’appartenance"),
    ("cohort", "Cohort", "Cohorte"),
    ("group", "Group", "Groupe"),
    ("all", "All", "Tous"),
];

const FRENCH_UNITS: &[(&str, &str)] = &[
    ("people", "personnes"),
    ("deaths", "morts"),
    ("events", "événements"),
    ("schools", "écoles"),
    ("pacts", "accords"),
    ("places", "lieux"),
    ("bn francs", "milliards de francs"),
    ("% of normal", "% de la normale"),
    ("coups", "coups d’État"),
];

/// Outcomes that pages show; the others keep their English titles.
const FRENCH_TITLES: &[(&str, &str)] = &[
    ("fighters", "Combattants des groupes armés"),
    ("recruits", "Personnes qui ont rejoint un groupe"),
    ("leavers", "Combattants partis"),
    ("deaths", "Morts violentes"),
    ("civilians_killed", "Civils tués"),
    ("civilians_killed_by_state", "Civils tués par l’État"),
    ("civilians_killed_by_groups", "Civils tués par des groupes armés"),
    ("fighters_killed", "Combattants tués"),
    ("soldiers_killed", "Soldats tués"),
    ("partner_deaths", "Soldats de partenaires tués"),
    ("events", "Événements violents"),
    ("events_reported", "Événements violents connus"),
    ("state_control", "Contrôle par l’État"),
    ("group_control", "Contrôle par des groupes armés"),
    ("under_state", "Population sous l’État"),
    ("schools_closed", "Écoles fermées"),
    ("displaced", "Déplacés internes"),
    ("refugees", "Réfugiés"),
    ("people_in_need", "Personnes dans le besoin"),
    ("pacts", "Accords locaux"),
    ("under_pacts", "Population sous accord"),
    ("pacts_signed", "Accords locaux signés"),
    ("pacts_ended", "Accords locaux terminés"),
    ("accords", "Accords avec des groupes"),
    ("war_settled", "Guerre finie par un accord"),
    ("war_won", "Guerre finie par la victoire de l’État"),
    ("war_lost", "Guerre finie par la défaite de l’État"),
    ("coups", "Coups d’État"),
    ("legitimacy", "Légitimité de l’État"),
    ("trust", "Confiance envers l’État"),
    ("capacity", "Capacité des institutions"),
    ("opinion_dialogue", "Opinion favorable au dialogue"),
    ("spending", "Dépenses de l’État"),
    ("debt", "Dette de l’État"),
    ("recruits_protection", "Pour la protection"),
    ("recruits_economic", "Pour un revenu"),
    ("recruits_social_welfare", "Faute de services"),
    ("recruits_educational", "Faute d’école"),
    ("recruits_grievance", "Par ressentiment"),
    ("recruits_political", "Faute de voix"),
    ("recruits_familial", "Pour parents et amis"),
    ("recruits_religious", "Pour la religion"),
    ("recruits_status", "Pour le rang"),
    ("recruits_coercion", "Par contrainte"),
    ("pacts_joined", "Lieux qui ont rejoint un accord"),
    ("pacts_supported", "Accords soutenus par l’État"),
    ("conferences", "Conférences nationales"),
    ("exchanges", "Échanges de prisonniers"),
    ("talks_stage", "Avancement des pourparlers"),
    ("spending_health", "Santé"),
    ("spending_schooling", "École"),
    ("spending_justice", "Justice"),
    ("spending_water", "Eau"),
    ("spending_dialogue", "Dialogue"),
    ("spending_pacts", "Accords locaux"),
    ("spending_relief", "Aide"),
    ("spending_reintegration", "Réinsertion"),
    ("spending_pay", "Solde des soldats"),
    ("spending_upkeep", "Entretien de l’armée"),
    ("spending_operations", "Opérations militaires"),
    ("spending_partners", "Partenaires"),
    ("spending_administration", "Tout le reste"),
    ("leavers_fatigue", "Par lassitude"),
    ("leavers_losses", "Après des pertes"),
    ("leavers_unpaid", "Faute de paie"),
    ("leavers_reintegration", "Par réinsertion"),
    ("leavers_arrest", "Arrêtés"),
    ("leavers_amnesty", "Par amnistie"),
    ("leavers_accord", "Renvoyés par un accord"),
];

/// A sentence with its gaps filled.
#[must_use]
pub fn filled(sentence: &str, gaps: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = sentence;
    // What is filled in is not looked at again: a title may hold braces.
    while let Some((before, after)) = rest.split_once('{') {
        text += before;
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = gaps.iter().find(|(gap, _)| *gap == name).map_or("", |(_, value)| value);
        text += value;
        rest = after;
    }
    text + rest
}

/// The same with gaps that were made for it.
#[must_use]
pub fn filled_with(sentence: &str, gaps: &[(&str, String)]) -> String {
    let gaps: Vec<(&str, &str)> = gaps.iter().map(|(gap, value)| (*gap, value.as_str())).collect();
    filled(sentence, &gaps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use toguna_model::outcomes::OUTCOMES;

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let filled = filled("{a} and {b}.", &[("a", "{b}"), ("b", "<{c}>")]);
        assert_eq!(filled, "{b} and <{c}>.");
    }

    #[test]
    fn every_french_title_is_of_an_outcome() {
        for (name, _) in FRENCH_TITLES {
            assert!(OUTCOMES.iter().any(|outcome| outcome.name == *name), "{name}");
        }
    }

    #[test]
    fn every_main_outcome_has_a_french_title() {
        for (_, outcome) in toguna_model::outcomes::Outcome::headlines(|_| true) {
            assert_ne!(Language::French.title(outcome), outcome.title(), "{}", outcome.name);
        }
    }
}
