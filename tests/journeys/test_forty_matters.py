"""Forty and more matters at one desk, all at once: every step through the services in the order of its day, every notice read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest

from qingyuan_desk.domain import flows
from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.handling import codes
from qingyuan_desk.domain.handling.case import Handled
from qingyuan_desk.domain.handling.records import Sending
from qingyuan_desk.domain.matter import MatterFacts
from qingyuan_desk.domain.numbers import SHANGHAI
from qingyuan_desk.domain.visit import Person, VisitForm
from qingyuan_desk.services import handling, handling_papers, ledger, papers, reception
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.documents.reading import words
from tests.journeys.matters import STORIES, Done, Story

_CATEGORY = {"petition": "petition_matter", "handover": "livelihood", "consultation": "legal_question"}


@dataclass
class Desk:
    """The office, its clerk, and its clock."""

    office: Office
    clerk: Actor
    clock: Clock

    def register(self, story: Story) -> int:
        form = VisitForm(
            request_id=f"visit-{story.name}",
            persons=(Person(name="王测试", township="130608101000"),),
            narrative=story.narrative,
            flow=story.flow,
            category=_CATEGORY[story.flow],
            unit="petition_office",
            room="petition",
            matter_kind=story.kind,
            route_reason="窗口核定",
        )
        return reception.register(self.office, self.clerk, replace(form, **story.facts)).matter_id

    def do(self, story: Story, matter_id: int, done: Done) -> Handled:
        """A step as the page does it: what the form begins with, what is typed over it, and the paper that comes of it."""
        begun = handling.starting(self.office, self.clerk, matter_id, done.step)
        said = dict(done.said)
        if said.pop("of", "") == "support":
            said["sending"] = self._support(matter_id).record_id
        form = replace(begun, **said)  # type: ignore[arg-type]
        request = f"{story.name}-{done.on}-{done.step}-{said.get('reply', '')}"
        first = handling.take(self.office, self.clerk, request, matter_id, form)
        again = handling.take(self.office, self.clerk, request, matter_id, form)
        assert (again.replayed, again.node) == (True, first.node)
        if done.paper:
            self._read_back(story, matter_id, done, first.record_id)
        return handling.case(self.office, self.clerk, matter_id)

    def _support(self, matter_id: int) -> Sending:
        case = handling.case(self.office, self.clerk, matter_id)
        return next(each for each in case.sendings if each.mode == "support")

    def _read_back(self, story: Story, matter_id: int, done: Done, record_id: int) -> None:
        subject = next(
            (
                each.subject
                for each in handling_papers.choices(self.office, self.clerk, matter_id)
                if each.kind == done.paper and each.subject in (record_id, 0)
            ),
            record_id,
        )
        text = words(handling_papers.compose(self.office, self.clerk, matter_id, done.paper, subject).pdf)
        for said in done.reads:
            assert "".join(said.split()) in text, f"{story.name}: {done.paper} does not say {said}"
        assert "〓" not in text


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Everything that was done to all of them, in the order of the days."""
    clock = Clock()
    office = Office.open(tmp_path_factory.mktemp("forty") / "数据", now=clock)
    yield _play(Desk(office, office.actor("clerk"), clock))
    office.close()


@dataclass
class Played:
    """The desk at the end; story → its matter, the nodes it was at, and every clock it ever had."""

    desk: Desk
    matters: dict[str, int]
    nodes: dict[str, list[str]]

    def facts(self, story: Story) -> MatterFacts:
        return ledger.matter(self.desk.office, self.desk.clerk, self.matters[story.name])


def _play(desk: Desk) -> Played:
    acts: list[tuple[str, int, int, Story, Done | None]] = []
    for place, story in enumerate(STORIES):
        acts.append((story.opened, place, 0, story, None))
        acts += [(done.on, place, number, story, done) for number, done in enumerate(story.done, 1)]
    matters: dict[str, int] = {}
    nodes: dict[str, list[str]] = {}
    for on, place, number, story, done in sorted(acts, key=lambda each: each[:3]):
        minutes = place + number
        desk.clock.moment = datetime.fromisoformat(
            f"{on} {9 + minutes // 60:02d}:{minutes % 60:02d}"
        ).replace(tzinfo=SHANGHAI)
        if done is None:
            matters[story.name] = desk.register(story)
            nodes[story.name] = [f"{story.flow}.{flows.FLOWS[story.flow].first}"]
        else:
            case = desk.do(story, matters[story.name], done)
            nodes[story.name].append(f"{case.flow}.{case.node}")
    return Played(desk, matters, nodes)


def _each() -> Sequence[object]:
    return [pytest.param(story, id=story.name) for story in STORIES]


