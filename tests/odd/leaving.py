"""Section 7.9: who leaves, why, and who comes out of prison."""
from basics import CAUSES, FORMER, PRISONER, weeks


class Leaving:
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
