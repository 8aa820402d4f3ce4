"""What the invented year does for the law outside the house (法律十进): so many activities, as the script says."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from qingyuan_desk.domain.outreach import Activity
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.training.days import Act, Script, WorkDays, apportion

_SEED = 97


def plan(script: Script, reference: Reference, days: WorkDays, visits: int) -> Iterator[Act]:
    """The activities of a year of so many visits; officers and volunteers divide over them to the sums of the script."""
    rules, dice = script["outreach"], random.Random(_SEED)
    part = visits / rules["year"]
    shares = {place: each["times"] for place, each in enumerate(rules["target"])}
    counts = apportion(shares, max(1, round(part * sum(shares.values()))))
    targets = [rules["target"][place] for place, count in counts.items() for _ in range(count)]
    dice.shuffle(targets)
    heads = {
        name: apportion({place: 1.0 for place in range(len(targets))}, round(part * rules[name]))
        for name in ("officers", "volunteers")
    }
    chosen = sorted(dice.choices(days.past, k=len(targets)))
    for place, (day, target) in enumerate(zip(chosen, targets, strict=True)):
        counted: dict[str, Any] = {name: count[place] for name, count in heads.items()}
        at = days.moment(dice, day)
        activity = Activity(on=day, **_facts(target, reference, dice), **counted)
        yield Act(at, "outreach", 0, place + 1, activity=activity)


def _facts(target: Mapping[str, Any], reference: Reference, dice: random.Random) -> dict[str, Any]:
    people = dice.randint(*target["people"])
    town = dice.choice(reference.townships)
    return {
        "target": target["code"],
        "place": dice.choice(target["places"]).format(township=town.name),
        "topic": dice.choice(target["topics"]),
        "people": people,
        "papers": people + dice.randint(0, people),
        "lawyers": dice.choice((0, 1, 1)),
        "unit": dice.choice(("区司法局", "区综治中心")),
        "township": town.code,
    }
