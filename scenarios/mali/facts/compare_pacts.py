#!/usr/bin/env python3
"""Compares pacts, talks and politics of runs with facts F13 to F16 and F25 to F27.

    for name in status-quo survival-pacts-left-alone state-supported-pacts inter-malian-dialogue algiers-type-accord; do
        toguna run scenarios/mali/$name.toml --replicates 20 --tables places,pacts,talks,politics --out output/facts/$name
    done
    python3 scenarios/mali/facts/compare_pacts.py output/facts

Prints one row a fact and scenario: what is wanted, the mean over runs, the range that holds the middle
nine tenths of them. Needs Python 3.9 and nothing else. What each number means: docs/facts.md.
"""

import csv
import math
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

BEFORE, AFTER = 6, 12  # months compared around the start of a pact
WEEKS_OF_F27 = 182  # three and a half years
MONTH = 365.25 / 12 / 7  # weeks


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def share(part, whole):
    return part / whole if whole else math.nan


def mean(values):
    values = [value for value in values if not math.isnan(value)]
    return sum(values) / len(values) if values else math.nan


class Places:
    """Months of every community in one run: reported events, and whether a pact held at its end."""

    def __init__(self):
        self.events = defaultdict(list)
        self.pact = defaultdict(list)
        self.blockaded = defaultdict(list)
        self.zone = {}


def places_by_run(folder):
    runs = defaultdict(Places)
    with open(folder / "places.csv", newline="", encoding="utf-8") as file:
        lines = csv.reader(file)
        header = next(lines)
        at = [header.index(name) for name in
              ("run", "community", "zone", "events_reported", "under_pact", "blockaded")]
        for line in lines:
            run, community, zone, events, pact, blockaded = (line[i] for i in at)
            places = runs[run]
            places.events[community].append(float(events))
            places.pact[community].append(float(pact) == 1)
            places.blockaded[community].append(float(blockaded) == 1)
            places.zone[community] = zone
    return [runs[name] for name in sorted(runs, key=int)]


def level(events):
    """Places are comparable whose months before had about as many events."""
    return 0 if events == 0 else 1 if events <= 2 else 2 if events <= 5 else 3


def change_against_others(places, who):
    """Change of reported events in places named by `who(community, month)` from the months before to the
    months after, against places of the same zone and level without a pact, as a factor less one."""
    treated = others = 0.0
    base = defaultdict(lambda: [0.0, 0.0])
    months = len(next(iter(places.events.values())))
    found = defaultdict(list)
    for community, events in places.events.items():
        for month in range(BEFORE, months - AFTER + 1):
            before, after = events[month - BEFORE:month], events[month:month + AFTER]
            pact = places.pact[community]
            if sum(before) == 0:
                continue
            group = (places.zone[community], level(sum(before)), month)
            length = who(community, month)
            if length:
                found[group].append((sum(before) / BEFORE, sum(after[:length]) / length, length))
            elif not any(pact[month - BEFORE:month + AFTER]):
                base[group][0] += sum(before) / BEFORE
                base[group][1] += sum(after) / AFTER
    for group, cases in found.items():
        was, became = base[group]
        if was > 0:
            for before, after, length in cases:
                treated += after * length
                others += before * length * became / was
    return share(treated, others) - 1


def pact_effect(places):
    """F13 in the places that sign, over the months in which the pact holds."""
    def held(community, month):
        pact = places.pact[community]
        if not pact[month] or any(pact[month - BEFORE:month]):
            return 0
        length = 0
        while length < AFTER and month + length < len(pact) and pact[month + length]:
            length += 1
        return length
    return change_against_others(places, held)


def effect_next_door(places, next_to):
    """The same next door to places that sign, in places that have not signed."""
    def beside(community, month):
        if any(places.pact[community][month - BEFORE:month + AFTER]):
            return 0
        begins = any(places.pact[other][month] and not any(places.pact[other][month - BEFORE:month])
                     for other in next_to[community])
        return AFTER if begins else 0
    return change_against_others(places, beside)


def diffusion(places, next_to):
    """F15: how much likelier a troubled place is to sign next to a pact that has held for three months."""
    signed, months = [0, 0], [0, 0]
    for community, pact in places.pact.items():
        events, blockaded = places.events[community], places.blockaded[community]
        for month in range(3, len(pact)):
            troubled = sum(events[max(0, month - 6):month]) > 0 or blockaded[month - 1]
            if pact[month - 1] or not troubled:
                continue
            seen = any(all(places.pact[other][month - 3:month]) for other in next_to[community])
            months[seen] += 1
            signed[seen] += pact[month]
    return share(share(signed[1], months[1]), share(signed[0], months[0]))


def class_of(pact):
    """What a pact was exposed to for most of its life: 0 a militia nearby that nobody had bound, or soldiers
    whom it excludes and whom the state does not keep away; 1 other soldiers nearby; 2 neither."""
    kept_away = pact["stance"] in ("tolerate", "support")
    soldiers = float(pact["soldiers_near"]) > 0.5
    if pact["militia_bound"] != "true" and float(pact["militia_near"]) > 0.5:
        return 0
    if soldiers and pact["army_excluded"] == "true" and not kept_away:
        return 0
    return 1 if soldiers else 2


