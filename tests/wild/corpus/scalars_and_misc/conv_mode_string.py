import numpy as np


class Conv1d:
    """Faltung eines Signals (N, L) mit einem Kern; mode ist "valid" oder "same" (ungerade Kernlaenge)"""

    def __init__(self, kernel=(0.2, 0.5, -0.3), mode="same"):
        assert mode in ("valid", "same")
        self.k = np.array(kernel, dtype=float)
        self.mode = mode

    def _pad(self):
        return len(self.k) // 2 if self.mode == "same" else 0

    def forward(self, x):
        p = self._pad()
        self.xp = np.pad(x, ((0, 0), (p, p)))
        windows = np.lib.stride_tricks.sliding_window_view(self.xp, len(self.k), axis=1)
        return windows @ self.k

    def backward(self, dy):
        p, n = self._pad(), dy.shape[1]
        self.dk = np.array([np.sum(dy * self.xp[:, i:i + n]) for i in range(len(self.k))])
        dxp = np.zeros_like(self.xp)
        for i, ki in enumerate(self.k):
            dxp[:, i:i + n] += dy * ki
        return dxp[:, p:dxp.shape[1] - p]
