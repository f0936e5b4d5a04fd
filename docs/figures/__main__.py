"""Makes the figures of the documentation anew: runs the commands that they name, and writes the tables between the
marks `<!-- figure: NAME -->` and `<!-- end of NAME -->` of the pages.

    cargo build --release
    python3 docs/figures                      # what there is, and how long each takes
    python3 docs/figures history policies     # these
    python3 docs/figures all

Runs stay in output/figures, so that what was interrupted goes on and what is there is not made again (`--force` makes it
again). Needs Python 3.9 and nothing else.
"""
import argparse
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import cost  # noqa: E402
import ensemble  # noqa: E402
import phases  # noqa: E402
import policies  # noqa: E402
import prediction  # noqa: E402
import yardstick  # noqa: E402
from program import Program, put  # noqa: E402

# Name, page, what it shows, hours of one processor, how.
FIGURES = [
    ("history", "docs/facts.md", "the history beside the facts, everybody", 0.07, yardstick.history),
    ("grain", "docs/validation.md", "one adult for ten beside everybody", 0.20, yardstick.grain),
    ("ensemble", "docs/calibration.md", "the ensemble of Mali: ranges, trade-offs, facts", 1.2, ensemble.found),
    ("members", "docs/validation.md", "the facts met by the defaults and by the ensemble", 0.35, ensemble.members),
    ("policies", "docs/policies.md", "eight policies at the defaults", 0.17, policies.eight),
    ("levers", "docs/policies.md", "one lever at a time", 0.08, policies.levers),
    ("worlds", "docs/policies.md", "eight policies over the ensemble", 0.4, policies.over_worlds),
    ("confirmed", "docs/policies.md", "ten of these worlds with everybody", 0.2, policies.confirmed),
    ("assumptions", "docs/assumptions.md", "one assumed number at a time", 0.2, yardstick.assumptions),
    ("core", "docs/facts.md", "one number of the core at a time", 0.1, yardstick.core),
    ("cost", "docs/performance.md", "time and memory against what there is more of; nothing else may run", 0.1, cost.of),
    ("phases", "docs/performance.md", "instructions, cache misses, allocations by phase; needs valgrind", 0.3, phases.of),
    ("prediction", "docs/validation.md", "2018 to 2021 as foretold from 2012 to 2017", 0.7, prediction.scored),
    ("forecast", "docs/validation.md", "two years to come; written once", 0.2, prediction.foretold),
]


def main():
    asked = argparse.ArgumentParser(prog="python3 docs/figures", description=__doc__.split("\n\n")[0])
    asked.add_argument("names", nargs="*", help="figures to make, or all; none lists them")
    asked.add_argument("--program", default="target/release/toguna", help="the program to run")
    asked.add_argument("--out", default="output/figures", help="folder of the runs")
    asked.add_argument("--force", action="store_true", help="make runs again that are there")
    given = asked.parse_args()
    known = [name for name, *_ in FIGURES]
    unknown = [name for name in given.names if name not in [*known, "all"]]
    if unknown:
        asked.error(f"no figure is called {', '.join(unknown)}; there are {', '.join(known)}")
    if not given.names:
        for name, page, title, hours, _ in FIGURES:
            print(f"{name:<11} {page:<21} {title} ({hours * 60:.0f} minutes of one processor)")
        return
    program = Program(Path(given.program), Path(given.out), given.force)
    for name, page, _, _, make in FIGURES:
        if name in given.names or "all" in given.names:
            put(page, name, make(program))
            print(f"{name}: {page}")


if __name__ == "__main__":
    main()
