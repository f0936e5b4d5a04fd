"""Section 7.2: where army and bands are."""
import math

from basics import OPEN


class Posture:
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
