"""Section 7.8: who joins which group, and why."""
import math
import operator
from bisect import insort

from basics import COHORT, HOUSEHOLD, MOTIVES, weeks


class Recruitment:
    def hazards_of(self, quarter):
        """What draws a quarter's people toward each group that is present."""
        rules, place, found = self.r["recruitment"], quarter.place, []
        unit = 1e-4 * rules["scale"]
        calm = math.exp(-rules["fear_weight"] * quarter.fear)
        for g in range(len(self.groups)):
            own = [(command, n) for command, n in place.bands if command.group == g]
            fighters = sum(n for _, n in own)
            if fighters <= 0:
                continue
            strongest = max(own, key=lambda band: (band[1], -band[0].order))[0]
            settings = self.group[g]
            appeal = settings["appeal"]
            presence = 1 - math.exp(-fighters / rules["fighters_for_presence"])
            bare = rules["endorsement_without_support"]
            endorsed = bare + (1 - bare) * self.community_support(place, g)
            if settings["kind"] != "self_defence":
                endorsed += rules["credit_of_courts"] * place.control[1 + g] * self.gap(place, 2) * (1 - endorsed)
            doors = rules["distrust_opens_doors"] * self.hostility[0][1 + g] * (rules["usual_trust"] - place.trust)
            endorsed = min(1.0, endorsed * math.exp(doors))
            alarm = sum(a for side, a in enumerate(quarter.alarm) if side != 1 + g)
            shield = place.trust * (place.control[0] + self.provided(place, 2)) / 2
            enemies = sum(self.hostility[1 + g][side] * quarter.harm[side] for side in range(self.sides))
            x = {
                "protection": self.felt_threat(alarm) * (1 - shield),
                "economic": strongest.pay - place.income,
                "social_welfare": (self.gap(place, 0) + self.gap(place, 3)) / 2,
                "educational": self.gap(place, 1),
                "grievance": self.grievance(enemies),
                "political": 1 - quarter.voice,
                "religious": presence * settings["ideological"],
                "status": place.control[1 + g],
            }
            terms = {m: unit * rules[m + "_weight"] * appeal[m] * max(x[m], 0.0) for m in x}
            terms["economic"] += unit * rules["rapacity_weight"] * appeal["economic"] * place.access
            coercion = (unit * rules["coercion_weight"] * appeal["coercion"] * presence * place.control[1 + g]
                        * settings["rigidity"])
            found.append({"group": g, "command": strongest, "terms": terms, "coercion": coercion,
                          "scale": presence * endorsed * quarter.affinity[g] * calm})
        return found

    def openness(self):
        rules = self.r["recruitment"]
        return [rules["openness_" + who] for who in ("young_men", "young_women", "older_men", "older_women")]

    def by_motive(self, hazard, cohort):
        openness = self.openness()[cohort]
        out = {m: openness * hazard["scale"] * term for m, term in hazard["terms"].items()}
        if cohort >= 2:
            out["status"] = 0.0
        out["coercion"] = openness * hazard["coercion"]
        return out

    def cell_hazard(self, hazard, cohort):
        return sum(self.by_motive(hazard, cohort).values())

    def recruit(self):
        rules = self.r["recruitment"]
        unit, openness = 1e-4 * rules["scale"], self.openness()
        hazards = [self.hazards_of(quarter) for quarter in self.quarters]
        expected = {}
        for quarter in self.quarters:
            for hazard in hazards[quarter.id]:
                intake = sum(self.cell_hazard(hazard, c) * self.born[4 * quarter.id + c] for c in range(4))
                order = hazard["command"].order
                expected[order] = expected.get(order, 0.0) + intake
        for row in hazards:
            for hazard in row:
                command = hazard["command"]
                most = max(rules["absorption_per_week"] * len(command.members), rules["least_absorption"])
                fit = min(1.0, most / expected[command.order]) if expected[command.order] > 0 else 1.0
                hazard["scale"] *= fit
                hazard["coercion"] *= fit
        joined = []
        for quarter in self.quarters:
            for cohort in range(4):
                cell = 4 * quarter.id + cohort
                self.felt[cell] += sum(self.cell_hazard(hazard, cohort) for hazard in hazards[quarter.id])
        # what ties and harm carry in each quarter
        carried = []
        for quarter in self.quarters:
            ties, harm = [0.0] * len(self.groups), [0.0] * self.sides
            for hazard in hazards[quarter.id]:
                appeal = self.group[hazard["group"]]["appeal"]
                ties[hazard["group"]] += unit * hazard["scale"] * appeal["familial"]
                part = rules["harm_to_protection"]
                weight = part * appeal["protection"] + (1 - part) * appeal["grievance"]
                for side in range(self.sides):
                    harm[side] += unit * hazard["scale"] * weight * self.hostility[1 + hazard["group"]][side]
            carried.append((ties, harm))
        joined += self.personal(carried, openness)
        for cell, queue in enumerate(self.queue):
            at = self.pointer[cell]
            while at < len(queue) and queue[at][0] <= self.felt[cell]:
                need, person = queue[at]
                if self.is_free(person) and not self.attended[person] and self.need[person] == need:
                    joined.append(person)
                at += 1
            self.pointer[cell] = at
        for person in sorted(set(joined)):
            self.join(person, hazards[self.cell[person] // 4])

    def faded(self):
        kept = 0.5 ** (1 / weeks(self.r["memory"]["half_life"]))
        return kept ** (self.week + 1)

    def lived_through(self, row):
        """By household: ties to each group, and harm by each side as of week 0."""
        if row["cache"] is None:
            circle, near = self.r["recruitment"]["circle_weight"], []
            for household in range(5):
                weight = lambda other: 1.0 if other == household else circle
                ties, harm = [0.0] * len(self.groups), [0.0] * self.sides
                for other, _, group in row["members"]:
                    ties[group] += weight(other)
                for (other, side), (amount, _) in row["harm"].items():
                    harm[side] += weight(other) * amount
                near.append((ties, harm, sum(ties), sum(harm)))
            row["cache"] = near
        return row["cache"]

    def personal(self, carried, openness):
        rules, faded, joined = self.r["recruitment"], self.faded(), []
        of_tie, of_harm, floor = rules["familial_weight"], rules["personal_harm_weight"], rules["personal_floor"]
        widest = max(openness)
        for number, row in self.rows.items():
            first = 16 * number
            ties_carry, harm_carry = carried[self.cell[first] // 4]
            for household, (ties, harm, all_ties, all_harm) in enumerate(self.lived_through(row)):
                most = of_tie * all_ties + of_harm * all_harm * faded
                places = range(3 * household, 16 if household == 4 else 3 * household + 3)
                if widest * most < floor and not any(self.attended[first + places.start : first + places.stop]):
                    continue
                own = of_tie * sum(map(operator.mul, ties, ties_carry))
                own += of_harm * faded * sum(map(operator.mul, harm, harm_carry))
                for place in places:
                    person = first + place
                    if not self.is_free(person):
                        continue
                    cell = self.cell[person]
                    if openness[COHORT[place]] * most >= floor:
                        self.attended[person] = 1
                        self.need[person] -= openness[COHORT[place]] * own
                        if self.need[person] <= self.felt[cell]:
                            joined.append(person)
                    elif self.attended[person]:
                        self.attended[person] = 0
                        insort(self.queue[cell], (self.need[person], person), lo=self.pointer[cell])
        return joined

    def join(self, person, hazards):
        rules, cohort = self.r["recruitment"], COHORT[person % 16]
        unit, faded, shares = 1e-4 * rules["scale"], self.faded(), []
        row = self.rows.get(person // 16)
        for hazard in hazards:
            motives = self.by_motive(hazard, cohort)
            motives["familial"] = 0.0
            if row:  # those below the floor are told, though not felt
                ties, harm, _, _ = self.lived_through(row)[HOUSEHOLD[person % 16]]
                appeal = self.group[hazard["group"]]["appeal"]
                open_scale = self.openness()[cohort] * unit * hazard["scale"]
                motives["familial"] = open_scale * rules["familial_weight"] * appeal["familial"] * ties[hazard["group"]]
                hurt = faded * sum(self.hostility[1 + hazard["group"]][side] * h for side, h in enumerate(harm))
                hurt *= open_scale * rules["personal_harm_weight"]
                motives["protection"] += rules["harm_to_protection"] * appeal["protection"] * hurt
                motives["grievance"] += (1 - rules["harm_to_protection"]) * appeal["grievance"] * hurt
            shares.append(motives)
        chosen = self.pick([sum(motives.values()) for motives in shares])
        motive = MOTIVES[self.pick([shares[chosen][m] for m in MOTIVES])]
        self.tell("recruits"), self.tell("recruits_" + motive)
        self.tell("recruits_again", self.spell.get(person, 0) > 0)
        trigger = self.trigger(person)
        self.tell("recruits_triggered", trigger is not None), self.tell("recruits_triggered_by_state", trigger == 0)
        self.enlist(person, hazards[chosen]["command"])

    def trigger(self, person):
        row = self.rows.get(person // 16)
        if not row:
            return None
        own = HOUSEHOLD[person % 16]
        recent = [(household == own, week, side) for (household, side), (_, week) in row["harm"].items() if week + 26 >= self.week]
        return max(recent)[2] if recent else None
