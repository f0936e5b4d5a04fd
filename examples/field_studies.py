#!/usr/bin/env python3
"""What the field's best studies asked of the world, asked of the model: each study's estimator on simulated data, sign and
size beside the published. docs/studies.md says what stands for what, and what would count as agreement.

    python3 examples/field_studies.py --seeds 16 --out output/studies
    python3 examples/field_studies.py --ensemble output/ensemble/ensemble.csv --members 20 --seeds 2 --out output/studies
    python3 examples/field_studies.py --self-test

Writes studies.csv (a row for each estimate), runs.csv (a row for each run) and studies.md. Needs nothing but Python 3.11.
"""
import argparse
import csv
import datetime
import math
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

import field_estimators as estimate

# The shocks, chosen before any result was seen.
POLICY_END = 'time.end="2028-12-31"'
DROUGHT = 'timeline=[{ at = "2026-01-05", policy = { drought = 0.5 } }]'   # no June to September has more than half its rain
HARVEST_FAILS, GRANT_WORKS = "2026-10", "2027-01"
GRANT = 'timeline=[{ at = "2026-01-05", policy = { extra = { services = 50_000_000_000 } } }]'
# None from the start, against all as it is. Twice what is pledged was tried first and is no shock: who is within reach is
# reached already, so that it reaches 8 % more people.
NO_RELIEF = ["budget.relief_pledged_per_year=0", "policy.humanitarian_share=0"]
FRANCS_PER_DOLLAR = 600                                                     # recalled
WINDOW = 13          # weeks before and after in Lyall
FOLLOW_UP = 61       # weeks, 14 months, in Blattman and Annan
CONTROL_AFTER = 3    # months in Kocher, Pepinsky and Kalyvas


class Finding(NamedTuple):
    name: str
    study: str
    of: str
    unit: str
    published: str
    sign: int
    size: float | None


PERCENT_JOIN = "% of the mean share who join"
FINDINGS = [
    Finding("condra_shapiro_state", "Condra and Shapiro 2012", "attacks after the state killed civilians",
            "attacks per 100,000 in the next week, for each civilian killed", "more", 1, None),
    Finding("condra_shapiro_groups", "Condra and Shapiro 2012", "attacks after insurgents killed civilians",
            "attacks per 100,000 in the next week, for each civilian killed", "fewer", -1, None),
    Finding("condra_shapiro_state_held", "the same, this week's attacks held", "attacks after the state killed civilians",
            "attacks per 100,000 in the next week, for each civilian killed", "more", 1, None),
    Finding("condra_shapiro_groups_held", "the same, this week's attacks held", "attacks after insurgents killed civilians",
            "attacks per 100,000 in the next week, for each civilian killed", "fewer", -1, None),
    Finding("lyall", "Lyall 2009", "attacks where the state killed civilians, against like places",
            "% of attacks in the next 13 weeks", "-24 %", -1, -24),
    Finding("kocher_pepinsky_kalyvas", "Kocher, Pepinsky and Kalyvas 2011",
            "control by groups where the state killed civilians, against like places",
            "points of control after three months", "more", 1, None),
    Finding("dube_vargas_income", "Dube and Vargas 2013", "income where the drought bites, against where it does not",
            "% of income", "less", -1, None),
    Finding("dube_vargas_attacks", "Dube and Vargas 2013", "attacks where the drought bites, against where it does not",
            "% of attacks", "+18 %", 1, 18),
    Finding("crost_felter_johnston", "Crost, Felter and Johnston 2014", "deaths with relief and without, where it reaches most, against elsewhere",
            "% of deaths in two years", "more", 1, None),
    Finding("berman_shapiro_felter", "Berman, Shapiro and Felter 2011", "attacks for each dollar a head spent on services",
            "% of attacks on the state", "fewer", -1, None),
    Finding("berman_shapiro_felter_troops", "Berman, Shapiro and Felter 2011", "the same where most soldiers are",
            "% of attacks on the state", "fewer", -1, None),
    Finding("blattman_annan", "Blattman and Annan 2016", "fighting again of those who took an offer, against others who left",
            "% of the risk in 14 months", "less (-20 % of illicit work)", -1, -20),
] + [Finding(f"humphreys_weinstein_{trait}_{side}", "Humphreys and Weinstein 2008", f"{trait}: joining {among}", PERCENT_JOIN, "more", 1, None)
     for trait in ("poverty", "no schooling", "exclusion") for side, among in (("rebels", "rebels"), ("militias", "militias"))]


