#!/usr/bin/env python3
"""The core of Toguna, written anew from docs/ODD.md and docs/parameters.md.

    core.py RUN/scenario.resolved.toml RUNS [FIRST_SEED]     one row of outcomes for each run, as CSV

RUN is a folder of `toguna run`, in which every parameter and table is. Section numbers are those of the page.
"""
import csv
import math
import operator
import random
import sys
import tomllib
from bisect import insort
from pathlib import Path

OPEN = {"village": 0, "town": 1, "capital_of_region": 3, "capital": 6}
COHORT = [0, 1, 2, 0, 1, 3, 0, 1, 2, 0, 1, 3, 0, 1, 2, 3]  # 2: place in a row of sixteen
HOUSEHOLD = [min(place // 3, 4) for place in range(16)]
SERVICES = ["health", "schooling", "justice", "water"]
MOTIVES = ["protection", "economic", "social_welfare", "educational", "grievance", "political", "familial", "religious",
           "status", "coercion"]
CAUSES = ["fatigue", "losses", "unpaid", "reintegration", "arrest"]
CIVILIAN, FIGHTER, FORMER, PRISONER, DEAD = range(5)


def weeks(duration):
    return float(duration.split()[0]) if isinstance(duration, str) else float(duration)


def great_circle(a, b):
    rise, run = (math.sin(math.radians(b[i] - a[i]) / 2) for i in (0, 1))
    inside = rise**2 + math.cos(math.radians(a[0])) * math.cos(math.radians(b[0])) * run**2
    return 2 * 6371 * math.asin(math.sqrt(inside))


class Scenario:
    """Values and tables; the same for every run."""

    def __init__(self, path):
        path = Path(path)
        self.values = tomllib.loads(path.read_text())
        table = lambda name: list(csv.DictReader((path.parent / self.values["tables"][name]).open()))
        self.tables = {name: table(name) for name in self.values["tables"]}
        start, end = (self.values["time"][key] for key in ("start", "end"))
        days = (to_date(end) - to_date(start)).days + 1
        self.weeks = days // 7


def to_date(text):
    import datetime
    return datetime.date.fromisoformat(str(text))


class Place:
    pass


class Quarter:
    pass


class Command:
    pass


class World:
    def __init__(self, scenario, seed):
        self.rng = random.Random(seed)
        self.v, self.tables = scenario.values, scenario.tables
        self.r = self.v["rules"]
        self.groups = sorted(self.v["groups"])
        self.sides = 1 + len(self.groups)
        self.week = 0
        self.count = {}
        self.begin()

    # ---------------------------------------------------------------- draws

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

    # ---------------------------------------------------------------- 5 initialisation

    def begin(self):
        v, r = self.v, self.r
        names = self.groups
        side = {"state": 0, **{name: 1 + index for index, name in enumerate(names)}}
        self.hostility = [[0.0] * self.sides for _ in range(self.sides)]
        for row in sorted(self.tables["hostility"], key=lambda row: row["from"]):
            if row["from"] <= str(v["time"]["start"]):
                a, b = side[row["a"]], side[row["b"]]
                self.hostility[a][b] = self.hostility[b][a] = float(row["hostility"])
        self.group = [v["groups"][name] for name in names]
        start = {row["cercle"]: row for row in self.tables["places"]}
        self.places, index = [], {}
        for row in self.tables["communities"]:
            place = Place()
            place.id, index[row["community"]] = len(self.places), len(self.places)
            place.cercle, place.zone, place.rank = row["cercle"], row["zone"], row["rank"]
            place.at = (float(row["latitude"]), float(row["longitude"]))
            given = start[row["cercle"]]
            place.table_residents = float(row["residents"])
            place.services = [float(given[service]) for service in SERVICES]
            place.schools = max(1, round_half_up(place.table_residents / r["services"]["residents_per_school"]))
            place.closed = round_half_up(place.schools * float(given["closed_schools"]))
            place.income, place.access = float(given["income"]), float(given["market_access"])
            place.control = [float(given["state_control"])] + [0.0] * len(names)
            place.officials = place.control[0]
            place.trust = v["government"]["legitimacy"]
            place.attacks, place.events = 0.0, {}
            place.roads, place.quarters, place.bands = [], [], []
            place.soldiers = 0.0
            self.places.append(place)
        for row in self.tables["neighbours"]:
            a, b, km = index[row["community"]], index[row["neighbour"]], float(row["km"])
            self.places[a].roads.append((b, km))
            self.places[b].roads.append((a, km))
        capitals = [place.at for place in self.places if OPEN[place.rank] >= 3]
        for place in self.places:
            place.km = min(1.3 * great_circle(place.at, capital) for capital in capitals)
        self.begin_people(index)
        self.soldiers = {row["zone"]: float(row["soldiers"]) for row in self.tables["army"]}
        self.allowed = dict(self.soldiers)
        spent = v["budget"]["spending_per_year"]
        self.funded = [min(1.0, v["policy"]["services_share"][s] * spent / v["budget"]["cost_of_need"][s]) for s in SERVICES]
        self.begin_commands()
        self.place_forces()
        rules = r["control"]
        for place in self.places:
            kappa = min(place.control[0], 0.98)
            others = sum(self.group_weights(place))
            needed = (rules["nobody"] + others) * kappa / (1 - kappa) - self.arms_of_state(place)
            place.officials_weight = max(needed, 0.0) / place.officials if place.officials > 0 else 0.0

    def begin_people(self, index):
        v = self.v
        constituencies = v["constituencies"]
        self.quarters, self.home, self.place_in_row = [], [], []
        for row in self.tables["constituents"]:
            quarter = Quarter()
            quarter.id = len(self.quarters)
            quarter.place = self.places[index[row["community"]]]
            quarter.constituency = row["constituency"]
            quarter.voice = constituencies[row["constituency"]]["voice"]
            quarter.residents = quarter.place.table_residents * float(row["share"])
            quarter.affinity = [self.v["groups"][g].get("affinity", {}).get(row["constituency"], 0.0) for g in self.groups]
            for name in ("harm", "threat", "alarm", "victims", "fresh"):
                setattr(quarter, name, [0.0] * self.sides)
            quarter.fear = 0.0
            quarter.place.quarters.append(quarter)
            self.quarters.append(quarter)
        for place in self.places:
            place.residents = sum(quarter.residents for quarter in place.quarters)
        shape = v["people"]["frailty_shape"]
        self.x, self.cell, self.role, self.need = [], [], [], []
        self.queue = [[] for _ in range(4 * len(self.quarters))]
        self.pointer = [0] * len(self.queue)
        self.felt = [0.0] * len(self.queue)
        self.born = [0] * len(self.queue)
        for quarter in self.quarters:
            adults = round_half_up(quarter.residents * v["people"]["adults"])
            while len(self.x) % 16:  # rows are not shared by quarters
                self.add_person(None, None)
            quarter.people = range(len(self.x), len(self.x) + adults)
            for number in range(adults):
                x = shape * (self.rng.random() ** (-1 / shape) - 1)
                self.add_person(4 * quarter.id + COHORT[number % 16], x)
        while len(self.x) % 16:
            self.add_person(None, None)
        for person, cell in enumerate(self.cell):
            if cell is not None:
                self.queue[cell].append((self.x[person], person))
                self.born[cell] += 1
        for queue in self.queue:
            queue.sort()
        people = len(self.x)
        self.attended = bytearray(people)
        self.frailty, self.group_of, self.spell = {}, {}, {}
        self.rows = {}  # by row: members [(household, person, group)], harm {(household, side): [weight, week]}
        self.prisoners = []

    def add_person(self, cell, x):
        self.cell.append(cell)
        self.x.append(x)
        self.need.append(x)
        self.role.append(DEAD if cell is None else CIVILIAN)

    def begin_commands(self):
        self.commands, taken = [], {}
        for row in self.tables["commands"]:
            name = row["group"]
            founded = self.v["groups"][name].get("founded")
            if founded and str(founded) > str(self.v["time"]["start"]):
                continue
            command = Command()
            command.group = self.groups.index(name)
            own = [place for place in self.places if place.cercle == row["cercle"]]
            own.sort(key=lambda place: (OPEN[place.rank] > 0, -place.residents, place.id))
            turn = taken.get(row["cercle"], 0)
            taken[row["cercle"]] = turn + 1
            command.base = own[turn % len(own)]
            command.number = int(row["fighters"])
            command.pay = self.v["groups"][name]["revenue_per_fighter"]
            command.members, command.lost, command.order = {}, 0.0, len(self.commands)
            self.commands.append(command)
        self.revenue = [0.0] * len(self.groups)
        for place in self.places:
            place.bands = []
        for command in self.commands:
            self.revenue[command.group] += command.pay * command.number
            command.base.bands.append((command, float(command.number)))
            for to, _ in command.base.roads:
                self.places[to].bands.append((command, 0.1 * command.number))
        hazards = [self.hazards_of(quarter) for quarter in self.quarters]
        reached, taken = [0.0] * len(self.queue), set()
        for command in self.commands:
            around = [command.base] + [self.places[to] for to, _ in command.base.roads]
            cells = []
            for place in around:
                for quarter in place.quarters:
                    for hazard in hazards[quarter.id]:
                        if hazard["group"] == command.group:
                            cells += [(4 * quarter.id + c, self.cell_hazard(hazard, c)) for c in range(4)]
            candidates = []
            for cell, hazard in cells:
                if hazard > 0:
                    free = (entry for entry in self.queue[cell] if entry[1] not in taken)
                    for _, (x, person) in zip(range(command.number), free):
                        candidates.append((x / hazard, person))
            candidates.sort()
            candidates = candidates[: command.number]
            last = candidates[-1][0]
            for cell, hazard in cells:
                reached[cell] = max(reached[cell], last * hazard)
            for _, person in candidates:
                taken.add(person)
                self.enlist(person, command)
        self.felt = reached

    # ---------------------------------------------------------------- people

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

    # ---------------------------------------------------------------- 7.1 services

    def provided(self, place, service):
        open_part = 1 - place.closed / place.schools if service == 1 else 1.0
        return place.services[service] * open_part

    def gap(self, place, service):
        return max(self.r["services"]["need"] - self.provided(place, service), 0.0)

    def provide(self):
        rules = self.r["services"]
        for place in self.places:
            hostile = sum(n for command, n in place.bands if self.group[command.group].get("opposes_school"))
            if hostile > 0:
                threat = hostile / (hostile + rules["fighters_for_half_threat"])
                chance = rules["chance_to_close_per_week"] * threat * (1 - place.control[0])
                place.closed += self.binomial(place.schools - place.closed, chance)
            else:
                place.closed -= self.binomial(place.closed, rules["chance_to_reopen_per_week"])
            rest = rules["reach_without_state"]
            reached = rest + (1 - rest) * place.control[0]
            for service in range(4):
                target, now = self.funded[service] * reached, place.services[service]
                time = rules["building_time"] if target > now else rules["loss_time"]
                place.services[service] += (target - now) / weeks(time)

    # ---------------------------------------------------------------- 7.11 pay

    def pay(self):
        fighters = [0] * len(self.groups)
        for command in self.commands:
            fighters[command.group] += len(command.members)
        for command in self.commands:
            offer = min(10.0, self.revenue[command.group] / max(1, fighters[command.group]))
            command.pay += (offer - command.pay) / weeks(self.r["livelihoods"]["pay_time"])

    # ---------------------------------------------------------------- 7.2 posture

    def replace_losses(self):
        for zone, allowed in self.allowed.items():
            gap = math.trunc(allowed - self.soldiers[zone])
            if gap > 0:
                self.soldiers[zone] += math.ceil(gap * self.r["posture"]["replacement_per_week"])

    def place_forces(self):
        rules = self.r["posture"]
        for zone, soldiers in self.soldiers.items():
            here = [place for place in self.places if place.zone == zone]
            pinned = [OPEN[place.rank] for place in here]
            mobile = [math.exp(rules["pull_of_attacks"] * math.log(1 + 13 * place.attacks)
                               + rules["pull_of_residents"] * math.log(place.residents)
                               - rules["loss_with_distance"] * place.km) for place in here]
            in_towns = rules["pinned_in_towns"] if sum(pinned) else 0.0
            for place, pin, move in zip(here, pinned, mobile):
                share = (1 - in_towns) * move / sum(mobile)
                if sum(pinned):
                    share += in_towns * pin / sum(pinned)
                place.soldiers = soldiers * share
        for place in self.places:
            place.bands = []
        for command in self.commands:
            fighters = len(command.members)
            if fighters == 0:
                continue
            nearness = [math.exp(-km / rules["roaming_distance"]) for _, km in command.base.roads]
            roaming = rules["roaming"] if nearness else 0.0
            command.base.bands.append((command, fighters * (1 - roaming)))
            for (to, _), near in zip(command.base.roads, nearness):
                self.places[to].bands.append((command, fighters * roaming * near / sum(nearness)))
        for place in self.places:
            place.strength = [place.soldiers] + [0.0] * len(self.groups)
            for command, n in place.bands:
                place.strength[1 + command.group] += n

    # ---------------------------------------------------------------- 7.3 violence

    def information(self, place):
        rules = self.r["violence"]
        known = rules["information_without_control"] + rules["information_of_control"] * place.control[0] * place.trust
        return min(max(known, 0.0), 1.0)

    def civilian_share(self, place):
        return 1 - self.v["policy"]["restraint"] * (0.4 + 0.6 * self.information(place))

    def suspicion(self, place, attacker):
        """Suspicion of each quarter of a place."""
        presence = lambda where, enemy: 1 - math.exp(-where.strength[enemy] / 20)
        rules, seen = self.r["violence"], []
        for enemy in range(self.sides):
            if enemy == attacker or self.hostility[attacker][enemy] == 0:
                continue
            near = presence(place, enemy)
            if attacker > 0 and enemy > 0:
                next_door = max((presence(self.places[to], enemy) for to, _ in place.roads), default=0.0)
                weights = [quarter.residents * quarter.affinity[attacker - 1] for quarter in place.quarters]
                harm = sum(w * quarter.harm[enemy] for w, quarter in zip(weights, place.quarters))
                harm = harm / sum(weights) if sum(weights) > 0 else 0.0
                near = max(near, rules["seen_next_door"] * next_door, self.grievance(harm))
            if near > 0:
                seen.append((enemy, self.hostility[attacker][enemy] * near))
        suspected = []
        for quarter in place.quarters:
            total = 0.0
            for enemy, weight in seen:
                total += weight * (quarter.affinity[enemy - 1] if enemy else place.trust * place.control[0])
            suspected.append(total + rules["blanket_suspicion"] if total > 0 else 0.0)
        return suspected

    def rate(self, place, attacker, target):
        rules = self.r["violence"]
        own = place.strength[attacker]
        if own <= 0:
            return 0.0
        effort = self.v["policy"]["military_pressure"] / self.r["budget"]["reference_pressure"]
        if target is not None:
            opposed = place.strength[target]
            if attacker == 0:
                r, posture = rules["state_on_group_per_week"], effort
            elif target == 0:
                r = rules["group_on_state_per_week"]
                ratio = own / place.soldiers if place.soldiers > 0 else math.inf
                posture = rules["without_ambush"] + (1 - rules["without_ambush"]) * min(1, ratio / rules["ratio_for_ambush"])
            else:
                r, posture = rules["rivals_per_week"], 1.0
            base = r * math.sqrt(opposed / 50) * posture * self.hostility[attacker][target]
        else:
            if attacker == 0:
                r, posture = rules["state_on_civilians_per_week"], effort * self.civilian_share(place)
            else:
                r = rules["group_on_civilians_per_week"]
                posture = self.group[attacker - 1]["violence_against_civilians"] * (1 - place.control[attacker])
            enough = rules["smallest_suspected"] * place.residents
            suspected = max((s for s, q in zip(self.suspicion(place, attacker), place.quarters) if q.residents >= enough), default=0)
            base = r * posture * min(1.0, suspected)
        if base <= 0:
            return 0.0
        return rules["scale"] * base * math.sqrt(own / 20) + rules["feedback"] * place.events.get((attacker, target), 0.0)

    def fight(self):
        planned = []
        for place in self.places:
            if not place.bands:
                continue
            for attacker in range(self.sides):
                targets = [side for side in range(self.sides) if side != attacker] + [None]
                for target in targets:
                    rate = self.rate(place, attacker, target)
                    if rate > 0:
                        planned += [self.plan(place, attacker, target) for _ in range(self.poisson(rate))]
        keep = 1 - 1 / weeks(self.r["violence"]["feedback_time"])
        for place in self.places:
            place.attacks *= 1 - 1 / 13
            place.events = {pair: keep * e for pair, e in place.events.items()}
        for command in self.commands:
            command.lost *= 1 - 1 / 8
        for event in planned:
            self.happen(*event)

    def plan(self, place, attacker, target):
        rules, draw = self.r["violence"], self.rng.random
        deaths = 0
        if draw() >= rules["bloodless"]:
            u = 1 - draw()
            deaths = 1 + math.floor(rules["size_scale"] * (u ** (-1 / rules["size_exponent"]) - 1))
            present = place.strength[attacker] + (place.residents if target is None else place.strength[target])
            deaths = int(min(deaths, rules["largest_size"], math.ceil(present)))
        hurt = 0.0
        if target is None:
            civil, attacking, hurt = 1.0, 0.0, rules["hurt_per_event"]
        elif attacker == 0:
            civil, attacking = self.civilian_share(place), rules["soldiers_among_dead_of_operations"]
            hurt = rules["hurt_per_operation"] * civil
        else:
            civil, attacking = rules["bystanders_among_dead"], rules["attackers_among_dead"]
        civilians = self.binomial(deaths, civil)
        attackers = self.binomial(deaths - civilians, attacking)
        hurt = self.poisson(hurt) if hurt > 0 else 0
        quarter = None
        if civilians + hurt > 0:
            weights = [q.residents * s for q, s in zip(place.quarters, self.suspicion(place, attacker))]
            if not any(weights):
                weights = [q.residents for q in place.quarters]
            quarter = place.quarters[self.pick(weights)]
        unheard = (1 - rules["reported_without_access"]) * (1 - (place.control[0] + place.access) / 2)
        reported = draw() > unheard ** (1 + deaths)
        return place, attacker, target, quarter, civilians, hurt, attackers, deaths - civilians - attackers, reported

    def happen(self, place, attacker, target, quarter, civilians, hurt, attackers, defenders, reported):
        tell = self.tell
        if quarter is not None:
            struck = self.strike(quarter, civilians + hurt)
            dead, harmed = struck[:civilians], struck[civilians:]
            for person in dead:
                self.role[person] = DEAD
                self.suffer(person, attacker, 1.0)
            weight = self.r["violence"]["weight_of_hurt"]
            for person in harmed:
                self.suffer(person, attacker, weight)
            quarter.victims[attacker] += len(dead) + weight * len(harmed)
            civilians, hurt = len(dead), len(harmed)
        soldiers = 0
        if attacker == 0:
            soldiers, attackers = attackers, 0
        elif target == 0:
            soldiers, defenders = defenders, 0
        fallen = 0
        if attacker > 0 and attackers:
            fallen += self.fall(place, attacker, attackers, target)
        if target is not None and target > 0 and defenders:
            fallen += self.fall(place, target, defenders, attacker)
        soldiers = min(soldiers, int(self.soldiers[place.zone]))
        self.soldiers[place.zone] -= soldiers
        pair = (attacker, target)
        place.events[pair] = place.events.get(pair, 0.0) + 1 / weeks(self.r["violence"]["feedback_time"])
        if attacker > 0:
            place.attacks += 1 / 13
        tell("events"), tell("events_reported", reported)
        deaths = civilians + fallen + soldiers
        tell("deaths", deaths), tell("deaths_reported", deaths * reported)
        tell("civilians_killed", civilians), tell("civilians_hurt", hurt)
        tell("civilians_killed_by_state" if attacker == 0 else "civilians_killed_by_groups", civilians)
        tell("fighters_killed", fallen), tell("soldiers_killed", soldiers)

    def strike(self, quarter, count):
        found = []
        for _ in range(20 * count + 50):
            if len(found) == count or not quarter.people:
                break
            person = quarter.people.start + int(self.rng.random() * len(quarter.people))
            if self.is_free(person) and person not in found:
                found.append(person)
        return found

    def fall(self, place, side, deaths, opponent):
        bands = [(c, n) for c, n in place.bands if 1 + c.group == side and c.members]
        if not bands:
            return 0
        command = bands[self.pick([n for _, n in bands])][0]
        dead = self.rng.sample(sorted(command.members), min(deaths, len(command.members)))
        for person in dead:
            del command.members[person]
            self.leave_group(person, DEAD)
            self.suffer(person, opponent if opponent is not None else 0, 1.0)
        command.lost += len(dead)
        return len(dead)

    # ---------------------------------------------------------------- 7.5 control

    def support(self, quarter, group):
        return quarter.affinity[group] * math.exp(-self.r["memory"]["resentment"] * quarter.harm[1 + group])

    def community_support(self, place, group):
        return sum(q.residents * self.support(q, group) for q in place.quarters) / place.residents

    def arms(self, strength, support):
        rules = self.r["control"]
        bare = rules["weight_without_support"]
        return strength / (strength + rules["fighters_for_half_weight"]) * (bare + (1 - bare) * support)

    def group_weights(self, place):
        return [self.arms(place.strength[1 + g], self.community_support(place, g)) for g in range(len(self.groups))]

    def arms_of_state(self, place):
        garrison = self.r["control"]["garrison_weight"] if OPEN[place.rank] and place.soldiers > 0 else 0.0
        return self.arms(place.soldiers, place.trust) + garrison

    def shift_control(self):
        rules = self.r["control"]
        threats, attacks = [], {}
        for place in self.places:
            threats.append(sum(self.hostility[0][g] * place.strength[g] for g in range(1, self.sides)))
            attacks[place.cercle] = attacks.get(place.cercle, 0.0) + place.attacks
        for place in self.places:
            beside = sum(threats[to] * math.exp(-km / rules["distance_of_threat"]) for to, km in place.roads)
            dread = ((threats[place.id] + rules["threat_next_door"] * beside) / rules["fighters_who_threaten_officials"]
                     + 26 * attacks[place.cercle] / rules["attacks_that_threaten_officials"])
            cover = place.soldiers / (place.soldiers + 5 * rules["fighters_for_half_weight"]) if OPEN[place.rank] else 0.0
            exposed = (1 - math.exp(-dread)) * (1 - cover)
            weights = [self.arms_of_state(place) + place.officials_weight * place.officials] + self.group_weights(place)
            whole = rules["nobody"] + sum(weights)
            place.officials += ((1 - place.officials) * rules["officials_return_per_week"] * (1 - exposed)
                                - place.officials * rules["officials_leave_per_week"] * exposed)
            for side, weight in enumerate(weights):
                target, now = weight / whole, place.control[side]
                time = rules["gaining_time"] if target > now else rules["losing_time"]
                place.control[side] += (target - now) / weeks(time)
            claimed = sum(place.control)
            if claimed > 1:
                place.control = [share / claimed for share in place.control]

    # ---------------------------------------------------------------- 7.6 memory

    def grievance(self, harm):
        return harm / (harm + self.r["memory"]["harm_for_half_grievance"])

    def felt_threat(self, threat):
        return threat / (threat + self.r["memory"]["threat_for_half_fear"])

    def remember(self):
        rules = self.r["memory"]
        people, everywhere = {}, {}
        for quarter in self.quarters:
            name = quarter.constituency
            people[name] = people.get(name, 0.0) + quarter.residents
            sums = everywhere.setdefault(name, [0.0] * self.sides)
            for side in range(self.sides):
                sums[side] += quarter.residents * quarter.fresh[side]
        news = []
        for quarter in self.quarters:
            own = [0.0] * self.sides
            for to, _ in quarter.place.roads:
                for other in self.places[to].quarters:
                    if other.constituency == quarter.constituency:
                        own = [a + b for a, b in zip(own, other.fresh)]
            news.append(own)
        keeps, time = 0.5 ** (1 / weeks(rules["half_life"])), weeks(rules["threat_time"])
        for quarter, own in zip(self.quarters, news):
            for side in range(self.sides):
                felt = 1000 * quarter.victims[side] / quarter.residents
                far = everywhere[quarter.constituency][side] / people[quarter.constituency]
                quarter.harm[side] = (keeps * quarter.harm[side] + felt + rules["spread_nearby"] * own[side]
                                      + rules["spread_everywhere"] * far)
                quarter.threat[side] += (felt - quarter.threat[side]) / time
                quarter.alarm[side] += (felt + rules["alarm_along_roads"] * own[side] - quarter.alarm[side]) / time
                quarter.fresh[side], quarter.victims[side] = felt, 0.0
        for place in self.places:
            threat = sum(q.residents * sum(q.threat) for q in place.quarters) / place.residents
            for quarter in place.quarters:
                quarter.fear += (self.felt_threat(threat) - quarter.fear) / weeks(rules["fear_time"])
            met = sum(self.provided(place, service) for service in range(4)) / 4
            met = min(1.0, met / max(0.01, self.r["services"]["need"]))
            harm = sum(q.residents * q.harm[0] for q in place.quarters) / place.residents
            deserved = self.v["government"]["legitimacy"] * (0.5 + 0.5 * met) * math.exp(-rules["distrust"] * harm)
            place.trust += (deserved - place.trust) / weeks(rules["trust_time"])

    # ---------------------------------------------------------------- 7.8 recruitment

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

    # ---------------------------------------------------------------- 7.9 leaving

    def leave(self):
        rules, leaving = self.r["leaving"], []
        policy = self.v["policy"]
        for command in self.commands:
            place = command.base
            left = max(len(command.members), 1)
            hazards = [
                rules["fatigue_per_week"],
                rules["losses_per_week"] * command.lost / (command.lost + left),
                rules["unpaid_per_week"] * min(max(place.income - command.pay, 0.0), 1.0),
                rules["reintegration_per_week"] * policy["reintegration_offer"] * place.trust,
                rules["arrest_per_week"] * self.hostility[0][1 + command.group] * policy["military_pressure"] * place.control[0],
            ]
            for person, spell in command.members.items():
                spell[1] += sum(hazards)
                if spell[1] >= spell[0]:
                    leaving.append((person, command, hazards))
        for person, until in self.prisoners:
            if until <= self.week:
                self.come_back(person)
        self.prisoners = [(person, until) for person, until in self.prisoners if until > self.week]
        for person, command, hazards in leaving:
            del command.members[person]
            cause = CAUSES[self.pick(hazards)]
            self.tell("leavers"), self.tell("leavers_" + cause)
            if cause == "arrest":
                self.leave_group(person, PRISONER)
                served = int(self.rng.expovariate(1 / weeks(rules["sentence"])))
                self.prisoners.append((person, self.week + 1 + served))
            else:
                self.leave_group(person, FORMER)
                self.come_back(person)

    # ---------------------------------------------------------------- a run

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


def round_half_up(number):
    return math.floor(number + 0.5)


COUNTED = (["recruits", "leavers", "deaths", "civilians_killed_by_state", "civilians_killed_by_groups", "civilians_hurt",
            "fighters_killed", "soldiers_killed", "events", "events_reported", "deaths_reported"]
           + ["recruits_" + motive for motive in MOTIVES] + ["recruits_triggered", "recruits_triggered_by_state", "recruits_again"]
           + ["leavers_" + cause for cause in CAUSES])


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
