"""A process that renders references: JSON lines in, JSON lines out, in the same order.

Run as `python -m archive.citation.worker` by `rendering`, which shares the work out. A program of its own rather than
a fork or a copy of the caller: that one may have threads, and need not be importable.
"""

import json
import sys

from archive.citation.rendering import in_all_styles


def main() -> None:
    """Render every line of the standard input."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(in_all_styles(line.rstrip("\n"))) + "\n")


if __name__ == "__main__":
    main()
