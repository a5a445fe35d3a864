"""A two-layer ReLU network with L2 weight decay, one-hot labels: a student who writes short and keeps z and h apart."""

import numpy as np

from mistakes import Mistake, Right


def log_softmax(s):
    s = s - s.max(axis=1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=1, keepdims=True))


class DecayNet:
    def __init__(self, rng, D, H, K, weight_decay_lambda=0.1):
        self.weight_decay_lambda = weight_decay_lambda
        self.params = {
            "W1": rng.normal(size=(D, H)),
            "b1": rng.normal(size=H) * 0.3,
            "W2": rng.normal(size=(H, K)),
            "b2": rng.normal(size=K) * 0.3,
        }

    def loss(self, x, t):
        p = self.params
        h = np.maximum(x @ p["W1"] + p["b1"], 0)
        logp = log_softmax(h @ p["W2"] + p["b2"])
        data = -(t * logp).sum() / len(x)
        decay = 0.5 * self.weight_decay_lambda * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2))
        return data + decay

    def gradient(self, x, t):
        p, lam = self.params, self.weight_decay_lambda
        z = x @ p["W1"] + p["b1"]
        h = np.maximum(z, 0)
        ds = (np.exp(log_softmax(h @ p["W2"] + p["b2"])) - t) / len(x)
        dz = (ds @ p["W2"].T) * (z > 0)
        return {
            "W1": x.T @ dz + lam * p["W1"],
            "b1": dz.sum(0),
            "W2": h.T @ ds + lam * p["W2"],
            "b2": ds.sum(0),
        }


class DecayNetLastOnly(DecayNet):
    def gradient(self, x, t):
        p, lam = self.params, self.weight_decay_lambda
        z = x @ p["W1"] + p["b1"]
        h = np.maximum(z, 0)
        ds = (np.exp(log_softmax(h @ p["W2"] + p["b2"])) - t) / len(x)
        grads = {}
        grads["W2"] = h.T @ ds
        grads["W2"] += lam * p["W2"]
        grads["b2"] = ds.sum(0)
        dz = ds @ p["W2"].T
        dz[z <= 0] = 0
        grads["W1"] = x.T @ dz
        grads["b1"] = dz.sum(0)
        return grads


class DecayNetStart:
    """Put the decay of a weight first, then add the data's gradient."""

    def __init__(self, rng, D, H, K, weight_decay_lambda=0.05):
        self.weight_decay_lambda = weight_decay_lambda
        self.params = {"W1": rng.normal(size=(D, H)), "b1": np.full(H, 0.1)}
        self.params |= {"W2": rng.normal(size=(H, K)), "b2": np.full(K, 0.1)}

    def _scores(self, x):
        self.z = x @ self.params["W1"] + self.params["b1"]
        self.h = self.z * (self.z > 0)
        return self.h @ self.params["W2"] + self.params["b2"]

    def loss(self, x, t):
        logp = log_softmax(self._scores(x))
        decay = sum(0.5 * self.weight_decay_lambda * (self.params[k] ** 2).sum() for k in ("W1", "W2"))
        return -np.sum(t * logp) / x.shape[0] + decay

    def gradient(self, x, t):
        ds = np.exp(log_softmax(self._scores(x)))
        ds = (ds - t) / x.shape[0]
        dz = (self.z > 0) * (ds @ self.params["W2"].T)
        data = {"W1": x.T @ dz, "b1": dz.sum(0), "W2": self.h.T @ ds, "b2": ds.sum(0)}
        for k in ("W1", "W2"):
            reg = self.params[k]
            reg *= self.weight_decay_lambda
            data[k] = data[k] + reg
        return data


