import logging
import os
import threading

import numpy as np

log = logging.getLogger(__name__)


class LoggedLinear:
    def __init__(self, n_in, n_out, name="linear"):
        self.logger = logging.getLogger(f"{__name__}.{name}")
        self.lock = threading.Lock()
        self.w = np.random.randn(n_in, n_out) * np.sqrt(2.0 / n_in)
        self.b = np.zeros((1, n_out))
        self._cache = {}

    def forward(self, x):
        with self.lock:
            self._cache["x"] = x
            self.logger.debug("forward %s", x.shape)
            return x @ self.w + self.b

    def backward(self, dout):
        with self.lock:
            x = self._cache["x"]
            self.dw = x.T @ dout
            self.db = dout.sum(axis=0, keepdims=True)
            self.logger.debug("|dw| = %g", np.linalg.norm(self.dw))
            return dout @ self.w.T


class TraceSoftplus:
    """writes a line for every call into a file (os.devnull unless told otherwise)"""

    def __init__(self, path=os.devnull):
        self.trace = open(path, "a")

    def forward(self, x):
        self.x = x
        print("softplus", x.min(), x.max(), file=self.trace)
        return np.logaddexp(0.0, x)

    def backward(self, dout):
        print("grad", np.abs(dout).max(), file=self.trace, flush=True)
        return dout / (1.0 + np.exp(-self.x))

    def __del__(self):
        self.trace.close()
