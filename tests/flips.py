"""Flipped bits and cuts: how the tests damage files, and how many flips they try."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

FLIPS = int(os.environ.get("ROUNDTABLE_FLIPS") or 300)
"""How many random flips one test tries; a soak sets ROUNDTABLE_FLIPS=10000."""


def flips(paths: list[Path], number: int = FLIPS) -> Iterator[tuple[Path, int]]:
    """Flip one random bit in one of the files at a time, and give the file and the byte; it is put back afterwards."""
    choose = random.Random(number)
    contents = {path: path.read_bytes() for path in paths}
    weights = [len(content) for content in contents.values()]
    for _ in range(number):
        (path,) = choose.choices(paths, weights)
        damaged = bytearray(contents[path])
        place = choose.randrange(len(damaged))
        damaged[place] ^= 1 << choose.randrange(8)
        path.write_bytes(damaged)
        yield path, place
        path.write_bytes(contents[path])


def missed_flips(paths: list[Path], sees: Callable[[Path], bool], number: int = FLIPS) -> list[tuple[str, int]]:
    """The flips that `sees`, told the file, did not see."""
    return [(path.name, place) for path, place in flips(paths, number) if not sees(path)]


def missed_cuts(path: Path, sees: Callable[[Path], bool]) -> list[int]:
    """The lengths at which a cut of the file was not seen; every one from nothing to one byte less is tried."""
    content = path.read_bytes()
    missed = []
    for length in range(len(content)):
        path.write_bytes(content[:length])
        if not sees(path):
            missed.append(length)
    path.write_bytes(content)
    return missed