class DecayNetDeadSide:
    def __init__(self, rng, D, H, K, weight_decay_lambda=0.01):
        self.weight_decay_lambda = weight_decay_lambda
        self.params = dict(W1=rng.normal(size=(D, H)), b1=np.zeros(H), W2=rng.normal(size=(H, K)), b2=np.zeros(K))

    def loss(self, x, t):
        p = self.params
        h = x @ p["W1"] + p["b1"]
        h[h < 0] = 0
        logp = log_softmax(h @ p["W2"] + p["b2"])
        reg = np.sum(p["W1"] * p["W1"]) + np.sum(p["W2"] * p["W2"])
        return np.mean(-np.sum(t * logp, axis=1)) + 0.5 * self.weight_decay_lambda * reg

    def gradient(self, x, t):
        p = self.params
        h = x @ p["W1"] + p["b1"]
        h[h < 0] = 0
        off = h > 0
        ds = (np.exp(log_softmax(h @ p["W2"] + p["b2"])) - t) / len(t)
        dh = ds @ p["W2"].T
        dh[off] = 0
        g = {"W1": x.T @ dh, "b1": dh.sum(axis=0), "W2": h.T @ ds, "b2": ds.sum(axis=0)}
        for name in g:
            if name.startswith("W"):
                g[name] += self.weight_decay_lambda * p[name]
        return g


class DecayNetReluBack(DecayNet):
    """Use relu in both directions."""

    def _relu(self, a):
        return np.maximum(a, 0)

    def gradient(self, x, t):
        W1, b1, W2, b2 = (self.params[k] for k in ("W1", "b1", "W2", "b2"))
        h = self._relu(x @ W1 + b1)
        ds = (np.exp(log_softmax(h @ W2 + b2)) - t) / len(x)
        dz = self._relu(ds @ W2.T)
        dW1 = x.T @ dz + self.weight_decay_lambda * W1
        dW2 = h.T @ ds + self.weight_decay_lambda * W2
        return {"W1": dW1, "b1": dz.sum(0), "W2": dW2, "b2": ds.sum(0)}


class DecayNetOpen:
    def __init__(self, rng, D, H, K):
        self.weight_decay_lambda = 0.2
        self.params = {}
        for i, (a, b) in enumerate([(D, H), (H, K)], start=1):
            self.params[f"W{i}"] = rng.normal(size=(a, b)) * np.sqrt(2 / a)
            self.params[f"b{i}"] = 0.2 * rng.normal(size=b)

    def _forward(self, x):
        out = [x]
        out.append(np.maximum(0, x @ self.params["W1"] + self.params["b1"]))
        out.append(log_softmax(out[-1] @ self.params["W2"] + self.params["b2"]))
        return out

    def loss(self, x, t):
        logp = self._forward(x)[-1]
        decay = sum(np.sum(v**2) for k, v in self.params.items() if k[0] == "W")
        return -np.sum(logp * t) / len(x) + self.weight_decay_lambda / 2 * decay

    def gradient(self, x, t):
        out = self._forward(x)
        grad = (np.exp(out[-1]) - t) / len(x)
        grads = {}
        for i in (2, 1):
            W = self.params[f"W{i}"]
            grads[f"W{i}"] = out[i - 1].T @ grad + self.weight_decay_lambda * W
            grads[f"b{i}"] = grad.sum(axis=0)
            grad = grad @ W.T
        return grads


def inputs(rng):
    return rng.normal(size=(7, 3)), np.eye(4)[rng.integers(0, 4, size=7)]


RIGHT = [Right(lambda rng: DecayNet(rng, 3, 5, 4), inputs, network=True)]
MISTAKES = [
    Mistake("missing-term", "W1", lambda rng: DecayNetLastOnly(rng, 3, 5, 4), inputs, network=True),
    Mistake("overwrites-parameter", None, lambda rng: DecayNetStart(rng, 3, 5, 4), inputs, network=True),
    Mistake("mask-inverted", "W1", lambda rng: DecayNetDeadSide(rng, 3, 5, 4), inputs, network=True),
    Mistake("mask-from-dout", "W1", lambda rng: DecayNetReluBack(rng, 3, 5, 4), inputs, network=True),
    Mistake("mask-missing", "W1", lambda rng: DecayNetOpen(rng, 3, 5, 4), inputs, network=True),
]
