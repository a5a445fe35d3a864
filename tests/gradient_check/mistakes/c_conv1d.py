"""One-dimensional convolution (N, C, T) with np.correlate and np.convolve, as a signal-processing student does."""

import numpy as np

from mistakes import Mistake, Right


class Conv1D:
    def __init__(self, kernels, offsets):
        self.kernels = kernels
        self.offsets = offsets
        self.dkernels = None
        self.doffsets = None

    def forward(self, x):
        self.signal = x
        F, C, K = self.kernels.shape
        N, _, T = x.shape
        y = np.zeros((N, F, T - K + 1))
        for n in range(N):
            for f in range(F):
                for c in range(C):
                    y[n, f] += np.correlate(x[n, c], self.kernels[f, c], mode="valid")
                y[n, f] += self.offsets[f]
        return y

    def backward(self, dout):
        F, C, _ = self.kernels.shape
        dx = np.zeros_like(self.signal)
        dk = np.zeros_like(self.kernels)
        for n in range(len(dout)):
            for f in range(F):
                for c in range(C):
                    dx[n, c] += np.convolve(dout[n, f], self.kernels[f, c], mode="full")
                    dk[f, c] += np.correlate(self.signal[n, c], dout[n, f], mode="valid")
        self.dkernels = dk
        self.doffsets = dout.sum(axis=(0, 2))
        return dx


class CausalConv1D:
    """The output at time t sees x up to t only, with as many steps as x."""

    def __init__(self, kernels, offsets):
        self.kernels, self.offsets = kernels, offsets

    def forward(self, x):
        self.signal = x
        F, C, _ = self.kernels.shape
        T = x.shape[2]
        y = np.repeat(self.offsets[None, :, None], len(x), axis=0) + np.zeros((len(x), F, T))
        for n in range(len(x)):
            for f in range(F):
                for c in range(C):
                    y[n, f] += np.convolve(x[n, c], self.kernels[f, c])[:T]
        return y

    def backward(self, dout):
        F, C, K = self.kernels.shape
        T = self.signal.shape[2]
        dx, self.dkernels = np.zeros_like(self.signal), np.zeros_like(self.kernels)
        for n in range(len(dout)):
            for f in range(F):
                for c in range(C):
                    dx[n, c] += np.correlate(dout[n, f], self.kernels[f, c], "full")[K - 1 :]
                    for k in range(K):
                        self.dkernels[f, c, k] += dout[n, f, k:] @ self.signal[n, c, : T - k]
        self.doffsets = dout.sum(axis=(0, 2))
        return dx


class KernelGradientConvolved(Conv1D):
    def backward(self, dout):
        N, F, _ = dout.shape
        C = self.signal.shape[1]
        dx = np.zeros_like(self.signal)
        self.dkernels = np.zeros_like(self.kernels)
        for n in range(N):
            for f in range(F):
                for c in range(C):
                    dx[n, c] += np.convolve(dout[n, f], self.kernels[f, c], mode="full")
                    self.dkernels[f, c] += np.convolve(self.signal[n, c], dout[n, f], mode="valid")
        self.doffsets = dout.sum(axis=(0, 2))
        return dx


class CausalOneStepLate(CausalConv1D):
    def backward(self, dout):
        F, C, K = self.kernels.shape
        T = self.signal.shape[2]
        dx = np.zeros_like(self.signal)
        self.dkernels = np.zeros_like(self.kernels)
        self.doffsets = dout.sum(axis=(0, 2))
        for n in range(len(dout)):
            for f in range(F):
                for c in range(C):
                    dx[n, c] += np.correlate(dout[n, f], self.kernels[f, c], "full")[K - 2 : T + K - 2]
                    for k in range(K):
                        self.dkernels[f, c, k] += np.sum(dout[n, f, k:] * self.signal[n, c, : T - k])
        return dx


class LastSampleOnly:
    def __init__(self, kernels, offsets):
        self.kernels = kernels
        self.offsets = offsets

    def forward(self, x):
        self.signal = x.copy()
        return np.array([self._filter(sample) for sample in x])

    def _filter(self, sample):
        rows = []
        for kernel, offset in zip(self.kernels, self.offsets, strict=True):
            rows.append(offset + sum(np.correlate(s, k, "valid") for s, k in zip(sample, kernel, strict=True)))
        return np.array(rows)

    def backward(self, dout):
        self.doffsets = dout.sum(axis=2).sum(axis=0)
        self.dkernels = np.zeros_like(self.kernels)
        dx = np.zeros_like(self.signal)
        for n, sample in enumerate(self.signal):
            for f, d in enumerate(dout[n]):
                for c, s in enumerate(sample):
                    self.dkernels[f, c] = np.correlate(s, d, "valid")
                    dx[n, c] += np.convolve(d, self.kernels[f, c])
        return dx


