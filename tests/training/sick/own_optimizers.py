"""Homework "write the optimizers": the network is right, and what goes wrong is in the twenty lines of update."""

import numpy as np

from datasets import load_digits, moons, spiral
from trainings import loop, sick

(x_train, t_train), (x_test, t_test) = load_digits()
DIGITS = (x_train[:600].astype(float), t_train[:600], x_test, t_test)
SPIRAL = (*spiral(300, seed=1), *spiral(150, seed=2))
MOONS = (*moons(200, seed=1), *moons(100, seed=2))


class MyNet:
    """Layers of weights with tanh or ReLU between them, softmax at the end."""

    def __init__(self, sizes, seed=0):
        rng = np.random.default_rng(seed)
        self.depth, self.params = len(sizes) - 1, {}
        for i in range(self.depth):
            self.params[f"W{i}"] = rng.normal(0, np.sqrt(2 / sizes[i]), (sizes[i], sizes[i + 1]))
            self.params[f"b{i}"] = np.zeros(sizes[i + 1])

    def forward(self, x):
        outs = [x]
        for i in range(self.depth):
            z = outs[-1] @ self.params[f"W{i}"] + self.params[f"b{i}"]
            outs.append(np.maximum(z, 0) if i < self.depth - 1 else z)
        return outs

    def predict(self, x):
        return self.forward(x)[-1]

    def loss(self, x, t):
        z = self.predict(x)
        z = z - z.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(t)), t]))

    def gradient(self, x, t):
        outs, grads = self.forward(x), {}
        d = np.exp(outs[-1] - outs[-1].max(axis=1, keepdims=True))
        d /= d.sum(axis=1, keepdims=True)
        d[np.arange(len(t)), t] -= 1
        d /= len(t)
        for i in reversed(range(self.depth)):
            grads[f"W{i}"], grads[f"b{i}"] = outs[i].T @ d, d.sum(axis=0)
            d = (d @ self.params[f"W{i}"].T) * (outs[i] > 0)
        return grads

    def accuracy(self, x, t):
        return float(np.mean(self.predict(x).argmax(axis=1) == t))


class Optimizer:
    def __init__(self, lr=0.1, **options):
        self.lr, self.options, self.state, self.steps = lr, options, {}, 0

    def update(self, params, grads):
        self.steps += 1
        for name in params:
            params[name] -= self.step(name, grads[name])

    def step(self, name, g):
        return self.lr * g


class SgdWithPlus(Optimizer):
    def step(self, name, g):
        return -self.lr * g


class Momentum(Optimizer):
    def step(self, name, g):
        self.state[name] = self.options.get("beta", 0.9) * self.state.get(name, 0) + g
        return self.lr * self.state[name]


class MomentumUphill(Momentum):
    def step(self, name, g):
        self.state[name] = 0.9 * self.state.get(name, 0) - 0.1 * g  # and then subtracted as if it were plus
        return self.lr * self.state[name]


class AdamUphill(Optimizer):
    def step(self, name, g):
        m, v = self.state.get(name, (0, 0))
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        self.state[name] = m, v
        step = self.lr * m / (1 - 0.9**self.steps) / (np.sqrt(v / (1 - 0.999**self.steps)) + 1e-8)
        return step if self.options.get("downhill") else -step


class AdamThatForgets(Optimizer):
    """m and v are local variables, set to zero in every step, and without bias correction."""

    def step(self, name, g):
        m, v = 0.1 * g, 0.001 * g**2
        return self.lr * m / (np.sqrt(v) + 1e-8)


class RmsPropWithoutRoot(Optimizer):
    def step(self, name, g):
        self.state[name] = 0.9 * self.state.get(name, 0) + 0.1 * g**2
        return self.lr * g / (self.state[name] + 1e-8)


class AdaGrad(Optimizer):
    def step(self, name, g):
        self.state[name] = self.state.get(name, 0) + g**2
        return self.lr * g / (np.sqrt(self.state[name]) + 1e-7)


class Rebinding(Optimizer):
    def update(self, params, grads):
        for name, p in params.items():
            p = p - self.lr * grads[name]


class OfACopy(Optimizer):
    """Copies the parameters when it is made, as a safeguard."""

    def __init__(self, params, lr):
        super().__init__(lr)
        self.params = {name: p.copy() for name, p in params.items()}

    def update(self, params, grads):
        super().update(self.params, grads)


