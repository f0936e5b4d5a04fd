"""The Python recipe against SALib: Ishigami through a fake model, and Morris effects of a real sweep;
DuckDB's Parquet if it is installed. `tests/recipe.sh` sets everything up."""

import json
import math
import pathlib
import subprocess
import sys

import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "examples"))
from toguna_eval import evaluate, sobol  # noqa: E402

program, work = sys.argv[1], pathlib.Path(sys.argv[2])


def ishigami():
    problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-math.pi, math.pi]] * 3}
    fake = (sys.executable, str(HERE / "fake_model.py"))
    indices = sobol(problem, "none", "ishigami", base_points=4096, program=fake)
    assert np.allclose(indices["S1"], [0.313905, 0.442411, 0.0], atol=0.02), indices["S1"]
    assert np.allclose(indices["ST"], [0.557589, 0.442411, 0.243684], atol=0.02), indices["ST"]
    print("Ishigami through the recipe: as published")


def small_world():
    scenario = work / "small.toml"
    mali = HERE.parent / "scenarios" / "mali" / "status-quo.toml"
    scenario.write_text(
        f'extends = "{mali}"\nname = "small"\n[people]\npeople_per_agent = 1000\n'
        '[time]\nend = "2024-06-30"\n'
    )
    return scenario


def rows_for_rows(scenario):
    points = pd.DataFrame({"policy.restraint": [0.2, 0.9], "mechanisms.operations": [True, False]})
    found = evaluate(points, scenario, outcomes=["recruits", "deaths"], program=(program,))
    assert list(found["policy.restraint"]) == [0.2, 0.9] and (found["status"] == "ok").all(), found
    late = pd.DataFrame({"time.end": ["2024-03-31", "2023-01-01"]})
    found = evaluate(late, scenario, outcomes=["deaths"], program=(program,))
    assert found["status"][0] == "ok" and "ends before" in found["status"][1], found
    print("a row for a row, failures told")


def morris(scenario):
    from SALib.analyze import morris as analyze

    axes = {"rules.violence.scale": (0.5, 2.0), "rules.recruitment.scale": (0.5, 2.0),
            "policy.restraint": (0.0, 1.0)}
    design = f'scenario = "{scenario}"\nkind = "morris"\ntrajectories = 6\nreplicates = 2\n'
    for path, (low, high) in axes.items():
        design += f'[[axes]]\npath = "{path}"\nlow = {low}\nhigh = {high}\n'
    (work / "morris.toml").write_text(design)
    out = work / "morris"
    subprocess.run([program, "sensitivity", str(work / "morris.toml"), "--out", str(out), "-q"],
                   check=True, stdout=subprocess.DEVNULL)
    points, runs = pd.read_csv(out / "points.csv"), pd.read_csv(out / "runs.csv")
    ours = pd.read_csv(out / "sensitivity.csv").set_index(["outcome", "axis", "index"])["value"]
    problem = {"num_vars": 3, "names": list(axes), "bounds": [list(ends) for ends in axes.values()]}
    for outcome in ("deaths", "events"):
        means = runs.groupby("point")[outcome].mean().to_numpy()
        theirs = analyze.analyze(problem, points[list(axes)].to_numpy(), means, num_levels=4)
        for axis, mu, mu_star, sigma in zip(axes, theirs["mu"], theirs["mu_star"], theirs["sigma"]):
            for index, value in (("mu", mu), ("mu_star", mu_star), ("sigma", sigma)):
                assert math.isclose(ours[outcome, axis, index], value, rel_tol=1e-9, abs_tol=1e-9), (
                    outcome, axis, index, ours[outcome, axis, index], value)
    print("Morris effects of a real sweep: as SALib computes them")
    return out


def parquet(out):
    try:
        import duckdb
    except ImportError:
        print("skipped: DuckDB is not installed")
        return
    runs, parquet = out / "runs.csv", work / "runs.parquet"
    database = duckdb.connect()
    database.execute(f"COPY (FROM read_csv('{runs}', sample_size = -1)) TO '{parquet}' (FORMAT parquet)")
    [(count,)] = database.execute(f"SELECT count(*) FROM '{parquet}'").fetchall()
    assert count == len(pd.read_csv(runs)), count
    # From its first row alone DuckDB says of each column what the data package declares.
    package = json.loads((out / "datapackage.json").read_text())
    [fields] = [table["schema"]["fields"] for table in package["resources"] if table["path"] == "runs.csv"]
    types = database.execute(f"DESCRIBE FROM read_csv('{runs}', sample_size = 1)").fetchall()
    numbers = [field["name"] for field in fields if field["type"] == "number"]
    wrong = [name for name, kind, *_ in types if name in numbers and kind != "DOUBLE"]
    assert numbers and not wrong, wrong
    print("runs.csv as Parquet: every row, and every number a DOUBLE")


ishigami()
world = small_world()
rows_for_rows(world)
parquet(morris(world))
print("passed: the Python recipe")
