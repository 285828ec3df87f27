"""Making the demonstration known to a home.

Here belongs putting the invented publisher's folder into the home's register, where any publisher may be added.
"""

from pathlib import Path

from archive.durable import write_bytes

SOURCE = Path(__file__).parent / "source" / "lamplighter"


def install(register: Path) -> str:
    """Copy the publisher's folder into `register`, where it differs, and return the source's name."""
    for path in sorted(SOURCE.rglob("*.toml")):
        target = register / SOURCE.name / path.relative_to(SOURCE)
        content = path.read_bytes()
        if not target.exists() or target.read_bytes() != content:
            write_bytes(target, content)
    return SOURCE.name
