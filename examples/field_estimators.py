"""Estimators of the field's studies, each once, in its simplest form: numbers in, an estimate out. They know nothing of
the program; `field_studies.py` feeds them with what it has simulated.

    python3 examples/field_studies.py --self-test

draws data in which the effect is known, for each of them, and data in which there is none.
"""
import math
import random
from collections import defaultdict


def solve(matrix, right):
    """Gauss's elimination with pivots."""
    rows = [list(row) + [value] for row, value in zip(matrix, right)]
    size = len(rows)
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        if abs(rows[pivot][at]) < 1e-12:
            raise ValueError("the regressors are not independent")
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for other in range(size):
            if other != at:
                factor = rows[other][at] / rows[at][at]
                rows[other] = [value - factor * above for value, above in zip(rows[other], rows[at])]
    return [rows[at][size] / rows[at][at] for at in range(size)]


def regress(y, regressors, weights=None):
    """Coefficients of (weighted) least squares; one list for each regressor, and no constant that is not among them."""
    weights = weights or [1.0] * len(y)
    products = [[sum(w * a * b for w, a, b in zip(weights, one, other)) for other in regressors] for one in regressors]
    return solve(products, [sum(w * a * b for w, a, b in zip(weights, one, y)) for one in regressors])


def demeaned(values, groups, weights=None):
    """What is left of values when the mean of their group is taken off: fixed effects of groups."""
    weights = weights or [1.0] * len(values)
    sums = defaultdict(lambda: [0.0, 0.0])
    for value, group, weight in zip(values, groups, weights):
        sums[group][0] += weight * value
        sums[group][1] += weight
    return [value - sums[group][0] / sums[group][1] for value, group in zip(values, groups)]


def first_differences(outcome, treatments):
    """Condra and Shapiro: the change of the outcome to the next week on this week's changes of the treatments, in
    districts by week, with effects of weeks. `outcome` is {district: values by week}, `treatments` a list of such. Gives a
    coefficient for each treatment. What moves outcome and treatment in the same week falls back in the next, and this
    estimator takes that for an effect: see `held`."""
    change = lambda series, week: series[week] - series[week - 1]
    y, week_of, regressors = [], [], [[] for _ in treatments]
    for district, values in outcome.items():
        for week in range(1, len(values) - 1):
            y.append(change(values, week + 1))
            week_of.append(week)
            for column, treatment in zip(regressors, treatments):
                column.append(change(treatment[district], week))
    return regress(demeaned(y, week_of), [demeaned(column, week_of) for column in regressors])


def held(outcome, treatments):
    """The same question without that weakness: the outcome of the next week on this week's treatments, with this week's
    outcome held, and effects of districts and of weeks."""
    weeks = len(next(iter(outcome.values()))) - 1
    y, district_of, week_of, regressors = [], [], [], [[] for _ in range(len(treatments) + 1)]
    for district, values in outcome.items():
        y += values[1:]
        district_of += [district] * weeks
        week_of += range(weeks)
        for column, series in zip(regressors, [treatment[district] for treatment in treatments] + [values]):
            column += series[:-1]
    inside = lambda values: demeaned(demeaned(values, district_of), week_of)
    return regress(inside(y), [inside(column) for column in regressors])[:-1]


def nearest(treated, pool):
    """For each treated unit that of its stratum in the pool whose traits are nearest, each trait in its standard
    deviations. A unit is (stratum, traits, before, after); one without a like unit is left out."""
    by_stratum = defaultdict(list)
    for unit in pool:
        by_stratum[unit[0]].append(unit)
    scales = []
    for values in zip(*(unit[1] for unit in treated + pool)):
        mean = sum(values) / len(values)
        scales.append(math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) or 1.0)
    far = lambda one, other: sum(((a - b) / scale) ** 2 for a, b, scale in zip(one[1], other[1], scales))
    found = ((unit, by_stratum.get(unit[0])) for unit in treated)
    return [(unit, min(like, key=lambda other: far(unit, other))) for unit, like in found if like]


def difference_in_differences(treated, pool):
    """Lyall; Kocher, Pepinsky and Kalyvas: the mean change of treated units less that of matched ones. Gives it, and the
    mean that treated units would have had afterwards."""
    pairs = nearest(treated, pool)
    if not pairs:
        return None
    mean = lambda which, when: sum(pair[which][when] for pair in pairs) / len(pairs)
    there, elsewhere = mean(0, 3) - mean(0, 2), mean(1, 3) - mean(1, 2)
    return there - elsewhere, mean(0, 2) + elsewhere


def dose_response(outcome, without, dose, weights=None, constant=True):
    """Dube and Vargas; Crost, Felter and Johnston; Berman, Shapiro and Felter: a shock times how much of it a place
    gets, with effects of places and times. Where the same places are seen with and without the shock, and alike before
    it, this is the slope of the difference on the dose; the constant is the effect of time."""
    difference = [a - b for a, b in zip(outcome, without)]
    ones = [1.0] * len(difference)
    return regress(difference, [dose, ones] if constant else [dose], weights)[0]


def linear_probability(shares, traits, strata, weights):
    """Humphreys and Weinstein: who joins, on traits of people together, within strata. `shares` of those who joined, and
    each trait 1 or 0, by cells of people; `weights` their numbers. Gives the difference that each trait makes, as part of
    the mean share."""
    inside = lambda values: demeaned(values, strata, weights)
    slopes = regress(inside(shares), [inside(trait) for trait in traits], weights)
    mean = sum(w * share for w, share in zip(weights, shares)) / sum(weights)
    return [slope / mean for slope in slopes]


