"""Classes in a student's file: load the file beside our own modules, make its layers, and find inputs for them."""

import copy
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

SIZES = {"N": 5, "D": 4, "M": 3, "H": 6, "C": 2, "FN": 3, "K": 4}
LABEL_NAMES = {"t", "target", "targets", "label", "labels", "y_true", "truth", "answer", "teacher", "gold"}
IMAGE_NAMES = {"stride", "pad", "padding", "pool_h", "pool_w", "pool_size", "kernel_size", "filter_num", "filter_size"}
BROKEN = (SystemExit, NameError, AttributeError, NotImplementedError, UnboundLocalError, SyntaxError, ImportError)


class CannotCheck(Exception):
    """A class that cannot be checked, and why."""


@contextmanager
def loaded(path: Path) -> Iterator[ModuleType]:
    """Run a file as a module, with its folder first on the path and its neighbours before modules of the same name.

    Raises
    ------
    CannotCheck
        When there is no such file, or it raises.
    """
    if not path.is_file():
        raise CannotCheck(f"there is no file {path}")
    folder = path.resolve().parent
    names = {entry.stem for entry in folder.iterdir() if entry.suffix == ".py" or entry.is_dir()}
    hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if ours_and_hidden(name, names, folder)}
    kept_path, before, kept_words, streams = list(sys.path), set(sys.modules), sys.argv, (sys.stdout, sys.stderr)
    sys.path.insert(0, str(folder))
    sys.argv = [str(path)]
    try:
        yield execute(path)
    finally:
        sys.path[:], sys.argv = kept_path, kept_words
        sys.stdout, sys.stderr = streams
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None)
            if file and Path(file).resolve().is_relative_to(folder):
                del sys.modules[name]
        sys.modules.update(hidden)


def ours_and_hidden(name: str, names: set[str], folder: Path) -> bool:
    """Return whether a loaded module bears the name of a file in the folder, and comes from elsewhere."""
    root = name.partition(".")[0]
    file = getattr(sys.modules.get(root), "__file__", None)
    library = {"numpy", "matplotlib", "tqdm", "pytest", "__main__", *sys.stdlib_module_names}
    return root in names and root not in library and bool(file) and folder not in Path(file).resolve().parents


