"""Write ``digits.npz`` from scikit-learn's copy of the UCI digits; run once, when the file was made.

::

    pip install scikit-learn
    python datasets/make_digits.py

Each class is split 80 : 20 by a generator with a fixed seed, so that everybody's held-out part is the same.
"""

from pathlib import Path

import numpy as np

SEED = 0
TEST_SHARE = 0.2
CITATION = (
    "E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits. UCI Machine Learning Repository, 1998. "
    "https://doi.org/10.24432/C50P49. CC BY 4.0. Test part, from scikit-learn's load_digits."
)


def main() -> None:
    """Write the file beside this script."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    images, labels = digits.images.astype(np.uint8), digits.target.astype(np.uint8)
    held_out = stratified(labels, np.random.default_rng(SEED))
    np.savez_compressed(
        Path(__file__).with_name("digits.npz"),
        x_train=images[~held_out],
        t_train=labels[~held_out],
        x_test=images[held_out],
        t_test=labels[held_out],
        citation=CITATION,
    )


def stratified(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a mask that chooses the same share of every class."""
    held_out = np.zeros(len(labels), bool)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        held_out[rng.permutation(members)[: round(TEST_SHARE * len(members))]] = True
    return held_out


if __name__ == "__main__":
    main()
