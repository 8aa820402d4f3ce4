"""Naming the files that are being added, one after the other: what kind of material it is, and its title."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from qingyuan_desk.desk.matter.parts import across
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option, Segments
from qingyuan_desk.desk.widgets.fields import Field, LineEdit, commit_composition
from qingyuan_desk.desk.widgets.labels import Elided
from qingyuan_desk.desk.widgets.parts import Fields, button, message_line, options
from qingyuan_desk.domain.mediation.belonging import Place, likely, places
from qingyuan_desk.domain.mediation.case import Case
from qingyuan_desk.domain.problems import Problem

#: The kinds in so few characters that all of them stand in a line.
_SHORT = {
    "identity": "身份证明",
    "authority": "委托书",
    "evidence": "证据",
    "signed": "签署件",
    "receipt": "履行凭证",
    "confirmation": "司法确认",
    "other": "其他",
}
#: Words in a file's name → the kind of material it most likely is.
_GUESSES = (
    ("identity", ("身份证", "户口", "执照", "护照", "sfz")),
    ("authority", ("委托", "授权")),
    ("receipt", ("收条", "收据", "转账", "汇款", "履行")),
    ("confirmation", ("司法确认", "裁定")),
    ("signed", ("签", "协议", "记录", "告知书", "申请书")),
)


class FileForm(QFrame):
    """The first of the files that wait; `saving` asks for it to be kept."""

    saving = Signal(object, str, str, str, int)
    """Path, kind, title, request id, and the record it belongs to (0: none)."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self._waiting: list[Path] = []
        self._all = 0
        self._request = ""
        self._case: Case | None = None
        self._places: Sequence[Place] = ()
        self._head = Elided(role="strong")
        self.kind = Segments("mediation.file.kind", options(_SHORT), numbered=True)
        self.title = LineEdit("mediation.file.title", hint="例如 王测试身份证")
        self.about = ChoiceBox("mediation.file.about", hint="不选也可以")
        self.about.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.about.chosen.connect(self._belongs)
        self.kind.chosen.connect(lambda _: self._offer())
        self.message = message_line("mediation.file.message")
        fields = {
            "kind": Field("类别", self.kind, label_width=40, lines=0),
            "subject": Field("属于", self.about, label_width=40, lines=0),
            "title": Field("名称", self.title, label_width=40, lines=0),
        }
        self._fields = Fields(fields, self.message)
        self.save_button = button("收下 F9", "mediation.file.save", role="primary")
        self.save_button.clicked.connect(self.save)
        self.skip_button = button("不要这个", "mediation.file.skip")
        self.skip_button.clicked.connect(self.kept)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addWidget(self._head)
        column.addWidget(fields["kind"])
        column.addWidget(fields["subject"])
        self._about = fields["subject"]
        column.addLayout(across(fields["title"], self.skip_button, self.save_button, stretch=0))
        column.addWidget(self.message)
        self.title.returnPressed.connect(self.save)

    @property
    def waiting(self) -> int:
        """How many files still wait."""
        return len(self._waiting)

    def show_case(self, case: Case) -> None:
        """What files may belong to from now on."""
        self._case = case

    def begin(self, paths: Sequence[Path]) -> None:
        """Put files in the line."""
        self._waiting += paths
        self._all = len(self._waiting)
        self._show()

    def clear(self) -> None:
        """Nothing waits."""
        self._waiting = []
        self._show()

    def save(self) -> None:
        """Ask for the first file to be kept. Asked again while it is being kept, it is kept once."""
        if self._waiting and self.save_button.isEnabled():
            commit_composition()
            chosen = self._chosen
            self.saving.emit(
                self._waiting[0],
                self.kind.code,
                self.title.text().strip(),
                self._request,
                chosen.subject if chosen else 0,
            )

    def kept(self) -> None:
        """On to the next file."""
        if self._waiting:
            del self._waiting[0]
        self._show()

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong with the file or its name."""
        self._fields.tell(problems)

    def _show(self) -> None:
        self._fields.tell(())
        self.setVisible(bool(self._waiting))
        if not self._waiting:
            return
        path = self._waiting[0]
        self._request = uuid.uuid4().hex
        count = f"第 {self._all - len(self._waiting) + 1} 个，共 {self._all} 个：" if self._all > 1 else ""
        self._head.say(f"{count}{path.name}")
        self.kind.set_code(guess(path.stem))
        self.title.setText(path.stem)
        self._offer()
        self.title.setFocus()
        self.title.selectAll()

    # --- what it belongs to ---

    @property
    def _chosen(self) -> Place | None:
        return self._places[int(self.about.code)] if self.about.code else None

    def _offer(self) -> None:
        """Offer what a file of this kind may belong to; what its name speaks of is chosen."""
        if self._case is None or not self._waiting:
            return
        self._places = places(self._case, self.kind.code)
        found = likely(self._places, self._waiting[0].stem)
        self.about.blockSignals(True)
        self.about.set_code("")
        self.about.set_options(Option(str(number), each.name) for number, each in enumerate(self._places))
        self.about.set_code(str(found) if found >= 0 else "")
        self.about.blockSignals(False)
        self._about.setVisible(bool(self._places))
        if found >= 0:
            self._belongs(str(found))

    def _belongs(self, code: str) -> None:
        """A signed copy takes its paper's place in the dossier by its title."""
        if code and self._places[int(code)].title:
            self.title.setText(self._places[int(code)].title)


def guess(stem: str) -> str:
    """The kind of material a file's name speaks of; evidence when it says nothing."""
    said = stem.lower()
    return next((kind for kind, words in _GUESSES if any(word in said for word in words)), "evidence")