def execute(path: Path) -> ModuleType:
    """Return the module that a file makes."""
    streams = sys.stdout, sys.stderr
    spec = importlib.util.spec_from_file_location(f"homework_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise CannotCheck(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except SystemExit as stop:
        raise CannotCheck(f"{path} ends Python while it is imported (exit {stop.code})") from None
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        place = f", line {error.lineno}" if isinstance(error, SyntaxError) and "line" not in str(error) else ""
        raise CannotCheck(f"{path} cannot be imported: {type(error).__name__}: {error}{place}") from error
    finally:
        sys.stdout, sys.stderr = streams
    return module


def layer_classes(module: ModuleType, name: str | None = None) -> list[type]:
    """Return the classes to check: those defined in the file with forward and backward (or loss and gradient)."""
    if name is not None:
        found = getattr(module, name, None)
        if not isinstance(found, type):
            known = ", ".join(cls.__name__ for cls in layer_classes(module)) or "none"
            raise CannotCheck(f"{module.__file__} has no class {name}; its layers are: {known}")
        if kind(found) is None:
            raise CannotCheck(f"{name} has no forward and backward (nor loss and gradient, as a network has)")
        return [found]
    own = [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__]
    layers = [cls for cls in dict.fromkeys(own) if kind(cls) is not None and not inspect.isabstract(cls)]
    return [cls for cls in layers if not is_base(cls, layers)]


def is_base(cls: type, others: list[type]) -> bool:
    """Return whether a class is only there to be inherited from: its forward does nothing by itself."""
    if not any(issubclass(other, cls) and other is not cls for other in others) or kind(cls) != "layer":
        return False
    try:
        return cls().forward(np.ones((2, 2))) is None
    except NotImplementedError:
        return True
    except Exception:
        return False


def kind(cls: type) -> str | None:
    """Return "layer", "network" or None."""
    if callable(getattr(cls, "forward", None)) and callable(getattr(cls, "backward", None)):
        return "layer"
    return "network" if callable(getattr(cls, "loss", None)) and callable(getattr(cls, "gradient", None)) else None


def required(function: Callable[..., Any]) -> list[str]:
    """Return the names of the arguments that must be given."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [p.name for p in parameters if p.kind in positional and p.default is p.empty]
    return names[1:] if names[:1] == ["self"] else names


def make(cls: type, rng: np.random.Generator, images: bool) -> Any:
    """Return an object of the class, its arguments chosen by their names; ``images`` for layers of (N, C, H, W)."""
    values = arguments_by_name(rng, images)
    names = required(cls.__init__) if cls.__init__ is not object.__init__ else []
    unknown = [name for name in names if name not in values]
    if unknown:
        raise CannotCheck(
            f"{cls.__name__}: no value is known for {', '.join(unknown)}; make it yourself: "
            f'--make "{cls.__name__}(...)"'
        )
    try:
        return cls(**{name: values[name] for name in names})
    except (Exception, SystemExit) as error:
        raise CannotCheck(
            f"{cls.__name__}({', '.join(names)}) raised {type(error).__name__}: {error}; make it yourself: "
            f'--make "{cls.__name__}(...)"'
        ) from error


def arguments_by_name(rng: np.random.Generator, images: bool) -> dict[str, Any]:
    """Return a value for each name that a constructor's argument usually bears."""
    d, m, c, fn = SIZES["D"], SIZES["M"], SIZES["C"], SIZES["FN"]
    features = c if images else d
    weight = rng.standard_normal((fn, c, 3, 3) if images else (d, m)) * 0.5
    bias = rng.standard_normal(fn if images else m)
    values: dict[str, Any] = {}
    for names, value in (
        (("W", "w", "weight", "weights", "kernel", "kernels", "filters"), weight),
        (("b", "bias", "biases"), bias),
        (("gamma", "scale"), rng.uniform(0.5, 1.5, features)),
        (("beta", "shift", "offset"), rng.standard_normal(features)),
        (("stride",), 1),
        (("pad", "padding"), 1),
        (("pool_h", "pool_w", "pool_size", "size"), 2),
        (("kernel_size", "filter_size"), 3),
        (("momentum", "decay"), 0.9),
        (("dropout_ratio", "ratio", "p", "drop_prob", "rate", "keep_prob"), 0.4),
        (("alpha", "slope", "negative_slope", "leak", "a"), 0.1),
        (("eps", "epsilon"), 1e-5),
        (("in_features", "input_size", "n_in", "in_dim", "input_dim", "D", "d_in", "fan_in", "num_features"), features),
        (("dim", "size_in", "features", "n_features", "inputs"), features),
        (("out_features", "output_size", "n_out", "out_dim", "output_dim", "M", "d_out", "fan_out", "outputs"), m),
        (("in_channels", "channels", "C"), c),
        (("out_channels", "filter_num", "FN"), fn),
        (("hidden_size", "hidden", "hidden_dim", "n_hidden", "H", "width"), SIZES["H"]),
        (("rng", "generator"), rng),
        (("seed",), 0),
        (("axis",), 1),
        (("weight_init_std", "std"), 0.5),
        (("weight_decay_lambda", "weight_decay", "reg"), 0.1),
        (("activation",), "relu"),
        (("training", "train_flg", "train"), True),
        (("dtype",), np.float64),
    ):
        values |= dict.fromkeys(names, value)
    return values


def is_for_images(cls: type) -> bool:
    """Return whether the names of the constructor's arguments speak of images."""
    try:
        names = set(inspect.signature(cls.__init__).parameters)
    except (TypeError, ValueError):
        return False
    return bool(names & IMAGE_NAMES)


def input_choices(layer: Any, rng: np.random.Generator, images: bool) -> Iterator[tuple[Any, ...]]:
    """Yield inputs that forward may be meant for, the most likely first."""
    names = required(layer.forward)
    n, d, c, m, k = (SIZES[name] for name in ("N", "D", "C", "M", "K"))
    shapes = [(n, d), (n, c, 6, 6), (n, c, 5), (n, m), (d,)]
    if images:
        shapes = [(n, c, 6, 6), (n, c, 5, 5), (n, d)]
    if len(names) <= 1:
        for shape in shapes:
            x = rng.standard_normal(shape)
            yield from ((x,), (np.abs(x) + 0.5,))
        yield (rng.integers(0, d, n),)
    elif len(names) == 2:
        x = rng.standard_normal((n, k)) * 0.7
        labels = rng.permutation(np.arange(n) % k)
        targets = [(x, labels), (x, np.eye(k)[labels]), (x, rng.standard_normal((n, k))), (x, rng.random((n, k)))]
        pairs = [
            (rng.standard_normal((n, d)), rng.standard_normal(shape))
            for shape in ((n, d), (d,), (n, SIZES["H"]), (d, m))
        ]
        yield from (targets + pairs if names[1].lower() in LABEL_NAMES else pairs + targets)
    else:
        yield tuple(rng.standard_normal((n, d)) for _ in names)


def choose_inputs(layer: Any, rng: np.random.Generator, images: bool) -> list[tuple[Any, ...]]:
    """Return the inputs to check a layer with: the first with which forward works, and for a loss both label kinds.

    Raises
    ------
    CannotCheck
        When forward works with none of them.
    """
    chosen: list[tuple[Any, ...]] = []
    said: list[str] = []
    errors: list[Exception] = []
    for inputs in input_choices(layer, rng, images):
        try:
            with np.errstate(all="ignore"):
                y = copy.deepcopy(layer).forward(*[np.copy(x) for x in inputs])
        except (Exception, SystemExit) as error:
            errors.append(error)
            said.append(f"{', '.join(str(np.shape(x)) for x in inputs)}: {type(error).__name__}: {error}")
            continue
        outputs = y if isinstance(y, (tuple, list)) else (y,)
        if y is None:
            return [inputs]
        if not all(np.isfinite(np.asarray(part, float)).all() for part in outputs):
            continue
        chosen.append(inputs)
        if np.ndim(outputs[0]) > 0 or len(inputs) != 2 or len(chosen) == 2 or inputs[1].ndim == 2:
            return chosen
    if chosen:
        return chosen
    if errors and all(isinstance(error, BROKEN) for error in errors):
        return [next(input_choices(layer, rng, images))]
    raise CannotCheck(
        f"{type(layer).__name__}: forward works with none of the inputs that were tried "
        f"({said[0] if said else 'no finite result'}); give their shapes, as in --input 4,5 (once for each input; "
        "--labels 10 for labels), or --make"
    )


def network_inputs(network: Any, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return samples and labels or targets with which a network's loss works."""
    n, m = SIZES["N"], SIZES["M"]
    params = getattr(network, "params", None)
    if not isinstance(params, dict):
        raise CannotCheck(f"{type(network).__name__} has loss and gradient, but no dictionary params")
    widths = dict.fromkeys([SIZES["D"], *(p.shape[0] for p in params.values() if np.ndim(p) == 2)])
    said = []
    for width in widths:
        x, labels = rng.standard_normal((n, width)), rng.permutation(np.arange(n) % m)
        for t in (labels, np.eye(m)[labels], rng.standard_normal((n, m)), rng.standard_normal((n, 1))):
            try:
                if np.isfinite(copy.deepcopy(network).loss(x, t)):
                    return x, t
            except Exception as error:
                said.append(f"{x.shape}, {t.shape}: {type(error).__name__}: {error}")
    raise CannotCheck(
        f"{type(network).__name__}: loss works with none of the inputs that were tried "
        f"({said[0] if said else 'not finite'}); give their shapes: --input 4,5 --labels 10"
    )
