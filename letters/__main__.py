"""The console command, and ``python -m letters`` → the commands, loaded such that even the first Ctrl-C is quiet."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Load the commands and run the one on the command line."""
    try:
        from letters.cli import main as run
    except KeyboardInterrupt:  # nothing has begun, not even what could say so
        forget_interrupt()
        sys.exit(INTERRUPTED)
    run()


def forget_interrupt() -> None:
    """Have Python end with our exit code: once Ctrl-C met it inside an `exec`, it would end by the signal instead."""
    exec("")  # a new `exec` is what clears CPython's note of the old one


if __name__ == "__main__":
    main()