class Run:
    """The tables of one run, as a scholar would have them: of events, those that became known."""

    COLUMNS = ("state_control", "group_control", "fighters", "soldiers", "income", "hunger", "market_access",
               "health", "schooling", "justice", "water")

    def __init__(self, folder):
        import tomllib
        self.folder = Path(folder)
        self.scenario = tomllib.loads((self.folder / "scenario.resolved.toml").read_text())
        self.militias = {name for name, group in self.scenario["groups"].items() if group["kind"] == "self_defence"}
        self.insurgents = set(self.scenario["groups"]) - self.militias
        self.place = {row["community"]: row for row in self.rows("communities.input.csv")}
        self.residents = {name: int(row["residents"]) for name, row in self.place.items()}
        self.cercle = {name: row["cercle"] for name, row in self.place.items()}
        self.region = {name: row["region"] for name, row in self.place.items()}
        self.quarters = list(self.rows("constituents.input.csv"))
        self.start = datetime.date.fromisoformat(self.scenario["time"]["start"])
        self.weeks = sum(1 for _ in self.rows("series.csv"))
        self.events = [row for row in self.rows("events.csv") if row["reported"] == "true"]
        self.read_places()

    def rows(self, table):
        with (self.folder / table).open(newline="") as file:
            yield from csv.DictReader(file)

    def week(self, date):
        return (datetime.date.fromisoformat(date) - self.start).days // 7

    def read_places(self):
        """self.monthly[column][place] by month; self.months such as 2012-01."""
        self.monthly = {column: defaultdict(list) for column in self.COLUMNS}
        self.months = []
        with (self.folder / "places.csv").open(newline="") as file:
            rows = csv.reader(file)
            head = next(rows)
            date, community = head.index("date"), head.index("community")
            columns = [(self.monthly[column], head.index(column)) for column in self.COLUMNS]
            for row in rows:
                month = row[date][:7]
                if not self.months or self.months[-1] != month:
                    self.months.append(month)
                for series, at in columns:
                    series[row[community]].append(float(row[at]))

    def counted(self, by, wanted, value=lambda event: 1):
        """{place or cercle: values by week} of events that are wanted."""
        series = {unit: [0.0] * self.weeks for unit in set(by.values())}
        for event in self.events:
            if wanted(event):
                series[by[event["community"]]][self.week(event["date"])] += value(event)
        return series

    def total(self, wanted, value=lambda event: 1, since="", until="9"):
        """{place: sum} of wanted events from month `since` to before month `until`."""
        sums = dict.fromkeys(self.place, 0.0)
        for event in self.events:
            if wanted(event) and since <= event["date"][:7] < until:
                sums[event["community"]] += value(event)
        return sums


civilians = lambda event: int(event["civilians_killed"])
deaths = lambda event: sum(int(event[side]) for side in ("soldiers_killed", "partners_killed", "attackers_killed",
                                                        "defenders_killed", "civilians_killed"))
by_state = lambda event: event["attacker"] == "state"
struck_civilians = lambda event: by_state(event) and civilians(event) > 0
itself = lambda run: {place: place for place in run.place}
mean = statistics.fmean


def attack(run):
    return lambda event: event["attacker"] in run.insurgents and event["target"] == "state"


def condra_shapiro(history):
    """Cercles by week: attacks by insurgents on the state per 100,000, civilians killed by the state and by insurgents."""
    people = defaultdict(int)
    for place, residents in history.residents.items():
        people[history.cercle[place]] += residents
    attacks = {cercle: [100_000 * count / people[cercle] for count in series]
               for cercle, series in history.counted(history.cercle, attack(history)).items()}
    killed = [history.counted(history.cercle, by_state, civilians),
              history.counted(history.cercle, lambda event: event["attacker"] in history.insurgents, civilians)]
    found = estimate.first_differences(attacks, killed) + estimate.held(attacks, killed)
    return dict(zip(("condra_shapiro_state", "condra_shapiro_groups", "condra_shapiro_state_held",
                     "condra_shapiro_groups_held"), found))


