"""Sections 7.1 and 7.11: services, schools, and pay."""
from basics import weeks


class Services:
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

    def pay(self):
        fighters = [0] * len(self.groups)
        for command in self.commands:
            fighters[command.group] += len(command.members)
        for command in self.commands:
            offer = min(10.0, self.revenue[command.group] / max(1, fighters[command.group]))
            command.pay += (offer - command.pay) / weeks(self.r["livelihoods"]["pay_time"])
