"""An agreement in force, to be read: its terms, sums, and days, and the versions before it."""

from __future__ import annotations

from qingyuan_desk.desk.matter.parts import Captioned, Scrolled, said
from qingyuan_desk.desk.widgets.labels import label, line
from qingyuan_desk.domain import money
from qingyuan_desk.domain.mediation.case import Agreement, Case, Instalment
from qingyuan_desk.domain.mediation.clauses import TOPICS
from qingyuan_desk.domain.mediation.codes import AGREEMENT_FORMS, AGREEMENT_STATES
from qingyuan_desk.domain.mediation.rules import day


class AgreementView(Scrolled):
    """The agreement as it was signed; nothing can be written here."""

    def __init__(self) -> None:
        super().__init__("mediation.agreement_view")
        self.column.setContentsMargins(0, 0, 12, 0)

    def show_case(self, case: Case) -> None:
        """Show the agreement in force."""
        self.empty()
        current = case.agreement
        if current is not None:
            self._add(case, current)
        earlier = [each for each in case.agreements if each.state == "superseded"]
        if earlier:
            self.column.addWidget(line())
            self.column.addWidget(label("以前的版本", "section"))
            for each in earlier:
                self.column.addWidget(said(_version(each), "second"))
        self.column.addStretch(1)

    def _add(self, case: Case, current: Agreement) -> None:
        column = self.column
        column.addWidget(said(_version(current), "strong"))
        lines = Captioned()
        lines.add("主要事实", current.facts)
        lines.add("争议事项", current.disputes)
        lines.add("协议内容", "\n".join(f"{place}. {term}" for place, term in enumerate(current.terms, 1)))
        if current.amount:
            lines.add("总额", f"{money.words(current.amount)}（{money.in_full(current.amount)}）")
        lines.add(
            "履行", "当场履行" if current.at_once else "\n".join(_part(case, each) for each in case.schedule)
        )
        lines.add_short("履行期限", current.deadline)
        lines.add_short("履行方式", current.way)
        lines.add_short("一式几份", f"{current.copies} 份" if current.copies else "")
        lines.add_short("记录人", current.recorder)
        lines.add_short("签名日期", day(current.signed_on) if current.signed_on else "")
        lines.add_short("盖章日期", day(current.sealed_on) if current.sealed_on else "")
        lines.add("涉及内容", "、".join(TOPICS[each].name for each in current.topics if each in TOPICS))
        lines.add("变更原因", current.reason)
        column.addWidget(lines)


def _version(agreement: Agreement) -> str:
    since = f"，自{day(agreement.effective_on)}起生效" if agreement.effective_on else ""
    state = AGREEMENT_STATES.get(agreement.state, agreement.state)
    return f"{AGREEMENT_FORMS[agreement.form]} 第 {agreement.version} 版 · {state}{since}"


def _part(case: Case, part: Instalment) -> str:
    payer, payee = case.party(part.payer), case.party(part.payee)
    names = " → ".join(each.name for each in (payer, payee) if each)
    amount = money.words(part.amount) if part.amount else ""
    said = " ".join(filter(None, (day(part.due_on), names, amount, part.what)))
    return f"第 {part.position} 期　{said}"
