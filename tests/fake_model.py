"""Stands in for `toguna eval`: the same flags, the same tables, but its one outcome is Ishigami's
function of x1, x2 and x3, whose indices are known."""

import csv
import math
import sys


def main():
    asked = sys.argv[1:]
    assert asked[0] == "eval" and asked[asked.index("--design") + 1] == "-", asked
    rows = list(csv.DictReader(sys.stdin))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([*rows[0], "status", "ishigami"])
    for row in rows:
        x1, x2, x3 = (float(row[name]) for name in ("x1", "x2", "x3"))
        y = math.sin(x1) + 7.0 * math.sin(x2) ** 2 + 0.1 * x3**4 * math.sin(x1)
        out.writerow([*row.values(), "ok", repr(y)])


main()
