"""What the years 2012 to 2017 say of 2018 to 2021, scored; and a forecast of years that nobody has seen yet.

Deaths that became known, by year or quarter and by zone. A prediction is a set of weighted draws; a point is one draw.
"""
import csv
import datetime
import hashlib
from math import exp, log, sqrt
from statistics import NormalDist

from program import ROOT, mean, quantile, rows, settings, table, throw_away

TEN = ["--set", "people.people_per_agent=10"]
ZONES = ["north", "centre", "south"]
KNOWN, FORETOLD = range(2012, 2018), range(2018, 2022)
DESIGN = "scenarios/designs/calibration-until-2017.toml"


def observed():
    """By year: all deaths, and the shares of the zones in the order of ZONES."""
    years = {}
    for row in rows(ROOT / "scenarios/mali/facts/violence_by_year.csv"):
        shares = [float(row[f"share_of_deaths_{zone}"]) for zone in ("north", "centre", "south_west")]
        years[int(row["year"])] = float(row["deaths"]), shares
    return years


def deaths(program, scenario, flags, replicates, key, seed=1):
    """Of each run: deaths that became known, by what `key` says of an event and by zone."""
    folder = program.out / "events"
    throw_away(folder)
    program.run(
        "run", scenario, *TEN, *flags, "--replicates", replicates, "--seed", seed, "--tables", "events", "--quiet",
        "--out", folder,
    )
    found = [{} for _ in range(replicates)]
    for event in rows(folder / "events.csv"):
        if event["reported"] == "true":
            killed = sum(int(event[column]) for column in event if column.endswith("_killed"))
            cell = key(event["date"]), event["zone"]
            of_run = found[int(event["run"])]
            of_run[cell] = of_run.get(cell, 0) + killed
    throw_away(folder)
    return found


def year(date):
    return int(date[:4])


def quarter(date):
    return f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}"


def totals(of_run, years):
    """Of a run: by year all deaths and the shares of zones."""
    shown = {}
    for when in years:
        zones = [of_run.get((when, zone), 0) for zone in ZONES]
        total = max(sum(zones), 1)
        shown[when] = total, [zone / total for zone in zones]
    return shown


def from_runs(runs, weights):
    """Draws of a prediction from weighted runs."""
    shown = [(totals(run, FORETOLD), weight) for run, weight in zip(runs, weights)]
    return {
        when: (
            [(run[when][0], weight) for run, weight in shown],
            [[(run[when][1][zone], weight) for run, weight in shown] for zone in range(3)],
        )
        for when in FORETOLD
    }


def scored(program):
    seen = observed()
    calibrated = program.folder("until-2017", "calibrate", DESIGN, "--quiet")
    members = rows(calibrated / "ensemble.csv")
    runs, weights = [], []
    for member in members:
        runs += deaths(program, "mali/history", settings(member), 2, year)
        weights += [float(member["weight"]) / 2] * 2
    models = [("ensemble fitted on 2012 to 2017", from_runs(runs, weights))]
    defaults = deaths(program, "mali/history", [], 40, year)
    models.append(("the model's defaults (fitted on 2012 to 2021)", from_runs(defaults, [1.0] * 40)))
    core = deaths(program, "mali/core", [], 40, year)
    models.append(("the core (its numbers, too)", from_runs(core, [1.0] * 40)))
    models += baselines(seen)
    lines = []
    for name, draws in models:
        log_errors, log_scores, inside, share_errors, share_scores, shares_inside = [], [], [], [], [], []
        for when in FORETOLD:
            total, shares = seen[when]
            logs = [(log(max(value, 1)), weight) for value, weight in draws[when][0]]
            log_errors.append(abs(quantile(logs, 0.5) - log(total)))
            log_scores.append(crps(logs, log(total)))
            inside.append(within(logs, log(total)))
            for zone in range(3):
                of_zone = draws[when][1][zone]
                share_errors.append(abs(quantile(of_zone, 0.5) - shares[zone]))
                share_scores.append(crps(of_zone, shares[zone]))
                shares_inside.append(within(of_zone, shares[zone]))
        is_a_point = all(len(draws[when][0]) == 1 for when in FORETOLD)
        lines.append([
            name,
            f"{mean(log_errors):.2f}",
            f"{mean(log_scores):.2f}",
            "–" if is_a_point else f"{sum(inside)} of 4",
            f"{mean(share_errors):.3f}",
            f"{mean(share_scores):.3f}",
            "–" if is_a_point else f"{sum(shares_inside)} of 12",
        ])
    head = [
        "prediction", "deaths: log error", "CRPS", "within 90 %", "zones' shares: error", "CRPS", "within 90 %",
    ]
    return table(head, lines) + "\n\n" + by_year(seen, models)


