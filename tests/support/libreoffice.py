"""DOCX files → PDF files as LibreOffice sets them, all in one call and without the user's own settings."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

TIMEOUT = 180
"""Seconds for a call; start and one letter take about two."""


def to_pdf(files: Sequence[Path], folder: Path, timeout: float = TIMEOUT) -> list[Path]:
    """Convert `files` into `folder` and return the PDFs in the same order.

    Raises RuntimeError if LibreOffice is missing, takes too long or leaves a file out, ValueError if two files would
    give PDFs of one name.
    """
    if doubles := [stem for stem, count in Counter(file.stem for file in files).items() if count > 1]:
        raise ValueError(f"two files of one name: {', '.join(doubles)}")
    if not files:
        return []
    program = shutil.which("soffice")
    if program is None:
        raise RuntimeError("LibreOffice is missing: `make test` installs it (apt-get install libreoffice-writer-nogui)")
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder.resolve() / f"{file.stem}.pdf" for file in files]
    for path in made:
        path.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        said = _run(program, files, folder.resolve(), Path(profile), timeout)
    if missing := [path.name for path in made if not path.exists()]:
        raise RuntimeError(f"LibreOffice did not make {', '.join(missing)}: {said}")
    return made


def _run(program: str, files: Sequence[Path], folder: Path, profile: Path, timeout: float) -> str:
    """Run LibreOffice and return what it said; it starts a program of its own, so the whole group ends with it."""
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile.resolve().as_uri()}"]
    command += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder)]
    command += [str(file.resolve()) for file in files]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "HOME": str(profile)},
        start_new_session=True,
    ) as process:
        try:
            return process.communicate(timeout=timeout)[0].strip()
        except subprocess.TimeoutExpired:
            raise RuntimeError(f"LibreOffice took more than {timeout} s for {len(files)} files") from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
