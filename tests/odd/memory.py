"""Section 7.6: harm, alarm, fear and trust."""
import math

from basics import weeks


class Memory:
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
