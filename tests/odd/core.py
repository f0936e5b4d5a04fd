#!/usr/bin/env python3
"""The core of Toguna, written anew from docs/ODD.md and docs/parameters.md.

    core.py RUN/scenario.resolved.toml RUNS [FIRST_SEED]     one row of outcomes for each run, as CSV

RUN is a folder of `toguna run`, in which every parameter and table is. Section numbers are those of the page.
"""
import csv
import sys

from basics import COUNTED, FORMER, SERVICES, Draws, Scenario
from control import Control
from leaving import Leaving
from memory import Memory
from people import People
from posture import Posture
from recruitment import Recruitment
from services import Services
from start import Start
from violence import Violence


class World(Draws, Start, People, Services, Posture, Violence, Control, Memory, Recruitment, Leaving):
    """One run: each part is a section of the page."""

    def __init__(self, scenario, seed):
        super().__init__(seed)
        self.v, self.tables = scenario.values, scenario.tables
        self.r = self.v["rules"]
        self.groups = sorted(self.v["groups"])
        self.sides = 1 + len(self.groups)
        self.week = 0
        self.count = {}
        self.begin()

    def tell(self, name, number=1):
        self.count[name] = self.count.get(name, 0) + number

    def run(self, number_of_weeks):
        for self.week in range(number_of_weeks):
            self.provide()
            self.pay()
            self.replace_losses()
            self.place_forces()
            self.fight()
            self.shift_control()
            self.remember()
            self.recruit()
            self.leave()
        return self.outcomes()

    def outcomes(self):
        out = {name: self.count.get(name, 0) for name in COUNTED}
        people = sum(place.residents for place in self.places)
        mean = lambda of: sum(place.residents * of(place) for place in self.places) / people
        by_quarter = lambda of: sum(quarter.residents * of(quarter) for quarter in self.quarters) / people
        out["fighters"] = sum(len(command.members) for command in self.commands)
        out["former_fighters"] = sum(role == FORMER for role in self.role)
        out["prisoners"] = len(self.prisoners)
        out["soldiers"] = sum(self.soldiers.values())
        out["state_control"] = mean(lambda place: place.control[0])
        out["group_control"] = mean(lambda place: sum(place.control[1:]))
        out["officials_present"] = mean(lambda place: place.officials)
        out["schools_closed"] = sum(place.closed for place in self.places)
        for service, name in enumerate(SERVICES):
            out[name] = mean(lambda place: self.provided(place, service))
        out["trust"] = mean(lambda place: place.trust)
        out["fear"] = by_quarter(lambda quarter: quarter.fear)
        out["grievance_state"] = by_quarter(lambda quarter: self.grievance(quarter.harm[0]))
        return out


def main():
    scenario, runs = Scenario(sys.argv[1]), int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    writer = None
    for seed in range(first, first + runs):
        row = World(scenario, seed).run(scenario.weeks)
        if writer is None:
            writer = csv.DictWriter(sys.stdout, ["seed", *row])
            writer.writeheader()
        writer.writerow({"seed": seed, **row})


if __name__ == "__main__":
    main()
