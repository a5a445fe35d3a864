"""The bar that shows how far an epoch is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

STEPS_BETWEEN_LOSSES = 50


@contextmanager
def progress_bar(shown: bool, epoch: int, steps: int, done: int) -> Iterator[Callable[[float], None]]:
    """Show an epoch's bar, and give the function that moves it a step and takes the step's loss."""
    if not shown:
        yield lambda loss: None
        return
    from tqdm.auto import tqdm

    with tqdm(total=steps, initial=done, desc=f"epoch {epoch}", leave=False, disable=None) as bar:

        def show(loss: float) -> None:
            if not bar.disable and bar.n % STEPS_BETWEEN_LOSSES == 0:
                bar.set_postfix(loss=f"{float(loss):.4f}", refresh=bar.n == 0)
            bar.update()

        yield show
