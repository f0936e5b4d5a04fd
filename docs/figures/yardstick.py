"""The history beside the facts, one adult for ten beside everybody, and one number at a time."""
import subprocess
import sys
from math import sqrt

from program import ROOT, mean, rows, table, variance

TEN = ["--set", "people.people_per_agent=10"]

OUTCOMES = [
    ("deaths", "deaths"),
    ("recruits", "recruits"),
    ("displaced, last day", "displaced"),
    ("civilians killed by the state", "civilians_killed_by_state"),
    ("civilians killed by groups", "civilians_killed_by_groups"),
    ("control by the state", "state_control"),
    ("spending", "spending"),
    ("fighters", "fighters"),
]


def history(program):
    command = ["validate", "scenarios/mali/history.toml", "--replicates", 20]
    folder = program.folder("history", *command)
    # What pages and the explorer say of the model's faults.
    (ROOT / "crates/report/data/validated.csv").write_bytes((folder / "validation.csv").read_bytes())
    shown = program.printed("history").split("\nfiles in ")[0].rstrip()
    return f"    toguna {' '.join(map(str, command))}\n\n```\n{shown}\n```"


def grain(program):
    """Ratios of means with 95 % intervals, campaigns off."""
    sides = {}
    for scenario, everybody, tenth in [("status-quo", 30, 100), ("history", 60, 100)]:
        base = ["run", f"mali/{scenario}", "--set", "mechanisms.campaigns=false", "--quiet"]
        one = program.folder(f"grain-{scenario}-1", *base, "--replicates", everybody)
        ten = program.folder(f"grain-{scenario}-10", *base, "--replicates", tenth, *TEN)
        sides[scenario] = rows(one / "runs.csv"), rows(ten / "runs.csv")
    lines = []
    for title, outcome in OUTCOMES:
        cells = [title]
        for one, ten in sides.values():
            low, ratio, high = ratio_of_means([[float(row[outcome]) for row in side] for side in (one, ten)])
            within = 0.9 <= low and high <= 1.1
            cells.append(f"{ratio:.3f} ({low:.3f} to {high:.3f})" if within else f"**{ratio:.2f} ({low:.2f} to {high:.2f})**")
        lines.append(cells)
    return table(["outcome", "status quo, ten years", "history"], lines)


def ratio_of_means(sides):
    """The mean of the second over that of the first, with the ends of its 95 % interval (delta method)."""
    first, other = mean(sides[0]), mean(sides[1])
    error = sqrt(sum(variance(side) / len(side) / mean(side) ** 2 for side in sides))
    ratio = other / first
    return ratio * (1 - 1.96 * error), ratio, ratio * (1 + 1.96 * error)


def assumptions(program):
    return one_at_a_time(program, "assumptions", ["deaths", "recruits", "fighters", "state_control", "displaced"])


def core(program):
    return one_at_a_time(program, "core", ["deaths", "recruits", "fighters", "state_control"])


def one_at_a_time(program, design, outcomes):
    """The table of an example that anybody can call."""
    folder = program.folder(design, "sweep", f"scenarios/designs/{design}.toml", "--quiet")
    example = [sys.executable, ROOT / "examples/one_at_a_time.py", folder, *outcomes]
    return subprocess.run(example, stdout=subprocess.PIPE, text=True, check=True).stdout
