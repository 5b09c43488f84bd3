"""Path → kind of file system it lies on, and whether SQLite's locks can be trusted there."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|coda|davfs2?|webdav|vboxsf|vmhgfs|prl_fs"
    r"|fuse\.(sshfs|rclone|gvfsd-fuse|davfs2?|s3fs|smbnetfs|vmhgfs-fuse|onedriver|google-drive-ocamlfuse)"
)
"""File systems whose other end is another machine: their locks do not hold, or not for everybody (sqlite.org/faq.html
question 5). Shared folders of a virtual machine belong to them."""


def is_network(kind: str) -> bool:
    """Return whether a file system of this kind lies on another machine."""
    return bool(NETWORK.fullmatch(kind))


def filesystem_of(path: Path) -> str:
    """Return the kind of file system `path` lies on, in Linux's words; empty where this cannot be told."""
    if sys.platform == "win32":
        return _windows_kind(path)
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    return kind_by_mounts(os.path.realpath(path), mounts)


def kind_by_mounts(path: str, mounts: str) -> str:
    """Return the kind of the file system that `mounts` (text of /proc/mounts) says the absolute `path` lies on."""
    rows = [line.split(" ") for line in mounts.splitlines()]
    points = [(_unescaped(row[1]), row[2]) for row in rows if len(row) > 2]
    holding = [(len(point), spot, kind) for spot, (point, kind) in enumerate(points) if _holds(point, path)]
    return max(holding, default=(0, 0, ""))[2]


def _holds(point: str, path: str) -> bool:
    return path == point or path.startswith(point.rstrip("/") + "/")


def _unescaped(text: str) -> str:
    r"""Return a mount point with its `\040` (blank) and the like as characters."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def _windows_kind(path: Path) -> str:
    """Return `smbfs` for a path on another machine, whether written with its name or as a mapped drive."""
    if sys.platform != "win32":
        return ""
    import ctypes

    remote = 4  # DRIVE_REMOTE of GetDriveTypeW
    drive = os.path.splitdrive(os.path.realpath(path))[0] + "\\"
    return "smbfs" if drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive) == remote else ""
