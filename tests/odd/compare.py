#!/usr/bin/env python3
"""Whether two programs give the same distributions of outcomes.

    compare.py PROGRAM/runs.csv core.csv

For every outcome that both have: Welch's t of the means and the two-sample Kolmogorov-Smirnov test, both two-sided, with
Holm's correction over all tests of the comparison, at 1 %. Set before the first comparison: the two agree if no test
stands out. Exit code 0 if they agree, 1 if not.
"""
import csv
import math
import sys

LEVEL = 0.01


def read(path):
    rows = list(csv.DictReader(open(path)))
    return {name: [float(row[name]) for row in rows] for name in rows[0] if is_number(rows[0][name])}


def is_number(text):
    try:
        return bool(text) and math.isfinite(float(text))
    except ValueError:
        return False


def mean_and_error(values):
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return mean, math.sqrt(variance / len(values))


def welch(one, other):
    """Two-sided, by the normal distribution: there are hundreds of runs."""
    (a, error_a), (b, error_b) = mean_and_error(one), mean_and_error(other)
    error = math.hypot(error_a, error_b)
    if error == 0:
        return 1.0 if a == b else 0.0
    return math.erfc(abs(a - b) / error / math.sqrt(2))


def kolmogorov_smirnov(one, other):
    values, distance = sorted(set(one + other)), 0.0
    one, other = sorted(one), sorted(other)
    at_one = at_other = 0
    for value in values:
        while at_one < len(one) and one[at_one] <= value:
            at_one += 1
        while at_other < len(other) and other[at_other] <= value:
            at_other += 1
        distance = max(distance, abs(at_one / len(one) - at_other / len(other)))
    root = math.sqrt(len(one) * len(other) / (len(one) + len(other)))
    scaled = (root + 0.12 + 0.11 / root) * distance
    if scaled < 0.2:
        return 1.0
    return min(1.0, 2 * sum((-1) ** (k - 1) * math.exp(-2 * k * k * scaled * scaled) for k in range(1, 101)))


def main():
    program, core = read(sys.argv[1]), read(sys.argv[2])
    names = [name for name in core if name in program and name != "seed"]
    tests = []
    for name in names:
        tests.append((welch(program[name], core[name]), name, "mean"))
        tests.append((kolmogorov_smirnov(program[name], core[name]), name, "distribution"))
    tests.sort()
    stands_out = {}
    for rank, (p, name, kind) in enumerate(tests):
        if p > LEVEL / (len(tests) - rank):
            break
        stands_out.setdefault(name, []).append(kind)
    print(f"{'outcome':<28}{'program':>12}{'core':>12}{'differs':>10}{'± 95 %':>9}{'p mean':>9}{'p KS':>9}")
    for name in names:
        (a, error_a), (b, error_b) = mean_and_error(program[name]), mean_and_error(core[name])
        scale = abs(a) or 1.0
        told = "  " + " and ".join(stands_out[name]) if name in stands_out else ""
        print(f"{name:<28}{a:>12.4g}{b:>12.4g}{100 * (b - a) / scale:>9.1f}%{196 * math.hypot(error_a, error_b) / scale:>8.1f}%"
              f"{welch(program[name], core[name]):>9.3f}{kolmogorov_smirnov(program[name], core[name]):>9.3f}{told}")
    print(f"{len(names)} outcomes, {len(tests)} tests, {len(program[names[0]])} and {len(core[names[0]])} runs: "
          + (f"differ in {', '.join(stands_out)}" if stands_out else "none stands out"))
    sys.exit(1 if stands_out else 0)


if __name__ == "__main__":
    main()
