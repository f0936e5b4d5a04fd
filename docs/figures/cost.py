"""What a run costs against what there is more of: one thing at a time, all else as it is."""
import math
import statistics
import tempfile
from pathlib import Path

from program import ROOT, cost_of_run, rows, table

TIMES = 3
PICTURE = ROOT / "docs/pictures/cost.svg"


def measured(program, *arguments):
    """Medians over some runs: processor seconds, seconds by the clock, megabytes; and what is counted of the first run."""
    seen, counted = [], None
    for _ in range(TIMES):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out"
            seen.append(cost_of_run(program.path, arguments, out))
            counted = counted or sum(float(run["events"]) for run in rows(out / "runs.csv"))
    return [statistics.median(column) for column in zip(*seen)], counted


def country(folder, places, groups, adults=200_000):
    """A made-up country on a grid of villages, ten to a cercle; as many people and fighters however many places or groups."""
    folder = Path(folder)
    side = math.isqrt(places)
    names = [f"p{at}" for at in range(side * side)]
    cercles = sorted({f"c{at // 10}" for at in range(side * side)})
    bands = max(groups, 16)

    def write(name, head, lines):
        (folder / name).write_text("\n".join([head, *lines]) + "\n")

    write("communities.csv", "community,cercle,region,zone,latitude,longitude,residents,rank", [
        f"{name},c{at // 10},upper,{'north' if at < side * side / 2 else 'centre'},"
        f"{12 + 0.1 * (at // side):.2f},{-6 + 0.1 * (at % side):.2f},{2 * adults // len(names)},{'town' if at % 10 == 0 else 'village'}"
        for at, name in enumerate(names)])
    write("neighbours.csv", "community,neighbour,km", [
        f"{name},{names[at + step]},{km}" for at, name in enumerate(names)
        for step, km, fits in [(1, 10.8, at % side < side - 1), (side, 11.1, at + side < len(names))] if fits])
    write("constituents.csv", "community,constituency,share", [
        f"{name},{who},{share}" for name in names for who, share in [("herders", 0.4), ("farmers", 0.6)]])
    write("places.csv", "cercle,state_control,health,schooling,justice,water,closed_schools,income,market_access,displaced_hosted,source", [
        f"{cercle},0.6,0.4,0.4,0.3,0.4,0,0.8,0.6,0,made up" for cercle in cercles])
    write("commands.csv", "command,group,katiba,cercle,fighters,source", [
        f"b{at},g{at % groups},b{at},{cercles[at * len(cercles) // bands]},{640 // bands},made up" for at in range(bands)])
    write("army.csv", "zone,soldiers,source", ["north,1500,made up", "centre,1500,made up"])
    write("hostility.csv", "a,b,from,hostility,source", [
        *[f"state,g{at},2020-01-06,1,made up" for at in range(groups)],
        *[f"g{at},g{at + 1},2020-01-06,0.5,made up" for at in range(groups - 1)]])
    armed = [f'[groups.g{at}]\ntitle = "Group {at}"\nkind = "{["jihadist", "separatist"][at % 2]}"\nideological = 0.4\nrigidity = 0.5\n'
             f"revenue_per_fighter = 1.0\naffinity = {{ herders = {0.6 - 0.4 * (at % 2)}, farmers = {0.2 + 0.4 * (at % 2)} }}\n" for at in range(groups)]
    tables = "\n".join(f'{name} = "{name}.csv"' for name in
                       ["communities", "neighbours", "constituents", "places", "commands", "army", "hostility"])
    (folder / "country.toml").write_text(
        'name = "country"\ntitle = "A made-up country"\n[time]\nstart = "2020-01-06"\nend = "2025-01-05"\n'
        f"[people]\nadults = 0.5\n[tables]\n{tables}\n[government]\nlegitimacy = 0.6\n[policy]\nmilitary_pressure = 0.5\nrestraint = 0.5\n"
        "[rules.recruitment]\nscale = 2.0\n"
        '[constituencies]\nherders = { title = "Herders", livelihood = "herding", voice = 0.3, herding = 0.9, farming = 0.1 }\n'
        'farmers = { title = "Farmers", livelihood = "farming", voice = 0.4, herding = 0.1, farming = 0.9 }\n' + "\n".join(armed))
    return folder / "country.toml"


