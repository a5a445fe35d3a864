"""A folder of pictures by class: ``train/3/any.png`` and ``test/3/any.png``, or only ``3/any.png``.

The names of the folders are those of the classes. Pictures are PNG or JPEG, all of one size, grey or in colour.
"""

from pathlib import Path
from typing import Any

import numpy as np

from datasets.arrange import Pair
from datasets.formats.errors import DataError
from datasets.formats.image_data import ImageData, in_grey, size_of, split_off, white_of
from datasets.formats.kinds import PICTURES
from datasets.formats.parts import TEST, TRAIN, part_of
from language import N_, _, ngettext

SUFFIXES = {".png", ".jpg", ".jpeg"}
LEFT_BY_SYSTEMS = {"thumbs.db", "desktop.ini"}
MOST_CLASSES = 256  # a label is a byte
MOST_PIXELS = 1 << 24  # of a picture, as Pillow has a limit for JPEG

SIZES = N_("{path} is {size} pixels, the pictures before it {expected}; all must be of one size")

Files = list[tuple[Path, int]]  # of pictures, with their labels


def subfolders(folder: Path) -> list[Path]:
    """Return the folders in a folder, in the order of their names: numbers by their value."""
    found = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))]
    numbers = all(path.name.isdecimal() for path in found)
    return sorted(found, key=lambda path: (int(path.name), path.name) if numbers else (0, path.name))


def find_class_folders(folder: Path) -> dict[str | None, Path] | None:
    """Return the folders of the parts, or the folder itself for None, where there are pictures; else None."""
    inner = subfolders(folder)
    parts: dict[str | None, Path] = {}
    for path in inner:
        part = part_of(path.name)
        if part.part is not None and not part.prefix and any(map(has_pictures, subfolders(path))):
            parts.setdefault(part.part, path)
    if parts:
        return parts
    return {None: folder} if any(map(has_pictures, inner)) else None


def has_pictures(folder: Path) -> bool:
    """Return whether there is a picture directly in a folder, by its name."""
    return any(path.suffix.lower() in SUFFIXES for path in folder.iterdir())


def read_class_folders(parts: dict[str | None, Path]) -> ImageData:
    """Read the pictures of each part, or hold a test set out of them where there is one part only."""
    main = parts.get(None) or parts.get(TRAIN)
    if main is None:
        raise DataError(
            _("{folder}: there are pictures for the test, but none in a folder called train", folder=parts[TEST].parent)
        )
    names = class_names(main)
    (x, t), notes = read_part(main, names, None)
    if TEST in parts:
        (x_test, t_test), more = read_part(parts[TEST], names, x.shape[1:])
        white, of_white = white_of(x, x_test)
        data = ImageData((x, t), (x_test, t_test), (*notes, *more, *of_white), white, names)
    else:
        white, of_white = white_of(x)
        data = split_off(x, t, main)._replace(white=white, class_names=names).noting(*notes, *of_white)
    if names == tuple(map(str, range(len(names)))):
        return data
    shown = ", ".join(f"{label} = {name}" for label, name in enumerate(names[:30]))
    return data.noting(
        _("the labels stand for the folders: {shown}", shown=shown + (", ..." if len(names) > 30 else ""))
    )


def class_names(folder: Path) -> tuple[str, ...]:
    """Return the classes, which are the folders, in their order."""
    names = tuple(path.name for path in subfolders(folder))
    if not 2 <= len(names) <= MOST_CLASSES:
        raise DataError(
            _(
                "{folder}: expected 2 to {most} folders, one a class, got {count}: {names}",
                folder=folder,
                most=MOST_CLASSES,
                count=len(names),
                names=", ".join(names[:5]),
            )
        )
    return names


