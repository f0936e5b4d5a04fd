"""Sections 2 and 4: who is inside a group, what kin share, and thresholds of those who come back."""
from bisect import insort

from basics import CIVILIAN, FIGHTER, FORMER, HOUSEHOLD, weeks


class People:
    def row_of(self, person):
        return self.rows.setdefault(person // 16, {"members": [], "harm": {}, "cache": None})

    def enlist(self, person, command):
        self.role[person] = FIGHTER
        self.attended[person] = 0
        command.members[person] = [self.rng.expovariate(1.0), 0.0]
        self.group_of[person] = command.group
        row = self.row_of(person)
        row["members"].append((HOUSEHOLD[person % 16], person, command.group))
        row["cache"] = None

    def leave_group(self, person, role):
        self.role[person] = role
        group = self.group_of.pop(person)
        row = self.row_of(person)
        row["members"].remove((HOUSEHOLD[person % 16], person, group))
        row["cache"] = None

    def come_back(self, person):
        """4: a new threshold of the same frailty, waited for from now on."""
        self.role[person] = FORMER
        shape = self.v["people"]["frailty_shape"]
        if person not in self.frailty:
            self.frailty[person] = self.rng.gammavariate(shape + 1, 1 / (shape + self.x[person]))
        cell = self.cell[person]
        self.spell[person] = self.spell.get(person, 0) + 1
        self.need[person] = self.felt[cell] + self.rng.expovariate(1.0) / self.frailty[person]
        self.attended[person] = 0
        insort(self.queue[cell], (self.need[person], person), lo=self.pointer[cell])

    def suffer(self, person, side, weight):
        """Households live through harm. It is kept as if done in week 0: what is left of it is `faded`."""
        row = self.row_of(person)
        kept = 0.5 ** (1 / weeks(self.r["memory"]["half_life"]))
        entry = row["harm"].setdefault((HOUSEHOLD[person % 16], side), [0.0, 0])
        entry[0] += weight / kept**self.week
        entry[1] = self.week
        row["cache"] = None

    def is_free(self, person):
        return self.role[person] in (CIVILIAN, FORMER)
