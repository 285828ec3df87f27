"""What a candidate no longer holds of the published release although nobody decided so.

Here belongs the one check that compares two releases. A contribution may be withdrawn, which leaves a tombstone, or
merged into another, which leaves an alias; one that is simply not there any more was lost by a program, a register or
captures that are not what they were. Not here: the checks that ask one release alone (`publish`).
"""

from pathlib import Path

from warehouse import release_folder
from warehouse.parquet import Written
from warehouse.publish import SHOWN, Failure

CHECK = "no_contribution_vanishes"
MOST = 0.25
"""The share of the published contributions that may be lost before the candidate is kept back."""
DEMAND = (
    "No contribution of the published release is missing unless it was withdrawn or merged; of more than a quarter of "
    "them somebody has to say that this is meant."
)


def vanished(written: Written, published: Path | None, *, accepted: bool) -> Failure | None:
    """The check's failure; None where nothing vanished.

    Args:
        written: the candidate.
        published: the published release's folder. One that is damaged counts as none: a rebuild mends it.
        accepted: somebody said that the losses are meant, so that it only warns.
    """
    if published is None or not written.is_new or not release_folder.is_sealed(published):
        return None
    changes = release_folder.changes_of(written.folder, written.release)
    lost = [(row.subject,) for row in changes if row.change == "lost"]
    if not lost:
        return None
    share = len(lost) / release_folder.row_count(published, "contributions")
    shown = tuple(lost[:SHOWN])
    return Failure(CHECK, DEMAND, ("contribution_id",), shown, accepted or share <= MOST, len(lost) - len(shown))
