"""What each phase of the week takes of a run: instructions, misses of the cache, and what it asks of the allocator."""
import json
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from program import ROOT, table

# A laptop's: 32 KB nearest the processor, 8 MB shared, lines of 64 bytes. As the machine itself has it, counts would differ from
# machine to machine.
CACHES = ["--cache-sim=yes", "--I1=32768,8,64", "--D1=32768,8,64", "--LL=8388608,16,64"]
LINE = 64
# Title, scenario, adults for one simulated, last day if not the scenario's, whether allocations are counted, which takes as long again.
RUNS = [
    ("status quo, everybody, 2024 and 2025", "status-quo", 1, "2026-01-04", False),
    ("history, one for ten, 2012 to 2021", "history", 10, None, False),
    ("status quo, one for ten, 2024 to 2026", "status-quo", 10, "2027-01-03", True),
]
PHASE = re.compile(r"toguna_model::(?:(\w+)::phase|outcomes)::(\w+)$")


def of(program):
    found = []
    for title, scenario, per_agent, end, with_allocations in RUNS:
        with tempfile.TemporaryDirectory() as folder:
            counted = Path(folder) / "counted"
            settings = ["--set", f"people.people_per_agent={per_agent}"]
            settings += ["--set", f'time.end="{end}"'] if end else []
            arguments = [f"mali/{scenario}", *settings, "--quiet", "-j", "1"]
            run = [program.path, "run", *arguments, "--force", "--out", Path(folder) / "out"]
            valgrind(["--tool=callgrind", *CACHES, f"--callgrind-out-file={counted}"], run)
            costs, total = by_phase(counted)
            asked = Counter(), Counter()
            if with_allocations:
                valgrind(["--tool=dhat", "--num-callers=100", f"--dhat-out-file={counted}"], run)
                asked = allocations(json.loads(counted.read_text()))
        found.append(shown(title, costs, total, asked))
    return "\n\n".join(found)


def valgrind(arguments, run):
    done = subprocess.run(["valgrind", "-q", *arguments, *run], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise SystemExit("a run under valgrind failed")


def by_phase(path):
    """Costs of each phase with all that it calls, and of the whole: instructions, misses that the shared cache answers, misses
    that memory answers."""
    names, events, edges, total = {}, [], {}, Counter()

    def name(text):
        number, _, written = text.partition(" ")
        return names.setdefault(number, written) if written else names[number]

    def add(counter, line):
        for event, cost in zip(events, line.split()[1:]):
            counter[event] += int(cost)

    inside, called = None, None
    with open(path) as file:
        for line in file:
            line = line.rstrip("\n")
            key, equals, value = line.partition("=")
            if line.startswith("events: "):
                events = line.split()[1:]
            elif equals and key == "fn":
                inside = name(value)
            elif equals and key == "cfn":
                called = name(value)
            elif equals and key in ("fl", "fi", "fe", "ob", "cob", "cfi", "cfl", "calls"):
                pass
            elif line[:1].isdigit() or line[:1] in "+-*":
                if called is None:
                    add(total, line)
                else:
                    add(edges.setdefault((inside, called), Counter()), line)
                    called = None
    callees = {}
    for caller, callee in edges:
        if PHASE.search(callee):
            callees.setdefault(caller, set()).add(callee)
    week = max(callees, key=lambda caller: len(callees[caller]))
    costs = {phase_of(callee): edges[week, callee] for callee in callees[week]}
    return costs, total


def phase_of(function):
    """As the week lists it: the folder and the function."""
    folder, verb = PHASE.search(function).groups()
    return f"{folder or 'record'}: {verb}"


def allocations(profile):
    """By phase: how often it asks for memory, and for how many bytes."""
    times, sizes = Counter(), Counter()
    frames = [re.sub(r"^0x[0-9A-F]+: | \(.*\)$", "", frame) for frame in profile["ftbl"]]
    frames = [re.sub(r"::h[0-9a-f]{16}$", "", frame) for frame in frames]
    for place in profile["pps"]:
        # The outermost frame of a phase is the phase itself.
        phases = [frames[frame] for frame in place["fs"] if PHASE.search(frames[frame])]
        key = phase_of(phases[-1]) if phases else "the start"
        times[key] += place["tbk"]
        sizes[key] += place["tb"]
    return times, sizes


def shown(title, costs, total, asked):
    times, sizes = asked
    lines = []
    of_phases = Counter()
    for cost in costs.values():
        of_phases.update(cost)
    rest = total - of_phases
    ordered = sorted(costs.items(), key=lambda item: -item[1]["Ir"])
    few = [(phase, cost) for phase, cost in ordered if cost["Ir"] >= 0.01 * total["Ir"]]
    small = Counter()
    for phase, cost in ordered[len(few):]:
        small.update(cost)
    for counter in asked:
        counter["others"] = sum(counter[phase] for phase, _ in ordered[len(few):])
        counter["the run"] = sum(cost for phase, cost in counter.items() if phase != "others")
        counter["all else"] = counter["the run"] - sum(counter[phase] for phase in [*(phase for phase, _ in few), "others"])
    for phase, cost in [*few, ("others", small), ("all else", rest), ("the run", total)]:
        nearest = cost["D1mr"] + cost["D1mw"]
        memory = cost["DLmr"] + cost["DLmw"]
        cells = [phase.replace("all else", "reading, start, tables"), f"{cost['Ir'] / 1e6:,.0f}", f"{100 * cost['Ir'] / total['Ir']:.1f}",
                 f"{nearest / 1e6:,.1f}", f"{memory / 1e6:,.2f}", f"{memory * LINE / 1e6:,.0f}"]
        if times["the run"]:
            cells += [f"{times[phase] / 1e3:,.0f}", f"{sizes[phase] / 1e6:,.0f}"]
        lines.append(cells)
    head = ["phase", "million instructions", "%", "million misses of the nearest cache", "million of the shared", "MB moved"]
    head += ["thousand allocations", "MB asked for"] if times["the run"] else []
    return f"{title[0].upper()}{title[1:]}:\n\n{table(head, lines)}"
