# %% [markdown]
# # The fully connected layer
#
# Every input is connected with every output: D inputs, M outputs, and a weight for each connection. For a batch of N
# samples, one in each row, all of them are computed at once:
#
# $$y = x W + b$$
#
# ```
#  x (N, D) --\
#              ( @ )-- (N, M) --\
#  W (D, M) --/                  ( + )-- y (N, M)
#  b (M,) ----------------------/
# ```
#
# | array | shape | |
# |---|---|---|
# | `x` | (N, D) | the samples |
# | `W` | (D, M) | the weights |
# | `b` | (M,) | the biases, added to every row |
# | `y` | (N, M) | the outputs |
#
# Backward receives `dout`, which is dL/dy and has y's shape, and passes on dL/dx, which has x's shape. The chain rule
# gives
#
# $$\frac{\partial L}{\partial x} = dout \, W^T \qquad \frac{\partial L}{\partial W} = x^T dout \qquad
# \frac{\partial L}{\partial b} = \text{the rows of } dout \text{, summed}$$
#
# The shapes leave no other choice: only $x^T dout$ makes a (D, M) of an (N, D) and an (N, M). The bias was added to
# each of N rows, so that each row has a share in its gradient.
#
# One number by hand: x = (1, 2), W = (3, 4)^T and b = 5 give y = 1 * 3 + 2 * 4 + 5 = 16. If dout = 10, then
# dW = (1 * 10, 2 * 10)^T = (10, 20)^T, db = 10 and dx = (3 * 10, 4 * 10) = (30, 40).
#
# **Your task:** write `Affine(W, b)`. `forward(x)` returns y; `backward(dout)` returns dx and keeps the gradients of
# the parameters as `dW` and `db`.

# %%
import numpy as np


