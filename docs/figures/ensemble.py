"""The ensemble of Mali: what the facts leave open, and how it meets them."""
from program import ROOT, percent, quantile, rows, settings, table

TEN = ["--set", "people.people_per_agent=10"]
DESIGN = "scenarios/designs/calibration.toml"
SHIPPED = ROOT / "scenarios/mali/ensemble.csv"


def found(program):
    """Also ships the ensemble."""
    folder = program.folder("ensemble", "calibrate", DESIGN, "--quiet")
    SHIPPED.write_bytes((folder / "ensemble.csv").read_bytes())
    best = best_member()
    ranges = [
        [
            f"`{row['axis']}`",
            f"{plain(row['lowest'])} to {plain(row['highest'])}",
            f"{plain(row['median'])} ({plain(row['p05'])} to {plain(row['p95'])})",
            plain(best[row["axis"]]),
            percent(row["narrowed"]),
        ]
        for row in rows(folder / "ranges.csv")
    ]
    pairs = [row for row in rows(folder / "tradeoffs.csv") if row["correlation"]]
    pairs.sort(key=lambda row: -abs(float(row["correlation"])))
    strongest = [
        [f"`{row['axis']}`", f"`{row['other']}`", f"{float(row['correlation']):+.2f}".replace("-", "−")]
        for row in pairs[:6]
    ]
    missed = [
        [f"{row['number']} {row['title']}", plain(row["wanted"]), plain(row["nearest"]), plain(row["mean"]), row["reached"]]
        for row in rows(folder / "facts.csv")
        if row["reached"] != "together" or row["passes"] == "false"
    ]
    waves = [
        [row["wave"], row["points"], row["runs"], f"{100 * float(row['left']):.2f} %" if row["left"] else "", row["may_miss"],
         row["set_aside"], plain(row["stretch"])]
        for row in rows(folder / "waves.csv")
    ]
    return "\n\n".join([
        table(["wave", "settings", "runs", "not ruled out", "may miss", "set aside", "stretch"], waves),
        table(["parameter", "prior", "median (90 %) after", "member of most weight", "prior gone"], ranges),
        "Pairs that trade off most (rank correlation among members):",
        table(["parameter", "with", "correlation"], strongest, words=2),
        "Facts to fit that the ensemble's mean misses, or that no setting reaches together with the others:",
        table(["fact", "wanted", "nearest of any setting", "ensemble's mean", "reached"], missed),
    ])


def best_member():
    return max(rows(SHIPPED), key=lambda member: float(member["weight"]))


def plain(text):
    """A number to three digits, its unit kept."""
    value, _, unit = text.partition(" ")
    try:
        number = float(value)
    except ValueError:
        return text
    shown = f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"
    return f"{shown} {unit}".strip().replace("-", "−")


def members(program):
    """Defaults with everybody, the ensemble with one for ten."""
    history = ["validate", "mali/history", "--quiet"]
    defaults = program.folder("history", "validate", "scenarios/mali/history.toml", "--replicates", 20)
    facts = {row["fact"]: row for row in rows(defaults / "validation.csv") if row["passes"]}
    values = {fact: [] for fact in facts}
    for member in rows(SHIPPED):
        folder = program.folder(
            f"members/{member['member']}", *history, *settings(member), *TEN, "--replicates", 2
        )
        for row in rows(folder / "facts.csv"):
            if row["value"] and row["fact"] in facts:
                values[row["fact"]].append((float(row["value"]), float(member["weight"])))
    columns = [
        ("the defaults", judged(defaults)),
        ("the ensemble, one adult for ten", [over(facts[fact], draws) for fact, draws in values.items()]),
    ]
    lines = []
    for name, rows_of in columns:
        for kind in ("fit", "check"):
            of_kind = [row for row in rows_of if row["used_for"] == kind]
            known = [row for row in of_kind if row["inside"] is not None]
            scores = sorted(row["score"] for row in known)
            lines.append([
                name,
                f"to {kind}",
                share(row["passes"] for row in of_kind),
                share(row["inside"] for row in known),
                f"{scores[len(scores) // 2]:.2f}",
            ])
    failing = [row for row in columns[1][1] if not row["passes"]]
    listed = ", ".join(f"{row['number']} {row['title'].lower()} ({plain(str(row['mean']))} for {row['wanted_text']})" for row in failing)
    head = ["what", "rows", "mean within the tolerance", "wanted within 90 %", "median score, in tolerances"]
    return table(head, lines, words=2) + f"\n\nThe ensemble's mean misses: {listed}."


def share(marks):
    marks = list(marks)
    return f"{sum(marks)} of {len(marks)} ({percent(sum(marks) / len(marks))})"


def judged(folder):
    return [
        {
            "used_for": row["used_for"],
            "passes": row["passes"] == "true",
            "inside": row["inside"] == "true" if row["wanted"] and row["inside"] else None,
            "score": score(row, float(row["p05"]), float(row["p95"])) if row["wanted"] else None,
        }
        for row in rows(folder / "validation.csv")
        if row["passes"]
    ]


def over(fact, draws):
    """A fact over the ensemble's runs, by weight."""
    total = sum(weight for _, weight in draws)
    centre = sum(value * weight for value, weight in draws) / total
    low, high = quantile(draws, 0.05), quantile(draws, 0.95)
    ends = [float(fact[end]) if fact[end] else sign * float("inf") for end, sign in (("lowest", -1), ("highest", 1))]
    wanted = float(fact["wanted"]) if fact["wanted"] else None
    return {
        "number": fact["number"],
        "title": fact["title"],
        "wanted_text": plain(fact["wanted"]) if wanted is not None else "a bound",
        "mean": centre,
        "used_for": fact["used_for"],
        "passes": ends[0] <= centre <= ends[1],
        "inside": None if wanted is None else low <= wanted <= high,
        "score": None if wanted is None else score(fact, low, high),
    }


def score(fact, low, high):
    """Interval score of the middle 90 % (Gneiting and Raftery 2007), over the width of the tolerance."""
    wanted = float(fact["wanted"])
    ends = [float(fact[end]) for end in ("lowest", "highest") if fact[end]]
    width = ends[1] - ends[0] if len(ends) == 2 else abs(wanted - ends[0])
    return (high - low + 20 * (max(low - wanted, 0) + max(wanted - high, 0))) / width