def month_before(run):
    """Number of the month that ended before a week began, by week; -1 in the first month."""
    number = {month: at for at, month in enumerate(run.months)}
    first = [(run.start + datetime.timedelta(weeks=week)).isoformat()[:7] for week in range(run.weeks)]
    return [number.get(month, len(run.months)) - 1 for month in first]


def lyall(history):
    """A place where the state killed civilians in a week, and not in the quarter before, against the likest place of its
    region in that week that has fighters and where it killed none in the quarters before and after."""
    attacks = history.counted(itself(history), attack(history))
    struck = history.counted(itself(history), struck_civilians)
    before, fighters, control = month_before(history), history.monthly["fighters"], history.monthly["state_control"]

    def unit(place, week):
        earlier = sum(attacks[place][week - WINDOW:week])
        later = sum(attacks[place][week + 1:week + 1 + WINDOW])
        month = before[week]
        traits = (earlier, math.log(history.residents[place]), math.log1p(fighters[place][month]), control[place][month])
        return ((history.region[place], week), traits, earlier, later)

    weeks = range(WINDOW + 5, history.weeks - WINDOW)
    hit = [(place, week) for place, series in struck.items() for week in weeks
           if series[week] and not any(series[week - WINDOW:week])]
    wanted = {(history.region[place], week) for place, week in hit}
    pool = [unit(place, week) for place, series in struck.items() for week in weeks
            if (history.region[place], week) in wanted and fighters[place][before[week]] > 0
            and not any(series[week - WINDOW:week + 1 + WINDOW])]
    found = estimate.difference_in_differences([unit(*one) for one in hit], pool)
    return {"lyall": 100 * found[0] / found[1]} if found and found[1] > 0 else {}


def kocher_pepinsky_kalyvas(history):
    """A place where the state killed civilians in a month, against the likest place of its region in that month with
    fighters, where it killed none then nor in the three months after."""
    groups, state = history.monthly["group_control"], history.monthly["state_control"]
    fighters, soldiers = history.monthly["fighters"], history.monthly["soldiers"]
    number = {month: at for at, month in enumerate(history.months)}
    struck = {place: [0] * len(history.months) for place in history.place}
    for event in filter(struck_civilians, history.events):
        struck[event["community"]][number[event["date"][:7]]] += 1

    def unit(place, month):
        traits = (groups[place][month - 1], state[place][month - 1], math.log(history.residents[place]),
                  math.log1p(fighters[place][month - 1]), math.log1p(soldiers[place][month - 1]))
        return ((history.region[place], month), traits, groups[place][month - 1], groups[place][month + CONTROL_AFTER])

    months = range(1, len(history.months) - CONTROL_AFTER)
    hit = [(place, month) for place, series in struck.items() for month in months if series[month]]
    wanted = {(history.region[place], month) for place, month in hit}
    pool = [unit(place, month) for place, series in struck.items() for month in months
            if (history.region[place], month) in wanted and fighters[place][month - 1] > 0
            and not any(series[month:month + 1 + CONTROL_AFTER])]
    found = estimate.difference_in_differences([unit(*one) for one in hit], pool)
    return {"kocher_pepinsky_kalyvas": 100 * found[0]} if found else {}


def dube_vargas(without, drought):
    """Places, from the failed harvest on: what changes, on the part of the people who live on rain (herders and farmers)."""
    rainfed = {name for name, people in without.scenario["constituencies"].items()
               if people["livelihood"] in ("farming", "herding")}
    intensity = dict.fromkeys(without.place, 0.0)
    for quarter in without.quarters:
        intensity[quarter["community"]] += float(quarter["share"]) * (quarter["constituency"] in rainfed)
    places = list(without.place)
    dose = [intensity[place] for place in places]
    rural = [place for place in places if intensity[place] > 0.5]
    typical = mean(intensity[place] for place in rural)
    since = without.months.index(HARVEST_FAILS)
    income = lambda run: [mean(run.monthly["income"][place][since:]) for place in places]
    by_groups = lambda event: event["attacker"] in without.insurgents | without.militias
    attacks = [run.total(by_groups, since=HARVEST_FAILS) for run in (drought, without)]

    def percent(with_, base):
        usual = mean(value for place, value in zip(places, base) if intensity[place] > 0.5)
        return 100 * estimate.dose_response(with_, base, dose) * typical / usual
    return {"dube_vargas_income": percent(income(drought), income(without)),
            "dube_vargas_attacks": percent(*([sums[place] for place in places] for sums in attacks))}


