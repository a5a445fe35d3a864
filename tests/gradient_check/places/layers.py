"""Wrong layers in many styles; where a wrong array is computed, the line says so: ``# <- dW``."""

import functools

import numpy as np


class Plain:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout / len(dout)  # <- dW
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


class ReturnedName:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, dout):
        dx = dout * self.x  # <- dx
        dx = dx.reshape(self.x.shape)
        return dx


class ReturnedExpression:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, dout):
        half = 2 * self.x
        return dout * half / 4  # <- dx


class InPlace:
    def forward(self, x):
        self.mask = x < 0
        return np.where(self.mask, 0, x)

    def backward(self, dout):
        dx = dout.copy()
        dx[~self.mask] = 0  # <- dx
        return dx


class Untouched:
    def forward(self, x):
        self.x = x
        return x**3

    def backward(self, dout):
        factor = 3 * self.x**2
        dx = dout  # <- dx
        assert factor.shape == dx.shape
        return dx


class UntouchedAtOnce:
    def forward(self, x):
        return 3 * x

    def backward(self, dout):
        return dout  # <- dx


class OverSeveralLines:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = np.dot(  # <- dW
            self.x.T,
            dout * 2,
        )
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


class TupleOverSeveralLines:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, dout):
        return (
            dout * self.b,
            2 * dout * self.a,  # <- dx2
        )


class TwoNames:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, dout):
        da = -dout * self.b  # <- dx1
        db = dout * self.a
        return da, db


class SameValuesTwice:
    def forward(self, a, b):
        return 3 * a + 2 * b

    def backward(self, dout):
        da = 3 * dout
        db = 3 * dout  # <- dx2
        return da, db


class Dictionary:
    def __init__(self, W, b):
        self.params = {"W": W, "b": b}
        self.grads = {}

    def forward(self, x):
        self.x = x
        return x @ self.params["W"] + self.params["b"]

    def backward(self, dout):
        self.grads["W"] = self.x.T @ dout
        self.grads["b"] = dout.mean(axis=0)  # <- db
        return dout @ self.params["W"].T


class DictionaryOverSeveralLines:
    def __init__(self, W, b):
        self.params = {"W": W, "b": b}

    def forward(self, x):
        self.x = x
        return x @ self.params["W"] + self.params["b"]

    def backward(self, dout):
        self.grads = {
            "W": -self.x.T @ dout,  # <- dW
            "b": dout.sum(axis=0),
        }
        return dout @ self.params["W"].T


class DictionaryThatIsReturned:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        gradients = dict(
            x=dout @ self.W.T,
            W=self.x.T @ dout,
            b=dout.sum(axis=0) * 3,  # <- db
        )
        return {f"d{name}": gradient for name, gradient in gradients.items()}


class Parameter:
    def __init__(self, value):
        self.value = value
        self.grad = np.zeros_like(value)


class Boxes:
    def __init__(self, W, b):
        self.weight, self.bias = Parameter(W), Parameter(b)

    def forward(self, x):
        self.x = x
        return x @ self.weight.value + self.bias.value

    def backward(self, dout):
        self.weight.grad[...] = 2 * self.x.T @ dout  # <- dweight
        self.bias.grad = dout.sum(axis=0)
        return dout @ self.weight.value.T


class Loops:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        dx = np.zeros_like(self.x)
        dW = np.zeros_like(self.W)
        self.db = dout.sum(axis=0)
        for n in range(len(self.x)):
            for i in range(self.W.shape[0]):
                for j in range(self.W.shape[1]):
                    dW[i, j] += self.x[n, i] * abs(dout[n, j])  # <- dW
                    dx[n, i] += dout[n, j] * self.W[i, j]
        self.dW = dW
        return dx


