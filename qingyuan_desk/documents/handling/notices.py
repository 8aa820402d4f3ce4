"""Notices to petitioners: where the matter went, whether it is accepted, what else is open to them."""

from __future__ import annotations

from qingyuan_desk.documents.handling.parts import Form, subject


def forwarded(form: Form) -> None:
    """转送（交办）告知单 (《信访工作条例》第二十二条、第二十三条)."""
    subject(form, form.case.sendings, "转送（交办）")
