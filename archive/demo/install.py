"""Making the demonstration known to a home.

Here belongs putting the invented publisher's folder into the home's register, where any publisher may be added, and
beside it what was decided about its people.
"""

from pathlib import Path

from archive.durable import write_bytes

SOURCE = Path(__file__).parent / "source" / "lamplighter"


AUTHORITY = Path(__file__).parent / "authority.toml"


def install(curation: Path) -> str:
    """Copy the publisher's folder and the decisions into a home's `curation`, where they differ; the source's name."""
    files = {path: curation / "register" / SOURCE.name / path.relative_to(SOURCE) for path in SOURCE.rglob("*.toml")}
    files[AUTHORITY] = curation / "authority" / f"{SOURCE.name}.toml"
    for path, target in sorted(files.items()):
        content = path.read_bytes()
        if not target.exists() or target.read_bytes() != content:
            write_bytes(target, content)
    return SOURCE.name
