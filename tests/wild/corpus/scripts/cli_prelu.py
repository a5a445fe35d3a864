"""python cli_prelu.py --in x.npy --out y.npy"""
import argparse
import logging
from pathlib import Path

import numpy as np

log = logging.getLogger(__name__)


class ParametricReLU:
    def __init__(self, channels: int, init: float = 0.25):
        self.a = np.full((1, channels), init)
        self.grad_a = np.zeros_like(self.a)
        self._x = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        self._x = x
        return np.maximum(x, 0) + self.a * np.minimum(x, 0)

    def backward(self, dy: np.ndarray) -> np.ndarray:
        self.grad_a = np.sum(dy * np.maximum(self._x, 0), axis=0, keepdims=True)
        return dy * np.where(self._x > 0, 1.0, self.a)


def main(argv=None) -> int:
    p = argparse.ArgumentParser()
    p.add_argument("--in", dest="src", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args(argv)
    x = np.load(args.src)
    layer = ParametricReLU(x.shape[1])
    np.save(args.out, layer.forward(x))
    log.info("written")
    return 0


raise SystemExit(main())
