#!/usr/bin/env python3
"""Several builds of toguna at the same run, in turn, so that the pace of the machine weighs on all alike.

    benches/in_turn.py [--times 7] PROGRAM... -- [arguments of `toguna run`]
    benches/in_turn.py old/toguna target/release/toguna -- mali/status-quo -j 1

Prints medians of processor seconds, seconds by the clock and megabytes at most, and of the ratios to the first program within
each turn with their range. Without arguments: ten years of the status quo, everybody, one thread.
"""
import argparse
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "docs/figures"))
from program import cost_of_run  # noqa: E402


def measured(program, arguments):
    with tempfile.TemporaryDirectory() as folder:
        return cost_of_run(program, arguments, Path(folder) / "out")


def main():
    given = sys.argv[1:]
    split = given.index("--") if "--" in given else len(given)
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--times", type=int, default=7, help="turns; 7 unless another number is given")
    asked.add_argument("programs", nargs="+", metavar="PROGRAM")
    known = asked.parse_args(given[:split])
    arguments = given[split + 1:] or ["mali/status-quo", "-j", "1"]
    turns = [[measured(program, arguments) for program in known.programs] for _ in range(known.times)]
    print(f"toguna run {' '.join(arguments)}: {known.times} in turn, medians")
    for at, program in enumerate(known.programs):
        processor, clock, memory = (statistics.median(turn[at][which] for turn in turns) for which in range(3))
        ratios = sorted(turn[at][0] / turn[0][0] for turn in turns)
        print(f"{program}: {processor:.2f} s of the processor, {clock:.2f} s, {memory:.0f} MB; beside the first "
              f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
