"""NumPy: everybody at once."""

import numpy
from work import OF_COMMUNITY, chance, measured, signal, smoothed


def set_up(people, seed):
    return {
        "community": numpy.arange(people) // OF_COMMUNITY,
        "grievance": numpy.zeros(people),
        "joined": numpy.zeros(people, bool),
        "draws": numpy.random.default_rng(seed),
    }


def week(world, number):
    world["grievance"] = smoothed(world["grievance"], signal(world["community"], number))
    draws = world["draws"].random(len(world["joined"]))
    world["joined"] |= draws < chance(world["grievance"], numpy.exp)


measured(set_up, week, lambda world: int(world["joined"].sum()))