class WholeBatchConvolved(Conv1D):
    def backward(self, dout):
        F, C, _ = self.kernels.shape
        self.doffsets = dout.sum(axis=(0, 2))
        self.dkernels = np.zeros_like(self.kernels)
        dx = np.zeros_like(self.signal)
        for f in range(F):
            for c in range(C):
                self.dkernels[f, c] = np.correlate(self.signal[:, c], dout[:, f], mode="valid")
                dx[:, c] += np.convolve(dout[:, f], self.kernels[f, c], mode="full")
        return dx


class FirstChannelFedBack:
    def __init__(self, kernels, offsets):
        self.kernels, self.offsets = kernels, offsets

    def forward(self, x):
        self.signal = x
        K = self.kernels.shape[2]
        steps = x.shape[2] - K + 1
        y = np.zeros((len(x), len(self.kernels), steps)) + self.offsets[:, None]
        for k in range(K):
            y += np.einsum("nct,fc->nft", x[:, :, k : k + steps], self.kernels[:, :, k])
        return y

    def backward(self, dout):
        K, steps = self.kernels.shape[2], dout.shape[2]
        self.doffsets = dout.sum(axis=(0, 2))
        self.dkernels = np.zeros_like(self.kernels)
        dx = np.zeros_like(self.signal)
        for k in range(K):
            self.dkernels[:, :, k] = np.einsum("nft,nct->fc", dout, self.signal[:, :, k : k + steps])
            dx[:, :, k : k + steps] += np.einsum("nft,f->nt", dout, self.kernels[:, 0, k])[:, None]
        return dx


class BufferOfTheClass:
    """All layers share one buffer of padded signals."""

    buffer = np.zeros((16, 8, 64))

    def __init__(self, kernels, offsets):
        self.kernels, self.offsets = kernels, offsets

    def forward(self, x):
        self.shape = N, C, T = x.shape
        _, _, K = self.kernels.shape
        self.buffer[:N, :C, : K - 1] = 0
        self.buffer[:N, :C, K - 1 : K - 1 + T] = x
        y = np.tile(self.offsets[:, None], (N, 1, T))
        for k in range(K):
            y += np.einsum("nct,fc->nft", self.buffer[:N, :C, k : k + T], self.kernels[:, :, k])
        return y

    def backward(self, dout):
        N, C, T = self.shape
        _, _, K = self.kernels.shape
        dbuffer = np.zeros((N, C, T + K - 1))
        self.dkernels, self.doffsets = np.empty_like(self.kernels), dout.sum(axis=(0, 2))
        for k in range(K):
            self.dkernels[:, :, k] = np.einsum("nft,nct->fc", dout, self.buffer[:N, :C, k : k + T])
            dbuffer[:, :, k : k + T] += np.einsum("nft,fc->nct", dout, self.kernels[:, :, k])
        return dbuffer[:, :, K - 1 :]


def parameters(rng):
    return rng.normal(size=(3, 2, 4)), rng.normal(size=3)


def inputs(rng):
    return (rng.normal(size=(5, 2, 9)),)


RIGHT = [
    Right(lambda rng: Conv1D(*parameters(rng)), inputs),
    Right(lambda rng: CausalConv1D(*parameters(rng)), inputs),
]

MISTAKES = [
    Mistake("reversed", "dkernels", lambda rng: KernelGradientConvolved(*parameters(rng)), inputs),
    Mistake("shifted", "dx", lambda rng: CausalOneStepLate(*parameters(rng)), inputs),
    Mistake("not-summed", "dkernels", lambda rng: LastSampleOnly(*parameters(rng)), inputs),
    Mistake("raises", None, lambda rng: WholeBatchConvolved(*parameters(rng)), inputs),
    Mistake("partly-wrong", "dx", lambda rng: FirstChannelFedBack(*parameters(rng)), inputs),
    Mistake("stale-cache", "dkernels", lambda rng: BufferOfTheClass(*parameters(rng)), inputs),
]
