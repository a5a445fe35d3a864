"""CuPy's stand-in in CuPy's place."""

import sys
from importlib import import_module

import pytest


@pytest.fixture(scope="session")
def stand_in(root):
    """The modules of the stand-in by name; none of them stays where others would find it."""
    theirs = {name: sys.modules.pop(name) for name in list(sys.modules) if is_cupy(name)}
    sys.path.insert(0, str(root / "tests" / "stand_in"))
    try:
        import_module("cupy")
        return {name: sys.modules.pop(name) for name in list(sys.modules) if is_cupy(name)}
    finally:
        sys.path.remove(str(root / "tests" / "stand_in"))
        sys.modules.update(theirs)


@pytest.fixture
def cupy(stand_in, monkeypatch):
    for name, module in stand_in.items():
        monkeypatch.setitem(sys.modules, name, module)
    return stand_in["cupy"]


@pytest.fixture
def waits(cupy):
    """How often somebody has waited for the GPU in a test so far."""
    before = cupy.waits.count
    return lambda: cupy.waits.count - before


def is_cupy(name):
    return name.partition(".")[0] == "cupy"
