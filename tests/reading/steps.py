"""How many steps a module takes: what grows with the square shows in the count, on any machine."""

import sys
from collections.abc import Callable
from types import FrameType, ModuleType


def steps(action: Callable[[], object], *modules: ModuleType) -> int:
    """Lines of `modules` that are run while `action` is."""
    count = 0
    files = {module.__file__ for module in modules}

    def trace(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += frame.f_code.co_filename in files
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count
