"""What kind of disk a folder is on, and making sure that a new name in it stays."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path

#: File systems that other machines share; SQLite's locks and shared memory do not hold on them.
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|ceph|lustre|(fuse\.)?(sshfs|glusterfs|davfs2?|rclone|s3fs|smbnetfs|gvfsd-fuse)"
)
_MOUNTS = Path("/proc/self/mounts")
#: GetDriveTypeW: a network drive.
_DRIVE_REMOTE = 4


def network_kind(folder: Path) -> str:
    """The kind of network file system a folder lies on (nfs4, cifs …), or ""."""
    whole = folder.resolve()
    if sys.platform == "win32":
        return _network_drive(whole)
    if not _MOUNTS.exists():
        return ""
    kind = mounted_kind(whole, _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"))
    return kind if _NETWORK.fullmatch(kind) else ""


def mounted_kind(folder: Path, mounts: str) -> str:
    """The file system of the innermost mount a folder lies on, by the lines of /proc/self/mounts."""
    innermost, kind = -1, ""
    for line in mounts.splitlines():
        place, found = line.split(" ")[1:3]
        point = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), place))
        # A later mount covers an earlier one at the same place.
        if folder.is_relative_to(point) and len(point.parts) >= innermost:
            innermost, kind = len(point.parts), found
    return kind


def sync_folder(folder: Path) -> None:
    """Make a new name in the folder survive a power cut; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some sticks and shares have no such call for folders.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


if sys.platform == "win32":

    def _network_drive(folder: Path) -> str:
        import ctypes

        remote = ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") == _DRIVE_REMOTE
        return folder.drive if remote or folder.drive.startswith("\\\\") else ""
