"""examples/field_studies.py: each estimator finds a known effect, the same test notices each of them broken in one place,
and a run of the program gives every estimate. `tests/studies.sh` starts it."""

import csv
import io
import pathlib
import subprocess
import sys
from contextlib import redirect_stdout

EXAMPLES = pathlib.Path(__file__).parent.parent / "examples"
sys.path.insert(0, str(EXAMPLES))
import field_estimators  # noqa: E402
import field_studies  # noqa: E402

program, work = sys.argv[1], pathlib.Path(sys.argv[2])

# What stands in field_estimators.py, and what is put in its place.
BROKEN = [
    ("series[week] - series[week - 1]", "series[week]"),
    ("y.append(change(values, week + 1))", "y.append(change(values, week))"),
    ("demeaned(demeaned(values, district_of), week_of)", "demeaned(values, week_of)"),
    ("+ [values]):", "+ [[0.0 * week + week % 7 for week in range(len(values))]]):"),
    ("return there - elsewhere,", "return there,"),
    ("min(like, key=lambda other: far(unit, other))", "like[0]"),
    ("[dose, ones] if constant else [dose]", "[dose]"),
    ("[a - b for a, b in zip(outcome, without)]", "list(outcome)"),
    ("inside = lambda values: demeaned(values, strata, weights)", "inside = lambda values: list(values)"),
    ("return [slope / mean for slope in slopes]", "return slopes"),
    ("counts[stratum]", "counts[0]"),
    ("rows[other][at] / rows[at][at]", "rows[other][at]"),
]


def passes(module):
    with redirect_stdout(io.StringIO()):
        return module["self_test"]()


def noticed(right, wrong, source):
    assert right in source, f"field_estimators.py has no «{right}»"
    module = {"__name__": "broken"}
    exec(source.replace(right, wrong), module)
    try:
        return not passes(module)
    except ValueError:
        return True


assert passes(vars(field_estimators)), "an estimator does not find a known effect"
source = (EXAMPLES / "field_estimators.py").read_text()
missed = [right for right, wrong in BROKEN if not noticed(right, wrong, source)]
assert not missed, f"broken and not noticed: {missed}"

subprocess.run([sys.executable, str(EXAMPLES / "field_studies.py"), "--program", program, "--seeds", "1", "--jobs", "1",
                "--out", str(work / "studies")], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
rows = list(csv.DictReader((work / "studies" / "studies.csv").open()))
names = [row["estimate"] for row in rows]
assert names == [finding.name for finding in field_studies.FINDINGS], names
assert all(abs(float(row["median"])) < 1e6 for row in rows), rows
print(f"passed: each estimator finds its effect, {len(BROKEN)} broken ones are noticed, a run gives {len(names)} estimates")
