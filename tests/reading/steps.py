"""How many steps a module takes: what grows with the square shows in the count, on any machine."""

import sys
from collections.abc import Callable
from types import FrameType, ModuleType


def steps(action: Callable[[], object], module: ModuleType) -> int:
    """Lines of `module` that are run while `action` is."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += frame.f_code.co_filename == module.__file__
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count