class Affine:
    """Fully connected layer, y = x W + b."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        """Return y, shape (N, M)."""
        ### BEGIN SOLUTION
        self.x = x
        return x @ self.W + self.b
        ### END SOLUTION

    def backward(self, dout):
        """Return dx, shape (N, D); keep dW, shape (D, M), and db, shape (M,)."""
        ### BEGIN SOLUTION
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T
        ### END SOLUTION


# %% [markdown] tags=["hints"] part="forward"
# 1. A matrix product in NumPy is `a @ b`. Which of `x @ W` and `W @ x` has the shape (N, M)?
# 2. The bias has the shape (M,), and NumPy adds it to every row of an (N, M) by itself.
# 3. Backward will need x: keep it, `self.x = x`.

# %% [markdown] tags=["hints"] part="dx dW"
# 1. Write down the shapes of x, W and dout, and that of the gradient. Which product of two of them has it, one of the
#    two transposed?
# 2. dx has the shape (N, D): it is made of dout (N, M) and W (D, M). dW has the shape (D, M): it is made of x and dout.
# 3. dx = dout @ W.T and dW = x.T @ dout.

# %% [markdown] tags=["hints"] part="db"
# 1. b was added to each of the N rows of y. How much does L change when b changes a little?
# 2. Each row of dout says how L changes by way of this row; they add up.
# 3. Sum dout over its first axis.

# %% tags=["questions"]
from coursework.questions import Layer


def draw(rng):
    n, d, m = rng.permutation([3, 4, 5])
    return {"W": rng.normal(size=(d, m)), "b": rng.normal(size=m)}, (rng.normal(size=(n, d)),)


QUESTIONS = [Layer("Affine", {"forward": 2, "dx": 2, "dW": 2, "db": 2}, draw)]


# %% tags=["wrong"] name="not-summed" part="db"
# The bias was added to every row of y, so that its gradient is the sum of the rows of dout, and not one of them.
class Affine(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = dout[0]
        return dx


# %% tags=["wrong"] name="bias-missing" part="forward"
# The bias is not added.
class Affine(Affine):
    def forward(self, x):
        self.x = x
        return x @ self.W


# %% tags=["wrong"] name="extra-batch-average" part="dW db"
# The gradients are divided by N here, and the loss divides by N already.
class Affine(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW, self.db = self.dW / len(dout), self.db / len(dout)
        return dx


# %% tags=["wrong"] name="transposed" part="dW"
# dW is transposed: it must have the shape of W.
class Affine(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.dW.T
        return dx


# %% tags=["wrong"] name="not-summed" part="db"
# db is dout as it came, one row for each sample. b has one row for all of them: the rows are summed.
class Affine(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = dout
        return dx


# %% tags=["wrong"] name="extra-batch-average" part="db"
# db is the mean of the rows of dout. It is their sum: where an average is wanted, the loss has divided by N already.
class Affine(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = dout.mean(axis=0)
        return dx


# %% tags=["wrong"] name="wrong-axis" part="db"
# dout is summed over the outputs, which leaves one number for each sample. b has one number for each output.
class Affine(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = dout.sum(axis=1)
        return dx


# %% tags=["wrong"] name="wrong-axis" part="db"
# dout is summed to a single number. b has one number for each output: only the samples are summed.
class Affine(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = dout.sum()
        return dx


# %% tags=["wrong"] name="ignores-dout" part="db"
# db is N for each output. It is not how often b was added that counts, but how much L changes each time: dout says so.
class Affine(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = np.ones_like(dout).sum(axis=0)
        return dx


# %% tags=["wrong"] name="ignores-dout" part="dx dW"
# The gradients do not depend on dout. The slopes of y are W and x, and the chain rule multiplies them with dout.
class Affine(Affine):
    def backward(self, dout):
        super().backward(dout)
        self.dW = self.x.T @ np.ones_like(dout)
        return np.ones_like(dout) @ self.W.T


# %% tags=["wrong"] name="transposed" part="dx"
# W is not transposed, so that the shapes do not fit: dout is (N, M) and W is (D, M).
class Affine(Affine):
    def backward(self, dout):
        super().backward(dout)
        return dout @ self.W


# %% tags=["wrong"] name="transposed" part="dx"
# dx is transposed: it must have the shape of x.
class Affine(Affine):
    def backward(self, dout):
        return super().backward(dout).T


# %% tags=["wrong"] name="transposed" part="dx dW"
# x is not transposed, so that the shapes do not fit: x is (N, D) and dout is (N, M).
class Affine(Affine):
    def backward(self, dout):
        self.db = dout.sum(axis=0)
        self.dW = self.x @ dout
        return dout @ self.W.T


# %% tags=["wrong"] name="sign-flipped" part="dx dW db"
# The sign of the gradients is wrong. It is the optimizer that goes against the gradient; backward gives the gradient
# itself.
class Affine(Affine):
    def backward(self, dout):
        return super().backward(-dout)


# %% tags=["wrong"] name="swapped" part="dx dW"
# The two gradients are exchanged: backward returns dx, and keeps dW.
class Affine(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        dW, self.dW = self.dW, dx
        return dW


# %% tags=["wrong"] name="not-computed" part="dW db"
# The gradients of the parameters are not kept. The optimizer looks for them in `self.dW` and `self.db`.
class Affine(Affine):
    def backward(self, dout):
        return dout @ self.W.T


# %% tags=["wrong"] name="not-computed" part="db"
# The gradient of the bias is not kept. The optimizer looks for it in `self.db`.
class Affine(Affine):
    def backward(self, dout):
        self.dW = self.x.T @ dout
        return dout @ self.W.T


# %% tags=["wrong"] name="not-computed" part="dx"
# Backward returns nothing. The layer before needs dx, so that it can go on with it as its own dout.
class Affine(Affine):
    def backward(self, dout):
        super().backward(dout)


# %% tags=["wrong"] name="weights-for-inputs" part="dW"
# dW is made of W and dout. The slope of x W towards W is x, which forward has to keep.
class Affine(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.W * dout.sum(axis=0)
        return dx


# %% tags=["wrong"] name="order-of-factors" part="forward dx dW db"
# The factors stand in the wrong order: W x has no meaning for these shapes. The samples are the rows of x, so that x
# comes first.
class Affine(Affine):
    def forward(self, x):
        self.x = x
        return self.W @ x + self.b
