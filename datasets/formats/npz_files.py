"""Archives of arrays, ``.npz``, as NumPy writes them; arrays of objects in them are pickles, and are not read."""

from pathlib import Path

import numpy as np

from datasets.formats.errors import DataError
from datasets.formats.image_data import ImageData, as_pictures, check_fit, from_zero, labels_of, split_off, white_of
from datasets.formats.kinds import refuse_pickle
from language import _

# names under which people save them; small letters here, but any there
SPLIT_NAMES = [
    (("x_train", "y_train"), ("x_test", "y_test")),
    (("x_train", "t_train"), ("x_test", "t_test")),
    (("train_images", "train_labels"), ("test_images", "test_labels")),
    (("train_x", "train_y"), ("test_x", "test_y")),
]
NAMES = [("x", "y"), ("x", "t"), ("images", "labels"), ("data", "target"), ("data", "labels")]

Arrays = dict[str, np.ndarray]


def read_npz(path: Path) -> Arrays:
    """Read all arrays of an archive.

    Raises
    ------
    DataError
        When it is damaged, is another kind of zip archive, or holds a pickle.
    """
    from zipfile import BadZipFile, ZipFile  # here, because few need it

    try:
        with ZipFile(path) as archive:
            others = [name for name in archive.namelist() if not name.endswith(".npy")]
            if "xl/workbook.xml" in others:
                raise DataError(_("{path} is {what}", path=path, what=_("an Excel workbook: save the sheet as CSV")))
            if others or not archive.namelist():
                first = others[0] if others else _("nothing")
                raise DataError(
                    _(
                        "{path} is a zip archive with {first} in it: unpack it, and pass the folder",
                        path=path,
                        first=first,
                    )
                )
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (BadZipFile, EOFError) as error:
        raise DataError(_("{path} is not a whole .npz file: {error}", path=path, error=error)) from None
    except DataError:
        raise
    except Exception as error:  # a damaged archive raises whatever its first damaged part makes fail
        if "allow_pickle" in str(error):
            raise refuse_pickle(path, in_array=True) from None
        raise DataError(_("{path} is not a whole .npz file: {error}", path=path, error=error)) from None


def read_npy(path: Path) -> np.ndarray:
    """Read a single array, ``.npy``; errors as of :func:`read_npz`."""
    try:
        with open(path, "rb") as file:
            return np.load(file, allow_pickle=False)
    except Exception as error:
        if "allow_pickle" in str(error):
            raise refuse_pickle(path, in_array=True) from None
        raise DataError(_("{path} is not a whole .npy file: {error}", path=path, error=error)) from None


def read_npz_images(path: Path) -> ImageData:
    """Read images and labels from an archive such as Keras's ``mnist.npz``.

    It has ``x_train``, ``y_train``, ``x_test``, ``y_test``, or other names of the kind; without a test set, one is held
    out.
    """
    arrays = {name.lower(): array for name, array in read_npz(path).items()}
    for train, test in SPLIT_NAMES:
        if {*train, *test} <= arrays.keys():
            pairs = [read_pair(arrays, names, path) for names in (train, test)]
            (x_train, t_train, notes), (x_test, t_test, more) = pairs
            check_fit((x_train, t_train), (x_test, t_test), path)
            white, of_white = white_of(x_train, x_test)
            said = tuple(dict.fromkeys((*notes, *more, *of_white)))
            return from_zero(ImageData((x_train, t_train), (x_test, t_test), said, white))
    for names in NAMES:
        if set(names) <= arrays.keys():
            x, t, notes = read_pair(arrays, names, path)
            white, of_white = white_of(x)
            return from_zero(split_off(x, t, path)._replace(white=white).noting(*notes, *of_white))
    raise DataError(
        _(
            "{path}: expected the arrays x_train, y_train, x_test and y_test, got {found}",
            path=path,
            found=listed(arrays),
        )
    )


def read_pair(arrays: Arrays, names: tuple[str, str], path: Path) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Return images, labels, and what was done to the images."""
    x, t = (arrays[name] for name in names)
    if x.ndim == 0 or t.ndim == 0 or len(x) != len(t) or not len(x):
        raise DataError(
            _(
                "{path}: {x} and {t} should be of one length of at least 1, but are of shape {x_shape} and {t_shape}",
                path=path,
                x=names[0],
                t=names[1],
                x_shape=x.shape,
                t_shape=t.shape,
            )
        )
    images, notes = as_pictures(x, f"{path}, {names[0]}")
    return images, labels_of(t, f"{path}, {names[1]}"), notes


def listed(arrays: Arrays) -> str:
    """Return the arrays' names with their shapes, in a line."""
    return ", ".join(f"{name} {array.shape}" for name, array in list(arrays.items())[:20]) or _("none")
