"""Students of CS231n: functional layers that return a cache, a FullyConnectedNet on top, a solver that is a function.

The images are made here, small as CIFAR's never are: a pattern of colours for each class, with noise on it.
"""

import numpy as np

from trainings import loop, sick


def get_data(N=500, num_classes=5, noise=40.0, seed=0):
    """Return images (N, 48) in 0..255 and labels."""
    rng = np.random.default_rng(seed)
    y = rng.integers(num_classes, size=N)
    patterns = np.random.default_rng(231).uniform(60, 190, (num_classes, 48))
    return np.clip(patterns[y] + noise * rng.standard_normal((N, 48)), 0, 255).round(), y


def preprocess(X):
    return (X - 125.0) / 60.0


X_raw, y_train = get_data()
X_val_raw, y_val = get_data(200, seed=1)
X_train, X_val = preprocess(X_raw), preprocess(X_val_raw)
X_hard, y_hard = get_data(noise=110.0, seed=2)
X_hard_val, y_hard_val = get_data(200, noise=110.0, seed=3)
HARD = {"X": preprocess(X_hard), "y": y_hard, "val": (preprocess(X_hard_val), y_hard_val)}


def affine_forward(x, w, b):
    return x.dot(w) + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    return dout.dot(w.T), x.T.dot(dout), dout.sum(axis=0)


def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
    return dout * (cache > 0)


def tanh_forward(x):
    return np.tanh(x), np.tanh(x)


def tanh_backward(dout, cache):
    return dout * (1 - cache**2)