def of(program):
    ten = ["--set", "people.people_per_agent=10"]
    mali = ["mali/status-quo", "-j", 1]
    series = {
        "adults simulated": [(10_884_000 // n, [*mali, "--coarse", "--set", f"people.people_per_agent={n}"]) for n in (50, 20, 10, 5, 2, 1)],
        "years": [(n, [*mali, *ten, "--set", f'time.end="{2023 + n}-12-31"']) for n in (1, 2, 5, 10)],
        "events": [(n, [*mali, *ten, "--set", f"rules.violence.scale={n}"]) for n in (0.45, 0.9, 1.8)],
        "replicates": [(n, [*mali, *ten, "--replicates", n]) for n in (1, 2, 4, 8)],
        "threads, for eight replicates": [(n, [mali[0], "-j", n, *ten, "--replicates", 8]) for n in (1, 2)],
        "threads, for one run of everybody": [(n, [mali[0], "-j", n]) for n in (1, 2)],
    }
    lines, drawn = [], {}
    for name, points in series.items():
        add(lines, drawn, name, [(value, *measured(program, *arguments)) for value, arguments in points])
    for name, sizes in {"places": [(n, 4) for n in (100, 400, 1600)], "groups": [(400, n) for n in (2, 4, 8, 16)]}.items():
        points = []
        for places, groups in sizes:
            with tempfile.TemporaryDirectory() as folder:
                path = country(folder, places, groups)
                points.append((places if name == "places" else groups, *measured(program, path, "-j", 1)))
        add(lines, drawn, name, points)
    PICTURE.write_text(picture(drawn))
    head = ["more of", "how many", "processor s", "clock s", "MB", "events"]
    return table(head, lines) + "\n\n![Processor seconds against what there is more of](pictures/cost.svg)"


def add(lines, drawn, name, points):
    for value, (processor, clock, memory), events in points:
        # What grows by events is told by events.
        lines.append([name, f"{value:,}", f"{processor:.2f}", f"{clock:.2f}", f"{memory:.0f}", f"{events:,.0f}"])
    if not name.startswith("threads"):
        drawn[name] = [(events if name == "events" else value, seen[0]) for value, seen, events in points]


def picture(drawn):
    """Each line from its first point, both axes in logarithms; the dotted line is cost in proportion."""
    width, height, left, top, most = 640, 400, 60, 20, 64
    x = lambda ratio: left + (width - left - 170) * math.log(ratio) / math.log(most)
    y = lambda ratio: height - 40 - (height - 40 - top) * math.log(max(ratio, 0.5) / 0.5) / math.log(most / 0.5)
    marks = [f'<line x1="{x(1):.1f}" y1="{y(1):.1f}" x2="{x(most):.1f}" y2="{y(most):.1f}" stroke="#777" stroke-dasharray="2 4"/>']
    for at in (1, 4, 16, 64):
        marks.append(f'<text x="{x(at):.1f}" y="{height - 18}" text-anchor="middle">× {at}</text>')
        marks.append(f'<text x="{left - 8}" y="{y(at) + 4:.1f}" text-anchor="end">× {at}</text>')
        marks.append(f'<line x1="{left}" y1="{y(at):.1f}" x2="{width - 170}" y2="{y(at):.1f}" stroke="#ddd"/>')
    colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]
    ends = []
    for colour, (name, points) in zip(colours, drawn.items()):
        (first, cost), *_ = points
        line = [(x(value / first), y(seconds / cost)) for value, seconds in points]
        marks.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in line)}"/>')
        marks += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in line]
        ends.append((line[-1][1], colour, name))
    below = 0
    for at, colour, name in sorted(ends):
        below = max(at + 4, below + 16)
        marks.append(f'<text x="{width - 160}" y="{below:.1f}" fill="{colour}">{name}</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" role="img">'
            f"<title>Processor seconds against what there is more of</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>{''.join(marks)}</svg>\n")
