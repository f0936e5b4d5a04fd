"""What all parts of the core share: words, the values and tables of a scenario, draws."""
import csv
import datetime
import math
import random
import tomllib
from pathlib import Path

OPEN = {"village": 0, "town": 1, "capital_of_region": 3, "capital": 6}
COHORT = [0, 1, 2, 0, 1, 3, 0, 1, 2, 0, 1, 3, 0, 1, 2, 3]  # 2: place in a row of sixteen
HOUSEHOLD = [min(place // 3, 4) for place in range(16)]
SERVICES = ["health", "schooling", "justice", "water"]
MOTIVES = ["protection", "economic", "social_welfare", "educational", "grievance", "political", "familial", "religious",
           "status", "coercion"]
CAUSES = ["fatigue", "losses", "unpaid", "reintegration", "arrest"]
CIVILIAN, FIGHTER, FORMER, PRISONER, DEAD = range(5)
COUNTED = (["recruits", "leavers", "deaths", "civilians_killed_by_state", "civilians_killed_by_groups", "civilians_hurt",
            "fighters_killed", "soldiers_killed", "events", "events_reported", "deaths_reported"]
           + ["recruits_" + motive for motive in MOTIVES] + ["recruits_triggered", "recruits_triggered_by_state", "recruits_again"]
           + ["leavers_" + cause for cause in CAUSES])


def weeks(duration):
    """The number in "26 weeks"."""
    return float(str(duration).split()[0])


def great_circle(a, b):
    rise, run = (math.sin(math.radians(b[i] - a[i]) / 2) for i in (0, 1))
    inside = rise**2 + math.cos(math.radians(a[0])) * math.cos(math.radians(b[0])) * run**2
    return 2 * 6371 * math.asin(math.sqrt(inside))


def round_half_up(number):
    return math.floor(number + 0.5)


class Scenario:
    """Values and tables; the same for every run."""

    def __init__(self, path):
        path = Path(path)
        self.values = tomllib.loads(path.read_text())
        table = lambda name: list(csv.DictReader((path.parent / self.values["tables"][name]).open()))
        self.tables = {name: table(name) for name in self.values["tables"]}
        start, end = (datetime.date.fromisoformat(str(self.values["time"][key])) for key in ("start", "end"))
        self.weeks = ((end - start).days + 1) // 7


class Place:
    """A community."""


class Quarter:
    """The people of one constituency in one community."""


class Command:
    """A band with its base."""


class Draws:
    """Random numbers of one run."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def poisson(self, mean):
        u, chance, number = self.rng.random(), math.exp(-mean), 0
        cumulative = chance
        while cumulative < u and number < 1000:
            number += 1
            chance *= mean / number
            cumulative += chance
        return number

    def binomial(self, trials, chance):
        return sum(self.rng.random() < chance for _ in range(trials))

    def pick(self, weights):
        left = self.rng.random() * sum(weights)
        for index, weight in enumerate(weights):
            left -= weight
            if left < 0 and weight > 0:
                return index
        return max(range(len(weights)), key=lambda index: weights[index])
