"""Writing a file so that the old one survives whatever goes wrong: temporary name, sync, rename."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from qingyuan_desk.domain.errors import Unavailable, cause_in_words


def write_atomically(path: Path, content: bytes) -> None:
    """Write a whole file or leave the old one as it was. Raises Unavailable with the reason."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    except OSError as error:
        raise Unavailable("QY-132", path=path, cause=cause_in_words(error)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise Unavailable("QY-132", path=path, cause=cause_in_words(error)) from error