def neediest_quarter(run):
    """Places by the share of people in need whom relief can reach, in the first month; need as in the model."""
    wanted = run.scenario["rules"]["services"]["need"]

    def need(place):
        now = {column: run.monthly[column][place][0] for column in Run.COLUMNS}
        gap = mean(max(0, wanted - now[service]) / wanted for service in ("health", "schooling", "justice", "water"))
        return (1 - (1 - now["hunger"]) * (1 - gap)) * now["market_access"]
    ranked = sorted(run.place, key=need, reverse=True)
    return set(ranked[:len(ranked) // 4])


def crost_felter_johnston(relief, without):
    """Places: deaths of the first two years, on being in the quarter that relief reaches most."""
    eligible = neediest_quarter(relief)
    places = list(relief.place)
    killed = [run.total(lambda event: True, deaths, until="2026-01") for run in (relief, without)]
    more = estimate.dose_response(*([sums[place] for place in places] for sums in killed),
                                  [float(place in eligible) for place in places])
    usual = mean(killed[1][place] for place in eligible)
    return {"crost_felter_johnston": 100 * more / usual} if usual else {}


def berman_shapiro_felter(without, grant):
    """Cercles, 2027 and 2028: attacks on the state per 100,000 and half-year, on dollars a head and half-year that the grant
    for services spends there: in proportion to residents whom services reach."""
    share = without.scenario["rules"]["services"]["reach_without_state"]
    since, half_years = grant.months.index(GRANT_WORKS), 4
    held = {place: mean(grant.monthly["state_control"][place][since:]) for place in grant.place}
    reached = {place: grant.residents[place] * (share + (1 - share) * held[place]) for place in grant.place}
    drawn = sum(float(row["extra"]) for row in grant.rows("series.csv") if row["date"][:7] >= GRANT_WORKS)
    people, dollars, soldiers = (defaultdict(float) for _ in range(3))
    for place, cercle in grant.cercle.items():
        people[cercle] += grant.residents[place]
        dollars[cercle] += drawn / FRANCS_PER_DOLLAR / half_years * reached[place] / sum(reached.values())
        soldiers[cercle] += mean(without.monthly["soldiers"][place][since:])
    attacks = []
    for run in (grant, without):
        sums = defaultdict(float)
        for place, count in run.total(attack(run), since=GRANT_WORKS).items():
            sums[run.cercle[place]] += count / half_years
        attacks.append(sums)

    def slope(cercles):
        rate = lambda sums: [100_000 * sums[cercle] / people[cercle] for cercle in cercles]
        usual = 100_000 * sum(attacks[1][cercle] for cercle in cercles) / sum(people[cercle] for cercle in cercles)
        return 100 / usual * estimate.dose_response(rate(attacks[0]), rate(attacks[1]), [dollars[c] / people[c] for c in cercles],
                                                    [people[c] for c in cercles], constant=False)
    manned = sorted(people, key=lambda cercle: soldiers[cercle] / people[cercle], reverse=True)
    return {"berman_shapiro_felter": slope(manned), "berman_shapiro_felter_troops": slope(manned[:len(manned) // 2])}


def blattman_annan(history):
    """Recruits who left alive and free: those who took up an offer against those who tired, lost heart or were not paid; who
    of them fights again within 14 months. Strata: region and year of leaving."""
    joined = {(row["person"], int(row["spell"])): (history.week(row["date"]), row["community"])
              for row in history.rows("recruits.csv")}
    people = []
    for row in history.rows("leavers.csv"):
        spell = row["person"], int(row["spell"])
        left = history.week(row["date"])
        if row["cause"] not in ("reintegration", "fatigue", "losses", "unpaid") or left + FOLLOW_UP >= history.weeks:
            continue
        if spell in joined:
            again = joined.get((spell[0], spell[1] + 1))
            stratum = history.region[joined[spell][1]], row["date"][:4]
            people.append((stratum, row["cause"] == "reintegration", again is not None and again[0] - left <= FOLLOW_UP))
    ratio = estimate.risk_ratio(people)
    return {"blattman_annan": 100 * (ratio - 1)} if ratio is not None else {}


def humphreys_weinstein(history):
    """Quarters (people of one constituency in one community) within regions: the share of adults who ever joined, on being
    below the median of people in income and schooling of the place at the start, and in the voice of the constituency."""
    voice = {name: people["voice"] for name, people in history.scenario["constituencies"].items()}
    grain = history.scenario["people"]["people_per_agent"]
    joined = {side: defaultdict(set) for side in ("rebels", "militias")}
    for row in history.rows("recruits.csv"):
        side = "militias" if row["group"] in history.militias else "rebels"
        joined[side][row["community"], row["constituency"]].add(row["person"])
    strata, adults, values, cells = [], [], ([], [], []), []
    for quarter in history.quarters:
        place, people = quarter["community"], quarter["constituency"]
        number = history.residents[place] * float(quarter["share"]) * history.scenario["people"]["adults"]
        if number >= 16:
            cells.append((place, people))
            strata.append(history.region[place])
            adults.append(number)
            now = history.monthly["income"][place][0], history.monthly["schooling"][place][0], voice[people]
            for column, value in zip(values, now):
                column.append(value)

    def below_median(column):
        half, so_far = sum(adults) / 2, 0.0
        for value, number in sorted(zip(column, adults)):
            so_far += number
            if so_far >= half:
                return [float(one < value) for one in column]
    traits, found = [below_median(column) for column in values], {}
    for side, who in joined.items():
        shares = [len(who[cell]) * grain / number for cell, number in zip(cells, adults)]
        if any(shares):
            slopes = estimate.linear_probability(shares, traits, strata, adults)
            for trait, slope in zip(("poverty", "no schooling", "exclusion"), slopes):
                found[f"humphreys_weinstein_{trait}_{side}"] = 100 * slope
    return found


def simulate(options, folder, scenario, sets, seed, tables):
    flags = [flag for value in sets for flag in ("--set", value)]
    subprocess.run([options.program, "run", scenario, "--seed", str(seed), "--tables", tables, "-j", "1", "--quiet",
                    "--out", str(folder), *flags], check=True, stdout=subprocess.DEVNULL)
    return Run(folder)


def one_run(job):
    """All studies on one setting and seed: a history, and four futures with the same random numbers."""
    options, member, sets, seed = job
    found = {"member": member, "seed": seed}
    with tempfile.TemporaryDirectory() as work:
        def world(name, scenario, more, tables="events,places"):
            return simulate(options, Path(work) / name, scenario, options.set + sets + more, seed, tables)
        history = world("history", options.history, [], "events,places,recruits,leavers")
        for study in (condra_shapiro, lyall, kocher_pepinsky_kalyvas, blattman_annan, humphreys_weinstein):
            found |= study(history)
        del history
        future = lambda name, *more: world(name, options.future, [POLICY_END, *more])
        without = future("without")   # any shock
        found |= dube_vargas(without, future("drought", DROUGHT))
        found |= crost_felter_johnston(without, future("no-relief", *NO_RELIEF))
        found |= berman_shapiro_felter(without, future("grant", GRANT))
    return found


def members(path, number):
    """Members at even steps of the ensemble's weight, so that those drawn count alike; each with what it sets."""
    rows = list(csv.DictReader(Path(path).open()))
    paths = [column for column in rows[0] if "." in column]
    steps = [(at + 0.5) / number * sum(float(row["weight"]) for row in rows) for at in range(number)]
    drawn, so_far = [], 0.0
    for row in rows:
        so_far += float(row["weight"])
        while len(drawn) < number and steps[len(drawn)] <= so_far:
            drawn.append((row["member"], [f"{path}={toml(row[path])}" for path in paths]))
    return drawn


def toml(text):
    try:
        float(text)
        return text
    except ValueError:
        return text if text in ("true", "false") else f'"{text}"'


def at_least(hits, runs):
    """Chance of at least so many heads in so many tosses."""
    return sum(math.comb(runs, count) for count in range(hits, runs + 1)) / 2 ** runs


def verdict(finding, values):
    """Sign: a two-sided sign test over the runs at 5 %. Size: the median lies between half and twice the published."""
    right = sum(value * finding.sign > 0 for value in values)
    wrong = sum(value * finding.sign < 0 for value in values)
    if at_least(max(right, wrong), max(1, right + wrong)) > 0.025:
        sign = "not told from 0"
    else:
        sign = "yes" if right > wrong else "no"
    if finding.size is None:
        return sign, ""
    part = statistics.median(values) / finding.size
    return sign, "yes" if 0.5 <= part <= 2 else "no"


def quantile(values, share):
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = math.floor(at)
    return ordered[low] + (at - low) * (ordered[min(low + 1, len(ordered) - 1)] - ordered[low])


def summary(found):
    for finding in FINDINGS:
        values = [run[finding.name] for run in found if finding.name in run]
        if not values:
            continue
        sign, size = verdict(finding, values)
        yield {"study": finding.study, "estimate": finding.name, "of": finding.of, "unit": finding.unit,
               "runs": len(values), "median": statistics.median(values), "low": quantile(values, 0.05),
               "high": quantile(values, 0.95), "published": finding.published,
               "runs_with_sign": mean(value * finding.sign > 0 for value in values), "sign_agrees": sign, "size_agrees": size}


def short(value):
    return f"{value:+.0f}" if abs(value) >= 9.95 else f"{value:+.1f}" if abs(value) >= 0.995 else f"{value:+.2g}"


def markdown(rows):
    lines = ["| study | what is estimated, unit | published | model, median (5 to 95 % of runs) | runs with that sign | sign agrees | size agrees |",
             "|---|---|---|---|---|---|---|"]
    for row in rows:
        figure = f"{short(row['median'])} ({short(row['low'])} to {short(row['high'])})"
        lines.append(f"| {row['study']} | {row['of']}; {row['unit']} | {row['published']} | {figure} | "
                     f"{100 * row['runs_with_sign']:.0f} % | {row['sign_agrees']} | {row['size_agrees']} |")
    return "\n".join(lines) + "\n"


def write(path, rows):
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", newline="") as file:
        table = csv.DictWriter(file, columns, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main():
    flags = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    flags.add_argument("--program", default="toguna", help="the program [default: toguna]")
    flags.add_argument("--history", default="mali/history", help="scenario of the past [default: mali/history]")
    flags.add_argument("--future", default="mali/status-quo", help="scenario of the future [default: mali/status-quo]")
    flags.add_argument("--set", action="append", default=["people.people_per_agent=10"], metavar="PATH=VALUE",
                       help="a value for every run, beside people.people_per_agent=10")
    flags.add_argument("--seeds", type=int, default=16, help="runs, or runs of each member [default: 16]")
    flags.add_argument("--ensemble", metavar="FILE", help="ensemble.csv of `toguna calibrate`")
    flags.add_argument("--members", type=int, default=20, help="members drawn from it [default: 20]")
    flags.add_argument("--jobs", type=int, default=2, help="runs at a time [default: 2]")
    flags.add_argument("--out", type=Path, default=Path("output/studies"), help="folder [default: output/studies]")
    flags.add_argument("--self-test", action="store_true", help="try each estimator on data whose effect is known")
    options = flags.parse_args()
    if options.self_test:
        sys.exit(0 if estimate.self_test() else 1)
    drawn = members(options.ensemble, options.members) if options.ensemble else [("", [])]
    jobs = [(options, member, sets) for _ in range(options.seeds) for member, sets in drawn]
    jobs = [(*job, seed) for seed, job in enumerate(jobs, 1)]
    options.out.mkdir(parents=True, exist_ok=True)
    found = []
    with Pool(options.jobs) as pool:
        for one in pool.imap(one_run, jobs):
            found.append(one)
            report(options.out, found)   # what is there so far can be read
            print(f"{len(found)} of {len(jobs)}", file=sys.stderr)
    print((options.out / "studies.md").read_text(), end="")


def report(folder, found):
    rows = list(summary(found))
    write(folder / "runs.csv", found)
    write(folder / "studies.csv", rows)
    (folder / "studies.md").write_text(markdown(rows))


if __name__ == "__main__":
    main()
