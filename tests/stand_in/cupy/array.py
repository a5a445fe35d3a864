"""The array."""

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from .functions import FUNCTIONS, METHODS, OF_METHODS, UFUNCS, key_of

REFUSAL = (
    "Implicit conversion to a NumPy array is not allowed. Please use `.get()` to construct a NumPy array explicitly."
)
NUMBERS = (bool, int, float, complex, np.generic)


class waits:
    """How often a value was read."""

    count = 0


def asarray(a, dtype=None, order=None):
    """Return an array of this kind, with a copy of NumPy's values."""
    if isinstance(a, ndarray):
        return a if dtype is None else a.astype(dtype, copy=False)
    return ndarray.holding(np.array(a, dtype, order=order or "K"))


def asnumpy(a):
    """Return NumPy's array of the same values."""
    return a.get() if isinstance(a, ndarray) else np.asarray(a)


def unwrapped(x):
    """Return what NumPy computes with; raise CuPy's error for an array of NumPy's."""
    if isinstance(x, ndarray):
        return x._values
    if isinstance(x, (list, tuple)):
        return type(x)(map(unwrapped, x))
    if isinstance(x, np.ndarray):
        raise TypeError("Unsupported type <class 'numpy.ndarray'>")
    return x


def wrapped(result):
    """Return NumPy's result as arrays of this kind; a number becomes an array without axes."""
    if isinstance(result, (np.ndarray, np.generic)):
        return ndarray.holding(np.asarray(result))
    return tuple(map(wrapped, result)) if isinstance(result, tuple) else result


class Flags:
    """What is known of an array's memory; whether it can be written to is not."""

    def __init__(self, flags):
        self.c_contiguous, self.f_contiguous, self.owndata = flags.c_contiguous, flags.f_contiguous, flags.owndata


class ndarray(NDArrayOperatorsMixin):
    """An array in the memory of a GPU, as far as a program can tell."""

    __slots__ = ("_values",)
    __array_priority__ = 100
    __hash__ = None

    @classmethod
    def holding(cls, values):
        """Return an array with these values, which it shares."""
        array = object.__new__(cls)
        array._values = values
        return array

    # NumPy's protocols

    def __array__(self, dtype=None, copy=None):
        raise TypeError(REFUSAL)

    @property
    def __cuda_array_interface__(self):
        return {"shape": self.shape, "typestr": self.dtype.str, "version": 3}

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        if ufunc.__name__ not in UFUNCS or set(kwargs) - {"out", "dtype", "casting", "where"}:
            return NotImplemented
        if not all(isinstance(x, (ndarray, np.ndarray, *NUMBERS)) for x in inputs):
            return NotImplemented
        out = kwargs.pop("out", ())
        result = getattr(ufunc, method)(
            *map(unwrapped, inputs),
            **{name: unwrapped(value) for name, value in kwargs.items()},
            **({"out": tuple(map(unwrapped, out))} if out else {}),
        )
        return out[0] if out else wrapped(result)

    def __array_function__(self, func, types, args, kwargs):
        signature = FUNCTIONS.get(key_of(func))
        if signature is None or not all(issubclass(kind, (ndarray, np.ndarray)) for kind in types):
            return NotImplemented
        given = signature.bind(*args, **kwargs).arguments
        if given.get("subok") is not None:
            raise TypeError("subok is not supported yet")
        return wrapped(func(*map(unwrapped, args), **{name: unwrapped(value) for name, value in kwargs.items()}))

    # Reading a value: a program waits for it

    def get(self, stream=None, order="C", out=None, blocking=True):
        """Return NumPy's array of the same values."""
        waits.count += 1
        return np.array(self._values, order=order)

    def item(self):
        """Return the only value."""
        return self.get().item()

    def tolist(self):
        """Return the values in lists."""
        return self.get().tolist()

    def __bool__(self):
        return bool(self.get())

    def __int__(self):
        return int(self.get())

    def __float__(self):
        return float(self.get())

    def __repr__(self):
        return repr(self.get())

    def __format__(self, spec):
        return format(self.get(), spec)

    # What does not look at values

    def __len__(self):
        if not self.ndim:
            raise TypeError("len() of unsized object")
        return len(self._values)

    def __iter__(self):
        if not self.ndim:
            raise TypeError("iteration over a 0-d array")
        return (self[i] for i in range(len(self)))

    def __getitem__(self, key):
        return wrapped(self._values[index(key)])

    def __setitem__(self, key, value):
        self._values[index(key)] = unwrapped(value)

    def __copy__(self):
        return self.copy()

    def __deepcopy__(self, _):
        return self.copy()

    def __reduce__(self):
        return asarray, (self.get("A"),)

    def set(self, arr, stream=None):
        """Take over the values of an array of NumPy's, of the same shape and dtype."""
        if not isinstance(arr, np.ndarray) or arr.dtype != self.dtype or arr.shape != self.shape:
            raise TypeError("Only numpy.ndarray can be set to cupy.ndarray")
        self._values[...] = arr

    @property
    def T(self):
        """The transposed array."""
        return wrapped(self._values.T)

    @property
    def flags(self):
        """What is known of the memory."""
        return Flags(self._values.flags)


def index(key):
    """Return an index as NumPy takes it; one of CuPy's may hold arrays of either kind."""
    if isinstance(key, tuple):
        return tuple(map(index, key))
    return key._values if isinstance(key, ndarray) else key


def attribute(name):
    """Return a property that is what it is of NumPy's array."""
    return property(lambda self: getattr(self._values, name))


def method(name):
    """Return a method that is NumPy's, with the arguments that CuPy's has."""

    def called(self, *args, **named):
        given = OF_METHODS[name].bind(*args, **named).arguments
        if given.pop("subok", None) is not None:
            raise TypeError("subok is not supported yet")
        named = {key: unwrapped(value) for key, value in named.items() if key != "subok" and value is not None}
        result = getattr(self._values, name)(*map(unwrapped, args), **named)
        if name == "astype" and result is self._values:
            return self  # as it was wanted: no copy
        return wrapped(result)

    return called


for each in ("shape", "dtype", "ndim", "size", "itemsize", "nbytes", "strides"):
    setattr(ndarray, each, attribute(each))
for each in OF_METHODS:
    assert each in METHODS, each
    setattr(ndarray, each, method(each))
ndarray.__module__ = "cupy"
