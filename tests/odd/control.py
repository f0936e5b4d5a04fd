"""Section 7.5: who holds what; officials and support."""
import math

from basics import OPEN, weeks


class Control:
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
