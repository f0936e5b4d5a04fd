#!/usr/bin/env python3
"""A table of a sweep of kind one_at_a_time: what each value changes, in % of the scenario as it is.

    toguna sweep scenarios/designs/assumptions.toml --out output/assumptions
    python3 examples/one_at_a_time.py output/assumptions deaths recruits fighters state_control

Differences are paired, seed by seed; * where the 95 % interval excludes 0. The parameters come by their largest change of
the first outcome. Prints Markdown; needs nothing but Python.
"""
import csv
import sys
from pathlib import Path


def rows(folder, table):
    return list(csv.DictReader((Path(folder) / table).open()))


def main():
    folder, outcomes = sys.argv[1], sys.argv[2:] or ["deaths", "recruits", "fighters", "state_control"]
    base = {row["outcome"]: float(row["mean"]) for row in rows(folder, "summary.csv") if row["point"] == "0"}
    changed = {(row["point"], row["outcome"]): row for row in rows(folder, "contrasts.csv")}
    table = {}
    for point in rows(folder, "points.csv"):
        moved = [(axis, value) for axis, value in point.items() if axis != "point" and value]
        for axis, value in moved:
            values, cells = table.setdefault(axis, ([], {outcome: [] for outcome in outcomes}))
            values.append(value)
            for outcome in outcomes:
                row = changed[point["point"], outcome]
                percent = 100 * float(row["difference"]) / base[outcome]
                star = "*" if float(row["low"]) > 0 or float(row["high"]) < 0 else ""
                cells[outcome].append((percent, f"{percent:+.0f}{star}"))
    largest = lambda axis: max(abs(percent) for percent, _ in table[axis][1][outcomes[0]])
    print("| parameter | values | " + " | ".join(outcomes) + " |\n|---|---|" + "---|" * len(outcomes))
    for axis in sorted(table, key=largest, reverse=True):
        values, cells = table[axis]
        shown = (", ".join(text for _, text in cells[outcome]) for outcome in outcomes)
        print(f"| `{axis}` | {', '.join(values)} | " + " | ".join(shown) + " |")


if __name__ == "__main__":
    main()
