"""Runs every program in turn, several times, and prints a table: medians per processor second, and memory."""

import math
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "python"))
from work import OF_COMMUNITY, chance, signal, smoothed  # noqa: E402

PEOPLE, WEEKS, TIMES = (int(it) for it in sys.argv[1:4])
TOOLS = sys.argv[4]


def rust(name):
    return [os.path.join(HERE, "target", "release", name)]


def python(environment, script):
    return [os.path.join(TOOLS, environment, "bin", "python"), os.path.join(HERE, "python", script)]


PROGRAMS = [
    ("Toguna's engine", "this one", rust("threshold")),
    ("plain arrays in Rust", "rand 0.9.5", rust("plain")),
    ("NumPy", "2.5.5", python("mesa", "numpy_arrays.py")),
    ("mesa-frames", "0.1.0a0, polars 2.1.0", python("frames", "frames.py")),
    ("ixa", "4.0.0", rust("ixa")),
    ("krABMaga", "0.6.2", rust("krabmaga")),
    ("Mesa", "3.5.1", python("mesa", "mesa_agents.py")),
]


def expected():
    """How many join on average, and one standard deviation of it."""
    mean = variance = 0.0
    for community in range(PEOPLE // OF_COMMUNITY):
        grievance, waits = 0.0, 1.0
        for week in range(WEEKS):
            grievance = smoothed(grievance, signal(community, week))
            waits *= 1.0 - chance(grievance, math.exp)
        mean += OF_COMMUNITY * (1.0 - waits)
        variance += OF_COMMUNITY * waits * (1.0 - waits)
    return mean, math.sqrt(variance)


def once(command, seed):
    """Processor seconds of set-up and of all weeks, how many joined, and megabytes held at most."""
    asked = [str(it) for it in (PEOPLE, WEEKS, seed)]
    child = subprocess.Popen(command + asked, stdout=subprocess.PIPE, text=True, env={
        **os.environ, "RAYON_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"})
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed")
    set_up, lived, joined = said.split()
    return float(set_up), float(lived), int(joined), used.ru_maxrss / 1024


measured = {name: [] for name, _, _ in PROGRAMS}
for seed in range(1, TIMES + 1):
    for name, _, command in PROGRAMS:
        measured[name].append(once(command, seed))
        print(f"{name}: {measured[name][-1]}", file=sys.stderr)

mean, deviation = expected()
wrong = []
print(f"{PEOPLE:,} people, {WEEKS} weeks, one thread, {TIMES} runs each in turn; "
      f"{mean:,.0f} ± {deviation:,.0f} join by the formula\n")
print("| program | version | people a week, per processor second | beside ours | set-up, s | memory, MB | joined |")
print("|---|---|---|---|---|---|---|")
speeds = {}
for name, version, _ in PROGRAMS:
    runs = measured[name]
    middle = [statistics.median(run[at] for run in runs) for at in range(4)]
    speeds[name] = PEOPLE * WEEKS / middle[1]
    joined = statistics.mean(run[2] for run in runs)
    if abs(joined - mean) > 4 * deviation / math.sqrt(len(runs)):
        wrong.append(f"{name}: {joined:,.0f} joined")
    beside = speeds["Toguna's engine"] / speeds[name]
    print(f"| {name} | {version} | {speeds[name]:.2g} | 1 : {beside:,.0f} | {middle[0]:.2f} | {middle[3]:,.0f} | {joined:,.0f} |")
if wrong:
    sys.exit("FAILED: not the same distribution: " + "; ".join(wrong))