class Recurrent:
    def __init__(self, inputs=4, units=3):
        rng = np.random.default_rng(0)
        self.W, self.U = rng.standard_normal((inputs, units)), rng.standard_normal((units, units))

    def forward(self, x):
        h = np.zeros((len(x), len(self.U)))
        self.x, self.hs = x, [h]
        for t in range(x.shape[1]):
            h = np.tanh(x[:, t] @ self.W + h @ self.U)
            self.hs.append(h)
        return h

    def backward(self, dout):
        dx = np.zeros_like(self.x)
        self.dW, self.dU = np.zeros_like(self.W), np.zeros_like(self.U)
        dh = dout
        for t in reversed(range(self.x.shape[1])):
            dz = dh * (1 - self.hs[t + 1] ** 2)
            self.dW += self.x[:, t].T @ dz
            self.dU += self.hs[t + 1].T @ dz  # <- dU
            dx[:, t] = dz @ self.W.T
            dh = dz @ self.U.T
        return dx


class HelperMethod:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.set_gradients(dout)
        return self.pass_on(dout)

    def set_gradients(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout[0]  # <- db

    def pass_on(self, dout):
        return dout @ self.W.T


def multiply(a, b):
    return a * b


class HelperThatIsATool:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, dout):
        da = multiply(dout, self.b)
        db = multiply(dout, 2 * self.a)  # <- dx2
        return da, db


class Number:
    def __init__(self, data):
        self.data = data

    def __mul__(self, other):
        return multiply(self.data, other.data)


class HelperThatIsAnOperator:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, dout):
        number = Number(self.x)
        return Number(dout) * number  # <- dx


class Unpacked:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def gradients(self, dout):
        dW = -self.x.T @ dout  # <- dW
        return dout @ self.W.T, dW, dout.sum(axis=0)

    def backward(self, dout):
        dx, self.dW, self.db = self.gradients(dout)
        return dx


def logged(method):
    @functools.wraps(method)
    def wrapper(self, *arguments):
        result = method(self, *arguments)
        self.calls = getattr(self, "calls", 0) + 1
        return result

    return wrapper


class Decorated:
    @logged
    def forward(self, x):
        self.x = x
        return np.sin(x)

    @logged
    def backward(self, dout):
        return dout * np.sin(self.x)  # <- dx


class Static:
    @staticmethod
    def slope(y):
        return 1 - y

    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, dout):
        return self.slope(self.y) * dout  # <- dx


class Base:
    def forward(self, x):
        self.x = x
        return self.function(x)

    def backward(self, dout):
        return dout * self.slope()


class Derived(Base):
    def function(self, x):
        return x**2

    def slope(self):
        return self.x

    def backward(self, dout):
        dx = super().backward(dout)
        dx *= 3  # <- dx
        return dx


class MovesItsWeights:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout, learning_rate):
        dx = dout @ self.W.T
        self.W -= learning_rate * self.x.T @ dout * 2  # <- dW
        self.b -= learning_rate * dout.sum(axis=0)
        return dx


class Comprehension:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, dout):
        return np.array([d * x for d, x in zip(dout, self.x)])  # <- dx


class OnlyForOneSample:
    """Right for several samples: its line is looked up where it is wrong."""

    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, dout):
        if len(dout) > 1:
            return 2 * self.x * dout
        else:
            return self.x * dout  # <- dx


class Loss:
    def forward(self, x, t):
        self.d = x - t
        return np.sum(self.d**2) / len(x)

    def backward(self, dout=1.0):
        dx = 2 * self.d * dout  # <- dx
        return dx


class WrongForward:
    def forward(self, x):
        self.x = x
        y = x / (1 + np.exp(x))  # <- None
        return y

    def backward(self, dout):
        s = 1 / (1 + np.exp(-self.x))
        return dout * (s + self.x * s * (1 - s))


class UninitialisedMemory:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, dout):
        dx = np.empty_like(self.x)
        dx[...] = dout * self.x  # <- dx
        return dx


class UninitialisedMemoryOfForward:
    def forward(self, x):
        self.slope = 3 * (x + 0.0)
        return x**3

    def backward(self, dout):
        dx = np.empty_like(dout)
        dx[...] = self.slope  # <- dx
        return dx
