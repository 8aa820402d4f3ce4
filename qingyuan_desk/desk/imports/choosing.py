"""The first step of a file: which one, where its rows come from, which column is what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QToolButton, QWidget

from qingyuan_desk.desk import theme
from qingyuan_desk.desk.imports.run import CASES, REPORTS, VISITS, Job
from qingyuan_desk.desk.imports.steps import Step
from qingyuan_desk.desk.widgets.choice import ChoiceBox, Option
from qingyuan_desk.desk.widgets.labels import Elided, label
from qingyuan_desk.domain.reference import Reference

_SHEETS = "电子表格 (*.xlsx *.csv *.txt *.tsv);;所有文件 (*)"
_MAPPINGS = "对照文件 (*.toml *.json)"
#: Sources of rows that name none: what each kind of file starts with.
_USUAL = {VISITS: "walk_in", REPORTS: "township_report", CASES: "walk_in"}
_NO_FILE, _NO_MAPPING = "还没有选。也可以把表格拖到这一页。", "不用"


class ChoosingStep(Step):
    """`job`: everything that was chosen."""

    changed = Signal()

    def __init__(self, reference: Reference) -> None:
        super().__init__(1, "选文件")
        self._job = Job(source=_USUAL[VISITS])
        self._choose = QPushButton("选择文件 Ctrl+O")
        self._choose.setObjectName("imports.choose")
        self._choose.clicked.connect(lambda _=False: self.ask_for_file())
        self._file = Elided(_NO_FILE, "second")
        self._file.setObjectName("imports.file")
        self.source = ChoiceBox("imports.source")
        self.source.set_options(Option(each.code, each.name) for each in reference.sources)
        self.source.set_code(self._job.source)
        self.source.setMinimumWidth(theme.px(132))
        self.source.chosen.connect(self._choose_source)
        self._choose_mapping = QPushButton("对照文件")
        self._choose_mapping.setObjectName("imports.mapping")
        self._choose_mapping.setToolTip("表头认不出时用：哪一项 = 哪一列（TOML 或 JSON）")
        self._choose_mapping.clicked.connect(lambda _=False: self._ask_for_mapping())
        self._mapping = Elided(_NO_MAPPING, "second")
        self._mapping.setObjectName("imports.mapping_file")
        self._no_mapping = QToolButton()
        self._no_mapping.setObjectName("imports.no_mapping")
        self._no_mapping.setAccessibleName("不用对照文件")
        self._no_mapping.setIcon(theme.icon("close"))
        self._no_mapping.clicked.connect(lambda: self.set_mapping(None))
        self._no_mapping.hide()
        self._lay_out()

    @property
    def job(self) -> Job:
        """What is to be imported and how."""
        return self._job

    @property
    def first_stop(self) -> QWidget:
        """Where the keyboard begins."""
        return self._choose

    @property
    def unknown_source(self) -> str:
        """What was written as a source that is none; "" when all is well."""
        return "" if self.source.code else self.source.currentText().strip() or "（空）"

    def set_kind(self, kind: str) -> None:
        """Visits, reports, or cases; reports all come from the grass roots."""
        if kind != self._job.kind:
            self.source.set_code(_USUAL[kind])
            self._change(replace(self._job, kind=kind, source=_USUAL[kind]))
        self.source.setEnabled(kind != REPORTS)

    def set_file(self, path: Path) -> None:
        """This file."""
        self._file.say(path.name)
        self._file.setProperty("role", "strong")
        self._file.style().polish(self._file)
        self._change(replace(self._job, path=path))

    def set_mapping(self, path: Path | None) -> None:
        """Columns by this file; None: by their headers alone."""
        self._mapping.say(path.name if path else _NO_MAPPING)
        self._no_mapping.setVisible(path is not None)
        self._change(replace(self._job, mapping=path))

    def ask_for_file(self) -> None:
        """Let the person choose."""
        path, _ = QFileDialog.getOpenFileName(self, "选择要导入的表格", self._folder(), _SHEETS)
        if path:
            self.set_file(Path(path))

    def allow(self, allowed: bool) -> None:
        """Whether anything can be chosen now."""
        for part in (self._choose, self._choose_mapping, self._no_mapping):
            part.setEnabled(allowed)
        self.source.setEnabled(allowed and self._job.kind != REPORTS)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(theme.px(8))
            self.body.addLayout(row)
        self.body.addStretch(1)
        first.addWidget(self._choose)
        first.addWidget(self._file, 1)
        caption = label("来源", "field")
        caption.setBuddy(self.source)
        self.source.setAccessibleName("来源")
        second.addWidget(caption)
        second.addWidget(self.source)
        second.addSpacing(theme.px(8))
        second.addWidget(self._choose_mapping)
        second.addWidget(self._mapping, 1)
        second.addWidget(self._no_mapping)

    def _ask_for_mapping(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "选择对照文件", self._folder(), _MAPPINGS)
        if path:
            self.set_mapping(Path(path))

    def _folder(self) -> str:
        return str(self._job.path.parent) if self._job.path else ""

    def _choose_source(self, code: str) -> None:
        self._change(replace(self._job, source=code))

    def _change(self, job: Job) -> None:
        if job != self._job:
            self._job = job
            self.changed.emit()
