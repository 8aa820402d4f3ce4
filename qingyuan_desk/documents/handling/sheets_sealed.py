"""The sheet an accusation (检举控告) goes to the discipline inspection with: an envelope, and the least data (第三十条第三款)."""

from __future__ import annotations

from qingyuan_desk.documents.forms.parts import BLANK
from qingyuan_desk.documents.handling.boxes import Box, boxes, issued, numbered, on
from qingyuan_desk.documents.handling.parts import Form, subject


def discipline(form: Form) -> None:
    """检举控告移送单: the face of the envelope, then the sheet; neither says who accuses whom of what."""
    page, case = form.page, form.case
    sent = subject(form, case.sendings, "移送")
    unit = form.unit(sent.unit) if sent else ""
    number = sent.number if sent else ""
    page.space(30)
    page.centred(form.say("secret"), 30, bold=True)
    page.space(60)
    page.centred(f"{unit or BLANK}　{form.say('for_hand')}", 20, bold=True)
    page.space(40)
    page.centred(form.say("envelope", number=number or BLANK), 14)
    page.centred(form.facts.office.name, 14)
    page.space(200)
    for text in form.words.lines("envelope_notes"):
        page.centred(text, 12)
    page.space(1)
    page.turn()
    page.centred(form.say("title"), 20, bold=True)
    page.centred(form.say("secret"), 14, bold=True)
    numbered(form, number)
    boxes(
        page,
        [Box("密级", form.say("secret")), Box("紧急程度")],
        [Box("接收机关", unit, 2)],
        [Box("登记编号", case.number), Box("登记日期", on(None if form.by_hand else case.opened_on))],
        [Box("移送日期", on(sent.sent_on if sent else None)), Box("移送方式", form.say("way"))],
        [Box("来访次数", f"{len(case.visits)} 次" if case.visits else ""), Box("材料份数、页数")],
        [Box("移送人（签名）", "", 3), Box("监交人（签名）", "", 3)],
        [Box("接收人（签名）", "", 3), Box("接收时间", "", 3)],
    )
    page.space(6)
    page.items(form.words.lines("duties"))
    issued(form, [], form.facts.office.name, sent.sent_on if sent else None)
