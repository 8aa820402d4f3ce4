"""The record of a session (调解记录、调查记录): who was there, what was said, how it came out."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.keeping import Keeping
from qingyuan_desk.desk.matter.parts import Scrolled
from qingyuan_desk.desk.mediation.act import Act
from qingyuan_desk.desk.mediation.session_where import Spot, Where
from qingyuan_desk.desk.session import Session as DeskSession
from qingyuan_desk.desk.widgets import parts
from qingyuan_desk.desk.widgets.chips import Flowing
from qingyuan_desk.desk.widgets.choice import Segments
from qingyuan_desk.desk.widgets.fields import EnterGoesOn, Field, LineEdit, TextEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import label, plain_tooltip
from qingyuan_desk.domain.mediation.case import Case, Session
from qingyuan_desk.domain.mediation.codes import OUTCOMES, SIDES
from qingyuan_desk.domain.mediation.forms import Form, Hold
from qingyuan_desk.services import case_drafts

_PROPOSALS = {
    "adjourned": ("下次再谈", "双方的差距、下次谈什么"),
    "agreed": ("达成的内容", "谁在什么时候做什么、付多少"),
    "failed": ("没谈成的原因", "分歧在哪里"),
}


class HoldForm(QWidget):
    """Filled in for a planned session, or for one nobody planned. What was typed is kept with its session."""

    done = Signal()

    def __init__(self, session: DeskSession, act: Act) -> None:
        super().__init__()
        self._session, self._act = session, act
        self._case: Case | None = None
        self._begun: Hold | None = None
        self._fresh: Hold | None = None
        self._about = 0
        self.caption = label(role="section", name="mediation.hold_caption")
        self.started_at = parts.MomentEdit("mediation.hold_started")
        self.ended_at = parts.MomentEdit("mediation.hold_ended")
        self.where = Where("mediation.hold", session.office.reference)
        self.helpers = LineEdit(
            "mediation.hold_helpers", hint="写明关系，例如：李样例（村干部）、孙样例（邻居）"
        )
        self.asked = LineEdit("mediation.hold_asked", hint="向谁了解情况")
        self.subject = LineEdit("mediation.hold_subject", hint="留空就是本案纠纷")
        self.recorder = LineEdit("mediation.hold_recorder", hint="谁记的")
        self.rights = QCheckBox("已经告知当事人的权利和义务（《人民调解法》第二十三条、第二十四条）")
        self.rights.setObjectName("mediation.hold_rights")
        self.statements = TextEdit("mediation.hold_statements", hint="申请人说…… 被申请人说……")
        self.verified = TextEdit("mediation.hold_verified", hint="看了什么现场、材料，各方认不认")
        self.outcome = Segments("mediation.hold_outcome", parts.options(OUTCOMES))
        self.proposal = TextEdit("mediation.hold_proposal")
        self.message = parts.message_line("mediation.hold_message")
        self.save_button = parts.button("记录 F9", "mediation.hold_save", role="primary")
        self.save_button.clicked.connect(self.save)
        self._present = QWidget()
        self._present.setObjectName("mediation.hold_present")
        Flowing(self._present, theme.px(16))
        self._boxes: dict[int, QCheckBox] = {}
        self._fields = self._make_fields()
        self.keeping = Keeping(
            "mediation.hold",
            session,
            typed=self._typed,
            go_on=self._go_on,
            begin=self._begin_anew,
            leave=self._leave,
        )
        self._place = parts.Fields({**self._fields, **self.where.fields}, self.message)
        self.where.kind.chosen.connect(lambda _: self._turn())
        self.outcome.chosen.connect(lambda _: self._turn())
        self._lay_out()
        goes_on = EnterGoesOn(self)
        for editor in (
            self.where.place,
            self.where.link,
            self.where.room,
            self.helpers,
            self.asked,
            self.subject,
            self.recorder,
        ):
            editor.installEventFilter(goes_on)

    def start(self, case: Case, planned: Session | None, hindrance: str) -> None:
        """Record a session of a case."""
        about = planned.record_id if planned else 0
        same = self._case is not None and (self._case.matter_id, self._about) == (case.matter_id, about)
        typed = self._typed() if same else None
        if typed is None:
            self.keeping.rest()
        self._case = case
        now = self._session.office.now()
        self.caption.setText("记录这次约定" if planned else "记录一次没有约定的调解")
        self.save_button.setEnabled(not hindrance)
        self.save_button.setToolTip(plain_tooltip(hindrance) if hindrance else "")
        last = case.held[-1] if case.held else None
        fresh = Hold(
            started_at=min(planned.planned_at, now) if planned else now,
            ended_at=now,
            session=about,
            kind=planned.kind if planned else "mediation",
            mode=planned.mode if planned else "site",
            room=planned.room if planned else case.room or "elder_mediation",
            place=planned.place if planned else "",
            link=planned.link if planned else "",
            rights_told=any(each.rights_told for each in case.held),
            recorder=last.recorder if last else self._session.actor.name,
        )
        self._show_parties(case)
        self._fresh = fresh
        self._begin_anew()
        if typed is not None:
            self._fill(typed)
        else:
            self.keeping.look(case.matter_id, case_drafts.place(fresh))
        next(iter(self._boxes.values()), self.statements).setFocus()

    def form(self) -> Hold:
        """The record as it stands."""
        spot, asking = self.where.spot, self.where.spot.kind == "investigation"
        return Hold(
            started_at=self.started_at.moment,
            session=self._about,
            ended_at=self.ended_at.moment,
            kind=spot.kind,
            mode=spot.mode,
            room=spot.room,
            place=spot.place,
            link=spot.link,
            present=tuple(record_id for record_id, box in self._boxes.items() if box.isChecked()),
            helpers=tuple(filter(None, re.split(r"[、,，;；\s]+", self.helpers.text().strip()))),
            asked=self.asked.text().strip() if asking else "",
            rights_told=self.rights.isChecked(),
            subject=self.subject.text().strip(),
            statements=self.statements.toPlainText().strip(),
            verified=self.verified.toPlainText().strip(),
            outcome=self.outcome.code or "adjourned",
            proposal=self.proposal.toPlainText().strip(),
            recorder=self.recorder.text().strip(),
        )

    def save(self) -> None:
        """Write the record down."""
        commit_composition()
        if self._case is None or not self.save_button.isEnabled():
            return
        form = self.form()

        def written(_: object) -> None:
            self._begun = form
            self.keeping.keep()
            self.done.emit()

        self._act(form, then=written, at=self._place, busy=self.save_button)

    # --- filling ---

    def _typed(self) -> Hold | None:
        """What is typed and not saved."""
        return self.form() if self._begun is not None and self.form() != self._begun else None

    def _begin_anew(self) -> None:
        """The record as it begins, with what is known."""
        if self._fresh is not None:
            self._fill(self._fresh)
            self._begun = self.form()
            self._place.tell(())

    def _go_on(self, form: Form) -> None:
        """Show what was typed before and not saved."""
        if isinstance(form, Hold):
            self._fill(form)

    def _leave(self) -> None:
        """Another person sits down: the next session begins anew, the same one too."""
        self._case = self._begun = self._fresh = None

    def _fill(self, hold: Hold) -> None:
        self._about = hold.session
        self.started_at.set_moment(hold.started_at)
        self.ended_at.set_moment(hold.ended_at or hold.started_at)
        self.where.fill(Spot(hold.kind, hold.mode, hold.room, hold.place, hold.link))
        for record_id, box in self._boxes.items():
            box.setChecked(record_id in hold.present)
        self.helpers.setText("、".join(hold.helpers))
        self.rights.setChecked(hold.rights_told)
        self.outcome.set_code(hold.outcome)
        for name in ("asked", "subject", "statements", "verified", "proposal", "recorder"):
            parts.fill(getattr(self, name), getattr(hold, name))
        self._turn()

    def _show_parties(self, case: Case) -> None:
        layout = self._present.layout()
        for box in self._boxes.values():
            layout.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        for party in case.parties:
            box = QCheckBox(f"{party.name.replace('&', '&&')}（{SIDES[party.side]}）")
            box.setObjectName(f"mediation.hold_present.{party.record_id}")
            box.toggled.connect(lambda _: self._fields["present"].tell(()))
            self._boxes[party.record_id] = box
            layout.addWidget(box)
        self._present.setFocusProxy(next(iter(self._boxes.values()), None))

    def _turn(self) -> None:
        """An inquiry asks whom; a mediation asks how it came out."""
        asking = self.where.kind.code == "investigation"
        self._fields["asked"].setVisible(asking)
        for name in ("outcome", "proposal", "rights_told"):
            self._fields[name].setVisible(not asking)
        self.outcome.set_code(self.outcome.code or "adjourned")
        caption, hint = _PROPOSALS[self.outcome.code]
        self._fields["proposal"].caption.setText(caption)
        self.proposal.setAccessibleName(caption)
        self.proposal.setPlaceholderText(hint)
        self._fields["statements"].caption.setText("调查内容" if asking else "双方陈述")
        self._fields["present"].caption.setText("在场" if asking else "到场、在线")

    # --- putting together ---

    def _make_fields(self) -> dict[str, Field]:
        named = {
            "started_at": ("开始", self.started_at),
            "ended_at": ("结束", self.ended_at),
            "present": ("到场、在线", self._present),
            "rights_told": ("权利义务", self.rights),
            "helpers": ("其他参加人", self.helpers),
            "asked": ("被调查人", self.asked),
            "statements": ("双方陈述", self.statements),
            "verified": ("核实、质证", self.verified),
            "outcome": ("结果", self.outcome),
            "proposal": ("", self.proposal),
            "subject": ("事由", self.subject),
            "recorder": ("记录人", self.recorder),
        }
        short = ("present", "rights_told", "outcome", "statements", "verified", "proposal")
        return {
            name: Field(
                caption,
                editor,
                label_width=76,
                lines=name not in short,
                row=_lowered(editor) if name in ("present", "rights_told") else None,
            )
            for name, (caption, editor) in named.items()
        }

    def _lay_out(self) -> None:
        scrolled = Scrolled("mediation.hold_fields")
        column = scrolled.column
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(12), 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.caption)
        column.addWidget(self.keeping)
        times = QGridLayout()
        times.setHorizontalSpacing(theme.px(16))
        times.setColumnStretch(0, 1)
        times.setColumnStretch(1, 1)
        times.addWidget(self._fields["started_at"], 0, 0)
        times.addWidget(self._fields["ended_at"], 0, 1)
        column.addWidget(self._fields["present"])
        column.addWidget(self._fields["rights_told"])
        column.addLayout(times)
        column.addWidget(self.where)
        for name in ("asked", "statements", "verified", "outcome", "proposal", "helpers"):
            column.addWidget(self._fields[name])
        pair = QHBoxLayout()
        pair.setSpacing(theme.px(16))
        for name in ("subject", "recorder"):
            pair.addWidget(self._fields[name], 1)
        column.addLayout(pair)
        column.addStretch(1)
        for editor, lines in ((self.statements, 96), (self.verified, 64), (self.proposal, 64)):
            editor.setMinimumHeight(theme.px(lines))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 12, 10)
        foot.addWidget(self.message, 1)
        foot.addStretch(0)
        foot.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled, 1)
        whole.addLayout(foot)


def _lowered(boxes: QWidget) -> QWidget:
    """Boxes to tick, on one line with the caption beside them."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, theme.px(4), 0, 0)
    column.addWidget(boxes)
    holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return holder
