"""What people decided about contributions: corrections and withdrawals, as the files of a home say it.

Here belongs reading them together. Not here: what each of them does (`corrections`, `withdrawals`), minted ids
(`ids`), and what is registered of publishers (`archive.sources`).
"""

from dataclasses import dataclass, field
from pathlib import Path

from archive.discussion.corrections import Located
from archive.discussion.corrections import load as load_corrections
from archive.discussion.withdrawals import Withdrawals

WITHDRAWALS = Path("withdrawn") / "decisions.jsonl"
"""The ledger of withdrawals, in a home's `curation`."""


@dataclass(frozen=True)
class Curation:
    """Every correction, and every decision about a withdrawal."""

    corrections: tuple[Located, ...] = ()
    withdrawals: Withdrawals = field(default_factory=Withdrawals)

    @staticmethod
    def load(folder: Path) -> "Curation":
        """Read the files in `folder`, a home's `curation`.

        Raises:
            RoundtableError: `curation_invalid`, `curation_damaged`.
        """
        return Curation(load_corrections(folder / "corrections"), Withdrawals.load(folder / WITHDRAWALS))
