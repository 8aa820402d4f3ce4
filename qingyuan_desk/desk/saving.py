"""Writing a file a person asked for."""

from __future__ import annotations

from PySide6.QtCore import QIODevice, QSaveFile

from qingyuan_desk.domain.errors import Unavailable


def save(path: str, content: bytes) -> None:
    """Write all of it, or the old file stays. Raises Unavailable (QY-132)."""
    file = QSaveFile(path)
    written = (
        file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == len(content) and file.commit()
    )
    if not written:
        raise Unavailable("QY-132", path=path, cause=file.errorString())
