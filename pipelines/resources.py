"""What assets are given: the home folder, and somebody to report to.

Here belong Dagster resources. Not here: what is done with them.
"""

import os
from collections.abc import Callable

import dagster as dg

from archive.home import Home
from pipelines.opened import OpenedHome


class HomeFolder(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The home folder that assets work on; by default the one of the environment, as on the command line."""

    folder: str = ""

    def open(self) -> OpenedHome:
        """The home, created where it is missing."""
        return OpenedHome(Home.at(self.folder or None, os.environ).prepare())


class Teller:
    """Passes what a step says to the command line that started the run; in the UI it goes to the run's log alone."""

    def __init__(self, say: Callable[[str], None] | None = None) -> None:
        self.say = say

    def for_run(self, log: dg.DagsterLogManager) -> Callable[[str], None]:
        """A function that tells both."""

        def tell(words: str) -> None:
            log.info(words)
            if self.say:
                self.say(words)

        return tell
