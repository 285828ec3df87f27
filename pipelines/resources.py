"""What assets are given: the home folder, and somebody to report to.

Here belong Dagster resources. Not here: what is done with them.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import dagster as dg
from pydantic import PrivateAttr

from archive.codes import Outcome
from archive.home import Home
from pipelines import dead_runs
from pipelines.opened import OpenedHome


class HomeFolder(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The home folder that assets work on; by default the one of the environment, as on the command line.

    The home's lock is taken by the first asset of a run that works on it and held to the end of the run, so that
    nothing comes in between two assets.
    """

    folder: str = ""
    _held: ExitStack = PrivateAttr(default_factory=ExitStack)
    _opened: OpenedHome | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["HomeFolder"]:
        """Mark the run with its process, and let go of the home when the run has ended."""
        if context.run and context.instance and dead_runs.PROCESS not in context.run.tags:
            context.instance.add_run_tags(context.run.run_id, {dead_runs.PROCESS: dead_runs.this_process()})
        with self._held:
            yield self
        self._opened = None

    def at(self) -> Home:
        """The home as it is; nothing is created and nothing locked."""
        return Home.at(self.folder or None, os.environ)

    def work(self) -> OpenedHome:
        """The home, created where it is missing, for this run alone.

        Raises:
            RoundtableError: `home_busy`, `home_newer`, `home_not_writable`.
        """
        if self._opened is None:
            home = self.at().prepare()
            self._held.enter_context(home.writing())
            self._opened = OpenedHome(home)
        return self._opened


class Teller:
    """Passes what a step says to the command line that started the run; in the UI it goes to the run's log alone."""

    def __init__(self, say: Callable[[str], None] | None = None) -> None:
        self.say = say

    def for_run(self, log: dg.DagsterLogManager) -> Callable[[str], None]:
        """A function that tells both; that a page is unchanged only the terminal is told.

        Each line of a run's log is a row in Dagster's storage, and the run's metadata count the unchanged.
        """

        def tell(words: str) -> None:
            if not words.startswith(f"{Outcome.UNCHANGED} "):
                log.info(words)
            if self.say:
                self.say(words)

        return tell