def read_part(folder: Path, names: tuple[str, ...], shape: Any) -> tuple[Pair, tuple[str, ...]]:
    """Read the pictures of a part; ``shape`` is that of the other part's, where that has been read."""
    unknown = [path for path in subfolders(folder) if path.name not in names]
    if unknown:
        raise DataError(
            _(
                "{folder} is no class of the training pictures, which are {names}",
                folder=unknown[0],
                names=", ".join(names[:30]),
            )
        )
    files, left_out = list_pictures(folder, names)
    x = read_pictures(files, shape)
    notes: tuple[str, ...] = ()
    if left_out:
        text = ngettext(
            "{count} file is no picture and left out: {first}",
            "{count} files are no pictures and left out, such as {first}",
            len(left_out),
            first=left_out[0],
        )
        notes = (text,)
    return (x, np.array([label for _path, label in files], np.uint8)), notes


def list_pictures(folder: Path, names: tuple[str, ...]) -> tuple[Files, list[Path]]:
    """Return the pictures in the folders of the classes, in the order of their names, and the other files."""
    files: Files = []
    left_out = []
    for label, name in enumerate(names):
        before = len(files)
        for path in sorted((folder / name).iterdir()) if (folder / name).is_dir() else ():
            if path.name.startswith(".") or path.name.lower() in LEFT_BY_SYSTEMS:
                continue
            if path.is_file() and (path.suffix.lower() in SUFFIXES or picture_kind(path)):
                files.append((path, label))
            else:
                left_out.append(path)
        if len(files) == before and (folder / name).is_dir():
            raise DataError(_("{folder}: there is no picture in it; a class has one at least", folder=folder / name))
    return files, left_out


def read_pictures(files: Files, shape: Any) -> np.ndarray:
    """Read pictures of one size as bytes (N, H, W)."""
    first = read_picture(files[0][0])
    expected = shape or first.shape
    x = np.empty((len(files), *expected), np.uint8)
    for place, (path, _label) in enumerate(files):
        picture = read_picture(path)
        if picture.shape != tuple(expected):
            raise DataError(_(SIZES, path=path, size=size_of(picture.shape), expected=size_of(expected)))
        x[place] = picture
    return x


def read_picture(path: Path) -> np.ndarray:
    """Read a picture as bytes (H, W); colours become grey."""
    from matplotlib.image import imread  # here, because it costs more than all the rest

    kind = picture_kind(path)
    if kind is None:
        raise DataError(_("{path} is no picture: it does not begin as PNG or JPEG do", path=path))
    if kind == "png":
        check_size(path)
    try:
        with open(path, "rb") as file:
            pixels = imread(file, format=kind)
    except Exception as error:  # a damaged picture raises whatever its first damaged part makes fail
        raise DataError(_("{path} is not a whole picture: {error}", path=path, error=error)) from None
    if pixels.dtype.kind == "f":
        pixels = np.rint(pixels * 255)
    if kind == "jpg" and pixels.ndim == 3 and pixels.shape[2] == 4:
        raise DataError(_("{path} is in the colours of a printer (CMYK): save the pictures in RGB or grey", path=path))
    if pixels.ndim == 3 and pixels.shape[2] in (2, 4):
        if pixels[..., -1].min() < 255:
            raise DataError(_("{path} is transparent in parts: save the pictures without an alpha channel", path=path))
        pixels = pixels[..., :-1]
    if pixels.ndim == 3:
        pixels = in_grey(pixels[np.newaxis])[0] if pixels.shape[2] == 3 else pixels[..., 0]
    return pixels.astype(np.uint8)


def check_size(path: Path) -> None:
    """Raise DataError when a PNG promises more pixels than one learns from: a small file can unpack to gigabytes."""
    with open(path, "rb") as file:
        head = file.read(24)  # a mark of 8 bytes, a length and a name of 4, the width and the height
    width, height = (int.from_bytes(head[start : start + 4], "big") for start in (16, 20))
    if width * height > MOST_PIXELS:
        raise DataError(
            _(
                "{path} is {size} pixels; a picture has {most:,} at most",
                path=path,
                size=size_of((height, width)),
                most=MOST_PIXELS,
            )
        )


def picture_kind(path: Path) -> str | None:
    """Return "png" or "jpg", as the first bytes have it, or None."""
    with open(path, "rb") as file:
        head = file.read(8)
    return next((kind for beginning, kind in PICTURES.items() if head.startswith(beginning)), None)
