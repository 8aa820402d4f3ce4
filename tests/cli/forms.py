"""Every operation of `clerk` that has a form, and its form."""

from __future__ import annotations

from typing import get_args

from qingyuan_desk.clerk import consulting, handling, reports, roster, tables
from qingyuan_desk.clerk.mediation import Attach
from qingyuan_desk.domain.handling.forms import Form as HandlingForm
from qingyuan_desk.domain.mediation.forms import Form
from qingyuan_desk.domain.outreach import Activity, ContactPoint
from qingyuan_desk.domain.roster.callouts import CallForm
from qingyuan_desk.domain.roster.records import Award, Training
from qingyuan_desk.domain.roster.results import Leave

FORMS: dict[str, type] = {
    **{f"mediation.{kind.step}": kind for kind in get_args(Form)},
    "mediation.attach": Attach,
    **{f"handling.{kind.step}": kind for kind in get_args(HandlingForm)},
    "handling.attach": handling.AttachFile,
    "handling.package": handling.Pack,
    "handling.materials": handling.Materials,
    "outreach.log": Activity,
    "outreach.cancel": consulting.CancelActivity,
    "outreach.contact": ContactPoint,
    "duty.publish": tables.Publish,
    "duty.withdraw": tables.TakeBack,
    "workday.set": tables.SetDay,
    "workday.load": tables.LoadNotice,
    "workday.undo": tables.Undo,
    "report.close": reports.Close,
    "roster.call_out": CallForm,
    "roster.answer": roster.Answer,
    "roster.day_off": Leave,
    "roster.training": Training,
    "roster.award": Award,
    "roster.renew": roster.Renew,
    "subsidy.declare": roster.Declare,
    "subsidy.approve": roster.Approve,
    "subsidy.return": roster.Return,
    "subsidy.pay": roster.Pay,
}
