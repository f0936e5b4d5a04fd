"""Mesa: everybody is an agent."""

from math import exp

import mesa
from work import OF_COMMUNITY, chance, measured, signal, smoothed


class Someone(mesa.Agent):
    def __init__(self, model, community):
        super().__init__(model)
        self.community, self.grievance, self.joined = community, 0.0, False

    def step(self):
        model = self.model
        self.grievance = smoothed(self.grievance, signal(self.community, model.week))
        if model.random.random() < chance(self.grievance, exp) and not self.joined:
            self.joined = True


class Country(mesa.Model):
    def __init__(self, people, seed):
        super().__init__(rng=seed)
        self.week = 0
        Someone.create_agents(self, people, [person // OF_COMMUNITY for person in range(people)])

    def step(self):
        self.agents.do("step")


def week(country, number):
    country.week = number
    country.step()


measured(Country, week, lambda country: sum(someone.joined for someone in country.agents))
