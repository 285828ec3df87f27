"""How much memory a process took at most."""

from pathlib import Path

MOST_GROWTH = 256 * 1024 * 1024
"""Bytes by which the peak may grow, whatever a server does."""


def peak() -> int:
    """Bytes that this process has held at most.

    From /proc, and not from getrusage: what that tells begins with what the parent had when it started this process.
    """
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
