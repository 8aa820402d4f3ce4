"""Asking where a file goes."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(parent: QWidget, title: str, offered: str | Path, kinds: str) -> Path | None:
    """Where to write a file; None: nowhere. kinds: as Qt writes them, such as “PDF (*.pdf)”.

    A name without one of their endings gets the first; where that is another file, the dialog asks about that one.
    """
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(offered), kinds)
    if not chosen:
        return None
    path, endings = Path(chosen), re.findall(r"\*(\.\w+)", kinds)
    if path.suffix.lower() in endings:
        return path
    path = path.with_name(path.name + endings[0])
    return ask_where(parent, title, path, kinds) if path.exists() else path
