"""What all assets share: their owners, how an error that a person can mend fails one, and what is told of a file.

Here belongs what every module of assets would otherwise say again. Not here: any asset.
"""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg

from archive.codes import Code, RoundtableError, disk_error

# Dagster warns of each use of what it may still change; its version is pinned.
warnings.simplefilter("ignore", dg.BetaWarning)

OWNERS = ["team:archivists"]
ANEW = "Assemble even where captures, curation and program are what the published release was made of."
_PASSING = frozenset((Code.HOME_BUSY,))
"""What goes away by itself, so that trying again makes sense; bad data never does."""


@contextmanager
def mendable() -> Iterator[None]:
    """Fail the asset with the one line that says what to do; anything else is a bug and keeps its traceback."""
    try:
        yield
    except RoundtableError as error:
        raise _failure(error) from error
    except OSError as error:
        ours = disk_error(error)
        ours.__cause__ = error
        raise _failure(ours) from ours


def last_told(context: dg.AssetExecutionContext, names: Iterable[str]) -> dict[str, dg.MetadataValue[Any]]:
    """Those of the metadata `names` that the asset's last materialization has; nothing where Dagster forgot it."""
    event = context.instance.get_latest_materialization_event(context.asset_key)
    known = event.asset_materialization.metadata if event and event.asset_materialization else {}
    return {name: known[name] for name in names if name in known}


def _failure(error: RoundtableError) -> dg.Failure:
    return dg.Failure(str(error), metadata={"code": str(error.code)}, allow_retries=error.code in _PASSING)