def risk_ratio(people):
    """Blattman and Annan: the risk of those treated over that of the others, within strata (Mantel and Haenszel).
    `people` are (stratum, treated, befell)."""
    counts = defaultdict(lambda: [0, 0, 0, 0])
    for stratum, treated, befell in people:
        counts[stratum][2 * (not treated)] += bool(befell)
        counts[stratum][2 * (not treated) + 1] += 1
    above = sum(hit * others / (all_ + others) for hit, all_, _, others in counts.values())
    below = sum(hit * all_ / (all_ + others) for _, all_, hit, others in counts.values())
    return above / below if below else None


# What each gives on data in which the effect is known.

def attacks_and_killings(effect, rng, shock):
    """Attacks follow the last week's killings by one side (effect) and by the other (- effect / 2); districts and weeks
    differ for good; and a shock to a district's week moves both attacks and killings by the other side."""
    attacks, state, groups = {}, {}, {}
    weeks = [rng.gauss(0, 1) for _ in range(200)]
    for district in range(40):
        own = rng.gauss(5, 3)
        shocks = [shock * rng.gauss(0, 1) for _ in weeks]
        state[district] = [float(rng.random() < 0.2) * rng.randint(1, 9) for _ in weeks]
        groups[district] = [float(rng.random() < 0.2) * rng.randint(1, 9) + 2 * bad for bad in shocks]
        attacks[district] = [own + weeks[week] + shocks[week] + rng.gauss(0, 0.5)
                             + (effect * state[district][week - 1] - effect / 2 * groups[district][week - 1] if week else 0)
                             for week in range(len(weeks))]
    return attacks, [state, groups]


def known_first_differences(effect, rng):
    return list(zip(first_differences(*attacks_and_killings(effect, rng, 0)), (effect, -effect / 2)))


def known_held(effect, rng):
    return list(zip(held(*attacks_and_killings(effect, rng, 0.5)), (effect, -effect / 2)))


def known_difference_in_differences(effect, rng):
    """Who is hit has more attacks before, and what falls back from a high level falls by itself."""
    def unit(hit):
        level = rng.gauss(7 if hit else 5, 2)
        before = level + rng.gauss(0, 0.3)
        return (rng.randrange(5), (before, rng.gauss(0, 1)), before, 0.7 * before + 1 + effect * hit + rng.gauss(0, 0.3))
    treated, pool = [unit(True) for _ in range(300)], [unit(False) for _ in range(3000)]
    return [(difference_in_differences(treated, pool)[0], effect)]


def known_dose_response(effect, rng):
    """The shock falls on all by 3 and on each by its dose; places differ, and the dose goes with their level."""
    dose = [rng.random() for _ in range(2000)]
    without = [10 * share + rng.gauss(0, 2) for share in dose]
    outcome = [level + 3 + effect * share + rng.gauss(0, 0.5) for level, share in zip(without, dose)]
    alone = [level + effect * share + rng.gauss(0, 0.5) for level, share in zip(without, dose)]
    return [(dose_response(outcome, without, dose), effect),
            (dose_response(alone, without, dose, [1 + share for share in dose], constant=False), effect)]


def known_linear_probability(effect, rng):
    """Two of three traits count, they go together, and strata differ in both traits and joining."""
    strata, weights, traits, shares = [], [], ([], [], []), []
    for _ in range(3000):
        stratum = rng.randrange(6)
        poor = float(rng.random() < 0.2 + 0.1 * stratum)
        idle = float(rng.random() < 0.3 + 0.4 * poor)
        other = float(rng.random() < 0.5)
        strata.append(stratum)
        weights.append(rng.uniform(100, 1000))
        for column, value in zip(traits, (poor, idle, other)):
            column.append(value)
        shares.append(0.01 * (1 + stratum + effect * poor - effect * other) + rng.gauss(0, 0.002))
    mean = sum(w * share for w, share in zip(weights, shares)) / sum(weights)
    wanted = (0.01 * effect / mean, 0.0, -0.01 * effect / mean)
    return list(zip(linear_probability(shares, traits, strata, weights), wanted))


def known_risk_ratio(effect, rng):
    """Strata of high risk are treated more often."""
    people = []
    for _ in range(40000):
        stratum = rng.randrange(4)
        treated = rng.random() < 0.1 + 0.2 * stratum
        people.append((stratum, treated, rng.random() < 0.05 * (1 + stratum) * (math.exp(effect) if treated else 1)))
    return [(math.log(risk_ratio(people)), effect)]


KNOWN = [(known_first_differences, 0.5, 0.03), (known_held, 0.5, 0.03), (known_difference_in_differences, -2.0, 0.1),
         (known_dose_response, -1.5, 0.15), (known_linear_probability, 0.8, 0.03), (known_risk_ratio, -0.5, 0.08)]


def self_test():
    """Every estimator finds a known effect, and none where there is none, each to within a tolerance."""
    wrong = 0
    for known, effect, tolerance in KNOWN:
        for size in (effect, 0.0):
            for found, wanted in known(size, random.Random(1)):
                right = abs(found - wanted) <= tolerance
                wrong += not right
                name = known.__name__.removeprefix("known_")
                print(f"{'ok   ' if right else 'WRONG'} {name}: {found:+.3f}, wanted {wanted:+.3f} within {tolerance}")
    print("FAILED" if wrong else "passed: each estimator finds the effect that is in the data, and none where there is none")
    return wrong == 0
