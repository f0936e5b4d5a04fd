"""Drive toguna from a data frame: a column for each key of the scenario that varies, a row for each
point; back come the outcomes, a row for each row. One file, to be copied and changed.

    pip install pandas SALib
    python examples/toguna_eval.py scenarios/mali/status-quo.toml --set people.people_per_agent=50

The second half shows a Sobol' analysis with SALib on top of it.
"""

import argparse
import io
import subprocess
import sys

import pandas as pd


def evaluate(points, scenario, outcomes=(), replicates=1, seed=1, settings=(), program=("toguna",)):
    """Outcomes of `scenario` at each row of the data frame `points`, in the same order.

    All rows share their random numbers (seed and replicates), so that differences between rows are due to what
    varies. A row that fails has the cause in its column `status` and no outcomes.
    """
    command = [*program, "eval", str(scenario), "--design", "-", "--quiet"]
    command += ["--replicates", str(replicates), "--seed", str(seed)]
    for setting in settings:
        command += ["--set", setting]
    if outcomes:
        command += ["--outcome", ",".join(outcomes)]
    table = points.to_csv(index=False)
    done = subprocess.run(command, input=table, capture_output=True, text=True)
    # 4: some rows failed; the table says which and why.
    if done.returncode not in (0, 4):
        raise RuntimeError(f"toguna ended with {done.returncode}:\n{done.stderr}")
    return pd.read_csv(io.StringIO(done.stdout))


def sobol(problem, scenario, outcome, base_points=64, **how):
    """First and total Sobol' indices of one outcome, from SALib's design and estimators."""
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    rows = sample.sample(problem, base_points, calc_second_order=False, seed=1)
    points = pd.DataFrame(rows, columns=problem["names"])
    found = evaluate(points, scenario, outcomes=[outcome], **how)
    values = found[outcome].to_numpy()
    return analyze.analyze(problem, values, calc_second_order=False, seed=1)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("scenario")
    arguments.add_argument("--set", action="append", default=[], dest="settings")
    arguments.add_argument("--outcome", default="recruits")
    arguments.add_argument("--replicates", type=int, default=2)
    arguments.add_argument("--base-points", type=int, default=16)
    arguments.add_argument("--program", default="toguna")
    asked = arguments.parse_args()
    problem = {
        "num_vars": 3,
        "names": [
            "policy.military_pressure",
            "policy.restraint",
            "rules.recruitment.grievance_weight",
        ],
        "bounds": [[0.0, 1.0], [0.0, 1.0], [0.5, 2.0]],
    }
    indices = sobol(
        problem,
        asked.scenario,
        asked.outcome,
        base_points=asked.base_points,
        replicates=asked.replicates,
        settings=asked.settings,
        program=(asked.program,),
    )
    print(f"{'what moves ' + asked.outcome:<42}{'alone':>8}{'in all':>8}{'±':>8}")
    for name, first, total, reach in zip(
        problem["names"], indices["S1"], indices["ST"], indices["ST_conf"]
    ):
        print(f"{name:<42}{first:8.3f}{total:8.3f}{reach:8.3f}")


if __name__ == "__main__":
    sys.exit(main())
