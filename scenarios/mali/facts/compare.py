#!/usr/bin/env python3
"""Compares runs of the history of Mali with the facts in this folder.

    toguna run scenarios/mali/history.toml --replicates 20 --tables events,recruits,places --out output/history
    python3 scenarios/mali/facts/compare.py output/history

Prints one row a fact: what is wanted with its tolerance, the mean over runs, the range that holds the
middle nine tenths of them, and whether the mean lies within the tolerance. Needs Python 3.9 and nothing
else. Numbers of facts and tolerances: docs/facts.md; events and deaths are those reported.
"""

import csv
import math
import sys
from collections import defaultdict
from pathlib import Path

FACTS = Path(__file__).resolve().parent
YEARS = range(2012, 2022)
KILLED = ("soldiers_killed", "partners_killed", "attackers_killed", "defenders_killed", "civilians_killed")
MILITIAS_OF_FARMERS = {"dogon_militia", "dozo"}


def rows(path):
    """Rows of a CSV as dictionaries, one at a time."""
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def share(part, whole):
    return part / whole if whole else 0.0


def ranks(values):
    """Mean ranks, ties shared."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    result = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            result[place] = (start + end - 1) / 2
        start = end
    return result


def rank_correlation(a, b):
    a, b = ranks(a), ranks(b)
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    covariance = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b))
    spread = math.sqrt(sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b))
    return share(covariance, spread)


def gini(values):
    """Of non-negative numbers, 0 where all are equal."""
    values, count, total = sorted(values), len(values), sum(values)
    if total == 0:
        return 0.0
    weighted = sum((place + 1) * value for place, value in enumerate(values))
    return 2 * weighted / (count * total) - (count + 1) / count


class Run:
    """What one run shows, gathered while its files are read."""

    def __init__(self):
        self.events = defaultdict(int)  # by year
        self.deaths = defaultdict(int)
        self.zone_deaths = defaultdict(int)  # by year and zone
        self.latitudes = defaultdict(float)  # deaths times latitude, by year
        self.cercle_events = defaultdict(int)  # by cercle and year
        self.cercle_deaths = defaultdict(int)
        self.month_events = defaultdict(int)  # by cercle and month since 2012-01
        self.month_deaths = defaultdict(int)
        self.sizes = []
        self.civilians = defaultdict(int)  # by year (2020: first half) and perpetrator
        self.displaced = {}  # by month, "2013-06"
        self.closed = {}
        self.closures = [0.0, 0.0]  # by threat, by destruction
        self.officials = defaultdict(list)  # by month and zone
        self.hosted = defaultdict(float)  # by cercle, end of 2020
        self.motives = defaultdict(int)
        self.triggered_by_state = 0
        self.recruits = 0
        self.coups = defaultdict(float)


def gather(folder):
    """Reads a folder of runs."""
    cercles = [row["cercle"] for row in rows(FACTS / "cercles.csv")]
    latitude = {r["community"]: float(r["latitude"]) for r in rows(folder / "communities.input.csv")}
    runs = defaultdict(Run)
    for row in rows(folder / "series.csv"):
        run, month = runs[row["run"]], row["date"][:7]
        run.displaced[month] = float(row["displaced"])
        run.closed[month] = float(row["schools_closed"])
        run.closures[0] += float(row["schools_closed_by_threat"])
        run.closures[1] += float(row["schools_destroyed"])
        run.coups[int(row["date"][:4])] += float(row["coups"])
    for row in rows(folder / "events.csv"):
        if row["reported"] != "true":
            continue
        run, year, month = runs[row["run"]], int(row["date"][:4]), int(row["date"][5:7])
        deaths = sum(int(row[column]) for column in KILLED)
        cercle, at = row["cercle"], 12 * (year - 2012) + month - 1
        run.events[year] += 1
        run.deaths[year] += deaths
        run.zone_deaths[year, row["zone"]] += deaths
        run.latitudes[year] += deaths * latitude[row["community"]]
        run.cercle_events[cercle, year] += 1
        run.cercle_deaths[cercle, year] += deaths
        run.month_events[cercle, at] += 1
        run.month_deaths[cercle, at] += deaths
        run.sizes.append(deaths)
        if year < 2020 or month <= 6:
            run.civilians[year, row["attacker"]] += int(row["civilians_killed"])
    for row in rows(folder / "recruits.csv"):
        run = runs[row["run"]]
        run.recruits += 1
        run.motives[row["motive"]] += 1
        run.triggered_by_state += row["trigger"] == "state"
    wanted = {"2016-09", "2019-11", "2020-12", "2021-11"}
    with open(folder / "places.csv", newline="", encoding="utf-8") as file:
        lines = csv.reader(file)
        header = next(lines)
        at = {name: header.index(name) for name in
              ("run", "date", "cercle", "zone", "officials", "displaced_hosted")}
        for line in lines:
            month = line[at["date"]][:7]
            if month not in wanted:
                continue
            run = runs[line[at["run"]]]
            run.officials[month, line[at["zone"]]].append(float(line[at["officials"]]))
            if month == "2020-12":
                run.hosted[line[at["cercle"]]] += float(line[at["displaced_hosted"]])
    return cercles, [runs[name] for name in sorted(runs, key=int)]


def neighbours_of(cercles):
    next_to = {cercle: set() for cercle in cercles}
    for row in rows(FACTS / "adjacency.csv"):
        names = [row["cercle"], row["neighbour"]]
        if all(name in next_to for name in names):
            next_to[names[0]].add(names[1])
            next_to[names[1]].add(names[0])
    return next_to


def onset(run, cercles, next_to, active_neighbours):
    """Yearly chance that a cercle with fewer than five events has five or more in the next year."""
    quiet = begun = 0
    for year in list(YEARS)[:-1]:
        active = {c for c in cercles if run.cercle_events[c, year] >= 5}
        for cercle in cercles:
            if cercle not in active and min(2, len(active & next_to[cercle])) == active_neighbours:
                quiet += 1
                begun += run.cercle_events[cercle, year + 1] >= 5
    return share(begun, quiet)


def again(run, cercles, before):
    """Chance of an event in a cercle and month of 2017 to 2021, given some (or none) the month before."""
    months = hits = 0
    for cercle in cercles:
        for at in range(61, 120):
            if (run.month_events[cercle, at - 1] > 0) == before:
                months += 1
                hits += run.month_events[cercle, at] > 0
    return share(hits, months)


def tail_exponent(sizes, least=5):
    """Maximum likelihood for whole numbers from `least` (Clauset and others 2009, approximation)."""
    tail = [size for size in sizes if size >= least]
    logs = sum(math.log(size / (least - 0.5)) for size in tail)
    return 1 + share(len(tail), logs)


def top_months(run, cercles):
    deaths = sorted((run.month_deaths[c, at] for c in cercles for at in range(120)), reverse=True)
    return share(sum(deaths[: len(deaths) // 100]), sum(deaths))


def active(run, cercles, year):
    return sum(run.cercle_events[cercle, year] >= 5 for cercle in cercles)


def over(run, counts, years):
    return sum(counts(run, year) for year in years)


def centre_share(run, years):
    centre = sum(run.zone_deaths[year, "centre"] for year in years)
    return share(centre, sum(run.deaths[year] for year in years))


def by_whom(run, year, whom):
    total = sum(dead for (when, _), dead in run.civilians.items() if when == year)
    return share(sum(run.civilians[year, side] for side in whom), total)


def mean(values):
    return sum(values) / len(values) if values else 0.0


def facts(cercles):
    """(number, what, wanted, lowest, highest, measure) for each fact."""
    next_to = neighbours_of(cercles)
    by_year = {int(r["year"]): r for r in rows(FACTS / "violence_by_year.csv")}
    yield from ((f"F1", f"deaths {y}", float(by_year[y]["deaths"]), float(by_year[y]["deaths"]) / 2,
                 2 * float(by_year[y]["deaths"]), lambda r, y=y: r.deaths[y]) for y in range(2014, 2022))
    yield "F2", "events 2017 / 2016", 2.9, 2, 4, lambda r: share(r.events[2017], r.events[2016])
    yield ("F3", "deaths per event, all years", 2.8, 1.8, 3.9,
           lambda r: share(sum(r.deaths.values()), sum(r.events.values())))
    yield ("F3", "lowest year", 1.86, 1.8, 3.9, lambda r: min(share(r.deaths[y], r.events[y]) for y in YEARS))
    yield ("F3", "highest year", 3.83, 1.8, 3.9, lambda r: max(share(r.deaths[y], r.events[y]) for y in YEARS))
    yield "F4", "events that kill nobody", 0.54, 0.48, 0.60, lambda r: share(r.sizes.count(0), len(r.sizes))
    yield "F4", "tail exponent from five deaths", 2.2, 2.0, 2.5, lambda r: tail_exponent(r.sizes)
    yield "F4", "deaths in the top 1 % of cercle-months", 0.25, 0.15, 0.35, lambda r: top_months(r, cercles)
    yield "F5", "event this month after one", 0.74, 0.64, 0.84, lambda r: again(r, cercles, True)
    yield "F5", "event this month after none", 0.23, 0.13, 0.33, lambda r: again(r, cercles, False)
    for count, wanted in enumerate((0.04, 0.16, 0.32)):
        name = f"onset with {count}{' or more' if count == 2 else ''} active neighbours"
        yield ("F6", name, wanted, wanted / 2, 1.5 * wanted,
               lambda r, n=count: onset(r, cercles, next_to, n))
    yield ("F7", "latitude of deaths 2014", 17.5, 16.5, 18.5,
           lambda r: share(r.latitudes[2014], r.deaths[2014]))
    late = (2019, 2020, 2021)
    yield ("F7", "latitude of deaths 2019-21", 15.0, 14.0, 16.0,
           lambda r: share(over(r, lambda r, y: r.latitudes[y], late), over(r, lambda r, y: r.deaths[y], late)))
    yield "F7", "centre's share of deaths 2014", 0.0, 0.0, 0.1, lambda r: centre_share(r, (2014,))
    yield "F7", "centre's share of deaths 2019-21", 0.65, 0.55, 0.75, lambda r: centre_share(r, late)
    for year, wanted in ((2014, 6), (2018, 21), (2021, 31)):
        yield ("F8", f"cercles with five events {year}", wanted, wanted - 5, wanted + 5,
               lambda r, y=year: active(r, cercles, y))
    for year, wanted in ((2014, 0.92), (2021, 0.74)):
        yield ("F9", f"Gini of deaths over cercles {year}", wanted, wanted - 0.1, wanted + 0.1,
               lambda r, y=year: gini([r.cercle_deaths[c, y] for c in cercles]))
    for year, dozo, state in ((2018, 0.36, 0.12), (2019, 0.45, 0.10), (2020, 0.18, 0.36)):
        when = f"{year}, first half" if year == 2020 else str(year)
        yield ("F10", f"civilians killed by hunters and Dogon militias {when}", dozo, dozo - 0.1, dozo + 0.1,
               lambda r, y=year: by_whom(r, y, MILITIAS_OF_FARMERS))
        yield ("F10", f"civilians killed by the state {when}", state, state - 0.1, state + 0.1,
               lambda r, y=year: by_whom(r, y, {"state"}))
    years = (2018, 2019, 2020)
    yield ("F17", "net displaced per death 2018-20", 45, 25, 60,
           lambda r: share(r.displaced["2020-12"] - r.displaced["2017-12"], sum(r.deaths[y] for y in years)))
    yield ("F17", "rank correlation of hosted and deaths 2018-20 over cercles", 0.6, 0.6, 1.0,
           lambda r: rank_correlation([sum(r.cercle_deaths[c, y] for y in years) for c in cercles],
                                      [r.hosted[c] for c in cercles]))
    for month, wanted in (("2012-05", 147e3), ("2013-06", 353e3), ("2014-12", 61.6e3),
                          ("2017-12", 38.2e3), ("2021-12", 350e3)):
        number = "F18" if month in ("2013-06", "2017-12", "2021-12") else "F18, not asked"
        yield number, f"displaced {month}", wanted, 0.7 * wanted, 1.3 * wanted, lambda r, m=month: r.displaced[m]
    for month, wanted in (("2016-06", 296), ("2017-07", 500), ("2018-06", 750), ("2019-12", 1113)):
        yield ("F19", f"schools closed {month}", wanted, 0.75 * wanted, 1.25 * wanted,
               lambda r, m=month: r.closed[m])
    yield "F20", "closures by threat", 0.7, 0.7, 1.0, lambda r: share(r.closures[0], sum(r.closures))
    for month, zone, low, high in (("2016-09", "north", 0.2, 0.33), ("2021-11", "north", 0.1, 0.33),
                                   ("2016-09", "centre", 0.5, 0.7), ("2019-11", "centre", 0.15, 0.35)):
        yield ("F21", f"officials present, {zone} {month}", (low + high) / 2, low, high,
               lambda r, k=(month, zone): mean(r.officials[k]))
    for motive, wanted in (("economic", 0.25), ("familial", 0.22), ("religious", 0.17)):
        yield ("F22", f"primary motive {motive}", wanted, wanted - 0.1, wanted + 0.1,
               lambda r, m=motive: share(r.motives[m], r.recruits))
    rest = ("protection", "grievance", "political", "social_welfare", "educational", "status", "coercion")
    yield ("F22", "protection, less the largest of the other motives", 0.05, 0.0, 1.0,
           lambda r: share(r.motives["protection"] - max(r.motives[m] for m in rest[1:]), r.recruits))
    yield ("F22", "triggered by harm by the state", 0.34, 0.20, 0.45,
           lambda r: share(r.triggered_by_state, r.recruits))


def told(value):
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.0f}"


def main(folder):
    cercles, runs = gather(Path(folder))
    print(f"{len(runs)} runs of {folder}\n")
    print("| fact | what | wanted | tolerance | mean | 90 % of runs | within |")
    print("|---|---|---|---|---|---|---|")
    within = count = 0
    for number, what, wanted, low, high, measure in facts(cercles):
        got = sorted(measure(run) for run in runs)
        edge = round(0.05 * (len(got) - 1))
        fits = low <= mean(got) <= high
        within, count = within + fits, count + 1
        print(f"| {number} | {what} | {told(wanted)} | {told(low)} to {told(high)} | {told(mean(got))} "
              f"| {told(got[edge])} to {told(got[-1 - edge])} | {'yes' if fits else 'no'} |")
    print(f"\n{within} of {count} rows within. Means by year:\n")
    print("| year | events | deaths | north | centre | south | cercles with five events | coups |")
    print("|---|---|---|---|---|---|---|---|")
    for year in YEARS:
        cells = [mean([run.events[year] for run in runs]), mean([run.deaths[year] for run in runs])]
        cells += [mean([run.zone_deaths[year, zone] for run in runs]) for zone in ("north", "centre", "south")]
        cells += [mean([active(run, cercles, year) for run in runs])]
        print(f"| {year} | " + " | ".join(f"{cell:.0f}" for cell in cells)
              + f" | {mean([run.coups[year] for run in runs]):.2f} |")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
