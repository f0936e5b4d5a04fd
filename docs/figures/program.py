"""The program as the figures call it, its tables, and where a figure stands on its page."""
import csv
import os
import shutil
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def cost_of_run(program, arguments, out):
    """What `toguna run` takes with these arguments: processor seconds, seconds by the clock, megabytes (of 1,048,576) held at most."""
    begun = time.monotonic()
    child = subprocess.Popen([program, "run", *map(str, arguments), "--out", out, "--quiet"], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"FAILED: {program} run {' '.join(map(str, arguments))}")
    return used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss / 1024


class Program:
    def __init__(self, path, out, force):
        self.path, self.out, self.force = (ROOT / path).resolve(), ROOT / out, force

    def run(self, *arguments):
        """What the program prints; ends everything with its own message where it fails."""
        done = subprocess.run(
            [self.path, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.returncode)
        return done.stdout

    def folder(self, name, *arguments):
        """The folder of results of a command, made unless it is there and whole."""
        folder = self.out / name
        if self.force or not (folder / "manifest.json").exists():
            self.out.mkdir(parents=True, exist_ok=True)
            force = ["--force"] if self.force else []
            (self.out / f"{name}.txt").write_text(self.run(*arguments, "--out", folder, *force))
        return folder

    def printed(self, name):
        """What the command printed that made a folder."""
        return (self.out / f"{name}.txt").read_text()


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def table(head, lines, words=1):
    """Markdown; the first `words` columns are words, the others numbers."""
    rule = ["---"] * words + ["---:"] * (len(head) - words)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, rule, *lines])


def percent(share):
    return f"{100 * float(share):.0f} %".replace("-", "−")


def put(page, name, text):
    path = ROOT / page
    old = path.read_text()
    begin, end = f"<!-- figure: {name} -->\n", f"<!-- end of {name} -->\n"
    if begin not in old or end not in old:
        raise SystemExit(f"{page} has no place for the figure {name}: write {begin.strip()} and {end.strip()}")
    before, rest = old.split(begin, 1)
    after = rest.split(end, 1)[1]
    path.write_text(before + begin + text.strip("\n") + "\n" + end + after)


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def variance(values):
    values = list(values)
    centre = mean(values)
    return sum((value - centre) ** 2 for value in values) / (len(values) - 1)


def quantile(weighted, at):
    """Of pairs (value, weight): the least value with at least the share `at` of the weight up to it."""
    ordered = sorted(weighted)
    left = at * sum(weight for _, weight in ordered)
    for value, weight in ordered:
        left -= weight
        if left <= 1e-12:
            return value
    return ordered[-1][0]


def settings(member):
    """The flags that set what a member of an ensemble sets."""
    flags = []
    for path, value in member.items():
        if "." in path:
            try:
                float(value)
            except ValueError:
                value = f'"{value}"'
            flags += ["--set", f"{path}={value}"]
    return flags


def throw_away(folder):
    shutil.rmtree(folder, ignore_errors=True)
