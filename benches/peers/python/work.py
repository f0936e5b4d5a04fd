"""The work that every program here does; its words are in src/lib.rs."""

import sys
import time

OF_COMMUNITY = 1_000


def signal(community, week):
    return (0.618034 * (community + 1) + 0.137 * week) % 1.0


def smoothed(grievance, moved):
    return 0.9 * grievance + 0.1 * moved


def chance(grievance, exp):
    return 1.0 / (1.0 + exp(6.0 - 3.0 * grievance))


def measured(set_up, week, joined):
    people, weeks, seed = map(int, sys.argv[1:])
    clock = time.process_time()
    world = set_up(people, seed)
    to_set_up = time.process_time() - clock
    clock = time.process_time()
    for number in range(weeks):
        week(world, number)
    print(to_set_up, time.process_time() - clock, joined(world))
