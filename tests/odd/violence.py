"""Section 7.3: events, their victims, and who is suspected."""
import math

from basics import DEAD, weeks


class Violence:
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
