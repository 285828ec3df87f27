"""A process that works for another: tasks come through a pipe, and what was made of each goes back, in the same order.

Run as `python -m archive.discussion.worker NUMBER`, the number of the pipe's end, by `several`, which shares the work
out. It ends when the pipe does.
"""

import pickle
import signal
import sys
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread


def main(number: int) -> None:
    """Work off what comes."""
    # An interruption is for the first process; this one sees its pipe end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe = Connection(number)
    # Taken in beside the work: whoever sends must not wait while this process waits for its results to be taken.
    coming: SimpleQueue[bytes | None] = SimpleQueue()
    Thread(target=_take_in, args=(pipe, coming), daemon=True).start()
    first = coming.get()
    if first is None:
        return
    work, common = pickle.loads(first)  # noqa: S301 - what our own process sent
    while (task := coming.get()) is not None:
        result = work(common, pickle.loads(task))  # noqa: S301 - as above
        try:
            pipe.send_bytes(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
        except OSError:
            return


def _take_in(pipe: Connection, coming: "SimpleQueue[bytes | None]") -> None:
    try:
        while True:
            coming.put(pipe.recv_bytes())
    except (EOFError, OSError):
        coming.put(None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
