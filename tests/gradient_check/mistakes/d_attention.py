"""Scaled dot-product attention, by a student who writes every product as an einsum."""

import numpy as np

from mistakes import Mistake, Right


def softmax(s):
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class Attention:
    def forward(self, Q, K, V):
        self.scale = 1 / np.sqrt(Q.shape[-1])
        scores = np.einsum("btd,bsd->bts", Q, K) * self.scale
        A = softmax(scores)
        self.saved = Q, K, V, A
        return np.einsum("bts,bsv->btv", A, V)

    def backward(self, dout):
        Q, K, V, A = self.saved
        dV = np.einsum("bts,btv->bsv", A, dout)
        dA = np.einsum("btv,bsv->bts", dout, V)
        inner = np.einsum("bts,bts->bt", A, dA)
        dS = A * (dA - inner[:, :, None])
        dQ = np.einsum("bts,bsd->btd", dS, K) * self.scale
        dK = np.einsum("bts,btd->bsd", dS, Q) * self.scale
        return dQ, dK, dV


class AttentionElementwise(Attention):
    def backward(self, dout):
        Q, K, V, A = self.saved
        dA = np.einsum("btv,bsv->bts", dout, V)
        dS = A * dA * self.scale
        return (
            np.einsum("bts,bsd->btd", dS, K),
            np.einsum("bts,btd->bsd", dS, Q),
            np.einsum("bts,btv->bsv", A, dout),
        )


class AttentionQueryScale:
    def forward(self, Q, K, V):
        self.Q, self.K, self.V = Q, K, V
        self.q = Q / np.sqrt(Q.shape[-1])
        self.A = softmax(self.q @ K.transpose(0, 2, 1))
        return self.A @ V

    def backward(self, dout):
        A = self.A
        dA = dout @ self.V.transpose(0, 2, 1)
        dS = A * (dA - (A * dA).sum(axis=-1, keepdims=True))
        dQ = dS @ self.K
        dK = dS.transpose(0, 2, 1) @ self.q
        dV = A.transpose(0, 2, 1) @ dout
        return dQ, dK, dV


class AttentionKeysFirst(Attention):
    def backward(self, dout):
        Q, K, V, A = self.saved
        dA = np.einsum("btv,bsv->bts", dout, V)
        dS = A * (dA - np.einsum("bts,bts->bt", A, dA)[..., None]) * self.scale
        dK = np.einsum("bts,btd->bsd", dS, Q)
        dQ = np.einsum("bts,bsd->btd", dS, K)
        dV = np.einsum("bts,btv->bsv", A, dout)
        return dK, dQ, dV


class AttentionRowsOfT(Attention):
    def backward(self, dout):
        Q, K, V, A = self.saved
        dV = np.einsum("bts,btv->bsv", A, dout)
        dA = np.einsum("btv,bsv->bts", dout, V)
        inner = np.einsum("bts,bts->t", A, dA)
        dS = A * (dA - inner[:, None])
        dQ = np.einsum("bts,bsd->btd", dS, K) * self.scale
        dK = np.einsum("bts,btd->bsd", dS, Q) * self.scale
        return dQ, dK, dV


class AttentionRecomputes:
    """Saves no attention weights: backward computes them again."""

    def forward(self, Q, K, V):
        self.Q, self.K, self.V = Q, K, V
        A = softmax(np.einsum("btd,bsd->bts", Q, K))
        return np.einsum("bts,bsv->btv", A, V)

    def backward(self, dout):
        root = np.sqrt(self.Q.shape[-1])
        A = softmax(np.einsum("btd,bsd->bts", self.Q, self.K) / root)
        dA = np.einsum("btv,bsv->bts", dout, self.V)
        dS = A * (dA - np.einsum("bts,bts->bt", A, dA)[..., None]) / root
        dQ = np.einsum("bts,bsd->btd", dS, self.K)
        dK = np.einsum("bts,btd->bsd", dS, self.Q)
        dV = np.einsum("bts,btv->bsv", A, dout)
        return dQ, dK, dV


class AttentionSampleBySample:
    def forward(self, Q, K, V):
        self.Q, self.K, self.V, self.weights = Q, K, V, []
        out = []
        for q, k, v in zip(Q, K, V, strict=True):
            a = softmax(q @ k.T / np.sqrt(q.shape[1]))
            self.weights.append(a)
            out.append(a @ v)
        return np.array(out)

    def backward(self, dout):
        dQ, dK, dV = np.zeros_like(self.Q), np.zeros_like(self.K), np.zeros_like(self.V)
        for n, a in enumerate(self.weights):
            da = dout[n] @ self.V[n].T
            ds = a * (da - (a * da).sum(axis=1, keepdims=True)) / np.sqrt(self.Q.shape[2])
            dQ[n] = ds @ self.K[n]
            dV[n] = a.T @ dout[n]
            for s in range(ds.shape[1] - 1):
                dK[n, s] = ds[:, s] @ self.Q[n]
        return dQ, dK, dV


def qkv(rng):
    return rng.standard_normal((4, 3, 6)), rng.standard_normal((4, 5, 6)), rng.standard_normal((4, 5, 2))


def self_attention(rng):
    return rng.standard_normal((4, 3, 6)), rng.standard_normal((4, 3, 6)), rng.standard_normal((4, 3, 2))


RIGHT = [Right(lambda rng: Attention(), qkv), Right(lambda rng: Attention(), self_attention)]

MISTAKES = [
    Mistake("missing-term", None, lambda rng: AttentionElementwise(), qkv),
    Mistake("constant-factor", "dx1", lambda rng: AttentionQueryScale(), qkv),
    Mistake("swapped", None, lambda rng: AttentionKeysFirst(), self_attention),
    Mistake("cross-sample", None, lambda rng: AttentionRowsOfT(), qkv),
    Mistake("forward-wrong", None, lambda rng: AttentionRecomputes(), qkv),
    Mistake("partly-wrong", "dx2", lambda rng: AttentionSampleBySample(), qkv),
]
