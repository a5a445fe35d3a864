"""The stand-in is as strict as CuPy: what it lets pass, CuPy does too."""

import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest

REFUSED = "Implicit conversion to a NumPy array is not allowed"


@pytest.fixture
def x(cupy):
    return cupy.asarray(np.arange(6.0).reshape(2, 3))


@pytest.mark.parametrize("convert", [np.asarray, np.array, np.ascontiguousarray, np.asfortranarray])
def test_it_is_never_converted_by_itself(x, convert):
    with pytest.raises(TypeError, match=REFUSED):
        convert(x)


@pytest.mark.parametrize(
    "mix",
    [
        lambda x, y: x + y,
        lambda x, y: y + x,
        lambda x, y: np.maximum(x, y),
        lambda x, y: x @ y.T,
        lambda x, y: np.multiply(x, 2.0, out=y),
        lambda x, y: np.concatenate([x, y]),
        lambda x, y: np.where(x > 0, x, y),
    ],
)
def test_an_array_of_numpys_is_refused_beside_its_own(x, mix):
    with pytest.raises(TypeError, match="Unsupported type"):
        mix(x, np.ones((2, 3)))


def test_an_array_of_numpys_cannot_be_written_into_it(x):
    with pytest.raises(TypeError):
        x[0] = np.ones(3)


def test_numbers_are_fine_beside_it(x):
    np.testing.assert_array_equal((np.float32(2) * x + 1).get(), 2 * np.arange(6.0).reshape(2, 3) + 1)


def test_a_reduction_gives_an_array_without_axes_and_reading_it_is_counted(cupy, x):
    total, before = x.sum(), cupy.waits.count
    assert type(total) is cupy.ndarray
    assert total.shape == ()
    assert cupy.waits.count == before
    assert (float(total), int(total), bool(total), total.item()) == (15.0, 15, True, 15.0)
    assert cupy.waits.count == before + 4


def test_what_cupy_does_not_have_is_refused(x):
    with pytest.raises(TypeError, match=r"no implementation found for 'numpy\.geomspace'"):
        np.geomspace(x, x)
    with pytest.raises(TypeError, match="all returned NotImplemented"):
        np.exp(x, order="F")
    with pytest.raises(TypeError, match="unexpected keyword argument 'initial'"):
        x.max(initial=0)
    with pytest.raises(TypeError, match="subok is not supported yet"):
        np.zeros_like(x, subok=False)
    with pytest.raises(TypeError, match="unexpected keyword argument 'where'"):
        np.sum(x, where=True)
    assert not hasattr(x.flags, "writeable")
    assert not hasattr(x, "__array_interface__")
    assert not hasattr(x, "ctypes")


def test_in_place_operations_and_out_change_it(cupy, x):
    view = x[:, 1:]
    view += 1
    np.maximum(x, 2.0, out=x)
    x[0] = 7
    x[cupy.asarray(np.array([1])), 0] = 9
    np.testing.assert_array_equal(x.get(), [[7, 7, 7], [9, 5, 6]])


@pytest.mark.exhaustive
def test_its_list_of_functions_is_the_one_of_the_installed_cupy(root, tmp_path):
    if find_spec("cupy") is None:
        pytest.skip("CuPy is not installed (pip install cupy-cuda12x; it needs no GPU for this)")
    import cupy

    listed = root / "tests" / "stand_in" / "protocols.txt"
    if f"# CuPy {cupy.__version__}, NumPy {np.__version__}" != listed.read_text().splitlines()[0]:
        pytest.skip("the list is that of other versions of CuPy and NumPy")
    script = tmp_path / "made_from_cupy.py"
    script.write_text((root / "tests" / "stand_in" / "made_from_cupy.py").read_text())
    subprocess.run([sys.executable, str(script)], check=True, cwd=tmp_path)
    assert (tmp_path / "protocols.txt").read_text() == listed.read_text()
