"""Eleven disputes from application to dossier through the real window; each dossier is read back page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.window import Window
from tests.conftest import Clock
from tests.documents.reading import needs_poppler
from tests.journeys.desk import Desk
from tests.journeys.disputes import STORIES, Story
from tests.journeys.mediator import Mediator

pytestmark = [needs_poppler]


@pytest.fixture
def mediator(window: Window, qtbot: QtBot, clock: Clock) -> Iterator[Mediator]:
    """A mediator at the mediation page."""
    yield Mediator(window, qtbot, clock)


def begin(desk: Desk, mediator: Mediator, story: Story) -> None:
    """The visitor comes; the case is opened, every party is asked."""
    desk.window.show_page("intake")
    desk.fill(**story.visit)
    desk.suggestion("civil_dispute", "mediation")
    if desk.page.claim.route.dispute_type.currentText() != story.kind:
        desk.fill(dispute_type=story.kind)
    number = desk.save()
    mediator.window.show_page("mediation")
    mediator.open(number)
    mediator.register(story.origin, story.claims, story.difficulty)
    for name, representative in story.representatives.items():
        mediator.represent(name, representative)


def mediate(mediator: Mediator, story: Story) -> None:
    """Everybody agrees, somebody mediates, they meet."""
    mediator.agree()
    mediator.assign(story.chosen_by)
    mediator.plan(mediator.clock.moment + timedelta(hours=3), story.mode, story.link)
    mediator.hold(story.statements, "agreed" if story.deal else "failed", story.outcome)


def settle(mediator: Mediator, story: Story) -> None:
    """They agree, by word of mouth or in writing."""
    deal = story.deal
    assert deal is not None
    mediator.write(
        oral=deal.oral,
        disputes=deal.disputes,
        terms=deal.terms,
        amount=deal.amount,
        parts=deal.parts,
        at_once=deal.at_once,
        turned=deal.turned,
        way=deal.way,
        deadline=deal.deadline,
        topics=deal.topics,
    )
    if not deal.oral:
        mediator.sign()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_dispute_from_application_to_dossier(
    desk: Desk, mediator: Mediator, story: Story, tmp_path: Path
) -> None:
    begin(desk, mediator, story)
    if story.ground == "refused":
        mediator.refuse(mediator.case.parties[1].name)
        assert (mediator.case.node, mediator.case.mediation.ground) == ("ended", "refused")
        return
    mediate(mediator, story)
    if story.deal:
        settle(mediator, story)
        assert mediator.case.node == "performing"
