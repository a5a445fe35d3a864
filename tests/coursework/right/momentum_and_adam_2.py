"""Number by number; the state begins where a name is first met; all gradients are kept by one of them."""

import math
from collections import defaultdict

import numpy as np


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.mu = lr, momentum
        self.seen = defaultdict(list)

    def update(self, params, grads):
        for name, W in params.items():
            self.seen[name].append(np.array(grads[name]))
            weights = self.mu ** np.arange(len(self.seen[name]))[::-1]
            W[...] = W - self.lr * sum(w * g for w, g in zip(weights, self.seen[name], strict=True))


class Adam:
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr, self.betas, self.eps = lr, (beta1, beta2), eps
        self.state = {}

    def update(self, params, grads):
        for name, W in params.items():
            state = self.state.setdefault(name, {"t": 0, "m": {}, "v": {}})
            state["t"] += 1
            for place in np.ndindex(W.shape):
                W[place] -= self.step(state, place, float(grads[name][place]))

    def step(self, state, place, g):
        first, second = self.betas
        state["m"][place] = first * state["m"].get(place, 0.0) + (1 - first) * g
        state["v"][place] = second * state["v"].get(place, 0.0) + (1 - second) * g * g
        m = state["m"][place] / (1 - math.pow(first, state["t"]))
        v = state["v"][place] / (1 - math.pow(second, state["t"]))
        return self.lr * m / (math.sqrt(v) + self.eps)