def softmax_loss(x, y):
    shifted = x - x.max(axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_probs[np.arange(len(y)), y].mean()
    dx = np.exp(log_probs)
    dx[np.arange(len(y)), y] -= 1
    return loss, dx / len(y)


def softmax_loss_without_dividing_dx(x, y):
    loss, dx = softmax_loss(x, y)
    return loss, dx * len(y)


class FullyConnectedNet:
    def __init__(self, hidden_dims=(40,), weight_scale=0.15, reg=0.0, loss_fn=softmax_loss, act="relu", num_classes=5):
        rng = np.random.default_rng(42)
        dims = [48, *hidden_dims, num_classes]
        self.L, self.reg, self.loss_fn = len(dims) - 1, reg, loss_fn
        self.forward, self.backward = {
            "relu": (relu_forward, relu_backward),
            "tanh": (tanh_forward, tanh_backward),
        }[act]
        self.params = {}
        for i in range(self.L):
            self.params[f"W{i + 1}"] = weight_scale * rng.standard_normal((dims[i], dims[i + 1]))
            self.params[f"b{i + 1}"] = np.zeros(dims[i + 1])

    def scores(self, X):
        caches, out = [], X
        for i in range(1, self.L + 1):
            out, fc_cache = affine_forward(out, self.params[f"W{i}"], self.params[f"b{i}"])
            act_cache = None
            if i < self.L:
                out, act_cache = self.forward(out)
            caches.append((fc_cache, act_cache))
        return out, caches

    def predict(self, X):
        return self.scores(X)[0]

    def loss(self, X, y):
        weights = sum((w**2).sum() for name, w in self.params.items() if name[0] == "W")
        return self.loss_fn(self.predict(X), y)[0] + 0.5 * self.reg * weights

    def gradient(self, X, y):
        grads, (scores, caches) = {}, self.scores(X)
        _, dout = self.loss_fn(scores, y)
        for i in range(self.L, 0, -1):
            fc_cache, act_cache = caches[i - 1]
            if i < self.L:
                dout = self.backward(dout, act_cache)
            dout, dw, grads[f"b{i}"] = affine_backward(dout, fc_cache)
            grads[f"W{i}"] = dw + self.reg * self.params[f"W{i}"]
        return grads

    def accuracy(self, X, y):
        return (self.predict(X).argmax(axis=1) == y).mean()


class NetWithTransposedDw(FullyConnectedNet):
    def gradient(self, X, y):
        grads = super().gradient(X, y)
        grads["W1"] = grads["W1"].T  # fits, as W1 is square
        return grads


class AdamRule:
    def __init__(self, learning_rate=1e-3, decay=1.0, decay_every=50):
        self.lr, self.t, self.config, self.decay, self.decay_every = learning_rate, 0, {}, decay, decay_every

    def update(self, params, grads):
        self.t += 1
        for name, w in params.items():
            m, v = self.config.setdefault(name, [np.zeros_like(w), np.zeros_like(w)])
            m += 0.1 * (grads[name] - m)
            v += 0.001 * (grads[name] ** 2 - v)
            w -= self.lr * (m / (1 - 0.9**self.t)) / (np.sqrt(v / (1 - 0.999**self.t)) + 1e-8)
        if self.t % self.decay_every == 0:
            self.lr *= self.decay


class SgdRule(AdamRule):
    def update(self, params, grads):
        for name in params:
            params[name] -= self.lr * grads[name]


def solve(model, rule, X=X_train, y=y_train, val=(X_val, y_val), steps=300, batch_size=50):
    """Train as the assignments' Solver does, and return the loop."""
    rng, loss_history = np.random.default_rng(7), []
    with np.errstate(all="ignore"):
        for _ in range(steps):
            mask = rng.choice(len(X), batch_size)
            loss_history.append(float(model.loss(X[mask], y[mask])))
            rule.update(model.params, model.gradient(X[mask], y[mask]))
    return loop(model, X, y, *val, optimizer=rule, losses=loss_history)


@sick("unscaled-input", also=("learning-rate-too-high", "dead-units", "not-learning", "one-answer", "exploding"))
def raw_pixels_into_sgd():
    return solve(FullyConnectedNet(), SgdRule(0.1), X_raw, val=(X_val_raw, y_val))


@sick("vanishing", also=("not-learning", "learning-rate-too-low", "one-answer"))
def five_layers_with_weight_scale_001():
    return solve(FullyConnectedNet((30, 30, 30, 30), weight_scale=0.01), SgdRule(0.1))


@sick(("exploding", "learning-rate-too-high"), also=("dead-units", "one-answer", "not-learning"))
def six_layers_with_weight_scale_1():
    return solve(FullyConnectedNet((40, 40, 40, 40, 40), weight_scale=1.0), SgdRule(0.1), steps=200)


@sick("exploding", also=("learning-rate-too-low", "unfinished", "one-answer", "underfitting"))
def eight_layers_with_weight_scale_1_and_a_rate_small_enough():
    return solve(FullyConnectedNet((40,) * 7, weight_scale=1.0), SgdRule(1e-10), steps=200)


@sick("learning-rate-too-low", also=("unfinished", "underfitting", "plateau"))
def lr_decay_of_a_half_every_5_steps():
    return solve(FullyConnectedNet(), AdamRule(2e-3, decay=0.5, decay_every=5))


@sick("wrong-gradient", also=("learning-rate-too-high", "dead-units", "noisy"))
def softmax_gradient_not_divided_by_N():
    return solve(FullyConnectedNet(loss_fn=softmax_loss_without_dividing_dx), SgdRule(0.05), **HARD)


@sick("wrong-gradient", also=("learning-rate-too-high", "overfitting"))
def dw_transposed_where_the_layer_is_square():
    return solve(NetWithTransposedDw((48,)), SgdRule(0.3), **HARD)


@sick(("underfitting", "not-learning"), also=("one-answer", "learning-rate-too-high", "vanishing", "plateau"))
def regularization_of_2():
    return solve(FullyConnectedNet(reg=2.0), SgdRule(0.05))


@sick("overfitting", also=("plateau",))
def small_data_of_40_images_never_replaced():
    X, y = get_data(40, noise=90.0, seed=3)
    X_test, y_test = get_data(200, noise=90.0, seed=4)
    return solve(FullyConnectedNet((100,)), AdamRule(), preprocess(X), y, (preprocess(X_test), y_test), 400, 20)


@sick("learning-rate-too-high", also=("dead-units", "noisy", "one-answer", "not-learning"))
def adam_with_learning_rate_1():
    return solve(FullyConnectedNet((40, 40)), AdamRule(1.0), **HARD)


@sick("saturated", also=("vanishing", "underfitting", "exploding", "learning-rate-too-high"))
def tanh_with_weight_scale_3():
    return solve(FullyConnectedNet((20, 20), weight_scale=3.0, act="tanh"), SgdRule(0.02), **HARD)


@sick("labels-unrelated", also=("overfitting",))
def images_shuffled_without_their_labels():
    order = np.random.default_rng(8).permutation(150)
    net = FullyConnectedNet((150,))
    return solve(net, AdamRule(3e-3), X_train[:150][order], y_train[:150], steps=400)
