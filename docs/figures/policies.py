"""Policies compared: at the defaults, one lever at a time, and over the ensemble."""
from math import sqrt

from program import ROOT, mean, percent, rows, table, variance

TEN = ["--set", "people.people_per_agent=10"]
EVERYBODY = ["--set", "people.people_per_agent=1"]

EIGHT = [
    "status-quo",
    "state-supported-pacts",
    "survival-pacts-left-alone",
    "survival-pacts-suppressed",
    "defeat-and-contain",
    "inclusive-conference",
    "inter-malian-dialogue",
    "services-first",
]

SHOWN = [
    ("recruits", "recruits"),
    ("fighters", "fighters"),
    ("deaths", "deaths"),
    ("civilians killed by state", "civilians_killed_by_state"),
    ("civilians killed by groups", "civilians_killed_by_groups"),
    ("soldiers killed", "soldiers_killed"),
    ("displaced", "displaced"),
    ("state control", "state_control"),
    ("under pacts", "under_pacts"),
    ("accords", "accords"),
    ("coups", "coups"),
    ("legitimacy", "legitimacy"),
    ("trust", "trust"),
    ("spending, bn", "spending"),
]


def number(value, outcome, sign=""):
    value = float(value) / (1e9 if outcome == "spending" else 1)
    digits = 3 if outcome in ("state_control", "legitimacy", "trust") else 2 if outcome in ("accords", "coups") else 0
    return f"{value:{sign},.{digits}f}".replace("-", "−")


def eight(program):
    """Bold: clear after Holm's correction; brackets: the 95 % interval holds 0."""
    named = [f"mali/{name}" for name in EIGHT]
    folder = program.folder("policies", "compare", *named, "--replicates", 20, *TEN, "--quiet")
    found = {(row["other"], row["outcome"]): row for row in rows(folder / "comparison.csv")}
    first = [number(found[EIGHT[1], outcome]["mean_first"], outcome) for _, outcome in SHOWN]
    lines = [["*status quo*", *first]]
    for policy in EIGHT[1:]:
        cells = [policy.replace("-", " ")]
        for _, outcome in SHOWN:
            row = found[policy, outcome]
            cell = number(row["difference"], outcome, "+")
            crosses = float(row["low"]) <= 0 <= float(row["high"])
            clear = row["stands_out"] == "true"
            cells.append(f"**{cell}**" if clear else f"({cell})" if crosses else cell)
        lines.append(cells)
    return table(["policy", *(title for title, _ in SHOWN)], lines)


SERVICES_OF_2024 = {"health": 0.049, "schooling": 0.162, "justice": 0.015, "water": 0.02}
AT_FULL_NEED = {"health": 0.077, "schooling": 0.235, "justice": 0.0284, "water": 0.0313}


def services(names, of):
    return {f"policy.services_share.{name}": str(of(name)) for name in names}


def cut(*names):
    return services(names, lambda name: SERVICES_OF_2024[name] / 4)


def restored(*names):
    return services(names, lambda name: AT_FULL_NEED[name])


LEVERS = [
    ("pressure 0", {"policy.military_pressure": "0"}),
    ("pressure .25", {"policy.military_pressure": "0.25"}),
    ("pressure .75", {"policy.military_pressure": "0.75"}),
    ("pressure 1", {"policy.military_pressure": "1"}),
    ("health and schooling cut by three quarters", cut("health", "schooling")),
    ("all four services cut by three quarters", cut(*SERVICES_OF_2024)),
    ("health at full need", restored("health")),
    ("schooling at full need", restored("schooling")),
    ("justice cut by three quarters", cut("justice")),
    ("justice at full need", restored("justice")),
    ("all four at full need", restored(*AT_FULL_NEED)),
    ("amnesty .5", {"policy.amnesty": "0.5"}),
    ("pacts suppressed", {"policy.local_pacts": "suppress"}),
    ("pacts tolerated", {"policy.local_pacts": "tolerate"}),
    ("conference without the armed groups", {"policy.national_dialogue": "inclusive", "policy.community_seats": "0.6"}),
    ("restraint .9 (.6)", {"policy.restraint": "0.9"}),
]