def test_there_are_forty_of_them() -> None:
    assert len(STORIES) >= 40
    assert len({story.name for story in STORIES}) == len(STORIES)


@pytest.mark.parametrize("story", _each())
def test_each_matter_ends_where_it_should(played: Played, story: Story) -> None:
    facts = played.facts(story)
    flow = story.flow_at_end or story.flow
    assert (facts.flow, facts.node) == (flow, flows.node_name(flow, story.ends))
    assert facts.state == ("closed" if flows.is_closed(flow, story.ends) else "open")
    ours = {flows.ACTIONS[f"handling.{done.step}"] for done in story.done}
    handled = [event.action for event in facts.events if event.action in ours]
    assert handled == [flows.ACTIONS[f"handling.{done.step}"] for done in story.done]


@pytest.mark.parametrize("story", [story for story in STORIES if story.clocks], ids=lambda story: story.name)
def test_each_clock_says_both_last_days(played: Played, story: Story) -> None:
    ran = {clock.rule: clock for clock in sorted(played.facts(story).clocks, key=lambda each: each.start)}
    said = {
        rule: (ran[rule].natural_end.isoformat(), ran[rule].shifted_end.isoformat()) for rule in story.clocks
    }
    assert said == dict(story.clocks)
    for rule in story.clocks:
        assert ran[rule].alarm_on == min(ran[rule].natural_end, ran[rule].shifted_end)
        assert ran[rule].provisional == (ran[rule].shifted_end.year > 2026), rule


def test_together_they_pass_every_node(played: Played) -> None:
    passed = {node for nodes in played.nodes.values() for node in nodes}
    wanted = {
        f"{flow.code}.{node.code}"
        for flow in flows.FLOWS.values()
        if flow.code != "mediation"
        for node in flow.nodes
        if node.code != "void"
    }
    assert wanted - passed == set()


def test_together_they_name_every_ground_and_every_way() -> None:
    said = [done.said for story in STORIES for done in story.done]
    assert {each["ground"] for each in said if "ground" in each} == set(codes.REFUSALS)
    assert {each["way"] for each in said if "way" in each} >= {"opinion", "administrative", "enforcement"}
    assert {
        each["kind"] for story in STORIES for d in story.done if d.step == "close" for each in [d.said]
    } == set(codes.CLOSINGS)


def test_a_matter_that_was_in_mediation_counts_in_both_flows(played: Played) -> None:
    story = next(each for each in STORIES if "转调解" in each.name)
    case = handling.case(played.desk.office, played.desk.clerk, played.matters[story.name])
    assert [stay.flow for stay in case.stays] == ["petition", "mediation", "petition"]
    assert [stay.until for stay in case.stays] == [date(2026, 3, 16), date(2026, 4, 10), None]
    assert case.number == played.facts(story).number


def test_slips_are_numbered_without_a_gap(played: Played) -> None:
    numbers: dict[str, list[int]] = {}
    for matter_id in played.matters.values():
        case = handling.case(played.desk.office, played.desk.clerk, matter_id)
        for sent in case.sendings:
            year, serial = sent.number.removeprefix("清转〔").removesuffix("号").split("〕")
            numbers.setdefault(year, []).append(int(serial))
    for year, serials in numbers.items():
        assert sorted(serials) == list(range(1, len(serials) + 1)), year


def test_the_accusation_is_nowhere_for_others(played: Played) -> None:
    story = next(each for each in STORIES if "检举" in each.name)
    mediator = played.desk.office.actor("mediator")
    assert ledger.search(played.desk.office, mediator, "虚报冒领") == ()
    with pytest.raises(NotFound):
        handling.case(played.desk.office, mediator, played.matters[story.name])


def test_what_must_be_reported_at_once_is_due_the_same_day(played: Played) -> None:
    story = next(each for each in STORIES if "紧急报告" in each.name)
    alert = next(clock for clock in played.facts(story).clocks if clock.rule == "alert_report")
    assert (alert.start, alert.natural_end, alert.state) == (date(2024, 2, 14), date(2024, 2, 14), "met")
    assert alert.shifted_end == date(2024, 2, 14), "及时 waits for no holiday to end"


def test_a_receipt_names_no_limit_between_offices(played: Played) -> None:
    """Printed anew after the matter was urged, the visitor's receipt tells of the unit's duty to answer, not of the urging."""
    story = next(each for each in STORIES if "紧急报告" in each.name)
    visit = played.facts(story).visits[0].number
    text = words(papers.compose(played.desk.office, played.desk.clerk, visit, "receipt", "a4").pdf)
    assert "书面告知信访人" in text
    for internal in ("催办", "督办", "异议", "标记", "扬言", "紧急事项"):
        assert internal not in text, internal