def median_life(pacts):
    """Kaplan and Meier's median in months; where fewer than half ended, ln 2 by the rate of ending."""
    ends = sorted((int(p["weeks"]) / MONTH, bool(p["ended"])) for p in pacts)
    alive, left = 1.0, len(ends)
    for months, ended in ends:
        if ended:
            alive *= 1 - 1 / left
            if alive <= 0.5:
                return months
        left -= 1
    return share(math.log(2) * sum(months for months, _ in ends), sum(ended for _, ended in ends))


def mean_life(pacts):
    """Months that pacts were held for each that ended: one by the hazard of ending."""
    held = sum(int(pact["weeks"]) for pact in pacts) / MONTH
    return share(held, sum(bool(pact["ended"]) for pact in pacts))


def by_run(path):
    grouped = defaultdict(list)
    for row in rows(path):
        grouped[row["run"]].append(row)
    return grouped


def years(series):
    """Legitimacy (mean) and deaths (sum) by year."""
    legitimacy, deaths = defaultdict(list), defaultdict(float)
    for week in series:
        legitimacy[week["date"][:4]].append(float(week["legitimacy"]))
        deaths[week["date"][:4]] += float(week["deaths"])
    full = [year for year in sorted(legitimacy) if len(legitimacy[year]) >= 52]
    return [(mean(legitimacy[year]), deaths[year]) for year in full]


def rises_while_deaths_rise(series):
    pairs = zip(years(series), years(series)[1:])
    return float(any(b[0] > a[0] + 0.005 and b[1] > a[1] for a, b in pairs))


def deaths_of_year_after(series, date):
    weeks = [float(week["deaths_reported"]) for week in series if week["date"] >= date]
    return sum(weeks[:52])


def clauses_after(series, talks):
    """Share of clauses carried out three and a half years after the accord; nan without one."""
    signed = [row["date"] for row in talks if row["to"] == "accord" and row["from"] == "talks"]
    if not signed:
        return math.nan
    weeks = [week for week in series if week["date"] >= signed[0]]
    if len(weeks) <= WEEKS_OF_F27:
        return math.nan
    return float(weeks[WEEKS_OF_F27]["clauses_implemented"])


def told(value):
    return "none" if math.isnan(value) else f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"


def line(number, what, wanted, values):
    got = sorted(value for value in values if not math.isnan(value))
    if got:
        edge = round(0.05 * (len(got) - 1))
        cells = f"{told(mean(got))} | {told(got[edge])} to {told(got[-1 - edge])} | {len(got)}"
    else:
        cells = "none | | 0"
    print(f"| {number} | {what} | {wanted} | {cells} |")


def main(folder):
    print("| fact | what | wanted | mean | 90 % of runs | runs |")
    print("|---|---|---|---|---|---|")
    next_to = defaultdict(set)
    for road in rows(folder / "status-quo" / "neighbours.input.csv"):
        next_to[road["community"]].add(road["neighbour"])
        next_to[road["neighbour"]].add(road["community"])
    for scenario in ("survival-pacts-left-alone", "state-supported-pacts"):
        runs = places_by_run(folder / scenario)
        line("F13", f"reported events where a pact holds, {scenario}", "-0.9 to -0.5",
             [pact_effect(run) for run in runs])
        line("F13", f"reported events next door, {scenario}", "not asked",
             [effect_next_door(run, next_to) for run in runs])
        line("F15", f"agreeing next to a held pact, factor, {scenario}", "above 1",
             [diffusion(run, next_to) for run in runs])
    everything = []
    for scenario in ("status-quo", "survival-pacts-left-alone", "state-supported-pacts"):
        for pacts in by_run(folder / scenario / "pacts.csv").values():
            everything += [pact for pact in pacts if int(pact["weeks"]) >= 0]
    names = ("a militia unbound or the army clause open", "the army nearby", "neither")
    for number, (name, wanted) in enumerate(zip(names, ("4", "12", "100"))):
        pacts = [pact for pact in everything if class_of(pact) == number]
        print(f"| F14 | mean life in months of {len(pacts)} pacts, {name} | about {wanted} | {told(mean_life(pacts))} | | |")
        if number == 0:
            lives = median_life(pacts) if pacts else math.nan
            print(f"| F14 | median life in months of the same | below 6 | {told(lives)} | | |")
    blockades = [int(pact["blockade_weeks"]) / MONTH for pact in everything if pact["signed"] >= "2024"]
    after = [months for months in blockades if months > 0]
    print(f"| F16 | pacts signed that followed a blockade | most | {told(share(len(after), len(blockades)))} | | |")
    print(f"| F16 | median months of blockade before those | 3 to 5 | {told(median(after) if after else math.nan)} | | |")
    quiet = by_run(folder / "status-quo" / "series.csv")
    show = by_run(folder / "inter-malian-dialogue" / "series.csv")
    date = "2024-05-06"
    line("F25", "deaths in the year after the conference, change", "above -0.2",
         [share(deaths_of_year_after(show[run], date), deaths_of_year_after(quiet[run], date)) - 1 for run in quiet])
    line("F26", "runs with a year in which legitimacy and deaths rise, status quo", "occurs",
         [rises_while_deaths_rise(series) for series in quiet.values()])
    series = by_run(folder / "algiers-type-accord" / "series.csv")
    talks = by_run(folder / "algiers-type-accord" / "talks.csv")
    line("F27", "clauses carried out 3.5 years after the accord", "0.15 to 0.35",
         [clauses_after(series[run], talks.get(run, [])) for run in series])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