class ReturnsTooEarly(Optimizer):
    """Ends after the last layer, the first that it comes to: return stands one level too deep."""

    def update(self, params, grads):
        for name in reversed(params):
            params[name] -= self.lr * grads[name]
            if grads[name].ndim == 2:
                return params
        return None


class ClippedTooShort(Optimizer):
    def step(self, name, g):
        return self.lr * g * min(1.0, 1e-3 / (np.linalg.norm(g) + 1e-12))


class WarmupWithoutEnd(Optimizer):
    def step(self, name, g):
        if name == "b0":
            self.lr *= 1.03
        return self.lr * g


class HeavyDecay(Optimizer):
    def step(self, name, g):
        raise NotImplementedError

    def update(self, params, grads):
        for name in params:
            params[name] *= 0.8
            params[name] -= self.lr * grads[name]


class Langevin(Optimizer):
    """Adds noise against local minima, of a size that does not go down with the rate."""

    def step(self, name, g):
        rng = self.state.setdefault("rng", np.random.default_rng(3))
        return self.lr * g + 0.15 * rng.standard_normal(g.shape)


def run(optimizer, data=DIGITS, sizes=(64, 30, 10), steps=300, batch=50, net=None):
    net, losses, rng = net or MyNet(sizes), [], np.random.default_rng(11)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            rows = rng.integers(len(data[0]), size=batch)
            losses.append(net.loss(data[0][rows], data[1][rows]))
            optimizer.update(net.params, net.gradient(data[0][rows], data[1][rows]))
    return loop(net, *data, optimizer=optimizer, losses=losses)


@sick("wrong-sign", also=("exploding", "learning-rate-too-high"))
def sgd_that_adds():
    return run(SgdWithPlus(0.05), steps=60)


@sick("wrong-sign", also=("exploding", "learning-rate-too-high"))
def momentum_whose_velocity_has_the_sign_already():
    return run(MomentumUphill(0.2), MOONS, (2, 16, 2), steps=150)


@sick("wrong-sign", also=("exploding", "learning-rate-too-high"))
def adam_that_adds():
    return run(AdamUphill(0.001))


@sick("learning-rate-too-high", also=("dead-units", "noisy", "exploding", "one-answer"))
def momentum_of_106():
    return run(Momentum(0.02, beta=1.06))


@sick(("learning-rate-too-high", "noisy"), also=("dead-units", "one-answer", "not-learning", "underfitting"))
def adam_that_forgets_its_moments():
    return run(AdamThatForgets(0.05))


@sick("learning-rate-too-high", also=("dead-units", "noisy", "exploding", "one-answer", "not-learning"))
def rmsprop_without_the_square_root():
    return run(RmsPropWithoutRoot(0.01))


@sick("learning-rate-too-high", also=("dead-units", "noisy", "exploding", "one-answer", "not-learning"))
def warmup_without_end():
    return run(WarmupWithoutEnd(0.01), steps=260)


@sick("learning-rate-too-low", also=("unfinished", "underfitting", "not-learning"))
def adagrad_with_the_rate_of_adam():
    return run(AdaGrad(0.001), SPIRAL, (2, 40, 3), steps=500)


@sick("learning-rate-too-low", also=("unfinished", "underfitting", "not-learning"))
def gradients_clipped_to_a_thousandth():
    return run(ClippedTooShort(0.2))


@sick("not-updated", also=("not-learning",))
def update_that_rebinds_the_loop_variable():
    return run(Rebinding(0.1), steps=200)


@sick("not-updated", also=("not-learning",))
def update_of_a_copy():
    net = MyNet((2, 30, 3))
    return run(OfACopy(net.params, 0.3), SPIRAL, net=net, steps=300)


@sick("not-updated", also=("underfitting",))
def return_one_level_too_deep():
    return run(ReturnsTooEarly(0.3), SPIRAL, (2, 8, 8, 3), steps=1200)


@sick(("underfitting", "not-learning"), also=("one-answer", "plateau", "vanishing"))
def weights_times_08_in_every_step():
    return run(HeavyDecay(0.1))


@sick(("noisy", "learning-rate-too-high"), also=("underfitting", "one-answer", "dead-units"))
def noise_on_every_update():
    return run(Langevin(0.1))
