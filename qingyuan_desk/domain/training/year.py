"""An invented year at the desk (演练), planned from a script (seeds/training.toml). Seeded: the same end gives the same year.

Proportions follow LP §1.5; the script says how often what is said, and in which months.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any

from qingyuan_desk.domain.identity import age_on, read_id
from qingyuan_desk.domain.reference import Reference
from qingyuan_desk.domain.training import handovers, petitions, questions
from qingyuan_desk.domain.training.cases import plan as plan_cases
from qingyuan_desk.domain.training.days import Act, Script, WorkDays, apportion
from qingyuan_desk.domain.training.diary import Dispute
from qingyuan_desk.domain.training.handling import Planned
from qingyuan_desk.domain.training.handling import plan as plan_handling
from qingyuan_desk.domain.training.outreach import plan as plan_outreach
from qingyuan_desk.domain.visit import MAX_REPRESENTATIVES, Opponent, Person, VisitForm

_SEED = 630
_TRIAGE_MINUTES = (2, 3, 3, 4, 4, 5, 5, 5, 6, 7, 8, 10, 12, 18)
#: A template is this much likelier in its own months, and this much rarer in others.
_IN_SEASON, _OUT_OF_SEASON = 3.0, 0.4
_MOST_VISITS = 6
#: Working days that were not long ago.
_LATELY = 14
_KNOWN_AGAIN, _COMPANY, _AGENT, _NOTED, _TAKEN_BACK = 0.05, 0.10, 0.03, 0.35, 0.008
#: What is mediated; everything else is handled.
_DISPUTE = "civil_dispute"
#: What somebody is called who does not say who they are.
_NOBODY = "匿名"
_ELDER = 60
#: Before anybody comes.
_MORNING = 8 * 60 + 31
#: Every way a matter that is no dispute may go.
COURSES = {**petitions.COURSES, **handovers.COURSES, **questions.COURSES}
#: Serials that are given to nobody of these years: no real person has such a number (odd: male).
_SERIALS = {"male": "999", "female": "998"}


def plan(
    script: Script, reference: Reference, days: Sequence[date], until: datetime, visits: int
) -> tuple[Act, ...]:
    """Everything that happens on these working days until a moment, in order: so many visits, and what goes with them."""
    return _Year(script, reference, days, until).acts(visits)


class _Year:
    def __init__(self, script: Script, reference: Reference, days: Sequence[date], until: datetime) -> None:
        self._dice = random.Random(_SEED)
        self._script, self._reference = script, reference
        self._days = WorkDays(days, until)
        self._people = _People(self._dice, script, reference, until.date())
        self._matters = 0
        self._templates: dict[int, Mapping[str, Any]] = {}

    def acts(self, visits: int) -> tuple[Act, ...]:
        shares = {code: rules["visits"] for code, rules in self._script["category"].items()}
        planned = [
            matter
            for code, count in apportion(shares, visits).items()
            for matter in self._category(code, count)
        ]
        taken_back = self._taken_back(planned, visits)
        gone = {act.matter for act in taken_back}
        notes = [note for matter in planned for note in self._notes(matter) if note.matter not in gone]
        acts = [act for matter in planned for act in matter]
        kept = [matter for matter in planned if matter[0].matter not in gone]
        disputes = [self._dispute(matter) for matter in kept if matter[0].category == _DISPUTE]
        others = [self._planned(matter) for matter in kept if matter[0].category != _DISPUTE]
        cases = plan_cases(self._script, self._days, disputes, visits)
        handled = plan_handling(self._script, self._reference, self._days, others, COURSES)
        outside = plan_outreach(self._script, self._reference, self._days, visits)
        happened = [*self._renewals(), *acts, *notes, *taken_back, *cases, *handled, *outside]
        return tuple(sorted(happened, key=lambda act: act.at))

    def _renewals(self) -> Iterator[Act]:
        """Terms on the roster that have ended are renewed, at the latest on the next working day (《人民调解法》第九条)."""
        for place, mediator in enumerate(self._reference.mediators, 1):
            if mediator.term is None:
                continue
            day = self._days.since(max(mediator.term.end + timedelta(days=1), self._days.past[0]))
            at = self._days.at(day, _MORNING)
            if mediator.status == "active" and at <= self._days.until:
                yield Act(at, "renew", 0, place, text=mediator.code)

    def _dispute(self, visits: Sequence[Act]) -> Dispute:
        """A planned matter as its mediation sees it."""
        first, last = visits[0], visits[-1]
        assert first.form is not None
        return Dispute(
            matter=first.matter,
            source=first.form.source,
            template=self._templates[first.matter],
            narrative=first.form.narrative,
            applicants=sum(person.role != "agent" for person in first.form.persons),
            headcount=first.form.headcount,
            last=last.at,
        )

    def _planned(self, visits: Sequence[Act]) -> Planned:
        """A planned matter as its handling sees it."""
        first = visits[0]
        assert first.form is not None
        return Planned(
            matter=first.matter,
            category=first.category,
            template=self._templates[first.matter],
            visits=tuple((visit.at, visit.form.narrative) for visit in visits if visit.form),
            headcount=first.form.headcount,
            declined=first.form.persons[0].name == _NOBODY,
        )

    def _category(self, code: str, visits: int) -> Iterator[list[Act]]:
        """The matters of a category, each as its visits; every template comes up as often as it weighs."""
        rules = self._script["category"][code]
        templates = [each for each in self._script["matter"] if each["category"] == code]
        weights = {place: each["weight"] for place, each in enumerate(templates)}
        chosen = apportion(weights, max(1, round(visits * rules["matters"])) if visits else 0)
        matters = [templates[place] for place, count in chosen.items() for _ in range(count)]
        self._dice.shuffle(matters)
        counts = [1] * len(matters)
        for _ in range(visits - len(matters)):
            open_ones = [place for place, count in enumerate(counts) if count < _MOST_VISITS]
            counts[self._dice.choices(open_ones, [counts[place] for place in open_ones])[0]] += 1
        new = round(rules.get("new", 0) * len(matters))
        for place, (template, count) in enumerate(zip(matters, counts, strict=True)):
            yield self._matter(code, rules, template, count, lately=place < new and count == 1)

    def _matter(
        self, code: str, rules: Mapping[str, Any], template: Mapping[str, Any], visits: int, *, lately: bool
    ) -> list[Act]:
        form = self._people.form(template, rules)
        source = self._dice.choices(list(rules["sources"]), list(rules["sources"].values()))[0]
        self._matters += 1
        self._templates[self._matters] = template
        acts = []
        for ordinal, day in enumerate(self._span(template, visits, lately), 1):
            at = self._days.moment(self._dice, day)
            text = form["narrative"] if ordinal == 1 else self._dice.choice(rules["again"])
            visit = VisitForm(
                request_id=f"training-{self._matters:04d}-{ordinal}",
                received_at=at - timedelta(minutes=self._dice.choice(_TRIAGE_MINUTES)),
                source=source if ordinal == 1 else "walk_in",
                **{**form, "narrative": text},
            )
            acts.append(Act(at, "visit", self._matters, ordinal, code, visit))
        return acts

    def _span(self, template: Mapping[str, Any], visits: int, lately: bool) -> list[date]:
        """The days of a matter's visits: it comes up in its season, or lately, and again some weeks later."""
        days = self._days.past[-_LATELY:] if lately else self._days.past
        farthest = (len(days) - 1) // visits
        gaps = [min(self._dice.randint(2, 28), farthest) for _ in range(visits - 1)]
        possible = days[: len(days) - sum(gaps)]
        weights = [self._script["months"][day.month - 1] * _season(template, day.month) for day in possible]
        first = self._dice.choices(range(len(possible)), weights)[0]
        return [days[place] for place in accumulate([first, *gaps])]

    def _notes(self, visits: list[Act]) -> Iterator[Act]:
        """Now and then somebody writes down what was done, some days after the first visit."""
        first = visits[0]
        if self._dice.random() >= _NOTED or _is_sealed(first):
            return
        day = first.at.date() + timedelta(days=self._dice.randint(1, 6))
        if day in self._days.past:
            text = self._dice.choice(self._script["category"][first.category]["notes"])
            yield Act(self._days.moment(self._dice, day), "note", first.matter, 1, first.category, text=text)

    def _taken_back(self, planned: Sequence[list[Act]], visits: int) -> list[Act]:
        """A few registrations are taken back some minutes later: always the last one of a matter."""
        last = [matter[-1] for matter in planned if not _is_sealed(matter[-1])]
        chosen = self._dice.sample(last, min(len(last), max(1, round(visits * _TAKEN_BACK))))
        return [
            Act(
                min(visit.at + timedelta(minutes=self._dice.randint(4, 9)), self._days.until),
                "take_back",
                visit.matter,
                visit.ordinal,
                text=self._dice.choice(self._script["void_reasons"]),
            )
            for visit in chosen
        ]


