"""回访记录 of a day in one go: every call due, nobody else's, each logged as its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import Refused
from qingyuan_desk.domain.mediation.forms import FollowUpForm
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import case_papers, caseload, mediation, papers
from qingyuan_desk.services.office import Office
from tests.services.mediated import settled

Visit = Callable[..., VisitForm]


def _to_call(office: Office, actor: Actor, visit: Visit, mediator: str, days: int) -> int:
    """A case whose parties are to be called in so many days."""
    matter = settled(office, actor, visit, (mediator,), deadline_in=1)
    form = FollowUpForm(due_on=office.today() + timedelta(days=days))
    mediation.take(office, actor, f"call-{matter}", matter, form)
    return matter


def test_every_call_due_until_the_day_has_its_sheet(office: Office, clerk: Actor, visit: Visit) -> None:
    matters = [_to_call(office, clerk, visit, code, days) for code, days in (("M04", 3), ("M05", 5))]
    calls = caseload.follow_ups(office, clerk, office.today() + timedelta(days=5))
    assert [each.matter_id for each in calls] == matters
    last = max(each.due_on for each in calls)
    made = case_papers.follow_up_sheets(office, clerk, last)
    assert [each.kind for each in made.parts] == [f"follow_up:{each.record_id}" for each in calls]
    pages = [page.extract_text() for page in PdfReader(BytesIO(made.pdf)).pages]
    assert len(pages) == made.pages == sum(each.pages for each in made.parts)
    for each in calls:
        number = mediation.case(office, clerk, each.matter_id).mediation.number  # type: ignore[union-attr]
        assert any(number in page for page in pages)
    own = case_papers.follow_up_sheets(office, clerk, last, "M05")
    assert {each.visit_number for each in own.parts} == {mediation.case(office, clerk, matters[1]).visits[-1]}
    papers.record_print(office, clerk, "printed", made, "打印机")
    papers.record_print(office, clerk, "printed", made, "打印机")
    again = case_papers.follow_up_sheets(office, clerk, last)
    assert [each.count for each in again.parts] == [2] * len(calls)


def test_the_day_before_the_first_there_is_nothing_to_print(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    _to_call(office, clerk, visit, "M04", 3)
    first = office.today() + timedelta(days=3)
    assert len(case_papers.follow_up_sheets(office, clerk, first).parts) == 1
    with pytest.raises(Refused, match="没有要回访的"):
        case_papers.follow_up_sheets(office, clerk, first - timedelta(days=1))
