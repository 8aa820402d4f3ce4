"""Eleven disputes from application to dossier through the real window; each dossier is read back page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import Destination
from pytestqt.qtbot import QtBot

from qingyuan_desk.desk.window import Window
from qingyuan_desk.domain.mediation.dossier import completeness, lacking
from qingyuan_desk.domain.mediation.papers import MEDIATION_PAPERS
from tests.conftest import Clock
from tests.documents.reading import corner_numbers, needs_poppler
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


def perform(mediator: Mediator, story: Story) -> None:
    """What was agreed is done, asked about, and closed."""
    deal = story.deal
    assert deal is not None
    begun = mediator.clock().date()
    if story.confirm:
        mediator.confirm(story.confirm)
    mediator.perform(deal.paid, begun, "银行转账回单")
    if story.satisfied:
        mediator.call(story.satisfied)
    mediator.close()


def hand_in(mediator: Mediator, folder: Path, kind: str, titles: Sequence[str]) -> None:
    """A photo of each, as a phone takes it; no two photos are alike."""
    for title in titles:
        photo = folder / f"{title}.jpg"
        Image.new("RGB", (640 + len(list(folder.glob("*.jpg"))), 400), "white").save(photo)
        mediator.hand_in(photo, kind, title)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_dispute_from_application_to_dossier(
    desk: Desk, mediator: Mediator, story: Story, tmp_path: Path
) -> None:
    begin(desk, mediator, story)
    hand_in(mediator, tmp_path, "identity", [f"{party.name}身份证明" for party in mediator.case.parties])
    if story.ground == "refused":
        mediator.refuse(mediator.case.parties[1].name)
    else:
        mediate(mediator, story)
        if story.deal:
            settle(mediator, story)
            perform(mediator, story)
            paid = [f"第{part.position}期收条" for part in mediator.case.schedule if part.amount]
            hand_in(mediator, tmp_path, "receipt", paid)
            hand_in(mediator, tmp_path, "confirmation", ["司法确认裁定书"] if story.confirm else [])
        else:
            mediator.terminate(story.ground, story.outcome)
    case = mediator.case
    assert case.mediation is not None
    assert (case.node, case.state) == ("closed" if story.deal else "ended", "closed")
    assert case.mediation.result == ("agreed" if story.deal else "failed")
    mediator.file("")
    read_back(mediator.dossier(), story, mediator)


def read_back(pdf: bytes, story: Story, mediator: Mediator) -> None:
    """Page by page: every paper is in it under its title, on the page its bookmark leads to; nothing is missing."""
    case = mediator.case
    assert case.mediation is not None
    lines = completeness(case)
    assert not lacking(lines), [line.hint for line in lacking(lines)]
    book = PdfReader(BytesIO(pdf))
    pages = ["".join(page.extract_text().split()) for page in book.pages]
    assert case.mediation.number in pages[0] and "未归档" not in pages[0]
    for words in story.dossier:
        assert any("".join(words.split()) in page for page in pages), words
    marks = {str(mark.title): book.get_destination_page_number(mark) for mark in _marks(book.outline)}
    for line in lines:
        for part in line.parts:
            if part.kind not in ("", "back_cover"):
                page = next(number for title, number in marks.items() if part.title in title)
                assert MEDIATION_PAPERS[part.kind].title in pages[page], part.title
    assert corner_numbers(pdf) == [None, None, *range(1, len(pages) - 2), None]


def _marks(outline: Sequence[Any]) -> Iterator[Destination]:
    for entry in outline:
        if isinstance(entry, Destination):
            yield entry
        else:
            yield from _marks(entry)
