"""Half-typed forms of steps: kept for their author, read again whole, gone with the step or the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyuan_desk.domain.accounts import Actor
from qingyuan_desk.domain.errors import NotFound
from qingyuan_desk.domain.handling import forms as handled
from qingyuan_desk.domain.mediation import forms
from qingyuan_desk.domain.visit import VisitForm
from qingyuan_desk.services import case_drafts, handling, ledger, mediation, reception
from qingyuan_desk.services.case_drafts import from_json, to_json
from qingyuan_desk.services.office import Office
from tests.conftest import Clock
from tests.services.mediated import begun

Visit = Callable[..., VisitForm]


@pytest.mark.parametrize(
    "kind",
    (*get_args(forms.Form), *get_args(handled.Form)),
    ids=lambda kind: f"{kind.__module__.split('.')[-2]}.{kind.step}",
)
def test_every_form_is_read_again_as_it_was(kind: type[case_drafts.Form]) -> None:
    @settings(max_examples=15, deadline=None)
    @given(st.from_type(kind))
    def as_it_was(form: case_drafts.Form) -> None:
        again = from_json(to_json(form))
        assert again == form and type(again) is kind

    as_it_was()


def _hold(office: Office, said: str = "双方各说各的。", session: int = 0) -> forms.Hold:
    return forms.Hold(started_at=office.now(), session=session, statements=said)


def _draft(said: str = "张某赔偿") -> forms.Draft:
    return forms.Draft("占地。", "界址。", (said,), parts=())


@pytest.fixture
def matter(office: Office, clerk: Actor, visit: Visit) -> int:
    return begun(office, clerk, visit, ("M04",))


def _kept(office: Office, actor: Actor, matter: int) -> tuple[case_drafts.Form, ...]:
    return tuple(draft.form for draft in case_drafts.kept(office, actor, matter))


def test_a_place_has_the_newest_form_of_its_author(
    office: Office, clerk: Actor, clock: Clock, matter: int
) -> None:
    leader = office.actor("leader")
    oral = forms.Oral(office.today(), "占地。", "界址。", ("半句\ud83d",))
    case_drafts.keep(office, clerk, matter, _draft())
    clock.forward(seconds=3)
    assert case_drafts.keep(office, clerk, matter, oral) == clock.moment
    clock.forward(seconds=3)
    for session in (0, 7):
        case_drafts.keep(office, clerk, matter, _hold(office, session=session))
    case_drafts.keep(office, leader, matter, _draft("另一位写的"))
    holds = _hold(office), _hold(office, session=7)
    assert _kept(office, clerk, matter) == (*holds, oral)
    assert case_drafts.kept(office, clerk, matter)[-1].saved_at == clock.moment - timedelta(seconds=3)
    case_drafts.drop(office, clerk, matter, "agreement")
    assert _kept(office, clerk, matter) == holds
    assert _kept(office, leader, matter) == (_draft("另一位写的"),)
    assert ledger.search(office, clerk, "双方各说") == ledger.search(office, clerk, "没有人说过")


def test_a_draft_goes_with_its_step_and_all_of_them_with_the_case(
    office: Office, clerk: Actor, matter: int
) -> None:
    leader = office.actor("leader")
    parties = tuple(party.record_id for party in mediation.case(office, clerk, matter).parties)
    held = forms.Hold(
        office.now(), place="冉庄村", present=parties, rights_told=True, statements="各说各的。"
    )
    case_drafts.keep(office, clerk, matter, held)
    case_drafts.keep(office, clerk, matter, _draft())
    case_drafts.keep(office, leader, matter, _hold(office))
    mediation.take(office, clerk, "held", matter, held)
    assert _kept(office, clerk, matter) == (_draft(),)
    assert len(_kept(office, leader, matter)) == 1, "what another one writes is still being written"
    with pytest.raises(Exception, match="终止"):
        mediation.take(office, clerk, "no", matter, forms.Terminate("", ""))
    assert _kept(office, clerk, matter) == (_draft(),)
    mediation.take(
        office, clerk, "ended", matter, forms.Terminate("no_agreement", "差距太大。", ("lawsuit",))
    )
    assert _kept(office, clerk, matter) == _kept(office, leader, matter) == ()
    case_drafts.keep(office, clerk, matter, _draft())
    assert _kept(office, clerk, matter) == (), "a late keystroke brings nothing back"


def test_a_draft_goes_with_a_registration_taken_back(office: Office, clerk: Actor, visit: Visit) -> None:
    done = reception.register(office, clerk, visit(flow="mediation"))
    case_drafts.keep(office, clerk, done.matter_id, _draft())
    reception.take_back(office, clerk, "back", done.visit_number, "登记错了")
    assert _kept(office, clerk, done.matter_id) == ()


@pytest.mark.parametrize(
    "text",
    [
        "{torn",
        "[]",
        "{}",
        '{"step": "gone"}',
        '{"step": "agreement", "facts": "王某"}',
        '{"step": "agreement", "facts": 1, "disputes": "", "terms": []}',
        '{"step": "agreement", "facts": "", "disputes": "", "terms": ["王某"], "older": ""}',
        '{"step": "session", "started_at": "昨天"}',
    ],
)
def test_a_draft_of_another_shape_is_dropped_without_a_word_of_it(
    office: Office, clerk: Actor, matter: int, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    case_drafts.keep(office, clerk, matter, _hold(office))
    with office.store.write() as tx:
        tx.run(
            "INSERT INTO case_draft VALUES (?, 'clerk', 'agreement', ?, ?)",
            (matter, office.now().isoformat(), text),
        )
    assert _kept(office, clerk, matter) == (_hold(office),)
    assert "another shape" in caplog.text and "王某" not in caplog.text
    caplog.clear()
    assert _kept(office, clerk, matter) == (_hold(office),) and caplog.text == ""


def test_nobody_keeps_or_reads_in_a_matter_they_may_not_know_of(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    done = reception.register(office, clerk, visit(narrative="实名举报村支书贪污征地补偿款，请求查处。"))
    assert done.sealed
    mediator = office.actor("mediator")
    with pytest.raises(NotFound):
        case_drafts.keep(office, mediator, done.matter_id, _draft())
    with pytest.raises(NotFound):
        case_drafts.kept(office, mediator, done.matter_id)


def test_forms_of_handling_have_their_own_places_and_go_with_the_step(
    office: Office, clerk: Actor, visit: Visit
) -> None:
    matter = reception.register(
        office, clerk, visit(flow="petition", category="petition_matter", route_reason="本人要求")
    )
    close = handled.Close("substantial", "双方各让")
    case_drafts.keep(office, clerk, matter.matter_id, close)
    case_drafts.keep(office, clerk, matter.matter_id, handled.Flag("threat", "不解决就"))
    assert case_drafts.place(close) != case_drafts.place(forms.Close())
    flag = handled.Flag("threat", "不解决就去北京")
    handling.take(office, clerk, "flagged", matter.matter_id, flag)
    assert _kept(office, clerk, matter.matter_id) == (close,)