def by_year(seen, models):
    lines = []
    for when in FORETOLD:
        cells = [str(when), f"{seen[when][0]:,.0f}"]
        for _, draws in models[:3]:
            values = draws[when][0]
            low, middle, high = (quantile(values, at) for at in (0.05, 0.5, 0.95))
            cells.append(f"{middle:,.0f} ({low:,.0f} to {high:,.0f})")
        lines.append(cells)
    return table(["year", "observed", "ensemble until 2017", "defaults", "core"], lines)


def baselines(seen):
    """Last year again; the line through the logarithms; a draw of the past years."""
    last = seen[KNOWN[-1]]
    again = {when: ([(last[0], 1.0)], [[(share, 1.0)] for share in last[1]]) for when in FORETOLD}
    past = [seen[when] for when in KNOWN]
    any_year = {
        when: ([(total, 1.0) for total, _ in past], [[(shares[zone], 1.0) for _, shares in past] for zone in range(3)])
        for when in FORETOLD
    }
    middle, logs = mean(KNOWN), [log(total) for total, _ in past]
    spread = sum((when - middle) ** 2 for when in KNOWN)
    slope = sum((when - middle) * value for when, value in zip(KNOWN, logs)) / spread
    line = lambda when: mean(logs) + slope * (when - middle)  # noqa: E731
    residual = sqrt(sum((value - line(when)) ** 2 for when, value in zip(KNOWN, logs)) / (len(logs) - 2))
    trend = {}
    for when in FORETOLD:
        error = residual * sqrt(1 + 1 / len(logs) + (when - middle) ** 2 / spread)
        normal = NormalDist(line(when), error)
        draws = [(exp(normal.inv_cdf((draw + 0.5) / 200)), 1.0) for draw in range(200)]
        trend[when] = draws, any_year[when][1]
    return [
        ("2017 again", again),
        ("a line through the logarithms of 2012 to 2017", trend),
        ("any year of 2012 to 2017", any_year),
    ]


def crps(draws, value):
    """Continuous ranked probability score of weighted draws (Gneiting and Raftery 2007): E|X − y| − E|X − X′|/2."""
    total = sum(weight for _, weight in draws)
    apart = sum(weight * abs(draw - value) for draw, weight in draws) / total
    # Half of the mean distance of two draws, from the ordered draws in one pass.
    half, below, sum_below = 0.0, 0.0, 0.0
    for draw, weight in sorted(draws):
        half += weight * (draw * below - sum_below)
        below, sum_below = below + weight, sum_below + weight * draw
    return apart - half / total**2


def within(draws, value):
    return quantile(draws, 0.05) <= value <= quantile(draws, 0.95)


YEARS_TO_COME = 2027, 2028


def foretold(program):
    """A file that is written once; its checksum stands on the page, so that nobody can edit it unseen."""
    folder = ROOT / "docs/forecasts"
    folder.mkdir(exist_ok=True)
    if not list(folder.glob("*.csv")):
        write_forecast(program, folder / f"{datetime.date.today().isoformat()}.csv")
    lines = []
    for path in sorted(folder.glob("*.csv")):
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        total = [row for row in rows(path) if row["zone"] == "all" and row["period"].isdigit()]
        shown = "; ".join(f"{row['period']}: {row['median']} ({row['p05']} to {row['p95']})" for row in total)
        lines.append([f"[{path.stem}](forecasts/{path.name})", shown, f"`{checksum}`"])
    return table(["written", "deaths that become known, median and 90 %", "SHA-256"], lines, words=3)


def write_forecast(program, path):
    members = rows(ROOT / "scenarios/mali/ensemble.csv")
    end = f'time.end="{YEARS_TO_COME[1]}-12-31"'
    draws = {}
    for member in members:
        for of_run in deaths(program, "mali/status-quo", [*settings(member), "--set", end], 2, quarter):
            for zone in [*ZONES, "all"]:
                for when in YEARS_TO_COME:
                    quarters = [f"{when}-Q{number}" for number in range(1, 5)]
                    for period in [*quarters, str(when)]:
                        inside = quarters if period == str(when) else [period]
                        zones = ZONES if zone == "all" else [zone]
                        total = sum(of_run.get((cell, it), 0) for cell in inside for it in zones)
                        draws.setdefault((period, zone), []).append((total, float(member["weight"])))
    with open(path, "w", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["period", "zone", "unit", "p05", "p25", "median", "p75", "p95"])
        for (period, zone), of_cell in sorted(draws.items()):
            ends = [quantile(of_cell, at) for at in (0.05, 0.25, 0.5, 0.75, 0.95)]
            lines.writerow([period, zone, "deaths that become known", *ends])