class _People:
    """Invents who comes and what they say."""

    def __init__(self, dice: random.Random, script: Script, reference: Reference, today: date) -> None:
        self._dice, self._script, self._reference, self._today = dice, script, reference, today
        self._towns = script["townships"]
        self._phones = 0
        self._births: set[tuple[str, date]] = set()
        self._known: list[Person] = []

    def form(self, template: Mapping[str, Any], rules: Mapping[str, Any]) -> dict[str, Any]:
        """The parts of a form that a matter's visits share, and what is said at the first."""
        headcount = self._headcount(template)
        sealed = "accusation" in template.get("flags", ())
        main = self._visitor(template, rules)
        if sealed:
            main = Person(**{**vars(main), "village": "", "address": ""})
        persons = self._persons(main, template, headcount)
        opponents = self._opponents(template)
        return {
            "persons": persons,
            "opponents": opponents,
            "headcount": headcount,
            "dispute_type": template.get("dispute_type", ""),
            "flags": frozenset(template.get("flags", ())),
            "narrative": template["text"].format(
                village=self._village_name(main),
                opponent=opponents[0].name if opponents else "",
                money=self._dice.choice(self._script["sums"]),
                months=f"{self._dice.choice('两三四五六八')}个月",
                years=f"{self._dice.choice('两三四五六七八')}年",
                people=headcount,
            ),
        }

    def _headcount(self, template: Mapping[str, Any]) -> int:
        if "heads" in template:
            return self._dice.randint(*template["heads"])
        return self._dice.randint(2, 4) if self._dice.random() < _COMPANY else 1

    def _visitor(self, template: Mapping[str, Any], rules: Mapping[str, Any]) -> Person:
        if self._dice.random() < rules["declined"]:
            return Person(name=_NOBODY, id_type="none", township=self._town())
        fitting = [person for person in self._known if person.crowd == template.get("crowd", "general")]
        if fitting and not template.get("outside") and self._dice.random() < _KNOWN_AGAIN:
            return self._dice.choice(fitting)
        person = self._person(template, rules["identified"])
        if not template.get("outside"):
            self._known.append(person)
        return person

    def _person(self, template: Mapping[str, Any], identified: float) -> Person:
        sex = self._dice.choice(("male", "female"))
        birth = self._birth(sex, template.get("crowd", ""))
        shows = self._dice.random() < identified
        return Person(
            name=self._name(),
            sex=sex,
            birth_date=birth.isoformat(),
            id_type="id_card" if shows else "none",
            id_number=self._id_number(sex, birth) if shows else "",
            phone=self._phone(),
            crowd=template.get("crowd") or ("elder" if age_on(birth, self._today) >= _ELDER else "general"),
            **self._home(template),
        )

    def _persons(self, main: Person, template: Mapping[str, Any], headcount: int) -> tuple[Person, ...]:
        """A group's representatives; else the visitor, now and then with an agent."""
        if "heads" in template:
            others = min(MAX_REPRESENTATIVES, max(2, headcount // 4)) - 1
            more = [self._person(template, 0.6) for _ in range(others)]
            return tuple(Person(**{**vars(each), "role": "representative"}) for each in (main, *more))
        if main.name == _NOBODY or self._dice.random() >= _AGENT:
            return (main,)
        agent = Person(
            name=self._name(),
            id_type="none",
            phone=self._phone(),
            role="agent",
            authority="special",
            relation=self._dice.choice(self._script["relations"]),
        )
        return (main, agent)

    def _opponents(self, template: Mapping[str, Any]) -> tuple[Opponent, ...]:
        kind = template.get("opponent", "")
        if not kind:
            return ()
        pools = {"company": self._script["companies"], "organ": self._script["organs"]}
        names = template.get("opponents") or pools.get(kind) or [self._name()]
        return (Opponent(self._dice.choice(names), kind),)

    def _name(self) -> str:
        return f"{self._dice.choice(self._script['surnames'])}样例{self._dice.choice(self._script['given'])}"

    def _phone(self) -> str:
        self._phones += 1
        return f"13800000{self._phones % 1000:03d}"

    def _birth(self, sex: str, crowd: str) -> date:
        """A birth day in the last century, of which no other invented person of this sex was born."""
        while True:
            year = self._dice.randint(1942, 1962) if crowd == "elder" else self._dice.randint(1950, 1999)
            birth = date(year, 1, 1) + timedelta(days=self._dice.randrange(365))
            if (sex, birth) not in self._births:
                self._births.add((sex, birth))
                return birth

    def _id_number(self, sex: str, birth: date) -> str:
        """A number with the right checksum: the 18 characters of an old one of 15."""
        region = "130622" if birth.year >= 1978 else "132431"
        return read_id("id_card", f"{region}{birth:%y%m%d}{_SERIALS[sex]}", self._today).suggested

    def _home(self, template: Mapping[str, Any]) -> dict[str, str]:
        if template.get("outside"):
            return {"address": self._dice.choice(self._script["places_outside"])}
        town = self._town()
        village = self._dice.choice(self._reference.villages(town))
        house = f"{self._dice.randint(1, 8)}组{self._dice.randint(1, 60)}号"
        return {"township": town, "village": village.code, "address": house}

    def _town(self) -> str:
        name = self._dice.choices(list(self._towns), list(self._towns.values()))[0]
        found = self._reference.township(name)
        return found.code if found else ""

    def _village_name(self, person: Person) -> str:
        village = self._reference.village(person.township, person.village)
        return village.short_name if village else "本村"


def _season(template: Mapping[str, Any], month: int) -> float:
    """How much likelier a matter comes up in a month."""
    months = template.get("months")
    return 1.0 if months is None else _IN_SEASON if month in months else _OUT_OF_SEASON


def _is_sealed(act: Act) -> bool:
    return act.form is not None and "accusation" in act.form.flags