def levers(program):
    """Five years, eight paired seeds; the point without settings comes first."""
    paths = sorted({path for _, sets in LEVERS for path in sets})
    every = [("", {}), *LEVERS]
    design = program.out / "levers.csv"
    program.out.mkdir(parents=True, exist_ok=True)
    lines = [",".join(paths)] + [",".join(sets.get(path, "") for path in paths) for _, sets in every]
    design.write_text("\n".join(lines) + "\n")
    outcomes = ["recruits", "deaths", "civilians_killed", "fighters", "state_control"]
    runs = {}
    for seed in range(1, 9):
        text = program.run(
            "eval", "mali/status-quo", *TEN, "--set", 'time.end="2028-12-31"', "--design", design,
            "--seed", seed, "--outcome", ",".join(outcomes), "--quiet",
        )
        head, *body = [line.split(",") for line in text.strip().splitlines()]
        for (title, _), cells in zip(every, body):
            row = dict(zip(head, cells))
            runs.setdefault(title, []).append({outcome: float(row[outcome]) for outcome in outcomes})
    base = runs.pop("")
    table_lines = [["*none changed*", *(f"{mean(run[o] for run in base):,.{3 if o == 'state_control' else 0}f}" for o in outcomes)]]
    for title, changed in runs.items():
        cells = [title]
        for outcome in outcomes:
            scale = 1 if outcome == "state_control" else mean(run[outcome] for run in base) / 100
            differences = [(b[outcome] - a[outcome]) / scale for a, b in zip(base, changed)]
            error = 2 * sqrt(variance(differences) / len(differences))
            shown = f"{mean(differences):+.3f} ± {error:.3f}" if scale == 1 else f"{mean(differences):+.0f} ± {error:.0f} %"
            cells.append(shown.replace("-", "−"))
        table_lines.append(cells)
    return table(["lever", *(o.replace("_", " ") for o in outcomes)], table_lines)


WORLDS = ["deaths", "civilians_killed", "recruits", "displaced", "state_control"]


def in_worlds(program, name, worlds, seeds, *flags):
    """Five years of the eight policies in the first of the ensemble's members: drawn by their density, members stand
    for the ensemble in any order."""
    lines = (ROOT / "scenarios/mali/ensemble.csv").read_text().splitlines()
    program.out.mkdir(parents=True, exist_ok=True)
    some = program.out / f"{worlds}-members.csv"
    some.write_text("\n".join(lines[: worlds + 1]) + "\n")
    named = [f"mali/{policy}" for policy in EIGHT]
    five_years = ["--set", 'time.end="2028-12-31"']
    ensemble = ["--ensemble", some, "--seeds-per-world", seeds]
    return program.folder(name, "compare", *named, *ensemble, *five_years, *flags, "--quiet")


def over_worlds(program):
    folder = in_worlds(program, "worlds", 50, 2, *TEN)
    found = {(row["other"], row["outcome"]): row for row in rows(folder / "over_worlds.csv")}
    regret = {(row["policy"], row["outcome"]): row for row in rows(folder / "regret.csv")}
    lines = []
    for policy in EIGHT[1:]:
        for outcome in WORLDS:
            row, worse = found[policy, outcome], regret[policy, outcome]
            lines.append([
                policy.replace("-", " "),
                outcome.replace("_", " "),
                f"{number(row['median'], outcome, '+')} ({number(row['p05'], outcome, '+')} to {number(row['p95'], outcome, '+')})",
                percent(row["helps"]),
                number(row["luck"], outcome),
                number(row["ignorance"], outcome),
                percent(worse["best_in"]),
                number(worse["mean"], outcome),
            ])
    return table(
        ["policy", "outcome", "median (90 %)", "helps in", "luck", "ignorance", "best in", "regret"], lines, words=2
    )


def confirmed(program):
    """Ten worlds with everybody beside the same ten with one for ten, a run of each."""
    folders = [in_worlds(program, "ten-worlds-1", 10, 1, *EVERYBODY), in_worlds(program, "ten-worlds-10", 10, 1, *TEN)]
    sides = [{(row["other"], row["outcome"]): row for row in rows(folder / "over_worlds.csv")} for folder in folders]
    lines = []
    for policy in EIGHT[1:]:
        cells = [policy.replace("-", " ")]
        for outcome in WORLDS:
            shown = [f"{number(side[policy, outcome]['median'], outcome, '+')} ({percent(side[policy, outcome]['helps'])})" for side in sides]
            cells.append(", ".join(shown))
        lines.append(cells)
    return table(["policy", *(outcome.replace("_", " ") for outcome in WORLDS)], lines)
