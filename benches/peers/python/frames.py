"""mesa-frames: people are rows of a data frame."""

import numpy
import polars
from mesa_frames import AgentSetPolars, ModelDF
from work import OF_COMMUNITY, chance, measured, signal, smoothed


class People(AgentSetPolars):
    def __init__(self, model, people):
        super().__init__(model)
        self += polars.DataFrame({
            "unique_id": polars.int_range(people, eager=True),
            "community": polars.int_range(people, eager=True) // OF_COMMUNITY,
            "grievance": numpy.zeros(people),
            "joined": numpy.zeros(people, bool),
        })

    def step(self):
        draws = polars.Series(self.model.random.random(len(self.agents)))
        self["grievance"] = self.agents.select(
            smoothed(polars.col("grievance"), signal(polars.col("community"), self.model.week))
        ).to_series()
        self["joined"] = self.agents.select(
            polars.col("joined") | (draws < chance(polars.col("grievance"), lambda power: power.exp()))
        ).to_series()


class Country(ModelDF):
    def __init__(self, people, seed):
        super().__init__(seed)
        self.week = 0
        self.agents += People(self, people)


def week(country, number):
    country.week = number
    country.agents.do("step")


def joined(country):
    return int(sum(people.agents["joined"].sum() for people in country.agents._agentsets))


measured(Country, week, joined)
