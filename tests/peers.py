"""Programs of others that ours are held against. Each is installed apart from the project, and named by a variable."""

import os
import shutil

import pytest


def peer(variable: str, program: str, package: str) -> str:
    """The program that `variable` names, else the one on the PATH; without it the test skips, and in CI it fails."""
    found = os.environ.get(variable) or shutil.which(program)
    if not found:
        if os.environ.get("ROUNDTABLE_CI"):
            pytest.fail(f"CI installs {package} before the tests, and {program} is not there")
        pytest.skip(f"{program} is not installed here (pip install {package}; or name it: {variable})")
    return found
